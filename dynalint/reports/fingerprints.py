"""The line hash by which GitHub recognises an alert in the next upload, ``primaryLocationLineHash``.

Every line is hashed with what follows it, up to 100 UTF-16 units without blanks, and told from equal ones above it by
its number of occurrence. The action that uploads results computes the same and warns where it differs; an upload
through the REST interface has no other.
https://docs.github.com/code-security/reference/code-scanning/sarif-files/sarif-support
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import accumulate

WINDOW = 100
BASE = 37
END = "\uffff"

LINE_END = re.compile(r"\r\n?")
BEYOND_BMP = re.compile("[\U00010000-\U0010ffff]")


def line_hashes(data: bytes, wanted: set[int]) -> dict[int, str]:
    """Hashes of the 1-based lines ``wanted`` of a file; lines that it does not have are left out.

    A lone carriage return ends a line here, although it does not in HCL.
    """
    units = _units(data)
    stream = units + END + "\0" * WINDOW
    seen: Counter[str] = Counter()
    hashes: dict[int, str] = {}
    for number, start in enumerate(_line_starts(units), 1):
        window = stream[start : start + WINDOW]
        seen[window] += 1
        if number in wanted:
            hashes[number] = f"{_hash(window):x}:{seen[window]}"
    return hashes


def _units(data: bytes) -> str:
    """The UTF-16 units that count, one a character: no blanks, every line ended by LF."""
    text = LINE_END.sub("\n", data.decode("utf-8", "replace"))
    return BEYOND_BMP.sub(_surrogates, text.translate({ord(" "): None, ord("\t"): None}))


def _surrogates(match: re.Match[str]) -> str:
    code = ord(match[0]) - 0x10000
    return chr(0xD800 + (code >> 10)) + chr(0xDC00 + (code & 0x3FF))


def _line_starts(units: str) -> list[int]:
    return [0, *accumulate(len(line) + 1 for line in units.split("\n")[:-1])]


def _hash(window: str) -> int:
    value = 0
    for unit in window:
        value = (value * BASE + ord(unit)) & 0xFFFF_FFFF_FFFF_FFFF
    return value

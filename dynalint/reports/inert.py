"""Text from a scanned repository, made harmless to terminals and CI logs."""

from __future__ import annotations

import re
from unicodedata import category

ZERO_WIDTH_JOINER = "\u200d"
SHORT_ESCAPES = {"\n": r"\n", "\r": r"\r", "\t": r"\t"}

# The runners of GitHub and Azure take "##[…]" and "##vso[…]" anywhere in a line for a command of the job, and "::…::"
# where only blanks stand before it: https://docs.github.com/actions/reference/workflow-commands-for-github-actions
LEGACY_COMMAND = re.compile(r"##(\w*)\[")
COMMAND = re.compile(r"(?<!\S)::(?=\w)")

JSON_ESCAPE = re.compile(r"\\(?:ud[89ab]..\\ud[c-f]..|(?P<half>ud[89a-f]..)|.)")
"""An escape as ``json`` writes it: the two halves of a sign together, a half by itself, or any other."""


def visible(text: str) -> str:
    r"""``text`` with everything that moves a cursor, changes direction or is not seen written as an escape.

    ``"\x1b[31m"`` becomes the characters ``\x1b[31m``. Joiners inside emoji and all blanks of Unicode stay. Commands
    to CI runners lose the character that makes them one. The result is one line.
    """
    if not text.isprintable():
        text = "".join(char if _is_plain(char) else _escape(char) for char in text)
    if "##" in text:
        text = LEGACY_COMMAND.sub(r"##\1\\x5b", text)
    return COMMAND.sub(r"\\x3a:", text) if "::" in text else text


def inert_lines(text: str) -> str:
    """A text of several lines, each as ``visible`` has it but for its tabulators."""
    return "\n".join("\t".join(map(visible, line.split("\t"))) for line in text.split("\n"))


def inert_json(document: str) -> str:
    r"""A JSON document without ``##``, which can only stand inside its texts: a log may be where it is printed.

    Half of a surrogate pair, which stands for a byte of a file name that is no UTF-8, is no text: many a parser refuses
    the whole document for it. It is spelt out, as in reports that are not JSON: ``\udcff`` in six characters.
    """
    if r"\ud" in document:
        document = JSON_ESCAPE.sub(lambda found: rf"\\{found['half']}" if found["half"] else found[0], document)
    return document.replace("##", r"#\u0023")


def _is_plain(char: str) -> bool:
    return char.isprintable() or char == ZERO_WIDTH_JOINER or category(char) == "Zs"


def _escape(char: str) -> str:
    if char in SHORT_ESCAPES:
        return SHORT_ESCAPES[char]
    code = ord(char)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"

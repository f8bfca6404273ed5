"""Grapheme clusters, which Terraform counts and cuts strings by.

``length``, ``substr``, ``strrev`` and the widths of ``format`` see the extended grapheme clusters of Unicode 15
(https://www.unicode.org/reports/tr29/tr29-41.html): a letter with its accents, a flag, a family of emoji is one.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from enum import Enum
from functools import lru_cache
from itertools import pairwise
from operator import itemgetter
from unicodedata import category


class _Kind(Enum):
    """The Grapheme_Cluster_Break property, with Extended_Pictographic beside it, since no character has both."""

    OTHER = 0
    CARRIAGE_RETURN = 1
    LINE_FEED = 2
    CONTROL = 3
    EXTEND = 4
    JOINER = 5
    SPACING_MARK = 6
    PREPEND = 7
    HANGUL_L = 8
    HANGUL_V = 9
    HANGUL_T = 10
    HANGUL_LV = 11
    HANGUL_LVT = 12
    REGIONAL = 13
    PICTOGRAPH = 14


_BREAKS = {_Kind.CARRIAGE_RETURN, _Kind.LINE_FEED, _Kind.CONTROL}
_CLINGS = {_Kind.EXTEND, _Kind.JOINER, _Kind.SPACING_MARK}
_SYLLABLE = {
    _Kind.HANGUL_L: {_Kind.HANGUL_L, _Kind.HANGUL_V, _Kind.HANGUL_LV, _Kind.HANGUL_LVT},
    _Kind.HANGUL_LV: {_Kind.HANGUL_V, _Kind.HANGUL_T},
    _Kind.HANGUL_V: {_Kind.HANGUL_V, _Kind.HANGUL_T},
    _Kind.HANGUL_LVT: {_Kind.HANGUL_T},
    _Kind.HANGUL_T: {_Kind.HANGUL_T},
}

# The standard joins pictographs only; Terraform's segmentation joins one to a Hangul syllable or half a flag, too.
_JOINABLE = {_Kind.PICTOGRAPH, *_SYLLABLE}

_SETTLING = frozenset("\t !\"#$%&'()*+,-./:;?@[\\]^_{|}~")


def clusters(text: str) -> list[str]:
    """The grapheme clusters of ``text``, in order; joined they are ``text``."""
    if text.isascii() and "\r" not in text:
        return list(text)
    starts = [*_starts(text), len(text)]
    return [text[start:end] for start, end in pairwise(starts)]


def settled(text: str) -> str:
    """The beginning of ``text`` that stays as it is, whatever text comes after.

    The last cluster may still grow, unless it ends in a character that Terraform knows to combine with nothing.
    """
    if not text or text[-1] in _SETTLING:
        return text
    return "".join(clusters(text)[:-1])


def _starts(text: str) -> list[int]:
    """The offsets at which a cluster begins."""
    starts = []
    before, flags, joinable = _Kind.CONTROL, 0, False
    for offset, kind in enumerate(map(_kind, text)):
        joined = joinable and before is _Kind.JOINER and kind is _Kind.PICTOGRAPH
        paired = kind is _Kind.REGIONAL and flags % 2 == 1
        if not (joined or paired or _clings(before, kind)):
            starts.append(offset)
        flags = flags + 1 if kind is _Kind.REGIONAL else 0
        # What clings keeps it joinable; the joiner at the end lets the next pictograph in.
        joinable = kind in _JOINABLE or flags % 2 == 1 or (joinable and kind in _CLINGS)
        before = kind
    return starts


def _clings(before: _Kind, kind: _Kind) -> bool:
    """Whether no cluster may begin between two neighbours, by the rules that look no further (GB3 to GB9b)."""
    if before in _BREAKS or kind in _BREAKS:
        return before is _Kind.CARRIAGE_RETURN and kind is _Kind.LINE_FEED
    return kind in _CLINGS or before is _Kind.PREPEND or kind in _SYLLABLE.get(before, ())


@lru_cache(maxsize=4096)
def _kind(character: str) -> _Kind:
    point = ord(character)
    index = bisect_right(_FIRSTS, point) - 1
    if index >= 0 and point <= _RANGES[index][1]:
        return _RANGES[index][2]
    if 0xAC00 <= point <= 0xD7A3:
        return _Kind.HANGUL_LVT if (point - 0xAC00) % 28 else _Kind.HANGUL_LV
    return _BY_CATEGORY.get(category(character), _Kind.OTHER)


# What the general category does not tell, as Terraform 1.11 has it: asked of it character by character.
_BY_CATEGORY = {
    "Cc": _Kind.CONTROL,
    "Cf": _Kind.CONTROL,
    "Zl": _Kind.CONTROL,
    "Zp": _Kind.CONTROL,
    "Mn": _Kind.EXTEND,
    "Me": _Kind.EXTEND,
    "Mc": _Kind.SPACING_MARK,
}
_SPECIAL: dict[_Kind, str] = {
    _Kind.CARRIAGE_RETURN: "D",
    _Kind.LINE_FEED: "A",
    _Kind.CONTROL: "2065 FFF0-FFFB FFFD 13439-1343F E0000-E001F E0080-E00FF E01F0-E0FFF",
    _Kind.JOINER: "200D",
    _Kind.EXTEND: (
        "200C FF9E-FF9F 10EFD-10EFF 11241 11F00-11F01 11F36-11F3A 11F40 11F42 13440 13447-13455 1E08F 1E4EC-1E4EF"
        " 1F3FB-1F3FF E0020-E007F"
    ),
    _Kind.SPACING_MARK: "CF3 E33 EB3 ECE 11F03 11F34-11F35 11F3E-11F3F 11F41",
    _Kind.PREPEND: (
        "600-605 6DD 70F 890-891 8E2 D4E 110BD 110CD 111C2-111C3 1193F 11941 11A3A 11A84-11A89 11D46 11F02"
    ),
    _Kind.HANGUL_L: "1100-115F A960-A97C",
    _Kind.HANGUL_V: "1160-11A7 D7B0-D7C6",
    _Kind.HANGUL_T: "11A8-11FF D7CB-D7FB",
    _Kind.REGIONAL: "1F1E6-1F1FF",
    # Marks by category that stand alone all the same.
    _Kind.OTHER: (
        "102B-102C 1038 1062-1064 1067-106D 1083 1087-108C 108F 109A-109C 1A61 1A63-1A64 AA7B AA7D 11720-11721"
    ),
    _Kind.PICTOGRAPH: (
        "A9 AE 203C 2049 2122 2139 2194-2199 21A9-21AA 231A-231B 2328 2388 23CF 23E9-23F3 23F8-23FA 24C2"
        " 25AA-25AB 25B6 25C0 25FB-25FE 2600-2605 2607-2612 2614-2685 2690-2705 2708-2712 2714 2716 271D 2721"
        " 2728 2733-2734 2744 2747 274C 274E 2753-2755 2757 2763-2767 2795-2797 27A1 27B0 27BF 2934-2935"
        " 2B05-2B07 2B1B-2B1C 2B50 2B55 3030 303D 3297 3299 1F000-1F0FF 1F10D-1F10F 1F12F 1F16C-1F171"
        " 1F17E-1F17F 1F18E 1F191-1F19A 1F1AD-1F1E5 1F201-1F20F 1F21A 1F22F 1F232-1F23A 1F23C-1F23F"
        " 1F249-1F3FA 1F400-1F53D 1F546-1F64F 1F680-1F6FF 1F774-1F77F 1F7D5-1F7FF 1F80C-1F80F 1F848-1F84F"
        " 1F85A-1F85F 1F888-1F88F 1F8AE-1F8FF 1F90C-1F93A 1F93C-1F945 1F947-1FAFF 1FC00-1FFFD"
    ),
}


def _ranges() -> Iterator[tuple[int, int, _Kind]]:
    for kind, listed in _SPECIAL.items():
        for span in listed.split():
            first, _, last = span.partition("-")
            yield int(first, 16), int(last or first, 16), kind


_RANGES = sorted(_ranges(), key=itemgetter(0))
_FIRSTS = [first for first, _, _ in _RANGES]

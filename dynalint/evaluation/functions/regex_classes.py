"""Sets of characters in a regular expression: classes, their Unicode and POSIX names, and case."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field
from functools import cache
from unicodedata import category

from dynalint.records import dataclass

Table = tuple[tuple[str, str], ...] | str
"""Ranges of characters, both ends included, or the beginning of the general categories that belong."""

PERL: dict[str, Table] = {
    "d": (("0", "9"),),
    "s": (("\t", "\n"), ("\f", "\r"), (" ", " ")),
    "w": (("0", "9"), ("A", "Z"), ("_", "_"), ("a", "z")),
}
POSIX: dict[str, Table] = {
    "alnum": (("0", "9"), ("A", "Z"), ("a", "z")),
    "alpha": (("A", "Z"), ("a", "z")),
    "ascii": (("\0", "\x7f"),),
    "blank": (("\t", "\t"), (" ", " ")),
    "cntrl": (("\0", "\x1f"), ("\x7f", "\x7f")),
    "digit": (("0", "9"),),
    "graph": (("!", "~"),),
    "lower": (("a", "z"),),
    "print": ((" ", "~"),),
    "punct": (("!", "/"), (":", "@"), ("[", "`"), ("{", "~")),
    "space": (("\t", "\r"), (" ", " ")),
    "upper": (("A", "Z"),),
    "word": PERL["w"],
    "xdigit": (("0", "9"), ("A", "F"), ("a", "f")),
}
CATEGORIES = frozenset(
    {"C", "Cc", "Cf", "Co", "Cs", "L", "Ll", "Lm", "Lo", "Lt", "Lu", "M", "Mc", "Me", "Mn", "N", "Nd", "Nl", "No"}
    | {"P", "Pc", "Pd", "Pe", "Pf", "Pi", "Po", "Ps", "S", "Sc", "Sk", "Sm", "So", "Z", "Zl", "Zp", "Zs"}
)
ANY: Table = (("\0", "\U0010ffff"),)
NO_NEWLINE: Table = (("\0", "\t"), ("\v", "\U0010ffff"))


@dataclass(frozen=True, slots=True)
class CharacterSet:
    """Characters that belong to one of the tables, or with a mark beside the table, to none of it.

    ``fold`` takes a character for each that differs from it in case only; ``negated`` turns the set around.
    """

    tables: tuple[tuple[Table, bool], ...]
    fold: bool = False
    negated: bool = False
    _known: dict[str, bool] = field(default_factory=dict, compare=False, repr=False)

    def __contains__(self, character: str) -> bool:
        known = self._known.get(character)
        if known is None:
            known = self._known[character] = self._decide(character)
        return known

    def _decide(self, character: str) -> bool:
        same = same_but_for_case(character) if self.fold else (character,)
        found = any(any(_in_table(one, table) for one in same) != outside for table, outside in self.tables)
        return found != self.negated


def _in_table(character: str, table: Table) -> bool:
    if isinstance(table, str):
        kind = category(character)
        # Go's C leaves unassigned characters out.
        return kind.startswith(table) and kind != "Cn"
    return any(low <= character <= high for low, high in table)


def same_but_for_case(character: str) -> tuple[str, ...]:
    """All characters that simple case folding makes equal to this one, itself included."""
    folded = _folded(character)
    if folded.isascii():
        return _ASCII_CASES.get(folded) or (folded, folded.upper())
    return _cases().get(folded, (character,))


_ASCII_CASES = {"k": ("k", "K", "\u212a"), "s": ("s", "S", "\u017f")}


def _folded(character: str) -> str:
    folded = character.casefold()
    if len(folded) != 1:
        folded = character.lower()
    return folded if len(folded) == 1 else character


@cache
def _cases() -> dict[str, tuple[str, ...]]:
    """The characters outside of ASCII that have cases, by what they fold to."""
    found: dict[str, tuple[str, ...]] = {}
    for character in _cased():
        folded = _folded(character)
        found[folded] = (*found.get(folded, ()), character)
    return found


def _cased() -> Iterator[str]:
    """The last letter with a case is in the block Adlam."""
    for point in range(0x80, 0x1E960):
        character = chr(point)
        if _folded(character) != character or character.upper() != character:
            yield character

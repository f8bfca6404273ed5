"""Suppression comments: what they say, and what they stand for.

.. code-block:: text

    comment   = ("#" | "//" | "/*") "dynalint:" directive ["*/"]
    directive = ("ignore" | "file-ignore") "[" item {"," item} "]" ["until=" YYYY-MM-DD] [reason]
    item      = code | name        (file-ignore also takes the beginning of a code)
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from dynalint.findings import RuleInfo
from dynalint.records import dataclass
from dynalint.suppression_targets import Target, target_of
from dynalint.syntax import SourceFile
from dynalint.syntax.nodes import Comment
from dynalint.syntax.source import Span

MARKER = re.compile(r"(?:#+|/{2,}|/\*+)?\s*")
BEGINNING = re.compile(r"dynalint:\s*")
NEAR_MISS = re.compile(r"dynalint[\s:-]*(?:file-)?ignore\b", re.IGNORECASE)
DIRECTIVE = re.compile(r"(file-)?ignore\s*\[([^\[\]]*)\]\s*(?:until=(\S*))?\s*(.*)", re.DOTALL)
WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
LATE_UNTIL = re.compile(r"\buntil\s*[=:]")


@dataclass(frozen=True, slots=True)
class Item:
    """One rule named by a comment, and the place of its name."""

    word: str
    span: Span

    def names(self, info: RuleInfo, *, prefixes: bool) -> bool:
        """Whether this is the rule; with ``prefixes`` the beginning of its code will do."""
        return self.word in (info.code, info.name) or (prefixes and info.code.startswith(self.word))


@dataclass(frozen=True, slots=True)
class Suppression:
    """A comment that hides findings. ``until`` is the last day on which it does."""

    comment: Span
    items: tuple[Item, ...]
    target: Target
    reason: str
    until: date | None = None

    def item_for(self, info: RuleInfo) -> Item | None:
        """The first item that names the rule."""
        return next((item for item in self.items if item.names(info, prefixes=self.target.whole_file)), None)


@dataclass(frozen=True, slots=True)
class Malformed:
    """A comment that begins like a suppression and is none: why, and how to write it."""

    comment: Span
    message: str
    help: str = "write `dynalint: ignore[RULE]`, then a reason; RULE is a code or name, several have commas between"


class _MalformedError(Exception):
    pass


def speaks_to_dynalint(data: bytes) -> bool:
    """Whether a text may hold such a comment, well written or not."""
    return b"ynalint" in data or b"YNALINT" in data


def suppressions_in(file: SourceFile) -> Iterator[Suppression | Malformed]:
    """What the comments of a file suppress, and those that fail to."""
    for comment in file.comments:
        if speaks_to_dynalint(comment.text.encode()):
            found = _read(file, comment)
            if found:
                yield found


def _read(file: SourceFile, comment: Comment) -> Suppression | Malformed | None:
    text = comment.text.removesuffix("*/") if comment.text.startswith("/*") else comment.text
    marker = MARKER.match(text)
    begin = BEGINNING.match(text, marker.end() if marker else 0)
    if not begin:
        near_miss = NEAR_MISS.match(text, marker.end() if marker else 0)
        return Malformed(comment.span, "this does not begin with `dynalint:`, in lower case") if near_miss else None
    try:
        return _suppression(file, comment, text, begin.end())
    except _MalformedError as fault:
        return Malformed(comment.span, str(fault))


def _suppression(file: SourceFile, comment: Comment, text: str, begin: int) -> Suppression:
    directive = DIRECTIVE.match(text, begin)
    if not directive:
        raise _MalformedError(_why_no_directive(text[begin:]))
    whole_file, until, reason = bool(directive[1]), directive[3], " ".join(directive[4].split())
    if LATE_UNTIL.search(reason):
        raise _MalformedError("`until=YYYY-MM-DD` stands between the brackets and the reason")
    target = target_of(file, comment, whole_file=whole_file)
    if target is None:
        raise _MalformedError("`file-ignore` stands before the first block of the file")
    items = tuple(_items(file, comment, directive[2]))
    return Suppression(comment.span, items, target, reason, _date(until) if until is not None else None)


def _items(file: SourceFile, comment: Comment, listed: str) -> Iterator[Item]:
    at = file.source.data.find(b"[", comment.span.start)
    for piece in listed.split(","):
        word = piece.strip()
        if not WORD.fullmatch(word):
            raise _MalformedError(
                f"`{word}` is no code or name of a rule" if word else "a rule is missing in the brackets"
            )
        at = file.source.data.find(word.encode(), at, comment.span.end)
        yield Item(word, Span(comment.span.path, at, at + len(word)))
        at += len(word)


def _date(text: str) -> date:
    try:
        if DATE.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:  # no such day in that month
        pass
    raise _MalformedError(f"`{text}` is no date: write until=YYYY-MM-DD")


def _why_no_directive(text: str) -> str:
    words = text.split()
    if not words:
        return "nothing follows `dynalint:`"
    if re.match(r"(file-)?ignore\b", text):
        return (
            "the brackets do not close"
            if "[" in text
            else "it names no rule: there is no comment that ignores all of them"
        )
    return f"`{words[0]}` is not a word that dynalint knows here"

"""``.gitignore`` files, so that what is built or downloaded is not taken for the user's own.

https://git-scm.com/docs/gitignore. The files of the work tree and ``.git/info/exclude`` count; a user's own
``core.excludesFile`` does not, for two people would see two results. A path that git tracks although a pattern names it
is ignored here: nobody but the index knows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from dynalint.globs import FOLDER
from dynalint.records import dataclass
from dynalint.wildcards import with_gaps

FILE = ".gitignore"
PIECES = {"*": None, "?": "[^/]", "[": "(?!)", "\\": "(?!)"}
"""What characters are in a regular expression. An open bracket and a backslash at the end match nothing."""
CLASS = re.compile(r"\[([!^]?)((?:[^\\]|\\.)(?:[^\]\\]|\\.)*)\]")


@dataclass(frozen=True, slots=True)
class Pattern:
    """One line: what it matches, relative to the directory of its file, and whether that is ignored or kept."""

    regex: re.Pattern[str]
    ignores: bool
    directories: bool


@dataclass(frozen=True, slots=True)
class Rules:
    """The patterns that hold in a directory: of its own file, and of those above."""

    base: str
    patterns: tuple[Pattern, ...]
    above: Rules | None = None

    def ignore(self, path: str, *, directory: bool) -> bool:
        """Whether the entry at ``path`` is ignored; its parents are not. The last pattern that matches decides."""
        rules: Rules | None = self
        while rules:
            relative = path[len(rules.base) + 1 :]
            for pattern in reversed(rules.patterns):
                if (directory or not pattern.directories) and pattern.regex.fullmatch(relative):
                    return pattern.ignores
            rules = rules.above
        return False


class GitIgnore:
    """The rules of a work tree whose top is ``top``; ``read`` gives the bytes of a file, None where there is none."""

    def __init__(self, top: str, read: Callable[[str], bytes | None]) -> None:
        self._top = top.rstrip("/")
        self._read = read
        excluded = self._patterns(f"{self._top}/.git/info/exclude")
        own = Rules(self._top, self._patterns(f"{self._top}/{FILE}"), Rules(self._top, excluded))
        self._known = {self._top: own}

    def rules(self, directory: str) -> Rules:
        """The rules for the entries of a directory inside the work tree."""
        known = self._known.get(directory)
        if known is None:
            above = self.rules(directory.rpartition("/")[0])
            own = self._patterns(f"{directory}/{FILE}")
            known = self._known[directory] = Rules(directory, own, above) if own else above
        return known

    def hides(self, path: str) -> bool:
        """Whether a directory, or one above it, is ignored."""
        if not path.startswith(f"{self._top}/"):
            return False
        parts = path[len(self._top) + 1 :].split("/")
        above = self._top
        for part in parts:
            below = f"{above}/{part}"
            if self.rules(above).ignore(below, directory=True):
                return True
            above = below
        return False

    def _patterns(self, path: str) -> tuple[Pattern, ...]:
        data = self._read(path)
        return tuple(patterns_in(data.decode("utf-8", "surrogateescape"))) if data else ()


def patterns_in(text: str) -> Iterator[Pattern]:
    """The patterns of a file."""
    for row in text.removeprefix("\ufeff").split("\n"):
        line = _without_blanks(row.removesuffix("\r"))
        if not line or line.startswith("#"):
            continue
        ignores = not line.startswith("!")
        body = line if ignores else line[1:]
        directories = body.endswith("/")
        body = body.removesuffix("/")
        if body:
            yield Pattern(_compiled(body), ignores, directories)


def _without_blanks(line: str) -> str:
    """The line without blanks at its end; one behind a backslash stays."""
    bare = line.rstrip(" ")
    escaped = (len(bare) - len(bare.rstrip("\\"))) % 2
    return f"{bare} " if escaped and len(bare) < len(line) else bare


def _compiled(pattern: str) -> re.Pattern[str]:
    anchored = "/" in pattern
    segments = [*_segments(pattern.removeprefix("/"))]
    parts: list[str | None] = [] if anchored else [None]
    for index, segment in enumerate(segments):
        last = index == len(segments) - 1
        if segment == "**" and anchored:
            parts.append(".+" if last else None)
        else:
            parts.append(_segment(segment) + ("" if last else "/"))
    try:
        return re.compile(with_gaps(parts, FOLDER), re.DOTALL)
    except re.error:  # a class with its ends the wrong way round matches nothing
        return re.compile("(?!)")


def _segments(pattern: str) -> Iterator[str]:
    """The pattern between its slashes, with a backslash before or not; one inside brackets divides nothing."""
    begin = at = 0
    while at < len(pattern):
        escaped = pattern.startswith("\\/", at)
        if escaped or pattern[at] == "/":
            segment = pattern[begin:at]
            yield "*" if escaped and segment == "**" else segment
            begin = at = at + 1 + escaped
            continue
        found = CLASS.match(pattern, at)
        at = found.end() if found else at + (2 if pattern[at] == "\\" else 1)
    yield pattern[begin:]


def _segment(segment: str) -> str:
    return with_gaps(_pieces(segment), "[^/]")


def _pieces(segment: str) -> Iterator[str | None]:
    """What each character is in a regular expression; None for any number of them."""
    at = 0
    while at < len(segment):
        char = segment[at]
        found = CLASS.match(segment, at) if char == "[" else None
        if found:
            yield f"(?!/)[{'^' if found[1] else ''}{_members(found[2])}]"
            at = found.end()
        elif char == "\\" and at + 1 < len(segment):
            yield re.escape(segment[at + 1])
            at += 2
        else:
            yield PIECES.get(char, re.escape(char))
            at += 1


def _members(text: str) -> str:
    """What stands between the brackets, as Python has it."""
    return re.sub(r"(?<!\\)([\[\]^&~|])", r"\\\1", text)

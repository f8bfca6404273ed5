"""Which comment hides what, and which comments turn out to be of no use."""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field
from datetime import date, timedelta

from dynalint.findings import Edit, Finding, Fix, RuleInfo, Severity, Suppressed, UndecidedCheck
from dynalint.foreign import Foreign, foreign_in
from dynalint.holding import Holding
from dynalint.placing import DOWNLOADED
from dynalint.records import dataclass
from dynalint.run_rules import (
    SUPPRESSION_EXPIRED,
    SUPPRESSION_MALFORMED,
    SUPPRESSION_UNEXPLAINED,
    SUPPRESSION_UNKNOWN_RULE,
    SUPPRESSION_UNUSED,
)
from dynalint.selection import find_rule, unknown_rule
from dynalint.suppressions import Item, Malformed, Suppression, suppressions_in
from dynalint.syntax import SourceFile
from dynalint.syntax.source import Source, Span
from dynalint.verdicts import Doubt, Observation, Verdict, observation

NOTICE = timedelta(days=14)
CONDITIONAL = re.compile(rb"""(?:^|[{,])\s*"?(?:count|for_each)"?\s*[=:]""", re.MULTILINE)


@dataclass(slots=True)
class Entry:
    """A comment and what became of each of its items: hidden findings, or the reason why nobody knows.

    ``refused`` are those that findings are named by which no comment may hide.
    """

    suppression: Suppression
    source: Source
    used: set[Item] = field(default_factory=set)
    open: dict[Item, str] = field(default_factory=dict)
    refused: set[Item] = field(default_factory=set)


class Ledger:
    """The suppression comments of a run.

    ``infos`` are all rules there are, ``running`` the codes of those that run. ``today`` is the day in UTC.
    """

    def __init__(self, infos: Sequence[RuleInfo], running: frozenset[str], today: date) -> None:
        self._infos = infos
        self._running = running
        self._today = today
        self._entries: dict[str, list[Entry]] = {}
        self._paths: dict[str, list[str]] = {}
        self._naming: dict[tuple[str, str], Holding[tuple[Entry, Item]]] = {}
        self._foreign: dict[str, tuple[Foreign, ...]] = {}
        self._made: dict[str, list[int]] = {}
        self._malformed: list[tuple[Malformed, Source]] = []

    def read(self, file: SourceFile) -> None:
        """Take in the comments of a file, once."""
        path = file.source.path
        if path in self._entries:
            return
        entries = self._entries[path] = []
        self._paths.setdefault(path.rpartition("/")[0], []).append(path)
        for found in suppressions_in(file):
            if isinstance(found, Malformed):
                self._malformed.append((found, file.source))
            else:
                entries.append(Entry(found, file.source))

    def read_foreign(self, file: SourceFile) -> None:
        """Take in the comments of a file that speak to other linters."""
        if file.source.path not in self._foreign:
            self._foreign[file.source.path] = tuple(foreign_in(file))

    def hides(self, item: Observation) -> Suppressed | None:
        """The finding as a suppressed one, if a comment hides it."""
        info = item.finding.rule
        speaking = self._speaking_of(info, item.places, item.deciding)
        found = [pair for pair in speaking if self._holds(pair[0].suppression)]
        if not info.ignorable:
            for entry, named in found:
                entry.refused.add(named)
            return None
        for entry, named in found:
            entry.used.add(named)
        comment = found[0][0].suppression if found else self._of_another_tool(info, item.places)
        if comment is None:
            return None
        until = comment.until.isoformat() if comment.until else None
        tool = comment.tool if isinstance(comment, Foreign) else ""
        return Suppressed(item.finding, comment.comment, comment.reason, until, tool)

    def settles(self, doubt: Doubt) -> bool:
        """Whether a comment hides the rule there anyway, however it would be decided."""
        found = list(self._speaking_of(doubt.check.rule, doubt.places, ()))
        for entry, named in found:
            entry.open.setdefault(named, doubt.check.reason)
        if any(self._holds(entry.suppression) for entry, _ in found):
            return True
        return self._of_another_tool(doubt.check.rule, doubt.places) is not None

    def leave_open(self, directory: str, reason: str) -> None:
        """No comment of this module can be called unused."""
        for path in self._paths.get(directory, ()):
            for entry in self._entries[path]:
                entry.open |= {item: reason for item in entry.suppression.items if item not in entry.open}

    def witness(self, header: Span) -> None:
        """Something was made of the block with this header."""
        if self._entries.get(header.path):
            insort(self._made.setdefault(header.path, []), header.start)

    def complaints(self) -> Iterator[Observation]:
        """Comments that are malformed, name no rule, or have expired; whether they hide anything does not matter."""
        for malformed, source in self._malformed:
            yield _complaint(SUPPRESSION_MALFORMED, malformed.message, malformed.comment, source, help_=malformed.help)
        for entry in self._own_entries():
            yield from self._unknown(entry)
            yield from self._expired(entry)
            if not entry.suppression.reason:
                message = "this comment does not say why"
                yield _complaint(SUPPRESSION_UNEXPLAINED, message, entry.suppression.comment, entry.source)

    def unused(self, *, last: bool) -> Iterator[Verdict]:
        """Items that hid nothing; those that name suppression-unused itself ``last``, after the others' verdicts."""
        for entry in self._own_entries():
            if self._holds(entry.suppression):
                for item in entry.suppression.items:
                    if item.names(SUPPRESSION_UNUSED, prefixes=False) is last:
                        yield from self._unused(entry, item)

    def _own_entries(self) -> Iterator[Entry]:
        for path, entries in sorted(self._entries.items()):
            if DOWNLOADED not in path:
                yield from entries

    def _of_another_tool(self, info: RuleInfo, places: Iterable[Span]) -> Foreign | None:
        for span in places:
            for comment in self._foreign.get(span.path, ()):
                if comment.target.holds(span) and self._holds(comment) and comment.names(info):
                    return comment
        return None

    def _holds(self, suppression: Suppression | Foreign) -> bool:
        return suppression.until is None or self._today <= suppression.until

    def _speaking_of(
        self, info: RuleInfo, places: Iterable[Span], deciding: Iterable[Span]
    ) -> Iterator[tuple[Entry, Item]]:
        seen: set[int] = set()
        for spans, narrow_only in ((places, False), (deciding, True)):
            for span in spans:
                for entry, item in self._named(info, span.path).at(span.start) if self._entries.get(span.path) else ():
                    if id(entry) not in seen and (entry.suppression.target.narrow or not narrow_only):
                        seen.add(id(entry))
                        yield entry, item

    def _named(self, info: RuleInfo, path: str) -> Holding[tuple[Entry, Item]]:
        """The comments of a file that name a rule, by what they speak of."""
        key = (path, info.code)
        if key not in self._naming:
            found = ((entry, entry.suppression.item_for(info)) for entry in self._entries[path])
            self._naming[key] = Holding(
                (entry.suppression.target.span.start, entry.suppression.target.span.end, (entry, item))
                for entry, item in found
                if item
            )
        return self._naming[key]

    def _unknown(self, entry: Entry) -> Iterator[Observation]:
        prefixes = entry.suppression.target.whole_file
        for item in entry.suppression.items:
            if not any(item.names(info, prefixes=prefixes) for info in self._infos):
                several = any(info.code.startswith(item.word) for info in self._infos)
                message = f"{item.word} is the beginning of a code: only file-ignore takes that"
                if not several:
                    message = unknown_rule(item.word, self._infos)
                yield _complaint(SUPPRESSION_UNKNOWN_RULE, message, item.span, entry.source)

    def _expired(self, entry: Entry) -> Iterator[Observation]:
        until = entry.suppression.until
        if until is None or until - self._today > NOTICE:
            return
        gone = until < self._today
        yield _complaint(
            SUPPRESSION_EXPIRED,
            f"this comment {'hides nothing since' if gone else 'hides nothing any more after'} {until.isoformat()}",
            entry.suppression.comment,
            entry.source,
            severity=Severity.WARNING if gone else Severity.NOTE,
            help_="fix what it hides and delete it, or decide on a new date",
            fix=_deletion(entry) if gone else None,
        )

    def _idle(self, entry: Entry) -> str:
        """Why a comment at a block of which nothing was made today may be of use tomorrow."""
        block = entry.suppression.target.block
        if block is None or block.type not in ("resource", "data", "module"):
            return ""
        made = self._made.get(block.span.path, [])
        if bisect_left(made, block.span.start) < bisect_left(made, block.span.end):
            return ""
        if not CONDITIONAL.search(entry.source.data, block.span.start, block.span.end):
            return ""
        return f"{'.'.join(block.labels)} has no instances with the inputs given"

    def _unused(self, entry: Entry, item: Item) -> Iterator[Verdict]:
        prefixes = entry.suppression.target.whole_file
        named = [info for info in self._infos if item.names(info, prefixes=prefixes)]
        if item in entry.used or not any(info.code in self._running for info in named):
            return
        reason = entry.open.get(item) or self._idle(entry)
        if reason:
            yield Doubt(UndecidedCheck(SUPPRESSION_UNUSED, reason, item.span), (item.span,))
            return
        refused = item in entry.refused or find_rule(item.word, (info for info in named if not info.ignorable))
        message = f"{item.word} cannot be ignored" if refused else f"{item.word} is not reported here"
        alone = len(entry.suppression.items) == 1
        fix = _deletion(entry) if alone else None
        yield _complaint(
            SUPPRESSION_UNUSED,
            message,
            item.span,
            entry.source,
            help_="delete the comment" if alone else f"delete {item.word} from the comment",
            fix=fix,
        )


def _complaint(
    rule: RuleInfo,
    message: str,
    span: Span,
    source: Source,
    *,
    severity: Severity | None = None,
    help_: str = "",
    fix: Fix | None = None,
) -> Observation:
    end = source.data.find(b"\n", span.start, span.end)
    line = Span(span.path, span.start, len(source.data[:end].rstrip())) if end >= 0 else span
    return observation(Finding(rule, severity or rule.severity, message, line, help=help_, fix=fix))


def _deletion(entry: Entry) -> Fix | None:
    """Without the comment; in JSON the comma beside it would be left over."""
    if entry.source.path.endswith(".json"):
        return None
    return Fix("delete the comment", (Edit(_removal(entry), ""),))


def _removal(entry: Entry) -> Span:
    """The comment with the blanks before it, and with its whole line where it has one for itself."""
    data, comment = entry.source.data, entry.suppression.comment
    start = len(data[: comment.start].rstrip(b" \t"))
    line_end = data.find(b"\n", comment.end)
    rest = data[comment.end : line_end if line_end >= 0 else len(data)]
    alone = (start == 0 or data[start - 1 : start] == b"\n") and not rest.strip()
    return Span(comment.path, start, line_end + 1 if alone and line_end >= 0 else comment.end)

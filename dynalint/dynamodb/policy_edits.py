"""Edits of the entries of a statement, in HCL as in the JSON of a heredoc.

An entry can be edited where the text of it is at hand: a text or a reference that is one of a list, or all that its
element is. What comes out of a variable, a function or another file is left alone.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dynalint.dynamodb.written import Written
from dynalint.evaluation.values import Value
from dynalint.findings import Edit
from dynalint.records import dataclass
from dynalint.syntax.nodes import GetAttr, Index, Literal, Name, Template
from dynalint.syntax.source import Source, Span

if TYPE_CHECKING:
    from dynalint.dynamodb.statements import Statement

QUOTED = re.compile(r'"[^"\n]*"')


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry as it is written: its text, and where.

    ``listed`` says that it is one of a list, ``in_text`` that it stands in the JSON of a heredoc.
    """

    source: Source
    span: Span
    listed: bool
    in_text: bool = False

    @property
    def text(self) -> str:
        """What is written."""
        return self.source.text(self.span)

    def replaced(self, text: str) -> Edit:
        """Write something else in its place."""
        return Edit(self.span, text)

    def beside(self, text: str) -> Edit:
        """Write something else beside it: on a line of its own where the entry has one."""
        if not self.listed:
            return Edit(self.span, f"[{self.text}, {text}]")
        line = self.source.line_at(self.span.start)
        before = self.source.data[self.source.line_starts[line - 1] : self.span.start]
        gap = " " if before.strip() else f"\n{before.decode()}"
        return Edit(Span(self.span.path, self.span.end, self.span.end), f",{gap}{text}")

    def followed_by(self, ending: str) -> str:
        """The text of the entry with more at its end."""
        return f'{self.text[:-1]}{ending}"' if self.text.startswith('"') else f'"${{{self.text}}}{ending}"'

    def named(self, reference: str) -> str:
        """A reference, in the form of the entry: in a heredoc it has quotes around it."""
        return f'"${{{reference}}}"' if self.in_text else reference


def entry_of(statement: Statement, name: str, entry: Value | None) -> Entry | None:
    """The text of an entry of ``Action`` or ``Resource``; None where it cannot be edited."""
    if entry is None or statement.at.path.endswith(".json") or statement.policy.text.sensitive:
        return None
    written = statement.written
    return _in_hcl(statement, written, name, entry) if written.elements else _in_heredoc(statement, name, entry)


def _in_hcl(statement: Statement, written: Written, name: str, entry: Value) -> Entry | None:
    item = written.item_of(name, statement.entries(name), entry)
    whole = written.elements.get(name)
    alone = entry is statement.member(name) and not written.is_block
    found = item or (whole if alone else None)
    match found:
        case Literal(value=str()) | Template() if QUOTED.fullmatch(written.source.text(found.span)):
            return Entry(written.source, found.span, item is not None)
        case GetAttr() | Index() | Name() if "\n" not in written.source.text(found.span):
            return Entry(written.source, found.span, item is not None)
    return None


def _in_heredoc(statement: Statement, name: str, entry: Value) -> Entry | None:
    """An entry of the JSON in a heredoc, whose text is that of one line."""
    span = entry.trace.span if entry.trace else None
    if span is None or span != statement.within(entry) or span == statement.at:
        return None
    source = statement.policy.source_of(span.path)
    listed = entry is not statement.member(name)
    return Entry(source, span, listed, in_text=True) if QUOTED.fullmatch(source.text(span)) else None

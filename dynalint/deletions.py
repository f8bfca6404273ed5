"""Deletions in JSON: what goes takes a comma along, and its key where it is the value of one."""

from __future__ import annotations

from collections.abc import Iterable

from dynalint.findings import Edit
from dynalint.syntax.source import Sources, Span

BLANK = b" \t\r\n"


def with_commas(edits: Iterable[Edit], sources: Sources) -> list[Edit]:
    """The edits, which are in order, so that JSON stays JSON where they delete from it."""
    made: list[Edit] = []
    for edit in edits:
        if _deletes_json(edit):
            data = sources(edit.span.path).data
            span = _with_key(edit.span, data)
            if made and _deletes_json(made[-1]) and _are_neighbours(made[-1].span, span, data):
                span = made.pop().span.cover(span)
            edit = Edit(span, "")  # noqa: PLW2901 - it takes the place of both
        made.append(edit)
    return [_with_comma(edit, sources) if _deletes_json(edit) else edit for edit in made]


def _deletes_json(edit: Edit) -> bool:
    return not edit.text and edit.span.path.endswith(".json")


def _with_key(span: Span, data: bytes) -> Span:
    """The member of an object that a value is; the value itself where it is in a list."""
    before = data[: span.start].rstrip(BLANK)
    if not before.endswith(b":"):
        return span
    key = before[:-1].rstrip(BLANK)
    return Span(span.path, key.rfind(b'"', 0, len(key) - 1), span.end)


def _are_neighbours(earlier: Span, later: Span, data: bytes) -> bool:
    return earlier.path == later.path and data[earlier.end : later.start].strip(BLANK) == b","


def _with_comma(edit: Edit, sources: Sources) -> Edit:
    """With the comma behind and the blanks up to what follows on the line; the last one with the comma before."""
    span = edit.span
    data = sources(span.path).data
    before, rest = data[: span.start].rstrip(BLANK), data[span.end :].lstrip(BLANK)
    if rest.startswith(b","):
        end = len(data) - len(rest) + 1
        follows = data[end:].lstrip(b" \t")
        alone = follows.startswith((b"\n", b"\r"))
        return Edit(Span(span.path, span.start, end if alone else len(data) - len(follows)), "")
    return Edit(Span(span.path, len(before) - 1, span.end), "") if before.endswith(b",") else edit

"""Blotting secrets out of the texts that reports quote.

A value marked as sensitive is never written into a message; but a report also shows the lines that findings stand in,
and those may have the secret itself: the default of a variable, a line of a tfvars file, an access key of a provider,
what an item holds. Every character of it is replaced by a blot as long in UTF-8 and in UTF-16, so that no position
moves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

from dynalint.findings import Report
from dynalint.syntax import SyntaxFault
from dynalint.syntax.encode import children
from dynalint.syntax.files import SECRET, ScannedBlock, SourceFile, load_body, load_text
from dynalint.syntax.jsonsyntax import load_json_body
from dynalint.syntax.nodes import Block, Call, Literal
from dynalint.syntax.source import Source, Span

MARKED = re.compile(rb'\bsensitive"?\s*[=:]\s*"?true')
DEFAULT = frozenset({"default"})
CREDENTIALS = frozenset({"access_key", "secret_key", "token"})
VALUES = re.compile(rb'"((?>(?:[^"\\]|\\.)*))"(?!\s*[:=])')
"""Quoted texts that are no names of members, in JSON as in HCL."""
BLOTS = {1: "*", 2: "·", 3: "•", 4: "\U0001f7e9"}


def sensitive_variables(files: tuple[SourceFile, ...]) -> Iterator[str]:
    """The names of the variables that files of a module mark as sensitive."""
    for file in files:
        for block in file.blocks:
            if block.type == "variable" and block.labels and MARKED.search(*_text(block)):
                yield block.labels[0]


def masked(report: Report) -> Report:
    """The report for whoever writes it down."""
    return replace(report, sources=masked_sources(report.sources, report.sensitive))


def masked_sources(sources: Mapping[str, Source], sensitive: frozenset[str]) -> dict[str, Source]:
    """The texts, without the values of the variables of these names and what else is a secret."""
    return {path: _without(source, sorted(_secrets(source, sensitive))) for path, source in sources.items()}


def _without(source: Source, secrets: list[Span]) -> Source:
    if not secrets:
        return source
    pieces, at = list[bytes](), 0
    for span in secrets:
        start = max(at, span.start)
        pieces += (source.data[at:start], _blotted(source.data[start : span.end]))
        at = max(at, span.end)
    return Source(source.path, b"".join((*pieces, source.data[at:])))


def _blotted(secret: bytes) -> bytes:
    text = secret.decode("utf-8", "surrogateescape")
    return re.sub(r"[^\s\"]", _blot, text).encode("utf-8", "surrogateescape")


def _blot(found: re.Match[str]) -> str:
    return BLOTS[len(found[0].encode("utf-8", "surrogateescape"))]


def _secrets(source: Source, sensitive: frozenset[str]) -> Iterator[Span]:
    whole = Span(source.path, 0, len(source.data))
    if not source.path.startswith("/"):  # a text of the command line or the environment, called after its variable
        if source.path.rpartition(" ")[2].removeprefix("TF_VAR_") in sensitive:
            yield whole
    elif source.path.endswith((".tfvars", ".tfvars.json")):
        if sensitive:
            yield from _in_values(source, sensitive, whole)
    else:
        for block in load_text(source).blocks:
            if SECRET.search(*_text(block)) or (block.type == "module" and _may_give(block, sensitive)):
                yield from _in_block(block, sensitive)


def _may_give(call: ScannedBlock, sensitive: frozenset[str]) -> bool:
    """Whether a module call can have an argument of one of these names. In JSON a name may be written with escapes."""
    return bool(sensitive) and (call.json or bool(_any_of(sensitive).search(*_text(call))))


@lru_cache(maxsize=8)
def _any_of(names: frozenset[str]) -> re.Pattern[bytes]:
    return re.compile(b"|".join(re.escape(name.encode()) for name in sorted(names)))


def _in_values(source: Source, sensitive: frozenset[str], whole: Span) -> Iterator[Span]:
    try:
        body = load_json_body(source) if source.path.endswith(".json") else load_body(source)
    except SyntaxFault:
        yield whole
        return
    yield from (attribute.value.span for attribute in body.attributes if attribute.name in sensitive)


def _in_block(scanned: ScannedBlock, sensitive: frozenset[str]) -> Iterator[Span]:
    try:
        block = scanned.parse()
    except SyntaxFault:
        yield from _values(scanned.source, scanned.span)
        return
    yield from (literal for call in _calls(block) for literal in _literals(call))
    match scanned.type:
        case "variable" if MARKED.search(*_text(scanned)):
            yield from _arguments(block, DEFAULT)
        case "provider":
            yield from _arguments(block, CREDENTIALS)
        case "module":
            yield from _arguments(block, sensitive)
        case "resource" if scanned.labels[:1] == ("aws_dynamodb_table_item",):
            item = block.body.attribute("item")
            yield from _values(scanned.source, item.value.span) if item else ()


def _arguments(block: Block, names: frozenset[str]) -> Iterator[Span]:
    for attribute in block.body.attributes:
        if attribute.name in names:
            yield from _literals(attribute.value)


def _calls(node: Any) -> Iterator[Call]:
    """The calls of ``sensitive()`` below a node."""
    waiting = [node]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Call) and node.name == "sensitive":
            yield node
        waiting.extend(children(node))


def _literals(node: Any) -> Iterator[Span]:
    waiting = [node]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Literal):
            yield node.span
        waiting.extend(children(node))


def _values(source: Source, span: Span) -> Iterator[Span]:
    for found in VALUES.finditer(source.data, span.start, span.end):
        yield Span(source.path, *found.span(1))


def _text(block: ScannedBlock) -> tuple[bytes, int, int]:
    """What a pattern searches to look into a block."""
    return block.source.data, block.span.start, block.span.end

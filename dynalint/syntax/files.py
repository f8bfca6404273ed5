"""Files to sources, blocks and bodies."""

from __future__ import annotations

import os
import re
import stat
from bisect import bisect_left, bisect_right
from dataclasses import field
from functools import cached_property
from pathlib import Path

from dynalint.records import dataclass
from dynalint.regular import LARGEST, read_regular
from dynalint.syntax import cache
from dynalint.syntax.faults import SyntaxFault
from dynalint.syntax.jsonsyntax import JsonBlock, parse_json_block, scan_json
from dynalint.syntax.nodes import Block, Body, Comment
from dynalint.syntax.scan import Found, Scan
from dynalint.syntax.source import Source, Span

# PARSER_IS_LAZY: a run that finds its blocks in the cache needs no parser, and its regular expressions alone take 20 ms
# to compile. So the modules that read it are imported where they are used.

SECRET = re.compile(rb"sensitive|(?:access|secret)_key|token|password|aws_dynamodb_table_item")
"""What stands in a block that may hold a secret: such blocks are not kept on disk."""


@dataclass
class ScannedBlock:
    """A top-level block that is parsed when somebody asks for it.

    ``span`` runs from its type to its closing brace, ``header`` from its type to its last label. ``fault`` says why it
    cannot be parsed, where that is plain already.
    """

    type: str
    labels: tuple[str, ...]
    span: Span
    header: Span
    source: Source = field(repr=False)
    fault: SyntaxFault | None = None
    json: bool = False

    @cached_property
    def _parsed(self) -> Block | SyntaxFault:
        if self.fault is not None:
            return self.fault
        try:
            return self._read()
        except SyntaxFault as fault:
            return fault

    def _read(self) -> Block:
        if self.json:
            return parse_json_block(self.source, JsonBlock(self.type, self.labels, self.span, self.header))
        if SECRET.search(self.source.data, self.span.start, self.span.end):
            return parse_block(self.source, self.span)
        return cache.block(self.source, self.span, parse_block)

    def parse(self) -> Block:
        """The block's nodes. Raises SyntaxFault."""
        parsed = self._parsed
        if isinstance(parsed, SyntaxFault):
            raise parsed
        return parsed


@dataclass
class SourceFile:
    """What a ``.tf`` or ``.tf.json`` file holds; ``faults`` is what is wrong with it as a whole."""

    source: Source
    blocks: tuple[ScannedBlock, ...]
    faults: tuple[SyntaxFault, ...] = ()
    json: bool = False
    comment_places: tuple[tuple[int, int], ...] = field(default=(), repr=False)

    def block_at(self, offset: int) -> ScannedBlock | None:
        """The block that holds a place."""
        at = bisect_right(self.blocks, offset, key=_beginning) - 1
        return self.blocks[at] if at >= 0 and offset < self.blocks[at].span.end else None

    def block_behind(self, offset: int) -> ScannedBlock | None:
        """The first block that begins at a place, or behind it."""
        at = bisect_left(self.blocks, offset, key=_beginning)
        return self.blocks[at] if at < len(self.blocks) else None

    @cached_property
    def comments(self) -> tuple[Comment, ...]:
        """Comments outside of strings and heredocs, in order; in JSON, what stands under ``"//"`` keys."""
        make = json_comment if self.json else comment
        return tuple(make(self.source, start, end) for start, end in self.comment_places)


def _beginning(block: ScannedBlock) -> int:
    return block.span.start


def comment(source: Source, start: int, end: int) -> Comment:
    """The comment in a byte range."""
    line = source.line_starts[source.line_at(start) - 1]
    before = source.data[line:start].removeprefix(b"\xef\xbb\xbf")
    span = Span(source.path, start, end - source.data[start:end].endswith(b"\r"))
    return Comment(span, source.text(span), not before.strip())


def json_comment(source: Source, start: int, end: int) -> Comment:
    """The comment that a JSON string is: it reads as if it were behind ``//``, and stands alone."""
    text = source.data[start:end].decode("utf-8", "replace").strip('"')
    return Comment(Span(source.path, start, end), f"// {text}", alone=True)


class Values(ScannedBlock):
    """A file of arguments and nothing else, as if it were the inside of a block; its header is the first of them."""

    def _read(self) -> Block:
        body = load_body(self.source)
        return Block(self.span, "", (), self.header, body)


def load_values(source: Source) -> SourceFile:
    """A ``.tfvars`` file that was read already, for the comments in it. Never raises SyntaxFault."""
    whole = Span(source.path, 0, len(source.data))
    block = Values("", (), whole, whole, source)
    try:
        first = block.parse().body.attributes[:1]
    except SyntaxFault as fault:
        return SourceFile(source, (), (fault,))
    block.header = first[0].span if first else whole
    return SourceFile(source, (block,), comment_places=tuple(Scan(source).outline.comments))


def read_source(path: str) -> Source:
    """Read a text file. Raises SyntaxFault where it cannot be read, is no regular file, too large, binary or not UTF-8.

    Links are followed: whether they may be is the caller's to say.
    """
    absolute = Path(os.path.abspath(path)).as_posix()  # noqa: PTH100 - resolve() would follow links in the reported path
    nowhere = Span(absolute, 0, 0)
    try:
        refuse_special(Path(path).stat(), nowhere)
        data = read_regular(path)  # by now something else may have its name
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise SyntaxFault(f"this file cannot be read: {reason[:1].lower()}{reason[1:]}", nowhere) from error
    return checked(Source(absolute, data))


def refuse_special(status: os.stat_result, span: Span) -> None:
    """SyntaxFault for anything but a regular file of a size that dynalint reads."""
    kinds = {stat.S_IFDIR: "a directory", stat.S_IFIFO: "a pipe", stat.S_IFSOCK: "a socket"}
    if not stat.S_ISREG(status.st_mode):
        kind = kinds.get(stat.S_IFMT(status.st_mode), "a device")
        raise SyntaxFault(f"expected a file, but this is {kind}", span)
    if status.st_size > LARGEST:
        raise SyntaxFault(f"a file of {status.st_size} bytes is more than dynalint reads", span)


def checked(source: Source) -> Source:
    """The source itself. Raises SyntaxFault at the first byte that is no text."""
    data = source.data
    try:
        if not data.isascii():
            data.decode()
    except UnicodeDecodeError as error:
        utf16 = data[:2] in {b"\xff\xfe", b"\xfe\xff"}
        help_text = "save it as UTF-8; it seems to be UTF-16" if utf16 else "save it as UTF-8"
        message = f"expected UTF-8 text, but the byte {data[error.start]:#04x} is none"
        raise SyntaxFault(message, Span(source.path, error.start, error.start), help=help_text) from error
    if (at := data.find(b"\0")) >= 0:
        raise SyntaxFault("expected text, but this file is binary", Span(source.path, at, at))
    return source


def load_file(path: str) -> SourceFile:
    """The blocks of a ``.tf``, ``.tofu``, ``.tf.json`` or ``.tofu.json`` file. Never raises SyntaxFault."""
    try:
        source = read_source(path)
    except SyntaxFault as fault:
        return unreadable(fault)
    return load_checked(source)


def load_text(source: Source) -> SourceFile:
    """The blocks of bytes that were read already, in JSON syntax if their path says so. Never raises SyntaxFault.

    Bytes that are no text are a fault, and are not shown, as those of a file.
    """
    try:
        return load_checked(checked(source))
    except SyntaxFault as fault:
        return unreadable(fault)


def load_checked(source: Source) -> SourceFile:
    """The blocks of bytes that are text."""
    return load_json_source(source) if source.path.endswith(".json") else load_source(source)


def unreadable(fault: SyntaxFault) -> SourceFile:
    """A file of which nothing can be read."""
    return SourceFile(Source(fault.span.path, b""), (), (fault,), fault.span.path.endswith(".json"))


def load_json_source(source: Source) -> SourceFile:
    """The blocks of a text in JSON syntax that was read already."""
    try:
        found = scan_json(source)
    except SyntaxFault as fault:
        return SourceFile(source, (), (fault,), json=True)
    blocks = tuple(
        ScannedBlock(block.type, block.labels, block.span, block.header, source, json=True) for block in found.blocks
    )
    places = tuple((span.start, span.end) for span in found.comments)
    return SourceFile(source, blocks, found.faults, json=True, comment_places=places)


def load_source(source: Source) -> SourceFile:
    """The blocks of a text in HCL that was read already."""
    scan = Scan(source)
    blocks = tuple(scanned(source, found) for found in scan.blocks())
    faults = tuple(sorted(set(scan.faults), key=lambda fault: fault.span))
    return SourceFile(source, blocks, faults, json=False, comment_places=tuple(scan.outline.comments))


def scanned(source: Source, found: Found) -> ScannedBlock:
    """A block that scanning found."""
    header, path = found.header, source.path
    return ScannedBlock(
        header.type,
        header.labels,
        Span(path, header.start, found.end),
        Span(path, header.start, header.end),
        source,
        found.fault,
    )


def parse_block(source: Source, span: Span) -> Block:
    """The one block in a byte range. Raises SyntaxFault."""
    from dynalint.syntax.parse import parse_body  # noqa: PLC0415 - see PARSER_IS_LAZY

    return parse_body(source, span.start, span.end).blocks[0]


def load_body(source: Source) -> Body:
    """A file of arguments and nothing else (``.tfvars``). Raises SyntaxFault."""
    from dynalint.syntax.parse import parse_body  # noqa: PLC0415 - see PARSER_IS_LAZY

    start = 3 if source.data.startswith(b"\xef\xbb\xbf") else 0
    body = parse_body(source, start, len(source.data))
    if body.blocks:
        raise SyntaxFault("expected only arguments here, not a block", body.blocks[0].header)
    return Body(Span(source.path, 0, len(source.data)), body.attributes, ())

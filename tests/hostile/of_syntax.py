"""What must hold of texts: blocks and what lies between them, nodes, JSON, comments that suppress."""

from __future__ import annotations

import json
from functools import partial

from dynalint.foreign import foreign_in
from dynalint.suppressions import suppressions_in
from dynalint.syntax import SyntaxFault, load_body, load_json_body, load_text, parse_expression, parse_template
from dynalint.syntax.cache import revived
from dynalint.syntax.encode import encode
from dynalint.syntax.files import ScannedBlock, SourceFile, parse_block
from dynalint.syntax.jsonsyntax import body_of, read
from dynalint.syntax.nodes import Block, ObjectExpression
from dynalint.syntax.scan import GAP
from dynalint.syntax.source import Source
from tests.hostile.asking import lies_within, outcome, twice


def readable(data: bytes) -> bytes:
    """The bytes as text, with something else in the place of what is none; as they were, they are one fault."""
    text = data.decode("utf-8", "replace").replace("\0", " ").encode()
    if text != data:
        for path in ("/x.tf", "/x.tf.json"):
            file = load_text(Source(path, data))
            assert len(file.faults) == 1
            assert not file.blocks
            lies_within(file.faults, 0, len(data))
    return text


def scanned(data: bytes) -> SourceFile:
    """A file in HCL whose blocks and the text between them are the file, and hold what they should."""
    file = load_text(Source("/x.tf", data))
    at = 3 if data.startswith(b"\xef\xbb\xbf") else 0
    pieces = [data[:at]]
    for block in file.blocks:
        pieces += [data[at : block.span.start], data[block.span.start : block.span.end]]
        assert at <= block.span.start <= block.header.start < block.header.end < block.span.end, "blocks overlap"
        if block.fault is None:
            assert data[block.span.end - 1 : block.span.end] == b"}"
        if not file.faults:
            assert GAP.fullmatch(data, at, block.span.start), "between two blocks lies more than blanks and comments"
        at = block.span.end
    assert b"".join([*pieces, data[at:]]) == data
    assert file.faults or GAP.fullmatch(data, at)
    lies_within([file.faults, [comment.span for comment in file.comments]], 0, len(data))
    return file


def scanner(data: bytes) -> None:
    """Blocks joined give the file back, and each of them alone is the same block."""
    data = readable(data)
    file = scanned(data)
    for block in file.blocks:
        if block.fault is None:
            alone = load_text(Source("/x.tf", b"\n" + data[block.span.start : block.span.end]))
            assert [(other.type, other.labels) for other in alone.blocks] == [(block.type, block.labels)]


def parser(data: bytes) -> None:
    """Blocks, bodies, expressions and templates: nodes inside of their text, the same ones out of the cache."""
    data = readable(data)
    file = scanned(data)
    assert load_text(Source("/x.tf", data)) == file, "the same input gave two answers"
    for block in file.blocks:
        found = outcome(block.parse, SyntaxFault)
        if isinstance(found, Block):
            lies_within(found, block.span.start, block.span.end)
            assert parse_block(block.source, block.span) == found
            stored = json.loads(json.dumps(encode(found, block.span.start)))
            assert revived(stored, block.span) == found, "the cache gives another block back"
        elif block.fault is None:
            lies_within(_fault(block), 0, len(data))
    for read_as in (load_body, parse_expression, parse_template):
        lies_within(twice(partial(read_as, Source("/x.tfvars", data)), SyntaxFault), 0, len(data))


def _fault(block: ScannedBlock) -> SyntaxFault | None:
    try:
        block.parse()
    except SyntaxFault as fault:
        return fault
    return None


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no JSON")


def _is_json(data: bytes) -> bool:
    """Whether Python's own reader takes it, strictly."""
    try:
        json.loads(data.decode(), parse_constant=_refuse)
    except (ValueError, RecursionError):
        return False
    return True


def tfjson(data: bytes) -> None:
    """JSON syntax: what is JSON is read, what is none is refused, and every node lies in its file."""
    data = readable(data)
    source = Source("/x.tf.json", data)
    file = load_text(source)
    lies_within([file.faults, [comment.span for comment in file.comments]], 0, len(data))
    for block in file.blocks:
        lies_within([block.span, block.header, outcome(block.parse, SyntaxFault)], 0, len(data))
        lies_within(_fault(block), 0, len(data))
        assert repr(outcome(block.parse, SyntaxFault)) == repr(outcome(block._read, SyntaxFault))
    found = twice(lambda: load_json_body(source), SyntaxFault)
    lies_within(found, 0, len(data))
    whole = outcome(lambda: read(source), SyntaxFault)
    if isinstance(whole, ObjectExpression):
        lies_within(outcome(lambda: body_of(whole), SyntaxFault), 0, len(data))
    if isinstance(whole, str) and _is_json(data):
        assert "more than dynalint reads" in whole, f"this is JSON, and was refused: {whole}"


def suppressions(data: bytes) -> None:
    """Comments for dynalint and for other linters, in HCL and in JSON: what they say lies in the file."""
    data = readable(data)
    path = "/x.tf.json" if data.startswith(b"{") else "/x.tf"
    file = load_text(Source(path, data))
    found = [*suppressions_in(file), *foreign_in(file)]
    for item in found:
        target = getattr(item, "target", None)
        spans = (item.comment, *(part.span for part in getattr(item, "items", ())))
        lies_within(spans, item.comment.start, item.comment.end)
        lies_within([item.comment, target and target.span], 0, len(data))
    if found:
        file = load_text(Source(path, data))
        assert found == [*suppressions_in(file), *foreign_in(file)], "the same input gave two answers"

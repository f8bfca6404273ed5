"""Writing suppression comments: over findings, and in the place of those for other linters."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from dynalint.findings import Edit, Finding, Fix, Report, Suppressed
from dynalint.foreign import ALL, Foreign, foreign_in
from dynalint.placing import DOWNLOADED
from dynalint.records import dataclass
from dynalint.run_rules import BY_CODE
from dynalint.syntax import ScannedBlock, SourceFile, SyntaxFault
from dynalint.syntax.nodes import Attribute, Block, Body
from dynalint.syntax.source import Span

Files = Callable[[str], SourceFile]


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a line may be written: the offset at which a line begins, and its indentation."""

    path: str
    offset: int
    indent: str

    def edit(self, text: str) -> Edit:
        """Write a line above the one that begins here."""
        return Edit(Span(self.path, self.offset, self.offset), f"{self.indent}{text}\n")


def comment(names: Iterable[str], reason: str, until: str | None = None) -> str:
    """A suppression comment."""
    parts = [f"# dynalint: ignore[{', '.join(sorted(names))}]", f"until={until}" if until else "", reason]
    return " ".join(part for part in parts if part)


# --- over findings ------------------------------------------------------------------------------------------------


def with_ignores(report: Report, files: Files, reason: str) -> Report:
    """The report whose findings have comments for fixes; those at one place share the comment of the first."""
    groups: dict[Spot, list[Finding]] = {}
    for finding in report.findings:
        if spot := _spot_for(finding, files):
            groups.setdefault(spot, []).append(finding)
    fixes = {id(group[0]): _fix(spot, group, reason) for spot, group in groups.items()}
    return replace(report, findings=tuple(replace(item, fix=fixes.get(id(item))) for item in report.findings))


def _fix(spot: Spot, group: list[Finding], reason: str) -> Fix:
    text = comment({finding.rule.name for finding in group}, reason)
    return Fix(f"ignore it: {text}", (spot.edit(text),))


def _spot_for(finding: Finding, files: Files) -> Spot | None:
    """None for what no comment hides, or none can stand above."""
    path = finding.span.path
    about_comments = finding.rule.code in BY_CODE and finding.rule.name.startswith("suppression-")
    if not finding.rule.ignorable or about_comments or DOWNLOADED in path or path.endswith(".json"):
        return None
    return spot_above(files(path), finding.span.start)


def spot_above(file: SourceFile, offset: int) -> Spot | None:
    """The line above the innermost block or argument that holds the place and begins its line."""
    block = file.block_at(offset)
    if block is None:
        return None
    found = _at_line_start(file, block.span.start)
    for start in _starts(block, offset):
        found = _at_line_start(file, start) or found
    return found


def _starts(block: ScannedBlock, offset: int) -> Iterator[int]:
    """Where the blocks and arguments inside a block begin that hold a place, outermost first."""
    body: Body | None
    try:
        body = block.parse().body
    except SyntaxFault:
        return
    while body:
        nodes: tuple[Attribute | Block, ...] = (*body.attributes, *body.blocks)
        node = next((node for node in nodes if node.span.start <= offset < node.span.end), None)
        if node is None:
            return
        yield node.span.start
        body = node.body if isinstance(node, Block) else None


def _at_line_start(file: SourceFile, offset: int) -> Spot | None:
    source = file.source
    begin = source.line_starts[source.line_at(offset) - 1]
    before = source.data[begin:offset]
    mark = 3 if before.startswith(b"\xef\xbb\xbf") else 0
    indent = before[mark:].decode("utf-8", "replace")
    return None if indent.strip() else Spot(source.path, begin + mark, indent)


# --- in the place of others ---------------------------------------------------------------------------------------


def migrated(suppressed: Iterable[Suppressed], files: Files) -> Iterator[Edit]:
    """What to change so that comments of dynalint's own hide what comments for other linters hide."""
    groups: dict[Span, list[Suppressed]] = {}
    for item in suppressed:
        if item.tool and not item.comment.path.endswith(".json"):
            groups.setdefault(item.comment, []).append(item)
    above: dict[Spot, list[str]] = {}
    for place, items in sorted(groups.items()):
        file = files(place.path)
        said = [other for other in foreign_in(file) if other.comment == place]
        speaking = next(other for other in said for item in items if other.names(item.finding.rule))
        text = _translated(speaking, items)
        spot = _spot_of(file, speaking)
        if _says_more(said, items):
            above.setdefault(spot or _line_of(file, place), []).append(text)
        elif spot:
            above.setdefault(spot, []).append(text)
            yield _removal(file, place)
        else:
            yield Edit(place, text)
    for spot, texts in above.items():
        yield spot.edit(f"\n{spot.indent}".join(texts))


def _translated(speaking: Foreign, items: list[Suppressed]) -> str:
    text = comment({item.finding.rule.name for item in items}, items[0].reason, items[0].until)
    return text.replace("ignore[", "file-ignore[", 1) if speaking.target.whole_file else text


def _removal(file: SourceFile, place: Span) -> Edit:
    """Without the comment: with its line where it has one for itself, else with the blanks before it."""
    data = file.source.data
    start = len(data[: place.start].rstrip(b" \t"))
    line_end = data.find(b"\n", place.end) + 1 or len(data)
    if data[start - 1 : start] in (b"", b"\n") and not data[place.end : line_end].strip():
        return Edit(Span(place.path, start, line_end), "")
    return Edit(Span(place.path, start, place.end), "")


def _spot_of(file: SourceFile, speaking: Foreign) -> Spot | None:
    """Above the block that a comment speaks of from within; None where one of dynalint's own may stand as it does."""
    block, source = speaking.target.block, file.source
    if block is None or speaking.target.span != block.span:
        return None
    if source.line_at(speaking.comment.start) == source.line_at(block.header.start):
        return None
    return _at_line_start(file, block.span.start)


def _line_of(file: SourceFile, place: Span) -> Spot:
    source = file.source
    return Spot(source.path, source.line_starts[source.line_at(place.start) - 1], "")


def _says_more(said: list[Foreign], items: list[Suppressed]) -> bool:
    """Whether the comment also ignores what dynalint does not report there."""
    used = {other.names(item.finding.rule) for other in said for item in items}
    return any(word == ALL or word not in used for other in said for word in other.words)

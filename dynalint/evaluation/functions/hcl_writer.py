"""Values as HCL expressions, laid out as Terraform's formatter does it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from dynalint.evaluation.functions.decoded import allow_depth
from dynalint.evaluation.graphemes import clusters
from dynalint.evaluation.numbers import number_text
from dynalint.evaluation.values import Value

_ESCAPES = {"\n": "\\n", "\r": "\\r", "\t": "\\t", '"': '\\"', "\\": "\\\\"}
_LINE_END = "\n"
_EQUALS = "="


def expression_text(value: Value) -> str:
    """A wholly known value as an expression."""
    return _laid_out(_tokens(value, 0))


def file_text(entries: Mapping[str, Value]) -> str:
    """Values as the arguments of a tfvars file."""
    return _laid_out(token for name, value in entries.items() for token in _argument(name, value, 0))


def is_identifier(name: str) -> bool:
    """Whether a name can stand without quotes."""
    return not name.startswith("-") and name.replace("-", "_").isidentifier()


def _tokens(value: Value, depth: int) -> Iterator[str]:
    """The parts of an expression: brackets, ends of lines and equals signs alone, anything else with its blanks."""
    allow_depth(depth)
    match value.data:
        case None:
            yield "null"
        case bool() as flag:
            yield "true" if flag else "false"
        case int() | Fraction() | float() as number:
            yield number_text(number)
        case str() as text:
            yield _quoted(text)
        case tuple() as items:
            yield "["
            for index, item in enumerate(items):
                if index:
                    yield ", "
                yield from _tokens(item, depth + 1)
            yield "]"
        case Mapping() as entries:
            yield "{"
            if entries:
                yield _LINE_END
            for name, entry in entries.items():
                yield from _argument(name if is_identifier(name) else _quoted(name), entry, depth + 1)
            yield "}"


def _argument(name: str, value: Value, depth: int) -> Iterator[str]:
    yield from (name, _EQUALS)
    yield from _tokens(value, depth)
    yield _LINE_END


def _quoted(text: str) -> str:
    escaped = "".join(_ESCAPES.get(character) or _printable(character) for character in text)
    return f'"{escaped.replace("${", "$${").replace("%{", "%%{")}"'


def _printable(character: str) -> str:
    if character.isprintable():
        return character
    point = ord(character)
    return f"\\u{point:04x}" if point <= 0xFFFF else f"\\U{point:08x}"


def _laid_out(tokens: Iterator[str]) -> str:
    lines = list(_lines(tokens))
    heads = [_head(line) for line in lines]
    columns = _columns(lines, heads)
    levels = _indents(lines)
    return _LINE_END.join(
        _line(line, head, column, level)
        for line, head, column, level in zip(lines, heads, columns, levels, strict=True)
    )


def _lines(tokens: Iterator[str]) -> Iterator[list[str]]:
    line: list[str] = []
    for token in tokens:
        if token == _LINE_END:
            yield line
            line = []
        else:
            line.append(token)
    yield line


def _head(line: Sequence[str]) -> str | None:
    """The name that a line gives a value to."""
    return line[0] if line[1:2] == [_EQUALS] else None


def _opened(line: Sequence[str]) -> int:
    """How many more brackets a line opens than it closes."""
    return sum((token in {"[", "{"}) - (token in {"]", "}"}) for token in line)


def _columns(lines: Sequence[Sequence[str]], heads: Sequence[str | None]) -> list[int]:
    """For each line the width of the names that its equals sign is aligned with.

    Neighbours are aligned; a value of several lines is aligned with none.
    """
    widths = [0 if head is None else len(clusters(head)) for head in heads]
    alone = [head is None or _opened(line) > 0 for head, line in zip(heads, lines, strict=True)]
    columns = list(widths)
    start = 0
    for end in range(len(lines) + 1):
        if end == len(lines) or alone[end]:
            chain = widths[start:end]
            columns[start:end] = [max(chain, default=0)] * len(chain)
            start = end + 1
    return columns


def _indents(lines: Sequence[Sequence[str]]) -> Iterator[int]:
    """The level of each line: one more for each line before it that opened brackets and is not closed yet."""
    opened: list[int] = []
    for line in lines:
        change = _opened(line)
        if change < 0:
            _close(opened, -change)
        yield len(opened)
        if change > 0:
            opened.append(change)


def _close(opened: list[int], count: int) -> None:
    while count > 0 and opened:
        if count < opened[-1]:
            opened[-1] -= count
            return
        count -= opened.pop()


def _line(line: Sequence[str], head: str | None, column: int, level: int) -> str:
    text = "".join(line)
    if head is not None:
        text = f"{head}{' ' * (column - len(clusters(head)))} = {''.join(line[2:])}"
    return "  " * level + text if text else ""

"""Whether the inputs behind an argument are held to certain words by their own ``validation`` blocks."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from dynalint.evaluation.resources import Argument, Resource
from dynalint.evaluation.values import Value
from dynalint.findings import Edit, Fix
from dynalint.records import dataclass
from dynalint.syntax.encode import children
from dynalint.syntax.nodes import (
    Block,
    Call,
    Conditional,
    Expression,
    Interpolation,
    Literal,
    Name,
    Template,
    TupleExpression,
)
from dynalint.syntax.source import Span

WORDLESS = ("bool", "number")
"""Types of inputs that hold no words."""


@dataclass(frozen=True, slots=True)
class LooseInput:
    """An input that reaches an argument and that no validation holds to the words it may be."""

    name: str
    at: Span
    fix: Fix | None


def loose_inputs(resource: Resource, argument: Argument, words: Collection[str]) -> Iterator[LooseInput]:
    """The inputs whose words an argument may come to hold, and that may hold others than ``words``.

    An expression that yields only such words of its own is clean, whatever decides between them.
    """
    if argument.expression is not None and _yields_only(argument.expression, words):
        return
    for name in sorted(argument.inputs):
        block = resource.input_block(name)
        loose = block is not None and _type_of(block) not in WORDLESS and not _is_held(block, words)
        if block is not None and loose and _reaches(argument.value, name, block.span):
            yield LooseInput(name, block.header, _fix(block, name, words))


def _reaches(value: Value, name: str, block: Span) -> bool:
    """Whether the value came out of the input, and was not merely chosen by it: ``var.numeric ? "N" : "S"``."""
    if value.is_unknown or value.trace is None:
        return True
    ways = (f"default of var.{name}", f"passed as {name} by ", "set by ", f"{name} as planned")
    return any(step.text.startswith(ways) or _inside(step.span, block) for step in value.trace.steps())


def _inside(inner: Span, outer: Span) -> bool:
    return inner.path == outer.path and outer.start <= inner.start and inner.end <= outer.end


def _yields_only(expression: Expression, words: Collection[str]) -> bool:
    match expression:
        case Literal(value=str() as text):
            return text in words
        case Conditional(if_true=one, if_false=other):
            return _yields_only(one, words) and _yields_only(other, words)
        case Template(parts=(Interpolation(expression=inner),)):
            return _yields_only(inner, words)
    return False


def _type_of(block: Block) -> str:
    attribute = block.body.attribute("type")
    return attribute.value.name if attribute is not None and isinstance(attribute.value, Name) else ""


def _is_held(block: Block, words: Collection[str]) -> bool:
    """Whether some validation speaks of every word, or admits some of them alone: ``contains(["S", "N"], …)``."""
    for validation in block.body.blocks_of("validation"):
        condition = validation.body.attribute("condition")
        texts = list(_texts(condition.value)) if condition else []
        if all(word in texts for word in words) or any(all(word in text for word in words) for text in texts):
            return True
        if condition and any(_admits_only(node, words) for node in _nodes(condition.value)):
            return True
    return False


def _admits_only(node: object, words: Collection[str]) -> bool:
    """Whether a call holds something to a list of such words."""
    match node:
        case Call(name="contains", arguments=(TupleExpression(items=items), _)):
            return bool(items) and all(_yields_only(item, words) for item in items)
    return False


def _texts(expression: Expression) -> Iterator[str]:
    """Every literal text inside an expression."""
    for node in _nodes(expression):
        if isinstance(node, Literal) and isinstance(node.value, str):
            yield node.value


def _nodes(expression: Expression) -> Iterator[object]:
    """An expression and everything inside it."""
    waiting: list[object] = [expression]
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(children(node))


def _fix(block: Block, name: str, words: Collection[str]) -> Fix | None:
    """Validate an input that is one word; others need a condition of their own."""
    if _type_of(block) != "string" or block.span.path.endswith(".json") or not block.body.attributes:
        return None
    listed = ", ".join(f'"{word}"' for word in words)
    text = (
        f"\n  validation {{\n    condition     = contains([{listed}], var.{name})\n"
        f'    error_message = "Write {", ".join(words)}."\n  }}\n'
    )
    brace = Span(block.span.path, block.span.end - 1, block.span.end - 1)
    return Fix(f"let var.{name} be only {', '.join(words)}", (Edit(brace, text),), safe=False)

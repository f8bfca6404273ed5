"""Templates: text with ``${…}`` and ``%{…}`` inside.

https://developer.hashicorp.com/terraform/language/expressions/strings#string-templates
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint.evaluation import expressions
from dynalint.evaluation.access import ITERABLE, closed, elements
from dynalint.evaluation.convert import convert
from dynalint.evaluation.errors import EvaluationError
from dynalint.evaluation.scope import Scope
from dynalint.evaluation.text import concatenate
from dynalint.evaluation.types import BOOL, STRING, Dynamic, Primitive, friendly
from dynalint.evaluation.values import Trace, Unknown, Value, string, unknown
from dynalint.syntax.nodes import ForDirective, IfDirective, Interpolation, Template, TemplatePart, TextPart


def evaluate_template(expression: Template, scope: Scope) -> Value:
    """The text; for one lone ``${x}`` the value of ``x``, whatever its type."""
    match expression.parts:
        case (Interpolation(expression=inner),):
            return expressions.evaluate(inner, scope)
        case parts:
            pieces = list(_pieces(parts, scope))
    sources = tuple(piece.trace for piece in pieces if piece.trace)[: expressions.SOURCES_KEPT]
    return concatenate(pieces, scope.budget).with_trace(Trace(expression.span, "", sources))


def _pieces(parts: tuple[TemplatePart, ...], scope: Scope) -> Iterator[Value]:
    for part in parts:
        match part:
            case TextPart(text=text):
                yield string(text)
            case Interpolation():
                yield _interpolated(part, scope)
            case IfDirective():
                yield from _if(part, scope)
            case ForDirective():
                yield from _for(part, scope)


def _interpolated(part: Interpolation, scope: Scope) -> Value:
    value = closed(expressions.evaluate(part.expression, scope))
    if value.is_null:
        raise EvaluationError("null cannot be part of a text: the value is null here", part.expression.span)
    if not isinstance(value.type, Primitive | Dynamic):
        if value.unknown:
            return _unknown_text(value.unknown).marked(value.sensitive)
        raise EvaluationError(
            f"a {friendly(value.type)} cannot be part of a text: use jsonencode() or join()", part.expression.span
        )
    return convert(value, STRING)


def _if(part: IfDirective, scope: Scope) -> Iterator[Value]:
    condition = closed(expressions.evaluate(part.condition, scope))
    if condition.is_null:
        raise EvaluationError("the condition of an if directive must not be null", part.condition.span)
    condition = convert(condition, BOOL)
    if condition.unknown:
        yield _unknown_text(condition.unknown).marked(condition.sensitive)
        return
    for piece in _pieces(part.then if condition.data is True else part.otherwise, scope):
        yield piece.marked(condition.sensitive)


def _for(part: ForDirective, scope: Scope) -> Iterator[Value]:
    collection = closed(expressions.evaluate(part.collection, scope))
    if collection.is_null:
        raise EvaluationError("cannot iterate over null", part.collection.span)
    if not isinstance(collection.type, ITERABLE) and not isinstance(collection.type, Dynamic):
        raise EvaluationError(f"cannot iterate over a {friendly(collection.type)}", part.collection.span)
    if collection.unknown:
        yield _unknown_text(collection.unknown).marked(collection.sensitive)
        return
    pairs = elements(collection)
    scope.budget.allow_members(len(pairs))
    reads = scope.module.inputs_of(part.collection, scope)
    rounds = (
        scope.bind({part.value: value} if part.key is None else {part.key: key, part.value: value}, reads)
        for key, value in pairs
    )
    pieces = [piece for inner in rounds for piece in _pieces(part.body, inner)]
    if any(piece.unknown for piece in pieces):
        # The beginning of what a loop writes is not certain to Terraform's plan.
        yield concatenate(pieces, scope.budget, prefix="")
    else:
        yield from pieces


def _unknown_text(because: Unknown) -> Value:
    return unknown(STRING, Unknown(because.reason, hint=because.hint, not_null=True))

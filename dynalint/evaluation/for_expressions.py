"""``[for …]`` and ``{for …}``.

https://developer.hashicorp.com/terraform/language/expressions/for
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint.evaluation import expressions
from dynalint.evaluation.access import ITERABLE, closed, elements
from dynalint.evaluation.convert import convert
from dynalint.evaluation.errors import EvaluationError
from dynalint.evaluation.scope import Scope
from dynalint.evaluation.types import BOOL, DYNAMIC, Dynamic, friendly
from dynalint.evaluation.values import Trace, Unknown, Value, object_value, tuple_value, unknown
from dynalint.syntax.nodes import Expression, ForObject, ForTuple


class _NotKnown(Exception):  # noqa: N818 - no error: it carries why the whole result is unknown
    def __init__(self, because: Unknown) -> None:
        super().__init__(because.reason)
        self.because = because


def evaluate_for_tuple(expression: ForTuple, scope: Scope) -> Value:
    """A tuple with a member for every element that the condition lets pass."""
    collection = _collection(expression, scope)
    marks = [collection.sensitive]
    try:
        rounds = _rounds(expression, collection, scope, marks)
        result = tuple_value(tuple(expressions.evaluate(expression.result, inner) for inner in rounds))
    except _NotKnown as lost:
        result = _lost(lost)
    return _finish(expression, result, collection, sensitive=any(marks))


def evaluate_for_object(expression: ForObject, scope: Scope) -> Value:
    """An object with a member for every element that the condition lets pass."""
    collection = _collection(expression, scope)
    marks = [collection.sensitive]
    try:
        members: dict[str, list[Value]] = {}
        for inner in _rounds(expression, collection, scope, marks):
            key = expressions.evaluate(expression.result_key, inner)
            marks.append(key.sensitive)
            name = expressions.object_key(key, expression.result_key)
            if isinstance(name, Unknown):
                raise _NotKnown(name)
            value = expressions.evaluate(expression.result_value, inner)
            if name in members and not expression.grouping:
                raise EvaluationError(
                    f"two elements give the key {name!r}: add ... after the value to group them",
                    expression.result_key.span,
                )
            members.setdefault(name, []).append(value)
        result = object_value(
            {name: tuple_value(tuple(values)) if expression.grouping else values[0] for name, values in members.items()}
        )
    except _NotKnown as lost:
        result = _lost(lost)
    return _finish(expression, result, collection, sensitive=any(marks))


def _collection(expression: ForTuple | ForObject, scope: Scope) -> Value:
    value = closed(expressions.evaluate(expression.collection, scope))
    if value.is_null:
        raise EvaluationError("cannot iterate over null", expression.collection.span)
    if not isinstance(value.type, ITERABLE) and not isinstance(value.type, Dynamic):
        raise EvaluationError(f"cannot iterate over a {friendly(value.type)}", expression.collection.span)
    return value


def _rounds(expression: ForTuple | ForObject, collection: Value, scope: Scope, marks: list[bool]) -> Iterator[Scope]:
    """One scope for each element that passes the condition."""
    if collection.unknown:
        raise _NotKnown(collection.unknown)
    pairs = elements(collection)
    scope.budget.allow_members(len(pairs))
    reads = scope.module.inputs_of(expression.collection, scope)
    for key, value in pairs:
        names = {expression.value: value} if expression.key is None else {expression.key: key, expression.value: value}
        inner = scope.bind(names, reads)
        if expression.condition is None or _passes(expression.condition, inner, marks):
            yield inner


def _passes(condition: Expression, scope: Scope, marks: list[bool]) -> bool:
    value = closed(expressions.evaluate(condition, scope))
    if value.is_null:
        raise EvaluationError("the condition of a for expression must not be null", condition.span)
    try:
        flag = convert(value, BOOL)
    except EvaluationError as error:
        raise EvaluationError(f"the condition of a for expression: {error.message}", condition.span) from error
    marks.append(flag.sensitive)
    if flag.unknown:
        raise _NotKnown(flag.unknown)
    return flag.data is True


def _lost(lost: _NotKnown) -> Value:
    return unknown(DYNAMIC, Unknown(lost.because.reason, hint=lost.because.hint, not_null=True))


def _finish(expression: ForTuple | ForObject, result: Value, collection: Value, *, sensitive: bool) -> Value:
    sources = (collection.trace,) if collection.trace else ()
    return result.marked(sensitive).with_trace(Trace(expression.span, "", sources))

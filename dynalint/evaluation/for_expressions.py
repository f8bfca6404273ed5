"""``[for …]`` and ``{for …}``.

https://developer.hashicorp.com/terraform/language/expressions/for
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from dynalint.evaluation import expressions
from dynalint.evaluation.access import ITERABLE, closed, elements
from dynalint.evaluation.convert import convert
from dynalint.evaluation.errors import EvaluationError
from dynalint.evaluation.scope import Scope
from dynalint.evaluation.types import BOOL, DYNAMIC, Dynamic, friendly
from dynalint.evaluation.values import Trace, Unknown, Value, object_value, tuple_value, unknown
from dynalint.records import dataclass
from dynalint.syntax.nodes import Expression, ForObject, ForTuple

Evaluate = Callable[[Expression, Scope], Value]


@dataclass(slots=True)
class _Seen:
    """What the rounds so far showed: whether something sensitive decides, and why the result cannot be known."""

    sensitive: bool
    because: Unknown | None = None

    def lose(self, because: Unknown) -> None:
        """The result is unknown; the rounds go on, since one of them may fail."""
        self.because = self.because or because


def evaluate_for_tuple(expression: ForTuple, scope: Scope, evaluate: Evaluate | None = None) -> Value:
    """A tuple with a member for every element that the condition lets pass; ``evaluate`` makes each."""
    evaluate = evaluate or expressions.evaluate
    collection = _collection(expression, scope)
    seen = _Seen(collection.sensitive)
    items = tuple(evaluate(expression.result, inner) for inner in _rounds(expression, collection, scope, seen))
    return _finish(expression, _lost(seen.because) if seen.because else tuple_value(items), collection, seen)


def evaluate_for_object(expression: ForObject, scope: Scope, evaluate: Evaluate | None = None) -> Value:
    """An object with a member for every element that the condition lets pass.

    ``evaluate`` makes each, where failing ones do not count.
    """
    collection = _collection(expression, scope)
    seen = _Seen(collection.sensitive)
    members: dict[str, list[Value]] = {}
    for inner in _rounds(expression, collection, scope, seen):
        name = _key(expression, inner, seen, lenient=evaluate is not None)
        if name in members and not expression.grouping:
            if evaluate is not None:
                continue
            shown = "a key that is sensitive" if seen.sensitive else f"the key {name!r}"
            message = f"two elements give {shown}: add ... after the value to group them"
            raise EvaluationError(message, expression.result_key.span)
        if name is not None:
            value = (evaluate or expressions.evaluate)(expression.result_value, inner)
            members.setdefault(name, []).append(value)
    result = {
        name: tuple_value(tuple(values)) if expression.grouping else values[0] for name, values in members.items()
    }
    return _finish(expression, _lost(seen.because) if seen.because else object_value(result), collection, seen)


def _key(expression: ForObject, scope: Scope, seen: _Seen, *, lenient: bool) -> str | None:
    """The key of one round, None where it is not known; EvaluationError for one that may not be, unless ``lenient``."""
    key = expressions.evaluate(expression.result_key, scope)
    seen.sensitive = seen.sensitive or key.sensitive
    if lost := closed(key).unknown:  # of whatever type: Terraform looks at that later
        seen.lose(lost)
        return None
    try:
        name = expressions.object_key(key, expression.result_key)
    except EvaluationError as error:
        if not lenient:
            raise
        name = Unknown(error.message)
    if isinstance(name, Unknown):
        seen.lose(name)
        return None
    return name


def _collection(expression: ForTuple | ForObject, scope: Scope) -> Value:
    value = closed(expressions.evaluate(expression.collection, scope))
    if value.is_null:
        raise EvaluationError("cannot iterate over null", expression.collection.span)
    if not isinstance(value.type, ITERABLE) and not isinstance(value.type, Dynamic):
        raise EvaluationError(f"cannot iterate over a {friendly(value.type)}", expression.collection.span)
    return value


def _rounds(expression: ForTuple | ForObject, collection: Value, scope: Scope, seen: _Seen) -> Iterator[Scope]:
    """One scope for each element that passes the condition."""
    if expression.condition is not None and collection.type != DYNAMIC:
        _require_condition(expression, expression.condition, scope)
    if collection.unknown:
        seen.lose(collection.unknown)
        return
    pairs = elements(collection)
    scope.budget.allow_members(len(pairs))
    reads = scope.module.inputs_of(expression.collection, scope)
    for key, value in pairs:
        names = {expression.value: value} if expression.key is None else {expression.key: key, expression.value: value}
        inner = scope.bind(names, reads)
        if expression.condition is None or _passes(expression.condition, inner, seen):
            yield inner


def _require_condition(expression: ForTuple | ForObject, condition: Expression, scope: Scope) -> None:
    """EvaluationError where the condition fails whatever the elements are, even if there are none."""
    anything = unknown(DYNAMIC, Unknown("the elements are looked at one by one"))
    names = (expression.value,) if expression.key is None else (expression.key, expression.value)
    _flag(condition, scope.bind(dict.fromkeys(names, anything)))


def _passes(condition: Expression, scope: Scope, seen: _Seen) -> bool:
    flag = _flag(condition, scope)
    seen.sensitive = seen.sensitive or flag.sensitive
    if flag.unknown:
        seen.lose(flag.unknown)
    return flag.data is True


def _flag(condition: Expression, scope: Scope) -> Value:
    value = closed(expressions.evaluate(condition, scope))
    if value.is_null:
        raise EvaluationError("the condition of a for expression must not be null", condition.span)
    try:
        return convert(value, BOOL)
    except EvaluationError as error:
        raise EvaluationError(f"the condition of a for expression: {error.message}", condition.span) from error


def _lost(because: Unknown) -> Value:
    return unknown(DYNAMIC, Unknown(because.reason, hint=because.hint, not_null=True))


def _finish(expression: ForTuple | ForObject, result: Value, collection: Value, seen: _Seen) -> Value:
    sources = (collection.trace,) if collection.trace else ()
    return result.marked(seen.sensitive).with_trace(Trace(expression.span, "", sources))

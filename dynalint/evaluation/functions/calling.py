"""The calling convention: what happens to the arguments before, and to the result after, a function's Python.

https://developer.hashicorp.com/terraform/language/expressions/function-calls
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint.evaluation.compare import is_sensitive
from dynalint.evaluation.convert import ConversionError, convert, unmarked
from dynalint.evaluation.errors import EvaluationError
from dynalint.evaluation.functions.arguments import bad_argument
from dynalint.evaluation.functions.base import Context, Function, Parameter
from dynalint.evaluation.types import DYNAMIC, Type
from dynalint.evaluation.values import Unknown, Value, identity_of, unknown, value_identity


def call(function: Function, arguments: tuple[Value, ...], context: Context) -> Value:
    """What ``function`` answers to ``arguments``, as Terraform would; EvaluationError where Terraform refuses.

    An unknown argument makes the result unknown, with the identity of the call, unless the function looks at it.
    """
    context.budget.spend()
    parameters = tuple(_parameters(function, len(arguments)))
    if _of_unknown_type(parameters, arguments):
        return undecided(function.name, DYNAMIC, *arguments).marked(any(map(is_sensitive, arguments)))
    converted = tuple(_converted(parameter, value) for parameter, value in zip(parameters, arguments, strict=True))
    opaque = [value for parameter, value in zip(parameters, converted, strict=True) if not parameter.sensitive]
    sensitive = any(map(is_sensitive, opaque))
    if sensitive:
        pairs = zip(parameters, converted, strict=True)
        converted = tuple(value if parameter.sensitive else unmarked(value) for parameter, value in pairs)
    if _is_opaque(parameters, converted):
        returns = function.returns(converted) if callable(function.returns) else function.returns
        if any(map(_hides_type, parameters, converted)):
            returns = DYNAMIC
        return undecided(function.name, returns, *converted).marked(sensitive)
    secret = sensitive or any(map(is_sensitive, converted))
    result = _answer(function, context, converted) if secret else function.implementation(context, *converted)
    return result.marked(sensitive)


def _answer(function: Function, context: Context, arguments: tuple[Value, ...]) -> Value:
    """What the function makes of arguments of which one is sensitive: where it fails, its message may hold that."""
    try:
        return function.implementation(context, *arguments)
    except EvaluationError as error:
        message = f'Call to function "{function.name}" failed: why is not shown, since an argument is sensitive.'
        raise EvaluationError(message, error.span, code=error.code) from error


def _parameters(function: Function, count: int) -> Iterator[Parameter]:
    """The parameter of each of ``count`` arguments."""
    expected = len(function.parameters)
    if count < expected:
        missing = function.parameters[count].name
        raise EvaluationError(
            f'Not enough function arguments: "{function.name}" expects {expected}, and "{missing}" is missing.'
        )
    yield from function.parameters
    if count > expected:
        if function.rest is None:
            raise EvaluationError(f'Too many function arguments: "{function.name}" expects only {expected}.')
        yield from [function.rest] * (count - expected)


def _of_unknown_type(parameters: tuple[Parameter, ...], arguments: tuple[Value, ...]) -> bool:
    """Whether Terraform gives up on an argument of which it knows not even the type, before it meets a null."""
    for parameter, value in zip(parameters, arguments, strict=True):
        if value.is_null and not parameter.null:
            before = zip(parameters, arguments[: arguments.index(value)], strict=False)
            return any(other.is_unknown and other.type == DYNAMIC == seen.type for seen, other in before)
    return False


def _converted(parameter: Parameter, value: Value) -> Value:
    if value.is_null and not parameter.null:
        raise bad_argument(parameter.name, "argument must not be null")
    try:
        return convert(value, parameter.type)
    except ConversionError as error:
        raise bad_argument(parameter.name, error.message) from error


def _is_opaque(parameters: tuple[Parameter, ...], arguments: tuple[Value, ...]) -> bool:
    """Whether something unknown keeps the implementation from being called."""
    seen = (value for parameter, value in zip(parameters, arguments, strict=True) if not parameter.unknown)
    return any(value.first_unknown() for value in seen)


def _hides_type(parameter: Parameter, value: Value) -> bool:
    """Whether Terraform cannot even tell the type of the result, not knowing that of an argument."""
    return parameter.type == DYNAMIC and value.type == DYNAMIC and value.is_unknown and not parameter.unknown


def undecided(name: str, returns: Type, *arguments: Value, nullable: bool = False) -> Value:
    """The unknown that a call gives because of its arguments; calls with equal arguments give the same one."""
    because = next(filter(None, (value.first_unknown() for value in arguments)))
    identity = identity_of(name, *map(value_identity, arguments))
    not_null = not nullable and returns != DYNAMIC
    return unknown(returns, Unknown(because.reason, identity, because.hint, not_null=not_null))

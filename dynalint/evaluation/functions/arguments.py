"""What implementations share: reading arguments, refusing them in Terraform's words, and declaring plain functions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

from dynalint.evaluation.errors import EvaluationError
from dynalint.evaluation.functions.base import Context, Function, Parameter
from dynalint.evaluation.types import BOOL, STRING
from dynalint.evaluation.values import Value, boolean, string


def text_of(value: Value) -> str:
    """The text of a known string."""
    if isinstance(value.data, str):
        return value.data
    raise TypeError(f"not a known string: {value!r}")


def fraction_of(value: Value) -> int | Fraction | float:
    """The number of a known number; a float is an infinity."""
    if isinstance(value.data, int | Fraction | float) and not isinstance(value.data, bool):
        return value.data
    raise TypeError(f"not a known number: {value!r}")


def items_of(value: Value) -> tuple[Value, ...]:
    """The members of a known list, set or tuple."""
    if isinstance(value.data, tuple):
        return value.data
    raise TypeError(f"not a known sequence: {value!r}")


def entries_of(value: Value) -> Mapping[str, Value]:
    """The entries of a known map or object."""
    if isinstance(value.data, Mapping):
        return value.data
    raise TypeError(f"not a known mapping: {value!r}")


def whole_of(value: Value, parameter: str) -> int:
    """A number that must be whole."""
    data = fraction_of(value)
    if isinstance(data, int):
        return data
    raise bad_argument(parameter, "a whole number is required")


def bad_argument(parameter: str, reason: str) -> EvaluationError:
    """The error for one argument that a function refuses."""
    return EvaluationError(f'Invalid value for "{parameter}" parameter: {reason}.')


def call_failed(function: str, reason: str) -> EvaluationError:
    """The error for a call that fails as a whole."""
    return EvaluationError(f'Call to function "{function}" failed: {reason}.')


def of_texts(name: str, parameters: tuple[str, ...], compute: Callable[..., str]) -> Function:
    """A function from known strings to a string."""

    def implementation(context: Context, *arguments: Value) -> Value:
        result = compute(*map(text_of, arguments))
        context.budget.allow_text(len(result))
        return string(result)

    return Function(name, _strings(parameters), None, STRING, implementation)


def predicate_of_texts(name: str, parameters: tuple[str, ...], compute: Callable[..., bool]) -> Function:
    """A function from known strings to a bool."""

    def implementation(_context: Context, *arguments: Value) -> Value:
        return boolean(compute(*map(text_of, arguments)))

    return Function(name, _strings(parameters), None, BOOL, implementation)


def _strings(names: tuple[str, ...]) -> tuple[Parameter, ...]:
    return tuple(Parameter(name, STRING) for name in names)

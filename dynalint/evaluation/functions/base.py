"""What a function is: its parameters, its result, its Python.

The calling convention (:func:`dynalint.evaluation.functions.call`) does for every function what Terraform does:
convert each argument to the parameter's type, refuse null where the function does not take it, answer *unknown* where
an argument is unknown, and carry the sensitive mark to the result. An implementation only ever sees what it asked for.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from dynalint.evaluation.budget import Budget
from dynalint.evaluation.types import DYNAMIC, Type
from dynalint.evaluation.values import Value
from dynalint.records import dataclass


class Files(Protocol):
    """Reading of files for ``file``, ``templatefile`` and their kin, kept inside the project's root."""

    def read(self, path: str) -> bytes:
        """Content of ``path``, relative to the root module; EvaluationError where that is not possible."""
        ...

    def exists(self, path: str) -> bool:
        """Whether ``path`` is a regular file."""
        ...

    def walk(self, path: str) -> list[str]:
        """The files below the directory ``path``, relative to it, POSIX slashes, sorted."""
        ...


@dataclass(frozen=True, slots=True)
class Context:
    """What a function may use besides its arguments.

    ``render`` evaluates template text with the given variables (``templatefile``, ``templatestring``): it takes the
    text, the name to show in errors, and the variables.
    """

    budget: Budget
    files: Files
    render: Callable[[str, str, dict[str, Value]], Value]


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter. ``null``, ``unknown`` and ``sensitive`` say that the implementation wants to see such arguments.

    ``unknown`` covers arguments that hold an unknown at any depth, too. Without it they make the result unknown.
    ``sensitive`` likewise: without it the implementation gets an argument without marks, and the result as a whole is
    sensitive where the argument was at any depth; with it the implementation marks what it returns.
    """

    name: str
    type: Type = DYNAMIC
    null: bool = False
    unknown: bool = False
    sensitive: bool = False


@dataclass(frozen=True, slots=True)
class Function:
    """A function of Terraform's. ``returns`` is the type of the result, as far as it is known before the call."""

    name: str
    parameters: tuple[Parameter, ...]
    rest: Parameter | None
    returns: Type | Callable[[tuple[Value, ...]], Type]
    implementation: Callable[..., Value]
    """Called as ``implementation(context, *arguments)``."""

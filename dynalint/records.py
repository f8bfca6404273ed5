"""``@dataclass`` whose methods are compiled when they are first called.

The standard decorator writes, compiles and runs the source of up to seven methods for every class that it is put on.
That takes half a millisecond each, and dynalint has two hundred, of which a run uses half: it was the largest part of
what a small run costs. All else is the standard library's: ``field``, ``fields``, ``replace``, ``match``, and what type
checkers see.

Left out is what dynalint does not use: ordering, keyword-only fields, ``InitVar`` and ``__post_init__``.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

__all__ = ["dataclass"]

if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(cls=None, /, *, frozen=False, slots=False, eq=True):
        """The class with its fields, and with stubs for methods; parameters as the standard decorator has them."""
        decorate = lambda cls: _record(cls, frozen=frozen, slots=slots, eq=eq)  # noqa: E731 - both ways to decorate
        return decorate if cls is None else decorate(cls)


def _record(cls: type[Any], *, frozen: bool, slots: bool, eq: bool) -> type[Any]:
    own = frozenset(vars(cls))
    made: type[Any] = dataclasses.dataclass(init=False, repr=False, eq=False, slots=slots)(cls)
    methods: dict[str, Any] = {"__init__": _later(made, "__init__", _init), "__repr__": _repr}
    if eq:
        methods |= {"__eq__": _later(made, "__eq__", _eq), "__hash__": None}
    if eq and frozen:
        methods["__hash__"] = _later(made, "__hash__", _hash)
    if frozen:
        methods |= {"__setattr__": _refuse, "__delattr__": _refuse, "__getstate__": _state, "__setstate__": _restore}
    for name, method in methods.items():
        if name not in own:
            setattr(made, name, method)
    return made


def _later(made: type[Any], name: str, compiled: Callable[[type[Any]], Callable[..., Any]]) -> Callable[..., Any]:
    """A method that puts the compiled one in its place, and calls it."""

    def stub(self: object, *args: Any, **kwargs: Any) -> Any:
        method = compiled(made)
        method.__qualname__ = f"{made.__qualname__}.{name}"
        setattr(made, name, method)
        return method(self, *args, **kwargs)

    stub.__name__ = name
    return stub


def _init(made: type[Any]) -> Callable[..., Any]:
    known: dict[str, Any] = {"MISSING": dataclasses.MISSING, "put": object.__setattr__}
    parameters = ", ".join(_parameters(made, known))
    frozen = made.__setattr__ is _refuse
    lines = [
        f"put(self, {item.name!r}, {_given(item)})" if frozen else f"self.{item.name} = {_given(item)}"
        for item in dataclasses.fields(made)
    ]
    return _compiled(f"__init__(self, {parameters})", lines or ["pass"], known)


def _parameters(made: type[Any], known: dict[str, Any]) -> Iterator[str]:
    """The parameters of ``__init__``; what their defaults stand for goes into ``known``."""
    for item in dataclasses.fields(made):
        if item.default_factory is not dataclasses.MISSING:
            known[f"make_{item.name}"] = item.default_factory
            yield f"{item.name}=MISSING"
        elif item.default is not dataclasses.MISSING:
            known[f"default_{item.name}"] = item.default
            yield f"{item.name}=default_{item.name}"
        else:
            yield item.name


def _given(item: dataclasses.Field[Any]) -> str:
    """What a field is set to."""
    if item.default_factory is dataclasses.MISSING:
        return item.name
    return f"make_{item.name}() if {item.name} is MISSING else {item.name}"


def _eq(made: type[Any]) -> Callable[..., Any]:
    names = _compared(made)
    same = f"({_values('self', names)}) == ({_values('other', names)})"
    lines = ["if other.__class__ is self.__class__:", f" return {same}", "return NotImplemented"]
    return _compiled("__eq__(self, other)", lines, {})


def _hash(made: type[Any]) -> Callable[..., Any]:
    return _compiled("__hash__(self)", [f"return hash(({_values('self', _compared(made))}))"], {})


def _compared(made: type[Any]) -> list[str]:
    return [item.name for item in dataclasses.fields(made) if item.compare]


def _values(of: str, names: list[str]) -> str:
    """The source of a tuple, without its parentheses."""
    return "".join(f"{of}.{name}, " for name in names)


def _compiled(head: str, lines: list[str], known: dict[str, Any]) -> Callable[..., Any]:
    """A function of a source that is made of the names of fields alone."""
    made: dict[str, Any] = {}
    exec("\n ".join([f"def {head}:", *lines]), known, made)  # noqa: S102 - as the standard decorator does
    (function,) = made.values()
    return function  # type: ignore[no-any-return]  # exec gives no types


def _repr(self: Any) -> str:
    shown = ", ".join(f"{item.name}={getattr(self, item.name)!r}" for item in dataclasses.fields(self) if item.repr)
    return f"{type(self).__qualname__}({shown})"


def _refuse(_: object, name: str, *_value: object) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")


def _state(self: Any) -> list[Any]:
    return [getattr(self, item.name) for item in dataclasses.fields(self)]


def _restore(self: Any, state: list[Any]) -> None:
    for item, value in zip(dataclasses.fields(self), state, strict=True):
        object.__setattr__(self, item.name, value)

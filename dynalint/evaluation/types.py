"""Terraform's types.

https://developer.hashicorp.com/terraform/language/expressions/types and the type constraints built on them. A literal
``[…]`` is a tuple and ``{…}`` an object; lists, maps and sets come from constraints, conversions and functions.
"""

from __future__ import annotations

from dynalint.records import dataclass


@dataclass(frozen=True, slots=True)
class Primitive:
    """``string``, ``number`` or ``bool``."""

    name: str


@dataclass(frozen=True, slots=True)
class Dynamic:
    """``any``: a type that is not known, or not fixed (the type of an untyped ``null``)."""


@dataclass(frozen=True, slots=True)
class ListOf:
    """``list(element)``."""

    element: Type


@dataclass(frozen=True, slots=True)
class SetOf:
    """``set(element)``."""

    element: Type


@dataclass(frozen=True, slots=True)
class MapOf:
    """``map(element)``."""

    element: Type


@dataclass(frozen=True, slots=True)
class TupleOf:
    """``tuple([a, b])``."""

    elements: tuple[Type, ...]


@dataclass(frozen=True, slots=True)
class ObjectOf:
    """``object({…})``; ``attributes`` are sorted by name, ``optional`` holds the names that may be left out.

    Defaults of ``optional(type, default)`` belong to the variable that declares them, not to the type.
    """

    attributes: tuple[tuple[str, Type], ...]
    optional: frozenset[str] = frozenset()

    def get(self, name: str) -> Type | None:
        """Type of an attribute, None where the object has none of that name."""
        return dict(self.attributes).get(name)


Type = Primitive | Dynamic | ListOf | SetOf | MapOf | TupleOf | ObjectOf

STRING = Primitive("string")
NUMBER = Primitive("number")
BOOL = Primitive("bool")
DYNAMIC = Dynamic()


def object_of(attributes: dict[str, Type], optional: frozenset[str] = frozenset()) -> ObjectOf:
    """An object type from a plain dictionary."""
    return ObjectOf(tuple(sorted(attributes.items())), optional)


def friendly(type_: Type) -> str:
    """The type as Terraform's messages name it: ``list of string``, ``object``, ``any type``."""
    match type_:
        case Primitive(name):
            return name
        case Dynamic():
            return "any type"
        case ListOf(element):
            return f"list of {friendly(element)}"
        case SetOf(element):
            return f"set of {friendly(element)}"
        case MapOf(element):
            return f"map of {friendly(element)}"
        case TupleOf():
            return "tuple"
        case ObjectOf():
            return "object"

"""Which types convert to which, and the one type that several convert to.

This knows types only; :mod:`dynalint.evaluation.convert` does the same for values. The rules are those of
https://developer.hashicorp.com/terraform/language/expressions/types#type-conversion and what Terraform 1.11 answers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cmp_to_key

from dynalint.evaluation.types import (
    DYNAMIC,
    STRING,
    Dynamic,
    ListOf,
    MapOf,
    ObjectOf,
    Primitive,
    SetOf,
    TupleOf,
    Type,
    friendly,
)

Collection = type[ListOf] | type[SetOf] | type[MapOf]


def mismatch(source: Type, target: Type) -> str | None:
    """Why no value of ``source`` converts to ``target``, in Terraform's words; None where some may.

    Text converts to a number or bool as far as types tell: the text itself decides.
    """
    if source == target:
        return None
    match source, target:
        case (Dynamic(), _) | (_, Dynamic()):
            return None
        case Primitive(), Primitive():
            return None if STRING in (source, target) else _required(target)
        case (ListOf(inner) | SetOf(inner), ListOf(wanted) | SetOf(wanted)):
            kind = "list" if isinstance(target, ListOf) else "set"
            return _inside(mismatch(inner, wanted), f"incorrect {kind} element type")
        case (TupleOf(elements), ListOf(wanted) | SetOf(wanted)):
            kind = "list" if isinstance(target, ListOf) else "set"
            return _element_mismatch(kind, elements, wanted, ((f"element {at}", of) for at, of in enumerate(elements)))
        case MapOf(inner), MapOf(wanted):
            return _inside(mismatch(inner, wanted), "incorrect map element type")
        case ObjectOf(attributes), MapOf(wanted):
            types = [of for _, of in attributes]
            return _element_mismatch("map", types, wanted, ((f'element "{name}"', of) for name, of in attributes))
        case MapOf(inner), ObjectOf(attributes):
            return _required(target) if any(mismatch(inner, wanted) for _, wanted in attributes) else None
        case ObjectOf(), ObjectOf():
            return _attribute_mismatch(source, target)
        case TupleOf(elements), TupleOf(wanted) if len(elements) == len(wanted):
            pairs = zip(elements, wanted, strict=True)
            return _first(_inside(mismatch(have, want), f"element {at}") for at, (have, want) in enumerate(pairs))
    return _required(target)


def _required(target: Type) -> str:
    match target:
        case ListOf(Dynamic()) | SetOf(Dynamic()) | MapOf(Dynamic()):
            return f"{friendly(target).split(' ', 1)[0]} of any single type required"
        case _:
            return f"{friendly(target)} required"


def _inside(message: str | None, place: str) -> str | None:
    return message and f"{place}: {message}"


def _first(messages: Iterable[str | None]) -> str | None:
    return next(filter(None, messages), None)


def _element_mismatch(kind: str, have: Sequence[Type], wanted: Type, places: Iterator[tuple[str, Type]]) -> str | None:
    if wanted == DYNAMIC:
        return None if _single_type(kind, have) else f"all {kind} elements must have the same type"
    return _first(_inside(mismatch(of, wanted), place) for place, of in places)


def _single_type(kind: str, types: Sequence[Type]) -> bool:
    common = unify(types)
    # Beside a structure an untyped null is refused in a list or set, and takes the other type in a map.
    return common is not None and (common != DYNAMIC or kind == "map" or all(item == DYNAMIC for item in types))


def _attribute_mismatch(source: ObjectOf, target: ObjectOf) -> str | None:
    have = dict(source.attributes)
    if missing := [name for name, _ in target.attributes if name not in have and name not in target.optional]:
        quoted = [f'"{name}"' for name in missing]
        return f"attribute{_listed(quoted)} required"
    return _first(
        _inside(mismatch(have[name], wanted), f'attribute "{name}"')
        for name, wanted in target.attributes
        if name in have
    )


def _listed(names: list[str]) -> str:
    match names:
        case [one]:
            return f" {one} is"
        case [one, other]:
            return f"s {one} and {other} are"
        case [*others, last]:
            return f"s {', '.join(others)}, and {last} are"
    raise AssertionError("nothing to list")


def unify(types: Sequence[Type]) -> Type | None:
    """The one type that all of ``types`` convert to, as lists, maps and conditionals ask for; None without any.

    ``any`` is the answer for no types at all, and for structures beside an untyped null, which stay as they are.
    """
    kinds = {type(item) for item in types}
    fixed = kinds - {Dynamic}
    if len(set(types)) <= 1:
        return types[0] if types else DYNAMIC
    if fixed == {ObjectOf, TupleOf}:
        return None
    if fixed in ({ObjectOf}, {TupleOf}):
        return DYNAMIC if Dynamic in kinds else _unify_structures(types)
    for collection, structure in ((MapOf, ObjectOf), (ListOf, TupleOf), (SetOf, None)):
        if fixed == {collection}:
            return DYNAMIC if Dynamic in kinds else _as_collections(types, collection)
        if fixed == {collection, structure}:
            return _as_if_collections(types, collection) or _most_general(types)
    return _most_general(types)


def _as_collections(types: Sequence[Type], collection: Collection) -> Type | None:
    element = unify([element for item in types for element in _element_types(item)])
    common = element and collection(element)
    return None if common is None or any(mismatch(item, common) for item in types) else common


def _as_if_collections(types: Sequence[Type], collection: Collection) -> Type | None:
    """The structures become a collection first: with that they need not fit the type that comes of it in the end."""
    made = _as_collections([item for item in types if isinstance(item, ObjectOf | TupleOf)], collection)
    common = made and unify([made if isinstance(item, ObjectOf | TupleOf) else item for item in types])
    return common if isinstance(common, collection) else None


def _element_types(type_: Type) -> tuple[Type, ...]:
    match type_:
        case ListOf(element) | SetOf(element) | MapOf(element):
            return (element,)
        case TupleOf(elements):
            return elements
        case ObjectOf(attributes):
            return tuple(of for _, of in attributes)
    return ()


def _unify_structures(types: Sequence[Type]) -> Type | None:
    match types[0]:
        case TupleOf(first) if all(isinstance(item, TupleOf) and len(item.elements) == len(first) for item in types):
            columns = [unify(column) for column in zip(*map(_element_types, types), strict=True)]
            return None if None in columns else TupleOf(tuple(filter(None, columns)))
        case ObjectOf(first) if all(_names(item) == _names(types[0]) for item in types):
            columns = [unify(column) for column in zip(*map(_element_types, types), strict=True)]
            pairs = tuple((name, of) for (name, _), of in zip(first, columns, strict=True) if of is not None)
            return ObjectOf(pairs) if len(pairs) == len(first) else None
        case structure:
            element = unify([element for item in types for element in _element_types(item)])
            common = element and (ListOf(element) if isinstance(structure, TupleOf) else MapOf(element))
            return None if common is None or any(mismatch(item, common) for item in types) else common


def _names(type_: Type) -> tuple[str, ...]:
    return tuple(name for name, _ in type_.attributes) if isinstance(type_, ObjectOf) else ()


def _most_general(types: Sequence[Type]) -> Type | None:
    preferred = sorted(types, key=cmp_to_key(_preference))
    return next((want for want in preferred if not any(mismatch(have, want) for have in types)), None)


_RANK = {ListOf: 0, TupleOf: 1, SetOf: 2, MapOf: 0, ObjectOf: 1}


def _preference(one: Type, other: Type) -> int:
    """Below zero where ``one`` is the better common type: text before other primitives, lists before sets."""
    match one, other:
        case Primitive(), Primitive():
            return (other == STRING) - (one == STRING)
        case (ListOf(a), ListOf(b)) | (SetOf(a), SetOf(b)) | (MapOf(a), MapOf(b)):
            return _preference(a, b)
        case (Dynamic(), _) | (_, Dynamic()):
            return isinstance(one, Dynamic) - isinstance(other, Dynamic)
    return _RANK.get(type(one), 0) - _RANK.get(type(other), 0)

"""Functions that reorder, cut and join lists.

https://developer.hashicorp.com/terraform/language/functions#collection-functions
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dynalint.evaluation.common_type import unify
from dynalint.evaluation.compare import equal, sort_key
from dynalint.evaluation.convert import convert
from dynalint.evaluation.functions.arguments import bad_argument, call_failed, fraction_of, items_of, text_of, whole_of
from dynalint.evaluation.functions.base import Context, Function, Parameter
from dynalint.evaluation.functions.calling import undecided
from dynalint.evaluation.numbers import NOT_AN_INDEX, as_index
from dynalint.evaluation.types import (
    DYNAMIC,
    NUMBER,
    STRING,
    Dynamic,
    ListOf,
    MapOf,
    SetOf,
    TupleOf,
    Type,
    friendly,
)
from dynalint.evaluation.values import (
    TRUE,
    Unknown,
    Value,
    identity_of,
    list_value,
    number,
    tuple_value,
    unknown,
    value_identity,
)


def _chunklist(context: Context, items: Value, size: Value) -> Value:
    if items.unknown:
        return undecided("chunklist", ListOf(items.type), items, size).marked(items.sensitive)
    length = as_index(fraction_of(size))
    if length is None:
        raise call_failed("chunklist", f"invalid size: {NOT_AN_INDEX}")
    if length < 0:
        raise call_failed("chunklist", "the size argument must be positive")
    members = items_of(items)
    context.budget.spend(len(members))
    step = length or max(len(members), 1)
    element = _element_of(items.type)
    chunks = (list_value(element, members[start : start + step]) for start in range(0, len(members), step))
    return list_value(ListOf(element), tuple(chunks)).marked(items.sensitive)


def _element_of(type_: Type) -> Type:
    return type_.element if isinstance(type_, ListOf | SetOf | MapOf) else DYNAMIC


def _compact(context: Context, texts: Value) -> Value:
    context.budget.spend(len(items_of(texts)))
    return list_value(STRING, tuple(text for text in items_of(texts) if text.data))


def _concat(context: Context, *sequences: Value) -> Value:
    if not sequences:
        raise call_failed("concat", "at least one argument is required")
    for sequence in sequences:
        if not isinstance(sequence.type, ListOf | TupleOf | Dynamic):
            kind = friendly(sequence.type)
            raise bad_argument("seqs", f"all arguments must be lists or tuples; got {kind}")
        if sequence.unknown:
            break
    sensitive = any(sequence.sensitive for sequence in sequences)
    common = unify([sequence.type for sequence in sequences]) if _all_lists(sequences) else None
    if any(sequence.unknown for sequence in sequences):
        return undecided("concat", common or DYNAMIC, *sequences).marked(sensitive)
    context.budget.allow_members(sum(len(items_of(sequence)) for sequence in sequences))
    if isinstance(common, ListOf):
        sequences = tuple(convert(sequence, common) for sequence in sequences)
    items = tuple(item for sequence in sequences for item in items_of(sequence))
    joined = list_value(common.element, items) if isinstance(common, ListOf) else tuple_value(items)
    return joined.marked(sensitive)


def _all_lists(sequences: Sequence[Value]) -> bool:
    return all(isinstance(sequence.type, ListOf) for sequence in sequences)


def _distinct(context: Context, items: Value) -> Value:
    context.budget.spend(len(items_of(items)))
    first: dict[object, Value] = {}
    for item in items_of(items):
        first.setdefault(sort_key(item), item)
    return list_value(_element_of(items.type), tuple(first.values()))


def _element(_context: Context, items: Value, index: Value) -> Value:
    if isinstance(items.type, ListOf | Dynamic) and items.unknown:
        return _undecided_element(items, index, _element_of(items.type))
    at = as_index(fraction_of(index))
    if at is None:
        raise call_failed("element", f"invalid index: {NOT_AN_INDEX}")
    match items.type:
        case TupleOf(elements) if elements and items.unknown:
            return _undecided_element(items, index, elements[at % len(elements)])
        case ListOf() | TupleOf():
            members = items_of(items)
        case other:
            raise call_failed("element", f"cannot read elements from {friendly(other)}")
    if not members:
        raise call_failed("element", "cannot use element function with an empty list")
    return members[at % len(members)].marked(items.sensitive)


def _undecided_element(items: Value, index: Value, element: Type) -> Value:
    return undecided("element", element, items, index, nullable=True).marked(items.sensitive)


def _flatten(context: Context, items: Value) -> Value:
    if items.unknown:
        return undecided("flatten", DYNAMIC, items).marked(items.sensitive)
    if not isinstance(items.type, ListOf | SetOf | TupleOf | Dynamic):
        raise call_failed("flatten", "can only flatten lists, sets and tuples")
    parts = list(_parts(context, items))
    sensitive = any(part.sensitive for part in parts if _is_nested(part))
    leaves = tuple(part for part in parts if not _is_nested(part))
    if any(_hides_members(part) for part in parts):
        return undecided("flatten", DYNAMIC, items).marked(sensitive)
    context.budget.allow_members(len(leaves))
    return tuple_value(leaves).marked(sensitive)


def _parts(context: Context, items: Value) -> Iterator[Value]:
    """The sequence, the sequences in it at any depth, and their other members, in order."""
    waiting = [items]
    while waiting:
        part = waiting.pop()
        context.budget.spend()
        yield part
        if _is_nested(part):
            waiting.extend(reversed(part.members()))


def _is_nested(value: Value) -> bool:
    return isinstance(value.type, ListOf | SetOf | TupleOf) and not value.is_null


def _hides_members(value: Value) -> bool:
    if isinstance(value.type, SetOf) and len(value.members()) > 1 and value.first_unknown():
        return True
    return value.is_unknown and isinstance(value.type, ListOf | SetOf | TupleOf | Dynamic)


def _index_of(context: Context, items: Value, wanted: Value) -> Value:
    if items.unknown or wanted.unknown:
        return undecided("index", NUMBER, items, wanted)
    if not isinstance(items.type, ListOf | TupleOf | Dynamic):
        raise call_failed("index", "argument must be a list or tuple")
    if not items_of(items):
        raise call_failed("index", "cannot search an empty list")
    context.budget.spend(len(items_of(items)))
    for at, item in enumerate(items_of(items)):
        answer = equal(item, wanted)
        if answer.unknown:
            return undecided("index", NUMBER, items, wanted)
        if answer == TRUE:
            return number(at)
    raise call_failed("index", "item not found")


def _matchkeys(context: Context, values: Value, keys: Value, searchset: Value) -> Value:
    arguments = (values, keys, searchset)
    if any(value.unknown for value in arguments):
        return undecided("matchkeys", values.type, *arguments)
    if len(items_of(values)) != len(items_of(keys)):
        raise call_failed("matchkeys", "length of keys and values should be equal")
    common = unify([keys.type, searchset.type])
    if common is None:
        raise call_failed("matchkeys", "keys and searchset must be of the same type")
    if values.first_unknown() or keys.first_unknown():
        return undecided("matchkeys", values.type, *arguments)
    sought = [None if item.first_unknown() else sort_key(item) for item in items_of(convert(searchset, common))]
    known = sought.index(None) if None in sought else len(sought)
    wanted = {*sought[:known]}
    context.budget.spend(len(items_of(keys)) + len(sought))
    pairs = zip(items_of(values), items_of(convert(keys, common)), strict=True)
    found = tuple(value for value, key in pairs if sort_key(key) in wanted)
    # Terraform gives up, with nothing found, at the first comparison with a value that is not known.
    whole = known == len(sought) or len(found) == len(items_of(keys))
    return list_value(_element_of(values.type), found if whole else ())


def _reverse(context: Context, items: Value) -> Value:
    if not isinstance(items.type, ListOf | SetOf | TupleOf | Dynamic):
        kind = friendly(items.type)
        raise bad_argument("list", f"can only reverse list or tuple values, not {kind}")
    if items.unknown:
        return undecided("reverse", _type_of_reverse(items.type), items).marked(items.sensitive)
    context.budget.spend(len(items_of(items)))
    backwards = items_of(items)[::-1]
    if isinstance(items.type, TupleOf):
        return tuple_value(backwards).marked(items.sensitive)
    return list_value(_element_of(items.type), backwards).marked(items.sensitive)


def _type_of_reverse(type_: Type) -> Type:
    match type_:
        case TupleOf(elements):
            return TupleOf(elements[::-1])
        case ListOf(element) | SetOf(element):
            return ListOf(element)
    return DYNAMIC


def _slice(context: Context, items: Value, start: Value, end: Value) -> Value:
    kept = _type_of_slice((items, start, end))
    if items.unknown:
        return undecided("slice", kept, items, start, end).marked(items.sensitive)
    first, last = whole_of(start, "start_index"), whole_of(end, "end_index")
    context.budget.spend(last - first)
    cut = items_of(items)[first:last]
    if isinstance(items.type, ListOf):
        return list_value(items.type.element, cut).marked(items.sensitive)
    return tuple_value(cut).marked(items.sensitive)


def _type_of_slice(arguments: tuple[Value, ...]) -> Type:
    """The type of the result; EvaluationError for bounds that cannot be right."""
    items, start, end = arguments
    if items.type == DYNAMIC:
        return DYNAMIC
    if isinstance(items.type, SetOf):
        raise bad_argument(
            "list",
            "cannot slice a set, because its elements do not have indices; "
            "explicitly convert to a list if the ordering of the result is not important",
        )
    if not isinstance(items.type, ListOf | TupleOf | Dynamic):
        raise bad_argument("list", "must be a list or tuple value")
    first, last = _slice_bound("start", start, items), _slice_bound("end", end, items)
    if first is not None and last is not None and first > last:
        raise bad_argument("start_index", "start index must not be greater than end index")
    if isinstance(items.type, TupleOf) and first is not None and last is not None:
        return TupleOf(items.type.elements[first:last])
    return items.type if isinstance(items.type, ListOf) else DYNAMIC


def _slice_bound(which: str, value: Value, items: Value) -> int | None:
    if value.unknown:
        return None
    bound = as_index(fraction_of(value))
    if bound is None:
        raise bad_argument(f"{which}_index", f"invalid {which} index: {NOT_AN_INDEX}")
    if bound < 0:
        raise bad_argument(f"{which}_index", f"{which} index must not be less than zero")
    length = len(items.type.elements) if isinstance(items.type, TupleOf) else len(items.members())
    if bound > length and not items.unknown:
        raise bad_argument(f"{which}_index", f"{which} index must not be greater than the length of the list")
    return bound


def _sort(context: Context, texts: Value) -> Value:
    if texts.unknown:
        return undecided("sort", ListOf(STRING), texts)
    members = items_of(texts)
    context.budget.spend(len(members))
    for at, text in enumerate(members):
        if text.is_null:
            raise call_failed("sort", f"given list element {at} is null; a null string cannot be sorted")
    because = texts.first_unknown()
    if because is None:
        return list_value(STRING, tuple(sorted(members, key=text_of)))
    identity = value_identity(texts)
    return list_value(STRING, tuple(_sorted_unknown(because, identity, at) for at in range(len(members))))


def _sorted_unknown(because: Unknown, identity: str, at: int) -> Value:
    return unknown(STRING, Unknown(because.reason, identity_of("sort", identity, str(at)), because.hint))


def _type_of_chunks(arguments: tuple[Value, ...]) -> Type:
    return ListOf(arguments[0].type)


def _type_of_first(arguments: tuple[Value, ...]) -> Type:
    return arguments[0].type


_ANY_LIST = ListOf(DYNAMIC)

FUNCTIONS = (
    Function(
        "chunklist",
        (Parameter("list", _ANY_LIST, unknown=True, sensitive=True), Parameter("size", NUMBER)),
        None,
        _type_of_chunks,
        _chunklist,
    ),
    Function("compact", (Parameter("list", ListOf(STRING)),), None, ListOf(STRING), _compact),
    Function("concat", (), Parameter("seqs", unknown=True, sensitive=True), DYNAMIC, _concat),
    Function("distinct", (Parameter("list", _ANY_LIST),), None, _type_of_first, _distinct),
    Function(
        "element",
        (Parameter("list", unknown=True, sensitive=True), Parameter("index", NUMBER)),
        None,
        DYNAMIC,
        _element,
    ),
    Function("flatten", (Parameter("list", unknown=True, sensitive=True),), None, DYNAMIC, _flatten),
    Function("index", (Parameter("list", unknown=True), Parameter("value", unknown=True)), None, NUMBER, _index_of),
    Function(
        "matchkeys",
        tuple(Parameter(name, _ANY_LIST, unknown=True) for name in ("values", "keys", "searchset")),
        None,
        _type_of_first,
        _matchkeys,
    ),
    Function("reverse", (Parameter("list", unknown=True, sensitive=True),), None, DYNAMIC, _reverse),
    Function(
        "slice",
        (
            Parameter("list", unknown=True, sensitive=True),
            Parameter("start_index", NUMBER),
            Parameter("end_index", NUMBER),
        ),
        None,
        _type_of_slice,
        _slice,
    ),
    Function("sort", (Parameter("list", ListOf(STRING), unknown=True),), None, ListOf(STRING), _sort),
)

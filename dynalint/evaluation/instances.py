"""``count`` and ``for_each``: how many instances, with which keys.

https://developer.hashicorp.com/terraform/language/meta-arguments/for_each
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from dynalint.evaluation import expressions
from dynalint.evaluation.access import closed
from dynalint.evaluation.convert import convert
from dynalint.evaluation.errors import EvaluationError
from dynalint.evaluation.resources import Condition
from dynalint.evaluation.scope import Scope
from dynalint.evaluation.types import DYNAMIC, NUMBER, STRING, Dynamic, MapOf, ObjectOf, SetOf, friendly
from dynalint.evaluation.values import (
    Unknown,
    Value,
    identity_of,
    number,
    object_value,
    string,
    unknown,
)
from dynalint.records import dataclass
from dynalint.syntax.nodes import Attribute, Block

CODE = "DYN021"


@dataclass(frozen=True, slots=True)
class Instance:
    """One instance: its key in addresses (``""``, ``[0]``, ``["a"]``, ``[*]``) and the names it brings."""

    key: str
    names: Mapping[str, Value]
    index: int | str | None = None


@dataclass(frozen=True, slots=True)
class Instances:
    """All instances of a resource or module call.

    ``kind`` is ``single``, ``count`` or ``for_each``. ``because`` is set where their number is not known; then there
    is one instance, which stands for all.
    """

    kind: str
    items: tuple[Instance, ...]
    condition: Condition | None = None
    because: Unknown | None = None


SINGLE = Instances("single", (Instance("", {}),))


_NOT_MADE = Unknown("instances are made when terraform plans")
_ANY_COUNTED = Instances(
    "count", (Instance("[*]", {"count": object_value({"index": unknown(NUMBER, _NOT_MADE)})}),), because=_NOT_MADE
)
_ANY_KEYED = Instances(
    "for_each",
    (
        Instance(
            "[*]", {"each": object_value({"key": unknown(STRING, _NOT_MADE), "value": unknown(DYNAMIC, _NOT_MADE)})}
        ),
    ),
    because=_NOT_MADE,
)
"""What ``terraform validate`` has for all the instances of a block."""


def expand(block: Block, scope: Scope) -> Instances:
    """The instances of a block. EvaluationError with code DYN021 where Terraform refuses its count or for_each."""
    count, for_each = block.body.attribute("count"), block.body.attribute("for_each")
    if count and for_each:
        raise EvaluationError("count and for_each cannot both be set", for_each.name_span, code=CODE)
    if count:
        found = _counted(count, scope)
        return replace(_ANY_COUNTED, condition=found.condition) if scope.module.tree.validating else found
    if for_each:
        found = _keyed(for_each, scope)
        return replace(_ANY_KEYED, condition=found.condition) if scope.module.tree.validating else found
    return SINGLE


def refused(block: Block, own: str) -> Instances:
    """One instance that stands for all of ``own``, whose count or for_each Terraform refuses: that is told once."""
    because = Unknown(f"the instances of {own} are not known")
    names: dict[str, Value] = {}
    if block.body.attribute("count"):
        names["count"] = _any_count()
    if block.body.attribute("for_each"):
        names["each"] = object_value({"key": unknown(STRING, because), "value": unknown(DYNAMIC, because)})
    return Instances("for_each" if "each" in names else "count", (Instance("[*]", names),), because=because)


def _any_count() -> Value:
    index = unknown(NUMBER, Unknown("the number of instances is not known", not_null=True))
    return object_value({"index": index})


def _condition(attribute: Attribute, value: Value, scope: Scope) -> Condition:
    return Condition(value, attribute.span, scope.module.inputs_of(attribute.value, scope))


def _counted(attribute: Attribute, scope: Scope) -> Instances:
    raw = closed(expressions.evaluate(attribute.value, scope))
    try:
        value = convert(raw, NUMBER)
    except EvaluationError as error:
        raise EvaluationError(f"count must be a number: {error.message}", attribute.value.span, code=CODE) from error
    if value.is_null:
        raise EvaluationError("count must not be null", attribute.value.span, code=CODE)
    condition = _condition(attribute, value, scope)
    if value.unknown:
        return Instances("count", (Instance("[*]", {"count": _any_count()}),), condition, value.unknown)
    if not isinstance(value.data, int) or value.data < 0:
        raise EvaluationError("count must be a whole number, zero or more", attribute.value.span, code=CODE)
    scope.budget.allow_members(value.data)
    items = (Instance(f"[{i}]", {"count": object_value({"index": number(i)})}, i) for i in range(value.data))
    return Instances("count", tuple(items), condition)


def _keyed(attribute: Attribute, scope: Scope) -> Instances:
    value = closed(expressions.evaluate(attribute.value, scope))
    span = attribute.value.span
    if value.sensitive:
        raise EvaluationError("for_each cannot be sensitive: its keys are shown in addresses", span, code=CODE)
    if value.is_null:
        raise EvaluationError("for_each must not be null", span, code=CODE)
    if not isinstance(value.type, MapOf | ObjectOf | SetOf | Dynamic):
        message = f"for_each needs a map, an object or a set of strings, and this is a {friendly(value.type)}"
        raise EvaluationError(message, span, code=CODE, help="wrap it: for_each = toset(…)")
    condition = _condition(attribute, value, scope)
    because = value.unknown or _unknown_member(value)
    if because:
        return Instances("for_each", (_any_instance(value, because),), condition, because)
    scope.budget.allow_members(len(value.members()))
    return Instances("for_each", tuple(_items(value, span_of=attribute)), condition)


def _unknown_member(value: Value) -> Unknown | None:
    """Why the keys are not all known: a set's members are its keys."""
    if not isinstance(value.type, SetOf):
        return None
    return next((member.unknown for member in value.members() if member.unknown), None)


def _any_instance(value: Value, because: Unknown) -> Instance:
    key_because = Unknown(because.reason, identity_of("each.key", because.identity), because.hint, not_null=True)
    key = unknown(STRING, key_because)
    element = value.type.element if isinstance(value.type, MapOf) else DYNAMIC
    inner = Unknown(because.reason, identity_of("each.value", because.identity), because.hint)
    each = key if isinstance(value.type, SetOf) else unknown(element, inner)
    names = {"each": object_value({"key": key, "value": each.with_trace(value.trace)})}
    return Instance("[*]", names)


def _items(value: Value, span_of: Attribute) -> tuple[Instance, ...]:
    match value.data:
        case Mapping() as members:
            return tuple(_instance(name, member) for name, member in members.items())
        case tuple() as members:
            return tuple(_set_instance(member, span_of) for member in members)
    return ()


def _set_instance(member: Value, attribute: Attribute) -> Instance:
    if member.is_null or member.type != STRING:
        message = "a set for for_each must hold strings, none of them null"
        raise EvaluationError(message, attribute.value.span, code=CODE)
    assert isinstance(member.data, str)
    return _instance(member.data, member)


def _instance(key: str, value: Value) -> Instance:
    each = object_value({"key": string(key), "value": value})
    return Instance(f'["{quote(key)}"]', {"each": each}, key)


def quote(key: str) -> str:
    """An instance key as addresses write it: HCL quoting."""
    escaped = (
        key.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t")
    )
    return escaped.replace("${", "$${").replace("%{", "%%{")

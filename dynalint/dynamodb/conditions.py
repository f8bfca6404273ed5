"""The ``Condition`` of a statement.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dynalint.evaluation.values import Unknown, Value
from dynalint.records import dataclass

_POSITIVE = frozenset({"stringequals", "stringequalsignorecase", "stringlike"})


@dataclass(frozen=True, slots=True)
class Condition:
    """One key under one operator: ``StringEquals`` ``aws:ResourceTag/team`` ``["orders"]``.

    Values are text, or Unknown.
    """

    operator: str
    key: str
    values: tuple[str | Unknown, ...]

    @property
    def is_positive(self) -> bool:
        """Whether the key must be there with one of the values: not negated, no ``IfExists``, no ``ForAllValues``."""
        quantifier, _, plain = self.operator.lower().rpartition(":")
        return plain in _POSITIVE and quantifier in ("", "foranyvalue")

    @property
    def holds_without_key(self) -> bool:
        """Whether it is met by a request that does not have the key: ``ForAllValues``, ``…IfExists``, a negation."""
        quantifier, _, plain = self.operator.lower().rpartition(":")
        negated = plain.startswith(("stringnot", "arnnot", "numericnot", "datenot", "notip"))
        return quantifier == "forallvalues" or plain.endswith("ifexists") or negated

    @property
    def is_fixed(self) -> bool:
        """Whether the values are chosen by the policy's author: no policy variable, no ``*`` for anything."""
        texts = [value for value in self.values if isinstance(value, str)]
        return bool(self.values) and not any(text == "*" or "${" in text for text in texts)


def conditions_of(value: Value | None) -> Iterator[Condition | Unknown]:
    """The conditions of a ``Condition`` element; an Unknown for each part that hides them."""
    if value is None or value.is_null:
        return
    if not isinstance(value.data, Mapping):
        yield value.unknown or Unknown("its Condition is no object")
        return
    for operator, keys in value.data.items():
        if not isinstance(keys.data, Mapping):
            yield keys.unknown or Unknown("its Condition is no object")
            continue
        for key, wanted in keys.data.items():
            yield Condition(operator, key, tuple(_texts(wanted)))


def narrows_items(conditions: tuple[Condition, ...]) -> bool:
    """Whether conditions limit which tables or attributes are reached, not merely by whom or from where.

    A fixed tag of the table does, and so does a list of attributes together with the demand to select just those
    (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html). ``LeadingKeys`` and
    ``FullTableScan`` are no keys of Scan.
    """
    keys = {condition.key.lower() for condition in conditions}
    tagged = any(
        condition.key.lower().startswith("aws:resourcetag/") and condition.is_positive and condition.is_fixed
        for condition in conditions
    )
    return tagged or {"dynamodb:attributes", "dynamodb:select"} <= keys


def _texts(value: Value) -> Iterator[str | Unknown]:
    match value.data:
        case tuple():
            for member in value.members():
                yield from _texts(member)
        case str() as text:
            yield text
        case bool() as flag:
            yield str(flag).lower()
        case Unknown() as because:
            yield because
        case None:
            return
        case other:
            yield str(other)

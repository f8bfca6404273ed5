"""The tables of a model as pictures show them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dynalint.dynamodb.fields import Absent, Field, Known
from dynalint.dynamodb.indexes import Index
from dynalint.dynamodb.reading import Section
from dynalint.dynamodb.settings import Replica
from dynalint.dynamodb.table import Table
from dynalint.evaluation.resources import Condition, EvaluatedBlock
from dynalint.evaluation.values import Unknown
from dynalint.records import dataclass
from dynalint.reports.pictures import UNNAMED, KeyPicture, LanePicture, SettingPicture, State, TablePicture
from dynalint.reports.places import Places
from dynalint.syntax.source import Span

SENSITIVE = "(sensitive)"
UNKNOWN_TYPE = "?"
MAY_EXIST = "may exist, once, often or never"


def text_of(field: Field[Any], absent: str = "") -> str:
    """A field for a picture: its value, ``…`` for one that is not known, ``absent`` where nothing is set."""
    match field.state:
        case Known(value):
            hidden = field.value is not None and field.value.sensitive
            return SENSITIVE if hidden else str(value)
        case Unknown():
            return UNNAMED
        case _:
            return absent


def table_picture(table: Table, places: Places) -> TablePicture:
    """A table with its lanes and settings."""
    place = places.place(table.at)
    lanes = (_own_lane(table), *(_index_lane(table, index, number) for number, index in enumerate(table.indexes)))
    used = {key.name for lane in lanes for key in lane.keys}
    declared = (KeyPicture(text_of(item.name), text_of(item.type), "unused") for item in table.attributes)
    related = (resource.address for group in table.related.values() for resource in group)
    return TablePicture(
        address=table.address,
        name=text_of(table.name, "(named by the provider)"),
        place=f"{place.path}:{place.line}",
        at=table.at,
        lanes=lanes,
        settings=tuple(_settings(table)),
        owned=frozenset((table.address, *related)),
        unused=tuple(key for key in declared if key.name not in used),
        replicas=tuple(map(_replica, table.replicas)),
        consumers=tuple(consumer.address for consumer in table.consumers),
        note="" if table.resource.certain else MAY_EXIST,
    )


# --- lanes ------------------------------------------------------------------------------------------------------------


def _own_lane(table: Table) -> LanePicture:
    types = _types(table)
    keys = ((table.hash_key, "hash"), (table.range_key, "range"))
    drawn = tuple(_key(field, role, types) for field, role in keys if field.is_set)
    return LanePicture("table", "table", text_of(table.name, UNNAMED), drawn, "ALL", at=table.at)


def _index_lane(table: Table, index: Index, number: int) -> LanePicture:
    return LanePicture(
        part=f"index.{number}",
        kind="global" if index.is_global else "local",
        name=text_of(index.name, UNNAMED),
        keys=tuple(_index_keys(table, index)),
        projection="" if index.projection_type.is_unknown else text_of(index.projection_type),
        attributes=_names(index.non_key_attributes),
        note=_note(index.condition, certain=index.certain),
        at=index.resource.span if index.standalone else index.block.whole or _extent(index.block),
    )


def _names(field: Field[tuple[str, ...]]) -> tuple[str, ...]:
    match field.state:
        case Known(value):
            hidden = field.value is not None and any(part.sensitive for part in (field.value, *field.value.members()))
            return (SENSITIVE,) if hidden else value
        case Unknown():
            return (UNNAMED,)
        case _:
            return ()


def _extent(block: EvaluatedBlock) -> Span:
    """What a dynamic block writes, as far as its last argument."""
    end = max((argument.span.end for argument in block.arguments.values()), default=block.span.end)
    return Span(block.span.path, block.span.start, max(end, block.span.end))


def _index_keys(table: Table, index: Index) -> Iterator[KeyPicture]:
    types = _types(table) | dict(_own_types(index))
    if index.key_schema:
        for element in index.key_schema:
            yield _key(element.name, text_of(element.type).lower(), types)
        return
    first = index.hash_key if index.is_global else table.hash_key
    for field, role in ((first, "hash"), (index.range_key, "range")):
        if field.is_set:
            yield _key(field, role, types)


def _own_types(index: Index) -> Iterator[tuple[str, str]]:
    """The types that an index resource gives its keys, by their names."""
    for block in index.block.blocks_of("key_schema"):
        name, kind = block.value("attribute_name"), block.value("attribute_type")
        if name is not None and kind is not None and isinstance(name.data, str) and isinstance(kind.data, str):
            yield name.data, kind.data


def _types(table: Table) -> dict[str, str]:
    """The types of the declared attributes by what identifies them, known or not."""
    return {_identity(item.name): text_of(item.type, UNKNOWN_TYPE) for item in table.attributes}


def _identity(field: Field[Any]) -> str:
    return str(field.state.value) if isinstance(field.state, Known) else field.identity or UNNAMED


def _key(field: Field[str], role: str, types: dict[str, str]) -> KeyPicture:
    return KeyPicture(text_of(field), types.get(_identity(field), ""), role)


def _note(condition: Condition | None, *, certain: bool) -> str:
    if not certain:
        return MAY_EXIST
    names = sorted(condition.inputs) if condition is not None else ()
    return f"depends on {', '.join(f'var.{name}' for name in names)}" if names else ""


# --- settings ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Switch:
    """What a nested block switches on: ``on`` and ``off`` are the words for it."""

    part: str
    title: str
    on: str
    off: str

    def picture(self, section: Section, enabled: Field[bool]) -> SettingPicture:
        block = section.block
        at = (block.whole or block.span) if block else section.at
        if block is not None and not block.certain:
            return SettingPicture(self.part, self.title, MAY_EXIST, State.UNKNOWN, at)
        return self.of(enabled, at)

    def of(self, enabled: Field[bool], at: Span) -> SettingPicture:
        match enabled.state:
            case Known(True):
                return SettingPicture(self.part, self.title, self.on, State.ON, at)
            case Unknown(reason=reason):
                return SettingPicture(self.part, self.title, f"unknown: {reason}", State.UNKNOWN, at)
            case _:
                return SettingPicture(self.part, self.title, self.off, State.OFF, at)


def _settings(table: Table) -> Iterator[SettingPicture]:
    yield _capacity(table)
    recovery, encryption, ttl = table.point_in_time_recovery, table.encryption, table.ttl
    days = text_of(recovery.recovery_period, "35")
    yield _Switch("recovery", "Recovery", f"any second of {days} days", "off").picture(recovery, recovery.enabled)
    yield _Switch("protection", "Deletion protection", "on", "off").of(
        table.deletion_protection, table.deletion_protection.at
    )
    key = "customer's key" if encryption.kms_key_arn.is_set else "key managed by AWS"
    yield _Switch("encryption", "Encryption", key, "key owned by AWS").picture(encryption, encryption.enabled)
    yield _Switch("ttl", "Expiry", f"by {text_of(ttl.attribute_name, UNNAMED)}", "off").picture(ttl, ttl.enabled)
    view = text_of(table.stream.view_type, "no view type")
    yield _Switch("stream", "Stream", view, "off").of(table.stream.enabled, table.stream.at)
    yield _tags(table)


def _capacity(table: Table) -> SettingPicture:
    mode = text_of(table.billing_mode)
    words = {"PROVISIONED": "provisioned", "PAY_PER_REQUEST": "on demand"}.get(mode, mode)
    if mode == "PROVISIONED":
        units = (text_of(field, "?") for field in table.capacities)
        words += " {} read, {} write".format(*units)
    if table.scaling.parts:
        words += ", scaled"
    if table.table_class.state != Known("STANDARD"):
        words += f", {text_of(table.table_class).lower().replace('_', ' ')}"
    state = State.UNKNOWN if table.billing_mode.is_unknown else State.ON
    return SettingPicture("capacity", "Capacity", words, state, table.billing_mode.at)


def _tags(table: Table) -> SettingPicture:
    number = len(table.tags.effective)
    if table.tags.doubt is not None:
        return SettingPicture("tags", "Tags", f"{number} and maybe more", State.UNKNOWN, table.at)
    hidden = table.tags.own.value is not None and table.tags.own.value.sensitive
    text = SENSITIVE if hidden else ", ".join(sorted(table.tags.effective)) or "none"
    return SettingPicture("tags", "Tags", text, State.ON if number else State.OFF, table.at)


def _replica(replica: Replica) -> SettingPicture:
    words = []
    if replica.point_in_time_recovery.state == Known(True):
        words.append("recovery")
    if replica.kms_key_arn.is_set:
        words.append("own key")
    if not isinstance(replica.consistency_mode.state, Absent):
        words.append(text_of(replica.consistency_mode).lower())
    state = State.ON if replica.certain else State.UNKNOWN
    block: EvaluatedBlock = replica.block
    at = replica.resource.span if replica.standalone else block.whole or block.span
    return SettingPicture("replicas", text_of(replica.region_name, UNNAMED), ", ".join(words), state, at)

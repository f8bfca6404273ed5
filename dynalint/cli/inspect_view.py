"""The model as ``dynalint inspect`` shows it to people: every value as text, with the places it came through."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

from dynalint.dynamodb.fields import Absent, Field, Known, quoted
from dynalint.dynamodb.indexes import Index
from dynalint.dynamodb.model import Model, build_model
from dynalint.dynamodb.pieces import GAP, joined, pieces_of
from dynalint.dynamodb.policy import Policy
from dynalint.dynamodb.reach import OneTable, Reach, Unclear
from dynalint.dynamodb.reading import Section
from dynalint.dynamodb.settings import Replica
from dynalint.dynamodb.statements import Statement
from dynalint.dynamodb.table import Table
from dynalint.evaluation.inputs import Inputs
from dynalint.evaluation.resources import Condition, RootModule
from dynalint.evaluation.root import evaluate_root
from dynalint.evaluation.values import Trace, Unknown, Value
from dynalint.project import Project
from dynalint.records import dataclass
from dynalint.reports.inspect_text import GroupView, RootView, SettingView, TableView
from dynalint.reports.places import Places
from dynalint.syntax.source import Source, Span

SENSITIVE = "(sensitive)"
NOT_SET = "not set"
_DEFAULTS = {
    "point_in_time_recovery": "off",
    "server_side_encryption": "with a key that AWS owns",
    "ttl": "off",
}
"""What holds where a table does not have the block."""


class Sources(Mapping[str, Source]):
    """The texts that spans of a root module lie in, read when they are asked for."""

    def __init__(self, root: RootModule, project: Project) -> None:
        self._root = root
        self._project = project

    def __getitem__(self, path: str) -> Source:
        return self._root.sources.get(path) or self._project.source(path)

    def __iter__(self) -> Iterator[str]:
        return iter(self._root.sources)

    def __len__(self) -> int:
        return len(self._root.sources)


def view_of(directory: str, project: Project, inputs: Inputs, *, base: str, show_sensitive: bool = False) -> RootView:
    """Evaluate the root module in ``directory`` and look at it; paths are shown relative to ``base``.

    ``inputs`` must ask for everything, or outputs are left out.
    """
    root = evaluate_root(directory, project, inputs)
    return root_view(build_model(root), Places(Sources(root, project), base), show_sensitive=show_sensitive)


def root_view(model: Model, places: Places, *, show_sensitive: bool = False) -> RootView:
    """The view of one root module; ``places`` must hold the sources of its files."""
    return _Viewer(places, show_sensitive).root(model)


@dataclass(frozen=True, slots=True)
class _Viewer:
    places: Places
    show_sensitive: bool

    def root(self, model: Model) -> RootView:
        root = model.root
        tables = {table.address: self.table(table) for table in model.tables}
        return RootView(
            path=self.places.relative(root.directory),
            tables=tuple(tables.values()),
            latent=tuple(_difference(self.table(table), tables.get(table.address)) for table in model.latent_tables),
            policies=tuple(self.policy(policy) for policy in model.policies),
            outputs=tuple(self.setting(name, value) for name, value in sorted(root.outputs.items())),
            faults=tuple(f"{self.place(fault.span)}: {fault.message}" for fault in root.faults),
        )

    # --- tables ---------------------------------------------------------------------------------------------------

    def table(self, table: Table) -> TableView:
        groups = (
            GroupView("keys", tuple(self.keys(table)), self.openness(table.attributes_open)),
            *map(self.index, table.indexes),
            GroupView("settings", tuple(self.settings(table))),
            *self.sections(table),
            *map(self.replica, table.replicas),
            GroupView("tags", tuple(self.tags(table))),
        )
        return TableView(
            table.address,
            self.place(table.at),
            tuple(group for group in groups if group.settings or group.note),
            self.table_note(table),
        )

    def table_note(self, table: Table) -> str:
        world = table.resource.world
        if world is not None:
            return f"exists for other values of {_variables(world.switches)}"
        if not table.resource.certain:
            return "may exist, once, often or never"
        return ""

    def keys(self, table: Table) -> Iterator[SettingView]:
        yield self.field(table.hash_key, name="hash_key")
        if table.range_key.is_set:
            yield self.field(table.range_key, name="range_key")
        for attribute in table.attributes:
            name = self.text(attribute.name)
            yield self.field(attribute.type, name=f"attribute {name}", unquoted=True)

    def index(self, index: Index) -> GroupView:
        fields: tuple[Field[Any], ...] = (
            index.hash_key,
            index.range_key,
            *(element.name for element in index.key_schema),
            index.projection_type,
            index.non_key_attributes,
            index.read_capacity,
            index.write_capacity,
        )
        kind = "global" if index.is_global else "local"
        return GroupView(
            f"{kind} index {self.text(index.name)}",
            tuple(self.written(*fields)),
            self.condition(index.condition, certain=index.certain),
        )

    def settings(self, table: Table) -> Iterator[SettingView]:
        """The table's own arguments, and what holds where a nested block is missing."""
        yield self.field(table.name, default="chosen by the provider")
        yield self.field(table.billing_mode)
        yield from self.written(table.read_capacity, table.write_capacity)
        yield self.field(table.table_class)
        yield from self.written(table.stream.enabled, table.stream.view_type)
        yield self.field(table.deletion_protection)
        for section, default in _DEFAULTS.items():
            if not table.body.blocks_of(section):
                yield SettingView(section, default, default=True)

    def sections(self, table: Table) -> Iterator[GroupView]:
        """The nested blocks of which a table has one."""
        recovery, encryption = table.point_in_time_recovery, table.encryption
        ttl, ceiling = table.ttl, table.on_demand_throughput
        fields: tuple[tuple[Section, tuple[Field[Any], ...]], ...] = (
            (recovery, (recovery.enabled, recovery.recovery_period)),
            (encryption, (encryption.enabled, encryption.kms_key_arn)),
            (ttl, (ttl.enabled, ttl.attribute_name)),
            (ceiling, (ceiling.max_read, ceiling.max_write)),
        )
        for section, members in fields:
            if (block := section.block) is not None:
                note = self.condition(block.condition, certain=block.certain)
                yield GroupView(section.type, tuple(self.written(*members)), note)

    def replica(self, replica: Replica) -> GroupView:
        fields = (
            replica.kms_key_arn,
            replica.point_in_time_recovery,
            replica.propagate_tags,
            replica.consistency_mode,
            replica.deletion_protection,
        )
        note = "" if replica.certain else "may exist, once, often or never"
        return GroupView(f"replica {self.text(replica.region_name)}", tuple(self.written(*fields)), note)

    def tags(self, table: Table) -> Iterator[SettingView]:
        for key, value in sorted(table.tags.effective.items()):
            yield self.setting(key, value)
        if (doubt := table.tags.doubt) is not None:
            yield SettingView("…", f"unknown: {doubt.reason}", unknown=True)

    # --- policies -------------------------------------------------------------------------------------------------

    def policy(self, policy: Policy) -> TableView:
        holders = (GroupView(f"held by {holder.kind} {holder.address or holder.name}") for holder in policy.principals)
        groups = (*holders, *map(self.statement, policy.statements))
        return TableView(policy.address, self.place(policy.at), groups, f"{policy.kind.value} policy")

    def statement(self, statement: Statement) -> GroupView:
        if statement.value.unknown is not None:
            return GroupView("statement", (), f"unknown: {statement.value.unknown.reason}")
        effect = statement.member("Effect")
        title = self.value_text(effect).strip('"') if effect is not None else "no effect"
        names = ("Action", "NotAction", "Resource", "NotResource", "Principal", "NotPrincipal", "Condition")
        members = ((name, statement.member(name)) for name in names)
        settings = (self.setting(name, value) for name, value in members if value is not None)
        shown = tuple(self.resources(statement, item) if item.name == "Resource" else item for item in settings)
        return GroupView(f"{title} {statement.sid}".strip(), shown, self.place(statement.at))

    def resources(self, statement: Statement, setting: SettingView) -> SettingView:
        """The Resource element by the tables of this configuration that it reaches, where it reaches such."""
        texts = [self.reached(pattern, reach) for pattern, reach in statement.reaches if pattern is not None]
        if any(isinstance(reach, Unclear) for _, reach in statement.reaches) or not texts:
            return setting
        return replace(setting, text=texts[0] if len(texts) == 1 else f"[{', '.join(texts)}]", unknown=False)

    def reached(self, pattern: Value, reach: Reach) -> str:
        if self.hides(pattern):
            return SENSITIVE
        if isinstance(reach, OneTable) and reach.address:
            return f"{reach.address}{reach.below}"
        return quoted(joined(pieces_of(pattern)).replace(GAP, "…"))

    # --- values ---------------------------------------------------------------------------------------------------

    def written(self, *fields: Field[Any]) -> Iterator[SettingView]:
        return (self.field(field, name=field.path.rpartition(".")[2]) for field in fields if field.is_set)

    def field(
        self, field: Field[Any], *, name: str = "", default: str = NOT_SET, unquoted: bool = False
    ) -> SettingView:
        """One argument; ``default`` is what holds where it is absent."""
        written = field.value is not None and not field.value.is_null
        text = self.text(field) if field.is_set else default
        if field.is_set and not written:
            text += " (default)"
        return SettingView(
            name or field.path,
            text.strip('"') if unquoted else text,
            self.origin(field.at, field.trace) if written else "",
            unknown=field.is_unknown,
            default=not written,
        )

    def text(self, field: Field[Any]) -> str:
        match field.state:
            case Unknown(reason=reason):
                return f"unknown: {reason}"
            case Absent():
                return NOT_SET
            case Known(value) if field.value is None:
                return quoted(value)
            case Known(value):
                return SENSITIVE if self.hides(field.value) else self.plain(value)
        raise AssertionError(f"no such state: {field.state!r}")

    def plain(self, value: object) -> str:
        return f"[{', '.join(map(quoted, value))}]" if isinstance(value, tuple) else quoted(value)

    def setting(self, name: str, value: Value) -> SettingView:
        origin = self.chain(value.trace) if value.trace is not None else ""
        return SettingView(name, self.value_text(value), origin, unknown=value.is_unknown)

    def value_text(self, value: Value) -> str:
        """A value as HCL writes it, unknown parts as ``…``."""
        if self.hides(value):
            return SENSITIVE
        match value.data:
            case Unknown(reason=reason):
                return f"unknown: {reason}"
            case None:
                return "null"
            case tuple() as items:
                return f"[{', '.join(self.part(item) for item in items)}]"
            case str() | bool() | int() | float() as plain:
                return quoted(plain)
            case Fraction() as number:
                return f"{float(number):g}"
            case Mapping() as members:
                inner = ", ".join(f"{name} = {self.part(member)}" for name, member in members.items())
                return f"{{ {inner} }}" if inner else "{}"

    def part(self, value: Value) -> str:
        return "…" if value.is_unknown and not self.hides(value) else self.value_text(value)

    def hides(self, value: Value | None) -> bool:
        return value is not None and value.sensitive and not self.show_sensitive

    def openness(self, lost: Unknown | None) -> str:
        return f"there may be more: {lost.reason}" if lost is not None else ""

    def condition(self, condition: Condition | None, *, certain: bool) -> str:
        if not certain:
            lost = condition.value.first_unknown() if condition is not None else None
            return f"may exist, once, often or never{f': {lost.reason}' if lost else ''}"
        if condition is not None and condition.inputs:
            return f"depends on {_variables(condition.inputs)}"
        return ""

    # --- places ---------------------------------------------------------------------------------------------------

    def place(self, span: Span) -> str:
        place = self.places.place(span)
        return f"{place.path}:{place.line}"

    def origin(self, at: Span, trace: Trace | None) -> str:
        """The argument's own line, and the way of the value where it is not written there."""
        chain = self.chain(trace) if trace is not None else ""
        own = self.place(at)
        return own if not chain or chain == own else f"{own} ← {chain}"

    def chain(self, trace: Trace) -> str:
        """The steps that say something, nearest first; the place alone where none does."""
        steps = [f"{self.place(step.span)} {step.text}" for step in trace.steps() if step.text]
        return " ← ".join(steps) if steps else self.place(trace.span)


def _difference(latent: TableView, table: TableView | None) -> TableView:
    """What a branch not taken makes different."""
    same = table.groups if table is not None else ()
    return replace(latent, groups=tuple(group for group in latent.groups if group not in same))


def _variables(names: frozenset[str] | tuple[str, ...]) -> str:
    return ", ".join(f"var.{name}" for name in sorted(names))

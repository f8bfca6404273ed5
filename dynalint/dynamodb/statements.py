"""Statements of policies and what they grant.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from dynalint.dynamodb import actions
from dynalint.dynamodb.action_entries import (
    IdleEntry,
    NamedIndex,
    UnknownAction,
    idle_entries,
    named_indexes,
    unknown_actions,
)
from dynalint.dynamodb.breadth import BULK_READS, DESTRUCTIVE, ITEMS, full_access, on_all_tables
from dynalint.dynamodb.conditions import Condition, conditions_of, narrows_items
from dynalint.dynamodb.grants import Grant
from dynalint.dynamodb.pieces import GAP, covers, joined, may_cover, pieces_of
from dynalint.dynamodb.policy_fixes import naming_streams
from dynalint.dynamodb.reach import (
    AllTables,
    Everything,
    OneTable,
    Reach,
    reach_of,
    works_on,
)
from dynalint.dynamodb.written import NOTHING, Written, written_at
from dynalint.evaluation.resources import Resource
from dynalint.evaluation.values import Unknown, Value, value_identity
from dynalint.findings import Fix, Undecided
from dynalint.records import dataclass
from dynalint.syntax.nodes import Expression
from dynalint.syntax.source import Span

if TYPE_CHECKING:
    from dynalint.dynamodb.policy import Policy


@dataclass(frozen=True, eq=False)
class Statement:
    """One statement of a policy; ``value`` is its object, or an Unknown where the policy cannot be read.

    ``at`` is the best place there is: the ``statement`` block, the object in the text, the policy argument. Statements
    are those of policies whose text is in this configuration, of identities as of tables, endpoints and boundaries
    (``policy.kind``). A policy that AWS manages has none here: who gets it is an :class:`Attachment`.
    """

    policy: Policy
    value: Value

    @property
    def address(self) -> str:
        """Address of the policy's resource."""
        return self.policy.address

    @property
    def resource(self) -> Resource:
        """The policy's resource."""
        return self.policy.resource

    @cached_property
    def at(self) -> Span:
        """Where a finding about the statement points."""
        if self.value.trace is not None and self.value.encodes is None:
            return self.value.trace.span
        return self.policy.at

    def within(self, entry: Value | None) -> Span:
        """The place of an entry in the statement, or of the element that it is in; else the statement."""
        whole, trace = self._extent, entry.trace if entry is not None else None
        if trace is not None and trace.span.path == whole.path and whole.start < trace.span.start < whole.end:
            return trace.span
        expression = self.expression_of(entry) if entry is not None else None
        return expression.span if expression is not None else self.at

    def expression_of(self, entry: Value) -> Expression | None:
        """What is written in the statement for an entry of one of its elements; None where that is not in HCL."""
        for name in self.written.elements:
            entries = self.entries(name)
            if entry is self.member(name) or any(entry is other for other in entries):
                return self.written.expression_of(name, entries, entry)
        return None

    def place_of(self, name: str) -> Span:
        """The place of an element, in HCL or in a heredoc; else the statement."""
        value = self.member(name)
        return self.written.place_of(name) or self.within(value)

    def place_of_condition(self, condition: Condition) -> Span:
        """The place of a condition; else that of ``Condition``."""
        return self.written.place_of_condition(condition.operator, condition.key) or self.place_of("Condition")

    @cached_property
    def written(self) -> Written:
        """The statement in HCL; nothing where it is text of another kind."""
        if self.value.trace is None or self.value.encodes is not None:
            return NOTHING
        place = self._extent if self.at.path.endswith(".json") else self.at
        module = f"{self.resource.calls[-1].address}." if self.resource.calls else ""
        return written_at(place, self.policy.source_of(place.path), module)

    @property
    def _extent(self) -> Span:
        """All of the object or block that it is written as; a block's trace leads from its header to the whole."""
        trace = self.value.trace
        return trace.sources[0].span if trace and not trace.text and trace.sources else self.at

    @property
    def sid(self) -> str:
        """Its ``Sid``, empty without one."""
        sid = self.member("Sid")
        return sid.data if sid is not None and isinstance(sid.data, str) else ""

    @property
    def allows(self) -> bool:
        """Whether its effect is Allow. Raises Undecided where that is unknown."""
        return self._effect() == "Allow"

    @property
    def is_denial(self) -> bool:
        """Whether its effect is certainly Deny."""
        effect = self.member("Effect")
        return effect is not None and effect.data == "Deny"

    def denies(self, action: str) -> bool:
        """Whether its effect is certainly Deny, it covers the action, and no condition takes that back."""
        if not self.is_denial or self._conditions:
            return False
        try:
            return self.covers(action)
        except Undecided:
            return False

    @property
    def has_principal(self) -> bool:
        """Whether it says to whom it applies, as only policies of resources may."""
        return any(self.member(name) is not None for name in ("Principal", "NotPrincipal"))

    @property
    def is_identity(self) -> bool:
        """Whether it grants to whoever has its policy, rather than to others."""
        return self.policy.grants_to_holder and not self.has_principal

    @property
    def is_conditional(self) -> bool:
        """Whether it has a condition, readable or not."""
        return bool(self._conditions)

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """Its conditions. Raises Undecided where some cannot be read."""
        for found in self._conditions:
            if isinstance(found, Unknown):
                raise Undecided(found.reason, found.hint, self.at)
        return tuple(found for found in self._conditions if isinstance(found, Condition))

    @property
    def narrows_items(self) -> bool:
        """Whether a condition limits which tables or attributes are reached, whoever asks."""
        return narrows_items(self.conditions)

    def member(self, name: str) -> Value | None:
        """An element of the statement, None where it is not written or null."""
        if not isinstance(self.value.data, dict):
            return None
        found = self.value.data.get(name)
        return None if found is None or found.is_null else found

    def entries(self, name: str) -> tuple[Value, ...]:
        """The entries of an element that takes one text or a list of them."""
        value = self.member(name)
        if value is None:
            return ()
        return value.data if isinstance(value.data, tuple) else (value,)

    def covers(self, action: str) -> bool:
        """Whether ``Action`` or ``NotAction`` selects the action. Raises Undecided where that is unknown."""
        self._read()
        if self.member("NotAction") is not None:
            return not self._selects("NotAction", action)
        return self._selects("Action", action)

    def selecting(self, action: str) -> Value | None:
        """The entry by which ``Action`` covers an action, or all of ``NotAction``."""
        entries = (entry for entry in self.entries("Action") if isinstance(entry.data, str))
        found = (entry for entry in entries if actions.matches(str(entry.data), action))
        return next(found, self.member("NotAction"))

    def selector(self, action: str) -> str:
        """That entry as text: ``dynamodb:*``, or ``NotAction``; the action itself where the text is sensitive."""
        if self.policy.text.sensitive:
            return action
        entry = self.selecting(action)
        return str(entry.data) if entry is not None and self.member("NotAction") is None else "NotAction"

    def grants(self, action: str) -> Iterator[Grant]:
        """What it allows of one action: a grant for each ``Resource`` entry that the action works on.

        ``action`` is whole, ``dynamodb:DeleteTable``. Nothing is yielded where the effect is not Allow, so there is no
        need to ask for ``allows``. Patterns count (``dynamodb:Delete*``, ``*``), and so does what ``NotAction`` leaves
        over; entries that the action does not work on are left out. So is what a Deny takes back altogether: one of
        the same policy, or one that everybody who has the policy has, too, and only if it has no condition.
        Conditions of the statement itself are not looked at: see ``is_conditional``. An entry that cannot be read comes
        as a grant whose reach is Unclear. Raises Undecided where it is unknown whether the action is allowed at all.
        """
        if not self.covers(action) or not self.allows:
            return
        known = actions.action(action)
        for pattern, reach in self.reaches:
            grant = Grant(self, known, reach, pattern)
            if works_on(known, reach) and not self.policy.denied(grant):
                yield grant

    @cached_property
    def selected(self) -> tuple[actions.Action, ...]:
        """The actions of DynamoDB and DAX that ``Action`` or ``NotAction`` certainly selects."""
        if self.member("NotAction") is not None:
            return tuple(known for known in actions.action_data().actions.values() if self._surely_selects(known))
        entries = (entry.data for entry in self.entries("Action") if isinstance(entry.data, str))
        return tuple(dict.fromkeys(known for entry in entries for known in actions.matching(entry)))

    def all_grants(self) -> Iterator[Grant]:
        """What it allows, action by action: of those that it certainly selects. Raises Undecided as grants() does."""
        if self.selected and self.allows:
            for known in self.selected:
                yield from self.grants(known.name)

    @property
    def idle_entries(self) -> Iterator[IdleEntry]:
        """The entries of ``Action`` that work on nothing that it names. Raises Undecided where that is unknown."""
        return idle_entries(self)

    @property
    def named_indexes(self) -> Iterator[NamedIndex]:
        """The single indexes that it names, of tables of this configuration."""
        return named_indexes(self)

    @property
    def unknown_actions(self) -> Iterator[UnknownAction]:
        """The entries that fit no action."""
        return unknown_actions(self)

    def stream_fix(self, idle: Iterable[IdleEntry]) -> Fix | None:
        """Name the streams that entries of ``Action`` were to work on, of tables of this configuration."""
        return naming_streams(self, [item.entry for item in idle])

    def shown(self, entry: Value) -> str:
        """An entry for a message, unknown parts as ``…``, sensitive ones not at all."""
        if entry.sensitive or self.policy.text.sensitive:
            return "a sensitive value"
        return joined(pieces_of(entry)).replace(GAP, "…")

    @property
    def resources_shown(self) -> str:
        """What ``Resource`` names, for a message."""
        if self.member("NotResource") is not None:
            return "everything but its NotResource"
        entry, reach = next(iter(self.reaches), (None, None))
        if entry is None or len(self.reaches) > 1:
            return f"{len(self.reaches)} resources"
        if isinstance(reach, OneTable) and reach.address and entry.unknown:
            return f"{reach.address}.arn{reach.below}"
        return self.shown(entry)

    @cached_property
    def full_access(self) -> tuple[Grant, Grant] | None:
        """A grant on items and one on tables that patterns allow alike. Raises Undecided as grants() does."""
        return full_access(self)

    @cached_property
    def scans_everything(self) -> bool:
        """Whether it allows Scan on every table. Raises Undecided as grants() does."""
        return any(grant.is_on_all_tables for grant in self.grants("dynamodb:Scan"))

    @cached_property
    def bulk_reads(self) -> list[Grant]:
        """What it allows on every table, beside Scan, that copies one. Raises Undecided where that is unknown."""
        return on_all_tables(grant for name in BULK_READS for grant in self.grants(f"dynamodb:{name}"))

    @property
    def destructive(self) -> list[Grant]:
        """What it allows that destroys tables or opens them to others. Raises Undecided as grants() does."""
        return [grant for name in DESTRUCTIVE for grant in self.grants(f"dynamodb:{name}")]

    @property
    def item_grants(self) -> Iterator[Grant]:
        """What it allows on items of a table. Raises Undecided as grants() does."""
        return (grant for name in ITEMS for grant in self.grants(f"dynamodb:{name}"))

    @property
    def limitable(self) -> list[Grant]:
        """What it allows on every table that can be limited to one. Raises Undecided where that is unknown."""
        return on_all_tables(grant for grant in self.all_grants() if grant.action.of_tables)

    def works_only_on(self, types: set[str]) -> bool:
        """Whether every action that it names is known to work on these resource types alone."""
        entries = self.entries("Action")
        known = [action for entry in entries if isinstance(entry.data, str) for action in actions.matching(entry.data)]
        return len(known) >= len(entries) > 0 and all(action.resources <= types for action in known)

    @cached_property
    def reaches(self) -> tuple[tuple[Value | None, Reach], ...]:
        """Every ``Resource`` entry with what it reaches."""
        whole = self.policy.whole_reach
        if self.member("NotResource") is not None:
            return ((None, whole),)
        reaches = ((entry, reach_of(entry, self.policy.tables)) for entry in self.entries("Resource"))
        return tuple((entry, whole if isinstance(reach, Everything) else reach) for entry, reach in reaches)

    def forbids(self, grant: Grant) -> bool:
        """Whether this Deny of the grant's action takes all of it back."""
        return any(_same_or_wider(entry, reach, grant) for entry, reach in self.reaches)

    @cached_property
    def _conditions(self) -> tuple[Condition | Unknown, ...]:
        return tuple(conditions_of(self.member("Condition")))

    def _surely_selects(self, known: actions.Action) -> bool:
        try:
            return self.covers(known.name)
        except Undecided:
            return False

    def _read(self) -> None:
        if (lost := self.value.unknown) is not None:
            raise Undecided(lost.reason, lost.hint, self.at)

    def _effect(self) -> object:
        effect = self.member("Effect")
        if effect is not None and effect.unknown:
            raise Undecided(effect.unknown.reason, effect.unknown.hint, self.at)
        return effect.data if effect is not None else None

    def _selects(self, element: str, action: str) -> bool:
        doubt: Unknown | None = None
        for entry in self.entries(element):
            if isinstance(entry.data, str):
                if actions.matches(entry.data, action):
                    return True
            elif entry.unknown and may_cover(pieces_of(entry), action):
                doubt = doubt or entry.unknown
        if doubt is not None:
            raise Undecided(doubt.reason, doubt.hint, self.at)
        return False


def _same_or_wider(entry: Value | None, reach: Reach, grant: Grant) -> bool:
    """Whether a denied entry covers a granted one."""
    if entry is None:
        return False
    if isinstance(reach, Everything):
        return True
    if grant.pattern is None or isinstance(grant.reach, Everything):
        return isinstance(reach, AllTables) and not reach.below
    identity = value_identity(entry)
    if identity and identity == value_identity(grant.pattern):
        return True
    if isinstance(entry.data, str):
        return covers(entry.data, joined(pieces_of(grant.pattern)))
    return isinstance(reach, OneTable) and reach.below == "" and grant.reach == reach

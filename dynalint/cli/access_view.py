"""Who may do what, as pictures show it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import field

from dynalint.dynamodb.actions import Action
from dynalint.dynamodb.grants import Grant
from dynalint.dynamodb.model import Model
from dynalint.dynamodb.policy import Policy, PolicyKind
from dynalint.dynamodb.reach import AllTables, OneTable, TablesNamed, Unclear, includes
from dynalint.dynamodb.statements import Statement
from dynalint.evaluation.values import Value
from dynalint.findings import Undecided
from dynalint.records import dataclass
from dynalint.reports.pictures import VERBS, AccessPicture, CellPicture, StatementPicture

READS = {
    "BatchGetItem": "Get",
    "GetItem": "Get",
    "Query": "Query",
    "Scan": "Scan",
    "PartiQLSelect": "Scan",
    "ExportTableToPointInTime": "Scan",
}
"""A PartiQL SELECT without a key and an export read a whole table, as Scan does."""
WRITES = frozenset(
    ("BatchWriteItem", "DeleteItem", "PutItem", "UpdateItem", "PartiQLInsert", "PartiQLUpdate", "PartiQLDelete")
)
CHANGING = frozenset(("Write", "Permissions management"))
PATTERNS = frozenset(("*", "dynamodb:*", "NotAction"))
DRAWN = (PolicyKind.IDENTITY, PolicyKind.RESOURCE)
"""The other kinds limit what these grant."""


def verb_of(action: Action) -> str | None:
    """The column that an action belongs to; None for those that neither read data nor change anything."""
    word = action.name.partition(":")[2]
    if action.service != "dynamodb" or not action.resources:
        return None
    if word in READS:
        return READS[word]
    if word in WRITES:
        return "Write"
    return "Administer" if action.access in CHANGING and action.of_tables else None


@dataclass(frozen=True, slots=True)
class Access:
    """What the policies of a root module allow, and why it may be more."""

    rows: tuple[AccessPicture, ...]
    statements: tuple[StatementPicture, ...]
    doubts: tuple[str, ...]


def access_of(model: Model) -> Access:
    """Who may do what with which table; holders in the order of their names."""
    gathered = _Gathered(model)
    for policy in model.policies:
        for statement in policy.statements if policy.kind in DRAWN else ():
            gathered.take(policy, statement)
    return Access(tuple(gathered.rows()), tuple(gathered.statements), tuple(dict.fromkeys(gathered.doubts)))


Target = tuple[str, bool]
"""An address of a table, or (False) a text for what is reached outside the configuration."""


@dataclass(slots=True)
class _Gathered:
    model: Model
    statements: list[StatementPicture] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    found: dict[str, dict[Target, dict[str, list[Grant]]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(lambda: defaultdict(list)))
    )
    _targets: dict[tuple[int, int], tuple[Target, ...]] = field(default_factory=dict)

    def take(self, policy: Policy, statement: Statement) -> None:
        reached: set[str] = set()
        try:
            for grant in statement.all_grants():
                verb = verb_of(grant.action)
                targets = self.targets(grant)
                reached.update(name for name, known in targets if known)
                for holder in _holders(policy, statement) if verb else ():
                    for target in targets:
                        self.found[holder][target][str(verb)].append(grant)
        except Undecided as because:
            self.doubts.append(f"{policy.address}: {because.reason}")
        if any(entry.is_unknown for entry in statement.entries("Action")):
            self.doubts.append(f"{policy.address}: some of its actions are not known")
        self.statements.append(StatementPicture(policy.address, statement.at, frozenset(reached)))

    def targets(self, grant: Grant) -> tuple[Target, ...]:
        """The tables that a grant reaches; what it names instead where it reaches none."""
        key = (id(grant.statement), id(grant.pattern))
        if key not in self._targets:
            tables = (table for table in self.model.tables if includes(grant.reach, table.address, table.name))
            known = tuple((table.address, True) for table in tables)
            self._targets[key] = known or ((_elsewhere(grant), False),)
        return self._targets[key]

    def rows(self) -> Iterator[AccessPicture]:
        """One row for all tables of which a holder may do the same by the same statements."""
        for holder, targets in sorted(self.found.items()):
            alike: dict[object, list[Target]] = defaultdict(list)
            drawn = {target: _cells(verbs) for target, verbs in targets.items()}
            for target, cells in drawn.items():
                alike[cells if target[1] else target].append(target)
            for group in alike.values():
                policies = {grant.statement.policy.address for grants in targets[group[0]].values() for grant in grants}
                yield AccessPicture(
                    holder,
                    tuple(sorted(policies)),
                    tuple(name for name, known in group if known),
                    drawn[group[0]],
                    elsewhere="" if group[0][1] else group[0][0],
                )


def _elsewhere(grant: Grant) -> str:
    if isinstance(grant.reach, Unclear):
        return f"{grant.shown} (not known)"
    return grant.shown


def _cells(verbs: Mapping[str, list[Grant]]) -> tuple[CellPicture | None, ...]:
    return tuple(_cell(verbs[verb]) if verbs.get(verb) else None for verb in VERBS)


def _cell(grants: list[Grant]) -> CellPicture:
    """One cell for several grants: it is as free as the freest of them, and leads to that one."""
    ordered = sorted(grants, key=lambda grant: (grant.statement.is_conditional, bool(_below(grant)), not _wide(grant)))
    first = ordered[0]
    return CellPicture(
        actions=tuple(sorted({grant.word for grant in grants})),
        at=first.at,
        statement=first.statement.at,
        wide=any(map(_wide, grants)),
        conditional=all(grant.statement.is_conditional for grant in grants),
        below=_below(first),
    )


def _wide(grant: Grant) -> bool:
    return grant.statement.selector(grant.action.name) in PATTERNS


def _below(grant: Grant) -> str:
    match grant.reach:
        case AllTables(below) | TablesNamed(_, below) | OneTable(_, _, below):
            return below if below != "/*" else ""
        case _:
            return ""


def _holders(policy: Policy, statement: Statement) -> Iterator[str]:
    if policy.kind is PolicyKind.RESOURCE:
        yield from _named(statement)
    elif policy.principals:
        yield from (f"{holder.kind} {holder.address or holder.name or 'not known'}" for holder in policy.principals)
    else:
        yield f"whoever gets {policy.address}"


def _named(statement: Statement) -> Iterator[str]:
    """The principals that a policy of a table names."""
    value = statement.member("Principal")
    if value is None:
        yield "everybody but its NotPrincipal"
        return
    members = value.data.items() if isinstance(value.data, dict) else [("", value)]
    for kind, member in members:
        for entry in member.data if isinstance(member.data, tuple) else (member,):
            yield _principal(statement, kind, entry)


def _principal(statement: Statement, kind: str, entry: Value) -> str:
    shown = statement.shown(entry)
    if shown == "*":
        return "everybody"
    return f"{kind} {shown}".strip()

"""One action that a statement allows on one resource."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dynalint.dynamodb import actions
from dynalint.dynamodb.policy_fixes import naming_indexes, naming_only_table
from dynalint.dynamodb.reach import AllTables, Everything, OneTable, Reach, TablesNamed, Unclear, below_type
from dynalint.evaluation.values import Value
from dynalint.findings import Fix, Undecided
from dynalint.records import dataclass
from dynalint.syntax.source import Span

if TYPE_CHECKING:
    from dynalint.dynamodb.statements import Statement
    from dynalint.dynamodb.table import Table


@dataclass(frozen=True, eq=False)
class Grant:
    """One action that a statement allows on one ``Resource`` entry.

    ``pattern`` is the entry, or None for what NotResource leaves over; ``reach`` is what it comes to. A violation may
    point at a grant: that is where the action is named, and at its ``place``, where the resource is.
    """

    statement: Statement
    action: actions.Action
    reach: Reach
    pattern: Value | None

    @property
    def at(self) -> Span:
        """The entry that names the action, or the element of the statement that it comes from."""
        return self.statement.within(self.statement.selecting(self.action.name))

    @property
    def word(self) -> str:
        """The action without its prefix."""
        return self.action.name.partition(":")[2]

    @property
    def place(self) -> Span:
        """The ``Resource`` entry, or the element of the statement that it comes from."""
        return self.statement.within(self.pattern)

    @property
    def is_on_all_tables(self) -> bool:
        """Whether it reaches every table there is."""
        return isinstance(self.reach, Everything | AllTables)

    @property
    def is_unclear(self) -> bool:
        """Whether it cannot be told what it reaches."""
        return isinstance(self.reach, Unclear)

    @property
    def shown(self) -> str:
        """The entry for a message, unknown parts as ``…``."""
        if self.pattern is None:
            return "everything but its NotResource"
        shown = self.statement.shown(self.pattern)
        if isinstance(self.reach, OneTable) and self.reach.address and self.pattern.unknown and "…" in shown:
            return f"{self.reach.address}.arn{self.reach.below}"
        return shown

    @property
    def table(self) -> Table | None:
        """The table of this configuration that it names as such, without what lies below it."""
        named = self.reach if isinstance(self.reach, OneTable) and not self.reach.below else None
        return self.statement.policy.table(named.address) if named else None

    def includes_indexes(self, table: Table) -> bool:
        """Whether whoever has it may do the action on an index of ``table``, too.

        Raises Undecided where that depends on a resource or a policy that is not known.
        """
        for holding in self.statement.policy.holdings:
            coverage = holding.coverage(self.action.name)
            if any(_holds_indexes(grant.reach) for grant in coverage.on(table)):
                continue
            for grant in coverage.unclear:
                grant.decide()
            if coverage.doubt is not None:
                raise coverage.doubt
            return False
        return True

    def decide(self) -> None:
        """Raise Undecided where it cannot be told what the grant reaches."""
        if isinstance(self.reach, Unclear):
            raise Undecided(self.reach.because.reason, self.reach.because.hint, self.place)

    @property
    def index_fix(self) -> Fix | None:
        """Name the indexes of its table beside it."""
        return naming_indexes(self)

    @property
    def table_fix(self) -> Fix | None:
        """Name the one table of the module instead of every table."""
        return naming_only_table(self)

    @property
    def written_below(self) -> Span | None:
        """The ``/*`` of ``"${TABLE.arn}/*"``, where the entry is just that text and the table in the same module.

        A place alone does not say what is written there; the length of the text does.
        """
        if not isinstance(self.reach, OneTable) or self.reach.below != "/*" or self.reach.address is None:
            return None
        trace = self.pattern.trace if self.pattern is not None else None
        text = f'"${{{self.reach.address}.arn}}/*"'
        if trace is None or trace.span.end - trace.span.start != len(text.encode()):
            return None
        return Span(trace.span.path, trace.span.end - 3, trace.span.end - 1)


def _holds_indexes(reach: Reach) -> bool:
    match reach:
        case Everything() | AllTables("") | TablesNamed(_, ""):
            return True
        case AllTables(below) | TablesNamed(_, below) | OneTable(_, _, below):
            return below_type(below) in ("index", "*")
        case _:
            return False

"""What policies add up to: those of one principal, or one policy alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from dynalint.dynamodb.principals import Principal
from dynalint.dynamodb.reach import OneTable, includes
from dynalint.findings import Undecided

if TYPE_CHECKING:
    from dynalint.dynamodb.grants import Grant
    from dynalint.dynamodb.policy import Policy
    from dynalint.dynamodb.statements import Statement
    from dynalint.dynamodb.table import Table


class Holding:
    """Some identity policies that hold together; what they allow and deny is worked out once an action."""

    def __init__(self, policies: Iterable[Policy]) -> None:
        self.policies = list(policies)
        self._denials: dict[str, tuple[Statement, ...]] = {}
        self._coverage: dict[str, Coverage] = {}
        self._limited: dict[str, frozenset[str]] = {}

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        """All their statements."""
        return tuple(statement for policy in self.policies for statement in policy.statements)

    def denials(self, action: str) -> tuple[Statement, ...]:
        """The unconditional denials of an action."""
        if action not in self._denials:
            self._denials[action] = tuple(statement for statement in self.statements if statement.denies(action))
        return self._denials[action]

    def conditions_of_denials(self, action: str) -> frozenset[str]:
        """The condition keys, in lower case, under which the policies deny an action."""
        if action not in self._limited:
            denials = (statement for statement in self.statements if statement.is_denial and statement.covers(action))
            self._limited[action] = frozenset(
                condition.key.lower() for denial in denials for condition in denial.conditions
            )
        return self._limited[action]

    def coverage(self, action: str) -> Coverage:
        """Where the policies allow an action."""
        if action not in self._coverage:
            self._coverage[action] = Coverage(self.statements, action)
        return self._coverage[action]


class Coverage:
    """Where an action is allowed. ``doubt`` says why it may be allowed elsewhere, too."""

    def __init__(self, statements: Iterable[Statement], action: str) -> None:
        self.doubt: Undecided | None = None
        self.grants: list[Grant] = []
        self._at_table: dict[str, list[Grant]] = defaultdict(list)
        self._wider: list[Grant] = []
        for grant in self._of(statements, action):
            self.grants.append(grant)
            address = grant.reach.address if isinstance(grant.reach, OneTable) else None
            (self._wider if address is None else self._at_table[address]).append(grant)

    def _of(self, statements: Iterable[Statement], action: str) -> Iterator[Grant]:
        for statement in statements:
            try:
                yield from statement.grants(action)
            except Undecided as because:
                self.doubt = because

    def on(self, table: Table) -> Iterator[Grant]:
        """The grants that reach a table or something below it."""
        yield from self._at_table.get(table.address, ())
        yield from (grant for grant in self._wider if includes(grant.reach, table.address, table.name))

    @property
    def unclear(self) -> Iterator[Grant]:
        """The grants of which it cannot be told what they reach."""
        return (grant for grant in self._wider if grant.is_unclear)


class Holdings:
    """The holding of each principal."""

    def __init__(self) -> None:
        self._by_principal: dict[Principal, Holding] = {}

    def add(self, policy: Policy) -> None:
        """Enter a policy for those who have it; one that grants nothing to them is left out."""
        for principal in policy.principals if policy.grants_to_holder else ():
            self._by_principal.setdefault(principal, Holding(())).policies.append(policy)

    def of(self, policy: Policy) -> tuple[Holding, ...]:
        """The holding of each principal that has a policy; the policy alone where nobody has it."""
        return tuple(self._by_principal[holder] for holder in policy.principals) or (Holding((policy,)),)

    def of_principal(self, principal: Principal) -> Holding | None:
        """What a principal holds; None for one without policies here."""
        return self._by_principal.get(principal)

    @property
    def principals(self) -> tuple[Principal, ...]:
        """Everybody who has a policy."""
        return tuple(self._by_principal)

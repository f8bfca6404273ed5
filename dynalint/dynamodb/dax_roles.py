"""What the role of a DAX cluster may do: whoever reaches the cluster reads and writes by it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dynalint.dynamodb.dax import DAX_TYPE, DaxCluster
from dynalint.dynamodb.grants import Grant
from dynalint.dynamodb.policy import Policy
from dynalint.dynamodb.reach import TablesNamed
from dynalint.dynamodb.statements import Statement
from dynalint.evaluation.convert import text_identities
from dynalint.evaluation.resources import Resource
from dynalint.records import dataclass
from dynalint.syntax.source import Span


@dataclass(frozen=True, eq=False)
class DaxGrant:
    """A statement of a policy that the role of a cluster has."""

    cluster: DaxCluster
    statement: Statement

    @property
    def resource(self) -> Resource:
        """The policy's resource."""
        return self.statement.resource

    @property
    def address(self) -> str:
        """Address of the policy."""
        return self.statement.address

    @property
    def at(self) -> Span:
        """Where the statement is."""
        return self.statement.at

    @property
    def too_wide(self) -> Grant | None:
        """What it allows beyond tables that it names. Raises Undecided where that cannot be told."""
        if not self.statement.is_identity or self.statement.narrows_items:
            return None
        grants = [grant for grant in self.statement.all_grants() if grant.action.of_tables]
        wide = next((grant for grant in grants if grant.is_on_all_tables or isinstance(grant.reach, TablesNamed)), None)
        for grant in grants if wide is None else ():
            grant.decide()
        return wide


def dax_roles(resources: Sequence[Resource], policies: Sequence[Policy]) -> Iterator[DaxGrant]:
    """The statements that hold for the roles of clusters, for roles of this configuration."""
    clusters = [DaxCluster(item) for item in resources if item.type == DAX_TYPE and item.mode == "managed"]
    for cluster in clusters:
        role = cluster.role.value
        identity = role.unknown.identity if role is not None and role.unknown else ""
        for policy in policies if identity else ():
            if any(identity in text_identities(holder.address or "", "arn") for holder in policy.principals):
                yield from (DaxGrant(cluster, statement) for statement in policy.statements)

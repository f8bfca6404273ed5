"""DAX clusters: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/dax_cluster."""

from __future__ import annotations

from dynalint.dynamodb import reading
from dynalint.dynamodb.fields import Field, Known
from dynalint.dynamodb.satellites import Satellite
from dynalint.records import dataclass

DAX_TYPE = "aws_dax_cluster"


@dataclass(frozen=True, eq=False)
class DaxCluster(Satellite):
    """One ``aws_dax_cluster``, the provider's defaults applied."""

    @property
    def title(self) -> str:
        """The cluster for a message: ``DAX cluster "orders"``."""
        known = isinstance(self.name.state, Known) and not (self.name.value and self.name.value.sensitive)
        return f"DAX cluster {self.name.shown if known else self.address}"

    @property
    def name(self) -> Field[str]:
        """Name of the cluster."""
        return self.field("cluster_name", reading.text)

    @property
    def node_type(self) -> Field[str]:
        """``dax.r5.large`` and its like."""
        return self.field("node_type", reading.text)

    @property
    def replication_factor(self) -> Field[int]:
        """Number of nodes."""
        return self.field("replication_factor", reading.whole)

    @property
    def availability_zones(self) -> Field[tuple[str, ...]]:
        """Zone of each node."""
        return self.field("availability_zones", reading.names)

    @property
    def security_group_ids(self) -> Field[tuple[str, ...]]:
        """Who may connect; the default group of the network where absent."""
        return self.field("security_group_ids", reading.names)

    @property
    def encryption(self) -> reading.Section:
        """``server_side_encryption``: off where there is no block."""
        return reading.Section(self.resource, "server_side_encryption")

    @property
    def endpoint_encryption(self) -> Field[str]:
        """NONE (the default) or TLS."""
        return reading.defaulted(self.field("cluster_endpoint_encryption_type", reading.text), "NONE")

    @property
    def role(self) -> Field[str]:
        """ARN of the role by which the cluster reads tables."""
        return self.field("iam_role_arn", reading.name)

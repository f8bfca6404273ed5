"""DAX clusters: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/dax_cluster."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field as dataclass_field

from dynalint.dynamodb import reading
from dynalint.dynamodb.fields import Field, Known
from dynalint.dynamodb.satellites import Satellite
from dynalint.dynamodb.security_groups import Opening, identities
from dynalint.records import dataclass

DAX_TYPE = "aws_dax_cluster"
PORTS = (8111, 9111)
"""Where a cluster answers, in the clear and encrypted."""


@dataclass(frozen=True, eq=False)
class DaxCluster(Satellite):
    """One ``aws_dax_cluster``, the provider's defaults applied."""

    _openings: Mapping[str, tuple[Opening, ...]] = dataclass_field(default_factory=dict, repr=False)

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
    def openings(self) -> Iterator[Opening]:
        """The entries of its security groups, those of this configuration, that let everybody in at its ports."""
        for group in identities(self.security_group_ids):
            yield from (item for item in self._openings.get(group, ()) if any(map(item.admits, PORTS)))

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

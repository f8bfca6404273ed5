"""The nested settings of a table: recovery, encryption, expiry, stream, replicas.

Names and defaults are the provider's: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/dynamodb_table
"""

from __future__ import annotations

from dataclasses import field as dataclass_field
from itertools import takewhile
from typing import TYPE_CHECKING

from dynalint.dynamodb import reading
from dynalint.dynamodb.fields import Field, Known
from dynalint.dynamodb.reading import Section
from dynalint.dynamodb.regions import region_of, same_region
from dynalint.evaluation.resources import EvaluatedBlock, Resource
from dynalint.evaluation.versions import Version
from dynalint.records import dataclass
from dynalint.syntax.source import Span

if TYPE_CHECKING:
    from dynalint.dynamodb.table import Table

REPLICA_RESOURCE = "aws_dynamodb_table_replica"
RELEASE_6 = Version(6)


@dataclass(frozen=True, slots=True)
class PointInTimeRecovery(Section):
    """``point_in_time_recovery``: off where there is no block."""

    @property
    def enabled(self) -> Field[bool]:
        """Required in the block."""
        return self.read("enabled", reading.flag)

    @property
    def is_on(self) -> bool:
        """Whether the table can be restored to a point in time. Raises Undecided where that is unknown."""
        return self.present and self.enabled.known is True

    @property
    def recovery_period(self) -> Field[int]:
        """Days to keep, 1 to 35; AWS keeps 35 where it is absent."""
        return self.read("recovery_period_in_days", reading.whole)


@dataclass(frozen=True, slots=True)
class Encryption(Section):
    """``server_side_encryption``: without it an AWS-owned key encrypts the table."""

    @property
    def enabled(self) -> Field[bool]:
        """True for a key of the account, AWS-managed or the customer's."""
        return self.read("enabled", reading.flag)

    @property
    def kms_key_arn(self) -> Field[str]:
        """The customer's key."""
        return self.read("kms_key_arn", reading.name)

    @property
    def has_own_key(self) -> bool:
        """Whether a customer's key encrypts the table; a reference counts. Raises Undecided where that is unknown."""
        return self.present and self.enabled.known is True and self.kms_key_arn.present


@dataclass(frozen=True, slots=True)
class TimeToLive(Section):
    """``ttl``: nothing expires where there is no block."""

    @property
    def enabled(self) -> Field[bool]:
        """False where absent."""
        return self.read("enabled", reading.flag)

    @property
    def attribute_name(self) -> Field[str]:
        """The attribute that holds the epoch second of expiry."""
        return self.read("attribute_name", reading.name)


@dataclass(frozen=True, slots=True)
class OnDemandThroughput(Section):
    """``on_demand_throughput``: the ceiling of an on-demand table, -1 for none."""

    @property
    def max_read(self) -> Field[int]:
        """Read request units a second."""
        return self.read("max_read_request_units", reading.whole)

    @property
    def max_write(self) -> Field[int]:
        """Write request units a second."""
        return self.read("max_write_request_units", reading.whole)


@dataclass(frozen=True, slots=True)
class Stream:
    """The table's change stream."""

    enabled: Field[bool]
    view_type: Field[str]

    @property
    def at(self) -> Span:
        """The argument that turns it on, or the table's header."""
        return self.enabled.at


@dataclass(frozen=True, eq=False)
class Replica:
    """A copy in another Region: a ``replica`` block, or an ``aws_dynamodb_table_replica``.

    ``table`` is None for a replica resource whose table is not in this configuration.
    """

    resource: Resource
    block: EvaluatedBlock
    table: Table | None = dataclass_field(default=None, repr=False)

    @property
    def address(self) -> str:
        """Address of the table, or of the replica resource."""
        return self.resource.address

    @property
    def at(self) -> Span:
        """Header of the block or resource."""
        return self.resource.header if self.standalone else self.block.span

    @property
    def standalone(self) -> bool:
        """Whether it is a resource of its own."""
        return self.resource.type == REPLICA_RESOURCE

    @property
    def certain(self) -> bool:
        """False for what stands for the elements of an unknown collection."""
        return self.block.certain

    @property
    def region_name(self) -> Field[str]:
        """The Region; of a replica resource, that of its provider."""
        return region_of(self.resource) if self.standalone else self._field("region_name", reading.name)

    @property
    def title(self) -> str:
        """The replica for a message: ``the replica in "eu-west-1"``."""
        region = self.region_name
        return f"the replica in {region.shown}" if isinstance(region.state, Known) else "a replica"

    @property
    def repeats_region(self) -> bool:
        """Whether a replica of the table before this one is in the same Region."""
        if self.table is None:
            return False
        before = takewhile(lambda other: other.block is not self.block, self.table.replicas)
        return any(same_region(other.region_name, self.region_name) for other in before)

    @property
    def kms_key_arn(self) -> Field[str]:
        """The key that encrypts the copy."""
        return self._field("kms_key_arn", reading.name)

    @property
    def point_in_time_recovery(self) -> Field[bool]:
        """False where absent, whatever the table has."""
        return self._field("point_in_time_recovery", reading.flag)

    @property
    def propagate_tags(self) -> Field[bool]:
        """False where absent."""
        return self._field("propagate_tags", reading.flag)

    @property
    def consistency_mode(self) -> Field[str]:
        """EVENTUAL (the default) or STRONG (provider 6)."""
        return self._field("consistency_mode", reading.text)

    @property
    def takes_protection(self) -> bool:
        """Whether the provider in use can protect it: a replica resource always, a block from release 6 on."""
        written = self.deletion_protection.is_set
        return self.standalone or written or self.resource.releases.since(RELEASE_6) is True

    @property
    def deletion_protection(self) -> Field[bool]:
        """False where absent."""
        return self._field("deletion_protection_enabled", reading.flag)

    def _field(self, argument: str, read: reading.Reader[reading.T]) -> Field[reading.T]:
        return reading.field(self.block, argument, read, inside="" if self.standalone else "replica", at=self.at)

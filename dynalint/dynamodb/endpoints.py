"""VPC endpoints of DynamoDB.

https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/vpc-endpoints-dynamodb.html
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain

from dynalint.dynamodb import reading
from dynalint.dynamodb.fields import Field
from dynalint.dynamodb.pieces import joined, pieces_of
from dynalint.dynamodb.policy import Policy, PolicyKind
from dynalint.dynamodb.satellites import Satellite
from dynalint.dynamodb.statements import Statement
from dynalint.evaluation.resources import Resource
from dynalint.evaluation.values import Unknown, attribute_identity
from dynalint.records import dataclass

ENDPOINT_TYPE = "aws_vpc_endpoint"
_BESIDE = ("aws_vpc_endpoint_policy", "aws_vpc_endpoint_route_table_association")


@dataclass(frozen=True, eq=False)
class Endpoint(Satellite):
    """An ``aws_vpc_endpoint`` that certainly is DynamoDB's.

    ``routes`` and ``policies`` are the resources that add route tables or a policy; ``open`` says why more may.
    ``statements`` are those of its policy, wherever that is written.
    """

    routes: tuple[Resource, ...] = ()
    policies: tuple[Resource, ...] = ()
    open: Unknown | None = None
    statements: tuple[Statement, ...] = ()

    @property
    def type(self) -> Field[str]:
        """Gateway (the default), Interface and others."""
        return reading.defaulted(self.field("vpc_endpoint_type", reading.text), "Gateway")

    @property
    def route_table_ids(self) -> Field[tuple[str, ...]]:
        """Tables that send traffic for DynamoDB to the endpoint."""
        return self.field("route_table_ids", reading.names)

    @property
    def policy(self) -> Field[str]:
        """Its policy; one that allows everything where absent."""
        return self.field("policy", reading.name)


def endpoints_of(resources: Iterable[Resource], texts: Iterable[Policy] = ()) -> Iterator[Endpoint]:
    """The endpoints of DynamoDB with what is attached to each."""
    statements = {text.resource.address: text.statements for text in texts if text.kind is PolicyKind.ENDPOINT}
    all_of = tuple(resources)
    beside: dict[tuple[str, str], list[Resource]] = defaultdict(list)
    doubt: Unknown | None = None
    for resource in all_of:
        if resource.type in _BESIDE:
            value = resource.body.value("vpc_endpoint_id")
            lost = value.unknown if value else None
            if lost and lost.identity:
                beside[resource.type, lost.identity].append(resource)
            elif lost:
                doubt = doubt or lost
    for resource in all_of:
        if resource.mode == "managed" and resource.type == ENDPOINT_TYPE and _is_dynamodb(resource):
            own = attribute_identity(resource.address, "id")
            policies, routes = (tuple(beside[type_, own]) for type_ in _BESIDE)
            said = (statements.get(carrier.address, ()) for carrier in (resource, *policies))
            yield Endpoint(resource, None, routes, policies, doubt, tuple(chain.from_iterable(said)))


def _is_dynamodb(resource: Resource) -> bool:
    value = resource.body.value("service_name")
    return value is not None and joined(pieces_of(value)).endswith((".dynamodb", ".dynamodb-fips"))

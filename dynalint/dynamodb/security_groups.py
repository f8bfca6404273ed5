"""Security groups, as far as they let everybody in.

https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/security_group
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from dynalint.dynamodb import reading
from dynalint.dynamodb.fields import Field, Known
from dynalint.evaluation.convert import text_identities
from dynalint.evaluation.resources import EvaluatedBlock, Resource
from dynalint.evaluation.values import Value
from dynalint.records import dataclass
from dynalint.syntax.source import Span

GROUP = "aws_security_group"
RULES = {"aws_security_group_rule": "protocol", "aws_vpc_security_group_ingress_rule": "ip_protocol"}
"""Resources that are one entry of a group, and their argument for the protocol."""
GROUP_TYPES = frozenset({GROUP, *RULES})

EVERYBODY = frozenset({"0.0.0.0/0", "::/0"})
RANGES = ("cidr_blocks", "ipv6_cidr_blocks", "cidr_ipv4", "cidr_ipv6")
ALL_PROTOCOLS, TCP = ("-1", "all"), ("tcp", "6")


@dataclass(frozen=True, slots=True)
class Opening:
    """An entry of a group that lets everybody in, at the argument that says so; ``ports`` None for all of them."""

    at: Span
    ports: tuple[int, int] | None

    def admits(self, port: int) -> bool:
        """Whether it lets everybody in at a port."""
        return self.ports is None or self.ports[0] <= port <= self.ports[1]


def openings(resources: Sequence[Resource]) -> Mapping[str, tuple[Opening, ...]]:
    """What is certainly open, by the identities that the id of a group has."""
    groups = [resource for resource in resources if resource.type == GROUP and resource.mode == "managed"]
    addresses = {identity: group.address for group in groups for identity in text_identities(group.address, "id")}
    found: dict[str, list[Opening]] = defaultdict(list)
    for resource in resources:
        for address, block, protocol in _entries(resource, addresses):
            if opening := _opening(block, protocol):
                found[address].append(opening)
    return {identity: tuple(found[address]) for identity, address in addresses.items()}


def identities(groups: Field[tuple[str, ...]]) -> Iterator[str]:
    """The identities of the ids in a list of groups, of those that are not known."""
    if groups.value is not None:
        members = groups.value.members() or (groups.value,)
        yield from (member.unknown.identity for member in members if member.unknown)


def _entries(resource: Resource, addresses: Mapping[str, str]) -> Iterator[tuple[str, EvaluatedBlock, str]]:
    """The entries of groups that a resource is or has: the group, the entry, and its argument for the protocol."""
    if resource.mode != "managed":
        return
    if resource.type == GROUP:
        own = resource.body.blocks_of("ingress")
        yield from ((resource.address, block, "protocol") for block in own if block.certain)
    elif resource.type in RULES and _is_inward(resource):
        group = resource.body.value("security_group_id")
        address = addresses.get(group.unknown.identity) if group is not None and group.unknown else None
        if address:
            yield address, resource.body, RULES[resource.type]


def _is_inward(resource: Resource) -> bool:
    direction = resource.body.value("type")
    return resource.type != "aws_security_group_rule" or (direction is not None and direction.data == "ingress")


def _opening(block: EvaluatedBlock, protocol: str) -> Opening | None:
    ranges = [block.arguments[name] for name in RANGES if name in block.arguments]
    wide = next((item for item in ranges if EVERYBODY & set(_texts(item.value))), None)
    ports = [reading.field(block, name, reading.whole).state for name in ("from_port", "to_port")]
    match reading.field(block, protocol, reading.text).state, ports:
        case _ if wide is None:
            return None
        case Known(word), _ if word.lower() in ALL_PROTOCOLS:
            return Opening(wide.span, None)
        case Known(word), [Known(first), Known(last)] if word.lower() in TCP:
            return Opening(wide.span, (first, last))
    return None


def _texts(value: Value) -> Iterator[str]:
    return (item.data for item in (value.members() or (value,)) if isinstance(item.data, str))

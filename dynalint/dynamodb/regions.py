"""In which Region a resource is made.

The ``region`` argument (provider 6) says it, else the provider configuration that the resource uses.
https://registry.terraform.io/providers/hashicorp/aws/latest/docs/guides/enhanced-region-support
"""

from __future__ import annotations

import re

from dynalint.dynamodb import reading
from dynalint.dynamodb.fields import Field, Known
from dynalint.dynamodb.pieces import GAP, joined, pieces_of
from dynalint.evaluation.resources import Resource
from dynalint.evaluation.values import Unknown, value_identity

REGION = re.compile(r"[a-z]{2,4}(-[a-z]+)+-\d{1,2}")
"""How the name of a Region looks: ``eu-west-1``, ``us-gov-east-1``, ``us-isob-east-1``."""

_PARTITIONS = {
    "cn-": "aws-cn",
    "us-gov-": "aws-us-gov",
    "us-iso-": "aws-iso",
    "us-isob-": "aws-iso-b",
    "us-isof-": "aws-iso-f",
    "eu-isoe-": "aws-iso-e",
    "eusc-": "aws-eusc",
}
_ELSEWHERE = "the Region comes from the environment of whoever runs terraform"


def region_of(resource: Resource) -> Field[str]:
    """The Region of a resource; unknown where the environment decides."""
    own = reading.field(resource.body, "region", reading.name, at=resource.header)
    if own.is_set:
        return own
    given = resource.provider.region if resource.provider else None
    if given is None or given.is_null:
        return Field(Unknown(_ELSEWHERE, identity=_provider_identity(resource)), resource.header, "region")
    return Field(reading.name(given), resource.header, "region", given)


def same_region(one: Field[str], other: Field[str]) -> bool | None:
    """Whether two Regions are the same; None where that is not known."""
    match one.state, other.state:
        case Known(left), Known(right):
            return left == right
        case Unknown(identity=left), Unknown(identity=right) if left and left == right:
            return True
        case _:
            return None


def is_region(text: str) -> bool:
    """Whether a text is the name of a Region, one of today or of tomorrow."""
    return REGION.fullmatch(text) is not None


def partition_of(region: str) -> str:
    """The partition that a Region belongs to: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html."""
    return next((name for start, name in _PARTITIONS.items() if region.startswith(start)), "aws")


def arn_part(arn: Field[str], part: int) -> str | None:
    """One part of an ARN (1 partition, 2 service, 3 Region, 4 account, 5 the rest), None where it is not known."""
    if arn.value is None:
        return None
    parts = joined(pieces_of(arn.value)).split(":", 5)
    return parts[part] if len(parts) == 6 and GAP not in parts[part] else None


def arn_region(arn: Field[str]) -> str | None:
    """The Region in an ARN, None where it is not known."""
    return arn_part(arn, 3) or None


def home(resource: Resource) -> tuple[object, ...]:
    """What is equal for resources that certainly share account and Region: provider block, and Region if set."""
    own = resource.body.value("region")
    region = (value_identity(own) or resource.address) if own is not None and not own.is_null else ""
    provider = resource.provider
    return (provider.span if provider else None, provider.alias if provider else None, region)


def _provider_identity(resource: Resource) -> str:
    return f"region of {resource.provider.span}" if resource.provider else ""

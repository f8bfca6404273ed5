"""An auto scaling target or policy says something that cannot be.

## Why it matters

What scales a table is put together of texts: a namespace, a resource id, a dimension, a metric. `terraform plan` looks
at none of them. AWS refuses some at apply; others it takes, and then nothing scales, or not as meant: a policy on the
read dimension that follows the write metric, a target for an index with the id of its table.

## Non-compliant

```hcl
resource "aws_appautoscaling_target" "read" {
  service_namespace  = "dynamodb"
  resource_id        = "table/orders"
  scalable_dimension = "dynamodb:table:ReadCapacityUnits"
  min_capacity       = 100 #~ DYN642
  max_capacity       = 5
}
```

## Compliant

```hcl
resource "aws_appautoscaling_target" "read" {
  service_namespace  = "dynamodb"
  resource_id        = "table/orders"
  scalable_dimension = "dynamodb:table:ReadCapacityUnits"
  min_capacity       = 5
  max_capacity       = 100
}
```

## How to fix

Take namespace, id and dimension of a policy from its target by reference. The id is `table/NAME`, for an index
`table/NAME/index/INDEX`; a policy that tracks utilisation aims for 20 to 90 percent.

## References

- [Auto scaling](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/AutoScaling.html)
- [RegisterScalableTarget](https://docs.aws.amazon.com/autoscaling/application/APIReference/API_RegisterScalableTarget.html)
- [aws_appautoscaling_target](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/appautoscaling_target)
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from dynalint import (
    DIMENSIONS,
    METRICS,
    AutoScaling,
    Edit,
    Field,
    Fix,
    Known,
    Severity,
    Violation,
    first_undecided,
    rule,
)

ID = re.compile(r"table/[^/]+(/index/[^/]+)?")
LOWEST, HIGHEST = 20, 90


@rule(
    "DYN642",
    visits=AutoScaling,
    severity=Severity.ERROR,
    equivalents=(
        "aws_appautoscaling_target_invalid_scalable_dimension",
        "aws_appautoscaling_target_invalid_service_namespace",
        "aws_appautoscaling_policy_invalid_scalable_dimension",
        "aws_appautoscaling_policy_invalid_service_namespace",
    ),
)
def autoscaling_invalid(part: AutoScaling) -> Iterator[Violation]:
    """Names that exist and belong together, and numbers in their order."""
    yield from _word(part.service_namespace, ("dynamodb",), "no namespace of auto scaling")
    yield from _word(part.scalable_dimension, DIMENSIONS, "nothing of DynamoDB that scales")
    yield from _wrong_id(part)
    yield from _numbers(part)
    yield from _wrong_metric(part)
    doubt = first_undecided(part.scalable_dimension, part.min_capacity, part.max_capacity, part.target_value)
    if doubt:
        raise doubt


def _word(field: Field[str], words: tuple[str, ...], what: str) -> Iterator[Violation]:
    if not isinstance(field.state, Known) or field.state.value in words:
        return
    meant = next((word for word in words if word.lower() == str(field.state.value).lower()), None)
    yield Violation(
        f"{field.shown} is {what}: the apply fails",
        at=field,
        label="not one of AWS's words",
        help=f'write "{meant}"' if meant else f"write one of {', '.join(words)}",
        fix=Fix("write it as AWS does", (Edit(field.literal, f'"{meant}"'),)) if meant and field.literal else None,
    )


def _wrong_id(part: AutoScaling) -> Iterator[Violation]:
    id_ = part.resource_id
    if not isinstance(id_.state, Known):
        return
    found = ID.fullmatch(id_.state.value)
    if found is None:
        yield _fault(id_, "is no table/NAME and no table/NAME/index/INDEX", "the apply fails")
    elif part.kind and (part.kind == "index") != bool(found[1]):
        yield _fault(id_, f"does not name what the dimension scales, {part.scalable_dimension.shown}", "AWS refuses it")


def _numbers(part: AutoScaling) -> Iterator[Violation]:
    low, high, value = part.min_capacity, part.max_capacity, part.target_value
    if isinstance(low.state, Known) and isinstance(high.state, Known) and low.state.value > high.state.value:
        yield _fault(low, f"is more than max_capacity = {high.shown}", "AWS refuses it")
    if (
        isinstance(value.state, Known)
        and not LOWEST <= value.state.value <= HIGHEST
        and not part.predefined_metric.is_unknown
    ):
        yield _fault(value, f"is no utilisation from {LOWEST} to {HIGHEST} percent", "AWS refuses it")


def _wrong_metric(part: AutoScaling) -> Iterator[Violation]:
    metric = part.predefined_metric
    if part.is_target or not part.direction or not isinstance(metric.state, Known):
        return
    if metric.state.value != METRICS[part.direction]:
        yield _fault(metric, f"is not the metric of {part.scalable_dimension.shown}", "it scales by the wrong load")


def _fault(field: Field[Any], what: str, consequence: str) -> Violation:
    return Violation(
        f"{field.path.rpartition('.')[2]} = {field.shown} {what}: {consequence}",
        at=field,
        label="does not fit",
        help="see the rule's page for what fits",
    )

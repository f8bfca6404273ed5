"""Nobody hears of it when a table turns requests away.

## Why it matters

A client of DynamoDB tries again by itself, so that throttling and errors of the service look like a slow application
at first, and like lost requests later. The table counts both all the time (`ThrottledRequests`, `ReadThrottleEvents`,
`WriteThrottleEvents`, `SystemErrors`); an alarm says so while there is still time.

Any alarm on one of these metrics of the table, or on one of their newer relatives, satisfies the rule, alone or in a
`metric_query`. Many alarms are made elsewhere, so it is off by default.

## Non-compliant

```hcl
resource "aws_dynamodb_table" "orders" { #~ DYN661
  name                        = "orders"
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = "orderId"
  deletion_protection_enabled = true

  attribute {
    name = "orderId"
    type = "S"
  }

  point_in_time_recovery {
    enabled = true
  }

  tags = { Team = "shop" }
}
```

## Compliant

```hcl
resource "aws_dynamodb_table" "orders" {
  name                        = "orders"
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = "orderId"
  deletion_protection_enabled = true

  attribute {
    name = "orderId"
    type = "S"
  }

  point_in_time_recovery {
    enabled = true
  }

  tags = { Team = "shop" }
}

resource "aws_cloudwatch_metric_alarm" "orders_throttled" {
  alarm_name          = "orders-throttled"
  namespace           = "AWS/DynamoDB"
  metric_name         = "ThrottledRequests"
  dimensions          = { TableName = aws_dynamodb_table.orders.name }
  statistic           = "Sum"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
  period              = 60
  evaluation_periods  = 5
}
```

## How to fix

Add an `aws_cloudwatch_metric_alarm` on `ThrottledRequests` or `SystemErrors` with the dimension `TableName`.

## References

- [DynamoDB metrics and dimensions](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/metrics-dimensions.html)
- [aws_cloudwatch_metric_alarm](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/cloudwatch_metric_alarm)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import Severity, Table, Undecided, Violation, rule

ALARM = "aws_cloudwatch_metric_alarm"


@rule("DYN661", visits=Table, severity=Severity.NOTE, opt_in=True)
def alarms_missing(table: Table) -> Iterator[Violation]:
    """One alarm on throttling or on errors of the service."""
    if table.is_state_lock or ALARM in table.related:
        return
    if (doubt := table.related_open.get(ALARM)) is not None:
        raise Undecided(doubt.reason, doubt.hint, table.at)
    yield Violation(
        f"no alarm tells of throttled requests to {table.title}, nor of errors of the service",
        at=table,
        label="no alarm",
        help="add an aws_cloudwatch_metric_alarm on ThrottledRequests or SystemErrors of the table",
    )

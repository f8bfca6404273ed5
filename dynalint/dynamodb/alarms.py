"""Alarms on the metrics of a table: ``aws_cloudwatch_metric_alarm``.

https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/metrics-dimensions.html
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dynalint.dynamodb import reading
from dynalint.dynamodb.fields import Known
from dynalint.evaluation.resources import EvaluatedBlock, Resource
from dynalint.evaluation.values import Value

ALARM = "aws_cloudwatch_metric_alarm"
NAMESPACE = "AWS/DynamoDB"


def watched_tables(alarm: Resource) -> Iterator[Value]:
    """The names of the tables whose throttling or system errors an alarm watches."""
    for metric in _metrics(alarm.body):
        name = reading.field(metric, "metric_name", reading.text).state
        dimensions = metric.value("dimensions")
        if reading.field(metric, "namespace", reading.text).state != Known(NAMESPACE) or dimensions is None:
            continue
        if isinstance(name, Known) and not ("Throttle" in name.value or name.value == "SystemErrors"):
            continue
        if isinstance(dimensions.data, Mapping):
            yield from (value for key, value in dimensions.data.items() if key == "TableName")
        elif dimensions.unknown:
            yield dimensions


def _metrics(body: EvaluatedBlock) -> Iterator[EvaluatedBlock]:
    """The metric that an alarm names itself, and those in its queries."""
    yield body
    for query in body.blocks_of("metric_query"):
        yield from query.blocks_of("metric")

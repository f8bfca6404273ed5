"""What the AWS provider refuses and its printed schema does not say, one row an argument.

Paths begin with the resource type; those of data sources with ``data.``. Observed with ``terraform validate`` and
provider 5.100.0 where no page is named. Arguments that have a rule of their own (types of keys, projections, billing
modes, stream views, recovery periods, policies) are not listed here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta, timezone

from dynalint.evaluation.versions import Version
from dynalint.records import dataclass

SCHEMA_PREFIXES = ("aws_dynamodb_", "aws_dax_", "aws_appautoscaling_")
"""Resource types whose schema is known whole, additions of provider 6 included."""


@dataclass(frozen=True, slots=True)
class Form:
    """What the text of an argument has to be: ``wanted`` completes "must be …", ``fits`` tests a text.

    ``choices`` are the words of an enumeration, ``meant`` words that people write for one of them.
    """

    wanted: str
    fits: Callable[[str], bool]
    choices: tuple[str, ...] = ()
    meant: Mapping[str, str] | None = None

    def correction(self, text: str) -> str | None:
        """The word that was surely meant: another letter case, a known slip; None where nothing is sure."""
        words = {word.lower(): word for word in self.choices} | dict(self.meant or {})
        return words.get(text.strip().lower())


def one_of(*choices: str, meant: Mapping[str, str] | None = None) -> Form:
    """An enumeration, exact in letter case."""
    return Form(f"one of {', '.join(choices)}", lambda text: text in choices, choices, meant)


def matching(pattern: str, wanted: str) -> Form:
    """Text that matches a pattern as a whole."""
    return Form(wanted, lambda text: re.fullmatch(pattern, text) is not None)


# As the provider tests it, https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/verify/validate.go
_ARN = re.compile(
    r"arn:aws(-[a-z]+)*:[^:]*:([a-z]{2}(-[a-z]+)+-\d{1,2})?:"
    r"(|aws|aws-managed|third-party|aws-marketplace|\d{12}|cw.{10}):.+",
    re.DOTALL,
)


def _is_arn(text: str) -> bool:
    return not text or _ARN.fullmatch(text) is not None


ARN = Form("an ARN, like arn:aws:SERVICE:REGION:ACCOUNT:…", _is_arn)
_TIME = re.compile(r"(\d{4})-(\d{2})-(\d{2})T(\d{1,2}):(\d{2}):(\d{2})(?:[.,]\d+)?(?:Z|[+-](\d{2}):(\d{2}))")


def _is_time(text: str) -> bool:
    found = _TIME.fullmatch(text)
    if found is None:
        return False
    year, month, day, hour, minute, second, *offset = (int(part or 0) for part in found.groups())
    try:
        datetime(year, month, day, hour, minute, second, tzinfo=timezone(timedelta(hours=offset[0], minutes=offset[1])))
    except ValueError:
        return False
    return True


TIME = Form("a time as RFC 3339 writes it, like 2026-01-31T12:00:00Z", _is_time)
DURATION = matching(
    r"[+-]?(0|((\d+(\.\d*)?|\.\d+)(ns|us|µs|μs|ms|s|m|h))+)", "a duration as Go writes it, like 30m or 1h15m"
)
"""https://pkg.go.dev/time#ParseDuration"""
TABLE_CLASS = one_of("STANDARD", "STANDARD_INFREQUENT_ACCESS", meant={"standard_ia": "STANDARD_INFREQUENT_ACCESS"})
TIMEOUTS = ("create", "read", "update", "delete")

FORMS: dict[str, Form] = {
    "aws_appautoscaling_scheduled_action.end_time": TIME,
    "aws_appautoscaling_scheduled_action.start_time": TIME,
    "aws_dax_cluster.cluster_endpoint_encryption_type": one_of("NONE", "TLS"),
    "aws_dax_cluster.cluster_name": matching(r"[a-z0-9-]{1,20}", "1 to 20 lower-case letters, digits and hyphens"),
    "aws_dax_cluster.iam_role_arn": ARN,
    "aws_dynamodb_kinesis_streaming_destination.approximate_creation_date_time_precision": one_of(
        "MILLISECOND", "MICROSECOND"
    ),
    "aws_dynamodb_kinesis_streaming_destination.stream_arn": ARN,
    "aws_dynamodb_resource_policy.resource_arn": ARN,
    "aws_dynamodb_table.import_table.input_compression_type": one_of("GZIP", "ZSTD", "NONE"),
    "aws_dynamodb_table.import_table.input_format": one_of("CSV", "DYNAMODB_JSON", "ION"),
    "aws_dynamodb_table.replica.consistency_mode": one_of("EVENTUAL", "STRONG"),
    "aws_dynamodb_table.replica.kms_key_arn": ARN,
    "aws_dynamodb_table.restore_date_time": TIME,
    "aws_dynamodb_table.restore_source_table_arn": ARN,
    "aws_dynamodb_table.server_side_encryption.kms_key_arn": ARN,
    "aws_dynamodb_table.table_class": TABLE_CLASS,
    "aws_dynamodb_table_export.export_format": one_of("DYNAMODB_JSON", "ION"),
    "aws_dynamodb_table_export.export_time": TIME,
    "aws_dynamodb_table_export.export_type": one_of("FULL_EXPORT", "INCREMENTAL_EXPORT"),
    "aws_dynamodb_table_export.incremental_export_specification.export_from_time": TIME,
    "aws_dynamodb_table_export.incremental_export_specification.export_to_time": TIME,
    "aws_dynamodb_table_export.incremental_export_specification.export_view_type": one_of(
        "NEW_IMAGE", "NEW_AND_OLD_IMAGES"
    ),
    "aws_dynamodb_table_export.s3_bucket_owner": matching(r"\d{12}", "an account number of 12 digits"),
    "aws_dynamodb_table_export.s3_sse_algorithm": one_of("AES256", "KMS"),
    "aws_dynamodb_table_export.table_arn": ARN,
    "aws_dynamodb_table_replica.global_table_arn": ARN,
    "aws_dynamodb_table_replica.kms_key_arn": ARN,
    "aws_dynamodb_table_replica.table_class_override": TABLE_CLASS,
}
"""Arguments whose text the provider checks."""

FRACTIONAL = frozenset(
    {"aws_appautoscaling_policy.target_tracking_scaling_policy_configuration.target_value"},
)
"""Numbers that need not be whole."""

SINCE: dict[str, Version] = {
    "aws_dynamodb_global_secondary_index": Version(6, 28),
    "aws_dynamodb_table.global_secondary_index.key_schema": Version(6, 29),
    "aws_dynamodb_table.point_in_time_recovery.recovery_period_in_days": Version(5, 98),
    "aws_dynamodb_table.restore_backup_arn": Version(6, 38),
}
"""The first release that has an argument, block or type: https://github.com/hashicorp/terraform-provider-aws/releases

What the schema marks as an addition of provider 6 and is not listed came with 6.0.
"""

OPTIONAL_SINCE: dict[str, tuple[Version, str]] = {
    "aws_dynamodb_table.global_secondary_index.hash_key": (Version(6, 29), "key_schema"),
}
"""Required arguments that a later release made optional, and the block that stands for them since."""

Sides = tuple[tuple[str, ...], ...]
CONFLICTS: dict[str, tuple[Sides, ...]] = {
    "aws_appautoscaling_policy.target_tracking_scaling_policy_configuration": (
        (("customized_metric_specification",), ("predefined_metric_specification",)),
    ),
    "aws_dynamodb_table": (
        (("read_capacity", "write_capacity"), ("on_demand_throughput",)),
        (("import_table",), ("restore_backup_arn",), ("restore_source_name",), ("restore_source_table_arn",)),
    ),
}
"""Per block, sides of which only one may be there; a side is there if any of its arguments and blocks is."""


def form_of(path: str) -> Form | None:
    """The form that the text at a path has to have."""
    block, _, name = path.rpartition(".")
    if name in TIMEOUTS and block.endswith(".timeouts"):
        return DURATION
    return FORMS.get(path)

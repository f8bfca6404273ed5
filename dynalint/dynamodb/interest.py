"""Which resources of a configuration concern DynamoDB, so that evaluation leaves the others alone."""

from __future__ import annotations

from dynalint.dynamodb.alarms import ALARM
from dynalint.dynamodb.dax import DAX_TYPE
from dynalint.dynamodb.security_groups import GROUP_TYPES
from dynalint.evaluation.resources import Interest

PREFIXES = ("aws_dynamodb_", "aws_dax_", "aws_appautoscaling_", "aws_iam_", "aws_ssoadmin_")
TYPES = frozenset(
    {
        "aws_backup_plan",
        "aws_backup_selection",
        "aws_kms_alias",
        "aws_kms_key",
        "aws_lambda_event_source_mapping",
        "aws_pipes_pipe",
        "aws_vpc_endpoint",
        "aws_vpc_endpoint_route_table_association",
    }
)
ALARM_WORDS = (b"DynamoDB", b"TableName")
"""What stands in an alarm on a table: there may be hundreds of others."""
OUTPUTS = ("aws_dynamodb_", "aws_dax_")
DOCUMENT = "aws_iam_policy_document"
DATA = frozenset({DOCUMENT, "aws_dynamodb_table", "aws_iam_policy", "aws_kms_alias"})
BRANCHES = frozenset({"attribute", "global_secondary_index", "local_secondary_index", "key_schema"})
LATENT = frozenset({"aws_dynamodb_table", "aws_dynamodb_global_secondary_index"})


def _is_wanted(mode: str, type_: str, text: bytes) -> bool:
    """Tables and what hangs on them, and policies; whatever uses a document tells that the document is in use."""
    if mode == "data":
        return type_ in DATA
    if mode == "output":
        return any(prefix.encode() in text for prefix in OUTPUTS)
    if type_ == ALARM:
        return any(word in text for word in ALARM_WORDS)
    return type_.startswith(PREFIXES) or type_ in TYPES or "policy" in type_ or DOCUMENT.encode() in text


def _is_latent(mode: str, type_: str) -> bool:
    return mode == "managed" and type_ in LATENT


def _is_concerned(_mode: str, type_: str, text: bytes) -> bool:
    """What speaks of DynamoDB, whatever it is."""
    return type_.startswith(("aws_dynamodb_", "aws_dax_")) or b"dynamodb" in text.lower()


def _is_branch(block_type: str) -> bool:
    """Blocks that declare keys and use them: only these can be wrong in a way that the first caller finds out."""
    return block_type in BRANCHES


INTEREST = Interest(
    wanted=_is_wanted,
    latent=_is_latent,
    branches=_is_branch,
    concerned=_is_concerned,
    beside=dict.fromkeys(sorted(GROUP_TYPES), DAX_TYPE),
)

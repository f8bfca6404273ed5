"""Static policy checks for DynamoDB in Terraform.

What a rule needs is imported from here: ``from dynalint import Severity, Table, Violation, rule``. The names are
resolved when they are first used, so that ``import dynalint`` itself loads next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

# The one name that is also a module's: bound here, or whoever imports the module would put it in the function's place.
from dynalint.rule import rule as rule

if TYPE_CHECKING:
    from dynalint.dynamodb.action_entries import IdleEntry as IdleEntry
    from dynalint.dynamodb.action_entries import UnknownAction as UnknownAction
    from dynalint.dynamodb.attributes import KeyAttribute as KeyAttribute
    from dynalint.dynamodb.backups import TableBackups as TableBackups
    from dynalint.dynamodb.changes import ResourceChange as ResourceChange
    from dynalint.dynamodb.changes import TableChange as TableChange
    from dynalint.dynamodb.dax import DaxCluster as DaxCluster
    from dynalint.dynamodb.dax_roles import DaxGrant as DaxGrant
    from dynalint.dynamodb.endpoints import Endpoint as Endpoint
    from dynalint.dynamodb.fields import Absent as Absent
    from dynalint.dynamodb.fields import Field as Field
    from dynalint.dynamodb.fields import Known as Known
    from dynalint.dynamodb.fields import equal as equal
    from dynalint.dynamodb.fields import equality_doubt as equality_doubt
    from dynalint.dynamodb.fields import first_undecided as first_undecided
    from dynalint.dynamodb.grants import Grant as Grant
    from dynalint.dynamodb.index_names import NamedIndex as NamedIndex
    from dynalint.dynamodb.indexes import Index as Index
    from dynalint.dynamodb.indexes import IndexKind as IndexKind
    from dynalint.dynamodb.items import TableItem as TableItem
    from dynalint.dynamodb.model import Model as Model
    from dynalint.dynamodb.pieces import pieces_of as pieces_of
    from dynalint.dynamodb.policy import Policy as Policy
    from dynalint.dynamodb.policy import PolicyKind as PolicyKind
    from dynalint.dynamodb.principals import Attachment as Attachment
    from dynalint.dynamodb.public_access import ORGANISATION_KEYS as ORGANISATION_KEYS
    from dynalint.dynamodb.public_access import accounts_of as accounts_of
    from dynalint.dynamodb.public_access import is_public as is_public
    from dynalint.dynamodb.public_access import limits_callers as limits_callers
    from dynalint.dynamodb.public_access import overlaps as overlaps
    from dynalint.dynamodb.reach import AllTables as AllTables
    from dynalint.dynamodb.reach import Everything as Everything
    from dynalint.dynamodb.reach import OneTable as OneTable
    from dynalint.dynamodb.reach import Reach as Reach
    from dynalint.dynamodb.reach import TablesNamed as TablesNamed
    from dynalint.dynamodb.reach import Unclear as Unclear
    from dynalint.dynamodb.reading import ignored as ignored
    from dynalint.dynamodb.regions import arn_part as arn_part
    from dynalint.dynamodb.regions import arn_region as arn_region
    from dynalint.dynamodb.regions import is_region as is_region
    from dynalint.dynamodb.regions import partition_of as partition_of
    from dynalint.dynamodb.regions import same_region as same_region
    from dynalint.dynamodb.satellites import BackupPlan as BackupPlan
    from dynalint.dynamodb.satellites import KinesisDestination as KinesisDestination
    from dynalint.dynamodb.satellites import LegacyGlobalTable as LegacyGlobalTable
    from dynalint.dynamodb.satellites import NameClash as NameClash
    from dynalint.dynamodb.satellites import StreamConsumer as StreamConsumer
    from dynalint.dynamodb.satellites import TableExport as TableExport
    from dynalint.dynamodb.satellites import TableName as TableName
    from dynalint.dynamodb.scaling import DIMENSIONS as DIMENSIONS
    from dynalint.dynamodb.scaling import METRICS as METRICS
    from dynalint.dynamodb.scaling import AutoScaling as AutoScaling
    from dynalint.dynamodb.schema_blocks import SchemaBlock as SchemaBlock
    from dynalint.dynamodb.settings import Replica as Replica
    from dynalint.dynamodb.statements import Statement as Statement
    from dynalint.dynamodb.table import Table as Table
    from dynalint.dynamodb.tags import Tags as Tags
    from dynalint.evaluation.values import Unknown as Unknown
    from dynalint.findings import Edit as Edit
    from dynalint.findings import Fix as Fix
    from dynalint.findings import Severity as Severity
    from dynalint.findings import Undecided as Undecided
    from dynalint.rule import Rule as Rule
    from dynalint.rule import Violation as Violation
    from dynalint.syntax.source import Span as Span

_HOMES = {
    "Absent": "dynalint.dynamodb.fields",
    "AllTables": "dynalint.dynamodb.reach",
    "Attachment": "dynalint.dynamodb.principals",
    "AutoScaling": "dynalint.dynamodb.scaling",
    "BackupPlan": "dynalint.dynamodb.satellites",
    "DIMENSIONS": "dynalint.dynamodb.scaling",
    "DaxCluster": "dynalint.dynamodb.dax",
    "DaxGrant": "dynalint.dynamodb.dax_roles",
    "Edit": "dynalint.findings",
    "Endpoint": "dynalint.dynamodb.endpoints",
    "Everything": "dynalint.dynamodb.reach",
    "Field": "dynalint.dynamodb.fields",
    "Fix": "dynalint.findings",
    "Grant": "dynalint.dynamodb.grants",
    "IdleEntry": "dynalint.dynamodb.action_entries",
    "Index": "dynalint.dynamodb.indexes",
    "IndexKind": "dynalint.dynamodb.indexes",
    "KeyAttribute": "dynalint.dynamodb.attributes",
    "KinesisDestination": "dynalint.dynamodb.satellites",
    "Known": "dynalint.dynamodb.fields",
    "LegacyGlobalTable": "dynalint.dynamodb.satellites",
    "METRICS": "dynalint.dynamodb.scaling",
    "Model": "dynalint.dynamodb.model",
    "NameClash": "dynalint.dynamodb.satellites",
    "NamedIndex": "dynalint.dynamodb.index_names",
    "ORGANISATION_KEYS": "dynalint.dynamodb.public_access",
    "OneTable": "dynalint.dynamodb.reach",
    "Policy": "dynalint.dynamodb.policy",
    "PolicyKind": "dynalint.dynamodb.policy",
    "Reach": "dynalint.dynamodb.reach",
    "Replica": "dynalint.dynamodb.settings",
    "ResourceChange": "dynalint.dynamodb.changes",
    "Rule": "dynalint.rule",
    "SchemaBlock": "dynalint.dynamodb.schema_blocks",
    "Severity": "dynalint.findings",
    "Span": "dynalint.syntax.source",
    "Statement": "dynalint.dynamodb.statements",
    "StreamConsumer": "dynalint.dynamodb.satellites",
    "Table": "dynalint.dynamodb.table",
    "TableChange": "dynalint.dynamodb.changes",
    "TableBackups": "dynalint.dynamodb.backups",
    "TableExport": "dynalint.dynamodb.satellites",
    "TableItem": "dynalint.dynamodb.items",
    "TableName": "dynalint.dynamodb.satellites",
    "TablesNamed": "dynalint.dynamodb.reach",
    "Tags": "dynalint.dynamodb.tags",
    "Unclear": "dynalint.dynamodb.reach",
    "Undecided": "dynalint.findings",
    "Unknown": "dynalint.evaluation.values",
    "UnknownAction": "dynalint.dynamodb.action_entries",
    "Violation": "dynalint.rule",
    "accounts_of": "dynalint.dynamodb.public_access",
    "arn_part": "dynalint.dynamodb.regions",
    "arn_region": "dynalint.dynamodb.regions",
    "equal": "dynalint.dynamodb.fields",
    "equality_doubt": "dynalint.dynamodb.fields",
    "first_undecided": "dynalint.dynamodb.fields",
    "ignored": "dynalint.dynamodb.reading",
    "is_public": "dynalint.dynamodb.public_access",
    "is_region": "dynalint.dynamodb.regions",
    "limits_callers": "dynalint.dynamodb.public_access",
    "overlaps": "dynalint.dynamodb.public_access",
    "partition_of": "dynalint.dynamodb.regions",
    "pieces_of": "dynalint.dynamodb.pieces",
    "same_region": "dynalint.dynamodb.regions",
}

__all__ = [*_HOMES, "rule"]  # noqa: PLE0604 - the names that __getattr__ serves


def __getattr__(name: str) -> Any:
    """Load a public name from the module that defines it. AttributeError for any other."""
    if name not in _HOMES:
        raise AttributeError(f"module 'dynalint' has no attribute {name!r}")
    found = globals()[name] = getattr(import_module(_HOMES[name]), name)
    return found

"""Tables as text, and what is said of them."""

from __future__ import annotations

from dynalint.findings import Finding, Report, Severity

ERROR, WARNING, NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE
ON_DEMAND = 'billing_mode = "PAY_PER_REQUEST"\n'
PROVISIONED = 'billing_mode = "PROVISIONED"\nread_capacity = 5\nwrite_capacity = 5\n'
REGION = 'provider "aws" {\n  region = "eu-west-1"\n}\n'


def table(body: str = "", before: str = "", name: str = "t", billing: str = ON_DEMAND) -> str:
    """A table with a partition key and whatever else is in ``body``."""
    attribute = 'attribute {\n  name = "id"\n  type = "S"\n}\n'
    head = f'resource "aws_dynamodb_table" "{name}" {{\n  name = "{name}-table"\n  hash_key = "id"\n'
    return f"{before}{head}{billing}{attribute}{body}\n}}\n"


def block(type_: str, **arguments: str) -> str:
    """A nested block."""
    lines = "".join(f"  {name} = {value}\n" for name, value in arguments.items())
    return f"{type_} {{\n{lines}}}\n"


def resource(type_: str, name: str = "x", body: str = "", **arguments: str) -> str:
    """A resource of any type."""
    return block(f'resource "{type_}" "{name}"', **arguments)[:-2] + f"{body}}}\n"


def variable(name: str, default: str = "") -> str:
    """A variable, without a default where none is given."""
    return block(f'variable "{name}"', **({"default": default} if default else {}))


def found(report: Report, code: str) -> list[Finding]:
    """The findings of one rule."""
    return [finding for finding in report.findings if finding.rule.code == code]


def grades(report: Report, code: str) -> list[Severity]:
    """How severe each finding of one rule is."""
    return [finding.severity for finding in found(report, code)]


def undecided(report: Report, code: str) -> bool:
    """Whether one rule could not decide."""
    return any(doubt.rule.code == code for doubt in report.undecided)

"""What a finding is about, wherever its lines move to: resource and argument."""

from __future__ import annotations

import re

from dynalint.findings import Finding

INSTANCE_KEY = re.compile(r'\[(?:"(?:[^"\\]|\\.)*"|[^\]"]*)\]')


def without_keys(address: str) -> str:
    """``module.a.aws_dynamodb_table.b`` for ``module.a["x"].aws_dynamodb_table.b[0]``."""
    return INSTANCE_KEY.sub("", address)


def keys_of(finding: Finding) -> tuple[str, str]:
    """The first address without instance keys, and the argument; "" for what a finding has not."""
    return min(map(without_keys, finding.addresses), default=""), finding.argument

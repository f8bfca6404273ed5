"""Family 0: what dynalint reports about the run itself, one file a rule.

These rules have no check of their own: the finding comes from where the trouble is noticed. Each file holds the
rule's page as its docstring, and its identity.
"""

from __future__ import annotations

from dynalint.findings import RuleInfo
from dynalint.run_rules.declaration_invalid import DECLARATION_INVALID
from dynalint.run_rules.evaluation_limited import EVALUATION_LIMITED
from dynalint.run_rules.expression_invalid import EXPRESSION_INVALID
from dynalint.run_rules.file_unreadable import FILE_UNREADABLE
from dynalint.run_rules.input_invalid import INPUT_INVALID
from dynalint.run_rules.instances_invalid import INSTANCES_INVALID
from dynalint.run_rules.module_unresolved import MODULE_UNRESOLVED
from dynalint.run_rules.rule_failed import RULE_FAILED
from dynalint.run_rules.suppression_expired import SUPPRESSION_EXPIRED
from dynalint.run_rules.suppression_malformed import SUPPRESSION_MALFORMED
from dynalint.run_rules.suppression_unexplained import SUPPRESSION_UNEXPLAINED
from dynalint.run_rules.suppression_unknown_rule import SUPPRESSION_UNKNOWN_RULE
from dynalint.run_rules.suppression_unused import SUPPRESSION_UNUSED

RUN_RULES: tuple[RuleInfo, ...] = (
    FILE_UNREADABLE,
    RULE_FAILED,
    MODULE_UNRESOLVED,
    EVALUATION_LIMITED,
    SUPPRESSION_UNUSED,
    SUPPRESSION_UNKNOWN_RULE,
    SUPPRESSION_MALFORMED,
    SUPPRESSION_EXPIRED,
    SUPPRESSION_UNEXPLAINED,
    EXPRESSION_INVALID,
    INSTANCES_INVALID,
    INPUT_INVALID,
    DECLARATION_INVALID,
)

BY_CODE = {info.code: info for info in RUN_RULES}

__all__ = [
    "BY_CODE",
    "DECLARATION_INVALID",
    "EVALUATION_LIMITED",
    "EXPRESSION_INVALID",
    "FILE_UNREADABLE",
    "INPUT_INVALID",
    "INSTANCES_INVALID",
    "MODULE_UNRESOLVED",
    "RULE_FAILED",
    "RUN_RULES",
    "SUPPRESSION_EXPIRED",
    "SUPPRESSION_MALFORMED",
    "SUPPRESSION_UNEXPLAINED",
    "SUPPRESSION_UNKNOWN_RULE",
    "SUPPRESSION_UNUSED",
]

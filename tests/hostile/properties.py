"""What must hold of any input, said once: for hypothesis in the suite, for atheris out of it, for the inputs kept.

Every property takes bytes. It raises nothing where all is well, AssertionError where something does not hold, and what
dynalint raised where that is no declared error. The same input is asked twice.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from tests.hostile.asking import Property
from tests.hostile.of_evaluation import evaluator, functions
from tests.hostile.of_policies import policies
from tests.hostile.of_reports import sarif
from tests.hostile.of_runs import fixes, plan, settings
from tests.hostile.of_syntax import parser, scanner, suppressions, tfjson

PROPERTIES: Mapping[str, Property] = MappingProxyType(
    {
        "scanner": scanner,
        "parser": parser,
        "tfjson": tfjson,
        "evaluator": evaluator,
        "functions": functions,
        "policies": policies,
        "settings": settings,
        "suppressions": suppressions,
        "plan": plan,
        "sarif": sarif,
        "fixes": fixes,
    }
)
"""The targets: what reads or writes, each with what must hold of it."""

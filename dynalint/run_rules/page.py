"""From a module's docstring to the description of a rule."""

from __future__ import annotations

import inspect

from dynalint.findings import RuleInfo, Severity


def run_rule(
    code: str, name: str, severity: Severity, page: str | None, *, ignorable: bool = True, opt_in: bool = False
) -> RuleInfo:
    """The rule whose page is ``page``; the page's first line is the summary."""
    documentation = inspect.cleandoc(page or "")
    return RuleInfo(
        code=code,
        name=name,
        severity=severity,
        summary=documentation.partition("\n")[0],
        documentation=documentation,
        ignorable=ignorable,
        opt_in=opt_in,
    )

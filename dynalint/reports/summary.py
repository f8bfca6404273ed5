"""What a run came to, in numbers and in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from dynalint.findings import Finding, Report, Severity

MOST_REASONS = 2


def is_fixable(finding: Finding) -> bool:
    """Whether the finding has a fix that may be applied without a human deciding."""
    return finding.fix is not None and finding.fix.safe


def counts(report: Report) -> dict[str, int]:
    """What was looked at and what was found, by name."""
    looked_at = report.summary
    return {
        "files": looked_at.files,
        "roots": looked_at.roots,
        "modules": looked_at.modules,
        "tables": looked_at.tables,
        "policies": looked_at.policies,
        "findings": len(report.findings),
        "errors": report.count(Severity.ERROR),
        "warnings": report.count(Severity.WARNING),
        "notes": report.count(Severity.NOTE),
        "fixable": sum(map(is_fixable, report.findings)),
        "suppressed": len(report.suppressed),
        "foreign": sum(1 for item in report.suppressed if item.tool),
        "undecided": len(report.undecided),
        "hidden": report.hidden,
        "accepted": len(report.accepted.findings),
        "stale": len({entry.anywhere for entry in report.accepted.stale}),
    }


def amount(number: int, noun: str) -> str:
    """A number with its noun: ``1 table``, ``2 tables``, ``2 policies``."""
    if number == 1:
        return f"1 {noun}"
    return f"{number} {noun[:-1]}ies" if noun.endswith(("cy", "ry")) else f"{number} {noun}s"


def enumeration(parts: list[str]) -> str:
    """Parts as a sentence lists them: ``a, b and c``."""
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def told(finding: Finding) -> str:
    """The message, with the environments of the settings in which it holds."""
    return f"{finding.message} (in {', '.join(finding.environments)})" if finding.environments else finding.message


def listed(names: Sequence[str], most: int) -> str:
    """The first names and how many there are besides: ``a, b, c and 17 more``. One too many is named as well."""
    shown = names if len(names) <= most + 1 else names[:most]
    rest = len(names) - len(shown)
    return ", ".join(shown) + (f" and {rest} more" if rest else "")


def looked_at(report: Report) -> str:
    """``14 tables and 2 policies (3 modules, 22 files)``, or ``0 tables in 22 files``."""
    seen = report.summary
    subjects = [amount(seen.tables, "table")] + ([amount(seen.policies, "policy")] if seen.policies else [])
    if not seen.tables and not seen.policies:
        return f"0 tables in {amount(seen.files, 'file')}"
    return f"{enumeration(subjects)} ({amount(seen.modules, 'module')}, {amount(seen.files, 'file')})"


def found(report: Report) -> str:
    """``2 errors, 1 warning and 3 notes``; ``nothing`` where there is nothing."""
    parts = [
        amount(report.count(severity), str(severity))
        for severity in sorted(Severity, reverse=True)
        if report.count(severity)
    ]
    return enumeration(parts) if parts else "nothing"


def verdict(report: Report) -> str:
    """``2 errors found in 14 tables and 2 policies (3 modules, 22 files); 1 suppressed``."""
    where = "in" if report.summary.tables or report.summary.policies else "among"
    return "; ".join([f"{found(report)} found {where} {looked_at(report)}", *extras(report)])


def extras(report: Report) -> list[str]:
    """``2 suppressed``, ``4 fixable``: what else is worth a word."""
    numbers = counts(report)
    told = [f"{numbers[name]} {name}" for name in ("fixable", "suppressed") if numbers[name]]
    if numbers["foreign"]:
        told[-1] += f" ({numbers['foreign']} by comments for {enumeration(sorted(_tools(report)))})"
    if numbers["accepted"]:
        told.append(f"{numbers['accepted']} known before")
    if numbers["stale"]:
        told.append(f"{amount(numbers['stale'], 'entry')} of the baseline out of date (dynalint baseline update)")
    return told


def _tools(report: Report) -> set[str]:
    return {item.tool for item in report.suppressed if item.tool}


def hidden(report: Report) -> str:
    """How many findings lie in files that were not asked for, and how to see them."""
    return f"{report.hidden} more in files you did not touch (run dynalint check .)"


def undecided(report: Report) -> str:
    """``2 checks undecided: var.pitr has no default (--var-file prod.tfvars, or --plan)``, the commonest reasons first.

    Empty where all is decided.
    """
    if not report.undecided:
        return ""
    reasons = [*_reasons(report)]
    rest = len(reasons) - MOST_REASONS
    tail = [amount(rest, "more reason")] if rest > 0 else []
    return f"{undecided_count(report)}: {'; '.join(reasons[:MOST_REASONS] + tail)}"


def undecided_count(report: Report) -> str:
    """``2 checks undecided``."""
    return f"{amount(len(report.undecided), 'check')} undecided"


def _reasons(report: Report) -> Iterator[str]:
    hints = {check.reason: check.hint for check in reversed(report.undecided) if check.hint}
    for reason, number in sorted(
        Counter(c.reason for c in report.undecided).items(), key=lambda item: (-item[1], item[0])
    ):
        hint = f" ({hints[reason]})" if reason in hints else ""
        times = f" ({number} times)" if number > 1 and len(report.undecided) != number else ""
        yield f"{reason}{times}{hint}"

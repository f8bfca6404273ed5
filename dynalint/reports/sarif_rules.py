"""Rules as SARIF describes them: what GitHub shows beside an alert, and how it ranks the alert."""

from __future__ import annotations

from typing import Any

from dynalint.findings import RuleInfo, Severity
from dynalint.reports import documentation
from dynalint.reports.inert import visible

MOST_TEXT = 1_024
MOST_TAGS = 10

# Middles of GitHub's bands high, medium and low.
SECURITY_SEVERITY = {Severity.ERROR: "8.0", Severity.WARNING: "5.5", Severity.NOTE: "2.0"}
PROBLEM_SEVERITY = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "recommendation"}


def descriptor(rule: RuleInfo) -> dict[str, Any]:
    """The ``reportingDescriptor`` of a rule."""
    return {
        "id": rule.code,
        "name": pascal_case(rule.name),
        "shortDescription": {"text": shortened(sentence(rule.summary))},
        "fullDescription": {"text": shortened(f"{sentence(rule.summary)} {documentation.reason(rule)}".strip())},
        "help": {"text": _help_text(rule), "markdown": _help_markdown(rule)},
        **({"helpUri": rule.url} if rule.url else {}),
        "defaultConfiguration": {"level": str(rule.severity)},
        "properties": _properties(rule),
    }


def is_security(rule: RuleInfo) -> bool:
    """Whether a finding of this rule is a security alert: families 3 and 4, and other packs' rules that say so."""
    return "security" in rule.tags or (rule.is_built_in and rule.family in ("3", "4"))


def pascal_case(name: str) -> str:
    """``TagsMissing`` for ``tags-missing``."""
    return "".join(word[:1].upper() + word[1:] for word in name.replace("_", "-").split("-"))


def sentence(text: str) -> str:
    """``text`` on one line, harmless, with a full stop; nothing in it links anywhere."""
    plain = visible(" ".join(text.split())).replace("](", "] (")
    return plain if plain.endswith((".", "!", "?")) or not plain else f"{plain}."


def shortened(text: str) -> str:
    """``text``, cut where GitHub would refuse it as too long."""
    return text if len(text) <= MOST_TEXT else f"{text[: MOST_TEXT - 2].rstrip()}…."


def _help_text(rule: RuleInfo) -> str:
    return f"{sentence(rule.summary)}\n\n{documentation.page(rule)}".strip()


def _help_markdown(rule: RuleInfo) -> str:
    link = f"[{rule.code} {rule.name}]({rule.url})" if rule.url else ""
    return f"{documentation.page(rule)}\n\n{link}".strip()


def _properties(rule: RuleInfo) -> dict[str, Any]:
    tags = dict.fromkeys(["security"] if is_security(rule) else [])
    tags |= dict.fromkeys([documentation.family(rule).replace(" ", "-").lower(), "dynamodb", "terraform", *rule.tags])
    ranking = (
        {"security-severity": SECURITY_SEVERITY[rule.severity]}
        if is_security(rule)
        else {"problem.severity": PROBLEM_SEVERITY[rule.severity]}
    )
    equivalents = {"equivalents": [*rule.equivalents]} if rule.equivalents else {}
    return {"tags": [*filter(None, tags)][:MOST_TAGS], "precision": "high", **ranking, **equivalents}

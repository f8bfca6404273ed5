"""A rule's page: the docstring of its module, taken apart for those who show it.

The page is Markdown: a first line that is the summary, then sections under ``##``. In its examples a comment that
begins ``#~`` or ``#?`` marks, for the tests, the line that the rule speaks about; readers need no such mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dynalint.findings import RuleInfo

MARK = re.compile(r"[ \t]*#[~?].*$", re.MULTILINE)
HEADING = re.compile(r"^##[ \t]+(.+?)[ \t]*$", re.MULTILINE)
FAMILIES = {
    "0": "the run itself",
    "1": "keys and indexes",
    "2": "durability",
    "3": "security",
    "4": "IAM",
    "5": "capacity and cost",
    "6": "operations and tags",
    "7": "change safety",
}


def family(rule: RuleInfo) -> str:
    """What a built-in rule is about; ``other packs`` for rules that came from elsewhere."""
    return FAMILIES.get(rule.family, "") if rule.is_built_in else "other packs"


def page(rule: RuleInfo) -> str:
    """The rule's page as Markdown, without its summary line and without marks."""
    return MARK.sub("", rule.documentation.partition("\n")[2]).strip()


def sections(rule: RuleInfo) -> Iterator[tuple[str, str]]:
    """Headings of the page with the Markdown below each; text before the first heading is left out."""
    parts = HEADING.split(page(rule))
    yield from zip(parts[1::2], map(str.strip, parts[2::2]), strict=True)


def reason(rule: RuleInfo) -> str:
    """The first paragraph of the page on one line; empty where there is none."""
    bodies = dict(sections(rule))
    body = bodies.get("Why it matters", next(iter(bodies.values()), ""))
    return " ".join(body.partition("\n\n")[0].split())

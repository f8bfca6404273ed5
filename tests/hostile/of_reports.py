"""What must hold of reports."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from dynalint.findings import Edit, Finding, Fix, Report, RuleInfo, Severity, Step, Summary, Suppressed
from dynalint.reports import FORMATS, RenderOptions, writer
from dynalint.syntax.source import Source, Span
from tests.hostile.choices import Choices

ACTING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\x80-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
COMMAND = re.compile(r"^\s*::|##vso\[|##\[")
"""What GitHub takes for a command at the start of a line, and Azure Pipelines anywhere in it."""
OWN_COMMANDS: Mapping[str, tuple[str, ...]] = dict.fromkeys(FORMATS, ("\0",)) | {
    "github": ("::error ", "::warning ", "::notice ", "::group::", "::endgroup::"),
    "azure": ("##vso[task.logissue ",),
}
INFOS = tuple(
    RuleInfo(code, name, severity, f"{name}.", f"{name}.\n\n## Why it matters\n\nIt does.\n", tags=("x",))
    for code, name, severity in (
        ("DYN001", "file-unreadable", Severity.ERROR),
        ("DYN401", "iam-scan-broad", Severity.NOTE),
    )
)


def acts_in_no(format_: str, text: str) -> None:
    """Nothing in a report moves a cursor, turns writing around, or is a command to a CI runner but dynalint's own."""
    assert not (found := ACTING.search(text)), f"{format_} writes {found[0]!r}"
    lines = [line for line in text.splitlines() if COMMAND.search(line)]
    assert all(line.startswith(OWN_COMMANDS[format_]) for line in lines), f"{format_} writes a command: {lines}"


def sarif(data: bytes) -> None:
    """Findings with hostile texts and places: SARIF that holds together, and inert in every format."""
    choices = Choices(data)
    format_ = choices.one_of(tuple(FORMATS))
    report = _report(choices)
    options = RenderOptions("/repo", root_label=choices.text(), verbose=2, include_suppressed=True, statistics=True)
    texts = {name: writer(name)(report, options) for name in ("sarif", format_)}
    assert texts[format_] == writer(format_)(report, options), "the same input gave two answers"
    for name, text in texts.items():
        acts_in_no(name, text)
    holds_together(json.loads(texts["sarif"]), report)


def _report(choices: Choices) -> Report:
    """A report whose every text is hostile, and whose spans lie somewhere in their file."""
    path = "/repo/" + choices.text().replace("\0", "") + ".tf"  # no system has files with that in their name
    texts = [choices.text() or "x" for _ in range(6)]
    source = Source(path, "\n".join([*texts, *choices.texts(3)]).encode("utf-8", "replace"))
    size = len(source.data)

    def span() -> Span:
        start, end = sorted((choices.below(256) * size // 255, choices.below(256) * size // 255))
        return Span(path, start, end)

    def finding() -> Finding:
        info = choices.one_of(INFOS)
        steps = tuple(Step(span(), choices.text()) for _ in range(choices.below(3)))
        fix = Fix(texts[3], (Edit(span(), choices.text()),), safe=bool(choices.below(2))) if choices.below(2) else None
        return Finding(
            *(
                info,
                info.severity,
                texts[0],
                span(),
                (texts[1], *choices.texts(2)),
                steps,
                texts[2],
                texts[4],
                texts[5],
            ),
            fix=fix,
            latent=bool(choices.below(2)),
        )

    findings = tuple(finding() for _ in range(1 + choices.below(8) // 7))
    hidden = (Suppressed(finding(), span(), choices.text(), tool=choices.one_of(("", "trivy"))),) * choices.below(2)
    return Report(findings, (), hidden, Summary(1, 1, 1, 1, 1), INFOS, {path: source})


def holds_together(log: Any, report: Report) -> None:
    """What SARIF and code scanning ask of a log, as far as it depends on what is reported."""
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert len(run["results"]) == len(report.findings) + len(report.suppressed)
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["message"]["text"]
        assert result["locations"]
    for region in _every("region", log):
        start, end = (region["startLine"], region["startColumn"]), (region["endLine"], region["endColumn"])
        assert (1, 1) <= start <= end, f"a region ends before it begins: {region}"
    for uri in _every("uri", log):
        assert re.fullmatch(r"[!#-;=?-\[\]_a-z~]*|[\x21-\x7e]*", uri), f"no URI: {uri}"


def _every(key: str, node: Any) -> Iterator[Any]:
    """Every value under a key, at any depth."""
    children = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for name, child in children:
        if name == key:
            yield child
        yield from _every(key, child)

"""Findings as SARIF results."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from dynalint.findings import Edit, Finding, Fix, RuleInfo, Step, Suppressed
from dynalint.identity import keys_of
from dynalint.records import dataclass
from dynalint.reports.fingerprints import line_hashes
from dynalint.reports.places import is_file
from dynalint.reports.sarif_places import SarifPlaces
from dynalint.reports.sarif_rules import sentence
from dynalint.reports.summary import listed
from dynalint.syntax.source import with_line_ends_of

# GitHub shows so many locations of a result and steps of a flow.
MOST_LOCATIONS = 100
MOST_STEPS = 1_000
MOST_NAMED = 3
LATENT = "No input passed today brings this out; another value of the module's inputs would."

Members = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Results:
    """What results refer to.

    ``index`` is a rule's place among the descriptors, by code. ``hashes`` are line hashes by path and line.
    ``suppressed`` holds, by identity of the finding, what a comment hides; None where such findings are left out.
    """

    places: SarifPlaces
    index: Mapping[str, int]
    hashes: Mapping[str, Mapping[int, str]]
    suppressed: Mapping[int, Suppressed] | None

    @classmethod
    def of(
        cls,
        findings: Iterable[Finding],
        places: SarifPlaces,
        rules: Iterable[RuleInfo],
        suppressed: Mapping[int, Suppressed] | None,
    ) -> Results:
        """Results of ``findings``; ``rules`` are in the order of their descriptors."""
        lines: dict[str, set[int]] = {}
        for finding in findings:
            lines.setdefault(finding.span.path, set()).add(places.line(finding.span))
        hashes = {path: line_hashes(places.source(path).data, wanted) for path, wanted in lines.items()}
        return cls(places, {rule.code: at for at, rule in enumerate(rules)}, hashes, suppressed)

    def result(self, finding: Finding) -> Members:
        """The ``result`` of a finding."""
        members: Members = {
            "ruleId": finding.rule.code,
            "ruleIndex": self.index[finding.rule.code],
            "level": str(finding.severity),
            "message": {"text": " ".join(self._sentences(finding))},
            "locations": [self.places.location(finding.span) | _logical_locations(finding.addresses)],
            "partialFingerprints": self._fingerprints(finding),
        }
        if any(is_file(step.span.path) for step in finding.trace):
            members["relatedLocations"] = [*self._related(finding.trace)]
            members["codeFlows"] = [self._code_flow(finding)]
        if finding.fix is not None:
            members["fixes"] = [self._fix(finding.fix)]
        if self.suppressed is not None:
            hidden = self.suppressed.get(id(finding))
            members["suppressions"] = [self._suppression(hidden)] if hidden else []
        return members

    def _sentences(self, finding: Finding) -> Iterator[str]:
        """The message, with a link to each place of the trace that says something."""
        yield sentence(finding.message)
        if finding.latent:
            yield LATENT
        if origins := [*self._origins(finding.trace)]:
            yield f"Where it comes from: {', '.join(origins)}."
        cut = len(finding.trace) - (MOST_LOCATIONS - 1)
        if cut > 0:
            yield f"{cut} more places are left out here."
        if len(finding.addresses) > 1:
            yield sentence(f"Concerns {listed(finding.addresses, MOST_NAMED)}")
        if finding.environments:
            yield sentence(f"Holds in {', '.join(finding.environments)}")
        if finding.help:
            yield sentence(f"Help: {finding.help}")

    def _origins(self, trace: tuple[Step, ...]) -> Iterator[str]:
        for number, step in enumerate(trace[:MOST_NAMED], 1):
            text = sentence(step.message).removesuffix(".")
            if text and is_file(step.span.path):
                yield f"{text} ([{self.places.uri(step.span.path)}:{self.places.line(step.span)}]({number}))"
            elif text:
                yield text

    def _related(self, trace: tuple[Step, ...]) -> Iterator[Members]:
        for number, step in enumerate(trace[: MOST_LOCATIONS - 1], 1):
            if is_file(step.span.path):
                yield {"id": number} | self._step(step)

    def _step(self, step: Step) -> Members:
        return self.places.location(step.span, sentence(step.message or "the value is written here"))

    def _code_flow(self, finding: Finding) -> Members:
        """The way of the value, from where it is written to where it does harm."""
        way = reversed(finding.trace[: MOST_STEPS - 1])
        steps = [self._step(step) for step in way if is_file(step.span.path)]
        steps.append(self.places.location(finding.span, sentence(finding.message)))
        return {"threadFlows": [{"locations": [{"location": step} for step in steps]}]}

    def _fingerprints(self, finding: Finding) -> dict[str, str]:
        """GitHub's own, which follows a line through a file, and one that follows the object through files."""
        address, argument = keys_of(finding)
        line = self.hashes[finding.span.path].get(self.places.line(finding.span))
        own = f"{finding.rule.code}|{address or self.places.uri(finding.span.path)}|{argument}"
        return ({"primaryLocationLineHash": line} if line else {}) | {"dynalintAddress/v1": own}

    def _fix(self, fix: Fix) -> Members:
        files: dict[str, list[Edit]] = {}
        for edit in fix.edits:
            files.setdefault(edit.span.path, []).append(edit)
        text = fix.message if fix.safe else f"Needs a decision: {fix.message}"
        return {
            "description": {"text": sentence(text)},
            "artifactChanges": [
                {
                    "artifactLocation": self.places.artifact(path),
                    "replacements": [*map(self._replacement, edits)],
                }
                for path, edits in files.items()
            ],
        }

    def _replacement(self, edit: Edit) -> Members:
        text = with_line_ends_of(self.places.source(edit.span.path).data, edit.span.start, edit.text)
        return {"deletedRegion": self.places.region(edit.span), "insertedContent": {"text": text}}

    def _suppression(self, hidden: Suppressed) -> Members:
        return {
            "kind": "inSource",
            "status": "accepted",
            "justification": sentence(hidden.reason or "no reason given"),
            "location": self.places.location(hidden.comment),
        }


def _logical_locations(addresses: tuple[str, ...]) -> Members:
    named = [{"fullyQualifiedName": address, "kind": "resource"} for address in addresses[:MOST_LOCATIONS]]
    return {"logicalLocations": named} if named else {}

"""All root modules of a run: remembered from an earlier one, examined here, or by several processes at once."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from hashlib import blake2b
from typing import TYPE_CHECKING

from dynalint import pool
from dynalint.examined import Examined, read, written
from dynalint.findings import RuleInfo
from dynalint.project import Project
from dynalint.results import Document, Results
from dynalint.run_rules import RULE_FAILED
from dynalint.settings import Ruleset
from dynalint.syntax import cache
from dynalint.verdicts import Observation

if TYPE_CHECKING:
    from dynalint.examination import Examiner

AS_NEEDED = 0
"""As many processes as pay."""


class Examinations:
    """Examines root modules of ``project`` with what ``examiner`` makes, which is asked for when it is needed.

    ``rules`` are all there are, by code. ``results`` keeps what came of them; None where that is not wanted. ``jobs``
    is the number of processes, with AS_NEEDED that of the processors as soon as the run has lasted a while.
    """

    def __init__(
        self,
        project: Project,
        examiner: Callable[[], Examiner],
        rulesets: Callable[[str], Ruleset],
        rules: Mapping[str, RuleInfo],
        *,
        results: Results | None,
        jobs: int,
    ) -> None:
        self._project = project
        self._make = examiner
        self._made: Examiner | None = None
        self._rulesets = rulesets
        self._rules = rules
        self._results = results
        self._jobs = jobs

    def of(self, directories: Sequence[str]) -> Iterator[Examined]:
        """What each of the root modules came to, in their order."""
        known = {directory: found for directory in directories if (found := self._remembered(directory))}
        fresh = self._fresh([directory for directory in directories if directory not in known])
        for directory in directories:
            yield known.pop(directory) if directory in known else next(fresh)

    def _remembered(self, directory: str) -> Examined | None:
        document = self._results.find(directory, self._rulesets(directory), self._project) if self._results else None
        return self._read(document) if document else None

    def _fresh(self, directories: Sequence[str]) -> Iterator[Examined]:
        patience, most = pool.Patience(), pool.processes(self._jobs)
        for done, directory in enumerate(directories):
            if most > 1 and len(directories) - done > 1 and (self._jobs != AS_NEEDED or patience.over):
                yield from self._shared(directories[done:], most)
                return
            yield self._here(directory)

    def _here(self, directory: str) -> Examined:
        examined = self._examined(directory)
        if self._results and (document := self._document(examined)):
            self._keep(directory, document)
        return examined

    def _shared(self, directories: Sequence[str], jobs: int) -> Iterator[Examined]:
        def work(number: int) -> bytes:
            document = self._document(self._examined(directories[number]))
            self._project.forget([directories[number]])
            return json.dumps(document).encode() if document else b""

        for directory, text in zip(directories, pool.shared(work, len(directories), jobs), strict=True):
            document = json.loads(text) if text else None
            examined = self._read(document) if document else None
            if document and examined:
                self._keep(directory, document)
                yield examined
            else:
                yield self._here(directory)

    def _keep(self, directory: str, document: Document) -> None:
        if self._results:
            self._results.keep(directory, self._rulesets(directory), self._project, document)

    def _examined(self, directory: str) -> Examined:
        if self._made is None:
            self._made = self._make()
        self._project.begin()
        examined = self._made.examine(directory, self._rulesets(directory))
        if not self._project.overlay:  # texts that stand for files come and go: theirs is written once, at the end
            cache.save(examined.sensitive)
        return examined

    def _document(self, examined: Examined) -> Document | None:
        """The written form of what a root came to just now; None where there is none."""
        try:
            text = written(examined)
        except TypeError:  # a rule of somebody's made it of things of their own
            return None
        asked = self._project.footprint() if _lasts(examined) else None
        listed = None if asked is None else [[*question, answer] for question, answer in asked.items()]
        return {"asked": listed, "check": _check(text), "result": text}

    def _read(self, document: Document) -> Examined | None:
        """What a document says; None where it is damaged."""
        text = document.get("result")
        if not isinstance(text, str) or document.get("check") != _check(text):
            return None
        try:
            return read(text, self._rules)
        except (LookupError, TypeError, ValueError):
            return None


def _lasts(examined: Examined) -> bool:
    """Whether it may be kept: no failure of dynalint's own, and no values from outside of the project's files."""
    failed = any(isinstance(item, Observation) and item.finding.rule is RULE_FAILED for item in examined.verdicts)
    return not failed and not examined.texts


def _check(text: str) -> str:
    return blake2b(text.encode(), digest_size=16).hexdigest()

"""Ignore comments of other linters: checkov, trivy, tfsec, tflint, KICS, terrascan and semgrep.

They hide findings of the rules that name the same check among their ``equivalents``, and nothing else. Whether such a
comment is of use is for its own tool to say.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date

from dynalint.findings import RuleInfo
from dynalint.records import dataclass
from dynalint.suppression_targets import Target, target_of
from dynalint.syntax import SourceFile
from dynalint.syntax.nodes import Comment
from dynalint.syntax.source import Span

ANYTHING = re.compile(rb"(?:checkov|bridgecrew|ts):skip|(?:tfsec|trivy):ignore|tflint-ignore|kics-scan|nosemgrep")

CHECKOV = re.compile(r"(?:checkov|bridgecrew):skip=\s*([A-Z0-9_]+(?:\s*,\s*[A-Z0-9_]+)*)(?::([^\n]*))?")
TRIVY = re.compile(r"(tfsec|trivy):ignore:([^\s:\[]+)(\[[^\]]*\])?((?::\w+:[^\s:]+)*)")
TFLINT = re.compile(r"tflint-ignore(-file)?:\s*([^\n*/#]+)")
KICS = re.compile(r"kics-scan\s+(?:(disable)=([0-9a-f,\s-]+)|(ignore(?:-block|-line)?)\b)")
TERRASCAN = re.compile(r"ts:skip=([A-Za-z0-9_.-]+)([^\n]*)")
SEMGREP = re.compile(r"nosemgrep:\s*([\w.,\s-]+)")

ALL = "*"
KINDS = {
    "trivy": re.compile(r"(?:avd-)?aws-"),
    "tfsec": re.compile(r"(?:avd-)?aws-"),
    "tflint": re.compile(r"aws_"),
    "kics": re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-"),
}
"""What the ids of a tool look like, for comments that ignore all of its checks."""


@dataclass(frozen=True, slots=True)
class Foreign:
    """A comment for another linter. ``words`` are ids of that tool, ``until`` is the last day on which it holds."""

    tool: str
    words: tuple[str, ...]
    comment: Span
    target: Target
    reason: str = ""
    until: date | None = None

    def names(self, info: RuleInfo) -> str:
        """The word that names a check equivalent to the rule; "" where none does."""
        known = {plain_id(equivalent) for equivalent in info.equivalents}
        for word in self.words:
            if plain_id(word) in known or (word == ALL and any(map(KINDS[self.tool].match, known))):
                return word
        return ""


@dataclass(frozen=True, slots=True)
class _Said:
    """What one directive says: its words, and how far it reaches (``block``, ``near`` or ``file``)."""

    tool: str
    words: tuple[str, ...]
    reach: str
    reason: str = ""
    until: date | None = None


def plain_id(word: str) -> str:
    """An id as it is compared: trivy has two spellings of its own."""
    return word.lower().removeprefix("avd-")


def speaks_to_others(data: bytes) -> bool:
    """Whether a text may hold such a comment."""
    return ANYTHING.search(data) is not None


def foreign_in(file: SourceFile) -> Iterator[Foreign]:
    """The comments of a file that speak to other linters."""
    if not speaks_to_others(file.source.data):
        return
    for comment in file.comments:
        if speaks_to_others(comment.text.encode()):
            said = [item for read in READERS for item in read(comment.text)]
            for item in said:
                yield _placed(file, comment, item)


def _placed(file: SourceFile, comment: Comment, said: _Said) -> Foreign:
    reason = said.reason or _prose(comment.text)
    return Foreign(said.tool, said.words, comment.span, _target(file, comment, said.reach), reason, said.until)


def _target(file: SourceFile, comment: Comment, reach: str) -> Target:
    """All of the block that a comment stands in or above, or what it stands at, as its own tool has it."""
    if reach == "file":
        return Target(Span(comment.span.path, 0, len(file.source.data)), whole_file=True)
    around = file.block_at(comment.span.start)
    if reach == "block" and around and not file.json:
        return Target(around.span, block=around)
    return target_of(file, comment, whole_file=False) or Target(comment.span)


def _checkov(text: str) -> Iterator[_Said]:
    for found in CHECKOV.finditer(text):
        yield _Said("checkov", _listed(found[1]), "block", (found[2] or "").removesuffix("*/").strip(' "'))


def _trivy(text: str) -> Iterator[_Said]:
    for found in TRIVY.finditer(text):
        options = dict(zip(*[iter(found[4].split(":")[1:])] * 2, strict=True))
        until = _date(options.pop("exp", ""))
        if not options and not found[3]:  # else it holds in one workspace, or for one value
            yield _Said(found[1], _listed(found[2]), "block", until=until)


def _tflint(text: str) -> Iterator[_Said]:
    for found in TFLINT.finditer(text):
        words = tuple(ALL if word == "all" else word for word in _listed(found[2]))
        yield _Said("tflint", words, "file" if found[1] else "near")


def _kics(text: str) -> Iterator[_Said]:
    for found in KICS.finditer(text):
        if found[1]:
            yield _Said("kics", _listed(found[2]), "file")
        else:
            yield _Said("kics", (ALL,), "file" if found[3] == "ignore" else "near")


def _terrascan(text: str) -> Iterator[_Said]:
    for found in TERRASCAN.finditer(text):
        yield _Said("terrascan", (found[1],), "block", found[2].removesuffix("*/").strip())


def _semgrep(text: str) -> Iterator[_Said]:
    for found in SEMGREP.finditer(text):
        yield _Said("semgrep", tuple(word.rpartition(".")[2] for word in _listed(found[1])), "near")


READERS: tuple[Callable[[str], Iterator[_Said]], ...] = (_checkov, _trivy, _tflint, _kics, _terrascan, _semgrep)


def _listed(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(",") if word.strip())


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _prose(text: str) -> str:
    """What a comment says to people."""
    for pattern in (CHECKOV, TRIVY, KICS, TFLINT, TERRASCAN, SEMGREP):
        text = pattern.sub(" ", text)
    words = re.sub(r"^/\*|\*/$", "", text).replace("#", " ").replace("//", " ").split()
    return " ".join(words).strip(" -–—:;,*")

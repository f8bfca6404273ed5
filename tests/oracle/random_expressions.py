"""Compare dynalint with the real ``terraform console`` on random expressions.

``python -m tests.oracle.random_expressions --count 20000 --seed 1`` prints how many agree and the smallest expressions
that do not; ``--keep FILE`` adds those, with terraform's answers, to a file of stored ones. Terraform needs no provider
for this.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from dynalint.evaluation.console import Console
from dynalint.evaluation.errors import EvaluationError
from dynalint.evaluation.inputs import Inputs
from dynalint.evaluation.notation import UNKNOWN, type_text, value_text
from dynalint.project import Project
from tests.oracle.console import Answer, TerraformConsole
from tests.oracle.grammar import Expression, Grammar

FIXTURE = Path(__file__).parent.parent / "fixtures" / "conformance-random" / "fixture"
NEWER = re.compile(r"&&|\|\||element\(")
"""Forms that releases after 1.11 evaluate where that one fails: operators that stop early, negative positions."""

NEWER_RELEASES = "agree with newer releases"
AGREE, CAREFUL = "agree", "agree, but dynalint knows less"
SOUND = (AGREE, CAREFUL, NEWER_RELEASES)


@dataclass(frozen=True, slots=True)
class Comparison:
    """One expression and both answers."""

    text: str
    terraform: Answer
    dynalint: Answer

    @property
    def verdict(self) -> str:
        """How the answers differ, if they do."""
        if self.terraform.error and not self.dynalint.error and NEWER.search(self.text):
            return NEWER_RELEASES
        if bool(self.terraform.error) != bool(self.dynalint.error):
            return "only terraform refuses" if self.terraform.error else "only dynalint refuses"
        if self.terraform.error or self.terraform == self.dynalint:
            return AGREE
        if not _covers(self.dynalint.value, UNKNOWN, self.terraform.value):
            return "unsound" if UNKNOWN in self.terraform.value else "wrong value"
        if self.dynalint.value == self.terraform.value:
            known = _covers(self.terraform.type, "dynamic", self.dynalint.type)
            return (
                AGREE
                if known
                else CAREFUL
                if _covers(self.dynalint.type, "dynamic", self.terraform.type)
                else "wrong type"
            )
        return CAREFUL


def _covers(text: str, gap: str, other: str) -> bool:
    """Whether ``other`` is ``text`` with something in place of the gaps."""
    return re.fullmatch(re.escape(text).replace(re.escape(gap), "(?s:.+?)"), other) is not None


def answer(console: Console, text: str) -> Answer:
    """dynalint's answer, in the notation of the real console."""
    try:
        value = console.evaluate(text)
    except EvaluationError as error:
        return Answer(error=error.message)
    return Answer(value_text(value, indent=2), type_text(value.type, indent=4))


def compared(texts: Sequence[str], console: Console, tool: TerraformConsole) -> Iterator[Comparison]:
    """The texts with the answers of both."""
    for text, theirs in zip(texts, tool.answers(texts), strict=True):
        ours = answer(console, text)
        # A plan refuses what fails for other values of the variables, too; a console only what fails for these.
        doubtful = theirs.error and not ours.error
        yield Comparison(text, tool.answer(text) if doubtful else theirs, ours)


def smallest(expression: Expression, console: Console, tool: TerraformConsole) -> Comparison:
    """The smallest part of an expression on which the two differ."""
    texts = sorted({part.text for part in expression.parts()}, key=len)
    differing = (item for item in compared(texts, console, tool) if item.verdict not in SOUND)
    return next(differing, None) or next(compared([expression.text], console, tool))


@contextmanager
def at_work(place: Path) -> Iterator[tuple[Console, TerraformConsole]]:
    """Both consoles in a copy of the fixture."""
    directory = Path(shutil.copytree(FIXTURE, place / "fixture"))
    subprocess.run(["terraform", "init", "-input=false"], cwd=directory, check=True, capture_output=True)
    console = Console(str(directory), Project(str(directory)), Inputs())
    yield console, TerraformConsole(directory, dict(os.environ))


def run(options: argparse.Namespace, console: Console, tool: TerraformConsole) -> list[Comparison]:
    """Compare as many as asked for, and print how many agree; the smallest differing ones, each once."""
    grammar = Grammar(options.seed)
    counts: Counter[str] = Counter()
    found: dict[str, Comparison] = {}
    for chunk in chunks(grammar, options.count, options.depth):
        for expression, item in zip(chunk, compared([each.text for each in chunk], console, tool), strict=True):
            counts[item.verdict] += 1
            if item.verdict == CAREFUL and options.careful:
                found[item.text] = item
            elif item.verdict not in SOUND:
                least = smallest(expression, console, tool)
                found[least.text] = least
        print(f"{counts.total()}: {dict(counts)}", file=sys.stderr)  # noqa: T201 - its output
    return list(found.values())


def chunks(grammar: Grammar, count: int, depth: int, size: int = 1000) -> Iterator[list[Expression]]:
    """Different expressions, ``count`` in all."""
    seen: set[str] = set()

    def fresh() -> Iterator[Expression]:
        while True:
            expression = grammar.expression(grammar.random.randint(1, depth))
            if expression.text not in seen:
                seen.add(expression.text)
                yield expression

    source = fresh()
    for start in range(0, count, size):
        yield list(islice(source, min(size, count - start)))


def stored(item: Comparison) -> dict[str, str | bool]:
    """An expression with terraform's answer, as it is stored."""
    if item.terraform.error:
        return {"expr": item.text, "error": True}
    return {"expr": item.text, "value": item.terraform.value, "type": item.terraform.type}


def restored(line: Mapping[str, Any], console: Console) -> Comparison:
    """What dynalint answers now to an expression that is stored, beside what terraform answered."""
    expected = Answer(line.get("value", ""), line.get("type", ""), "refused" if line.get("error") else "")
    return Comparison(line["expr"], expected, answer(console, line["expr"]))


def main(arguments: list[str] | None = None) -> int:
    """Compare, print, keep; 1 if anything differs."""
    parser = argparse.ArgumentParser(description="Compare dynalint with terraform on random expressions.")
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--depth", type=int, default=3)
    parser.add_argument("--careful", action="store_true", help="show where dynalint knows less, too")
    parser.add_argument("--keep", type=Path, metavar="FILE", help="store the differing ones")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="dynalint-oracle-") as place, at_work(Path(place)) as (console, tool):
        differing = run(options, console, tool)
    for item in differing:
        print(json.dumps(stored(item) | {"dynalint": item.dynalint.value or item.dynalint.error}, ensure_ascii=False))  # noqa: T201 - its output
    if options.keep:
        with options.keep.open("a", encoding="utf-8") as stream:
            stream.writelines(json.dumps(stored(item), ensure_ascii=False) + "\n" for item in differing)
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())

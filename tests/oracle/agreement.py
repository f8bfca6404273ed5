"""How far dynalint agrees with the stored answers of the real terraform, and the page that says so.

``python -m tests.oracle.agreement`` measures anew and writes ``docs/conformance.md``.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from dynalint.evaluation.console import Console
from dynalint.evaluation.errors import EvaluationError
from dynalint.evaluation.inputs import Inputs
from dynalint.evaluation.inspection import inspect_root, to_plain
from dynalint.project import Project
from tests.oracle import random_expressions, terraform
from tests.oracle.score import Difference, agrees, compare_root, compare_value

CHECKOUT = Path(__file__).resolve().parents[2]
FIXTURES = CHECKOUT / "tests" / "fixtures"
CONFORMANCE = FIXTURES / "conformance"
PAGE = CHECKOUT / "docs" / "conformance.md"
ROOTS = sorted(
    [
        *CONFORMANCE.glob("[0-9]*"),
        *(FIXTURES / "evaluation").iterdir(),
        *(FIXTURES / "golden" / "variants").iterdir(),
    ]
)
RECORDED_WITH = "1.11.4"
NEWER = json.loads((CONFORMANCE / "version_sensitive.json").read_text(encoding="utf-8"))
"""Where dynalint follows releases after the recorded one."""

HEAD = """\
# Agreement with Terraform

Every answer below was given by Terraform {version} and is stored in the repository; the test suite asks dynalint the
same on every machine. A case agrees when dynalint claims nothing that Terraform's answer contradicts, and gives an
error exactly where Terraform does. It agrees fully when dynalint also knows everything that Terraform knows; the rest
is reported as unknown with a reason, never guessed.

`python -m tests.oracle.agreement` measures this anew and writes the page. What dynalint does on purpose as later
releases of Terraform do is left out of the counts: {newer_roots} root modules and {newer_expressions} expressions.
"""


@dataclass(frozen=True, slots=True)
class Score:
    """One question to both sides."""

    category: str
    agrees: bool
    fully: bool

    @classmethod
    def of(cls, category: str, differences: Sequence[Difference]) -> Score:
        return cls(category, agrees(differences), not differences)


def root_differences(case: Path, place: Path) -> list[Difference]:
    """What differs for one root module, copied to ``place``."""
    settings = terraform.case_settings(case)
    directory = terraform.copied(case, settings, place / "case")
    actual = inspect_root(str(directory), Project(str(place)), inputs_of(settings, directory), show_sensitive=True)
    return list(compare_root(json.loads((case / "expected.json").read_text(encoding="utf-8")), actual))


def inputs_of(settings: Mapping[str, Any], directory: Path) -> Inputs:
    """Command line and environment of a case."""
    arguments = tuple(_options(settings.get("args", ()), directory))
    return Inputs(arguments=arguments, environment=settings.get("env"), everything=True)


def _options(arguments: Sequence[str], directory: Path) -> Iterator[tuple[str, str]]:
    waiting = iter(arguments)
    for argument in waiting:
        name, _, value = argument.lstrip("-").partition("=")
        value = value or next(waiting)
        yield name, str(directory / value) if name == "var-file" else value


def recorded_expressions() -> list[Mapping[str, Any]]:
    """The stored expressions of one module with variables, locals and resources."""
    return [line for line in _lines(CONFORMANCE / "exprs" / "exprs.jsonl") if line["expr"] not in NEWER["exprs"]]


def answer(console: Console, expression: str) -> dict[str, Any]:
    """``value`` or ``error``, in the shape that is stored."""
    try:
        return {"value": to_plain(console.evaluate(expression), show_sensitive=True)}
    except EvaluationError as error:
        return {"error": error.message}


def expression_score(category: str, expected: Mapping[str, Any], console: Console) -> Score:
    """How one stored expression compares."""
    actual = answer(console, expected["expr"])
    if ("error" in actual) != ("error" in expected):
        return Score(category, agrees=False, fully=False)
    return Score.of(category, list(compare_value(expected.get("value"), actual.get("value"))))


def main() -> int:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8")
    return 0


def page() -> str:
    """The page, measured now."""
    head = HEAD.format(version=RECORDED_WITH, newer_roots=len(NEWER["cases"]), newer_expressions=len(NEWER["exprs"]))
    return head + "".join(f"\n## {title}\n\n{_table(list(scores()))}" for title, scores in SECTIONS.items())


def _roots() -> Iterator[Score]:
    for case in ROOTS:
        if case.name[4:] in NEWER["cases"]:
            continue
        with TemporaryDirectory() as place:
            yield Score.of(_category(case), root_differences(case, Path(place)))


def _category(case: Path) -> str:
    match case.parent.name:
        case "variants":
            return "variants of the reference module"
        case "evaluation":
            return "found while dynalint was built"
    return str(terraform.case_settings(case)["topic"])


def _expressions() -> Iterator[Score]:
    console = _console(CONFORMANCE / "exprs" / "fixture")
    for line in recorded_expressions():
        yield expression_score(line["category"], line, console)


def _functions() -> Iterator[Score]:
    with TemporaryDirectory() as place:
        console = _console(Path(place))
        for path in sorted((FIXTURES / "functions").glob("*.jsonl")):
            for line in _lines(path):
                yield expression_score(path.stem.replace("-", " "), line, console)


def _random() -> Iterator[Score]:
    console = _console(random_expressions.FIXTURE)
    for path in sorted(random_expressions.FIXTURE.parent.glob("*.jsonl")):
        for line in _lines(path):
            verdict = random_expressions.restored(line, console).verdict
            yield Score(path.stem, verdict in random_expressions.SOUND, verdict != random_expressions.CAREFUL)


SECTIONS: Mapping[str, Callable[[], Iterable[Score]]] = {
    "Root modules": _roots,
    "Expressions": _expressions,
    "Functions": _functions,
    "Random expressions": _random,
}


def _console(directory: Path) -> Console:
    return Console(str(directory), Project(str(directory)), Inputs())


def _lines(path: Path) -> list[Mapping[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _table(scores: Sequence[Score]) -> str:
    asked = Counter(score.category for score in scores)
    agreed = Counter(score.category for score in scores if score.agrees)
    fully = Counter(score.category for score in scores if score.fully)
    rows = [(name, asked[name], agreed[name], fully[name]) for name in sorted(asked)]
    total = ("**all**", asked.total(), agreed.total(), fully.total())
    lines = ["| category | cases | agree | fully |", "|---|--:|--:|--:|"]
    return "\n".join([*lines, *("| {} | {} | {} | {} |".format(*row) for row in [*rows, total])]) + "\n"


if __name__ == "__main__":
    sys.exit(main())

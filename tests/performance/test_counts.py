"""What a run does, counted: no clock tells whether a change has made dynalint read, parse or evaluate more than it did.

Where a count rises for a reason, ``pytest --update-snapshots tests/performance`` stores it.
"""

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bench.generate import SHAPES, Generator
from dynalint.evaluation.budget import Budget
from dynalint.rule import Rule
from dynalint.syntax import files
from tests.command_line import Cli

FIXTURES = Path(__file__).parent.parent / "fixtures"
STORED = FIXTURES / "performance" / "counts.json"

SMALL = SHAPES["small"]
GENERATED = {
    "small": SMALL,
    "twice": replace(SMALL, services=2 * SMALL.services, looped=2 * SMALL.looped, share=1.0),
    "modules": replace(SHAPES["many-modules"], stacks=6),
    "mostly of other things": replace(SHAPES["middle"], stacks=2, share=0.0),
    "a long policy": replace(SHAPES["one-policy"], services=1, statements=60),
}
KEPT = {
    "the golden module": FIXTURES / "golden" / "terraform-aws-dynamodb-table",
    "live and modules": FIXTURES / "evaluation" / "estate-live-and-modules",
}

Counts = dict[str, int]


def counted(function: Callable[..., Any], word: str, counts: Counter[str]) -> Callable[..., Any]:
    def wrapper(*arguments: Any, **named: Any) -> Any:
        counts[word] += 1
        return function(*arguments, **named)

    return wrapper


@pytest.fixture
def counts(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """Counts of what happens from now on; visits are those of the rule that has most, or every new rule would add."""
    found: Counter[str] = Counter()
    visits: Counter[str] = Counter()
    ask = Rule.ask

    def visited(rule: Rule[Any], subject: Any) -> Any:
        visits[rule.info.code] += 1
        found["visits"] = max(visits.values())
        return ask(rule, subject)

    monkeypatch.setattr(Rule, "ask", visited)
    monkeypatch.setattr(files, "load_text", counted(files.load_text, "files", found))
    monkeypatch.setattr(files, "parse_block", counted(files.parse_block, "parsed", found))
    monkeypatch.setattr(Budget, "spend", counted(Budget.spend, "steps", found))
    return found


def repository(name: str, directory: Path) -> str:
    if name in KEPT:
        return str(KEPT[name])
    Generator(GENERATED[name], seed=1).write(directory)
    return str(directory)


@pytest.mark.parametrize("name", [*KEPT, *GENERATED])
def test_a_run_does_no_more_than_it_did(
    name: str, cli: Cli, counts: Counter[str], tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    done = cli("check", repository(name, tmp_path / "tree"), "--no-cache")
    assert done.returncode in (0, 1), done.stderr
    stored: dict[str, Counts] = json.loads(STORED.read_text()) if STORED.exists() else {}
    if request.config.getoption("--update-snapshots"):
        STORED.parent.mkdir(exist_ok=True)
        STORED.write_text(json.dumps({**stored, name: dict(sorted(counts.items()))}, indent=2, sort_keys=True) + "\n")
        return
    grown = {word: (count, stored[name].get(word, 0)) for word, count in counts.items() if count > stored[name][word]}
    assert not grown, f"more than is stored: {grown}"


def test_blocks_about_other_things_are_not_parsed(cli: Cli, counts: Counter[str], tmp_path: Path) -> None:
    place = repository("mostly of other things", tmp_path / "tree")
    cli("check", place, "--no-cache")
    blocks = sum(path.read_text().count("\nresource ") for path in Path(place).rglob("service_*.tf"))
    assert blocks > 300
    assert counts["parsed"] < blocks / 3


def test_work_grows_with_what_there_is_to_do(cli: Cli, counts: Counter[str], tmp_path: Path) -> None:
    """Ten times the statements, ten times the work: no part of it looks at every pair."""
    seen = []
    for statements in (20, 200):
        counts.clear()
        Generator(replace(GENERATED["a long policy"], statements=statements), seed=1).write(tmp_path / str(statements))
        cli("check", str(tmp_path / str(statements)), "--no-cache")
        seen.append(counts["steps"])
    assert seen[1] < 11 * seen[0]

"""What the README says is so."""

import html
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parent.parent.parent
DOCUMENTS = [CHECKOUT / "README.md", CHECKOUT / "examples" / "README.md", *sorted((CHECKOUT / "docs").glob("*.md"))]
README = (CHECKOUT / "README.md").read_text(encoding="utf-8")
FIXTURES = CHECKOUT / "tests" / "fixtures"


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments], cwd=CHECKOUT, capture_output=True, text=True, encoding="utf-8", check=False
    )


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(CHECKOUT)))
def test_links_lead_somewhere(document: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)", document.read_text(encoding="utf-8"))
    local = [link for link in links if not link.startswith("http")]
    assert [link for link in local if not (document.parent / link).exists()] == []


def test_files_that_are_named_exist() -> None:
    named = re.findall(r"`([\w./-]+(?:\.py|/))`", README)
    places = (CHECKOUT, CHECKOUT / "dynalint")
    assert len(named) > 10
    assert [name for name in named if not any((place / name).exists() for place in places)] == []


def test_commands_do_what_they_are_said_to() -> None:
    commands = re.findall(r"^\$ dynalint (.+)$", README, re.MULTILINE)
    assert "check examples/flawed" in commands
    assert run("-m", "dynalint", "check", "examples/flawed").returncode == 1


def test_options_exist() -> None:
    options = set(re.findall(r"`(?:dynalint check [^`]*)?(--[a-z-]+)", README)) - {"--help", "--version"}
    shown = run("-m", "dynalint", "check", "--help").stdout
    assert len(options) > 5
    assert [option for option in sorted(options) if option not in shown] == []


def test_make_targets_exist() -> None:
    targets = set(re.findall(r"`make ([a-z-]+)`", README))
    makefile = (CHECKOUT / "Makefile").read_text(encoding="utf-8")
    assert targets
    assert [target for target in targets if f"\n{target}:" not in makefile] == []


def test_rules_are_those_there_are() -> None:
    done = run("-c", "import sys; sys.path.insert(0, 'scripts'); import readme_rules; print(readme_rules.table())")
    assert done.stdout.strip() in README, "run python scripts/readme_rules.py"


def test_figures_are_counted() -> None:
    cases = [path for suite in ("conformance", "evaluation") for path in (FIXTURES / suite).glob("*/expected.json")]
    lines = (FIXTURES / "conformance" / "exprs" / "exprs.jsonl").read_text(encoding="utf-8").splitlines()
    assert re.findall(r"planned for (\d+) root modules, and its results for (\d+) single", README) == [
        (str(len(cases)), str(len(lines)))
    ]


def test_the_picture_shows_what_is_printed_today() -> None:
    picture = (CHECKOUT / "docs" / "images" / "check.svg").read_text(encoding="utf-8")
    shown = re.sub(r"\s", "", html.unescape(re.sub(r"<[^>]+>", "", picture.partition("</style>")[2])))
    command = re.search(r"dynalint(check.*?\d)(?=error)", shown)
    assert command, "run python scripts/screenshot.py"
    printed = run("-m", "dynalint", "check", "examples/flawed", "--select", "DYN101,DYN202,DYN401", "--format", "json")
    messages = [item["message"] for item in json.loads(printed.stdout)["findings"]]
    assert [text for text in messages if re.sub(r"\s", "", text) not in shown] == [], "run python scripts/screenshot.py"


def test_times_are_those_that_were_measured() -> None:
    results = (CHECKOUT / "bench" / "RESULTS.md").read_text(encoding="utf-8")
    middle = results[results.index("## middle") :].partition("\n## ")[0]
    measured = dict(re.findall(r"^\| ([\w, ]+) \| ([\d.]+) \|", middle, re.MULTILINE))
    said = re.search(
        r"(\d+) files take ([\d.]+) s the first time, ([\d.]+) s after an edit and ([\d.]+) s unchanged", README
    )
    peer = re.search(r"checkov takes ([\d.]+) s", README)
    assert said
    assert peer
    assert f"{said[1]} files" in middle
    names = ("dynalint, cold", "dynalint, edited", "dynalint, warm", "checkov")
    assert [measured[name] for name in names] == [said[2], said[3], said[4], peer[1]]

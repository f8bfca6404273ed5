"""What the documentation says is so: its links lead somewhere, its code works, its generated pages are current."""

import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

import dynalint.testing
from dynalint.packs import directory_rules, load_rules
from dynalint.settings.keys import SETTINGS_KEYS
from dynalint.syntax.files import load_text
from dynalint.syntax.source import Source

CHECKOUT = Path(__file__).resolve().parent.parent.parent
DOCS = CHECKOUT / "docs"
PAGES = sorted(DOCS.rglob("*.md"))
WRITTEN = [page for page in PAGES if page.parent.name not in {"rules", "reference"}]
BLOCK = re.compile(r"^(`{3,})(\w+)\n(.*?)^\1$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)\s]+)\)")
RULE_GUIDE = DOCS / "guides" / "writing-a-rule.md"


class Code(NamedTuple):
    page: str
    number: int
    language: str
    text: str


def blocks(pages: list[Path]) -> Iterator[Code]:
    for page in pages:
        for number, found in enumerate(BLOCK.finditer(page.read_text("utf-8")), 1):
            yield Code(str(page.relative_to(DOCS)), number, found[2], found[3])


def code(*languages: str) -> list[object]:
    chosen = (block for block in blocks(WRITTEN) if block.language in languages)
    return [pytest.param(block, id=f"{block.page}-{block.number}") for block in chosen]


def prose(page: Path) -> str:
    return BLOCK.sub("", page.read_text("utf-8"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(DOCS)))
def test_links_lead_to_files_and_headings(page: Path) -> None:
    for link in LINK.findall(prose(page)):
        path, _, fragment = link.partition("#")
        if path.startswith("https://"):
            continue
        target = (page.parent / path).resolve() if path else page
        assert target.is_file(), f"{link} leads nowhere"
        if fragment:
            headings = re.findall(r"^#+ (.*)$", target.read_text("utf-8"), re.MULTILINE)
            assert fragment in {re.sub(r"[^a-z0-9]+", "-", heading.lower()).strip("-") for heading in headings}


def test_every_page_is_in_the_navigation_or_in_the_list_of_rules() -> None:
    navigation = (CHECKOUT / "zensical.toml").read_text("utf-8")
    named = set(re.findall(r'"([\w./-]+\.md)"', navigation))
    listed = {f"rules/{name}" for name in LINK.findall((DOCS / "rules" / "index.md").read_text("utf-8"))}
    assert {str(page.relative_to(DOCS)) for page in PAGES} == named | listed


@pytest.mark.parametrize(("script", "folder"), [("rule_pages", "rules"), ("reference_pages", "reference")])
def test_generated_pages_are_current(script: str, folder: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(CHECKOUT / "scripts"))
    stored = {page.name: page.read_text("utf-8") for page in (DOCS / folder).glob("*.md")}
    assert stored == import_module(script).pages(), f"run python scripts/{script}.py"


def test_all_that_is_public_is_in_the_rule_api() -> None:
    text = (DOCS / "reference" / "rule-api.md").read_text("utf-8")
    described = set(re.findall(r"^(?:### |- \*\*`)(\w+)", text, re.MULTILINE))
    assert set(dynalint.__all__) - described == set()


def test_all_that_rules_visit_is_listed_as_such_and_every_question_to_it_has_a_text() -> None:
    text = (DOCS / "reference" / "rule-api.md").read_text("utf-8")
    section = text.partition("\n## What rules visit\n")[2].partition("\n## ")[0]
    assert {rule.visits.__name__ for rule in load_rules()} <= set(re.findall(r"^### (\w+)$", section, re.MULTILINE))
    assert re.findall(r"^- \*\*`\w+\(.*\)`\*\* →[^:]*$", section, re.MULTILINE) == []


@pytest.mark.parametrize("block", code("console"))
def test_commands_and_options_exist(block: Code) -> None:
    reference = (DOCS / "reference" / "command-line.md").read_text("utf-8")
    for line in re.findall(r"^\$ dynalint (.*)$", block.text, re.MULTILINE):
        words = shlex.split(line.partition(" | ")[0])
        name = " ".join(words[:2]) if words[0] == "baseline" else words[0]
        _, found, rest = reference.partition(f"## dynalint {name}\n")
        assert found, f"there is no command {name}"
        section = rest.partition("\n## ")[0]
        assert [word for word in words if word.startswith("-") and word != "-" and f"`{word}`" not in section] == []


@pytest.mark.parametrize("block", code("hcl"))
def test_terraform_can_be_read(block: Code) -> None:
    text = block.text if block.text.count("{") == block.text.count("}") else f"{block.text}}}\n"
    assert load_text(Source("example.tf", text.encode())).faults == ()


@pytest.mark.parametrize("block", code("toml"))
def test_settings_have_keys_that_exist(block: Code) -> None:
    keys = set(tomllib.loads(block.text))
    assert keys <= set(SETTINGS_KEYS) | {"build-system", "project", "tool"}


@pytest.mark.parametrize("block", code("yaml"))
def test_yaml_is_yaml(block: Code) -> None:
    assert isinstance(yaml.safe_load(block.text), dict)


@pytest.mark.parametrize("block", code("python"))
def test_python_compiles(block: Code) -> None:
    compile(block.text, block.page, "exec")


def test_the_pack_of_the_guide_is_the_example_pack() -> None:
    """tests/test_packs.py installs that one, and runs its tests."""
    python, toml = (
        [block.text for block in blocks([RULE_GUIDE]) if block.language == kind] for kind in ("python", "toml")
    )
    folder = CHECKOUT / "tests" / "fixtures" / "example-pack"
    written = [path for path in folder.rglob("*") if path.suffix in {".py", ".toml", ".typed"}]
    assert {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in written} == {
        "acme_rules/__init__.py": python[1],
        "acme_rules/py.typed": "",
        "acme_rules/stream_without_consumer.py": python[0],
        "pyproject.toml": toml[0],
        "tests/test_rules.py": python[2],
    }


def test_the_other_rules_of_the_guide_load(tmp_path: Path) -> None:
    python = [block.text for block in blocks([RULE_GUIDE]) if block.language == "python"]
    for number, text in enumerate(python[3:]):
        (tmp_path / f"rule{number}.py").write_text(text, "utf-8")
    command = [sys.executable, "-m", "dynalint", "rules", "--rules", str(tmp_path)]
    shown = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    assert "table-name-unprefixed" in shown
    assert "deletion-protection-unset" in shown


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ('"acme-orders"', []),
        ('"shop-orders"', ["3 ~ACME2"]),
        ('"acme-${var.v}"', []),
        ('"shop-${var.v}"', ["3 ~ACME2"]),
        ("var.v", ["3 ?ACME2"]),
    ],
)
def test_the_rule_with_options_heeds_a_known_beginning(tmp_path: Path, name: str, expected: list[str]) -> None:
    text = next(block.text for block in blocks([RULE_GUIDE]) if "options=Prefix" in block.text)
    (tmp_path / "rule.py").write_text(text, "utf-8")
    ((rule, _),) = directory_rules(str(tmp_path))
    table = f'variable "v" {{}}\nresource "aws_dynamodb_table" "t" {{\n  name = {name}\n}}\n'
    assert dynalint.testing.found(table, rule) == expected

"""Fixed files look as ``terraform fmt`` would have them, if they did before; a fixed module is as valid as before."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from dynalint.discovery import discover
from dynalint.engine import Request, check
from dynalint.evaluation.inputs import Inputs
from dynalint.findings import Edit, Report
from dynalint.fixes import edited, fix_all
from dynalint.packs import infos_of, load_rules
from dynalint.settings import everywhere
from dynalint.syntax.source import Source, Span
from tests.command_line import TABLE, Cli
from tests.oracle import terraform
from tests.rules.test_examples import NAMES, examples

FIXTURES = Path(__file__).parent / "fixtures"
FOLDERS = ("conformance", "evaluation", "good-practice", "golden", "provider-cases")
ALIGNED = """\
resource "t" "t" {
  name           = "orders" # what it is called
  write_capacity = 5        # a second
  hash_key       = "id"

  tags = local.tags
}
"""


def without(text: str, part: str) -> str:
    """The text after an edit that takes a part away."""
    return replaced(text, part, "")


def replaced(text: str, part: str, new: str) -> str:
    start = text.encode().index(part.encode())
    edit = Edit(Span("main.tf", start, start + len(part.encode())), new)
    return edited(Source("main.tf", text.encode()), [edit]).decode()


# --- what is aligned stays aligned --------------------------------------------------------------------------------


def test_what_is_left_of_a_group_moves_together() -> None:
    assert without(ALIGNED, "  write_capacity = 5        # a second\n") == (
        'resource "t" "t" {\n  name     = "orders" # what it is called\n  hash_key = "id"\n\n  tags = local.tags\n}\n'
    )


def test_a_longer_name_moves_its_group_and_no_other() -> None:
    after = replaced(ALIGNED, '  hash_key       = "id"\n', '  hash_key       = "id"\n  deletion_protection = true\n')
    assert (
        '  name                = "orders" # what it is called\n  write_capacity      = 5        # a second\n' in after
    )
    assert "\n  tags = local.tags\n" in after


def test_a_shorter_value_moves_the_comments() -> None:
    assert '  name           = "o" # what it is called\n  write_capacity = 5   # a second\n' in replaced(
        ALIGNED, '"orders"', '"o"'
    )


def test_a_comment_between_arguments_parts_them() -> None:
    after = replaced(ALIGNED, "  hash_key ", "  # dynalint: ignore[x]\n  hash_key ")
    assert '\n  # dynalint: ignore[x]\n  hash_key = "id"\n' in after


def test_a_group_that_somebody_aligned_otherwise_stays_so() -> None:
    ragged = ALIGNED.replace("name           =", "name =")
    assert without(ragged, "  write_capacity = 5        # a second\n") == ragged.replace(
        "  write_capacity = 5        # a second\n", ""
    )


def test_lines_that_begin_long_values_are_no_part_of_a_group() -> None:
    text = "locals {\n  a = {\n    x = 1\n  }\n  long_one = 1\n  b        = <<-E\n    c   = d\n  E\n}\n"
    assert without(text, "  long_one = 1\n") == text.replace("  long_one = 1\n", "").replace("b        =", "b =")


def test_crlf_and_a_byte_order_mark_stay() -> None:
    before = "\ufeff" + ALIGNED.replace("\n", "\r\n")
    after = without(before, "  write_capacity = 5        # a second\r\n")
    assert after.startswith('\ufeffresource "t" "t" {\r\n  name     = "orders" # what')
    assert after.count("\n") == after.count("\r\n")


# --- deleted lines leave no hole ----------------------------------------------------------------------------------

ALONE = TABLE.replace("  hash_key     =", "\n  hash_key =")
UNUSED = '  attribute {\n    name = "status"\n    type = "S"\n  }\n'


@pytest.mark.parametrize(
    ("spoiled", "fixed"),
    [
        (TABLE.replace("  point_in_time", f"{UNUSED}\n  point_in_time"), TABLE),
        (TABLE.replace("  }\n}\n", f"  }}\n\n{UNUSED}}}\n"), TABLE),
        (TABLE.replace('orders" {\n', f'orders" {{\n{UNUSED}\n'), TABLE),
        (ALONE.replace("  hash_key", "  read_capacity  = 5\n  write_capacity = 5\n\n  hash_key"), ALONE),
        (TABLE.replace('"PAY_PER_REQUEST"\n', '"PAY_PER_REQUEST"\n  read_capacity = 5\n'), TABLE),
    ],
    ids=["between", "at the end", "at the beginning", "two lines", "in a group"],
)
def test_a_deleted_block_takes_its_blank_line_along(cli: Cli, spoiled: str, fixed: str) -> None:
    cli.write({"main.tf": spoiled})
    assert cli("check", "--fix").returncode == 0
    assert (cli.home / "main.tf").read_text("utf-8") == fixed


def test_a_comment_behind_a_deleted_argument_stays_and_begins_its_line(cli: Cli) -> None:
    before, after = (
        TABLE.replace("  attribute {", f"{line}\n\n  attribute {{", 1)
        for line in ("  read_capacity = 5 # not that many", "  # not that many")
    )
    cli.write({"main.tf": before.replace('"id"\n', '"id"\n\n', 1)})
    cli("check", "--fix")
    assert (cli.home / "main.tf").read_text("utf-8") == after.replace('"id"\n', '"id"\n\n', 1)


# --- every module that the tests know -----------------------------------------------------------------------------


def modules() -> Iterator[tuple[str, dict[str, bytes]]]:
    """The modules of fixtures, and the examples of rules, by name: the texts of their files."""
    for place in (place for folder in FOLDERS for place in sorted((FIXTURES / folder).glob("*/"))):
        files = [path for path in place.rglob("*.tf*") if path.is_file()]
        if files:
            texts = {str(path.relative_to(place)): path.read_bytes() for path in files}
            yield f"{place.parent.name}-{place.name}", texts
    for name in NAMES:
        for number, text in enumerate(examples(name, "Non-compliant"), 1):
            yield f"{name}-{number}", {"main.tf": text.encode()}


def checked(place: str, request: Request, texts: Mapping[str, bytes]) -> Report:
    return check(discover([place], overlay=texts), request)


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, list[str]]:
    """All modules as they are, all fixed, and what a second run would still fix."""
    before, after = tmp_path_factory.mktemp("before"), tmp_path_factory.mktemp("after")
    rules, again = load_rules(), []
    chosen = frozenset(info.code for info in infos_of(rules))
    request = Request(everywhere(rules, chosen), Inputs(), date(2026, 1, 1))
    for name, files in modules():
        for path, data in files.items():
            (after / name / path).parent.mkdir(parents=True, exist_ok=True)
            (after / name / path).write_bytes(data)
        shutil.copytree(after / name, before / name)
        run = partial(checked, str(after / name), request)
        fixed = fix_all(run({}), run, unsafe=True)
        for path, data in fixed.texts.items():
            Path(path).write_bytes(data)
        again += [f"{name}: {item.rule.code}" for item in fix_all(run({}), run, unsafe=True).gone]
        if not fixed.texts:
            shutil.rmtree(before / name)
            shutil.rmtree(after / name)
    return before, after, again


def test_a_second_run_has_nothing_to_fix(both: tuple[Path, Path, list[str]]) -> None:
    assert both[2] == []


def unformatted(directory: Path) -> set[str]:
    command = ["terraform", "fmt", "-check", "-recursive", "."]
    done = subprocess.run(command, cwd=directory, capture_output=True, text=True, check=False)
    return set(done.stdout.splitlines())


@pytest.mark.terraform
def test_what_was_formatted_still_is(both: tuple[Path, Path, list[str]]) -> None:
    before, after, _ = both
    assert len(list(after.iterdir())) > 100
    assert unformatted(after) - unformatted(before) == set()


def faults(directory: Path) -> set[tuple[str, str]]:
    """What ``terraform validate`` says of examples, each called as a module by one root: the module, and what it says.

    Those that ask for other releases of the provider are left out.
    """
    places = (place for place in sorted(directory.iterdir()) if place.name.rpartition("-")[0] in NAMES)
    names = [place.name for place in places if "required_providers" not in (place / "main.tf").read_text("utf-8")]
    calls = "".join(f'module "{name}" {{\n  source = "./{name}"\n}}\n' for name in names)
    (directory / "main.tf").write_text(calls + terraform.PIN, encoding="utf-8")
    environment = terraform._environment(directory)
    for command in (("init", "-input=false", "-backend=false"), ("validate", "-json")):
        done = terraform._run(directory, environment, *command)
    assert len(names) > 50
    said = [item for item in json.loads(done.stdout)["diagnostics"] if item["severity"] == "error"]
    return {(item["range"]["filename"].partition("/")[0], item["summary"]) for item in said}


@pytest.mark.terraform
def test_what_validated_still_does(both: tuple[Path, Path, list[str]]) -> None:
    before, after, _ = both
    assert faults(after) - faults(before) == set()

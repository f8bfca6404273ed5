"""What earlier runs found out: it is used as long as it holds, and never a moment longer."""

import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from dynalint import examination, pool, stamp
from dynalint.discovery import discover
from dynalint.engine import Request, check
from dynalint.evaluation.inputs import Inputs
from dynalint.examined import read, written
from dynalint.packs import infos_of, load_rules
from dynalint.settings import everywhere
from tests.command_line import TABLE, UNRECOVERABLE, Cli
from tests.test_engine import TODAY

FIXTURES = Path(__file__).parent / "fixtures"
MAIN = """\
variable "names" {
  type    = list(string)
  default = ["orders"]
}

resource "aws_dynamodb_table" "all" {
  for_each     = toset(concat(var.names, split(",", trimspace(file("names.txt"))), tolist(fileset("more", "*.txt"))))
  name         = each.key
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"

  attribute {
    name = "id"
    type = "S"
  }

  tags = fileexists("late.txt") ? { Late = "yes" } : {}
}

module "inner" {
  source = "./inner"
}

module "linked" {
  source = "./linked"
}

module "downloaded" {
  source  = "example.com/company/table/aws"
  version = "1.0.0"
}
"""
MANIFEST = {"Modules": [{"Key": "downloaded", "Source": "", "Dir": ".terraform/modules/downloaded"}]}
RULE = '''\
"""A table.

It is here.
"""

from collections.abc import Iterator

from dynalint import Severity, Table, Violation, rule


@rule("TEAM1", visits=Table, severity=Severity.NOTE)
def seen(table: Table) -> Iterator[Violation]:
    """See a table."""
    yield Violation("seen", at=table)
'''


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cli:
    home = tmp_path / "project"
    home.mkdir()
    cli = Cli(home, tmp_path / "cache", monkeypatch)
    cli.write(
        {
            ".git/HEAD": "ref: refs/heads/main\n",
            "main.tf": MAIN,
            "names.txt": "carts\n",
            "more/a.txt": "",
            "inner/main.tf": UNRECOVERABLE,
            "one/main.tf": UNRECOVERABLE,
            "two/main.tf": TABLE,
            ".terraform/modules/modules.json": json.dumps(MANIFEST),
            ".terraform/modules/downloaded/main.tf": UNRECOVERABLE,
            "dynalint.toml": '[environments.prod]\nvar-files = ["env/prod.tfvars"]\n',
            "env/prod.tfvars": 'names = ["prod"]\n',
            "rules/seen.py": RULE,
        }
    )
    (cli.home / "linked").symlink_to("one")
    return cli


@pytest.fixture
def examined(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the root modules that were examined, as it happens."""
    names: list[str] = []
    original = examination.Examiner.examine

    def examine(self: examination.Examiner, directory: str, *more: Any) -> Any:
        names.append(Path(directory).name)
        return original(self, directory, *more)

    monkeypatch.setattr(examination.Examiner, "examine", examine)
    return names


def report_of(cli: Cli, *arguments: str) -> str:
    done = cli("check", "-o", "json", "--jobs", "1", *arguments)
    assert done.returncode in (0, 1), done.stderr
    return done.stdout


def test_nothing_is_examined_twice(project: Cli, examined: list[str]) -> None:
    first = report_of(project)
    assert sorted(examined) == ["one", "project", "two"]
    examined.clear()
    assert report_of(project) == first
    assert examined == []


def replaced(path: str, old: str, new: str) -> Callable[[Cli], None]:
    def change(cli: Cli) -> None:
        text = (cli.home / path).read_text()
        assert old in text
        (cli.home / path).write_text(text.replace(old, new))

    return change


def wrote(path: str, text: str) -> Callable[[Cli], None]:
    return lambda cli: cli.write({path: text})


def gone(path: str) -> Callable[[Cli], None]:
    return lambda cli: (cli.home / path).unlink()


def relinked(cli: Cli) -> None:
    (cli.home / "linked").unlink()
    (cli.home / "linked").symlink_to("two")


CHANGES = {
    "a file of the root": replaced("main.tf", 'type = "S"', 'type = "N"'),
    "a comment": replaced("main.tf", 'resource "aws', '# dynalint: ignore[DYN201] so it is\nresource "aws'),
    "a file more": wrote("extra.tf", UNRECOVERABLE.replace("orders", "extra")),
    "an override file": wrote(
        "override.tf", 'resource "aws_dynamodb_table" "all" {\n  point_in_time_recovery {\n    enabled = true\n  }\n}\n'
    ),
    "a file of a called module": replaced("inner/main.tf", "PAY_PER_REQUEST", "PROVISIONED"),
    "a file more in a called module": wrote("inner/extra.tf", UNRECOVERABLE.replace("orders", "extra")),
    "a module behind a link": replaced("one/main.tf", "PAY_PER_REQUEST", "PROVISIONED"),
    "a link": relinked,
    "a called module that is gone": lambda cli: shutil.rmtree(cli.home / "inner"),
    "a downloaded module": replaced(".terraform/modules/downloaded/main.tf", "PAY_PER_REQUEST", "PROVISIONED"),
    "the manifest": wrote(".terraform/modules/modules.json", '{"Modules": []}'),
    "the manifest's absence": gone(".terraform/modules/modules.json"),
    "a file that is read": replaced("names.txt", "carts", "carts,returns"),
    "a file that was read and is gone": gone("names.txt"),
    "a file that was not there": wrote("late.txt", ""),
    "a directory that is listed": wrote("more/b.txt", ""),
    "values": wrote("terraform.tfvars", 'names = ["a", "b"]\n'),
    "automatic values": wrote("x.auto.tfvars", 'names = ["a", "b"]\n'),
    "values of an environment": replaced("env/prod.tfvars", '"prod"', '"prod", "more"'),
    "settings": replaced("dynalint.toml", "[env", '[severity]\npoint-in-time-recovery-missing = "note"\n\n[env'),
    "rules left out": replaced("dynalint.toml", "[env", 'ignore = ["DYN201"]\n\n[env'),
    "options": replaced("dynalint.toml", "[env", '[rules.required-tags-missing]\nkeys = ["Team"]\n\n[env'),
    "a lock file": wrote(
        ".terraform.lock.hcl",
        'provider "registry.terraform.io/hashicorp/aws" {\n  version = "3.0.0"\n}\n',
    ),
}


@pytest.mark.parametrize("name", CHANGES)
def test_what_changes_is_looked_at(project: Cli, name: str, examined: list[str]) -> None:
    report_of(project)
    CHANGES[name](project)
    examined.clear()
    after = report_of(project)
    assert "project" in examined
    assert after == report_of(project, "--no-cache")
    assert after == report_of(project)


def test_only_what_changed_is_examined(project: Cli, examined: list[str]) -> None:
    report_of(project)
    examined.clear()
    replaced("two/main.tf", "PAY_PER_REQUEST", "PROVISIONED")(project)
    report_of(project)
    assert examined == ["two"]


def test_a_directory_of_terragrunt_casts_doubt_on_what_is_remembered(project: Cli) -> None:
    project.write({"main.tf": 'resource "aws_dynamodb_table" "t" {\n  name = var.name\n}\n'})
    before = report_of(project)
    project.write({"live/terragrunt.hcl": ""})
    assert report_of(project) == report_of(project, "--no-cache") != before


@pytest.mark.parametrize("edit", ["yield Violation", "a helper"])
def test_an_edited_rule_is_asked_anew(project: Cli, edit: str, examined: list[str]) -> None:
    assert '"seen"' in report_of(project, "--rules", "rules")
    if edit == "a helper":
        project.write({"rules/_helper.py": "WORD = 'seen'\n"})
    else:
        replaced("rules/seen.py", '"seen", at', '"noticed", at')(project)
    examined.clear()
    assert ("noticed" in report_of(project, "--rules", "rules")) == (edit != "a helper")
    assert examined


HELPERS = {
    "a module in a folder": ("rules/_words/deep.py", "_words.deep", "rules"),
    "a module of a package elsewhere": ("other/acme/words.py", "acme.words", "other"),
    "a module of a package without a file": ("other/acme/words.py", "acme.words", "other"),
    "a module elsewhere": ("other/words.py", "words", "other"),
}


@pytest.mark.parametrize("name", HELPERS)
@pytest.mark.parametrize("line", ["from {} import WORD", "import {0}; WORD = {0}.WORD"])
def test_what_a_rule_imports_is_looked_at(project: Cli, name: str, line: str) -> None:
    path, module, above = HELPERS[name]
    project.write({path: "WORD = 'this'\n"})
    if "without" not in name and "." in module:
        project.write({str(Path(path).with_name("__init__.py")): ""})
    replaced("rules/seen.py", "\nfrom dynalint", f"\n{line.format(module)}\nfrom dynalint")(project)
    replaced("rules/seen.py", '"seen", at', "WORD, at")(project)

    def seen() -> str:
        return project.process("check", "-q", "--rules", "rules", PYTHONPATH=str(project.home / above)).stdout

    assert "TEAM1 seen] this" in seen()
    replaced(path, "this", "another")(project)
    assert "TEAM1 seen] another" in seen()


def test_what_an_import_imports_is_looked_at_too(project: Cli) -> None:
    project.write({"rules/_near.py": "import _far.words\nWORD = _far.words.WORD\n"})
    project.write({"rules/_far/words.py": "WORD = 'this'\n", "rules/_far/__init__.py": "", "rules/_odd.txt": ""})
    replaced("rules/seen.py", "\nfrom dynalint", "\nfrom _near import WORD\nfrom dynalint")(project)
    stamps = []
    for text in ("WORD = 'this'\n", "WORD = 'another'\n"):
        project.write({"rules/_far/words.py": text})
        stamps.append(project.python("-c", STAMP).stdout)
    assert len({*stamps, "None\n"}) == 3


STAMP = """
from dynalint.packs import load_rules
from dynalint.stamp import stamp_of
print(stamp_of(load_rules(["rules"])))
"""


def test_data_below_a_directory_of_rules_is_looked_at(project: Cli) -> None:
    project.write({"rules/data/teams.json": "[]", "rules/.hidden/x": ""})
    before = project.python("-c", STAMP).stdout
    assert before != "None\n"
    project.write({"rules/.hidden/x": "more"})
    assert project.python("-c", STAMP).stdout == before
    project.write({"rules/data/teams.json": '["carts"]'})
    assert project.python("-c", STAMP).stdout != before


def test_our_own_rules_need_no_further_look() -> None:
    assert {rule.check.__module__.partition(".")[0] for rule in load_rules()} <= stamp.OWN


def test_where_too_many_files_decide_nothing_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    assert stamp.stamp_of(load_rules()) is not None
    monkeypatch.setattr(stamp, "MOST_FILES", 10)
    assert stamp.stamp_of(load_rules()) is None


@pytest.mark.parametrize(
    "arguments", [("--select", "DYN2"), ("--ignore", "DYN201"), ("--env", "prod"), ("--var-file", "env/prod.tfvars")]
)
def test_what_was_asked_for_tells_results_apart(project: Cli, arguments: tuple[str, ...]) -> None:
    report_of(project)
    assert report_of(project, *arguments) == report_of(project, *arguments, "--no-cache")
    assert report_of(project, *arguments) == report_of(project, *arguments, "--no-cache")


def results_in(tmp_path: Path) -> Iterator[Path]:
    yield from (tmp_path / "cache").glob("results-*.json")


@pytest.mark.parametrize("arguments", [("--var", "names=[]"), ("--env-vars",)])
def test_values_of_the_command_line_and_the_shell_are_not_kept(
    project: Cli, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    project("check", *arguments, TF_VAR_names='["secret"]')
    assert list(results_in(tmp_path)) == []


def test_values_that_the_settings_hold_are_not_kept(project: Cli, tmp_path: Path) -> None:
    project.write({"dynalint.toml": "[environments.prod.variables]\nnames = '[\"hidden\"]'\n"})
    project("check")
    assert not any("hidden" in path.read_text() for path in results_in(tmp_path))


def test_a_rule_that_fails_is_asked_again(project: Cli, examined: list[str]) -> None:
    replaced("rules/seen.py", "yield Violation", 'raise OSError("no luck")\n    yield Violation')(project)
    project("check", "--rules", "rules", "--jobs", "1")
    first = [*examined]
    project("check", "--rules", "rules", "--jobs", "1")
    assert examined == first * 2


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: text[: len(text) // 2],
        lambda _: "",
        lambda _: "[]",
        lambda _: "{}",
        lambda text: text.replace("orders", "ordres"),
        lambda text: json.dumps(json.loads(text) | {"asked": 5}),
        lambda text: json.dumps(json.loads(text) | {"asked": [["_read", "x", None]]}),
        lambda text: json.dumps(json.loads(text) | {"asked": [[["walk"], [], None]]}),
        lambda text: json.dumps(json.loads(text) | {"result": 5}),
        lambda text: json.dumps(json.loads(text) | {"stamp": None}),
    ],
)
def test_damage_costs_only_time(project: Cli, tmp_path: Path, damage: Callable[[str], str]) -> None:
    first = report_of(project)
    files = list(results_in(tmp_path))
    assert files
    for file in files:
        file.write_text(damage(file.read_text()))
    assert report_of(project) == first


@pytest.mark.parametrize("jobs", ["2", "5", "auto"])
def test_reports_do_not_depend_on_the_number_of_processes(
    project: Cli, monkeypatch: pytest.MonkeyPatch, jobs: str
) -> None:
    monkeypatch.setattr(pool, "PATIENCE", 0)
    project.write({f"stack{number}/main.tf": UNRECOVERABLE for number in range(9)})
    for name in ("json", "sarif", "text"):
        alone = project("check", "-o", name, "-vv", "--no-cache", "--jobs", "1")
        assert project("check", "-o", name, "-vv", "--no-cache", "--jobs", jobs).stdout == alone.stdout
    remembered = [project("check", "-o", "json", "--jobs", jobs).stdout for _ in range(2)]
    assert remembered == [project("check", "-o", "json", "--jobs", "1", "--no-cache").stdout] * 2


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_byte_that_is_no_text_is_pointed_at_wherever_it_was_seen(project: Cli, jobs: str) -> None:
    (project.home / "one/main.tf").write_bytes(b"# \n# caf\xe9\n")
    replaced("two/main.tf", "resource", 'module "one" {\n  source = "../one"\n}\n\nresource')(project)
    done = project("check", "-q", "--no-cache", "--jobs", jobs, "one", "main.tf", "two")
    assert "main.tf:2:6: error[DYN001" in done.stdout


def test_what_processes_found_is_remembered(project: Cli, examined: list[str]) -> None:
    project("check", "--jobs", "2")
    examined.clear()
    project("check", "--jobs", "1")
    assert examined == []


def test_a_process_that_dies_is_made_up_for(project: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    alone = report_of(project, "--no-cache")
    parent, original = os.getpid(), examination.Examiner.examine

    def examine(self: examination.Examiner, directory: str, *more: Any) -> Any:
        if os.getpid() != parent and directory.endswith("two"):
            os._exit(9)
        return original(self, directory, *more)

    monkeypatch.setattr(examination.Examiner, "examine", examine)
    assert project("check", "-o", "json", "--no-cache", "--jobs", "2").stdout == alone


@pytest.mark.parametrize("jobs", ["0", "-1", "many", "1000000", "1.5"])
def test_a_number_of_processes_that_makes_no_sense_is_2(cli: Cli, jobs: str) -> None:
    done = cli("check", f"--jobs={jobs}")
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "--jobs" in done.stderr


ROOTS = sorted(path for path in (FIXTURES / "good-practice").iterdir() if path.is_dir())


@pytest.mark.parametrize("place", [*ROOTS, FIXTURES / "golden"], ids=lambda path: path.name)
def test_what_is_written_is_read_as_it_was(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rules = load_rules()
    infos = {info.code: info for info in infos_of(rules)}
    seen: list[Any] = []
    original = examination.Examiner.examine

    def examine(self: examination.Examiner, *given: Any) -> Any:
        seen.append(original(self, *given))
        return seen[-1]

    monkeypatch.setattr(examination.Examiner, "examine", examine)
    request = Request(everywhere(rules, frozenset(infos)), Inputs(), TODAY)
    check(discover([str(place)], gitignore=False), request)
    assert seen
    for examined in seen:
        assert read(written(examined), infos) == examined


def test_something_that_has_no_plain_form_is_examined_where_it_is_needed(project: Cli) -> None:
    """A rule may give anything for a text; what it means is for it to know."""
    replaced("rules/seen.py", '"seen", at=table', '"seen", at=table, label=Word("x")')(project)
    replaced("rules/seen.py", "\n\n\n@rule", "\n\n\nclass Word(str):\n    pass\n\n\n@rule")(project)
    alone = report_of(project, "--rules", "rules", "--no-cache")
    assert "seen" in alone
    assert project("check", "-o", "json", "--rules", "rules", "--jobs", "2").stdout == alone
    assert report_of(project, "--rules", "rules") == alone

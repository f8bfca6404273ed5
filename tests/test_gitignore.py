from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dynalint.gitignore import GitIgnore
from tests.command_line import UNRECOVERABLE, Cli

PIECES = st.sampled_from(
    ["a", "b", "ab", "*", "**", "?", "/", "/", "[ab]", "[!a]", "[a-b]", "\\a", "!", " ", "#", "[", "]", "\\", "a*"]
)
# git takes a literal beginning off a pattern, after which x**/y is no longer what its manual says.
ODD = re.compile(r"[^/!]\*\*|\*\*[^/]")
LINES = st.lists(PIECES, min_size=1, max_size=6).map("".join).filter(lambda line: not ODD.search(line))
DIRECTORIES = ("a", "b", "ab", "a/a", "a/b", "a/b/a", "b/ab", "b/ab/a", "ab/b")


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    top = tmp_path_factory.mktemp("tree")
    for name in DIRECTORIES:
        (top / name).mkdir(parents=True, exist_ok=True)
    subprocess.run(["git", "init", "--quiet", top], check=True)
    return top


def as_git_has_it(top: Path) -> set[str]:
    command = ["git", "-C", str(top), "-c", "core.excludesFile=/dev/null", "check-ignore", "--no-index", "--stdin"]
    done = subprocess.run(command, input="\n".join(DIRECTORIES), capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stderr
    return set(done.stdout.split())


def as_dynalint_has_it(top: Path) -> set[str]:
    def read(path: str) -> bytes | None:
        return Path(path).read_bytes() if Path(path).is_file() else None

    ignored = GitIgnore(top.as_posix(), read)
    return {name for name in DIRECTORIES if ignored.hides((top / name).as_posix())}


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(above=st.lists(LINES, max_size=4), below=st.lists(LINES, max_size=2))
def test_git_agrees(tree: Path, above: list[str], below: list[str]) -> None:
    (tree / ".gitignore").write_text("\n".join(above))
    (tree / "a/.gitignore").write_text("\n".join(below))
    assert as_dynalint_has_it(tree) == as_git_has_it(tree)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("b/\n!a/b", {"b", "b/ab", "b/ab/a", "ab/b"}),
        ("/b", {"b", "b/ab", "b/ab/a"}),
        ("a\\/b", {"a/b", "a/b/a"}),
        ("a/**\n!a/b", {"a/a", "a/b/a"}),
        ("# a\n\n  \n", set()),
    ],
)
def test_by_example(tree: Path, text: str, expected: set[str]) -> None:
    (tree / ".gitignore").write_text(text)
    (tree / "a/.gitignore").write_text("")
    assert as_dynalint_has_it(tree) == as_git_has_it(tree)
    assert as_dynalint_has_it(tree) == expected


@pytest.mark.parametrize("pattern", ["*a" * 30 + "b", "/" + "/".join(["**", "a*a"] * 20) + "/b", "**/" * 30 + "b"])
def test_a_pattern_that_could_match_in_countless_ways_does_not_try_them_all(pattern: str) -> None:
    ignored = GitIgnore("/top", lambda path: pattern.encode() if path == "/top/.gitignore" else None)
    assert not ignored.hides("/top/" + "/".join(["a" * 200] * 30))


# --- in a run -----------------------------------------------------------------------------------------------------


@pytest.fixture
def repository(cli: Cli) -> Cli:
    subprocess.run(["git", "init", "--quiet", str(cli.home)], check=True)
    cli.write({"build/main.tf": UNRECOVERABLE, "main.tf": "locals {}\n", ".gitignore": "build/\n*.tfvars\n"})
    return cli


def test_ignored_directories_are_not_searched(repository: Cli) -> None:
    assert "0 tables in 1 file" in repository("check").stdout


def test_what_is_named_is_checked(repository: Cli) -> None:
    assert repository("check", "build").returncode == 1
    assert repository("check", "build/main.tf").returncode == 1


def test_ignored_files_of_a_module_count_as_they_do_for_terraform(repository: Cli) -> None:
    text = UNRECOVERABLE.replace('"orders"\n', "var.name\n", 1)
    repository.write({"main.tf": f'variable "name" {{}}\n{text}', "terraform.tfvars": 'name = "named"\n'})
    assert '"named"' in repository("check").stdout


def test_a_module_that_is_called_is_seen_wherever_it_lies(repository: Cli) -> None:
    repository.write({"main.tf": 'module "a" {\n  source = "./build"\n}\n'})
    assert "build/main.tf" in repository("check").stdout


def test_the_option_switches_it_off(repository: Cli) -> None:
    assert "build/main.tf" in repository("check", "--no-gitignore").stdout


def test_without_git_nothing_is_ignored(cli: Cli) -> None:
    cli.write({"build/main.tf": UNRECOVERABLE, ".gitignore": "build/\n"})
    assert cli("check").returncode == 1

"""``dynalint init``: what it writes, and that it writes nothing else."""

from __future__ import annotations

import filecmp
import subprocess
from pathlib import Path

import pytest
import yaml

from dynalint import installed
from dynalint.cli import starting
from tests.command_line import TABLE, UNRECOVERABLE, Cli

GOLDEN = Path(__file__).parent.parent / "fixtures/golden/terraform-aws-dynamodb-table"
WRITTEN = ["dynalint.toml", ".pre-commit-config.yaml", ".github/workflows/dynalint.yml"]


def files(cli: Cli) -> set[str]:
    return {path.relative_to(cli.home).as_posix() for path in cli.home.rglob("*") if path.is_file()}


def test_it_shows_and_writes_nothing_unasked(cli: Cli) -> None:
    cli.write({"main.tf": TABLE})
    done = cli("init")
    assert (done.returncode, files(cli)) == (0, {"main.tf"})
    assert all(f"--- {name} (new)" in done.stdout for name in WRITTEN)
    assert done.stderr == "nothing is written: --yes writes\n"


def test_with_yes_it_writes_what_it_shows(cli: Cli) -> None:
    cli.write({"main.tf": TABLE})
    done = cli("init", "--yes")
    assert files(cli) == {"main.tf", *WRITTEN}
    assert all((cli.home / name).read_text() in done.stdout for name in WRITTEN)
    assert cli("check").returncode == 0


def test_what_is_there_stays(cli: Cli) -> None:
    cli.write({"main.tf": TABLE, "dynalint.toml": 'fail-on = "error"\n', ".pre-commit-config.yaml": "repos: []\n"})
    assert "dynalint.toml is there and stays as it is" in cli("init", "--yes").stdout
    assert (cli.home / "dynalint.toml").read_text() == 'fail-on = "error"\n'
    assert (cli.home / ".pre-commit-config.yaml").read_text() == "repos: []\n"
    assert (cli.home / WRITTEN[2]).exists()


def test_a_repository_is_not_found_above_a_path_that_is_not_there(cli: Cli) -> None:
    cli.write({"main.tf": TABLE, ".git/HEAD": ""})
    done = cli("init", "--yes", "mistyped")
    assert (done.returncode, done.stderr) == (2, "error: mistyped is no directory\n")
    assert not (cli.home / WRITTEN[0]).exists()


def test_what_says_it_all_already_is_not_shown_again(cli: Cli) -> None:
    cli.write({"main.tf": TABLE})
    cli("init", "--yes")
    shown = cli("init").stdout
    assert all(f"--- {name} is there, and says it all\n" in shown for name in WRITTEN)
    assert "pip install" not in shown


def test_gitlab_gets_its_own_pipeline(cli: Cli) -> None:
    subprocess.run(["git", "init", "--quiet", cli.home], check=True)
    remote = ["git", "-C", str(cli.home), "remote", "add", "origin", "git@gitlab.com:a/b.git"]
    subprocess.run(remote, check=True)
    cli.write({"main.tf": TABLE})
    cli("init", "--yes")
    assert "dynalint" in yaml.safe_load((cli.home / ".gitlab-ci.yml").read_text())
    assert not (cli.home / ".github").exists()


def test_environments_are_those_that_every_root_has(cli: Cli) -> None:
    cli.write({"a/main.tf": TABLE, "a/env/prod.tfvars": "", "a/test.tfvars": "", "a/terraform.tfvars": ""})
    cli.write({"b/main.tf": TABLE, "b/env/prod.tfvars": ""})
    cli("init", "--yes")
    text = (cli.home / "dynalint.toml").read_text()
    assert '[environments.prod]\nvar-files = ["env/prod.tfvars"]\n' in text
    assert text.count("[environments") == 1
    assert cli("check").returncode == 0


def test_the_settings_say_where_the_baseline_would_be(cli: Cli) -> None:
    cli.write({"main.tf": UNRECOVERABLE})
    cli("init", "--yes")
    cli("baseline", "create")
    assert cli("check").returncode == 1
    settings = cli.home / "dynalint.toml"
    settings.write_text(settings.read_text().replace("# baseline =", "baseline ="))
    assert cli("check").returncode == 0


def test_without_terraform_there_is_nothing_to_begin(cli: Cli) -> None:
    assert cli("init", "--yes").returncode == 3
    assert files(cli) == set()


def test_the_reference_module_is_written_whole(cli: Cli) -> None:
    assert cli("init", "--module", "modules/table").returncode == 0
    target = cli.home / "modules/table"
    names = [path.relative_to(GOLDEN).as_posix() for path in GOLDEN.rglob("*") if path.is_file()]
    assert filecmp.cmpfiles(GOLDEN, target, names, shallow=False) == (names, [], [])
    assert cli("check", "modules/table").returncode == 0


@pytest.mark.parametrize("there", ["modules/table/main.tf", "modules/table"])
def test_the_reference_module_overwrites_nothing(cli: Cli, there: str) -> None:
    cli.write({there: "mine"})
    assert cli("init", "--module", "modules/table").returncode == 2
    assert (cli.home / there).read_text() == "mine"


@pytest.mark.parametrize(
    ("source", "hook", "install"),
    [
        ("", "additional_dependencies: [dynalint==", "pip install dynalint=="),
        (
            "git+https://example.com/dynalint.git@0123abc",
            'additional_dependencies: ["dynalint @ git+https://example.com/dynalint.git@0123abc"]',
            'pip install "dynalint @ git+https://example.com/dynalint.git@0123abc"',
        ),
        ("/home/pat/dynalint", "language: system", "# or from where you keep it"),
    ],
)
def test_others_get_dynalint_from_where_this_one_came(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, source: str, hook: str, install: str
) -> None:
    monkeypatch.setattr(starting, "origin", lambda _name: source)
    cli.write({"main.tf": TABLE})
    cli("init", "--yes")
    texts = [(cli.home / name).read_text() for name in WRITTEN[1:]]
    assert (hook in texts[0], install in texts[1]) == (True, True)
    assert all(yaml.safe_load(text) for text in texts)


def test_where_a_distribution_came_from(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(installed, "folders", lambda: {"dynalint": str(tmp_path)})
    assert installed.origin("dynalint") == ""
    said = tmp_path / "direct_url.json"
    said.write_text('{"dir_info": {"editable": true}, "url": "file:///home/pat/dynalint"}')
    assert installed.origin("dynalint") == "/home/pat/dynalint"
    said.write_text('{"url": "https://example.com/d.git", "vcs_info": {"vcs": "git", "commit_id": "0123abc"}}')
    assert installed.origin("dynalint") == "git+https://example.com/d.git@0123abc"

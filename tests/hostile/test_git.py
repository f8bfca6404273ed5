"""Repositories whose git configuration would run something, lead elsewhere, or never answer."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.command_line import TABLE, Cli

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="scripts and pipes that Windows has not")

PROGRAMS = (
    *("core.fsmonitor", "core.pager", "core.editor", "core.sshCommand", "core.gitProxy", "core.askPass"),
    *("core.alternateRefsCommand", "diff.external", "diff.x.command", "diff.x.textconv", "filter.x.smudge"),
    *("filter.x.clean", "filter.x.process", "merge.x.driver", "gpg.program", "credential.helper", "sequence.editor"),
    *("uploadpack.packObjectsHook", "pager.ls-tree", "pager.cat-file", "interactive.diffFilter", "web.x.cmd"),
)
"""Settings of git whose value is run."""

COMMANDS = ("ls-tree", "cat-file", "rev-parse", "merge-base")
HOOKS = ("post-checkout", "post-index-change", "reference-transaction", "pre-auto-gc", "fsmonitor-watchman")


def git(directory: Path, *arguments: str) -> str:
    identity = ("-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false")
    done = subprocess.run(("git", "-C", directory, *identity, *arguments), capture_output=True, text=True, check=True)
    return done.stdout.strip()


@pytest.fixture
def repository(cli: Cli) -> Cli:
    cli.write({"main.tf": TABLE, ".gitattributes": "* filter=x diff=x merge=x\n"})
    git(cli.home, "init", "-q", "-b", "main")
    git(cli.home, "add", "-A")
    git(cli.home, "commit", "-q", "-m", "x")
    cli.write({"main.tf": TABLE.replace('"id"', '"key"')})
    return cli


@pytest.fixture
def trap(repository: Cli, tmp_path: Path) -> Path:
    """What is there once anything of the repository was run; whether anything would be is tried before."""
    ran, script = tmp_path / "ran", tmp_path / "trap.sh"
    script.write_text(f"#!/bin/sh\necho $0 $* >> {ran}\ncat\n", encoding="utf-8")
    script.chmod(0o755)
    config = repository.home / ".git" / "config"
    aliases = "".join(f"\t{name} = !{script}\n" for name in COMMANDS)
    config.write_text(
        f"{config.read_text(encoding='utf-8')}[alias]\n{aliases}[include]\n\tpath = more\n", encoding="utf-8"
    )
    lines = [f"[{section}]\n\t{key} = {script}" for section, key in (_split(name) for name in PROGRAMS)]
    (config.parent / "more").write_text(
        "\n".join([*lines, f"[core]\n\thooksPath = {tmp_path / 'hooks'}"]), encoding="utf-8"
    )
    for folder in (tmp_path / "hooks", config.parent / "hooks"):
        folder.mkdir(exist_ok=True)
        for name in HOOKS:
            (folder / name).unlink(missing_ok=True)
            (folder / name).symlink_to(script)
    subprocess.run(("git", "-C", repository.home, "diff", "HEAD"), capture_output=True, check=False)
    assert ran.exists(), "the trap does not work, so that nothing is proved by it"
    ran.unlink()
    return ran


def _split(name: str) -> tuple[str, str]:
    section, _, key = name.rpartition(".")
    first, dot, rest = section.partition(".")
    return (f'{first} "{rest}"' if dot else first), key


@pytest.mark.parametrize(
    "command", [("diff",), ("diff", "HEAD", "."), ("check", "--since", "HEAD"), ("check",), ("init",)]
)
def test_nothing_of_a_repository_is_run(repository: Cli, trap: Path, command: tuple[str, ...]) -> None:
    before = (repository.home / ".git" / "index").read_bytes()
    done = repository(*command)
    assert done.returncode in (0, 1), done.stderr
    assert not trap.exists(), trap.read_text(encoding="utf-8")
    assert (repository.home / ".git" / "index").read_bytes() == before


def test_a_missing_object_is_fetched_from_nowhere(repository: Cli, trap: Path) -> None:
    """A repository that says it is partial has git ask a remote for what is missing, by a program of its choice."""
    for key, value in (
        ("core.repositoryformatversion", "1"),
        ("extensions.partialClone", "away"),
        ("remote.away.url", f"ext::sh -c 'echo x>>{trap}'"),
        ("remote.away.promisor", "true"),
        ("protocol.ext.allow", "always"),
        ("protocol.allow", "always"),
    ):
        git(repository.home, "config", key, value)
    blob = git(repository.home, "rev-parse", "HEAD:main.tf")
    (repository.home / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    trap.unlink(missing_ok=True)
    done = repository("diff")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert not trap.exists()


def test_a_repository_that_never_answers(repository: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dynalint.revision.PATIENCE", 0.2)
    (repository.home / ".git" / "HEAD").unlink()
    os.mkfifo(repository.home / ".git" / "HEAD")
    done = repository("diff")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "git gives no answer" in done.stderr


@pytest.mark.parametrize("command", [("diff",), ("check", "--since", "HEAD")])
def test_downloaded_modules_that_lie_elsewhere_are_not_brought_along(repository: Cli, command: tuple[str, ...]) -> None:
    outside = repository.home.parent / "outside"
    (outside / "modules" / "m").mkdir(parents=True)
    (outside / "modules" / "m" / "main.tf").write_text('output "x" {\n  value = "other"\n}\n', encoding="utf-8")
    manifest = '{"Modules": [{"Key": "m", "Source": "git::x", "Dir": ".terraform/modules/m"}]}'
    (outside / "modules" / "modules.json").write_text(manifest, encoding="utf-8")
    call = 'module "m" {\n  source = "git::x"\n}\n'
    repository.write({"main.tf": call + TABLE.replace('"id"', "module.m.x")})
    git(repository.home, "commit", "-qam", "y")
    repository.write({"main.tf": call + TABLE})
    (repository.home / ".terraform").symlink_to(outside, target_is_directory=True)
    done = repository(*command, "-vv")
    assert done.returncode in (0, 1), done.stderr
    assert "error[DYN701" not in done.stdout  # what the key was is read from nowhere, so that nobody knows


def test_downloads_that_are_no_files_are_left_out(repository: Cli) -> None:
    downloads = repository.home / ".terraform" / "modules" / "m"
    downloads.mkdir(parents=True)
    os.mkfifo(downloads / "pipe.tf")
    (downloads / "away.tf").symlink_to("/etc/hostname")
    with (downloads / "vast.tf").open("wb") as stream:
        stream.truncate(1 << 30)
    done = repository("diff")
    assert (done.returncode, "DYN701" in done.stdout) == (1, True), done.stderr


def test_names_in_a_revision_write_nothing_elsewhere(repository: Cli, tmp_path: Path) -> None:
    """What git itself refuses to check out may still be in a commit that somebody else's program made."""
    blob = git(repository.home, "rev-parse", "HEAD:main.tf")
    link = (
        subprocess.run(
            ("git", "-C", repository.home, "hash-object", "-w", "--stdin"),
            input=str(tmp_path).encode(),
            capture_output=True,
            check=True,
        )
        .stdout.decode()
        .strip()
    )
    inner = _tree(repository.home, f"100644 blob {blob}\town.tf\n")
    up = _tree(repository.home, f"040000 tree {inner}\t..\n120000 blob {link}\taway\n100644 blob {blob}\tmain.tf\n")
    commit = git(repository.home, "commit-tree", "-m", "x", up)
    done = repository("diff", commit)
    assert done.returncode in (0, 1), done.stderr
    assert {path.name for path in tmp_path.iterdir()} == {"project"}


def _tree(directory: Path, listing: str) -> str:
    return subprocess.run(
        ("git", "-C", directory, "mktree"), input=listing, capture_output=True, text=True, check=True
    ).stdout.strip()

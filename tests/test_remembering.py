"""A repository that is edited at random: with a cache or without, alone or with others, a run says the same."""

import json
import os
import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from dynalint import pool
from tests.command_line import TABLE, UNRECOVERABLE, Cli
from tests.test_results import MAIN, MANIFEST

STEPS = 40
TREE = {
    ".git/HEAD": "ref: refs/heads/main\n",
    ".terraform/modules/modules.json": json.dumps(MANIFEST),
    ".terraform/modules/downloaded/main.tf": UNRECOVERABLE,
    "dynalint.toml": '[environments.prod]\nvar-files = ["env/prod.tfvars"]\n',
    "env/prod.tfvars": 'names = ["prod"]\n',
    "inner/main.tf": UNRECOVERABLE,
    "main.tf": MAIN,
    "more/a.txt": "",
    "names.txt": "carts\n",
    "one/main.tf": UNRECOVERABLE,
    "two/main.tf": TABLE,
}
TEXTS = {
    ".terraform.lock.hcl": 'provider "registry.terraform.io/hashicorp/aws" {\n  version = "3.0.0"\n}\n',
    ".tf": 'module "two" {\n  source = "../two"\n}\n',
    ".tofu": UNRECOVERABLE.replace("orders", "carts"),
    ".auto.tfvars": 'names = ["a", "b"] # dynalint: ignore[DYN2] for now\n',
    ".json": '{"Modules": [{"Key": "downloaded", "Source": "", "Dir": "two"}]}',
    ".toml": 'ignore = ["DYN201"]\n',
    ".txt": "a,b\n",
    "_override.tf": 'resource "aws_dynamodb_table" "orders" {\n  deletion_protection_enabled = false\n}\n',
    "terragrunt.hcl": "",
}
LINES = (
    "# dynalint: ignore[DYN201] so it is",
    "# dynalint: ignore[DYN2] until=2020-01-01 too long ago",
    "# checkov:skip=CKV_AWS_28: no",
    'locals {\n  here = "${path.cwd}/${path.module}"\n}',
)


class Editor:
    """Changes a tree in ways that a run may notice; what it has overwritten may come back."""

    def __init__(self, home: Path, seed: int) -> None:
        self._home = home
        self._random = random.Random(seed)  # noqa: S311 - test data
        self._former: list[tuple[Path, bytes, int]] = []

    def edit(self) -> str:
        """Do something, and say what."""
        change = self._random.choice((self._change_line, self._change_line, self._write, self._remove, self._link))
        if self._former and self._random.random() < 0.2:
            change = self._bring_back
        try:
            return f"{change.__name__} {change().relative_to(self._home)}"
        except OSError as error:  # a link that leads nowhere, a folder in the place of a file
            return f"{change.__name__}: {error}"

    def _files(self) -> list[Path]:
        files = (Path(above, name) for above, _, names in os.walk(self._home) for name in names)
        return sorted(path for path in files if ".git" not in path.parts and path.is_file())

    def _taken(self) -> Path:
        path = self._random.choice(self._files())
        self._former.append((path, path.read_bytes(), path.stat().st_mtime_ns))
        return path

    def _change_line(self) -> Path:
        path = self._taken()
        lines = path.read_text(encoding="utf-8").split("\n")
        at = self._random.randrange(len(lines))
        lines[at : at + 1] = self._random.choice(([], [self._random.choice(LINES), lines[at]], [lines[at]] * 2))
        path.write_text("\n".join(lines), encoding="utf-8")
        return path

    def _write(self) -> Path:
        name, text = self._random.choice(sorted(TEXTS.items()))
        path = self._random.choice(self._files()).with_name(name if not name.startswith((".t", "_")) else f"x{name}")
        path.write_text(text, encoding="utf-8")
        return path

    def _remove(self) -> Path:
        path = self._taken()
        path.unlink()
        return path

    def _link(self) -> Path:
        path = self._taken()
        path.unlink()
        path.symlink_to(self._random.choice((*map(str, self._files()), "nowhere", "/etc/hosts")))
        return path

    def _bring_back(self) -> Path:
        """With the time that it had, as archives have it."""
        path, data, time = self._random.choice(self._former)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        path.write_bytes(data)
        os.utime(path, ns=(time, time))
        return path


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Cli]:
    monkeypatch.setattr(pool, "PATIENCE", 0)
    home = tmp_path / "project"
    home.mkdir()
    made = Cli(home, tmp_path / "cache", monkeypatch)
    made.write(TREE)
    (home / "linked").symlink_to("one")
    yield made
    shutil.rmtree(tmp_path / "cache", ignore_errors=True)


@pytest.mark.skipif(os.name == "nt", reason="links that Windows grants to few")
@pytest.mark.parametrize("seed", range(3))
def test_nothing_out_of_date_is_said(project: Cli, seed: int) -> None:
    editor, done = Editor(project.home, seed), []
    for step in range(STEPS):
        done.append(editor.edit())
        remembering, anew = (
            project("check", "-o", "json", "-vv", *arguments)
            for arguments in (("--jobs", "2" if step % 4 == 0 else "1"), ("--no-cache", "--jobs", "1"))
        )
        assert (remembering.returncode, remembering.stderr) == (anew.returncode, anew.stderr), done
        assert remembering.stdout == anew.stdout, done

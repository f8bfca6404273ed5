"""The hooks that other repositories wire in, by pre-commit itself."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

CHECKOUT = Path(__file__).resolve().parent.parent.parent
MANIFEST = CHECKOUT / ".pre-commit-hooks.yaml"
HOOKS: list[dict[str, Any]] = yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))


def run(*command: str, cwd: Path, home: Path) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    environment |= {"PRE_COMMIT_HOME": str(home), "PRE_COMMIT_COLOR": "never"}
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)


def pre_commit(*arguments: str, cwd: Path, home: Path) -> subprocess.CompletedProcess[str]:
    pytest.importorskip("pre_commit", reason="pre-commit is not installed")
    return run(sys.executable, "-m", "pre_commit", *arguments, cwd=cwd, home=home)


def repository(directory: Path, home: Path) -> Path:
    shutil.copytree(CHECKOUT / "examples" / "flawed", directory)
    for command in (["git", "init", "--quiet"], ["git", "add", "--all"]):
        run(*command, cwd=directory, home=home)
    return directory


def test_manifest_is_valid(tmp_path: Path) -> None:
    done = pre_commit("validate-manifest", str(MANIFEST), cwd=CHECKOUT, home=tmp_path)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: hook["id"])
def test_hooks_see_terraform_and_nothing_else(hook: dict[str, Any]) -> None:
    def sees(path: str) -> bool:
        return bool(re.search(hook["files"], path)) and not re.search(hook["exclude"], path)

    assert all(map(sees, ["main.tf", "a/b.tf.json", "prod.tfvars", "x.auto.tfvars.json", "m.tofu", "m.tofu.json"]))
    assert not any(map(sees, ["main.tf.bak", "README.md", "terraform.tfstate", ".terraform/modules/m/main.tf"]))


def test_a_repository_that_uses_the_hook_learns_of_its_faults(tmp_path: Path) -> None:
    home = tmp_path / "home"
    shop = repository(tmp_path / "shop", home)
    done = pre_commit("try-repo", str(CHECKOUT), "dynalint", "--all-files", "--verbose", cwd=shop, home=home)
    if "Could not find a version" in done.stdout or "not a git repository" in done.stderr:
        pytest.skip("pre-commit cannot install dynalint here: no package index, or no git checkout")
    assert done.returncode == 1
    assert "exit code: 1" in done.stdout
    assert "DYN101" in done.stdout

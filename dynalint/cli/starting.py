"""What ``dynalint init`` does; imported when it runs."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import dynalint
from dynalint.baseline import FILE as BASELINE
from dynalint.cli.outputs import to_standard_output
from dynalint.cli.running import CLEAN, NOTHING
from dynalint.discovery import Scan, discover
from dynalint.errors import UsageError
from dynalint.installed import origin, version
from dynalint.project import Project, git_top, real_path
from dynalint.records import dataclass
from dynalint.regular import read_regular
from dynalint.reports.inert import visible
from dynalint.reports.summary import amount

SETTINGS = "dynalint.toml"
REFERENCE = "terraform-aws-dynamodb-table"
LOADED_ANYWAY = ("terraform.tfvars", ".auto.tfvars")

ISOLATED = """\
        language: python
        additional_dependencies: [{requirement}]
"""
ON_PATH = """\
        language: system # runs the dynalint on PATH, since it is installed from a directory here
"""
FROM_A_DIRECTORY = "dynalint=={version} # or from where you keep it: here it is installed from a directory"

HOOK = """\
repos:
  - repo: local
    hooks:
      - id: dynalint
        name: dynalint
        entry: dynalint check --force-exclude --no-progress
{language}        files: \\.(tf|tofu|tfvars)(\\.json)?$
        exclude: (^|/)\\.terraform/
        require_serial: true
"""

WORKFLOW = """\
name: dynalint

on:
  pull_request:
  push:
    branches: [main, master]

permissions: {{}}

concurrency:
  group: dynalint-${{{{ github.ref }}}}
  cancel-in-progress: true

jobs:
  dynalint:
    name: Check the DynamoDB in Terraform
    runs-on: ubuntu-latest
    permissions:
      contents: read # to check out
    steps:
      - uses: actions/checkout@08c6903cd8c0fde910a37f88322edcfb5dd907a8 # v5.0.0
        with:
          persist-credentials: false
      - uses: actions/setup-python@e797f83bcb11b83ae66e0230d6156d7c80228e7c # v6.0.0
        with:
          python-version: "3.13"
      - run: pip install {install}
      - run: dynalint check . -o github -o markdown="$GITHUB_STEP_SUMMARY"
"""

PIPELINE = """\
dynalint:
  image: python:3.13-slim
  script:
    - pip install --quiet {install}
    - dynalint check . -o text -o gitlab=gl-code-quality-report.json -o junit=dynalint-junit.xml
  artifacts:
    when: always
    reports:
      codequality: gl-code-quality-report.json
      junit: dynalint-junit.xml
"""


@dataclass(frozen=True, slots=True)
class Draft:
    """A file to write, relative to the top of the repository."""

    name: str
    text: str


def start(path: str, *, agreed: bool) -> int:
    """Show what would be written for a repository, and write it if that is agreed. Raises UsageError."""
    if not Path(path).is_dir():
        raise UsageError(f"{path} is no directory")
    top = Path(git_top(real_path(path)) or real_path(path))
    scan = discover([str(top)])
    if scan.empty:
        sys.stderr.write("error: there is no Terraform here\n")
        return NOTHING
    drafts = [*_drafts(top, scan)]
    wanted = [draft for draft in drafts if not (top / draft.name).exists()]
    to_standard_output("".join(_shown(scan, top, drafts, wanted)))
    if wanted and not (agreed or _agreed(len(wanted))):
        sys.stderr.write("nothing is written: --yes writes\n")
        return CLEAN
    for draft in wanted:
        _write(top / draft.name, draft.text)
    if wanted:
        sys.stderr.write(f"wrote {amount(len(wanted), 'file')}\n")
    return CLEAN


def _drafts(top: Path, scan: Scan) -> Iterator[Draft]:
    words = words_for(version("dynalint"), origin("dynalint"))
    yield Draft(SETTINGS, _settings(scan))
    yield Draft(".pre-commit-config.yaml", HOOK.format(**words))
    if _is_on(top, "gitlab", ".gitlab-ci.yml"):
        yield Draft(".gitlab-ci.yml", PIPELINE.format(**words))
    else:
        yield Draft(".github/workflows/dynalint.yml", WORKFLOW.format(**words))


def words_for(release: str, source: str) -> dict[str, str]:
    """How others get the dynalint that runs here: from an index, or from where this one came."""
    if source.startswith("/"):
        return {"language": ON_PATH, "install": FROM_A_DIRECTORY.format(version=release)}
    requirement = f'"dynalint @ {source}"' if source else f"dynalint=={release}"
    return {"language": ISOLATED.format(requirement=requirement), "install": requirement}


def _is_on(top: Path, host: str, file: str) -> bool:
    """Whether a repository is at home on a host: by its CI file, or where its remotes are."""
    try:
        remotes = read_regular(str(top / ".git" / "config")).decode("utf-8", "replace")
    except OSError:
        remotes = ""
    return (top / file).exists() or (host in remotes and not (top / ".github").exists())


def _settings(scan: Scan) -> str:
    lines = [
        "# Settings of dynalint. `dynalint config` shows what applies where; its --schema tells editors what there is.",
        f'required-version = ">={version("dynalint")}"',
        "",
        "# The severity from which on a run fails: error, warning, note or never.",
        'fail-on = "warning"',
        "",
        "# What is accepted for now, once `dynalint baseline create` has written it.",
        f'# baseline = "{BASELINE}"',
    ]
    for name, file in sorted(_environments(scan).items()):
        lines += ["", f"[environments.{name}]", f'var-files = ["{file}"]']
    return "\n".join(lines) + "\n"


def _environments(scan: Scan) -> dict[str, str]:
    """Variables files that every root has and Terraform does not load by itself, by the names they suggest."""
    found = [{*_variables_files(Path(root), scan.project)} for root in scan.roots]
    shared = set.intersection(*found) if found else set()
    names: dict[str, str] = {}
    for file in sorted(shared):
        path = PurePosixPath(file)
        name = path.name.removesuffix(".tfvars")
        if name in ("terraform", "variables", "inputs", "vars") and path.parent.name:
            name = path.parent.name
        if name.replace("-", "").replace("_", "").isalnum() and name.isascii():
            names.setdefault(name, file)
    return names


def _variables_files(root: Path, project: Project) -> Iterator[str]:
    for folder in _folders(root, project, depth=2):
        for path in folder.glob("*.tfvars"):
            relative = path.relative_to(root).as_posix()
            own = folder == root and relative.endswith(LOADED_ANYWAY)
            if not own and not path.name.startswith("."):
                yield relative


def _folders(top: Path, project: Project, depth: int) -> Iterator[Path]:
    """A directory and those below it, none of which is hidden or lies outside of the project."""
    yield top
    try:
        inside = [*top.iterdir()] if depth else []
    except OSError:  # nobody may list it, so that nobody reads variables from it
        return
    for below in inside:
        if not below.name.startswith(".") and project.exists(str(below)):
            yield from _folders(below, project, depth - 1)


def _shown(scan: Scan, top: Path, drafts: list[Draft], wanted: list[Draft]) -> Iterator[str]:
    roots, modules = amount(len(scan.roots), "root module"), amount(len(scan.modules), "module")
    yield f"{visible(str(top))}: {roots}, {modules} in all\n"
    for draft in drafts:
        if draft in wanted:
            yield f"\n--- {draft.name} (new)\n{draft.text}"
        elif _says(top / draft.name, draft.text):
            yield f"\n--- {draft.name} is there, and says it all\n"
        else:
            yield f"\n--- {draft.name} is there and stays as it is; for dynalint it would say\n{draft.text}"
    yield "\nNext: `dynalint check`. To begin with what is there accepted: `dynalint baseline create`.\n"


def _says(path: Path, text: str) -> bool:
    """Whether a file holds a text already. One that cannot be read does not."""
    try:
        return text in read_regular(str(path)).decode("utf-8", "replace")
    except OSError:
        return False


def _agreed(count: int) -> bool:
    if not sys.stdin.isatty() or not sys.stdout.isatty():
        return False
    sys.stdout.write(f"\nWrite {amount(count, 'file')}? [y/N] ")
    sys.stdout.flush()
    return sys.stdin.readline().strip().lower() in ("y", "yes")


def _write(path: Path, text: str) -> None:
    """Write a file that is not there. UsageError where that cannot be."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
    except OSError as error:
        raise UsageError(f"cannot write {path}: {error.strerror or error}") from error


def write_module(directory: str) -> int:
    """Write the reference module into a directory that is empty or not there. Raises UsageError."""
    target = Path(directory)
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise UsageError(f"{directory} is there already, and nothing is overwritten")
    try:
        shutil.copytree(reference_module(), target, dirs_exist_ok=True, ignore=shutil.ignore_patterns(".*"))
    except OSError as error:
        raise UsageError(f"cannot write {directory}: {error.strerror or error}") from error
    files = sorted(path.relative_to(target).as_posix() for path in target.rglob("*") if path.is_file())
    to_standard_output("".join(f"{visible(directory)}/{name}\n" for name in files))
    return CLEAN


def reference_module() -> Path:
    """Where the reference module is: within the package once that is built, with the fixtures in a checkout."""
    package = Path(dynalint.__file__).parent
    places = (package / "reference", package.parent / "tests/fixtures/golden" / REFERENCE)
    return next(place for place in places if place.is_dir())

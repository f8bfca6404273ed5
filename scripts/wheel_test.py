"""Build the wheel and the sdist, install the wheel in an empty environment outside the checkout, and use it there.

What only the wheel can get wrong is looked for here: a package or data file that was not listed, an entry point that
does not load, an import that works in the checkout alone.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import venv
import zipfile
from collections.abc import Iterator
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
FLAWED = CHECKOUT / "examples" / "flawed"
GOLDEN = CHECKOUT / "tests" / "fixtures" / "golden" / "terraform-aws-dynamodb-table"


class WheelError(Exception):
    """What the wheel gets wrong."""


def main() -> int:
    """Run every step; 0 if all is well, 1 with the reason on stderr."""
    with tempfile.TemporaryDirectory(prefix="dynalint-wheel-") as directory:
        place = Path(directory)
        try:
            wheel = build(place / "dist")
            missing = sorted(set(expected_files()) - set(zipfile.ZipFile(wheel).namelist()))
            require(not missing, f"the wheel lacks {', '.join(missing)}")
            use(install(wheel, place / "venv"), place)
        except (WheelError, subprocess.CalledProcessError) as failure:
            print(f"wheel-test: {failure}", file=sys.stderr)
            return 1
    print(f"wheel-test: {wheel.name} is complete and works")
    return 0


def build(target: Path) -> Path:
    """The wheel, built from the sdist, so that nothing left over in the checkout gets into it."""
    command = [sys.executable, "-m", "build", "--outdir", str(target), str(CHECKOUT)]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    require(done.returncode == 0, f"the build failed:\n{done.stdout}")
    (wheel,) = target.glob("*.whl")
    require(len(list(target.glob("*.tar.gz"))) == 1, "no sdist was built")
    return wheel


def expected_files() -> Iterator[str]:
    """Every file of the packages that git has or would take, under its name in the wheel."""
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "dynalint", "rules"],
        cwd=CHECKOUT,
        check=True,
        capture_output=True,
        text=True,
    )
    for name in filter(lambda name: (CHECKOUT / name).is_file(), listing.stdout.splitlines()):
        yield name.replace("rules/", "dynalint_rules/", 1) if name.startswith("rules/") else name


def install(wheel: Path, place: Path) -> Path:
    """Path of the dynalint command in a new environment that holds the wheel and what it requires."""
    venv.create(place, with_pip=True)
    subprocess.run([place / "bin" / "python", "-m", "pip", "install", "--quiet", wheel], check=True)
    return place / "bin" / "dynalint"


def use(dynalint: Path, elsewhere: Path) -> None:
    """Run the commands a user starts with, in another directory, and hold what they answer against what is known."""

    def run(*arguments: str, code: int = 0) -> str:
        environment = {"PATH": os.environ["PATH"], "HOME": str(elsewhere), "XDG_CACHE_HOME": str(elsewhere / "cache")}
        done = subprocess.run(
            [dynalint, *arguments], cwd=elsewhere, env=environment, capture_output=True, text=True, check=False
        )
        told = f"dynalint {' '.join(arguments)} ended with {done.returncode}, not {code}:\n{done.stdout}{done.stderr}"
        require(done.returncode == code, told)
        return done.stdout

    require(run("--version").startswith("dynalint "), "--version does not say dynalint")
    require("DYN201" in run("check", str(FLAWED), code=1), "the flawed example is not found to have no recovery")
    run("check", str(GOLDEN))
    run("init", "--module", "reference")
    run("check", "reference")
    require("DYN501" in run("rules"), "the built-in rules are not listed")
    require("point" in run("rule", "DYN201"), "a rule has no page")
    findings = json.loads(run("check", "--format", "json", str(FLAWED), code=1))["findings"]
    results = json.loads(run("check", "--format", "sarif", str(FLAWED), code=1))["runs"][0]["results"]
    require(len(findings) == len(results) > 0, f"{len(findings)} findings in JSON, {len(results)} in SARIF")
    roots = json.loads(run("inspect", "--format", "json", str(GOLDEN)))["roots"]
    require(any(root.get("tables") for root in roots.values()), "inspect sees no table in the reference module")


def require(condition: bool, otherwise: str) -> None:
    """Raise WheelError where the condition does not hold."""
    if not condition:
        raise WheelError(otherwise)


if __name__ == "__main__":
    sys.exit(main())

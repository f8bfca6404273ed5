"""Compare dynalint with the real ``terraform plan`` on random modules.

``python -m tests.oracle.random_modules --count 200 --seed 1`` prints the modules on which the two differ; with
``--tables`` each has a table, which takes the AWS provider. Many modules are planned in one root; those that terraform
refuses are taken out of it, and dynalint must refuse them too.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dynalint.evaluation.inputs import Inputs
from dynalint.evaluation.inspection import inspect_root
from dynalint.project import Project
from tests.oracle import terraform
from tests.oracle.module_grammar import ModuleGrammar
from tests.oracle.score import agrees, compare_root, compare_value

MODULE = re.compile(r"modules/(m\d+)/|module\.(m\d+)\b|\b(m\d+)\.tf")


@dataclass(frozen=True)
class Sample:
    """One random module with what its caller passes."""

    name: str
    text: str
    given: Mapping[str, str]

    @property
    def call(self) -> str:
        """The call of the module and the output of what it gives."""
        arguments = "".join(f"  {name} = {value}\n" for name, value in self.given.items())
        return (
            f'module "{self.name}" {{\n  source = "./modules/{self.name}"\n{arguments}}}\n'
            f'output "{self.name}" {{\n  value = module.{self.name}.all\n}}\n'
        )

    def written(self, root: Path) -> None:
        """Put the module and its call into a root module."""
        directory = root / "modules" / self.name
        directory.mkdir(parents=True, exist_ok=True)
        (directory / "main.tf").write_text(self.text, encoding="utf-8")
        (root / f"{self.name}.tf").write_text(self.call, encoding="utf-8")


def main(arguments: list[str] | None = None) -> int:
    """Compare and print; 1 if anything differs."""
    parser = argparse.ArgumentParser(description="Compare dynalint with terraform on random modules.")
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--batch", type=int, default=25, help="modules in one root")
    parser.add_argument("--tables", action="store_true", help="with tables, which take the AWS provider")
    options = parser.parse_args(arguments)
    grammar = ModuleGrammar(options.seed, tables=options.tables)
    counts: Counter[str] = Counter()
    for start in range(0, options.count, options.batch):
        names = range(start, min(start + options.batch, options.count))
        samples = [Sample(f"m{at}", *grammar.module()) for at in names]
        for sample, verdict, note in compared(samples, tables=options.tables):
            counts[verdict] += 1
            if note:
                print(f"--- {sample.name}: {verdict}: {note}\n{sample.text}{sample.call}")  # noqa: T201 - its output
        print(f"{counts.total()}: {dict(counts)}", file=sys.stderr)  # noqa: T201 - its output
    return 1 if set(counts) - {"agree", "both refuse", "agree, but dynalint knows less"} else 0


def compared(samples: Sequence[Sample], *, tables: bool) -> Iterator[tuple[Sample, str, str]]:
    """Each module with the verdict, and a note where the two differ."""
    accepted, refused = planned(samples, tables=tables)
    for sample in samples:
        mine = inspected(sample)
        error = mine.get("error")
        if sample.name in refused:
            yield (sample, "both refuse", "") if error else (sample, "only terraform refuses", refused[sample.name])
        elif error:
            yield sample, "only dynalint refuses", str(error)
        else:
            yield _verdict(sample, accepted, mine)


def _verdict(sample: Sample, expected: Mapping[str, Any], mine: Mapping[str, Any]) -> tuple[Sample, str, str]:
    prefix = f"module.{sample.name}."
    tables = {name: table for name, table in expected.get("tables", {}).items() if name.startswith(prefix)}
    differences = [
        *compare_value(expected["outputs"].get(sample.name), mine["outputs"][sample.name]),
        *compare_root({"tables": tables}, {"tables": mine["tables"]}),
    ]
    if not agrees(differences):
        return sample, "differ", "; ".join(map(str, differences))
    return sample, "agree, but dynalint knows less" if differences else "agree", ""


def inspected(sample: Sample) -> Mapping[str, Any]:
    """What dynalint makes of a root with this module alone."""
    with tempfile.TemporaryDirectory(prefix="dynalint-oracle-") as place:
        sample.written(Path(place))
        return inspect_root(place, Project(place), Inputs(everything=True), show_sensitive=True)


def planned(samples: Sequence[Sample], *, tables: bool) -> tuple[dict[str, Any], dict[str, str]]:
    """The plan of all modules that terraform accepts together, and why it refuses the others, by name."""
    refused: dict[str, str] = {}
    while True:
        left = [sample for sample in samples if sample.name not in refused]
        answer = _plan(left, tables=tables)
        if "error" not in answer:
            return answer, refused
        found = dict(_blamed(answer, {sample.name for sample in left}))
        if not found and len(left) > 1:  # an error without a place: ask for each
            found = {item.name: one["error"] for item in left if "error" in (one := _plan([item], tables=tables))}
        if not found:
            raise terraform.TerraformError(json.dumps(answer))
        refused |= found


def _blamed(answer: Mapping[str, Any], names: set[str]) -> Iterator[tuple[str, str]]:
    for error in answer["errors"]:
        match = MODULE.search(error["at"] or "") or MODULE.search(error["summary"])
        name = next((group for group in match.groups() if group), "") if match else ""
        if name in names:
            yield name, f"{error['summary']}: {error['detail']}"


def _plan(samples: Sequence[Sample], *, tables: bool) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="dynalint-oracle-") as place:
        root = Path(place)
        for sample in samples:
            sample.written(root)
        if tables:
            (root / "provider.tf").write_text(terraform.PIN + terraform.OFFLINE, encoding="utf-8")
        answer = terraform.plan(root, {**os.environ, "CHECKPOINT_DISABLE": "1"}, ())
    return {"outputs": {}, **answer} if "error" not in answer else answer


if __name__ == "__main__":
    sys.exit(main())

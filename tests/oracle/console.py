"""Ask the real ``terraform console`` for many expressions at once.

One run of the tool costs a tenth of a second whatever it evaluates, so that expressions go in as members of one object.
One that fails would take the whole run with it. A plan, though, complains about everything that fails: so they are
outputs of a plan first, without those that failed again, until there is nothing to complain about.
"""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

LONGEST = 50_000
"""Characters of one run: the tool ignores what is on a line behind 64 KiB."""

OUTPUT = """output "{}" {{
sensitive = true
value = ({})
}}
"""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the tool prints for an expression and for its type, or the summary of its error."""

    value: str = ""
    type: str = ""
    error: str = ""


class TerraformConsole:
    """The console in the scope of a directory that has been initialised, where nothing has been applied."""

    def __init__(self, directory: Path, environment: Mapping[str, str]) -> None:
        self.directory = directory
        self.environment = environment

    def answers(self, expressions: Sequence[str]) -> list[Answer]:
        """One answer an expression, in their order."""
        found: list[Answer] = []
        for batch in batches(expressions):
            found.extend(self._answers(batch))
        return found

    def answer(self, expression: str) -> Answer:
        """The answer to one expression."""
        values, types = self._run({"k0": expression}), self._run({"k0": expression}, of_type=True)
        return Answer(values["k0"], types["k0"]) if values and types else Answer(error="refused")

    def _answers(self, batch: list[str]) -> list[Answer]:
        names = [f"k{i}" for i in range(len(batch))]
        rest = self._without_failing(dict(zip(names, batch, strict=True)))
        values = dict(self._halved(rest))
        types = (self._run({name: rest[name] for name in values}, of_type=True) if values else None) or {}
        return [
            Answer(values[name], types.get(name, "")) if name in values else Answer(error="refused") for name in names
        ]

    def _without_failing(self, expressions: Mapping[str, str]) -> Mapping[str, str]:
        """The expressions that a plan does not complain about."""
        file = self.directory / "zz_outputs.tf"
        names = list(expressions)
        while names:
            text = "".join(OUTPUT.format(name, expressions[name]) for name in names)
            file.write_text(text, encoding="utf-8")
            done = self._terraform("plan", "-json", "-refresh=false", "-input=false")
            failing = {line // 4 for line in _lines_of_errors(done.stdout, file.name)}
            if not failing:
                break
            names = [name for at, name in enumerate(names) if at not in failing]
        file.unlink(missing_ok=True)
        return {name: expressions[name] for name in names}

    def _halved(self, expressions: Mapping[str, str]) -> Iterator[tuple[str, str]]:
        """The values of those that have one."""
        found = self._run(expressions) if expressions else {}
        if found is not None:
            yield from found.items()
        elif len(expressions) > 1:
            items = list(expressions.items())
            middle = len(items) // 2
            yield from self._halved(dict(items[:middle]))
            yield from self._halved(dict(items[middle:]))

    def _run(self, expressions: Mapping[str, str], *, of_type: bool = False) -> dict[str, str] | None:
        """What is printed for each, None where one fails."""
        line = "{" + ",".join(f"{name}=({text})" for name, text in expressions.items()) + "}"
        text = f"type({line})\n" if of_type else f"{line}\n"
        done = self._terraform("console", "-plan", "-no-color", text=text)
        if done.returncode or "Error:" in done.stderr:
            return None
        return dict(_entries(done.stdout, of_type=of_type))

    def _terraform(self, *command: str, text: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["terraform", *command],
            input=text,
            cwd=self.directory,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )


def batches(expressions: Sequence[str], most: int = 250) -> Iterator[list[str]]:
    """The expressions in groups that fit into one line."""
    batch, length = list[str](), 0
    for text in expressions:
        if batch and (length + len(text) > LONGEST or len(batch) == most):
            yield batch
            batch, length = [], 0
        batch.append(text)
        length += len(text) + 20
    if batch:
        yield batch


def _entries(text: str, *, of_type: bool) -> Iterator[tuple[str, str]]:
    """Name and text of each member, as if it had been printed alone."""
    mark = r"^    (k\d+): " if of_type else r'^  "(k\d+)" = '
    parts = re.split(mark, text.rstrip().rpartition("\n")[0], flags=re.MULTILINE)
    for name, part in zip(parts[1::2], parts[2::2], strict=True):
        yield name, f"{part.rstrip().removesuffix(',')}" if of_type else part.removesuffix("\n")


def _lines_of_errors(output: str, file: str) -> Iterator[int]:
    """Lines of the file, counted from 0, that a run with ``-json`` complains about."""
    for message in map(json.loads, output.splitlines()):
        place = message.get("diagnostic", {}).get("range", {})
        if message["@level"] == "error" and place.get("filename") == file:
            yield place["start"]["line"] - 1

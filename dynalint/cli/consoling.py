"""What ``dynalint console`` is made of; imported when it runs."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from dynalint.cli.line_editing import editing
from dynalint.cli.outputs import to_standard_output
from dynalint.errors import UsageError
from dynalint.evaluation.budget import deep_nesting
from dynalint.evaluation.console import Console
from dynalint.evaluation.errors import BudgetError, EvaluationError
from dynalint.evaluation.inputs import Inputs
from dynalint.evaluation.inspection import to_plain
from dynalint.project import TERRAGRUNT, Project, project_root, real_path
from dynalint.records import dataclass
from dynalint.reports.inert import inert_json, inert_lines, visible
from dynalint.syntax import is_open

PROMPT, CONTINUED = "> ", ": "
LEAVING = frozenset(("exit", "quit"))


@dataclass(frozen=True, slots=True)
class Session:
    """Expressions from standard input, answers to standard output."""

    console: Console
    show_sensitive: bool

    def talk(self) -> None:
        """Ask for expressions at a terminal until the end of input, ``exit`` or ``quit``.

        An expression goes on in the next line while a bracket of it is open.
        """
        with editing(sorted(self.console.names())):
            while (text := _typed()) is not None and text.strip() not in LEAVING:
                if text.strip():
                    self._answer(text)

    def answer_text(self) -> bool:
        """Answer every line; False if one had no answer."""
        lines = (line.decode("utf-8", "surrogateescape").strip() for line in sys.stdin.buffer)
        answered = [self._answer(line) for line in lines if line]
        return all(answered)

    def answer_json(self) -> None:
        """One line of JSON out for every line of JSON in."""
        for line in sys.stdin.buffer:
            answer = json.dumps(self._json_answer(line), allow_nan=False)
            to_standard_output(inert_json(f"{answer}\n"))

    def _answer(self, text: str) -> bool:
        try:
            answer = self.console.text(text, show_sensitive=self.show_sensitive)
        except EvaluationError as error:
            sys.stdout.flush()
            help_ = f" ({error.help})" if error.help else ""
            sys.stderr.write(f"error: {visible(error.message + help_)}\n")
            return False
        to_standard_output(inert_lines(f"{answer}\n"))
        return True

    def _json_answer(self, line: bytes) -> dict[str, Any]:
        try:
            text = json.loads(line)
        except (ValueError, RecursionError):
            return {"error": "this line is no JSON"}
        if not isinstance(text, str):
            return {"error": "a line must be a JSON string: the expression"}
        try:
            return {"value": self._plain(text)}
        except EvaluationError as error:
            return {"error": error.message}

    def _plain(self, text: str) -> Any:
        value = self.console.evaluate(text)
        try:
            with deep_nesting():
                plain = to_plain(value, show_sensitive=self.show_sensitive)
                json.dumps(plain, allow_nan=False)
        except (BudgetError, ValueError) as fault:
            raise EvaluationError(f"this value cannot be written as JSON: {fault}") from fault
        return plain


def session(path: str, inputs: Inputs, *, named: Sequence[str], show_sensitive: bool) -> Session:
    """A session in the scope of the root module at ``path``. Raises UsageError where there is no directory."""
    if not Path(path).is_dir():
        raise UsageError(f"no such directory: {path}")
    directory = real_path(path)
    project = Project(project_root([directory]), named)
    project.saw_terragrunt = Path(directory, TERRAGRUNT).exists()
    return Session(Console(directory, project, inputs), show_sensitive)


def at_a_terminal() -> bool:
    """Whether somebody types."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def _typed() -> str | None:
    """One expression, maybe over several lines; None at the end of input. Ctrl-C takes back what was typed so far."""
    text = ""
    while True:
        try:
            text += input(CONTINUED if text else PROMPT) + "\n"
        except EOFError:
            return None
        except KeyboardInterrupt:
            sys.stdout.write("\n")
            text = ""
            continue
        if not is_open(text):
            return text

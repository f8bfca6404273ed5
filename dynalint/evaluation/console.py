"""Single expressions, evaluated in the scope of a root module: ``terraform console`` without terraform."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from dynalint.evaluation import expressions
from dynalint.evaluation.access import closed
from dynalint.evaluation.budget import Budget, deep_nesting
from dynalint.evaluation.errors import BudgetError, EvaluationError
from dynalint.evaluation.functions import FUNCTIONS
from dynalint.evaluation.inputs import Inputs
from dynalint.evaluation.notation import type_text, value_text
from dynalint.evaluation.required_names import require_names
from dynalint.evaluation.scope import Scope
from dynalint.evaluation.tree import Tree
from dynalint.evaluation.values import Value, string
from dynalint.project import Project
from dynalint.syntax import SyntaxFault, parse_expression
from dynalint.syntax.nodes import Call, Expression
from dynalint.syntax.source import Source

KEYWORDS = ("try", "can", "type", "path.module", "path.root", "path.cwd", "terraform.workspace")


class Console:
    """Expressions in the scope of one root module.

    Each may cost what ``budget`` makes, which is what evaluating a whole root module may.
    """

    def __init__(self, directory: str, project: Project, inputs: Inputs, budget: Callable[[], Budget] = Budget) -> None:
        self.tree = Tree(directory, project, inputs, {})
        self._budget = budget

    def evaluate(self, text: str) -> Value:
        """Value of an expression; of ``type(x)``, the text of the type.

        EvaluationError where there is none, its message ready to be shown.
        """
        expression = _parsed(text)
        asked = _asked_for_type(expression)
        value = self._value(asked or expression)
        return string(type_text(value.type)) if asked else value

    def text(self, text: str, *, show_sensitive: bool = False) -> str:
        """The answer in the notation of ``terraform console``. EvaluationError as from :meth:`evaluate`."""
        expression = _parsed(text)
        asked = _asked_for_type(expression)
        value = self._value(asked or expression)
        with _within_bounds(expression):
            return type_text(value.type) if asked else value_text(value, show_sensitive=show_sensitive)

    def names(self) -> Iterator[str]:
        """What an expression can begin with: all that the module declares, and the functions."""
        config = self.tree.root.config
        yield from (f"var.{name}" for name in config.names("variable"))
        yield from (f"local.{name}" for name in config.local_names())
        yield from (f"module.{name}" for name in config.names("module"))
        yield from (".".join(labels) for labels, _ in config.named("resource"))
        yield from (".".join(("data", *labels)) for labels, _ in config.named("data"))
        yield from (*FUNCTIONS, *KEYWORDS)

    def _value(self, expression: Expression) -> Value:
        self.tree.budget = self._budget()
        require_names(self.tree.root, expression, frozenset())
        with _within_bounds(expression):
            return closed(expressions.evaluate(expression, Scope(self.tree.root)))


def _parsed(text: str) -> Expression:
    try:
        return parse_expression(Source("<console>", text.encode()))
    except UnicodeEncodeError as fault:
        raise EvaluationError("this is no text: half of a character is missing", code="DYN001") from fault
    except SyntaxFault as fault:
        raise EvaluationError(fault.message, fault.span, code="DYN001", help=fault.help) from fault


def _asked_for_type(expression: Expression) -> Expression | None:
    """What ``type`` is asked about; it is no function, and stands around a whole expression only."""
    match expression:
        case Call(name="type", arguments=(asked,), expand=False):
            return asked
    return None


@contextmanager
def _within_bounds(expression: Expression) -> Iterator[None]:
    try:
        with deep_nesting():
            yield
    except BudgetError as error:
        raise EvaluationError(str(error), expression.span, code="DYN005") from error

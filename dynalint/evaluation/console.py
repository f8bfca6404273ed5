"""Single expressions, evaluated in the scope of a root module: ``terraform console`` without terraform."""

from __future__ import annotations

from dynalint.evaluation import expressions
from dynalint.evaluation.access import closed
from dynalint.evaluation.budget import deep_nesting
from dynalint.evaluation.errors import BudgetError, EvaluationError
from dynalint.evaluation.inputs import Inputs
from dynalint.evaluation.scope import Scope
from dynalint.evaluation.tree import Tree
from dynalint.evaluation.values import Value
from dynalint.project import Project
from dynalint.syntax import SyntaxFault, parse_expression
from dynalint.syntax.source import Source


class Console:
    """Expressions in the scope of one root module."""

    def __init__(self, directory: str, project: Project, inputs: Inputs) -> None:
        self.tree = Tree(directory, project, inputs, {})

    def evaluate(self, text: str) -> Value:
        """Value of an expression. EvaluationError where it has none, its message ready to be shown."""
        try:
            expression = parse_expression(Source("<console>", text.encode()))
        except SyntaxFault as fault:
            raise EvaluationError(fault.message, fault.span, code="DYN001", help=fault.help) from fault
        self.tree.root.require_names(expression, frozenset())
        try:
            with deep_nesting():
                return closed(expressions.evaluate(expression, Scope(self.tree.root)))
        except BudgetError as error:
            raise EvaluationError(str(error), expression.span, code="DYN005") from error

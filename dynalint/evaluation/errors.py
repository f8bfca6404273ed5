"""How evaluation stops."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dynalint.syntax.source import Span

if TYPE_CHECKING:
    from dynalint.evaluation.values import Trace


class EvaluationError(Exception):
    """Terraform would refuse this. ``span`` is filled in by the expression that knows its place.

    ``code`` is the rule of family 0 that reports it; ``help`` the edit to make, where one is plain; ``trace`` leads to
    the value at fault, where that came from elsewhere.
    """

    def __init__(self, message: str, span: Span | None = None, *, code: str = "DYN020", help: str = "") -> None:  # noqa: A002 - the word the reports use
        super().__init__(message)
        self.message = message
        self.span = span
        self.code = code
        self.help = help
        self.trace: Trace | None = None


class BudgetError(Exception):
    """Evaluation would cost more than it may: a hostile or runaway configuration."""

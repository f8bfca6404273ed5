"""How evaluation stops."""

from __future__ import annotations

from dynalint.syntax.source import Span


class EvaluationError(Exception):
    """Terraform would refuse this. ``span`` is filled in by the expression that knows its place.

    ``code`` is the rule of family 0 that reports it; ``help`` the edit to make, where one is plain.
    """

    def __init__(self, message: str, span: Span | None = None, *, code: str = "DYN020", help: str = "") -> None:  # noqa: A002 - the word the reports use
        super().__init__(message)
        self.message = message
        self.span = span
        self.code = code
        self.help = help


class BudgetError(Exception):
    """Evaluation would cost more than it may: a hostile or runaway configuration."""

"""What is wrong with a text."""

from __future__ import annotations

from dynalint.syntax.source import Span


class SyntaxFault(Exception):  # noqa: N818 - a fault of the text that is read, not of the program
    """Text that Terraform would refuse to read.

    ``message`` says what was expected or found, ``span`` where; ``help`` says what to do about it, where that is
    plain. Two faults with the same text at the same place are equal, so that reporters can put them into sets.
    """

    def __init__(self, message: str, span: Span, *, help: str = "") -> None:  # noqa: A002 - the word the reports use
        super().__init__(message)
        self.message = message
        self.span = span
        self.help = help

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, SyntaxFault):
            return NotImplemented
        return (self.span, self.message) == (other.span, other.message)

    def __hash__(self) -> int:
        return hash((self.span, self.message))

    def __str__(self) -> str:
        return f"{self.span.path}:{self.span.start}: {self.message}"

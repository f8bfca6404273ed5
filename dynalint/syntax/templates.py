"""Pieces of a template to the template: strip markers, indentation, directives."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from dynalint.records import dataclass
from dynalint.syntax.faults import SyntaxFault
from dynalint.syntax.literals import WHITE_SPACE
from dynalint.syntax.nodes import (
    Expression,
    ForDirective,
    IfDirective,
    Interpolation,
    Literal,
    Template,
    TemplatePart,
    TextPart,
)
from dynalint.syntax.source import Span


@dataclass(frozen=True, slots=True)
class Piece:
    """What stands between two brackets of a template, or a run of text.

    ``word`` is ``text``, ``interpolation``, ``if``, ``else``, ``endif``, ``for`` or ``endfor``. Text of a heredoc comes
    in one piece a line, since Terraform trims and indents piece by piece.
    """

    span: Span
    word: str
    text: str = ""
    expression: Expression | None = None
    key: str | None = None
    value: str = ""
    trims_before: bool = False
    trims_after: bool = False


def template(span: Span, pieces: Sequence[Piece], *, flush: bool = False) -> Expression:
    """A Template, or a Literal where there is only text. ``flush`` is for ``<<-``, which drops indentation.

    Raises SyntaxFault for directives that do not match.
    """
    trimmed = list(trim(pieces))
    if flush:
        trimmed = list(unindent(trimmed))
    if all(piece.word == "text" for piece in trimmed):
        return Literal(span, "".join(piece.text for piece in trimmed))
    parts = Assembly(trimmed).run()
    if len(parts) == 1 and len(trimmed) > 1 and isinstance(parts[0], Interpolation):
        # Text that was trimmed away still makes the value a string: "${~ x ~}" with blanks around it is no lone one.
        parts = (parts[0], TextPart(Span(span.path, parts[0].span.end, parts[0].span.end), ""))
    return Template(span, parts)


def trim(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Apply strip markers: each trims only the piece of text next to it."""
    for index, piece in enumerate(pieces):
        text = piece.text
        if index and pieces[index - 1].trims_after:
            text = text.lstrip(WHITE_SPACE)
        if index + 1 < len(pieces) and pieces[index + 1].trims_before:
            text = text.rstrip(WHITE_SPACE)
        yield piece if text == piece.text else replace(piece, text=text)


def unindent(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Remove the smallest indentation from every line that begins with text and is not blank."""
    starts = [piece for piece in line_starts(pieces) if not is_blank_line(piece)]
    smallest = min((indentation(piece) for piece in starts), default=0)
    adjusted = {id(piece) for piece in starts if piece.word == "text"}
    for piece in pieces:
        yield replace(piece, text=piece.text[smallest:]) if id(piece) in adjusted else piece


def line_starts(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Pieces that begin a line: the first, and those that follow text which (still) ends in a line break."""
    start = True
    for piece in pieces:
        if start:
            yield piece
        start = piece.text.endswith("\n")


def is_blank_line(piece: Piece) -> bool:
    """Whether a piece is white space up to a line break."""
    return piece.text.endswith("\n") and not piece.text.strip(WHITE_SPACE)


def indentation(piece: Piece) -> int:
    """Number of white-space characters that a line begins with; a line that begins with a sequence has none."""
    return len(piece.text) - len(piece.text.lstrip(WHITE_SPACE))


class Assembly:
    """Directives that follow each other to directives within each other."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self.pieces = pieces
        self.open: list[tuple[Piece, list[TemplatePart], Piece | None, list[TemplatePart]]] = []
        self.parts: list[TemplatePart] = []

    def run(self) -> tuple[TemplatePart, ...]:
        """The parts of the whole template."""
        steps: dict[str, Callable[[Piece], None]] = {
            "text": self.text,
            "interpolation": self.interpolation,
            "if": self.begin,
            "for": self.begin,
            "else": self.otherwise,
            "endif": self.end_if,
            "endfor": self.end_for,
        }
        for piece in self.pieces:
            steps[piece.word](piece)
        if self.open:
            piece = self.open[-1][0]
            raise SyntaxFault(f"expected %{{ end{piece.word} }} for the {piece.word} directive here", piece.span)
        return tuple(self.parts)

    def text(self, piece: Piece) -> None:
        """Add text to the text before it, if there is any."""
        if not piece.text:
            return
        if self.parts and isinstance(self.parts[-1], TextPart):
            before = self.parts.pop()
            assert isinstance(before, TextPart)
            self.parts.append(TextPart(before.span.cover(piece.span), before.text + piece.text))
        else:
            self.parts.append(TextPart(piece.span, piece.text))

    def interpolation(self, piece: Piece) -> None:
        """Add ``${…}``."""
        if piece.expression is not None:
            self.parts.append(Interpolation(piece.span, piece.expression))

    def begin(self, piece: Piece) -> None:
        """Open an ``if`` or ``for``."""
        self.open.append((piece, self.parts, None, []))
        self.parts = []

    def otherwise(self, piece: Piece) -> None:
        """Turn from the ``then`` of an ``if`` to its ``else``."""
        if not self.open or self.open[-1][0].word != "if":
            raise SyntaxFault("an else directive belongs inside an if directive", piece.span)
        opener, outer, earlier, _ = self.open.pop()
        if earlier is not None:
            raise SyntaxFault("expected %{ endif }: this if directive has an else already", piece.span)
        self.open.append((opener, outer, piece, self.parts))
        self.parts = []

    def end_if(self, piece: Piece) -> None:
        """Close an ``if``."""
        opener, outer, turn, then = self.close(piece, "if")
        condition = opener.expression
        if condition is not None:
            taken, otherwise = (then, self.parts) if turn else (self.parts, [])
            span = opener.span.cover(piece.span)
            outer.append(IfDirective(span, condition, tuple(taken), tuple(otherwise)))
        self.parts = outer

    def end_for(self, piece: Piece) -> None:
        """Close a ``for``."""
        opener, outer, _, _ = self.close(piece, "for")
        collection = opener.expression
        if collection is not None:
            span = opener.span.cover(piece.span)
            outer.append(ForDirective(span, opener.key, opener.value, collection, tuple(self.parts)))
        self.parts = outer

    def close(self, piece: Piece, word: str) -> tuple[Piece, list[TemplatePart], Piece | None, list[TemplatePart]]:
        """Take the directive that an end marker closes off the stack."""
        if not self.open or self.open[-1][0].word != word:
            raise SyntaxFault(f"an end{word} directive without its {word}", piece.span)
        return self.open.pop()

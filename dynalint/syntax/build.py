"""What each rule of python-hcl2's grammar says, as nodes.

Every method ``rule_x`` is named after a rule (or alias) x of the grammar and receives what its right side matched, in
order: words as Lexemes, the rest as what the methods below returned. It runs while the parser reduces, so that no tree
is ever built and no depth of nesting recurses.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from functools import cached_property
from typing import Any

from dynalint.records import dataclass
from dynalint.syntax.access import Access
from dynalint.syntax.faults import SyntaxFault
from dynalint.syntax.lexemes import Lexeme
from dynalint.syntax.nodes import (
    Attribute,
    Binary,
    Block,
    Body,
    Call,
    Conditional,
    Expression,
    ForObject,
    ForTuple,
    GetAttr,
    Index,
    Literal,
    Name,
    ObjectExpression,
    ObjectItem,
    TupleExpression,
    Unary,
)
from dynalint.syntax.source import Span
from dynalint.syntax.templates import Piece, template


@dataclass(frozen=True, slots=True)
class Intro:
    """``for key, value in collection :``."""

    key: str | None
    value: str
    collection: Expression


PROVIDERS = "providers"
"""The argument of a module call whose object has references as keys."""


class Builder(Access):
    """The actions of the grammar's rules over one text.

    ``ambiguous`` are the references that stand as keys of objects so far: refused, but for those of providers.
    """

    @cached_property
    def ambiguous(self) -> dict[Span, SyntaxFault]:
        """Faults by the span of the key."""
        return {}

    # --- bodies ---------------------------------------------------------------------------------------------------

    def rule_start(self, children: list[Any]) -> Body:
        """The whole text."""
        body: Body = children[0]
        return body

    def rule_body(self, children: list[Any]) -> Body:
        """Attributes and blocks; one attribute of a name."""
        attributes = tuple(child for child in children if isinstance(child, Attribute))
        blocks = tuple(child for child in children if isinstance(child, Block))
        if self.ambiguous:
            raise next(iter(self.ambiguous.values()))
        names: set[str] = set()
        for attribute in attributes:
            if attribute.name in names:
                raise SyntaxFault(
                    f'the argument "{attribute.name}" is set twice',
                    attribute.name_span,
                    help="each argument may be set once: remove one of the two",
                )
            names.add(attribute.name)
        span = self.between(children[0], children[-1]) if children else Span(self.path, 0, 0)
        return Body(span, attributes, blocks)

    def rule_attribute(self, children: list[Any]) -> Attribute:
        """``name = value``."""
        name, _, value = children
        if name.value == PROVIDERS and isinstance(value, ObjectExpression):
            for item in value.items:  # aws.local = aws.passed: names of providers, not values
                self.ambiguous.pop(item.key.span, None)
        return Attribute(self.between(name, value), name.value, self.of(name), value)

    def rule_block(self, children: list[Any]) -> Block:
        """``type label { body }``."""
        *words, opening, body, closing = children
        inside = replace(body, span=self.between(opening, closing))
        labels = tuple(word.value for word in words[1:])
        return Block(self.between(words[0], closing), words[0].value, labels, self.between(words[0], words[-1]), inside)

    # --- terms ----------------------------------------------------------------------------------------------------

    def rule_expr_term(self, children: list[Any]) -> Expression:
        """Anything that is not an operation. A parenthesised one covers its parentheses."""
        if len(children) == 3:
            inner: Expression = children[1]
            self.closed.add(self.between(children[0], children[2]))
            return replace(inner, span=self.between(children[0], children[2]))
        term = children[0]
        if isinstance(term, Lexeme):
            return Name(self.of(term), str(term.value))
        expression: Expression = term
        return expression

    def rule_literal_value(self, children: list[Lexeme]) -> Literal:
        """``true``, ``false`` or ``null``."""
        value = {"TRUE": True, "FALSE": False, "NULL": None}[children[0].type]
        return Literal(self.of(children[0]), value)

    def literal(self, children: list[Any]) -> Literal:
        """A number, or a string without template sequences."""
        return Literal(self.of(children[0]), children[0].value)

    rule_float_lit = literal
    rule_heredoc_template = literal

    def rule_tuple(self, children: list[Any]) -> TupleExpression:
        """``[a, b]``."""
        items = tuple(child for child in children[1:-1] if not isinstance(child, Lexeme))
        return TupleExpression(self.between(children[0], children[-1]), items)

    def rule_object(self, children: list[Any]) -> ObjectExpression:
        """``{ a = b }``."""
        items = tuple(child for child in children[1:-1] if not isinstance(child, Lexeme))
        return ObjectExpression(self.between(children[0], children[-1]), items)

    def rule_object_elem(self, children: list[Any]) -> ObjectItem:
        """``key = value``."""
        key, _, value = children
        return ObjectItem(self.between(key, value), key, value)

    def rule_object_elem_key(self, children: list[Any]) -> Expression:
        """The key of an object's item: a bare word or number is its text."""
        key: Expression = children[0]
        if isinstance(key, Lexeme):
            raise SyntaxFault('expected a name after "for"', self.of(key), help='a key called for is written "for"')
        if key.span in self.closed:
            return key
        match key:
            case Name(span, name):
                return Literal(span, name)
            case Literal(span, value) if not isinstance(value, str):
                return Literal(span, key_text(value))
        if is_reference(key):
            message = "a reference as the key of an object is ambiguous"
            self.ambiguous[key.span] = SyntaxFault(message, key.span, help="write (…) around it to use its value")
        return key

    # --- operations -----------------------------------------------------------------------------------------------

    def rule_conditional(self, children: list[Any]) -> Conditional:
        """``a ? b : c``."""
        condition, _, if_true, _, if_false = children
        return Conditional(self.between(condition, if_false), condition, if_true, if_false)

    def rule_binary_term(self, children: list[Any]) -> tuple[str, Expression]:
        """``operator right``."""
        return SIGNS[children[0].type], children[1]

    def rule_binary_op(self, children: list[Any]) -> Binary:
        """``left operator right``."""
        left, (operator, right) = children
        return Binary(self.between(left, right), operator, left, right)

    def rule_unary_op(self, children: list[Any]) -> Expression:
        """A run of ``-`` and ``!`` before a term."""
        signs, operand = children
        for sign, start in reversed(signs.value):
            operand = Unary(self.span(start, start + 1).cover(operand.span), sign, operand)
        expression: Expression = operand
        return expression

    def rule_function_call(self, children: list[Any]) -> Call:
        """``name(arguments)``."""
        name, _, *inside, closing = children
        arguments = inside[0] if inside else []
        expand = bool(arguments) and isinstance(arguments[-1], Lexeme) and arguments[-1].type == "ELLIPSIS"
        values = tuple(child for child in arguments if not isinstance(child, Lexeme))
        return Call(self.between(name, closing), str(name.value), values, expand)

    def rule_arguments(self, children: list[Any]) -> list[Any]:
        """What stands between the parentheses of a call."""
        return children

    # --- for ------------------------------------------------------------------------------------------------------

    def rule_for_intro(self, children: list[Any]) -> Intro:
        """``for key, value in collection :``."""
        names = names_in(children)
        return Intro(names[0] if len(names) == 2 else None, names[-1], children[-2])

    def rule_for_cond(self, children: list[Any]) -> Condition:
        """``if condition``."""
        return Condition(children[1])

    def rule_for_tuple_expr(self, children: list[Any]) -> ForTuple:
        """``[for … : result]``."""
        intro, result = children[1], children[2]
        condition = children[3].expression if isinstance(children[3], Condition) else None
        span = self.between(children[0], children[-1])
        return ForTuple(span, intro.key, intro.value, intro.collection, result, condition)

    def rule_for_object_expr(self, children: list[Any]) -> ForObject:
        """``{for … : key => value}``."""
        _, intro, key, _, value, *rest = children
        condition = next((child.expression for child in rest if isinstance(child, Condition)), None)
        grouping = isinstance(rest[0], Lexeme) and rest[0].type == "ELLIPSIS"
        span = self.between(children[0], children[-1])
        return ForObject(span, intro.key, intro.value, intro.collection, key, value, grouping, condition)

    # --- templates ------------------------------------------------------------------------------------------------

    def rule_string(self, children: list[Any]) -> Expression:
        """A quoted string or heredoc with template sequences, or a heredoc without."""
        opening, *inside, closing = children
        pieces = [self.text(child) if isinstance(child, Lexeme) else child for child in inside]
        return template(self.between(opening, closing), pieces, flush=opening.value == "flush")

    def text(self, word: Lexeme) -> Piece:
        """Literal text of a template."""
        return Piece(self.of(word), "text", str(word.value))

    def rule_interpolation(self, children: list[Any]) -> Piece:
        """``${expression}``."""
        return self.hole(children, "interpolation", expression=children[1])

    def rule_template_if_start(self, children: list[Any]) -> Piece:
        """``%{ if condition }``."""
        return self.hole(children, "if", expression=children[2])

    def rule_template_else(self, children: list[Any]) -> Piece:
        """``%{ else }``."""
        return self.hole(children, "else")

    def rule_template_endif(self, children: list[Any]) -> Piece:
        """``%{ endif }``."""
        return self.hole(children, "endif")

    def rule_template_for_start(self, children: list[Any]) -> Piece:
        """``%{ for key, value in collection }``."""
        names = names_in(children)
        key = names[0] if len(names) == 2 else None
        return self.hole(children, "for", expression=children[-2], key=key, value=names[-1])

    def rule_template_endfor(self, children: list[Any]) -> Piece:
        """``%{ endfor }``."""
        return self.hole(children, "endfor")

    def hole(self, children: list[Any], word: str, **fields: Any) -> Piece:
        """A piece that stands between template brackets, with the strip markers on them."""
        opening, closing = children[0], children[-1]
        span = self.between(opening, closing)
        return Piece(span, word, trims_before=opening.value == "~", trims_after=closing.value == "~", **fields)


@dataclass(frozen=True, slots=True)
class Condition:
    """``if condition`` of a ``for``."""

    expression: Expression


SIGNS = {
    "DOUBLE_PIPE": "||",
    "DOUBLE_AMP": "&&",
    "DOUBLE_EQ": "==",
    "NEQ": "!=",
    "LT": "<",
    "GT": ">",
    "LEQ": "<=",
    "GEQ": ">=",
    "PLUS": "+",
    "MINUS": "-",
    "ASTERISK": "*",
    "SLASH": "/",
    "PERCENT": "%",
}


def names_in(children: list[Any]) -> list[str]:
    """The names that a ``for`` declares."""
    return [str(child.value) for child in children if isinstance(child, Lexeme) and child.type == "NAME"]


def is_reference(key: Expression) -> bool:
    """Whether an expression is a name with attributes and constant indexes behind it."""
    while isinstance(key, GetAttr | Index):
        if isinstance(key, Index) and not isinstance(key.key, Literal):
            return False
        key = key.source
    return isinstance(key, Name)


def key_text(value: bool | int | Fraction | None) -> str:
    """The string that a bare ``true``, ``null`` or number is as the key of an object."""
    if value is None or isinstance(value, bool):
        return {True: "true", False: "false", None: "null"}[value]
    if isinstance(value, int):
        return str(value)
    places = 0
    while (value * 10**places).denominator != 1:
        places += 1
    digits = str(abs((value * 10**places).numerator)).rjust(places + 1, "0")
    return f"{'-' if value < 0 else ''}{digits[:-places]}.{digits[-places:]}"

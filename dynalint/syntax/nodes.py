"""What HCL text says: blocks, attributes and expressions, each with its span.

The nodes are dynalint's own; nothing outside :mod:`dynalint.syntax` sees a python-hcl2 or lark object. They are
frozen, hashable and made of plain data, so that a parsed block can be cached, compared and shared between threads.
JSON syntax (``.tf.json``) ends in the same nodes.
"""

from __future__ import annotations

from fractions import Fraction

from dynalint.records import dataclass
from dynalint.syntax.source import Span

# --- expressions --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Literal:
    """``null``, ``true``, ``12``, ``1.5`` (a :class:`~fractions.Fraction`) or a string without interpolation."""

    span: Span
    value: bool | int | Fraction | str | None


@dataclass(frozen=True, slots=True)
class TextPart:
    """Literal text of a template: escapes decoded, strip markers and heredoc indentation already applied."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Interpolation:
    """``${ expression }`` inside a template."""

    span: Span
    expression: Expression


@dataclass(frozen=True, slots=True)
class IfDirective:
    """``%{ if condition }…%{ else }…%{ endif }``; ``otherwise`` is empty where there is no else."""

    span: Span
    condition: Expression
    then: tuple[TemplatePart, ...]
    otherwise: tuple[TemplatePart, ...]


@dataclass(frozen=True, slots=True)
class ForDirective:
    """``%{ for key, value in collection }…%{ endfor }``; ``key`` is None where only the value is named."""

    span: Span
    key: str | None
    value: str
    collection: Expression
    body: tuple[TemplatePart, ...]


TemplatePart = TextPart | Interpolation | IfDirective | ForDirective


@dataclass(frozen=True, slots=True)
class Template:
    """A quoted string or heredoc that is more than literal text.

    A template that is one lone interpolation (``"${x}"``) is a Template with that single part: its value keeps the
    type of ``x``. A string without any interpolation or directive is a :class:`Literal`.
    """

    span: Span
    parts: tuple[TemplatePart, ...]


@dataclass(frozen=True, slots=True)
class TupleExpression:
    """``[a, b]``."""

    span: Span
    items: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class ObjectItem:
    """One ``key = value`` of an object. A bare word or number as key is a string Literal."""

    span: Span
    key: Expression
    value: Expression


@dataclass(frozen=True, slots=True)
class ObjectExpression:
    """``{ a = 1, (b) = 2 }``."""

    span: Span
    items: tuple[ObjectItem, ...]


@dataclass(frozen=True, slots=True)
class ForTuple:
    """``[for key, value in collection : result if condition]``; ``key`` and ``condition`` may be None."""

    span: Span
    key: str | None
    value: str
    collection: Expression
    result: Expression
    condition: Expression | None


@dataclass(frozen=True, slots=True)
class ForObject:
    """``{for key, value in collection : result_key => result_value... if condition}``; ``grouping`` is the ``...``."""

    span: Span
    key: str | None
    value: str
    collection: Expression
    result_key: Expression
    result_value: Expression
    grouping: bool
    condition: Expression | None


@dataclass(frozen=True, slots=True)
class Conditional:
    """``condition ? if_true : if_false``."""

    span: Span
    condition: Expression
    if_true: Expression
    if_false: Expression


@dataclass(frozen=True, slots=True)
class Binary:
    """``left operator right``; ``operator`` is one of ``|| && == != < > <= >= + - * / %``."""

    span: Span
    operator: str
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class Unary:
    """``-operand`` or ``!operand``."""

    span: Span
    operator: str
    operand: Expression


@dataclass(frozen=True, slots=True)
class Call:
    """``name(arguments)``; ``name`` keeps its namespaces (``core::upper``); ``expand`` is a final ``...``."""

    span: Span
    name: str
    arguments: tuple[Expression, ...]
    expand: bool


@dataclass(frozen=True, slots=True)
class Name:
    """The first word of a reference: ``var`` in ``var.x``, or a ``for`` variable."""

    span: Span
    name: str


@dataclass(frozen=True, slots=True)
class GetAttr:
    """``source.name``. The span covers the whole reference so far."""

    span: Span
    source: Expression
    name: str


@dataclass(frozen=True, slots=True)
class Index:
    """``source[key]``, and the legacy ``source.0``, whose key is a Literal number."""

    span: Span
    source: Expression
    key: Expression


@dataclass(frozen=True, slots=True)
class Splat:
    """``source[*].a[0]`` or ``source.*.a``; ``steps`` are applied to every element.

    After ``.*`` only attribute names belong to the splat: what follows is an :class:`Index` around it. After ``[*]``
    everything does, a further splat too: ``x[*].y[*].z`` takes ``y[*].z`` of every element, as a :class:`SplatStep`.
    """

    span: Span
    source: Expression
    steps: tuple[SplatPart, ...]


@dataclass(frozen=True, slots=True)
class AttributeStep:
    """``.name`` inside a splat."""

    span: Span
    name: str


@dataclass(frozen=True, slots=True)
class IndexStep:
    """``[key]`` inside a splat."""

    span: Span
    key: Expression


@dataclass(frozen=True, slots=True)
class SplatStep:
    """``[*].a`` or ``.*.a`` inside a full splat: a splat of what the steps before it gave for one element."""

    span: Span
    steps: tuple[SplatPart, ...]


SplatPart = AttributeStep | IndexStep | SplatStep

Expression = (
    Literal
    | Template
    | TupleExpression
    | ObjectExpression
    | ForTuple
    | ForObject
    | Conditional
    | Binary
    | Unary
    | Call
    | Name
    | GetAttr
    | Index
    | Splat
)

# --- bodies -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Attribute:
    """``name = value`` in a body. ``span`` covers both, ``name_span`` the name alone."""

    span: Span
    name: str
    name_span: Span
    value: Expression


@dataclass(frozen=True, slots=True)
class Block:
    """``type "label" { body }``.

    ``span`` runs to the closing brace; ``header`` from the type to the last label, on one line, is where a finding
    about the block points. Labels have no quotes, however they were written.
    """

    span: Span
    type: str
    labels: tuple[str, ...]
    header: Span
    body: Body


@dataclass(frozen=True, slots=True)
class Body:
    """What stands between two braces, or in a whole file, in order of writing.

    ``json`` says that it was written in JSON syntax, which cannot tell a nested block from an argument: blocks that
    only a schema knows stand among ``attributes``, as an object or a list of objects (see ``dynalint.syntax.body_of``).
    """

    span: Span
    attributes: tuple[Attribute, ...]
    blocks: tuple[Block, ...]
    json: bool = False

    def attribute(self, name: str) -> Attribute | None:
        """The attribute called ``name``. HCL allows one."""
        return next((item for item in self.attributes if item.name == name), None)

    def blocks_of(self, block_type: str) -> tuple[Block, ...]:
        """The blocks of one type, in order."""
        return tuple(block for block in self.blocks if block.type == block_type)


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment with its markers. ``alone`` says that nothing but blanks stands before it on its line."""

    span: Span
    text: str
    alone: bool

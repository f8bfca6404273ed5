"""Input variables: what they declare, and which value they have.

https://developer.hashicorp.com/terraform/language/values/variables
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from dynalint.evaluation import expressions
from dynalint.evaluation.access import closed
from dynalint.evaluation.compare import equal
from dynalint.evaluation.convert import convert
from dynalint.evaluation.errors import EvaluationError
from dynalint.evaluation.scope import Scope
from dynalint.evaluation.static import calls_in, references
from dynalint.evaluation.type_expressions import Constraint, apply_defaults, read_constraint
from dynalint.evaluation.types import BOOL, DYNAMIC, Primitive
from dynalint.evaluation.values import Unknown, Value, identity_of, unknown
from dynalint.records import dataclass
from dynalint.syntax.nodes import Block, Expression
from dynalint.syntax.source import Span

if TYPE_CHECKING:
    from dynalint.evaluation.module import Module


@dataclass(frozen=True, slots=True)
class Variable:
    """One ``variable`` block. ``typed`` says that it has a ``type`` at all."""

    name: str
    block: Block
    constraint: Constraint
    default: Value | None
    typed: bool = True
    nullable: bool = True
    sensitive: bool = False
    ephemeral: bool = False

    @property
    def takes_expression(self) -> bool:
        """Whether text from the command line or the environment is an expression, not a plain string."""
        return self.typed and not isinstance(self.constraint.type, Primitive)


def read_variable(name: str, block: Block, scope: Scope) -> Variable:
    """The declaration in a ``variable`` block; EvaluationError where Terraform refuses it."""

    def literal(expression: Expression) -> Value:
        for root, _ in references(expression):
            raise EvaluationError("a variable's declaration cannot refer to anything", root.span, code="DYN022")
        for call in calls_in(expression):
            raise EvaluationError("a variable's declaration cannot call functions", call.span, code="DYN022")
        return expressions.evaluate(expression, scope)

    type_ = block.body.attribute("type")
    constraint = read_constraint(type_.value, literal) if type_ else Constraint(DYNAMIC)
    variable = Variable(
        name,
        block,
        constraint,
        default=None,
        typed=type_ is not None,
        nullable=_flag(block, "nullable", scope, default=True),
        sensitive=_flag(block, "sensitive", scope, default=False),
        ephemeral=_flag(block, "ephemeral", scope, default=False),
    )
    default = block.body.attribute("default")
    if default is None:
        return variable
    value = literal(default.value).with_trace(None).traced(default.span, f"default of var.{name}")
    if value.is_null and not variable.nullable:
        raise EvaluationError(f"var.{name} is not nullable, so its default cannot be null", default.span, code="DYN022")
    return replace(variable, default=fit(variable, value, default.value.span, "its default"))


def _flag(block: Block, name: str, scope: Scope, *, default: bool) -> bool:
    attribute = block.body.attribute(name)
    if attribute is None:
        return default
    value = convert(expressions.evaluate(attribute.value, scope), BOOL)
    return value.data is True if isinstance(value.data, bool) else default


def fit(variable: Variable, value: Value, span: Span, what: str) -> Value:
    """``value`` as the variable takes it: defaults of ``optional()`` put in, converted, marked.

    EvaluationError with code DYN022 where it does not fit the type.
    """
    try:
        filled = apply_defaults(closed(value), variable.constraint.defaults)
        converted = convert(filled, variable.constraint.type)
    except EvaluationError as error:
        message = f"{what} does not fit the type of var.{variable.name}: {error.message}"
        raise EvaluationError(message, span, code="DYN022") from error
    if variable.sensitive and value.trace:
        return converted.with_trace(replace(value.trace, sources=(), secret=True)).marked()
    return converted.with_trace(value.trace)


def variable_value(module: Module, variable: Variable) -> Value:
    """The value of a variable in a module instance."""
    if module.tree.validating:
        return _validated_value(module, variable)
    assumed = module.assumed.get(variable.name)
    if assumed:
        return unknown(variable.constraint.type, assumed).marked(variable.sensitive)
    given = module.given(variable)
    planned = module.planned(variable.name)
    if planned is not None and not _agrees(planned, given if given is not None else variable.default):
        given = planned
    if given is not None and given.is_null and not variable.nullable:
        if variable.default is None:
            span = given.trace.span if given.trace else variable.block.header
            raise EvaluationError(f"var.{variable.name} must not be null, and it has no default", span, code="DYN022")
        given = None
    if given is not None:
        span = given.trace.span if given.trace else variable.block.header
        return _identified(module, variable, fit(variable, given, span, "this value"))
    if variable.default is not None:
        return variable.default
    return unknown(variable.constraint.type, missing(module, variable)).marked(variable.sensitive)


def _validated_value(module: Module, variable: Variable) -> Value:
    """What ``terraform validate`` knows of a variable: its type. EvaluationError where what is passed does not fit."""
    given = module.given(variable) if module.parent else None
    if given is not None:
        fit(variable, given, given.trace.span if given.trace else variable.block.header, "this value")
    return unknown(variable.constraint.type, missing(module, variable)).marked(variable.sensitive)


def _agrees(planned: Value, own: Value | None) -> bool:
    """Whether the plan used the value that the source gives; then the source's trace tells more."""
    if own is None or own.first_unknown():
        return False
    try:
        return equal(convert(planned, own.type), own).data is True
    except EvaluationError:
        return False


def missing(module: Module, variable: Variable) -> Unknown:
    """Why a variable without value is unknown, and how to give it one."""
    return Unknown(
        f"var.{variable.name} has no value",
        identity=identity_of("var", f"={module.path}", variable.name),
        hint="give it one with --var or --var-file, or check a plan with --plan",
        not_null=not variable.nullable,
        given=True,
    )


def _identified(module: Module, variable: Variable, value: Value) -> Value:
    """An unknown value without identity is still the same value wherever the variable is used."""
    if value.unknown and not value.unknown.identity:
        identity = identity_of("var", f"={module.path}", variable.name)
        return replace(value, data=replace(value.unknown, identity=identity))
    return value


def is_placeholder(value: Value) -> bool:
    """Whether a value is empty, as defaults are that stand for *somebody must say*."""
    return value.is_null or value.data in ("", ()) or (isinstance(value.data, Mapping) and not value.data)


def placeholder_value(module: Module, variable: Variable) -> Value:
    """The value of a root variable that is empty by default.

    Where the variable's own validation refuses that default, whoever runs terraform has to give a value, and it is
    as unknown as without a default.
    """
    default = variable.default
    if default is None or module.given(variable) is not None or module.planned(variable.name) is not None:
        return variable_value(module, variable)
    if validation_failure(module.checking(variable.name, default), variable) is None:
        return default
    because = Unknown(
        f"var.{variable.name} has no value that its validation accepts",
        identity=identity_of("var", f"={module.path}", variable.name),
        hint=missing(module, variable).hint,
        not_null=True,
    )
    return unknown(variable.constraint.type, because).marked(variable.sensitive)


def validation_failure(module: Module, variable: Variable) -> EvaluationError | None:
    """The first ``validation`` block that the variable's value fails; an undecided one is no failure."""
    value = module.variable(variable.name)
    for block in variable.block.body.blocks_of("validation"):
        condition = block.body.attribute("condition")
        if condition is None:
            continue
        try:
            verdict = convert(closed(expressions.evaluate(condition.value, Scope(module))), BOOL)
        except EvaluationError as error:
            return error
        if verdict.data is False or verdict.is_null:
            message = error_message(block, Scope(module))
            span = value.trace.span if value.trace else variable.block.header
            failure = EvaluationError(f"invalid value for var.{variable.name}: {message}", span, code="DYN022")
            failure.trace = value.trace
            return failure
    return None


def error_message(block: Block, scope: Scope) -> str:
    """What the author of a ``validation`` or ``precondition`` block has to say; never something sensitive."""
    attribute = block.body.attribute("error_message")
    if attribute is None:
        return "it has no error_message"
    try:
        text = expressions.evaluate(attribute.value, scope)
    except EvaluationError:
        return "its error_message cannot be evaluated"
    return text.data if isinstance(text.data, str) and not text.sensitive else "its error_message is not known"

"""What must be declared for an expression to be accepted, whatever it comes to: Terraform looks names up first."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile
from typing import TYPE_CHECKING

from dynalint.evaluation.config import parse_or_fail
from dynalint.evaluation.errors import EvaluationError
from dynalint.evaluation.references import Step
from dynalint.evaluation.schema import schema_of
from dynalint.evaluation.static import references
from dynalint.evaluation.suggest import did_you_mean
from dynalint.syntax.nodes import Expression, GetAttr, Index

if TYPE_CHECKING:
    from dynalint.evaluation.module import Module
    from dynalint.syntax.source import Span


def require_names(module: Module, expression: Expression, bound: frozenset[str]) -> None:
    """EvaluationError where an expression refers to something that is declared nowhere, even inside ``try``.

    ``bound`` are the names that hold locally.
    """
    for root, steps in references(expression, bound):
        if not steps:
            raise EvaluationError(f"{root.name!r} is no reference: a reference has at least two words", root.span)
        if not isinstance(steps[0], GetAttr) or module.config.blind:
            continue
        names = [step.name for step in takewhile(_is_attribute, steps) if isinstance(step, GetAttr)]
        _require(module, root.name, names, root.span)
        _require_attribute(module, root.name, steps)


def _require(module: Module, root: str, names: list[str], span: Span) -> None:
    try:
        match root:
            case "var":
                module.declaration("variable", names[0])
            case "module":
                module.declaration("module", names[0])
            case "local" if module.config.local(names[0]) is None:
                module.local(names[0])
            case "local" | "path" | "terraform" | "each" | "count" | "self" | "ephemeral":
                return
            case "data" if len(names) > 1:
                _require_resource(module, "data", names[0], names[1], names[2:])
            case _ if root != "data":
                _require_resource(module, "managed", root, names[0], names[1:])
    except EvaluationError as error:
        error.span = error.span or span
        raise


def _require_attribute(module: Module, root: str, steps: list[Step]) -> None:
    """EvaluationError where a resource of a known type has no such attribute, or an index although it is one."""
    words, rest = (2, steps[2:]) if root == "data" else (1, steps[1:])
    names = [step.name for step in steps[:words] if isinstance(step, GetAttr)]
    mode, type_ = ("data", names[0]) if root == "data" else ("managed", root)
    declaration = module.config.find("data" if mode == "data" else "resource", type_, names[-1])
    if declaration is None or len(names) < words or not rest:
        return
    body = parse_or_fail(declaration, module.config, f"{type_}.{names[-1]}").body
    repeated = body.attribute("count") or body.attribute("for_each")
    if isinstance(rest[0], Index) and not repeated:
        raise EvaluationError(f"{type_}.{names[-1]} has neither count nor for_each: it takes no index", rest[0].span)
    attribute = next((step for step in rest[:2] if isinstance(step, GetAttr)), None)
    schema = schema_of(mode, type_)
    if attribute is None or schema is None or (attribute is rest[0]) == bool(repeated):
        return
    if attribute.name not in schema.attributes and attribute.name not in schema.blocks:
        near = did_you_mean(attribute.name, (*schema.attributes, *schema.blocks))
        raise EvaluationError(f"{type_} has no attribute named {attribute.name!r}{near}", attribute.span)


def _require_resource(module: Module, mode: str, type_: str, name: str, attributes: Sequence[str]) -> None:
    declaration = module.config.find("resource" if mode == "managed" else "data", type_, name)
    if declaration is None:
        raise EvaluationError(module.no_resource(mode, type_, name))
    if not attributes:
        return
    body = parse_or_fail(declaration, module.config, f"{type_}.{name}").body
    for repetition, key in (("count", "[0]"), ("for_each", '["key"]')):
        if body.attribute(repetition):
            whole = f"{type_}.{name}" if mode == "managed" else f"data.{type_}.{name}"
            message = f"{whole} has {repetition}: {attributes[0]!r} is an attribute of its instances"
            raise EvaluationError(message, help=f"write {whole}{key}.{attributes[0]}")


def _is_attribute(step: GetAttr | Index) -> bool:
    return isinstance(step, GetAttr)

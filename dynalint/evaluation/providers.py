"""Provider configurations: which one a resource uses, its region and its default tags.

https://developer.hashicorp.com/terraform/language/providers/configuration
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from dynalint.evaluation.blocks import Place, evaluate_body
from dynalint.evaluation.convert import convert
from dynalint.evaluation.errors import EvaluationError
from dynalint.evaluation.references import unwind
from dynalint.evaluation.resources import EvaluatedBlock, Provider
from dynalint.evaluation.scope import Scope
from dynalint.evaluation.types import STRING, MapOf
from dynalint.evaluation.values import Value, object_value
from dynalint.records import dataclass
from dynalint.syntax.nodes import Block, Expression, GetAttr, Literal, Name, ObjectExpression

if TYPE_CHECKING:
    from dynalint.evaluation.module import Module


@dataclass(frozen=True, slots=True)
class ProviderUse:
    """A provider as a module names it: local name and alias (``aws``, ``eu``)."""

    name: str
    alias: str | None = None


def named_provider(expression: Expression) -> ProviderUse | None:
    """What ``provider = aws.eu`` names; an index behind it (OpenTofu) is left out."""
    if isinstance(expression, Literal) and isinstance(expression.value, str):
        name, _, label = expression.value.partition(".")
        return ProviderUse(name, label or None)
    root, steps = unwind(expression)
    if not isinstance(root, Name):
        return None
    alias = next((step.name for step in steps if isinstance(step, GetAttr)), None)
    return ProviderUse(root.name, alias)


def find_provider(module: Module, use: ProviderUse) -> Provider | None:
    """The configuration that a name stands for in a module, followed through the calls that pass it on."""
    block = own_block(module, use)
    if block:
        return read_provider(block, module)
    if module.parent is None:
        return None
    passed = module.passed_providers.get(use)
    if passed:
        return find_provider(module.parent, passed)
    return find_provider(module.parent, use) if use.alias is None else None


def alias_of(block: Block) -> object:
    """The alias that a ``provider`` block is written with; None without one."""
    alias = block.body.attribute("alias")
    return alias.value.value if alias and isinstance(alias.value, Literal) else None


def own_block(module: Module, use: ProviderUse) -> Block | None:
    """The ``provider`` block of the module itself that has this name and alias."""
    for block in module.config.bodies("provider"):
        if (
            block.labels == (use.name,)
            and alias_of(block) == use.alias
            and (block.body.attributes or block.body.blocks)
        ):
            return block
    return None


def read_provider(block: Block, module: Module) -> Provider:
    """Region and default tags that a ``provider`` block sets."""
    evaluated = evaluate_body(block.body, Scope(module), Place("provider", block.header, labels=block.labels), None)
    region = evaluated.value("region")
    alias = evaluated.value("alias")
    return Provider(
        alias=alias.data if alias and isinstance(alias.data, str) else None,
        region=region,
        default_tags=_default_tags(evaluated),
        span=block.header,
        ignored_keys=_texts(evaluated, "keys"),
        ignored_prefixes=_texts(evaluated, "key_prefixes"),
    )


def _default_tags(evaluated: EvaluatedBlock) -> Value | None:
    for block in evaluated.blocks_of("default_tags"):
        tags = block.value("tags")
        if tags is not None and not tags.is_null:
            return _as_tags(tags)
    if "default_tags" in evaluated.arguments:  # JSON syntax, where dynalint has no schema of the provider block
        given = evaluated.arguments["default_tags"].value
        members = given.data if isinstance(given.data, Mapping) else {}
        return _as_tags(members.get("tags", object_value({})))
    return None


def _as_tags(value: Value) -> Value:
    """Tags as the provider takes them, texts all; the value itself where it refuses them."""
    try:
        return convert(value, MapOf(STRING))
    except EvaluationError:
        return value


def _texts(evaluated: EvaluatedBlock, name: str) -> tuple[str, ...]:
    """Known strings of an ``ignore_tags`` argument."""
    for block in evaluated.blocks_of("ignore_tags"):
        value = block.value(name)
        if value is not None:
            return tuple(member.data for member in value.members() if isinstance(member.data, str))
    return ()


def read_passed(expression: Expression) -> dict[ProviderUse, ProviderUse]:
    """What ``providers = { aws.a = aws.b }`` of a module call passes: name inside to name outside."""
    passed: dict[ProviderUse, ProviderUse] = {}
    if isinstance(expression, ObjectExpression):
        for item in expression.items:
            inside, outside = named_provider(item.key), named_provider(item.value)
            if inside and outside:
                passed[inside] = outside
    return passed

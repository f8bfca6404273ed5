"""The ``lifecycle`` block, read as Terraform does: from its text, since it takes no expressions.

https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint.evaluation.references import unwind
from dynalint.evaluation.resources import Ignored, Lifecycle
from dynalint.syntax.nodes import Attribute, Block, Body, Expression, Literal, Name, TupleExpression
from dynalint.syntax.source import Span


def read_lifecycle(block: Block) -> Lifecycle:
    """What a resource's ``lifecycle`` says; Terraform's defaults where it has none."""
    found = next(iter(block.body.blocks_of("lifecycle")), None)
    if found is None:
        return Lifecycle(block.header)
    ignores = found.body.attribute("ignore_changes")
    items = tuple(_ignored(ignores.value)) if ignores else ()
    whole = next((item.span for item in items if item.argument == "all"), None)
    return Lifecycle(
        span=found.header,
        written=True,
        block=found.span,
        prevents_destroy=_true_at(found.body, "prevent_destroy") is not None,
        creates_first=_true_at(found.body, "create_before_destroy"),
        ignored=tuple(item for item in items if item.argument != "all"),
        ignored_all=whole,
        ignores=ignores.value.span if ignores and isinstance(ignores.value, TupleExpression) else None,
        computed_switches=tuple(_computed_switches(found.body)),
    )


def _computed_switches(body: Body) -> Iterator[tuple[str, Span]]:
    """The switches that are no literals, although Terraform reads them before it evaluates anything."""
    for name in ("prevent_destroy", "create_before_destroy"):
        attribute = body.attribute(name)
        if attribute is not None and not isinstance(attribute.value, Literal):
            yield name, attribute.span


def _true_at(body: Body, name: str) -> Span | None:
    attribute: Attribute | None = body.attribute(name)
    if attribute is None or not isinstance(attribute.value, Literal):
        return None
    return attribute.span if attribute.value.value in (True, "true") else None


def _ignored(expression: Expression) -> Iterator[Ignored]:
    if isinstance(expression, TupleExpression):
        for item in expression.items:
            yield from _ignored(item)
    elif isinstance(expression, Literal) and isinstance(expression.value, str):
        name = expression.value.partition("[")[0].partition(".")[0]
        yield Ignored(name, expression.span, whole=name == expression.value)
    else:
        root, steps = unwind(expression)
        if isinstance(root, Name):
            yield Ignored(root.name, expression.span, whole=not steps)

"""What can be said of an expression without evaluating it: the references it makes.

Terraform resolves references before it evaluates, so that a name that is declared nowhere is an error even inside
``try`` or an unused local.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from dynalint.evaluation.references import Step, unwind
from dynalint.syntax.nodes import (
    Attribute,
    Binary,
    Block,
    Body,
    Call,
    Conditional,
    Expression,
    ForDirective,
    ForObject,
    ForTuple,
    GetAttr,
    IfDirective,
    Index,
    IndexStep,
    Interpolation,
    Literal,
    Name,
    ObjectExpression,
    Splat,
    SplatPart,
    SplatStep,
    Template,
    TemplatePart,
    TextPart,
    TupleExpression,
    Unary,
)

Reference = tuple[Name, list[Step]]
NOTHING_BOUND: frozenset[str] = frozenset()
NAMES_NO_VALUE = frozenset({"iterator", "provider", "providers", "ignore_changes", "replace_triggered_by"})
"""Arguments whose words name something, without a value to refer to."""


def references(
    expression: Expression, bound: frozenset[str] = NOTHING_BOUND, without: frozenset[str] = NOTHING_BOUND
) -> Iterator[Reference]:
    """Every reference in an expression: its first word and the steps after it.

    Names bound by ``for`` inside the expression, and those in ``bound``, are no references. What stands in calls of
    the functions in ``without`` is left out.
    """
    waiting: list[tuple[Expression, frozenset[str]]] = [(expression, bound)]
    while waiting:
        node, names = waiting.pop()
        if isinstance(node, Call) and node.name in without:
            continue
        if isinstance(node, Name | GetAttr | Index):
            root, steps = unwind(node)
            waiting.extend((step.key, names) for step in steps if isinstance(step, Index))
            if not isinstance(root, Name):
                waiting.append((root, names))
            elif root.name not in names:
                yield root, steps
        else:
            waiting.extend(_children(node, names))


def calls_in(expression: Expression) -> Iterator[Call]:
    """Every function call in an expression."""
    waiting: list[Expression] = [expression]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Call):
            yield node
        if isinstance(node, Name | GetAttr | Index):
            root, steps = unwind(node)
            waiting.extend(step.key for step in steps if isinstance(step, Index))
            waiting.extend(() if isinstance(root, Name) else (root,))
        else:
            waiting.extend(child for child, _ in _children(node, NOTHING_BOUND))


def _children(node: Expression, names: frozenset[str]) -> Iterator[tuple[Expression, frozenset[str]]]:
    match node:
        case Literal() | Name() | GetAttr() | Index():
            return
        case Template(parts=parts):
            yield from _of_parts(parts, names)
        case TupleExpression(items=items):
            yield from ((item, names) for item in items)
        case ObjectExpression(items=pairs):
            yield from ((side, names) for pair in pairs for side in (pair.key, pair.value))
        case ForTuple() | ForObject():
            yield from _of_for(node, names)
        case Conditional(condition=condition, if_true=if_true, if_false=if_false):
            yield from ((side, names) for side in (condition, if_true, if_false))
        case Binary(left=left, right=right):
            yield from ((left, names), (right, names))
        case Unary(operand=operand):
            yield operand, names
        case Call(arguments=arguments):
            yield from ((argument, names) for argument in arguments)
        case Splat(source=source, steps=steps):
            yield source, names
            yield from ((key, names) for key in _splat_keys(steps))


def _splat_keys(steps: tuple[SplatPart, ...]) -> Iterator[Expression]:
    for step in steps:
        match step:
            case IndexStep(key=key):
                yield key
            case SplatStep(steps=inner):
                yield from _splat_keys(inner)


def _of_for(node: ForTuple | ForObject, names: frozenset[str]) -> Iterator[tuple[Expression, frozenset[str]]]:
    inner = names | {node.value, *((node.key,) if node.key else ())}
    yield node.collection, names
    if node.condition:
        yield node.condition, inner
    if isinstance(node, ForTuple):
        yield node.result, inner
    else:
        yield node.result_key, inner
        yield node.result_value, inner


def _of_parts(parts: tuple[TemplatePart, ...], names: frozenset[str]) -> Iterator[tuple[Expression, frozenset[str]]]:
    for part in parts:
        match part:
            case TextPart():
                continue
            case Interpolation(expression=inner):
                yield inner, names
            case IfDirective(condition=condition, then=then, otherwise=otherwise):
                yield condition, names
                yield from _of_parts((*then, *otherwise), names)
            case ForDirective(collection=collection, key=key, value=value, body=body):
                yield collection, names
                yield from _of_parts(body, names | {value, *((key,) if key else ())})


def scoped_attributes(
    body: Body, bound: frozenset[str] = NOTHING_BOUND, *, contents: bool = True
) -> Iterator[tuple[Attribute, frozenset[str]]]:
    """All attributes of a body and the blocks inside it, each with the iterators of dynamic blocks around it.

    Without ``contents`` those in the content of dynamic blocks are left out, except for what decides how many of the
    blocks inside of it there are.
    """
    yield from ((attribute, bound) for attribute in body.attributes if attribute.name not in NAMES_NO_VALUE)
    for block in body.blocks:
        inner = bound
        if block.type == "dynamic" and block.labels:
            iterator = block.body.attribute("iterator")
            named = iterator.value.name if iterator and isinstance(iterator.value, Name) else block.labels[0]
            inner = bound | {named}
        yield from scoped_attributes(_with_values(block, contents=contents), inner, contents=contents)


def _with_values(block: Block, *, contents: bool) -> Body:
    """The body of a block without the arguments of a provisioner that take a word, and without what content holds."""
    if block.type == "content" and not contents:
        return _only_dynamic(block.body)
    if block.type != "provisioner":
        return block.body
    kept = (item for item in block.body.attributes if item.name not in ("when", "on_failure"))
    return replace(block.body, attributes=tuple(kept))


def _only_dynamic(body: Body) -> Body:
    blocks = (replace(block, body=_only_dynamic(block.body)) for block in body.blocks if block.type != "dynamic")
    return replace(body, attributes=(), blocks=(*body.blocks_of("dynamic"), *blocks))


def is_true(attribute: Attribute) -> bool:
    """Whether an argument that is read before anything is evaluated says yes."""
    return isinstance(attribute.value, Literal) and attribute.value.value in (True, "true")


def attributes(body: Body) -> Iterator[Attribute]:
    """All attributes of a body and of the blocks inside it."""
    yield from body.attributes
    for block in body.blocks:
        yield from attributes(block.body)

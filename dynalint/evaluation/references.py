"""References: ``var.x``, ``local.x``, ``module.m.out``, ``aws_dynamodb_table.t.name``, ``each.key``.

https://developer.hashicorp.com/terraform/language/expressions/references. A reference is resolved as a whole, because
what its first words mean depends on the words after them, and because one output of a module can be used before
another is known.
"""

from __future__ import annotations

from dynalint.evaluation import expressions
from dynalint.evaluation.access import closed, get_attribute, get_index
from dynalint.evaluation.errors import EvaluationError
from dynalint.evaluation.scope import Scope
from dynalint.evaluation.types import DYNAMIC
from dynalint.evaluation.values import Unknown, Value, string, unknown
from dynalint.syntax.nodes import Expression, GetAttr, Index, Name

Step = GetAttr | Index
UNREADABLE = "DYN001"
"""Code of the error for a declaration whose text is broken: what it would say is unknown, not wrong."""


def unwind(expression: Expression) -> tuple[Expression, list[Step]]:
    """The first word of a reference and the steps that follow, in order of writing."""
    steps: list[Step] = []
    while isinstance(expression, GetAttr | Index):
        steps.append(expression)
        expression = expression.source
    steps.reverse()
    return expression, steps


def evaluate_reference(expression: Name | GetAttr | Index, scope: Scope) -> Value:
    """What a reference stands for; EvaluationError where nothing of that name is declared."""
    root, steps = unwind(expression)
    assert isinstance(root, Name)
    if root.name in scope.names:
        return take(scope.names[root.name], steps, scope)
    try:
        value, used = _resolve(root, steps, scope)
    except EvaluationError as error:
        if error.code != UNREADABLE:
            raise
        return scope.module.hidden(root.name, *(step.name for step in steps if isinstance(step, GetAttr)))
    return take(value, steps[used:], scope)


def take(value: Value, steps: list[Step], scope: Scope) -> Value:
    """``value`` with the steps applied."""
    for step in steps:
        scope.budget.spend()
        try:
            match step:
                case GetAttr(name=name):
                    value = get_attribute(value, name)
                case Index(key=key):
                    value = get_index(closed(value), closed(expressions.evaluate(key, scope)))
        except EvaluationError as error:
            error.span = error.span or step.span
            raise
    return value


def _resolve(root: Name, steps: list[Step], scope: Scope) -> tuple[Value, int]:
    """Value of the declared thing that a reference begins with, and how many steps name it."""
    module = scope.module
    match root.name:
        case "var":
            return module.variable(_name(root, steps, 0, "var")), 1
        case "local":
            return module.local(_name(root, steps, 0, "local")), 1
        case "module":
            return _module(root, steps, scope)
        case "data":
            return module.resource("data", _name(root, steps, 0, "data"), _name(root, steps, 1, "data")), 2
        case "path":
            return _path(_name(root, steps, 0, "path"), scope), 1
        case "terraform":
            return _terraform(_name(root, steps, 0, "terraform"), scope), 1
        case "ephemeral":
            return unknown(DYNAMIC, Unknown("ephemeral values exist only while terraform runs")), len(steps)
        case "each" | "count" | "self":
            raise EvaluationError(_NOT_HERE[root.name], root.span)
        case name if steps and isinstance(steps[0], GetAttr):
            return module.resource("managed", name, _name(root, steps, 0, name)), 1
        case name:
            raise EvaluationError(f"{name!r} is no reference: a reference has at least two words", root.span)


_NOT_HERE = {
    "each": "each.key and each.value exist only in blocks with for_each",
    "count": "count.index exists only in blocks with count",
    "self": "self exists only in provisioners and postconditions",
}


def _name(root: Name, steps: list[Step], position: int, kind: str) -> str:
    step = steps[position] if position < len(steps) else None
    if not isinstance(step, GetAttr):
        raise EvaluationError(f"{kind} must be followed by a dot and a name", root.span)
    return step.name


def _module(root: Name, steps: list[Step], scope: Scope) -> tuple[Value, int]:
    """Only the output that is asked for is evaluated, where the reference names one."""
    name = _name(root, steps, 0, "module")
    if scope.module.tree.validating:
        return scope.module.call(name), 1
    match steps[1:3]:
        case [GetAttr(name=output), *_]:
            return scope.module.call_output(name, None, output), 2
        case [Index(key=key), GetAttr(name=output), *_]:
            instance = closed(expressions.evaluate(key, scope))
            if not instance.is_unknown and not instance.is_null:
                return scope.module.call_output(name, instance, output), 3
    return scope.module.call(name), 1


def _path(name: str, scope: Scope) -> Value:
    match name:
        case "module":
            return string(scope.module.path_module)
        case "root":
            return string(".")
        case "cwd":
            return unknown(
                DYNAMIC, Unknown("path.cwd depends on where terraform runs", identity="path.cwd", not_null=True)
            )
    raise EvaluationError(f"path has no attribute {name!r}: only module, root and cwd")


def _terraform(name: str, scope: Scope) -> Value:
    if name != "workspace":
        raise EvaluationError(f"terraform has no attribute {name!r}: only workspace")
    return scope.module.tree.workspace

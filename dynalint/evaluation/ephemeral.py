"""Ephemeral values, which exist only while Terraform runs, and where it does not let them go.

https://developer.hashicorp.com/terraform/language/values/variables#exclude-values-from-state. What refers to something
ephemeral is ephemeral, except inside of ``ephemeralasnull()``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from dynalint.evaluation.blocks import META_BLOCKS
from dynalint.evaluation.declared import blocks_of
from dynalint.evaluation.errors import EvaluationError
from dynalint.evaluation.references import Step
from dynalint.evaluation.resolving import META
from dynalint.evaluation.static import is_true, references, scoped_attributes
from dynalint.syntax.nodes import Attribute, Block, Expression, GetAttr, Name

if TYPE_CHECKING:
    from dynalint.evaluation.module import Module

CODE = "DYN022"
ENDED_BY = frozenset({"ephemeralasnull"})
WRITE_ONLY = "_wo"
"""How the names of the arguments end that take ephemeral values."""


def ephemeral_errors(module: Module) -> Iterator[EvaluationError]:
    """Ephemeral values of a module that would be kept: in a resource, in an output or in an input of another module."""
    taint = module.ephemeral
    for block in blocks_of(module.config, "resource", "data"):
        yield from _in_resource(block, taint)
    for block in blocks_of(module.config, "output"):
        value, flag = block.body.attribute("value"), block.body.attribute("ephemeral")
        if value and taint.reaches(value.value) and not (flag and is_true(flag)):
            yield _kept(value, "this output is not declared as ephemeral")
    for block in blocks_of(module.config, "module"):
        yield from _in_call(module, block, taint)


def _kept(attribute: Attribute, why: str) -> EvaluationError:
    return EvaluationError(f"{attribute.name} is set to an ephemeral value: {why}", attribute.span, code=CODE)


def _in_resource(block: Block, taint: Taint) -> Iterator[EvaluationError]:
    kept = tuple(inner for inner in block.body.blocks if inner.type not in META_BLOCKS)
    for attribute, bound in scoped_attributes(replace(block.body, blocks=kept)):
        if not attribute.name.endswith(WRITE_ONLY) and taint.reaches(attribute.value, bound):
            yield _kept(attribute, "what a resource is made with is kept in the state")


def _in_call(module: Module, block: Block, taint: Taint) -> Iterator[EvaluationError]:
    try:
        call = module.call_of(block.labels[0])
    except EvaluationError:
        return  # noted where it is called
    child = next(iter(call.modules.values()), None)
    for attribute in block.body.attributes:
        if attribute.name in META or not taint.reaches(attribute.value):
            continue
        if child and child.config.find("variable", attribute.name):
            try:
                if not child.variable_declaration(attribute.name).ephemeral:
                    yield _kept(attribute, "the variable of the module is not declared as ephemeral")
            except EvaluationError:
                continue  # noted where it is declared


class Taint:
    """Which expressions of a module refer to something ephemeral."""

    def __init__(self, module: Module) -> None:
        self._module = module
        self._locals: dict[str, bool] = {}

    def reaches(self, expression: Expression, bound: frozenset[str] = frozenset()) -> bool:
        """Whether an expression does, through locals and outputs, too."""
        return any(self._is(root, steps) for root, steps in references(expression, bound, ENDED_BY))

    def _is(self, root: Name, steps: list[Step]) -> bool:
        names = [step.name for step in steps if isinstance(step, GetAttr)]
        match [root.name, *names]:
            case ["ephemeral", *_] | ["terraform", "applying"]:
                return True
            case ["var", name, *_] if self._module.config.find("variable", name):
                return self._declared(name)
            case ["local", name, *_]:
                return self._local(name)
            case ["module", call, output, *_]:
                return self._output(call, output)
            case _:
                return False

    def _declared(self, name: str) -> bool:
        try:
            return self._module.variable_declaration(name).ephemeral
        except EvaluationError:
            return False

    def _local(self, name: str) -> bool:
        if name not in self._locals:
            self._locals[name] = False  # a cycle adds nothing
            attribute = self._module.config.local(name)
            self._locals[name] = attribute is not None and self.reaches(attribute.value)
        return self._locals[name]

    def _output(self, call: str, name: str) -> bool:
        try:
            child = next(iter(self._module.call_of(call).modules.values()), None)
        except EvaluationError:
            return False
        declaration = child.config.find("output", name) if child else None
        flag = declaration.parse().body.attribute("ephemeral") if declaration else None
        return flag is not None and is_true(flag)

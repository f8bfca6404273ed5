"""What must hold of expressions and functions."""

from __future__ import annotations

from functools import cache

from dynalint.evaluation.budget import Budget, deep_nesting
from dynalint.evaluation.console import Console
from dynalint.evaluation.errors import BudgetError, EvaluationError
from dynalint.evaluation.functions import FUNCTIONS, call
from dynalint.evaluation.inputs import Inputs
from dynalint.evaluation.notation import value_text
from dynalint.evaluation.scope import Scope
from dynalint.evaluation.values import Value
from dynalint.project import Project
from tests.hostile.asking import twice
from tests.hostile.choices import Choices
from tests.hostile.of_runs import directory

MODULE = """
variable "a" {}
variable "b" {
  default = [{ x = "1", y = null }, { x = "2", y = 2 }]
}
variable "s" {
  default   = "s"
  sensitive = true
}
locals {
  a = { x = [1, "y"], z = null, m = tomap({ k = "v" }) }
  n = 3
  t = "text"
  u = timestamp()
}
resource "aws_dynamodb_table" "t" {
  count = 2
  name  = "t${count.index}"
}
"""
STEPS, MEMBERS, TEXT = 20_000, 2_000, 50_000


@cache
def console() -> Console:
    """The scope in which expressions are evaluated."""
    return Console(directory(MODULE), Project(directory(MODULE)), Inputs(), budget)


def budget() -> Budget:
    """A bound so low that what does not keep to it is seen at once."""
    return Budget(total=STEPS, steps=STEPS, members=MEMBERS, text=TEXT)


def keeps_to_bounds(value: Value) -> None:
    """No collection and no text is larger than what the budget allows."""
    waiting = [value]
    while waiting:
        item = waiting.pop()
        assert not isinstance(item.data, str) or len(item.data) <= TEXT, f"a text of {len(item.data)} characters"
        assert len(item.members()) <= MEMBERS, f"a collection of {len(item.members())} members"
        waiting.extend(item.members())


def evaluator(data: bytes) -> None:
    """An expression in the scope of a module: a value within bounds, and its text, or an error that says why not."""
    text = data.decode("utf-8", "replace")
    twice(lambda: _evaluated(text), EvaluationError, BudgetError)


def _evaluated(text: str) -> str:
    value = console().evaluate(text)
    keeps_to_bounds(value)
    with deep_nesting():
        return value_text(value, show_sensitive=True)


NAMES = tuple(sorted(FUNCTIONS))


def functions(data: bytes) -> None:
    """A function called with values of any kind: a value within bounds, or a declared error."""
    twice(lambda: _called(data), EvaluationError, BudgetError)


def _called(data: bytes) -> Value:
    choices = Choices(data)
    function = FUNCTIONS[choices.one_of(NAMES)]
    arguments = tuple(choices.value() for _ in range(choices.below(6)))
    tree = console().tree
    tree.budget = budget()
    with deep_nesting():
        value = call(function, arguments, tree.context(Scope(tree.root)))
    keeps_to_bounds(value)
    return value

"""x."""

from dynalint.evaluation.functions.base import Function

FUNCTIONS: tuple[Function, ...] = ()

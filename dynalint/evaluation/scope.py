"""Where an expression stands: its module, and the names that only hold here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import TYPE_CHECKING

from dynalint.evaluation.budget import Budget
from dynalint.evaluation.values import Value
from dynalint.records import dataclass

if TYPE_CHECKING:
    from dynalint.evaluation.module import Module

NO_NAMES: Mapping[str, Value] = {}
NO_READS: Mapping[str, frozenset[str]] = {}


@dataclass(frozen=True, slots=True)
class Scope:
    """A module and the local names: ``each``, ``count``, ``self``, ``for`` variables, iterators of dynamic blocks.

    ``reads`` says for each of these names which inputs of the module it was made from.
    """

    module: Module
    names: Mapping[str, Value] = field(default_factory=lambda: NO_NAMES)
    reads: Mapping[str, frozenset[str]] = field(default_factory=lambda: NO_READS)

    @property
    def budget(self) -> Budget:
        """The bound that everything in this scope counts against."""
        return self.module.tree.budget

    def bind(self, names: Mapping[str, Value], reads: frozenset[str] = frozenset()) -> Scope:
        """The same scope with more names, which shadow those of the same name; all were made from ``reads``."""
        known = {**self.reads, **dict.fromkeys(names, reads)} if reads or self.reads else self.reads
        return Scope(self.module, {**self.names, **names}, known)

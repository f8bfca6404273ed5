"""Where the module of a call lies: beside the caller, where Terraform downloaded it, or in a stand-in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dynalint.evaluation import expressions
from dynalint.evaluation.access import closed
from dynalint.evaluation.errors import EvaluationError
from dynalint.evaluation.scope import Scope
from dynalint.evaluation.stand_ins import StandIn, Unfit
from dynalint.records import dataclass
from dynalint.syntax.nodes import Block

if TYPE_CHECKING:
    from dynalint.evaluation.module import Module

META = frozenset({"source", "version", "count", "for_each", "providers", "depends_on"})
"""Arguments of a call that are no inputs of its module."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """Where a call's module lies; ``directory`` is None, and ``reason`` says why, where it is not here.

    ``stand_in`` is what is evaluated in place of a module that is not downloaded.
    """

    source: str
    version: str | None
    directory: str | None
    reason: str = ""
    stand_in: StandIn | None = None

    @property
    def assumed(self) -> str:
        """Of what a stand-in is taken for; empty for the module itself."""
        return f"not downloaded, so it is judged as {self.stand_in.label}" if self.stand_in else ""

    @property
    def may_differ(self) -> bool:
        """Whether the module may have inputs and outputs that are not declared here."""
        return self.stand_in is not None and not self.stand_in.release.certain


def resolve(module: Module, name: str, block: Block) -> Resolved:
    """Where the module of a call lies, from its ``source`` and from ``.terraform/modules/modules.json``."""
    source, version = _text(module, block, "source"), _text(module, block, "version")
    if source is None:
        return Resolved("", version, None, f"the source of module.{name} is not known")
    directory = module.tree.module_directory(module, name, source)
    if directory is not None:
        return Resolved(source, version, directory)
    if source.startswith(("./", "../")):
        return Resolved(source, version, None, f"module.{name} ({source}) is not here")
    found = module.tree.stand_in(module, name, source, version)
    unfit = _unfit(module, found, block)
    if isinstance(found, StandIn) and not unfit:
        return Resolved(source, version, found.directory, stand_in=found)
    return Resolved(source, version, None, f"module.{name} ({source}) is not downloaded{unfit}")


def _unfit(module: Module, found: StandIn | Unfit | None, block: Block) -> str:
    """Why a stand-in cannot be used, ready to be added to a sentence."""
    if isinstance(found, Unfit):
        return f": {found.reason}"
    if found is None or found.release.certain:
        return ""
    declared = module.tree.config(found.directory).names("variable")
    new = [item.name for item in block.body.attributes if item.name not in META and item.name not in declared]
    return f", and its input {new[0]!r} is newer than {found.label}, which dynalint knows" if new else ""


def _text(module: Module, block: Block, name: str) -> str | None:
    attribute = block.body.attribute(name)
    if attribute is None:
        return None
    try:
        value = closed(expressions.evaluate(attribute.value, Scope(module)))
    except EvaluationError as error:
        module.tree.fault(error)
        return None
    return value.data if isinstance(value.data, str) else None

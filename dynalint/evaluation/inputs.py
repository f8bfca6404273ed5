"""What the caller adds to a root module: ``--var``, ``--var-file``, environment variables."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from dynalint.records import dataclass

if TYPE_CHECKING:
    from dynalint.evaluation.plan_file import PlanFile


@dataclass(frozen=True, slots=True)
class Inputs:
    """Values and modes of one run.

    ``arguments`` are the command line's, in its order, which decides who wins: ``("var", "name=value")`` and
    ``("var-file", "prod.tfvars")``, paths relative to the current directory. ``environment`` holds ``TF_VAR_…`` and
    ``TF_WORKSPACE`` where the caller asked for them. ``plan`` is a plan made of the root module. ``everything``
    evaluates and complains about all of the configuration, not only what DynamoDB depends on.
    """

    arguments: tuple[tuple[str, str], ...] = ()
    environment: Mapping[str, str] | None = None
    plan: PlanFile | None = None
    everything: bool = False

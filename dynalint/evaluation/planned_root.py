"""Which of several root modules a plan was made of: plans name no files."""

from __future__ import annotations

from collections.abc import Sequence

from dynalint.evaluation.config import ModuleConfig
from dynalint.evaluation.plan_file import PlanFile
from dynalint.project import Project


def planned_root(
    plan: PlanFile, roots: Sequence[str], project: Project, configs: dict[str, ModuleConfig]
) -> str | None:
    """The root that declares most of what the plan's configuration writes; None where no root declares any of it."""
    scores = {directory: _declared(plan, directory, project, configs) for directory in roots}
    best = max(scores, key=lambda directory: scores[directory], default=None)
    return best if best is not None and scores[best] > 0 else None


def _declared(plan: PlanFile, directory: str, project: Project, configs: dict[str, ModuleConfig]) -> int:
    if directory not in configs:
        configs[directory] = ModuleConfig(directory, project)
    config = configs[directory]
    calls = {address.split(".")[1] for address in plan.written if address.startswith("module.")}
    found = sum(config.find("module", name) is not None for name in calls)
    for address in plan.written:
        parts = tuple(address.split("."))
        found += parts[0] == "data" and len(parts) == 3 and config.find(*parts) is not None
        found += len(parts) == 2 and config.find("resource", *parts) is not None
    return found

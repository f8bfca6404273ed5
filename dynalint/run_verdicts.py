"""What the run says of itself: files, modules and expressions that stand between the rules and the tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from dynalint.evaluation.resources import Fault, ModuleCall, RootModule
from dynalint.findings import Finding, RuleInfo, Severity, Step
from dynalint.placing import at_call, call_steps, is_foreign, sites
from dynalint.run_rules import BY_CODE, EXPRESSION_INVALID, FILE_UNREADABLE, MODULE_UNRESOLVED
from dynalint.syntax import SourceFile
from dynalint.syntax.source import Sources, Span
from dynalint.verdicts import Observation, observation, one_line, steps_of


def unlisted(directories: Iterable[str]) -> Iterator[Observation]:
    """Directories that could not be listed."""
    for directory in directories:
        message = "this directory cannot be listed: nothing in it is checked"
        yield observation(Finding(FILE_UNREADABLE, Severity.ERROR, message, Span(directory, 0, 0)))


def syntax_faults(files: Iterable[SourceFile], sources: Sources) -> Iterator[Observation]:
    """What the files of a module have that Terraform would refuse to read."""
    for file in files:
        for fault in file.faults:
            span = one_line(fault.span, sources)
            yield observation(Finding(FILE_UNREADABLE, Severity.ERROR, fault.message, span, help=fault.help))


def evaluation_fault(fault: Fault, root: RootModule, sources: Sources, infos: Mapping[str, RuleInfo]) -> Observation:
    """What Terraform would refuse to evaluate; in a downloaded module it stands at the call.

    Its rule is one of the run's, or among ``infos``, by code; where that rule is not loaded it is an expression.
    """
    rule = BY_CODE.get(fault.code) or infos.get(fault.code) or EXPRESSION_INVALID
    finding = Finding(
        rule=rule,
        severity=rule.severity,
        message=fault.message,
        span=one_line(fault.span, sources),
        trace=tuple(steps_of(fault.trace, (fault.span,), sources)),
        help=fault.help,
    )
    inside = next((item for item in root.resources if _holds(item.span, fault.span)), None)
    calls = inside.calls if inside else root.ways.get(fault.span.path.rpartition("/")[0], ())
    places = sites(fault.span, inside) if inside else tuple(call.span for call in calls)
    if is_foreign(fault.span.path):
        finding = replace(finding, trace=(*finding.trace, *call_steps(calls)))
    return observation(at_call(finding, calls), places)


def unresolved_call(call: ModuleCall, sources: Sources) -> Observation:
    """A module that is not there. All calls of one source are one finding."""
    speaks_of_it = "dynamodb" in f"{call.source} {call.name}".lower()
    finding = Finding(
        rule=MODULE_UNRESOLVED,
        severity=Severity.WARNING if speaks_of_it else Severity.NOTE,
        message=call.reason,
        span=one_line(call.header, sources),
        addresses=(call.address,),
        trace=tuple(Step(site.span, f"called here as {site.address}") for site in reversed(call.calls)),
        help="run `terraform get` first, or check a plan with --plan; until then no rule sees what the module makes",
    )
    return observation(
        finding, places=(site.span for site in call.calls), key=(MODULE_UNRESOLVED.code, call.source, call.version)
    )


def _holds(outer: Span, inner: Span) -> bool:
    return outer.path == inner.path and outer.start <= inner.start < outer.end

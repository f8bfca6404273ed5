"""Where a finding stands: never in a module that is not the user's, but at the call that brings it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from dynalint.evaluation.resources import CallSite, Resource
from dynalint.evaluation.stand_ins import is_stand_in
from dynalint.findings import Finding, Step
from dynalint.syntax.source import Span

DOWNLOADED = "/.terraform/"


def is_foreign(path: str) -> bool:
    """Whether the user did not write what is there: Terraform downloaded it, or it stands in for a download."""
    return DOWNLOADED in path or is_stand_in(path)


def own_call(calls: Sequence[CallSite]) -> CallSite | None:
    """The innermost call that the user wrote."""
    return next((call for call in reversed(calls) if not is_foreign(call.span.path)), None)


def own_place(span: Span, calls: Sequence[CallSite]) -> Span:
    """The place itself, or the call that brings it where it is foreign."""
    own = own_call(calls) if is_foreign(span.path) else None
    return own.span if own else span


def call_steps(calls: Sequence[CallSite]) -> Iterator[Step]:
    """The calls that lead to a place, innermost first."""
    for call in reversed(calls):
        yield Step(call.span, f"called here as {call.address}" + (f"; {call.assumed}" if call.assumed else ""))


def at_call(finding: Finding, calls: Sequence[CallSite]) -> Finding:
    """The finding, out of a foreign module: at the argument of the call that decides, else at the call's header.

    The place in the module stays in the trace; that of a stand-in does not, for nobody else has its text.
    """
    own = own_call(calls)
    if not is_foreign(finding.span.path) or own is None:
        return finding
    inside = (Step(finding.span, finding.label or "here, in the module"), *finding.trace)
    shown = [step for step in inside if not is_stand_in(step.span.path)]
    argument = next((step for step in shown if _is_argument(step.span, own)), None)
    trace = (step for step in shown if step is not argument and (step.span != own.span or own.assumed))
    label = finding.label if is_stand_in(finding.span.path) else ""
    if argument is None:
        label = next(
            (step.message for step in inside if step not in shown and step.message.startswith("default of")), label
        )
    else:
        label = label or argument.message
    return replace(finding, span=argument.span if argument else own.span, trace=tuple(trace), label=label, fix=None)


def _is_argument(span: Span, call: CallSite) -> bool:
    whole = call.block
    return whole is not None and span.path == whole.path and call.span.end <= span.start < whole.end


def sites(at: Span, resource: Resource) -> tuple[Span, ...]:
    """Where a comment may speak of something at ``at`` in the resource: there, at the resource, at the calls."""
    return (at, resource.header, *(call.span for call in resource.calls))

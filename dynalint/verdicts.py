"""One rule on one object: from what the rule yields to a finding, or to the reason why it could not decide."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import replace
from traceback import print_exception
from typing import Any, Protocol

from dynalint.deletions import with_commas
from dynalint.dynamodb.fields import Field
from dynalint.errors import Stopped
from dynalint.evaluation.errors import BudgetError
from dynalint.evaluation.resources import Resource, World
from dynalint.evaluation.values import Trace, Value
from dynalint.findings import Edit, Finding, Fix, Severity, Step, Undecided, UndecidedCheck
from dynalint.placing import at_call, call_steps, own_place, sites
from dynalint.records import dataclass
from dynalint.rule import Rule, Violation
from dynalint.run_rules import RULE_FAILED
from dynalint.syntax.source import Sources, Span


class Subject(Protocol):
    """What a rule visits: something of the model, made by a resource."""

    @property
    def address(self) -> str:
        """The address of the resource."""
        ...

    @property
    def at(self) -> Span:
        """The header of the block."""
        ...

    @property
    def resource(self) -> Resource:
        """The resource that declares it."""
        ...


@dataclass(frozen=True, slots=True)
class Observation:
    """A finding on one object.

    ``places`` are where a comment may hide it (its own place, the resource, the module calls that lead there),
    ``deciding`` the places that its value came through. Observations of one ``key`` are reported as one finding.
    """

    finding: Finding
    key: tuple[object, ...]
    places: tuple[Span, ...]
    deciding: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Doubt:
    """An undecided check on one object, with the places where a comment may speak of it."""

    check: UndecidedCheck
    places: tuple[Span, ...]


Verdict = Observation | Doubt
COMMENTS = (b"#", b"//", b"/*")


def verdicts(rule: Rule[Any], subject: Subject, sources: Sources, *, latent: bool = False) -> Iterator[Verdict]:
    """What ``rule`` says of ``subject``; nothing where it is clean.

    A latent subject is a branch that no input takes today: what cannot be decided there is not reported.
    """
    what = f"rule {rule.info.code} {rule.info.name} failed on {subject.address}"
    yield from contained(_asked(rule, subject, sources, latent=latent), what, subject.at, sources, rule.info.code)


def contained(produce: Iterator[Verdict], what: str, at: Span, sources: Sources, of: str = "") -> Iterator[Verdict]:
    """What ``produce`` yields, and where it raises, the finding that says so: the run goes on without the rest.

    ``of`` is the rule that is asked: one that fails in one way on many objects is reported once.
    """
    try:
        yield from produce
    except (Exception, SystemExit) as fault:  # noqa: BLE001 - a rule is a stranger's; the finding names the fault
        if isinstance(fault.__cause__, KeyboardInterrupt | Stopped):  # what Python makes of one in a class body
            raise fault.__cause__ from None
        if os.environ.get("DYNALINT_DEBUG"):
            print_exception(fault)
        yield _failure(what, fault, at, sources, of)


def observation(finding: Finding, places: Iterable[Span] = (), key: tuple[object, ...] = ()) -> Observation:
    """A finding as the engine handles it; its key is the rule and the place, unless another is given."""
    return Observation(
        finding=finding,
        key=key or (finding.rule.code, finding.span),
        places=(finding.span, *places),
        deciding=tuple(step.span for step in finding.trace),
    )


def steps_of(trace: Trace | None, within: tuple[Span, ...], sources: Sources) -> Iterator[Step]:
    """The steps of a trace that say something more than the places ``within`` do, nearest first.

    A literal has no text of its own: it is kept where no other step shows it, for it is what decides.
    """
    shown = [*within]
    for step in trace.steps() if trace else ():
        if step.secret or any(_inside(step.span, other) for other in shown):
            continue
        if step.text or not step.sources:
            shown.append(step.span)
            yield Step(one_line(step.span, sources), step.text or "decided here")


def one_line(span: Span, sources: Sources) -> Span:
    """The part of ``span`` that lies on its first line."""
    data = sources(span.path).data
    end = data.find(b"\n", span.start, span.end)
    if end < 0:
        return span
    return Span(span.path, span.start, span.start + len(data[span.start : end].rstrip()))


def _asked(rule: Rule[Any], subject: Subject, sources: Sources, *, latent: bool) -> Iterator[Verdict]:
    try:
        for violation in rule.ask(subject):
            yield _observed(rule, violation, subject, sources)
    except (Undecided, BudgetError) as because:
        if not latent:
            yield _doubt(rule, because, subject, sources)


def _failure(what: str, fault: BaseException, at: Span, sources: Sources, of: str) -> Observation:
    finding = Finding(
        rule=RULE_FAILED,
        severity=Severity.ERROR,
        message=f"{what} with {type(fault).__name__}: {fault}".strip(": \n").replace("\n", " "),
        span=one_line(at, sources),
        help="report this to the authors of the rule; DYNALINT_DEBUG=1 prints where it failed",
    )
    same = (of, type(fault).__name__) if of else (at, what)
    return observation(finding, key=(RULE_FAILED.code, *same))


def _observed(rule: Rule[Any], violation: Violation, subject: Subject, sources: Sources) -> Observation:
    at, argument, trace = _place(violation)
    resource = subject.resource
    world = resource.world
    shown = (at, world.span) if world else (at,)
    own, added = steps_of(trace, shown, sources), steps_of(violation.trace, shown, sources)
    finding = Finding(
        rule=rule.info,
        severity=violation.severity or rule.info.severity,
        message=violation.message + _condition(world),
        span=one_line(at, sources),
        addresses=(subject.address,),
        trace=(*own, *added, *call_steps(resource.calls), *_switch(world, sources)),
        help=violation.help,
        label=violation.label,
        argument=argument,
        fix=None if _is_sensitive(violation) else _tidied(violation.fix, sources),
        latent=world is not None,
    )
    return observation(at_call(finding, resource.calls), sites(at, resource))


def _doubt(rule: Rule[Any], because: Undecided | BudgetError, subject: Subject, sources: Sources) -> Doubt:
    reason, hint, at = (
        (because.reason, because.hint, because.at) if isinstance(because, Undecided) else (str(because), "", None)
    )
    span = at or subject.at
    stands = one_line(own_place(span, subject.resource.calls), sources)
    check = UndecidedCheck(rule.info, reason, stands, (subject.address,), hint)
    return Doubt(check, (span, *sites(span, subject.resource)))


def _tidied(fix: Fix | None, sources: Sources) -> Fix | None:
    """The fix, its deletions taking along the lines that they empty, and a blank one that would be one too many."""
    if fix is None:
        return None
    edits = with_commas(sorted(fix.edits, key=lambda edit: edit.span), sources)
    lines = _together(_with_lines(edit, sources) for edit in edits)
    return replace(fix, edits=tuple(_with_blank(edit, sources) for edit in lines))


def _together(edits: Iterable[Edit]) -> list[Edit]:
    """The edits, deletions that touch being one."""
    made: list[Edit] = []
    for edit in edits:
        if made and not edit.text and not made[-1].text and made[-1].span.end == edit.span.start:
            edit = Edit(made.pop().span.cover(edit.span), "")  # noqa: PLW2901 - it takes the place of both
        made.append(edit)
    return made


def _with_blank(edit: Edit, sources: Sources) -> Edit:
    """With the blank line behind deleted lines where one stays before them, or the one before at the end of a block."""
    span = edit.span
    data = sources(span.path).data
    if edit.text or span.start == span.end or data[span.start - 1 : span.start] != b"\n":
        return edit
    before = data[data.rfind(b"\n", 0, span.start - 1) + 1 : span.start].strip()
    end = data.find(b"\n", span.end) + 1 or len(data)
    after = data[span.end : end].strip()
    if not after and (not before or before.endswith(b"{")):
        return Edit(Span(span.path, span.start, end), "")
    if not before and after == b"}":
        return Edit(Span(span.path, data.rfind(b"\n", 0, span.start - 1) + 1, span.end), "")
    return edit


def _with_lines(edit: Edit, sources: Sources) -> Edit:
    span = edit.span
    data = sources(span.path).data
    start = data.rfind(b"\n", 0, span.start) + 1
    end = data.find(b"\n", span.end) + 1 or len(data)
    rest = data[span.end : end]
    if edit.text or data[start : span.start].strip():
        return edit
    if behind := rest.lstrip(b" \t").rstrip():
        blanks = len(rest) - len(rest.lstrip(b" \t"))  # a comment behind stays, where the line began
        return Edit(Span(span.path, span.start, span.end + blanks), "") if behind.startswith(COMMENTS) else edit
    return Edit(Span(span.path, start, end), "")


def _is_sensitive(violation: Violation) -> bool:
    """Whether the violation is about a sensitive value, which a fix might write out."""
    match violation.at:
        case Field(value=Value(sensitive=sensitive)):
            return sensitive
        case _:
            return False


def _place(violation: Violation) -> tuple[Span, str, Trace | None]:
    match violation.at:
        case Span() as span:
            return span, "", None
        case Field() as field:
            return field.at, field.path, field.trace
        case place:
            return place.at, "", None


def _switch(world: World | None, sources: Sources) -> Iterator[Step]:
    if world:
        yield Step(one_line(world.span, sources), f"decided by {_inputs(world)}")


def _condition(world: World | None) -> str:
    return f", as soon as {_inputs(world)} takes another value" if world else ""


def _inputs(world: World) -> str:
    return " or ".join(f"var.{name}" for name in world.switches) or "its condition"


def _inside(span: Span, other: Span) -> bool:
    return span.path == other.path and other.start <= span.start and span.end <= other.end

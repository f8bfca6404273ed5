"""Findings for people: the source, the decisive part underlined, where it comes from, what to write instead."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from dynalint.findings import Finding, Report, RuleInfo, Step, Suppressed, UndecidedCheck
from dynalint.reports import RenderOptions, concise, summary
from dynalint.reports.diagnostic import Diagnostic, Note, draw
from dynalint.reports.folding import divided, listed
from dynalint.reports.inert import visible
from dynalint.reports.places import Places
from dynalint.reports.snippet import Mark
from dynalint.reports.styled import (
    FAINT,
    GOOD,
    SEVERITIES,
    STRONG,
    UNDECIDED,
    Line,
    Piece,
    Style,
    line,
    to_text,
    wrapped,
)
from dynalint.syntax.source import Span

MOST_ADDRESSES = 3
MOST_STEPS = 8
LATENT = "no input passed today brings this out; another value of the module's inputs would"


def render(report: Report, options: RenderOptions) -> str:
    """The report for a terminal or a log; one line a finding where ``options.quiet``."""
    made = concise.lines(report, options) if options.quiet else _full(report, options)
    return to_text(made, color=options.color, hyperlinks=options.hyperlinks)


def _full(report: Report, options: RenderOptions) -> Iterator[Line]:
    places = Places.of(report, options.base)
    if options.statistics:
        yield from _statistics(report)
    else:
        yield from _findings(report, options, places)
    yield from _summary(report, options)


def _findings(report: Report, options: RenderOptions, places: Places) -> Iterator[Line]:
    drawn, repeated = (report.findings, []) if options.verbose else divided(report.findings)
    for diagnostic in _diagnostics(drawn, report, options, places):
        yield from draw(diagnostic, places, options.width)
        yield ()
    for findings in repeated:
        yield from listed(findings, places, options.width)
        yield ()


def _diagnostics(
    findings: Iterable[Finding], report: Report, options: RenderOptions, places: Places
) -> Iterator[Diagnostic]:
    introduced: set[str] = set()
    for finding in findings:
        new = finding.rule.code not in introduced
        introduced.add(finding.rule.code)
        yield _of_finding(finding, places, verbose=options.verbose > 0, introduce=new)
    if options.verbose:
        yield from (_of_undecided(check, places) for check in report.undecided)
        yield from (_of_suppressed(suppressed, places) for suppressed in report.suppressed)


def _of_finding(finding: Finding, places: Places, *, verbose: bool, introduce: bool) -> Diagnostic:
    steps = finding.trace if verbose else finding.trace[:MOST_STEPS]
    style = SEVERITIES[finding.severity]
    notes: list[Note] = []
    if len(steps) < len(finding.trace):
        notes.append(Note("trace", f"{len(finding.trace) - len(steps)} more steps (-v shows them)"))
    if finding.latent:
        notes.append(Note("latent", LATENT))
    if finding.environments:
        notes.append(Note("in", ", ".join(visible(name) for name in finding.environments)))
    notes += _addresses(finding, places, None if verbose else MOST_ADDRESSES)
    return Diagnostic(
        str(finding.severity),
        style,
        finding.rule,
        finding.message,
        tuple(marks_of(finding.span, finding.label, style, steps)),
        (*notes, *_help(finding)),
        finding.fix,
        tuple(_reading(finding.rule, verbose=verbose)) if introduce else (),
    )


def _reading(rule: RuleInfo, *, verbose: bool) -> Iterator[Note]:
    """Where to read about a rule: said once for each rule that is in the report."""
    yield Note("see", f"dynalint rule {visible(rule.name)}", rule.url)
    if verbose and rule.url:
        yield Note("docs", rule.url, rule.url)


def _help(finding: Finding) -> Iterator[Note]:
    """What to write instead, last of the notes: the change that a fix would make stands right below it."""
    fix = finding.fix
    if finding.help:
        yield Note("help", finding.help)
    if fix is not None and not fix.safe:
        yield Note("unsafe fix", fix.message)
    elif fix is not None and not finding.help:
        yield Note("fix", fix.message)


def _of_undecided(check: UndecidedCheck, places: Places) -> Diagnostic:
    hint = [Note("help", check.hint)] if check.hint else []
    notes = [*_addresses(check, places, None), *hint]
    marks = (Mark(check.span, primary=True, style=UNDECIDED),)
    return Diagnostic("undecided", UNDECIDED, check.rule, check.reason, marks, tuple(notes))


def _of_suppressed(suppressed: Suppressed, places: Places) -> Diagnostic:
    finding = suppressed.finding
    comment = Mark(suppressed.comment, f"until {suppressed.until}" if suppressed.until else "", style=FAINT)
    reason = [Note("reason", suppressed.reason or "none given")]
    reason += [Note("comment", f"for {suppressed.tool}")] if suppressed.tool else []
    marks = (Mark(finding.span, visible(finding.label), primary=True, style=FAINT), comment)
    notes = [*_addresses(finding, places, None), *reason]
    return Diagnostic("suppressed", FAINT, finding.rule, finding.message, marks, tuple(notes))


def marks_of(span: Span, label: str, style: Style, steps: Iterable[Step]) -> Iterator[Mark]:
    """The primary mark and those of the trace; a step without words inside another mark adds nothing."""
    told: dict[Span, str] = {}
    for step in steps:
        if step.message:
            told.setdefault(step.span, step.message)
    yield Mark(span, visible(label or told.pop(span, "")), primary=True, style=style)
    for place, message in told.items():
        yield Mark(place, visible(message))
    silent = {step.span: None for step in steps if not step.message}
    yield from (Mark(place) for place in silent if not any(_holds(other, place) for other in (span, *told)))


def _holds(outer: Span, inner: Span) -> bool:
    return outer.path == inner.path and outer.start <= inner.start and inner.end <= outer.end


def _addresses(subject: Finding | UndecidedCheck, places: Places, most: int | None) -> Iterator[Note]:
    """The addresses concerned, unless the text that is shown anyway names the only one."""
    addresses = [visible(address) for address in subject.addresses]
    if not addresses:
        return
    source = places.source(subject.span.path)
    if len(addresses) == 1 and _is_header_of(source.line_text(source.line_at(subject.span.start)), addresses[0]):
        return
    text = summary.listed(addresses, len(addresses) if most is None else most)
    yield Note("address" if len(addresses) == 1 else "addresses", text)


def _is_header_of(text: str, address: str) -> bool:
    kind, _, name = address.partition(".")
    return f'"{kind}" "{name}"' in text


def _statistics(report: Report) -> Iterator[Line]:
    """How often each rule speaks, the worst and commonest first."""
    counts = Counter((finding.severity, finding.rule.code, finding.rule.name) for finding in report.findings)
    fixable = Counter(finding.rule.code for finding in report.findings if summary.is_fixable(finding))
    digits = len(str(max(counts.values(), default=0)))
    for (severity, code, name), count in sorted(counts.items(), key=lambda item: (-item[0][0], -item[1], item[0][1])):
        kind = Piece(f"{severity}[{visible(code)} {visible(name)}]", SEVERITIES[severity])
        yield (Piece(f"{count:>{digits}} ", STRONG), kind, *line(f" {fixable[code]} fixable" if fixable[code] else ""))
    if counts:
        yield ()


def _summary(report: Report, options: RenderOptions) -> Iterator[Line]:
    worst = max((finding.severity for finding in report.findings), default=None)
    mark = Piece("✓ ", GOOD) if worst is None else Piece("✗ ", SEVERITIES[worst])
    yield from wrapped(line(mark), summary.verdict(report), options.width, STRONG)
    if report.hidden:
        yield from wrapped(line("  "), summary.hidden(report), options.width)
    if report.undecided:
        yield from wrapped(line(Piece("? ", UNDECIDED)), visible(_undecided(report)), options.width)


def _undecided(report: Report) -> str:
    """What is undecided and why.

    Atlantis takes the four letters below, anywhere in the output, for a policy that was violated, and a variable may
    well be called failover_region: https://www.runatlantis.io/docs/custom-policy-checks.html
    """
    text = summary.undecided(report)
    if not report.findings and "fail" in text.casefold():
        return f"{summary.undecided_count(report)} (-v says why)"
    return text

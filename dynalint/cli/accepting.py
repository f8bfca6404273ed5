"""What ``dynalint baseline`` does; imported when it runs."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from dynalint.accepting import Counts
from dynalint.baseline import FILE, read_baseline, together, total, without_stale, write_baseline
from dynalint.cli.outputs import to_standard_output
from dynalint.cli.running import CLEAN, NOTHING, Prepared, Wishes, prepared, tell
from dynalint.cli.settings import RunSettings
from dynalint.engine import check
from dynalint.errors import UsageError
from dynalint.findings import Accepted, Identity, Report
from dynalint.project import Project, project_root, real_path
from dynalint.reports.inert import visible
from dynalint.reports.summary import amount
from dynalint.run_rules import RULE_FAILED


def wishes_of(options: Mapping[str, Any]) -> Wishes:
    """The options of a command that are options of a check, too."""
    known = {item.name for item in fields(Wishes)}
    return Wishes(**{name: value for name, value in options.items() if name in known})


def create(wishes: Wishes, *, force: bool) -> int:
    """Write what is found. UsageError where a file is there that accepts less, unless forced."""
    path, known = _known(wishes, needed=False)
    begun, report = _checked(wishes, {})
    added = total(_more(report.identities, known))
    if Path(path).exists() and added and not force:
        raise UsageError(f"{path} accepts less: {amount(added, 'finding')} would be added; --force does that")
    write_baseline(path, report.identities)
    accepted = amount(total(report.identities), "finding")
    to_standard_output(f"{visible(path)}: {accepted} accepted\n")
    if not begun.settings.run.settings.baseline:
        name = Path(path).name
        to_standard_output(
            f'To use it: baseline = "{visible(name)}" in the settings beside it, or --baseline {visible(path)}\n'
        )
    return _code(begun)


def update(wishes: Wishes) -> int:
    """Take out what is stale, and follow moves."""
    path, known = _known(wishes)
    begun, report = _checked(wishes, known)
    kept = without_stale(known, report.accepted)
    write_baseline(path, kept)
    gone = total(
        {entry: count - kept.get(report.accepted.moved.get(entry, entry), 0) for entry, count in known.items()}
    )
    to_standard_output(f"{visible(path)}: {amount(gone, 'finding')} taken out, {total(kept)} still accepted\n")
    return _code(begun)


def show(wishes: Wishes) -> int:
    """List the entries by rule."""
    path, known = _known(wishes)
    begun, report = _checked(wishes, known)
    to_standard_output("".join(f"{line}\n" for line in _listing(path, known, report)))
    return _code(begun)


def _known(wishes: Wishes, *, needed: bool = True) -> tuple[str, dict[Identity, int]]:
    """The file and its entries; none where it is not there and need not be."""
    settings = RunSettings(wishes.places, config=wishes.config, isolated=wishes.isolated)
    wanted = wishes.baseline or settings.run.settings.baseline or FILE
    path = os.path.relpath(real_path(wanted), real_path("."))
    if wanted == FILE and Path(FILE).is_symlink() and not Project(project_root(wishes.places)).contains(FILE):
        raise UsageError(f"{FILE} is a link that leads out of the project, to {path}: name it with --baseline")
    return path, read_baseline(path) if needed or Path(path).exists() else {}


def _checked(wishes: Wishes, known: Mapping[Identity, int]) -> tuple[Prepared, Report]:
    begun = prepared(replace(wishes, baseline=None), baseline=known)
    report = check(begun.scan, begun.request)
    begun.progress.clear()
    tell(begun.scan)
    fault = next((finding for finding in report.findings if finding.rule is RULE_FAILED), None)
    if fault:
        raise UsageError(f"not everything could be checked, so that nothing is written: {fault.message}")
    return begun, report


def _code(begun: Prepared) -> int:
    """What ``check`` exits with where nothing stands: findings are what this is about."""
    return NOTHING if begun.scan.empty else CLEAN


def _more(found: Counts, known: Counts) -> Counts:
    """What is found more often than it is known, in its environment or in all."""
    counts = {
        identity: count - max(known.get(identity, 0), known.get(identity.anywhere, 0))
        for identity, count in found.items()
    }
    return {identity: count for identity, count in counts.items() if count > 0}


def _listing(path: str, known: Counts, report: Report) -> Iterator[str]:
    accepted, names = report.accepted, {info.code: f" {info.name}" for info in report.rules}
    by_rule: dict[str, dict[Identity, int]] = {}
    for entry, count in sorted(known.items()):
        by_rule.setdefault(entry.rule, {})[entry] = count
    for rule, entries in by_rule.items():
        yield f"{visible(rule)}{names.get(rule, '')}: {total(entries)}"
        for (entry, count), environments in together(entries).items():
            yield f"  {_entry(entry, count, environments, accepted)}"
    stale = total(accepted.stale)
    yield f"{visible(path)}: {amount(total(known), 'finding')} accepted, {stale} out of date" + (
        " (dynalint baseline update)" if stale or accepted.moved else ""
    )


def _entry(entry: Identity, count: int, environments: list[str], accepted: Accepted) -> str:
    each = [entry._replace(environment=name) for name in environments]
    stale = [name for name, one in zip(environments, each, strict=True) if accepted.stale.get(one) == count]
    less = max(accepted.stale.get(one, 0) for one in each)
    root = os.path.relpath(entry.root, real_path("."))
    about = " ".join(part for part in (entry.address, entry.attribute) if part)
    notes = [*filter(None, [", ".join(environments)])]
    notes += [f"{count} times"] if count > 1 else []
    notes += [f"moved to {accepted.moved[each[0]].address}"] if each[0] in accepted.moved else []
    if stale:
        notes += ["not found any more" + (f" in {', '.join(stale)}" if len(stale) < len(each) else "")]
    elif less:
        notes += [f"{less} of them not found any more"]
    where = f" in {root}" if root != "." else ""
    return visible(f"{about}{where}" + (f" ({'; '.join(notes)})" if notes else ""))

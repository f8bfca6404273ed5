"""What a shell offers for the values of options. Functions import late: every command has options."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dynalint.findings import RuleInfo

Offer = Callable[[str], list[str]]


def one_of(*words: str) -> Offer:
    """These words."""

    def offer(incomplete: str) -> list[str]:
        return _beginning(incomplete, words)

    return offer


def rule(incomplete: str) -> list[str]:
    """The codes and names of the rules."""
    return _beginning(incomplete, [word for info in _infos() for word in (info.code, info.name)])


def rule_words(incomplete: str) -> list[str]:
    """What selects rules: their codes, names and tags. Behind a comma comes one more."""
    from dynalint.selection import EVERY  # noqa: PLC0415 - only for a shell that asks

    before, comma, last = incomplete.rpartition(",")
    words = {word for info in _infos() for word in (info.code, info.name, *info.tags)}
    return [f"{before}{comma}{word}" for word in _beginning(last, [*words, EVERY])]


def output_formats(incomplete: str) -> list[str]:
    """The formats of reports."""
    from dynalint.reports import FORMATS  # noqa: PLC0415 - as above

    return _beginning(incomplete, [*FORMATS])


def environments(incomplete: str) -> list[str]:
    """The environments of the settings that hold for the current directory; none where they cannot be read."""
    from dynalint.cli.settings import RunSettings  # noqa: PLC0415 - as above
    from dynalint.errors import UsageError  # noqa: PLC0415 - as above

    try:
        names = RunSettings(["."], config=None, isolated=False).run.settings.environments
    except UsageError:
        return []
    return _beginning(incomplete, [*names])


def _infos() -> Sequence[RuleInfo]:
    from dynalint.cli.listing import infos_of, load_rules  # noqa: PLC0415 - as above

    return infos_of(load_rules(()))


def _beginning(incomplete: str, words: Sequence[str]) -> list[str]:
    return sorted(word for word in words if word.startswith(incomplete))

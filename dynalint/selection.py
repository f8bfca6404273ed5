"""Which rules run: codes, prefixes of codes, names and tags to plain sets of rules."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dynalint.errors import UsageError
from dynalint.evaluation.suggest import did_you_mean
from dynalint.findings import RuleInfo
from dynalint.records import dataclass

EVERY = "ALL"
EXACT = 1_000
TAG = 1
DEFAULT = 0
NEVER = -1


@dataclass(frozen=True, slots=True)
class Selection:
    """What the user asked to run. ``select`` replaces the default set, ``extend_select`` adds to it.

    Where a rule is both wanted and ignored the nearer word wins: ``--ignore DYN1 --extend-select DYN101`` runs DYN101.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    extend_ignore: tuple[str, ...] = ()

    def chosen(self, infos: Sequence[RuleInfo]) -> frozenset[str]:
        """The codes of the rules that run. Raises UsageError for a word that names none of ``infos``.

        Rules that cannot be ignored always run.
        """
        wanted = split_words((*self.select, *self.extend_select))
        unwanted = split_words((*self.ignore, *self.extend_ignore))
        if self.select and not split_words(self.select):
            raise UsageError('select names no rule: without it the usual ones run, with "ALL" every one')
        for word in (*wanted, *unwanted):
            if not any(nearness(word, info) > NEVER for info in infos):
                raise UsageError(unknown_rule(word, infos))
        return frozenset(info.code for info in infos if self._runs(info, wanted, unwanted))

    def _runs(self, info: RuleInfo, wanted: Sequence[str], unwanted: Sequence[str]) -> bool:
        if not info.ignorable:
            return True
        default = NEVER if self.select or info.opt_in else DEFAULT
        for_it = max((nearness(word, info) for word in wanted), default=default)
        against_it = max((nearness(word, info) for word in unwanted), default=NEVER)
        return max(for_it, default) > against_it


def split_words(texts: Iterable[str]) -> tuple[str, ...]:
    """The words of comma-separated lists."""
    return tuple(word.strip() for text in texts for word in text.split(",") if word.strip())


def nearness(word: str, info: RuleInfo) -> int:
    """How precisely ``word`` names the rule, NEVER where it does not. ``ALL`` names every rule, opt-in ones too."""
    if word in (info.code, info.name):
        return EXACT
    if info.code.startswith(word):
        return TAG + len(word)
    if word == EVERY:
        return DEFAULT
    return TAG if word in info.tags else NEVER


def find_rule(word: str, infos: Iterable[RuleInfo]) -> RuleInfo | None:
    """The rule with exactly this code or name."""
    return next((info for info in infos if word in (info.code, info.name)), None)


def unknown_rule(word: str, infos: Iterable[RuleInfo]) -> str:
    """What to say about a word that names no rule, with the one near name there may be."""
    candidates = [name for info in infos for name in (info.code, info.name, *info.tags)] + [EVERY]
    return f'no rule is called "{word}"{did_you_mean(word, candidates)}'

"""Settings applied to the rules there are: which run, with which options, how severe, and where they are silent."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any

from dynalint.errors import UsageError
from dynalint.evaluation.suggest import did_you_mean
from dynalint.findings import Finding, RuleInfo, Severity
from dynalint.globs import compile_glob, matches
from dynalint.option_types import MisfitError, fitted, types_of, wants
from dynalint.packs import infos_of
from dynalint.records import dataclass
from dynalint.rule import Rule
from dynalint.run_rules import SUPPRESSION_UNEXPLAINED
from dynalint.selection import Selection, find_rule, nearness, split_words, unknown_rule
from dynalint.settings.discovery import Layers
from dynalint.settings.keys import Settings
from dynalint.wildcards import starred

AnyRule = Rule[Any]


@dataclass(frozen=True, slots=True)
class Exemption:
    """Rules that are silent where a pattern matches: a file's path, or a resource's address."""

    pattern: re.Pattern[str]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ruleset:
    """The rules as one root module wants them.

    ``chosen`` are the codes that run. ``base`` is the directory that the patterns for files are relative to.
    """

    rules: tuple[AnyRule, ...]
    chosen: frozenset[str]
    severities: Mapping[str, Severity]
    files: tuple[Exemption, ...]
    resources: tuple[Exemption, ...]
    base: str
    settings: Settings

    @property
    def identity(self) -> str:
        """A text that is the same for rulesets that judge alike."""
        codes = tuple(rule.info.code for rule in self.rules)
        return repr((codes, sorted(self.chosen), self.base, self.settings))

    def silent_in(self, finding: Finding) -> bool:
        """Whether the settings leave a finding out for the file it stands in."""
        path = finding.span.path
        relative = path.removeprefix(f"{self.base}/") if self.base else path
        return any(_names(item, finding.rule) and matches(relative, (item.pattern,)) for item in self.files)

    def spared(self, finding: Finding) -> tuple[str, ...]:
        """The addresses of a finding for which the settings leave it out."""
        found = [item for item in self.resources if _names(item, finding.rule)]
        return tuple(address for address in finding.addresses if any(item.pattern.match(address) for item in found))

    def graded(self, finding: Finding) -> Finding:
        """The finding with the severity that the settings give its rule."""
        severity = self.severities.get(finding.rule.code)
        return replace(finding, severity=severity) if severity else finding


def everywhere(rules: Sequence[AnyRule], chosen: frozenset[str]) -> Callable[[str], Ruleset]:
    """The same rules for every root, as where there are no settings."""
    ruleset = Ruleset(tuple(rules), chosen, {}, (), (), "", Settings())
    return lambda _directory: ruleset


def _names(item: Exemption, info: RuleInfo) -> bool:
    return any(nearness(word, info) > -1 for word in item.words)


def ruleset_of(layers: Layers, asked: Selection, rules: Sequence[AnyRule]) -> Ruleset:
    """What a root's settings, with the command line over them, make of the rules.

    Raises UsageError for a word that names no rule or an option that does not exist.
    """
    settings = layers.settings
    infos = infos_of(rules)
    for name in ("select", "ignore", "extend_select", "extend_ignore"):
        _known(split_words(getattr(settings, name)), infos, layers, name)
    selection = Selection(
        asked.select or settings.select,
        asked.ignore or settings.ignore,
        (*asked.extend_select, *settings.extend_select),
        (*asked.extend_ignore, *settings.extend_ignore),
    )
    severities = _by_code(settings.severity, infos, layers, "severity")
    options = _by_code(settings.rules, infos, layers, "rules")
    firm = _by_code(dict.fromkeys(settings.not_ignorable), infos, layers, "not_ignorable")
    return Ruleset(
        rules=tuple(_bound(rule, firm) for rule in _with_options(rules, options, layers)),
        chosen=selection.chosen(infos) | ({SUPPRESSION_UNEXPLAINED.code} if settings.require_reason else set()),
        severities={code: Severity.parse(word) for code, word in severities.items()},
        files=tuple(
            Exemption(compile_glob(pattern), _known(words, infos, layers, "per_file_ignores"))
            for pattern, words in settings.per_file_ignores.items()
        ),
        resources=tuple(
            Exemption(_address_pattern(pattern), _known(words, infos, layers, "per_resource_ignores"))
            for pattern, words in settings.per_resource_ignores.items()
        ),
        base=layers.base,
        settings=settings,
    )


def _bound(rule: AnyRule, firm: Mapping[str, Any]) -> AnyRule:
    """The rule, which no comment can hide if it is one of the firm ones."""
    return replace(rule, info=replace(rule.info, ignorable=False)) if rule.info.code in firm else rule


def _address_pattern(pattern: str) -> re.Pattern[str]:
    """``*`` and ``?`` as in file names; instance keys and the modules around may be left out."""
    body = starred(pattern, ".")
    return re.compile(rf"(?:.*\.)?{body}(?:\[.*\])?\Z", re.DOTALL)


def _by_code(table: Mapping[str, Any], infos: Sequence[RuleInfo], layers: Layers, name: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for word, value in table.items():
        info = find_rule(word, infos)
        if info is None:
            raise UsageError(f"{layers.origins.get(name, '')}: {unknown_rule(word, infos)}")
        found[info.code] = value
    return found


def _known(words: Sequence[str], infos: Sequence[RuleInfo], layers: Layers, name: str) -> tuple[str, ...]:
    for word in words:
        if not any(nearness(word, info) > -1 for info in infos):
            raise UsageError(f"{layers.origins.get(name, '')}: {unknown_rule(word, infos)}")
    return tuple(words)


def _with_options(rules: Sequence[AnyRule], given: Mapping[str, Any], layers: Layers) -> list[AnyRule]:
    return [
        replace(rule, options=_options(rule, given[rule.info.code], layers)) if rule.info.code in given else rule
        for rule in rules
    ]


def _options(rule: AnyRule, given: Mapping[str, Any], layers: Layers) -> object:
    """The options of a rule with the given values in place of defaults, each of the type of its option."""
    place = f"{layers.origins.get('rules', '')}: [rules.{rule.info.name}]"
    if rule.options is None or not is_dataclass(rule.options) or isinstance(rule.options, type):
        raise UsageError(f"{place}: this rule has no options")
    known = {item.name.replace("_", "-"): item.name for item in fields(rule.options)}
    types = types_of(type(rule.options))
    values: dict[str, Any] = {}
    for key, value in given.items():
        if key not in known:
            raise UsageError(f"{place} has no option {key!r}{did_you_mean(key, known)}")
        wanted = types[known[key]]
        try:
            values[known[key]] = fitted(value, wanted)
        except MisfitError:
            raise UsageError(f"{place}: {key} takes {wants(key, wanted)}") from None
    return replace(rule.options, **values)

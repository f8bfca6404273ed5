"""Finding and loading rules: installed packs by entry point, a team's own by directory.

A pack that cannot be loaded whole stops the run: a report must not look clean because rules are missing from it.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import module_from_spec
from types import ModuleType
from typing import Any, NamedTuple

from dynalint.errors import UsageError
from dynalint.findings import RuleInfo
from dynalint.installed import entry_points
from dynalint.rule import Rule
from dynalint.run_rules import RUN_RULES

GROUP = "dynalint.rules"
BUILT_IN = "dynalint_rules"
"""The module of dynalint's own rules, whose codes nobody else may take."""
CODE = re.compile(r"[A-Z]{1,8}(?:-?[0-9]{1,6}){1,3}")
FROM_DIRECTORY = "dynalint_rules_from_"
"""How the names of modules begin that were loaded from a directory."""
NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")

AnyRule = Rule[Any]


class Loaded(NamedTuple):
    """A rule and the pack it comes from, for messages."""

    rule: AnyRule
    pack: str


def load_rules(directories: Iterable[str] = ()) -> tuple[AnyRule, ...]:
    """The rules of all installed packs and of the given directories, in order of their codes.

    Raises UsageError for a pack that does not load, a malformed code or name, or one that is taken.
    """
    loaded = [*installed_rules()]
    for directory in directories:
        loaded += directory_rules(directory)
    _refuse_clashes(loaded)
    return tuple(sorted((item.rule for item in loaded), key=lambda rule: rule.info.code))


def infos_of(rules: Iterable[AnyRule]) -> tuple[RuleInfo, ...]:
    """The descriptions of every rule there is, those of the run itself first."""
    return (*RUN_RULES, *(rule.info for rule in rules))


def installed_rules() -> Iterator[Loaded]:
    """The rules of the packs that installed distributions register under ``dynalint.rules``."""
    for entry in entry_points(GROUP):
        pack = f"rule pack {entry.name!r} ({entry.value})"
        try:
            rules = tuple(entry.load())
        except (Exception, SystemExit) as fault:
            raise UsageError(f"{pack} does not load: {_one_line(fault)}") from fault
        yield from _checked(rules, pack, built_in=entry.value.startswith(f"{BUILT_IN}:"))


def directory_rules(directory: str) -> list[Loaded]:
    """The rules in the ``*.py`` files of a directory: each one's ``RULES``, or its module-level rules.

    Files whose name begins with an underscore are helpers: those that hold rules may import them.
    """
    try:
        names = sorted(os.listdir(directory))
    except OSError as fault:
        raise UsageError(f"rules directory {directory} cannot be read: {fault.strerror}") from fault
    loaded: list[Loaded] = []
    for name in names:
        if name.endswith(".py") and not name.startswith(("_", ".")):
            path = os.path.join(directory, name)
            loaded += _checked(_rules_in(_import_file(path)), f"rule file {path}")
    if not loaded:
        raise UsageError(f"rules directory {directory} holds no rules")
    return loaded


def _import_file(path: str) -> ModuleType:
    path = os.path.abspath(path)
    name = FROM_DIRECTORY + re.sub(r"\W", "_", path)
    loader = SourceFileLoader(name, path)
    module = sys.modules[name] = module_from_spec(ModuleSpec(name, loader, origin=path))
    sys.path.insert(0, os.path.dirname(path))
    try:
        loader.exec_module(module)
    except (Exception, SystemExit) as fault:  # a file that ends the run with 0 would have it look clean
        del sys.modules[name]
        raise UsageError(f"rule file {path} does not load: {_one_line(fault)}") from fault
    finally:
        sys.path.remove(os.path.dirname(path))
    return module


def _rules_in(module: ModuleType) -> Iterable[Any]:
    if hasattr(module, "RULES"):
        return tuple(module.RULES)
    return [item for item in vars(module).values() if isinstance(item, Rule)]


def _checked(rules: Iterable[Any], pack: str, *, built_in: bool = False) -> Iterator[Loaded]:
    for rule in rules:
        if not isinstance(rule, Rule):
            raise UsageError(f"{pack} holds something that is no rule: {_one_line(rule)}")
        if not CODE.fullmatch(rule.info.code):
            raise UsageError(
                f"{pack}: {rule.info.code!r} is no code for a rule: write capitals and digits, as in DYN101"
            )
        if rule.info.is_built_in and not built_in:
            raise UsageError(f"{pack}: {rule.info.code} begins with DYN, which is dynalint's own: take other capitals")
        if not NAME.fullmatch(rule.info.name):
            raise UsageError(f"{pack}: {rule.info.name!r} is no name for a rule: write lower-case words with hyphens")
        yield Loaded(rule, pack)


def _refuse_clashes(loaded: Iterable[Loaded]) -> None:
    owners = {word: "dynalint itself" for info in RUN_RULES for word in (info.code, info.name)}
    for rule, pack in loaded:
        for word in (rule.info.code, rule.info.name):
            if word in owners:
                raise UsageError(f"{pack}: there is another rule {word}, in {owners[word]}")
        owners |= {rule.info.code: pack, rule.info.name: pack}


def _one_line(thing: object) -> str:
    text = " ".join(str(thing).split()) or "no reason given"
    return f"{type(thing).__name__}: {text}"

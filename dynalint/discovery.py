"""Which directories are modules, which call which, and which of them are roots to evaluate."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from types import MappingProxyType

from dynalint.errors import UsageError
from dynalint.gitignore import GitIgnore
from dynalint.globs import compile_glob, matches
from dynalint.project import CONFIGURATION, VARIABLES, Project, git_top, project_root, real_path
from dynalint.records import dataclass
from dynalint.syntax import ScannedBlock, SourceFile, SyntaxFault
from dynalint.syntax.nodes import Literal

NOTHING: Mapping[str, Iterable[str]] = MappingProxyType({})
MAY_CALL = re.compile(rb"""\bsource"?\s*[=:]\s*"\.\.?/""")
SOURCE_LINE = re.compile(r'^[ \t]*source[ \t]*=[ \t]*"([^"$%\\]*)"', re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Asked:
    """What findings are wanted for: files named outright, and directories with everything below them.

    What is named outright is wanted even where it is excluded.
    """

    files: frozenset[str]
    directories: tuple[str, ...]
    excluded: Excluded

    def covers(self, path: str) -> bool:
        """Whether findings at ``path`` were asked for."""
        if path in self.files:
            return True
        above = [prefix for prefix in self.directories if path.startswith(prefix)]
        return any(self.excluded.hides(prefix.rstrip("/")) for prefix in above) or (
            bool(above) and not self.excluded.hides(path)
        )

    def leaves_out(self, path: str) -> bool:
        """Whether findings at ``path`` are of no interest to anybody."""
        return self.excluded.hides(path) and not self.covers(path)


@dataclass(frozen=True, slots=True)
class Excluded:
    """Patterns of what to leave out, by the directory they are relative to, which ends in a slash."""

    patterns: Mapping[str, tuple[re.Pattern[str], ...]]

    @classmethod
    def of(cls, exclude: Mapping[str, Iterable[str]]) -> Excluded:
        """The patterns as users write them."""
        compiled = {f"{base.rstrip('/')}/": tuple(map(compile_glob, words)) for base, words in exclude.items()}
        return cls({base: patterns for base, patterns in compiled.items() if patterns})

    def hides(self, path: str) -> bool:
        """Whether the absolute ``path`` is excluded."""
        return any(
            path.startswith(base) and matches(path[len(base) :], patterns) for base, patterns in self.patterns.items()
        )


@dataclass(frozen=True, slots=True)
class Scan:
    """What a run looks at.

    ``modules`` are the directories with configuration that were asked for, ``roots`` the modules to evaluate so that
    each of them is seen as its callers use it. ``unlisted`` are directories that could not be read, ``skipped`` counts
    named files that are excluded, ``empty`` says that there is nothing to check.
    """

    project: Project
    asked: Asked
    modules: tuple[str, ...]
    roots: tuple[str, ...]
    unlisted: tuple[str, ...] = ()
    skipped: int = 0
    empty: bool = False


@dataclass(slots=True)
class Tree:
    """What a walk found: the module directories in order, and those that could not be listed."""

    modules: list[str] = field(default_factory=list)
    unlisted: list[str] = field(default_factory=list)


def discover(
    paths: Sequence[str],
    *,
    exclude: Mapping[str, Iterable[str]] = NOTHING,
    force_exclude: bool = False,
    named: Iterable[str] = (),
    overlay: Mapping[str, bytes] | None = None,
    gitignore: bool = True,
) -> Scan:
    """What to look at for the given files and directories.

    Directories are searched for modules. A file stands for its module, and for the roots in the whole project that
    lead there. ``exclude`` are patterns, by the directory they are relative to. ``named`` are further files that may be
    read, ``overlay`` texts that stand for those on disk. With ``gitignore`` directories that git ignores are not
    searched, unless they are named. Raises UsageError for a path that does not exist.
    """
    given = [_existing(path, overlay or {}) for path in paths]
    excluded = Excluded.of(exclude)
    kept = [path for path in given if not (force_exclude and excluded.hides(path))]
    directories = [path for path in kept if os.path.isdir(path)]
    files = [path for path in kept if not os.path.isdir(path)]
    project = Project(project_root(given), named, overlay)
    ignored = _ignored(project) if gitignore else None
    tree = search(project, directories, excluded, ignored)
    own = sorted({os.path.dirname(path) for path in files if path.endswith(CONFIGURATION + VARIABLES)})
    return Scan(
        project=project,
        asked=Asked(frozenset(files), tuple(f"{path.rstrip('/')}/" for path in directories), excluded),
        modules=tuple(sorted({*tree.modules, *(path for path in own if project.files_of(path))})),
        roots=tuple(sorted({*uncalled(project, tree.modules), *leading_to(project, own, excluded, ignored)})),
        unlisted=tuple(tree.unlisted),
        skipped=len(given) - len(kept),
        empty=len(kept) > 0 and not tree.modules and not own,
    )


def from_here(words: Iterable[str] | None) -> dict[str, tuple[str, ...]]:
    """Patterns of the command line, which are relative to the current directory."""
    return {real_path("."): tuple(words or ())}


def search(project: Project, tops: Iterable[str], excluded: Excluded, ignored: GitIgnore | None = None) -> Tree:
    """Every directory with configuration at or below ``tops``.

    Hidden directories, ``.terraform`` among them, are left out; so are links that lead out of the project, and what
    git ignores. What is named among ``tops`` is searched even if it is excluded or ignored.
    """
    tree, seen = Tree(), set[str]()
    waiting = [(top, not excluded.hides(top), ignored if ignored and not ignored.hides(top) else None) for top in tops]
    while waiting:
        directory, heed, git = waiting.pop()
        real = real_path(directory) if os.path.islink(directory) else directory
        if real in seen or not project.contains(real):
            continue
        seen.add(real)
        try:
            listing = project.listing(real)
        except OSError:
            tree.unlisted.append(real)
            continue
        project.saw_terragrunt = project.saw_terragrunt or listing.terragrunt
        rules = git.rules(real) if git else None
        if any(not (rules and rules.ignore(f"{real}/{name}", directory=False)) for name in listing.configuration):
            tree.modules.append(real)
        below = (f"{real.rstrip('/')}/{name}" for name in listing.directories)
        kept = (path for path in below if not (heed and excluded.hides(path)))
        waiting.extend((path, heed, git) for path in kept if not (rules and rules.ignore(path, directory=True)))
    tree.modules.sort()
    return tree


def uncalled(project: Project, modules: Sequence[str]) -> list[str]:
    """The modules that no other of them calls."""
    called = {
        target
        for module in modules
        for target in local_calls(_files_that_may_call(project, module), module)
        if target != module
    }
    return [module for module in modules if module not in called]


def leading_to(
    project: Project, modules: Sequence[str], excluded: Excluded, ignored: GitIgnore | None = None
) -> list[str]:
    """The roots of the whole project from which calls lead to ``modules``; a module that nobody calls is its own."""
    if not modules:
        return []
    everywhere = search(project, [project.root], excluded, ignored).modules
    callers: dict[str, list[str]] = {}
    for module in {*everywhere, *modules}:
        for target in local_calls(_files_that_may_call(project, module), module):
            callers.setdefault(target, []).append(module)
    return list(_tops(modules, callers))


def _tops(modules: Iterable[str], callers: dict[str, list[str]]) -> Iterator[str]:
    seen: set[str] = set()
    waiting = list(modules)
    while waiting:
        module = waiting.pop()
        if module in seen:
            continue
        seen.add(module)
        above = [caller for caller in callers.get(module, ()) if caller != module]
        waiting.extend(above)
        if not above:
            yield module


def local_calls(files: Iterable[SourceFile], module: str) -> Iterator[str]:
    """The directories that the module calls in ``files`` of ``module`` name by a literal ``./`` or ``../`` source."""
    for file in files:
        for block in file.blocks:
            if block.type == "module":
                source = _literal_source(file, block)
                if source.startswith(("./", "../")):
                    yield os.path.normpath(f"{module}/{source}")


def _literal_source(file: SourceFile, block: ScannedBlock) -> str:
    """The text of ``source``; empty where it is not literal.

    Parsing costs a hundred times as much as a look at the text, which will do unless the block has further braces
    before the line, whose ``source`` may be something else.
    """
    text = file.source.text(block.span)
    found = SOURCE_LINE.search(text)
    if found and text.count("{", 0, found.start()) == 1 and not file.source.path.endswith(".json"):
        return found[1]
    try:
        attribute = block.parse().body.attribute("source")
    except SyntaxFault:  # reported where the module is evaluated
        return ""
    literal = attribute.value if attribute else None
    return literal.value if isinstance(literal, Literal) and isinstance(literal.value, str) else ""


def _files_that_may_call(project: Project, module: str) -> Iterator[SourceFile]:
    """The files of a module with anything like a local source in their bytes: a hook need not scan a whole project."""
    for path in project.configuration_of(module):
        if MAY_CALL.search(project.source(path).data):
            yield project.file(path)


def _existing(path: str, overlay: Mapping[str, bytes]) -> str:
    if not path or not (os.path.exists(path) or real_path(path) in overlay):
        raise UsageError(f"no such file or directory: {path}")
    return real_path(path)


def _ignored(project: Project) -> GitIgnore | None:
    """What git ignores; None outside of a work tree."""

    def read(path: str) -> bytes | None:
        if not os.path.isfile(path):
            return None
        try:
            return project.read_text_file(path)
        except OSError:  # a link that leads out of the project, or a file that nobody may read
            return None

    top = git_top(project.root)
    return GitIgnore(top, read) if top == project.root else None

"""The reference of what rules are written with, from the code: every public name of ``dynalint``, and where it leads.

``scripts/reference_pages.py`` writes it, with the other references.
"""

from __future__ import annotations

import ast
import inspect
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import MISSING, fields, is_dataclass
from enum import Enum
from functools import cache, cached_property
from importlib import import_module
from itertools import pairwise
from types import FunctionType, UnionType
from typing import Any, NamedTuple, TypeGuard, get_args

import dynalint
from dynalint import testing
from dynalint.rule import is_visited

HEAD = """\
# Rule API

What a rule is written with: all of it is imported from `dynalint`, and what its properties lead to is described here,
too. [Writing a rule](../guides/writing-a-rule.md) is the way in; this page is for looking things up.

- A **field** is one argument of Terraform's, with the provider's default where the text of the property says so:
  [`Field`](#field). `.known` is its value, None where nothing is set. An argument that no property names is to be had
  as it is evaluated: `table.body.value("…")`, a [`Value`](#value), or None where it is not written.
- **Undecided**: where the answer depends on what is not known, a property raises [`Undecided`](#undecided). That ends
  the rule for this object, and the report says *undecided because …*; what was yielded before stands. Let it pass, and
  ask first for what decides first: in `a.known and b.known` nobody needs `b` where `a` is false, but an `a` that is not
  known ends the rule although `b` may be false. `is_unknown`, `is_set`, `state` and `identity` never raise.
- Types are written as in Python. Names that begin with an underscore, and what is not on this page, may change with any
  release.
"""
FIRST = ("rule", "Rule", "Violation", "Severity", "Fix", "Edit", "Span", "RuleInfo")
VALUES = ("Field", "Known", "Absent", "Unknown", "Undecided", "Value", "Trace")
OPEN = (
    "dynalint.dynamodb.",
    "dynalint.evaluation.resources",
    "dynalint.evaluation.values",
    "dynalint.findings",
    "dynalint.rule",
    "dynalint.syntax.source",
)
"""Modules whose classes are described where a property leads there."""
WORD = re.compile(r"[A-Za-z_][A-Za-z_0-9.]*")
QUALIFIED = re.compile(r"\b[a-z_]+\.(?=[A-Z])")
ADDRESS = re.compile(r"(?<![<`(])https://\S*[\w/]")


class Member(NamedTuple):
    """One thing that an object has: how it is written, its type, what is said of it, and the module that it is in."""

    written: str
    type: str
    text: str
    home: str
    is_called: bool = False


def page() -> str:
    """The whole page."""
    names = [name for name in dynalint.__all__ if name not in FIRST + VALUES]
    things = {name: getattr(dynalint, name) for name in names}
    classes = {name: thing for name, thing in things.items() if isinstance(thing, type)}
    visited = sorted(name for name, found in classes.items() if is_visited(found))
    first, values = [_named(name) for name in FIRST], [_named(name) for name in VALUES]
    rest = [found for found in _described() if found not in {*first, *values, *map(classes.get, visited)}]
    functions = [thing for thing in things.values() if isinstance(thing, FunctionType)]
    constants = [name for name, thing in things.items() if not isinstance(thing, type | FunctionType)]
    things_of_tests = (testing.check_examples, testing.found, testing.marked)
    parts = (
        HEAD,
        "## To declare a rule\n",
        *_entries(first),
        "## Fields and values\n",
        *_entries(values),
        "## What rules visit\n\n`visits` of a rule is one of these.\n",
        *_entries(classes[name] for name in visited),
        "## What those lead to\n",
        *_entries(sorted(rest, key=title)),
        "## Functions\n",
        *(_item(_function(function)) for function in functions),
        "\n## Constants\n",
        *(_constant(name) for name in constants),
        "\n## For tests\n\nFrom `dynalint.testing`.\n",
        *(_item(_function(function)) for function in things_of_tests),
    )
    return "\n".join(parts) + "\n"


def title(found: type) -> str:
    """What the entry of a class is called; its module is added where another class has the name, too."""
    name = found.__name__
    same = [other for other in _described() if other.__name__ == name]
    alone = same == [found] or (name in dynalint.__all__ and getattr(dynalint, name) is found)
    return name if alone else f"{name} ({found.__module__.rpartition('.')[2]})"


def _named(name: str) -> Any:
    if name in dynalint.__all__:
        return getattr(dynalint, name)
    homes = (import_module("dynalint.findings"), import_module("dynalint.evaluation.values"))
    return next(getattr(home, name) for home in homes if hasattr(home, name))


@cache
def _described() -> tuple[type, ...]:
    """The public classes, and all that their members lead to."""
    public = (_named(name) for name in (*FIRST, *VALUES, *dynalint.__all__))
    waiting, found = [item for item in public if isinstance(item, type)], dict[type, None]()
    while waiting:
        here = waiting.pop(0)
        if here not in found:
            found[here] = None
            words = ((member.home, word) for member in members(here) for word in _words(member))
            targets = (_resolved(home, word) for home, word in words)
            waiting += [item for item in targets if item is not None]
    return tuple(found)


def _words(member: Member) -> list[str]:
    return WORD.findall(f"{member.written} {member.type}")


def _resolved(home: str, word: str) -> type | None:
    """The class that a name means in a module, where it is one that is described."""
    head, _, last = word.rpartition(".")
    found = getattr(_scope(home).get(head), last, None) if head else _scope(home).get(last)
    return found if isinstance(found, type) and found.__module__.startswith(OPEN) else None


@cache
def _scope(home: str) -> Mapping[str, Any]:
    """What names mean in a module, those that only type checkers import included."""
    module = import_module(home)
    names = dict(vars(module))
    for node in ast.walk(_tree(home)):
        match node:
            case ast.ImportFrom(module=str(source), names=aliases) if source.startswith("dynalint."):
                for alias in aliases:
                    names.setdefault(alias.asname or alias.name, getattr(import_module(source), alias.name, None))
            case _:
                pass
    return names


@cache
def _tree(home: str) -> ast.Module:
    return ast.parse(inspect.getsource(import_module(home)))


# --- what an object has -----------------------------------------------------------------------------------------------


def members(found: type) -> Iterator[Member]:
    """What objects of a class have, its bases' first, in the order of the source."""
    if issubclass(found, Enum):
        yield from (Member(item.name, "", f"`{item.value!r}`", found.__module__) for item in found)
    if issubclass(found, Exception):
        made = _function(vars(found)["__init__"], method=True)
        yield made._replace(written=made.written.replace("__init__", found.__name__), type="")
    bases = [base for base in found.__mro__ if base.__module__.startswith("dynalint.")]
    attributes = {name: member for base in reversed(bases) for name, member in _attributes(base)}
    others = {name: member for base in reversed(bases) for name, member in _methods(base)}
    own_first = dict.fromkeys(name for base in bases for name, _ in _methods(base))
    everything = attributes | {name: others[name] for name in own_first if name not in attributes}
    yield from (item for name, item in everything.items() if not name.startswith("_") and "Reader[" not in item.written)


def _attributes(base: type) -> Iterator[tuple[str, Member]]:
    texts = _attribute_texts(base)
    for name, written in _annotations(base).items():
        yield name, Member(f"{name}{_default(base, name)}", written, texts.get(name, ""), base.__module__)


def _methods(base: type) -> Iterator[tuple[str, Member]]:
    for name, thing in vars(base).items():
        match thing:
            case _ if name.startswith("_"):
                pass
            case property(fget=read) | cached_property(func=read):
                assert isinstance(read, FunctionType)
                yield name, Member(name, _returned(read), _text(read.__doc__), base.__module__)
            case FunctionType():
                yield name, _function(thing, method=True)
            case classmethod():
                yield name, _function(thing.__func__, method=True)
            case _:
                pass


def _annotations(found: type) -> dict[str, str]:
    """The annotated fields of a class as they are written."""
    lines = _class(found).body
    written = (line for line in lines if isinstance(line, ast.AnnAssign) and isinstance(line.target, ast.Name))
    return {ast.unparse(line.target): ast.unparse(line.annotation) for line in written}


def _attribute_texts(found: type) -> dict[str, str]:
    """What stands below fields."""
    body = _class(found).body
    return {
        ast.unparse(line.target): _text(below.value.value)
        for line, below in pairwise(body)
        if isinstance(line, ast.AnnAssign)
        and isinstance(below, ast.Expr)
        and isinstance(below.value, ast.Constant)
        and isinstance(below.value.value, str)
    }


def _class(found: type) -> ast.ClassDef:
    nodes = ast.walk(_tree(found.__module__))
    return next(node for node in nodes if isinstance(node, ast.ClassDef) and node.name == found.__name__)


def _default(found: type, name: str) -> str:
    if not is_dataclass(found):
        return ""
    item = next((item for item in fields(found) if item.name == name), None)
    simple = item is not None and isinstance(item.default, str | int | tuple | None)
    return f" = {item.default!r}" if item is not None and simple and item.default is not MISSING else ""


def _function(function: Callable[..., Any], *, method: bool = False) -> Member:
    signature = inspect.signature(function)
    parameters = list(signature.parameters.values())[1 if method else 0 :]
    defaults = _written_defaults(function)
    bare = [
        item.replace(annotation=_Bare(item.annotation), default=_Bare(defaults[item.name]))
        if item.name in defaults
        else item.replace(annotation=_Bare(item.annotation))
        for item in parameters
    ]
    shown = f"{function.__name__}{inspect.Signature(bare)}"
    return Member(shown, _returned(function), _text(function.__doc__), function.__module__, is_called=True)


def _written_defaults(function: Callable[..., Any]) -> dict[str, str]:
    """Defaults as the source has them: what Python shows of a set changes from run to run."""
    own = next(node.args for node in ast.walk(_tree(function.__module__)) if _begins(node, function))
    positional = zip(reversed(own.args), reversed(own.defaults), strict=False)
    pairs = (*positional, *zip(own.kwonlyargs, own.kw_defaults, strict=True))
    return {item.arg: ast.unparse(default) for item, default in pairs if default is not None}


def _begins(node: ast.AST, function: Any) -> TypeGuard[ast.FunctionDef]:
    """Whether a node is the definition of a function; its code begins with the first decorator."""
    if not isinstance(node, ast.FunctionDef):
        return False
    first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
    return first == int(function.__code__.co_firstlineno)


class _Bare:
    """An annotation that is shown as it is written."""

    def __init__(self, text: object) -> None:
        self.text = str(text)

    def __repr__(self) -> str:
        return self.text


def _returned(function: Callable[..., Any]) -> str:
    return str(inspect.signature(function).return_annotation)


# --- as Markdown ------------------------------------------------------------------------------------------------------


def _entries(found: Iterable[Any]) -> Iterator[str]:
    for thing in found:
        if isinstance(thing, FunctionType):
            member = _function(thing)
            yield f"### {thing.__name__}\n\n`{member.written}`\n\n{_paragraphs(thing.__doc__)}\n"
        else:
            own = "\n".join(_item(member) for member in members(thing))
            parts = (f"### {title(thing)}", _paragraphs(vars(thing).get("__doc__")), own)
            yield "\n\n".join(filter(None, parts)) + "\n"


def _item(member: Member) -> str:
    type_ = f" {'→ ' if member.is_called else ''}{_linked(member)}" if member.type else ""
    return f"- **`{QUALIFIED.sub('', member.written)}`**{type_}{f': {member.text}' if member.text else ''}"


def _linked(member: Member) -> str:
    """A type as code, with links to what is described here."""
    parts: list[str] = []
    at = 0
    for word in WORD.finditer(member.type):
        target = _resolved(member.home, word[0])
        if target is not None:
            parts += [_code(member.type[at : word.start()]), f"[`{target.__name__}`](#{_slug(title(target))})"]
            at = word.end()
    return "".join((*parts, _code(member.type[at:])))


def _code(text: str) -> str:
    text = QUALIFIED.sub("", text)
    return f"`{text}`" if text.strip() else text


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def _constant(name: str) -> str:
    home = dynalint._HOMES[name]  # noqa: SLF001 - a constant does not say itself where it is from
    body = _tree(home).body
    at = next(number for number, line in enumerate(body) if isinstance(line, ast.Assign) and _assigns(line, name))
    below = body[at + 1]
    text = below.value.value if isinstance(below, ast.Expr) and isinstance(below.value, ast.Constant) else ""
    value = getattr(dynalint, name)
    match value:
        case frozenset():
            shown = f"frozenset({sorted(value)})"
        case UnionType():
            shown = " | ".join(found.__name__ for found in get_args(value))
        case _:
            shown = str(value)
    return f"- **`{name}`** `{shown}`: {_text(str(text))}"


def _assigns(line: ast.Assign, name: str) -> bool:
    return any(isinstance(target, ast.Name) and target.id == name for target in line.targets)


def _text(documentation: str | None) -> str:
    return " ".join(_paragraphs(documentation).split())


def _paragraphs(documentation: str | None) -> str:
    """A docstring as Markdown."""
    text = inspect.cleandoc(documentation or "")
    text = re.sub(r":\w+:`~?(?:[\w.]+\.)?(\w+)`", r"`\1`", text)
    return ADDRESS.sub(r"<\g<0>>", text.replace("``", "`"))


if __name__ == "__main__":
    sys.stdout.write(page())

"""Random expressions of Terraform's language, which refer only to what there is.

What they are made of is in forms.toml. Most of what comes out is of the right type; a little is not, on purpose.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

FORMS = Path(__file__).with_name("forms.toml")
SURPRISE = 0.03
"""How often an expression of another kind stands where one of this kind belongs."""

_PART = re.compile(r"\{(\w+)\}|\{\{(\w+)\}\}|\$(\w+)(?=[ ,])|@ ?")


@dataclass(frozen=True, slots=True)
class Expression:
    """A text with the expressions inside it. ``free`` are the variables of enclosing ``for``s that it uses."""

    text: str
    inside: tuple[Expression, ...] = ()
    free: frozenset[str] = frozenset()

    def parts(self) -> Iterator[Expression]:
        """All expressions inside that can stand alone, this one included."""
        if not self.free:
            yield self
        for part in self.inside:
            yield from part.parts()


class Grammar:
    """A source of random expressions; equal seeds give equal expressions."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)  # noqa: S311 - nothing secret about it
        tables = tomllib.loads(FORMS.read_text(encoding="utf-8"))
        self.atoms = {kind: _words(text) for kind, text in tables["atoms"].items()}
        self.forms = {kind: re.split(r"\s+\|\s+", text.strip()) for kind, text in tables["forms"].items()}
        self.count = 0

    def expression(self, depth: int = 3) -> Expression:
        """An expression nested at most ``depth`` deep."""
        return self._of_kind(self.random.choice(list(self.forms)), depth, {})

    def _of_kind(self, kind: str, depth: int, names: dict[str, str]) -> Expression:
        random = self.random
        if random.random() < SURPRISE and kind in self.forms:
            kind = random.choice(list(self.forms))
        fitting = [name for name, of in names.items() if kind in (of, "a") or of == "a"]
        if fitting and random.random() < 0.45:
            name = random.choice(fitting)
            return Expression(name, free=frozenset((name,)))
        if kind in self.atoms and (depth <= 0 or kind not in self.forms or random.random() < 0.2):
            return Expression(random.choice(self.atoms[kind]))
        if depth <= -2:
            return Expression(random.choice(self.atoms["z"]))
        return self._filled(random.choice(self.forms[kind]), depth - 1, names)

    def _filled(self, form: str, depth: int, names: dict[str, str]) -> Expression:
        """The form with expressions in its places."""
        texts, inside, waiting = list[str](), list[Expression](), dict[str, str]()
        position = 0
        for match in _PART.finditer(form):
            texts.append(form[position : match.start()])
            position = match.end()
            kind = match[1] or match[2]
            if match[3]:
                self.count += 1
                name = f"{match[3]}{self.count}"
                waiting[name] = {"k": "s"}.get(match[3], match[3])
                texts.append(name)
            elif kind is None:
                names = {**names, **waiting}
            elif kind == "k":
                name = next((name for name in reversed(names) if name.startswith("k")), '"k"')
                inside.append(Expression(name, free=frozenset((name,)) & names.keys()))
                texts.append(name)
            else:
                part = self._of_kind(kind, depth, names)
                inside.append(part)
                texts.append(f"{{{part.text}}}" if match[2] else part.text)
        free = frozenset[str]().union(*(part.free for part in inside)) - frozenset(waiting)
        return Expression("".join((*texts, form[position:])), tuple(inside), free)


def _words(text: str) -> list[str]:
    """Words between blanks; what stands in brackets or quotes is one word."""
    return re.findall(r'(?:"[^"]*"|[^\s"])+', text)

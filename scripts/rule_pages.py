"""Write the documentation's page for each rule, and their list: ``python scripts/rule_pages.py``.

Run it after any change of a rule; a test says so where it was forgotten.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import fields, replace
from itertools import groupby
from pathlib import Path

from dynalint.cli.settings_text import toml
from dynalint.findings import RuleInfo
from dynalint.packs import infos_of, load_rules
from dynalint.reports.documentation import family, page
from dynalint.reports.rule_lists import markdown
from dynalint.rule import Rule

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "rules"
EXAMPLE = re.compile(r"^```hcl\n(.*?)^```$", re.MULTILINE | re.DOTALL)
HEAD = """\
# Rules

An *error* will fail, loses or exposes data, or silently does not do what it says; a *warning* is a practice with a
known story of harm; a *note* is style, cost or opinion. Rules that are opt-in run where they are selected.
`dynalint rule NAME` prints a page without any network.
"""


def main() -> int:
    """Write all pages, and delete those of rules that are gone."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    texts = pages()
    for path in FOLDER.glob("*.md"):
        if path.name not in texts:
            path.unlink()
    for name, text in texts.items():
        (FOLDER / name).write_text(text, encoding="utf-8")
    return 0


def pages() -> dict[str, str]:
    """The text of each file in the folder."""
    rules = load_rules()
    infos = sorted(infos_of(rules), key=lambda info: info.code)
    options = {rule.info.code: rule for rule in rules if rule.options is not None}
    texts = {f"{info.name}.md": "\n\n".join(_sections(info, options.get(info.code))) + "\n" for info in infos}
    return texts | {"index.md": index(infos)}


def index(infos: Iterable[RuleInfo]) -> str:
    """The list as ``dynalint rules --format markdown`` has it, a table for each family."""
    parts = [HEAD]
    for title, group in groupby(infos, key=family):
        rules = [*group]
        table = markdown(rules)
        for info in rules:
            table = table.replace(f"({info.url})", f"({info.name}.md)")
        parts.append(f"## {title[:1].upper()}{title[1:]}\n\n{table}")
    return "\n".join(parts)


def _sections(info: RuleInfo, options: Rule[object] | None) -> Iterator[str]:
    yield f"# {info.name}"
    yield f"**{info.code}** · {info.severity}{' · opt-in' if info.opt_in else ''} · {family(info)}"
    yield info.summary
    yield page(replace(info, documentation=EXAMPLE.sub(_highlighted, info.documentation)))
    if options is not None:
        yield "## Options\n\n" + _options(info, options.options)
    if info.equivalents:
        yield f"## In other tools\n\n{', '.join(f'`{name}`' for name in info.equivalents)}"
    if info.ignorable:
        comment = f"```hcl\n# dynalint: ignore[{info.name}] reason\n```"
        yield f"## To ignore it\n\nAbove a block or an argument, behind a line, or at a module call:\n\n{comment}"
    else:
        yield "## To ignore it\n\nThis cannot be ignored: it says what could not be checked."


def _highlighted(found: re.Match[str]) -> str:
    """An example whose marked lines stand out, in the generator's way; readers of the plain text miss nothing."""
    lines = enumerate(found[1].splitlines(), 1)
    marked = " ".join(str(number) for number, line in lines if re.search(r"#[~?]", line))
    return f'```hcl hl_lines="{marked}"\n{found[1]}```' if marked else found[0]


def _options(info: RuleInfo, options: object) -> str:
    lines = [f"{item.name.replace('_', '-')} = {toml(getattr(options, item.name))}" for item in fields(options)]  # type: ignore[arg-type]  # options are dataclasses
    return "With their defaults:\n\n```toml\n" + "\n".join([f"[rules.{info.name}]", *lines]) + "\n```"


if __name__ == "__main__":
    sys.exit(main())

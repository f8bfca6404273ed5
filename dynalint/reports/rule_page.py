"""The page of a rule, its Markdown rendered for a terminal.

The one command that shows it pays for importing rich's Markdown, which takes longer than checking a small repository.
"""

from __future__ import annotations

import io
import re
from typing import ClassVar

from rich.console import Console, ConsoleOptions, RenderResult
from rich.markdown import CodeBlock, Heading, Markdown, MarkdownElement
from rich.padding import Padding
from rich.syntax import Syntax
from rich.text import Text
from rich.theme import Theme

from dynalint.findings import RuleInfo
from dynalint.reports import documentation
from dynalint.reports.styled import FRAME, SEVERITIES, STRONG, as_rich

WIDEST = 100
"""Prose in longer lines is hard to read."""
UNSEEN = 80
"""Cells in a line where no terminal says how many it has."""

LINKS = re.compile(r"((?:^- \[[^\]\n]+\]\([^)\s]+\)\n?)+)", re.MULTILINE)
LINK = re.compile(r"- \[([^\]]+)\]\(([^)]+)\)")


class LeftHeading(Heading):
    """A heading at the left margin, without a frame."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """One line in the colour of headings."""
        yield Text(self.text.plain, style=as_rich(FRAME))


class IndentedCode(CodeBlock):
    """An example, set in and without a background; long lines wrap, for nothing of them may be missing."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """The code, highlighted."""
        code = Syntax(
            str(self.text).rstrip(), self.lexer_name, theme=self.theme, word_wrap=True, background_color="default"
        )
        yield Padding(code, (0, 0, 0, 4))


class Page(Markdown):
    """Markdown as rule pages use it."""

    elements: ClassVar[dict[str, type[MarkdownElement]]] = {
        **Markdown.elements,
        "heading_open": LeftHeading,
        "fence": IndentedCode,
        "code_block": IndentedCode,
    }


def rule_page(rule: RuleInfo, *, color: bool, width: int | None) -> str:
    """The page of a rule, in lines of at most ``width`` cells; addresses of other pages stand in full."""
    stream = io.StringIO()
    console = Console(
        file=stream,
        width=min(width or UNSEEN, WIDEST),
        height=25,
        force_terminal=color,
        color_system="standard" if color else None,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
        theme=Theme({"markdown.code": "cyan"}),
        _environ={},
    )
    severity = Text(str(rule.severity), style=as_rich(SEVERITIES[rule.severity]))
    opt_in = " (only where it is selected)" if rule.opt_in else ""
    console.print(Text.assemble((f"{rule.code} {rule.name}", as_rich(STRONG)), "  ", severity, opt_in))
    for part in LINKS.split(_markdown(rule)):
        console.print()
        if LINKS.match(part):
            _print_links(console, part)
        else:
            console.print(Page(part.strip(), code_theme="ansi_dark", hyperlinks=False))
    return "".join(f"{row.rstrip(' ')}\n" for row in stream.getvalue().splitlines())


def _print_links(console: Console, part: str) -> None:
    """Links that are a list, each address on a line of its own and whole: rich would break it at the margin."""
    for text, address in LINK.findall(part):
        console.print(Text(f" • {text}"))
        console.print(Text(f"   {address}"), soft_wrap=True)


def _markdown(rule: RuleInfo) -> str:
    """The page as one document: summary, sections, what the rule is called elsewhere, how to ignore it."""
    parts = [rule.summary, documentation.page(rule)]
    if rule.equivalents:
        parts.append(f"## In other tools\n\n{', '.join(rule.equivalents)}")
    if rule.ignorable:
        parts.append(f"## To ignore it\n\n```hcl\n# dynalint: ignore[{rule.name}] reason\n```")
    else:
        parts.append("It cannot be ignored.")
    if rule.url:
        parts.append(f"- [{'This page' if rule.is_built_in else 'More'} on the web]({rule.url})")
    return "\n\n".join(parts)

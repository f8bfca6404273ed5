"""The scanner against python-hcl2's own parser, on every fixture that it can read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hcl2
import pytest
from lark import Token, Tree
from lark.exceptions import LarkError

from dynalint.syntax import load_file

FIXTURES = Path(__file__).parents[1] / "fixtures"
FILES = sorted(path.relative_to(FIXTURES).as_posix() for path in FIXTURES.rglob("*.tf") if path.is_file())

Outline = list[tuple[str, tuple[str, ...], int]]


def words(tree: Tree[Any]) -> Iterator[str]:
    for child in tree.children:
        if isinstance(child, Tree) and child.data in {"identifier", "keyword", "string"}:
            yield "".join(token for token in child.scan_values(lambda value: isinstance(value, Token))).strip('"')


def by_python_hcl2(text: str) -> Outline | None:
    """Type, labels and line of every top-level block; None for text that python-hcl2 refuses."""
    try:
        tree = hcl2.parses_to_tree(text)
    except LarkError:
        return None
    body = tree.children[0]
    assert isinstance(body, Tree)
    blocks = [child for child in body.children if isinstance(child, Tree) and child.data == "block"]
    return [(first, tuple(rest), block.meta.line) for block in blocks for first, *rest in [list(words(block))]]


def by_dynalint(path: Path) -> Outline:
    file = load_file(str(path))
    return [(block.type, block.labels, file.source.line_at(block.span.start)) for block in file.blocks]


@pytest.mark.parametrize("name", FILES)
def test_the_blocks_of_a_file_are_those_that_python_hcl2_finds(name: str) -> None:
    expected = by_python_hcl2((FIXTURES / name).read_text(encoding="utf-8", errors="replace"))
    assert expected is None or by_dynalint(FIXTURES / name) == expected


def test_python_hcl2_reads_most_of_the_fixtures_of_this_package() -> None:
    read = [name for name in FILES if name.startswith("syntax/") and by_python_hcl2((FIXTURES / name).read_text())]
    assert {"syntax/blocks.tf", "syntax/expressions.tf", "syntax/legacy.tf", "syntax/templates.tf"} <= set(read)

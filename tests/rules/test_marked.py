"""Configurations in the spellings of people: what the rules that the first line names say of each is marked there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dynalint.packs import load_rules
from dynalint.testing import MARK, found, marked

FILES = sorted((Path(__file__).parent.parent / "fixtures" / "marked").glob("*.tf"))
RULES = {rule.info.code: rule for rule in load_rules()}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_what_is_marked_is_found_and_nothing_else(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    rules = [RULES[code] for code in re.findall(r"DYN\d+", text.partition("\n")[0])]
    assert found(MARK.sub("", text), *rules) == marked(text)


def test_every_file_has_something_to_find() -> None:
    assert [path.name for path in FILES if not marked(path.read_text(encoding="utf-8"))] == []

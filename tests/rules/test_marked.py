"""Configurations in the spellings of people: what the rules that the first line names say of each is marked there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dynalint.packs import load_rules
from dynalint.testing import MARK, found, marked

CASES = sorted((Path(__file__).parent.parent / "fixtures" / "marked").iterdir())
RULES = {rule.info.code: rule for rule in load_rules()}


def texts_of(case: Path) -> dict[str, str]:
    """The files of a case by their paths: one file, or a directory of them."""
    files = [path for path in case.rglob("*") if path.is_file()] if case.is_dir() else [case]
    names = {path: path.relative_to(case).as_posix() if case.is_dir() else "main.tf" for path in files}
    return {name: path.read_text(encoding="utf-8") for path, name in names.items()}


def marks_of(texts: dict[str, str]) -> list[str]:
    return sorted(mark for text in texts.values() for mark in marked(text))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_what_is_marked_is_found_and_nothing_else(case: Path) -> None:
    texts = texts_of(case)
    rules = [RULES[code] for code in re.findall(r"DYN\d+", texts["main.tf"].partition("\n")[0])]
    plain = {name: MARK.sub("", text) for name, text in texts.items()}
    assert sorted(found(plain, *rules)) == marks_of(texts)


def test_every_case_has_something_to_find() -> None:
    silent = ["grants-denied-elsewhere"]
    assert [case.stem for case in CASES if not marks_of(texts_of(case))] == silent

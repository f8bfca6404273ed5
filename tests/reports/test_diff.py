from __future__ import annotations

from dynalint.findings import Edit
from dynalint.reports.diff import changes
from dynalint.syntax.source import Source, Span

SOURCE = Source("a.tf", b"one\ntwo\nthree\nfour\n")


def diff(*edits: tuple[int, int, str], source: Source = SOURCE) -> list[str]:
    made = [Edit(Span("a.tf", start, end), text) for start, end, text in edits]
    return [f"{change.number}{change.sign}{change.text}" for change in changes(source, made)]


def test_a_replaced_word_changes_its_line() -> None:
    assert diff((4, 7, "2")) == ["2-two", "2+2"]


def test_an_inserted_line_takes_none_away() -> None:
    assert diff((4, 4, "new\n")) == ["2+new"]
    assert diff((3, 3, "\nnew")) == ["2+new"]


def test_a_deleted_line_writes_none() -> None:
    assert diff((4, 8, "")) == ["2-two"]


def test_later_lines_are_numbered_as_they_will_be() -> None:
    assert diff((0, 0, "zero\n"), (14, 18, "4")) == ["1+zero", "4-four", "5+4"]


def test_edits_of_one_line_are_shown_as_one_change() -> None:
    assert diff((13, 13, "!"), (8, 8, ">")) == ["3-three", "3+>three!"]


def test_the_end_of_a_file_without_line_end_can_be_added_to() -> None:
    assert diff((3, 3, "\nb"), source=Source("a.tf", b"one")) == ["2+b"]
    assert diff((0, 0, "a\n"), source=Source("a.tf", b"")) == ["1+a"]


def test_windows_line_ends_do_not_show() -> None:
    assert diff((0, 3, "1"), source=Source("a.tf", b"one\r\ntwo\r\n")) == ["1-one", "1+1"]

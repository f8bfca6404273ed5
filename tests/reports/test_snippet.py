from __future__ import annotations

from textwrap import dedent

import pytest
from rich.cells import cell_len

from dynalint.reports.snippet import Gutter, Mark, snippet
from dynalint.reports.styled import to_text
from dynalint.syntax.source import Source, Span


def drawn(text: str, *marks: tuple[str, str], width: int | None = None) -> str:
    """The snippet of ``text`` with the given parts marked; the first is the primary one."""
    source = Source("x.tf", text.encode())
    placed = [
        Mark(Span("x.tf", at := source.data.index(part.encode()), at + len(part.encode())), label, primary=index == 0)
        for index, (part, label) in enumerate(marks)
    ]
    return to_text(snippet(source, placed, Gutter(1), width), color=False, hyperlinks=False)


def test_a_mark_is_underlined_and_labelled() -> None:
    assert drawn("a = var.b\n", ("var.b", "is null")) == dedent("""\
        1 | a = var.b
          |     ^^^^^ is null
        """)


def test_two_marks_on_a_line_share_the_row() -> None:
    assert drawn("key = var.b\n", ("var.b", "is null"), ("key", "wants text")) == dedent("""\
        1 | key = var.b
          | ---   ^^^^^ is null
          | |
          | wants text
        """)


def test_labels_of_three_marks_hang_from_their_marks() -> None:
    assert drawn("a = b + c\n", ("c", "three"), ("a", "one"), ("b", "two")) == dedent("""\
        1 | a = b + c
          | -   -   ^ three
          | |   |
          | |   two
          | one
        """)


def test_a_line_between_two_marked_ones_is_shown_and_more_are_left_out() -> None:
    text = "one\ntwo\nthree\nfour\nfive\nsix\n"
    assert drawn(text, ("one", ""), ("three", ""), ("six", "")) == dedent("""\
        1 | one
          | ^^^
        2 | two
        3 | three
          | -----
        ...
        6 | six
          | ---
        """)


@pytest.mark.parametrize("before", ["\t", "\t\t", "表 = ", "🦀🦀 ", "é ", "e\u0301 ", "\x1b[0m", "\u202e", "\ufeff"])
def test_underlines_stay_under_their_text(before: str) -> None:
    shown, underline = drawn(f"{before}here = 1\n", ("here", "x")).splitlines()
    assert cell_len(shown[: shown.index("here")]) == underline.index("^")


def test_a_long_line_is_cut_around_the_decisive_part() -> None:
    text = f'x = "{"a" * 100}" + var.y + "{"b" * 100}"\n'
    shown, underline = drawn(text, ("var.y", ""), width=50).splitlines()
    assert shown.startswith("1 | …aaa")
    assert shown.endswith("bbb…")
    assert cell_len(shown) <= 50
    assert shown[underline.index("^") :].startswith("var.y")


def test_a_long_line_keeps_its_beginning_where_that_shows_all() -> None:
    assert drawn("here = " + "b" * 100, ("here", ""), width=30).splitlines()[0] == "1 | here = " + "b" * 18 + "…"


def test_a_mark_wider_than_the_line_shows_its_beginning() -> None:
    shown, underline = drawn('x = "' + "a" * 100 + '"', ('"' + "a" * 100 + '"', "long"), width=40).splitlines()[:2]
    assert '…"aaa' in shown
    assert cell_len(shown) <= 40
    assert cell_len(underline) <= 40


def test_wide_characters_are_cut_by_their_width() -> None:
    shown, underline = drawn("表" * 60 + "here" + "表" * 60, ("here", ""), width=40).splitlines()
    assert cell_len(shown) <= 40
    assert cell_len(shown[: shown.index("here")]) == underline.index("^")


def test_a_label_that_does_not_fit_stands_below() -> None:
    assert drawn("some = long.enough", ("long.enough", "has a label of words"), width=32) == dedent("""\
        1 | some = long.enough
          |        ^^^^^^^^^^^
          |        has a label of words
        """)


def test_a_label_near_the_edge_moves_to_the_left_and_wraps() -> None:
    text = drawn("a" * 30 + "here", ("here", "a label that is too long for one line"), width=40)
    assert all(cell_len(line) <= 40 for line in text.splitlines())
    assert " ".join(line[4:].strip() for line in text.splitlines()[2:]) == "a label that is too long for one line"


def test_a_mark_over_several_lines_ends_with_its_first() -> None:
    assert drawn("block {   \n  a = 1\n}\n", ("block {   \n  a = 1\n}", "here")) == dedent("""\
        1 | block {
          | ^^^^^^^ here
        """)


def test_a_place_of_no_width_is_still_seen() -> None:
    source = Source("x.tf", b"abc")
    text = to_text(
        snippet(source, [Mark(Span("x.tf", 3, 3), primary=True)], Gutter(1), None), color=False, hyperlinks=False
    )
    assert text == "1 | abc\n  |    ^\n"


def test_a_file_of_one_huge_line_is_shown_at_once() -> None:
    text = "[" + "1," * 400_000 + "here" + ",1" * 400_000 + "]"
    shown, underline = drawn(text, ("here", "")).splitlines()
    assert shown[underline.index("^") :].startswith("here")
    assert cell_len(shown) < 150


def test_windows_line_ends_are_not_shown() -> None:
    assert drawn("a = 1\r\nb = 2\r\n", ("b", ""), ("a", "")) == "1 | a = 1\n  | -\n2 | b = 2\n  | ^\n"

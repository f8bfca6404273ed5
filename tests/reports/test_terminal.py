from __future__ import annotations

import io

import pytest

from dynalint.reports.terminal import wants_color, wants_hyperlinks, width_of


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("environ", "choice", "expected"),
    [
        ({}, "auto", True),
        ({}, "never", False),
        ({"NO_COLOR": "1"}, "always", True),
        ({"NO_COLOR": "1"}, "auto", False),
        ({"NO_COLOR": ""}, "auto", True),
        ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, "auto", False),
        ({"TERM": "dumb"}, "auto", False),
        ({"TERM": "dumb", "FORCE_COLOR": "1"}, "auto", True),
        ({"CLICOLOR": "0"}, "auto", False),
    ],
)
def test_colours_on_a_terminal(environ: dict[str, str], choice: str, expected: bool) -> None:
    assert wants_color(Terminal(), environ, choice) is expected


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({}, False),
        ({"GITHUB_ACTIONS": "true", "CI": "true"}, False),
        ({"FORCE_COLOR": "1"}, True),
        ({"FORCE_COLOR": "0"}, False),
        ({"CLICOLOR_FORCE": "1"}, True),
        ({"TTY_COMPATIBLE": "1"}, False),
    ],
)
def test_colours_without_a_terminal(environ: dict[str, str], expected: bool) -> None:
    assert wants_color(io.StringIO(), environ) is expected


def test_a_closed_stream_is_no_terminal() -> None:
    stream = io.StringIO()
    stream.close()
    assert wants_color(stream, {}) is False


def test_links_need_a_terminal_that_a_person_reads() -> None:
    assert wants_hyperlinks(Terminal(), {}) is True
    assert wants_hyperlinks(Terminal(), {"TERM": "dumb"}) is False
    assert wants_hyperlinks(Terminal(), {"CI": "true"}) is False
    assert wants_hyperlinks(io.StringIO(), {"FORCE_COLOR": "1"}) is False
    assert wants_hyperlinks(io.StringIO(), {}, "always") is True


@pytest.mark.parametrize(("columns", "expected"), [("132", 132), ("1", 40), ("0", None), ("x", None), ("", None)])
def test_the_width_is_that_of_columns_or_unknown(columns: str, expected: int | None) -> None:
    assert width_of(io.StringIO(), {"COLUMNS": columns}) == expected


def test_a_terminal_without_a_size_has_no_width() -> None:
    assert width_of(Terminal(), {}) is None

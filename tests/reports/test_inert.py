from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dynalint.reports.inert import visible


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain [b]text[/b]", "plain [b]text[/b]"),
        ("\x1b[31m", r"\x1b[31m"),
        ("a\nb\r\tc", r"a\nb\r\tc"),
        ("\u202eabc\u2066", r"\u202eabc\u2066"),
        ("zero\u200bwidth\ufeff", r"zero\u200bwidth\ufeff"),
        ("\x9b", r"\x9b"),
        ("\U000e0041", r"\U000e0041"),
        ("\udc80", r"\udc80"),
        ("👩\u200d💻 表\u3000é", "👩\u200d💻 表\u3000é"),
        ("see ::error::x", r"see \x3a:error::x"),
        ("arn:aws:iam::123:role/x", "arn:aws:iam::123:role/x"),
        ("a ##[error]x ##vso[task]", r"a ##\x5berror]x ##vso\x5btask]"),
        ("## a heading", "## a heading"),
    ],
)
def test_what_could_act_is_seen_instead(text: str, expected: str) -> None:
    assert visible(text) == expected


@given(st.text())
def test_any_text_becomes_one_harmless_line(text: str) -> None:
    shown = visible(text)
    assert len(shown.splitlines()) <= 1
    assert not any(ord(char) < 32 or 0x7F <= ord(char) < 0xA0 for char in shown)
    assert not shown.lstrip().startswith("::w")
    assert visible(shown) == shown

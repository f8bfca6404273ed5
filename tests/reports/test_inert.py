from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dynalint.reports import FORMATS, writer
from dynalint.reports.inert import inert_json, visible
from tests.reports.samples import OPTIONS, hostile, report_of


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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\udcff.tf", r"\udcff.tf"),
        (r"\udcff.tf", r"\udcff.tf"),
        ("\\\udcff\\", r"\\udcff" + "\\"),
        ("𐐀\udc00\ud801x", r"𐐀\udc00\ud801x"),
        ("##[error]", "##[error]"),
    ],
)
def test_a_byte_that_is_no_text_is_spelt_out_in_json(text: str, expected: str) -> None:
    assert json.loads(inert_json(json.dumps([text]))) == [expected]


@given(st.text())
def test_text_arrives_whole_in_json(text: str) -> None:
    assert json.loads(inert_json(json.dumps(text))) == text


@given(st.text())
def test_any_text_becomes_one_harmless_line(text: str) -> None:
    shown = visible(text)
    assert len(shown.splitlines()) <= 1
    assert not any(ord(char) < 32 or 0x7F <= ord(char) < 0xA0 for char in shown)
    assert not shown.lstrip().startswith("::w")
    assert visible(shown) == shown


@pytest.mark.parametrize("name", FORMATS)
def test_hostile_names_act_in_no_format(name: str) -> None:
    source, finding = hostile()
    text = writer(name)(report_of(source, finding), OPTIONS)
    assert all(char.isprintable() or char == "\n" for char in text)
    lines = [line.strip() for line in text.splitlines() if not line.startswith("::error file=a.tf,line=2,")]
    assert not any(line.startswith("::") for line in lines)
    ours = text.replace("##vso[task.logissue type=error;", "").replace("##[error]no", "" if _is_json(text) else "##[")
    assert "##[" not in ours or _is_json(text)
    assert "##vso[" not in ours or _is_json(text)


def _is_json(text: str) -> bool:
    """JSON says what is there, quoted, on one line that does not begin with it."""
    return text.startswith("{")

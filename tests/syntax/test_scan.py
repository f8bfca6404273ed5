"""Files to top-level blocks."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dynalint.syntax import ScannedBlock, SourceFile, SyntaxFault
from dynalint.syntax.files import load_source
from dynalint.syntax.source import Source, Span

FIXTURES = Path(__file__).parents[1] / "fixtures"


def scan(text: str) -> SourceFile:
    return load_source(Source("/x.tf", text.encode()))


def outline(file: SourceFile) -> list[tuple[str, tuple[str, ...], str]]:
    return [(block.type, block.labels, file.source.text(block.header)) for block in file.blocks]


def faults(text: str) -> list[tuple[int, int, str]]:
    file = scan(text)
    return [(*file.source.position(fault.span.start), fault.message) for fault in file.faults]


def test_blocks_have_type_labels_and_header() -> None:
    file = scan('locals {}\nresource "a" b { x = 1 }\n\tdata "é" "c" {\n}')
    assert outline(file) == [
        ("locals", (), "locals"),
        ("resource", ("a", "b"), 'resource "a" b'),
        ("data", ("é", "c"), 'data "é" "c"'),
    ]
    assert not file.faults


def test_comments_may_stand_anywhere_in_a_header() -> None:
    file = scan('resource /* { */ "a" /* x */ "b" /* y */ { # z\n}\n')
    assert outline(file) == [("resource", ("a", "b"), 'resource /* { */ "a" /* x */ "b"')]


@pytest.mark.parametrize(
    "value",
    [
        '"}"',
        '"${"}"}"',
        '"${x["}"]} } {"',
        '"${ { a = "}" } } \\" {"',
        '"$${ {"',
        '"%%{ {"',
        '"%{ if x == "}" }{%{ endif }"',
        '"${"${"${"${x}}"}}"}}"}}"',
        "<<E\n}\n{{{\nE",
        "<<-E\n  } ${ { a = 1 } } {\n  E  ",
        "<<E\nE ${<<E\nE\n} }\nE",
        "1 # }\n",
        "1 // }\n",
        "1 /* }\n} */",
        "8 / 4 // }",
        "1 < 2",
    ],
)
def test_a_brace_that_is_hidden_does_not_count(value: str) -> None:
    text = f"locals {{\n  a = {value}\n}}\nvariable {{}}\n"
    file = scan(text)
    assert [file.source.text(block.span) for block in file.blocks] == [text[: text.rindex("\nvariable")], "variable {}"]
    assert not file.faults


def test_byte_order_mark_and_crlf_are_all_right() -> None:
    file = scan('\ufeffresource "a" "b" {\r\n  x = <<E\r\n}\r\nE\r\n}\r\n# c\r\nlocals {}')
    assert [block.type for block in file.blocks] == ["resource", "locals"]
    assert [comment.text for comment in file.comments] == ["# c"]
    assert not file.faults


def test_comments_know_whether_they_stand_alone() -> None:
    file = scan('# a\nlocals { # b\n  // c\n  x = "# no" /* d\n e */\n  y = <<E\n# no\nE\n}')
    assert [(comment.text, comment.alone) for comment in file.comments] == [
        ("# a", True),
        ("# b", False),
        ("// c", True),
        ("/* d\n e */", False),
    ]


def test_an_empty_file_is_fine() -> None:
    assert scan("").faults == scan("\ufeff").faults == scan("\n# only a comment").faults == ()


# --- what is broken -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "place", "message"),
    [
        ("broken_brace.tf", (5, 7), 'expected a closing brace "}" for the block that opens here'),
        ("broken_string.tf", (2, 10), "expected a closing quote '\"' on the same line"),
        ("broken_heredoc.tf", (2, 12), 'expected the heredoc\'s end marker "EOT" on a line of its own'),
    ],
)
def test_a_broken_block_is_reported_where_it_opens_and_costs_only_itself(
    name: str, place: tuple[int, int], message: str
) -> None:
    text = (FIXTURES / "syntax" / name).read_text()
    file = scan(text)
    assert faults(text) == [(*place, message)]
    assert file.blocks[-1].labels == ("aws_dynamodb_table", "after")
    assert file.blocks[-1].parse().body.attribute("name")
    broken = next(block for block in file.blocks if block.labels[1:] == ("broken",))
    assert broken.fault == file.faults[0]


def test_what_is_no_block_is_reported_and_passed_over() -> None:
    text = (FIXTURES / "syntax" / "stray.tf").read_text()
    assert [block.type for block in scan(text).blocks] == ["resource", "variable"]
    assert faults(text) == [
        (1, 1, "expected a block at the top level of the file"),
        (6, 1, '"}" closes nothing'),
    ]


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ('resource "a" "b"\n{\n}\n', 1, 'expected "=" and a value, or "{" to open a block, on the same line'),
        ('resource "a" "b${c}" {\n}\n', 1, "a label cannot hold a template sequence"),
        ("resource 'a' {\n}\n", 1, "single quotes do not make a string"),
        ("locals {} locals {}\n", 1, "expected a new line after the block"),
        ("locals {}\n/* no end", 2, 'expected "*/" to end the comment that begins here'),
        ('locals {\n  a = "${b(}"\n}\n', 2, 'expected ")" to close the "(" of line 2, not "}"'),
        ("locals {\n", 1, 'expected a closing brace "}" for the block that opens here'),
    ],
)
def test_faults_say_what_was_expected(text: str, line: int, message: str) -> None:
    if "b(" in text:  # what is wrong inside a block is found when the block is parsed
        assert not faults(text)
        return
    assert [(found[0], found[2]) for found in faults(text)] == [(line, message)]


def test_everything_behind_a_broken_block_is_still_found() -> None:
    good = 'resource "a" "b" {\n  x = 1\n}\n'
    file = scan(good + 'resource "a" "broken" {\n  y {\n}\n' + good * 3)
    assert [block.labels[1] for block in file.blocks if not block.fault] == ["b"] * 4


# --- properties ---------------------------------------------------------------------------------------------------

SCRAPS = st.sampled_from(
    [
        *('resource "a" "b" {\n', "}\n", "}", "{", '"', '"x"', "${", "%{", "$${", "<<E\n", "<<-E\n", "E\n", "\n", " "),
        *(
            "# c\n",
            "// c\n",
            "/*",
            "*/",
            "x = 1\n",
            "é",
            "\r\n",
            "\\",
            "(",
            ")",
            "[",
            "]",
            "locals {\n",
            "~}",
            "\ufeff",
        ),
    ]
)


@given(st.lists(SCRAPS, max_size=40).map("".join))
@settings(max_examples=200)
def test_blocks_and_the_text_between_them_are_the_file(text: str) -> None:
    file = scan(text)
    data, at, joined = file.source.data, 0, b""
    for block in file.blocks:
        assert at <= block.span.start <= block.header.start < block.header.end < block.span.end <= len(data)
        joined += data[at : block.span.start] + data[block.span.start : block.span.end]
        at = block.span.end
    assert joined + data[at:] == data
    assert all(0 <= fault.span.start <= fault.span.end <= len(data) for fault in file.faults)
    assert all(comment.text[:1] in {"#", "/"} for comment in file.comments)


@given(st.lists(SCRAPS, max_size=40).map("".join))
@settings(max_examples=200)
def test_parsing_ends_in_nodes_or_in_a_fault_inside_the_block(text: str) -> None:
    for block in scan(text).blocks:
        span = parsed_span(block)
        assert block.span.start <= span.start <= span.end <= len(text.encode())


def parsed_span(block: ScannedBlock) -> Span:
    """The span of a block's nodes, or of what is wrong with it; anything else that parsing raises is a bug."""
    try:
        return block.parse().span
    except SyntaxFault as fault:
        return fault.span

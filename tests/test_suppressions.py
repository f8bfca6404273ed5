from datetime import date
from pathlib import Path
from typing import Protocol

import pytest

from dynalint.suppressions import Malformed, Suppression, suppressions_in
from dynalint.syntax import SourceFile, load_file

TABLE = """\
resource "aws_dynamodb_table" "orders" {
  name = "orders"
  ttl {
    enabled = true
  }
  tags = {
    Owner = "team"
  }
}
"""


class Load(Protocol):
    def __call__(self, text: str, name: str = "main.tf") -> SourceFile: ...


@pytest.fixture
def load(tmp_path: Path) -> Load:
    def from_text(text: str, name: str = "main.tf") -> SourceFile:
        (tmp_path / name).write_text(text)
        return load_file(str(tmp_path / name))

    return from_text


def only(file: SourceFile) -> Suppression:
    (found,) = suppressions_in(file)
    assert isinstance(found, Suppression), found
    return found


def covered(file: SourceFile) -> str:
    """The text that the only comment of the file speaks of, without the comment itself."""
    found = only(file)
    return file.source.text(found.target.span).replace(file.source.text(found.comment), "").strip()


@pytest.mark.parametrize(
    "comment",
    [
        "# dynalint: ignore[DYN101, hash-key-missing] until=2027-01-31 rebuilt nightly",
        "#dynalint:ignore[DYN101,hash-key-missing] until=2027-01-31 rebuilt nightly",
        "// dynalint: ignore [ DYN101 , hash-key-missing ]  until=2027-01-31   rebuilt  nightly  ",
        "/* dynalint: ignore[DYN101, hash-key-missing] until=2027-01-31 rebuilt\n   nightly */",
        "## dynalint: ignore[DYN101, hash-key-missing] until=2027-01-31 rebuilt nightly",
    ],
)
def test_grammar(load: Load, comment: str) -> None:
    found = only(load(f"{comment}\n{TABLE}"))
    assert [item.word for item in found.items] == ["DYN101", "hash-key-missing"]
    assert (found.until, found.reason) == (date(2027, 1, 31), "rebuilt nightly")


def test_items_know_their_place(load: Load) -> None:
    file = load("# dynalint: ignore[DYN101, hash-key-missing] größer\n" + TABLE)
    assert [file.source.text(item.span) for item in only(file).items] == ["DYN101", "hash-key-missing"]


@pytest.mark.parametrize(
    ("comment", "message"),
    [
        ("# dynalint:", "nothing follows"),
        ("# dynalint: ignore", "names no rule"),
        ("# dynalint: ignore all of it", "names no rule"),
        ("# dynalint: ignore[DYN101", "brackets do not close"),
        ("# dynalint: ignore[]", "a rule is missing"),
        ("# dynalint: ignore[DYN101,]", "a rule is missing"),
        ("# dynalint: ignore[DYN101 DYN102]", "`DYN101 DYN102` is no code"),
        ("# dynalint: disable[DYN101]", "`disable[DYN101]` is not a word"),
        ("# dynalint: ignore[DYN101] until=soon", "`soon` is no date"),
        ("# dynalint: ignore[DYN101] until=2027-02-30", "`2027-02-30` is no date"),
        ("# dynalint: ignore[DYN101] until=", "`` is no date"),
        ("# dynalint: ignore[DYN101] a reason until=2027-01-31", "stands between the brackets and the reason"),
        ("# Dynalint: ignore[DYN101]", "in lower case"),
        ("# dynalint ignore[DYN101]", "does not begin with `dynalint:`"),
    ],
)
def test_malformed(load: Load, comment: str, message: str) -> None:
    (found,) = suppressions_in(load(f"{comment}\n{TABLE}"))
    assert isinstance(found, Malformed)
    assert message in found.message


@pytest.mark.parametrize(
    "comment", ["# see the dynalint: ignore[X] docs", "# dynalint is run in CI", "# checkov:skip=CKV_AWS_28"]
)
def test_other_comments_are_nothing_to_it(load: Load, comment: str) -> None:
    assert not list(suppressions_in(load(f"{comment}\n{TABLE}")))


IGNORE = "# dynalint: ignore[DYN101]"


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ('resource "aws', TABLE.strip()),
        ("  name", 'name = "orders"'),
        ("  ttl", "ttl {\n    enabled = true\n  }"),
        ("    enabled", "enabled = true"),
        ("  tags", 'tags = {\n    Owner = "team"\n  }'),
        ("    Owner", 'Owner = "team"'),
    ],
)
def test_a_comment_of_its_own_speaks_of_what_follows(load: Load, before: str, expected: str) -> None:
    assert covered(load(TABLE.replace(before, f"{IGNORE}\n{before}", 1))) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('resource "aws_dynamodb_table" "orders" {', TABLE.strip()),
        ('  name = "orders"', 'name = "orders"'),
        ("  ttl {", "ttl {\n    enabled = true\n  }"),
        ("    enabled = true", "enabled = true"),
        ("  }", "}"),
    ],
)
def test_a_comment_behind_code_speaks_of_the_line_and_what_begins_there(load: Load, line: str, expected: str) -> None:
    assert " ".join(covered(load(TABLE.replace(line, f"{line} {IGNORE}", 1))).split()) == " ".join(expected.split())


def test_a_comment_at_the_end_of_a_body_speaks_of_nothing(load: Load) -> None:
    assert covered(load(TABLE.replace("  }\n  tags", f"    {IGNORE}\n  }}\n  tags"))) == ""


def test_a_comment_inside_a_list_speaks_of_the_next_element(load: Load) -> None:
    text = f'locals {{\n  actions = [\n    "a",\n    {IGNORE}\n    "b",\n    "c",\n  ]\n}}\n'
    assert covered(load(text)) == '"b"'


def test_file_ignore_speaks_of_the_file(load: Load) -> None:
    file = load("# Copyright\n# dynalint: file-ignore[DYN1] generated\n" + TABLE)
    assert only(file).target.whole_file


def test_file_ignore_stands_before_the_first_block(load: Load) -> None:
    (found,) = suppressions_in(load(TABLE + "# dynalint: file-ignore[DYN1]\n"))
    assert isinstance(found, Malformed)


def test_a_block_that_does_not_parse_is_no_fault_of_the_comment(load: Load) -> None:
    assert only(load(f"locals {{\n  {IGNORE}\n  a = b = c\n}}\n"))


JSON = '{"resource": {"aws_dynamodb_table": {"orders": {%s"ttl": {%s"enabled": true}}, "other": {"name": "x"}}}}'
MEMBER = '"//": "dynalint: ignore[DYN101, DYN102] why", '


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (JSON % (MEMBER, ""), '"orders": {"ttl": {"enabled": true}}'),
        (JSON % ("", MEMBER), '"ttl": {"enabled": true}'),
    ],
)
def test_in_json_a_comment_speaks_of_the_object_that_holds_it(load: Load, text: str, expected: str) -> None:
    file = load(text, "main.tf.json")
    found = only(file)
    assert file.source.text(found.target.span).replace(MEMBER, "") == expected
    assert [file.source.text(item.span) for item in found.items] == ["DYN101", "DYN102"]


def test_in_json_file_ignore_stands_before_the_first_block(load: Load) -> None:
    file = load('{"//": "dynalint: file-ignore[DYN1]", "locals": {"a": 1}}', "main.tf.json")
    assert only(file).target.whole_file

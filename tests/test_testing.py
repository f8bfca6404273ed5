"""What rule authors test their rules with."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest

from dynalint import Rule, Severity, Table, Violation, rule
from dynalint.testing import check_examples, found, marked

PAGE = """A table has a name.

## Non-compliant

```hcl
resource "aws_dynamodb_table" "t" {
  name = "%s" #~ EX9
}
```

## Compliant

```hcl
resource "aws_dynamodb_table" "t" {
  name = "%s"
}
```
"""


@dataclass(frozen=True)
class Options:
    """Which names are bad."""

    bad: str = "bad"


@rule("EX9", visits=Table, severity=Severity.NOTE, options=Options)
def named_badly(table: Table, options: Options) -> Iterator[Violation]:
    """The name is the bad one."""
    if table.name.known == options.bad:
        yield Violation("bad", at=table.name)


def with_page(bad: str, good: str) -> Rule[Table]:
    return replace(named_badly, info=replace(named_badly.info, documentation=PAGE % (bad, good)))


def test_examples_that_are_what_they_say_pass() -> None:
    check_examples(with_page("bad", "good"))
    check_examples(with_page("worse", "bad"), options=Options("worse"))


@pytest.mark.parametrize(
    ("bad", "good", "message"),
    [
        ("good", "good", r"under ## Non-compliant .*\n  line 2: ~EX9 is marked and not found: name = \"good\" #~ EX9"),
        ("bad", "bad", r"under ## Compliant .*\n  line 2: ~EX9 is found and not marked: name = \"bad\""),
    ],
)
def test_others_do_not_and_are_told_where(bad: str, good: str, message: str) -> None:
    with pytest.raises(AssertionError, match=f"named-badly: an example {message}"):
        check_examples(with_page(bad, good))


UNDECIDED = """
## Undecided

```hcl
variable "n" {}
## A comment, and no heading.
resource "aws_dynamodb_table" "t" {
  name = %s
}
```
"""


def with_more(text: str) -> Rule[Table]:
    return replace(named_badly, info=replace(named_badly.info, documentation=PAGE % ("bad", "good") + text))


def test_what_cannot_be_decided_may_have_examples() -> None:
    check_examples(with_more(UNDECIDED % "var.n #? EX9"))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (UNDECIDED % "var.n", r"no line of this example under ## Undecided is marked #\? EX9"),
        (UNDECIDED % '"good" #? EX9', r"  line 4: \?EX9 is marked and not found: name = \"good\""),
        (UNDECIDED.replace("Undecided", "Elsewhere") % "var.n #? EX9", r"in no example .*: name = var.n #\? EX9"),
        (UNDECIDED.replace("hcl", "hcl before") % "var.n #? EX9", r"in no example .*: name = var.n #\? EX9"),
        ("\nSee `name` #~ EX9.\n", r"in no example in HCL under ## Non-compliant or ## Undecided: See"),
    ],
)
def test_marks_that_nobody_would_check_are_refused(text: str, message: str) -> None:
    with pytest.raises(AssertionError, match=message):
        check_examples(with_more(text))


def test_what_is_found_has_lines_and_doubts_are_told_apart() -> None:
    table = 'variable "n" {}\nresource "aws_dynamodb_table" "t" {\n  name = %s\n}\n'
    assert found(table % '"bad"', named_badly) == ["3 ~EX9"]
    assert found(table % "var.n", named_badly) == ["3 ?EX9"]
    assert marked("a\nb #~ EX9\nc #? EX9 because") == ["2 ~EX9", "3 ?EX9"]


def test_several_files_are_one_module() -> None:
    files = {
        "main.tf": 'resource "aws_dynamodb_table" "t" {\n  name = var.n\n}\n',
        "v.tf": 'variable "n" { default = "bad" }\n',
    }
    assert found(files, named_badly) == ["2 ~EX9"]

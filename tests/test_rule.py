"""How rules are declared."""

from collections.abc import Iterator
from typing import Any

import pytest

from dynalint import Field, Grant, Model, Severity, Table, Violation, rule


def a_rule(table: Table) -> Iterator[Violation]:
    """Something is wrong."""
    yield Violation("wrong", at=table)


def test_a_rule_may_have_a_page_of_its_own_and_need_not() -> None:
    declared = [
        rule(code, visits=Table, severity=Severity.NOTE, url=url)(a_rule).info.url
        for code, url in (("ACME1", "https://wiki.example.com/acme1"), ("ACME1", ""), ("DYN999", ""))
    ]
    assert declared == ["https://wiki.example.com/acme1", "", "https://dynalint.dev/rules/a-rule/"]


@pytest.mark.parametrize("kind", [Grant, Field, Model, str])
def test_a_rule_that_would_never_be_asked_is_refused(kind: type[Any]) -> None:
    with pytest.raises(TypeError, match=f"rule ACME1: no rule visits {kind.__name__}"):
        rule("ACME1", visits=kind, severity=Severity.NOTE)(a_rule)


@pytest.mark.parametrize("url", ["wiki/acme1", "javascript:alert(1)", "https://a b", 'https://a">', "https://a)"])
def test_what_is_no_address_is_no_page(url: str) -> None:
    with pytest.raises(ValueError, match=r"rule ACME1: .* is no address of a page"):
        rule("ACME1", visits=Table, severity=Severity.NOTE, url=url)(a_rule)

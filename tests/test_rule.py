"""How rules are declared."""

from collections.abc import Iterator

import pytest

from dynalint import Severity, Table, Violation, rule


def a_rule(table: Table) -> Iterator[Violation]:
    """Something is wrong."""
    yield Violation("wrong", at=table)


def test_a_rule_may_have_a_page_of_its_own_and_need_not() -> None:
    declared = [
        rule(code, visits=Table, severity=Severity.NOTE, url=url)(a_rule).info.url
        for code, url in (("ACME1", "https://wiki.example.com/acme1"), ("ACME1", ""), ("DYN999", ""))
    ]
    assert declared == ["https://wiki.example.com/acme1", "", "https://dynalint.dev/rules/a-rule/"]


@pytest.mark.parametrize("url", ["wiki/acme1", "javascript:alert(1)", "https://a b", 'https://a">', "https://a)"])
def test_what_is_no_address_is_no_page(url: str) -> None:
    with pytest.raises(ValueError, match=r"rule ACME1: .* is no address of a page"):
        rule("ACME1", visits=Table, severity=Severity.NOTE, url=url)(a_rule)

from __future__ import annotations

import re
from fnmatch import fnmatchcase

from hypothesis import given
from hypothesis import strategies as st

from dynalint.dynamodb.actions import action, action_data, matching
from dynalint.dynamodb.pieces import covers


def test_data_has_a_date_and_both_services() -> None:
    data = action_data()
    assert re.fullmatch(r"\d{4}-\d{2}", data.date)
    assert {name.partition(":")[0] for name in data.actions} == {"dynamodb", "dax"}


def test_scan_works_on_tables_and_indexes_and_knows_no_leading_keys() -> None:
    scan = action("DynamoDB:scan")
    assert scan.resources == {"table", "index"}
    assert "dynamodb:LeadingKeys" not in scan.conditions


def test_list_tables_can_only_be_granted_on_everything() -> None:
    assert action("dynamodb:ListTables").only_star


def test_access_levels_are_the_references_own() -> None:
    levels = {known.access for known in action_data().actions.values()}
    assert levels == {"List", "Read", "Write", "Tagging", "Permissions management"}


def test_a_pattern_finds_its_actions() -> None:
    assert {found.name for found in matching("dynamodb:*scan")} == {"dynamodb:Scan"}
    assert list(matching("dynamodb:Scna")) == []


def test_a_pattern_that_could_match_in_countless_ways_does_not_try_them_all() -> None:
    assert list(matching("dynamodb:" + "*?" * 20 + "!")) == []
    assert covers("*a" * 40 + "*", "a" * 40)
    assert not covers("*a" * 40 + "b", "a" * 2_000)


@given(st.text("ab*?", max_size=8), st.text("ab", max_size=8))
def test_a_pattern_covers_what_trying_every_way_covers(pattern: str, text: str) -> None:
    assert covers(pattern, text) is fnmatchcase(text, pattern)

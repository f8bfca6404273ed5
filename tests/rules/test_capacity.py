"""Edge cases of DYN502 to DYN526."""

from __future__ import annotations

import pytest

from tests.rules.conftest import CheckText
from tests.rules.tables import (
    ERROR,
    NOTE,
    ON_DEMAND,
    PROVISIONED,
    WARNING,
    block,
    found,
    grades,
    resource,
    table,
    undecided,
    variable,
)


def index(name: str = "by-id", keys: str = 'hash_key = "id"\n', projection: str = "ALL", **more: str) -> str:
    return (
        block("global_secondary_index", name=f'"{name}"', projection_type=f'"{projection}"', **more)[:-2] + keys + "}\n"
    )


@pytest.mark.parametrize(
    ("billing", "expected"),
    [
        ("", [ERROR]),
        ("billing_mode = null\n", [ERROR]),
        ('billing_mode = "PROVISIONED"\nread_capacity = 5\n', [ERROR]),
        ('billing_mode = "PROVISIONED"\nread_capacity = 5\nwrite_capacity = 0\n', [ERROR]),
        ("read_capacity = null\nwrite_capacity = 5\n", [ERROR]),
        (PROVISIONED, []),
        (ON_DEMAND, []),
        ('restore_source_name = "old"\n', []),
    ],
)
def test_a_provisioned_table_needs_capacity(check_text: CheckText, billing: str, expected: list[object]) -> None:
    assert grades(check_text(table(billing=billing)), "DYN503") == expected


def test_an_import_needs_capacity(check_text: CheckText) -> None:
    source = block("import_table", input_format='"ION"')
    assert grades(check_text(table(source, billing="")), "DYN503") == [ERROR]


def test_unknown_billing_or_capacity_is_undecided(check_text: CheckText) -> None:
    mode = check_text(table(before=variable("m"), billing="billing_mode = var.m\n"))
    assert (grades(mode, "DYN503"), undecided(mode, "DYN503")) == ([], True)
    units = check_text(table(before=variable("n"), billing="read_capacity = var.n\nwrite_capacity = 5\n"))
    assert (grades(units, "DYN503"), undecided(units, "DYN503")) == ([], True)


def test_one_capacity_that_is_missing_decides(check_text: CheckText) -> None:
    report = check_text(table(before=variable("n"), billing="read_capacity = var.n\n"))
    assert grades(report, "DYN503") == [ERROR]


def test_a_module_call_that_passes_null_is_traced(check_text: CheckText) -> None:
    module = table(before=variable("n", "5"), billing="read_capacity = var.n\nwrite_capacity = 5\n")
    report = check_text('module "m" {\n  source = "./m"\n  n = null\n}\n', {"m/main.tf": module})
    [finding] = found(report, "DYN503")
    assert finding.addresses == ("module.m.aws_dynamodb_table.t",)


@pytest.mark.parametrize(
    ("capacity", "expected"),
    [("read_capacity = 5\n", [ERROR]), ("read_capacity = 0\n", []), ("read_capacity = null\n", []), ("", [])],
)
def test_an_on_demand_table_has_none(check_text: CheckText, capacity: str, expected: list[object]) -> None:
    assert grades(check_text(table(capacity)), "DYN504") == expected


@pytest.mark.parametrize(
    ("mode", "safe"), [('"pay_per_request"', True), ('"ON_DEMAND"', False), ('"FREE"', None), ('""', None)]
)
def test_a_mode_that_is_none_is_mended_where_it_is_clear(check_text: CheckText, mode: str, safe: bool | None) -> None:
    [finding] = found(check_text(table(billing=f"billing_mode = {mode}\n")), "DYN505")
    assert (finding.fix.safe if finding.fix else None) is safe


def test_a_mode_is_judged_where_nothing_is_made(check_text: CheckText) -> None:
    assert grades(check_text(table("count = 0\n", billing='billing_mode = "FREE"\n')), "DYN505") == [ERROR]


@pytest.mark.parametrize(
    ("units", "expected"), [("-5", [ERROR]), ("0", [WARNING]), ("-1", []), ("10", []), ("null", [])]
)
def test_a_ceiling_is_1_or_more_or_none(check_text: CheckText, units: str, expected: list[object]) -> None:
    ceiling = block("on_demand_throughput", max_read_request_units=units)
    assert grades(check_text(table(ceiling)), "DYN506") == expected
    assert grades(check_text(table(index(keys=f'hash_key = "id"\n{ceiling}'))), "DYN506") == expected


def test_an_index_of_a_provisioned_table_has_no_ceiling(check_text: CheckText) -> None:
    ceiling = block("on_demand_throughput", max_read_request_units="10")
    nested = index(keys=f'hash_key = "id"\n{ceiling}')
    assert grades(check_text(table(nested, billing=PROVISIONED)), "DYN506") == [ERROR]


@pytest.mark.parametrize(
    ("capacity", "expected"),
    [
        ({}, [ERROR]),
        ({"read_capacity": "5"}, [ERROR]),
        ({"read_capacity": "5", "write_capacity": "0"}, [ERROR]),
        ({"read_capacity": "5", "write_capacity": "5"}, []),
    ],
)
def test_an_index_of_a_provisioned_table_needs_capacity(
    check_text: CheckText, capacity: dict[str, str], expected: list[object]
) -> None:
    assert grades(check_text(table(index(**capacity), billing=PROVISIONED)), "DYN502") == expected
    assert grades(check_text(table(index(**capacity))), "DYN502") == []


def test_an_index_resource_has_its_capacity_in_a_block(check_text: CheckText) -> None:
    keys = block("key_schema", attribute_name='"id"', attribute_type='"S"', key_type='"HASH"')
    type_, of = "aws_dynamodb_global_secondary_index", {"table_name": "aws_dynamodb_table.t.name", "index_name": '"i"'}
    text = table(billing=PROVISIONED)
    units = block("provisioned_throughput", read_capacity_units="5", write_capacity_units="5")
    assert grades(check_text(text + resource(type_, body=keys, **of)), "DYN502") == [ERROR]
    assert grades(check_text(text + resource(type_, body=keys + units, **of)), "DYN502") == []


def test_capacity_of_an_index_on_demand_is_never_sent(check_text: CheckText) -> None:
    assert grades(check_text(table(index(read_capacity="5", write_capacity="5"))), "DYN508") == [WARNING]
    assert grades(check_text(table(index(read_capacity="0", write_capacity="0"))), "DYN508") == []


def test_an_index_writes_as_much_as_its_table(check_text: CheckText) -> None:
    low = index(read_capacity="5", write_capacity="4")
    assert grades(check_text(table(low, billing=PROVISIONED)), "DYN509") == [WARNING]
    assert grades(check_text(table(low.replace("4", "5"), billing=PROVISIONED)), "DYN509") == []


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (index("one", 'hash_key = "a"\n'), index("two", 'hash_key = "a"\n'), 1),
        (index("one", 'hash_key = "a"\n'), index("two", 'hash_key = "b"\n'), 0),
        (index("one", 'hash_key = "a"\nrange_key = "b"\n'), index("two", 'hash_key = "a"\n', "KEYS_ONLY"), 1),
        (index("one", 'hash_key = "a"\nrange_key = "b"\n', "KEYS_ONLY"), index("two", 'hash_key = "a"\n'), 0),
        (index("one", "hash_key = var.k\n"), index("two", "hash_key = var.k\n"), 1),
        (index("one", 'hash_key = "id"\n'), "", 1),
    ],
)
def test_what_another_answers_is_redundant(check_text: CheckText, first: str, second: str, expected: int) -> None:
    report = check_text(variable("k") + table(first + second))
    assert grades(report, "DYN520") == [WARNING] * expected


def test_a_mode_left_out_is_noted_and_one_that_is_null_is_not(check_text: CheckText) -> None:
    capacity = "read_capacity = 5\nwrite_capacity = 5\n"
    assert grades(check_text(table(billing=capacity)), "DYN525") == [NOTE]
    assert grades(check_text(table(billing=f"billing_mode = null\n{capacity}")), "DYN525") == []


def test_the_quota_goes_for_tables_and_indexes(check_text: CheckText) -> None:
    billing = PROVISIONED.replace("write_capacity = 5", "write_capacity = 40000")
    assert grades(check_text(table(billing=billing)), "DYN526") == []
    wide = index(read_capacity="5", write_capacity="40001")
    assert grades(check_text(table(wide, billing=PROVISIONED)), "DYN526") == [ERROR]

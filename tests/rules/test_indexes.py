"""Edge cases of the rules about attributes and indexes, DYN105 to DYN136 and DYN163."""

from __future__ import annotations

import pytest

from dynalint.findings import Finding, Report, Severity
from tests.rules.conftest import CheckText


def attribute(name: str, type_: str = '"S"') -> str:
    return f"  attribute {{\n    name = {name}\n    type = {type_}\n  }}\n"


def table(body: str, before: str = "", attributes: tuple[str, ...] = ()) -> str:
    declared = "".join(attribute(f'"{name}"') for name in ("a", *attributes))
    return f'{before}\nresource "aws_dynamodb_table" "t" {{\n  name = "ttt"\n  hash_key = "a"\n{declared}{body}\n}}\n'


def block(kind: str, name: str, keys: str, projection: str = "KEYS_ONLY", more: str = "") -> str:
    return f'  {kind} {{\n    name = {name}\n    {keys}\n    projection_type = "{projection}"\n    {more}\n  }}\n'


def gsi(name: str = '"ggg"', keys: str = 'hash_key = "a"', projection: str = "KEYS_ONLY", more: str = "") -> str:
    return block("global_secondary_index", name, keys, projection, more)


def lsi(name: str = '"lll"', keys: str = 'range_key = "b"', projection: str = "KEYS_ONLY", more: str = "") -> str:
    return block("local_secondary_index", name, keys, projection, more)


def dynamic(inner: str, over: str) -> str:
    """A nested block as the content of a dynamic one."""
    kind, _, body = inner.strip().partition(" {\n")
    return f'  dynamic "{kind}" {{\n    for_each = {over}\n    content {{\n{body}\n  }}\n'


def index_resource(name: str = '"iii"', key: str = '"z"', type_: str = "S") -> str:
    return (
        'resource "aws_dynamodb_global_secondary_index" "i" {\n  table_name = aws_dynamodb_table.t.name\n'
        f"  index_name = {name}\n  key_schema {{\n    attribute_name = {key}\n"
        f'    attribute_type = "{type_}"\n    key_type = "HASH"\n  }}\n  projection {{\n'
        '    projection_type = "ALL"\n  }\n}\n'
    )


def pinned(version: str) -> str:
    return f'terraform {{\n  required_providers {{\n    aws = {{\n      version = "{version}"\n    }}\n  }}\n}}\n'


def of(report: Report, code: str) -> list[Finding]:
    return [finding for finding in report.findings if finding.rule.code == code]


def codes(report: Report, *wanted: str) -> list[str]:
    return [finding.rule.code for finding in report.findings if finding.rule.code in wanted]


def doubts(report: Report) -> set[str]:
    return {doubt.rule.code for doubt in report.undecided if doubt.rule.code.startswith("DYN1")}


# --- DYN105 ----------------------------------------------------------------------------------------------------------


def test_an_idle_attribute_is_deleted_by_its_fix(check_text: CheckText) -> None:
    [finding] = of(check_text(table("", attributes=("b",))), "DYN105")
    assert finding.fix is not None
    assert [edit.text for edit in finding.fix.edits] == [""]


def test_an_attribute_that_a_misspelt_key_means_is_not_idle(check_text: CheckText) -> None:
    text = table("", attributes=("orderId",)).replace('hash_key = "a"', 'hash_key = "orderID"').replace('"a"', '"zz"')
    assert [finding.message.split('"')[1] for finding in of(check_text(text), "DYN105")] == ["zz"]


def test_an_attribute_of_an_index_that_is_off_is_idle(check_text: CheckText) -> None:
    index = dynamic(gsi(keys='hash_key = "b"'), 'var.on ? ["x"] : []')
    report = check_text(table(index, 'variable "on" {\n  default = false\n}', ("b",)))
    assert [finding.severity for finding in of(report, "DYN105")] == [Severity.ERROR]


def test_an_attribute_of_an_index_that_can_be_left_out_is_a_warning(check_text: CheckText) -> None:
    index = dynamic(gsi(keys='hash_key = "b"'), 'var.on ? ["x"] : []')
    [finding] = of(check_text(table(index, 'variable "on" {\n  default = true\n}', ("b",))), "DYN105")
    assert (finding.severity, "var.on" in finding.message) == (Severity.WARNING, True)


def test_an_attribute_as_conditional_as_its_index_is_clean(check_text: CheckText) -> None:
    over = 'var.on ? ["x"] : []'
    body = dynamic(attribute('"b"'), over) + dynamic(gsi(keys='hash_key = "b"'), over)
    assert of(check_text(table(body, 'variable "on" {\n  default = true\n}')), "DYN105") == []


def test_an_attribute_beside_unknown_indexes_is_undecided(check_text: CheckText) -> None:
    index = dynamic(gsi(keys="hash_key = global_secondary_index.value"), "var.indexes")
    report = check_text(table(index, 'variable "indexes" {}', ("b",)))
    assert (of(report, "DYN105"), "DYN105" in doubts(report)) == ([], True)


def test_an_attribute_of_the_same_unknown_expression_as_a_key_is_used(check_text: CheckText) -> None:
    text = table("", 'variable "k" {}').replace('"a"', "var.k")
    report = check_text(text)
    assert (of(report, "DYN105"), "DYN105" in doubts(report)) == ([], False)


def test_an_attribute_for_an_index_resource_alone_is_refused_on_a_new_table(check_text: CheckText) -> None:
    [finding] = of(check_text(table("", attributes=("z",)) + index_resource()), "DYN105")
    assert "index resource" in finding.message


# --- DYN106, DYN107, DYN108, DYN109, DYN110 --------------------------------------------------------------------------


def test_of_two_types_the_one_that_stays_is_named(check_text: CheckText) -> None:
    [finding] = of(check_text(table(attribute('"a"', '"B"'))), "DYN106")
    assert 'type "S" stays' in finding.message
    assert finding.fix is not None
    assert not finding.fix.safe


def test_an_exact_duplicate_goes_safely(check_text: CheckText) -> None:
    [finding] = of(check_text(table(attribute('"a"'))), "DYN106")
    assert finding.fix is not None
    assert finding.fix.safe


def test_a_static_and_a_dynamic_declaration_of_one_name_are_two(check_text: CheckText) -> None:
    assert len(of(check_text(table(dynamic(attribute("attribute.value"), '["a"]'))), "DYN106")) == 1


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ('range_key = "a"', 1),
        (gsi(keys='hash_key = "a"\n    range_key = "a"'), 1),
        (lsi(keys='range_key = "a"'), 1),
        (gsi(keys='hash_key = "a"'), 0),
        (gsi(keys='hash_key = "a"\n    range_key = ""'), 0),
        (gsi(keys="hash_key = var.k\n    range_key = var.k"), 1),
        (gsi(keys="hash_key = var.k\n    range_key = var.r"), 0),
    ],
)
def test_one_attribute_is_one_key(check_text: CheckText, body: str, found: int) -> None:
    assert len(of(check_text(table(body, 'variable "k" {}\nvariable "r" {}')), "DYN107")) == found


@pytest.mark.parametrize(("type_", "found"), [("S", 0), ("N", 1)])
def test_an_index_resource_agrees_with_its_table(check_text: CheckText, type_: str, found: int) -> None:
    assert len(of(check_text(table("") + index_resource(key='"a"', type_=type_)), "DYN108")) == found


@pytest.mark.parametrize(
    ("type_", "found"),
    [("var.t", 1), ('"S"', 0), ('var.t == "n" ? "N" : "S"', 0), ('["S", "N"][length(var.t) % 2]', 0)],
)
def test_an_input_that_may_be_any_type_is_named(check_text: CheckText, type_: str, found: int) -> None:
    text = (
        table("", 'variable "t" {\n  type = string\n  default = "S"\n}')
        .replace('"S"\n  }\nh', "")
        .replace('type = "S"', f"type = {type_}")
    )
    assert len(of(check_text(text), "DYN109")) == found


def test_an_input_that_is_validated_is_clean(check_text: CheckText) -> None:
    validation = (
        '  validation {\n    condition = alltrue([for a in var.t : can(regex("^[SNB]$", a.type))])\n'
        '    error_message = "S, N or B."\n  }\n'
    )
    before = f'variable "t" {{\n  default = [{{ name = "b", type = "S" }}]\n{validation}}}'
    body = dynamic(attribute("attribute.value.name", "attribute.value.type"), "var.t")
    assert of(check_text(table(body, before)), "DYN109") == []


@pytest.mark.parametrize(("name", "found"), [("x" * 255, 0), ("x" * 256, 1), ("", 1)])
def test_the_name_of_an_attribute_has_a_length(check_text: CheckText, name: str, found: int) -> None:
    assert (
        len(of(check_text(table(lsi(projection="INCLUDE", more=f'non_key_attributes = ["{name}"]'))), "DYN110"))
        == found
    )


# --- DYN120 to DYN129 ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "found", "undecided"),
    [
        ("", 1, False),
        ('range_key = "b"', 0, False),
        ("range_key = var.r", 0, True),
        ('restore_source_name = "old"', 0, False),
    ],
)
def test_a_local_index_needs_a_sort_key(check_text: CheckText, body: str, found: int, undecided: bool) -> None:
    report = check_text(table(body + "\n" + lsi(), 'variable "r" {}', ("b",)))
    assert (len(of(report, "DYN120")), "DYN120" in doubts(report)) == (found, undecided)


@pytest.mark.parametrize(
    ("projection", "more", "found"),
    [
        ("INCLUDE", "", ["DYN121"]),
        ("INCLUDE", "non_key_attributes = []", ["DYN121"]),
        ("INCLUDE", "non_key_attributes = null", ["DYN121"]),
        ("INCLUDE", 'non_key_attributes = ["x"]', []),
        ("ALL", 'non_key_attributes = ["x"]', ["DYN122"]),
        ("KEYS_ONLY", 'non_key_attributes = ["x"]', ["DYN122"]),
        ("KEYS_ONLY", "non_key_attributes = []", []),
        ("include", 'non_key_attributes = ["x"]', ["DYN123"]),
        ("SOME", "", ["DYN123"]),
    ],
)
def test_projection_and_list_go_together(check_text: CheckText, projection: str, more: str, found: list[str]) -> None:
    report = check_text(table(gsi(projection=projection, more=more)))
    assert codes(report, "DYN121", "DYN122", "DYN123") == found


def test_the_list_beside_all_is_deleted_and_beside_keys_only_the_word_is_doubted(check_text: CheckText) -> None:
    [finding] = of(check_text(table(gsi(projection="ALL", more='non_key_attributes = ["x"]'))), "DYN122")
    assert (finding.fix and finding.fix.safe, finding.fix and finding.fix.edits[0].text) == (True, "")
    [finding] = of(check_text(table(gsi(more='non_key_attributes = ["x"]'))), "DYN122")
    assert (finding.fix and finding.fix.safe, finding.fix and finding.fix.edits[0].text) == (False, '"INCLUDE"')


def test_a_projection_is_validated_where_count_makes_nothing(check_text: CheckText) -> None:
    assert len(of(check_text(table("count = 0\n" + gsi(projection="all"))), "DYN123")) == 1


def test_an_unknown_projection_is_undecided(check_text: CheckText) -> None:
    text = table(gsi(projection="X").replace('"X"', "var.p"), 'variable "p" {}')
    assert {"DYN121", "DYN122", "DYN123"} <= doubts(check_text(text))


def test_two_indexes_of_one_name_are_reported(check_text: CheckText) -> None:
    report = check_text(table(gsi('"same"') + lsi('"same"', 'range_key = "a"')))
    assert [finding.severity for finding in of(report, "DYN124")] == [Severity.ERROR]


def test_two_equal_global_indexes_are_a_note(check_text: CheckText) -> None:
    report = check_text(table(gsi() + gsi()))
    assert [finding.severity for finding in of(report, "DYN124")] == [Severity.NOTE]


def test_an_index_resource_may_not_take_the_name_of_a_block(check_text: CheckText) -> None:
    assert len(of(check_text(table(gsi('"same"')) + index_resource('"same"')), "DYN124")) == 1


def test_elements_of_an_unknown_collection_are_not_one_name(check_text: CheckText) -> None:
    index = dynamic(gsi("global_secondary_index.value"), "var.x")
    assert of(check_text(table(index + gsi(), 'variable "x" {}')), "DYN124") == []


@pytest.mark.parametrize(("name", "found"), [("ab", 1), ("a b c", 1), ("x" * 256, 1), ("a.b-c_d", 0)])
def test_the_name_of_an_index_has_a_form(check_text: CheckText, name: str, found: int) -> None:
    assert len(of(check_text(table(gsi(f'"{name}"'))), "DYN125")) == found


@pytest.mark.parametrize(("count", "found"), [(5, 0), (6, 1)])
def test_there_are_five_local_indexes(check_text: CheckText, count: int, found: int) -> None:
    local = "".join(lsi(f'"lsi{number}"', 'range_key = "b"') for number in range(count))
    assert len(of(check_text(table('range_key = "b"\n' + local, attributes=("b",))), "DYN126")) == found


@pytest.mark.parametrize(("count", "found"), [(20, 0), (21, 1)])
def test_there_are_twenty_global_indexes(check_text: CheckText, count: int, found: int) -> None:
    report = check_text(table(dynamic(gsi('"gsi${global_secondary_index.value}"'), f"range({count})")))
    assert len(of(report, "DYN127")) == found


def test_more_indexes_than_known_are_undecided_only_at_the_edge(check_text: CheckText) -> None:
    more = dynamic(gsi('"more"'), "var.x")
    few = check_text(table(more, 'variable "x" {}'))
    full = check_text(table(dynamic(gsi('"g${global_secondary_index.value}"'), "range(20)") + more, 'variable "x" {}'))
    assert ("DYN127" in doubts(few), "DYN127" in doubts(full)) == (False, True)


@pytest.mark.parametrize(("count", "found"), [(50, 0), (51, 1)])
def test_projected_attributes_are_counted_in_every_index(check_text: CheckText, count: int, found: int) -> None:
    names = f'non_key_attributes = [for n in range({count}) : "x${{n}}"]'
    body = gsi('"one"', projection="INCLUDE", more=names) + gsi('"two"', projection="INCLUDE", more=names)
    assert len(of(check_text(table(body)), "DYN128")) == found


def test_a_projected_key_is_left_out_by_its_fix(check_text: CheckText) -> None:
    [finding] = of(check_text(table(gsi(projection="INCLUDE", more='non_key_attributes = ["a", "x"]'))), "DYN129")
    assert finding.fix is not None
    assert finding.fix.edits[0].text == '["x"]'


@pytest.mark.parametrize(("index", "severities"), [(lsi, [Severity.ERROR]), (gsi, [])])
def test_a_name_twice_matters_in_a_local_index(
    check_text: CheckText, index: object, severities: list[Severity]
) -> None:
    assert callable(index)
    body = index(projection="INCLUDE", more='non_key_attributes = ["x", "x"]')
    report = check_text(table('range_key = "b"\n' + body, attributes=("b",)))
    assert [finding.severity for finding in of(report, "DYN129")] == severities


# --- provider 6 ------------------------------------------------------------------------------------------------------


def schema(*kinds: str) -> str:
    return "".join(
        f'key_schema {{\n      attribute_name = "k{n}"\n      key_type = "{k}"\n    }}\n' for n, k in enumerate(kinds)
    )


@pytest.mark.parametrize(
    ("keys", "found"),
    [
        (schema("HASH"), 0),
        (schema("HASH", "HASH", "RANGE"), 0),
        (schema("RANGE"), 1),
        (schema("HASH", "RANGE", "HASH"), 1),
        (schema(*["HASH"] * 5), 1),
        (schema("HASH", *["RANGE"] * 5), 1),
        ('hash_key = "a"\n    ' + schema("HASH"), 1),
        ("", 1),
        ('hash_key = "a"', 0),
    ],
)
def test_a_key_schema_has_an_order(check_text: CheckText, keys: str, found: int) -> None:
    assert len(of(check_text(table(gsi(keys=keys), pinned(">= 6.29"))), "DYN131")) == found


@pytest.mark.parametrize(
    ("ignore", "found"), [("", 1), ("lifecycle {\n ignore_changes = [global_secondary_index]\n}", 0)]
)
def test_blocks_and_resources_undo_each_other(check_text: CheckText, ignore: str, found: int) -> None:
    report = check_text(table(gsi() + ignore, pinned(">= 6.44")) + index_resource())
    assert len(of(report, "DYN132")) == found


@pytest.mark.parametrize(("version", "found"), [(">= 6.29", 1), (">= 6.0", 0), ("~> 5.90", 0)])
def test_old_keys_are_deprecated_from_6_29_on(check_text: CheckText, version: str, found: int) -> None:
    assert len(of(check_text(table(gsi(), pinned(version))), "DYN134")) == found


@pytest.mark.parametrize(("version", "found"), [("6.30.0", 1), (">= 6.44", 0), (">= 6.0", 0), ("5.100.0", 0)])
def test_index_resources_were_an_experiment(check_text: CheckText, version: str, found: int) -> None:
    assert len(of(check_text(table("", pinned(version)) + index_resource()), "DYN135")) == found


# --- DYN136, DYN163 --------------------------------------------------------------------------------------------------


def insights(name: str) -> str:
    body = f"table_name = aws_dynamodb_table.t.name\n  index_name = {name}"
    return f'resource "aws_dynamodb_contributor_insights" "c" {{\n  {body}\n}}\n'


def target(resource_id: str) -> str:
    return (
        f'resource "aws_appautoscaling_target" "s" {{\n  resource_id = {resource_id}\n  min_capacity = 1\n'
        '  max_capacity = 9\n  service_namespace = "dynamodb"\n'
        '  scalable_dimension = "dynamodb:index:ReadCapacityUnits"\n}\n'
    )


@pytest.mark.parametrize(
    ("other", "found"),
    [
        (insights('"ggg"'), 0),
        (insights('"gggg"'), 1),
        (insights("null"), 0),
        (target('"table/${aws_dynamodb_table.t.name}/index/ggg"'), 0),
        (target('"table/ttt/index/hhh"'), 1),
        (target('"table/elsewhere/index/hhh"'), 0),
    ],
)
def test_an_index_that_is_named_is_there(check_text: CheckText, other: str, found: int) -> None:
    assert len(of(check_text(table(gsi()) + other), "DYN136")) == found


def test_an_index_of_an_unknown_name_may_be_the_one(check_text: CheckText) -> None:
    report = check_text(table(gsi("var.n"), 'variable "n" {}') + insights('"hhh"'))
    assert (of(report, "DYN136"), "DYN136" in doubts(report)) == ([], True)


def test_an_import_makes_no_local_index(check_text: CheckText) -> None:
    source = 'import_table {\n    input_format = "CSV"\n    s3_bucket_source {\n      bucket = "b"\n    }\n  }\n'
    body = 'range_key = "b"\n' + source + lsi('"lll"')
    assert len(of(check_text(table(body, attributes=("b",))), "DYN163")) == 1

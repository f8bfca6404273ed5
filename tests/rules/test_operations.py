"""Edge cases of DYN602 to DYN651."""

from __future__ import annotations

import pytest

from tests.rules.conftest import CheckText
from tests.rules.tables import (
    ERROR,
    NOTE,
    PROVISIONED,
    REGION,
    WARNING,
    block,
    found,
    grades,
    resource,
    table,
    undecided,
    variable,
)

# --- tags ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ('{ Owner = "a" }', []),
        ('{ owner = "a" }', [WARNING]),
        ("{ Owner = null }", [WARNING]),
        ('merge(var.tags, { Owner = "a" })', []),
    ],
)
def test_required_tags_are_effective_ones(check_text: CheckText, tags: str, expected: list[object]) -> None:
    text = table(f"tags = {tags}\n", variable("tags", "{}"))
    assert grades(check_text(text, also=("DYN602",)), "DYN602") == expected


def test_required_tags_are_silent_without_settings(check_text: CheckText) -> None:
    assert grades(check_text(table()), "DYN602") == []


def test_tags_that_are_not_known_are_undecided(check_text: CheckText) -> None:
    report = check_text(table("tags = var.tags\n", variable("tags")), also=("DYN602",))
    assert (grades(report, "DYN602"), undecided(report, "DYN602")) == ([], True)


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ('{ "" = "x" }', [ERROR]),
        (f'{{ "{"k" * 129}" = "x" }}', [ERROR]),
        (f'{{ k = "{"v" * 257}" }}', [ERROR]),
        ('{ "a,b" = "x" }', [ERROR]),
        ('{ "aws:x" = "y", z = "1" }', [ERROR]),
        ('{ Team = "a", team = "b" }', [WARNING]),
        ("{ for n in range(51) : n => n }", [ERROR]),
        ('{ "größe" = "x y+-=._:/@" }', []),
    ],
)
def test_tags_are_what_aws_takes(check_text: CheckText, tags: str, expected: list[object]) -> None:
    assert grades(check_text(table(f"tags = {tags}\n")), "DYN603") == expected


# --- names --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ('"ab"', [ERROR]),
        (f'"{"n" * 256}"', [ERROR]),
        ('"a b c"', [ERROR]),
        ('"${var.x}/orders"', [ERROR]),
        ('"${var.x}-orders"', []),
        ('"a.b-c_d"', []),
    ],
)
def test_a_name_is_judged_by_its_known_parts(check_text: CheckText, name: str, expected: list[object]) -> None:
    text = table().replace('"t-table"', name)
    assert grades(check_text(variable("x") + text), "DYN610") == expected


def test_a_global_table_of_2017_has_such_a_name_too(check_text: CheckText) -> None:
    old = 'resource "aws_dynamodb_global_table" "g" {\n  name = "a b"\n}\n'
    report = check_text(old)
    assert (grades(report, "DYN610"), grades(report, "DYN229")) == ([ERROR], [WARNING])


def test_one_name_twice_is_an_error_in_one_region_alone(check_text: CheckText) -> None:
    twin = table(name="u").replace("u-table", "t-table")
    assert grades(check_text(table() + twin), "DYN611") == [ERROR]
    other = 'provider "aws" {\n  alias = "us"\n  region = "us-east-1"\n}\n'
    assert grades(check_text(REGION + other + table() + twin.replace("{", "{\nprovider = aws.us", 1)), "DYN611") == []


def test_names_of_one_unknown_input_are_one_name(check_text: CheckText) -> None:
    text = (table() + table(name="u").replace("u-table", "t-table")).replace("t-table", "${var.x}-orders")
    assert grades(check_text(variable("x") + text), "DYN611") == [ERROR]


def test_instances_with_a_key_in_their_name_do_not_clash(check_text: CheckText) -> None:
    text = table('for_each = toset(["a", "b"])\n')
    assert grades(check_text(text), "DYN611") == [ERROR]
    assert grades(check_text(text.replace("t-table", "${each.key}-table")), "DYN611") == []


# --- streams and expiry -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stream", "code"),
    [
        ("stream_enabled = true\n", "DYN620"),
        ('stream_enabled = true\nstream_view_type = ""\n', "DYN620"),
        ('stream_view_type = "NEW_IMAGE"\n', "DYN621"),
        ('stream_enabled = false\nstream_view_type = "NEW_IMAGE"\n', "DYN621"),
        ('stream_enabled = true\nstream_view_type = "new_image"\n', "DYN622"),
    ],
)
def test_a_stream_is_on_and_shows_something(check_text: CheckText, stream: str, code: str) -> None:
    report = check_text(table(stream))
    assert {item.rule.code for item in report.findings if item.rule.family == "6"} - {"DYN601"} == {code}


def test_an_unknown_stream_is_undecided(check_text: CheckText) -> None:
    report = check_text(table('stream_enabled = var.on\nstream_view_type = "NEW_IMAGE"\n', variable("on")))
    assert (grades(report, "DYN621"), undecided(report, "DYN621")) == ([], True)


@pytest.mark.parametrize(
    ("ttl", "code"),
    [
        ({"attribute_name": '"gone"'}, "DYN630"),
        ({"attribute_name": '"gone"', "enabled": "null"}, "DYN630"),
        ({"enabled": "true"}, "DYN631"),
        ({"attribute_name": '""', "enabled": "true"}, "DYN631"),
        ({"attribute_name": '"id"', "enabled": "true"}, "DYN632"),
        ({"enabled": "false"}, "DYN633"),
        ({"attribute_name": '"gone"', "enabled": "false"}, None),
        ({"attribute_name": '"gone"', "enabled": "true"}, None),
    ],
)
def test_expiry_is_of_an_attribute_and_on_or_off(check_text: CheckText, ttl: dict[str, str], code: str | None) -> None:
    report = check_text(table(block("ttl", **ttl)))
    assert {item.rule.code for item in report.findings if item.rule.code.startswith("DYN63")} == ({code} - {None})


MODULE = """
variable "expires" {
  type    = bool
  default = false
}

resource "aws_dynamodb_table" "t" {
  name         = "orders"
  hash_key     = "id"
  billing_mode = "PAY_PER_REQUEST"

  attribute {
    name = "id"
    type = "S"
  }

  ttl {
    enabled = var.expires
  }
}
"""


@pytest.mark.parametrize(
    ("argument", "expected"), [("", [NOTE]), ("expires = false", [WARNING]), ("expires = true", [])]
)
def test_expiry_that_a_default_leaves_off_is_a_note(
    check_text: CheckText, argument: str, expected: list[object]
) -> None:
    call = f'module "m" {{\n  source = "./m"\n  {argument}\n}}\n'
    assert grades(check_text(call, {"m/main.tf": MODULE}), "DYN633") == expected


def test_a_numeric_key_may_expire_items(check_text: CheckText) -> None:
    text = table(block("ttl", attribute_name='"id"', enabled="true")).replace('type = "S"', 'type = "N"')
    assert grades(check_text(text), "DYN632") == [WARNING]


def mapping(source: str, position: str = '"LATEST"') -> str:
    return resource("aws_lambda_event_source_mapping", event_source_arn=source, starting_position=position)


STREAM = 'stream_enabled = true\nstream_view_type = "KEYS_ONLY"\n'


def test_a_reader_names_a_stream_that_is_on_and_a_position(check_text: CheckText) -> None:
    own = "aws_dynamodb_table.t.stream_arn"
    assert grades(check_text(table(STREAM) + mapping(own)), "DYN623") == []
    assert grades(check_text(table(STREAM) + mapping("aws_dynamodb_table.t.arn")), "DYN623") == [ERROR]
    assert grades(check_text(table() + mapping(own)), "DYN623") == [ERROR]
    assert grades(check_text(table(STREAM) + mapping(own, '"AT_TIMESTAMP"')), "DYN623") == [ERROR]


def test_a_pair_of_table_and_kinesis_stream_exists_once(check_text: CheckText) -> None:
    type_, name = "aws_dynamodb_kinesis_streaming_destination", "aws_dynamodb_table.t.name"
    stream = '"arn:aws:kinesis:eu-west-1:111122223333:stream/s"'
    pair = resource(type_, "a", table_name=name, stream_arn=stream)
    assert grades(check_text(table() + pair), "DYN627") == []
    assert grades(check_text(table() + pair + pair.replace('"a"', '"b"')), "DYN627") == [ERROR]
    assert grades(check_text(table() + pair.replace(name, "aws_dynamodb_table.t.arn")), "DYN627") == [ERROR]


# --- auto scaling -------------------------------------------------------------------------------------------------


def target(id_: str = '"table/${aws_dynamodb_table.t.name}"', way: str = "Read", **more: str) -> str:
    given = {
        "service_namespace": '"dynamodb"',
        "resource_id": id_,
        "scalable_dimension": f'"dynamodb:table:{way}CapacityUnits"',
        "min_capacity": "5",
        "max_capacity": "10",
    }
    return resource("aws_appautoscaling_target", way.lower(), **{**given, **more})


def policy(way: str = "Read", value: str = "70", metric: str = "") -> str:
    of = f"aws_appautoscaling_target.{way.lower()}"
    names = ("service_namespace", "resource_id", "scalable_dimension")
    what = block(
        "predefined_metric_specification", predefined_metric_type=f'"DynamoDB{metric or way}CapacityUtilization"'
    )
    tracking = block("target_tracking_scaling_policy_configuration", target_value=value)[:-2] + what + "}\n"
    return resource("aws_appautoscaling_policy", way.lower(), tracking, **{name: f"{of}.{name}" for name in names})


def lifecycle(*names: str) -> str:
    return block("lifecycle", ignore_changes=f"[{', '.join(names)}]")


@pytest.mark.parametrize(
    ("id_", "ignored", "expected"),
    [
        ('"table/${aws_dynamodb_table.t.name}"', "", [WARNING]),
        ('"table/t-table"', "", [WARNING]),
        ('"table/other"', "", []),
        ('"table/t-table"', lifecycle("read_capacity"), []),
        ('"table/t-table"', lifecycle("write_capacity"), [WARNING]),
        ('"table/t-table"', "lifecycle {\n  ignore_changes = all\n}\n", []),
    ],
)
def test_what_is_scaled_is_ignored(check_text: CheckText, id_: str, ignored: str, expected: list[object]) -> None:
    assert grades(check_text(table(ignored, billing=PROVISIONED) + target(id_)), "DYN640") == expected


def test_a_target_in_a_module_is_found(check_text: CheckText) -> None:
    module = variable("name") + target('"table/${var.name}"')
    call = 'module "m" {\n  source = "./m"\n  name = aws_dynamodb_table.t.name\n}\n'
    assert grades(check_text(table(billing=PROVISIONED) + call, {"m/main.tf": module}), "DYN640") == [WARNING]


def test_targets_of_other_services_are_none_of_it(check_text: CheckText) -> None:
    other = target('"table/t-table"', service_namespace='"ecs"', scalable_dimension='"ecs:service:DesiredCount"')
    report = check_text(table(billing=PROVISIONED) + other)
    assert [grades(report, code) for code in ("DYN640", "DYN642", "DYN645")] == [[], [], [NOTE]]


@pytest.mark.parametrize(
    "arguments",
    [
        {"min_capacity": "20"},
        {"service_namespace": '"DynamoDB"'},
        {"scalable_dimension": '"dynamodb:table:Reads"'},
        {"resource_id": '"t-table"'},
        {"resource_id": '"table/t/index/i"'},
    ],
)
def test_a_target_fits_together(check_text: CheckText, arguments: dict[str, str]) -> None:
    assert grades(check_text(target(**arguments)), "DYN642") == [ERROR]


def test_a_policy_follows_its_own_metric_to_a_sensible_value(check_text: CheckText) -> None:
    assert grades(check_text(target() + policy()), "DYN642") == []
    assert grades(check_text(target() + policy(value="70.5")), "DYN642") == []
    assert grades(check_text(target() + policy(value="200")), "DYN642") == [ERROR]
    assert grades(check_text(target() + policy(metric="Write")), "DYN642") == [ERROR]


def test_scaling_has_two_ways_with_a_policy_each(check_text: CheckText) -> None:
    base = table(lifecycle("read_capacity", "write_capacity"), billing=PROVISIONED)
    both = base + target() + policy() + target(way="Write")
    assert len(found(check_text(base + target()), "DYN643")) == 1
    assert grades(check_text(both), "DYN643") == [WARNING]
    assert grades(check_text(both + policy("Write")), "DYN643") == []


def test_a_table_on_demand_is_not_scaled(check_text: CheckText) -> None:
    assert grades(check_text(table() + target()), "DYN646") == [WARNING]


@pytest.mark.parametrize(
    ("ignored", "expected"),
    [
        ("[attribute]", [NOTE]),
        ("all", [WARNING]),
        ("[tags]", []),
        ("[server_side_encryption, attribute]", [NOTE, NOTE]),
    ],
)
def test_ignoring_what_people_edit_is_noted(check_text: CheckText, ignored: str, expected: list[object]) -> None:
    text = table(f"lifecycle {{\n  ignore_changes = {ignored}\n}}\n")
    assert grades(check_text(text), "DYN651") == expected


def test_a_table_that_locks_state_is_told_by_its_key(check_text: CheckText) -> None:
    report = check_text(table().replace('"id"', '"LockID"'))
    assert (grades(report, "DYN650"), grades(report, "DYN210")) == ([NOTE], [])

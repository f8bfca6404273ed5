"""Edge cases of DYN203 to DYN251."""

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

ELSEWHERE = "arn:aws:dynamodb:us-east-1:111122223333:table/old"
STREAM = 'stream_enabled = true\nstream_view_type = "NEW_AND_OLD_IMAGES"\n'


def recovery(days: str, enabled: str = "true") -> str:
    return block("point_in_time_recovery", enabled=enabled, recovery_period_in_days=days)


def replica(region: str = '"us-east-1"', **more: str) -> str:
    return block("replica", region_name=region, **more)


def replica_resource(**more: str) -> str:
    return resource("aws_dynamodb_table_replica", global_table_arn="aws_dynamodb_table.t.arn", **more)


# --- DYN203 -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days", "enabled", "expected"),
    [
        ("0", "true", [ERROR]),
        ("36", "true", [ERROR]),
        ('"36"', "true", [ERROR]),
        ("36", "false", [ERROR]),
        ("7", "false", [NOTE]),
        ("35", "true", []),
        ("null", "false", []),
    ],
)
def test_a_period_is_from_1_to_35(check_text: CheckText, days: str, enabled: str, expected: list[object]) -> None:
    assert grades(check_text(table(recovery(days, enabled))), "DYN203") == expected


def test_an_unknown_period_is_undecided(check_text: CheckText) -> None:
    assert undecided(check_text(table(recovery("var.days"), variable("days"))), "DYN203")


def test_a_period_is_judged_where_nothing_is_made(check_text: CheckText) -> None:
    assert grades(check_text(table("count = 0\n" + recovery("36"))), "DYN203") == [ERROR]


def test_the_ignored_period_is_deleted_with_its_line(check_text: CheckText) -> None:
    text = table(recovery("7", "false"))
    [finding] = found(check_text(text), "DYN203")
    assert finding.fix is not None
    [edit] = finding.fix.edits
    assert text.encode()[edit.span.start : edit.span.end] == b"  recovery_period_in_days = 7\n"


# --- DYN210 -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("value", ["false", "null", '"false"'])
def test_protection_that_is_not_true_is_missing(check_text: CheckText, value: str) -> None:
    assert grades(check_text(table(f"deletion_protection_enabled = {value}")), "DYN210") == [WARNING]


def test_prevent_destroy_is_no_deletion_protection(check_text: CheckText) -> None:
    assert grades(check_text(table(block("lifecycle", prevent_destroy="true"))), "DYN210") == [WARNING]


def test_unknown_protection_is_undecided(check_text: CheckText) -> None:
    assert undecided(check_text(table("deletion_protection_enabled = var.on", variable("on"))), "DYN210")


# --- replicas -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stream", "expected"),
    [
        ("", [ERROR]),
        ("stream_enabled = false\n", [ERROR]),
        ('stream_enabled = true\nstream_view_type = "KEYS_ONLY"\n', [ERROR]),
        ("stream_enabled = true\n", []),
        (STREAM, []),
    ],
)
def test_replicas_need_both_images(check_text: CheckText, stream: str, expected: list[object]) -> None:
    assert grades(check_text(table(stream + replica())), "DYN220") == expected
    assert grades(check_text(table(stream) + replica_resource()), "DYN220") == expected


def test_strong_replicas_need_no_stream(check_text: CheckText) -> None:
    assert grades(check_text(table(replica(consistency_mode='"STRONG"'))), "DYN220") == []


def test_an_unknown_set_of_replicas_is_undecided(check_text: CheckText) -> None:
    dynamic = 'dynamic "replica" {\nfor_each = var.regions\ncontent {\nregion_name = replica.value\n}\n}\n'
    report = check_text(table(dynamic, variable("regions")))
    assert (grades(report, "DYN220"), undecided(report, "DYN220")) == ([], True)


def test_a_replica_stands_in_another_known_region_once(check_text: CheckText) -> None:
    assert grades(check_text(table(STREAM + replica('"eu-west-1"'), REGION)), "DYN221") == [ERROR]
    assert grades(check_text(table(STREAM + replica() + replica(kms_key_arn='"x"'), REGION)), "DYN221") == [ERROR]
    assert grades(check_text(table(STREAM + replica('"moon"'), REGION)), "DYN221") == [ERROR]
    assert grades(check_text(table(STREAM + replica(), REGION)), "DYN221") == []


def test_a_region_from_the_environment_is_undecided(check_text: CheckText) -> None:
    assert undecided(check_text(table(STREAM + replica())), "DYN221")


def test_a_replica_resource_in_the_region_of_its_table_is_an_error(check_text: CheckText) -> None:
    assert grades(check_text(table(STREAM, REGION) + replica_resource()), "DYN221") == [ERROR]


def test_a_replica_of_a_table_with_a_key_needs_one(check_text: CheckText) -> None:
    key = block("server_side_encryption", enabled="true", kms_key_arn="aws_kms_key.k.arn") + STREAM
    before = 'resource "aws_kms_key" "k" {}\n'
    assert grades(check_text(table(key + replica(), before)), "DYN222") == [ERROR]
    assert grades(check_text(table(key + replica(kms_key_arn="aws_kms_key.k.arn"), before)), "DYN222") == []
    assert grades(check_text(table(replica(), before)), "DYN222") == []


def test_a_replica_inherits_no_recovery(check_text: CheckText) -> None:
    on = block("point_in_time_recovery", enabled="true")
    assert grades(check_text(table(on + replica())), "DYN223") == [WARNING]
    assert grades(check_text(table(replica())), "DYN223") == []
    assert grades(check_text(table(on) + replica_resource()), "DYN223") == [WARNING]


def test_writes_of_a_provisioned_table_with_replicas_have_to_be_scaled(check_text: CheckText) -> None:
    assert grades(check_text(table(replica(), billing=PROVISIONED)), "DYN224") == [ERROR]
    unknown = resource(
        "aws_appautoscaling_target",
        resource_id="var.id",
        service_namespace='"dynamodb"',
        scalable_dimension='"dynamodb:table:WriteCapacityUnits"',
    )
    report = check_text(table(replica(), variable("id") + unknown, billing=PROVISIONED))
    assert (grades(report, "DYN224"), undecided(report, "DYN224")) == ([], True)


@pytest.mark.parametrize(
    ("ignored", "inline", "expected"),
    [("", "", [WARNING]), ("", replica('"us-east-2"'), [ERROR]), ("replica", "", []), ("name", "", [WARNING])],
)
def test_a_replica_resource_needs_an_ignored_list(
    check_text: CheckText, ignored: str, inline: str, expected: list[object]
) -> None:
    lifecycle = block("lifecycle", ignore_changes=f"[{ignored}]") if ignored else ""
    assert grades(check_text(table(inline + lifecycle) + replica_resource()), "DYN226") == expected


def test_the_fix_appends_to_the_list_that_is_there(check_text: CheckText) -> None:
    text = table(block("lifecycle", ignore_changes="[read_capacity]")) + replica_resource()
    [finding] = found(check_text(text), "DYN226")
    assert finding.fix is not None
    [edit] = finding.fix.edits
    assert "[read_capacity, replica]" in text[: edit.span.start] + edit.text + text[edit.span.end :]


# --- restore, export, backup --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ('restore_source_name = "old"\n', [ERROR]),
        ('restore_source_name = "old"\nrestore_to_latest_time = true\n', []),
        ('restore_source_name = "old"\nrestore_to_latest_time = false\n', [ERROR]),
        (
            'restore_source_name = "old"\nrestore_to_latest_time = true\nrestore_date_time = "2026-01-01T00:00:00Z"\n',
            [ERROR],
        ),
        ("restore_to_latest_time = true\n", [ERROR]),
        ("restore_to_latest_time = null\n", []),
        (
            f'restore_source_table_arn = "{ELSEWHERE}"\nrestore_to_latest_time = true\n',
            [ERROR],
        ),
    ],
)
def test_a_restore_names_one_source_and_one_moment(
    check_text: CheckText, arguments: str, expected: list[object]
) -> None:
    assert grades(check_text(table(arguments, REGION)), "DYN240") == expected


def test_a_restore_lists_what_it_does_not_carry(check_text: CheckText) -> None:
    restored = (
        'restore_source_name = "old"\nrestore_to_latest_time = true\ntable_class = "STANDARD_INFREQUENT_ACCESS"\n'
    )
    [finding] = found(check_text(table(restored)), "DYN241")
    assert "table_class, billing_mode" in finding.message


def test_an_export_needs_recovery(check_text: CheckText) -> None:
    export = resource("aws_dynamodb_table_export", table_arn="aws_dynamodb_table.t.arn", s3_bucket='"b"')
    assert grades(check_text(table() + export), "DYN243") == [ERROR]
    assert grades(check_text(table(block("point_in_time_recovery", enabled="true")) + export), "DYN243") == []


@pytest.mark.parametrize(("end", "expected"), [("119", [ERROR]), ("120", []), ("null", [])])
def test_cold_backups_stay_for_90_days(check_text: CheckText, end: str, expected: list[object]) -> None:
    rule = block("rule", rule_name='"r"', target_vault_name='"v"')[:-2]
    body = rule + block("lifecycle", cold_storage_after="30", delete_after=end) + "}\n"
    assert grades(check_text(resource("aws_backup_plan", body=body)), "DYN251") == expected

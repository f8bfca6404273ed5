"""Edge cases of the schema rules, DYN140 to DYN148 and DYN150."""

from __future__ import annotations

import pytest

from dynalint.findings import Finding, Report, Severity
from tests.rules.conftest import CheckText

SIX = 'terraform {\n  required_providers {\n    aws = { source = "hashicorp/aws", version = "VERSION" }\n  }\n}\n'


def pinned(version: str) -> str:
    return SIX.replace("VERSION", version)


def table(body: str, before: str = "") -> str:
    key = 'attribute {\n    name = "a"\n    type = "S"\n  }\n'
    return f'{before}\nresource "aws_dynamodb_table" "t" {{\n  name = "ttt"\n  hash_key = "a"\n  {key}{body}\n}}\n'


def of(report: Report, code: str) -> list[Finding]:
    return [finding for finding in report.findings if finding.rule.code == code]


def doubts(report: Report) -> set[str]:
    return {doubt.rule.code for doubt in report.undecided if "DYN140" <= doubt.rule.code <= "DYN150"}


# --- DYN140 ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "instead"),
    [
        ('hashkey = "a"', "hash_key"),
        ("hashkey = null", "hash_key"),
        ('timeouts {\n    creat = "1h"\n  }', "create"),
        ('dynamic "ttll" {\n    for_each = []\n    content {}\n  }', "ttl"),
        ('global_secondary_indexes {\n    name = "x"\n  }', "global_secondary_index"),
    ],
)
def test_a_near_name_is_offered(check_text: CheckText, body: str, instead: str) -> None:
    [finding] = of(check_text(table(body)), "DYN140")
    assert f'"{instead}"' in finding.label


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("ttl = { enabled = true }", "is a block and no argument"),
        ('tags {\n    a = "b"\n  }', "is an argument and no block"),
        ('arn = "arn:aws:x"', "is computed"),
        ('id = "x"', "is computed"),
        ('ttl {\n    kms_key_arn = "x"\n  }', "has no argument"),
        ('local_secondary_index {\n    hash_key = "a"\n  }', "has no argument"),
    ],
)
def test_what_stands_in_the_wrong_place_is_reported(check_text: CheckText, body: str, words: str) -> None:
    [finding] = of(check_text(table(body)), "DYN140")
    assert words in finding.message


@pytest.mark.parametrize(
    "body",
    [
        "arn = null",
        'provisioner "local-exec" {\n    command = "true"\n  }',
        "lifecycle {\n    prevent_destroy = true\n  }\n  depends_on = []\n  provider = aws\n  count = 1",
        'timeouts {\n    create = "1h"\n  }',
    ],
)
def test_what_every_resource_may_have_is_clean(check_text: CheckText, body: str) -> None:
    assert of(check_text(table(body)), "DYN140") == []


def test_a_typo_is_fixed_in_place(check_text: CheckText) -> None:
    [finding] = of(check_text(table('rangekey = "a"')), "DYN140")
    assert finding.fix is not None
    assert [edit.text for edit in finding.fix.edits] == ["range_key"]


def test_what_count_leaves_out_is_still_validated(check_text: CheckText) -> None:
    report = check_text(table('count = 0\n  hashkey = "a"\n  read_capacity = "many"\n  table_class = "COLD"'))
    assert {"DYN140", "DYN142", "DYN145"} <= {finding.rule.code for finding in report.findings}


def test_typos_in_json_syntax_are_seen_and_left_alone(check_text: CheckText) -> None:
    text = '{"resource": {"aws_dynamodb_table": {"t": {"name": "ttt", "hashkey": "a"}}}}'
    [finding] = of(check_text("", {"t.tf.json": text}), "DYN140")
    assert finding.fix is None


# --- DYN141 ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("line", ["", "name = null", "name = var.n"])
def test_a_required_argument_that_is_absent_or_null_is_reported(check_text: CheckText, line: str) -> None:
    text = f'variable "n" {{\n  default = null\n}}\nresource "aws_dynamodb_table" "t" {{\n  {line}\n}}\n'
    assert len(of(check_text(text), "DYN141")) == 1


def test_a_required_argument_that_is_not_known_is_there(check_text: CheckText) -> None:
    assert of(check_text('variable "n" {}\nresource "aws_dynamodb_table" "t" {\n  name = var.n\n}\n'), "DYN141") == []


def test_an_argument_in_the_content_of_an_unknown_collection_is_missed(check_text: CheckText) -> None:
    body = 'dynamic "replica" {\n    for_each = var.r\n    content {\n    }\n  }'
    assert len(of(check_text(table(body, 'variable "r" {}')), "DYN141")) == 1


def test_a_null_key_of_an_index_that_is_always_there_belongs_to_another_rule(check_text: CheckText) -> None:
    index = 'global_secondary_index {\n    name = "ggg"\n    hash_key = var.k\n    projection_type = "ALL"\n  }'
    report = check_text(table(index, 'variable "k" {\n  default = null\n}'))
    assert (of(report, "DYN141"), len(of(report, "DYN501"))) == ([], 1)


@pytest.mark.parametrize(("version", "missing"), [("~> 5.90", 1), (">= 6.29", 0)])
def test_provider_6_needs_no_hash_key_in_an_index(check_text: CheckText, version: str, missing: int) -> None:
    index = (
        'global_secondary_index {\n    name = "ggg"\n    projection_type = "ALL"\n'
        '    key_schema {\n      attribute_name = "a"\n      key_type = "HASH"\n    }\n  }'
    )
    report = check_text(table(index, pinned(version)))
    assert len(of(report, "DYN146")) == missing
    assert of(report, "DYN141") == []


# --- DYN142 ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    ['read_capacity = "many"', "read_capacity = 1.5", "stream_enabled = 1", 'tags = ["a"]', "table_class = [1]"],
)
def test_a_value_of_the_wrong_type_is_reported(check_text: CheckText, body: str) -> None:
    assert len(of(check_text(table(body)), "DYN142")) == 1


@pytest.mark.parametrize(
    "body", ['read_capacity = "5"', "read_capacity = 5.0", 'stream_enabled = "true"', "tags = null"]
)
def test_a_value_that_converts_is_clean(check_text: CheckText, body: str) -> None:
    assert of(check_text(table(body)), "DYN142") == []


def test_a_target_value_may_have_a_fraction(check_text: CheckText) -> None:
    text = (
        'resource "aws_appautoscaling_policy" "p" {\n  name = "p"\n  resource_id = "table/x"\n'
        '  scalable_dimension = "dynamodb:table:ReadCapacityUnits"\n  service_namespace = "dynamodb"\n'
        "  target_tracking_scaling_policy_configuration {\n    target_value = 70.5\n  }\n}\n"
    )
    assert of(check_text(text), "DYN142") == []


def test_a_sensitive_value_is_not_shown(check_text: CheckText) -> None:
    text = table("read_capacity = var.s", 'variable "s" {\n  default = "hush"\n  sensitive = true\n}')
    [finding] = of(check_text(text), "DYN142")
    assert "hush" not in finding.message


# --- DYN143, DYN144 --------------------------------------------------------------------------------------------------

CEILING = "on_demand_throughput {\n    max_read_request_units = 5\n  }\n"


@pytest.mark.parametrize(("capacity", "found"), [("0", 1), ("5", 1), ("null", 0), ("var.c", 0)])
def test_capacity_beside_a_ceiling_conflicts(check_text: CheckText, capacity: str, found: int) -> None:
    report = check_text(table(f"{CEILING}  read_capacity = {capacity}", 'variable "c" {}'))
    assert len(of(report, "DYN143")) == found
    assert ("DYN143" in doubts(report)) is (capacity == "var.c")


def test_two_sources_conflict_at_the_second(check_text: CheckText) -> None:
    source = 'import_table {\n    input_format = "CSV"\n    s3_bucket_source {\n      bucket = "b"\n    }\n  }'
    [finding] = of(check_text(table(f'restore_source_name = "old"\n  {source}')), "DYN143")
    assert finding.message.startswith("import_table")


@pytest.mark.parametrize(
    ("blocks", "found", "undecided"),
    [
        ("ttl {}\n  ttl {}", 1, False),
        ('ttl {}\n  dynamic "ttl" {\n    for_each = [1]\n    content {}\n  }', 1, False),
        ('dynamic "ttl" {\n    for_each = [1, 2]\n    content {}\n  }', 1, False),
        ('dynamic "ttl" {\n    for_each = var.x\n    content {}\n  }', 0, False),
        ('ttl {}\n  dynamic "ttl" {\n    for_each = var.x\n    content {}\n  }', 0, True),
    ],
)
def test_a_second_block_is_one_too_many(check_text: CheckText, blocks: str, found: int, undecided: bool) -> None:
    report = check_text(table(blocks, 'variable "x" {}'))
    assert len(of(report, "DYN144")) == found
    assert ("DYN144" in doubts(report)) is undecided


def test_an_import_without_its_source_is_reported(check_text: CheckText) -> None:
    [finding] = of(check_text(table('import_table {\n    input_format = "CSV"\n  }')), "DYN144")
    assert "s3_bucket_source" in finding.message


# --- DYN145 ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        'table_class = "standard"',
        'table_class = ""',
        'restore_date_time = "2026-02-31T12:00:00Z"',
        'restore_date_time = "2026-01-31"',
        'timeouts {\n    create = "45 minutes"\n  }',
        'restore_source_table_arn = "arn:aws:dynamodb:mars-1:111122223333:table/x"',
        'restore_source_table_arn = "arn:aws:dynamodb:eu-west-1:1234:table/x"',
        'restore_source_table_arn = " arn:aws:dynamodb:eu-west-1:111122223333:table/x"',
    ],
)
def test_a_text_of_the_wrong_form_is_reported(check_text: CheckText, body: str) -> None:
    assert len(of(check_text(table(body)), "DYN145")) == 1


@pytest.mark.parametrize(
    "body",
    [
        'restore_date_time = "2026-01-31T12:00:00.5+02:00"',
        'timeouts {\n    create = "1h30m"\n    delete = "90s"\n  }',
        'restore_source_table_arn = "arn:aws-us-gov:dynamodb:us-gov-west-1:111122223333:table/x"',
        'restore_source_table_arn = ""',
        "table_class = null",
        "server_side_encryption {\n    enabled = true\n    kms_key_arn = aws_kms_key.k.arn\n  }",
    ],
)
def test_a_text_of_the_right_form_is_clean(check_text: CheckText, body: str) -> None:
    report = check_text(table(body, 'resource "aws_kms_key" "k" {}'))
    assert (of(report, "DYN145"), doubts(report)) == ([], set())


def test_an_unknown_word_is_undecided(check_text: CheckText) -> None:
    assert doubts(check_text(table("table_class = var.c", 'variable "c" {}'))) == {"DYN145"}


@pytest.mark.parametrize(
    ("word", "fixed"), [("standard", '"STANDARD"'), ("STANDARD_IA", '"STANDARD_INFREQUENT_ACCESS"')]
)
def test_a_slip_is_fixed(check_text: CheckText, word: str, fixed: str) -> None:
    [finding] = of(check_text(table(f'table_class = "{word}"')), "DYN145")
    assert finding.fix is not None
    assert finding.fix.edits[0].text == fixed


def test_a_bad_word_in_the_content_of_an_unknown_collection_is_reported(check_text: CheckText) -> None:
    body = 'dynamic "replica" {\n    for_each = var.r\n    content {\n      region_name = replica.value\n'
    text = table(f'{body}      kms_key_arn = "alias/x"\n    }}\n  }}', 'variable "r" {}')
    assert len(of(check_text(text), "DYN145")) == 1


# --- DYN146, DYN148, DYN150 ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("version", "severity"),
    [("5.100.0", Severity.ERROR), ("~> 5.60", Severity.ERROR), (">= 5.60", Severity.NOTE), (">= 6.0", None)],
)
def test_an_addition_of_provider_6_needs_it(check_text: CheckText, version: str, severity: Severity | None) -> None:
    found = of(check_text(table('region = "eu-west-1"', pinned(version))), "DYN146")
    assert [finding.severity for finding in found] == ([severity] if severity else [])


def test_an_addition_without_any_requirement_is_undecided(check_text: CheckText) -> None:
    report = check_text(table('region = "eu-west-1"'))
    assert (of(report, "DYN146"), "DYN146" in doubts(report)) == ([], True)


def test_the_lock_file_is_shown_where_it_decides(check_text: CheckText) -> None:
    lock = 'provider "registry.terraform.io/hashicorp/aws" {\n  version = "5.97.0"\n}\n'
    body = "point_in_time_recovery {\n    enabled = true\n    recovery_period_in_days = 7\n  }"
    [finding] = of(check_text(table(body, pinned(">= 5.0")), {".terraform.lock.hcl": lock}), "DYN146")
    assert "5.98" in finding.message
    assert any(step.span.path.endswith(".terraform.lock.hcl") for step in finding.trace)


LATE = 'resource "terraform_data" "d" {}\n'


@pytest.mark.parametrize(("version", "found"), [("~> 5.90", 1), (">= 6.0", 0), (">= 5.0", 0)])
def test_a_capacity_that_comes_with_apply_is_too_late_for_provider_5(
    check_text: CheckText, version: str, found: int
) -> None:
    text = table("read_capacity = length(terraform_data.d.id)", pinned(version) + LATE)
    assert len(of(check_text(text), "DYN148")) == found


def test_an_input_without_a_value_is_not_too_late(check_text: CheckText) -> None:
    text = table("read_capacity = var.c", pinned("~> 5.90") + 'variable "c" {}')
    assert of(check_text(text), "DYN148") == []


@pytest.mark.parametrize(("version", "found"), [("6.30.0", 1), ("6.42.0", 0), (">= 6.29", 0), ("5.100.0", 0)])
def test_an_empty_range_key_meets_a_fault_of_some_releases(check_text: CheckText, version: str, found: int) -> None:
    index = (
        'global_secondary_index {\n    name = "ggg"\n    hash_key = "a"\n    range_key = ""\n'
        '    projection_type = "ALL"\n  }'
    )
    assert len(of(check_text(table(index, pinned(version))), "DYN150")) == found


# --- DYN147 ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("ignore_changes = [capacity]", 1),
        ('ignore_changes = [read_capacity, tags["x"], ttl[0].enabled, id, arn, "name"]', 0),
        ("ignore_changes = all", 0),
        ("prevent_destroy = var.p", 1),
        ("prevent_destroy = true", 0),
    ],
)
def test_lifecycle_says_what_it_can_say(check_text: CheckText, line: str, found: int) -> None:
    report = check_text(table(f"lifecycle {{\n    {line}\n  }}", 'variable "p" {\n  default = true\n}'))
    assert len(of(report, "DYN147")) == found


# --- in modules ------------------------------------------------------------------------------------------------------


def test_a_fault_in_a_called_module_is_reported_once_with_its_calls(check_text: CheckText) -> None:
    calls = "".join(f'module "m{number}" {{\n  source = "./m"\n}}\n' for number in range(3))
    [finding] = of(check_text(calls, {"m/main.tf": table('table_class = "COLD"')}), "DYN145")
    assert len(finding.addresses) == 3

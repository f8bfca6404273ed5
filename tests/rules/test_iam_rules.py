"""Edge cases of the IAM rules, beside those of iam-scan-broad."""

from __future__ import annotations

import pytest

from dynalint.findings import Finding, Report, Severity
from tests.rules.conftest import CheckText

ARN = "arn:aws:dynamodb:eu-west-1:123456789012:table"
TABLE = """
resource "aws_dynamodb_table" "t" {
  name     = "orders"
  hash_key = "id"

  attribute {
    name = "id"
    type = "S"
  }
}
"""
INDEXED = TABLE.rstrip().removesuffix("}") + (
    '  global_secondary_index {\n    name = "by-id"\n    hash_key = "id"\n    projection_type = "ALL"\n  }\n}\n'
)
T = "aws_dynamodb_table.t.arn"
INDEXES = f'"${{{T}}}/index/*"'


def found(report: Report, code: str) -> list[Finding]:
    return [finding for finding in report.findings if finding.rule.code == code]


def undecided(report: Report, code: str) -> bool:
    return code in {doubt.rule.code for doubt in report.undecided}


def statement(actions: str, resources: str, more: str = "", element: str = "actions") -> str:
    listed = ", ".join(f'"{action}"' for action in actions.split())
    return f"  statement {{\n    {element} = [{listed}]\n    resources = [{resources}]\n{more}  }}\n"


def document(*statements: str, name: str = "d") -> str:
    return f'data "aws_iam_policy_document" "{name}" {{\n{"".join(statements)}}}\n'


def condition(test: str, variable: str, value: str = "x") -> str:
    return f'condition {{\ntest = "{test}"\nvariable = "{variable}"\nvalues = ["{value}"]\n}}\n'


def role(principal: str, *documents: str) -> str:
    trusted = f'{{ Effect = "Allow", Action = "sts:AssumeRole", Principal = {{ {principal} }} }}'
    trust = f"jsonencode({{ Statement = [{trusted}] }})"
    policies = (
        f'resource "aws_iam_role_policy" "{name}" {{\n  role = aws_iam_role.r.id\n'
        f"  policy = data.aws_iam_policy_document.{name}.json\n}}\n"
        for name in documents
    )
    return f'resource "aws_iam_role" "r" {{\n  name = "r"\n  assume_role_policy = {trust}\n}}\n' + "".join(policies)


LAMBDA = 'Service = "lambda.amazonaws.com"'


# --- DYN402 ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "count"),
    [
        (INDEXED + document(statement("dynamodb:Query", T)), 1),
        (INDEXED + document(statement("dynamodb:Query dynamodb:Scan", T)), 1),
        (INDEXED + document(statement("dynamodb:GetItem", T)), 0),
        (INDEXED + document(statement("dynamodb:Query", f"{T}, {INDEXES}")), 0),
        (INDEXED + document(statement("dynamodb:Query", f'{T}, "${{{T}}}/index/by-id"')), 0),
        (INDEXED + document(statement("dynamodb:Query", T), statement("dynamodb:Query", INDEXES)), 0),
        (INDEXED + document(statement("dynamodb:Query", f'{T}, "${{{T}}}*"')), 0),
        (TABLE + document(statement("dynamodb:Query", T)), 0),
        (INDEXED + document(statement("dynamodb:Query", '"*"')), 0),
    ],
)
def test_a_query_on_a_table_without_its_indexes(check_text: CheckText, text: str, count: int) -> None:
    assert len(found(check_text(text), "DYN402")) == count


def test_another_policy_of_the_principal_may_cover_the_indexes(check_text: CheckText) -> None:
    parts = document(statement("dynamodb:Query", T)), document(statement("dynamodb:Query", INDEXES), name="e")
    assert len(found(check_text(INDEXED + "".join(parts)), "DYN402")) == 1
    assert found(check_text(INDEXED + "".join(parts) + role(LAMBDA, "d", "e")), "DYN402") == []


def test_whether_an_unknown_resource_is_an_index_is_undecided(check_text: CheckText) -> None:
    report = check_text('variable "a" {}\n' + INDEXED + document(statement("dynamodb:Query", f"{T}, var.a")))
    assert (found(report, "DYN402"), undecided(report, "DYN402")) == ([], True)


def test_whether_a_table_has_indexes_may_be_undecided(check_text: CheckText) -> None:
    dynamic = 'dynamic "global_secondary_index" {\nfor_each = var.i\ncontent {\nname = "i"\nhash_key = "id"\n}\n}\n'
    table = TABLE.rstrip().removesuffix("}") + dynamic + "}\n"
    report = check_text('variable "i" {}\n' + table + document(statement("dynamodb:Query", T)))
    assert (found(report, "DYN402"), undecided(report, "DYN402")) == ([], True)


# --- DYN403, 404, 412, 413 -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("actions", "resources", "grade"),
    [
        ("dynamodb:*", '"*"', Severity.ERROR),
        ("*", f'"{ARN}/*"', Severity.ERROR),
        ("dynamodb:*", T, Severity.WARNING),
        ("dynamodb:Delete*", f'"{ARN}/a-*"', Severity.WARNING),
        ("dynamodb:*Item dynamodb:*Table", T, Severity.WARNING),
        ("dynamodb:GetItem dynamodb:DeleteTable", T, None),
        ("dynamodb:Get* dynamodb:Describe*", '"*"', None),
    ],
)
def test_full_access(check_text: CheckText, actions: str, resources: str, grade: Severity | None) -> None:
    report = check_text(TABLE + document(statement(actions, resources)))
    assert [finding.severity for finding in found(report, "DYN403")] == ([grade] if grade else [])


@pytest.mark.parametrize(
    ("actions", "resources", "codes"),
    [
        ("dynamodb:PutItem", '"*"', {"DYN404"}),
        ("dynamodb:PutItem", f'"{ARN}/*"', {"DYN404"}),
        ("dynamodb:PutItem", f'"{ARN}/a-*"', set()),
        ("dynamodb:ListTables", '"*"', set()),
        ("dynamodb:PutItem dynamodb:Scan", '"*"', {"DYN401"}),
        ("dynamodb:*", '"*"', {"DYN401", "DYN403"}),
        ("dynamodb:PutItem dynamodb:BatchGetItem", '"*"', {"DYN412"}),
        ("dynamodb:RestoreTableFromBackup", '"*"', {"DYN412"}),
        ("s3:GetObject", '"*"', set()),
    ],
)
def test_one_rule_speaks_of_a_wide_statement(
    check_text: CheckText, actions: str, resources: str, codes: set[str]
) -> None:
    report = check_text(document(statement(actions, resources)))
    assert {finding.rule.code for finding in report.findings} == codes


def test_a_resource_that_may_be_everything_is_undecided(check_text: CheckText) -> None:
    report = check_text('variable "a" {}\n' + document(statement("dynamodb:PutItem", "var.a")))
    assert (found(report, "DYN404"), undecided(report, "DYN404")) == ([], True)


def test_a_fixed_tag_limits_a_statement(check_text: CheckText) -> None:
    tagged = condition("StringEquals", "aws:ResourceTag/team")
    assert check_text(document(statement("dynamodb:PutItem", '"*"', tagged))).findings == ()


@pytest.mark.parametrize(
    ("actions", "codes"),
    [
        ("iam:*", {"DYN401"}),
        ("iam:* dynamodb:Scan", {"DYN413"}),
        ("dynamodb:* dax:*", set()),
    ],
)
def test_an_allow_of_all_but(check_text: CheckText, actions: str, codes: set[str]) -> None:
    report = check_text(document(statement(actions, '"*"', element="not_actions")))
    assert {finding.rule.code for finding in report.findings} == codes


# --- DYN405, 406, 408, 409 -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("action", "grade"),
    [
        ("dynamodb:PutItems", Severity.ERROR),
        ("dynamodb:putitem", None),
        ("dynamodb:Batch*Item", None),
        ("dynamodb:Frobnicate", Severity.WARNING),
        ("dynamodb:Frob*", Severity.WARNING),
        ("dynamodbstreams:GetRecords", Severity.ERROR),
        ("dax:GetItems", Severity.ERROR),
        ("s3:Frobnicate", None),
    ],
)
def test_an_action_that_there_is_not(check_text: CheckText, action: str, grade: Severity | None) -> None:
    report = check_text(document(statement(action, f'"{ARN}/orders"')))
    assert [finding.severity for finding in found(report, "DYN405")] == ([grade] if grade else [])


def test_a_transaction_is_allowed_by_the_actions_in_it(check_text: CheckText) -> None:
    [finding] = found(check_text(document(statement("dynamodb:TransactWriteItems", f'"{ARN}/orders"'))), "DYN405")
    assert "PutItem, UpdateItem, DeleteItem and ConditionCheckItem" in finding.help


def test_a_denial_of_nothing_is_reported(check_text: CheckText) -> None:
    text = document(statement("dynamodb:DeleteTables", '"*"').replace("{\n", '{\neffect = "Deny"\n', 1))
    [finding] = found(check_text(text), "DYN405")
    assert "denies nothing" in finding.message


@pytest.mark.parametrize(
    ("text", "grades"),
    [
        (document(statement("dynamodb:GetRecords", T)), [Severity.ERROR]),
        (document(statement("dynamodb:GetRecords dynamodb:DescribeStream", T)), [Severity.ERROR]),
        (document(statement("dynamodb:GetRecords", "aws_dynamodb_table.t.stream_arn")), []),
        (document(statement("dynamodb:GetRecords", f'"${{{T}}}/stream/*"')), []),
        (document(statement("dynamodb:GetRecords", f'{T}, "${{{T}}}/*"')), []),
        (document(statement("dynamodb:*", T)), []),
        (document(statement("dynamodb:ListStreams", T)), [Severity.WARNING]),
        (document(statement("dynamodb:ListStreams", '"*"')), []),
        (
            document(statement("dynamodb:GetRecords", T), statement("dynamodb:GetRecords", f'"${{{T}}}/stream/*"')),
            [],
        ),
    ],
)
def test_streams_are_read_on_streams(check_text: CheckText, text: str, grades: list[Severity]) -> None:
    assert [finding.severity for finding in found(check_text(TABLE + text), "DYN406")] == grades


def test_an_unknown_resource_may_be_a_stream(check_text: CheckText) -> None:
    report = check_text('variable "a" {}\n' + document(statement("dynamodb:GetRecords", "var.a")))
    assert (found(report, "DYN406"), undecided(report, "DYN406")) == ([], True)


@pytest.mark.parametrize(("name", "count"), [("by-id", 0), ("by-*", 0), ("by-other", 1)])
def test_an_index_that_there_is_not(check_text: CheckText, name: str, count: int) -> None:
    text = INDEXED + document(statement("dynamodb:Query", f'{T}, "${{{T}}}/index/{name}"'))
    assert len(found(check_text(text), "DYN408")) == count


@pytest.mark.parametrize(
    ("actions", "resources", "count"),
    [
        ("dynamodb:GetItem", INDEXES, 1),
        ("dynamodb:GetItem", f"{T}, {INDEXES}", 0),
        ("dynamodb:DeleteBackup", T, 1),
        ("dynamodb:DeleteBackup", f'"${{{T}}}/backup/*"', 0),
        ("dynamodb:ListTables", T, 1),
        ("dynamodb:DescribeExport", T, 1),
        ("dynamodb:Describe*", T, 0),
        ("dynamodb:DescribeGlobalTable", '"arn:aws:dynamodb::123456789012:global-table/g"', 0),
        ("dax:GetItem", T, 1),
        ("dax:GetItem", '"arn:aws:dax:eu-west-1:123456789012:cache/c"', 0),
    ],
)
def test_an_action_works_on_its_kinds_of_resources(
    check_text: CheckText, actions: str, resources: str, count: int
) -> None:
    assert len(found(check_text(TABLE + document(statement(actions, resources))), "DYN409")) == count


# --- DYN407 ----------------------------------------------------------------------------------------------------------

GOOD = 'Effect = "Allow", Action = "dynamodb:GetItem", Resource = "*"'


def policy(statements: str, version: str = "2012-10-17") -> str:
    text = f'jsonencode({{ Version = "{version}", Statement = [{statements}] }})'
    return f'resource "aws_iam_policy" "p" {{\n  name = "p"\n  policy = {text}\n}}\n'


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (policy(f"{{ {GOOD} }}"), ""),
        (policy(f"{{ {GOOD} }}", "2012-10-18"), 'has the Version "2012-10-18"'),
        (policy(f"{{ {GOOD.replace('Allow', 'ALLOW')} }}"), 'has the Effect "ALLOW"'),
        (policy('{ Effect = "Allow", Action = "dynamodb:GetItem" }'), "without Resource"),
        (policy('{ Effect = "Allow", Resource = "arn:aws:dynamodb:*:*:table/x" }'), "without Action"),
        (policy(f"{{ {GOOD.replace('dynamodb:GetItem', 'GetItem')} }}"), 'the action "GetItem" without the prefix'),
        (policy(f"{{ {GOOD.replace('*', 'orders')} }}"), 'the resource "orders"'),
        (policy(f'{{ Sid = "A", {GOOD} }}, {{ Sid = "A", {GOOD} }}'), 'two statements with the Sid "A"'),
        (policy(f'{{ Principal = "*", {GOOD} }}'), "names a Principal"),
        ('resource "aws_iam_policy" "p" {\n  policy = ""\n}\n', "is an empty text"),
        ('resource "aws_iam_policy" "p" {\n  policy = "[]"\n}\n', "is no JSON object"),
    ],
)
def test_the_form_of_a_policy(check_text: CheckText, text: str, words: str) -> None:
    messages = [finding.message for finding in found(check_text(text), "DYN407")]
    assert len(messages) == bool(words)
    assert all(words in message for message in messages)


def test_a_policy_about_other_services_is_left_alone(check_text: CheckText) -> None:
    assert found(check_text(policy('{ Effect = "allow", Action = "s3:GetObject", Resource = "*" }')), "DYN407") == []


def test_a_document_with_one_sid_twice_is_refused_by_plan(check_text: CheckText) -> None:
    sids = statement("dynamodb:GetItem", T, '    sid = "A"\n')
    [finding] = found(check_text(TABLE + document(sids, sids)), "DYN407")
    assert "terraform plan refuses it" in finding.message


# --- principals: DYN410, 411, 416, 417 -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "grade"),
    [
        ("AmazonDynamoDBFullAccess", Severity.WARNING),
        ("AdministratorAccess", Severity.WARNING),
        ("AmazonDynamoDBReadOnlyAccess", Severity.NOTE),
        ("AmazonS3FullAccess", None),
    ],
)
def test_a_managed_policy(check_text: CheckText, name: str, grade: Severity | None) -> None:
    arn = f"arn:aws:iam::aws:policy/{name}"
    direct = f'resource "aws_iam_role_policy_attachment" "a" {{\n  role = "r"\n  policy_arn = "{arn}"\n}}\n'
    looked_up = f'data "aws_iam_policy" "m" {{\n  name = "{name}"\n}}\n'
    by_data = 'resource "aws_iam_user_policy_attachment" "b" {\n  policy_arn = data.aws_iam_policy.m.arn\n}\n'
    listed = f'resource "aws_iam_role" "r" {{\n  managed_policy_arns = ["arn:aws-cn:iam::aws:policy/{name}"]\n}}\n'
    report = check_text(direct + looked_up + by_data + listed)
    assert [finding.severity for finding in found(report, "DYN410")] == ([grade] * 3 if grade else [])


@pytest.mark.parametrize(
    ("principal", "count"), [(LAMBDA, 1), ('Service = "codebuild.amazonaws.com"', 0), ('AWS = "*"', 0)]
)
def test_what_running_code_may_destroy(check_text: CheckText, principal: str, count: int) -> None:
    text = TABLE + document(statement("dynamodb:DeleteTable", T)) + role(principal, "d")
    assert len(found(check_text(text), "DYN411")) == count


def test_an_update_of_tables_by_nobody_known_is_left_alone(check_text: CheckText) -> None:
    assert found(check_text(TABLE + document(statement("dynamodb:UpdateTable", T))), "DYN411") == []


@pytest.mark.parametrize(
    ("test", "actions", "words"),
    [
        ("ForAllValues:StringEquals", "dynamodb:Query", ""),
        ("ForAllValues:StringEquals", "dynamodb:Scan", "always holds"),
        ("StringEquals", "dynamodb:Scan", "never holds"),
        ("StringEquals", "dynamodb:Query", "fails for a batch"),
        ("Null", "dynamodb:Query", ""),
    ],
)
def test_conditions_on_leading_keys(check_text: CheckText, test: str, actions: str, words: str) -> None:
    text = TABLE + document(statement(actions, T, condition(test, "dynamodb:LeadingKeys")))
    messages = [finding.message for finding in found(check_text(text), "DYN414")]
    assert len(messages) == bool(words)
    assert all(words in message for message in messages)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        (document(statement("dynamodb:PartiQLSelect", T)), 1),
        (document(statement("dynamodb:PartiQLSelect dynamodb:Scan", T)), 0),
        (document(statement("dynamodb:PartiQLSelect", T, condition("Bool", "dynamodb:FullTableScan", "false"))), 0),
        (
            document(
                statement("dynamodb:PartiQLSelect", T),
                statement("dynamodb:PartiQLSelect", T, condition("Bool", "dynamodb:FullTableScan", "true")).replace(
                    "{\n", '{\neffect = "Deny"\n', 1
                ),
            ),
            0,
        ),
    ],
)
def test_a_scan_by_partiql(check_text: CheckText, text: str, count: int) -> None:
    assert len(found(check_text(TABLE + text), "DYN415")) == count


KEY = 'resource "aws_kms_key" "k" {\n}\n'
ENCRYPTED = TABLE.rstrip().removesuffix("}") + (
    "  server_side_encryption {\n    enabled = true\n    kms_key_arn = aws_kms_key.k.arn\n  }\n}\n"
)
WITH_KEY = statement("kms:Decrypt", "aws_kms_key.k.arn")


@pytest.mark.parametrize(
    ("text", "count"),
    [
        (KEY + ENCRYPTED + document(statement("dynamodb:GetItem", T)) + role(LAMBDA, "d"), 1),
        (KEY + ENCRYPTED + document(statement("dynamodb:GetItem", T), WITH_KEY) + role(LAMBDA, "d"), 0),
        (KEY + ENCRYPTED + document(statement("dynamodb:GetItem", T)), 0),
        (KEY + TABLE + document(statement("dynamodb:GetItem", T)) + role(LAMBDA, "d"), 0),
        (
            KEY.replace("{\n", '{\n  policy = "{}"\n')
            + ENCRYPTED
            + document(statement("dynamodb:GetItem", T))
            + role(LAMBDA, "d"),
            0,
        ),
    ],
)
def test_the_key_of_a_table_is_allowed_too(check_text: CheckText, text: str, count: int) -> None:
    assert len(found(check_text(text), "DYN417")) == count


def test_a_grant_in_a_module_is_reported_with_its_call(check_text: CheckText) -> None:
    module = 'variable "arn" {}\n' + document(statement("dynamodb:PutItem", "var.arn"))
    report = check_text('module "m" {\n  source = "./m"\n  arn = "*"\n}\n', {"m/main.tf": module})
    [finding] = found(report, "DYN404")
    assert finding.addresses == ("module.m.data.aws_iam_policy_document.d",)

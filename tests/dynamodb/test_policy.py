from __future__ import annotations

import pytest

from dynalint.dynamodb.model import Model
from dynalint.dynamodb.policy import PolicyKind
from dynalint.dynamodb.principals import Principal
from dynalint.dynamodb.reach import OneTable
from tests.dynamodb.conftest import ModelOf

SCAN = "dynamodb:Scan"
TEXT = 'jsonencode({ Statement = [{ Effect = "Allow", Action = "dynamodb:Scan", Resource = "*" }] })'
DOCUMENT = """
data "aws_iam_policy_document" "d" {
  statement {
    actions   = ["dynamodb:Scan"]
    resources = ["*"]
  }
}
"""
ROLE = 'resource "aws_iam_role" "r" {\n  name = "reader"\n  assume_role_policy = "{}"\n}\n'
TABLE = 'resource "aws_dynamodb_table" "t" {\n  name = "orders"\n}\n'


def identity(model: Model) -> list[str]:
    return [policy.address for policy in model.policies if policy.kind is PolicyKind.IDENTITY]


@pytest.mark.parametrize(
    ("type_", "argument"),
    [
        ("aws_iam_policy", "policy"),
        ("aws_iam_role_policy", "policy"),
        ("aws_iam_user_policy", "policy"),
        ("aws_iam_group_policy", "policy"),
        ("aws_ssoadmin_permission_set_inline_policy", "inline_policy"),
    ],
)
def test_identity_policies_are_read_from(model_of: ModelOf, type_: str, argument: str) -> None:
    assert identity(model_of(f'resource "{type_}" "p" {{\n{argument} = {TEXT}\n}}')) == [f"{type_}.p"]


def test_an_inline_policy_is_read_and_a_trust_policy_is_not(model_of: ModelOf) -> None:
    text = f'resource "aws_iam_role" "r" {{\nassume_role_policy = {TEXT}\ninline_policy {{\npolicy = {TEXT}\n}}\n}}'
    [policy] = model_of(text).policies
    assert policy.principals == (Principal("role", "aws_iam_role.r"),)


def test_a_document_is_judged_alone_where_nothing_uses_it(model_of: ModelOf) -> None:
    assert identity(model_of(DOCUMENT)) == ["data.aws_iam_policy_document.d"]


def test_a_document_and_the_policy_that_uses_it_are_one_policy_at_the_document(model_of: ModelOf) -> None:
    use = 'resource "aws_iam_policy" "p" {\n  policy = data.aws_iam_policy_document.d.json\n}'
    [policy] = model_of(DOCUMENT + use).policies
    [statement] = policy.statements
    assert policy.address == "aws_iam_policy.p"
    assert statement.at.start == DOCUMENT.index("statement {")


def test_a_document_of_a_key_or_bucket_is_no_identity_policy(model_of: ModelOf) -> None:
    use = 'resource "aws_s3_bucket_policy" "p" {\n  policy = data.aws_iam_policy_document.d.json\n}'
    assert identity(model_of(DOCUMENT + use)) == []


def test_a_document_is_part_of_the_one_that_it_is_a_source_of(model_of: ModelOf) -> None:
    whole = """
data "aws_iam_policy_document" "whole" {
  source_policy_documents = [data.aws_iam_policy_document.d.json]
}
"""
    [policy] = model_of(DOCUMENT + whole).policies
    assert policy.address == "data.aws_iam_policy_document.whole"
    assert [statement.at.start for statement in policy.statements] == [DOCUMENT.index("statement {")]


def test_a_document_with_an_unknown_part_is_known_to_be_used(model_of: ModelOf) -> None:
    document = DOCUMENT.replace('"*"', "aws_dynamodb_table.t.arn")
    use = 'resource "aws_iam_policy" "p" {\n  policy = data.aws_iam_policy_document.d.json\n}'
    assert identity(model_of(TABLE + document + use)) == ["aws_iam_policy.p"]


def test_a_resource_policy_is_no_identity_policy(model_of: ModelOf) -> None:
    body = f"resource_arn = aws_dynamodb_table.t.arn\npolicy = {TEXT}"
    [policy] = model_of(f'{TABLE}resource "aws_dynamodb_resource_policy" "p" {{\n{body}\n}}').policies
    assert policy.kind is PolicyKind.RESOURCE


def test_a_star_in_the_policy_of_a_table_is_that_table(model_of: ModelOf) -> None:
    body = f"resource_arn = aws_dynamodb_table.t.arn\npolicy = {TEXT}"
    [policy] = model_of(f'{TABLE}resource "aws_dynamodb_resource_policy" "p" {{\n{body}\n}}').policies
    [statement] = policy.statements
    assert [reach for _, reach in statement.reaches] == [OneTable("aws_dynamodb_table.t")]


def test_who_may_scan_which_table(model_of: ModelOf) -> None:
    attach = """
resource "aws_iam_policy" "p" {
  policy = jsonencode({
    Statement = [{ Effect = "Allow", Action = "dynamodb:Scan", Resource = aws_dynamodb_table.t.arn }]
  })
}
resource "aws_iam_role_policy_attachment" "a" {
  role       = aws_iam_role.r.name
  policy_arn = aws_iam_policy.p.arn
}
resource "aws_dynamodb_table" "other" {
  name = "other"
}
"""
    model = model_of(TABLE + ROLE + attach)
    holders = {table.address: [who for who, _ in model.holders(SCAN, table)] for table in model.tables}
    assert holders == {
        "aws_dynamodb_table.t": [Principal("role", "aws_iam_role.r", "reader")],
        "aws_dynamodb_table.other": [],
    }


def test_a_deny_in_another_policy_of_the_same_role_counts(model_of: ModelOf) -> None:
    deny = TEXT.replace("Allow", "Deny")
    policies = "".join(
        f'resource "aws_iam_role_policy" "{name}" {{\nrole = aws_iam_role.r.id\npolicy = {text}\n}}\n'
        for name, text in (("allow", TEXT), ("deny", deny))
    )
    model = model_of(ROLE + policies)
    assert list(model.grants(SCAN)) == []


def test_a_permissions_boundary_grants_nothing(model_of: ModelOf) -> None:
    policy = f'resource "aws_iam_policy" "b" {{\npolicy = {TEXT}\n}}\n'
    bounded = ROLE.replace('name = "reader"', "permissions_boundary = aws_iam_policy.b.arn")
    [found] = model_of(policy + bounded).policies
    assert found.kind is PolicyKind.BOUNDARY


@pytest.mark.parametrize("number", ["1e99999999", "NaN", "-Infinity"])
def test_a_policy_with_a_number_that_is_none_is_malformed(model_of: ModelOf, number: str) -> None:
    texts = (f'"{{\\"Statement\\": {number}}}"', f'"{{\\"Version\\": [{number}]}}"')
    for text in texts:
        [policy] = model_of(f'resource "aws_iam_policy" "p" {{\npolicy = {text}\n}}').policies
        assert policy.fault


def test_a_small_number_in_a_policy_is_a_number(model_of: ModelOf) -> None:
    [policy] = model_of('resource "aws_iam_policy" "p" {\npolicy = "{\\"Version\\": [1e-99999999, 2.5]}"\n}').policies
    assert not policy.fault

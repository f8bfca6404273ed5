from __future__ import annotations

import pytest

from dynalint.dynamodb.grants import Grant
from dynalint.dynamodb.policy import Policy
from dynalint.dynamodb.reach import Everything, OneTable
from dynalint.dynamodb.statements import Statement
from dynalint.findings import Undecided
from tests.dynamodb.conftest import ModelOf

SCAN = "dynamodb:Scan"


def policy_of(model_of: ModelOf, statements: str, before: str = "") -> Policy:
    text = f'{before}\nresource "aws_iam_policy" "p" {{\npolicy = jsonencode({{ Statement = {statements} }})\n}}'
    [policy] = model_of(text).policies
    return policy


def grants(policy: Policy, action: str = SCAN) -> list[Grant]:
    return [grant for statement in policy.statements for grant in statement.grants(action)]


@pytest.mark.parametrize(
    "action", ["dynamodb:Scan", "DYNAMODB:scan", "dynamodb:*", "*", "dynamodb:?can", "dynamodb:S*", "*Scan"]
)
def test_an_action_covers_scan(model_of: ModelOf, action: str) -> None:
    policy = policy_of(model_of, f'[{{ Effect = "Allow", Action = ["s3:*", "{action}"], Resource = "*" }}]')
    assert [grant.reach for grant in grants(policy)] == [Everything()]


@pytest.mark.parametrize("action", ["dynamodb:Query", "dynamodb:Scans", "s3:*", "dynamodb:Scan?", "dynamodb*Query"])
def test_an_action_does_not_cover_scan(model_of: ModelOf, action: str) -> None:
    assert grants(policy_of(model_of, f'[{{ Effect = "Allow", Action = "{action}", Resource = "*" }}]')) == []


def test_not_action_covers_what_it_does_not_name(model_of: ModelOf) -> None:
    policy = policy_of(model_of, '{ Effect = "Allow", NotAction = "iam:*", Resource = "*" }')
    assert len(grants(policy)) == 1
    assert grants(policy_of(model_of, '{ Effect = "Allow", NotAction = "dynamodb:S*", Resource = "*" }')) == []


def test_not_resource_reaches_everything_else(model_of: ModelOf) -> None:
    [grant] = grants(
        policy_of(model_of, '[{ Effect = "Allow", Action = "dynamodb:Scan", NotResource = "arn:aws:s3:::x" }]')
    )
    assert grant.reach == Everything()


def test_an_unknown_action_is_undecided_unless_a_known_one_decides(model_of: ModelOf) -> None:
    before = 'variable "a" {}'
    with pytest.raises(Undecided, match=r"var\.a"):
        grants(policy_of(model_of, '[{ Effect = "Allow", Action = [var.a], Resource = "*" }]', before))
    both = policy_of(model_of, '[{ Effect = "Allow", Action = [var.a, "dynamodb:Scan"], Resource = "*" }]', before)
    assert len(grants(both)) == 1


def test_an_action_of_which_the_service_is_known_decides(model_of: ModelOf) -> None:
    policy = policy_of(model_of, '[{ Effect = "Allow", Action = ["s3:${var.a}"], Resource = "*" }]', 'variable "a" {}')
    assert grants(policy) == []


def test_a_deny_on_the_same_resources_takes_a_grant_back(model_of: ModelOf) -> None:
    allow = '{ Effect = "Allow", Action = "dynamodb:*", Resource = "*" }'
    assert (
        grants(policy_of(model_of, f'[{allow}, {{ Effect = "Deny", Action = "dynamodb:Scan", Resource = "*" }}]')) == []
    )


def test_a_deny_of_every_table_takes_back_scan_on_everything(model_of: ModelOf) -> None:
    allow = '{ Effect = "Allow", Action = "*", Resource = "*" }'
    deny = '{ Effect = "Deny", Action = "dynamodb:Scan", Resource = "arn:aws:dynamodb:*:*:table/*" }'
    assert grants(policy_of(model_of, f"[{allow}, {deny}]")) == []


def test_a_deny_with_a_condition_or_on_less_takes_nothing_back(model_of: ModelOf) -> None:
    allow = '{ Effect = "Allow", Action = "dynamodb:Scan", Resource = "*" }'
    less = '{ Effect = "Deny", Action = "dynamodb:Scan", Resource = "arn:aws:dynamodb:*:*:table/a" }'
    condition = '{ Bool = { "aws:SecureTransport" = "false" } }'
    sometimes = f'{{ Effect = "Deny", Action = "dynamodb:Scan", Resource = "*", Condition = {condition} }}'
    assert len(grants(policy_of(model_of, f"[{allow}, {less}, {sometimes}]"))) == 1


def test_a_grant_on_a_stream_is_none_of_scan(model_of: ModelOf) -> None:
    stream = '"arn:aws:dynamodb:eu-west-1:1:table/a/stream/*"'
    policy = policy_of(model_of, f'[{{ Effect = "Allow", Action = "dynamodb:*", Resource = {stream} }}]')
    assert grants(policy) == []
    assert len(grants(policy, "dynamodb:GetRecords")) == 1


def test_a_heredoc_with_an_unknown_part_is_read_around_it(model_of: ModelOf) -> None:
    text = """
variable "flag" {}
resource "aws_dynamodb_table" "t" {
  name = "orders"
}
resource "aws_iam_policy" "p" {
  policy = <<-EOT
    {"Statement": [{"Effect": "Allow", "Action": "dynamodb:Scan", "Resource": "${aws_dynamodb_table.t.arn}/index/*",
      "Condition": {"Bool": {"aws:MultiFactorAuthPresent": ${var.flag}}}}]}
  EOT
}
"""
    [policy] = model_of(text).policies
    [grant] = grants(policy)
    assert grant.reach == OneTable("aws_dynamodb_table.t", below="/index/*")
    assert grant.at != policy.at
    assert policy.at.start < grant.at.start < policy.at.end


def test_a_policy_of_unknown_text_is_undecided(model_of: ModelOf) -> None:
    [policy] = model_of('variable "p" {}\nresource "aws_iam_policy" "p" {\npolicy = var.p\n}').policies
    with pytest.raises(Undecided, match=r"var\.p"):
        grants(policy)


@pytest.mark.parametrize("text", ["", "not json", "[]", '"x"', '{"Statement": "x"}', '{"Statement": [' + "[" * 5000])
def test_a_malformed_policy_grants_nothing(model_of: ModelOf, text: str) -> None:
    [policy] = model_of(f'resource "aws_iam_policy" "p" {{\npolicy = <<EOT\n{text}\nEOT\n}}').policies
    assert grants(policy) == []


@pytest.mark.parametrize("depth", [300, 700, 5000])
def test_a_deeply_nested_policy_is_read_or_malformed_and_never_a_crash(model_of: ModelOf, depth: int) -> None:
    text = f'{{"Statement": {"[" * depth}{"]" * depth}}}'
    [policy] = model_of(f'resource "aws_iam_policy" "p" {{\npolicy = <<EOT\n{text}\nEOT\n}}').policies
    assert grants(policy) == []


def test_the_place_of_a_statement_is_the_object_in_jsonencode(model_of: ModelOf) -> None:
    policy = policy_of(model_of, '[{ Effect = "Allow", Action = "dynamodb:Scan", Resource = "*" }]')
    [statement] = policy.statements
    assert policy.at.start < statement.at.start < statement.at.end <= policy.at.end


ATTRIBUTES = '"ForAllValues:StringEquals" = { "dynamodb:Attributes" = ["id"] }'
SELECT = 'StringEqualsIfExists = { "dynamodb:Select" = "SPECIFIC_ATTRIBUTES" }'
CONDITIONED = '[{ Effect = "Allow", Action = "dynamodb:Scan", Resource = "*", Condition = { %s } }]'


@pytest.mark.parametrize(
    ("condition", "narrows"),
    [
        ('StringEquals = { "aws:ResourceTag/team" = "orders" }', True),
        ('"ForAnyValue:StringLike" = { "aws:ResourceTag/team" = ["orders-*"] }', True),
        ('StringEquals = { "aws:ResourceTag/team" = "*" }', False),
        ('StringEquals = { "aws:ResourceTag/team" = "$${aws:PrincipalTag/team}" }', False),
        ('StringNotEquals = { "aws:ResourceTag/team" = "orders" }', False),
        ('StringEqualsIfExists = { "aws:ResourceTag/team" = "orders" }', False),
        (ATTRIBUTES, False),
        (f"{ATTRIBUTES}, {SELECT}", True),
        ('"ForAllValues:StringEquals" = { "dynamodb:LeadingKeys" = ["$${aws:userid}"] }', False),
        ('Bool = { "aws:MultiFactorAuthPresent" = "true" }', False),
        ('StringEquals = { "aws:PrincipalTag/team" = "orders" }', False),
    ],
)
def test_which_conditions_narrow_what_is_reached(model_of: ModelOf, condition: str, narrows: bool) -> None:
    [statement] = model_of(
        f'resource "aws_iam_policy" "p" {{\npolicy = jsonencode({{ Statement = {CONDITIONED % condition} }})\n}}'
    ).subjects(Statement)
    assert statement.narrows_items is narrows


def test_a_grant_in_an_object_stands_at_the_action_that_makes_it(model_of: ModelOf) -> None:
    before = 'locals {\n  actions = ["dynamodb:*"]\n}'
    own = policy_of(model_of, '[{ Effect = "Allow", Action = ["s3:*", "dynamodb:S*"], Resource = "*" }]')
    [grant] = grants(own)
    assert grant.at.end - grant.at.start == len('"dynamodb:S*"')
    [elsewhere] = grants(policy_of(model_of, '[{ Effect = "Allow", Action = local.actions, Resource = "*" }]', before))
    assert elsewhere.at.end - elsewhere.at.start == len("local.actions")


def test_not_action_is_named_as_what_selects(model_of: ModelOf) -> None:
    [statement] = policy_of(model_of, '{ Effect = "Allow", NotAction = "iam:*", Resource = "*" }').statements
    assert statement.selector(SCAN) == "NotAction"


def test_nothing_of_a_sensitive_policy_is_told(model_of: ModelOf) -> None:
    resource = "arn:aws:dynamodb:*:*:table/secret"
    text = f'{{"Statement": [{{"Effect": "Allow", "Action": "dynamodb:S*n", "Resource": "{resource}"}}]}}'
    variable = f'variable "p" {{\n  sensitive = true\n  default = <<EOT\n{text}\nEOT\n}}\n'
    [policy] = model_of(variable + 'resource "aws_iam_policy" "p" {\n  policy = var.p\n}').policies
    [grant] = grants(policy)
    assert "secret" not in grant.shown
    assert grant.statement.selector(SCAN) == SCAN

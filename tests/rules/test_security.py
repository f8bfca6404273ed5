"""Edge cases of DYN301 to DYN340."""

from __future__ import annotations

import pytest

from tests.rules.conftest import CheckText
from tests.rules.tables import ERROR, NOTE, REGION, WARNING, block, grades, resource, table, undecided, variable

TABLE = "aws_dynamodb_table.t.arn"


def policy(principal: str, condition: str = "", target: str = TABLE, more: str = "") -> str:
    entries = f'Effect = "Allow", Action = "dynamodb:GetItem", Resource = {target}'
    who = f", Principal = {principal}" if principal else ""
    when = f", Condition = {condition}" if condition else ""
    text = f'jsonencode({{ Version = "2012-10-17", Statement = [{{ {entries}{who}{when} }}{more}] }})'
    return table() + resource("aws_dynamodb_resource_policy", resource_arn=TABLE, policy=text)


@pytest.mark.parametrize("principal", ['"*"', '{ AWS = "*" }', '{ AWS = ["arn:aws:iam::111122223333:root", "*"] }'])
def test_everybody_in_any_form_is_public(check_text: CheckText, principal: str) -> None:
    assert grades(check_text(policy(principal)), "DYN301") == [ERROR]


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ('{ StringEquals = { "aws:PrincipalOrgID" = "o-1" } }', []),
        ('{ StringEquals = { "aws:principalorgid" = ["o-1", "o-2"] } }', []),
        ('{ ArnLike = { "aws:PrincipalArn" = "arn:aws:iam::111122223333:role/*" } }', []),
        ('{ StringLike = { "aws:PrincipalOrgID" = "*" } }', [ERROR]),
        ('{ StringNotEquals = { "aws:PrincipalOrgID" = "o-1" } }', [ERROR]),
        ('{ StringEqualsIfExists = { "aws:PrincipalOrgID" = "o-1" } }', [ERROR]),
        ('{ IpAddress = { "aws:SourceIp" = "0.0.0.0/0" } }', [ERROR]),
        ('{ Bool = { "aws:SecureTransport" = "true" } }', [ERROR]),
    ],
)
def test_a_condition_that_not_everybody_meets_helps(
    check_text: CheckText, condition: str, expected: list[object]
) -> None:
    assert grades(check_text(policy('"*"', condition)), "DYN301") == expected


def test_an_unknown_principal_is_undecided_unless_it_is_an_arn(check_text: CheckText) -> None:
    assert undecided(
        check_text(policy("{ AWS = var.who }").replace("resource", f"{variable('who')}resource", 1)), "DYN301"
    )
    role = 'resource "aws_iam_role" "r" {\n  assume_role_policy = "{}"\n}\n'
    assert not undecided(check_text(role + policy("{ AWS = aws_iam_role.r.arn }")), "DYN301")


def test_a_policy_needs_a_principal_and_a_statement(check_text: CheckText) -> None:
    assert grades(check_text(policy("")), "DYN303") == [ERROR]
    empty = resource("aws_dynamodb_resource_policy", resource_arn='"arn"', policy='"{}"')
    assert grades(check_text(empty), "DYN303") == [ERROR]


def test_a_policy_has_20_kilobytes(check_text: CheckText) -> None:
    long = policy('{ AWS = "111122223333" }', more=f', {{ Sid = "{"x" * 21000}", Principal = "*", Effect = "Deny" }}')
    assert ERROR in grades(
        check_text(long.replace(TABLE, '"arn:aws:dynamodb:eu-west-1:111122223333:table/t"')), "DYN303"
    )


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        (TABLE, []),
        (f'"${{{TABLE}}}/index/*"', []),
        ('"*"', []),
        ('"arn:aws:dynamodb:eu-west-1:111122223333:table/t-table"', []),
        ('"arn:aws:dynamodb:eu-west-1:111122223333:table/other"', [ERROR]),
        ('"arn:aws:s3:::bucket"', [ERROR]),
    ],
)
def test_a_statement_speaks_of_its_own_table(check_text: CheckText, target: str, expected: list[object]) -> None:
    assert grades(check_text(policy('{ AWS = "111122223333" }', target=target)), "DYN302") == expected


def encryption(**arguments: str) -> str:
    return table(block("server_side_encryption", **arguments), REGION + variable("key"))


@pytest.mark.parametrize(
    ("enabled", "key", "expected"),
    [("false", "var.k", [ERROR]), ("false", '""', []), ("false", "null", []), ("true", "var.k", [])],
)
def test_a_key_beside_false_is_ignored(check_text: CheckText, enabled: str, key: str, expected: list[object]) -> None:
    text = variable("k", '"arn:aws:kms:eu-west-1:111122223333:key/1"') + encryption(enabled=enabled, kms_key_arn=key)
    assert grades(check_text(text), "DYN310") == expected


@pytest.mark.parametrize(
    ("arn", "expected"),
    [
        ("arn:aws:kms:eu-west-1:111122223333:key/1", []),
        ("arn:aws:kms:us-east-1:111122223333:key/1", [ERROR]),
        ("arn:aws:s3:::bucket", [ERROR]),
        ("arn:aws-cn:kms:eu-west-1:111122223333:key/1", [ERROR]),
        ("arn:aws:kms:eu-west-1:111122223333:alias/k", [WARNING]),
        ("", []),
    ],
)
def test_a_key_is_one_of_the_tables_region(check_text: CheckText, arn: str, expected: list[object]) -> None:
    assert grades(check_text(encryption(enabled="true", kms_key_arn=f'"{arn}"')), "DYN311") == expected


def test_a_key_is_undecided_where_the_region_is_not_known(check_text: CheckText) -> None:
    text = encryption(enabled="true", kms_key_arn='"arn:aws:kms:us-east-1:111122223333:key/1"').replace(REGION, "")
    assert undecided(check_text(text), "DYN311")


def test_a_reference_counts_as_a_key(check_text: CheckText) -> None:
    report = check_text(encryption(enabled="true", kms_key_arn="var.key"), also=("DYN312",))
    assert grades(report, "DYN312") == []


def cluster(**arguments: str) -> str:
    given = {"cluster_name": '"c"', "node_type": '"dax.r5.large"', "replication_factor": "3", "iam_role_arn": '"r"'}
    return resource("aws_dax_cluster", **{**given, **arguments})


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ({"cluster_name": '"1st"'}, [ERROR]),
        ({"cluster_name": '"a--b"'}, [ERROR]),
        ({"node_type": '"r5.large"'}, [ERROR]),
        ({"replication_factor": "12"}, [ERROR]),
        ({"availability_zones": '["a", "b"]'}, [ERROR]),
        ({"availability_zones": '["a", "b", "c"]'}, []),
        ({"replication_factor": "var.n"}, []),
    ],
)
def test_a_cluster_is_one_that_aws_makes(
    check_text: CheckText, arguments: dict[str, str], expected: list[object]
) -> None:
    assert grades(check_text(variable("n") + cluster(**arguments)), "DYN323") == expected


def test_a_cluster_is_encrypted_and_guarded_and_survives(check_text: CheckText) -> None:
    report = check_text(cluster(replication_factor="1"))
    assert [grades(report, code) for code in ("DYN320", "DYN321", "DYN322", "DYN324")] == [[WARNING]] * 4


def endpoint(**arguments: str) -> str:
    return resource("aws_vpc_endpoint", "e", vpc_id='"v"', service_name='"com.amazonaws.x.dynamodb"', **arguments)


def test_a_gateway_endpoint_needs_a_route(check_text: CheckText) -> None:
    association = resource(
        "aws_vpc_endpoint_route_table_association", vpc_endpoint_id="aws_vpc_endpoint.e.id", route_table_id='"r"'
    )
    assert grades(check_text(endpoint()), "DYN330") == [ERROR]
    assert grades(check_text(endpoint() + association), "DYN330") == []
    assert grades(check_text(endpoint(vpc_endpoint_type='"Interface"')), "DYN330") == []
    assert grades(check_text(endpoint().replace("dynamodb", "s3")), "DYN330") == []


def test_an_endpoint_policy_may_stand_in_a_resource_of_its_own(check_text: CheckText) -> None:
    text = 'jsonencode({ Statement = [{ Effect = "Allow", Principal = "*", Action = "*", Resource = "*" }] })'
    beside = resource("aws_vpc_endpoint_policy", vpc_endpoint_id="aws_vpc_endpoint.e.id", policy=text)
    assert grades(check_text(endpoint(route_table_ids='["r"]') + beside), "DYN331") == [NOTE]
    closed = beside.replace(
        'Resource = "*"', 'Resource = "*", Condition = { StringEquals = { "aws:ResourceOrgID" = "o" } }'
    )
    assert grades(check_text(endpoint(route_table_ids='["r"]') + closed), "DYN331") == []


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("x", "AKIAABCDEFGHIJKLMNOP", [WARNING]),
        ("db_password", "hunter2hunter2", [WARNING]),
        ("password", "change-me", []),
        ("password_hint", "the usual one", []),
        ("secret", "arn:aws:secretsmanager:eu-west-1:111122223333:secret:x", []),
    ],
)
def test_a_secret_in_an_item_is_seen(check_text: CheckText, name: str, text: str, expected: list[object]) -> None:
    item = f'jsonencode({{ id = {{ S = "1" }}, {name} = {{ S = "{text}" }} }})'
    entry = resource("aws_dynamodb_table_item", table_name='"t"', hash_key='"id"', item=item)
    assert grades(check_text(entry), "DYN340") == expected

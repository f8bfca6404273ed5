"""Repositories made to do harm: every run ends soon, and with an answer. Single expressions are in test_evaluation."""

import json
import os
import sys

import pytest

from tests.command_line import TABLE, UNRECOVERABLE, Cli

posix = pytest.mark.skipif(sys.platform == "win32", reason="names, links and pipes that Windows has not")


def nested(depth: int) -> str:
    return "[" * depth + "]" * depth


def named(expression: str) -> str:
    """A table whose name is an expression."""
    return TABLE.replace('"orders"\n', f"{expression}\n", 1)


def repeated(line: str) -> str:
    """A table with one more line at its beginning."""
    return TABLE.replace("{\n", f"{{\n  {line}\n", 1)


CIRCLES = {
    "modules that call each other": {
        "main.tf": 'module "a" {\n  source = "./a"\n}\n',
        "a/main.tf": 'module "b" {\n  source = "../b"\n}\n',
        "b/main.tf": 'module "a" {\n  source = "../a"\n}\n',
    },
    "a module that calls itself": {"main.tf": 'module "a" {\n  source = "./"\n}\n' + TABLE},
    "locals that need each other": {"main.tf": "locals {\n  a = local.b\n  b = local.a\n}\n" + named("local.a")},
    "outputs that need each other": {
        "main.tf": 'module "a" {\n  source = "./a"\n  x      = module.a.y\n}\n' + named("module.a.y"),
        "a/main.tf": 'variable "x" {}\n\noutput "y" {\n  value = var.x\n}\n',
    },
}
STATEMENT = {
    "Effect": "Allow",
    "Action": "s3:GetObject",
    "Resource": [f"arn:aws:s3:::bucket/{number:0100}" for number in range(400)],
}
WRONG = "".join(f'      "dynamodb:Get{number}",\n' for number in range(2_000))
TABLES = "".join(f'      "arn:aws:dynamodb:eu-west-1:111122223333:table/t{number}-*",\n' for number in range(2_000))
LARGE = {
    "thousands of wrong entries": {
        "main.tf": f"""data "aws_iam_policy_document" "d" {{
  statement {{
    actions = [
{WRONG}    ]
    resources = [
{TABLES}    ]
  }}
}}

resource "aws_iam_policy" "p" {{
  policy = data.aws_iam_policy_document.d.json
}}

resource "aws_iam_policy" "q" {{
  policy = jsonencode({{
    Statement = {{
      Effect = "Allow"
      Action = [
{WRONG}      ]
      Resource = concat([
{TABLES}      ], [])
    }}
  }})
}}
"""
    },
    "a million instances": {"main.tf": repeated("for_each = toset([for n in range(1000000) : tostring(n)])")},
    "a count of a billion": {"main.tf": repeated("count = 1000000000")},
    "ever longer texts": {
        "main.tf": 'locals {\n  a0 = join("", [for n in range(1000) : "xxxxxxxxxx"])\n'
        + "".join(f'  a{n} = "${{local.a{n - 1}}}${{local.a{n - 1}}}"\n' for n in range(1, 60))
        + "}\n"
        + named("local.a59")
    },
    "ever longer lists": {
        "main.tf": "locals {\n  a0 = [1, 2]\n"
        + "".join(f"  a{n} = concat(local.a{n - 1}, local.a{n - 1})\n" for n in range(1, 60))
        + "}\n"
        + named("length(local.a59)")
    },
    "loops in loops": {
        "main.tf": "locals {\n  a = range(999)\n  b = [for x in local.a : [for y in local.a : [for z in local.a : z]]]"
        "\n}\n" + named("length(local.b)")
    },
    "an expression that explodes": {
        "main.tf": 'locals {\n  a = join("", [for n in range(5000) : "a"])\n}\n'
        + named('regex("^(a+)+(a+)+(a+)+$", "${local.a}b")')
    },
    "brackets in brackets": {"main.tf": f"locals {{\n  a = {nested(10_000)}\n}}\n" + named("local.a")},
    "blocks in blocks": {"main.tf": "locals {\n" + "a {\n" * 10_000 + "}\n" * 10_000 + "}\n" + TABLE},
    "json in json": {"main.tf.json": '{"locals": {"a": ' + nested(10_000) + "}}", "table.tf": TABLE},
    "jsondecode": {
        "main.tf": named('jsondecode(file("deep.json"))'),
        "deep.json": nested(100_000),
    },
    "a policy of 5 MB": {
        "main.tf": TABLE + 'resource "aws_iam_policy" "p" {\n  policy = file("policy.json")\n}\n',
        "policy.json": json.dumps({"Version": "2012-10-17", "Statement": [STATEMENT] * 100}),
    },
    "many small files": {f"d{n % 50}/f{n}.tf": f"locals {{\n  a{n} = {n}\n}}\n" for n in range(2_000)},
    "many arguments": {"main.tf": TABLE + "".join(f'variable "v{n}" {{\n}}\n' for n in range(5_000))},
    "a line without an end": {"main.tf": "# " + "x" * 5_000_000 + "\n" + TABLE},
}


@pytest.mark.parametrize("name", [*CIRCLES, *LARGE])
def test_every_run_ends_with_an_answer(cli: Cli, name: str) -> None:
    cli.write((CIRCLES | LARGE)[name])
    done = cli("check", "-vv")
    assert done.returncode in (0, 1), done.stdout + done.stderr


@posix
def test_what_is_no_file_is_not_read(cli: Cli) -> None:
    cli.write({"main.tf": TABLE})
    os.mkfifo(cli.home / "pipe.tf")
    (cli.home / "zero.tf").symlink_to("/dev/zero")
    (cli.home / "self.tf").symlink_to("self.tf")
    (cli.home / "up").symlink_to("..", target_is_directory=True)
    (cli.home / "loop").symlink_to(".", target_is_directory=True)
    (cli.home / "folder.tf").mkdir()
    with (cli.home / "sparse.tf").open("wb") as stream:
        stream.truncate(1 << 30)
    done = cli("check")
    assert done.returncode == 1
    for name in ("pipe.tf", "zero.tf", "sparse.tf"):
        assert f"--> {name}" in done.stdout


def test_a_directory_deeper_than_any_stack(cli: Cli) -> None:
    place = "/".join(["d"] * 400)
    cli.write({f"{place}/main.tf": UNRECOVERABLE})
    assert cli("check").returncode == 1

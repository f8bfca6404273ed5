"""Values that are marked as sensitive, credentials and the contents of items are written nowhere."""

import io
import json
from pathlib import Path

import pytest

from dynalint.masking import masked_sources
from dynalint.reports import FORMATS
from dynalint.syntax.source import Source
from tests.cli.test_check import team_rule
from tests.cli.test_diff import git
from tests.command_line import Cli

REPOSITORY = {
    "main.tf": """
variable "key" {
  type      = string
  default   = "S3CRET-default"
  sensitive = true
}

variable "given" {
  type      = string
  sensitive = true
}

variable "wrong" {
  type      = number
  default   = "S3CRET-wrong"
  sensitive = true
}

variable "checked" {
  default   = "S3CRET-checked"
  sensitive = true
  validation {
    condition     = length(var.checked) > 100
    error_message = "too short"
  }
}

provider "aws" {
  region     = "eu-west-1"
  access_key = "S3CRET-access"
  secret_key = "S3CRET-secret" + 1
  token      = ["S3CRET-token"]
}

locals {
  marked = sensitive("S3CRET-marked")
}

resource "aws_dynamodb_table" "orders" {
  name         = "orders-${var.key}"
  billing_mode = var.given
  hash_key     = var.key
  range_key    = local.marked

  attribute {
    name = module.inner.key
    type = var.given
  }

  ttl {
    enabled        = true
    attribute_name = var.file
  }

  tags = { Owner = var.key }
}

resource "aws_dynamodb_table_item" "one" {
  table_name = aws_dynamodb_table.orders.name
  hash_key   = aws_dynamodb_table.orders.hash_key
  item       = <<-ITEM
    {"id": {"S": "S3CRET-item"}, "n": {"X": "S3CRET-item-of-no-type"}}
  ITEM
}

resource "aws_dynamodb_table_item" "two" {
  table_name = "orders"
  hash_key   = "id"
  item       = jsonencode({ id = "S3CRET-encoded", other = { N = "S3CRET-number" } })
}

variable "file" {
  sensitive = true
}

output "whole" {
  value     = "S3CRET-output"
  sensitive = true
}

module "inner" {
  source = "./inner"
  key    = "S3CRET-passed"
}

resource "aws_iam_policy" "wide" {
  name   = "wide"
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = var.key, Resource = var.given }] })
}
""",
    "inner/main.tf": """
variable "key" {
  sensitive = true
}

output "key" {
  value     = var.key
  sensitive = true
}
""",
    "terraform.tfvars": 'file = "S3CRET-file"\n',
    "given.tfvars.json": '{"key": "S3CRET-json"}',
    "broken.tf": 'variable "broken" {\n  default = "S3CRET-broken" "twice"\n  sensitive = true\n}\n',
}
GIVEN = ("--var", "given=S3CRET-given")
ENTRY = {"rule": "DYN201", "address": "aws_dynamodb_table.orders", "attribute": ""}
MORE = {
    "given.json": json.dumps({"version": 1, "entries": [ENTRY]}),
    "rules/failing.py": team_rule(body="raise ValueError(repr(table.name.value))\n    yield"),
}
SECRET = "S3CRET"  # noqa: S105 - what the tests look for
UNITS = ("byte", "codepoint", "utf16")


@pytest.fixture
def project(cli: Cli) -> Cli:
    cli.write(REPOSITORY)
    return cli


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("inputs", [GIVEN, (*GIVEN, "--var-file", "given.tfvars.json")], ids=["var", "file"])
def test_no_format_shows_a_secret(project: Cli, format_: str, inputs: tuple[str, ...]) -> None:
    done = project("check", "-o", format_, "-vv", *inputs)
    assert "orders" in done.stdout
    assert SECRET not in done.stdout + done.stderr


@pytest.mark.parametrize(
    "command",
    [
        ("inspect",),
        ("inspect", "--format", "json"),
        ("graph",),
        ("report", "-o", "-"),
        ("check", "--color", "always"),
        ("check", "-q"),
        ("check", "--show-fixes", "--diff", "--unsafe-fixes"),
        ("check", "--select", "nothing-of-this-name"),
        ("check", "--fail-on", "never"),
        ("check", "--statistics", "-vv", "--no-ignores"),
        ("check", "--since", "HEAD", "-vv"),
        ("diff", "-vv"),
        ("diff", "-o", "sarif"),
        ("baseline", "create"),
        ("baseline", "show", "--baseline", "given.json"),
        ("migrate-ignores", "--diff"),
        ("graph", "--format", "dot"),
        ("graph", "--format", "svg"),
        ("check", "--rules", "rules", "-vv"),
    ],
    ids=" ".join,
)
def test_no_command_shows_a_secret(project: Cli, command: tuple[str, ...]) -> None:
    """Nor does any in the text as it was before, or of a rule that fails on an object with a secret."""
    git(project.home, "init", "-q", "-b", "main")
    git(project.home, "add", "-A")
    git(project.home, "commit", "-q", "-m", "x")
    project.write({"main.tf": REPOSITORY["main.tf"].replace("S3CRET", "S3CRET-new"), **MORE})
    done = project(*command, *GIVEN)
    assert done.stdout + done.stderr
    assert SECRET not in done.stdout + done.stderr


EXPRESSIONS = (
    *(
        "X",
        "[X]",
        '"x${X}"',
        "jsonencode(X)",
        "X + 1",
        "file(X)",
        'regex(X, "a")',
        "floor(X)",
        "{ a = 1 }[X]",
        "[1][X]",
    ),
    *(
        '{ for x in ["a", "b"] : X => 1 }',
        "lookup({}, X)",
        "tonumber(X)",
        "X ? 1 : 2",
        "X.a",
        "X[0]",
        "X()",
        "-X",
        "!X",
    ),
    *('format("%d", X)', "timeadd(X, X)", "jsondecode(X)", "yamldecode(X)", "parseint(X, 10)", "cidrhost(X, 1)"),
    *("{ (X) = 1 }", "toset([X])", "templatefile(X, {})", "fileset(X, X)", "base64decode(X)", 'X == "a" ? [] : [X]'),
    *("try(file(X))", "can(X)", "one([X, X])", "merge(X, {})", "[for x in X : x]", "<<E\\n${X}\\nE", "pathexpand(X)"),
    *("formatdate(X, X)", "zipmap([X], [1, 2])", "element([], X)", "range(X)", "coalesce(X)", "split(X, X)", "keys(X)"),
    *("local.none[X]", "provider::x::y(X)", "X.*.a", "coalescelist(X)", "uuidv5(X, X)", "sum(X)"),
)
"""With the name of something sensitive in the place of X."""


@pytest.mark.parametrize(
    "name", ["var.key", "var.given", "local.marked", "module.inner.key", "var.file", "aws_dynamodb_table.orders"]
)
def test_the_console_shows_no_secret(project: Cli, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = "".join(f"{text.replace('X', name)}\n" for text in EXPRESSIONS)
    for text in (lines, "".join(json.dumps(line) + "\n" for line in lines.splitlines())):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
        done = project("console", *GIVEN, *(("--format", "jsonl") if text != lines else ()))
        assert done.stdout + done.stderr
        assert SECRET not in done.stdout + done.stderr


def test_the_cache_holds_no_secret(project: Cli, tmp_path: Path) -> None:
    project("check", *GIVEN, DYNALINT_CACHE_DIR=str(tmp_path / "cache"))
    project("check", DYNALINT_CACHE_DIR=str(tmp_path / "cache"))
    project.process("console", ".", "-e", "module.inner.key", DYNALINT_CACHE_DIR=str(tmp_path / "cache"))
    stored = [path for path in (tmp_path / "cache").rglob("*") if path.is_file()]
    assert {path.name.partition("-")[0] for path in stored} >= {"blocks", "results"}
    assert not [path.name for path in stored if SECRET in path.read_text()]


def test_positions_are_those_of_the_file() -> None:
    """What is blotted out is as long as what was there, in bytes, in characters and in UTF-16."""
    text = 'variable "k" {\n  sensitive = true\n  default = "ключ🔑語S3CRET" /* é */\n}\n'
    source = Source("/k.tf", text.encode())
    blotted = masked_sources({"/k.tf": source}, frozenset())["/k.tf"]
    assert '  default = "····🟩•******" /* é */\n' in blotted.data.decode()
    assert len(blotted.data) == len(source.data)
    ends = [
        (blotted.position(len(source.data), unit=unit), source.position(len(source.data), unit=unit)) for unit in UNITS
    ]
    assert all(left == right for left, right in ends)


def test_what_is_no_secret_stays_as_it_is() -> None:
    text = 'variable "k" {\n  default = "open"\n}\n\nprovider "aws" {\n  region = "eu-west-1"\n  profile = "token"\n}\n'
    assert masked_sources({"/k.tf": Source("/k.tf", text.encode())}, frozenset())["/k.tf"].data == text.encode()

"""Sensitive values: shown in no format, at no verbosity, wherever they come from."""

from __future__ import annotations

import pytest

from dynalint.reports import FORMATS
from tests.command_line import Cli

WORD = "swordfish-7"
TABLE = """
variable "secret" {
  type      = string
  sensitive = true
%s}

resource "aws_dynamodb_table" "t" {
  name         = "${var.secret}-table"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = var.secret

  attribute {
    name = "other"
    type = "S"
  }

  tags = { Owner = var.secret }
}
"""
CALL = f"""
module "m" {{
  source = "./m"
  secret = "{WORD}"
}}
"""
SOURCES = {
    "default": ({"main.tf": TABLE % f'  default   = "{WORD}"\n'}, ()),
    "tfvars": ({"main.tf": TABLE % "", "terraform.tfvars": f'secret = "{WORD}"\n'}, ()),
    "command line": ({"main.tf": TABLE % ""}, ("--var", f"secret={WORD}")),
    "module call": (
        {"m/main.tf": TABLE % "", "main.tf": f'module "m" {{\n  source = "./m"\n  secret = "{WORD}"\n}}\n'},
        (),
    ),
}


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize("name", FORMATS)
def test_no_format_shows_a_sensitive_value(cli: Cli, source: str, name: str) -> None:
    files, options = SOURCES[source]
    cli.write(files)
    done = cli("check", ".", "-vv", "--format", name, *options)
    assert done.returncode == 1
    assert WORD not in done.stdout + done.stderr


@pytest.mark.parametrize("source", SOURCES)
def test_inspect_hides_a_sensitive_value_until_asked(cli: Cli, source: str) -> None:
    files, options = SOURCES[source]
    cli.write(files)
    for arguments in (("inspect", "."), ("inspect", ".", "--format", "json")):
        assert WORD not in cli(*arguments, *options).stdout
    assert WORD in cli("inspect", ".", "--format", "json", "--show-sensitive", *options).stdout

"""What real repositories do, and naive evaluation takes for a fault."""

from __future__ import annotations

from dynalint.evaluation.access import get_attribute
from dynalint.evaluation.values import Unknown
from tests.evaluation.conftest import Evaluate

TABLE = 'resource "aws_dynamodb_table" "t" {\n  name     = var.name\n  hash_key = "id"\n}\n'


def test_providers_are_passed_under_names_with_dots(evaluate: Evaluate) -> None:
    call = 'module "m" {\n  source = "./m"\n  name = "x"\n  providers = {\n    aws.here = aws.there\n  }\n}\n'
    root = evaluate({"main.tf": call, "m/main.tf": 'variable "name" {}\n' + TABLE})
    assert root.faults == ()
    assert [item.address for item in root.resources] == ["module.m.aws_dynamodb_table.t"]


def test_another_tool_may_add_what_a_module_lacks(evaluate: Evaluate) -> None:
    root = evaluate({"main.tf": TABLE, "terragrunt.hcl": "inputs = {}\n"})
    assert root.faults == ()
    (table,) = root.resources
    name = table.body.value("name")
    assert name is not None
    assert isinstance(name.data, Unknown)
    assert name.data.reason == "terragrunt may add files to this module"


def test_an_empty_default_that_its_validation_refuses_is_no_value(evaluate: Evaluate) -> None:
    variable = (
        'variable "name" {\n  default = ""\n  validation {\n    condition = var.name != ""\n'
        '    error_message = "Give a name."\n  }\n}\n'
    )
    root = evaluate(variable + TABLE)
    assert root.faults == ()
    name = root.resources[0].body.value("name")
    assert name is not None
    assert name.is_unknown


def test_an_empty_default_that_is_valid_is_a_value(evaluate: Evaluate) -> None:
    name = evaluate('variable "name" {\n  default = ""\n}\n' + TABLE).resources[0].body.value("name")
    assert name is not None
    assert name.data == ""


def test_what_is_not_made_is_judged_by_what_is_written_there(evaluate: Evaluate) -> None:
    text = 'variable "name" {\n  default = null\n}\n' + TABLE.replace("{\n  name", "{\n  count = 0\n  name")
    (table,) = evaluate(text).unmade
    name, key = table.body.value("name"), table.body.value("hash_key")
    assert name is not None
    assert key is not None
    assert (name.is_unknown, key.data) == (True, "id")


def test_a_source_document_that_is_not_known_yet_is_an_unknown_statement(evaluate: Evaluate) -> None:
    text = """
      resource "terraform_data" "d" {}
      data "aws_iam_policy_document" "p" {
        source_policy_documents = [terraform_data.d.output]
      }
    """
    document = next(item for item in evaluate(text.replace("{}", "{\n input = 1\n}")).resources if item.mode == "data")
    encoded = document.computed["json"].encodes
    assert encoded is not None
    statements = get_attribute(encoded, "Statement")
    assert [item.is_unknown for item in statements.members()] == [True]


def test_variables_of_templates_may_have_hyphens(evaluate: Evaluate) -> None:
    table = TABLE.replace("var.name", 'templatefile("n.tpl", { "a-b" = "x" })')
    root = evaluate({"main.tf": table, "n.tpl": "name-${a-b}"})
    name = root.resources[0].body.value("name")
    assert name is not None
    assert name.data == "name-x"

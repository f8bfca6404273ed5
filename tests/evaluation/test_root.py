"""Root modules as a whole: where values come from, what is unknown and why, what Terraform would refuse."""

from __future__ import annotations

from dynalint.evaluation.inputs import Inputs
from dynalint.evaluation.resources import Resource, RootModule
from dynalint.evaluation.values import Unknown, Value, value_identity
from tests.evaluation.conftest import Evaluate

TABLE = """
resource "aws_dynamodb_table" "t" {
  name     = "orders"
  hash_key = var.key
  attribute {
    name = var.key
    type = "S"
  }
}
"""


def only(root: RootModule) -> Resource:
    (resource,) = root.resources
    return resource


def argument(resource: Resource, name: str) -> Value:
    value = resource.body.value(name)
    assert value is not None
    return value


def story(value: Value) -> list[str]:
    return [step.text for step in value.trace.steps() if step.text] if value.trace else []


def test_an_input_without_value_is_unknown_and_says_why(evaluate: Evaluate) -> None:
    value = argument(only(evaluate('variable "key" {}\n' + TABLE)), "hash_key")
    assert isinstance(value.data, Unknown)
    assert value.data.reason == "var.key has no value"


def test_two_uses_of_one_unknown_are_the_same_value(evaluate: Evaluate) -> None:
    table = only(evaluate('variable "key" {}\n' + TABLE))
    (attribute,) = table.body.blocks_of("attribute")
    name = attribute.value("name")
    assert name is not None
    assert value_identity(name) == value_identity(argument(table, "hash_key")) != ""


def test_a_default_is_the_trace(evaluate: Evaluate) -> None:
    value = argument(only(evaluate('variable "key" { default = "id" }\n' + TABLE)), "hash_key")
    assert (value.data, story(value)) == ("id", ["default of var.key"])


def test_tfvars_win_over_the_default_and_are_the_trace(evaluate: Evaluate) -> None:
    files = {"main.tf": 'variable "key" { default = "id" }\n' + TABLE, "terraform.tfvars": 'key = "pk"\n'}
    value = argument(only(evaluate(files)), "hash_key")
    assert (value.data, story(value)) == ("pk", ["key set in terraform.tfvars"])


def test_the_command_line_wins_over_tfvars(evaluate: Evaluate) -> None:
    files = {"main.tf": 'variable "key" {}\n' + TABLE, "terraform.tfvars": 'key = "pk"\n'}
    root = evaluate(files, Inputs(arguments=(("var", "key=cli"),)))
    assert argument(only(root), "hash_key").data == "cli"


def test_the_environment_counts_only_when_it_is_handed_over(evaluate: Evaluate) -> None:
    root = evaluate('variable "key" {}\n' + TABLE, Inputs(environment={"TF_VAR_key": "env"}))
    assert argument(only(root), "hash_key").data == "env"


def test_a_module_input_leads_back_to_the_call_and_the_default(evaluate: Evaluate) -> None:
    call = 'variable "k" { default = "id" }\nmodule "m" {\n  source = "./m"\n  key = var.k\n}\n'
    root = evaluate({"main.tf": call, "m/main.tf": 'variable "key" {}\n' + TABLE})
    table = only(root)
    assert table.address == "module.m.aws_dynamodb_table.t"
    assert story(argument(table, "hash_key")) == ['passed as key by module "m"', "default of var.k"]


def test_a_computed_attribute_is_one_unknown_everywhere(evaluate: Evaluate) -> None:
    text = """
      resource "aws_kms_key" "k" {}
      resource "aws_dynamodb_table" "a" { name = aws_kms_key.k.arn }
      resource "aws_dynamodb_table" "b" { name = aws_kms_key.k.arn }
    """
    first, second = (argument(item, "name") for item in evaluate(text).of_type("aws_dynamodb_table"))
    assert first.is_unknown
    assert value_identity(first) == value_identity(second) != ""


def test_a_broken_argument_is_a_fault_and_the_rest_is_still_there(evaluate: Evaluate) -> None:
    root = evaluate('resource "aws_dynamodb_table" "t" {\n  name = var.nme\n  hash_key = "id"\n}\nvariable "name" {}\n')
    assert [fault.message for fault in root.faults] == [
        "there is no variable 'nme' in this module; did you mean \"name\"?"
    ]
    assert argument(only(root), "hash_key").data == "id"


def test_a_name_may_be_declared_in_a_file_that_cannot_be_read(evaluate: Evaluate) -> None:
    root = evaluate({"main.tf": TABLE, "variables.tf": 'variable "key" {\n'})
    value = argument(only(root), "hash_key")
    assert isinstance(value.data, Unknown)
    assert value.data.reason == "variables.tf could not be read"


def test_locals_that_need_each_other_are_a_cycle(evaluate: Evaluate) -> None:
    root = evaluate(
        'locals {\n  a = local.b\n  b = local.a\n}\nresource "aws_dynamodb_table" "t" {\n  name = local.a\n}\n'
    )
    (fault,) = root.faults
    assert fault.message == "these depend on each other in a cycle: local.a -> local.b -> local.a"


def test_a_module_that_calls_itself_ends_in_a_fault(evaluate: Evaluate) -> None:
    root = evaluate({"main.tf": 'module "m" { source = "./" }\n'})
    assert [fault.message for fault in root.faults] == ["modules call each other without end"]


def test_a_hostile_loop_is_cut_short(evaluate: Evaluate) -> None:
    product = 'join(",", flatten([for a in values(local.big) : [for b in values(local.big) : b]]))'
    root = evaluate(
        "locals { big = { for i in range(1000) : i => range(1000) } }\n"
        f'resource "aws_dynamodb_table" "t" {{\n  name = {product}\n}}\n'
    )
    assert "DYN005" in [fault.code for fault in root.faults]


def test_unknown_instances_are_one_symbolic_instance(evaluate: Evaluate) -> None:
    root = evaluate(
        'variable "n" {}\nresource "aws_dynamodb_table" "t" {\n  count = var.n\n  name = "t-${count.index}"\n}\n'
    )
    table = only(root)
    assert (table.address, table.certain) == ("aws_dynamodb_table.t[*]", False)


def test_a_file_outside_of_the_project_is_not_read(evaluate: Evaluate) -> None:
    root = evaluate('resource "aws_dynamodb_table" "t" {\n  name = file("/etc/passwd")\n}\n')
    assert "is outside of the project" in root.faults[0].message


def test_a_failing_validation_is_a_fault_at_the_value(evaluate: Evaluate) -> None:
    variable = """
      variable "key" {
        default = "x"
        validation {
          condition     = length(var.key) > 2
          error_message = "Too short."
        }
      }
    """
    root = evaluate({"v.tf": variable, "main.tf": TABLE, "terraform.tfvars": 'key = "ab"\n'})
    (fault,) = root.faults
    assert (fault.message, fault.span.path.rsplit("/", 1)[1]) == (
        "invalid value for var.key: Too short.",
        "terraform.tfvars",
    )


def chain_of_locals(length: int, name: str) -> str:
    links = "\n".join(f"  a{i} = [local.a{i - 1}]" for i in range(1, length))
    return f'locals {{\n  a0 = "x"\n{links}\n}}\nresource "aws_dynamodb_table" "t" {{\n  name = {name}\n}}\n'


def test_a_long_chain_of_locals_is_followed(evaluate: Evaluate) -> None:
    root = evaluate(chain_of_locals(300, "jsonencode(local.a299)"))
    assert root.faults == ()
    assert argument(only(root), "name").data == "[" * 299 + '"x"' + "]" * 299


def test_an_endless_chain_of_locals_ends_in_a_fault(evaluate: Evaluate) -> None:
    root = evaluate(chain_of_locals(4000, "local.a3999"))
    assert [fault.code for fault in root.faults] == ["DYN005"]


def test_a_refused_number_of_instances_is_told_once(evaluate: Evaluate) -> None:
    """What each.key and count.index would be is then not known; that nothing brings them is not said."""
    rules = 'variable "rules" {\n  type    = map(any)\n  default = null\n}\n'
    named = TABLE.replace('"orders"', "each.key").replace("var.key", "each.value.key")
    many = named.replace("{", "{\n  for_each = { for k, v in var.rules : k => v }", 1)
    counted = TABLE.replace('"t"', '"u"').replace('"orders"', '"t${count.index}"').replace("var.key", '"id"')
    none = counted.replace("{", "{\n  count = null", 1)
    call = 'module "m" {\n  source   = "./m"\n  for_each = { for k, v in var.rules : k => v }\n  name = each.key\n}\n'
    root = evaluate({"main.tf": rules + many + none + call, "m/main.tf": 'variable "name" {}\n'})
    assert [fault.message for fault in root.faults] == [
        "cannot iterate over null",
        "count must not be null",
        "cannot iterate over null",
    ]

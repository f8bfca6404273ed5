"""Functions that the built-in provider and the AWS provider define.

https://developer.hashicorp.com/terraform/language/functions/terraform-encode_tfvars and
https://registry.terraform.io/providers/hashicorp/aws/latest/docs/functions/arn_parse, with their neighbours.
"""

from __future__ import annotations

from dynalint.evaluation.budget import Budget
from dynalint.evaluation.errors import EvaluationError
from dynalint.evaluation.functions.arguments import call_failed, entries_of, of_texts, text_of
from dynalint.evaluation.functions.base import Context, Function, Parameter
from dynalint.evaluation.functions.hcl_writer import expression_text, file_text, is_identifier
from dynalint.evaluation.types import DYNAMIC, STRING, MapOf, ObjectOf, object_of
from dynalint.evaluation.values import Value, object_value, string
from dynalint.syntax import SyntaxFault, load_body
from dynalint.syntax.nodes import Attribute
from dynalint.syntax.source import Source

_ARN_PARTS = ("partition", "service", "region", "account_id", "resource")
_DECODED = "the argument of decode_tfvars"


def _encode_expr(context: Context, value: Value) -> Value:
    return _bounded(expression_text(value), context.budget)


def _encode_tfvars(context: Context, value: Value) -> Value:
    function = "provider::terraform::encode_tfvars"
    if not isinstance(value.type, MapOf | ObjectOf):
        needed = "must be an object whose attribute names will become the encoded variable names"
        raise call_failed(function, f"invalid value to encode: {needed}")
    for name in entries_of(value):
        if not is_identifier(name):
            rule = "must be a valid identifier, per Terraform's rules for input variable declarations"
            raise call_failed(function, f'invalid variable name "{name}": {rule}')
    return _bounded(file_text(entries_of(value)), context.budget)


def _bounded(text: str, budget: Budget) -> Value:
    budget.allow_text(len(text))
    return string(text)


def _decode_tfvars(context: Context, source: Value) -> Value:
    function = "provider::terraform::decode_tfvars"
    text = Source(_DECODED, text_of(source).encode())
    try:
        body = load_body(text)
    except SyntaxFault as fault:
        raise call_failed(function, f"invalid tfvars syntax: {fault.message}") from fault
    if body.blocks:
        raise call_failed(function, "invalid tfvars content: blocks are not allowed here")
    return object_value({attribute.name: _evaluated(context, text, attribute) for attribute in body.attributes})


def _evaluated(context: Context, source: Source, attribute: Attribute) -> Value:
    """The value of an attribute, read as a template that is this one expression."""
    span = attribute.value.span
    written = source.data[span.start : span.end].decode()
    try:
        # A heredoc ends with its line, so the brace stands on the next.
        return context.render(f"${{{written}\n}}", _DECODED, {})
    except EvaluationError as error:
        reason = f'invalid expression for variable "{attribute.name}": {error.message}'
        raise call_failed("provider::terraform::decode_tfvars", reason) from error


def _arn_parse(_context: Context, arn: Value) -> Value:
    return object_value({name: string(part) for name, part in _parsed("arn_parse", text_of(arn)).items()})


def _parsed(function: str, arn: str) -> dict[str, str]:
    prefix, *parts = arn.split(":", 5)
    if prefix != "arn" or not parts:
        raise call_failed(f"provider::aws::{function}", "arn: invalid prefix")
    if len(parts) != len(_ARN_PARTS):
        raise call_failed(f"provider::aws::{function}", "arn: not enough sections")
    return dict(zip(_ARN_PARTS, parts, strict=True))


def _arn_build(partition: str, service: str, region: str, account_id: str, resource: str) -> str:
    return f"arn:{partition}:{service}:{region}:{account_id}:{resource}"


def _trim_iam_role_path(arn: str) -> str:
    parts = _parsed("trim_iam_role_path", arn)
    for wrong, reason in (
        (parts["service"] != "iam", 'service must be "iam"'),
        (parts["region"] != "", "region must be empty"),
        (not parts["resource"].startswith("role/"), 'resource must begin with "role/"'),
    ):
        if wrong:
            raise call_failed("provider::aws::trim_iam_role_path", reason)
    return _arn_build(**(parts | {"resource": f"role/{parts['resource'].rpartition('/')[2]}"}))


FUNCTIONS: tuple[Function, ...] = (
    Function("provider::terraform::encode_expr", (Parameter("value", DYNAMIC),), None, STRING, _encode_expr),
    Function("provider::terraform::encode_tfvars", (Parameter("value", DYNAMIC),), None, STRING, _encode_tfvars),
    Function("provider::terraform::decode_tfvars", (Parameter("src", STRING),), None, DYNAMIC, _decode_tfvars),
    Function(
        "provider::aws::arn_parse",
        (Parameter("arn", STRING),),
        None,
        object_of(dict.fromkeys(_ARN_PARTS, STRING)),
        _arn_parse,
    ),
    of_texts("provider::aws::arn_build", _ARN_PARTS, _arn_build),
    of_texts("provider::aws::trim_iam_role_path", ("arn",), _trim_iam_role_path),
)

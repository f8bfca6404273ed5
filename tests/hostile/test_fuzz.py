"""Texts put together at random: nothing but the declared errors, spans inside their files, the same answer twice.

The suite tries a few of each; ``DYNALINT_FUZZ=100000 pytest tests/hostile/test_fuzz.py`` tries as many as one likes,
and ``python -m fuzz.run all`` lets coverage lead. What has to hold is in ``properties.py``.
"""

import json
import os

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from dynalint.evaluation.functions import FUNCTIONS
from tests.command_line import TABLE
from tests.hostile.of_runs import reports
from tests.hostile.properties import PROPERTIES

EXAMPLES = int(os.environ.get("DYNALINT_FUZZ", "60"))
tried = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
tried_less = settings(tried, max_examples=max(EXAMPLES // 4, 10))

WORDS = (
    *(
        "a",
        "b",
        "1",
        "0",
        "-1",
        "1.5e3",
        "1e99",
        "true",
        "null",
        '"x"',
        '"${a}"',
        "<<E\nx\nE\n",
        '"%{ if true }y%{ endif }"',
    ),
    *(
        "[",
        "]",
        "{",
        "}",
        "(",
        ")",
        ",",
        ".",
        ":",
        "=",
        "=>",
        "==",
        "!=",
        "!",
        "&&",
        "||",
        "+",
        "-",
        "*",
        "/",
        "%",
        "?",
    ),
    *(
        "...",
        "[*]",
        ".*",
        ".0",
        "[0]",
        "for x in ",
        "for k, v in ",
        " if ",
        "each.key",
        "count.index",
        "var.a",
        "local.b",
    ),
    *(" ", "\n", "# c\n", "/* c */", "é", "\u202e", "\r\n", "\\", '"', "${", "%{", "~}", "\ufeff", "\0", "path.module"),
)
ARGUMENTS = (*WORDS[:12], "[1, 2]", "{ a = 1 }", "[null]", '["a", ["b"]]', "sensitive(1)", '"[a"')
FRAGMENTS = (
    *("locals {\n", "}\n", "  a = [1, 2]\n", "  b = local.a\n", 'variable "a" {\n', "  default = 1\n"),
    *('resource "aws_dynamodb_table" "t" {\n', '  name = "t"\n', '  hash_key = "id"\n', "  count = 2\n"),
    *('  attribute {\n    name = "id"\n    type = "S"\n  }\n', '  dynamic "attribute" {\n', "    for_each = local.a\n"),
    *("  billing_mode = var.a\n", "  ttl {\n", "  tags = { a = 1 }\n", "    content {\n", "    name = each.value\n"),
    *('resource "aws_iam_policy" "p" {\n', "  policy = jsonencode({ Statement = [{ Effect = 1 }] })\n"),
    *(
        'module "m" {\n',
        '  source = "./"\n',
        "  for_each = toset([])\n",
        "  read_capacity = 0\n",
        "  sensitive = true\n",
    ),
    *("# dynalint: ignore[DYN201] reason\n", "// dynalint: ignore[", "/*", "\ufeff", '  policy = "{}"\n'),
)
MEMBERS = ("Statement", "Effect", "Action", "Resource", "locals", "resource", "a", "//", "address", "change", "mode")
SETTINGS = ("select", "ignore", "fail-on", " = ", "[", "]", '"DYN1"', "\n", "[rules.x]\n", "2", "true")
COMMENTS = (
    *(
        "# ",
        "// ",
        "/*",
        "*/",
        "\n",
        "dynalint: ",
        "ignore[",
        "file-ignore[",
        "DYN201",
        "]",
        " until=2027-01-31",
        " why",
    ),
    *("checkov:skip=CKV_AWS_28", "tfsec:ignore:aws-x:exp:2027-01-31", "tflint-ignore: all", "kics-scan ignore", TABLE),
)
PLANS = ("resource_changes", "planned_values", "variables", "configuration", "prior_state", "errored")
PARTS = st.lists(st.sampled_from(WORDS), max_size=30).map("".join)
CALLS = st.builds(
    lambda name, arguments: f"{name}({', '.join(arguments)})",
    st.sampled_from(sorted(FUNCTIONS)),
    st.lists(st.sampled_from(ARGUMENTS), max_size=4),
)
MODULES = st.lists(st.sampled_from((*FRAGMENTS, *WORDS[-16:], TABLE)), max_size=25).map("".join)
TEXTS = st.text(max_size=60)
LEAVES = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.sampled_from(WORDS) | TEXTS
PLAIN = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(MEMBERS) | TEXTS, inner, max_size=4),
    max_leaves=20,
)
BYTES = st.binary(max_size=200)
PLAN = st.fixed_dictionaries({"format_version": st.just("1.2"), **dict.fromkeys(PLANS, PLAIN)})


def encoded(text: str) -> bytes:
    """The text as bytes; half of a character becomes what is no UTF-8."""
    return text.encode("utf-8", "surrogatepass")


@tried
@given(MODULES | PARTS)
def test_hcl(text: str) -> None:
    PROPERTIES["scanner"](encoded(text))
    PROPERTIES["parser"](encoded(text))


@tried
@given(PLAIN.map(json.dumps) | PARTS)
def test_json(text: str) -> None:
    PROPERTIES["tfjson"](encoded(text))


@tried
@given(MODULES | PARTS | st.lists(st.sampled_from(COMMENTS), max_size=12).map("".join))
def test_suppressions(text: str) -> None:
    PROPERTIES["suppressions"](encoded(text))


@tried
@given(PARTS | CALLS)
def test_expressions(text: str) -> None:
    PROPERTIES["evaluator"](encoded(text))


@tried
@given(BYTES)
def test_functions(data: bytes) -> None:
    PROPERTIES["functions"](data)


@tried
@given(PLAIN.map(json.dumps).map(encoded) | PARTS.map(encoded) | BYTES)
def test_policies(data: bytes) -> None:
    PROPERTIES["policies"](data)


@tried
@given(PLAN.map(json.dumps).map(encoded) | PARTS.map(encoded) | BYTES)
def test_plans(data: bytes) -> None:
    PROPERTIES["plan"](data)


@tried
@given(PARTS | st.lists(st.sampled_from(SETTINGS), max_size=12).map("".join))
def test_settings(text: str) -> None:
    PROPERTIES["settings"](encoded(text))


@tried
@given(BYTES)
def test_reports(data: bytes) -> None:
    PROPERTIES["sarif"](data)


@tried_less
@given(text=MODULES)
@example(text=TABLE.replace("point_in_time_recovery", "x"))
def test_reports_of_whole_runs(text: str) -> None:
    reports(encoded(text))


@tried_less
@given(text=MODULES)
@example(text=TABLE.replace("point_in_time_recovery", "x"))
def test_whole_runs_and_their_fixes(text: str) -> None:
    PROPERTIES["fixes"](encoded(text))

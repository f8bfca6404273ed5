"""Texts put together at random: nothing but the declared errors, spans inside their files, the same answer twice.

The suite tries a few of each; ``DYNALINT_FUZZ=100000 pytest tests/hostile/test_fuzz.py`` tries as many as one likes.
"""

import json
import os
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from dynalint.discovery import discover
from dynalint.dynamodb.policy_text import structure
from dynalint.engine import Request, check
from dynalint.errors import UsageError
from dynalint.evaluation.console import Console
from dynalint.evaluation.errors import EvaluationError
from dynalint.evaluation.functions import FUNCTIONS
from dynalint.evaluation.inputs import Inputs
from dynalint.evaluation.plan_file import PlanError, read_plan
from dynalint.evaluation.values import string
from dynalint.fixes import fix_all
from dynalint.packs import infos_of, load_rules
from dynalint.project import Project
from dynalint.reports import RenderOptions, writer
from dynalint.run_rules import RULE_FAILED
from dynalint.settings import everywhere
from dynalint.settings.reading import read_table
from dynalint.suppressions import suppressions_in
from dynalint.syntax import SyntaxFault, load_body, load_json_body, load_text, parse_template
from dynalint.syntax.source import Source, Span
from tests.command_line import TABLE

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
PLAN = st.fixed_dictionaries({"format_version": st.just("1.2"), **dict.fromkeys(PLANS, PLAIN)})


def spans_of(node: Any) -> Iterator[Span]:
    """The spans in nodes, faults and what they are made of."""
    if isinstance(node, Span):
        yield node
    elif isinstance(node, list | tuple):
        for inner in node:
            yield from spans_of(inner)
    elif hasattr(node, "__dataclass_fields__"):
        for name in node.__dataclass_fields__:
            yield from spans_of(getattr(node, name))


def parsed(path: str, text: str) -> None:
    file = load_text(Source(path, text.encode("utf-8", "surrogatepass")))
    size = len(file.source.data)
    for block in file.blocks:
        try:
            found: Any = block.parse()
        except SyntaxFault as fault:
            found = fault.span
        assert all(0 <= span.start <= span.end <= size for span in spans_of(found))
    assert all(0 <= fault.span.start <= fault.span.end <= size for fault in file.faults)
    assert list(suppressions_in(file)) == list(suppressions_in(file))


@tried
@given(MODULES | PARTS)
def test_hcl(text: str) -> None:
    parsed("/x.tf", text)


@tried
@given(PLAIN.map(json.dumps) | PARTS)
def test_json(text: str) -> None:
    parsed("/x.tf.json", text)


def tolerant(read: Callable[[], object], *errors: type[Exception]) -> str:
    """What reading gives, or the declared error; anything else fails the test."""
    try:
        return repr(read())
    except errors as fault:
        return f"{type(fault).__name__}: {fault}"


def twice(read: Callable[[], object], *errors: type[Exception]) -> None:
    assert tolerant(read, *errors) == tolerant(read, *errors)


@tried
@given(PARTS)
def test_variables_files_and_templates(text: str) -> None:
    twice(lambda: load_body(Source("/x.tfvars", text.encode())), SyntaxFault)
    twice(lambda: load_json_body(Source("/x.tfvars.json", text.encode())), SyntaxFault)
    twice(lambda: parse_template(Source("/x.tftpl", text.encode())), SyntaxFault)


@pytest.fixture(scope="module")
def console(tmp_path_factory: pytest.TempPathFactory) -> Console:
    directory = tmp_path_factory.mktemp("console")
    (directory / "main.tf").write_text('variable "a" {}\nlocals {\n  b = { x = [1, "y"], z = null }\n}\n')
    return Console(str(directory), Project(str(directory)), Inputs())


@tried
@given(text=PARTS | CALLS)
def test_expressions_and_functions(console: Console, text: str) -> None:
    twice(lambda: console.text(text), EvaluationError)


@tried
@given(PLAIN.map(json.dumps) | PARTS | TEXTS)
def test_policies(text: str) -> None:
    twice(lambda: structure(string(text)))


@tried
@given(PLAN.map(json.dumps) | PARTS)
def test_plans(text: str) -> None:
    twice(lambda: read_plan(Source("/plan.json", text.encode())), PlanError)


@tried
@given(PARTS | st.lists(st.sampled_from(SETTINGS), max_size=12).map("".join))
def test_settings(text: str) -> None:
    twice(lambda: read_table("/dynalint.toml", text.encode(), ()), UsageError)


@pytest.fixture(scope="module")
def module(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("module")
    (directory / "main.tf").write_text("")
    return directory


@tried_less
@given(text=MODULES)
@example(text=TABLE.replace("point_in_time_recovery", "x"))
def test_whole_runs_their_reports_and_fixes(module: Path, text: str) -> None:
    rules = load_rules()
    codes = frozenset(info.code for info in infos_of(rules))
    request = Request(ruleset=everywhere(rules, codes), inputs=Inputs(), today=date(2026, 1, 1))

    def run(texts: Any) -> Any:
        overlay = {str(module / "main.tf"): text.encode(), **texts}
        return check(discover([str(module)], overlay=overlay), request)

    report = run({})
    assert not [finding.message for finding in report.findings if finding.rule is RULE_FAILED]
    options = RenderOptions(str(module))
    for name in ("text", "sarif", "json"):
        assert writer(name)(report, options) == writer(name)(run({}), options)
    assert json.loads(writer("sarif")(report, options))["runs"]
    fixed = fix_all(report, run, unsafe=True)
    again = fix_all(run(fixed.texts), lambda texts: run({**fixed.texts, **texts}), unsafe=True)
    assert not again.texts

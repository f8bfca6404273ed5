"""Configurations that nobody writes in good faith end soon, in a finding or an unknown; never in a crash or a hang."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from dynalint.evaluation.inputs import Inputs
from tests.evaluation.conftest import Evaluate

SECONDS = 60
"""An order of magnitude more than any of these takes, for slow machines; without bounds they take years."""

MEMORY = 1_000_000_000
"""Bytes of address space."""

if sys.platform != "win32":
    import resource

TABLE = """
resource "aws_dynamodb_table" "t" {{
  name     = {}
  hash_key = "id"
  attribute {{
    name = "id"
    type = "S"
  }}
}}
"""


def in_name(expression: str, *before: str) -> str:
    return "\n".join((*before, TABLE.format(expression)))


def doubling(first: str, next_: Callable[[str], str], times: int = 60) -> str:
    lines = [f"l0 = {first}", *(f"l{i} = {next_(f'local.l{i - 1}')}" for i in range(1, times))]
    return in_name(f'"${{jsonencode(local.l{times - 1})}}"', "locals {", *lines, "}")


DEEP = 5_000
HOSTILE = {
    "brackets": in_name("[" * DEEP + "]" * DEEP),
    "parentheses": in_name("(" * DEEP + '"x"' + ")" * DEEP),
    "conditionals": in_name("true ? " * DEEP + '"x"' + ' : "y"' * DEEP),
    "conditionals in conditions": in_name("(" * 300 + "true" + " ? [1] : [2]) == [1]" * 300 + ' ? "x" : "y"'),
    "failing conditionals": in_name("(true ? 1 : " * 200 + "[][0]" + ")" * 200),
    "templates in templates": in_name('"${' * 2_000 + "1" + '}"' * 2_000),
    "negations": in_name("!" * DEEP + "true"),
    "sums": in_name(" + ".join(["1"] * 50_000)),
    "indexes": in_name("[0]" + "[0]" * DEEP),
    "tries": in_name("try(" * 500 + "[][0]" + ")" * 500),
    "doubling tuples": doubling('["x"]', lambda name: f"[{name}, {name}]"),
    "doubling texts": doubling('"xxxxxxxxxx"', lambda name: f'"${{{name}}}${{{name}}}"'),
    "doubling lists": doubling("range(10)", lambda name: f"concat({name}, {name})"),
    "doubling objects": doubling("{ a = 1 }", lambda name: f"{{ a = {name}, b = {name} }}"),
    "doubling unknowns": doubling("timestamp()", lambda name: f"[{name}, {name}]"),
    "squaring": doubling("10", lambda name: f"{name} * {name}"),
    "sets of sets": doubling('["a", "b"]', lambda name: f"setproduct({name}, {name})"),
    "loops in loops": in_name("[for a in range(1000) : [for b in range(1000) : [for c in range(1000) : a]]]"),
    "loops that hold little": in_name("length([for a in range(1000) : sum([for b in range(1000) : b])])"),
    "a wide product": in_name("setproduct(range(1000), range(1000), range(1000))"),
    "repeated text": in_name('join("", [for a in range(1000) : format("%99999s", "x")])'),
    "wide padding": in_name('format("%999999999s", "x")'),
    "many digits": in_name('format("%.999999999f", 1)'),
    "indentation": in_name('indent(1000000000, "a\\nb")'),
    "a large power": in_name("10e99999999"),
    "powers": in_name("pow(9999, 9999)"),
    "a long pattern": in_name('regexall("(a*)*(a*)*$", join("", [for a in range(1000) : "aaaaaaaaaab"]))'),
    "counted repetitions": in_name('regex("((a{1000}){1000}){1000}", "a")'),
    "YAML that expands": in_name(
        "yamldecode(local.bomb)",
        r'locals { bomb = "a0: &a0 [x,x]\n${join("", [for i in range(40) : "a${i+1}: &a${i+1} [*a${i},*a${i}]\n"])}" }',
    ),
    "JSON in JSON": in_name(f'jsondecode("{"[" * 20_000}{"]" * 20_000}")'),
    "instances": TABLE.format("each.key").replace("{", "{\n  count = 1000000000\n", 1),
    "nested instances": in_name('"x"', 'module "m" {', '  source = "./m"', "  count  = 100000", "}"),
    "many subnets": in_name('cidrsubnets("::/0", [for i in range(1000) : 64]...)'),
    "chunks": in_name("chunklist(range(1024), 1)"),
    "a cycle": in_name("local.a", "locals {", "  a = local.b", "  b = [local.a, local.b]", "}"),
}


def limited() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows limits no process in this way")
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_ends_soon_and_in_little_memory(text: str, tmp_path: Path) -> None:
    (tmp_path / "m").mkdir()
    (tmp_path / "m" / "main.tf").write_text("locals {}", encoding="utf-8")
    (tmp_path / "main.tf").write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "dynalint", "inspect", "--format", "json", "."]
    done = subprocess.run(
        command, cwd=tmp_path, timeout=SECONDS, preexec_fn=limited, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["roots"]


def test_modules_that_call_themselves_are_a_finding(evaluate: Evaluate) -> None:
    calls = "\n".join(f'module "{name}" {{\n  source = "./."\n}}' for name in "abc")
    root = evaluate({"main.tf": in_name('"x"', calls)}, Inputs(everything=True))
    assert any("without end" in fault.message or fault.code == "DYN005" for fault in root.faults)


def test_dynamic_blocks_in_dynamic_blocks_end(evaluate: Evaluate) -> None:
    block = "{}"
    for level in range(12):
        block = f'{{\ndynamic "b{level}" {{\nfor_each = range(1000)\ncontent {block}\n}}\n}}'
    root = evaluate(f'resource "aws_dynamodb_table" "t" {block}', Inputs(everything=True))
    assert any(fault.code == "DYN005" for fault in root.faults)

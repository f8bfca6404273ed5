"""Configurations that nobody writes in good faith end soon, in a finding or an unknown; never in a crash or a hang."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from dynalint.evaluation.inputs import Inputs
from dynalint.evaluation.resources import RootModule
from dynalint.evaluation.root import evaluate_root
from dynalint.project import Project

SECONDS = 300
"""An order of magnitude more than all of these take, for slow machines; without bounds each takes years."""

MEMORY = 1_000_000_000
"""Bytes of address space."""

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
    "a policy of JSON in JSON": in_name(
        "aws_sqs_queue.q.policy",
        f'resource "aws_sqs_queue" "q" {{ policy = "{"[" * 20_000}{"]" * 20_000}" }}',
        "output policy { value = aws_sqs_queue.q.policy }",
    ),
    "instances": TABLE.format("each.key").replace("{", "{\n  count = 1000000000\n", 1),
    "nested instances": in_name('"x"', 'module "m" {', '  source = "./m"', "  count  = 100000", "}"),
    "many subnets": in_name('cidrsubnets("::/0", [for i in range(1000) : 64]...)'),
    "chunks": in_name("chunklist(range(1024), 1)"),
    "a cycle": in_name("local.a", "locals {", "  a = local.b", "  b = [local.a, local.b]", "}"),
}


PROGRAM = f"import resource as r; r.setrlimit(r.RLIMIT_AS, ({MEMORY}, {MEMORY})); from dynalint.cli import main; main()"


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, object]:
    """What is understood of each, all of them asked for in one process."""
    home = tmp_path_factory.mktemp("hostile")
    for number, text in enumerate(HOSTILE.values()):
        (home / str(number) / "m").mkdir(parents=True)
        (home / str(number) / "m" / "main.tf").write_text("locals {}", encoding="utf-8")
        (home / str(number) / "main.tf").write_text(text, encoding="utf-8")
    command = [sys.executable, "-c", PROGRAM, "inspect", "--format", "json", *map(str, range(len(HOSTILE)))]
    done = subprocess.run(command, cwd=home, timeout=SECONDS, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    roots: dict[str, object] = json.loads(done.stdout)["roots"]
    return dict(zip(HOSTILE, (roots.get(str(number)) for number in range(len(HOSTILE))), strict=True))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows limits no process in this way")
@pytest.mark.parametrize("name", HOSTILE)
def test_ends_soon_and_in_little_memory(answers: Mapping[str, object], name: str) -> None:
    assert answers[name]


def evaluated(directory: Path, text: str) -> RootModule:
    (directory / "main.tf").write_text(text, encoding="utf-8")
    return evaluate_root(str(directory), Project(str(directory)), Inputs(everything=True))


def test_modules_that_call_themselves_are_a_finding(tmp_path: Path) -> None:
    calls = "\n".join(f'module "{name}" {{\n  source = "./."\n}}' for name in "abc")
    root = evaluated(tmp_path, in_name('"x"', calls))
    assert any("without end" in fault.message or fault.code == "DYN005" for fault in root.faults)


def test_dynamic_blocks_in_dynamic_blocks_end(tmp_path: Path) -> None:
    block = "{}"
    for level in range(12):
        block = f'{{\ndynamic "b{level}" {{\nfor_each = range(1000)\ncontent {block}\n}}\n}}'
    root = evaluated(tmp_path, f'resource "aws_dynamodb_table" "t" {block}')
    assert any(fault.code == "DYN005" for fault in root.faults)

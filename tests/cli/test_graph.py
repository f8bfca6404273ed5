"""``dynalint graph``: diagrams that their readers take, whatever the names are."""

import json
import os
import re
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from dynalint.reports.graph_mermaid import escaped
from tests.cli.pictured import SHOP, TRAP
from tests.command_line import Cli

MERMAID = os.environ.get("DYNALINT_MERMAID", "")
PARSER = Path(__file__).parent.parent / "reports" / "parse_mermaid.mjs"
FENCE = re.compile(r"```mermaid\n(.*?)```", re.DOTALL)


def drawn(cli: Cli, format_: str, text: str = SHOP, *arguments: str) -> str:
    cli.write({"main.tf": text})
    done = cli("graph", ".", "--format", format_, *arguments)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_a_mermaid_diagram_a_table(cli: Cli) -> None:
    text = drawn(cli, "mermaid")
    assert len(FENCE.findall(text)) == 2
    assert 't[("shop-orders<br>partition key: customer_id (S)<br>sort key: created_at (N)")]:::table' in text
    assert 't --> |"INCLUDE currency, total"| i0' in text
    assert 'a1(["whoever gets aws_iam_policy.everything"]):::scan' in text


def test_mermaid_labels_hold_nothing_that_is_syntax() -> None:
    assert escaped('a"b`<x>#;') == "a#34;b#96;#60;x#62;#35;#59;"


@pytest.mark.mermaid
@pytest.mark.skipif(not MERMAID, reason="DYNALINT_MERMAID names no folder where npm installed mermaid and jsdom")
@pytest.mark.parametrize("text", [SHOP, TRAP], ids=["shop", "trap"])
def test_mermaid_parses_every_diagram(cli: Cli, text: str) -> None:
    diagrams = FENCE.findall(drawn(cli, "mermaid", text))
    done = subprocess.run(
        ["node", str(PARSER), MERMAID], input=json.dumps(diagrams), capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    assert [json.loads(line)["diagramType"] for line in done.stdout.splitlines()] == ["flowchart-v2"] * len(diagrams)


def test_a_diagram_stays_below_the_limits_of_mermaid(cli: Cli) -> None:
    """https://mermaid.js.org/config/schema-docs/config.html: maxTextSize 50,000, maxEdges 500."""
    policies = "".join(
        f'resource "aws_iam_role_policy" "{"long" * 20}{number}" {{\n  role = "{"ü" * 60}{number}"\n'
        '  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "dynamodb:*", Resource = "*" }] })\n}\n'
        for number in range(200)
    )
    (diagram, _) = FENCE.findall(drawn(cli, "mermaid", SHOP + policies))
    assert len(diagram) < 50_000
    assert len(re.findall(r"-->|-\.-|==>", diagram)) < 500
    assert "and 178 more" in diagram


def test_dot_quotes_what_it_must(cli: Cli) -> None:
    text = drawn(cli, "dot", TRAP)
    strings = re.findall(r'"(?:[^"\\]|\\.)*"', text)
    bare = re.sub(r'"(?:[^"\\]|\\.)*"', "", text)
    assert any("<script>" in string for string in strings)
    assert re.fullmatch(r"[\w\s{}\[\]=,;>-]*", bare)


def test_svg_is_well_formed_and_says_the_same(cli: Cli) -> None:
    root = ET.fromstring(drawn(cli, "svg", SHOP + TRAP))  # noqa: S314 - as above
    texts = [item.text for item in root.iter("{http://www.w3.org/2000/svg}text")]
    assert "status undeclared" in texts
    assert "role aws_iam_role.api" in texts
    assert [item.tag for item in root.iter() if "script" in item.tag] == []


def test_one_table_may_be_asked_for(cli: Cli) -> None:
    assert drawn(cli, "mermaid", SHOP, "--table", "*.cache").startswith("### `aws_dynamodb_table.cache`")
    assert cli("graph", ".", "--table", "*.other").returncode == 2

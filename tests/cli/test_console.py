import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from dynalint.cli.line_editing import completion
from dynalint.syntax import is_open

MODULE = """
variable "name" { default = "orders" }
variable "secret" {
  default   = "s3cr3t"
  sensitive = true
}
locals { items = tolist(["a"]) }
resource "terraform_data" "t" {}
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "main.tf").write_text(MODULE, encoding="utf-8")
    return tmp_path


def console(root: Path, text: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "dynalint", "console", str(root), *arguments]
    return subprocess.run(command, input=text, capture_output=True, text=True, check=False)


def answers(root: Path, lines: list[str], *arguments: str) -> list[Any]:
    done = console(root, "".join(f"{line}\n" for line in lines), "--format", "jsonl", *arguments)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_answers_each_json_line_in_order(root: Path) -> None:
    lines = [json.dumps(text) for text in ("1 + 1", "var.name", "local.items", "terraform_data.t.id", "type(var.name)")]
    expected: list[Any] = [2, "orders", ["a"], {"__unknown__": True}, "string"]
    assert answers(root, lines) == [{"value": value} for value in expected]


def test_goes_on_after_lines_without_an_answer(root: Path) -> None:
    lines = [
        "no JSON",
        "",
        "7",
        '"1 +"',
        '"local.none"',
        '"\\ud800"',
        '"1 / 0"',
        '"[for i in range(1000) : range(1000)]"',
    ]
    *refused, last = answers(root, [*lines, '"true"'])
    assert all(list(answer) == ["error"] for answer in refused)
    assert last == {"value": True}


def test_answers_while_the_other_side_still_writes(root: Path) -> None:
    command = [sys.executable, "-m", "dynalint", "console", str(root), "--format", "jsonl"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin
        assert process.stdout
        for number in range(3):
            process.stdin.write(f'"{number}"\n')
            process.stdin.flush()
            assert json.loads(process.stdout.readline()) == {"value": number}
        process.stdin.close()


def test_hides_what_is_sensitive_unless_asked(root: Path) -> None:
    lines = ['"var.secret"', '"[var.secret]"']
    assert answers(root, lines)[0] == {"value": {"__sensitive__": True}}
    assert answers(root, lines, "--show-sensitive")[1] == {"value": ["s3cr3t"]}
    assert console(root, "var.secret\n").stdout == "(sensitive value)\n"


def test_takes_inputs_as_terraform_does(root: Path) -> None:
    assert answers(root, ['"var.name"'], "--var", "name=users") == [{"value": "users"}]


def test_prints_values_in_the_notation_of_terraform(root: Path) -> None:
    done = console(root, 'local.items\n{ a = "x\\ny", b = terraform_data.t.id }\n')
    assert (
        done.stdout
        == """tolist([
  "a",
])
{
  "a" = <<-EOT
  x
  y
  EOT
  "b" = (known after apply)
}
"""
    )


def test_says_which_lines_had_no_answer(root: Path) -> None:
    done = console(root, "local.none\n1\n")
    assert (done.returncode, done.stdout) == (1, "1\n")
    assert done.stderr.startswith("error: there is no local value 'none'")


def test_keeps_a_text_from_moving_the_cursor(root: Path) -> None:
    assert console(root, '"a\\nb\\u001b[2J"\n').stdout == "<<EOT\na\nb\\x1b[2J\nEOT\n"


@pytest.mark.parametrize("text", ["[\n", "{ a = (\n", '"${\n', "merge({},\n"])
def test_an_open_bracket_lets_an_expression_go_on(text: str) -> None:
    assert is_open(text)


@pytest.mark.parametrize("text", ["1\n", "[1]\n", '"(\n', ")\n", "'\n"])
def test_anything_else_ends_with_the_line(text: str) -> None:
    assert not is_open(text)


def test_completes_names() -> None:
    names = ["local.items", "var.name", "var.secret"]
    assert [completion(names, "var.", at) for at in range(3)] == ["var.name", "var.secret", None]

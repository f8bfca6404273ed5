"""Names, values and texts of a repository act in no output: not in a terminal, a log, a page or a diagram."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
from html.parser import HTMLParser
from types import SimpleNamespace
from xml.etree import ElementTree as ET

import pytest

from dynalint.reports import FORMATS
from tests.cli.test_diff import git
from tests.command_line import UNRECOVERABLE, Cli

posix = pytest.mark.skipif(sys.platform == "win32", reason="names that Windows has not")

ODD = (
    "a\nb::error file=x::owned",
    "esc\x1b]0;title\x07\x1b[31m\x9b31m",
    "bidi\u202etxt.ft\u2066\u200f",
    '<script>alert(1)</script><img src=x onerror="alert(1)">',
    "[link](https:javascript:x)|`code`|<b>|\\",
    "[bold red]m[/][/x][link=file:x]l[/link]",
    "##vso[task.complete]##[error]",
    "%0A::set-output name=x::y",
    "::error::owned",
    "]]> --> <!-- <![CDATA[ &amp; \"' ${{ github.token }}",
    "@someone #1 :tada: https:x",
)
ACTING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
COMMAND = re.compile(r"^\s*::|##vso\[|##\[")
"""What GitHub takes for a command at the start of a line, and Azure Pipelines anywhere in it."""
OWN = dict.fromkeys(FORMATS, ("\0",)) | {
    "github": ("::error ", "::warning ", "::notice ", "::group::", "::endgroup::"),
    "azure": ("##vso[task.logissue ",),
}

TABLE = """
resource "aws_dynamodb_table" "t" {{
  for_each = toset({odd})
  name     = each.key
  hash_key = each.key

  attribute {{
    name = each.value
    type = "S"
  }}

  attribute {{
    name = "unused"
    type = each.value
  }}

  global_secondary_index {{
    name            = each.key
    hash_key        = each.key
    projection_type = each.key
  }}

  tags = {{ "${{each.key}}" = each.key }}
}}

resource "aws_iam_policy" "p" {{
  for_each    = toset({odd})
  name        = each.key
  description = each.key
  policy = jsonencode({{
    Statement = [{{
      Sid       = each.key
      Effect    = each.key
      Action    = ["dynamodb:*", each.key]
      Resource  = ["arn:aws:dynamodb:*:*:table/${{each.key}}", each.key]
      Condition = {{ "${{each.key}}" = {{ "${{each.key}}" = each.key }} }}
    }}]
  }})
}}

output "o" {{
  description = {first}
  value       = {odd}
}}
"""


@pytest.fixture
def repository(cli: Cli) -> Cli:
    """Odd values everywhere, and where the system has them odd names of files and directories."""
    listed = "[" + ", ".join(json.dumps(text).replace("${", "$${").replace("%{", "%%{") for text in ODD) + "]"
    cli.write(
        {
            "main.tf": TABLE.format(odd=listed, first=json.dumps(ODD[1])),
            "raw.tf": "# dynalint: ignore[\x1b[31m] ##[error] \u202e\n/*\n::error::owned\n*/\n" + UNRECOVERABLE,
            "heredoc.tf": "locals {\n  a = <<E\n::error::owned\n\x1b[31m${nothing.there}\nE\n  b = local.a + 1\n}\n",
            "broken.tf": f'locals {{\n  a = "{ODD[1]}{ODD[2]}" "::error::" 1\n}}\n',
        }
    )
    for name in (name.replace("/", "") for name in ODD) if sys.platform != "win32" else ():
        cli.write({f"{name}/main.tf": UNRECOVERABLE, f"{name}.tf": f"locals {{\n  a = {json.dumps(name)} 1\n}}\n"})
    return cli


def acting(text: str, own: tuple[str, ...] = ("\0",)) -> list[str]:
    """The lines that do something."""
    return [
        line for line in text.split("\n") if ACTING.search(line) or (COMMAND.search(line) and not line.startswith(own))
    ]


@pytest.mark.parametrize("format_", FORMATS)
def test_no_format_acts(repository: Cli, format_: str) -> None:
    done = repository("check", "-o", format_, "-vv", "--statistics")
    assert done.returncode == 1, done.stderr
    assert acting(done.stdout, OWN[format_]) == []
    assert acting(done.stderr) == []
    if format_ in ("junit", "checkstyle"):
        assert ET.fromstring(done.stdout).tag  # noqa: S314 - written by the line above
    if format_ in ("json", "sarif", "gitlab"):
        assert json.loads(done.stdout)


COMMANDS = (
    ("check", "-q"),
    ("check", "--fix", "--diff", "--show-fixes", "-vv"),
    ("inspect",),
    ("inspect", "--format", "json"),
    ("graph", "--format", "mermaid"),
    ("graph", "--format", "dot"),
    ("graph", "--format", "svg"),
    ("report", "-o", "-"),
    ("init",),
    ("migrate-ignores", "--diff"),
    ("check", "--add-ignores", "why\x1b[31m", "--diff"),
)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_no_command_acts(repository: Cli, command: tuple[str, ...]) -> None:
    done = repository(*command)
    assert done.returncode in (0, 1, 2), done.stderr
    assert "dynalint failed" not in done.stderr
    assert acting(done.stdout) == []
    assert acting(done.stderr) == []


class Elements(HTMLParser):
    """The elements and attributes of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.links: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes.update(name for name, _ in attrs)
        self.links.update(value or "" for name, value in attrs if name in ("href", "src", "xlink:href", "action"))


def test_the_page_is_made_of_its_own_elements_alone(repository: Cli) -> None:
    page = Elements(repository("report", "-o", "-").stdout)
    assert page.tags.isdisjoint({"script", "img", "iframe", "object", "embed", "base", "form", "link"})
    assert not [name for name in page.attributes if name.startswith("on")]
    assert not [link for link in page.links if not link.startswith(("#", "https://dynalint.dev/", "https://docs.aws"))]


def test_the_picture_is_made_of_its_own_elements_alone(repository: Cli) -> None:
    done = repository("graph", "--format", "svg")
    names = {element.tag.rpartition("}")[2] for element in ET.fromstring(done.stdout).iter()}  # noqa: S314 - as above
    assert names.isdisjoint({"script", "foreignObject", "image", "use", "a", "animate", "set"})


def test_a_baseline_shows_names_as_they_are(repository: Cli) -> None:
    for command in ("create", "show", "update"):
        done = repository("baseline", command, "--baseline", "b.json")
        assert done.returncode == 0, done.stderr
        assert acting(done.stdout + done.stderr) == []
    entry = {"rule": "\x1b[31m\n::error::x", "address": "\x9b\u202e", "attribute": ""}
    repository.write({"b.json": json.dumps({"version": 1, "entries": [entry]})})
    done = repository("baseline", "show", "--baseline", "b.json")
    assert (done.returncode, acting(done.stdout + done.stderr)) == (0, [])


def test_a_comparison_shows_names_as_they_are(repository: Cli) -> None:
    git(repository.home, "init", "-q", "-b", "main")
    git(repository.home, "add", "main.tf", "raw.tf")
    git(repository.home, "commit", "-q", "-m", "x")
    for name in ("main.tf", "raw.tf"):
        path = repository.home / name
        path.write_text(path.read_text(encoding="utf-8").replace("hash_key", "range_key"), encoding="utf-8")
    for arguments in (
        ("diff", "-vv"),
        ("diff", "-o", "markdown"),
        ("check", "--since", "HEAD", "-vv"),
        ("diff", ODD[1]),
    ):
        done = repository(*arguments)
        assert "dynalint failed" not in done.stderr
        assert acting(done.stdout) + acting(done.stderr) == []


@posix
@pytest.mark.parametrize("name", ODD)
def test_faults_name_files_as_they_are(cli: Cli, name: str) -> None:
    place = name.replace("/", "")
    cli.write({f"{place}/main.tf": UNRECOVERABLE, f"{place}/dynalint.toml": f"{json.dumps(place)} = 1\n"})
    commands: tuple[tuple[str, ...], ...] = (
        ("check", place),
        ("config", place),
        ("check", f"{place}/no.tf"),
        ("check", ".", "-o", f"json={place}"),
        ("check", ".", "--baseline", f"{place}/x"),
        ("check", ".", "--rules", place),
        ("check", ".", "--plan", place),
        ("check", ".", "--env", place),
        ("check", ".", "--select", place),
        ("check", ".", "-o", place),
        ("graph", f"{place}/no"),
        ("report", f"{place}/no"),
        ("inspect", f"{place}/no"),
        ("diff", place),
    )
    for command in commands:
        done = cli(*command)
        assert done.returncode == 2, command
        assert done.stderr.count("\n") == 1
        assert "dynalint failed" not in done.stderr
        assert acting(done.stdout + done.stderr) == []


@posix
def test_settings_are_shown_as_they_are(cli: Cli) -> None:
    texts = ", ".join(json.dumps(text) for text in ODD)
    cli.write({f"{ODD[1].replace('/', '')}/dynalint.toml": f"exclude = [{texts}]\n[severity]\n"})
    done = cli("config", ODD[1].replace("/", ""))
    assert done.returncode == 0, done.stderr
    assert acting(done.stdout + done.stderr) == []
    assert done.stdout.count("\n") == cli("config", "--isolated").stdout.count("\n")


def test_the_console_answers_as_it_is(repository: Cli) -> None:
    lines = '"\\u001b[31m\\u202e\\n::error::x"\nnothing.\x1b[31m\n"\x1b[31m" + 1\nlocal.\u202e\n'
    done = repository.python(
        "-c",
        f"import io, sys; sys.stdin = io.TextIOWrapper(io.BytesIO({lines.encode()!r}));"
        "from dynalint.cli import main; main()",
        "console",
    )
    assert done.returncode == 1
    assert acting(done.stdout + done.stderr) == []


@posix
def test_a_diff_names_files_so_that_git_applies_it(cli: Cli) -> None:
    for name in ODD:
        cli.write({f"{name.replace('/', '')}/main.tf": UNRECOVERABLE})
    shown = cli("check", "--fix", "--diff").stdout
    assert acting(shown) == []
    subprocess.run(("git", "apply", "-"), cwd=cli.home, input=shown, encoding="utf-8", check=True)
    assert cli("check").returncode == 0


def test_a_diff_in_a_terminal_shows_lines_as_they_are(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    cli.write({"main.tf": UNRECOVERABLE.removesuffix("}\n") + f"  # {ODD[1]} {ODD[2]} /*\n/*\n\t{ODD[8]}\n*/\n}}\n"})
    raw = cli("check", "--fix", "--diff").stdout
    terminal = SimpleNamespace(stdout=SimpleNamespace(isatty=lambda: True), stderr=io.StringIO())
    monkeypatch.setattr("dynalint.cli.fixing.sys", terminal)
    assert acting(raw)
    assert acting(cli("check", "--fix", "--diff").stdout) == []

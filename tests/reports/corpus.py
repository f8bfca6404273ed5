"""Configurations to report on: all that the fixtures hold, and some with names and texts that few would think of.

Each is checked once in a run of the tests, by every rule there is.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from dynalint.discovery import discover
from dynalint.engine import Request, check
from dynalint.evaluation.inputs import Inputs
from dynalint.findings import Report
from dynalint.masking import masked
from dynalint.packs import infos_of, load_rules
from dynalint.reports import RenderOptions
from dynalint.settings import everywhere
from tests.command_line import TABLE, UNRECOVERABLE

FIXTURES = Path(__file__).parent.parent / "fixtures"
GROUPS = (
    "adapters/terraform-aws-modules-dynamodb-table",
    "changes",
    "conformance",
    "evaluation",
    "golden",
    "good-practice",
    "provider-cases",
)
TODAY = date(2026, 1, 1)
POLICY = """\
data "aws_iam_policy_document" "all" {
  statement {
    actions   = ["dynamodb:*"]
    resources = ["*"]
  }
}
"""
SWITCHED_OFF = 'variable "recovery" {\n  default = true\n}\n' + TABLE.replace(
    "enabled = true", "enabled = var.recovery"
)
SPOILT = 'resource "aws_dynamodb_table" "x" {\n  name = "x\n}\n'

NAMES = (
    "a\nb::error file=x::owned",
    "esc\x1b]0;title\x07\x1b[31m",
    "bidi\u202etxt.ft",
    "<script>alert(1)<!--",
    "[link](https:javascript:x)|`code` **bold**",
    "##vso[task.complete];x=y]",
    "%0A::set-output name=x::y %25 %3B",
    "::error::owned",
    "a,b:c;d=e",
    "&amp; ]]> \"quoted\" 'x'",
    "ünï 𐐀 表 sp ace",
    "trailing ",
    "-o",
    "$HOME `id` #12 @team",
)
"""Names of directories and files that mean something to one consumer or another."""

TEXTS: Mapping[str, Mapping[str, str | bytes]] = {
    "CR LF": {"main.tf": UNRECOVERABLE.replace("\n", "\r\n")},
    "CR LF, and no end of the last line": {"main.tf": UNRECOVERABLE.replace("\n", "\r\n").rstrip()},
    "CR LF in what is to be changed": {
        "main.tf": SWITCHED_OFF,
        "terraform.tfvars": b"# for now\r\nrecovery = false\r\n",
    },
    "a byte order mark": {"main.tf": b"\xef\xbb\xbf" + UNRECOVERABLE.encode()},
    "a byte order mark and all on one line": {
        "main.tf": b'\xef\xbb\xbfresource "aws_dynamodb_table" "x" { hash_key = "\xf0\x90\x90\x80" }'
    },
    "signs of two units before the fault": {
        "main.tf": TABLE.replace("{\n    enabled = true\n  }", "{\n    /* 𐐀é */ enabled = false # 𐐀\n  }")
    },
    "tabs": {"main.tf": UNRECOVERABLE.replace("  ", "\t")},
    "no UTF-8": {"main.tf": UNRECOVERABLE.encode().replace(b"orders", b"\xff\xfe")},
    "no UTF-8 in a comment": {"main.tf": b"# caf\xe9\n" + UNRECOVERABLE.encode()},
    "signs that act": {
        "main.tf": UNRECOVERABLE.replace('"orders"\n', '"a\\u001b[31m\\u0000\\u202e\\n::error::x]]>"\n')
    },
    "half a pair": {
        "main.tf.json": '{"resource": {"aws_dynamodb_table": {"a": {"name": "\\ud800", "hash_key": "\\udc00"}}}}'
    },
    "escapes of all kinds": {
        "main.tf": UNRECOVERABLE.replace('"orders"\n', '"100% ; ] , : | < & \\" %0A %25 %AZP25 %3B"\n')
    },
    "keys of all kinds": {
        "main.tf": UNRECOVERABLE.replace(
            "{\n", '{\n  for_each = toset(["a|b", "[x](y)", "##vso[x]", "]", "%0A", "a\\"b", "<b>", "é𐐀"])\n', 1
        )
    },
    "JSON": {
        "main.tf.json": '{"resource": {"aws_dynamodb_table": {"a": {\n"name": "a", "hash_key": "id"}}}}',
        "policy.tf": POLICY,
    },
    "broken": {"main.tf": UNRECOVERABLE, "broken.tf": SPOILT},
    "broken and empty": {"broken.tf": "", "other.tf": "{"},
    "comments that hide": {
        "main.tf": "# dynalint: ignore[DYN201] <b>a | cache</b> ::error::x ]]> 100%\n" + UNRECOVERABLE + POLICY
    },
    "many": {"main.tf": "".join(UNRECOVERABLE.replace('"orders" {', f'"orders{number}" {{') for number in range(40))},
    "undecided": {"main.tf": 'variable "on" {}\n' + TABLE.replace("enabled = true", "enabled = var.on")},
}
"""Texts of files, by what is odd about them."""


@dataclass(frozen=True)
class Checked:
    """A configuration and what was found in it. ``top`` is where its repository begins."""

    name: str
    home: Path
    top: Path
    report: Report

    @property
    def options(self) -> RenderOptions:
        return RenderOptions(str(self.home), str(self.top), self.name, "1.2.3", include_suppressed=True)


@cache
def fixtures() -> tuple[Checked, ...]:
    """What is in the folders of fixtures."""
    return tuple(checked(path.relative_to(FIXTURES).as_posix(), path, FIXTURES) for path in _folders())


def _folders() -> Iterator[Path]:
    for group in GROUPS:
        for folder in sorted(FIXTURES.glob(group)):
            yield from (path for path in sorted(folder.iterdir()) if path.is_dir() and path.name != "variants")


def hostile(top: Path) -> tuple[Checked, ...]:
    """What no fixture could be called, written below ``top``."""
    made = {f"text {what}": {f"infra/{name}": text for name, text in files.items()} for what, files in TEXTS.items()}
    made |= {
        f"name {number}": {f"{name}/main.tf": UNRECOVERABLE + POLICY, f"{name}/{name}.tf": SPOILT}
        for number, name in enumerate(name.replace("/", "") for name in NAMES)
    }
    for where, files in made.items():
        for name, text in files.items():
            path = top / where / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
    made["name no text"] = {}
    (top / "name no text").mkdir()
    with open(os.path.join(os.fsencode(top / "name no text"), b"\xff.tf"), "wb") as stream:  # noqa: PTH118, PTH123 - bytes
        stream.write(UNRECOVERABLE.encode())
    return tuple(checked(where, top / where, top / where) for where in made)


def checked(name: str, home: Path, top: Path) -> Checked:
    """The configuration in a directory, with what a run of ``dynalint check`` would write of it."""
    rules = load_rules()
    request = Request(everywhere(rules, frozenset(info.code for info in infos_of(rules))), Inputs(), TODAY)
    return Checked(name, home, top, masked(check(discover([str(home)]), request)))

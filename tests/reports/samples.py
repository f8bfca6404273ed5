"""Reports to render in tests: files held in memory, and findings placed by the text they point at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from dynalint.findings import (
    Edit,
    Finding,
    Fix,
    Report,
    RuleInfo,
    Severity,
    Step,
    Summary,
    Suppressed,
    UndecidedCheck,
)
from dynalint.reports import RenderOptions
from dynalint.syntax.source import Source, Span

BASE = "/repo"
OPTIONS = RenderOptions(base=BASE, git_root=BASE, root_label="infra", tool_version="1.2.3")

PAGE = """{summary}

## Why it matters

Nobody can undo what happened to the data.

## Non-compliant

```hcl
resource "aws_dynamodb_table" "orders" {{ #~ {code}
  name = "orders"
}}
```

## Compliant

```hcl
resource "aws_dynamodb_table" "orders" {{
  name = "orders"
}}
```

## References

- [Working with tables](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/WorkingWithTables.html)
"""


def rule_info(
    code: str, name: str, severity: Severity = Severity.ERROR, summary: str = "", tags: tuple[str, ...] = ()
) -> RuleInfo:
    summary = summary or name.replace("-", " ").capitalize() + "."
    return RuleInfo(code, name, severity, summary, PAGE.format(summary=summary, code=code), tags=tags)


KEY = rule_info("DYN101", "key-attribute-undefined", summary="A key of the table is declared by no attribute.")
PITR = rule_info("DYN201", "point-in-time-recovery-missing", summary="Point-in-time recovery is off.")
PITR_OFF = rule_info("DYN202", "point-in-time-recovery-disabled", summary="Point-in-time recovery is switched off.")
SCAN = rule_info("DYN401", "iam-scan-broad", Severity.WARNING, "A policy grants Scan too widely.")
TAGS = rule_info("DYN601", "tags-missing", Severity.NOTE, "The table has no tags.")
UNREADABLE = rule_info("DYN001", "file-unreadable", summary="A file cannot be read or parsed.")
LOOKED_AT = Summary(files=3, roots=1, modules=2, tables=4, policies=1)
RULES = (UNREADABLE, KEY, PITR, PITR_OFF, SCAN, TAGS)


@dataclass(frozen=True)
class Files:
    """Sources by their path from the base, and spans in them."""

    texts: Mapping[str, str | bytes]
    sources: dict[str, Source] = field(init=False)

    def __post_init__(self) -> None:
        made = {}
        for name, text in self.texts.items():
            data = text.encode() if isinstance(text, str) else text
            made[f"{BASE}/{name}"] = Source(f"{BASE}/{name}", data)
        object.__setattr__(self, "sources", made)

    def span(self, name: str, text: str, after: str = "") -> Span:
        """The first occurrence of ``text`` in a file, behind that of ``after``."""
        data = self.sources[f"{BASE}/{name}"].data
        start = data.index(text.encode(), data.index(after.encode()))
        return Span(f"{BASE}/{name}", start, start + len(text.encode()))


def report_of(
    files: Files,
    *findings: Finding,
    undecided: tuple[UndecidedCheck, ...] = (),
    suppressed: tuple[Suppressed, ...] = (),
    rules: tuple[RuleInfo, ...] = RULES,
    summary: Summary = LOOKED_AT,
    hidden: int = 0,
) -> Report:
    return Report(findings, undecided, suppressed, summary, rules, files.sources, hidden)


MAIN = """\
resource "aws_dynamodb_table" "orders" {
  name         = "orders"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = var.key

  attribute {
    name = "pk"
    type = "S"
  }
}

resource "aws_dynamodb_table" "events" {
  for_each = var.streams
  name     = "events-${each.key}"
  hash_key = "pk"
  point_in_time_recovery { enabled = var.pitr }
}

module "sessions" {
  source = "./modules/sessions"
  pitr   = var.pitr
}
"""
VARIABLES = """\
variable "key" {
  type    = string
  default = "id"
}

variable "pitr" {
  type    = bool
  default = true
}
"""
TFVARS = 'key = "order_id"\npitr = false\n'
SESSIONS = """\
resource "aws_dynamodb_table" "this" {
  # dynalint: ignore[DYN601] a cache
}
"""
POLICY = """\
data "aws_iam_policy_document" "reader" {
  statement {
    actions   = ["dynamodb:GetItem", "dynamodb:*"]
    resources = ["*"]
  }
}
"""
FILES = Files(
    {
        "infra/main.tf": MAIN,
        "infra/variables.tf": VARIABLES,
        "infra/prod.auto.tfvars": TFVARS,
        "infra/policy.tf": POLICY,
        "infra/broken.tf": 'resource "aws_dynamodb_table" "x" {\n  name = "x\n}\n',
        "infra/modules/sessions/main.tf": SESSIONS,
    }
)


def unreadable() -> Finding:
    place = FILES.span("infra/broken.tf", '"x', after="name =")
    return Finding(UNREADABLE, Severity.ERROR, "this string has no end", place, label="the string begins here")


def key_undefined() -> Finding:
    at = MAIN.index("}\n\nresource")
    return Finding(
        KEY,
        Severity.ERROR,
        'the hash key of table "orders" is "order_id", which no attribute declares: plan will refuse it',
        FILES.span("infra/main.tf", "var.key"),
        ("aws_dynamodb_table.orders",),
        trace=(
            Step(FILES.span("infra/main.tf", '"pk"'), "the only attribute declared"),
            Step(FILES.span("infra/prod.auto.tfvars", '"order_id"'), "value of var.key"),
            Step(FILES.span("infra/variables.tf", '"id"'), "default of var.key, not used"),
        ),
        help='declare "order_id" in an attribute block',
        label='"order_id"',
        argument="hash_key",
        fix=Fix(
            "declare the key",
            (
                Edit(
                    Span(f"{BASE}/infra/main.tf", at, at), '  attribute {\n    name = "order_id"\n    type = "S"\n  }\n'
                ),
            ),
            safe=False,
        ),
    )


def pitr_missing() -> Finding:
    block = "\n  point_in_time_recovery {\n    enabled = true\n  }\n"
    at = MAIN.index("}\n\nresource")
    return Finding(
        PITR,
        Severity.ERROR,
        'table "orders" cannot be restored to a point in time',
        FILES.span("infra/main.tf", 'resource "aws_dynamodb_table" "orders"'),
        ("aws_dynamodb_table.orders",),
        help="add the block",
        label="has no point_in_time_recovery block",
        argument="point_in_time_recovery",
        fix=Fix("add the block", (Edit(Span(f"{BASE}/infra/main.tf", at, at), block),)),
    )


def pitr_disabled() -> Finding:
    return Finding(
        PITR_OFF,
        Severity.ERROR,
        "point-in-time recovery is switched off",
        FILES.span("infra/main.tf", "var.pitr"),
        tuple(f'aws_dynamodb_table.events["{name}"]' for name in "abcdefghijklmnopqrst"),
        trace=(Step(FILES.span("infra/prod.auto.tfvars", "false"), "value of var.pitr"),),
        help="set it to true",
        label="false",
        argument="point_in_time_recovery.enabled",
        fix=Fix("set it to true", (Edit(FILES.span("infra/prod.auto.tfvars", "false"), "true"),)),
    )


def scan_broad() -> Finding:
    return Finding(
        SCAN,
        Severity.WARNING,
        "dynamodb:* on every table lets its holder read and delete all data",
        FILES.span("infra/policy.tf", '"dynamodb:*"'),
        ("data.aws_iam_policy_document.reader",),
        trace=(Step(FILES.span("infra/policy.tf", '["*"]'), "every table of the account"),),
        help="name the actions and the tables",
        label="all actions",
        argument="statement.0.actions",
    )


def tags_missing(latent: bool = True) -> Finding:
    return Finding(
        TAGS,
        Severity.NOTE,
        "the table may end up without tags",
        FILES.span("infra/modules/sessions/main.tf", 'resource "aws_dynamodb_table" "this"'),
        ("module.sessions.aws_dynamodb_table.this",),
        trace=(Step(FILES.span("infra/main.tf", 'module "sessions"'), 'called as module "sessions"'),),
        argument="tags",
        latent=latent,
    )


def undecided_pitr() -> UndecidedCheck:
    return UndecidedCheck(
        PITR,
        "var.pitr has no default",
        FILES.span("infra/main.tf", "var.pitr", after="module"),
        ("module.sessions.aws_dynamodb_table.this",),
        "--var-file prod.tfvars, or --plan",
    )


def suppressed_tags() -> Suppressed:
    comment = FILES.span("infra/modules/sessions/main.tf", "# dynalint: ignore[DYN601] a cache")
    return Suppressed(tags_missing(latent=False), comment, "a cache", "2027-01-31")


def everything() -> Report:
    """One finding of each kind."""
    return report_of(
        FILES,
        unreadable(),
        key_undefined(),
        pitr_missing(),
        pitr_disabled(),
        scan_broad(),
        tags_missing(),
        undecided=(undecided_pitr(),),
        suppressed=(suppressed_tags(),),
    )


def clean() -> Report:
    return report_of(FILES)


HOSTILE = (
    "x\n::error::pwned\r\x1b[31mred\x1b]0;title\x07 [/x] [bold]b\u202e\u2066\u200b ##[error]no ##vso[task.x]y\x9b2J"
)


def hostile() -> tuple[Files, Finding]:
    name = HOSTILE
    files = Files({"a.tf": f'resource "t" "x" {{\n  name = "{HOSTILE}" # {HOSTILE}\n}}\n'})
    span = files.span("a.tf", '"x\n')
    finding = Finding(
        KEY,
        Severity.ERROR,
        f"{name} is wrong",
        span,
        (f'a["{name}"]', "b"),
        trace=(Step(files.span("a.tf", "resource"), name),),
        help=name,
        label=name,
        fix=Fix(name, (Edit(span, name),)),
    )
    return files, finding

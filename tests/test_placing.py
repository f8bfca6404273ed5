import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from dynalint import Severity, Table, Violation
from dynalint.discovery import discover
from dynalint.engine import Request, check
from dynalint.evaluation.inputs import Inputs
from dynalint.findings import Finding, Report, RuleInfo
from dynalint.packs import infos_of
from dynalint.rule import Rule
from dynalint.settings import everywhere

TODAY = date(2026, 6, 15)
SOURCE = "terraform-aws-modules/dynamodb-table/aws"
MODULE = """\
variable "recoverable" {
  default = false
}
resource "aws_dynamodb_table" "t" {
  name = "t"
  point_in_time_recovery {
    enabled = var.recoverable
  }
}
"""
MANIFEST = {"Modules": [{"Key": "orders", "Source": "acme/table/aws", "Dir": ".terraform/modules/orders"}]}


def unrecoverable(table: Table) -> Iterator[Violation]:
    if not table.point_in_time_recovery.enabled.known:
        yield Violation("no recovery", at=table.point_in_time_recovery.enabled, label="off here")


RULE: Rule[Table] = Rule(
    RuleInfo("T1", "unrecoverable", Severity.WARNING, "summary", "documentation"), Table, unrecoverable
)


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DYNALINT_CACHE_DIR", str(tmp_path / ".cache"))


def run(main: str, **files: str) -> Report:
    for name, text in {"main.tf": main, **files}.items():
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(text)
    chosen = frozenset(info.code for info in infos_of((RULE,)))
    return check(discover(["."]), Request(everywhere((RULE,), chosen), Inputs(), TODAY))


def downloaded(arguments: str = "") -> Report:
    call = f'module "orders" {{\n  source = "acme/table/aws"\n{arguments}}}\n'
    path = ".terraform/modules"
    return run(call, **{f"{path}/orders/main.tf": MODULE, f"{path}/modules.json": json.dumps(MANIFEST)})


def not_downloaded(arguments: str = "", version: str = "5.0.0") -> Report:
    return run(
        f'module "orders" {{\n  source = "{SOURCE}"\n  version = "{version}"\n  name = "orders"\n{arguments}}}\n'
    )


def text(report: Report, finding: Finding) -> str:
    return report.sources[finding.span.path].text(finding.span)


def trace(report: Report) -> list[tuple[str, str]]:
    (finding,) = report.findings
    return [(Path(step.span.path).name, step.message) for step in finding.trace]


# --- a module that Terraform downloaded ---------------------------------------------------------------------------


def test_what_a_downloaded_module_decides_stands_at_the_call_with_the_inner_place_in_the_trace() -> None:
    report = downloaded()
    (finding,) = report.findings
    assert text(report, finding) == 'module "orders"'
    inner = next(step for step in finding.trace if step.message == "off here")
    assert inner.span.path.endswith(".terraform/modules/orders/main.tf")
    assert report.sources[inner.span.path].text(inner.span) == "enabled = var.recoverable"


def test_what_an_argument_of_the_call_decides_stands_at_the_argument() -> None:
    report = downloaded("  recoverable = false\n")
    (finding,) = report.findings
    assert text(report, finding) == "recoverable = false"
    assert ("main.tf", "off here") in trace(report)
    assert ("main.tf", "called here as module.orders") not in trace(report)


def test_a_comment_at_the_argument_or_at_the_call_speaks_of_it() -> None:
    for arguments in (
        "  # dynalint: ignore[T1] on purpose\n  recoverable = false\n",
        "  recoverable = false # dynalint: ignore[T1] so\n",
    ):
        report = downloaded(arguments)
        assert report.findings == ()
        assert len(report.suppressed) == 1


# --- a module that is not downloaded ------------------------------------------------------------------------------


def test_a_stand_in_points_at_the_argument_and_says_what_was_assumed() -> None:
    report = not_downloaded("  point_in_time_recovery_enabled = false\n")
    (finding,) = report.findings
    assert (text(report, finding), finding.label) == ("point_in_time_recovery_enabled = false", "off here")
    assumed = f"not downloaded, so it is judged as version 5.0.0 of {SOURCE}"
    assert trace(report) == [("main.tf", f"called here as module.orders; {assumed}")]


def test_a_default_of_a_stand_in_stands_at_the_call() -> None:
    report = not_downloaded()
    (finding,) = report.findings
    assert text(report, finding) == 'module "orders"'
    assert finding.label == "default of var.point_in_time_recovery_enabled"


def test_no_report_holds_the_text_of_a_stand_in() -> None:
    for arguments in ("", "  hash_key = var.nothing\n", "  point_in_time_recovery_enabled = var.who\n"):
        report = not_downloaded(f'{arguments}}}\nvariable "who" {{\n')
        assert [path for path in report.sources if path.startswith("stand-in:")] == []
        assert {check.span.path for check in report.undecided} <= {str(Path("main.tf").resolve())}


def test_a_wrapper_of_the_users_own_is_where_the_trace_begins() -> None:
    call = f'module "t" {{\n  source = "{SOURCE}"\n  version = "5.0.0"\n  name = "t"\n'
    wrapper = f'variable "on" {{}}\n{call}  point_in_time_recovery_enabled = var.on\n}}\n'
    report = run('module "orders" {\n  source = "./wrapper"\n  on = false\n}\n', **{"wrapper/main.tf": wrapper})
    (finding,) = report.findings
    assert text(report, finding) == "point_in_time_recovery_enabled = var.on"
    assert [message for _, message in trace(report)][:1] == ['passed as on by module "orders"']


# --- a module that nobody knows -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "severity"),
    [
        ("acme/dynamodb-table/aws", Severity.WARNING),
        ("git::https://example.com/dynamodb.git?ref=v1", Severity.WARNING),
        ("terraform-aws-modules/vpc/aws", Severity.NOTE),
    ],
)
def test_other_modules_are_reported_louder_where_they_speak_of_dynamodb(source: str, severity: Severity) -> None:
    report = run(f'module "it" {{\n  source = "{source}"\n}}\n')
    (finding,) = report.findings
    assert (finding.rule.code, finding.severity) == ("DYN004", severity)
    assert "terraform get" in finding.help
    assert "--plan" in finding.help


@pytest.mark.parametrize("version", ["0.1.0", "~> 9.0"])
def test_a_version_that_the_stand_in_does_not_cover_is_undecided_and_says_so(version: str) -> None:
    report = not_downloaded(version=version)
    assert [item.rule.code for item in report.findings] == ["DYN004"]
    assert "1.0.0 to 5.5.0" in report.findings[0].message

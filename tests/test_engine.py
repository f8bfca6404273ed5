from collections.abc import Callable, Iterator
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
KEY = '  hash_key = "id"\n  attribute {\n    name = "id"\n    type = "S"\n  }\n'
TABLE = f'resource "aws_dynamodb_table" "orders" {{\n  name = "orders"\n{KEY}}}\n'

Check = Callable[[Table], Iterator[Violation]]


def rule(check: Check, code: str = "T1", *, latent: bool = False) -> Rule[Table]:
    name = check.__name__.replace("_", "-")
    return Rule(RuleInfo(code, name, Severity.WARNING, "summary", "documentation"), Table, check, latent)


def table_seen(table: Table) -> Iterator[Violation]:
    yield Violation("a table is here", at=table)


def name_seen(table: Table) -> Iterator[Violation]:
    if table.name.known:
        yield Violation("a name is here", at=table.name)


def raises(table: Table) -> Iterator[Violation]:
    raise RuntimeError(f"cannot\nread {table.address}")


SEEN, NAMED, RAISES = rule(table_seen), rule(name_seen, "T2"), rule(raises, "T3")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DYNALINT_CACHE_DIR", str(tmp_path / ".cache"))
    return tmp_path


def run(
    files: dict[str, str],
    *rules: Rule[Table],
    paths: tuple[str, ...] = (".",),
    inputs: tuple[tuple[str, str], ...] = (),
    comments: bool = True,
) -> Report:
    for name, text in files.items():
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(text)
    chosen = frozenset(info.code for info in infos_of(rules) if not info.opt_in)
    return check(discover(paths), Request(everywhere(rules, chosen), Inputs(inputs), TODAY, comments))


def place(report: Report, finding: Finding) -> str:
    source = report.sources[finding.span.path]
    return f"{Path(finding.span.path).name}:{source.line_at(finding.span.start)}"


def said(report: Report) -> list[str]:
    return [f"{item.rule.code} {place(report, item)}" for item in report.findings]


pytestmark = pytest.mark.usefixtures("project")


# --- verdicts -----------------------------------------------------------------------------------------------------


def test_a_violation_becomes_a_finding_with_address_argument_and_one_line() -> None:
    report = run({"main.tf": TABLE}, NAMED)
    (finding,) = report.findings
    assert (finding.addresses, finding.argument) == (("aws_dynamodb_table.orders",), "name")
    assert report.sources[finding.span.path].text(finding.span) == 'name = "orders"'
    assert finding.trace == ()


def test_an_argument_over_several_lines_is_pointed_at_on_its_first() -> None:
    report = run({"main.tf": TABLE.replace('"orders"\n', 'join("", [\n    "orders",\n  ])\n')}, NAMED)
    (finding,) = report.findings
    assert report.sources[finding.span.path].text(finding.span) == 'name = join("", ['


def test_the_trace_ends_at_what_decides() -> None:
    variable = 'variable "name" {\n  default = "orders"\n}\n'
    report = run({"main.tf": TABLE.replace('name = "orders"', "name = var.name") + variable}, NAMED)
    (step, *_) = report.findings[0].trace
    assert report.sources[step.span.path].text(step.span).endswith('"orders"')


def test_a_rule_that_raises_is_reported_and_the_others_go_on() -> None:
    report = run({"main.tf": TABLE}, RAISES, SEEN)
    assert said(report) == ["DYN003 main.tf:1", "T1 main.tf:1"]
    message = report.findings[0].message
    assert message == (
        "rule T3 raises failed on aws_dynamodb_table.orders with RuntimeError: cannot read aws_dynamodb_table.orders"
    )


def test_a_rule_that_raises_again_and_again_is_reported_once_with_how_often() -> None:
    other = TABLE.replace('"orders"', '"carts"')
    report = run({"b.tf": TABLE, "a.tf": other + TABLE.replace('"orders"', '"items"')}, RAISES)
    (finding,) = report.findings
    assert said(report) == ["DYN003 a.tf:1"]
    assert finding.message == (
        "rule T3 raises failed on aws_dynamodb_table.carts with RuntimeError: cannot read aws_dynamodb_table.carts"
        " (and on 2 other objects)"
    )
    assert [(step.span.path[-4:], step.message) for step in finding.trace] == [("b.tf", "here too")]
    assert finding.severity is Severity.ERROR


def test_equal_addresses_of_two_modules_are_two_objects_on_which_a_rule_fails() -> None:
    (finding,) = run({"a/main.tf": TABLE, "b/main.tf": TABLE}, RAISES).findings
    assert finding.message.endswith(" (and on 1 other object)")


def test_rules_that_fail_are_reported_each_and_so_are_other_ways_to_fail() -> None:
    def sometimes(table: Table) -> Iterator[Violation]:
        if table.name.known == "orders":
            raise KeyError(table.address)
        raise RuntimeError(table.address)
        yield

    report = run({"main.tf": TABLE + TABLE.replace('"orders"', '"carts"')}, RAISES, rule(sometimes, "T4"))
    assert sorted(finding.message.partition(":")[0] for finding in report.findings) == [
        "rule T3 raises failed on aws_dynamodb_table.orders with RuntimeError",
        "rule T4 sometimes failed on aws_dynamodb_table.carts with RuntimeError",
        "rule T4 sometimes failed on aws_dynamodb_table.orders with KeyError",
    ]


def test_a_rule_that_yields_something_else_is_reported() -> None:
    def wrong(_: Table) -> Iterator[Violation]:
        yield "text"  # type: ignore[misc]  # on purpose

    assert said(run({"main.tf": TABLE}, rule(wrong))) == ["DYN003 main.tf:1"]


def test_what_is_not_known_is_undecided_once_for_all_objects() -> None:
    files = {
        "main.tf": 'variable "name" {}\n'
        + TABLE.replace('"orders"\n', "var.name\n").replace("{\n", "{\n  count = 2\n", 1)
    }
    report = run(files, NAMED)
    assert report.findings == ()
    (check,) = report.undecided
    assert check.addresses == ("aws_dynamodb_table.orders[0]", "aws_dynamodb_table.orders[1]")
    assert "var.name" in check.reason


# --- merging ------------------------------------------------------------------------------------------------------


def test_all_instances_of_a_place_are_one_finding() -> None:
    report = run({"main.tf": TABLE.replace("{\n", '{\n  for_each = toset(["a", "b"])\n', 1)}, SEEN)
    (finding,) = report.findings
    assert finding.addresses == ('aws_dynamodb_table.orders["a"]', 'aws_dynamodb_table.orders["b"]')


def test_all_calls_of_a_module_are_one_finding_with_the_calls_that_lead_there() -> None:
    calls = "".join(f'module "{name}" {{\n  source = "./table"\n}}\n' for name in ("a", "b"))
    report = run({"main.tf": calls, "table/main.tf": TABLE}, SEEN)
    (finding,) = report.findings
    assert finding.addresses == ("module.a.aws_dynamodb_table.orders", "module.b.aws_dynamodb_table.orders")
    assert [step.message for step in finding.trace] == ["called here as module.a", "called here as module.b"]


def test_several_violations_at_one_place_are_counted() -> None:
    def thrice(table: Table) -> Iterator[Violation]:
        yield from (Violation(f"number {number}", at=table) for number in range(3))

    assert run({"main.tf": TABLE}, rule(thrice)).findings[0].message == "number 0 (and 2 more like this)"


def test_the_worst_severity_speaks() -> None:
    def graded(table: Table) -> Iterator[Violation]:
        severity = Severity.ERROR if table.address.endswith('"b"]') else Severity.NOTE
        yield Violation("graded", at=table, severity=severity)

    files = {"main.tf": TABLE.replace("{\n", '{\n  for_each = toset(["a", "b"])\n', 1)}
    assert run(files, rule(graded)).findings[0].severity is Severity.ERROR


def test_a_finding_in_a_downloaded_module_stands_at_the_call() -> None:
    manifest = (
        '{"Modules":[{"Key":"","Source":"","Dir":"."},{"Key":"t","Source":"x/y/z","Dir":".terraform/modules/t"}]}'
    )
    files = {
        "main.tf": 'module "t" {\n  source = "x/y/z"\n}\n',
        ".terraform/modules/modules.json": manifest,
        ".terraform/modules/t/table.tf": TABLE,
    }
    report = run(files, SEEN)
    assert said(report) == ["T1 main.tf:1"]
    assert report.findings[0].trace[0].span.path.endswith("t/table.tf")


def test_output_does_not_depend_on_the_order_of_files_on_disk() -> None:
    files = {f"{name}/main.tf": TABLE for name in "cab"}
    assert said(run(files, SEEN, NAMED)) == ["T1 main.tf:1", "T2 main.tf:2"] * 3


# --- latent branches ----------------------------------------------------------------------------------------------

CONDITIONAL = 'variable "on" {\n  default = false\n}\n' + TABLE.replace("{\n", "{\n  count = var.on ? 1 : 0\n", 1)


def test_branches_not_taken_are_seen_by_rules_that_ask_for_it() -> None:
    assert run({"main.tf": CONDITIONAL}, SEEN).findings == ()
    (finding,) = run({"main.tf": CONDITIONAL}, rule(table_seen, latent=True)).findings
    assert finding.latent
    assert "var.on" in finding.message


def test_what_is_there_today_speaks_before_what_could_be() -> None:
    call = 'module "t" {\n  source = "./t"\n  on     = true\n}\nmodule "u" {\n  source = "./t"\n}\n'
    (finding,) = run({"main.tf": call, "t/main.tf": CONDITIONAL}, rule(table_seen, latent=True)).findings
    assert not finding.latent
    assert finding.message == "a table is here"


# --- modules and files --------------------------------------------------------------------------------------------

REPOSITORY = {
    "env/main.tf": 'module "t" {\n  source = "../table"\n}\n' + TABLE,
    "table/main.tf": TABLE,
    "other/main.tf": TABLE,
}


def test_only_findings_that_touch_a_named_file_are_shown_and_the_rest_counted() -> None:
    report = run(REPOSITORY, SEEN, paths=("table/main.tf",))
    assert [Path(item.span.path).parent.name for item in report.findings] == ["table"]
    assert report.hidden == 1


def test_a_call_in_a_named_file_shows_what_it_makes() -> None:
    report = run(REPOSITORY, SEEN, paths=("env/main.tf",))
    assert [Path(item.span.path).parent.name for item in report.findings] == ["env", "table"]


def test_modules_that_call_each_other_in_a_circle_are_checked() -> None:
    files = {
        "a/main.tf": TABLE + 'module "b" {\n  source = "../b"\n}\n',
        "b/main.tf": 'module "a" {\n  source = "../a"\n}\n',
    }
    assert "T1 main.tf:1" in said(run(files, SEEN))


def test_a_syntax_fault_costs_only_its_block() -> None:
    report = run({"main.tf": TABLE + 'resource "aws_dynamodb_table" "x" {\n', "other.tf": 'variable "a" {\n'}, SEEN)
    assert said(report) == ["T1 main.tf:1", "DYN001 main.tf:9", "DYN001 other.tf:1"]


def test_modules_that_are_not_there_are_one_finding_a_source() -> None:
    call = 'module "{}" {{\n  source = "example/{}/aws"\n}}\n'
    calls = [("a", "dynamodb"), ("b", "dynamodb"), ("c", "network")]
    report = run({"main.tf": "".join(call.format(*pair) for pair in calls)}, SEEN)
    assert [(item.severity, item.addresses) for item in report.findings] == [
        (Severity.WARNING, ("module.a", "module.b")),
        (Severity.NOTE, ("module.c",)),
    ]


def test_the_summary_counts_what_was_looked_at() -> None:
    summary = run(REPOSITORY, SEEN).summary
    assert (summary.files, summary.roots, summary.modules, summary.tables) == (3, 2, 3, 3)


# --- comments -----------------------------------------------------------------------------------------------------

IGNORE = "# dynalint: ignore[T1] it is known\n"


def test_a_comment_hides_a_finding_and_keeps_its_reason() -> None:
    report = run({"main.tf": IGNORE + TABLE}, SEEN)
    assert report.findings == ()
    (suppressed,) = report.suppressed
    assert (suppressed.reason, suppressed.finding.rule.code) == ("it is known", "T1")


def test_comments_can_be_disregarded() -> None:
    assert said(run({"main.tf": IGNORE + TABLE}, SEEN, comments=False)) == ["T1 main.tf:2"]


@pytest.mark.parametrize(
    "text",
    [
        "# dynalint: ignore[table-seen]\n" + TABLE,
        TABLE.replace("{\n", "{ # dynalint: ignore[T1]\n", 1),
        "# dynalint: file-ignore[T]\nlocals {}\n" + TABLE,
        "# dynalint: ignore[T1]\n" + TABLE.replace("{\n", '{\n  for_each = toset(["a", "b"])\n', 1),
        "# dynalint: ignore[T1, T2]\n# dynalint: ignore[DYN010]\n" + TABLE,
    ],
)
def test_comments_at_the_table_hide(text: str) -> None:
    assert [code for code in said(run({"main.tf": text}, SEEN)) if code.startswith("T1")] == []


def test_a_comment_at_the_call_hides_what_stands_inside_for_this_call_alone() -> None:
    call = 'module "{}" {{\n  source = "./t"\n}}\n'
    report = run({"main.tf": IGNORE + call.format("a") + call.format("b"), "t/main.tf": TABLE}, SEEN)
    assert [item.addresses for item in report.findings] == [("module.b.aws_dynamodb_table.orders",)]
    assert [item.finding.addresses for item in report.suppressed] == [("module.a.aws_dynamodb_table.orders",)]


def test_a_comment_at_an_argument_hides_what_its_value_decides() -> None:
    call = 'module "a" {\n  source = "./t"\n  # dynalint: ignore[T2]\n  name = "x"\n}\n'
    table = 'variable "name" {}\n' + TABLE.replace('"orders"\n', "var.name\n")
    report = run({"main.tf": call, "t/main.tf": table}, NAMED)
    assert (report.findings, len(report.suppressed)) == ((), 1)


@pytest.mark.parametrize(
    ("comment", "code"),
    [
        ("# dynalint: ignore[T2]", "DYN010"),
        ("# dynalint: ignore[T9]", "DYN011"),
        ("# dynalint: ignore[T]", "DYN011"),
        ("# dynalint: ignore everything", "DYN012"),
        ("# dynalint: ignore[T1] until=2026-06-14", "DYN013"),
    ],
)
def test_comments_of_no_use_are_findings_and_hide_nothing(comment: str, code: str) -> None:
    assert said(run({"main.tf": f"{comment}\n{TABLE}"}, SEEN, rule(nothing, "T2"))) == [
        f"{code} main.tf:1",
        "T1 main.tf:2",
    ]


def nothing(_: Table) -> Iterator[Violation]:
    yield from ()


@pytest.mark.parametrize(
    ("until", "codes"), [("2026-06-15", ["DYN013"]), ("2026-06-29", ["DYN013"]), ("2026-06-30", [])]
)
def test_a_comment_holds_through_its_last_day_with_fourteen_days_of_notice(until: str, codes: list[str]) -> None:
    report = run({"main.tf": f"# dynalint: ignore[T1] until={until}\n{TABLE}"}, SEEN)
    assert [item.rule.code for item in report.findings] == codes
    assert all(item.severity is Severity.NOTE for item in report.findings)
    assert [item.until for item in report.suppressed] == [until]


def test_a_comment_is_not_unused_while_its_rule_is_undecided_there() -> None:
    text = 'variable "name" {}\n# dynalint: ignore[T2]\n' + TABLE.replace('"orders"\n', "var.name\n")
    report = run({"main.tf": text}, NAMED)
    assert report.findings == ()
    assert [item.rule.code for item in report.undecided] == ["DYN010"]


def test_a_comment_is_not_unused_at_a_block_without_instances() -> None:
    text = "# dynalint: ignore[T1]\n" + TABLE.replace("{\n", "{\n  count = 0\n", 1)
    report = run({"main.tf": text}, SEEN)
    assert report.findings == ()
    assert [item.rule.code for item in report.undecided] == ["DYN010"]


def test_a_comment_is_not_unused_where_its_rule_does_not_run() -> None:
    report = check_only({"main.tf": "# dynalint: ignore[T2]\n" + TABLE}, {"T1", "DYN010"}, SEEN, NAMED)
    assert [item.rule.code for item in report.findings] == ["T1"]


def check_only(files: dict[str, str], codes: set[str], *rules: Rule[Table]) -> Report:
    for name, text in files.items():
        Path(name).write_text(text)
    return check(discover(["."]), Request(everywhere(rules, frozenset(codes)), Inputs(), TODAY))


def test_a_comment_in_a_module_that_cannot_be_read_whole_is_not_unused() -> None:
    report = run(
        {"main.tf": "# dynalint: ignore[T2]\n" + TABLE, "broken.tf": 'resource "a" "b" {'}, SEEN, rule(nothing, "T2")
    )
    assert said(report) == ["DYN001 broken.tf:1", "T1 main.tf:2"]


def test_a_comment_may_say_that_it_is_unused_at_times() -> None:
    assert said(run({"main.tf": "# dynalint: ignore[T2, DYN010]\n" + TABLE}, rule(nothing, "T2"))) == []


def test_what_cannot_be_ignored_is_not() -> None:
    report = run({"main.tf": "# dynalint: ignore[DYN003]\n" + TABLE}, RAISES)
    assert said(report) == ["DYN010 main.tf:1", "DYN003 main.tf:2"]
    assert "cannot be ignored" in report.findings[0].message


def test_deleting_an_unused_comment_leaves_the_rest_of_the_file() -> None:
    report = run({"main.tf": "locals {}\n  # dynalint: ignore[T2]\n" + TABLE}, rule(nothing, "T2"))
    fix = report.findings[0].fix
    assert fix is not None
    (edit,) = fix.edits
    data = Path("main.tf").read_text()
    assert data[: edit.span.start] + edit.text + data[edit.span.end :] == "locals {}\n" + TABLE


def test_objects_of_one_address_in_two_roots_are_not_several_violations_of_one() -> None:
    def named(table: Table) -> Iterator[Violation]:
        yield Violation(f'table "{table.name.known}"', at=table)

    call = 'module "t" {{\n  source = "../t"\n  name   = "{}"\n}}\n'
    table = 'variable "name" {}\n' + TABLE.replace('"orders"\n', "var.name\n")
    files = {"a/main.tf": call.format("a"), "b/main.tf": call.format("b"), "t/main.tf": table}
    assert [item.message for item in run(files, rule(named)).findings] == ['table "a"']

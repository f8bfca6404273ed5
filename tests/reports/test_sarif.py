from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest

from dynalint.findings import Edit, Finding, Fix, Report, Severity, Step
from dynalint.reports import RenderOptions
from dynalint.reports.sarif import render
from dynalint.syntax.source import Source, Span
from tests.reports.samples import (
    BASE,
    FILES,
    OPTIONS,
    RULES,
    SCAN,
    Files,
    clean,
    everything,
    hostile,
    key_undefined,
    pitr_disabled,
    pitr_missing,
    report_of,
    rule_info,
    scan_broad,
    tags_missing,
    unreadable,
)

MULTITOOL = os.environ.get("DYNALINT_SARIF_MULTITOOL", "")
ID = re.compile(r"[A-Z]{1,8}(?:-?[0-9]{1,6}){0,3}")
JSON = dict[str, Any]


def run_of(report: Report, options: RenderOptions = OPTIONS) -> JSON:
    log = json.loads(render(report, options))
    assert sorted(log) == ["$schema", "runs", "version"]
    (run,) = log["runs"]
    return cast("JSON", run)


def result_of(finding: Finding, files: Files = FILES, options: RenderOptions = OPTIONS) -> JSON:
    (result,) = run_of(report_of(files, finding), options)["results"]
    return cast("JSON", result)


def every(key: str, node: Any) -> Iterator[Any]:
    """Every value under ``key``, at any depth."""
    children = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for name, child in children:
        if name == key:
            yield child
        yield from every(key, child)


@pytest.fixture(scope="module")
def run() -> JSON:
    return run_of(everything(), replace(OPTIONS, include_suppressed=True))


def test_everything_as_sarif(snapshot: Callable[[str, str], None]) -> None:
    snapshot("reports/everything.sarif", render(everything(), OPTIONS))


def test_a_clean_run_sends_an_empty_list_so_that_old_alerts_close() -> None:
    assert run_of(clean())["results"] == []


def test_rules_have_all_that_github_requires(run: JSON) -> None:
    for rule in run["tool"]["driver"]["rules"]:
        assert ID.fullmatch(rule["id"])
        assert re.fullmatch(r"([A-Z][a-z0-9]*)+", rule["name"])
        assert 0 < len(rule["shortDescription"]["text"]) <= 1024
        assert 0 < len(rule["fullDescription"]["text"]) <= 1024
        assert rule["help"]["text"]
        assert rule["helpUri"].startswith("https://")
        assert 0 < len(rule["properties"]["tags"]) <= 10


def test_help_is_the_page_without_the_marks_of_its_tests(run: JSON) -> None:
    markdown = run["tool"]["driver"]["rules"][1]["help"]["markdown"]
    assert '```hcl\nresource "aws_dynamodb_table" "orders" {\n' in markdown
    assert "#~" not in markdown


def test_only_families_3_and_4_raise_security_alerts(run: JSON) -> None:
    ranked = {rule["id"]: rule["properties"] for rule in run["tool"]["driver"]["rules"]}
    assert ranked["DYN401"]["security-severity"] == "5.5"
    assert "problem.severity" not in ranked["DYN401"]
    assert ranked["DYN601"]["problem.severity"] == "recommendation"
    assert [code for code in ranked if "security-severity" in ranked[code]] == ["DYN401"]


def test_long_texts_and_many_tags_are_cut() -> None:
    rule = rule_info("DYN699", "talkative", summary="long " * 400, tags=tuple(map(str, range(30))))
    descriptor = run_of(report_of(FILES, rules=(rule,)))["tool"]["driver"]["rules"][0]
    assert len(descriptor["shortDescription"]["text"]) <= 1024
    assert len(descriptor["properties"]["tags"]) == 10


def test_results_name_their_rule_and_place(run: JSON) -> None:
    rules = run["tool"]["driver"]["rules"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in ("error", "warning", "note")
        assert result["message"]["text"].endswith(".")
        assert len(result["locations"]) == 1
        assert re.fullmatch(r"[0-9a-f]{1,16}:[1-9][0-9]*", result["partialFingerprints"]["primaryLocationLineHash"])


def test_every_location_is_relative_and_on_one_line(run: JSON) -> None:
    for physical in every("physicalLocation", run):
        assert physical["artifactLocation"]["uriBaseId"] == "%SRCROOT%"
        assert re.fullmatch(r"[A-Za-z0-9_.~%-]+(/[A-Za-z0-9_.~%-]+)*", physical["artifactLocation"]["uri"])
        region = physical["region"]
        assert sorted(region) == ["endColumn", "endLine", "startColumn", "startLine"]
        assert region["startLine"] == region["endLine"]
        assert 1 <= region["startColumn"] < region["endColumn"]


def test_the_root_has_no_uri_and_the_run_no_time_or_command(run: JSON) -> None:
    assert run["originalUriBaseIds"] == {"%SRCROOT%": {"description": {"text": "The root of the repository."}}}
    assert run["automationDetails"] == {"id": "dynalint/infra/"}
    assert [*run["invocations"][0]] == ["executionSuccessful", "toolExecutionNotifications"]
    assert run["columnKind"] == "utf16CodeUnits"


def test_columns_are_utf16_units() -> None:
    files = Files({"a.tf": '\ufeffx = "𐐀" + here\n'})
    result = result_of(replace(pitr_missing(), span=files.span("a.tf", "here"), fix=None), files)
    region = result["locations"][0]["physicalLocation"]["region"]
    assert (region["startColumn"], region["endColumn"]) == (12, 16)


def test_paths_start_at_the_top_of_the_repository_and_are_percent_encoded() -> None:
    files = Files({"sub dir/ü[1]#.tf": "a = 1\n"})
    finding = replace(pitr_missing(), span=files.span("sub dir/ü[1]#.tf", "a"), fix=None)
    result = result_of(finding, files, replace(OPTIONS, base=f"{BASE}/sub dir"))
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "sub%20dir/%C3%BC%5B1%5D%23.tf"


def test_links_are_resolved(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "a.tf").write_text("a = 1\n")
    (tmp_path / "link").symlink_to("real")
    path = str(tmp_path / "link" / "a.tf")
    report = replace(clean(), findings=(replace(pitr_missing(), span=Span(path, 0, 1), fix=None),))
    report = replace(report, sources={path: Source(path, b"a = 1\n")})
    assert [*every("uri", run_of(report, replace(OPTIONS, git_root=str(tmp_path)))["results"])] == ["real/a.tf"]


def test_the_trace_becomes_links_and_a_flow_that_ends_at_the_finding() -> None:
    result = result_of(key_undefined())
    assert [location["id"] for location in result["relatedLocations"]] == [1, 2, 3]
    assert "value of var.key ([infra/prod.auto.tfvars:1](2))" in result["message"]["text"]
    flow = result["codeFlows"][0]["threadFlows"][0]["locations"]
    lines = [step["location"]["physicalLocation"]["region"]["startLine"] for step in flow]
    assert lines == [3, 1, 7, 4]


def test_what_the_command_line_sets_is_told_and_has_no_location() -> None:
    steps = (Step(Span("--var pitr", 0, 5), "set by --var pitr"), pitr_disabled().trace[0])
    result = result_of(replace(pitr_disabled(), trace=steps))
    assert [location["id"] for location in result["relatedLocations"]] == [2]
    assert "Where it comes from: set by --var pitr, value of var.pitr ([" in result["message"]["text"]
    assert "relatedLocations" not in result_of(replace(pitr_disabled(), trace=steps[:1]))


def test_a_very_long_trace_is_cut_and_says_so() -> None:
    steps = tuple(Step(Span(f"{BASE}/infra/main.tf", at, at + 1), f"step {at}") for at in range(300))
    result = result_of(replace(key_undefined(), trace=steps))
    assert len(result["relatedLocations"]) == 99
    assert "201 more places are left out here." in result["message"]["text"]


def test_only_so_many_results_are_written_the_worst_of_them() -> None:
    notes = [replace(tags_missing(), message=f"note {number}") for number in range(5_000)]
    run = run_of(report_of(FILES, *notes, pitr_missing(), scan_broad()))
    assert len(run["results"]) == 5_000
    assert [result["ruleId"] for result in run["results"][:2]] == ["DYN201", "DYN401"]
    (notification,) = run["invocations"][0]["toolExecutionNotifications"]
    assert notification["message"]["text"] == "2 results were left out, the least severe ones."


def test_a_fix_replaces_what_it_says() -> None:
    (fix,) = result_of(pitr_disabled())["fixes"]
    (change,) = fix["artifactChanges"]
    assert change["artifactLocation"]["uri"] == "infra/prod.auto.tfvars"
    assert change["replacements"] == [
        {
            "deletedRegion": {"startLine": 2, "startColumn": 8, "endLine": 2, "endColumn": 13},
            "insertedContent": {"text": "true"},
        }
    ]


def test_an_insertion_has_no_width_and_an_unsafe_fix_asks_for_a_decision() -> None:
    (fix,) = result_of(key_undefined())["fixes"]
    region = fix["artifactChanges"][0]["replacements"][0]["deletedRegion"]
    assert (region["startLine"], region["startColumn"]) == (region["endLine"], region["endColumn"]) == (10, 1)
    assert fix["description"]["text"] == "Needs a decision: declare the key."


def test_lines_that_a_fix_inserts_end_as_those_around_them_do() -> None:
    files = Files({"a.tf": 'resource "t" "x" {\r\n}\r\n'})
    fix = Fix("add it", (Edit(Span(f"{BASE}/a.tf", 20, 20), "  a = 1\n"),))
    result = result_of(replace(pitr_missing(), span=files.span("a.tf", "resource"), fix=fix), files)
    (replacement,) = result["fixes"][0]["artifactChanges"][0]["replacements"]
    assert replacement["insertedContent"]["text"] == "  a = 1\r\n"


def test_suppressed_results_are_left_out_unless_asked_for(run: JSON) -> None:
    assert len(run_of(everything())["results"]) == len(run["results"]) - 1
    (shown,) = [result for result in run["results"] if result["suppressions"]]
    (suppression,) = shown["suppressions"]
    assert (suppression["kind"], suppression["status"], suppression["justification"]) == (
        "inSource",
        "accepted",
        "a cache.",
    )


def test_an_unreadable_file_is_a_result_and_a_notification() -> None:
    run = run_of(report_of(FILES, unreadable()))
    assert [result["ruleId"] for result in run["results"]] == ["DYN001"]
    (invocation,) = run["invocations"]
    assert invocation["executionSuccessful"] is True
    assert [note["descriptor"]["id"] for note in invocation["toolExecutionNotifications"]] == ["DYN001"]
    assert "DYN001" in {descriptor["id"] for descriptor in run["tool"]["driver"]["notifications"]}


def test_a_rule_that_failed_makes_the_run_unsuccessful() -> None:
    failed = replace(pitr_missing(), rule=rule_info("DYN003", "rule-failed"), fix=None)
    assert run_of(report_of(FILES, failed))["invocations"][0]["executionSuccessful"] is False


def test_instances_of_one_table_share_a_fingerprint() -> None:
    one = replace(pitr_disabled(), addresses=('module.a["x]"].aws_dynamodb_table.t[0]',))
    other = replace(pitr_disabled(), addresses=('module.a["y\\"]"].aws_dynamodb_table.t[1]',))
    expected = "DYN202|module.a.aws_dynamodb_table.t|point_in_time_recovery.enabled"
    assert result_of(one)["partialFingerprints"]["dynalintAddress/v1"] == expected
    assert result_of(other)["partialFingerprints"]["dynalintAddress/v1"] == expected


def test_the_line_hash_follows_a_line_that_moves() -> None:
    moved = Files({"infra/policy.tf": "\n# above\n\n" + FILES.sources[f"{BASE}/infra/policy.tf"].data.decode()})
    after = replace(scan_broad(), span=moved.span("infra/policy.tf", '"dynamodb:*"'), trace=())
    before = replace(scan_broad(), trace=())
    assert result_of(after, moved)["partialFingerprints"] == result_of(before)["partialFingerprints"]


def test_another_packs_rule_is_a_security_alert_where_it_says_so() -> None:
    ours = rule_info("ACME301", "naming", Severity.ERROR)
    theirs = rule_info("ACME001", "open-to-all", Severity.ERROR, tags=("security",))
    properties = [
        rule["properties"] for rule in run_of(report_of(FILES, rules=(ours, theirs)))["tool"]["driver"]["rules"]
    ]
    assert ["security-severity" in members for members in properties] == [True, False]


def test_hostile_names_link_nowhere_and_are_seen() -> None:
    files, finding = hostile()
    finding = replace(finding, message=f"[x](https://evil.example) {finding.message}", rule=SCAN)
    text = render(report_of(files, finding), OPTIONS)
    assert text.isascii()
    message = json.loads(text)["runs"][0]["results"][0]["message"]["text"]
    assert "](http" not in message
    assert message.isprintable()


def test_the_same_report_gives_the_same_bytes() -> None:
    assert render(everything(), OPTIONS) == render(everything(), OPTIONS)


@pytest.mark.sarif_multitool
@pytest.mark.skipif(not MULTITOOL, reason="DYNALINT_SARIF_MULTITOOL names no validator")
@pytest.mark.parametrize("report", [everything(), clean(), report_of(*hostile(), rules=RULES)])
def test_the_official_validator_finds_nothing(report: Report, tmp_path: Path) -> None:
    (tmp_path / "log.sarif").write_text(render(report, replace(OPTIONS, include_suppressed=True)), "utf-8")
    command = [MULTITOOL, "validate", "log.sarif", "--rule-kind", "Sarif;Ghas", "-o", "out.sarif"]
    command += ["--level", "Error;Warning;Note"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    (checked,) = json.loads((tmp_path / "out.sarif").read_text("utf-8-sig"))["runs"]
    assert checked["results"], "it always has a note to give, unless it gave up"
    assert [result for result in checked["results"] if result.get("level", "warning") in ("warning", "error")] == []

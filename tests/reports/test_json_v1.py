from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from importlib.resources import files
from typing import Any, cast

import jsonschema

from dynalint.findings import Report
from dynalint.reports.json_v1 import render
from dynalint.syntax.source import Span
from tests.reports.samples import BASE, FILES, OPTIONS, Files, clean, everything, hostile, pitr_missing, report_of

SCHEMA = json.loads(files("dynalint.reports").joinpath("dynalint-report-v1.schema.json").read_text("utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA, format_checker=jsonschema.FormatChecker())


def document(report: Report) -> dict[str, Any]:
    made = json.loads(render(report, OPTIONS))
    VALIDATOR.validate(made)
    return cast("dict[str, Any]", made)


def test_the_schema_is_itself_valid_and_explains_every_key() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    properties = [SCHEMA["properties"], *(part.get("properties", {}) for part in SCHEMA["$defs"].values())]
    assert all("description" in member for group in properties for member in group.values())


def test_everything_has_the_published_shape(snapshot: Callable[[str, str], None]) -> None:
    document(everything())
    snapshot("reports/everything.json", render(everything(), OPTIONS))


def test_a_clean_report_has_empty_lists() -> None:
    made = document(clean())
    assert (made["version"], made["findings"], made["undecided"], made["suppressed"]) == (1, [], [], [])
    assert made["summary"]["tables"] == 4


def test_order_does_not_depend_on_that_of_the_report() -> None:
    report = everything()
    backwards = replace(report, findings=report.findings[::-1])
    assert render(report, OPTIONS) == render(backwards, OPTIONS)


def test_columns_are_code_points_and_ends_are_exclusive() -> None:
    source = Files({"a.tf": '\ufeffx = "𐐀é" + here\r\n'})
    finding = replace(pitr_missing(), span=source.span("a.tf", "here"), fix=None, addresses=())
    (made,) = document(report_of(source, finding))["findings"]
    assert (made["line"], made["column"], made["end_line"], made["end_column"]) == (1, 12, 1, 16)


def test_paths_are_relative_to_the_base_and_may_lead_out_of_it() -> None:
    made = render(everything(), replace(OPTIONS, base=f"{BASE}/infra/modules"))
    paths = {finding["path"] for finding in json.loads(made)["findings"]}
    assert paths == {"../broken.tf", "../main.tf", "../policy.tf", "sessions/main.tf"}


def test_an_unreadable_file_is_at_its_first_line() -> None:
    finding = replace(pitr_missing(), span=Span(f"{BASE}/gone.tf", 0, 0), fix=None)
    (made,) = document(report_of(FILES, finding))["findings"]
    assert (made["path"], made["line"], made["column"], made["end_column"]) == ("gone.tf", 1, 1, 2)


def test_hostile_names_arrive_whole_and_do_nothing_on_the_way() -> None:
    source, finding = hostile()
    text = render(report_of(source, finding), OPTIONS)
    assert text.isascii()
    assert all(char.isprintable() or char == "\n" for char in text)
    assert document(report_of(source, finding))["findings"][0]["message"] == finding.message

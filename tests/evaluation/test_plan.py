"""Plan files: what is refused, what is read, and how a plan and its source become one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from dynalint.evaluation.inputs import Inputs
from dynalint.evaluation.plan_file import PlanError, PlanFile, read_plan
from dynalint.evaluation.resources import Resource, RootModule
from dynalint.evaluation.root import evaluate_root
from dynalint.project import Project
from dynalint.syntax.source import Source

FIXTURES = Path(__file__).parent.parent / "fixtures"
FLEET = FIXTURES / "plans" / "fleet"
CHANGES = FIXTURES / "conformance" / "plan-json"


def plan_at(path: Path) -> PlanFile:
    return read_plan(Source(str(path), path.read_bytes()))


def planned(source: Path, plan: PlanFile) -> RootModule:
    return evaluate_root(str(source), Project(str(source)), Inputs(plan=plan))


@pytest.fixture(scope="module")
def changes(tmp_path_factory: pytest.TempPathFactory) -> RootModule:
    folder = tmp_path_factory.mktemp("changes")
    (folder / "main.tf").write_bytes((CHANGES / "main.tf.txt").read_bytes())
    return planned(folder, plan_at(CHANGES / "plan.json"))


def table(root: RootModule, name: str) -> Resource:
    return next(item for item in root.of_type("aws_dynamodb_table") if item.name == name)


def recovery(resource: Resource) -> list[object]:
    values = [block.value("enabled") for block in resource.body.blocks_of("point_in_time_recovery")]
    return [value.data for value in values if value is not None]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (b"PK\x03\x04binary", "this is a binary plan, and dynalint reads its JSON form"),
        (b'{"@level":"info"}\n{"@level":"info"}\n', "this is the log of terraform plan -json, not a plan"),
        (b'{"@level":"info"}', "this is the log of terraform plan -json, not a plan"),
        (b"[]", "a plan is a JSON object, and this is none"),
        (b"{}", "this JSON is no plan: it has neither changes nor planned values"),
        (
            b'{"format_version": "9.0", "resource_changes": []}',
            "this plan has the format version '9.0', and dynalint knows 1.x",
        ),
    ],
)
def test_what_is_no_plan_is_refused_with_what_it_is(text: bytes, message: str) -> None:
    with pytest.raises(PlanError) as raised:
        read_plan(Source("plan.json", text))
    assert raised.value.fault.message == message


@pytest.mark.parametrize(
    "change",
    [
        {"change": {"actions": [{}]}},
        {"change": {"actions": "create"}},
        {"change": {"actions": [None]}},
        {"change": {"after": "x"}},
        {"change": {"before": [1]}},
        {"change": {"replace_paths": [[{}]]}},
        {"change": {"replace_paths": ["name"]}},
        {"index": []},
    ],
    ids=json.dumps,
)
def test_a_plan_whose_parts_are_out_of_place_is_refused(change: object) -> None:
    text = json.dumps({"format_version": "1.2", "resource_changes": [change]})
    with pytest.raises(PlanError, match="built otherwise than a plan"):
        read_plan(Source("plan.json", text.encode()))


@pytest.mark.parametrize("number", ["1e999", "NaN", "-Infinity"])
def test_a_plan_with_what_is_no_number_is_refused(number: str) -> None:
    text = f'{{"format_version": "1.2", "planned_values": {{}}, "variables": {{"a": {{"value": {number}}}}}}}'
    with pytest.raises(PlanError, match="this is no JSON"):
        read_plan(Source("plan.json", text.encode()))


def test_a_plan_nested_without_end_is_refused() -> None:
    with pytest.raises(PlanError):
        read_plan(Source("plan.json", b"[" * 200_000))


def test_values_come_from_the_plan_and_places_from_the_source(changes: RootModule) -> None:
    resource = table(changes, "upd")
    assert resource.header.path.endswith("main.tf")
    assert recovery(resource) == [False]


def test_recovery_stays_on_when_its_block_is_deleted(changes: RootModule) -> None:
    assert recovery(table(changes, "blockgone")) == [True]


def test_a_new_table_without_the_block_has_none() -> None:
    root = planned(FLEET, plan_at(FLEET / "plan.json"))
    assert table(root, "events").body.blocks_of("point_in_time_recovery") == ()


def test_what_happens_to_a_resource_is_a_change(changes: RootModule) -> None:
    replaced = next(change for change in changes.changes if change.address == "aws_dynamodb_table.rep")
    assert (replaced.actions, replaced.replace_paths) == (("delete", "create"), ("hash_key",))
    assert replaced.before is not None
    assert replaced.after is not None
    values = [state.value("hash_key") for state in (replaced.before, replaced.after)]
    assert len({value.data for value in values if value}) == 2


def test_a_deleted_resource_is_a_change_and_no_resource(changes: RootModule) -> None:
    assert "aws_dynamodb_table.gone" in [change.address for change in changes.changes if change.actions == ("delete",)]
    assert "aws_dynamodb_table.gone" not in [item.address for item in changes.resources]


def test_a_moved_resource_names_its_old_address(changes: RootModule) -> None:
    moved = next(change for change in changes.changes if change.previous_address)
    assert (moved.address, moved.previous_address) == ("aws_dynamodb_table.renamed", "aws_dynamodb_table.before_move")


def test_sensitive_values_stay_marked(changes: RootModule) -> None:
    value = table(changes, "sens").body.value("tags")
    assert value is not None
    assert value.sensitive or any(member.sensitive for member in value.members())


def test_instances_that_the_source_cannot_count_are_the_plans(tmp_path: Path) -> None:
    text = (FLEET / "main.tf").read_text(encoding="utf-8").replace("for_each = var.tables", "for_each = toset(var.x)")
    (tmp_path / "main.tf").write_text(text + '\nvariable "x" {}\n', encoding="utf-8")
    (tmp_path / "modules" / "table").mkdir(parents=True)
    (tmp_path / "modules" / "table" / "main.tf").write_bytes((FLEET / "modules" / "table" / "main.tf").read_bytes())
    root = planned(tmp_path, plan_at(FLEET / "plan.json"))
    addresses = [item.address for item in root.of_type("aws_dynamodb_table")]
    assert 'module.table["orders"].aws_dynamodb_table.this' in addresses
    assert not any("[*]" in address for address in addresses)


def test_a_planned_variable_that_the_source_sets_keeps_the_sources_trace() -> None:
    root = planned(FLEET, plan_at(FLEET / "plan.json"))
    (block,) = table(root, "this").body.blocks_of("point_in_time_recovery")
    value = block.value("enabled")
    assert value is not None
    assert value.trace is not None
    assert "recovery set in terraform.tfvars" in [step.text for step in value.trace.steps()]


def test_an_unfinished_plan_keeps_what_it_does_not_mention(tmp_path: Path) -> None:
    document: dict[str, Any] = json.loads((FLEET / "plan.json").read_bytes())
    document["complete"] = False
    document["resource_changes"] = [
        item for item in document["resource_changes"] if item["address"] != "aws_dynamodb_table.events"
    ]
    path = tmp_path / "plan.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    assert "aws_dynamodb_table.events" in [item.address for item in planned(FLEET, plan_at(path)).resources]

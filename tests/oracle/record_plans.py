"""Record what terraform plans for changes: ``python -m tests.oracle.record_plans``.

A case under ``tests/fixtures/changes`` has a configuration ``before`` and one ``after``; all of them are modules of one
root. There is no AWS to apply the first ones to: the state is made of what terraform plans for them, with values for
what AWS would compute. Then the second ones are planned on that state without a refresh, and ``plan.json`` is what
``terraform show -json`` prints.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from tests.oracle import terraform

Json = Any

CASES = Path(__file__).parent.parent / "fixtures" / "changes"
PROVIDER = 'provider["registry.terraform.io/hashicorp/aws"]'
ACCOUNT = "arn:aws:dynamodb:us-east-1:111122223333"
COMPUTED: Mapping[str, Json] = {
    "ttl": [{"attribute_name": "", "enabled": False}],
    "point_in_time_recovery": [{"enabled": False, "recovery_period_in_days": 0}],
    "server_side_encryption": [],
    "read_capacity": 0,
    "write_capacity": 0,
    "stream_view_type": "",
    "tags_all": {},
}


def main() -> None:
    """Record the plan of all cases."""
    with tempfile.TemporaryDirectory(prefix="dynalint-oracle-") as place:
        state = state_of(planned("before", Path(place), None))
        plan = planned("after", Path(place), state)
    # Times differ from run to run, and nothing depends on the state beside the changes.
    kept = {name: value for name, value in plan.items() if name not in ("timestamp", "prior_state", "planned_values")}
    (CASES / "plan.json").write_text(json.dumps(kept, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def case_names() -> list[str]:
    """The names of the cases, which are those of their directories."""
    return sorted(item.name for item in CASES.iterdir() if item.is_dir())


def lay_out(side: str, directory: Path) -> None:
    """A root module that calls one side of every case."""
    calls = (f'module "{name}" {{\n  source = "./{name}"\n}}\n' for name in case_names())
    (directory / "main.tf").write_text("\n".join(calls), encoding="utf-8")
    for name in case_names():
        shutil.rmtree(directory / name, ignore_errors=True)
        shutil.copytree(CASES / name / side, directory / name)


def planned(side: str, directory: Path, state: Json) -> Json:
    """The plan of one side on a state."""
    lay_out(side, directory)
    (directory / "zz_oracle.tf").write_text(terraform.PIN + terraform.OFFLINE, encoding="utf-8")
    if state is not None:
        (directory / "terraform.tfstate").write_text(json.dumps(state), encoding="utf-8")
    for command in (("init", "-input=false"), ("plan", "-input=false", "-refresh=false", "-out=plan.bin")):
        _terraform(directory, *command)
    return json.loads(_terraform(directory, "show", "-json", "plan.bin"))


def state_of(plan: Json) -> Json:
    """A state in which everything that a plan creates exists."""
    found = [change for change in plan["resource_changes"] if change["mode"] == "managed"]
    resources: dict[tuple[str, str], Json] = {}
    for change in found:
        key = (change.get("module_address", ""), change["name"])
        resource = {"mode": "managed", "type": change["type"], "name": change["name"], "provider": PROVIDER}
        if key[0]:
            resource["module"] = key[0]
        own = resources.setdefault(key, {**resource, "instances": []})
        index = {"index_key": change["index"]} if "index" in change else {}
        attributes = dict(_attributes(change["change"]))
        own["instances"].append({"schema_version": 1, "attributes": attributes, "sensitive_attributes": [], **index})
    return {
        "version": 4,
        "terraform_version": plan["terraform_version"],
        "serial": 1,
        "lineage": "changes",
        "outputs": {},
        "resources": list(resources.values()),
    }


def _attributes(change: Json) -> Iterator[tuple[str, Json]]:
    """What is planned, and for what is known only after apply what AWS would say."""
    after, name = change["after"], change["after"]["name"]
    made = {"arn": f"{ACCOUNT}:table/{name}", "id": name, "stream_arn": "", "stream_label": ""}
    for attribute, value in after.items():
        yield attribute, _known(value)
    for attribute, lost in change["after_unknown"].items():
        if lost is True:
            yield attribute, made.get(attribute, COMPUTED.get(attribute))
        elif attribute not in after:
            yield attribute, COMPUTED.get(attribute)
    if after.get("replica"):
        computed = {"arn": made["arn"], "stream_arn": "", "stream_label": ""}
        yield "replica", [{**computed, **item} for item in after["replica"]]


def _known(value: Json) -> Json:
    return [_known(item) for item in value] if isinstance(value, list) else value


def _terraform(directory: Path, *command: str) -> str:
    environment = terraform._environment(directory)
    done = subprocess.run(
        ["terraform", *command], cwd=directory, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise terraform.TerraformError(f"{directory}: {done.stdout}{done.stderr}")
    return done.stdout


if __name__ == "__main__":
    main()

"""Make dynalint/dynamodb/actions.json from AWS's Service Reference Information.

AWS publishes for each service what the Service Authorization Reference says of its actions, as JSON
(https://docs.aws.amazon.com/service-authorization/latest/reference/service-reference.html). Save the files of DynamoDB
and DAX, and run::

    python scripts/iam_actions.py 2026-04 dynamodb.json dax.json

The first argument is the month of the files, which messages about unknown actions name.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

TARGET = Path(__file__).parent.parent / "dynalint" / "dynamodb" / "actions.json"
PAGE = "https://docs.aws.amazon.com/service-authorization/latest/reference/list_%s.html"
PAGES = {"dynamodb": PAGE % "amazondynamodb", "dax": PAGE % "amazondynamodbacceleratordax"}
ACCESS = {
    "IsPermissionManagement": "Permissions management",
    "IsTaggingOnly": "Tagging",
    "IsWrite": "Write",
    "IsList": "List",
}
"""What a property of an action makes of its access level, the first that holds; Read without any."""

Json = Any


def actions_of(service: Json) -> dict[str, Json]:
    """The actions of one saved file, by name."""
    found = sorted(service["Actions"], key=lambda action: str(action["Name"]))
    return {action["Name"]: _row(action) for action in found}


def text_of(data: Json) -> str:
    """The data file: one line an action, so that a change of the reference is a change of lines."""
    services = (
        f'    "{prefix}": {{\n      "source": {json.dumps(service["source"])},\n      "actions": {{\n'
        + ",\n".join(f"        {json.dumps(name)}: {json.dumps(row)}" for name, row in service["actions"].items())
        + "\n      }\n    }"
        for prefix, service in data["services"].items()
    )
    return f'{{\n  "date": {json.dumps(data["date"])},\n  "services": {{\n' + ",\n".join(services) + "\n  }\n}\n"


def _row(action: Mapping[str, Json]) -> dict[str, Json]:
    properties = action.get("Annotations", {}).get("Properties", {})
    return {
        "access": next((level for name, level in ACCESS.items() if properties.get(name)), "Read"),
        "resources": sorted(resource["Name"] for resource in action.get("Resources", ())),
        "conditions": sorted(action.get("ActionConditionKeys", ())),
    }


def main(date: str, *files: str) -> None:
    """Write the data file from the saved files."""
    read = [json.loads(Path(file).read_text(encoding="utf-8")) for file in files]
    services = {service["Name"]: {"source": PAGES[service["Name"]], "actions": actions_of(service)} for service in read}
    if services.keys() != PAGES.keys():
        raise SystemExit(f"this needs the files of {' and '.join(PAGES)}")
    TARGET.write_text(text_of({"date": date, "services": services}), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])

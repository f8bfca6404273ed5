"""The blocks that switch off what a block set which is no longer written: leaving it out changes nothing."""

from __future__ import annotations

from collections.abc import Iterator

from dynalint.dynamodb import reading
from dynalint.dynamodb.fields import quoted
from dynalint.dynamodb.table import Table
from dynalint.findings import Fix


def disabling_fix(before: Table, written: Table, section: str) -> Fix | None:
    """Write a block that is gone so that it switches off what it set; None where its name is not known."""
    arguments = dict(_disabled(before, section))
    if not arguments:
        return None
    width = max(map(len, arguments))
    lines = [f"    {name.ljust(width)} = {value}" for name, value in arguments.items()]
    edits = written.appended(f"  {section} {{", *lines, "  }")
    return Fix("write it switched off", edits, safe=False) if edits else None


def _disabled(before: Table, section: str) -> Iterator[tuple[str, str]]:
    """The arguments of the block, the longest name giving the column of the signs."""
    was = reading.Section(before.resource, section)
    if section == "on_demand_throughput":
        yield from ((name, "-1") for name in (was.block.arguments if was.block else ()))
    elif section != "ttl":
        yield "enabled", "false"
    elif (name := before.ttl.attribute_name.if_known) is not None:
        yield from (("attribute_name", quoted(name)), ("enabled", "false"))

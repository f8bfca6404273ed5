"""A repository as teams have it before they check anything: forty DynamoDB tables, and something wrong with most.

``python -m bench.adoption DIRECTORY`` writes it, the same for the same seed. The guide to adopting dynalint is written
about it, and a test goes through that guide with it. Every stack passes ``terraform validate``, and every file is as
``terraform fmt`` leaves it: what is wrong is what those two do not see.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

from bench.adoption_texts import (
    DEV,
    IAM,
    LOCALS,
    MODULE,
    MODULE_OUTPUTS,
    MODULE_VARIABLES,
    MOVED,
    PROD,
    VARIABLES,
    VERSIONS,
)

STACKS = {
    "orders": {
        "orders": "orders order_items order_events returns refunds",
        "checkout": "carts cart_items coupons payment_attempts",
        "customers": "customers addresses consents",
    },
    "catalog": {
        "products": "products variants prices stock",
        "legacy": "suppliers supplier_prices",
        "reviews": "reviews review_votes",
    },
    "platform": {
        "sessions": "sessions devices api_keys feature_flags",
        "jobs": "jobs job_runs locks audit_log",
        "state": "terraform_locks",
    },
}
"""Resources that are written out, by stack and file; the other eleven tables are made by modules and in JSON."""

LOCAL_CALLS = {"orders": ("invoices", "shipments"), "catalog": ("categories", "brands"), "platform": ("webhooks",)}
REGISTRY_CALLS = {"orders": ("subscriptions",), "catalog": ("wishlists", "recommendations"), "platform": ("quotas",)}
IN_JSON = ("search_terms", "synonyms")
CRLF = "legacy"

UNRECOVERABLE = (
    ("inside", "#checkov:skip=CKV_AWS_28:rebuilt every night from the warehouse"),
    ("above", "#tfsec:ignore:aws-dynamodb-enable-recovery"),
    ("inside", "#ts:skip=AC_AWS_0458 nothing in it that cannot be made again"),
    ("above", "#trivy:ignore:AVD-AWS-0024"),
    ("above", "# kics-scan ignore-block"),
)
UNTAGGED = (("above", "# tflint-ignore: aws_resource_missing_tags"),)
OF_NO_USE = (("inside", "# checkov:skip=CKV_AWS_119:keys of our own are for next year"),)
"""Comments for other linters on tables that lack something, in turn, and where their tools want them."""

Line = tuple[str, str] | str
"""An argument and its expression, or a line that stands as it is."""


@dataclass
class Table:
    """What is drawn for a table, from which its text is written."""

    name: str
    sort_key: str
    recovery: str
    protection: str
    encryption: str
    tags: str
    billing: str
    index: str
    expiry: str
    stream: str
    comment: tuple[str, str] | None = None

    @classmethod
    def drawn(cls, name: str, chance: random.Random) -> Table:
        """A table with the flaws that chance has for it."""

        def one_of(**weights: int) -> str:
            return chance.choices([*weights], [*weights.values()])[0]

        return cls(
            name,
            sort_key=one_of(none=2, created_at=2, version=1),
            recovery=one_of(on=3, missing=4, off=1, input=2),
            protection=one_of(on=2, missing=5, input=2),
            encryption=one_of(on=3, missing=4),
            tags=one_of(common=5, missing=3, own=1),
            billing=one_of(on_demand=6, provisioned=2, on_demand_with_capacity=1),
            index=one_of(none=4, good=3, undeclared=1, unused=1, empty_include=1),
            expiry=one_of(none=6, on=2, off=1),
            stream=one_of(none=6, both=1, without_view=1),
        )

    def excused(self, chance: random.Random, turn: Mapping[str, Iterator[tuple[str, str]]]) -> Table:
        """The same, perhaps with a comment for another linter."""
        if chance.random() < 0.5:
            unrecoverable = self.recovery in ("missing", "off")
            lacks = "recovery" if unrecoverable else "tags" if self.tags == "missing" else "nothing"
            self.comment = next(turn[lacks])
        return self

    @property
    def wants_capacity(self) -> bool:
        """Whether capacity is written, needed or not."""
        return self.billing != "on_demand"

    def __str__(self) -> str:
        where, comment = self.comment or ("", "")
        above, inside = (f"{comment}\n" if where == place else "" for place in ("above", "inside"))
        body = "\n".join((self._arguments(), *self._blocks()))
        return f'{above}resource "aws_dynamodb_table" "{self.name}" {{\n{inside and "  " + inside}{body}}}\n'

    def _arguments(self) -> str:
        kebab = self.name.replace("_", "-")
        lines: list[Line] = [("name", f'"${{local.prefix}}-{kebab}"')]
        lines.append(("billing_mode", '"PROVISIONED"' if self.billing == "provisioned" else '"PAY_PER_REQUEST"'))
        lines += [("read_capacity", "5"), ("write_capacity", "5")] if self.wants_capacity else []
        lines.append(("hash_key", '"id"'))
        lines += [("range_key", f'"{self.sort_key}"')] if self.sort_key != "none" else []
        if self.stream != "none":
            lines.append(("stream_enabled", "true"))
            lines += [("stream_view_type", '"NEW_AND_OLD_IMAGES"')] if self.stream == "both" else []
        return aligned(lines)

    def _blocks(self) -> Iterator[str]:
        for name, kind in self._declared().items():
            yield block("attribute", [("name", f'"{name}"'), ("type", f'"{kind}"')])
        if self.index != "none":
            yield self._index()
        if self.expiry != "none":
            on = "true" if self.expiry == "on" else "false # TODO: switch on after the backfill"
            yield block("ttl", [("attribute_name", '"expires_at"'), ("enabled", on)])
        if self.recovery != "missing":
            enabled = {"on": "true", "off": "false", "input": "var.point_in_time_recovery"}[self.recovery]
            yield block("point_in_time_recovery", [("enabled", enabled)])
        if self.encryption == "on":
            yield block("server_side_encryption", [("enabled", "true")])
        yield from self._last()

    def _last(self) -> Iterator[str]:
        if self.protection != "missing":
            value = "true" if self.protection == "on" else "var.deletion_protection"
            yield aligned([("deletion_protection_enabled", value)])
        if self.tags == "common":
            yield aligned([("tags", "local.tags")])
        elif self.tags == "own":
            yield aligned(["tags = {", f'  Name = "{self.name}"', "}"])

    def _declared(self) -> dict[str, str]:
        declared = {"id": "S"} | ({self.sort_key: "N"} if self.sort_key != "none" else {})
        return declared | ({"customer_id": "S"} if self.index in ("good", "unused", "empty_include") else {})

    def _index(self) -> str:
        if self.index == "unused":
            return (
                '  # global_secondary_index {\n  #   name     = "by-customer"\n  #   hash_key = "customer_id"\n  # }\n'
            )
        key = "customer" if self.index == "undeclared" else "customer_id"
        lines: list[Line] = [("name", '"by-customer"'), ("hash_key", f'"{key}"')]
        if self.index == "empty_include":
            lines += [("projection_type", '"INCLUDE"'), ("non_key_attributes", "[]")]
        else:
            lines.append(("projection_type", '"ALL"'))
        return block("global_secondary_index", lines)


def aligned(lines: list[Line], indent: int = 2) -> str:
    """Arguments as ``terraform fmt`` would have them."""
    width = max((len(line[0]) for line in lines if not isinstance(line, str)), default=0)
    texts = (line if isinstance(line, str) else f"{line[0]:<{width}} = {line[1]}" for line in lines)
    return "".join(f"{' ' * indent}{text}\n" for text in texts)


def block(kind: str, lines: list[Line]) -> str:
    """A block of a table."""
    return f"  {kind} {{\n{aligned(lines, 4)}  }}\n"


class Repository:
    """Writes the repository."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311 - test data
        self.turn = {"recovery": cycle(UNRECOVERABLE), "tags": cycle(UNTAGGED), "nothing": cycle(OF_NO_USE)}

    def write(self, directory: Path) -> int:
        """Write all files below a directory, and count them."""
        files = dict(self.files())
        for path, text in files.items():
            target = directory / path
            target.parent.mkdir(parents=True, exist_ok=True)
            newline = "\r\n" if target.stem == CRLF else "\n"
            target.write_text(text, encoding="utf-8", newline=newline)
        return len(files)

    def files(self) -> Iterator[tuple[str, str]]:
        """Path and text of every file."""
        yield ".gitignore", ".terraform/\n*.tfplan\n/scratch/\n"
        yield "README.md", "# shop-infra\n\nThe tables of the shop. One state for each stack and environment.\n"
        yield "modules/table/main.tf", MODULE
        yield "modules/table/variables.tf", MODULE_VARIABLES
        yield "modules/table/outputs.tf", MODULE_OUTPUTS
        for stack in STACKS:
            for name, text in self._stack(stack):
                yield f"stacks/{stack}/{name}", text

    def _stack(self, stack: str) -> Iterator[tuple[str, str]]:
        yield "versions.tf", VERSIONS
        yield "variables.tf", VARIABLES
        yield "locals.tf", LOCALS.replace("STACK", stack)
        yield "env/dev.tfvars", DEV
        yield "env/prod.tfvars", PROD
        for file, names in STACKS[stack].items():
            yield f"{file}.tf", "\n".join(map(self._table, names.split()))
        calls = (*map(self._local_call, LOCAL_CALLS[stack]), *map(self._registry_call, REGISTRY_CALLS[stack]))
        yield "modules.tf", "\n".join(calls)
        yield "iam.tf", IAM[stack]
        if stack == "orders":
            yield "moved.tf", MOVED
        if stack == "catalog":
            yield "search.tf.json", json.dumps(self._in_json(), indent=2) + "\n"

    def _table(self, name: str) -> str:
        return str(Table.drawn(name, self.chance).excused(self.chance, self.turn))

    def _local_call(self, name: str) -> str:
        lines: list[Line] = [("source", '"../../modules/table"')]
        lines += ["", ("name", f'"${{local.prefix}}-{name}"')]
        lines += [("recoverable", "false")] if self.chance.random() < 0.4 else []
        lines += [("tags", "local.tags")] if self.chance.random() < 0.6 else []
        return f'module "{name}" {{\n{in_groups(lines)}}}\n'

    def _registry_call(self, name: str) -> str:
        lines: list[Line] = [("source", '"terraform-aws-modules/dynamodb-table/aws"'), ("version", '"~> 4.2"'), ""]
        lines += [("name", f'"${{local.prefix}}-{name}"'), ("hash_key", '"id"')]
        lines += [("attributes", '[{ name = "id", type = "S" }]')]
        lines += (
            [("point_in_time_recovery_enabled", "var.point_in_time_recovery")] if self.chance.random() < 0.5 else []
        )
        return f'module "{name}" {{\n{in_groups(lines)}}}\n'

    def _in_json(self) -> dict[str, object]:
        tables: dict[str, object] = {}
        for name in IN_JSON:
            tables[name] = {
                "name": f"${{local.prefix}}-{name.replace('_', '-')}",
                "billing_mode": "PAY_PER_REQUEST",
                "hash_key": "id",
                "attribute": [{"name": "id", "type": "S"}],
                "point_in_time_recovery": {"enabled": self.chance.random() < 0.5},
            }
        return {"//": "written by the exporter of the search team", "resource": {"aws_dynamodb_table": tables}}


def in_groups(lines: list[Line]) -> str:
    """Arguments whose groups, between empty lines, are aligned for themselves."""
    at = lines.index("")
    return f"{aligned(lines[:at])}\n{aligned(lines[at + 1 :])}"


def main() -> None:
    """Write the repository."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("directory", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    print(f"{Repository(given.seed).write(given.directory)} files")


if __name__ == "__main__":
    main()

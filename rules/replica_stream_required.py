"""A table with replicas has no stream that shows both images.

## Why it matters

Replication in a global table reads the table's stream of changes, and needs new and old images. `terraform plan` does
not look. With another view type AWS refuses the replica. With no stream at all AWS switches one on by itself, and the
next apply, which finds no stream in the configuration, tries to switch it off again and fails: *Disabling Stream is not
allowed for a Global Table replica*. From then on no apply of the table succeeds.

Replicas with `consistency_mode = "STRONG"` (provider 6) replicate without a stream.

## Non-compliant

```hcl
provider "aws" {
  region = "eu-west-1"
}

resource "aws_dynamodb_table" "orders" {
  name         = "orders"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "orderId"

  attribute {
    name = "orderId"
    type = "S"
  }

  stream_enabled   = true
  stream_view_type = "NEW_IMAGE" #~ DYN220

  deletion_protection_enabled = true

  replica {
    region_name            = "eu-central-1"
    point_in_time_recovery = true
    propagate_tags         = true
  }

  point_in_time_recovery {
    enabled = true
  }

  tags = { Team = "shop" }
}
```

## Compliant

```hcl
provider "aws" {
  region = "eu-west-1"
}

resource "aws_dynamodb_table" "orders" {
  name         = "orders"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "orderId"

  attribute {
    name = "orderId"
    type = "S"
  }

  stream_enabled   = true
  stream_view_type = "NEW_AND_OLD_IMAGES"

  deletion_protection_enabled = true

  replica {
    region_name            = "eu-central-1"
    point_in_time_recovery = true
    propagate_tags         = true
  }

  point_in_time_recovery {
    enabled = true
  }

  tags = { Team = "shop" }
}
```

## How to fix

Set `stream_enabled = true` and `stream_view_type = "NEW_AND_OLD_IMAGES"`. Changing the view type of a living stream
gives it a new ARN: those who read it have to follow.

## References

- [How global tables work](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/V2globaltables_HowItWorks.html)
- [aws_dynamodb_table, replica](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/dynamodb_table#replica)
- [Disabling Stream is not allowed](https://github.com/hashicorp/terraform-provider-aws/issues/43625)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import Edit, Fix, Severity, Table, Undecided, Violation, rule

BOTH = "NEW_AND_OLD_IMAGES"
LINES = ("  stream_enabled   = true", f'  stream_view_type = "{BOTH}"')


@rule("DYN220", visits=Table, severity=Severity.ERROR)
def replica_stream_required(table: Table) -> Iterator[Violation]:
    """Replicas that are not strongly consistent need new and old images; a view type that is missing is DYN620's."""
    replicas = [replica for replica in table.replicas if replica.consistency_mode.known != "STRONG"]
    on, view = table.stream.enabled, table.stream.view_type
    if not replicas or (on.known and view.known in (BOTH, None, "")):
        return
    if (doubt := table.replicas_open) is not None and not any(replica.certain for replica in replicas):
        raise Undecided(doubt.reason, doubt.hint, replicas[0].at)
    edits: tuple[Edit, ...] = (Edit(view.literal, f'"{BOTH}"'),) if on.known and view.literal else ()
    if on.value is None and view.value is None:
        edits = table.appended(*LINES)
    yield Violation(
        f"{table.title} has replicas, and {_what_is(on.known, view.shown)}: AWS replicates from a stream of "
        "new and old images",
        at=view if on.known else on,
        label="replication needs NEW_AND_OLD_IMAGES",
        help=f'set stream_enabled = true and stream_view_type = "{BOTH}"',
        fix=Fix("give the table the stream that replication needs", edits, safe=False) if edits else None,
    )


def _what_is(on: bool | None, view: str) -> str:
    if on:
        return f"its stream shows {view}"
    return "no stream in its configuration, so the second apply tries to switch off the one that AWS made"

"""Repositories of Terraform to measure with: as large and as much about DynamoDB as asked, the same for the same seed.

``python -m bench.generate --size middle DIRECTORY`` writes one. A repository has stacks (root modules) that call
modules of their own tree; a stack has services, each with one file. In some of the files is a table with its policy, in
the others what repositories are otherwise made of.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Shape:
    """What a repository is like. Counts are per stack, but for ``stacks``; ``share`` is the part that is DynamoDB's."""

    stacks: int
    services: int
    share: float
    modules: int = 2
    looped: int = 2
    locals: int = 40
    statements: int = 4
    buckets: int = 6

    @property
    def files(self) -> int:
        """Configuration files that it has."""
        return self.stacks * (self.services + 4 + 2 * self.modules)


SHAPES = {
    "small": Shape(stacks=1, services=6, share=0.5, modules=0, locals=10),
    "middle": Shape(stacks=20, services=20, share=0.1),
    "large": Shape(stacks=100, services=40, share=0.05),
    "all-tables": Shape(stacks=1, services=500, share=1.0, modules=0),
    "one-policy": Shape(stacks=1, services=4, share=1.0, modules=0, statements=2_000),
    "huge": Shape(stacks=2_500, services=8, share=0.1, modules=3),
    "many-modules": Shape(stacks=2_000, services=1, share=0.2, modules=1, locals=4, buckets=1),
}


class Generator:
    """Writes a repository of a shape."""

    def __init__(self, shape: Shape, seed: int) -> None:
        self.shape = shape
        self.random = random.Random(seed)  # noqa: S311 - test data

    def write(self, directory: Path) -> int:
        """Write all files below a directory, and count their bytes."""
        written = 0
        for path, text in self.files():
            target = directory / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")
            written += len(text)
        return written

    def files(self) -> Iterator[tuple[str, str]]:
        """Path and text of every file."""
        for stack in range(self.shape.stacks):
            yield from self._stack(f"stacks/stack-{stack:04}")

    def _stack(self, place: str) -> Iterator[tuple[str, str]]:
        yield f"{place}/versions.tf", VERSIONS
        yield f"{place}/variables.tf", VARIABLES
        yield f"{place}/locals.tf", self._locals()
        yield f"{place}/main.tf", self._calls() + self._looped()
        for number in range(self.shape.services):
            about = self._dynamodb if self.random.random() < self.shape.share else self._otherwise
            yield f"{place}/service_{number:04}.tf", about(f"service_{number:04}")
        for number in range(self.shape.modules):
            yield f"{place}/modules/part_{number}/main.tf", MODULE
            yield f"{place}/modules/part_{number}/variables.tf", MODULE_VARIABLES

    def _locals(self) -> str:
        return LOCALS.replace("WIDE", "".join(filled(LOCAL, NUMBER=number) for number in range(self.shape.locals)))

    def _calls(self) -> str:
        return "".join(filled(CALL, NUMBER=number) for number in range(self.shape.modules))

    def _looped(self) -> str:
        return filled(LOOPED, NAMES=json.dumps([f"loop-{number}" for number in range(self.shape.looped)]))

    def _dynamodb(self, name: str) -> str:
        first, second = self.random.sample(["created", "customer", "status", "region", "kind"], 2)
        statements = "".join(self._statement(number) for number in range(self.shape.statements))
        return filled(TABLE, STATEMENTS=statements, NAME=name, FIRST=first, SECOND=second)

    def _statement(self, number: int) -> str:
        actions = self.random.sample(["GetItem", "PutItem", "Query", "UpdateItem", "DeleteItem", "BatchGetItem"], 3)
        return filled(STATEMENT, NUMBER=number, ACTIONS=json.dumps([f"dynamodb:{action}" for action in actions]))

    def _otherwise(self, name: str) -> str:
        kinds = (BUCKET, FUNCTION, SECURITY_GROUP)
        return "".join(
            filled(self.random.choice(kinds), NAME=f"{name}_{number}") for number in range(self.shape.buckets)
        )


def filled(text: str, **words: object) -> str:
    """The text with its capital words replaced, one after the other."""
    for word, value in words.items():
        text = text.replace(word, str(value))
    return text


VERSIONS = """\
terraform {
  required_version = ">= 1.5"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.60"
    }
  }
}

provider "aws" {
  region = var.region
}
"""
VARIABLES = "".join(
    f'variable "{name}" {{\n  type        = string\n  description = "The {name}."\n  default     = "{value}"\n}}\n\n'
    for name, value in (("project", "shop"), ("environment", "prod"), ("owner", "core"), ("region", "eu-central-1"))
)
LOCALS = """\
locals {
  prefix = "${var.project}-${var.environment}"
  tags   = { Owner = var.owner, Environment = var.environment }

  wide = {
WIDE  }
}
"""
LOCAL = """\
    key_NUMBER = { name = "nNUMBER", size = NUMBER, tags = ["a", "b"] }
"""
CALL = """\
module "part_NUMBER" {
  source = "./modules/part_NUMBER"
  name   = "${local.prefix}-NUMBER"
  tags   = local.tags
}

"""
STATEMENT = """

  statement {
    sid       = "SNUMBER"
    actions   = ACTIONS
    resources = [aws_dynamodb_table.NAME.arn, "${aws_dynamodb_table.NAME.arn}/index/*"]
  }
"""
LOOPED = """\
resource "aws_dynamodb_table" "looped" {
  for_each     = toset(NAMES)
  name         = "${local.prefix}-${each.key}"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "pk"

  attribute {
    name = "pk"
    type = "S"
  }

  tags = merge(local.tags, { Name = each.key })
}
"""
TABLE = """\
resource "aws_dynamodb_table" "NAME" {
  name         = "${local.prefix}-NAME"
  billing_mode = var.environment == "prod" ? "PAY_PER_REQUEST" : "PROVISIONED"
  hash_key     = "pk"
  range_key    = "sk"

  dynamic "attribute" {
    for_each = { pk = "S", sk = "S", FIRST = "S", SECOND = "N" }
    content {
      name = attribute.key
      type = attribute.value
    }
  }

  global_secondary_index {
    name            = "by-FIRST"
    hash_key        = "FIRST"
    range_key       = "SECOND"
    projection_type = "ALL"
  }

  point_in_time_recovery {
    enabled = true
  }

  server_side_encryption {
    enabled = true
  }

  deletion_protection_enabled = true
  tags                        = local.tags
}

data "aws_iam_policy_document" "NAME" {STATEMENTS}

resource "aws_iam_role_policy" "NAME" {
  name   = "NAME"
  role   = aws_iam_role.NAME.id
  policy = data.aws_iam_policy_document.NAME.json
}

resource "aws_iam_role" "NAME" {
  name = "${local.prefix}-NAME"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }]
  })
}
"""
BUCKET = """\
resource "aws_s3_bucket" "NAME" {
  bucket = "${local.prefix}-NAME"
  tags   = local.tags
}

resource "aws_s3_bucket_versioning" "NAME" {
  bucket = aws_s3_bucket.NAME.id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "NAME" {
  bucket = aws_s3_bucket.NAME.id

  rule {
    id     = "expire" # after a month
    status = "Enabled"

    expiration {
      days = 30
    }
  }
}

"""
FUNCTION = """\
resource "aws_lambda_function" "NAME" {
  function_name = "${local.prefix}-NAME"
  role          = aws_iam_role.NAME.arn
  handler       = "index.handler"
  runtime       = "python3.12"
  filename      = "${path.module}/NAME.zip"

  environment {
    variables = { for key, value in local.wide : upper(key) => value.name }
  }
}

resource "aws_iam_role" "NAME" {
  name               = "NAME"
  assume_role_policy = <<-POLICY
    {
      "Version": "2012-10-17",
      "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": "lambda.amazonaws.com"}}]
    }
  POLICY
}

"""
SECURITY_GROUP = """\
resource "aws_security_group" "NAME" {
  name        = "NAME"
  description = "Let the load balancer in."
  vpc_id      = data.aws_vpc.main.id

  dynamic "ingress" {
    for_each = [80, 443, 8080]
    content {
      from_port   = ingress.value
      to_port     = ingress.value
      protocol    = "tcp"
      cidr_blocks = ["10.0.0.0/8"]
    }
  }
}

"""
MODULE = """\
resource "aws_dynamodb_table" "this" {
  name         = var.name
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = var.hash_key

  attribute {
    name = var.hash_key
    type = "S"
  }

  point_in_time_recovery {
    enabled = var.recoverable
  }

  tags = var.tags
}

output "arn" {
  value = aws_dynamodb_table.this.arn
}
"""
MODULE_VARIABLES = """\
variable "name" {
  type = string
}

variable "hash_key" {
  type    = string
  default = "id"
}

variable "recoverable" {
  type    = bool
  default = true
}

variable "tags" {
  type    = map(string)
  default = {}
}
"""


def main() -> None:
    """Write a repository."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("directory", type=Path)
    parser.add_argument("--size", choices=SHAPES, default="middle")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    written = Generator(SHAPES[given.size], given.seed).write(given.directory)
    print(f"{SHAPES[given.size].files} files, {written} bytes")


if __name__ == "__main__":
    main()

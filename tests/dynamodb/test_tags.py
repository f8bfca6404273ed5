from __future__ import annotations

import pytest

from dynalint.dynamodb.tags import Tags
from dynalint.findings import Undecided
from tests.dynamodb.conftest import ModelOf

UNTAGGED = 'resource "aws_dynamodb_table" "t" {\n  name = "t"\n}\n'


def tags_of(model_of: ModelOf, text: str) -> Tags:
    [tags] = model_of(text).subjects(Tags)
    return tags


def with_tags(tags: str) -> str:
    return f'resource "aws_dynamodb_table" "t" {{\n  name = "t"\n  tags = {tags}\n}}\n'


def provider(tags: str, alias: str = "") -> str:
    return f'provider "aws" {{\n{alias}\n  default_tags {{\n    tags = {tags}\n  }}\n}}\n'


@pytest.mark.parametrize("tags", ["null", "{}", "{ a = null }", '{ "aws:x" = "1" }', "merge({}, {})"])
def test_no_tag_is_effective(model_of: ModelOf, tags: str) -> None:
    assert not tags_of(model_of, with_tags(tags)).some


@pytest.mark.parametrize("tags", ['{ a = "1" }', '{ a = "" }', 'merge({ a = "1" }, var.more)', "{ a = var.some }"])
def test_one_certain_key_is_enough(model_of: ModelOf, tags: str) -> None:
    variables = 'variable "more" {\n  default = {}\n}\nvariable "some" {}\n'
    assert tags_of(model_of, variables + with_tags(tags)).some


def test_default_tags_count(model_of: ModelOf) -> None:
    assert tags_of(model_of, provider('{ a = "1" }') + UNTAGGED).some


def test_default_tags_of_another_alias_do_not_count(model_of: ModelOf) -> None:
    assert not tags_of(model_of, provider('{ a = "1" }', 'alias = "x"') + UNTAGGED).some


def test_unknown_tags_are_undecided(model_of: ModelOf) -> None:
    with pytest.raises(Undecided, match=r"var\.t"):
        _ = tags_of(model_of, 'variable "t" {}\n' + with_tags("var.t")).some


def test_a_tag_resource_counts(model_of: ModelOf) -> None:
    tag = (
        'resource "aws_dynamodb_tag" "a" {\n  resource_arn = aws_dynamodb_table.t.arn\n  key = "a"\n  value = "1"\n}\n'
    )
    tags = tags_of(model_of, UNTAGGED + tag)
    assert tags.some
    assert list(tags.effective) == ["a"]


def test_an_unreadable_file_may_hold_default_tags(model_of: ModelOf) -> None:
    [tags] = model_of(UNTAGGED, {"provider.tf": 'provider "aws" {\n'}).subjects(Tags)
    with pytest.raises(Undecided, match=r"provider\.tf"):
        _ = tags.some

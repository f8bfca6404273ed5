"""Override files: ``override.tf``, ``*_override.tf`` and their JSON forms.

https://developer.hashicorp.com/terraform/language/files/override. Arguments are replaced one by one, nested blocks as
soon as the override has any of their type, ``lifecycle`` argument by argument.
"""

from __future__ import annotations

from dataclasses import replace

from dynalint.syntax.nodes import Attribute, Block, Body

SUFFIXES = (".tf", ".tf.json", ".tofu", ".tofu.json")


def is_override(file_name: str) -> bool:
    """Whether a file of that name is merged into the others."""
    for suffix in sorted(SUFFIXES, key=len, reverse=True):
        if file_name.endswith(suffix):
            stem = file_name.removesuffix(suffix)
            return stem == "override" or stem.endswith("_override")
    return False


def merge_block(base: Block, override: Block) -> Block:
    """``base`` with what ``override`` says instead."""
    return replace(base, body=merge_body(base.body, override.body))


def merge_body(base: Body, override: Body) -> Body:
    """``base`` with the arguments and blocks of ``override`` in place of its own."""
    replaced = {_block_type(block) for block in override.blocks}
    kept = tuple(block for block in base.blocks if _block_type(block) not in replaced or block.type == "lifecycle")
    added = list(override.blocks)
    merged: list[Block] = []
    for block in kept:
        other = next((item for item in added if item.type == block.type == "lifecycle"), None)
        if other:
            added.remove(other)
        merged.append(merge_block(block, other) if other else block)
    return replace(base, attributes=_merge_attributes(base, override), blocks=(*merged, *added))


def _block_type(block: Block) -> str:
    return block.labels[0] if block.type == "dynamic" and block.labels else block.type


def _merge_attributes(base: Body, override: Body) -> tuple[Attribute, ...]:
    added = {attribute.name: attribute for attribute in override.attributes}
    kept = [added.pop(attribute.name, attribute) for attribute in base.attributes]
    merged = (*kept, *added.values())
    if base.attribute("for_each") and base.attribute("count"):
        return merged  # refused for what it is
    counted = any(attribute.name == "count" for attribute in merged)  # and count wins over the for_each of another file
    return tuple(attribute for attribute in merged if not (counted and attribute.name == "for_each"))

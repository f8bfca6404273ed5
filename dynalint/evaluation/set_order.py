"""The order in which the provider goes through the blocks of a set: by a checksum of what is in them.

The order shows where blocks end in one list, as the identifiers of two ``principals`` of one type do in a policy.
"""

from __future__ import annotations

from collections.abc import Iterable
from zlib import crc32

from dynalint.evaluation.resources import EvaluatedBlock
from dynalint.evaluation.types import SetOf
from dynalint.evaluation.values import Value


def in_set_order(blocks: Iterable[EvaluatedBlock]) -> tuple[EvaluatedBlock, ...]:
    """The blocks, each once, in the provider's order; those that are not all known stay behind, as they are written."""
    placed: dict[str, EvaluatedBlock] = {}
    others: list[EvaluatedBlock] = []
    for block in blocks:
        text = _serialized(block)
        if text is None:
            others.append(block)
        else:
            placed.setdefault(_place(text), block)
    return (*(placed[place] for place in sorted(placed)), *others)


def _place(text: str) -> str:
    return str(crc32(text.encode()))


def _serialized(block: EvaluatedBlock) -> str | None:
    """A block as the provider's SDK writes it to take the checksum; None where something is unknown."""
    parts = []
    for name, argument in sorted(block.arguments.items()):
        if argument.value.first_unknown() or not block.certain:
            return None
        parts.append(f"{name}:{_text(argument.value)};")
    return "".join(parts)


def _text(value: Value) -> str:
    match value.data:
        case tuple() as members:
            texts = [f"{member.data};" for member in members]
            return (
                f"{{{''.join(sorted(texts, key=_place))}}}" if isinstance(value.type, SetOf) else f"({''.join(texts)})"
            )
        case None:
            return ""
        case plain:
            return str(plain)

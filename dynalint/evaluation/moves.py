"""``moved`` and ``removed`` blocks: what an address has become.

https://developer.hashicorp.com/terraform/language/modules/develop/refactoring,
https://developer.hashicorp.com/terraform/language/resources/syntax#removing-resources
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from dynalint.evaluation.addresses import INSTANCE, generic
from dynalint.records import dataclass
from dynalint.syntax import ScannedBlock, SyntaxFault
from dynalint.syntax.nodes import Block, Literal
from dynalint.syntax.source import Span

BLANKS = re.compile(r"\s+")
KEEPS = re.compile(r'\bdestroy"?\s*[=:]\s*false\b')


@dataclass(frozen=True, slots=True)
class Move:
    """``from`` becomes ``to``, both relative to a module, of which there may be several instances.

    ``module`` is its address without instance keys, empty for the root.
    """

    module: str
    former: str
    address: str

    def apply(self, address: str) -> str | None:
        """The new address of an object that the move takes along; None for any other."""
        head = self._head(address)
        rest = address[len(head or "") :].removeprefix(self.former)
        if head is None or len(rest) + len(head) == len(address):
            return None
        # All instances move together unless the block names one; what lies in a module moves with it.
        keyed = rest.startswith("[") and not self.address.endswith("]")
        return head + self.address + rest if not rest or keyed or rest.startswith(".") else None

    def _head(self, address: str) -> str | None:
        """The beginning of an address that names an instance of the module; None for one that lies elsewhere."""
        if not self.module:
            return ""
        calls = self.module.split(".")[1::2]
        pattern = "".join(rf"module\.{re.escape(call)}(?:{INSTANCE.pattern})?\." for call in calls)
        found = re.match(pattern, address)
        return found[0] if found else None


@dataclass(frozen=True, slots=True)
class Removal:
    """An object that the configuration gives up; ``destroys`` is false where it is only forgotten."""

    address: str
    destroys: bool
    span: Span

    def covers(self, address: str) -> bool:
        """Whether an object is given up: of all instances, and with a module everything in it."""
        return generic(address) == self.address or generic(address).startswith(f"{self.address}.")


@dataclass(frozen=True, slots=True)
class Moves:
    """All of a configuration."""

    moves: tuple[Move, ...] = ()
    removals: tuple[Removal, ...] = ()

    def follow(self, address: str) -> str:
        """Where an object of the earlier configuration is now. A circle of moves ends where it began."""
        seen = {address}
        while True:
            found = (new for move in self.moves if (new := move.apply(address)) is not None)
            moved = next(found, address)
            if moved in seen:
                return address
            seen.add(moved)
            address = moved

    def removal(self, address: str) -> Removal | None:
        """The block that gives an object up."""
        return next((removal for removal in self.removals if removal.covers(address)), None)


def moves_in(blocks: Iterable[tuple[str, ScannedBlock]]) -> Moves:
    """The moves that blocks of modules state, each given with the address of its module, without instance keys."""
    moves: list[Move] = []
    removals: list[Removal] = []
    for module, scanned in blocks:
        if scanned.type not in ("moved", "removed"):
            continue
        try:
            block = scanned.parse()
        except SyntaxFault:  # reported with the file
            continue
        prefix = f"{module}." if module else ""
        former, address = address_in(scanned, block, "from"), address_in(scanned, block, "to")
        if scanned.type == "moved" and former and address:
            moves.append(Move(module, former, address))
        elif scanned.type == "removed" and former:
            removals.append(
                Removal(generic(prefix + former), not KEEPS.search(scanned.source.text(scanned.span)), scanned.header)
            )
    return Moves(tuple(moves), tuple(removals))


def address_in(scanned: ScannedBlock, block: Block, argument: str) -> str:
    """The address that an argument of such a block names; empty where it has none."""
    attribute = block.body.attribute(argument)
    if attribute is None:
        return ""
    if isinstance(attribute.value, Literal):
        return str(attribute.value.value)
    return BLANKS.sub("", scanned.source.text(attribute.value.span))

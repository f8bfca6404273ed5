"""What became of the resources of a root module between two texts of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from dynalint.evaluation.addresses import generic
from dynalint.evaluation.moves import Moves
from dynalint.evaluation.resources import Change, EvaluatedBlock, Resource, RootModule
from dynalint.records import dataclass
from dynalint.syntax.source import Span

SYMBOLIC = "[*]"
FIRST = re.compile(r"\[0\]$")


@dataclass(frozen=True, slots=True)
class Gone:
    """Where to point for a resource that is no more, and why it will be deleted; no reason where it will not be."""

    span: Span
    reason: str


@dataclass(frozen=True, slots=True)
class Text:
    """What the later text says beside its values: ``moves``, and which resources it ``declares``.

    ``declares`` gets a generic address. ``left`` is where to point for what has left no trace.
    """

    moves: Moves
    declares: Callable[[str], bool]
    left: Callable[[Resource], Gone]


def changes_between(before: RootModule, after: RootModule, text: Text) -> Iterator[Change]:
    """The changes of managed resources, in the order of the earlier text; what is new is none.

    Two instances are one resource if their addresses are equal after the moves. What may still be there (an unknown
    number of instances, a file or module that could not be read) is not taken for deleted.
    """
    now = {item.address: item for item in after.resources if item.mode == "managed"}
    for former in before.resources:
        if former.mode != "managed":
            continue
        address = text.moves.follow(former.address)
        found = now.get(address) or now.get(_twin(address))
        if found is not None:
            yield _change(former, found)
        elif former.certain and not _may_remain(address, after):
            gone = _gone(address, after, text.moves)
            if gone is None and not text.declares(generic(address)):
                gone = text.left(former)
            if gone is not None and gone.reason:
                yield _deletion(former, address, gone)


def _twin(address: str) -> str:
    """The address that Terraform takes for the same where ``count`` was added or taken away."""
    return FIRST.sub("", address) if FIRST.search(address) else f"{address}[0]"


def _change(former: Resource, now: Resource) -> Change:
    return Change(
        address=now.address,
        type=now.type,
        name=now.name,
        actions=("update",),
        reason="",
        replace_paths=(),
        before=former.body,
        after=now.body,
        previous_address=former.address if former.address != now.address else "",
        span=now.header,
        resource=now,
        former=former,
        planned=False,
    )


def _deletion(former: Resource, address: str, gone: Gone) -> Change:
    nothing: EvaluatedBlock | None = None
    return Change(
        address=address,
        type=former.type,
        name=former.name,
        actions=("delete",),
        reason=gone.reason,
        replace_paths=(),
        before=former.body,
        after=nothing,
        previous_address=former.address if former.address != address else "",
        span=gone.span,
        former=former,
        planned=False,
    )


def _may_remain(address: str, after: RootModule) -> bool:
    """Whether the later text may still have the resource, as far as it could be read."""
    if any(fault.code in ("DYN001", "DYN005", "DYN021") for fault in after.faults):
        return True
    plain = generic(address)
    if any(plain.startswith(f"{generic(call.address)}.") for call in after.unresolved):
        return True
    symbolic = (item.address for item in after.resources if SYMBOLIC in item.address)
    return any(generic(other) == plain for other in symbolic)


def _gone(address: str, after: RootModule, moves: Moves) -> Gone | None:
    """The block that gives it up, or the resource block that makes this instance no more."""
    removal = moves.removal(address)
    if removal is not None:
        return Gone(removal.span, "a removed block gives it up" if removal.destroys else "")
    plain = generic(address)
    siblings: Iterable[Resource] = (*after.resources, *after.unmade)
    block = next((item for item in siblings if item.mode == "managed" and generic(item.address) == plain), None)
    return Gone(block.header, "its count or for_each makes it no more") if block else None

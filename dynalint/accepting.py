"""What a baseline accepts, and what a later one would: findings counted by what they are about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field
from posixpath import relpath

from dynalint.evaluation.moves import Moves
from dynalint.findings import Identity
from dynalint.records import dataclass
from dynalint.verdicts import Observation

Counts = Mapping[Identity, int]


@dataclass(slots=True)
class Quiet:
    """Keeps count, during a run, of what is found, and tells what the baseline has accepted.

    ``root`` is the root module that is being looked at, ``moved`` leads from entries to what they are about today, and
    ``accepted`` has how often each of that may be found.
    """

    entries: Counts
    root: str
    moved: dict[Identity, Identity] = field(default_factory=dict)
    found: dict[Identity, dict[tuple[object, ...], bool]] = field(default_factory=dict)
    accepted: dict[Identity, int] = field(default_factory=dict)

    @classmethod
    def of(cls, entries: Counts, root: str) -> Quiet:
        """At the beginning of a run."""
        return cls(entries, root, accepted=dict(entries))

    def follow(self, moves: Moves) -> None:
        """Take the entries for the root under the addresses that their objects have today."""
        for entry in self.entries:
            now = entry._replace(address=moves.follow(entry.address))
            if entry.root == self.root and now != entry and entry in self.accepted:
                self.accepted[now] = self.accepted.pop(entry)
                self.moved[entry] = now

    def accepts(self, item: Observation) -> bool:
        """Whether every address of the finding is one that the baseline has, as often as it has it."""
        if not item.finding.rule.ignorable:
            return False
        answers = [self._counted(identity, item.key) for identity in identities(item, self.root)]
        return all(answers)

    @property
    def counts(self) -> dict[Identity, int]:
        """What was found, accepted or not, and how often."""
        return {identity: len(places) for identity, places in sorted(self.found.items())}

    def stale(self) -> dict[Identity, int]:
        """The entries that say more than was found, with how many too many."""
        counts = with_anywhere(self.counts)
        left = {entry: count - counts.get(self.moved.get(entry, entry), 0) for entry, count in self.entries.items()}
        return {entry: count for entry, count in sorted(left.items()) if count > 0}

    def _counted(self, identity: Identity, key: tuple[object, ...]) -> bool:
        places = self.found.setdefault(identity, {})
        if key not in places:
            places[key] = len(places) < self._allowed(identity)
        return places[key]

    def _allowed(self, identity: Identity) -> int:
        """How often the baseline has it, in its environment or in all."""
        return max(map(self._accepted, (identity, identity.anywhere)))

    def _accepted(self, identity: Identity) -> int:
        """How often the baseline has exactly this; Terraform itself moves an object where ``count`` comes or goes."""
        address = identity.address
        other = identity._replace(address=address.removesuffix("[0]") if address.endswith("[0]") else f"{address}[0]")
        if identity not in self.accepted and other in self.accepted:
            self.accepted[identity] = self.accepted.pop(other)
            self.moved[next((old for old, now in self.moved.items() if now == other), other)] = identity
        return self.accepted.get(identity, 0)


def with_anywhere(counts: Counts) -> dict[Identity, int]:
    """The counts, with those of each identity in whichever environment has the most."""
    return {**counts, **anywhere(counts)}


def anywhere(counts: Counts) -> dict[Identity, int]:
    """The counts without their environments, each that of the environment with the most."""
    most: dict[Identity, int] = {}
    for identity, count in counts.items():
        most[identity.anywhere] = max(count, most.get(identity.anywhere, 0))
    return most


def identities(item: Observation, root: str) -> Iterator[Identity]:
    """What an observation is about, once for each of its addresses; it was made in one environment at most."""
    finding = item.finding
    environment = "".join(finding.environments)
    for address in finding.addresses or (relpath(finding.span.path, root),):
        yield Identity(finding.rule.code, root, address, finding.argument, environment)

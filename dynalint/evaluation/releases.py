"""Which releases of the AWS provider may run a configuration."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property

from dynalint.evaluation.versions import ENDLESS, Constraint, Version, parse_version
from dynalint.records import dataclass
from dynalint.syntax.source import Span


@dataclass(frozen=True, slots=True)
class Requirement:
    """What one place says: the lock file (``locked``) or a ``required_providers`` entry, whose span is its version."""

    constraint: Constraint
    span: Span
    text: str
    locked: bool = False


class Releases:
    """The releases that every requirement allows; read when somebody asks.

    A lock file settles it. Without one each requirement on the way from the root to the module counts, as for
    Terraform; without any, every release may be meant.
    """

    def __init__(self, read: Callable[[], Iterable[Requirement]] = tuple) -> None:
        self._read = read

    @cached_property
    def requirements(self) -> tuple[Requirement, ...]:
        """What is said, the root's requirement first; the lock file's alone where there is one."""
        found = tuple(self._read())
        locked = tuple(item for item in found if item.locked)
        return locked or found

    @property
    def stated(self) -> bool:
        """Whether anything is said at all."""
        return bool(self.requirements)

    def since(self, release: Version | str) -> bool | None:
        """Whether what came with a release (``"6.29"``) is there: True, False, or None where it may be.

        ``release`` is a version or the text of one.
        """
        if isinstance(release, str):
            release = parse_version(release) or ENDLESS
        if self._lowest >= release:
            return True
        return False if self._ceiling <= release else None

    def runs_between(self, first: str, fixed: str) -> bool:
        """Whether the release is certainly one from ``first`` on and before ``fixed``."""
        return self.since(first) is True and self.since(fixed) is False

    def decided_by(self, release: Version) -> Requirement | None:
        """The requirement that lets releases before ``release`` in, the narrowest first; None where nothing is said."""
        return max(self.requirements, key=lambda item: item.constraint.ceiling() <= release, default=None)

    @property
    def _lowest(self) -> Version:
        return max((item.constraint.lowest() for item in self.requirements), default=Version(0))

    @property
    def _ceiling(self) -> Version:
        return min((item.constraint.ceiling() for item in self.requirements), default=ENDLESS)


ANY_RELEASE = Releases()

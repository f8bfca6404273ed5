"""Policies: where they are written, whom they concern, what they say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field as dataclass_field
from enum import Enum
from functools import cached_property
from typing import TYPE_CHECKING

from dynalint.dynamodb import reading
from dynalint.dynamodb.directory import TableDirectory
from dynalint.dynamodb.grammar import Flaw, flaws
from dynalint.dynamodb.grants import Grant
from dynalint.dynamodb.holdings import Holding, Holdings
from dynalint.dynamodb.policy_text import Malformed, structure
from dynalint.dynamodb.principals import Principal, PrincipalDirectory
from dynalint.dynamodb.reach import Everything, Reach, reach_of
from dynalint.dynamodb.regions import arn_part
from dynalint.dynamodb.statements import Statement
from dynalint.evaluation.resources import Argument, EvaluatedBlock, Resource, RootModule
from dynalint.evaluation.types import DYNAMIC
from dynalint.evaluation.values import Unknown, Value, unknown
from dynalint.records import dataclass
from dynalint.syntax.source import Sources, Span

if TYPE_CHECKING:
    from dynalint.dynamodb.table import Table

DOCUMENT = "aws_iam_policy_document"

IDENTITY_POLICIES = {
    "aws_iam_policy": "policy",
    "aws_iam_role_policy": "policy",
    "aws_iam_user_policy": "policy",
    "aws_iam_group_policy": "policy",
    "aws_ssoadmin_permission_set_inline_policy": "inline_policy",
}
"""Resources that are a policy of whoever has it, and the argument that holds its text."""


class PolicyKind(Enum):
    """What a policy is attached to.

    IDENTITY grants to its holder, RESOURCE to others on what it is attached to, ENDPOINT limits what passes a VPC
    endpoint, BOUNDARY what its holder's other policies grant.
    """

    IDENTITY = "identity"
    BOUNDARY = "boundary"
    RESOURCE = "resource"
    ENDPOINT = "endpoint"


ATTACHED_POLICIES = {
    "aws_dynamodb_resource_policy": PolicyKind.RESOURCE,
    "aws_vpc_endpoint": PolicyKind.ENDPOINT,
    "aws_vpc_endpoint_policy": PolicyKind.ENDPOINT,
}
"""Resources whose ``policy`` says who may use them."""


@dataclass(frozen=True, eq=False)
class Policy:
    """One policy text in use, or an ``aws_iam_policy_document`` that is attached nowhere.

    Its text is in this configuration; of what AWS manages no text is at hand (see :class:`Attachment`). ``at`` is the
    argument that holds the text, or the document's header. ``principals`` are those who have it in this configuration.
    """

    resource: Resource
    kind: PolicyKind
    text: Value
    at: Span
    tables: TableDirectory = dataclass_field(repr=False)
    principals: tuple[Principal, ...]
    _holdings: Holdings = dataclass_field(repr=False)
    _known: Mapping[str, Table] = dataclass_field(repr=False)
    source_of: Sources = dataclass_field(repr=False)

    @property
    def address(self) -> str:
        """Address of the resource that carries the text."""
        return self.resource.address

    @property
    def grants_to_holder(self) -> bool:
        """Whether it is an identity policy."""
        return self.kind is PolicyKind.IDENTITY

    @property
    def is_tables_own(self) -> bool:
        """Whether it is the resource-based policy of a table or stream."""
        return self.kind is PolicyKind.RESOURCE

    @property
    def owner_account(self) -> str | None:
        """The account of what it is attached to, where its ARN says so."""
        owner = reading.field(self.resource.body, "resource_arn", reading.name)
        return arn_part(owner, 4) or None

    @property
    def fault(self) -> str:
        """Why it is no policy at all: what the parser of its text says, empty for one that can be read."""
        return self.content.message if isinstance(self.content, Malformed) else ""

    @property
    def size(self) -> int | None:
        """Bytes of its text, blanks included; None where that is not known."""
        return len(self.text.data.encode()) if isinstance(self.text.data, str) else None

    @cached_property
    def whole_reach(self) -> Reach:
        """What ``*`` reaches in it: everything, or in a table's own policy the table."""
        owner = self.resource.body.value("resource_arn") if self.kind is PolicyKind.RESOURCE else None
        return Everything() if owner is None else reach_of(owner, self.tables)

    @cached_property
    def content(self) -> Value | Unknown | Malformed:
        """The policy as an object, or why there is none."""
        return structure(self.text, self.source_of)

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        """Its statements; a text that is unknown is one statement of which nothing is known."""
        match self.content:
            case Unknown() as because:
                return (Statement(self, unknown(DYNAMIC, because)),)
            case Value(data=dict() as members):
                return tuple(Statement(self, entry) for entry in _statements(members.get("Statement")))
            case _:
                return ()

    @property
    def is_attached(self) -> bool:
        """Whether it is more than a document that nothing uses."""
        return self.resource.mode == "managed"

    @property
    def flaws(self) -> Iterator[Flaw]:
        """What IAM refuses in it, whatever it grants."""
        return flaws(self)

    def within(self, entry: Value) -> Span:
        """The place of a part of it, where it is written inside the argument that holds the text; else that."""
        trace = entry.trace
        inside = trace is not None and trace.span.path == self.at.path
        return trace.span if trace and inside and self.at.start <= trace.span.start < self.at.end else self.at

    def denied(self, grant: Grant) -> bool:
        """Whether a Deny takes the grant back: one of this policy, or one that everybody who has the policy has too."""
        if any(statement.forbids(grant) for statement in self.denials(grant.action.name)):
            return True
        return bool(self.principals) and all(
            any(statement.forbids(grant) for statement in holding.denials(grant.action.name))
            for holding in self.holdings
        )

    @cached_property
    def holdings(self) -> tuple[Holding, ...]:
        """What each principal that has the policy holds in all; the policy alone where nobody here has it."""
        return self._holdings.of(self)

    def allows_everybody(self, action: str) -> bool:
        """Whether all who have it may do an action of any service on something. Raises Undecided if that is open."""
        return all(
            any(statement.allows and statement.covers(action) for statement in holding.statements)
            for holding in self.holdings
        )

    def table(self, address: str | None) -> Table | None:
        """The table of this configuration at an address."""
        return self._known.get(address) if address else None

    @property
    def tables_here(self) -> Iterable[Table]:
        """The tables of this configuration."""
        return self._known.values()

    def denials(self, action: str) -> tuple[Statement, ...]:
        """Its unconditional denials of an action."""
        return self._alone.denials(action)

    @cached_property
    def _alone(self) -> Holding:
        return Holding((self,))


def read_policies(root: RootModule, directory: TableDirectory, tables: Iterable[Table]) -> tuple[Policy, ...]:
    """All policies of a configuration, in the order of their resources; documents in use are part of their user."""
    known = {table.address: table for table in tables}
    holders = PrincipalDirectory(root.resources)
    holdings = Holdings()
    policies = [
        Policy(resource, kind, argument.value, argument.span, directory, principals, holdings, known, root.source_of)
        for resource in root.resources
        for kind, argument, principals in _texts_of(resource, holders)
    ]
    for policy in policies:
        holdings.add(policy)
    used = set(_marks_of_use(root.resources))
    policies += [
        Policy(document, PolicyKind.IDENTITY, text, document.header, directory, (), holdings, known, root.source_of)
        for document in root.resources
        if document.type == DOCUMENT and (text := _loose_text(document, used)) is not None
    ]
    return tuple(policies)


def _texts_of(
    resource: Resource, holders: PrincipalDirectory
) -> Iterator[tuple[PolicyKind, Argument, tuple[Principal, ...]]]:
    """The policy texts that a resource carries, with those who have them."""
    if resource.mode != "managed":
        return
    if name := IDENTITY_POLICIES.get(resource.type):
        attached = resource.type == "aws_iam_policy"
        own = holders.attached_to(resource) if attached else tuple(holders.named_by(resource))
        kind = PolicyKind.BOUNDARY if attached and holders.is_boundary(resource) else PolicyKind.IDENTITY
        yield from ((kind, argument, own) for argument in _written(resource.body, name))
    elif resource.type == "aws_iam_role":
        role = (holders.role(resource),)
        for block in resource.body.blocks_of("inline_policy"):
            yield from ((PolicyKind.IDENTITY, argument, role) for argument in _written(block, "policy"))
    elif attached_kind := ATTACHED_POLICIES.get(resource.type):
        yield from ((attached_kind, argument, ()) for argument in _written(resource.body, "policy"))


def _written(block: EvaluatedBlock, name: str) -> Iterator[Argument]:
    argument = block.arguments.get(name)
    if argument is not None and not argument.value.is_null:
        yield argument


def _statements(value: Value | None) -> tuple[Value, ...]:
    """The entries of ``Statement``, which may also be a single object."""
    if value is None or value.is_null:
        return ()
    return value.data if isinstance(value.data, tuple) else (value,)


def _loose_text(document: Resource, used: set[int | Span]) -> Value | None:
    """The text of a document that nothing in the configuration uses."""
    texts = [document.computed[name] for name in ("json", "minified_json") if name in document.computed]
    if document.header in used or any(id(text.encodes) in used for text in texts):
        return None
    return texts[0] if texts else None


def _marks_of_use(resources: Iterable[Resource]) -> Iterator[int | Span]:
    """Of every text in an argument, the structure that it encodes and the places that it came through.

    The second finds a document whose text a function has changed.
    """
    for resource in resources:
        for value in _values(resource.body):
            if value.encodes is not None:
                yield id(value.encodes)
            elif value.trace is not None and (value.unknown or _looks_like_object(value)):
                yield from (step.span for step in value.trace.steps())


def _looks_like_object(value: Value) -> bool:
    return isinstance(value.data, str) and value.data.lstrip().startswith("{")


def _values(block: EvaluatedBlock) -> Iterator[Value]:
    """Every value in a block, members of collections included."""
    waiting = [argument.value for argument in block.arguments.values()]
    while waiting:
        value = waiting.pop()
        yield value
        waiting.extend(value.members())
    for inner in (inner for group in block.blocks.values() for inner in group):
        yield from _values(inner)

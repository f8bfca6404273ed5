"""Who has a policy: roles, users, groups and permission sets, by the resources that attach policies to them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from dynalint.dynamodb.pieces import joined, key_of, pieces_of
from dynalint.dynamodb.policy_text import structure
from dynalint.evaluation.convert import text_identities
from dynalint.evaluation.resources import Resource
from dynalint.evaluation.values import Value, attribute_identity
from dynalint.records import dataclass
from dynalint.syntax.source import Span

_KINDS = {
    "aws_iam_role": "role",
    "aws_iam_user": "user",
    "aws_iam_group": "group",
    "aws_ssoadmin_permission_set": "permission set",
}

_HOLDERS = {"role": "aws_iam_role", "user": "aws_iam_user", "group": "aws_iam_group"}
"""Arguments of policy and attachment resources that name who holds the policy, and the resource type they name."""

_LISTS = {"roles": "role", "users": "user", "groups": "group"}


COMPUTE = frozenset(
    {"lambda", "edgelambda", "ec2", "ecs-tasks", "pods", "eks-fargate-pods", "tasks", "batch", "sagemaker"}
)
"""The services that run an application's code, by the first word of their principal (``lambda.amazonaws.com``)."""


@dataclass(frozen=True, slots=True)
class Principal:
    """Who a policy is attached to.

    ``address`` is that of the role, user, group or permission set, None for one outside this configuration; ``name``
    is then what the attachment calls it, as far as known. ``services`` are the AWS services that may take on a role,
    ``is_federated`` says that whoever signs in elsewhere may.
    """

    kind: str
    address: str | None
    name: str = ""
    services: frozenset[str] = frozenset()
    is_federated: bool = False

    @property
    def computes(self) -> bool:
        """Whether it is the role of code that serves requests."""
        return any(service.partition(".")[0] in COMPUTE for service in self.services)


class PrincipalDirectory:
    """Resolves names and references to principals, and policy ARNs to those who have the policy attached."""

    def __init__(self, resources: Iterable[Resource]) -> None:
        self._by_name: dict[tuple[str, tuple[str, ...]], Principal] = {}
        self._attached: dict[str, list[Principal]] = defaultdict(list)
        self._boundaries: set[str] = set()
        attachments: list[Resource] = []
        for resource in resources:
            if resource.type in _KINDS:
                self._enter(resource)
            elif resource.type.endswith("_policy_attachment"):
                attachments.append(resource)
        for attachment in attachments:
            self._attach(attachment)

    def _enter(self, resource: Resource) -> None:
        kind = _KINDS[resource.type]
        name = resource.body.value("name")
        known = name.data if name is not None and isinstance(name.data, str) else ""
        trusted = _trusted(resource.body.value("assume_role_policy"))
        services = frozenset(name for type_, name in trusted if type_ == "Service")
        federated = any(type_ == "Federated" for type_, _ in trusted)
        principal = Principal(kind, resource.address, known, services, federated)
        for attribute in ("id", "name", "arn"):
            self._by_name[kind, (attribute_identity(resource.address, attribute),)] = principal
        if name is not None and (key := key_of(pieces_of(name))):
            self._by_name.setdefault((kind, key), principal)
        boundary = resource.body.value("permissions_boundary")
        if boundary is not None and boundary.unknown:
            self._boundaries.add(boundary.unknown.identity)

    def _attach(self, attachment: Resource) -> None:
        policy = attachment.body.value("policy_arn")
        if policy is None or policy.unknown is None or not policy.unknown.identity:
            return
        self._attached[policy.unknown.identity].extend(self.named_by(attachment))

    def named_by(self, resource: Resource) -> Iterator[Principal]:
        """The principals that a policy or attachment resource names."""
        for argument, kind in (*((name, name) for name in _HOLDERS), *_LISTS.items()):
            value = resource.body.value(argument)
            if value is None or value.is_null:
                continue
            yield from (self._find(kind, member) for member in (value.members() or (value,)))
        permission_set = resource.body.value("permission_set_arn")
        if permission_set is not None:
            yield self._find("permission set", permission_set)

    def attached_to(self, policy: Resource) -> tuple[Principal, ...]:
        """Those to whom an ``aws_iam_policy`` is attached in this configuration."""
        return tuple(self._attached.get(attribute_identity(policy.address, "arn"), ()))

    def is_boundary(self, policy: Resource) -> bool:
        """Whether an ``aws_iam_policy`` only bounds what others grant: a permissions boundary, attached to nobody."""
        return not self.attached_to(policy) and attribute_identity(policy.address, "arn") in self._boundaries

    def role(self, resource: Resource) -> Principal:
        """The principal that a role resource is."""
        return self._by_name["role", (attribute_identity(resource.address, "arn"),)]

    def _find(self, kind: str, value: Value) -> Principal:
        pieces = pieces_of(value)
        key = key_of(pieces)
        found = self._by_name.get((kind, key)) if key else None
        return found or Principal(kind, None, value.data if isinstance(value.data, str) else "")


@dataclass(frozen=True, eq=False)
class Attachment:
    """A managed policy that somebody gets: the resource that says so, and the policy's ARN or name."""

    resource: Resource
    at: Span
    name: str

    @property
    def address(self) -> str:
        """Terraform's address."""
        return self.resource.address


def attachments_of(resources: Sequence[Resource]) -> Iterator[Attachment]:
    """The attachments of policies that AWS manages, as far as their names are known.

    That of what ``data.aws_iam_policy`` looks up by name is the name.
    """
    named = {
        identity: str(name.data)
        for item in resources
        if item.type == "aws_iam_policy" and item.mode == "data" and (name := item.body.value("name")) is not None
        for identity in text_identities(item.address, "arn")
    }
    for resource in resources:
        for argument in (resource.body.arguments.get(name) for name in _POLICY_ARNS):
            if argument is None or resource.mode != "managed":
                continue
            for value in argument.value.members() or (argument.value,):
                text = joined(pieces_of(value))
                known = named.get(value.unknown.identity, "") if value.unknown else ""
                if known or ":iam::aws:policy/" in text:
                    yield Attachment(resource, argument.span, known or text.rpartition("/")[2])


_POLICY_ARNS = ("policy_arn", "policy_arns", "managed_policy_arns", "managed_policy_arn")


def _trusted(policy: Value | None) -> frozenset[tuple[str, str]]:
    """Whom a trust policy lets take on a role: kind (``Service``, ``Federated``) and name."""
    content = structure(policy) if policy is not None else None
    if not isinstance(content, Value) or not isinstance(content.data, Mapping):
        return frozenset()
    statements = content.data.get("Statement")
    return frozenset(pair for entry in _entries(statements) for pair in _trusted_by(entry))


def _trusted_by(statement: Value) -> Iterator[tuple[str, str]]:
    principal = statement.data.get("Principal") if isinstance(statement.data, Mapping) else None
    for kind, names in principal.data.items() if principal is not None and isinstance(principal.data, Mapping) else ():
        yield from ((kind, joined(pieces_of(name))) for name in _entries(names))


def _entries(value: Value | None) -> tuple[Value, ...]:
    if value is None or value.is_null:
        return ()
    return value.data if isinstance(value.data, tuple) else (value,)

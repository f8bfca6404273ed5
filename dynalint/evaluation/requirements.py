"""What the lock file and ``required_providers`` say of the AWS provider.

https://developer.hashicorp.com/terraform/language/files/dependency-lock
https://developer.hashicorp.com/terraform/language/providers/requirements
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dynalint.evaluation.releases import Requirement
from dynalint.evaluation.versions import parse_constraint
from dynalint.syntax import SyntaxFault
from dynalint.syntax.files import load_source
from dynalint.syntax.nodes import Attribute, Expression, GetAttr, Literal, ObjectExpression, TupleExpression
from dynalint.syntax.source import Source

if TYPE_CHECKING:
    from dynalint.evaluation.config import ModuleConfig
    from dynalint.evaluation.module import Module
    from dynalint.project import Project

LOCK_FILE = ".terraform.lock.hcl"
PROVIDER = "hashicorp/aws"
LOCAL_NAME = "aws"


def requirements_of(module: Module) -> Iterator[Requirement]:
    """What is said on the way from the root to a module, the lock file first."""
    if module.parent is not None:
        yield from module.parent.releases.requirements
    else:
        yield from read_lock_file(module.config.directory, module.tree.project)
    yield from read_requirements(module.config)


def read_lock_file(directory: str, project: Project) -> Iterator[Requirement]:
    """The release that ``terraform init`` chose for the root module; nothing where there is no lock file."""
    path = f"{directory}/{LOCK_FILE}"
    try:
        source = Source(path, project.read_text_file(path))
    except OSError:
        return
    for block in load_source(source).blocks:
        if block.type == "provider" and any(label.endswith(f"/{PROVIDER}") for label in block.labels):
            try:
                version = block.parse().body.attribute("version")
            except SyntaxFault:
                continue
            if version is not None:
                yield from _requirement(version.value, locked=True)


def read_requirements(config: ModuleConfig) -> Iterator[Requirement]:
    """What the ``required_providers`` of a module ask of the AWS provider."""
    for terraform in config.bodies("terraform"):
        for block in terraform.body.blocks_of("required_providers"):
            for attribute in block.body.attributes:
                for version in _versions(attribute):
                    yield from _requirement(version)


def _versions(attribute: Attribute) -> Iterator[Expression]:
    """The version that an entry asks of the AWS provider; before Terraform 0.13 the entry was the version."""
    if not isinstance(attribute.value, ObjectExpression):
        yield from (attribute.value,) if attribute.name == LOCAL_NAME else ()
        return
    entry = {item.key.value: item.value for item in attribute.value.items if isinstance(item.key, Literal)}
    source = entry.get("source")
    named = str(source.value) if isinstance(source, Literal) else f"hashicorp/{attribute.name}"
    if named.endswith(PROVIDER) and "version" in entry:
        yield entry["version"]


def _requirement(expression: Expression, *, locked: bool = False) -> Iterator[Requirement]:
    text = expression.value if isinstance(expression, Literal) else None
    constraint = parse_constraint(text) if isinstance(text, str) else None
    if constraint is not None:
        yield Requirement(constraint, expression.span, str(text), locked)


def expects_alias(config: ModuleConfig, alias: str) -> bool:
    """Whether a module lets its callers pass a provider of that alias: ``configuration_aliases = [aws.eu]``."""
    return any(name == alias for _, name in expected_aliases(config))


def expected_aliases(config: ModuleConfig) -> Iterator[tuple[str, str]]:
    """Local name and alias of every provider that the callers of a module must pass."""
    for entry in _entries(config):
        items = entry.value.items if isinstance(entry.value, ObjectExpression) else ()
        for item in items:
            members = item.value.items if isinstance(item.value, TupleExpression) else ()
            yield from ((entry.name, member.name) for member in members if isinstance(member, GetAttr))


def provider_names(config: ModuleConfig) -> frozenset[str]:
    """The local names of the providers that a module requires."""
    return frozenset(entry.name for entry in _entries(config))


def _entries(config: ModuleConfig) -> Iterator[Attribute]:
    for terraform in config.bodies("terraform"):
        for block in terraform.body.blocks_of("required_providers"):
            yield from block.body.attributes

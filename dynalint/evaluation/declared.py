"""What Terraform refuses in declarations before it evaluates anything: names, shapes, and blocks that contradict."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from dynalint.evaluation.addresses import generic
from dynalint.evaluation.errors import EvaluationError
from dynalint.evaluation.json_bodies import with_blocks
from dynalint.evaluation.meta_arguments import NO_RESOURCE, meta_errors, refusal
from dynalint.evaluation.moves import address_in
from dynalint.evaluation.providers import alias_of
from dynalint.evaluation.references import Step
from dynalint.evaluation.resolving import META
from dynalint.evaluation.static import references
from dynalint.syntax import ScannedBlock, SyntaxFault
from dynalint.syntax.nodes import Block, GetAttr, Literal, Name, ObjectExpression

if TYPE_CHECKING:
    from dynalint.evaluation.config import ModuleConfig
    from dynalint.evaluation.module import Module

RESERVED = META | {"lifecycle", "locals"}
"""Words that mean something in a module call, so that no variable can have them for a name."""
CHECKED = ("resource", "data", "module", "output", "check", "ephemeral")


def declaration_errors(module: Module) -> Iterator[EvaluationError]:
    """Everything of the kind in one module."""
    config = module.config
    if config.blind:
        return
    yield from _variables(config)
    yield from _literals(config)
    yield from _locals(config)
    yield from _providers(config)
    yield from _moves(module)
    yield from _settings(config)
    yield from _overrides(config)
    for block in blocks_of(config, *CHECKED):
        yield from meta_errors(module, block)
        if block.type == "check" and not block.body.blocks_of("assert"):
            yield refusal("a check block needs at least one assert block", block.header)


def blocks_of(config: ModuleConfig, *kinds: str) -> Iterator[Block]:
    """The named blocks of some types that can be read, overrides applied, lifecycle a block in JSON, too."""
    for kind in kinds:
        for _, declaration in config.named(kind):
            try:
                block = declaration.parse()
            except SyntaxFault as fault:
                config.note(fault)
                continue
            yield Block(block.span, block.type, block.labels, block.header, with_blocks(block.body, None))


LITERALS = {
    "variable": ("description", "sensitive", "nullable", "ephemeral"),
    "output": ("description", "sensitive", "ephemeral"),
    "terraform": ("required_version",),
}
"""Arguments that are read before anything is evaluated."""


def _literals(config: ModuleConfig) -> Iterator[EvaluationError]:
    for kind, names in LITERALS.items():
        for block in blocks_of(config, kind) if kind != "terraform" else config.bodies(kind):
            for attribute in block.body.attributes:
                if attribute.name in names and next(references(attribute.value), None):
                    message = f"{attribute.name} of this {kind} block is read before anything is evaluated"
                    yield refusal(message, attribute.span, "write a literal")


def _variables(config: ModuleConfig) -> Iterator[EvaluationError]:
    for block in blocks_of(config, "variable"):
        name = block.labels[0]
        if name in RESERVED:
            yield refusal(f"{name!r} means something in module calls: no variable can be called so", block.header)
        for validation in block.body.blocks_of("validation"):
            condition = validation.body.attribute("condition")
            if condition and not any(_is_variable(root, steps, name) for root, steps in references(condition.value)):
                yield refusal(f"a validation of var.{name} must refer to var.{name}", condition.span)


def _is_variable(root: Name, steps: list[Step], name: str) -> bool:
    return root.name == "var" and bool(steps) and isinstance(steps[0], GetAttr) and steps[0].name == name


def _locals(config: ModuleConfig) -> Iterator[EvaluationError]:
    for block in config.bodies("locals"):
        if block.labels:
            yield refusal("a locals block takes no label", block.header)
        for inner in block.body.blocks:
            yield refusal(f"locals holds values only, and {inner.type} is a block", inner.header)


def _providers(config: ModuleConfig) -> Iterator[EvaluationError]:
    seen: set[tuple[str, object]] = set()
    for scanned in config.blocks:
        if scanned.type != "provider":
            continue
        try:
            block = scanned.parse()
        except SyntaxFault as fault:
            config.note(fault)
            continue
        key = (block.labels[0] if block.labels else "", alias_of(block))
        if key in seen:
            yield refusal(f"provider {key[0]} is configured twice under one name", block.header, "give it an alias")
        seen.add(key)


def _settings(config: ModuleConfig) -> Iterator[EvaluationError]:
    """Blocks of ``terraform`` that a module has once, and requirements that are no literals."""
    seen: set[str] = set()
    overriding = {block.header for block in config.override_blocks}
    for terraform in config.bodies("terraform"):
        for block in terraform.body.blocks:
            if block.type in ("backend", "cloud", "required_providers") and terraform.header not in overriding:
                if block.type in seen:
                    yield refusal(f"a module has one {block.type} block, and this is another", block.header)
                seen.add(block.type)
            if block.type == "required_providers":
                yield from _requirements(block)


def _requirements(block: Block) -> Iterator[EvaluationError]:
    for attribute in block.body.attributes:
        items = attribute.value.items if isinstance(attribute.value, ObjectExpression) else ()
        for item in items:
            text = item.key.value if isinstance(item.key, Literal) else ""
            if text in ("version", "source") and not isinstance(item.value, Literal):
                yield refusal(f"the {text} of a required provider is a plain text", item.value.span)


NEVER_OVERRIDDEN = ("moved", "import", "check")
IN_ORIGINAL_ONLY = ("validation", "precondition", "postcondition")


def _overrides(config: ModuleConfig) -> Iterator[EvaluationError]:
    """What an override file cannot say."""
    configured = set(_configured(config.blocks))
    for scanned in config.override_blocks:
        if scanned.type in NEVER_OVERRIDDEN:
            yield refusal(f"{scanned.type} blocks have no place in an override file", scanned.header)
            continue
        try:
            block = scanned.parse()
        except SyntaxFault as fault:
            config.note(fault)
            continue
        depends_on = block.body.attribute("depends_on")
        if depends_on:
            yield refusal("an override file cannot change depends_on", depends_on.span)
        for holder in (block, *block.body.blocks_of("lifecycle")):
            for inner in holder.body.blocks:
                if inner.type in IN_ORIGINAL_ONLY:
                    yield refusal(f"an override file cannot change {inner.type} blocks", inner.header)
        if scanned.type == "provider" and not configured.issuperset(_configured((scanned,))):
            yield refusal("this overrides the configuration of a provider that no other file has", block.header)


def _configured(blocks: Iterable[ScannedBlock]) -> Iterator[tuple[str, object]]:
    """Name and alias of each provider that blocks configure."""
    for scanned in blocks:
        if scanned.type == "provider" and not scanned.fault:
            block = scanned.parse()
            yield block.labels[0] if block.labels else "", alias_of(block)


def _moves(module: Module) -> Iterator[EvaluationError]:
    """``moved``, ``removed`` and ``import`` blocks that contradict what is declared."""
    for scanned in module.config.blocks:
        if scanned.type not in ("moved", "removed", "import"):
            continue
        try:
            block = scanned.parse()
        except SyntaxFault as fault:
            module.config.note(fault)
            continue
        former, address = address_in(scanned, block, "from"), address_in(scanned, block, "to")
        match scanned.type:
            case "moved" if former == address:
                yield refusal(f"this moves {former} to where it is", block.header)
            case "moved" if former == generic(former) and _is_declared(module.config, former):
                yield refusal(f"{former} is moved, but it is still declared", block.header)
            case "removed" if _is_declared(module.config, former):
                yield refusal(f"{former} is removed, but it is still declared", block.header)
            case "import" if not _may_be_declared(module.config, address):
                yield refusal(f"this imports {address}, which is not declared", block.header)


def _is_declared(config: ModuleConfig, address: str) -> bool:
    words = generic(address).split(".")
    match words:
        case ["module", name]:
            return config.find("module", name) is not None
        case [type_, name] if type_ not in NO_RESOURCE:
            return config.find("resource", type_, name) is not None
        case _:
            return False


def _may_be_declared(config: ModuleConfig, address: str) -> bool:
    words = generic(address).partition("[")[0].split(".")
    return _is_declared(config, ".".join(words[:2])) or len(words) < 2 or words[0] == "data"

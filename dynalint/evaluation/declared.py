"""What Terraform refuses in declarations before it evaluates anything: names, shapes, and blocks that contradict."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dynalint.evaluation.addresses import generic
from dynalint.evaluation.errors import EvaluationError
from dynalint.evaluation.json_bodies import with_blocks
from dynalint.evaluation.lifecycle import read_lifecycle
from dynalint.evaluation.moves import address_in
from dynalint.evaluation.references import Step, unwind
from dynalint.evaluation.requirements import expected_aliases, provider_names
from dynalint.evaluation.resolving import META
from dynalint.evaluation.schema import schema_of
from dynalint.evaluation.static import calls_in, references, scoped_attributes
from dynalint.syntax import SyntaxFault
from dynalint.syntax.nodes import (
    Block,
    Expression,
    GetAttr,
    Index,
    Literal,
    Name,
    TupleExpression,
)

if TYPE_CHECKING:
    from dynalint.evaluation.config import ModuleConfig
    from dynalint.evaluation.module import Module
    from dynalint.syntax.source import Span

CODE = "DYN023"
RESERVED = META | {"lifecycle", "locals"}
"""Words that mean something in a module call, so that no variable can have them for a name."""
CHECKED = ("resource", "data", "module", "output", "check", "ephemeral")
NO_RESOURCE = frozenset({"var", "local", "path", "terraform", "each", "count", "self", "data", "module"})
WHOLE = {"module": 3, "data": 3, "var": 2, "local": 2}
"""How many words name a whole thing, by the first of them; a resource has two."""


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
    for block in blocks_of(config, *CHECKED):
        yield from _dependencies(block)
        yield from _conditions(block)
        if block.type == "resource":
            yield from _lifecycle(block)
        elif block.type == "module":
            yield from _call(module, block)
        elif block.type == "check" and not block.body.blocks_of("assert"):
            yield _error("a check block needs at least one assert block", block.header)
        for attribute, _ in scoped_attributes(block.body):
            yield from _provider_functions(config, attribute.value)


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


def _error(message: str, span: Span, help_: str = "") -> EvaluationError:
    return EvaluationError(message, span, code=CODE, help=help_)


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
                    yield _error(message, attribute.span, "write a literal")


def _variables(config: ModuleConfig) -> Iterator[EvaluationError]:
    for block in blocks_of(config, "variable"):
        name = block.labels[0]
        if name in RESERVED:
            yield _error(f"{name!r} means something in module calls: no variable can be called so", block.header)
        for validation in block.body.blocks_of("validation"):
            condition = validation.body.attribute("condition")
            if condition and not any(_is_variable(root, steps, name) for root, steps in references(condition.value)):
                yield _error(f"a validation of var.{name} must refer to var.{name}", condition.span)


def _is_variable(root: Name, steps: list[Step], name: str) -> bool:
    return root.name == "var" and bool(steps) and isinstance(steps[0], GetAttr) and steps[0].name == name


def _locals(config: ModuleConfig) -> Iterator[EvaluationError]:
    for block in config.bodies("locals"):
        if block.labels:
            yield _error("a locals block takes no label", block.header)
        for inner in block.body.blocks:
            yield _error(f"locals holds values only, and {inner.type} is a block", inner.header)


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
        alias = block.body.attribute("alias")
        named = alias.value.value if alias and isinstance(alias.value, Literal) else None
        key = (block.labels[0] if block.labels else "", named)
        if key in seen:
            yield _error(f"provider {key[0]} is configured twice under one name", block.header, "give it an alias")
        seen.add(key)


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
                yield _error(f"this moves {former} to where it is", block.header)
            case "moved" if former == generic(former) and _is_declared(module.config, former):
                yield _error(f"{former} is moved, but it is still declared", block.header)
            case "removed" if _is_declared(module.config, former):
                yield _error(f"{former} is removed, but it is still declared", block.header)
            case "import" if not _may_be_declared(module.config, address):
                yield _error(f"this imports {address}, which is not declared", block.header)


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


# --- meta-arguments --------------------------------------------------------------------------------------------------


def _dependencies(block: Block) -> Iterator[EvaluationError]:
    attribute = block.body.attribute("depends_on")
    if attribute is None:
        return
    for item in attribute.value.items if isinstance(attribute.value, TupleExpression) else ():
        words = _words(item)
        if words is None:
            yield _error("depends_on holds references only", item.span)
        elif len(words) > WHOLE.get(words[0], 2):
            whole = ".".join(words[: WHOLE.get(words[0], 2)])
            yield _error(f"depends_on holds whole things, not a part of one: {whole}", item.span, f"write {whole}")


def _words(item: Expression) -> list[str] | None:
    """The names in a reference; None for every other expression. A text is a reference, too."""
    if isinstance(item, Literal) and isinstance(item.value, str):
        return generic(item.value).split(".")
    root, steps = unwind(item)
    if not isinstance(root, Name) or not all(
        isinstance(step, GetAttr) or isinstance(step.key, Literal) for step in steps
    ):
        return None
    return [root.name, *(step.name for step in steps if isinstance(step, GetAttr))]


def _conditions(block: Block) -> Iterator[EvaluationError]:
    """Conditions that would hold or not hold whatever there is: they refer to nothing."""
    holders = [block, *block.body.blocks_of("lifecycle")]
    for holder in holders:
        for kind in ("precondition", "postcondition", "assert"):
            for condition in holder.body.blocks_of(kind):
                attribute = condition.body.attribute("condition")
                if attribute and next(references(attribute.value), None) is None:
                    yield _error(
                        f"the condition of this {kind} refers to nothing, so that it checks nothing", attribute.span
                    )


def _lifecycle(block: Block) -> Iterator[EvaluationError]:
    lifecycle = read_lifecycle(block)
    for name, span in lifecycle.computed_switches:
        yield _error(f"{name} is read before anything is evaluated: it takes true or false only", span)
    schema = schema_of("managed", block.labels[0])
    known = {*schema.attributes, *schema.blocks} if schema else set()
    for ignored in lifecycle.ignored if known else ():
        if ignored.argument not in known:
            message = f"ignore_changes names {ignored.argument!r}, which {block.labels[0]} does not have"
            yield _error(message, ignored.span)
    for inner in block.body.blocks_of("lifecycle"):
        triggers = inner.body.attribute("replace_triggered_by")
        for item in triggers.value.items if triggers and isinstance(triggers.value, TupleExpression) else ():
            words = _words(item) if not isinstance(item, Index) else None
            if words is not None and words[0] in NO_RESOURCE:
                yield _error("replace_triggered_by holds resources only", item.span)


def _call(module: Module, block: Block) -> Iterator[EvaluationError]:
    source, version = block.body.attribute("source"), block.body.attribute("version")
    if source and not module.config.is_tofu and next(references(source.value), None):
        yield _error("the source of a module is read before anything is evaluated: it takes a plain text", source.span)
    local = source and isinstance(source.value, Literal) and str(source.value.value).startswith(("./", "../"))
    if local and version:
        yield _error("a module of this repository has no version", version.span)
    yield from _passed_providers(module, block)


def _passed_providers(module: Module, block: Block) -> Iterator[EvaluationError]:
    try:
        call = module.call_of(block.labels[0])
    except EvaluationError:
        return  # noted where it is called
    child = next(iter(call.modules.values()), None)
    if child is None or child.config.blind:
        return
    given = {(use.name, use.alias) for use in child.passed_providers}
    for name, alias in expected_aliases(child.config):
        if (name, alias) not in given:
            message = f"module {block.labels[0]!r} needs a provider as {name}.{alias}"
            yield _error(message, block.header, "pass it in providers = {…}")
    for use in child.passed_providers.values():
        unknown = use.alias is not None and module.parent is None and module.provider(use) is None
        if unknown and (use.name, use.alias) not in set(expected_aliases(module.config)):
            yield _error(f"provider {use.name}.{use.alias} is not configured", block.header)


def _provider_functions(config: ModuleConfig, expression: Expression) -> Iterator[EvaluationError]:
    for call in calls_in(expression):
        if call.name.startswith("provider::"):
            name = call.name.split("::")[1]
            if name != "aws" and name not in provider_names(config):
                yield _error(f"{call.name} is a function of {name}, which required_providers does not list", call.span)

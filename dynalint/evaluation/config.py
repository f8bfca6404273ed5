"""What the files of one module directory declare, before anything is evaluated.

Blocks are parsed when somebody asks for what they declare, so that a large module in which little concerns DynamoDB
costs little.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from posixpath import basename
from typing import TYPE_CHECKING, Protocol

from dynalint.evaluation.errors import EvaluationError
from dynalint.evaluation.overrides import is_override, merge_block
from dynalint.evaluation.resources import Fault
from dynalint.records import dataclass
from dynalint.syntax import ScannedBlock, SourceFile, SyntaxFault
from dynalint.syntax.nodes import Attribute, Block, Body
from dynalint.syntax.source import Span

if TYPE_CHECKING:
    from dynalint.evaluation.variables import Variable

LABELS = {"resource": 2, "data": 2, "ephemeral": 2, "variable": 1, "output": 1, "module": 1, "check": 1}
"""Blocks that declare a name, and how many labels make it."""
TOFU = (".tofu", ".tofu.json")
NAMED = re.compile(r"[^\W\d][\w-]*\Z")
"""A valid identifier."""


@dataclass(frozen=True, slots=True)
class Declaration:
    """A named block with the blocks of override files that change it, in the order in which they apply."""

    block: ScannedBlock
    overrides: tuple[ScannedBlock, ...] = ()

    @property
    def header(self) -> Span:
        """Where the declaration begins."""
        return self.block.header

    def text(self) -> bytes:
        """The text of the block, without that of overrides."""
        span = self.block.span
        return self.block.source.data[span.start : span.end]

    def parse(self) -> Block:
        """The block as Terraform sees it. SyntaxFault where its text is broken."""
        block = self.block.parse()
        for override in self.overrides:
            block = merge_block(block, override.parse())
        return block


class Files(Protocol):
    """Where the files of a directory come from: the project, or a stand-in."""

    def files_of(self, directory: str) -> tuple[SourceFile, ...]:
        """The configuration files of a module directory, in Terraform's order."""
        ...

    @property
    def saw_terragrunt(self) -> bool:
        """Whether another tool may add files to the modules."""
        ...


class ModuleConfig:
    """The declarations of one directory. ``faults`` are what Terraform refuses before it evaluates anything."""

    def __init__(self, directory: str, project: Files) -> None:
        self.directory = directory
        self._project = project
        self.files = _without_foreign(project.files_of(directory))
        self.variables: dict[str, Variable] = {}  # as read: a declaration says the same in every instance
        self.broken: list[SyntaxFault] = [fault for file in self.files for fault in file.faults]

    @cached_property
    def blocks(self) -> tuple[ScannedBlock, ...]:
        """All top-level blocks outside of override files."""
        return tuple(
            block for file in self.files if not is_override(basename(file.source.path)) for block in file.blocks
        )

    @cached_property
    def override_blocks(self) -> tuple[ScannedBlock, ...]:
        """The top-level blocks of override files, in the order of the files' names."""
        files = sorted(
            (file for file in self.files if is_override(basename(file.source.path))),
            key=lambda file: basename(file.source.path),
        )
        return tuple(block for file in files for block in file.blocks)

    @cached_property
    def declarations(self) -> dict[tuple[str, ...], Declaration]:
        """Named blocks by type and labels: ``("resource", "aws_dynamodb_table", "orders")``."""
        found: dict[tuple[str, ...], Declaration] = {}
        for block in self.blocks:
            if len(block.labels) == LABELS.get(block.type):
                found.setdefault((block.type, *block.labels), Declaration(block))
        for block in self.override_blocks:
            key = (block.type, *block.labels)
            if key in found:
                found[key] = replace(found[key], overrides=(*found[key].overrides, block))
        return found

    @cached_property
    def faults(self) -> tuple[Fault, ...]:
        """Duplicate addresses, names that are no identifiers, overrides of nothing, wrong numbers of labels."""
        return tuple(self._faults())

    def _faults(self) -> Iterator[Fault]:
        seen: dict[tuple[str, ...], ScannedBlock] = {}
        for block in self.blocks:
            wanted = LABELS.get(block.type)
            if wanted is None:
                continue
            if len(block.labels) != wanted:
                message = f"a {block.type} block takes {wanted} label(s), this one has {len(block.labels)}"
                yield Fault("DYN001", message, block.header)
            elif not all(NAMED.match(label) for label in block.labels):
                yield Fault(
                    "DYN001", f"{block.labels[-1]!r} is no valid name: use letters, digits, - and _", block.header
                )
            elif (key := (block.type, *block.labels)) in seen:
                first = ".".join(block.labels)
                yield Fault("DYN023", f"{block.type} {first} is declared twice in this module", block.header)
            else:
                seen[key] = block
        for block in self.override_blocks:
            if block.type in LABELS and (block.type, *block.labels) not in seen:
                yield Fault(
                    "DYN023", f"this overrides {'.'.join(block.labels)}, which no other file declares", block.header
                )
            elif block.type == "locals":
                yield from self._locals_without_base(block)

    def _locals_without_base(self, override: ScannedBlock) -> Iterator[Fault]:
        """Locals of an override file that no other file declares."""
        try:
            attributes = override.parse().body.attributes
        except SyntaxFault as fault:
            self.note(fault)
            return
        for attribute in attributes:
            if self._local_in(self.blocks, attribute.name) is None and not self.blind:
                message = f"this overrides local.{attribute.name}, which no other file declares"
                yield Fault("DYN023", message, attribute.name_span)

    def find(self, *key: str) -> Declaration | None:
        """The declaration with that block type and these labels."""
        return self.declarations.get(key)

    def named(self, block_type: str) -> Iterator[tuple[tuple[str, ...], Declaration]]:
        """The labels and declarations of one block type, in order of writing."""
        for key, declaration in self.declarations.items():
            if key[0] == block_type:
                yield key[1:], declaration

    def names(self, block_type: str) -> tuple[str, ...]:
        """The names of one block type: last labels."""
        return tuple(labels[-1] for labels, _ in self.named(block_type))

    def bodies(self, block_type: str) -> Iterator[Block]:
        """Parsed blocks of a type without a name of its own (``locals``, ``provider``, ``terraform``).

        Blocks whose text is broken are left out: the file's fault is reported anyway.
        """
        for block in (*self.blocks, *self.override_blocks):
            if block.type == block_type:
                try:
                    yield block.parse()
                except SyntaxFault as fault:
                    self.note(fault)

    def note(self, fault: SyntaxFault) -> None:
        """Remember a fault that only parsing a block brought out."""
        if fault.span not in [known.span for known in self.broken]:
            self.broken.append(fault)

    @property
    def blind(self) -> str | None:
        """Why something may be declared here that dynalint cannot see; None where everything could be read."""
        if self.broken:
            return f"{basename(self.broken[0].span.path)} could not be read"
        return "terragrunt may add files to this module" if self._project.saw_terragrunt else None

    @property
    def is_tofu(self) -> bool:
        """Whether the module is written for OpenTofu, and not for Terraform."""
        return any(file.source.path.endswith(TOFU) for file in self.files)

    # --- locals ----------------------------------------------------------------------------------------------------

    def local(self, name: str) -> Attribute | None:
        """The attribute of a ``locals`` block that declares ``local.NAME``; the last override wins."""
        found = self._local_in(self.blocks, name)
        return (self._local_in(self.override_blocks[::-1], name) if self.override_blocks else None) or found

    def _local_in(self, blocks: tuple[ScannedBlock, ...], name: str) -> Attribute | None:
        needle = name.encode()
        for block in blocks:
            if block.type == "locals" and block.source.data.find(needle, block.span.start, block.span.end) >= 0:
                try:
                    attribute = block.parse().body.attribute(name)
                except SyntaxFault as fault:
                    self.note(fault)
                    continue
                if attribute:
                    return attribute
        return None

    def local_names(self) -> tuple[str, ...]:
        """All declared locals; parses every ``locals`` block."""
        return tuple(dict.fromkeys(item.name for block in self.bodies("locals") for item in block.body.attributes))

    def duplicate_locals(self) -> Iterator[Fault]:
        """Locals declared in two blocks; parses every ``locals`` block."""
        seen: set[str] = set()
        for block in self.blocks:
            if block.type != "locals":
                continue
            try:
                body: Body = block.parse().body
            except SyntaxFault as fault:
                self.note(fault)
                continue
            for attribute in body.attributes:
                if attribute.name in seen:
                    yield Fault(
                        "DYN023", f"local.{attribute.name} is declared twice in this module", attribute.name_span
                    )
                seen.add(attribute.name)


def _without_foreign(files: tuple[SourceFile, ...]) -> tuple[SourceFile, ...]:
    """The files without those of OpenTofu, where they would declare again what the others declare.

    Terraform does not read ``.tofu`` files. A directory that makes sense only without them is Terraform's.
    """
    own = [file for file in files if not file.source.path.endswith(TOFU)]
    if not own or len(own) == len(files):
        return files
    declared = {name for file in own for name in _declared(file)}
    foreign = [
        file for file in files if file.source.path.endswith(TOFU) and not is_override(basename(file.source.path))
    ]
    clash = any(name in declared for file in foreign for name in _declared(file))
    return tuple(own) if clash else files


def _declared(file: SourceFile) -> Iterator[tuple[str, ...]]:
    for block in file.blocks:
        if block.type == "locals" and not block.fault:
            yield from (("local", attribute.name) for attribute in block.parse().body.attributes)
        elif len(block.labels) == LABELS.get(block.type):
            yield (block.type, *block.labels)


def parse_or_fail(declaration: Declaration, config: ModuleConfig, what: str) -> Block:
    """The parsed block; EvaluationError, after noting the fault, where its text is broken."""
    try:
        return declaration.parse()
    except SyntaxFault as fault:
        config.note(fault)
        raise EvaluationError(f"{what} cannot be read: {fault.message}", fault.span, code="DYN001") from fault

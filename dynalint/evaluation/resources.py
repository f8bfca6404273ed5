"""What evaluation hands on: resources, data sources and module calls with their blocks expanded.

This is the seam between Terraform and DynamoDB. A plan file ends in the same records, so nothing to the right of it
knows which of the two it was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import field

from dynalint.evaluation.releases import ANY_RELEASE, Releases
from dynalint.evaluation.values import Trace, Unknown, Value
from dynalint.records import dataclass
from dynalint.syntax.nodes import Block, Expression
from dynalint.syntax.source import Source, Sources, Span, no_source


@dataclass(frozen=True, slots=True)
class Interest:
    """What of a configuration somebody wants to see; everything else is evaluated only where that refers to it.

    ``wanted`` decides from mode (``managed``, ``data``), type and the block's text, of an output from ``output``, its
    name and text; ``latent`` from mode and type whether branches not taken are looked at, too, and ``branches`` of
    which of its dynamic blocks. ``concerned`` decides as ``wanted`` does, for resources that others refer to: what
    Terraform would refuse in one that is not is left to Terraform. ``beside`` are types that are wanted only where
    there is a resource of another type, too.
    """

    wanted: Callable[[str, str, bytes], bool] = lambda _mode, _type, _text: True
    latent: Callable[[str, str], bool] = lambda _mode, _type: True
    branches: Callable[[str], bool] = lambda _block_type: True
    concerned: Callable[[str, str, bytes], bool] = lambda _mode, _type, _text: True
    beside: Mapping[str, str] = field(default_factory=dict)


ALL = Interest()
"""Everything is wanted."""


@dataclass(frozen=True, slots=True)
class Argument:
    """One evaluated ``name = value``. ``span`` is the whole attribute; ``value.trace`` says where the value is from.

    ``inputs`` names the variables of the module that the expression reads, through locals too.
    """

    name: str
    value: Value
    span: Span
    inputs: frozenset[str] = frozenset()
    expression: Expression | None = field(default=None, compare=False, repr=False)
    """As it is written, for what holds whatever its value is; None where only a value is at hand."""


@dataclass(frozen=True, slots=True)
class Condition:
    """What decides whether a block or resource exists: its ``for_each`` or ``count``.

    ``inputs`` names the variables of the module that it reads, through locals too; a block whose condition reads
    none is there for every caller.
    """

    value: Value
    span: Span
    inputs: frozenset[str]


@dataclass(frozen=True, slots=True)
class EvaluatedBlock:
    """One block after expansion: static, or one element of a ``dynamic`` block.

    ``span`` is the header of the block, or of the ``dynamic`` block that made it. ``certain`` is false for the one
    symbolic block that stands for the elements of an unknown collection: none, one or many of it may exist.
    ``arguments`` holds only what is written; an argument that is null is there with a null value. ``dynamic`` has the
    block types that a ``dynamic`` block in this body makes, whether or not it makes any now, with the header of it.
    """

    type: str
    span: Span
    arguments: Mapping[str, Argument]
    blocks: Mapping[str, tuple[EvaluatedBlock, ...]]
    condition: Condition | None = None
    certain: bool = True
    labels: tuple[str, ...] = ()
    dynamic: Mapping[str, Span] = field(default_factory=dict)
    whole: Span | None = None
    """All of a static block that is nested in a resource; None for every other."""

    def value(self, name: str) -> Value | None:
        """Value of an argument, None where it is not written."""
        argument = self.arguments.get(name)
        return argument.value if argument else None

    def blocks_of(self, block_type: str) -> tuple[EvaluatedBlock, ...]:
        """The expanded blocks of one type, in order, symbolic ones included."""
        return self.blocks.get(block_type, ())

    def openness(self, block_type: str) -> Unknown | None:
        """Why the blocks of a type may be more or fewer than listed; None where they are exactly these."""
        for block in self.blocks_of(block_type):
            if not block.certain and block.condition:
                return block.condition.value.first_unknown() or Unknown("a dynamic block is decided at apply")
        return None


@dataclass(frozen=True, slots=True)
class CallSite:
    """One module call on the way to a resource: where it is written and its address (``module.orders["eu"]``).

    ``span`` is the header of the call, ``block`` the whole of it. ``assumed`` says of which release of the module it is
    judged, where the module itself is not here.
    """

    span: Span
    address: str
    source: str
    block: Span | None = None
    assumed: str = ""


@dataclass(frozen=True, slots=True)
class World:
    """The branch not taken that a latent resource belongs to.

    ``switches`` names the module's inputs that would have to change, ``span`` the condition that reads them.
    """

    switches: tuple[str, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Provider:
    """The provider configuration a resource uses: its alias, its region and its ``default_tags``.

    ``default_tags`` is None where the configuration has none; an unknown value where that cannot be told. ``span`` is
    the header of the provider block, None where there is no such block.
    """

    alias: str | None
    region: Value | None
    default_tags: Value | None
    span: Span | None
    ignored_keys: tuple[str, ...] = ()
    ignored_prefixes: tuple[str, ...] = ()
    """What ``ignore_tags`` takes out of ``tags_all``."""


@dataclass(frozen=True, slots=True)
class Ignored:
    """One entry of ``ignore_changes``: the name of an argument, with what follows it (``tags["x"]``) left out."""

    argument: str
    span: Span
    whole: bool = True
    """Whether it is the argument as a whole, and not a part of it."""


@dataclass(frozen=True, slots=True)
class Lifecycle:
    """The ``lifecycle`` block of a resource; ``span`` is its header, or the resource's where it has none.

    ``ignored`` are the entries of ``ignore_changes``, ``ignores`` the place of its list where it is written as one.
    https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle
    """

    span: Span
    written: bool = False
    block: Span | None = None
    prevents_destroy: bool = False
    creates_first: Span | None = None
    """Where ``create_before_destroy = true`` is written."""
    ignored: tuple[Ignored, ...] = ()
    ignored_all: Span | None = None
    """Where ``ignore_changes = all`` is written."""
    ignores: Span | None = None
    computed_switches: tuple[tuple[str, Span], ...] = ()
    """Switches that are no literals, which Terraform refuses, with their places."""

    def covers(self, argument: str) -> bool:
        """Whether all changes of an argument are ignored."""
        return self.ignored_all is not None or any(item.argument == argument and item.whole for item in self.ignored)


@dataclass(frozen=True, slots=True)
class Resource:
    """One instance of a resource or data source.

    ``address`` is Terraform's (``module.a.aws_dynamodb_table.t["x"]``); an instance that stands for an unknown number
    of instances has ``[*]`` as key and ``certain`` false. ``module`` is the directory of the module that declares it,
    ``calls`` the module calls that lead there, outermost first. ``world`` is set on latent resources only. ``blind``
    says that a file of its module could not be read, and which.
    ``computed`` holds what a data source yields without any API (``json`` of a policy document). ``lifecycle`` is None
    where no source of the resource is at hand.
    """

    address: str
    mode: str
    type: str
    name: str
    body: EvaluatedBlock
    span: Span
    header: Span
    module: str
    calls: tuple[CallSite, ...] = ()
    condition: Condition | None = None
    certain: bool = True
    world: World | None = None
    provider: Provider | None = None
    blind: str | None = None
    computed: Mapping[str, Value] = field(default_factory=dict)
    lifecycle: Lifecycle | None = None
    releases: Releases = field(default=ANY_RELEASE, compare=False)
    """The releases of the AWS provider that may run it."""
    input_block: Callable[[str], Block | None] = field(default=lambda _name: None, compare=False, repr=False)
    """The ``variable`` block of its module that has a name."""

    @property
    def generic_address(self) -> str:
        """The address without instance keys, the same for all instances of one place and call path."""
        names = [f"module.{call.address.rsplit('module.', 1)[1].split('[', 1)[0]}" for call in self.calls]
        own = f"{self.type}.{self.name}" if self.mode == "managed" else f"data.{self.type}.{self.name}"
        return ".".join((*names, own))


@dataclass(frozen=True, slots=True)
class ModuleCall:
    """A call whose module could not be followed: not local, not downloaded.

    ``provider`` finds the configuration of the AWS provider that the module would get.
    """

    address: str
    name: str
    source: str
    version: str | None
    header: Span
    reason: str
    module: str
    calls: tuple[CallSite, ...]
    provider: Callable[[], Provider | None]


@dataclass(frozen=True, slots=True)
class Change:
    """What a plan does to one resource, or what became of it since an earlier text of the configuration.

    ``actions`` are Terraform's (``("delete", "create")`` is a replacement), ``reason`` its ``action_reason``,
    ``replace_paths`` the arguments that force a replacement (``hash_key``). ``before`` and ``after`` hold all
    attributes with a value, computed ones too; None where there is nothing before or after. ``resource`` is the
    resource in the source, None where it is gone from there.
    """

    address: str
    type: str
    name: str
    actions: tuple[str, ...]
    reason: str
    replace_paths: tuple[str, ...]
    before: EvaluatedBlock | None
    after: EvaluatedBlock | None
    previous_address: str
    span: Span
    resource: Resource | None = None
    former: Resource | None = None
    """The resource in the earlier text; None for a change of a plan."""
    planned: bool = True
    """False for a change of the text: nothing is known of what exists. ``actions`` are then create, update or delete,
    ``before`` and ``after`` hold what is written, and ``reason`` says in words why something is deleted."""

    @property
    def at(self) -> Span:
        """Where the resource is written, or the call or plan that brings it."""
        return self.span


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that Terraform would refuse, or that could not be read: becomes a finding of family 0."""

    code: str
    message: str
    span: Span
    help: str = ""
    trace: Trace | None = None


@dataclass(frozen=True, slots=True)
class RootModule:
    """Everything one root module evaluates to, its module tree flattened.

    ``latent`` are the resources of branches not taken (see :class:`World`), ``unmade`` those whose ``count`` or
    ``for_each`` is empty, each as if it were made once; rules see both only on request.
    ``modules`` are the directories of the tree, ``called_modules`` those of them that a call leads to. ``outputs`` are
    the root's own, ``changes`` those of a plan. ``faults`` are those that DynamoDB depends on.
    """

    directory: str
    resources: tuple[Resource, ...]
    latent: tuple[Resource, ...]
    unresolved: tuple[ModuleCall, ...]
    faults: tuple[Fault, ...]
    unmade: tuple[Resource, ...] = ()
    changes: tuple[Change, ...] = ()
    outputs: Mapping[str, Value] = field(default_factory=dict)
    sources: Mapping[str, Source] = field(default_factory=dict)
    """Texts that traces point into and that are no files: values from the command line and the environment."""
    source_of: Sources = field(default=no_source, compare=False, repr=False)
    """The text of a file of the project."""
    values: tuple[Source, ...] = ()
    """The files with values for its variables."""
    modules: tuple[str, ...] = ()
    called_modules: frozenset[str] = field(default_factory=frozenset)
    ways: Mapping[str, tuple[CallSite, ...]] = field(default_factory=dict)
    """For each directory that calls lead to, the first of these ways, outermost call first."""

    def of_type(self, *types: str) -> Iterator[Resource]:
        """The resources (not data sources) of the given types."""
        return (item for item in self.resources if item.mode == "managed" and item.type in types)

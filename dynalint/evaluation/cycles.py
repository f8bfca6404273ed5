"""Cycles as Terraform finds them: by what refers to what, whatever the values are.

A node is a variable, local, output, resource or call of one module; instances do not count. Nothing is evaluated.
https://developer.hashicorp.com/terraform/internals/graph
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dynalint.evaluation.declared import blocks_of
from dynalint.evaluation.errors import EvaluationError
from dynalint.evaluation.references import Step
from dynalint.evaluation.resolving import META
from dynalint.evaluation.static import references, scoped_attributes
from dynalint.syntax.nodes import Attribute, Block, Expression, GetAttr, Name

if TYPE_CHECKING:
    from dynalint.evaluation.module import Module
    from dynalint.evaluation.tree import Tree

Node = tuple[str, ...]
"""The module's path, and what in it: ``("module.m", "var", "x")``."""
Graph = dict[Node, set[Node]]


def cycle_errors(tree: Tree) -> Iterator[EvaluationError]:
    """The first cycle among all nodes of a tree that has one module for each call."""
    graph = _Reading(tree).graph
    found = _first_cycle(graph)
    if found:
        names = [".".join(part for part in node if part) for node in found]
        span = tree.root.config.files[0].blocks[0].header
        yield EvaluationError(f"these depend on each other in a cycle: {' -> '.join([*names, names[0]])}", span)


def _first_cycle(graph: Graph) -> list[Node]:
    done: set[Node] = set()
    for start in graph:
        path: list[Node] = []
        waiting: list[tuple[Node, bool]] = [(start, False)]
        on_path: set[Node] = set()
        while waiting:
            node, leaving = waiting.pop()
            if leaving:
                on_path.discard(path.pop())
                done.add(node)
            elif node in on_path:
                return path[path.index(node) :]
            elif node not in done:
                path.append(node)
                on_path.add(node)
                waiting.append((node, True))
                waiting.extend((other, False) for other in sorted(graph.get(node, ())))
    return []


class _Reading:
    """The graph of a tree in the making."""

    def __init__(self, tree: Tree) -> None:
        self.graph: Graph = {}
        self._modules = {module.path: module for module in tree.modules}
        for module in tree.modules:
            for block in blocks_of(module.config, "resource", "data", "module", "output", "variable", "check"):
                self._read(module, block)
            for block in module.config.bodies("locals"):
                for attribute in block.body.attributes:
                    node = (module.path, "local", attribute.name)
                    self._link(node, self._named(module, attribute.value, frozenset()))

    def _link(self, node: Node, targets: Iterator[Node]) -> None:
        self.graph.setdefault(node, set()).update(targets)
        if node[0]:
            parent, _, call = node[0].rpartition("module.")
            self.graph[node].add((parent.removesuffix("."), "module", call.partition("[")[0]))

    def _read(self, module: Module, block: Block) -> None:
        node = (module.path, block.type, *block.labels)
        if block.type == "variable":
            own = ("var", block.labels[0])
            for condition in block.body.blocks_of("validation"):
                for attribute in condition.body.attributes:
                    others = (other for other in self._named(module, attribute.value, frozenset()) if other[1:] != own)
                    self._link((module.path, *own), others)
            return
        for attribute, bound in scoped_attributes(block.body):
            if attribute.name == "depends_on":
                self._link(node, self._depended(module, attribute))
            elif block.type == "module" and attribute.name not in META:
                self._input(module, block, attribute)
            elif block.type != "module" or attribute.name in ("count", "for_each"):
                self._link(node, self._named(module, attribute.value, bound))
        self._link(node, iter(()))

    def _input(self, module: Module, block: Block, attribute: Attribute) -> None:
        for child in self._children(module, block.labels[0]):
            self._link((child.path, "var", attribute.name), self._named(module, attribute.value, frozenset()))

    def _children(self, module: Module, call: str) -> Iterator[Module]:
        path = module.address(f"module.{call}")
        yield from (self._modules[name] for name in (path, f"{path}[*]") if name in self._modules)

    def _named(self, module: Module, expression: Expression, bound: frozenset[str]) -> Iterator[Node]:
        for root, steps in references(expression, bound):
            yield from self._node(module, root, steps)

    def _node(self, module: Module, root: Name, steps: list[Step]) -> Iterator[Node]:
        words = [step.name for step in steps if isinstance(step, GetAttr)]
        match [root.name, *words]:
            case ["var" | "local" as kind, name, *_]:
                yield (module.path, kind, name)
            case ["module", call, *outputs]:
                yield from self._outputs(module, call, outputs)
            case ["data", type_, name, *_]:
                yield (module.path, "data", type_, name)
            case [type_, name, *_] if module.config.find("resource", type_, name):
                yield (module.path, "resource", type_, name)

    def _outputs(self, module: Module, call: str, outputs: list[str]) -> Iterator[Node]:
        named = outputs[:1]
        yield (module.path, "module", call)
        for child in self._children(module, call):
            for name in named or child.config.names("output"):
                yield (child.path, "output", name)

    def _depended(self, module: Module, attribute: Attribute) -> Iterator[Node]:
        """What ``depends_on`` waits for; of a module it waits for everything in it."""
        for root, steps in references(attribute.value):
            if root.name == "module" and steps and isinstance(steps[0], GetAttr):
                yield from self._inside(module, steps[0].name)
            else:
                yield from self._node(module, root, steps)

    def _inside(self, module: Module, call: str) -> Iterator[Node]:
        for child in self._children(module, call):
            for kind in ("resource", "data", "output"):
                yield from ((child.path, kind, *labels) for labels, _ in child.config.named(kind))
            for inner in child.config.names("module"):
                yield from self._inside(child, inner)

"""A plan and its source in one :class:`RootModule`: values from the plan, places from the source.

The two are joined by address. A resource that the source alone could only guess at (``t[*]``) becomes the instances
that the plan names; one that a module not at hand declares stands at the call that brings it.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property

from dynalint.evaluation.addresses import generic
from dynalint.evaluation.plan_file import NOTHING, Plain, PlanFile, PlannedChange
from dynalint.evaluation.plan_values import Layer, overlay, planned_block
from dynalint.evaluation.resources import CallSite, Change, EvaluatedBlock, Interest, ModuleCall, Resource, RootModule
from dynalint.evaluation.schema import BlockSchema, schema_of
from dynalint.evaluation.types import STRING, MapOf
from dynalint.evaluation.values import Value, string
from dynalint.syntax.source import Span

GONE = frozenset({("delete",), ("forget",), ("read",)})


def join_plan(root: RootModule, plan: PlanFile, interest: Interest) -> RootModule:
    """The root with what the plan knows. Resources that the plan does not have are left out if it is whole."""
    joiner = _Joiner(root, plan)
    planned = [joiner.resource(change) for change in plan.changes if _is_there(change, interest)]
    known = {resource.address for resource in planned}
    data = [joiner.data(item) for item in root.resources if item.mode == "data"]
    others = [item for item in root.resources if item.mode == "managed" and item.address not in known]
    kept = [] if plan.whole else [item for item in others if item.certain]
    return replace(
        root,
        resources=(*planned, *kept, *data),
        changes=tuple(
            joiner.change(change) for change in plan.changes if interest.wanted(change.mode, change.type, b"")
        ),
        unresolved=tuple(call for call in root.unresolved if not joiner.is_planned(call)),
        sources={**root.sources, plan.source.path: plan.source},
    )


def _is_there(change: PlannedChange, interest: Interest) -> bool:
    stays = change.mode == "managed" and change.actions not in GONE
    return stays and interest.wanted(change.mode, change.type, b"")


class _Joiner:
    """Looks up, for each address of a plan, what the source says there."""

    def __init__(self, root: RootModule, plan: PlanFile) -> None:
        self._root = root
        self._plan = plan
        self._exact = {item.address: item for item in root.resources}
        self._generic: dict[str, Resource] = {}
        for item in (*root.latent, *root.resources):
            self._generic[generic(item.address)] = item
        self._calls = {generic(call.address): call for call in root.unresolved}

    @cached_property
    def _places(self) -> dict[str, Span]:
        """Where the plan names each resource."""
        return self._plan.places()

    def resource(self, change: PlannedChange) -> Resource:
        """The planned resource, standing where the source writes it."""
        found = self._exact.get(change.address) or self._generic.get(generic(change.address))
        call = None if found else self._call(change)
        place = found.header if found else call.header if call else self._plan.span
        schema = schema_of(change.mode, change.type) or BlockSchema({}, {})
        body = planned_block(self._layer(change, place), schema, found.body if found else None, change.type)
        base = found or self._new(change, body, place, call)
        return replace(
            base,
            address=change.address,
            body=body,
            certain=True,
            world=None,
            computed={**base.computed, **_tags_all(change)},
        )

    def _layer(self, change: PlannedChange, place: Span) -> Layer:
        return Layer(
            change.after or {},
            change.after_unknown,
            change.after_sensitive,
            self._plan.written.get(generic(change.address)),
            change.address,
            place,
        )

    def _new(self, change: PlannedChange, body: EvaluatedBlock, place: Span, call: ModuleCall | None) -> Resource:
        calls = (*call.calls, CallSite(call.header, call.address, call.source)) if call else ()
        return Resource(
            address=change.address,
            mode=change.mode,
            type=change.type,
            name=change.name,
            body=body,
            span=place,
            header=place,
            module=call.module if call else self._root.directory,
            calls=calls,
            provider=call.provider() if call else None,
        )

    def _call(self, change: PlannedChange) -> ModuleCall | None:
        """The call of a module that is not at hand, in whose tree a planned resource lies."""
        path = generic(change.module_address)
        while path:
            if path in self._calls:
                return self._calls[path]
            path = path.rpartition(".module.")[0]
        return None

    def is_planned(self, call: ModuleCall) -> bool:
        """Whether the plan shows what a call brings, so that nothing is unresolved about it."""
        prefix = generic(call.address)
        return self._plan.whole or any(generic(item.module_address).startswith(prefix) for item in self._plan.changes)

    def data(self, resource: Resource) -> Resource:
        """A data source with what terraform read while it planned."""
        values = self._plan.data.get(resource.address)
        if not values or resource.type != "aws_iam_policy_document":
            return resource
        return replace(resource, computed={**resource.computed, **_documents(resource, values)})

    def change(self, change: PlannedChange) -> Change:
        """What will happen to a resource, with its place in the source."""
        found = self._exact.get(change.address) or self._generic.get(generic(change.address))
        call = None if found else self._call(change)
        schema = schema_of(change.mode, change.type) or BlockSchema({}, {})
        span = found.header if found else call.header if call else self._places.get(change.address, self._plan.span)
        return Change(
            address=change.address,
            type=change.type,
            name=change.name,
            actions=change.actions,
            reason=change.reason,
            replace_paths=tuple(".".join(str(part) for part in path) for path in change.replace_paths),
            before=self._state(change, change.before, change.before_sensitive, schema, span),
            after=self._state(change, change.after, change.after_sensitive, schema, span),
            previous_address=change.previous_address,
            span=span,
            resource=found,
        )

    def _state(
        self, change: PlannedChange, values: Plain | None, sensitive: object, schema: BlockSchema, span: Span
    ) -> EvaluatedBlock | None:
        if values is None:
            return None
        unknown = change.after_unknown if values is change.after else NOTHING
        return planned_block(Layer(values, unknown, sensitive, None, change.address, span), schema, None, change.type)


def _tags_all(change: PlannedChange) -> dict[str, Value]:
    after = change.after or {}
    if "tags_all" not in after and "tags_all" not in change.after_unknown:
        return {}
    value = overlay(after.get("tags_all"), change.after_unknown.get("tags_all"), change.address, "tags_all")
    return {"tags_all": value if value.is_unknown else Value(MapOf(STRING), value.data)}


def _documents(resource: Resource, values: Plain) -> dict[str, Value]:
    """The texts that a policy document had when terraform read it; its structure stays that of the source."""
    read: dict[str, Value] = {}
    for name in ("json", "minified_json"):
        own, text = resource.computed.get(name), values.get(name)
        if isinstance(text, str):
            read[name] = replace(own, data=text) if own else string(text)
    return read

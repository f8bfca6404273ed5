"""``yamldecode``: neither YAML 1.1 nor 1.2, but what Terraform makes of both.

https://developer.hashicorp.com/terraform/language/functions/yamldecode. PyYAML gives the events; what they mean is
decided here, since its own table of types is another one.
"""

from __future__ import annotations

import binascii
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from dynalint.evaluation.budget import Budget
from dynalint.evaluation.convert import convert
from dynalint.evaluation.errors import BudgetError, EvaluationError
from dynalint.evaluation.functions.arguments import call_failed, text_of
from dynalint.evaluation.functions.base import Context, Function, Parameter
from dynalint.evaluation.functions.decoded import allow_depth, key_text
from dynalint.evaluation.functions.encoding import from_base64
from dynalint.evaluation.functions.yaml_scalars import PREFIX, TAGS, NotOfTagError, resolved
from dynalint.evaluation.types import DYNAMIC, STRING, friendly
from dynalint.evaluation.values import Value, object_value, string, tuple_value

if TYPE_CHECKING:
    import yaml


TOO_DEEP = "exceeded maximum nesting depth"
"""What libyaml says from some release on where Terraform would go on; it reads a thousand levels."""


def _yamldecode(context: Context, source: Value) -> Value:
    # Imported here, since most runs read no YAML.
    import yaml  # noqa: PLC0415 - as said above

    events = yaml.parse(text_of(source), Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))
    try:
        return _Reader(events, context.budget).document()
    except yaml.YAMLError as error:
        if getattr(error, "problem", None) == TOO_DEEP:
            raise BudgetError("the YAML is nested more deeply than dynalint reads") from error
        raise call_failed("yamldecode", _described(error)) from error
    except (EvaluationError, NotOfTagError) as error:
        raise call_failed("yamldecode", str(error)) from error


def _described(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or str(error)
    return f"on line {mark.line + 1}, column {mark.column + 1}: {problem}" if mark else problem


class _Reader:
    """The events of one text from here on, and the anchors seen so far (None while its own value is being read)."""

    __slots__ = ("_anchors", "_budget", "_events")

    def __init__(self, events: Iterator[yaml.Event], budget: Budget) -> None:
        self._events = events
        self._budget = budget
        self._anchors: dict[str, Value | None] = {}

    def document(self) -> Value:
        """The value of the one document that there must be."""
        next(self._events)
        start = next(self._events)
        if _kind(start) != "DocumentStart":
            raise EvaluationError("missing start of document")
        if getattr(start, "version", None) not in {None, (1, 1)}:
            raise EvaluationError("found incompatible YAML document")
        value = self._node(next(self._events), 0)
        next(self._events)
        if _kind(next(self._events)) != "StreamEnd":
            raise EvaluationError("unexpected extra content after value")
        return value

    def _node(self, event: yaml.Event, depth: int) -> Value:
        allow_depth(depth)
        self._budget.spend()
        match _kind(event):
            case "Alias":
                return self._alias(event)
            case "Scalar":
                return self._anchored(event, lambda: _scalar(event))
            case "SequenceStart":
                _require_tag(event, "seq", "sequence")
                return self._anchored(event, lambda: self._sequence(depth + 1))
        _require_tag(event, "map", "mapping")
        return self._anchored(event, lambda: self._mapping(depth + 1))

    def _alias(self, event: yaml.Event) -> Value:
        anchor = getattr(event, "anchor", "")
        if anchor not in self._anchors:
            raise EvaluationError(f'reference to undefined anchor "{anchor}"')
        value = self._anchors[anchor]
        if value is None:
            raise EvaluationError(f'cannot refer to anchor "{anchor}" from inside its own definition')
        # An alias costs nothing to write, but whoever looks at the value walks through it again.
        self._budget.spend(_size(value, self._budget))
        return value

    def _anchored(self, event: yaml.Event, read: Callable[[], Value]) -> Value:
        anchor = getattr(event, "anchor", None)
        if not anchor:
            return read()
        self._anchors[anchor] = None
        value = self._anchors[anchor] = read()
        return value

    def _sequence(self, depth: int) -> Value:
        items: list[Value] = []
        while _kind(event := next(self._events)) != "SequenceEnd":
            items.append(self._node(event, depth))
        self._budget.allow_members(len(items))
        return tuple_value(tuple(items))

    def _mapping(self, depth: int) -> Value:
        entries: dict[str, Value] = {}
        while _kind(event := next(self._events)) != "MappingEnd":
            key = _key(event)
            value = self._node(next(self._events), depth)
            entries.update(_merged(value) if key == "<<" else {key: value})
        self._budget.allow_members(len(entries))
        return object_value(entries)


def _kind(event: yaml.Event) -> str:
    """``Scalar``, ``SequenceStart`` …; by name, so that nothing here imports the library."""
    return type(event).__name__.removesuffix("Event")


def _size(value: Value, budget: Budget) -> int:
    """How many values a value holds at any depth; BudgetError as soon as they are more than a collection may hold."""
    count, waiting = 0, [value]
    while waiting:
        count += 1
        if count > budget.members:
            budget.allow_members(count)
        waiting.extend(waiting.pop().members())
    return count


def _require_tag(event: yaml.Event, wanted: str, kind: str) -> None:
    tag = getattr(event, "tag", None)
    if tag not in {None, PREFIX + wanted}:
        raise EvaluationError(f"can't interpret {kind} as {tag}")


def _key(event: yaml.Event) -> str:
    if _kind(event) != "Scalar":
        raise EvaluationError("only strings are allowed as mapping keys")
    key = _scalar(event)
    if key.is_null:
        raise EvaluationError("mapping key cannot be null")
    return key_text(text_of(convert(key, STRING)))


def _merged(value: Value) -> Mapping[str, Value]:
    if isinstance(value.data, dict):
        return value.data
    raise EvaluationError(f"cannot merge {friendly(value.type) if value.type != DYNAMIC else 'dynamic'} into mapping")


def _scalar(event: yaml.Event) -> Value:
    text: str = getattr(event, "value", "")
    tag: str = getattr(event, "tag", None) or ""
    name = tag.removeprefix(PREFIX)
    if tag and (name == tag or name not in TAGS):
        raise EvaluationError(f'unsupported tag "{tag}"')
    if name == "binary":
        return _binary(text)
    return resolved(text, name, plain=not getattr(event, "style", None))


def _binary(text: str) -> Value:
    try:
        if "\n" in text:
            raise binascii.Error
        from_base64(text)
    except binascii.Error as error:
        raise EvaluationError(f'cannot parse "{text}" as {PREFIX}binary: not valid base64') from error
    return string(text)


FUNCTIONS: tuple[Function, ...] = (Function("yamldecode", (Parameter("src", STRING),), None, DYNAMIC, _yamldecode),)

"""``data "aws_iam_policy_document"``: the JSON that the provider makes of its blocks.

https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/iam_policy_document. The structure is
kept beside the text (:attr:`Value.encodes`): one ARN that is known only after apply makes the text unknown, but not
the statements.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import field
from zlib import crc32

from dynalint.evaluation.errors import EvaluationError
from dynalint.evaluation.json_values import GO_ESCAPES, plain, read_json, value_of
from dynalint.evaluation.policy_parts import (
    ORDER,
    descending,
    member,
    ordered,
    passed_statement,
    principals,
    unreadable,
)
from dynalint.evaluation.resources import EvaluatedBlock
from dynalint.evaluation.set_order import in_set_order
from dynalint.evaluation.types import DYNAMIC, STRING
from dynalint.evaluation.values import (
    Trace,
    Unknown,
    Value,
    identity_of,
    string,
    tuple_value,
    unknown,
    value_identity,
)
from dynalint.records import dataclass


@dataclass(slots=True)
class _Draft:
    """A document in the making: ``places`` has the statements by Sid, ``lost`` is why some part of it is not known."""

    version: Value | None = None
    policy_id: Value | None = None
    statements: list[Value] = field(default_factory=list)
    places: dict[str, int] = field(default_factory=dict)
    lost: Unknown | None = None

    def upgrade(self, version: Value | None) -> None:
        """Take the version of a further document where it is a later one."""
        if version is not None and (self.version is None or str(version.data) > str(self.version.data)):
            self.version = version

    def add(self, statement: Value) -> None:
        """Put a statement behind the others."""
        if sid := _sid(statement):
            self.places.setdefault(sid, len(self.statements))
        self.statements.append(statement)

    def replace_or_add(self, statement: Value) -> None:
        """Put a statement in the place of the one with its Sid, or behind the others."""
        position = self.places.get(_sid(statement))
        if position is None:
            self.add(statement)
        else:
            self.statements[position] = statement


def _sid(statement: Value) -> str:
    sid = statement.data.get("Sid") if isinstance(statement.data, Mapping) else None
    return sid.data if sid is not None and isinstance(sid.data, str) else ""


def policy_document(body: EvaluatedBlock, deferred: Unknown | None, address: str) -> dict[str, Value]:
    """``json`` and ``minified_json`` of an evaluated ``aws_iam_policy_document``.

    ``deferred`` says why the document is read only at apply. EvaluationError where the provider refuses it.
    """
    draft = _Draft()
    for statement in _source_statements(body, draft):
        draft.add(statement)
    draft.upgrade(_given(body, "version") or string("2012-10-17"))
    draft.policy_id = _given(body, "policy_id") or draft.policy_id
    own: set[str] = set()
    for block in body.blocks_of("statement"):
        if not block.certain and block.condition:
            draft.lost = draft.lost or block.condition.value.first_unknown()
        statement = _statement(block)
        if block.certain:
            _once(_sid(statement), own, block)
        draft.replace_or_add(statement)
    for statement in _documents(body, "override_policy_documents", draft):
        draft.replace_or_add(statement)
    structure = _structure(draft).with_trace(Trace(body.span, f"policy document {address}"))
    lost = deferred or draft.lost or structure.first_unknown()
    if lost:
        return {name: _unknown_text(structure, lost, name, address) for name in ("json", "minified_json")}
    text = _text(structure, indent=2)
    return {
        "json": text,
        "minified_json": _text(structure, indent=None),
        "id": string(str(crc32(str(text.data).encode()))),
    }


def _given(body: EvaluatedBlock, name: str) -> Value | None:
    value = body.value(name)
    return None if value is None or value.is_null or value.data == "" else value


def _text(structure: Value, indent: int | None) -> Value:
    separators = (",", ": ") if indent else (",", ":")
    text = json.dumps(plain(structure), indent=indent, separators=separators, ensure_ascii=False).translate(GO_ESCAPES)
    result = string(text)
    return Value(STRING, result.data, structure.sensitive, structure.trace, structure)


def _unknown_text(structure: Value, lost: Unknown, name: str, address: str) -> Value:
    identity = value_identity(structure) or identity_of("document", f"={address}")
    because = Unknown(lost.reason, identity_of(name, identity), lost.hint, not_null=True)
    return Value(STRING, because, structure.sensitive, structure.trace, structure)


def _structure(draft: _Draft) -> Value:
    members: dict[str, Value] = {}
    if draft.version:
        members["Version"] = draft.version
    if draft.policy_id:
        members["Id"] = draft.policy_id
    if draft.statements:
        members["Statement"] = tuple_value(tuple(draft.statements))
    return ordered(members)


# --- statements of other documents -----------------------------------------------------------------------------------


def _source_statements(body: EvaluatedBlock, draft: _Draft) -> Iterator[Value]:
    seen: set[str] = set()
    for statement in _documents(body, "source_policy_documents", draft):
        sid = _sid(statement)
        if sid in seen:
            span = body.arguments["source_policy_documents"].span
            raise EvaluationError(f"two source documents have a statement with the Sid {sid!r}", span, code="DYN407")
        if sid:
            seen.add(sid)
        yield statement


def _documents(body: EvaluatedBlock, name: str, draft: _Draft) -> Iterator[Value]:
    """The statements of the documents that an argument lists, in order.

    One unknown statement stands for those of a document that cannot be read yet.
    """
    argument = body.arguments.get(name)
    if argument is None or argument.value.is_null:
        return
    if argument.value.unknown:
        draft.lost = draft.lost or argument.value.unknown
        yield unknown(DYNAMIC, argument.value.unknown).with_trace(argument.value.trace)
        return
    for document in argument.value.members():
        if document.data in ("", None):
            continue
        content = document.encodes or _parsed(document, draft, name)
        if content is None and document.unknown:
            yield unknown(DYNAMIC, document.unknown).with_trace(document.trace)
        if content is None or isinstance(content.data, Unknown | None):
            continue
        if not isinstance(content.data, Mapping):
            raise unreadable("it must be an object", content)
        draft.lost = draft.lost or document.unknown
        draft.upgrade(_written(content.data, "Version"))
        draft.policy_id = _written(content.data, "Id") or draft.policy_id
        yield from map(passed_statement, _statements(content.data))


def _written(document: Mapping[str, Value], key: str) -> Value | None:
    value = member(document, key)
    return None if value is None or value.data == "" else value


def _statements(document: Mapping[str, Value]) -> tuple[Value, ...]:
    statements = member(document, "Statement")
    if statements is not None and not isinstance(statements.data, tuple | Unknown):
        raise unreadable("Statement must be a list", statements)
    return statements.members() if statements is not None else ()


def _parsed(document: Value, draft: _Draft, name: str) -> Value | None:
    if document.unknown:
        draft.lost = draft.lost or document.unknown
        return None
    try:
        content = read_json(str(document.data))
    except ValueError as error:
        place = document.trace.span if document.trace else None
        raise EvaluationError(f"{name} holds text that is no JSON: {error}", place, code="DYN407") from error
    return value_of(content, document.trace)


def _once(sid: str, seen: set[str], block: EvaluatedBlock) -> None:
    if sid and sid in seen:
        message = f'two statements of this document have the Sid "{sid}": terraform plan refuses it'
        place = block.arguments["sid"].span
        raise EvaluationError(message, place, code="DYN407", help="give each statement a Sid of its own, or none")
    seen.add(sid)


# --- own statements --------------------------------------------------------------------------------------------------


def _statement(block: EvaluatedBlock) -> Value:
    members: dict[str, Value] = {}
    sid, effect = _given(block, "sid"), _given(block, "effect")
    if sid:
        members["Sid"] = sid
    members["Effect"] = effect or string("Allow").with_trace(Trace(block.span, ""))
    for argument, key in (
        ("actions", "Action"),
        ("not_actions", "NotAction"),
        ("resources", "Resource"),
        ("not_resources", "NotResource"),
    ):
        _put_texts(members, key, block.value(argument), variables="resources" in argument)
    for name, key in (("principals", "Principal"), ("not_principals", "NotPrincipal")):
        named = principals(_principals(in_set_order(block.blocks_of(name))))
        if named is not None:
            members[key] = named
    if block.blocks_of("condition"):
        members["Condition"] = _conditions(in_set_order(block.blocks_of("condition")))
    in_order = {key: members[key] for key in ORDER if key in members}
    whole = (Trace(block.whole, ""),) if block.whole else ()
    return ordered(in_order).with_trace(Trace(block.span, "", whole))


def _put_texts(members: dict[str, Value], key: str, value: Value | None, *, variables: bool) -> None:
    """A set of texts as the provider writes it: one alone, several as a list in descending order."""
    if value is None or value.is_null:
        return
    if value.unknown:
        members[key] = value
        return
    texts = descending(value.members())
    if texts:
        members[key] = _one_or_many(tuple(_variables(text) if variables else text for text in texts), value.trace)


def _one_or_many(texts: tuple[Value, ...], trace: Trace | None) -> Value:
    return texts[0] if len(texts) == 1 else tuple_value(texts).with_trace(trace)


def _variables(text: Value) -> Value:
    """``&{aws:username}`` is how a document writes the policy variable ``${aws:username}``."""
    if isinstance(text.data, str) and "&{" in text.data:
        return Value(text.type, text.data.replace("&{", "${"), text.sensitive, text.trace)
    return text


def _principals(blocks: tuple[EvaluatedBlock, ...]) -> Iterator[tuple[str, Value]]:
    for block in blocks:
        kind, identifiers = _word(block, "type"), block.value("identifiers")
        if identifiers is None or identifiers.is_null:
            continue
        texts = [identifiers] if identifiers.unknown else descending(identifiers.members())
        yield kind, _listed([_variables(text) for text in texts]).with_trace(identifiers.trace)


def _conditions(blocks: tuple[EvaluatedBlock, ...]) -> Value:
    tests: dict[str, dict[str, list[Value]]] = {}
    for block in blocks:
        test, variable = _word(block, "test"), _word(block, "variable")
        values = block.value("values")
        keys = tests.setdefault(test, {})
        texts = keys.setdefault(variable, [])
        if values is not None and not values.is_null:
            texts.extend([values] if values.unknown else [_variables(text) for text in values.members()])
    return ordered(
        {
            test: ordered({key: _listed(texts) for key, texts in sorted(keys.items())})
            for test, keys in sorted(tests.items())
        }
    )


def _word(block: EvaluatedBlock, name: str) -> str:
    value = block.value(name)
    return value.data if value is not None and isinstance(value.data, str) else "?"


def _listed(texts: list[Value]) -> Value:
    return texts[0] if len(texts) == 1 else tuple_value(tuple(texts))

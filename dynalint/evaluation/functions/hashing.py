"""Hashes and identifiers.

https://developer.hashicorp.com/terraform/language/functions, "Hash and Crypto Functions". What draws random numbers is
decided at apply; what only Go can reproduce, or takes a secret key, is left undecided.
"""

from __future__ import annotations

import base64
import hashlib
import uuid

from dynalint.evaluation.functions.arguments import call_failed, of_texts
from dynalint.evaluation.functions.base import Context, Function, Parameter
from dynalint.evaluation.types import NUMBER, STRING
from dynalint.evaluation.values import Unknown, Value, identity_of, unknown, value_identity

_NAMESPACES = {
    "dns": uuid.NAMESPACE_DNS,
    "url": uuid.NAMESPACE_URL,
    "oid": uuid.NAMESPACE_OID,
    "x500": uuid.NAMESPACE_X500,
}


def _md5(text: str) -> str:
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()


def _sha1(text: str) -> str:
    return hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _sha512(text: str) -> str:
    return hashlib.sha512(text.encode()).hexdigest()


def _base64sha256(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _base64sha512(text: str) -> str:
    return base64.b64encode(hashlib.sha512(text.encode()).digest()).decode()


def _uuidv5(namespace: str, name: str) -> str:
    try:
        space = _NAMESPACES.get(namespace) or uuid.UUID(namespace)
    except ValueError as error:
        raise call_failed("uuidv5", f"uuidv5() doesn't support namespace {namespace}") from error
    return str(uuid.uuid5(space, name))


def _decided_at_apply(name: str, parameters: tuple[Parameter, ...], rest: Parameter | None = None) -> Function:
    """A function that answers something else each time it is called."""

    def implementation(_context: Context, *_arguments: Value) -> Value:
        return unknown(STRING, Unknown(f"{name}() is decided at apply", not_null=True))

    return Function(name, parameters, rest, STRING, implementation)


def _left_to_terraform(name: str, parameters: tuple[Parameter, ...], reason: str) -> Function:
    """A function that always answers the same to the same arguments, which dynalint does not compute."""

    def implementation(_context: Context, *arguments: Value) -> Value:
        identity = identity_of(name, *map(value_identity, arguments))
        return unknown(STRING, Unknown(reason, identity, not_null=True))

    return Function(name, parameters, None, STRING, implementation)


_TEXT = (Parameter("str", STRING),)

FUNCTIONS: tuple[Function, ...] = (
    of_texts("md5", ("str",), _md5),
    of_texts("sha1", ("str",), _sha1),
    of_texts("sha256", ("str",), _sha256),
    of_texts("sha512", ("str",), _sha512),
    of_texts("base64sha256", ("str",), _base64sha256),
    of_texts("base64sha512", ("str",), _base64sha512),
    of_texts("uuidv5", ("namespace", "name"), _uuidv5),
    _decided_at_apply("uuid", ()),
    _decided_at_apply("timestamp", ()),
    _decided_at_apply("bcrypt", _TEXT, Parameter("cost", NUMBER)),
    _left_to_terraform("plantimestamp", (), "plantimestamp() is the time of the plan"),
    _left_to_terraform("base64gzip", _TEXT, "dynalint does not compress text as base64gzip() does"),
    _left_to_terraform(
        "rsadecrypt",
        (Parameter("ciphertext", STRING), Parameter("privatekey", STRING)),
        "dynalint decrypts nothing, and rsadecrypt() does",
    ),
)

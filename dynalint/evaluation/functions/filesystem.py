"""Functions that read files, and those on paths.

https://developer.hashicorp.com/terraform/language/functions, "Filesystem Functions". A path is relative to the root
module, and what may be read is up to :class:`~dynalint.evaluation.functions.base.Files`.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable

from dynalint.evaluation.convert import make_set
from dynalint.evaluation.functions.arguments import bad_argument, call_failed, entries_of, of_texts, text_of
from dynalint.evaluation.functions.base import Context, Function, Parameter
from dynalint.evaluation.functions.globs import PatternError, compiled, matches
from dynalint.evaluation.functions.paths import base_name, cleaned, directory_name
from dynalint.evaluation.types import BOOL, DYNAMIC, STRING, MapOf, ObjectOf, SetOf, Type
from dynalint.evaluation.values import FALSE, TRUE, Unknown, Value, identity_of, string, unknown, value_identity

_VARIABLE = re.compile(r"[^\W\d][\w-]*")
"""An identifier of HCL, which may have hyphens, whatever the message says."""


def _file(context: Context, path: Value) -> Value:
    return string(_text(context, text_of(path)))


def _text(context: Context, path: str) -> str:
    try:
        text = context.files.read(path).decode()
    except UnicodeDecodeError as error:
        instead = "use the filebase64 function to obtain the Base64 encoded contents"
        raise bad_argument("path", f"contents of {path} are not valid UTF-8; {instead}") from error
    context.budget.allow_text(len(text))
    return text


def _of_content(name: str, compute: Callable[[bytes], str]) -> Function:
    """A function from the bytes of a file to a text."""

    def implementation(context: Context, path: Value) -> Value:
        content = context.files.read(text_of(path))
        context.budget.allow_text(len(content))
        return string(compute(content))

    return Function(name, (Parameter("path", STRING),), None, STRING, implementation)


def _base64(content: bytes) -> str:
    return base64.b64encode(content).decode()


def _fileexists(context: Context, path: Value) -> Value:
    name = text_of(path)
    if context.files.exists(name):
        return TRUE
    if context.files.walk(name):
        raise call_failed("fileexists", f"{name} is a directory, not a file")
    return FALSE


def _fileset(context: Context, path: Value, pattern: Value) -> Value:
    directory, wanted, above = text_of(path), cleaned(text_of(pattern).lstrip("/")), ""
    while wanted.startswith("../"):
        directory, wanted, above = f"{directory}/..", wanted[3:], f"../{above}"
    try:
        glob = compiled(wanted, context.budget)
    except PatternError as error:
        raise call_failed("fileset", f'failed to glob pattern "{wanted}": syntax error in pattern') from error
    names = context.files.walk(directory)
    context.budget.spend(len(names))
    return make_set(STRING, (string(above + name) for name in names if matches(glob, name)))


def _templatefile(context: Context, path: Value, variables: Value) -> Value:
    name = text_of(path)
    if variables.unknown:
        return _unknown_text("templatefile", variables.unknown, path, variables)
    return context.render(_text(context, name), name, _variables(variables))


def _templatestring(context: Context, template: Value, variables: Value) -> Value:
    if variables.unknown:
        return _unknown_text("templatestring", variables.unknown, template, variables)
    return context.render(text_of(template), "the template of templatestring", _variables(variables))


def _unknown_text(function: str, because: Unknown, *arguments: Value) -> Value:
    identity = identity_of(function, *map(value_identity, arguments))
    return unknown(DYNAMIC, Unknown(because.reason, identity, because.hint))


def _variables(value: Value) -> dict[str, Value]:
    if not isinstance(value.type, MapOf | ObjectOf):
        raise bad_argument("vars", "must be a map")
    for name in entries_of(value):
        if not _VARIABLE.fullmatch(name):
            rule = "must start with a letter, followed by zero or more letters, digits, and underscores"
            raise bad_argument("vars", f'invalid template variable name "{name}": {rule}')
    return dict(entries_of(value))


def _abspath(_context: Context, path: Value) -> Value:
    text = text_of(path)
    if text.startswith("/"):
        return string(cleaned(text))
    return _of_machine("abspath() depends on the directory that Terraform runs in", "abspath", cleaned(text))


def _pathexpand(_context: Context, path: Value) -> Value:
    text = text_of(path)
    if not text.startswith("~"):
        return string(text)
    if text[1:2] not in {"", "/"}:
        raise call_failed("pathexpand", "cannot expand user-specific home dir")
    return _of_machine("pathexpand() depends on who runs Terraform", "pathexpand", text)


def _of_machine(reason: str, function: str, path: str) -> Value:
    return unknown(STRING, Unknown(reason, identity_of(function, f"={path}"), not_null=True))


def _rendered(name: str, first: str, returns: Type, implementation: Callable[..., Value]) -> Function:
    variables = Parameter("vars", DYNAMIC, unknown=True)
    return Function(name, (Parameter(first, STRING), variables), None, returns, implementation)


FUNCTIONS: tuple[Function, ...] = (
    Function("file", (Parameter("path", STRING),), None, STRING, _file),
    Function("fileexists", (Parameter("path", STRING),), None, BOOL, _fileexists),
    Function("fileset", (Parameter("path", STRING), Parameter("pattern", STRING)), None, SetOf(STRING), _fileset),
    _of_content("filebase64", _base64),
    _of_content("filebase64sha256", lambda content: _base64(hashlib.sha256(content).digest())),
    _of_content("filebase64sha512", lambda content: _base64(hashlib.sha512(content).digest())),
    _of_content("filemd5", lambda content: hashlib.md5(content, usedforsecurity=False).hexdigest()),
    _of_content("filesha1", lambda content: hashlib.sha1(content, usedforsecurity=False).hexdigest()),
    _of_content("filesha256", lambda content: hashlib.sha256(content).hexdigest()),
    _of_content("filesha512", lambda content: hashlib.sha512(content).hexdigest()),
    _rendered("templatefile", "path", DYNAMIC, _templatefile),
    _rendered("templatestring", "template", STRING, _templatestring),
    of_texts("basename", ("path",), base_name),
    of_texts("dirname", ("path",), directory_name),
    Function("abspath", (Parameter("path", STRING),), None, STRING, _abspath),
    Function("pathexpand", (Parameter("path", STRING),), None, STRING, _pathexpand),
)

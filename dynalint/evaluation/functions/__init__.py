"""Terraform's functions: the table of all that are called with evaluated arguments.

``try`` and ``can`` are not here, since they decide themselves what is evaluated.
https://developer.hashicorp.com/terraform/language/functions
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module

from dynalint.evaluation.functions.base import Context, Files, Function, Parameter
from dynalint.evaluation.functions.calling import call

__all__ = ["FAMILIES", "FUNCTIONS", "Context", "Files", "Function", "Parameter", "call"]

FAMILIES: Mapping[str, tuple[str, ...]] = {
    "numeric": (
        "abs",
        "ceil",
        "floor",
        "log",
        "max",
        "min",
        "parseint",
        "pow",
        "range",
        "signum",
        "sum",
    ),
    "collections": (
        "alltrue",
        "anytrue",
        "coalesce",
        "coalescelist",
        "contains",
        "length",
        "one",
    ),
    "lists": (
        "chunklist",
        "compact",
        "concat",
        "distinct",
        "element",
        "flatten",
        "index",
        "matchkeys",
        "reverse",
        "slice",
        "sort",
    ),
    "maps": (
        "keys",
        "lookup",
        "merge",
        "transpose",
        "values",
        "zipmap",
    ),
    "sets": (
        "setintersection",
        "setproduct",
        "setsubtract",
        "setunion",
    ),
    "types": (
        "tobool",
        "tolist",
        "tomap",
        "tonumber",
        "toset",
        "tostring",
        "ephemeralasnull",
        "issensitive",
        "nonsensitive",
        "sensitive",
    ),
    "strings": (
        "chomp",
        "lower",
        "strrev",
        "title",
        "trim",
        "trimprefix",
        "trimspace",
        "trimsuffix",
        "upper",
        "endswith",
        "strcontains",
        "indent",
        "join",
        "split",
        "startswith",
        "substr",
    ),
    "formatting": (
        "format",
        "formatlist",
    ),
    "regex": (
        "regex",
        "regexall",
        "replace",
    ),
    "encoding": (
        "jsonencode",
        "jsondecode",
        "base64decode",
        "base64encode",
        "textdecodebase64",
        "textencodebase64",
        "urlencode",
    ),
    "csv_text": ("csvdecode",),
    "yaml_reader": ("yamldecode",),
    "yaml_writer": ("yamlencode",),
    "dates": (
        "formatdate",
        "timeadd",
        "timecmp",
    ),
    "network": (
        "cidrhost",
        "cidrnetmask",
        "cidrsubnet",
        "cidrsubnets",
    ),
    "hashing": (
        "md5",
        "sha1",
        "sha256",
        "sha512",
        "base64sha256",
        "base64sha512",
        "uuidv5",
        "uuid",
        "timestamp",
        "bcrypt",
        "plantimestamp",
        "base64gzip",
        "rsadecrypt",
    ),
    "filesystem": (
        "file",
        "fileexists",
        "fileset",
        "filebase64",
        "filebase64sha256",
        "filebase64sha512",
        "filemd5",
        "filesha1",
        "filesha256",
        "filesha512",
        "templatefile",
        "templatestring",
        "basename",
        "dirname",
        "abspath",
        "pathexpand",
    ),
    "terraform_provider": (
        "provider::terraform::encode_expr",
        "provider::terraform::encode_tfvars",
        "provider::terraform::decode_tfvars",
        "provider::aws::arn_parse",
        "provider::aws::arn_build",
        "provider::aws::trim_iam_role_path",
    ),
}
"""The functions of each module here."""


@cache
def _loaded(family: str) -> Mapping[str, Function]:
    functions: tuple[Function, ...] = import_module(f"{__name__}.{family}").FUNCTIONS
    return {function.name: function for function in functions}


class _Table(Mapping[str, Function]):
    """Functions by name. A module is imported when a function of it is asked for: few configurations call many."""

    def __init__(self) -> None:
        self._family_of = {name: family for family, names in FAMILIES.items() for name in names}

    def __getitem__(self, name: str) -> Function:
        return _loaded(self._family_of[name])[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._family_of)

    def __len__(self) -> int:
        return len(self._family_of)


FUNCTIONS: Mapping[str, Function] = _Table()
"""Every function by its name."""

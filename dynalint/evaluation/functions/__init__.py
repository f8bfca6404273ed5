"""Terraform's functions: the table of all that are called with evaluated arguments.

``try`` and ``can`` are not here, since they decide themselves what is evaluated.
https://developer.hashicorp.com/terraform/language/functions
"""

from __future__ import annotations

from collections.abc import Mapping

from dynalint.evaluation.functions import (
    collections,
    csv_text,
    dates,
    encoding,
    filesystem,
    formatting,
    hashing,
    lists,
    maps,
    network,
    numeric,
    regex,
    sets,
    strings,
    terraform_provider,
    types,
    yaml_reader,
    yaml_writer,
)
from dynalint.evaluation.functions.base import Context, Files, Function, Parameter
from dynalint.evaluation.functions.calling import call

__all__ = ["FUNCTIONS", "Context", "Files", "Function", "Parameter", "call"]

FUNCTIONS: Mapping[str, Function] = {
    function.name: function
    for module in (
        numeric,
        collections,
        lists,
        maps,
        sets,
        types,
        strings,
        formatting,
        regex,
        encoding,
        csv_text,
        yaml_reader,
        yaml_writer,
        dates,
        network,
        hashing,
        filesystem,
        terraform_provider,
    )
    for function in module.FUNCTIONS
}
"""Every function by its name."""

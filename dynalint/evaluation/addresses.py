"""Addresses of resource instances, as Terraform writes them."""

from __future__ import annotations

import re

INSTANCE = re.compile(r'\[(?:\d+|"(?:[^"\\]|\\.)*"|\*)\]')


def generic(address: str) -> str:
    """An address without instance keys."""
    return INSTANCE.sub("", address)

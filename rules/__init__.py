"""The built-in rules, in the order of their codes."""

from __future__ import annotations

from typing import Any

from dynalint.rule import Rule

RULES: tuple[Rule[Any], ...] = ()

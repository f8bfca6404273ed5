"""The one door to python-hcl2 and lark: python-hcl2's compiled grammar, flattened to plain data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import hcl2
from lark import Lark
from lark.grammar import Rule
from lark.lexer import TerminalDef

from dynalint.syntax.lexemes import WORDS_EMITTED


def flatten() -> dict[str, Any]:
    """python-hcl2's LALR(1) tables: ``rules``, ``states``, ``start`` and ``accept``, as in :class:`tables.Tables`.

    Only states that the words of dynalint's lexer can lead to are kept: three quarters of the grammar deal with line
    breaks and comments between words, which the lexer has judged by then.
    """
    data, memo = compiled().memo_serialize([TerminalDef, Rule])
    table = data["parser"]["parser"]
    symbols = WORDS_EMITTED | productive(rule for rule in memo.values() if "expansion" in rule)
    rows = {state: named(row, table["tokens"], symbols) for state, row in table["states"].items()}
    start = table["start_states"]["start"]
    order = reachable(rows, start)
    reductions = {at: described(memo[at]) for state in order for kind, at in rows[state].values() if kind == "reduce"}
    rules = sorted(set(reductions.values()))
    places, numbers = {state: at for at, state in enumerate(order)}, {rule: at for at, rule in enumerate(rules)}
    return {
        "rules": [list(rule) for rule in rules],
        "states": [
            {
                word: places[at] if kind == "shift" else -1 - numbers[reductions[at]]
                for word, (kind, at) in sorted(rows[state].items())
            }
            for state in order
        ],
        "start": places[start],
        "accept": places[table["end_states"]["start"]],
    }


def compiled() -> Lark:
    """python-hcl2's parser, compiled here: its own ``parser()`` would write tables into the folder of the package."""
    return Lark.open("hcl2.lark", rel_to=hcl2.__file__, parser="lalr", lexer="basic")


def productive(rules: Iterable[Mapping[str, Any]]) -> set[str]:
    """The left sides of rules that can be made of words that the lexer emits."""
    members = [(rule["origin"]["name"], {member["name"] for member in rule["expansion"]}) for rule in rules]
    found: set[str] = set()
    while more := {origin for origin, names in members if names <= found | WORDS_EMITTED} - found:
        found |= more
    return found


def named(
    row: Mapping[int, tuple[int, Any]], tokens: Mapping[int, str], symbols: set[str]
) -> dict[str, tuple[str, int]]:
    """A row of actions by the names of their symbols, without those that never come.

    lark serialises an action as ``(0, state)`` for a shift and as ``(1, {"@": rule})`` for a reduction.
    """
    actions = {tokens[token]: action for token, action in row.items()}
    return {
        word: ("reduce", argument["@"]) if kind else ("shift", argument)
        for word, (kind, argument) in actions.items()
        if word in symbols
    }


def reachable(rows: Mapping[int, Mapping[str, tuple[str, int]]], start: int) -> list[int]:
    """The states that can be reached from ``start``, in an order that does not depend on how lark numbered them."""
    order, seen = [start], {start}
    for state in order:
        for _, (kind, target) in sorted(rows[state].items()):
            if kind == "shift" and target not in seen:
                seen.add(target)
                order.append(target)
    return order


def described(rule: Mapping[str, Any]) -> tuple[str, str, int, bool]:
    """A rule as :class:`tables.Rule` has it. lark calls a repetition ``__rule_star_1`` or ``__rule_plus_1``."""
    origin = rule["origin"]["name"]
    repeats = any(member["name"].startswith("__") for member in rule["expansion"])
    return rule["alias"] or origin, origin, len(rule["expansion"]), repeats

from __future__ import annotations

import pytest

from dynalint.evaluation.moves import Moves, moves_in
from dynalint.syntax.files import load_text
from dynalint.syntax.source import Source

T = "aws_dynamodb_table"


def moves(text: str, module: str = "", path: str = "main.tf") -> Moves:
    return moves_in((module, block) for block in load_text(Source(path, text.encode())).blocks)


def moved(former: str, address: str) -> str:
    return f"moved {{\n  from = {former}\n  to = {address}\n}}\n"


@pytest.mark.parametrize(
    ("former", "address", "old", "new"),
    [
        (f"{T}.a", f"{T}.b", f"{T}.a", f"{T}.b"),
        (f"{T}.a", f"{T}.b", f'{T}.a["x"]', f'{T}.b["x"]'),
        (f"{T}.a", f'{T}.a["x"]', f"{T}.a", f'{T}.a["x"]'),
        (f"{T}.a", f"{T}.b", f"{T}.ab", f"{T}.ab"),
        ("module.a", "module.b", f"module.a.{T}.t", f"module.b.{T}.t"),
        ("module.a", 'module.a["x"]', f"module.a.{T}.t", f'module.a["x"].{T}.t'),
        ("module.a", "module.b", f'module.a["k"].{T}.t', f'module.b["k"].{T}.t'),
        (f"{T}.a", f"module.m.{T}.b", f"{T}.a", f"module.m.{T}.b"),
    ],
)
def test_an_address_moves_along(former: str, address: str, old: str, new: str) -> None:
    assert moves(moved(former, address)).follow(old) == new


def test_moves_are_followed_one_after_the_other() -> None:
    assert moves(moved(f"{T}.a", f"{T}.b") + moved(f"{T}.b", f"{T}.c")).follow(f"{T}.a") == f"{T}.c"


def test_a_circle_of_moves_ends() -> None:
    circle = moves(moved(f"{T}.a", f"{T}.b") + moved(f"{T}.b", f"{T}.a"))
    assert circle.follow(f"{T}.a") in (f"{T}.a", f"{T}.b")


def test_a_move_in_a_module_holds_for_all_its_instances() -> None:
    inside = moves(moved(f"{T}.a", f"{T}.b"), module="module.m")
    assert inside.follow(f'module.m["x"].{T}.a') == f'module.m["x"].{T}.b'
    assert inside.follow(f"{T}.a") == f"{T}.a"


def test_json_syntax_has_addresses_as_text() -> None:
    text = f'{{"moved": [{{"from": "{T}.a", "to": "{T}.b"}}]}}'
    assert moves(text, path="main.tf.json").follow(f"{T}.a") == f"{T}.b"


@pytest.mark.parametrize(("lifecycle", "destroys"), [("", True), ("lifecycle {\ndestroy = false\n}\n", False)])
def test_what_is_removed_is_destroyed_or_forgotten(lifecycle: str, destroys: bool) -> None:
    found = moves(f"removed {{\n  from = {T}.a\n{lifecycle}}}\n").removal(f"{T}.a[0]")
    assert found is not None
    assert found.destroys is destroys

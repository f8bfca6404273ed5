"""Parsed blocks and the grammar's tables on disk."""

from __future__ import annotations

import errno
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from dynalint import regular, store
from dynalint.syntax import SyntaxFault, cache, load_file, nodes, tables
from dynalint.syntax.encode import CLASSES, decode, encode
from dynalint.syntax.nodes import Block

FIXTURES = Path(__file__).parents[1] / "fixtures" / "syntax"
SOUND = ["blocks.tf", "expressions.tf", "legacy.tf", "templates.tf", "terraform_only.tf"]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty cache folder that this test has to itself."""
    place = tmp_path / "cache"
    monkeypatch.setattr(store, "folder", lambda: place)
    monkeypatch.setattr(cache, "_shelves", {})
    yield place
    cache._shelves.clear()


def parse_all(name: str) -> list[Block]:
    return [block.parse() for block in load_file(str(FIXTURES / name)).blocks]


def next_run() -> None:
    """What the end of a process and the start of another do."""
    cache.save()
    cache._shelves.clear()


def forbid_parsing(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise AssertionError("the cache was not used")

    monkeypatch.setattr("dynalint.syntax.files.parse_block", fail)


@pytest.mark.parametrize("name", SOUND)
def test_blocks_survive_as_plain_data(name: str) -> None:
    for block in parse_all(name):
        data = json.loads(json.dumps(encode(block, block.span.start)))
        assert decode(data, block.span.path, block.span.start) == block


def test_every_node_class_can_be_stored() -> None:
    known = dict(CLASSES)
    declared = [item for item in vars(nodes).values() if isinstance(item, type) and item.__module__ == nodes.__name__]
    assert set(declared) - {nodes.Comment} == set(known)
    assert all(len(fields(node_class)) == len(shape) for node_class, shape in known.items())


@pytest.mark.usefixtures("folder")
def test_a_second_run_parses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    first = [parse_all(name) for name in SOUND]
    next_run()
    forbid_parsing(monkeypatch)
    assert [parse_all(name) for name in SOUND] == first


@pytest.mark.usefixtures("folder")
def test_a_block_that_moved_is_found_at_its_new_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.tf"
    path.write_text("locals {\n  a = x.y\n}\n")
    load_file(str(path)).blocks[0].parse()
    next_run()
    path.write_text("# moved\n\nlocals {\n  a = x.y\n}\n")
    forbid_parsing(monkeypatch)
    file = load_file(str(path))
    assert file.source.text(file.blocks[0].parse().body.attributes[0].value.span) == "x.y"


@pytest.mark.usefixtures("folder")
def test_a_changed_block_is_parsed_again(tmp_path: Path) -> None:
    path = tmp_path / "a.tf"
    path.write_text("locals {\n  a = 1\n}\n")
    load_file(str(path)).blocks[0].parse()
    next_run()
    path.write_text("locals {\n  a = 2\n}\n")
    assert "value=2" in repr(load_file(str(path)).blocks[0].parse())


@pytest.mark.usefixtures("folder")
def test_a_broken_block_is_broken_every_time(tmp_path: Path) -> None:
    path = tmp_path / "a.tf"
    path.write_text("locals {\n  a = 1 2\n}\n")
    for _ in range(2):
        with pytest.raises(SyntaxFault):
            load_file(str(path)).blocks[0].parse()
        next_run()


@pytest.mark.parametrize(
    "damage",
    [
        b"",
        b"{",
        b"[]",
        b"\xff",
        b'{"stamp": "another", "blocks": {}}',
        b"[" * 100_000,
    ],
)
def test_a_damaged_cache_costs_only_speed(folder: Path, damage: bytes) -> None:
    before = parse_all("blocks.tf")
    next_run()
    (stored,) = folder.glob("blocks-*.json")
    stored.write_bytes(damage)
    assert parse_all("blocks.tf") == before


@pytest.mark.parametrize("damage", [[], [99], [0, 1, 2], "x", [[1]], None, [15, "a", 2, 1], 5])
def test_damaged_blocks_cost_only_speed(folder: Path, damage: object) -> None:
    before = parse_all("blocks.tf")
    next_run()
    (stored,) = folder.glob("blocks-*.json")
    content = json.loads(stored.read_text())
    stored.write_text(json.dumps({**content, "blocks": dict.fromkeys(content["blocks"], damage)}))
    assert parse_all("blocks.tf") == before


def test_another_grammar_or_another_dynalint_does_not_use_what_was_stored(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parse_all("blocks.tf")
    next_run()
    monkeypatch.setattr(cache, "stamp", lambda: "another")
    assert cache.shelf_of(load_file(str(FIXTURES / "blocks.tf")).source.path).stored == {}
    assert list(folder.glob("blocks-*.json"))


@pytest.mark.skipif(sys.platform == "win32", reason="needs a folder that cannot be made")
def test_a_cache_that_cannot_be_written_costs_only_speed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setattr(store, "folder", lambda: tmp_path / "file" / "cache")
    monkeypatch.setattr(cache, "_shelves", {})
    assert parse_all("blocks.tf")
    cache.save()
    assert list(tmp_path.iterdir()) == [tmp_path / "file"]


def test_what_this_run_did_not_ask_for_is_kept(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.tf"
    path.write_text("locals {\n  a = 1\n}\nlocals {\n  b = 1\n}\n")
    for block in load_file(str(path)).blocks:
        block.parse()
        next_run()
    (stored,) = folder.glob("blocks-*.json")
    assert len(json.loads(stored.read_text())["blocks"]) == 2


def test_the_folder_does_not_grow_without_bound(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "MAX_BYTES", 1000)
    for number in range(5):
        store.write_json(f"blocks-{number}.json", {"x": "y" * 390})
        os.utime(folder / f"blocks-{number}.json", (number, number))
    (folder / "somebodys.json").write_text("z" * 2000)
    store.prune()
    assert sorted(path.name for path in folder.iterdir()) == ["blocks-3.json", "blocks-4.json", "somebodys.json"]


def test_clearing_leaves_what_is_not_dynalints(folder: Path) -> None:
    parse_all("blocks.tf")
    cache.save()
    (folder / "blocks-12ab.json.77.tmp").write_text("half")
    (folder / "somebodys.json").write_text("{}")
    count, size = store.clear()
    assert count == 2
    assert size > 1000
    assert [path.name for path in folder.iterdir()] == ["somebodys.json"]


def test_an_interrupted_run_leaves_no_half_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_: Path, __: Path) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        store.write_json("blocks-1.json", {})
    assert list(folder.iterdir()) == []


def test_a_full_disk_costs_only_speed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, *_: object, **__: object) -> None:
        path.touch()
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_text", full)
    before = parse_all("blocks.tf")
    next_run()
    assert list(folder.iterdir()) == []
    assert parse_all("blocks.tf") == before


def test_nothing_but_finished_files_is_left_behind(folder: Path) -> None:
    parse_all("blocks.tf")
    cache.save()
    assert {path.suffix for path in folder.iterdir()} == {".json"}


# --- where the folder is ------------------------------------------------------------------------------------------


def place_with(monkeypatch: pytest.MonkeyPatch, **environment: str) -> Path | None:
    for name in ("DYNALINT_CACHE_DIR", "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    for name, setting in environment.items():
        monkeypatch.setenv(name, setting)
    return store.folder.__wrapped__()


def test_the_folder_is_the_users(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    assert place_with(monkeypatch, XDG_CACHE_HOME=str(tmp_path)) == tmp_path / "dynalint"
    assert place_with(monkeypatch, HOME=str(tmp_path)) == tmp_path / ".cache" / "dynalint"
    monkeypatch.setattr(sys, "platform", "win32")
    assert place_with(monkeypatch, LOCALAPPDATA=str(tmp_path)) == tmp_path / "dynalint"
    assert place_with(monkeypatch, HOME=str(tmp_path)) is None


def test_without_a_home_there_is_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    assert place_with(monkeypatch, HOME="") is None
    assert place_with(monkeypatch, HOME="", XDG_CACHE_HOME=str(tmp_path)) == tmp_path / "dynalint"


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="owners that Windows has not")
def test_a_folder_of_somebody_else_is_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    there = os.geteuid()
    monkeypatch.setattr(os, "geteuid", lambda: there + 1)
    assert place_with(monkeypatch, DYNALINT_CACHE_DIR=str(tmp_path)) is None
    assert place_with(monkeypatch, DYNALINT_CACHE_DIR=str(tmp_path / "none")) == tmp_path / "none"


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="owners that Windows has not")
def test_a_file_of_somebody_else_is_not_believed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store.write_json("x.json", {"a": 1})
    assert store.read_json("x.json") == {"a": 1}
    there = os.geteuid()
    monkeypatch.setattr(os, "geteuid", lambda: there + 1)
    assert store.folder() == folder  # as it was when the run began
    assert store.read_json("x.json") is None


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes that Windows has not")
def test_a_pipe_in_the_folder_is_not_waited_for(folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    os.mkfifo(folder / "x.json")
    assert store.read_json("x.json") is None


def test_a_vast_file_in_the_folder_is_not_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store.write_json("x.json", {"a": 1})
    assert (folder / "x.json").stat().st_size > 5
    monkeypatch.setattr(regular, "LARGEST", 5)
    assert store.read_json("x.json") is None


def test_the_folder_can_be_chosen_and_switched_off(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert place_with(monkeypatch, DYNALINT_CACHE_DIR=str(tmp_path)) == tmp_path
    monkeypatch.setattr(store, "_enabled", False)
    assert place_with(monkeypatch, DYNALINT_CACHE_DIR=str(tmp_path)) is None
    assert store.read_json("x.json") is None


# --- processes ----------------------------------------------------------------------------------------------------

PROGRAM = """
import sys
from dynalint.syntax import load_file
for path in sys.argv[1:]:
    for block in load_file(path).blocks:
        block.parse()
wanted = ("hcl2", "lark", "dynalint.syntax.parse", "dynalint.syntax.lexer")
print(*[name for name in wanted if name in sys.modules])
"""
COMPILE = """
import hcl2, json
from dynalint.syntax import tables
print(json.dumps([hcl2.__file__, tables.compile_tables()]))
"""
PARSER = ["dynalint.syntax.parse", "dynalint.syntax.lexer"]


@pytest.fixture(scope="module")
def grammar() -> dict[str, Any]:
    """The tables of the installed grammar in their plain form, compiled once: that takes seconds."""
    return {"key": tables.grammar_key(), **tables.compile_tables()}


def run(folder: Path, *names: str) -> list[str]:
    """Parse fixtures in a process of its own; the modules of the parser that it imported."""
    environment = {**os.environ, "DYNALINT_CACHE_DIR": str(folder)}
    arguments = [sys.executable, "-c", PROGRAM, *(str(FIXTURES / name) for name in names)]
    done = subprocess.run(arguments, env=environment, capture_output=True, text=True, check=True)
    return done.stdout.split()


def test_a_warm_run_imports_no_parser(tmp_path: Path) -> None:
    run(tmp_path, *SOUND)
    assert run(tmp_path, *SOUND) == []


def test_the_first_run_needs_neither_python_hcl2_nor_lark(tmp_path: Path) -> None:
    assert run(tmp_path, "blocks.tf") == PARSER
    assert run(tmp_path, "legacy.tf") == PARSER


def test_compiling_the_grammar_writes_nothing_into_the_folder_of_python_hcl2(
    grammar: dict[str, Any], tmp_path: Path
) -> None:
    """In a copy of the package: tests that call python-hcl2 itself make it write into its own folder."""
    package = tmp_path / "hcl2"
    shutil.copytree(tables.package_folder("hcl2"), package, ignore=shutil.ignore_patterns("__pycache__", ".lark*"))
    before = contents(package)
    environment = {**os.environ, "PYTHONPATH": str(tmp_path), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run([sys.executable, "-c", COMPILE], env=environment, capture_output=True, text=True, check=True)
    used, made = json.loads(done.stdout)
    assert Path(used).parent == package
    assert made == {name: value for name, value in grammar.items() if name != "key"}
    assert contents(package) == before


def contents(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


# --- tables -------------------------------------------------------------------------------------------------------


@pytest.fixture
def nothing_shipped(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tables, "SHIPPED", tmp_path / "nothing.json")


def test_the_tables_that_ship_are_those_of_the_installed_grammar(grammar: dict[str, Any]) -> None:
    assert json.loads(tables.SHIPPED.read_bytes()) == grammar, "run make tables"


@pytest.mark.usefixtures("nothing_shipped")
def test_tables_are_compiled_once_and_stored(
    folder: Path, grammar: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = {name: value for name, value in grammar.items() if name != "key"}
    monkeypatch.setattr(tables, "compile_tables", lambda: plain)
    made = tables.tables.__wrapped__()
    assert json.loads((folder / f"tables-{grammar['key']}.json").read_text()) == grammar
    monkeypatch.setattr(tables, "compile_tables", lambda: pytest.fail("the stored tables were not used"))
    assert tables.tables.__wrapped__() == made


@pytest.mark.usefixtures("nothing_shipped")
def test_tables_of_another_grammar_are_not_used(
    folder: Path, grammar: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.mkdir()
    (folder / f"tables-{grammar['key']}.json").write_text(json.dumps({**grammar, "key": "another", "rules": []}))
    monkeypatch.setattr(tables, "compile_tables", lambda: grammar)
    assert tables.tables.__wrapped__().rules


def test_tables_that_came_with_dynalint_are_used_first(
    tmp_path: Path, grammar: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "tables.json").write_text(json.dumps(grammar))
    monkeypatch.setattr(tables, "SHIPPED", tmp_path / "tables.json")
    monkeypatch.setattr(store, "folder", lambda: None)
    monkeypatch.setattr(tables, "compile_tables", lambda: pytest.fail("the tables were compiled"))
    assert len(tables.tables.__wrapped__().rules) == len(grammar["rules"])


def test_the_key_is_that_of_the_grammar(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = tables.package_folder("hcl2").joinpath("hcl2.lark").read_bytes()
    before = tables.grammar_key.__wrapped__()
    monkeypatch.setattr(tables, "package_folder", lambda _: tmp_path)
    (tmp_path / "hcl2.lark").write_bytes(text)
    assert tables.grammar_key.__wrapped__() == before
    (tmp_path / "hcl2.lark").write_bytes(text + b"\n// changed\n")
    assert tables.grammar_key.__wrapped__() != before

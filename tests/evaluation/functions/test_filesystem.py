"""Functions that read files, over a directory whose answers the real tool gave."""

from __future__ import annotations

from pathlib import Path

import pytest

from dynalint.evaluation.console import Console
from dynalint.evaluation.errors import EvaluationError
from dynalint.evaluation.inputs import Inputs
from dynalint.evaluation.values import Unknown
from dynalint.project import Project


@pytest.fixture
def console(tmp_path: Path) -> Console:
    root = tmp_path / "project" / "root"
    for name, content in {
        "d/.hid.txt": b"h",
        "d/a.txt": b"a",
        "d/b.txt": b"b",
        "d/e/c.txt": b"c",
        "plain.txt": b"line one\nline two\n",
        "latin.txt": b"\xe9",
        "greet.tftpl": b"Hello ${name}!%{ for i in items }- ${i}\n%{ endfor }",
        "../beside.txt": b"beside",
    }.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content)
    return Console(str(root), Project(str(root.parent)), Inputs())


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("*.txt", [".hid.txt", "a.txt", "b.txt"]),
        ("**", [".hid.txt", "a.txt", "b.txt", "e/c.txt"]),
        ("**/*", [".hid.txt", "a.txt", "b.txt", "e/c.txt"]),
        ("**/c.txt", ["e/c.txt"]),
        ("e/**/c.txt", ["e/c.txt"]),
        ("e**", []),
        ("**a.txt", ["a.txt"]),
        ("*/*", ["e/c.txt"]),
        ("?.txt", ["a.txt", "b.txt"]),
        ("[ab].txt", ["a.txt", "b.txt"]),
        ("[^a].txt", ["b.txt"]),
        ("[!a].txt", ["a.txt"]),
        ("{a,b}.txt", ["a.txt", "b.txt"]),
        ("{a,{b,x}}.txt", ["b.txt"]),
        (r"\\a.txt", ["a.txt"]),
        ("/a.txt", ["a.txt"]),
        ("./a.txt", ["a.txt"]),
        ("../plain.txt", ["../plain.txt"]),
        ("", []),
    ],
)
def test_fileset_finds(pattern: str, found: list[str], console: Console) -> None:
    value = console.evaluate(f'fileset("d", "{pattern}")')
    assert [item.data for item in value.members()] == found


@pytest.mark.parametrize("pattern", ["[a", "[]a].txt", "[a-]*", "{a", "{a,e/c}.txt", r"a\\"])
def test_fileset_refuses_a_malformed_pattern(pattern: str, console: Console) -> None:
    with pytest.raises(EvaluationError, match="syntax error in pattern"):
        console.evaluate(f'fileset("d", "{pattern}")')


def test_a_missing_directory_holds_nothing(console: Console) -> None:
    assert console.evaluate('fileset("nope", "*")').data == ()


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ('file("plain.txt")', "line one\nline two\n"),
        ('file("../beside.txt")', "beside"),
        ('filebase64("latin.txt")', "6Q=="),
        ('filemd5("plain.txt")', "987929d61c9b69f0c6406b840aa77fd8"),
        ('filesha1("plain.txt")', "97059669371ed42a72435dc0266a432db4348ccc"),
        ('filesha256("d/a.txt") == sha256("a")', True),
        ('filebase64sha512("d/a.txt") == base64sha512("a")', True),
        ('fileexists("plain.txt")', True),
        ('fileexists("nope")', False),
        ('templatefile("greet.tftpl", {name = "Bob", items = ["x", "y"]})', "Hello Bob!- x\n- y\n"),
        ('templatefile("plain.txt", {unused = 1})', "line one\nline two\n"),
    ],
)
def test_reads(expression: str, expected: object, console: Console) -> None:
    assert console.evaluate(expression).data == expected


OF_NULL = [*((name, "") for name in ("file", "fileexists", "filebase64", "filesha256")), ("fileset", ', "*"')]


@pytest.mark.parametrize(
    ("expression", "message"),
    [
        ('file("nope")', "nope"),
        ('file("latin.txt")', "not valid UTF-8"),
        ('fileexists("d")', "is a directory"),
        ('file("../../secret")', "outside of the project"),
        ('fileexists("../../secret")', "outside of the project"),
        ('fileset("../..", "*")', "outside of the project"),
        *((f'{name}("a\\u0000"{more})', "a path cannot hold the character U") for name, more in OF_NULL),
        ('templatefile("nope", {})', "nope"),
        ('templatefile("greet.tftpl", {name = "x"})', "items"),
        ('templatefile("plain.txt", {"1a" = 1})', "invalid template variable name"),
        ('templatefile("plain.txt", ["a"])', "must be a map"),
    ],
)
def test_refuses(expression: str, message: str, console: Console) -> None:
    with pytest.raises(EvaluationError, match=message):
        console.evaluate(expression)


def test_unknown_variables_leave_the_rest_of_a_template_known(console: Console) -> None:
    unknown = console.evaluate('templatefile("greet.tftpl", {name = uuid(), items = []})').unknown
    assert unknown is not None
    assert unknown.pieces[0] == "Hello "
    assert unknown.reason == "uuid() is decided at apply"


@pytest.mark.parametrize("expression", ['abspath("a")', 'pathexpand("~/a")', "plantimestamp()", 'base64gzip("a")'])
def test_what_only_the_machine_knows_is_unknown_and_the_same_each_time(expression: str, console: Console) -> None:
    first, second = console.evaluate(expression).data, console.evaluate(expression).data
    assert isinstance(first, Unknown)
    assert first.identity
    assert first == second


@pytest.mark.parametrize("call", ['file("{}")', 'fileexists("{}")', 'fileset("{}", "*")', 'templatefile("d/{}/a", {})'])
def test_no_path_holds_a_nul(call: str, console: Console) -> None:
    with pytest.raises(EvaluationError, match="cannot hold the character"):
        console.evaluate(call.replace("{}", r"\u0000", 1))

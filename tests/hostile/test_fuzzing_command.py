"""What is around the fuzzer: inputs kept and minimised, what falls out, the sum of the runs."""

import sys
from pathlib import Path

import pytest

from fuzz import run
from fuzz.harness import Collected, atheris, modules
from fuzz.inputs import load, minimised, save
from fuzz.run import Run, dictionary, results
from fuzz.targets import TARGETS


def test_without_atheris_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "atheris", None)
    with pytest.raises(SystemExit, match="pip install --group fuzz"):
        atheris()


def test_inputs_come_back_as_they_were(tmp_path: Path) -> None:
    inputs = [b"", b"a\n\xff\x80b", "é\u2028".encode(), b'"\\\0']
    save(tmp_path, "x", inputs)
    assert sorted(load(tmp_path, "x")) == sorted(inputs)
    assert (tmp_path / "x.jsonl").read_bytes().isascii()
    assert load(tmp_path, "y") == []


def walk(data: bytes) -> None:
    for byte in data:
        if byte == 0:
            raise ValueError("zero")
        if byte > 128:
            continue


def test_inputs_that_lead_nowhere_new_are_dropped() -> None:
    inputs = [b"ab", b"\xff", b"b", b"a", b"abab", b"\0\0", b"\xfe"]
    assert minimised(inputs, walk, frozenset([__file__])) == [b"a", b"\xfe", b"ab", b"abab"]


def test_what_is_raised_is_kept_and_fuzzing_goes_on(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    act = Collected(walk, tmp_path)
    for data in (b"abc", b"aa\0", b"a\0", b"abc\0"):
        act(data)
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"a\0"]
    assert capsys.readouterr().err.count("fell out: ValueError") == 1


def test_words_are_written_as_libfuzzer_reads_them() -> None:
    assert dictionary(["a", "", '"', "é", "a"]) == '"\\x61"\n"\\x22"\n"\\xc3\\xa9"\n'


@pytest.mark.parametrize("target", TARGETS)
def test_every_target_watches_modules_that_exist_and_has_somewhere_to_begin(target: str) -> None:
    watched = [name for name, path, is_watched in modules(TARGETS[target].watched) if is_watched and path.is_file()]
    for name in TARGETS[target].watched:
        assert [module for module in watched if f"{module}.".startswith(f"{name}.")]
    assert any(len(data) <= TARGETS[target].longest for data in TARGETS[target].seeds())


def test_results_are_the_sum_of_the_runs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(run, "KEPT", tmp_path / "kept")
    monkeypatch.setattr(run, "FELL_OUT", tmp_path / "fell-out")
    save(tmp_path / "kept", "scanner", [b"a", b"b"])
    save(tmp_path / "fell-out", "parser", [b"c"])
    runs = [
        Run(name, "2026-01-01", "1.0", "3.11.7", "3.0.0", 1_000, 10, 1) for name in ("scanner", "parser", "scanner")
    ]
    rows = list(results(runs))
    assert "| scanner | 2,000 | 20 | 100 | 0 | 2 |" in rows
    assert "| parser | 1,000 | 10 | 100 | 1 | 0 |" in rows
    assert "| all | 3,000 | 30 | 100 | 1 | 2 |" in rows

"""Files to sources: what can be read, and what is said about what cannot."""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path

import pytest

from dynalint import regular
from dynalint.syntax import SyntaxFault, files, load_file, load_text, parse_template, read_source
from dynalint.syntax.source import Source


def fault(path: Path) -> SyntaxFault:
    """The one fault of a file; reading it and loading it must say the same."""
    with pytest.raises(SyntaxFault) as caught:
        read_source(str(path))
    file = load_file(str(path))
    assert file.faults == (caught.value,)
    assert not file.blocks
    return caught.value


@pytest.mark.parametrize("name", ["a.tf", "a.tf.json"])
@pytest.mark.parametrize("data", [b'a "\xff" {\n}\n', b"a {\n  b = <<\xb8E\nE\n}\n", b'{"a": "\xff"}', b"a {}\0"])
def test_bytes_that_are_no_text_are_a_fault_wherever_they_come_from(name: str, data: bytes, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(data)
    path = (tmp_path / name).as_posix()
    assert load_text(Source(path, data)) == load_file(path)
    assert len(load_file(path).faults) == 1


def test_a_source_knows_its_absolute_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.tf").write_bytes(b"locals {}\r\n")
    monkeypatch.chdir(tmp_path)
    source = read_source("./a.tf")
    assert source.path == (tmp_path / "a.tf").as_posix()
    assert source.data == b"locals {}\r\n"


def test_a_missing_file(tmp_path: Path) -> None:
    assert fault(tmp_path / "a.tf").message == "this file cannot be read: no such file or directory"


def test_a_directory_with_the_name_of_a_file(tmp_path: Path) -> None:
    (tmp_path / "a.tf").mkdir()
    assert fault(tmp_path / "a.tf").message == "expected a file, but this is a directory"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no named pipes in the file system")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.tf")
    assert fault(tmp_path / "a.tf").message == "expected a file, but this is a pipe"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no sockets in the file system")
def test_a_socket(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # the path of a socket may not be long
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("a.tf")
        assert fault(tmp_path / "a.tf").message == "expected a file, but this is a socket"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no /dev")
def test_a_device() -> None:
    with pytest.raises(SyntaxFault, match="expected a file, but this is a device"):
        read_source("/dev/null")


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="needs a user who may not read everything")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    (tmp_path / "a.tf").write_text("locals {}")
    (tmp_path / "a.tf").chmod(0)
    assert fault(tmp_path / "a.tf").message == "this file cannot be read: permission denied"


def test_a_link_that_leads_nowhere(tmp_path: Path) -> None:
    (tmp_path / "a.tf").symlink_to(tmp_path / "b.tf")
    assert "no such file" in fault(tmp_path / "a.tf").message


def test_text_that_is_not_utf_8_is_reported_at_its_byte(tmp_path: Path) -> None:
    (tmp_path / "a.tf").write_bytes(b"# caf\xe9\nlocals {}\n")
    found = fault(tmp_path / "a.tf")
    assert found.message == "expected UTF-8 text, but the byte 0xe9 is none"
    assert (found.span.start, found.span.end) == (5, 5)


def test_utf_16_is_recognised(tmp_path: Path) -> None:
    (tmp_path / "a.tf").write_bytes("locals {}".encode("utf-16"))
    assert "UTF-16" in fault(tmp_path / "a.tf").help


def test_a_binary_file(tmp_path: Path) -> None:
    (tmp_path / "a.tf").write_bytes(b"PK\x03\x04\x00\x00")
    found = fault(tmp_path / "a.tf")
    assert (found.message, found.span.start) == ("expected text, but this file is binary", 4)


def test_a_file_that_is_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "LARGEST", 10)
    (tmp_path / "a.tf").write_text("locals {}  ")
    assert fault(tmp_path / "a.tf").message == "a file of 11 bytes is more than dynalint reads"


def test_a_file_that_is_too_large_by_the_time_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(regular, "LARGEST", 10)
    (tmp_path / "a.tf").write_text("locals {}  ")
    assert "this size is more than dynalint reads" in fault(tmp_path / "a.tf").message


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes that Windows has not")
def test_a_file_that_a_pipe_takes_the_place_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(tmp_path / "a.tf")
    monkeypatch.setattr(files, "refuse_special", lambda *_: None)  # it was a file still
    assert "this is no regular file" in fault(tmp_path / "a.tf").message


@pytest.mark.parametrize("name", ["a.tf", "a.tofu"])
def test_hcl_files(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("locals {}\n")
    file = load_file(str(tmp_path / name))
    assert ([block.type for block in file.blocks], file.json) == (["locals"], False)


@pytest.mark.parametrize("name", ["a.tf.json", "a.tofu.json"])
def test_json_files(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text('{"locals": {}}')
    file = load_file(str(tmp_path / name))
    assert ([block.type for block in file.blocks], file.json) == (["locals"], True)


def test_parsing_is_done_once(tmp_path: Path) -> None:
    (tmp_path / "a.tf").write_text("locals {\n  a = 1\n}\nlocals {\n  a = 1 2\n}\n")
    good, bad = load_file(str(tmp_path / "a.tf")).blocks
    assert good.parse() is good.parse()
    with pytest.raises(SyntaxFault) as first:
        bad.parse()
    with pytest.raises(SyntaxFault) as second:
        bad.parse()
    assert first.value is second.value
    assert str(first.value) == f"{good.span.path}:36: expected a new line after the argument"


def test_a_fault_at_the_end_of_a_text_lies_in_it() -> None:
    with pytest.raises(SyntaxFault, match="expected if, else") as raised:
        parse_template(Source("/a.tftpl", b"a %{"))
    assert raised.value.span == ("/a.tftpl", 4, 4)

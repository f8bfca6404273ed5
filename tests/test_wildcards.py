"""Wildcards of globs, of .gitignore, of IAM and of addresses: right, and no slower for many of them."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dynalint.dynamodb.pieces import covers
from dynalint.gitignore import patterns_in
from dynalint.globs import compile_glob
from dynalint.wildcards import with_gaps
from tests.command_line import UNRECOVERABLE, Cli

WILD = {"*": None, "?": "."}
MANY = "*a" * 40
TEXT = "a" * 250


@given(st.text("ab*?", max_size=12), st.text("ab", max_size=16))
def test_wildcards_match_as_in_file_names(pattern: str, text: str) -> None:
    made = with_gaps((WILD.get(character, character) for character in pattern), ".")
    assert bool(re.fullmatch(made, text)) == fnmatchcase(text, pattern)


SEGMENTS = st.lists(st.sampled_from(["a", "b", "*", "**", "a*"]), min_size=1, max_size=5)


@given(SEGMENTS, st.lists(st.sampled_from(["a", "b", "ab", "c"]), min_size=1, max_size=6))
def test_folders_match_as_if_every_place_were_tried(segments: list[str], folders: list[str]) -> None:
    pattern, path = "/" + "/".join(segments), "/".join(folders) + "/"
    plain = "".join("(?:[^/]+/)*" if segment == "**" else segment.replace("*", "[^/]*") + "/" for segment in segments)
    assert bool(compile_glob(pattern).match(path)) == bool(re.match(plain, path))


@pytest.mark.parametrize(
    ("pattern", "path"),
    [(f"{MANY}b", TEXT), ("**/a/" * 40 + "b", "a/" * 250), (f"**/{MANY}b/" * 3, f"{TEXT}/" * 20)],
    ids=["stars", "folders", "both"],
)
def test_many_wildcards_end_soon(pattern: str, path: str) -> None:
    """Without a bound each of these takes longer than anybody lives."""
    assert not compile_glob(pattern).match(path)
    (ignoring,) = patterns_in(pattern)
    assert not ignoring.regex.fullmatch(path.rstrip("/"))
    assert not covers(f"{pattern}b", path)


def test_many_wildcards_in_settings_end_soon(cli: Cli) -> None:
    pattern = f'"{MANY}b" = ["DYN2"]'
    cli.write(
        {
            f"{'a' * 200}.tf": UNRECOVERABLE.replace("orders", TEXT),
            ".git/HEAD": "",
            ".gitignore": f"{MANY}b\n",
            "dynalint.toml": f'exclude = ["{MANY}b"]\n[per-file-ignores]\n{pattern}\n'
            f"[per-resource-ignores]\n{pattern}\n",
        }
    )
    done = cli("check", "--exclude", f"**/{MANY}b")
    assert (done.returncode, "DYN201" in done.stdout) == (1, True)

from fnmatch import fnmatchcase

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dynalint.globs import compile_glob


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("examples", "examples"),
        ("examples", "modules/examples/main.tf"),
        ("examples/", "a/b/examples/c"),
        ("/examples", "examples/main.tf"),
        ("modules/legacy", "modules/legacy/a/b.tf"),
        ("modules/*/old", "modules/table/old/main.tf"),
        ("**/old", "a/b/old"),
        ("modules/**/old", "modules/old"),
        ("modules/**/old", "modules/a/b/old/x.tf"),
        ("*_test.tf", "modules/a_test.tf"),
        ("v?.tf", "v1.tf"),
    ],
)
def test_matches(pattern: str, path: str) -> None:
    assert compile_glob(pattern).match(f"{path}/")


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("examples", "examples2/main.tf"),
        ("/examples", "modules/examples"),
        ("modules/legacy", "other/modules/legacy"),
        ("modules/*", "modules"),
        ("a*c", "a/c"),
        ("v?.tf", "v.tf"),
        ("[ab].tf", "a.tf"),
    ],
)
def test_does_not_match(pattern: str, path: str) -> None:
    assert not compile_glob(pattern).match(f"{path}/")


def as_told(pattern: list[str], path: list[str]) -> bool:
    """Segment by segment, every way tried."""
    if not pattern:
        return True
    if pattern[0] == "**":
        return any(as_told(pattern[1:], path[skipped:]) for skipped in range(len(path) + 1))
    return bool(path) and fnmatchcase(path[0], pattern[0]) and as_told(pattern[1:], path[1:])


SEGMENTS = st.sampled_from(["**", "a", "*", "a*", "*b", "*a*b", "a*a*b*", "?", "?*b", "a**b"])


@given(
    st.lists(SEGMENTS, min_size=2, max_size=5), st.lists(st.text("ab", min_size=1, max_size=5), min_size=1, max_size=5)
)
def test_matches_what_trying_every_way_matches(pattern: list[str], path: list[str]) -> None:
    assert bool(compile_glob("/".join(pattern)).match("/".join(path) + "/")) is as_told(pattern, path)


@pytest.mark.parametrize("pattern", ["*a" * 30 + "b", "/".join(["**", "a*a"] * 20) + "/b", "**/" * 30 + "b"])
def test_a_pattern_that_could_match_in_countless_ways_does_not_try_them_all(pattern: str) -> None:
    assert not compile_glob(pattern).match("/".join(["a" * 200] * 30) + "/")

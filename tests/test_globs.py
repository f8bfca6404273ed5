import pytest

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

import pytest

from dynalint.evaluation.versions import Version, parse_constraint, parse_version


@pytest.mark.parametrize(
    ("text", "version"),
    [
        ("1.2.3", Version(1, 2, 3)),
        ("v4.0.0", Version(4, 0, 0)),
        ("1.2", Version(1, 2, 0)),
        (" 3 ", Version(3, 0, 0)),
        ("1.2.3-rc1", None),
        ("1.2.3.4", None),
        ("main", None),
        ("", None),
    ],
)
def test_a_version_is_up_to_three_numbers(text: str, version: Version | None) -> None:
    assert parse_version(text) == version


@pytest.mark.parametrize(
    ("constraint", "allowed", "refused"),
    [
        ("1.2.3", "1.2.3", "1.2.4"),
        ("= 1.2.3", "1.2.3", "1.2.2"),
        ("!= 1.2.3", "1.2.4", "1.2.3"),
        ("> 1.2.3", "1.2.4", "1.2.3"),
        (">=1.2.3", "1.2.3", "1.2.2"),
        ("< 2.0", "1.99.0", "2.0.0"),
        ("<= 2.0", "2.0.0", "2.0.1"),
        ("~> 1.2.3", "1.2.9", "1.3.0"),
        ("~> 1.2", "1.9.0", "2.0.0"),
        ("~> 1.2", "1.2.0", "1.1.9"),
        ("~> 4", "4.9.9", "5.0.0"),
        (">= 1.2, < 2.0, != 1.5.0", "1.4.0", "1.5.0"),
    ],
)
def test_operators_mean_what_terraform_means(constraint: str, allowed: str, refused: str) -> None:
    parsed, yes, no = parse_constraint(constraint), parse_version(allowed), parse_version(refused)
    assert parsed
    assert yes
    assert no
    assert parsed.allows(yes)
    assert not parsed.allows(no)


@pytest.mark.parametrize("text", ["", "latest", "~> main", ">= 1.0,", "1.0 2.0", "=> 1.0", "1.0.0-beta"])
def test_what_makes_no_sense_is_no_constraint(text: str) -> None:
    assert parse_constraint(text) is None


@pytest.mark.parametrize(
    ("constraint", "newer"),
    [
        (None, True),
        ("~> 4.0", False),
        ("~> 5.0", True),
        ("~> 5.5.0", True),
        ("5.5.0", False),
        (">= 3.0", True),
        (">= 3.0, < 5.5.1", False),
        ("5.6.0", True),
        ("~> 5.9.3", True),
    ],
)
def test_whether_releases_after_the_newest_known_one_are_allowed(constraint: str | None, newer: bool) -> None:
    parsed = parse_constraint(constraint)
    assert parsed
    assert any(True for _ in parsed.newer(Version(5, 5, 0))) is newer

import pytest

from dynalint.errors import UsageError
from dynalint.findings import RuleInfo, Severity
from dynalint.selection import Selection

INFOS = tuple(
    RuleInfo(
        code, name, Severity.ERROR, "summary", "documentation", ignorable=code != "DYN001", opt_in=opt_in, tags=tags
    )
    for code, name, opt_in, tags in (
        ("DYN001", "file-unreadable", False, ()),
        ("DYN101", "key-attribute-undefined", False, ("keys",)),
        ("DYN102", "hash-key-missing", False, ("keys",)),
        ("DYN201", "point-in-time-recovery-missing", False, ()),
        ("DYN312", "customer-managed-key-missing", True, ()),
    )
)


def chosen(**words: tuple[str, ...]) -> set[str]:
    return set(Selection(**words).chosen(INFOS))


def test_all_but_opt_in_rules_run_by_default() -> None:
    assert chosen() == {"DYN001", "DYN101", "DYN102", "DYN201"}


@pytest.mark.parametrize("word", ["DYN1", "keys", "DYN101,DYN102", "key-attribute-undefined,hash-key-missing"])
def test_select_takes_prefixes_tags_codes_and_names(word: str) -> None:
    assert chosen(select=(word,)) == {"DYN001", "DYN101", "DYN102"}


def test_extend_select_adds_an_opt_in_rule() -> None:
    assert "DYN312" in chosen(extend_select=("DYN312",))
    assert "DYN201" in chosen(extend_select=("DYN312",))


def test_ignore_takes_away() -> None:
    assert chosen(ignore=("DYN1",), extend_ignore=("point-in-time-recovery-missing",)) == {"DYN001"}


def test_the_nearer_word_wins() -> None:
    assert chosen(ignore=("DYN1",), extend_select=("DYN101",)) == {"DYN001", "DYN101", "DYN201"}
    assert chosen(select=("DYN1",), ignore=("DYN101",)) == {"DYN001", "DYN102"}


def test_ignore_wins_a_tie() -> None:
    assert "DYN101" not in chosen(select=("DYN101",), ignore=("key-attribute-undefined",))


def test_what_cannot_be_ignored_always_runs() -> None:
    assert "DYN001" in chosen(select=("DYN201",), ignore=("DYN001",))


@pytest.mark.parametrize("option", ["select", "ignore", "extend_select", "extend_ignore"])
def test_an_unknown_word_stops_the_run_with_one_suggestion(option: str) -> None:
    with pytest.raises(UsageError, match='no rule is called "hash-key-mising"; did you mean "hash-key-missing"'):
        chosen(**{option: ("hash-key-mising",)})


def test_all_takes_in_the_opt_in_rules_and_gives_way_to_any_other_word() -> None:
    every = {info.code for info in INFOS}
    assert chosen(select=("ALL",)) == every
    assert chosen(select=("ALL",), ignore=("DYN1",)) == {code for code in every if not code.startswith("DYN1")}


@pytest.mark.parametrize(("word", "near"), [("dyn101", "DYN101"), ("kyes", "keys"), ("all", "ALL")])
def test_codes_tags_and_everything_are_suggested_too_whatever_the_case(word: str, near: str) -> None:
    with pytest.raises(UsageError, match=f'no rule is called "{word}"; did you mean "{near}"'):
        chosen(select=(word,))


@pytest.mark.parametrize("text", ["", " , "])
def test_a_selection_of_nothing_stops_the_run(text: str) -> None:
    """As ``--select "$RULES"`` is where nobody has set RULES: without a rule everything would look clean."""
    with pytest.raises(UsageError, match="select names no rule"):
        chosen(select=(text,))
    assert chosen(ignore=(text,)) == chosen()

import shutil
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

from dynalint import packs
from dynalint.errors import UsageError
from dynalint.installed import EntryPoint

EXAMPLE_PACK = Path(__file__).parent / "fixtures" / "example-pack"

RULE = '''"""Something is wrong.

## Why it matters

It matters.
"""

from dynalint import Severity, Table, Violation, rule


@rule("{code}", visits=Table, severity=Severity.NOTE)
def {name}(table):
    yield Violation("seen", at=table)
'''


def rules_directory(tmp_path: Path, **files: str) -> str:
    for name, text in files.items():
        (tmp_path / f"{name}.py").write_text(text)
    return str(tmp_path)


def codes(directory: str) -> list[str]:
    return [item.rule.info.code for item in packs.directory_rules(directory)]


def test_a_directory_gives_the_rules_at_module_level(tmp_path: Path) -> None:
    directory = rules_directory(tmp_path, one=RULE.format(code="TEAM1", name="one_thing"))
    assert codes(directory) == ["TEAM1"]


def test_a_rules_table_of_contents_wins_over_the_names_of_a_module(tmp_path: Path) -> None:
    text = RULE.format(code="TEAM1", name="one_thing") + "\nother = one_thing\nRULES = (one_thing,)\n"
    assert codes(rules_directory(tmp_path, one=text)) == ["TEAM1"]


def test_files_may_share_a_helper(tmp_path: Path) -> None:
    text = RULE.format(code="TEAM1", name="one_thing").replace(
        "from dynalint", "from _shared import X\nfrom dynalint", 1
    )
    assert codes(rules_directory(tmp_path, one=text, _shared="X = 1")) == ["TEAM1"]
    assert str(tmp_path) not in sys.path


def test_rules_are_ordered_by_code_and_include_the_built_in_ones(tmp_path: Path) -> None:
    directory = rules_directory(tmp_path, one=RULE.format(code="AAA1", name="one_thing"))
    loaded = [rule.info.code for rule in packs.load_rules([directory])]
    assert loaded[0] == "AAA1"
    assert loaded == sorted(loaded)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("import nothing_of_this_name", "does not load: ModuleNotFoundError: No module named 'nothing_of_this_name'"),
        ("def broken(:", "does not load: SyntaxError"),
        ("import sys\nsys.exit(0)", "does not load: SystemExit: 0"),
        ("RULES = (1,)", "holds something that is no rule: int: 1"),
        (RULE.format(code="team1", name="one_thing"), "'team1' is no code for a rule"),
        (RULE.format(code="DYN901", name="one_thing"), "DYN901 begins with DYN, which is dynalint's own"),
        (RULE.format(code="DYNAMO-1", name="one_thing"), "DYNAMO-1 begins with DYN, which is dynalint's own"),
        (RULE.format(code="TEAM1", name="One__thing"), "'One--thing' is no name for a rule"),
        (
            RULE.format(code="TEAM1", name="one_thing").replace('"""Something is', '"""').split("\n", 1)[1],
            "SyntaxError",
        ),
        ("X = 1", "holds no rules"),
    ],
)
def test_a_directory_that_does_not_load_whole_stops_the_run(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(UsageError, match=message) as stopped:
        codes(rules_directory(tmp_path, one=text))
    assert "\n" not in str(stopped.value)


def test_a_missing_directory_stops_the_run(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        codes(str(tmp_path / "none"))


@pytest.mark.parametrize(
    ("code", "name"), [("TEAM2", "fresh_name"), ("TEAM1", "file_unreadable"), ("TEAM2", "taken_name")]
)
def test_codes_and_names_belong_to_one_rule(tmp_path: Path, code: str, name: str) -> None:
    first = RULE.format(code="TEAM2", name="taken_name")
    directory = rules_directory(tmp_path, first=first, second=RULE.format(code=code, name=name))
    with pytest.raises(UsageError, match="there is another rule"):
        packs.load_rules([directory])


@pytest.mark.parametrize("text", [None, "raise ValueError('a\\nb')", "raise SystemExit(0)"])
def test_an_installed_pack_that_does_not_load_stops_the_run(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, text: str | None
) -> None:
    if text:
        (tmp_path / "no_such_module.py").write_text(text, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    broken = EntryPoint("broken", "no_such_module:RULES")
    monkeypatch.setattr(packs, "entry_points", lambda _: [broken])
    with pytest.raises(UsageError, match=r"rule pack 'broken' \(no_such_module:RULES\) does not load") as stopped:
        packs.load_rules()
    assert "\n" not in str(stopped.value)


def test_an_installed_pack_does_not_take_codes_of_dynalints_own(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "their_rules.py").write_text(RULE.format(code="DYN901", name="one_thing") + "\nRULES = (one_thing,)\n")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(packs, "entry_points", lambda _: [EntryPoint("theirs", "their_rules:RULES")])
    with pytest.raises(UsageError, match=r"rule pack 'theirs' \(their_rules:RULES\): DYN901 begins with DYN"):
        packs.load_rules()


@pytest.fixture(scope="module")
def python_with_example_pack(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A fresh environment that sees dynalint and its dependencies, with the example pack installed by pip."""
    home = tmp_path_factory.mktemp("venv")
    pack = shutil.copytree(EXAMPLE_PACK, tmp_path_factory.mktemp("pack") / "example")  # building leaves files behind
    venv.create(home, with_pip=False)
    python = home / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    site = subprocess.check_output([python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"], text=True)
    own = sysconfig.get_path("purelib")  # as a site directory, so that an editable installation there works here
    Path(site.strip(), "outer.pth").write_text(f"import site; site.addsitedir({own!r})\n")
    offline = ["--no-deps", "--no-build-isolation", "--no-index", "--disable-pip-version-check"]
    target = ["--target", site.strip()]
    subprocess.run([sys.executable, "-m", "pip", "install", "-q", *offline, *target, pack], check=True)
    return str(python)


def test_an_installed_pack_is_listed_and_its_own_tests_pass(python_with_example_pack: str) -> None:
    listed = subprocess.check_output([python_with_example_pack, "-m", "dynalint", "rules"], text=True)
    assert "ACME1" in listed
    own_tests = [python_with_example_pack, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(EXAMPLE_PACK / "tests")]
    subprocess.run(own_tests, check=True, cwd=EXAMPLE_PACK)

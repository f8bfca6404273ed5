"""Settings files: what they may hold, which one applies, and what is said of those that are wrong."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from dynalint.errors import UsageError
from dynalint.project import Project
from dynalint.settings import Layers, layers_for
from dynalint.settings import schema as settings_schema
from dynalint.settings.reading import read_table
from dynalint.settings.version import require_version


def read(text: str) -> dict[str, object]:
    return read_table("dynalint.toml", text.encode(), ())


def found(root: Path, module: str, files: dict[str, str]) -> Layers:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (root / module).mkdir(parents=True, exist_ok=True)
    return layers_for(str(root / module), Project(str(root)))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("ignroe = []", "dynalint.toml:1: there is no setting 'ignroe'; did you mean \"ignore\"?"),
        ('\nselect = "DYN1"', 'dynalint.toml:2: select takes a list of texts: select = ["…"]'),
        ("require-reason = 1", "dynalint.toml:1: require-reason takes true or false"),
        ('fail-on = "warnings"', "dynalint.toml:1: fail-on takes one of error, warning, note, never"),
        ("severity = 3", "dynalint.toml:1: severity takes a table: [severity]"),
        (
            "[environments.prod]\nvarfiles = []",
            "dynalint.toml:2: there is no setting 'varfiles' in environments.prod; did you mean \"var-files\"?",
        ),
        ("a = ", "dynalint.toml is no TOML"),
        ("a = " + "9" * 5_000, "dynalint.toml is no TOML"),
        ("a = " + "[" * 5_000, "dynalint.toml is nested too deep"),
        ('extend = "\\u0000"', "dynalint.toml:1: extend takes no null character"),
        ('var-files = ["a\\u0000"]', "dynalint.toml:1: var-files takes no null character"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(text: str, message: str) -> None:
    with pytest.raises(UsageError) as raised:
        read(text)
    assert message in str(raised.value)


def test_the_line_is_found_behind_a_long_one() -> None:
    """At every blank the same blanks could begin once more: looking for the line took hours."""
    with pytest.raises(UsageError, match=r"dynalint\.toml:2: there is no setting 'bad'"):
        read(" " * 1_000_000 + "\nbad = 1")


@pytest.mark.parametrize(("text", "name"), [("tool = 1", "tool"), ("[tool]\ndynalint = []", "dynalint")])
def test_what_should_hold_the_settings_is_a_table(text: str, name: str) -> None:
    with pytest.raises(UsageError, match=f"pyproject.toml: {name} takes a table"):
        read_table("pyproject.toml", text.encode(), ("tool", "dynalint"))


def test_values_have_the_names_and_types_of_the_fields() -> None:
    values = read('fail-on = "error"\nignore = ["DYN5"]\n[severity]\ntags-missing = "note"\n')
    assert values == {"fail_on": "error", "ignore": ("DYN5",), "severity": {"tags-missing": "note"}}


def test_the_nearest_file_applies_alone(tmp_path: Path) -> None:
    layers = found(tmp_path, "a/b", {"dynalint.toml": 'ignore = ["DYN5"]', "a/dynalint.toml": 'fail-on = "note"'})
    assert (layers.settings.fail_on, layers.settings.ignore) == ("note", ())


def test_a_file_that_extends_keeps_what_it_does_not_set(tmp_path: Path) -> None:
    files = {
        "dynalint.toml": 'ignore = ["DYN5"]\nfail-on = "error"',
        "a/.dynalint.toml": 'extend = "../dynalint.toml"\nfail-on = "note"',
    }
    layers = found(tmp_path, "a", files)
    assert (layers.settings.fail_on, layers.settings.ignore) == ("note", ("DYN5",))
    assert layers.origins["ignore"].endswith("/dynalint.toml")


def test_pyproject_counts_where_it_speaks_of_dynalint(tmp_path: Path) -> None:
    files = {"pyproject.toml": '[tool.dynalint]\nfail-on = "error"\n', "a/pyproject.toml": "[project]\n"}
    assert found(tmp_path, "a", files).settings.fail_on == "error"


def test_no_file_means_the_defaults(tmp_path: Path) -> None:
    assert found(tmp_path, "a", {}).origins == {}


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({"dynalint.toml": 'extend = "dynalint.toml"'}, "extend leads in a circle"),
        ({"dynalint.toml": 'extend = "../../outside.toml"'}, "extend leads out of the project"),
        ({"dynalint.toml": 'extend = "missing.toml"'}, "extend names"),
    ],
)
def test_an_extend_that_leads_nowhere_ends_the_run(tmp_path: Path, files: dict[str, str], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        found(tmp_path, "a", files)


@pytest.mark.parametrize("wanted", [">=0.1", ">=0.0.1,<99", "!=0.0.9", "~=0.1"])
def test_a_version_that_fits_passes(wanted: str) -> None:
    require_version(wanted, "dynalint.toml")


@pytest.mark.parametrize("wanted", [">=99", "==0.0.1", "<0.0.1", "latest"])
def test_a_version_that_does_not_fit_ends_the_run(wanted: str) -> None:
    with pytest.raises(UsageError):
        require_version(wanted, "dynalint.toml")


def test_the_shipped_schema_is_current_and_valid() -> None:
    shipped = Path(settings_schema.__file__).with_name(settings_schema.FILE).read_text(encoding="utf-8")
    assert shipped == settings_schema.text()
    jsonschema.Draft202012Validator.check_schema(json.loads(shipped))

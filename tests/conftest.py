"""What all tests share: the snapshots of outputs, and what is skipped where its tool is missing.

A snapshot is a file below tests/fixtures that holds the text a test expects. After a wanted change of an output run
``pytest --update-snapshots`` and read the difference in git before committing it.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.command_line import Cli
from tests.oracle import terraform

FIXTURES = Path(__file__).parent / "fixtures"

Snapshot = Callable[[str, str], None]

# Whoever runs the suite learns about their change, not about their luck; DYNALINT_FUZZ asks for chance.
REPEATABLE = "DYNALINT_FUZZ" not in os.environ
settings.register_profile("suite", derandomize=REPEATABLE, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("suite")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-snapshots", action="store_true", help="write what the tests see as what they expect")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Of several processes that run the tests one asks terraform: its cache of providers bears no two at a time."""
    for item in items:
        if item.get_closest_marker("terraform"):
            item.add_marker(pytest.mark.xdist_group("terraform"))


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Tests that ask the real terraform are skipped, saying why, where it cannot be asked."""
    if item.get_closest_marker("terraform") and (reason := terraform.unavailable()):
        pytest.skip(reason)


@pytest.fixture
def snapshot(request: pytest.FixtureRequest) -> Snapshot:
    """Compare a text with a file below tests/fixtures: ``snapshot("reports/clean.txt", text)``."""

    def compare(name: str, text: str) -> None:
        stored = FIXTURES / name
        if request.config.getoption("--update-snapshots"):
            stored.parent.mkdir(parents=True, exist_ok=True)
            stored.write_bytes(text.encode())
        assert stored.exists(), f"no snapshot {name}: write it with --update-snapshots"
        assert text == stored.read_bytes().decode(), f"{name} differs; if that is right, use --update-snapshots"

    return compare


@pytest.fixture(scope="session")
def shared_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def cli(tmp_path: Path, shared_cache: Path, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """dynalint in an empty directory, with a cache that the tests share."""
    home = tmp_path / "project"
    home.mkdir()
    return Cli(home, shared_cache, monkeypatch)

"""What all tests share."""

import pytest

from tests.oracle import terraform


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Tests that ask the real terraform are skipped, saying why, where it cannot be asked."""
    if item.get_closest_marker("terraform") and (reason := terraform.unavailable()):
        pytest.skip(reason)

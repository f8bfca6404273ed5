"""The one place that knows what day it is."""

from __future__ import annotations

from datetime import UTC, date, datetime


def today() -> date:
    """The current date in UTC, in which ``until=`` dates are counted."""
    return datetime.now(UTC).date()

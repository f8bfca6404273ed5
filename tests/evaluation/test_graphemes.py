"""Clusters as the real tool counts them."""

from __future__ import annotations

import pytest

from dynalint.evaluation.graphemes import clusters


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("ab", ["a", "b"]),
        ("a\r\nb\r\n", ["a", "\r\n", "b", "\r\n"]),
        ("x\u0323\u0301y", ["x\u0323\u0301", "y"]),
        ("👨‍👩‍👧!", ["👨‍👩‍👧", "!"]),
        ("🇩🇪🇫🇷🇩", ["🇩🇪", "🇫🇷", "🇩"]),
        ("👍🏽a", ["👍🏽", "a"]),
        ("각ᄀ\u1161\u11a8", ["각", "ᄀ\u1161\u11a8"]),
        ("क्ष", ["क्", "ष"]),
        ("\u0600\u0601a", ["\u0600\u0601a"]),
        ("\n\u0301", ["\n", "\u0301"]),
        ("a\u200d👍", ["a\u200d", "👍"]),
        ("👍\u0301\u200d👍", ["👍\u0301\u200d👍"]),
    ],
)
def test_clusters_of(text: str, expected: list[str]) -> None:
    assert clusters(text) == expected

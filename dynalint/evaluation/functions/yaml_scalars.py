"""What a scalar of YAML is, as ``yamldecode`` decides it.

Booleans are those of YAML 1.1 (``yes``, ``on``, ``y``); numbers are decimal, ``0x…`` and ``0o…``, so ``017`` is 17;
a date or a time is a string in RFC 3339.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from datetime import date

from dynalint.evaluation.errors import EvaluationError
from dynalint.evaluation.numbers import parse_number
from dynalint.evaluation.values import FALSE, TRUE, Value, null, number, string

PREFIX = "tag:yaml.org,2002:"
TAGS = frozenset({"str", "int", "float", "bool", "null", "timestamp", "binary"})
"""The tags that a scalar may have, without their common beginning."""

_DECIMAL = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", re.ASCII)
_HEXADECIMAL = re.compile(r"0x([0-9a-fA-F]+)")
_OCTAL = re.compile(r"0o([0-7]+)")
_BINARY = re.compile(r"(-?)0b([01]+)")
_TIMESTAMP = re.compile(
    r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})"
    r"(?:(?P<gap>[Tt]|\ +)(?P<hour>\d{1,2}):(?P<minute>\d{1,2}):(?P<second>\d{1,2})(?:[.,]\d+)?"
    r"(?P<zone>Z|(?P<sign>[-+])(?P<hours>\d\d):(?P<minutes>\d\d))?)?",
    re.ASCII,
)


class NotOfTagError(Exception):
    """A scalar whose explicit tag does not fit its text."""


def resolved(text: str, tag: str, *, plain: bool) -> Value:
    """The value of a scalar with the given tag, empty where it has none; NotOfTagError where the two do not fit."""
    if tag == "str" or not (plain or tag):
        return string(text)
    if tag == "null":
        return null()
    if plain and text in _WORDS:
        return _word(text)
    return _tagged(text, tag, plain=plain) if tag else _untagged(text)


def _word(text: str) -> Value:
    word = _WORDS[text]
    if word is None:
        raise EvaluationError("floating point NaN is not supported")
    return word


def _untagged(text: str) -> Value:
    if _DECIMAL.fullmatch(text) or (text.startswith(".") and parse_number(text) is not None):
        return number(parse_number(text) or 0)
    if match := _HEXADECIMAL.fullmatch(text):
        return _integer(text, match[1], 16)
    if match := _OCTAL.fullmatch(text):
        return _integer(text, match[1], 8)
    return string(_timestamp(text) or text)


def _integer(text: str, digits: str, base: int) -> Value:
    value = int(digits, base)
    if value >= 2**64:
        raise NotOfTagError(f'cannot parse "{text}" as {PREFIX}int')
    return number(value)


def _tagged(text: str, tag: str, *, plain: bool) -> Value:
    """A scalar with one of the tags of numbers, booleans and times; quoted, it stays text."""
    if tag == "timestamp" and (stamp := _timestamp(text)):
        return string(stamp if plain else text)
    digits = text.replace("_", "")
    if tag != "timestamp":
        if match := _HEXADECIMAL.fullmatch(digits):
            return _integer(text, match[1], 16)
        if match := _OCTAL.fullmatch(digits):
            return _integer(text, match[1], 8)
        if match := _BINARY.fullmatch(digits):
            return number(int(match[1] + match[2], 2))
        if (value := parse_number(digits)) is not None:
            return number(value) if plain else string(text)
        if not plain and tag == "bool" and text in _WORDS:
            return string(text)
    raise NotOfTagError(f'cannot parse "{text}" as {PREFIX}{tag}')


def _timestamp(text: str) -> str | None:
    """A date or time in RFC 3339 without its fraction, None where ``text`` is none."""
    match = _TIMESTAMP.fullmatch(text)
    if match is None:
        return None
    gap = match["gap"]
    # A time after T has a zone, one after a blank has none.
    if gap is not None and (gap.strip() == "") == (match["zone"] is not None):
        return None
    fields = [int(match[name] or 0) for name in ("year", "month", "day", "hour", "minute", "second")]
    if not _is_date(*fields[:3]) or fields[3] > 23 or fields[4] > 59 or fields[5] > 59:
        return None
    zone = _zone(match)
    year, month, day, hour, minute, second = fields
    return zone and f"{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{zone}"


def _zone(match: re.Match[str]) -> str | None:
    """The zone as it is written again: minutes carried over, UTC as ``Z``."""
    hours, minutes = int(match["hours"] or 0), int(match["minutes"] or 0)
    if hours > 24 or minutes > 60:
        return None
    hours, minutes = divmod(hours * 60 + minutes, 60)
    return f"{match['sign']}{hours:02}:{minutes:02}" if hours or minutes else "Z"


def _is_date(year: int, month: int, day: int) -> bool:
    try:
        # The calendar repeats every 400 years, and Python has no year 0.
        date(year or 400, month, day)
    except ValueError:
        return False
    return True


def _words() -> Iterator[tuple[str, Value | None]]:
    """The words with a meaning of their own, in the cases that count."""
    for words, value in (("y yes true on", TRUE), ("n no false off", FALSE), ("null", null())):
        for word in words.split():
            yield from ((form, value) for form in (word, word.capitalize(), word.upper()))
    yield from (("", null()), ("~", null()))
    for form in (".inf", ".Inf", ".INF"):
        yield from ((form, number(math.inf)), (f"+{form}", number(math.inf)), (f"-{form}", number(-math.inf)))
    yield from ((form, None) for form in (".nan", ".NaN", ".NAN"))


_WORDS = dict(_words())

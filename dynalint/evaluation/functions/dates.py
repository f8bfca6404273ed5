"""Dates and times: RFC 3339 in, RFC 3339 or a format out.

https://developer.hashicorp.com/terraform/language/functions, "Date and Time Functions".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from dynalint.evaluation.functions.arguments import bad_argument, call_failed, text_of
from dynalint.evaluation.functions.base import Context, Function, Parameter
from dynalint.evaluation.types import NUMBER, STRING
from dynalint.evaluation.values import Value, number, string
from dynalint.records import dataclass

_RFC3339 = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)T([01]\d|2[0-3]):([0-5]\d):([0-5]\d)(?:\.(\d+))?(?:Z|([-+])([01]\d|2[0-3]):([0-5]\d))",
    re.ASCII,
)
_DURATION_PART = re.compile(r"(?=[\d.])(\d*)(?:\.(\d*))?(h|ms|m|s|us|µs|μs|ns)", re.ASCII)
_NANOSECONDS = {
    "h": 3_600_000_000_000,
    "m": 60_000_000_000,
    "s": 1_000_000_000,
    "ms": 1_000_000,
    "us": 1_000,
    "µs": 1_000,
    "μs": 1_000,
    "ns": 1,
}
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_SEQUENCE = re.compile(r"''|'(?:[^']|'')*'|'|([A-Za-z])\1*|[^A-Za-z']+")
_CHOICES = {
    "Y": 'year must either be "YY" or "YYYY"',
    "M": 'month must be "M", "MM", "MMM", or "MMMM"',
    "D": 'day of month must either be "D" or "DD"',
    "E": 'day of week must either be "EEE" or "EEEE"',
    "h": '24-hour must either be "h" or "hh"',
    "H": '12-hour must either be "H" or "HH"',
    "A": 'must be "AA"',
    "a": 'must be "aa"',
    "m": 'minute must either be "m" or "mm"',
    "s": 'second must either be "s" or "ss"',
    "Z": "timezone must be Z, ZZZZ, or ZZZZZ",
}


@dataclass(frozen=True, slots=True)
class _Moment:
    """Days since the first of January of year 1, nanoseconds of that day in its zone, and the zone in minutes."""

    day: int
    nanoseconds: int
    zone: int

    @property
    def absolute(self) -> int:
        """Nanoseconds on one scale for all zones."""
        return self.day * _DAY + self.nanoseconds - self.zone * _NANOSECONDS["m"]

    @property
    def second(self) -> int:
        """Whole seconds of the day."""
        return self.nanoseconds // _NANOSECONDS["s"]


_DAY = 24 * _NANOSECONDS["h"]
_CYCLE_DAYS = 146_097
_CYCLE_YEARS = 400


def _moment(text: str) -> _Moment | None:
    """The moment that RFC 3339 text stands for, None where it is none."""
    match = _RFC3339.fullmatch(text)
    if match is None:
        return None
    year, month, day, hour, minute, second = map(int, match.groups()[:6])
    try:
        # The calendar repeats every 400 years, and Python has no year 0.
        days = date(year or _CYCLE_YEARS, month, day).toordinal() - (0 if year else _CYCLE_DAYS)
    except ValueError:
        return None
    fraction = int((match[7] or "0")[:9].ljust(9, "0"))
    zone = int(match[9] or 0) * 60 + int(match[10] or 0)
    nanoseconds = (hour * 3600 + minute * 60 + second) * _NANOSECONDS["s"] + fraction
    return _Moment(days, nanoseconds, -zone if match[8] == "-" else zone)


def _fields(moment: _Moment) -> tuple[int, int, int]:
    """Year, month and day."""
    cycles, day = divmod(moment.day - 1, _CYCLE_DAYS)
    within = date.fromordinal(day + 1)
    return within.year + cycles * _CYCLE_YEARS, within.month, within.day


def _rfc3339(moment: _Moment) -> str:
    year, month, day = _fields(moment)
    hour, minute, second = _clock(moment)
    sign = "-" if year < 0 else ""
    date_text = f"{sign}{abs(year):04}-{month:02}-{day:02}"
    return f"{date_text}T{hour:02}:{minute:02}:{second:02}{_zone(moment, ':', 'Z')}"


def _clock(moment: _Moment) -> tuple[int, int, int]:
    minutes, second = divmod(moment.second, 60)
    hour, minute = divmod(minutes, 60)
    return hour, minute, second


def _zone(moment: _Moment, colon: str, utc: str | None) -> str:
    if moment.zone == 0 and utc is not None:
        return utc
    hours, minutes = divmod(abs(moment.zone), 60)
    return f"{'-' if moment.zone < 0 else '+'}{hours:02}{colon}{minutes:02}"


def _formatdate(_context: Context, format_: Value, time: Value) -> Value:
    moment = _moment(text_of(time))
    if moment is None:
        raise bad_argument("time", "not a valid RFC3339 timestamp")
    return string("".join(_formatted(text_of(format_), moment)))


def _formatted(text: str, moment: _Moment) -> Iterator[str]:
    for match in _SEQUENCE.finditer(text):
        sequence = match[0]
        if sequence == "'":
            raise bad_argument("format", "unterminated literal '")
        if sequence.startswith("'"):
            yield sequence[1:-1].replace("''", "'") or "'"
        elif match[1] is None:
            yield sequence
        else:
            yield _field(sequence, moment)


def _field(sequence: str, moment: _Moment) -> str:
    """One run of a letter."""
    year, month, day = _fields(moment)
    hour, minute, second = _clock(moment)
    half_day = (hour + 11) % 12 + 1
    weekday = _DAYS[(moment.day - 1) % 7]
    fields = {
        "YY": f"{year % 100:02}",
        "YYYY": f"{year:04}",
        "M": str(month),
        "MM": f"{month:02}",
        "MMM": _MONTHS[month - 1][:3],
        "MMMM": _MONTHS[month - 1],
        "D": str(day),
        "DD": f"{day:02}",
        "EEE": weekday[:3],
        "EEEE": weekday,
        "h": str(hour),
        "hh": f"{hour:02}",
        "H": str(half_day),
        "HH": f"{half_day:02}",
        "AA": "PM" if hour >= 12 else "AM",
        "aa": "pm" if hour >= 12 else "am",
        "m": str(minute),
        "mm": f"{minute:02}",
        "s": str(second),
        "ss": f"{second:02}",
        "Z": _zone(moment, ":", "Z"),
        "ZZZ": _zone(moment, "", "UTC"),
        "ZZZZ": _zone(moment, "", None),
        "ZZZZZ": _zone(moment, ":", None),
    }
    if sequence not in fields:
        choice = _CHOICES.get(sequence[0])
        raise bad_argument("format", f'invalid date format verb "{sequence}"{f": {choice}" if choice else ""}')
    return fields[sequence]


def _timeadd(_context: Context, timestamp: Value, duration: Value) -> Value:
    moment = _moment(text_of(timestamp))
    if moment is None:
        raise call_failed("timeadd", "not a valid RFC3339 timestamp")
    days, nanoseconds = divmod(moment.nanoseconds + _duration(text_of(duration)), _DAY)
    return string(_rfc3339(_Moment(moment.day + days, nanoseconds, moment.zone)))


def _duration(text: str) -> int:
    """Nanoseconds of a duration of Go's: ``1h30m``, ``-1.5s``."""
    unsigned = text[1:] if text[:1] in {"-", "+"} else text
    if unsigned == "0":
        return 0
    total, position = 0, 0
    while match := _DURATION_PART.match(unsigned, position):
        if not (match[1] or match[2]):
            break
        total += _part(match)
        position = match.end()
    negative = text.startswith("-")
    if position != len(unsigned) or not unsigned or total > 2**63 - (not negative):
        raise call_failed("timeadd", f'time: invalid duration "{text}"')
    return -total if negative else total


def _part(match: re.Match[str]) -> int:
    """One number with its unit; fractions of a nanosecond are cut off."""
    unit = _NANOSECONDS[match[3]]
    fraction = match[2] or ""
    return int(match[1] or 0) * unit + int(Fraction(int(fraction or 0), 10 ** len(fraction)) * unit)


def _timecmp(_context: Context, first: Value, second: Value) -> Value:
    moments = [_moment(text_of(first)), _moment(text_of(second))]
    for name, moment in zip(("timestamp_a", "timestamp_b"), moments, strict=True):
        if moment is None:
            raise bad_argument(name, "not a valid RFC3339 timestamp")
    left, right = (moment.absolute for moment in moments if moment)
    return number((left > right) - (left < right))


FUNCTIONS: tuple[Function, ...] = (
    Function("formatdate", (Parameter("format", STRING), Parameter("time", STRING)), None, STRING, _formatdate),
    Function("timeadd", (Parameter("timestamp", STRING), Parameter("duration", STRING)), None, STRING, _timeadd),
    Function("timecmp", (Parameter("timestamp_a", STRING), Parameter("timestamp_b", STRING)), None, NUMBER, _timecmp),
)

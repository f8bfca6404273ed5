"""A settings file to checked values. What is wrong ends the run, with the line and one suggestion."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from typing import Any

from dynalint.errors import UsageError
from dynalint.evaluation.suggest import did_you_mean
from dynalint.settings.keys import ENVIRONMENT_KEYS, SETTINGS_KEYS, Environment

Plain = Mapping[str, Any]


def read_table(path: str, text: bytes, table: tuple[str, ...]) -> dict[str, Any]:
    """The values of a settings file by field name; ``table`` is where they stand (``tool.dynalint``).

    Raises UsageError for text that is no TOML, a key that does not exist, or a value of the wrong kind.
    """
    document: Any = _document(path, text)
    for name in table:
        document = document.get(name, {})
        if not isinstance(document, dict):
            raise UsageError(f"{path}: {name} takes a table: [{'.'.join(table)}]")
    return _Reader(path, text.decode()).settings(document)


def _document(path: str, text: bytes) -> dict[str, Any]:
    try:
        return tomllib.loads(text.decode())
    except UnicodeDecodeError as error:
        raise UsageError(f"{path} is not UTF-8 text") from error
    except RecursionError as error:
        raise UsageError(f"{path} is nested too deep") from error
    except ValueError as error:  # also a number of more digits than Python reads
        raise UsageError(f"{path} is no TOML: {error}") from error


class _Reader:
    """Checks values, and knows where in the file each key stands."""

    def __init__(self, path: str, text: str) -> None:
        self._path = path
        self._text = text

    def settings(self, document: Plain) -> dict[str, Any]:
        return {name.replace("-", "_"): value for name, value in self._values(document, SETTINGS_KEYS, "").items()}

    def _values(self, document: Plain, keys: Mapping[str, Any], inside: str) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for name, value in document.items():
            if name not in keys:
                where = f" in {inside}" if inside else ""
                raise self._wrong(name, f"there is no setting {name!r}{where}{did_you_mean(name, keys)}")
            metadata = keys[name].metadata
            values[name] = self._checks[metadata["kind"]](self, name, value, metadata)
        return values

    def _wrong(self, key: str, message: str) -> UsageError:
        found = re.search(rf'^[ \t]*+\[?[^#=\n]*?["\']?{re.escape(key)}["\']?[ \t]*[=\].]', self._text, re.MULTILINE)
        line = self._text.count("\n", 0, found.start()) + 1 if found else 1
        return UsageError(f"{self._path}:{line}: {message}")

    def _text_value(self, name: str, value: Any, _metadata: Plain) -> str:
        if not isinstance(value, str):
            raise self._wrong(name, f'{name} takes a text: {name} = "…"')
        return self._line(name, value)

    def _flag(self, name: str, value: Any, _metadata: Plain) -> bool:
        if not isinstance(value, bool):
            raise self._wrong(name, f"{name} takes true or false")
        return value

    def _names(self, name: str, value: Any, _metadata: Plain) -> tuple[str, ...]:
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self._wrong(name, f'{name} takes a list of texts: {name} = ["…"]')
        return tuple(self._line(name, item) for item in value)

    def _line(self, name: str, value: str) -> str:
        """A text that may be a path, and so cannot hold what no path can."""
        if "\0" in value:
            raise self._wrong(name, f"{name} takes no null character")
        return value

    def _choice(self, name: str, value: Any, metadata: Plain) -> str:
        choices = metadata["choices"]
        if value not in choices:
            raise self._wrong(name, f"{name} takes one of {', '.join(choices)}{did_you_mean(str(value), choices)}")
        return str(value)

    def _table(self, name: str, value: Any) -> Plain:
        if not isinstance(value, dict):
            raise self._wrong(name, f"{name} takes a table: [{name}]")
        return value

    def _choices(self, name: str, value: Any, metadata: Plain) -> dict[str, str]:
        return {key: self._choice(key, item, metadata) for key, item in self._table(name, value).items()}

    def _texts(self, name: str, value: Any, metadata: Plain) -> dict[str, str]:
        return {key: self._scalar(key, item, metadata) for key, item in self._table(name, value).items()}

    def _scalar(self, name: str, value: Any, _metadata: Plain) -> str:
        if isinstance(value, bool):
            return "true" if value else "false"
        if not isinstance(value, str | int | float):
            raise self._wrong(name, f"{name} takes a text, a number, true or false")
        return str(value)

    def _lists(self, name: str, value: Any, metadata: Plain) -> dict[str, tuple[str, ...]]:
        return {key: self._names(key, item, metadata) for key, item in self._table(name, value).items()}

    def _tables(self, name: str, value: Any, _metadata: Plain) -> dict[str, Plain]:
        return {key: self._table(key, item) for key, item in self._table(name, value).items()}

    def _environments(self, name: str, value: Any, _metadata: Plain) -> dict[str, Environment]:
        found: dict[str, Environment] = {}
        for label, item in self._table(name, value).items():
            values = self._values(self._table(label, item), ENVIRONMENT_KEYS, f"environments.{label}")
            found[label] = Environment(**{key.replace("-", "_"): entry for key, entry in values.items()})
        return found

    _checks: Mapping[str, Callable[[_Reader, str, Any, Plain], Any]] = {
        "text": _text_value,
        "flag": _flag,
        "names": _names,
        "choice": _choice,
        "choices": _choices,
        "texts": _texts,
        "lists": _lists,
        "tables": _tables,
        "environments": _environments,
    }

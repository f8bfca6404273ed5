"""Spans as SARIF locations."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import field
from typing import Any
from urllib.parse import quote

from dynalint.records import dataclass
from dynalint.reports.places import Place, Places
from dynalint.syntax.source import Source, Span

Members = dict[str, Any]


@dataclass(frozen=True, slots=True)
class SarifPlaces:
    """Locations relative to ``root``, with columns in UTF-16 units."""

    sources: Mapping[str, Source]
    root: str
    uris: dict[str, str] = field(default_factory=dict)

    def source(self, path: str) -> Source:
        """The source at ``path``; an empty one where the file could not be read."""
        return self.sources.get(path) or Source(path, b"")

    def line(self, span: Span) -> int:
        """1-based line on which a span begins."""
        return self.source(span.path).line_at(span.start)

    def uri(self, path: str) -> str:
        """``path`` from the root, percent-encoded. Links are resolved: GitHub shows no file that one leads to."""
        if path not in self.uris:
            resolved = Places({}, os.path.realpath(self.root)).relative(os.path.realpath(path))
            self.uris[path] = quote(os.fsencode(resolved))
        return self.uris[path]

    def artifact(self, path: str) -> Members:
        """The ``artifactLocation`` of a file."""
        return {"uri": self.uri(path), "uriBaseId": "%SRCROOT%"}

    def location(self, span: Span, message: str = "") -> Members:
        """A ``location`` on one line: a pull request shows an alert only where all of its lines were changed."""
        place = Places(self.sources, self.root).on_one_line(span, unit="utf16")
        physical = {"artifactLocation": self.artifact(span.path), "region": _region(place)}
        return {"physicalLocation": physical} | ({"message": {"text": message}} if message else {})

    def region(self, span: Span) -> Members:
        """A ``region`` as long as the span, for what a fix replaces; of no width where it inserts."""
        return _region(Places(self.sources, self.root).place(span, unit="utf16"))


def _region(place: Place) -> Members:
    return {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
    }

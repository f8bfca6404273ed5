"""Reports as their consumers read them: parsed, held against the schema there is, and refused where it does not fit.

Where the schemas are from stands beside them: ``tests/fixtures/schemas/README.md``. Where there is a parser in Python,
that is asked: junitparser, and GitHub's own reader of Markdown (cmarkgfm). Runners of CI systems publish none; what
they do with a line is written down here from their documentation.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from html.parser import HTMLParser
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree as ET

import cmarkgfm  # type: ignore[import-untyped]  # has no types
import jsonschema
import xmlschema
from cmarkgfm.cmark import Options  # type: ignore[import-untyped]  # as above
from junitparser import JUnitXml

SCHEMAS = Path(__file__).parent.parent / "fixtures" / "schemas"
OWN = "dynalint-report-v1.schema.json"


class RefusedError(Exception):
    """A consumer would not take the document."""


class Command(NamedTuple):
    """A line that a runner of a CI system takes for more than a line of the log."""

    name: str
    properties: Mapping[str, str]
    message: str


class Row(NamedTuple):
    """A line of the report for people and editors."""

    path: str
    line: int
    column: int
    severity: str
    rule: str
    message: str


Check = Callable[[Any], None]


@cache
def json_schema(name: str) -> Check:
    """What refuses a JSON value that does not fit the schema of that name."""
    text = files("dynalint.reports").joinpath(OWN).read_text() if name == OWN else (SCHEMAS / name).read_text()
    schema = json.loads(text)
    kind = jsonschema.validators.validator_for(schema)
    kind.check_schema(schema)
    checker: Check = kind(schema, format_checker=kind.FORMAT_CHECKER).validate
    return checker


@cache
def own_definition(name: str) -> Check:
    """What refuses a JSON value that does not fit a part of the schema of dynalint's own report."""
    schema = json.loads(files("dynalint.reports").joinpath(OWN).read_text())
    checker: Check = jsonschema.Draft202012Validator({"$ref": f"#/$defs/{name}", "$defs": schema["$defs"]}).validate
    return checker


@cache
def xml_schema(name: str) -> xmlschema.XMLSchema:
    return xmlschema.XMLSchema(SCHEMAS / name)


def strict_json(text: str) -> Any:
    """JSON as the strictest read it: no number that is none, no member twice, no half of a surrogate pair, no mark."""
    if text.startswith("\ufeff"):
        raise RefusedError("a byte order mark")
    value = json.loads(text, parse_constant=_refuse, object_pairs_hook=_once)
    json.dumps(value, ensure_ascii=False).encode()
    return value


def _refuse(word: str) -> None:
    raise RefusedError(f"{word} is no JSON")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len({name for name, _ in pairs}) < len(pairs):
        raise RefusedError("a member twice")
    return dict(pairs)


# --- JSON ---------------------------------------------------------------------------------------------------------


def read_json(text: str) -> dict[str, Any]:
    value: dict[str, Any] = strict_json(text)
    json_schema(OWN)(value)
    return value


def read_jsonl(text: str) -> list[dict[str, Any]]:
    """The objects, each of them one of those that the schema of the JSON report has, with its kind in front."""
    items: list[dict[str, Any]] = [strict_json(line) for line in text.splitlines()]
    if [item["kind"] for item in items].index("summary") != len(items) - 1:
        raise RefusedError("a summary stands at the end, and only there")
    for item in items[:-1]:
        own_definition(item["kind"])({name: value for name, value in item.items() if name != "kind"})
    return items


def read_sarif(text: str) -> dict[str, Any]:
    """The log. Descriptors of rules, of which hundreds of logs have the same, are each held to their schema once."""
    value: dict[str, Any] = strict_json(text)
    described = [run["tool"]["driver"].pop("rules", []) for run in value["runs"]]
    json_schema("sarif-2.1.0.json")(value)
    for run, rules in zip(value["runs"], described, strict=True):
        for rule in rules:
            _descriptor(json.dumps(rule))
        run["tool"]["driver"]["rules"] = rules
    return value


@cache
def _descriptor(text: str) -> None:
    schema = json.loads((SCHEMAS / "sarif-2.1.0.json").read_text())
    part = {"$ref": "#/definitions/reportingDescriptor", "definitions": schema["definitions"]}
    jsonschema.Draft7Validator(part).validate(json.loads(text))


def read_gitlab(text: str) -> list[dict[str, Any]]:
    value: list[dict[str, Any]] = strict_json(text)
    json_schema("gitlab-code-quality.json")(value)
    return value


def read_rdjsonl(text: str) -> list[dict[str, Any]]:
    items = [strict_json(line) for line in text.splitlines()]
    for item in items:
        json_schema("rdjson-diagnostic.json")(item)
    return items


# --- XML ----------------------------------------------------------------------------------------------------------


def xml_of(text: str) -> ET.Element:
    return ET.fromstring(text.encode())  # noqa: S314 - written by dynalint a moment ago


def read_junit(text: str) -> JUnitXml:
    """The suites, in the words of junitparser, once Jenkins has taken what it knows of them."""
    known = xml_of(text)
    known.attrib.pop("skipped", None)
    for case in known.iter("testcase"):
        for name in ("file", "line"):
            case.attrib.pop(name, None)
    xml_schema("jenkins-junit-10.xsd").validate(known)
    return JUnitXml.fromstring(text.encode())


def read_checkstyle(text: str) -> ET.Element:
    root = xml_of(text)
    xml_schema("checkstyle.xsd").validate(root)
    return root


# --- lines --------------------------------------------------------------------------------------------------------

GITHUB = re.compile(r"::(?P<name>[\w-]+)(?: (?P<properties>[^\n]*?))?::(?P<message>.*)")
GITHUB_KNOWS = {"file", "line", "endLine", "col", "endColumn", "title"}
AZURE = re.compile(r"##vso\[(?P<name>[\w.]+)(?: (?P<properties>[^\]]*))?\](?P<message>.*)")
AZURE_KNOWS = {"type", "sourcepath", "linenumber", "columnnumber", "code"}
CONCISE = re.compile(
    r"(?P<path>.+?):(?P<line>\d+):(?P<column>\d+): (?P<severity>error|warning|note)\[(?P<rule>[^\]]+)\] (?P<message>.+)"
)


def read_github(text: str) -> list[Command]:
    """What GitHub's runner makes of the log: a command is a line that begins with one, wherever else ``::`` stands."""
    lines = [line for line in text.splitlines() if line.lstrip().startswith("::")]
    made = [_command(GITHUB, line, ",", _github_property, _github_data) for line in lines]
    for command in made:
        if command.name not in ("error", "warning", "notice") or not command.message:
            raise RefusedError(f"no annotation: {command}")
        _only(command, GITHUB_KNOWS, numbers={"line", "endLine", "col", "endColumn"})
    return made


def read_azure(text: str) -> list[Command]:
    """What the agent of Azure Pipelines makes of the log: it looks for commands anywhere in a line."""
    lines = [line[line.index("##vso[") :] for line in text.splitlines() if "##vso[" in line]
    made = [_command(AZURE, line, ";", _azure_text, _azure_text) for line in lines]
    for command in made:
        if command.name != "task.logissue" or command.properties.get("type") not in ("error", "warning"):
            raise RefusedError(f"no issue: {command}")
        _only(command, AZURE_KNOWS, numbers={"linenumber", "columnnumber"})
    return made


Decode = Callable[[str], str]


def _command(pattern: re.Pattern[str], line: str, comma: str, decode: Decode, decode_data: Decode) -> Command:
    found = pattern.fullmatch(line)
    if found is None:
        raise RefusedError(f"no command: {line}")
    properties = {}
    for member in filter(None, (found["properties"] or "").split(comma)):
        name, equals, value = member.partition("=")
        if not equals or not value or name in properties:
            raise RefusedError(f"no property, or one twice: {member!r} in {line}")
        properties[name] = decode(value)
    return Command(found["name"], properties, decode_data(found["message"]))


def _only(command: Command, known: set[str], numbers: set[str]) -> None:
    """Runners pass over what they do not know, and take no line that is no number: nobody would see the place."""
    if unknown := command.properties.keys() - known:
        raise RefusedError(f"{sorted(unknown)} in {command}")
    for name in numbers & command.properties.keys():
        if not re.fullmatch("[1-9][0-9]*", command.properties[name]):
            raise RefusedError(f"{name} in {command}")


def _github_data(text: str) -> str:
    return text.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%")


def _github_property(text: str) -> str:
    return _github_data(text.replace("%3A", ":").replace("%2C", ","))


def _azure_text(text: str) -> str:
    for escape, sign in {"%3B": ";", "%0D": "\r", "%0A": "\n", "%5D": "]", "%AZP25": "%"}.items():
        text = text.replace(escape, sign)
    return text


def read_concise(text: str) -> list[Row]:
    """Rows as an editor's pattern takes them apart."""
    rows = []
    for line in text.splitlines():
        found = CONCISE.fullmatch(line)
        if found is None:
            raise RefusedError(f"no row: {line}")
        rows.append(
            Row(
                found["path"],
                int(found["line"]),
                int(found["column"]),
                found["severity"],
                found["rule"],
                found["message"],
            )
        )
    return rows


TITLE = re.compile(r"(?:error|warning|note|undecided|ignored)\[[A-Z]+[0-9]+ [a-z0-9-]+\]: .+")
HEADING = re.compile(r"(note\[[^\]]+\]: )([1-9][0-9]*) more \(-v shows them in full\)")
MEMBER = re.compile(r"  \S.*?:[1-9][0-9]*:[1-9][0-9]*: (.+)")
ACTING = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def read_text(text: str) -> list[str]:
    """The titles of a report for people, which no sign in it moves, colours, turns round or hides.

    Findings that share a heading count as if each had it.
    """
    if found := ACTING.search(text):
        raise RefusedError(f"{found[0]!r} acts on a terminal")
    if text and not text.endswith("\n"):
        raise RefusedError("the last line has no end")
    return [*_titles(text)]


def _titles(text: str) -> Iterator[str]:
    heading, left = "", 0
    for line in text.splitlines():
        if left:
            yield heading + MEMBER.fullmatch(line)[1]  # type: ignore[index]  # what is none of these is a fault
            left -= 1
        elif found := HEADING.fullmatch(line):
            heading, left = found[1], int(found[2])
        elif TITLE.fullmatch(line):
            yield line


# --- Markdown -----------------------------------------------------------------------------------------------------

ALLOWED = {
    "h3",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "a",
    "br",
    "span",
    "details",
    "summary",
    "ul",
    "li",
    "p",
    "em",
}
VOID = {"br"}


class Page(HTMLParser):
    """What is on a page: rows with their cells, and the items of lists."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.rows: list[list[str]] = []
        self.items: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ALLOWED or (attrs and (tag, *(name for name, _ in attrs)) != ("a", "href")):
            raise RefusedError(f"<{tag}> with {attrs}")
        self.links += [value or "" for _, value in attrs]
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self.rows[-1].append("")
        elif tag == "li":
            self.items.append("")
        elif tag == "br":
            self.handle_data("\n")
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            raise RefusedError(f"</{tag}> ends nothing")

    def handle_data(self, data: str) -> None:
        if "td" in self.open:
            self.rows[-1][-1] += data
        elif "li" in self.open:
            self.items[-1] += data

    def handle_comment(self, data: str) -> None:
        raise RefusedError(f"<!--{data}-->")


def read_markdown(text: str) -> Page:
    """The page that GitHub makes of it, which has nothing on it but what the report puts there."""
    page = Page()
    page.feed(cmarkgfm.github_flavored_markdown_to_html(text, Options.CMARK_OPT_UNSAFE))
    page.close()
    if page.open:
        raise RefusedError(f"not closed: {page.open}")
    if others := [link for link in page.links if not link.startswith("https://dynalint.dev/")]:
        raise RefusedError(f"links to {others}")
    if any(len(row) != 4 for row in page.rows):
        raise RefusedError("a row with more or fewer cells than the table has columns")
    return page


READERS: Mapping[str, Callable[[str], Any]] = {
    "text": read_text,
    "concise": read_concise,
    "json": read_json,
    "json-v1": read_json,
    "jsonl": read_jsonl,
    "sarif": read_sarif,
    "junit": read_junit,
    "gitlab": read_gitlab,
    "github": read_github,
    "markdown": read_markdown,
    "checkstyle": read_checkstyle,
    "rdjsonl": read_rdjsonl,
    "azure": read_azure,
}
"""The readers of the formats, all of which raise one of :data:`REFUSALS`."""

REFUSALS = (RefusedError, jsonschema.ValidationError, xmlschema.XMLSchemaException, ET.ParseError, ValueError, KeyError)

"""A card a table: its lanes, what it has, who may use it, and what is wrong drawn where it is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from dynalint.findings import Finding
from dynalint.reports.html_access import Anchors, letters
from dynalint.reports.html_parts import esc, link
from dynalint.reports.pictures import AccessPicture, KeyPicture, LanePicture, SettingPicture, State, TableCard, Verdict
from dynalint.reports.summary import listed
from dynalint.syntax.source import Span

LOUD = {
    "replace": "replaced: the table and all of its items are deleted first",
    "delete": "deleted with all of its items",
}
MOST_HOLDERS = 12
MOST_ATTRIBUTES = 8


class Cards:
    """Draws cards; ``findings`` are those of the report, numbered from 1."""

    def __init__(self, findings: Sequence[Finding], anchors: Anchors) -> None:
        self._findings = findings
        self._anchors = anchors

    def card(self, card: TableCard, access: Sequence[AccessPicture], action: str = "") -> str:
        """One table; ``action`` is what a plan does to it."""
        loud = f'<p class="loud">{LOUD[action]}</p>' if action in LOUD else ""
        return f'<article class="card" id="{card.anchor}">{loud}{"".join(self._sections(card, access))}</article>'

    def _sections(self, card: TableCard, access: Sequence[AccessPicture]) -> Iterator[str]:
        table = card.picture
        note = f" <span class=u>{esc(table.note)}</span>" if table.note else ""
        yield f"<header><h3>{esc(table.name)}</h3><span class=addr>{esc(table.address)}</span>"
        yield f"<span class=addr>{esc(table.place)}</span>{note}</header>"
        yield f'<div class="lanes">{"".join(self._lane(lane, card) for lane in table.lanes)}</div>'
        settings = (*table.settings, *(self._replica(replica) for replica in table.replicas))
        yield f'<ul class="has">{"".join(self._setting(setting, card) for setting in settings)}</ul>'
        if table.consumers:
            shown = listed([esc(name) for name in table.consumers], 4)
            yield f'<p class="row"><b>Stream read by</b> <span class=addr>{shown}</span></p>'
        yield self._who(access, card)

    # --- lanes --------------------------------------------------------------------------------------------------------

    def _lane(self, lane: LanePicture, card: TableCard) -> str:
        marks = card.marks
        numbers = marks.get(lane.part, ())
        table = lane.kind == "table"
        unused = "".join(self._key(key, ()) for key in card.picture.unused) if table else ""
        keys = "".join(self._key(key, marks.get(f"{lane.part}.{key.role}", ())) for key in lane.keys)
        if not lane.keys:
            keys = '<span class="key undeclared">no key</span>'
        title = "table" if table else esc(lane.name)
        kind = "" if table else f"<small>{lane.kind} index{f', {esc(lane.note)}' if lane.note else ''}</small>"
        maybe = " maybe" if lane.note else ""
        return (
            f'<div class="lane{maybe}{self._classes(numbers)}"><div>{title}{self._links(numbers)}{kind}</div>'
            f"<div class=keys>{keys}{unused}</div>{_holds(lane)}</div>"
        )

    def _key(self, key: KeyPicture, numbers: tuple[int, ...]) -> str:
        undeclared = "" if key.type else " undeclared"
        type_ = f" <i>{esc(key.type)}</i>" if key.type else " <i>undeclared</i>"
        return (
            f'<span class="key {key.role}{undeclared}{self._classes(numbers)}">'
            f"{esc(key.name)}{type_}{self._links(numbers)}</span>"
        )

    # --- what it has --------------------------------------------------------------------------------------------------

    def _setting(self, setting: SettingPicture, card: TableCard) -> str:
        numbers = self._own(setting, card.marks.get(setting.part, ()))
        hidden = "".join(_hidden(number) for number in card.hidden.get(setting.part, ()))
        wrong = self._classes(numbers)
        return (
            f'<li class="{setting.state.value}{wrong}"><b>{esc(setting.title)}</b> {esc(setting.text)}'
            f"{self._links(numbers)}{hidden}</li>"
        )

    def _own(self, setting: SettingPicture, numbers: tuple[int, ...]) -> tuple[int, ...]:
        """Of several replicas, those findings that lie in this one."""
        if setting.part != "replicas" or setting.at is None:
            return numbers
        at = setting.at
        inside = (number for number in numbers if self._at(number).path == at.path)
        return tuple(number for number in inside if at.start <= self._at(number).start < at.end)

    @staticmethod
    def _replica(replica: SettingPicture) -> SettingPicture:
        state = replica.state if replica.state is State.UNKNOWN else State.ON
        return SettingPicture(replica.part, "Replica", f"{replica.title} {replica.text}".strip(), state, replica.at)

    def _who(self, access: Sequence[AccessPicture], card: TableCard) -> str:
        if not access:
            return ""
        numbers = card.marks.get("access", ())
        rows = "".join(
            f"<li><span class=addr>{esc(row.holder)}</span><span class=may>{letters(row, self._anchors)}</span></li>"
            for row in access[:MOST_HOLDERS]
        )
        rest = len(access) - MOST_HOLDERS
        more = f'<li class="soft">and {rest} more</li>' if rest > 0 else ""
        return f'<div class="row"><b>Who may{self._links(numbers)}</b><ul class="who">{rows}{more}</ul></div>'

    # --- marks --------------------------------------------------------------------------------------------------------

    def _classes(self, numbers: Iterable[int]) -> str:
        worst = max((self._finding(number).severity for number in numbers), default=None)
        return f" wrong {worst}" if worst else ""

    def _links(self, numbers: Iterable[int]) -> str:
        return "".join(
            " " + link(Verdict.of(self._finding(number).severity), f"f{number}", self._finding(number).rule.name)
            for number in numbers
        )

    def _finding(self, number: int) -> Finding:
        return self._findings[number - 1]

    def _at(self, number: int) -> Span:
        return self._finding(number).span


def _hidden(number: int) -> str:
    return " " + link(Verdict.SUPPRESSED, f"s{number}", "suppressed")


def _holds(lane: LanePicture) -> str:
    kind = {"KEYS_ONLY": " keys-only", "INCLUDE": " include"}.get(lane.projection, "")
    names = listed([esc(name) for name in lane.attributes], MOST_ATTRIBUTES)
    text = f"keys, {names}" if lane.projection == "INCLUDE" and names else esc(lane.content)
    return f'<div class="holds{kind}">{text}</div>'

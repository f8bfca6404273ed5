"""What a ``Resource`` pattern of a policy reaches of DynamoDB.

ARN forms: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html
"""

from __future__ import annotations

from dynalint.dynamodb.actions import Action
from dynalint.dynamodb.directory import TableDirectory
from dynalint.dynamodb.fields import Field, Known
from dynalint.dynamodb.pieces import GAP, Pieces, covers, cut, first_unknown, joined, pieces_of
from dynalint.evaluation.values import Unknown, Value
from dynalint.records import dataclass

ANY_TABLE = "table/"
"""How the resource part of every table ARN begins."""


@dataclass(frozen=True, slots=True)
class Everything:
    """``*``: all resources of all services. Also what NotResource leaves over."""


@dataclass(frozen=True, slots=True)
class AllTables:
    """Every table, of one Region or account or of all; ``below`` is what follows the name (``/index/*``)."""

    below: str = ""


@dataclass(frozen=True, slots=True)
class TablesNamed:
    """The tables whose name fits ``glob``; an unknown part of it is written as U+FFFC."""

    glob: str
    below: str = ""


@dataclass(frozen=True, slots=True)
class OneTable:
    """One exactly named table.

    ``address`` is its address in this configuration, None where it is not in it; ``name`` is known unless the address
    says enough. ``below`` is what follows the ARN: empty for the table itself, ``/index/*``, ``/*``, ``/stream/…``.
    """

    address: str | None
    name: str = ""
    below: str = ""

    @property
    def is_wide(self) -> bool:
        """Whether it takes in more kinds of resources than one: ``/*``."""
        return below_type(self.below) == "*"


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """No table: another service, or another resource of DynamoDB (a global table of 2017, a quota)."""


@dataclass(frozen=True, slots=True)
class Unclear:
    """Cannot be told without the unknown part."""

    because: Unknown


Reach = Everything | AllTables | TablesNamed | OneTable | Elsewhere | Unclear
"""What an entry comes to, to be told apart with ``match`` or ``isinstance``."""


def below_type(below: str) -> str:
    """The resource type of what follows a table's ARN, ``table`` for nothing and ``*`` for several types."""
    if not below:
        return "table"
    head = below.removeprefix("/").partition("/")[0]
    return "*" if "*" in head or "?" in head or GAP in head else head


def works_on(action: Action, reach: Reach) -> bool:
    """Whether an action has anything to do with what an entry reaches; an entry that is unclear may be anything."""
    match reach:
        case AllTables("") | TablesNamed(_, ""):
            # In an ARN a star stands for slashes, too: table/* and table/prod-* hold everything below the tables.
            return bool(action.resources)
        case AllTables(below) | TablesNamed(_, below) | OneTable(_, _, below):
            kind = below_type(below)
            return kind == "*" or kind in action.resources
        case _:
            return True


def includes(reach: Reach, address: str, name: Field[str]) -> bool:
    """Whether a table, or something below it, is among what is reached, as far as can be told."""
    match reach:
        case Everything() | AllTables():
            return True
        case OneTable(None, known):
            return name.state == Known(known)
        case OneTable(other):
            return other == address
        case TablesNamed(glob):
            return name.value is not None and covers(glob.replace(GAP, "*"), joined(pieces_of(name.value)))
        case _:
            return False


def reach_of(value: Value, tables: TableDirectory) -> Reach:
    """What one ``Resource`` entry reaches."""
    pieces = pieces_of(value)
    if value.unknown and (found := tables.of_unknown(value.unknown)):
        return _from_reference(found.address, found.attribute, "")
    if pieces and isinstance(pieces[0], Unknown):
        return _from_unknown_start(pieces[0], pieces[1:], tables)
    return _from_text(pieces, tables)


def _from_reference(address: str, attribute: str, below: str) -> Reach:
    match attribute:
        case "arn" if not below or below.startswith("/"):
            return OneTable(address, below=below)
        case "arn":
            return TablesNamed(f"{GAP}{below.partition('/')[0]}")
        case "stream_arn":
            return OneTable(address, below="/stream/*")
        case _:
            return Elsewhere()


def _from_unknown_start(start: Unknown, rest: Pieces, tables: TableDirectory) -> Reach:
    found = tables.of_unknown(start)
    if found is not None:
        return _from_reference(found.address, found.attribute, joined(rest))
    return _from_resource_part(rest, tables) or (Elsewhere() if tables.is_foreign(start) else Unclear(start))


def _from_text(pieces: Pieces, tables: TableDirectory) -> Reach:
    text = joined(pieces)
    if text == "*":
        return Everything()
    fields = text.split(":", 5)
    service = fields[2] if len(fields) > 2 else "*" if text.endswith("*") else ""
    if fields[0] != "arn" and not covers(text, "arn"):
        return Elsewhere()
    if len(fields) < 3 or (len(fields) == 3 and service == "*"):
        return Everything() if service == "*" else Elsewhere()
    if not covers(service.replace(GAP, "*"), "dynamodb"):
        return Elsewhere()
    return _from_resource_part(pieces, tables) or _from_loose_end(pieces, fields)


def _from_loose_end(pieces: Pieces, fields: list[str]) -> Reach:
    """A DynamoDB ARN whose resource part is not ``table/…``: cut short by a wildcard, unknown, or no table's."""
    last = fields[5] if len(fields) == 6 else fields[-1] if fields[-1].endswith("*") else ""
    literal = last.partition("*")[0]
    if "*" in last and (len(fields) < 6 or ANY_TABLE.startswith(literal)):
        return AllTables()
    unknown = first_unknown(pieces)
    return Unclear(unknown) if unknown and GAP in last else Elsewhere()


def _from_resource_part(pieces: Pieces, tables: TableDirectory) -> Reach | None:
    """What ``…:table/NAME…`` reaches, None for another form."""
    head, found, part = joined(pieces).partition(f":{ANY_TABLE}")
    if not found:
        return None
    name, slash, rest = part.partition("/")
    below = f"{slash}{rest}"
    if name == "*":
        return AllTables("" if below == "/*" else below)
    if "*" in name or "?" in name:
        return TablesNamed(name, below)
    start = len(head) + len(found)
    spelled = cut(pieces, start, start + len(name))
    address = tables.named(spelled)
    if address is None and isinstance(spelled[0] if spelled else "", Unknown) and len(spelled) == 1:
        return Unclear(first_unknown(spelled) or Unknown("its table is not known"))
    return OneTable(address, name.replace(GAP, "…"), below)

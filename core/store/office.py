"""What an office has chosen for itself: ward, printed name and colour, the sample, whether a second person reviews."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import Connection, insert, select

from core.errors import Fault, FaultError
from core.figures import UnitKey
from core.store import tables
from core.store.account_tables import office_choice
from core.store.audit import record
from core.store.engine import Store, reading, writing

SAMPLE = ("kept", "removed")
COLOURS = ("teal", "green", "red", "plum", "indigo", "brown")  # of what frames slides; the first where none is chosen


@dataclass(frozen=True, slots=True)
class Office:
    """`unit` is None until the first run has asked for it; `printed_name` what slides and paper show instead of the
    unit's plain name ("" for that name); `review` whether somebody else approves what one person stores; `sample`
    what became of the sample ("" not decided, kept, removed); `started` whether the first run is over; `colour` one of
    COLOURS.
    """

    unit: UnitKey | None = None
    printed_name: str = ""
    review: bool = True
    sample: str = ""
    started: bool = False
    colour: str = COLOURS[0]


def office(store: Store) -> Office:
    """The choices as they stand now."""
    with reading(store) as connection:
        return office_now(connection)


def choose(store: Store, who: str, *, unit: UnitKey | None = None, printed_name: str | None = None,
           review: bool | None = None, sample: str | None = None, started: bool | None = None,
           colour: str | None = None) -> None:  # fmt: skip
    """Change some of the choices; what is None stays as it was. Every change is an entry in the audit log.

    Raises FaultError without a name, for a unit that the store does not know and a word for the sample or the colour
    it does not.
    """
    given = {
        "unit": None if unit is None else f"{unit.code}@{unit.valid_from.isoformat()}",
        "printed_name": None if printed_name is None else " ".join(printed_name.split()),
        "review": None if review is None else ("on" if review else "off"),
        "sample": sample,
        "started": None if started is None else ("yes" if started else "no"),
        "colour": colour,
    }
    faults = [] if who.strip() else [Fault("notes.no_who")]
    for field, word, allowed in (("sample", sample, SAMPLE), ("colour", colour, COLOURS)):
        if word not in (None, *allowed):
            params = {"name": "office", "field": field, "value": repr(word), "allowed": ", ".join(allowed)}
            faults.append(Fault("store.unknown_word", params=params))
    chosen = {name: value for name, value in given.items() if value is not None}
    with writing(store, ["office"]) as connection:
        if unit is not None and not _is_known(connection, unit):
            faults.append(Fault("store.unknown_unit", params={"code": unit.code, "valid_from": unit.valid_from}))
        if faults:
            raise FaultError(faults)
        for name, value in chosen.items():
            connection.execute(
                insert(office_choice).values(name=name, value=value, who=who, at=datetime.now(UTC))
            )
        record(connection, who, "office.chosen", detail=chosen)


def office_now(connection: Connection) -> Office:
    """The choices as a transaction sees them."""
    rows = connection.execute(select(office_choice.c.name, office_choice.c.value).order_by(office_choice.c.id))
    chosen = {row.name: row.value for row in rows}  # a later row speaks instead of an earlier one
    code, _, first_day = chosen.get("unit", "").partition("@")
    return Office(
        UnitKey(code, date.fromisoformat(first_day)) if code else None,
        chosen.get("printed_name", ""),
        chosen.get("review", "on") == "on",
        chosen.get("sample", ""),
        chosen.get("started", "no") == "yes",
        chosen.get("colour", COLOURS[0]),
    )


def _is_known(connection: Connection, key: UnitKey) -> bool:
    unit = tables.unit.c
    known = select(unit.code).where(unit.code == key.code, unit.valid_from == key.valid_from)
    return connection.scalar(known) is not None

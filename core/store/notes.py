"""Notes on a unit's year: events that explain its figures and remarks, each correctable, none ever deleted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, select

from core.errors import Fault, FaultError
from core.figures import UnitKey
from core.store import tables
from core.store.current import invented_units, of_unit
from core.store.engine import Store, reading, unit_lock, writing
from core.store.rules import YEARS
from core.store.shown import shown
from core.store.written import live, write_row

KINDS = ("event", "remark")
LONGEST = 200  # characters: a note is read beside a mark, not as a report


@dataclass(frozen=True, slots=True)
class Note:
    """A note on a unit's year; `indicator` is empty for the ward as a whole, `basis` names a source or legal basis.

    `id`, `who` and `at` (UTC) are filled by the store; `replaces` is the note it corrects.
    """

    unit: UnitKey
    year: int
    text: str
    kind: str = "event"
    indicator: str = ""
    day: date | None = None
    basis: str = ""
    id: int = 0
    who: str = ""
    at: datetime | None = None
    replaces: int | None = None


def add_note(store: Store, note: Note, who: str) -> int:
    """Store a note and give its number; where it `replaces` one, that one is no longer shown.

    Raises FaultError with everything that is wrong with it, and where the note it corrects is not there any more.
    """
    faults = _faults(note)
    if faults:
        raise FaultError(faults)
    with writing(store, [unit_lock(*note.unit)]) as connection:
        _refuse_unknown(connection, note)
        return write_row(connection, tables.note, _row(note), who)


def withdraw_note(store: Store, number: int, who: str) -> int:
    """Take a note back by a new row, and give that row's number; FaultError where it is not there any more."""
    note = next((each for each in _all(store) if each.id == number), None)
    if note is None:
        raise FaultError([Fault("notes.unknown", params={"id": number})])
    with writing(store, [unit_lock(*note.unit)]) as connection:
        return write_row(connection, tables.note, {**_row(note), "replaces": number, "withdrawn": True}, who)


def withdraw_sample_notes(store: Store, who: str) -> list[int]:
    """Take back every note on an invented ward, and give the numbers of the withdrawing rows."""
    with reading(store) as connection:
        units = invented_units(connection)
    return [withdraw_note(store, note.id, who) for note in _all(store) if note.unit in units]


def list_notes(store: Store, units: Iterable[UnitKey], years: Iterable[int] | None = None) -> tuple[Note, ...]:
    """The notes on some units that stand, oldest year first, within a year by day and number."""
    wanted = None if years is None else [int(year) for year in years]
    asked = list(units)
    if not asked:
        return ()
    with reading(store) as connection:
        query = live(tables.note).where(of_unit(tables.note, asked, wanted), *shown(store, tables.note))
        rows = connection.execute(query).mappings()
        return tuple(sorted((_note(row) for row in rows), key=_order))


def was_ever_noted(store: Store, note: Note, who: str) -> bool:
    """Whether `who` ever wrote this text on this year of the unit, withdrawn or not."""
    row = tables.note.c
    same = (of_unit(tables.note, note.unit, [note.year]), row.text == note.text, row.who == who, row.replaces.is_(None))
    with reading(store) as connection:
        return connection.scalar(select(row.id).where(*same).limit(1)) is not None


def _all(store: Store) -> list[Note]:
    with reading(store) as connection:
        return [_note(row) for row in connection.execute(live(tables.note)).mappings()]


def _order(note: Note) -> tuple:
    return note.year, note.day or date(note.year, 12, 31), note.id


def _faults(note: Note) -> list[Fault]:
    faults = []
    if not note.text.strip():
        faults.append(Fault("notes.no_text"))
    if len(note.text.strip()) > LONGEST:
        faults.append(Fault("notes.too_long", params={"count": len(note.text.strip()), "most": LONGEST}))
    if note.kind not in KINDS:
        params = {"name": "note", "field": "kind", "value": repr(note.kind), "allowed": ", ".join(KINDS)}
        faults.append(Fault("store.unknown_word", params=params))
    if note.year not in YEARS:
        faults.append(Fault("notes.no_year", params={"year": note.year, "first": YEARS[0], "last": YEARS[-1]}))
    elif note.day is not None and note.day.year != note.year:
        faults.append(Fault("notes.other_year", params={"day": f"{note.day:%d/%m/%Y}", "year": note.year}))
    return faults


def _refuse_unknown(connection: Connection, note: Note) -> None:
    if (
        note.indicator
        and connection.scalar(select(tables.indicator.c.id).where(tables.indicator.c.id == note.indicator)) is None
    ):
        raise FaultError([Fault("store.unknown_indicator", params={"name": note.indicator})])


def _row(note: Note) -> dict:
    return {
        "unit_code": note.unit.code, "unit_from": note.unit.valid_from, "year": note.year, "kind": note.kind,
        "indicator": note.indicator, "day": note.day, "text": " ".join(note.text.split()),
        "basis": " ".join(note.basis.split()), "replaces": note.replaces, "withdrawn": False,
    }  # fmt: skip


def _note(row: Mapping) -> Note:
    return Note(
        UnitKey(row["unit_code"], row["unit_from"]), row["year"], row["text"], row["kind"], row["indicator"],
        row["day"], row["basis"], row["id"], row["who"], row["at"], row["replaces"],
    )  # fmt: skip

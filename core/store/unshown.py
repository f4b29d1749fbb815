"""Figures marked "không trình chiếu": who marked them and why, and the store that keeps them from the public."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from core.catalogue import load_catalogue
from core.errors import Fault, FaultError
from core.figures import UnitKey
from core.store import tables
from core.store.current import of_unit
from core.store.engine import Store, reading, unit_lock, writing
from core.store.rules import YEARS
from core.store.written import live, write_row

LONGEST = 200  # characters of a reason


@dataclass(frozen=True, slots=True)
class Unshown:
    """A figure that the public does not get: an indicator of a unit and year, and why.

    `id`, `who` and `at` (UTC) are the store's.
    """

    unit: UnitKey
    year: int
    indicator: str
    reason: str
    id: int = 0
    who: str = ""
    at: datetime | None = None


def mark_unshown(store: Store, mark: Unshown, who: str) -> int:
    """Keep an indicator of a unit and year from the public, and give the mark's number.

    FaultError without a reason, for a year or indicator that cannot be, and where it is marked already.
    """
    faults = _faults(mark)
    if faults:
        raise FaultError(faults)
    with writing(store, [unit_lock(*mark.unit)]) as connection:
        if any(each.indicator == mark.indicator for each in _standing(connection, [mark.unit], [mark.year])):
            raise FaultError([Fault("unshown.twice", params={"year": mark.year})])
        return write_row(connection, tables.unshown, _row(mark, None, withdrawn=False), who)


def withdraw_unshown(store: Store, number: int, who: str) -> int:
    """Show a figure again, by a new row whose number is given; FaultError where the mark is not there any more."""
    with reading(store) as connection:
        mark = next((each for each in _standing(connection) if each.id == number), None)
    if mark is None:
        raise FaultError([Fault("notes.unknown", params={"id": number})])
    with writing(store, [unit_lock(*mark.unit)]) as connection:
        return write_row(connection, tables.unshown, _row(mark, number, withdrawn=True), who)


def list_unshown(store: Store, units: Iterable[UnitKey], years: Iterable[int] | None = None) -> tuple[Unshown, ...]:
    """The marks on some units that stand, oldest year first."""
    asked = list(units)
    if not asked:
        return ()
    with reading(store) as connection:
        return tuple(sorted(_standing(connection, asked, years), key=lambda mark: (mark.year, mark.id)))


def for_public(store: Store) -> Store:
    """The same store for somebody who may not see what is marked: its reads leave that out."""
    with reading(store) as connection:
        return replace(
            store, withheld=frozenset((mark.unit, mark.year, mark.indicator) for mark in _standing(connection))
        )


def _standing(
    connection: Connection, units: Iterable[UnitKey] | None = None, years: Iterable[int] | None = None
) -> list[Unshown]:
    query = live(tables.unshown)
    if units is not None:
        query = query.where(of_unit(tables.unshown, units, years))
    return [_mark(row) for row in connection.execute(query).mappings()]


def _faults(mark: Unshown) -> list[Fault]:
    faults = [] if mark.reason.strip() else [Fault("unshown.no_reason")]
    if len(mark.reason.strip()) > LONGEST:
        faults.append(Fault("unshown.too_long", params={"count": len(mark.reason.strip()), "most": LONGEST}))
    if mark.year not in YEARS:
        faults.append(Fault("notes.no_year", params={"year": mark.year, "first": YEARS[0], "last": YEARS[-1]}))
    if mark.indicator not in load_catalogue().indicators:
        faults.append(Fault("store.unknown_indicator", params={"name": mark.indicator}))
    return faults


def _row(mark: Unshown, replaces: int | None, *, withdrawn: bool) -> dict:
    return {
        "unit_code": mark.unit.code, "unit_from": mark.unit.valid_from, "year": mark.year,
        "indicator": mark.indicator, "reason": " ".join(mark.reason.split()), "replaces": replaces,
        "withdrawn": withdrawn,
    }  # fmt: skip


def _mark(row: Mapping) -> Unshown:
    return Unshown(
        UnitKey(row["unit_code"], row["unit_from"]), row["year"], row["indicator"], row["reason"], row["id"],
        row["who"], row["at"],
    )  # fmt: skip

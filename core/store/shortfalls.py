"""What is said of a missed plan: cause, remedy, who answers for it and by when; correctable, none ever deleted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, Select, and_, func, select

from core.errors import Fault, FaultError
from core.figures import UnitKey
from core.store import tables
from core.store.current import invented_units, of_unit
from core.store.engine import Store, reading, unit_lock, writing
from core.store.review import refuse_locked, renew_unreviewed
from core.store.rules import YEARS
from core.store.shown import shown
from core.store.written import live, write_row

WORDS = ("cause", "remedy", "person")
LONGEST = {"cause": 200, "remedy": 200, "person": 80}  # characters: they are read beside a chart
REACH = 5  # years after the missed one by which a promise must fall due


@dataclass(frozen=True, slots=True)
class Shortfall:
    """Why a unit's indicator missed its plan in a year, and what is promised.

    `person` is the officer or the post that answers for the remedy, `due` the day it is promised for. `id`, `who` and
    `at` (UTC) are filled by the store; `replaces` is the shortfall it corrects.
    """

    unit: UnitKey
    year: int
    indicator: str
    cause: str
    remedy: str
    person: str
    due: date | None
    id: int = 0
    who: str = ""
    at: datetime | None = None
    replaces: int | None = None


def write_shortfall(store: Store, shortfall: Shortfall, who: str) -> int:
    """Store what is said of a missed plan and give its number; where it `replaces` one, that one no longer stands.

    Raises FaultError with everything that is wrong with it, where another one stands for the same plan, and where the
    year is approved and thereby locked.
    """
    faults = _faults(shortfall)
    if faults:
        raise FaultError(faults)
    with writing(store, [unit_lock(*shortfall.unit)]) as connection:
        refuse_locked(connection, [(shortfall.unit, shortfall.year)])
        _refuse(connection, shortfall)
        return _write(connection, shortfall, _row(shortfall), who)


def withdraw_shortfall(store: Store, number: int, who: str) -> int:
    """Take a shortfall back by a new row, and give that row's number.

    Raises FaultError where it does not stand any more, and where the year is approved and thereby locked.
    """
    return _withdraw(store, number, who, locked=True)


def list_shortfalls(
    store: Store, units: Iterable[UnitKey], years: Iterable[int] | None = None, *, approved: bool = False
) -> tuple[Shortfall, ...]:
    """What is said of the missed plans of some units, oldest year first, within a year in the order written.

    What stands now; with `approved` what stood when the year of its unit was last approved. Of a figure that the store
    keeps back nothing is said.
    """
    asked = list(units)
    if not asked:
        return ()
    rows, last = tables.shortfall, _last_approvals(asked).subquery()
    same = [rows.c[name] == last.c[name] for name in ("unit_code", "unit_from", "year")]
    query = (
        select(rows, last.c.at.label("approved_at"))
        .outerjoin(last, and_(*same))
        .where(of_unit(rows, asked, years), *shown(store, rows))
        .order_by(rows.c.year, rows.c.id)
    )
    with reading(store) as connection:
        found = connection.execute(query).mappings().all()
    if approved:
        found = [row for row in found if row["approved_at"] and row["at"] <= row["approved_at"]]
    replaced = {row["replaces"] for row in found}
    return tuple(_shortfall(row) for row in found if not row["withdrawn"] and row["id"] not in replaced)


def withdraw_sample_shortfalls(store: Store, who: str) -> list[int]:
    """Take back what is said of invented wards, and give the numbers of the withdrawing rows."""
    with reading(store) as connection:
        units = invented_units(connection)
    numbers = [each.id for each in list_shortfalls(store, units)]
    return [_withdraw(store, number, who, locked=False) for number in numbers]


def _withdraw(store: Store, number: int, who: str, *, locked: bool) -> int:
    with reading(store) as connection:
        row = connection.execute(live(tables.shortfall).where(tables.shortfall.c.id == number)).mappings().one_or_none()
    if row is None:
        raise FaultError([Fault("notes.unknown", params={"id": number})])
    old = _shortfall(row)
    with writing(store, [unit_lock(*old.unit)]) as connection:
        if locked:
            refuse_locked(connection, [(old.unit, old.year)])
        return _write(connection, old, {**_row(old), "replaces": number, "withdrawn": True}, who)


def _write(connection: Connection, shortfall: Shortfall, row: dict, who: str) -> int:
    number = write_row(connection, tables.shortfall, row, who)
    renew_unreviewed(connection, shortfall.unit, shortfall.year, who)
    return number


def _last_approvals(units: list[UnitKey]) -> Select:
    """When each year of these units was last approved."""
    approval = tables.approval.c
    return (
        select(approval.unit_code, approval.unit_from, approval.year, func.max(approval.at).label("at"))
        .where(of_unit(tables.approval, units), approval.state == "approved")
        .group_by(approval.unit_code, approval.unit_from, approval.year)
    )


def _faults(shortfall: Shortfall) -> list[Fault]:
    """What is missing or too long, every part by its own sentence."""
    named = {"year": shortfall.year, "indicator": shortfall.indicator}
    faults = []
    for name in WORDS:
        words = getattr(shortfall, name).strip()
        if not words:
            faults.append(Fault(f"shortfalls.no_{name}", params=named))
        elif len(words) > LONGEST[name]:
            faults.append(Fault(f"shortfalls.long_{name}", params={"count": len(words), "most": LONGEST[name]}))
    if shortfall.year not in YEARS:
        faults.append(Fault("notes.no_year", params={"year": shortfall.year, "first": YEARS[0], "last": YEARS[-1]}))
    elif shortfall.due is None:
        faults.append(Fault("shortfalls.no_due", params=named))
    elif not 0 <= shortfall.due.year - shortfall.year <= REACH:
        params = {"day": f"{shortfall.due:%d/%m/%Y}", "first": shortfall.year, "last": shortfall.year + REACH}
        faults.append(Fault("shortfalls.far_due", params=params))
    return faults


def _refuse(connection: Connection, shortfall: Shortfall) -> None:
    known = tables.indicator.c.id
    if connection.scalar(select(known).where(known == shortfall.indicator)) is None:
        raise FaultError([Fault("store.unknown_indicator", params={"name": shortfall.indicator})])
    rows = tables.shortfall
    same = (of_unit(rows, shortfall.unit, [shortfall.year]), rows.c.indicator == shortfall.indicator)
    standing = connection.execute(live(rows).where(*same)).mappings().one_or_none()
    if standing is not None and standing["id"] != shortfall.replaces:
        raise FaultError([Fault("shortfalls.stands", params={"who": standing["who"], "year": shortfall.year})])


def _row(shortfall: Shortfall) -> dict:
    words = {name: " ".join(getattr(shortfall, name).split()) for name in WORDS}
    return {
        "unit_code": shortfall.unit.code, "unit_from": shortfall.unit.valid_from, "year": shortfall.year,
        "indicator": shortfall.indicator, **words, "due": shortfall.due, "replaces": shortfall.replaces,
        "withdrawn": False,
    }  # fmt: skip


def _shortfall(row: Mapping) -> Shortfall:
    return Shortfall(
        UnitKey(row["unit_code"], row["unit_from"]), row["year"], row["indicator"], row["cause"], row["remedy"],
        row["person"], row["due"], row["id"], row["who"], row["at"], row["replaces"],
    )  # fmt: skip

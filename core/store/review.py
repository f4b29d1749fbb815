"""Review of a ward's year: submitted, returned, approved, unlocked; who may take which step, and what is locked."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

import pandas as pd
from sqlalchemy import Connection, func, insert, or_, select, union_all

from core.errors import Fault, FaultError
from core.figures import UnitKey
from core.store import tables
from core.store.accounts import any_account
from core.store.audit import record
from core.store.current import of_unit, refresh, years_by_unit
from core.store.engine import Store, reading, unit_lock, writing
from core.store.office import office_now
from core.store.read import frame_of
from core.store.written import live


@dataclass(frozen=True, slots=True)
class Review:
    """Where a unit's year stands.

    `state`: "empty" (no figures), "draft" (figures nobody has submitted), "submitted", "returned", "approved" or
    "unlocked"; `who`, `at` and `reason` of its last step; `up_to_seq` what that step covered; `authors` who stored what
    is not yet approved, figures or what is said of a missed plan; `stands` is a digest of everything that stands in the
    year, another one after anything was stored, undone or said of it.
    """

    state: str
    who: str = ""
    at: datetime | None = None
    reason: str = ""
    up_to_seq: int = 0
    authors: frozenset[str] = frozenset()
    stands: str = ""


def review_of(store: Store, unit: UnitKey, year: int) -> Review:
    """Where a unit's year stands now."""
    with reading(store) as connection:
        return _review(connection, unit, year)


def reviews(store: Store, unit: UnitKey) -> pd.DataFrame:
    """Every step of every year of a unit, newest first: year, state, who, at (UTC), reason."""
    approval = tables.approval.c
    query = (
        select(approval.year, approval.state, approval.who, approval.at, approval.reason)
        .where(of_unit(tables.approval, unit))
        .order_by(approval.id.desc())
    )
    return frame_of(store, query)


def submit(store: Store, unit: UnitKey, year: int, who: str) -> None:
    """Hand a year over to whoever approves. Raises FaultError where nothing waits for approval.

    Where nobody approves, the year is approved by this: what waited when review was switched off is not lost.
    """
    with writing(store, [unit_lock(*unit)]) as connection:
        now, reason = _review(connection, unit, year), _unreviewed(connection)
        _expect(now, unit, year, "submit", ("draft", "returned", "unlocked", *(["submitted"] if reason else [])))
        state = "approved" if reason else "submitted"
        _step(connection, unit, year, state, who, reason, newest_seq(connection, unit, year))


def give_back(store: Store, unit: UnitKey, year: int, who: str, reason: str) -> None:
    """Return a submitted year to those who entered it, with what is to be mended."""
    with writing(store, [unit_lock(*unit)]) as connection:
        now = _review(connection, unit, year)
        _expect(now, unit, year, "give_back", ("submitted",), reason)
        _step(connection, unit, year, "returned", who, reason.strip(), now.up_to_seq)


def approve_submitted(store: Store, unit: UnitKey, year: int, who: str, seen: str | None = None) -> None:
    """Approve what was submitted; from then on the year is locked.

    Raises FaultError where nothing is submitted; where `who` stored some of it, because nobody approves their own
    figures; and where something else stands than what was `seen` (Review.stands), because it would be approved unseen.
    """
    with writing(store, [unit_lock(*unit)]) as connection:
        now = _review(connection, unit, year)
        _expect(now, unit, year, "approve", ("submitted",))
        faults = [Fault("review.own_figures", params={"who": who, "year": year})] if who in now.authors else []
        if seen is not None and seen != now.stands:
            faults.append(Fault("review.not_seen", params={"year": year}))
        if faults:
            raise FaultError(faults)
        _step(connection, unit, year, "approved", who, "", now.up_to_seq)


def unlock(store: Store, unit: UnitKey, year: int, who: str, reason: str) -> None:
    """Open an approved year for correction; its approved values stay what everybody sees."""
    with writing(store, [unit_lock(*unit)]) as connection:
        now = _review(connection, unit, year)
        _expect(now, unit, year, "unlock", ("approved",), reason)
        _step(connection, unit, year, "unlocked", who, reason.strip(), now.up_to_seq)


def unreviewed(store: Store) -> str:
    """Why nobody approves what another stored: "automatic" (no accounts) or "review_off"; "" where somebody does."""
    with reading(store) as connection:
        return _unreviewed(connection)


def refuse_locked(connection: Connection, pairs: Iterable[tuple[UnitKey, int]]) -> None:
    """Raise FaultError naming every one of these units and years that is approved and thereby locked."""
    faults = [
        Fault("review.locked", params={"code": unit.code, "year": year}) for unit, year in _locked(connection, pairs)
    ]
    if faults:
        raise FaultError(faults)


def locked_years(store: Store, pairs: Iterable[tuple[UnitKey, int]]) -> list[tuple[UnitKey, int]]:
    """Those of some units and years that take nothing in now, because their results are approved.

    A year of which only plans stand is open: its results are still to come, and are approved in their turn.
    """
    with reading(store) as connection:
        return _locked(connection, pairs)


def _locked(connection: Connection, pairs: Iterable[tuple[UnitKey, int]]) -> list[tuple[UnitKey, int]]:
    if _unreviewed(connection):
        return []
    return [
        (unit, year)
        for unit, years in years_by_unit(pairs).items()
        for year in _approved_years(connection, unit, _years_with_results(connection, unit, years))
    ]


def after_storing(connection: Connection, pairs: Iterable[tuple[UnitKey, int]], who: str, up_to: int) -> None:
    """The step that storing figures means: submitted where a second person reviews, else approved as it is stored."""
    reason = _unreviewed(connection)
    state = "approved" if reason else "submitted"
    here = sorted(set(pairs))
    connection.execute(insert(tables.approval), [_row(unit, year, state, who, reason, up_to) for unit, year in here])
    if reason == "review_off":
        units, years = {unit for unit, _ in here}, sorted({year for _, year in here})
        target = here[0][0].code if len(units) == 1 else ""
        record(connection, who, "year.approved", target, {"years": years, "units": len(units), "reason": reason})


def renew_unreviewed(connection: Connection, unit: UnitKey, year: int, who: str) -> None:
    """Where nobody reviews, an approved year is approved anew, so that this covers what was just said of it."""
    reason = _unreviewed(connection)
    now = _review(connection, unit, year)
    if reason and now.state == "approved":
        connection.execute(insert(tables.approval).values(_row(unit, year, "approved", who, reason, now.up_to_seq)))


def newest_seq(connection: Connection, unit: UnitKey, year: int) -> int:
    """The highest sequence number of a unit's year, 0 where it has no figures."""
    seqs = [
        connection.scalar(select(func.max(facts.c.seq)).where(of_unit(facts, unit, [year])))
        for facts in (tables.figure, tables.award)
    ]
    return max((seq for seq in seqs if seq), default=0)


def _unreviewed(connection: Connection) -> str:
    if not any_account(connection):
        return "automatic"
    return "" if office_now(connection).review else "review_off"


def _review(connection: Connection, unit: UnitKey, year: int) -> Review:
    approval = tables.approval
    row = connection.execute(
        select(approval).where(of_unit(approval, unit, [year])).order_by(approval.c.id.desc()).limit(1)
    ).one_or_none()
    authors, stands = _authors(connection, unit, year), _stands(connection, unit, year)
    if row is None:
        return Review("draft" if authors else "empty", authors=authors, stands=stands)
    return Review(row.state, row.who, row.at, row.reason, row.up_to_seq, authors, stands)


def _approved_years(connection: Connection, unit: UnitKey, years: list[int]) -> list[int]:
    """Those of some years of a unit whose last step is an approval."""
    approval = tables.approval.c
    last = select(func.max(approval.id)).where(of_unit(tables.approval, unit, years)).group_by(approval.year)
    approved = select(approval.year).where(approval.id.in_(last), approval.state == "approved")
    return sorted(connection.scalars(approved))


def _years_with_results(connection: Connection, unit: UnitKey, years: list[int]) -> list[int]:
    """Those of some years of a unit of which more than plans is stored."""
    figure, award = tables.current_figure, tables.current_award
    done = select(figure.c.year).where(of_unit(figure, unit, years), figure.c.scenario != "plan")
    given = select(award.c.year).where(of_unit(award, unit, years))
    return sorted(set(connection.scalars(union_all(done, given))))


def _authors(connection: Connection, unit: UnitKey, year: int) -> frozenset[str]:
    """Who stored the live figures and awards of a year, or said of its missed plans, what no approval covers yet."""
    limit, approval, said = tables.approved_up_to.c, tables.approval.c, live(tables.shortfall).subquery()
    covered = connection.scalar(select(limit.up_to_seq).where(of_unit(tables.approved_up_to, unit, [year]))) or 0
    last = select(func.max(approval.at)).where(of_unit(tables.approval, unit, [year]), approval.state == "approved")
    batch = tables.batch.c
    stored = (
        select(batch.who)
        .join(facts, facts.c.batch == batch.id)
        .where(of_unit(facts, unit, [year]), facts.c.seq > covered, batch.state == "live")
        for facts in (tables.figure, tables.award)
    )
    since = last.scalar_subquery()
    told = select(said.c.who).where(of_unit(said, unit, [year]), or_(since.is_(None), said.c.at > since))
    return frozenset(connection.scalars(union_all(*stored, told)))


def _stands(connection: Connection, unit: UnitKey, year: int) -> str:
    """A digest of the newest value of every key of a year and of what is said of its missed plans."""
    said = live(tables.shortfall).subquery()
    numbers = [
        connection.scalars(select(number).where(of_unit(rows, unit, [year])).order_by(number)).all()
        for rows, number in (
            (tables.current_figure, tables.current_figure.c.seq), (tables.current_award, tables.current_award.c.seq),
            (said, said.c.id),
        )
    ]  # fmt: skip
    return hashlib.sha256(repr(numbers).encode()).hexdigest()


def _expect(now: Review, unit: UnitKey, year: int, step: str, states: tuple[str, ...], reason: str | None = None):
    faults = []
    if now.state not in states:
        faults.append(Fault(f"review.cannot_{step}", params={"code": unit.code, "year": year, "state": now.state}))
    if reason is not None and not reason.strip():
        faults.append(Fault("review.no_reason", params={"year": year}))
    if faults:
        raise FaultError(faults)


def _step(connection: Connection, unit: UnitKey, year: int, state: str, who: str, reason: str, up_to: int) -> None:
    connection.execute(insert(tables.approval).values(_row(unit, year, state, who, reason, up_to)))
    refresh(connection, [(unit, year)])
    detail = {"year": year} | ({"reason": reason} if reason else {})
    record(connection, who, f"year.{state}", unit.code, detail)


def _row(unit: UnitKey, year: int, state: str, who: str, reason: str, up_to: int) -> dict:
    return {"unit_code": unit.code, "unit_from": unit.valid_from, "year": year, "state": state, "up_to_seq": up_to,
            "who": who, "reason": reason, "at": datetime.now(UTC)}  # fmt: skip

"""Approvals: what a unit's year counts as shown to everyone, append-only."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import exists, func, insert, select

from core.errors import Fault, FaultError
from core.figures import UnitKey
from core.store import tables
from core.store.current import of_unit, refresh
from core.store.engine import Store, reading, unit_lock, writing

STATES = ("draft", "submitted", "returned", "approved", "unlocked")


def has_accounts(store: Store) -> bool:
    """Whether anybody has an account; until then every batch counts as approved."""
    with reading(store) as connection:
        return bool(connection.scalar(select(exists().where(tables.account.c.id.is_not(None)))))


def approve(store: Store, unit: UnitKey, year: int, state: str, who: str, reason: str = "") -> None:
    """Add a step to the approval of a unit's year; "approved" covers every value stored so far.

    Raises FaultError for a state the store does not know, and for a unit and year without figures.
    """
    if state not in STATES:
        params = {"name": "approval", "field": "state", "value": repr(state), "allowed": ", ".join(STATES)}
        raise FaultError([Fault("store.unknown_word", params=params)])
    with writing(store, [unit_lock(*unit)]) as connection:
        newest = [
            connection.scalar(select(func.max(facts.c.seq)).where(of_unit(facts, unit, [year])))
            for facts in (tables.figure, tables.award)
        ]
        if not any(newest):
            raise FaultError([Fault("store.nothing_to_approve", params={"code": unit.code, "year": year})])
        connection.execute(insert(tables.approval).values(
            unit_code=unit.code, unit_from=unit.valid_from, year=year, state=state,
            up_to_seq=max(seq for seq in newest if seq), who=who, reason=reason, at=datetime.now(UTC),
        ))
        refresh(connection, [(unit, year)])

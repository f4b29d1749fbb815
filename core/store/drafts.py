"""Drafts: what somebody is typing in for a unit's year, kept until it is stored or thrown away."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, and_, delete, insert, select

from core.figures import UnitKey
from core.store import tables
from core.store.current import of_unit
from core.store.engine import Store, reading, writing


@dataclass(frozen=True, slots=True)
class Draft:
    """Whose draft of which year's sheet is open, and when it was last kept (UTC)."""

    year: int
    who: str
    sheet: str
    at: datetime


def draft_of(store: Store, unit: UnitKey, year: int, who: str, sheet: str) -> dict | None:
    """What somebody typed into a sheet and has not stored yet, None where there is nothing."""
    with reading(store) as connection:
        content = connection.scalar(select(tables.draft.c.content).where(_key(unit, year, who, sheet)))
    return None if content is None else json.loads(content)


def keep_draft(store: Store, unit: UnitKey, year: int, who: str, sheet: str, content: Mapping) -> None:
    """Keep what is typed so far in place of what was kept before; `content` is anything JSON can say."""
    row = {
        "unit_code": unit.code, "unit_from": unit.valid_from, "year": int(year), "who": who, "sheet": sheet,
        "content": json.dumps(content, ensure_ascii=False, sort_keys=True), "at": datetime.now(UTC),
    }  # fmt: skip
    with writing(store, [_lock(unit, year, who, sheet)]) as connection:
        _remove(connection, unit, year, who, sheet)
        connection.execute(insert(tables.draft).values(row))


def drop_draft(store: Store, unit: UnitKey, year: int, who: str, sheet: str) -> None:
    """Forget a draft: it was stored, or its writer threw it away."""
    with writing(store, [_lock(unit, year, who, sheet)]) as connection:
        _remove(connection, unit, year, who, sheet)


def drafts_of(store: Store, unit: UnitKey) -> list[Draft]:
    """Everybody's open drafts of a unit, the one kept last first."""
    draft = tables.draft.c
    query = select(draft.year, draft.who, draft.sheet, draft.at).where(of_unit(tables.draft, unit))
    query = query.order_by(draft.at.desc())
    with reading(store) as connection:
        return [Draft(*row) for row in connection.execute(query)]


def _remove(connection: Connection, unit: UnitKey, year: int, who: str, sheet: str) -> None:
    connection.execute(delete(tables.draft).where(_key(unit, year, who, sheet)))


def _key(unit: UnitKey, year: int, who: str, sheet: str):
    return and_(of_unit(tables.draft, unit, [year]), tables.draft.c.who == who, tables.draft.c.sheet == sheet)


def _lock(unit: UnitKey, year: int, who: str, sheet: str) -> str:
    return f"draft {unit.code} {unit.valid_from} {year} {who} {sheet}"

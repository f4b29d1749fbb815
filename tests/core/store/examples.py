"""Short ways to say a figure, an award and a report of two units of the catalogue."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime
from decimal import Decimal

from sqlalchemy import text

from core.figures import Award, Figure, UnitKey
from core.store import Report, Store
from core.store.accounts import create_account
from core.store.review import approve_submitted

WARD = UnitKey("00238", date(1900, 1, 1))  # Khương Thượng, until its merger
SAMPLE = UnitKey("MAU01", date(1900, 1, 1))


def figure(indicator="budget_revenue", value="100", *, year=2020, unit=WARD, of=None, **rest) -> Figure:
    """A figure with its numbers as text."""
    return Figure(
        indicator=indicator, year=year, value=Decimal(value), unit=unit, of=None if of is None else Decimal(of), **rest
    )


def plan(indicator="budget_revenue", value="100", *, basis="assigned", **rest) -> Figure:
    """A planned figure."""
    return figure(indicator, value, scenario="plan", basis=basis, **rest)


def award(honour="gk_phuong", count=3, *, year=2020, level="ward", recipient="collective", unit=WARD, **rest) -> Award:
    """An entry of the award register."""
    return Award(year=year, honour=honour, level=level, recipient=recipient, count=count, unit=unit, **rest)


def report(content="báo cáo", *, name="bao-cao-2020.docx", unit=WARD, year=2020, **rest) -> Report:
    """A report whose bytes are this text."""
    raw = content.encode()
    return Report(name, hashlib.sha256(raw).hexdigest(), raw, name.rsplit(".", 1)[-1], unit, year, **rest)


def add_account(store: Store, name: str = "an") -> None:
    """Make an account: from the first one on, nothing is approved by itself."""
    create_account(store, name, name.title(), "approver", by="test", at=datetime.now(UTC))


def approve(store: Store, year: int = 2020, who: str = "chủ tịch", unit: UnitKey = WARD) -> None:
    """Approve a year that waits, as somebody who stored nothing of it."""
    approve_submitted(store, unit, year, who)


def explain(store: Store, statement: str, values: object) -> str:
    """How the database would run a statement."""
    with store.reader.connect() as connection:
        if store.dialect == "postgresql":
            connection.execute(text("SET LOCAL enable_seqscan = off"))
            return "\n".join(row[0] for row in connection.exec_driver_sql(f"EXPLAIN {statement}", values))
        return "\n".join(row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values))

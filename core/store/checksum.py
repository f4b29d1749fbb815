"""A checksum over what a batch stored, so that a row changed behind the program's back is found."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal

from core.store.tables import canonical


def batch_head(
    who: str, note: str, at: datetime, undoes: int | None, rows: int, report: Mapping | None = None
) -> dict:
    """What a checksum holds of the batch itself and of its report."""
    about = {f"report_{name}": value for name, value in (report or {}).items() if name != "id"}
    return {"who": who, "note": note, "at": at, "undoes": undoes, "rows": rows, **about}


def checksum(head: Mapping, facts: Iterable[Mapping] = (), groups: Iterable[Mapping] = ()) -> str:
    """SHA-256 of a batch as hex: its head, its figures and awards by seq, its residential groups by unit and id."""
    digest = hashlib.sha256()
    for row in (head, *sorted(facts, key=lambda row: row["seq"]), *sorted(groups, key=_group_order)):
        content = {name: plain(value) for name, value in row.items() if name != "batch"}
        digest.update(json.dumps(content, ensure_ascii=False, sort_keys=True).encode() + b"\n")
    return digest.hexdigest()


def _group_order(row: Mapping) -> tuple:
    return row["unit_code"], row["unit_from"], row["id"]


def plain(value: object) -> str | int | None:
    """A value of a row as it goes into a checksum, the same on both databases."""
    if isinstance(value, Decimal):
        return canonical(value)
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return value.isoformat() if isinstance(value, date) else value

"""Rows that people write, append-only: a correction or withdrawal is a new row that names the one it replaces."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime

from sqlalchemy import Connection, Select, Table, exists, insert, select

from core.errors import Fault, FaultError
from core.store import tables
from core.store.audit import record
from core.store.checksum import plain

WRITTEN = (tables.note, tables.wording, tables.shortfall, tables.unshown, tables.story, tables.form_profile)


def write_row(connection: Connection, table: Table, row: Mapping, who: str) -> int:
    """Add a row of `who` and give its number; FaultError without a name, without its unit, or where it comes too late.

    The audit log is told of it in the same transaction. `row` holds the table's own columns; `replaces` the number of
    the row it corrects, or None.
    """
    faults = [] if who.strip() else [Fault("notes.no_who")]
    unit = tables.unit.c
    known = select(unit.code).where(unit.code == row["unit_code"], unit.valid_from == row["unit_from"])
    if connection.scalar(known) is None:
        faults.append(Fault("store.unknown_unit", params={"code": row["unit_code"], "valid_from": row["unit_from"]}))
    faults += _late(connection, table, row["replaces"])
    if faults:
        raise FaultError(faults)
    full = {**row, "who": who.strip(), "at": datetime.now(UTC)}
    values = {**full, "checksum": row_checksum(full)}
    number = connection.execute(insert(table).values(values)).inserted_primary_key[0]
    about = {name: row[name] for name in ("year", "indicator", "screen") if row.get(name)}
    deed = "withdrawn" if row["withdrawn"] else "written"
    record(connection, full["who"], f"{table.name}.{deed}", row["unit_code"], {"number": number, **about})
    return number


def live(table: Table) -> Select:
    """The rows that nothing replaced and that withdraw nothing."""
    later = table.alias()
    return select(table).where(~table.c.withdrawn, ~exists().where(later.c.replaces == table.c.id))


def row_checksum(row: Mapping) -> str:
    """SHA-256 as hex of everything a row says, its number apart."""
    content = {name: plain(value) for name, value in row.items() if name not in ("id", "checksum")}
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _late(connection: Connection, table: Table, number: int | None) -> list[Fault]:
    """Whether the row to be replaced is missing, withdrawn or was replaced by somebody else."""
    if number is None:
        return []
    row = connection.execute(select(table.c.withdrawn).where(table.c.id == number)).one_or_none()
    if row is None:
        return [Fault("notes.unknown", params={"id": number})]
    replaced = connection.scalar(select(table.c.id).where(table.c.replaces == number))
    return [Fault("notes.replaced", params={"id": number})] if row.withdrawn or replaced is not None else []

"""Checking a whole database against itself: damage and quiet edits are found, not shown."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from sqlalchemy import Connection, exists, select, text

from core.errors import Fault, FaultError
from core.store import tables
from core.store.checksum import batch_head, checksum
from core.store.current import FACTS, known_now
from core.store.engine import Store, reading


def verify(store: Store) -> list[Fault]:
    """Everything that is wrong with the database; an empty list where every row is as it was stored.

    Looks at the database's own integrity (SQLite), the checksum of every batch, the states of batches against the
    batches that undo them, current and approved values against the facts, and every report's bytes.
    """
    try:
        with reading(store) as connection:
            return [
                *_integrity(connection), *_batches(connection), *_states(connection), *_current(connection),
                *_bytes(connection),
            ]  # fmt: skip
    except FaultError as error:
        return list(error.faults)


def _integrity(connection: Connection) -> Iterator[Fault]:
    if connection.dialect.name != "sqlite":
        return
    for (said,) in connection.execute(text("PRAGMA integrity_check")):
        if said != "ok":
            yield Fault("store.integrity", params={"said": said})
    for row in connection.execute(text("PRAGMA foreign_key_check")):
        yield Fault("store.lost_row", params={"table": row[0], "parent": row[2]})


def _batches(connection: Connection) -> Iterator[Fault]:
    for row in connection.execute(select(tables.batch).order_by(tables.batch.c.id)).mappings().all():
        facts = [*_rows(connection, tables.figure, row["id"]), *_rows(connection, tables.award, row["id"])]
        groups = _rows(connection, tables.residential_group, row["id"])
        report = connection.execute(select(tables.report).where(tables.report.c.id == row["report"])).mappings().first()
        head = batch_head(row["who"], row["note"], row["at"], row["undoes"], row["rows"], report)
        same_file = row["sha256"] == (report["sha256"] if report else None)
        if checksum(head, facts, groups) != row["checksum"] or not same_file:
            yield Fault("store.batch_changed", params={"batch": row["id"]})


def _rows(connection: Connection, table, batch: int) -> list:
    return connection.execute(select(table).where(table.c.batch == batch)).mappings().all()


def _states(connection: Connection) -> Iterator[Fault]:
    batch, undoing = tables.batch, tables.batch.alias()
    undone = exists().where(undoing.c.undoes == batch.c.id, undoing.c.state == "live")
    wrong = select(batch.c.id, batch.c.state).where((batch.c.state == "undone") != undone)
    for row in connection.execute(wrong):
        yield Fault("store.batch_state", params={"batch": row.id, "state": row.state})


def _current(connection: Connection) -> Iterator[Fault]:
    for facts, current, key in FACTS:
        kept = select(*(current.c[name] for name in (*key, "seq", "approved_seq")))
        known = select(known_now(facts, key).subquery())
        differing = [*connection.execute(known.except_(kept)), *connection.execute(kept.except_(known))]
        if differing:
            keys = sorted({tuple(map(str, row[: len(key)])) for row in differing})
            params = {"table": current.name, "count": len(keys), "example": " ".join(filter(None, keys[0]))}
            yield Fault("store.current_differs", params=params)


def _bytes(connection: Connection) -> Iterator[Fault]:
    for sha256 in connection.scalars(select(tables.report_bytes.c.sha256)).all():
        content = connection.scalar(select(tables.report_bytes.c.content).where(tables.report_bytes.c.sha256 == sha256))
        if hashlib.sha256(content).hexdigest() != sha256:
            yield Fault("store.bytes_differ", params={"sha256": sha256})

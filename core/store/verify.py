"""Checking a whole database against itself: damage and quiet edits are found, not shown."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from sqlalchemy import Connection, Select, String, exists, select, text, type_coerce

from core.errors import Fault, FaultError
from core.store import tables
from core.store.audit import broken_links
from core.store.checksum import batch_head, checksum
from core.store.current import FACTS, known_now
from core.store.engine import Store, reading
from core.store.freezes import hash_of, unpacked
from core.store.written import WRITTEN, row_checksum


def verify(store: Store) -> list[Fault]:
    """Everything that is wrong with the database; an empty list where every row is as it was stored.

    Looks at the database's own integrity (SQLite), the checksum of every batch, the states of batches against the
    batches that undo them, current and approved values against the facts, every report's bytes, every note and
    edited sentence, every freeze, and the chain of the audit log.
    """
    try:
        with reading(store) as connection:
            return [
                *_integrity(connection), *_batches(connection), *_states(connection), *_current(connection),
                *_bytes(connection), *_written(connection), *_freezes(connection), *broken_links(connection),
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
    for number in connection.scalars(select(tables.batch.c.id).order_by(tables.batch.c.id)).all():
        try:
            intact = _is_intact(connection, number)
        except (ArithmeticError, TypeError, ValueError):
            intact = False  # SQLite keeps any text in any column: what is no number or day was not stored by us
        if not intact:
            yield Fault("store.batch_changed", params={"batch": number})


def _is_intact(connection: Connection, number: int) -> bool:
    row = connection.execute(select(tables.batch).where(tables.batch.c.id == number)).mappings().one()
    report = connection.execute(select(tables.report).where(tables.report.c.id == row["report"])).mappings().first()
    head = batch_head(row["who"], row["note"], row["at"], row["undoes"], row["rows"], report)
    facts = [*_rows(connection, tables.figure, number), *_rows(connection, tables.award, number)]
    groups = _rows(connection, tables.residential_group, number)
    same_file = row["sha256"] == (report["sha256"] if report else None)
    return same_file and checksum(head, facts, groups) == row["checksum"]


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
        differing = [
            *connection.execute(_as_stored(known.except_(kept))), *connection.execute(_as_stored(kept.except_(known)))
        ]  # fmt: skip
        if differing:
            keys = sorted({tuple(map(str, row[: len(key)])) for row in differing})
            params = {"table": current.name, "count": len(keys), "example": " ".join(filter(None, keys[0]))}
            yield Fault("store.current_differs", params=params)


def _as_stored(rows) -> Select:
    # no conversion to days and numbers: a damaged one must not stop the check
    return select(*(type_coerce(column, String) for column in rows.subquery().c))


def _bytes(connection: Connection) -> Iterator[Fault]:
    for sha256 in connection.scalars(select(tables.report_bytes.c.sha256)).all():
        content = connection.scalar(select(tables.report_bytes.c.content).where(tables.report_bytes.c.sha256 == sha256))
        if not isinstance(content, bytes) or hashlib.sha256(content).hexdigest() != sha256:
            yield Fault("store.bytes_differ", params={"sha256": sha256})


def _freezes(connection: Connection) -> Iterator[Fault]:
    here = tables.frozen.c
    for number in connection.scalars(select(here.id).order_by(here.id)).all():
        row = connection.execute(select(here.content, here.hash).where(here.id == number)).one()
        packed = unpacked(row.content) if isinstance(row.content, bytes) else None
        if packed is None or hash_of(packed) != row.hash:
            yield Fault("freeze.changed", params={"id": number})


def _written(connection: Connection) -> Iterator[Fault]:
    for table in WRITTEN:
        for number in connection.scalars(select(table.c.id).order_by(table.c.id)).all():
            try:
                row = connection.execute(select(table).where(table.c.id == number)).mappings().one()
                intact = row_checksum(row) == row["checksum"]
            except (TypeError, ValueError):
                intact = False  # as for batches: what is no day was not stored by us
            if not intact:
                yield Fault("notes.row_changed", params={"table": table.name, "id": number})

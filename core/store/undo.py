"""Taking a batch back, and taking that back: always by a new batch, never by deleting."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime

from sqlalchemy import Connection, Row, Select, case, exists, select, union, update

from core.errors import Fault, FaultError
from core.figures import UnitKey
from core.store import tables
from core.store.audit import record
from core.store.checksum import batch_head, checksum
from core.store.current import invented_units, refresh
from core.store.engine import Store, reading, unit_lock, writing
from core.store.notes import withdraw_sample_notes
from core.store.review import refuse_locked
from core.store.shortfalls import withdraw_sample_shortfalls
from core.store.write import insert_batch, live_batch

SAMPLE_REMOVED, SAMPLE_RESTORED = "remove_sample", "restore_sample"  # the reasons of what the two below undo
_LARGEST = 2**63 - 1  # neither database can even be asked for more


def undo(store: Store, batch_id: int, who: str, reason: str = "") -> int:
    """Undo a live batch by a new one and give the new one's number; undoing an undo restores what it had undone.

    Raises FaultError where there is no such batch, where it is undone already, where restoring it would leave one file
    in the store twice, and where it touches a year that is approved and thereby locked.
    """
    return _undo(store, batch_id, who, reason, spare=frozenset())


def _undo(store: Store, batch_id: int, who: str, reason: str, *, spare: Collection[UnitKey]) -> int:
    """The same; the years of the units to `spare` are taken for open."""
    if not 0 < batch_id <= _LARGEST:
        raise FaultError([Fault("store.unknown_batch", params={"batch": batch_id})])
    with reading(store) as connection:
        chain = _chain(connection, batch_id)
        touched = _touched(connection, chain[-1].id)
    locks = [unit_lock(*unit) for unit, _ in touched] + [f"batch {chain[-1].id}"]
    if chain[-1].sha256:
        locks.append(f"report {chain[-1].sha256}")
    with writing(store, locks) as connection:
        chain = _chain(connection, batch_id)
        _refuse(connection, chain)
        refuse_locked(connection, [(unit, year) for unit, year in touched if unit not in spare])
        head = batch_head(who, reason, datetime.now(UTC), batch_id, 0)
        number = insert_batch(connection, head, None, None, checksum(head))
        for row in chain:  # from the asked one down: each stands by what undoes it now, which may be another batch too
            connection.execute(update(tables.batch).where(tables.batch.c.id == row.id).values(state=_state(row.id)))
        refresh(connection, touched)
        record(connection, who, "batch.undone", detail={"batch": batch_id, "by": number, "reason": reason})
        return number


def remove_sample(store: Store, who: str) -> list[int]:
    """Undo every live batch that holds sample figures, newest first, and give the numbers of the undoing batches.

    Notes on invented wards and what is said of their missed plans are withdrawn with them. No approval holds an
    invented figure; a real ward's approved year is locked against this as against everything else.
    """
    undone = _undo_all(store, _sample_batches(), who, SAMPLE_REMOVED)
    withdraw_sample_notes(store, who)
    withdraw_sample_shortfalls(store, who)
    return undone


def restore_sample(store: Store, who: str) -> list[int]:
    """Undo every undoing that remove_sample made, newest first, and give the numbers of the restoring batches.

    The figures are there again; notes that were withdrawn with them stay withdrawn.
    """
    batch = tables.batch.c
    removing = select(batch.id).where(batch.state == "live", batch.undoes.is_not(None), batch.note == SAMPLE_REMOVED)
    return _undo_all(store, removing, who, SAMPLE_RESTORED)


def _undo_all(store: Store, query: Select, who: str, reason: str) -> list[int]:
    """Undo the batches of a query, newest first; years of invented wards are no obstacle."""
    with reading(store) as connection:
        numbers = connection.scalars(query).all()
        invented = invented_units(connection)
    return [_undo(store, number, who, reason, spare=invented) for number in sorted(numbers, reverse=True)]


def _sample_batches():
    batch, report, unit = tables.batch.c, tables.report.c, tables.unit.c
    of_report = select(batch.id).join(tables.report, report.id == batch.report).where(report.is_sample)
    of_unit = [
        select(facts.c.batch)
        .join(tables.unit, (unit.code == facts.c.unit_code) & (unit.valid_from == facts.c.unit_from))
        .where(unit.is_sample)
        for facts in (tables.figure, tables.award, tables.residential_group)
    ]
    return select(batch.id).where(batch.state == "live", batch.id.in_(union(of_report, *of_unit)))


def _chain(connection: Connection, batch_id: int) -> list[Row]:
    """The batch, what it undoes, what that undoes ..., down to the batch that stored something."""
    chain = []
    wanted: int | None = batch_id
    while wanted is not None:
        row = connection.execute(select(tables.batch).where(tables.batch.c.id == wanted)).one_or_none()
        if row is None:
            raise FaultError([Fault("store.unknown_batch", params={"batch": wanted})])
        chain.append(row)
        wanted = row.undoes
    return chain


def _state(batch_id: int):
    """The state of a batch as an expression: undone while a live batch undoes it."""
    undoing = tables.batch.alias()
    undone = exists().where(undoing.c.undoes == batch_id, undoing.c.state == "live")
    return case((undone, "undone"), else_="live")


def _refuse(connection: Connection, chain: list[Row]) -> None:
    asked, stored = chain[0], chain[-1]
    if asked.state != "live":
        by = connection.scalar(
            select(tables.batch.c.id).where(tables.batch.c.undoes == asked.id, tables.batch.c.state == "live")
        )
        raise FaultError([Fault("store.already_undone", params={"batch": asked.id, "by": by})])
    restores = len(chain) % 2 == 0
    if restores and stored.sha256 and (other := live_batch(connection, stored.sha256)) is not None:
        raise FaultError([Fault("store.file_is_live", params={"batch": stored.id, "other": other})])


def _touched(connection: Connection, batch_id: int) -> set[tuple[UnitKey, int]]:
    pairs = [
        select(facts.c.unit_code, facts.c.unit_from, facts.c.year).where(facts.c.batch == batch_id)
        for facts in (tables.figure, tables.award)
    ]
    return {(UnitKey(row.unit_code, row.unit_from), row.year) for row in connection.execute(union(*pairs))}

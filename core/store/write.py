"""Taking figures, awards and their report in: one batch, one transaction, nothing ever overwritten."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

from sqlalchemy import Connection, Table, func, insert, select, text
from sqlalchemy.dialects import postgresql, sqlite

from core.errors import Fault, FaultError
from core.figures import Award, Figure, UnitKey
from core.store import tables
from core.store.audit import record
from core.store.checksum import batch_head, checksum
from core.store.current import of_unit, refresh, years_by_unit
from core.store.engine import Store, reading, unit_lock, writing
from core.store.people import Names, keep_names, new_names
from core.store.review import after_storing, refuse_locked
from core.store.rows import (
    AWARD_CONTENT,
    FIGURE_CONTENT,
    award_key,
    award_of,
    award_row,
    figure_key,
    figure_of,
    figure_row,
    same_content,
)
from core.store.rules import refuse

NO_NAMES: Names = {}
CONVERTED = "converted:"  # begins the note of a batch whose text was brought to Unicode, from the encodings behind it


@dataclass(frozen=True, slots=True)
class Report:
    """A file to take in: its bytes, and what is known of it. `unit` and `year` are None for a file of many."""

    name: str
    sha256: str
    content: bytes
    kind: str
    unit: UnitKey | None = None
    year: int | None = None
    title: str = ""
    published: date | None = None
    url: str = ""
    is_sample: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """A residential group (tổ dân phố, khu phố, thôn ...): figures name it as their member."""

    id: str
    unit: UnitKey
    name: str
    kind: str
    valid_from: date | None = None
    valid_to: date | None = None
    successor: str = ""


@dataclass(frozen=True, slots=True)
class Batch:
    """What storing came to.

    `id` is None where nothing was stored; `rows` counts new figures and awards; `duplicate_of` is the live batch that
    already holds the same file; `names` counts the rows of the register beside which people's names were written or
    taken away, which is no batch.
    """

    id: int | None
    rows: int
    duplicate_of: int | None = None
    names: int = 0


@dataclass(frozen=True, slots=True)
class Changes:
    """What storing these figures and awards would change against the current values."""

    added: list[Figure] = field(default_factory=list)
    changed: list[tuple[Figure, Figure]] = field(default_factory=list)
    same: list[Figure] = field(default_factory=list)
    awards_added: list[Award] = field(default_factory=list)
    awards_changed: list[tuple[Award, Award]] = field(default_factory=list)
    awards_same: list[Award] = field(default_factory=list)

    @property
    def new_figures(self) -> list[Figure]:
        """The figures that would be stored."""
        return [*self.added, *(new for _, new in self.changed)]

    @property
    def new_awards(self) -> list[Award]:
        """The awards that would be stored."""
        return [*self.awards_added, *(new for _, new in self.awards_changed)]


def compare(
    store: Store, figures: Collection[Figure], awards: Collection[Award] = (), groups: Collection[Group] = ()
) -> Changes:
    """Tell added, changed and same apart against the newest values, storing nothing.

    Raises FaultError for figures that `store_batch` would refuse.
    """
    with reading(store) as connection:
        refuse(connection, figures, awards, groups)
        return _changes(connection, figures, awards)


def store_batch(
    store: Store,
    *,
    figures: Collection[Figure],
    awards: Collection[Award] = (),
    groups: Collection[Group] = (),
    report: Report | None,
    who: str,
    note: str = "",
    names: Names = NO_NAMES,
) -> Batch:
    """Store what is new as one batch, in one transaction.

    A figure that says what is already current is not stored again; the same file a second time changes nothing, unless
    its batch was undone. Where a second person reviews, the years it changes then stand as submitted, and an approved
    one must be unlocked first. `names` are people's names by the key of the award they stand beside: all that are to
    stand there, so that an empty list takes them away; they are kept apart from the batch (core/store/people.py).
    Raises FaultError with every reason why something cannot be taken in; the store is then as it was.
    """
    units = {item.unit for item in (*figures, *awards, *groups) if item.unit is not None} | {key[0] for key in names}
    locks = [unit_lock(*unit) for unit in units]
    if report is not None:
        _check_digest(report)
        locks.append(f"report {report.sha256}")
    with writing(store, locks) as connection:
        if report is not None and (live := live_batch(connection, report.sha256)) is not None:
            return Batch(None, 0, duplicate_of=live)
        refuse(connection, figures, awards, groups, report.unit if report else None)
        changes = _changes(connection, figures, awards)
        people = new_names(connection, names, awards)
        touched = {(item.unit, item.year) for item in (*changes.new_figures, *changes.new_awards)}
        refuse_locked(connection, touched | {(unit, year) for unit, year, *_ in people})
        new_groups = _new_groups(connection, groups)
        if report is None and not (changes.new_figures or changes.new_awards or new_groups):
            return Batch(None, 0, names=_store_names(connection, people, who))
        batch = _store(connection, changes, new_groups, report, who, note)
        return replace(batch, names=_store_names(connection, people, who))


def batch_of_file(store: Store, sha256: str) -> int | None:
    """The live batch that took in the file with this digest, None where no batch did."""
    with reading(store) as connection:
        return live_batch(connection, sha256)


def live_batch(connection: Connection, sha256: str) -> int | None:
    """The same, as a transaction sees it."""
    batch = tables.batch.c
    return connection.scalar(
        select(batch.id).where(batch.sha256 == sha256, batch.state == "live", batch.undoes.is_(None))
    )


def insert_batch(connection: Connection, head: dict, report_id: int | None, sha256: str | None, total: str) -> int:
    """Add the row of a batch and give its number."""
    row = {name: head[name] for name in ("who", "note", "at", "undoes", "rows")}
    row |= {"report": report_id, "sha256": sha256, "state": "live", "checksum": total}
    return connection.execute(insert(tables.batch).values(row)).inserted_primary_key[0]


def _store(connection, changes: Changes, groups: list[dict], report: Report | None, who: str, note: str) -> Batch:
    figures, awards = changes.new_figures, changes.new_awards
    seqs = next_seqs(connection, len(figures) + len(awards))
    figure_rows = [figure_row(item, seq) for item, seq in zip(figures, seqs, strict=False)]
    award_rows = [award_row(item, seq) for item, seq in zip(awards, seqs[len(figures) :], strict=True)]
    kept = None if report is None else _report_row(report)
    head = batch_head(who, note, datetime.now(UTC), None, len(seqs), kept)
    total = checksum(head, [*figure_rows, *award_rows], groups)
    report_id = None if report is None else _insert_report(connection, kept, report.content)
    number = insert_batch(connection, head, report_id, report and report.sha256, total)
    for table, rows in (
        (tables.figure, figure_rows), (tables.award, award_rows), (tables.residential_group, groups),
    ):
        if rows:
            connection.execute(insert(table), [row | {"batch": number} for row in rows])
    touched = {(item.unit, item.year) for item in (*figures, *awards)}
    if touched:
        after_storing(connection, touched, who, seqs[-1])
    refresh(connection, touched)
    record(connection, who, "batch.stored", report.name if report else "", {"batch": number, "rows": len(seqs)})
    return Batch(number, len(seqs))


def _store_names(connection: Connection, people: Names, who: str) -> int:
    """Put names beside the register; the audit log is told of which ward and year, and how many, never which."""
    for unit, year in sorted({key[:2] for key in people}):
        here = {key: names for key, names in people.items() if key[:2] == (unit, year)}
        record(connection, who, "names.written", unit.code, {"year": year, "names": keep_names(connection, here)})
    return len(people)


def next_seqs(connection: Connection, count: int) -> Sequence[int]:
    """The next sequence numbers of facts, in order."""
    if not count:
        return []
    if connection.dialect.name == "postgresql":
        return list(connection.scalars(text("SELECT nextval('fact_seq') FROM generate_series(1, :n)"), {"n": count}))
    last = max(connection.scalar(select(func.coalesce(func.max(t.c.seq), 0))) for t in (tables.figure, tables.award))
    return range(last + 1, last + 1 + count)


def _changes(connection: Connection, figures: Iterable[Figure], awards: Iterable[Award]) -> Changes:
    changes = Changes()
    _sort_out(_current(connection, tables.figure, tables.current_figure, figures, figure_key), figures, figure_row,
              figure_key, figure_of, FIGURE_CONTENT, (changes.added, changes.changed, changes.same))
    _sort_out(_current(connection, tables.award, tables.current_award, awards, award_key), awards, award_row,
              award_key, award_of, AWARD_CONTENT, (changes.awards_added, changes.awards_changed, changes.awards_same))
    return changes


def _sort_out(current: dict, items: Iterable, row_of: Callable, key_of: Callable, item_of: Callable,
              content: tuple[str, ...], sorted_out: tuple[list, list, list]) -> None:
    added, changed, same = sorted_out
    seen = set()
    for item in items:
        row = row_of(item)
        key = key_of(row)
        if key in seen:
            continue
        seen.add(key)
        old = current.get(key)
        if old is None:
            added.append(item)
        elif same_content(old, row, content):
            same.append(item)
        else:
            changed.append((item_of(old), item))


def _current(connection: Connection, facts: Table, current: Table, items: Iterable, key_of: Callable) -> dict:
    found = {}
    for unit, years in years_by_unit((item.unit, item.year) for item in items).items():
        rows = select(facts).join(current, current.c.seq == facts.c.seq).where(of_unit(current, unit, years))
        found |= {key_of(row): row for row in connection.execute(rows).mappings()}
    return found


def _new_groups(connection: Connection, groups: Iterable[Group]) -> list[dict]:
    known: dict[tuple, dict] = {}
    for unit in {group.unit for group in groups}:
        rows = connection.execute(select(tables.current_group).where(of_unit(tables.current_group, unit))).mappings()
        known |= {(unit, row["id"]): {name: row[name] for name in row if name != "batch"} for row in rows}
    new = {}
    for group in groups:
        row = {"unit_code": group.unit.code, "unit_from": group.unit.valid_from, "id": group.id, "name": group.name,
               "kind": group.kind, "valid_from": group.valid_from, "valid_to": group.valid_to,
               "successor": group.successor}
        if known.get((group.unit, group.id)) != row:
            new[group.unit, group.id] = row
    return list(new.values())


def _check_digest(report: Report) -> None:
    if hashlib.sha256(report.content).hexdigest() != report.sha256:
        raise FaultError([Fault("store.wrong_digest", params={"name": report.name})])


def _report_row(report: Report) -> dict:
    return {
        "sha256": report.sha256,
        "name": report.name,
        "kind": report.kind,
        "unit_code": report.unit.code if report.unit else None,
        "unit_from": report.unit.valid_from if report.unit else None,
        "year": report.year,
        "title": report.title,
        "url": report.url,
        "published": report.published,
        "is_sample": report.is_sample,
    }


def _insert_report(connection: Connection, row: dict, content: bytes) -> int:
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    bytes_row = dialect.insert(tables.report_bytes).values(sha256=row["sha256"], content=content)
    connection.execute(bytes_row.on_conflict_do_nothing())
    return connection.execute(insert(tables.report).values(row)).inserted_primary_key[0]

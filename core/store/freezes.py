"""Freezes: a ward's approved figures with catalogue, notes and name at a moment, under a hash."""

from __future__ import annotations

import hashlib
import json
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from operator import itemgetter

from sqlalchemy import Connection, Table, func, insert, select

from core.catalogue import Catalogue
from core.catalogue.kept import catalogue_texts
from core.errors import Fault, FaultError
from core.figures import UnitKey
from core.lineage import lineage
from core.store import tables
from core.store.audit import record
from core.store.checksum import plain
from core.store.current import FACTS, of_unit
from core.store.engine import Store, reading, unit_lock, writing
from core.store.office import COLOURS, office_now
from core.store.shortfalls import list_shortfalls
from core.store.shown import quote_of, shown, speaks_of_withheld
from core.store.unshown import for_public
from core.store.wordings import refs_of
from core.store.written import live

FORMAT = 2  # the first form also held `left_out` and who answers for a missed plan
PARTS = ("figures", "awards")  # of a content, in the order of core.store.current.FACTS
PRINTED = ("printed_name", "colour")  # how the office's own ward is printed, where it has chosen
AWARDS = "awards"  # the family whose sentences name people
WRITTEN = {"notes": tables.note, "shortfalls": tables.shortfall, "wordings": tables.wording}
SAID = ("unit_code", "unit_from", "year", "indicator", "cause", "remedy", "due", "at")  # of a missed plan
OWN = ("id", "who", "replaces", "withdrawn", "checksum")  # columns of a written row that belong to its store


@dataclass(frozen=True, slots=True)
class Freeze:
    """A freeze as lists name it.

    `hash` is the SHA-256 of all it holds, `at` (UTC) when it was made, `left_out` how many figures were then marked not
    for projection: a fact of that moment, which is no part of the hash.
    """

    id: int
    unit: UnitKey
    year: int
    title: str
    who: str
    at: datetime
    hash: str
    left_out: int


def make_freeze(store: Store, catalogue: Catalogue, unit: UnitKey, year: int, title: str, who: str) -> Freeze:
    """Freeze what is approved of a ward over all its boundaries, for the conference of a year.

    Figures marked not for projection stay out, and so does whoever stored what. Raises FaultError where nothing of that
    year is approved, or without a name for the freeze.
    """
    name = " ".join(title.split())
    public, units = for_public(store), lineage(catalogue, unit)
    content = _content(public, catalogue, unit, year)
    faults = [] if name else [Fault("freeze.no_title")]
    if not any(row["year"] == year for row in (*content["figures"], *content["awards"])):
        faults.append(Fault("freeze.nothing_approved", params={"code": unit.code, "year": year}))
    if faults:
        raise FaultError(faults)
    packed = packed_content(content)
    left_out = sum(mark[0] in units for mark in public.withheld)
    with writing(store, [unit_lock(*unit)]) as connection:
        made = keep_freeze(
            connection, Freeze(0, unit, year, name, who, datetime.now(UTC), hash_of(packed), left_out), packed
        )
        record(connection, who, "freeze.made", unit.code, {"year": year, "title": name, "hash": made.hash})
    return made


def keep_freeze(connection: Connection, freeze: Freeze, packed: bytes) -> Freeze:
    """Add a freeze with what it holds in the caller's transaction, and give it with its number."""
    row = {"unit_code": freeze.unit.code, "unit_from": freeze.unit.valid_from, "content": zlib.compress(packed, 9)}
    row |= {name: getattr(freeze, name) for name in ("year", "title", "who", "at", "hash", "left_out")}
    made = connection.execute(insert(tables.frozen).values(row))
    return replace(freeze, id=made.inserted_primary_key[0])


def list_freezes(store: Store, units: Iterable[UnitKey] | None = None) -> tuple[Freeze, ...]:
    """The freezes of some units, of every one where none is named, newest first."""
    here = tables.frozen.c
    query = select(*(here[name] for name in ("id", "unit_code", "unit_from", "year", "title", "who", "at", "hash",
                                             "left_out")))  # fmt: skip
    with reading(store) as connection:
        wanted = query if units is None else query.where(of_unit(tables.frozen, units))
        rows = connection.execute(wanted.order_by(here.id.desc())).all()
    return tuple(Freeze(row[0], UnitKey(*row[1:3]), *row[3:]) for row in rows)


def freeze_of_mark(store: Store, mark: str) -> Freeze | None:
    """The newest freeze of any unit whose hash begins with `mark`, ten of its signs or more, None where none does."""
    if not re.fullmatch(r"[0-9a-f]{10,64}", mark):
        return None
    here = tables.frozen.c
    query = select(here.unit_code, here.unit_from).where(here.hash.startswith(mark)).order_by(here.id.desc())
    with reading(store) as connection:
        row = connection.execute(query).first()
    if row is None:
        return None
    return next(each for each in list_freezes(store, [UnitKey(*row)]) if each.hash.startswith(mark))


def freeze_content(store: Store, number: int) -> dict:
    """All that a freeze holds. Raises FaultError where there is no such freeze, or it is not as it was made."""
    here = tables.frozen.c
    with reading(store) as connection:
        row = connection.execute(select(here.content, here.hash).where(here.id == number)).one_or_none()
    if row is None:
        raise FaultError([Fault("freeze.unknown", params={"id": number})])
    packed = unpacked(row.content)
    if packed is None or hash_of(packed) != row.hash:
        raise FaultError([Fault("freeze.changed", params={"id": number})])
    return json.loads(packed)


def content_now(store: Store, catalogue: Catalogue, unit: UnitKey, year: int) -> dict:
    """What a freeze of a ward would hold now: plain JSON, in one order whatever the database."""
    return _content(for_public(store), catalogue, unit, year)


def _content(public: Store, catalogue: Catalogue, unit: UnitKey, year: int) -> dict:
    units = lineage(catalogue, unit)
    with reading(public) as connection:
        figures, awards = (list(_facts(connection, public, catalogue, units, *each[:2])) for each in FACTS)
        digests = sorted({row["report"] for row in (*figures, *awards)} - {""})
        return {
            "format": FORMAT, "unit": list(map(plain, unit)), "year": year,
            "catalogue": catalogue_texts(catalogue, units),
            "figures": figures, "awards": awards,
            "reports": [_report(connection, sha256) for sha256 in digests],
            "groups": _groups(connection, units),
            "notes": list(_written(connection, public, tables.note, units)),
            "wordings": list(_written(connection, public, tables.wording, units)),
            "shortfalls": _shortfalls(public, units),
            **_chosen(connection, units),
        }  # fmt: skip


def packed_content(content: Mapping) -> bytes:
    """The one spelling of a content that its hash is taken of."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def hash_of(packed: bytes) -> str:
    """SHA-256 as hex."""
    return hashlib.sha256(packed).hexdigest()


def unpacked(content: bytes) -> bytes | None:
    """What was packed; None for bytes that are damaged."""
    try:
        return zlib.decompress(content)
    except zlib.error:
        return None


def _facts(
    connection: Connection, store: Store, catalogue: Catalogue, units: tuple[UnitKey, ...], facts: Table, current: Table
) -> Iterator[dict]:
    """The approved rows of a table of facts by key, with the digest of their report and when they were stored."""
    batch, report = tables.batch.c, tables.report.c
    content = [column for column in facts.c if column.name not in ("seq", "batch", "quote")]
    query = (
        select(*content, quote_of(store, facts), func.coalesce(report.sha256, "").label("report"), batch.at)
        .join(current, current.c.approved_seq == facts.c.seq)
        .join(tables.batch, batch.id == facts.c.batch)
        .outerjoin(tables.report, report.id == batch.report)
        .where(of_unit(current, units), *shown(store, facts))
    )
    rows = map(_plain_row, connection.execute(query).mappings())
    # sorted here: each database sorts words by the rules of a language of its own
    for row in sorted(rows, key=itemgetter(*current.primary_key.columns.keys())):
        names = "honour" in row or catalogue.indicators[row["indicator"]].family == AWARDS
        yield row | {"quote": "", "span_start": None, "span_end": None} if names else row


def _plain_row(row: Mapping, *without: str) -> dict:
    return {name: plain(value) for name, value in row.items() if name not in without}


def _report(connection: Connection, sha256: str) -> dict:
    report = tables.report
    query = select(report).where(report.c.sha256 == sha256).order_by(report.c.id.desc()).limit(1)
    row = connection.execute(query).mappings().one()
    return _plain_row(row, "id")


def _groups(connection: Connection, units: tuple[UnitKey, ...]) -> list[dict]:
    group = tables.current_group
    rows = connection.execute(select(group).where(of_unit(group, units))).mappings()
    return sorted((_plain_row(row, "batch") for row in rows), key=itemgetter("unit_code", "unit_from", "id"))


def _written(connection: Connection, store: Store, table: Table, units: tuple[UnitKey, ...]) -> Iterator[dict]:
    """What people wrote and what stands, in the order it was written; nothing that tells a figure kept back."""
    rows = connection.execute(live(table).where(of_unit(table, units)).order_by(table.c.id)).mappings()
    for row in rows:
        if table is tables.wording and speaks_of_withheld(store, refs_of(row["numbers"])):
            continue
        if "indicator" in row and row["indicator"] and _is_withheld(store, row):
            continue
        yield _plain_row(row, *OWN)


def _shortfalls(store: Store, units: tuple[UnitKey, ...]) -> list[dict]:
    """What was said of missed plans when their years were approved."""
    found = list_shortfalls(store, units, approved=True)
    rows = ((*each.unit, *(getattr(each, name) for name in SAID[2:])) for each in found)
    return [dict(zip(SAID, map(plain, row), strict=True)) for row in rows]


def _is_withheld(store: Store, row: Mapping) -> bool:
    return (UnitKey(row["unit_code"], row["unit_from"]), row["year"], row["indicator"]) in store.withheld


def _chosen(connection: Connection, units: tuple[UnitKey, ...]) -> dict[str, str]:
    """How the office's own ward is printed: its name, and its colour where that is not the program's own."""
    chosen = office_now(connection)
    if chosen.unit not in units:
        return {"printed_name": ""}
    colour = {} if chosen.colour == COLOURS[0] else {"colour": chosen.colour}
    return {"printed_name": chosen.printed_name, **colour}

"""The audit log: who did what, each entry chained to the one before, so that a quiet edit breaks the chain."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterator, Mapping
from datetime import UTC, datetime, timedelta

import pandas as pd
from sqlalchemy import Connection, Select, func, insert, or_, select

from core.errors import Fault
from core.rights import Person
from core.store.account_tables import audit
from core.store.engine import Store, hold, reading, writing

FIRST = "0" * 64  # what the first entry is chained to
LOCK = "audit"
NOTHING: Mapping[str, object] = {}
ONCE = timedelta(minutes=1)  # the same refusal of the same person is one entry in this time


def record(
    connection: Connection, who: str, what: str, target: str = "", detail: Mapping[str, object] = NOTHING
) -> None:
    """Add an entry in the caller's transaction: it stands where what it tells of was done, and only there.

    `what` is "<thing>.<deed>" (a name in data/texts/audit.toml); `detail` plain JSON, never a password, a token or the
    value of a cell. The chain's lock is held until the transaction ends, so it is the last thing a writer takes.
    """
    hold(connection, [LOCK])
    previous = connection.scalar(select(audit.c.hash).order_by(audit.c.id.desc()).limit(1)) or FIRST
    at = datetime.now(UTC)
    said = json.dumps(dict(detail), ensure_ascii=False, sort_keys=True)
    row = {"at": at, "who": who, "what": what, "target": target, "detail": said, "previous": previous}
    connection.execute(insert(audit).values(**row, hash=_hash(row)))


def note(store: Store, who: str, what: str, target: str = "", detail: Mapping[str, object] = NOTHING) -> None:
    """Add an entry in a transaction of its own: for what changes nothing in the store, such as a refusal."""
    with writing(store) as connection:
        record(connection, who, what, target, detail)


def note_once(store: Store, who: str, what: str, target: str, detail: Mapping[str, object] = NOTHING) -> None:
    """Add an entry as `note` does, unless the same deed of the same person on the same target was added just now."""
    same = select(audit.c.id).where(
        audit.c.at > datetime.now(UTC) - ONCE, audit.c.who == who, audit.c.what == what, audit.c.target == target
    )
    with reading(store) as connection:  # whoever knocks a thousand times keeps no writer waiting
        if connection.scalar(same.limit(1)) is not None:
            return
    with writing(store, [LOCK]) as connection:
        if connection.scalar(same.limit(1)) is None:
            record(connection, who, what, target, detail)


def signature(person: Person) -> str:
    """How somebody is named in the log: by the sign-in name, without an account by the word of the role."""
    return person.name or person.role


def audit_log(store: Store, *, limit: int | None = None, offset: int = 0, **sought: object) -> pd.DataFrame:
    """The entries, newest first: those that are sought (see `audit_count`), `limit` of them from `offset` on.

    Columns: id, at (UTC), who, what, target, detail (JSON text), hash.
    """
    names = ("id", "at", "who", "what", "target", "detail", "hash")
    query = _sought(select(*(audit.c[name] for name in names)), **sought).order_by(audit.c.id.desc())
    with reading(store) as connection:
        return pd.DataFrame(connection.execute(query.limit(limit).offset(offset)).all(), columns=list(names))


def audit_count(store: Store, **sought: object) -> int:
    """How many entries are sought.

    `since` and `until` (UTC, the second not included), `who`, `what`; `words` stand in an entry's target, detail or
    name, or the entry's person, deed or target is one of `named`, whose own words hold them.
    """
    with reading(store) as connection:
        return connection.scalar(_sought(select(func.count()).select_from(audit), **sought))


def _sought(
    query: Select,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    who: str = "",
    what: str = "",
    words: str = "",
    named: Collection[str] = (),
) -> Select:
    if since is not None:
        query = query.where(audit.c.at >= since)
    if until is not None:
        query = query.where(audit.c.at < until)
    if who:
        query = query.where(audit.c.who == who)
    if what:
        query = query.where(audit.c.what == what)
    if words:
        said = (column.icontains(words, autoescape=True) for column in (audit.c.target, audit.c.detail, audit.c.who))
        query = query.where(or_(*said, *(column.in_(named) for column in (audit.c.what, audit.c.who, audit.c.target))))
    return query


def deeds(store: Store) -> tuple[list[str], list[str]]:
    """Everybody and every deed that the log knows, each in order: what it can be narrowed by."""
    with reading(store) as connection:
        return tuple(
            list(connection.scalars(select(each).distinct().order_by(each))) for each in (audit.c.who, audit.c.what)
        )


def broken_links(connection: Connection) -> Iterator[Fault]:
    """A fault for each entry that is not as it was written, or that does not follow the one before it."""
    before = FIRST
    for row in connection.execute(select(audit).order_by(audit.c.id)).mappings():
        if row["previous"] != before or _hash(row) != row["hash"]:
            yield Fault("store.audit_changed", params={"entry": row["id"]})
        before = row["hash"]


def _hash(row: Mapping[str, object]) -> str:
    at = row["at"].astimezone(UTC).isoformat(timespec="microseconds")
    parts = [at, *(str(row[name]) for name in ("who", "what", "target", "detail", "previous"))]
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()

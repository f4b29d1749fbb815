"""The audit log: who did what, each entry chained to the one before, so that a quiet edit breaks the chain."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

import pandas as pd
from sqlalchemy import Connection, insert, select

from core.errors import Fault
from core.store.account_tables import audit
from core.store.engine import Store, hold, reading, writing
from core.store.read import frame_of

FIRST = "0" * 64  # what the first entry is chained to
LOCK = "audit"
NOTHING: Mapping[str, object] = {}


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


def audit_log(store: Store, *, since: datetime | None = None, who: str = "", what: str = "") -> pd.DataFrame:
    """The entries, newest first; narrowed to those from `since` on, by one person, of one deed.

    Columns: id, at (UTC), who, what, target, detail (JSON text), hash.
    """
    columns = (audit.c.id, audit.c.at, audit.c.who, audit.c.what, audit.c.target, audit.c.detail, audit.c.hash)
    query = select(*columns).order_by(audit.c.id.desc())
    if since is not None:
        query = query.where(audit.c.at >= since)
    if who:
        query = query.where(audit.c.who == who)
    if what:
        query = query.where(audit.c.what == what)
    return frame_of(store, query)


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

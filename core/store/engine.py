"""Opening the store: one engine that writes, one that can only read, on SQLite or PostgreSQL."""

from __future__ import annotations

import hashlib
import sqlite3
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from core.errors import Fault, FaultError
from core.figures import UnitKey
from core.settings import Settings

BUSY_MS = 30_000  # a first start beside another takes longer than ten seconds on an old office PC
POSTGRES_OPTIONS = "-c statement_timeout=30s -c lock_timeout=5s -c timezone=UTC"
SQLITE_FAULTS = {
    "SQLITE_BUSY": "busy",
    "SQLITE_LOCKED": "busy",
    "SQLITE_FULL": "disk_full",
    "SQLITE_IOERR_WRITE": "disk_full",
    "SQLITE_CORRUPT": "damaged",
    "SQLITE_NOTADB": "damaged",
    "SQLITE_CANTOPEN": "missing",
    "SQLITE_READONLY": "read_only",
}
POSTGRES_FAULTS = {"55P03": "busy", "57014": "busy", "40P01": "busy", "53100": "disk_full", "XX001": "damaged",
                   "42501": "not_allowed"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Store:
    """An opened store: `writer` for the one who changes, `reader` for everyone who looks.

    `withheld` are the figures that no read gives: (unit, year, indicator) as core.store.unshown.for_public finds them.
    """

    url: URL
    writer: Engine
    reader: Engine
    withheld: frozenset[tuple[UnitKey, int, str]] = frozenset()

    @property
    def dialect(self) -> str:
        """"sqlite" or "postgresql"."""
        return self.writer.dialect.name

    @property
    def path(self) -> Path | None:
        """The database's file, None on PostgreSQL."""
        return Path(self.url.database).resolve() if self.dialect == "sqlite" else None

    def close(self) -> None:
        """Let go of every connection."""
        self.writer.dispose()
        self.reader.dispose()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_store(url: str | None = None) -> Store:
    """The store at a database address (default: the settings'); touches neither disk nor network yet.

    Raises FaultError for an address that is neither a SQLite file nor a PostgreSQL database.
    """
    given = url or Settings.from_environment().database_url
    try:
        address = make_url(given)
    except (ArgumentError, ValueError) as error:  # ValueError: a port that is no number
        raise FaultError([Fault("store.address", params={"schemes": "sqlite:///, postgresql://"})]) from error
    backend = address.drivername.split("+")[0]
    if backend == "sqlite" and address.database not in (None, "", ":memory:"):
        return _sqlite_store(address)
    if backend in ("postgresql", "postgres"):
        return _postgres_store(address.set(drivername="postgresql+psycopg"))
    raise FaultError([Fault("store.address", params={"schemes": "sqlite:///, postgresql://"})])


def _sqlite_store(address: URL) -> Store:
    path = Path(address.database).resolve()
    file = URL.create("sqlite", database=str(path))
    writer = create_engine(file, creator=lambda: _connect(path, "rw"))
    reader = create_engine(file, creator=lambda: _connect(path, "ro"))
    # IMMEDIATE: under a deferred BEGIN two who read and then write lose updates or meet "database is locked"
    event.listen(writer, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    event.listen(reader, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
    return Store(address, writer, reader)


def _connect(path: Path, mode: str) -> sqlite3.Connection:
    # mode rw, not rwc: a missing database is reported, never replaced by a new empty one
    connection = sqlite3.connect(
        f"{path.as_uri()}?mode={mode}",
        uri=True,
        timeout=BUSY_MS / 1000,
        isolation_level=None,
        check_same_thread=False,
    )
    connection.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
    if mode == "ro":
        connection.execute("PRAGMA query_only = ON")
        return connection
    _use_wal(connection)
    # FULL: under NORMAL a power cut takes imports that were already acknowledged
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


def _use_wal(connection: sqlite3.Connection) -> None:
    # SQLite refuses this one switch at once where another first start makes it or writes: the busy timeout has no say
    until = time.monotonic() + BUSY_MS / 1000
    while connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            time.sleep(0.02)


def _postgres_store(address: URL) -> Store:
    own = address.query.get("options", "")
    options = f"{own} {POSTGRES_OPTIONS}".strip()
    writer = create_engine(address, pool_pre_ping=True, connect_args={"options": options})
    read_only = f"{options} -c default_transaction_read_only=on"
    reader = create_engine(address, pool_pre_ping=True, connect_args={"options": read_only})
    return Store(address, writer, reader)


@contextmanager
def writing(store: Store, locks: Iterable[str] = ()) -> Iterator[Connection]:
    """One writing transaction, committed whole or not at all.

    `locks` name what the writer is about to read and then change (see `unit_lock`): on PostgreSQL they are held until
    commit, so that the order of sequence numbers within a unit is the order of commits; on SQLite one writer at a time
    holds the whole file anyway. Raises FaultError where the database is busy, full, damaged, missing or unreachable.
    """
    with _named_faults(), store.writer.begin() as connection:
        hold(connection, locks)
        yield connection


@contextmanager
def reading(store: Store) -> Iterator[Connection]:
    """One read-only transaction: everything read in it is of one moment. Raises FaultError as `writing` does."""
    with _named_faults(), store.reader.connect() as connection:
        if store.dialect == "postgresql":
            connection = connection.execution_options(isolation_level="REPEATABLE READ")
        yield connection


def unit_lock(code: str, valid_from: object) -> str:
    """The name of the lock that writers of one unit hold."""
    return f"unit {code} {valid_from}"


def hold(connection: Connection, locks: Iterable[str]) -> None:
    """Wait for the named locks, always in one order, and hold them until the transaction ends."""
    if connection.dialect.name != "postgresql":
        return
    for name in sorted(set(locks)):
        number = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big", signed=True)
        connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": number})


def rewrite(store: Store, tables: Iterable[str]) -> bool:
    """Write the database anew, so that nothing deleted is left in its own files; whether that was possible.

    Deleting alone leaves the bytes where they stood until something else takes the place. SQLite's file is written anew
    as a whole and its log emptied, on PostgreSQL the tables named. False where others are at work or the disk is full.
    """
    if store.dialect == "postgresql":
        return _rewrite_tables(store, tables)
    pooled = store.writer.raw_connection()
    try:
        connection = pooled.driver_connection
        connection.execute("VACUUM")
        # busy is 1 where somebody still reads what stood there before
        busy, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return not busy
    except sqlite3.OperationalError as error:
        if SQLITE_FAULTS.get(error.sqlite_errorname) not in ("busy", "disk_full"):
            raise
        return False
    finally:
        pooled.close()


def _rewrite_tables(store: Store, tables: Iterable[str]) -> bool:
    try:
        with store.writer.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("SET statement_timeout = 0"))
            try:
                connection.execute(text(f"VACUUM (FULL) {', '.join(tables)}"))
            finally:
                connection.execute(text("RESET statement_timeout"))
    except DBAPIError as error:
        if _fault_name(error) not in ("busy", "disk_full"):
            raise
        return False
    return True


@contextmanager
def _named_faults() -> Iterator[None]:
    try:
        yield
    except DBAPIError as error:
        name = _fault_name(error)
        if name is None:
            raise
        raise FaultError([Fault(f"store.{name}")]) from error


def _fault_name(error: DBAPIError) -> str | None:
    sqlite_name = getattr(error.orig, "sqlite_errorname", None)
    if sqlite_name:
        return SQLITE_FAULTS.get(sqlite_name) or SQLITE_FAULTS.get("_".join(sqlite_name.split("_")[:2]))
    state = getattr(error.orig, "sqlstate", None)
    if state in POSTGRES_FAULTS:
        return POSTGRES_FAULTS[state]
    # no state at all: there was no server to answer, or an option in the address that the client does not know
    unanswered = isinstance(error.orig, psycopg.OperationalError | psycopg.ProgrammingError) and state is None
    if unanswered or (isinstance(error.orig, psycopg.OperationalError) and state[:2] in ("08", "57")):
        return "unreachable"
    return None

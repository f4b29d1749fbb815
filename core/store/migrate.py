"""Bringing a database up to date: its tables by Alembic, its dimensions from the catalogue."""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Table, delete, inspect, select, text
from sqlalchemy.dialects import postgresql, sqlite

from core.catalogue import Catalogue, load_catalogue
from core.errors import Fault, FaultError
from core.store import tables
from core.store.engine import Store, hold, writing

MIGRATIONS = Path(__file__).resolve().parent / "migrations"


def migrate(store: Store, catalogue: Catalogue | None = None) -> None:
    """Create or upgrade the database and bring its dimensions to the catalogue's state, in one transaction.

    Two processes may do so at once: the second waits and finds nothing left to do. Raises FaultError where the
    database was made by a newer program than this one or by another one, or its file can be neither made nor written.
    """
    catalogue = catalogue or load_catalogue()
    if store.path is not None:
        _create_file(store.path)
    with writing(store) as connection:
        if store.dialect == "postgresql":
            connection.execute(text("SET LOCAL lock_timeout = '60s'"))
            connection.execute(text("SET LOCAL statement_timeout = 0"))
        hold(connection, ["migrate"])
        _upgrade(connection)
        _sync(connection, catalogue)


def _create_file(path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        raise FaultError([Fault("store.not_creatable", str(path))]) from error


def _upgrade(connection: Connection) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    here = MigrationContext.configure(connection).get_current_revision()
    if here is not None and here not in known:
        raise FaultError([Fault("store.newer_program", params={"revision": here})])
    strange = set() if here else set(inspect(connection).get_table_names()) & set(tables.metadata.tables)
    if strange:
        raise FaultError([Fault("store.other_program", params={"tables": ", ".join(sorted(strange))})])
    command.upgrade(config, "head")


def _sync(connection: Connection, catalogue: Catalogue) -> None:
    digest = connection.scalar(select(tables.catalogue_digest.c.digest))
    if digest == catalogue.digest:
        return
    _upsert(connection, tables.unit, (
        {"code": unit.code, "valid_from": unit.valid_from, "valid_to": unit.valid_to, "name": unit.name,
         "kind": unit.kind, "district": unit.district, "province": unit.province, "is_sample": unit.is_sample}
        for unit in catalogue.units
    ))
    connection.execute(delete(tables.unit_succession))
    _upsert(connection, tables.unit_succession, (
        {"on_date": step.on, "old_code": step.old.code, "old_from": step.old.valid_from,
         "new_code": step.new.code, "new_from": step.new.valid_from, "part": step.part}
        for step in catalogue.successions
    ))
    plain = ("id", "family", "kind", "unit", "member_kind", "attainment_of", "rate_of",
             "flow", "scope", "line", "honour", "level", "recipient")
    _upsert(connection, tables.indicator, (
        {name: getattr(entry, name) or "" for name in plain}
        | {"name_vi": entry.name("vi"), "name_en": entry.name("en")}
        for entry in catalogue.indicators.values()
    ))
    _upsert(connection, tables.honour, (
        {"id": entry.id, "kind": entry.kind, "rank": entry.rank,
         "name_vi": entry.name("vi"), "name_en": entry.name("en")}
        for entry in catalogue.honours.values()
    ))
    _upsert(connection, tables.catalogue_digest,
            [{"id": 1, "digest": catalogue.digest, "at": datetime.now(UTC)}])


def _upsert(connection: Connection, table: Table, rows: Iterable[dict]) -> None:
    rows = list(rows)
    if not rows:
        return
    insert = (sqlite if connection.dialect.name == "sqlite" else postgresql).insert(table)
    keys = [column.name for column in table.primary_key]
    rest = {column.name: insert.excluded[column.name] for column in table.c if column.name not in keys}
    connection.execute(insert.on_conflict_do_update(index_elements=keys, set_=rest), rows)

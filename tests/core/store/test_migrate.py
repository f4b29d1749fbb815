"""The first start and every later one: the same database, however often and by however many at once."""

import dataclasses
import multiprocessing
import sqlite3

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import event, func, select, text

from core.catalogue import load_catalogue
from core.errors import FaultError
from core.store import migrate, open_store, verify
from core.store import tables as t

SPAWN = multiprocessing.get_context("spawn")


def first_start(url: str, barrier) -> None:
    """What each process does when the program starts."""
    with open_store(url) as store:
        barrier.wait()
        migrate(store)


def test_a_database_of_a_newer_program_is_left_alone(store):
    """An older program refuses with a sentence, and changes nothing."""
    with store.writer.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(FaultError) as error:
        migrate(store)
    assert error.value.faults[0].code == "store.newer_program"
    with store.reader.connect() as connection:
        assert connection.scalar(text("SELECT version_num FROM alembic_version")) == "9999"


def test_a_migration_that_fails_leaves_no_half_database(tmp_path):
    """Stopped in the middle of the first start, the next start begins anew and ends well."""
    with open_store(f"sqlite:///{tmp_path / 'ward.db'}") as store:

        def fail(connection, cursor, statement, *_):
            if "CREATE VIEW" in statement:
                raise ArithmeticError("stopped here")

        event.listen(store.writer, "before_cursor_execute", fail)
        with pytest.raises(ArithmeticError):
            migrate(store)
        event.remove(store.writer, "before_cursor_execute", fail)
        with store.reader.connect() as connection:
            assert connection.scalar(text("SELECT count(*) FROM sqlite_master")) == 0
        migrate(store)
        assert verify(store) == []


def test_two_processes_may_start_at_once_on_sqlite(tmp_path):
    """Both end well and the database is whole."""
    url = f"sqlite:///{tmp_path / 'ward.db'}"
    check_first_start(url)


def test_two_processes_may_start_at_once_on_postgresql(postgres_server):
    """Both end well and the database is whole."""
    postgres_server.execute("CREATE DATABASE first_start OWNER ward")
    check_first_start(postgres_server.url("first_start"))


def check_first_start(url: str) -> None:
    barrier = SPAWN.Barrier(2)
    processes = [SPAWN.Process(target=first_start, args=(url, barrier)) for _ in range(2)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
    assert [process.exitcode for process in processes] == [0, 0]
    with open_store(url) as store:
        assert verify(store) == []
        with store.reader.connect() as connection:
            assert connection.scalar(select(func.count()).select_from(t.unit)) == len(load_catalogue().units)


def test_the_program_and_the_database_know_the_same_tables(store):
    """What the migrations make is what core/store/tables.py says, column for column and index for index."""
    with store.writer.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, t.metadata) == []


def test_a_second_start_writes_nothing(store):
    """Where the catalogue has not changed the dimensions are not touched."""
    changed = []
    event.listen(store.writer, "before_cursor_execute", lambda *a: changed.append(a[2]))
    migrate(store)
    assert [statement for statement in changed if statement.startswith(("INSERT", "UPDATE", "DELETE", "CREATE"))] == []


def test_a_changed_catalogue_reaches_the_dimensions(store):
    """Every unit, succession, indicator and honour of the catalogue is there, in its newest wording."""
    catalogue = load_catalogue()
    with store.writer.begin() as connection:
        connection.execute(text("UPDATE unit SET name = 'Phường cũ'"))
        connection.execute(text("DELETE FROM unit_succession"))
    migrate(store, dataclasses.replace(catalogue, digest="khác"))
    with store.reader.connect() as connection:
        for table, size in (
            (t.unit, len(catalogue.units)), (t.unit_succession, len(catalogue.successions)),
            (t.indicator, len(catalogue.indicators)), (t.honour, len(catalogue.honours)),
        ):  # fmt: skip
            assert connection.scalar(select(func.count()).select_from(table)) == size
        assert connection.scalar(select(func.count()).select_from(t.unit).where(t.unit.c.name == "Phường cũ")) == 0
        assert connection.scalar(select(t.catalogue_digest.c.digest)) == "khác"


def test_a_folder_where_the_file_should_be_is_named(tmp_path):
    """Not shown as the system's own error."""
    with open_store(f"sqlite:///{tmp_path}") as store, pytest.raises(FaultError) as error:
        migrate(store)
    (fault,) = error.value.faults
    assert (fault.code, fault.where) == ("store.not_creatable", str(tmp_path))


def test_a_database_of_another_program_is_left_alone(tmp_path):
    """Its tables are named; nothing is added to it."""
    path = tmp_path / "theirs.db"
    with sqlite3.connect(path) as theirs:
        theirs.execute("CREATE TABLE report (x)")
    with open_store(f"sqlite:///{path}") as store, pytest.raises(FaultError) as error:
        migrate(store)
    assert error.value.faults[0].code == "store.other_program"
    with sqlite3.connect(path) as theirs:
        assert theirs.execute("SELECT name FROM sqlite_master").fetchall() == [("report",)]

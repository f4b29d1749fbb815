"""Opening and sharing the store: wrong addresses are named, nobody's update is lost, viewers never create anything."""

import multiprocessing
import os
import sqlite3
import stat
import threading
from contextlib import closing

import pytest
from sqlalchemy import select, text

from core.errors import FaultError
from core.store import history, migrate, open_store, store_batch, tidy, units_with_figures
from core.store import tables as t
from core.store.engine import unit_lock, writing
from tests.core.store.examples import WARD, figure, report

SPAWN = multiprocessing.get_context("spawn")


def address(store) -> str:
    return store.url.render_as_string(hide_password=False)


@pytest.mark.parametrize("url", ["", "ward.db", "mysql://x/y", "sqlite://", "sqlite:///:memory:", "postgresql://h:x/y"])
def test_an_address_that_is_no_store_is_refused(url, monkeypatch):
    """The sentence names the forms that work."""
    monkeypatch.setenv("DATABASE_URL", url or "nonsense")
    with pytest.raises(FaultError, match="postgresql://"):
        open_store(url or None)


def test_a_missing_database_is_reported_and_not_created(tmp_path):
    """Reading or writing before the first migration leaves no empty file behind."""
    path = tmp_path / "ward.db"
    with open_store(f"sqlite:///{path}") as store:
        for action in (lambda: units_with_figures(store), lambda: store_batch(store, figures=[], report=None, who="")):
            with pytest.raises(FaultError) as error:
                action()
            assert error.value.faults[0].code == "store.missing"
    assert not path.exists()


def test_a_file_that_is_no_database_is_reported(tmp_path):
    """A damaged header gives a sentence about backups, not a trace."""
    path = tmp_path / "ward.db"
    path.write_bytes(b"this is no database" * 100)
    with open_store(f"sqlite:///{path}") as store, pytest.raises(FaultError) as error:
        units_with_figures(store)
    assert error.value.faults[0].code == "store.damaged"


def test_a_server_that_is_not_there_is_reported():
    """An unreachable PostgreSQL gives a sentence, not a trace."""
    with open_store("postgresql://ward@127.0.0.1:1/ward") as store, pytest.raises(FaultError) as error:
        units_with_figures(store)
    assert error.value.faults[0].code == "store.unreachable"


def test_an_option_that_is_none_in_the_address_is_reported():
    """Without a server, too: the client refuses it."""
    with open_store("postgresql://ward@127.0.0.1:1/ward?foo=bar") as store, pytest.raises(FaultError) as error:
        units_with_figures(store)
    assert error.value.faults[0].code == "store.unreachable"


def test_a_database_user_without_rights_is_told_so(postgres_server, postgres_store):
    """The sentence names the remedy, not the statement."""
    postgres_server.execute("CREATE ROLE visitor LOGIN")
    with open_store(str(address(postgres_store)).replace("ward@", "visitor@", 1)) as store:
        for action in (lambda: migrate(store), lambda: units_with_figures(store)):
            with pytest.raises(FaultError) as error:
                action()
            assert error.value.faults[0].code == "store.not_allowed"


def test_a_full_database_is_reported_and_unharmed(sqlite_store):
    """Where no page can be added the batch fails as a whole, with a sentence about the disk."""
    with sqlite_store.writer.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        connection.rollback()
    figures = [figure(year=year, quote="x" * 2000) for year in range(1990, 2020)]
    with pytest.raises(FaultError) as error:
        store_batch(sqlite_store, figures=figures, report=None, who="an")
    assert error.value.faults[0].code == "store.disk_full"
    assert tidy(sqlite_store, "tidy_budget").empty
    with sqlite_store.writer.connect() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 1000000")
        connection.rollback()
    assert store_batch(sqlite_store, figures=figures, report=None, who="an").rows == 30


def test_sqlite_keeps_what_it_acknowledged_and_keeps_it_private(sqlite_store, tmp_path):
    """Write-ahead log, full synchronisation, foreign keys; the file is its owner's alone."""
    with sqlite_store.writer.connect() as connection:
        pragmas = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
                   for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")}  # fmt: skip
    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 30_000}
    path = tmp_path / "new folder, phường" / "ward 100%.db"
    with open_store(f"sqlite:///{path}") as store:
        migrate(store)
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def count_up(url: str, times: int, barrier) -> None:
    """Read the current value and store one more, under the unit's lock, as any reader-then-writer does."""
    with open_store(url) as store:
        barrier.wait()
        for _ in range(times):
            with writing(store, [unit_lock(*WARD)]) as connection:
                limit = connection.scalar(select(t.approval.c.up_to_seq).order_by(t.approval.c.id.desc()).limit(1))
                row = {"unit_code": WARD.code, "unit_from": WARD.valid_from, "year": 2020, "state": "draft"}
                at = connection.scalar(select(t.approval.c.at).limit(1))
                connection.execute(t.approval.insert(), [{**row, "up_to_seq": limit + 1, "at": at}])


def store_own(url: str, number: int, barrier) -> None:
    """Store one's own value of the same figure, from one's own report."""
    with open_store(url) as store:
        barrier.wait()
        own = figure(value=str(number))
        store_batch(store, figures=[own], report=report(f"báo cáo {number}"), who=f"người {number}")


def store_same(url: str, number: int, results) -> None:
    """Store the same file as everyone else."""
    with open_store(url) as store:
        stored = store_batch(store, figures=[figure()], report=report(), who=f"người {number}")
        results.put((stored.id, stored.duplicate_of))


def run(work, *arguments) -> None:
    processes = [SPAWN.Process(target=work, args=given) for given in zip(*arguments, strict=True)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
    assert [process.exitcode for process in processes] == [0] * len(processes)


def test_no_update_is_lost_between_reading_and_writing(store):
    """Three processes count up together: every step is there."""
    store_batch(store, figures=[figure()], report=None, who="an")
    barrier = SPAWN.Barrier(3)
    run(count_up, [address(store)] * 3, [20] * 3, [barrier] * 3)
    with store.reader.connect() as connection:
        steps = connection.execute(text("SELECT up_to_seq FROM approval ORDER BY id")).scalars().all()
    assert steps == list(range(1, 62))


def test_values_stored_at_once_are_all_kept(store):
    """Three people correct the same figure at the same moment: three values in the history, one of them current."""
    barrier = SPAWN.Barrier(3)
    run(store_own, [address(store)] * 3, [1, 2, 3], [barrier] * 3)
    past = history(store, figure().key)
    assert sorted(past.value) == [1, 2, 3]
    assert past.current.tolist() == [False, False, True]


def test_the_same_file_at_once_is_stored_once(store):
    """Of three who send the same file together one stores it, two are told so."""
    results = SPAWN.Queue()
    run(store_same, [address(store)] * 3, [1, 2, 3], [results] * 3)
    outcomes = [results.get(timeout=10) for _ in range(3)]
    assert sorted(id is None for id, _ in outcomes) == [False, True, True]
    (stored,) = {id for id, _ in outcomes if id is not None}
    assert {duplicate for id, duplicate in outcomes if id is None} == {stored}


def test_a_store_opened_while_another_writes_the_first_page_waits_for_it(tmp_path):
    """The switch to WAL is refused while a write is open; it is made as soon as that ends, and nothing is raised."""
    path = tmp_path / "ward.db"
    with closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute("CREATE TABLE first (a)")
        end = threading.Timer(0.3, lambda: other.execute("ROLLBACK"))
        end.start()
        with open_store(f"sqlite:///{path}") as store, store.writer.connect() as connection:
            assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        end.join()

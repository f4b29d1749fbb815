"""Verifying: an edit behind the program's back is found, wherever it is made."""

import sqlite3
from datetime import date

import pytest
from sqlalchemy import text

from core.store import Group, Note, Slot, add_note, store_batch, undo, verify, write_wording
from core.store.shortfalls import write_shortfall
from tests.core.store.examples import WARD, award, figure, plan, report
from tests.core.store.test_shortfalls import SAID

EDITS = {
    "UPDATE figure SET value = '101' WHERE seq = 1": "store.batch_changed",
    "UPDATE figure SET quote = 'khác' WHERE seq = 1": "store.batch_changed",
    "UPDATE figure SET batch = 2 WHERE seq = 1": "store.batch_changed",
    "DELETE FROM figure WHERE seq = 2": "store.batch_changed",
    "UPDATE award SET count = count + 1": "store.batch_changed",
    "UPDATE residential_group SET name = 'khác'": "store.batch_changed",
    "UPDATE report SET url = 'khác'": "store.batch_changed",
    "UPDATE batch SET who = 'khác' WHERE id = 1": "store.batch_changed",
    "UPDATE batch SET undoes = NULL WHERE id = 3": "store.batch_changed",
    "UPDATE batch SET state = 'undone' WHERE id = 1": "store.batch_state",
    "UPDATE batch SET state = 'live' WHERE id = 2": "store.batch_state",
    "UPDATE current_figure SET seq = seq + 1": "store.current_differs",
    "UPDATE current_figure SET approved_seq = NULL": "store.current_differs",
    "DELETE FROM current_award": "store.current_differs",
    "UPDATE report_bytes SET content = '00'": "store.bytes_differ",
    "UPDATE note SET text = 'khác'": "notes.row_changed",
    "UPDATE wording SET numbers = '[1]'": "notes.row_changed",
    "UPDATE shortfall SET due = '2030-01-01'": "notes.row_changed",
}
GUARDED = ("figure", "award", "residential_group", "report", "batch", "note", "wording", "shortfall")


@pytest.fixture
def filled(store):
    """A store with three batches, of which the second is undone by the third."""
    return fill(store)


def fill(store):
    groups = [Group("to-1", WARD, "Tổ 1", "tổ dân phố")]
    store_batch(store, figures=[figure(), plan()], awards=[award()], groups=groups, report=report(), who="an")
    second = store_batch(store, figures=[figure(value="120")], report=None, who="bình")
    undo(store, second.id, "an")
    add_note(store, Note(WARD, 2020, "dịch bệnh", day=date(2020, 4, 1)), "an")
    write_wording(store, Slot("budget", WARD, 2020, "vi"), "Thu khá", [], "an", generated="", replaces=None)
    write_shortfall(store, SAID, "an")
    return store


def without_triggers(store, statement: str) -> None:
    """Run a statement as somebody would who has the database's file or its owner's password."""
    with store.writer.begin() as connection:
        for table in GUARDED:
            if store.dialect == "sqlite":
                connection.execute(text(f"DROP TRIGGER {table}_no_update"))
                connection.execute(text(f"DROP TRIGGER {table}_no_delete"))
            else:
                connection.execute(text(f"GRANT UPDATE, DELETE ON {table} TO CURRENT_USER"))
                connection.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
        if store.dialect == "postgresql":
            statement = statement.replace("'101'", "101")
        assert connection.execute(text(statement)).rowcount > 0


def test_an_untouched_store_has_nothing_to_report(filled):
    """No false alarm after storing, undoing and restoring."""
    assert verify(filled) == []
    undo(filled, 3, "an")
    assert verify(filled) == []


@pytest.mark.parametrize("statement", EDITS)
def test_an_edit_behind_the_programs_back_is_found_on_sqlite(sqlite_store, statement):
    """Values, origins, reports, batches, states, current values and bytes: each edit is named, in both languages."""
    check_found(fill(sqlite_store), statement)


@pytest.mark.parametrize("statement", list(EDITS)[::5])
def test_an_edit_behind_the_programs_back_is_found_on_postgresql(postgres_store, statement):
    """An edit of each kind, by somebody with the owner's rights."""
    check_found(fill(postgres_store), statement)


def check_found(store, statement: str) -> None:
    without_triggers(store, statement)
    faults = verify(store)
    assert EDITS[statement] in {fault.code for fault in faults}
    assert all(fault.sentence("vi") != fault.sentence("en") for fault in faults)


@pytest.mark.parametrize(
    "change", ["figure SET value = 'mười'", "figure SET unit_from = 'hôm qua'", "award SET count = x'00'"]
)
def test_a_value_of_another_type_is_found(sqlite_store, change):
    """SQLite would keep a word in a column of numbers: it is reported, and the check does not stop at it."""
    store_batch(sqlite_store, figures=[figure()], awards=[award()], report=None, who="an")
    with sqlite_store.writer.begin() as connection:
        connection.execute(text("DROP TRIGGER figure_no_update"))
        connection.execute(text("DROP TRIGGER award_no_update"))
    with sqlite3.connect(sqlite_store.path) as connection:
        connection.execute(f"UPDATE {change}")
    connection.close()
    assert "store.batch_changed" in {fault.code for fault in verify(sqlite_store)}


def test_a_damaged_file_is_found(sqlite_store):
    """Overwritten pages give a fault, not a crash."""
    store_batch(sqlite_store, figures=[figure(year=year) for year in range(1950, 2020)], report=report(), who="an")
    sqlite_store.close()
    content = bytearray(sqlite_store.path.read_bytes())
    for page in range(4096, len(content), 4096):
        content[page : page + 100] = b"\xff" * 100
    sqlite_store.path.write_bytes(content)
    assert {fault.code for fault in verify(sqlite_store)} <= {"store.damaged", "store.integrity"}
    assert verify(sqlite_store)

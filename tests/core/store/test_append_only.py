"""History cannot be rewritten: the database itself refuses."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from core.store import Group, Note, Slot, add_note, store_batch, verify, write_wording
from core.store.shortfalls import write_shortfall
from tests.core.store.examples import WARD, award, figure, report
from tests.core.store.test_shortfalls import SAID

STATEMENTS = [
    "UPDATE figure SET value = '9'",
    "UPDATE figure SET quote = 'khác'",
    "DELETE FROM figure",
    "UPDATE award SET count = 9",
    "DELETE FROM award",
    "UPDATE approval SET state = 'draft'",
    "DELETE FROM approval",
    "UPDATE residential_group SET name = 'khác'",
    "DELETE FROM residential_group",
    "UPDATE report SET name = 'khác'",
    "DELETE FROM report",
    "UPDATE batch SET who = 'khác'",
    "UPDATE batch SET checksum = ''",
    "DELETE FROM batch",
    "UPDATE note SET text = 'khác'",
    "DELETE FROM note",
    "UPDATE wording SET text = 'khác'",
    "DELETE FROM wording",
    "UPDATE shortfall SET cause = 'khác'",
    "DELETE FROM shortfall",
]


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def filled(request, new_store):
    """A store with a row in every table that only grows; every test leaves it as it is."""
    groups = [Group("to-1", WARD, "Tổ 1", "tổ dân phố")]
    with new_store(request.param) as store:
        store_batch(store, figures=[figure()], awards=[award()], groups=groups, report=report(), who="an")
        add_note(store, Note(WARD, 2020, "dịch bệnh"), "an")
        write_wording(store, Slot("budget", WARD, 2020, "vi"), "Thu khá", [], "an", generated="", replaces=None)
        write_shortfall(store, SAID, "an")
        yield store


@pytest.mark.parametrize("statement", STATEMENTS)
def test_rows_are_neither_changed_nor_deleted(filled, statement):
    """UPDATE and DELETE raise, even for the program's own connection, and nothing has changed."""
    with pytest.raises(DBAPIError) as error, filled.writer.begin() as connection:
        connection.execute(text(statement.replace("'9'", "'9'" if filled.dialect == "sqlite" else "9")))
    assert "append-only" in str(error.value) or "permission denied" in str(error.value)
    assert verify(filled) == []


def test_a_row_is_not_replaced_by_inserting_it_again(sqlite_store):
    """SQLite's INSERT OR REPLACE deletes without asking delete triggers; it is refused all the same."""
    store_batch(sqlite_store, figures=[figure()], awards=[award()], report=report(), who="an")
    add_note(sqlite_store, Note(WARD, 2020, "dịch bệnh"), "an")
    write_shortfall(sqlite_store, SAID, "an")
    for table in ("figure", "award", "report", "batch", "approval", "note", "shortfall"):
        with pytest.raises(DBAPIError, match="append-only"), sqlite_store.writer.begin() as connection:
            connection.execute(text(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}"))


def test_tables_are_not_emptied_at_once(postgres_store):
    """TRUNCATE passes row triggers by; it is refused all the same."""
    for table in ("figure", "award", "report", "batch CASCADE", "approval", "note", "wording", "shortfall"):
        with pytest.raises(DBAPIError), postgres_store.writer.begin() as connection:
            connection.execute(text(f"TRUNCATE {table}"))


def test_viewers_cannot_write(filled):
    """The reader's connection refuses every change."""
    with pytest.raises(DBAPIError), filled.reader.connect() as connection:
        connection.execute(text("DELETE FROM current_figure"))

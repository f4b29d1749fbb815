"""The audit log is a chain: what is edited, taken out or put in shows."""

from __future__ import annotations

import random

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from core.store import verify
from core.store.audit import audit_log, note


def entries(store, count):
    """Some entries of two people."""
    for number in range(count):
        note(store, "lan" if number % 2 else "an", "export.made", f"slides {number}", {"figures": number})


@pytest.mark.parametrize("statement", ["UPDATE audit SET who = 'x'", "DELETE FROM audit"])
def test_an_entry_can_be_neither_changed_nor_taken_out(store, statement):
    """The database itself refuses."""
    entries(store, 2)
    with pytest.raises(DBAPIError), store.writer.begin() as connection:
        connection.execute(text(statement))


def test_every_quiet_edit_breaks_the_chain(sqlite_store):
    """With the triggers taken off, an edit of any column of any entry is found by verify."""
    entries(sqlite_store, 12)
    assert verify(sqlite_store) == []
    with sqlite_store.writer.begin() as connection:
        connection.execute(text("DROP TRIGGER audit_no_update"))
    dice = random.Random(7)
    for _ in range(40):
        entry = dice.randrange(1, 13)
        column = dice.choice(["who", "what", "target", "detail", "previous", "hash"])
        with sqlite_store.writer.begin() as connection:
            before = connection.scalar(text(f"SELECT {column} FROM audit WHERE id = {entry}"))
            connection.execute(text(f"UPDATE audit SET {column} = :new WHERE id = {entry}"), {"new": before + "x"})
        assert [fault.code for fault in verify(sqlite_store)][:1] == ["store.audit_changed"]
        with sqlite_store.writer.begin() as connection:
            connection.execute(text(f"UPDATE audit SET {column} = :new WHERE id = {entry}"), {"new": before})
    assert verify(sqlite_store) == []


def test_an_entry_taken_out_of_the_middle_shows(sqlite_store):
    """The one after it follows nothing."""
    entries(sqlite_store, 5)
    with sqlite_store.writer.begin() as connection:
        connection.execute(text("DROP TRIGGER audit_no_delete"))
        connection.execute(text("DELETE FROM audit WHERE id = 3"))
    (fault,) = verify(sqlite_store)
    assert fault.params == {"entry": 4}


def test_the_log_is_narrowed_by_person_and_deed(store):
    """Newest first, the detail as it was given."""
    entries(store, 4)
    log = audit_log(store, who="lan", what="export.made")
    assert list(log["target"]) == ["slides 3", "slides 1"]
    assert log["detail"].iloc[0] == '{"figures": 3}'
    assert audit_log(store, what="account.made").empty

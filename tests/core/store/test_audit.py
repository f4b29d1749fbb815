"""The audit log is a chain: what is edited, taken out or put in shows."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from core.errors import FaultError
from core.rights import PUBLIC, Person
from core.store import Note, add_note, audit, verify, withdraw_note
from core.store.audit import audit_count, audit_log, note, note_once, signature
from tests.core.store.examples import WARD


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


@pytest.mark.parametrize(
    ("sought", "found"),
    [
        ({"words": "nobody wrote this"}, []),
        ({"words": "%"}, []),  # a sign of the database's own is looked for as it stands
        ({"words": "SLIDES 2"}, [2]),
        ({"words": "figures", "who": "an"}, [2, 0]),
        ({"words": "Nguyễn", "named": ["lan"]}, [3, 1]),
        ({"words": "tải", "named": ["export.made"], "who": "lan"}, [3, 1]),
        ({"named": ["lan"]}, [3, 2, 1, 0]),
        ({"since": datetime.max.replace(tzinfo=UTC)}, []),
        ({"until": datetime(2020, 1, 1, tzinfo=UTC)}, []),
    ],
    ids=str,
)
def test_the_log_is_searched_by_words_names_and_days(store, sought, found):
    """Words stand in an entry, or in the name of its person or deed as the screen says it."""
    entries(store, 4)
    assert list(audit_log(store, **sought)["target"]) == [f"slides {number}" for number in found]
    assert audit_count(store, **sought) == len(found)


def test_a_day_holds_what_was_done_from_its_first_moment_to_the_next_one_s(store):
    """The second bound is not included, so that two days next to each other share no entry."""
    entries(store, 1)
    (at,) = audit_log(store)["at"]
    assert audit_count(store, since=at, until=at + timedelta(microseconds=1)) == 1
    assert audit_count(store, since=at + timedelta(microseconds=1)) == audit_count(store, until=at) == 0


def test_a_page_of_the_log_reads_its_own_entries_and_no_others(store):
    """The newest first; behind the last page there is nothing."""
    entries(store, 7)
    pages = [list(audit_log(store, limit=3, offset=offset)["target"]) for offset in (0, 3, 6, 9)]
    assert [len(page) for page in pages] == [3, 3, 1, 0]
    assert [target for page in pages for target in page] == list(audit_log(store)["target"])


def test_the_same_refusal_within_a_minute_is_one_entry(store, monkeypatch):
    """Another person, another address and a later minute are entries of their own."""
    for who, target in [("lan", "/a"), ("lan", "/a"), ("lan", "/b"), ("an", "/a"), ("lan", "/a")]:
        note_once(store, who, "access.refused", target)
    assert audit_count(store) == 3
    monkeypatch.setattr(audit, "ONCE", timedelta(0))
    note_once(store, "lan", "access.refused", "/a")
    assert audit_count(store) == 4
    assert verify(store) == []


def test_whoever_has_no_account_is_named_by_the_role():
    """A sign-in name where there is one."""
    assert signature(Person(PUBLIC)) == "public"
    assert signature(Person("staff", 3, "lan", "Nguyễn Lan")) == "lan"


def test_what_a_person_writes_is_an_entry_in_the_same_transaction(store):
    """Written and withdrawn, of which ward and year; what was refused leaves none."""
    with pytest.raises(FaultError):
        add_note(store, Note(WARD, 2020, "sáp nhập phường"), " ")
    assert audit_count(store) == 0
    number = add_note(store, Note(WARD, 2020, "sáp nhập phường"), "lan")
    withdraw_note(store, number, "an")
    log = audit_log(store)
    assert log[["who", "what", "target"]].to_numpy().tolist() == [
        ["an", "note.withdrawn", "00238"], ["lan", "note.written", "00238"]
    ]  # fmt: skip
    assert log["detail"].tolist() == ['{"number": 2, "year": 2020}', '{"number": 1, "year": 2020}']
    with pytest.raises(FaultError):
        withdraw_note(store, number, "an")
    assert audit_count(store) == 2

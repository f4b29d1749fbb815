"""Accounts are made and changed by name, and every change is in the audit log."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from core.errors import FaultError
from core.rights import Person
from core.store import accounts as a
from core.store import sessions as s
from core.store.audit import audit_log

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)


def made(store, name="lan", role="staff"):
    """An account with a password's hash."""
    a.create_account(store, name, "Nguyễn Thị Lan", role, by="test", at=NOW)
    a.set_password(store, name, "hash", by="test", at=NOW)
    return a.account_named(store, name)


def session(store, owner, at=NOW):
    """The digest of a new session's token."""
    return a.digest(s.begin_session(store, owner, method="password", address="127.0.0.1", agent="Firefox", at=at))


def test_everything_wrong_with_a_new_account_is_said_at_once(store):
    """Name, full name and role; and nothing is made."""
    with pytest.raises(FaultError) as refused:
        a.create_account(store, "Lân Anh", " ", "boss", by="test", at=NOW)
    assert [fault.code for fault in refused.value.faults] == [
        "accounts.bad_name", "accounts.no_full_name", "accounts.unknown_role",
    ]  # fmt: skip
    assert not a.has_accounts(store) and audit_log(store).empty


def test_a_name_is_taken_once(store):
    """Whatever its capitals and outer spaces."""
    made(store)
    with pytest.raises(FaultError) as refused:
        a.create_account(store, " LAN ", "Trần Lan", "viewer", by="test", at=NOW)
    assert refused.value.faults[0].code == "accounts.taken"


def test_an_unknown_account_is_named(store):
    """No change is made to nobody."""
    with pytest.raises(FaultError) as refused:
        a.switch_off(store, "ma", by="test", at=NOW)
    assert refused.value.faults[0].code == "accounts.unknown"


@pytest.mark.parametrize("leave", ["role", "off"])
def test_the_last_administrator_stays(store, leave):
    """A switched-off one does not count; with another one there the first may go."""
    made(store, "an", "admin")
    made(store, "binh", "admin")
    a.switch_off(store, "binh", by="test", at=NOW)
    go = (
        (lambda: a.change_role(store, "an", "viewer", by="test", at=NOW))
        if leave == "role"
        else (lambda: a.switch_off(store, "an", by="test", at=NOW))
    )
    with pytest.raises(FaultError) as refused:
        go()
    assert refused.value.faults[0].code == "accounts.last_admin"
    a.switch_on(store, "binh", by="test")
    go()


def test_switching_an_account_off_ends_its_sessions(store):
    """At once, and it stays off for the next one."""
    made(store, "an", "admin")
    owner = made(store)
    open_one = session(store, owner)
    assert s.person_of(store, open_one, NOW) == Person("staff", owner.id, "lan", "Nguyễn Thị Lan", open_one)
    a.switch_off(store, "lan", by="an", at=NOW)
    assert s.person_of(store, open_one, NOW) is None
    assert a.account_named(store, "lan").disabled


def test_a_new_role_holds_in_open_sessions(store):
    """Nobody must sign in again to lose or gain a right."""
    owner = made(store)
    open_one = session(store, owner)
    a.change_role(store, "lan", "viewer", by="an", at=NOW)
    assert s.person_of(store, open_one, NOW).role == "viewer"


def test_a_new_password_ends_all_other_sessions(store):
    """The one it was changed from goes on."""
    owner = made(store)
    first, second = session(store, owner), session(store, owner)
    a.set_password(store, "lan", "other", by="lan", at=NOW, keep=first)
    assert s.alive(store, [first, second], NOW) == {first}


def test_a_link_works_once_and_for_half_an_hour(store):
    """A newer link ends the older ones; the database does not know the token."""
    made(store)
    first = a.make_link(store, "lan", by="an", at=NOW)
    second = a.make_link(store, "lan", by="an", at=NOW)
    assert a.account_of_link(store, first, NOW) is None
    assert a.account_of_link(store, second, NOW + a.LINK_LASTS) is None
    assert a.use_link(store, second, "set by link", NOW).name == "lan"
    assert a.account_named(store, "lan").password == "set by link"
    with pytest.raises(FaultError) as refused:
        a.use_link(store, second, "again", NOW)
    assert refused.value.faults[0].code == "accounts.dead_link"


def test_a_link_of_a_disabled_account_is_dead(store):
    """Switching off takes back what was handed out."""
    made(store, "an", "admin")
    made(store)
    token = a.make_link(store, "lan", by="an", at=NOW)
    a.switch_off(store, "lan", by="an", at=NOW)
    assert a.account_of_link(store, token, NOW) is None


def test_the_list_of_accounts_tells_who_was_here_when(store):
    """One row each, with the newest session's time; no hash in it."""
    owner = made(store)
    a.create_account(store, "an", "Lê An", "admin", by="test", at=NOW)
    session(store, owner, NOW + timedelta(hours=1))
    rows = a.all_accounts(store).to_dict("records")
    assert [(row["name"], row["disabled"], row["has_password"]) for row in rows] == [
        ("an", False, False), ("lan", False, True),
    ]  # fmt: skip
    assert rows[1]["seen_at"] == NOW + timedelta(hours=1) and "password" not in rows[1]


def test_somebody_of_an_identity_provider_is_found_by_subject(store):
    """They have no password at all."""
    a.create_account(store, "binh", "Phạm Bình", "viewer", by="oidc", at=NOW, subject="https://id.example sub1")
    found = a.account_of_subject(store, "https://id.example sub1")
    assert found.name == "binh" and found.password == ""
    assert a.account_of_subject(store, "https://id.example sub2") is None


def test_every_change_is_in_the_log_with_who_made_it(store):
    """Making, role, off, on, link, password."""
    made(store, "an", "admin")
    made(store)
    a.change_role(store, "lan", "approver", by="an", at=NOW)
    a.switch_off(store, "lan", by="an", at=NOW)
    a.switch_on(store, "lan", by="an")
    a.make_link(store, "lan", by="an", at=NOW)
    log = audit_log(store, who="an")
    assert list(log["what"]) == ["account.link", "account.on", "account.off", "account.role"]
    assert set(log["target"]) == {"lan"}


def test_a_link_can_let_its_owner_come_through_an_identity_provider(store):
    """Once; from then on by that subject alone, until another link sets a password: one way to sign in at a time."""
    owner = made(store)
    open_one = session(store, owner)
    token = a.make_link(store, "lan", by="an", at=NOW)
    assert a.use_link_for_subject(store, token, "https://id.example sub1", NOW).name == "lan"
    assert a.account_of_subject(store, "https://id.example sub1").password == ""
    assert s.person_of(store, open_one, NOW) is None
    assert [row["linked"] for row in a.all_accounts(store).to_dict("records")] == [True]
    with pytest.raises(FaultError):
        a.use_link_for_subject(store, token, "https://id.example sub2", NOW)
    a.use_link(store, a.make_link(store, "lan", by="an", at=NOW), "hash", NOW)
    assert a.account_of_subject(store, "https://id.example sub1") is None
    assert audit_log(store)["what"].tolist().count("account.linked") == 1


def test_a_subject_belongs_to_one_account(store):
    """A second account is refused it, and its link still works."""
    made(store)
    made(store, "binh")
    a.use_link_for_subject(store, a.make_link(store, "lan", by="an", at=NOW), "https://id.example sub1", NOW)
    token = a.make_link(store, "binh", by="an", at=NOW)
    with pytest.raises(FaultError) as refused:
        a.use_link_for_subject(store, token, "https://id.example sub1", NOW)
    assert refused.value.faults[0].code == "accounts.subject_taken"
    assert a.account_of_link(store, token, NOW).name == "binh"

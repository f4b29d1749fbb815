"""Sessions end by sign-out, idleness and age; guessing has to wait, but nobody is locked out for good."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.store import accounts as a
from core.store import open_store
from core.store import sessions as s
from core.store.audit import audit_log
from tests.core.store.test_accounts import NOW, made, session

MINUTE = timedelta(minutes=1)


def wrong(store, times, name="lan", address="10.0.0.1", at=NOW):
    """Some wrong passwords."""
    for _ in range(times):
        s.note_attempt(store, name, address, right=False, at=at)


def test_an_unknown_session_is_nobodys(store):
    """A made-up cookie, and the token's digest in the place of the token."""
    made(store)
    assert s.person_of(store, a.digest("made up"), NOW) is None


def test_a_signed_out_session_is_dead_and_stays_so(store):
    """The same cookie opens nothing later; ending it again writes no second entry."""
    owner = made(store)
    open_one = session(store, owner)
    for _ in range(2):
        s.end_session(store, open_one, why="sign_out", by="lan", at=NOW)
    assert s.person_of(store, open_one, NOW) is None
    assert list(audit_log(store)["what"]).count("session.ended") == 1


@pytest.mark.parametrize("role", ["viewer", "staff", "approver", "admin"])
def test_a_session_at_rest_ends_after_its_roles_time(store, role):
    """Use keeps it alive up to the last minute."""
    owner = made(store, role=role)
    open_one = session(store, owner)
    last = NOW + s.IDLE[role] - MINUTE
    assert s.person_of(store, open_one, last)
    s.touch(store, open_one, last)
    assert s.person_of(store, open_one, last + s.IDLE[role] - MINUTE) or last + s.IDLE[role] - MINUTE > NOW + s.ABSOLUTE
    assert s.person_of(store, open_one, last + s.IDLE[role]) is None


def test_no_session_outlives_half_a_day(store):
    """However busy it is."""
    open_one = session(store, made(store))
    for step in range(1, 48 * 12):
        s.touch(store, open_one, NOW + step * 15 * MINUTE / 12)
    assert s.person_of(store, open_one, NOW + s.ABSOLUTE) is None


def test_a_clock_that_goes_back_neither_ends_nor_lengthens_a_session(store):
    """Use written down at an earlier time changes nothing."""
    open_one = session(store, made(store))
    s.touch(store, open_one, NOW - timedelta(days=1))
    assert s.person_of(store, open_one, NOW)


def test_a_restart_forgets_neither_sessions_nor_attempts(store):
    """Another program on the same database knows both."""
    open_one = session(store, made(store))
    wrong(store, s.WRONG_BY_NAME)
    with open_store(store.url.render_as_string(hide_password=False)) as other:
        assert s.person_of(other, open_one, NOW)
        assert s.wait_for(other, "lan", "10.0.0.2", NOW) is not None


def test_five_wrong_passwords_wait_a_quarter_of_an_hour(store):
    """From any address, for that name only; then the way is open again."""
    wrong(store, s.WRONG_BY_NAME - 1)
    assert s.wait_for(store, "lan", "10.0.0.9", NOW) is None
    wrong(store, 1, name=" LAN ", address="10.0.0.2")
    assert s.wait_for(store, "lan", "10.0.0.9", NOW) == s.WINDOW
    assert s.wait_for(store, "an", "10.0.0.9", NOW) is None
    assert s.wait_for(store, "lan", "10.0.0.9", NOW + s.WINDOW) is None


def test_a_right_password_ends_the_counting_for_its_name(store):
    """Somebody who mistypes now and then never has to wait."""
    wrong(store, s.WRONG_BY_NAME - 1)
    s.note_attempt(store, "lan", "10.0.0.1", right=True, at=NOW + MINUTE)
    wrong(store, s.WRONG_BY_NAME - 1, at=NOW + 2 * MINUTE)
    assert s.wait_for(store, "lan", "10.0.0.1", NOW + 2 * MINUTE) is None


def test_an_own_account_buys_no_guesses_at_others(store):
    """The wrong ones of an address count on, whoever signs in there in between."""
    for number in range(s.WRONG_BY_ADDRESS):
        wrong(store, 1, name=f"user{number}")
    s.note_attempt(store, "lan", "10.0.0.1", right=True, at=NOW)
    assert s.wait_for(store, "lan", "10.0.0.1", NOW) == s.WINDOW
    assert s.wait_for(store, "lan", "10.0.0.2", NOW) is None


def test_a_hundred_wrong_ones_in_a_day_wait_for_the_next(store):
    """A slow guesser who keeps under the short limit is stopped too."""
    for number in range(s.WRONG_A_DAY):
        wrong(store, 1, at=NOW + number * 5 * MINUTE)
    later = NOW + s.WRONG_A_DAY * 5 * MINUTE + s.WINDOW
    assert s.wait_for(store, "lan", "10.0.0.9", later) == NOW + s.DAY - later
    assert s.wait_for(store, "lan", "10.0.0.9", NOW + s.DAY) is None


def test_ones_own_sessions_can_be_listed_and_ended(store):
    """All but the one that is looked from."""
    owner = made(store)
    first, second = session(store, owner), session(store, owner, NOW + MINUTE)
    assert list(s.open_sessions(store, owner.id, NOW + MINUTE)["token"]) == [second, first]
    s.end_sessions_of(store, owner.id, why="by_owner", by="lan", at=NOW, keep=second)
    assert s.alive(store, [first, second], NOW) == {second}


def test_a_session_that_has_lain_idle_is_not_listed(store):
    """What is listed is what still opens something."""
    owner = made(store)
    session(store, owner)
    assert s.open_sessions(store, owner.id, NOW + s.IDLE["staff"]).empty

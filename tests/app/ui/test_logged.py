"""What screens tell the audit log of: files taken away, and what was not somebody's to do."""

from __future__ import annotations

import pytest

from app.ui.context import Context
from app.ui.logged import log, log_export, log_refusal
from core.catalogue import load_catalogue
from core.errors import Fault, FaultError
from core.rights import Person
from core.store.audit import audit_log
from pages import frame
from tests.core.store.examples import WARD

LAN = Person("viewer", 7, "lan", "Nguyễn Lan")


def context(store, person: Person, year: int | None = 2020) -> Context:
    """A ward looked at by somebody."""
    catalogue = load_catalogue()
    return Context(store=store, catalogue=catalogue, unit=catalogue.unit(WARD), year=year, person=person)


def entries(store) -> list[tuple]:
    """Who, what, on what and the rest, newest first."""
    log = audit_log(store)
    return list(log[["who", "what", "target", "detail"]].itertuples(index=False, name=None))


def test_a_fault_that_is_no_want_of_a_right_is_no_refusal(sqlite_store):
    """A wrong value is everyday work."""
    log_refusal(context(sqlite_store, LAN), "duyet", FaultError([Fault("review.no_reason", params={"year": 2020})]))
    assert entries(sqlite_store) == []


@pytest.mark.parametrize("role", ["public", "local"])
def test_a_visitor_without_an_account_leaves_no_refusal(sqlite_store, role):
    """Nobody in particular was refused, and anybody could fill the log so."""
    log_refusal(context(sqlite_store, Person(role)), "duyet", FaultError([Fault("rights.not_enter")]))
    assert entries(sqlite_store) == []


def test_a_signed_in_person_who_is_refused_a_screen_or_an_action_leaves_one_entry(sqlite_store):
    """The frame still refuses, every time."""
    ctx = context(sqlite_store, LAN)
    screen = next(screen for screen in frame.SCREENS if screen.title == "review")
    for _ in range(3):
        with pytest.raises(FaultError):
            frame._render(screen, ctx)
    detail = '{"unit": "00238", "why": ["rights.not_enter"], "year": 2020}'
    assert entries(sqlite_store) == [("lan", "access.refused", "/duyet", detail)]


def test_a_file_is_told_of_with_ward_and_year_by_whoever_took_it(sqlite_store):
    """By name, or by the word for those without an account."""
    log_export(context(sqlite_store, LAN), "budget", "xlsx")
    log_export(context(sqlite_store, Person("public"), year=None), "budget", "png")
    log(context(sqlite_store, LAN), "file.refused", "a.exe", why=["kind"])
    assert entries(sqlite_store) == [
        ("lan", "file.refused", "a.exe", '{"unit": "00238", "why": ["kind"], "year": 2020}'),
        ("public", "export.made", "budget", '{"kind": "png", "unit": "00238"}'),
        ("lan", "export.made", "budget", '{"kind": "xlsx", "unit": "00238", "year": 2020}'),
    ]

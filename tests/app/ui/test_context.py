"""How people who signed something are shown."""

from __future__ import annotations

from datetime import UTC, datetime

import pandas as pd
from sqlalchemy import event

from app.ui.book import nameless
from app.ui.context import Context
from core.catalogue import load_catalogue
from core.rights import Person
from core.store.accounts import create_account
from tests.core.store.examples import WARD


def context(store, role: str) -> Context:
    """A ward looked at by somebody with a role."""
    catalogue = load_catalogue()
    return Context(store=store, catalogue=catalogue, unit=catalogue.unit(WARD), person=Person(role, name="lan"))


def rows(*who: str) -> pd.DataFrame:
    """Rows that these people signed, as core.store.sources gives them."""
    return pd.DataFrame({"who": list(who), "report": [""] * len(who)})


def test_a_sign_in_name_is_shown_as_the_full_name_where_an_account_bears_it(store):
    """A name that was typed before there were accounts stays; the public reads neither."""
    create_account(store, "lan", "Nguyễn Lan", "staff", by="test", at=datetime.now(UTC))
    signed = rows("ông Ba", "", "lan")
    assert nameless(context(store, "viewer"), signed)["who"].tolist() == ["ông Ba", "", "Nguyễn Lan"]
    assert nameless(context(store, "public"), signed)["who"].tolist() == ["", "", ""]


def test_two_who_share_a_full_name_are_told_apart(sqlite_store):
    """By the sign-in name behind it."""
    for name, full in (("lan", "Nguyễn Lan"), ("lan2", "Nguyễn Lan"), ("minh", "Trần Minh")):
        create_account(sqlite_store, name, full, "staff", by="test", at=datetime.now(UTC))
    shown = nameless(context(sqlite_store, "staff"), rows("lan", "lan2", "minh"))["who"].tolist()
    assert shown == ["Nguyễn Lan (lan)", "Nguyễn Lan (lan2)", "Trần Minh"]


def test_full_names_are_read_once_a_run_and_not_for_the_public(sqlite_store):
    """However many rows there are."""
    asked = []
    event.listen(sqlite_store.reader, "before_cursor_execute", lambda *given: asked.append(given[2]))
    ctx = context(sqlite_store, "staff")
    for _ in range(3):
        nameless(ctx, rows("an", "bình"))
    nameless(context(sqlite_store, "public"), rows("an"))
    assert len([words for words in asked if "FROM account" in words]) == 1

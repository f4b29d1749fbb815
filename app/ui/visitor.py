"""Who looks at a screen: what the gate in front of the server said of this tab, looked up anew in every run."""

from __future__ import annotations

from datetime import UTC, datetime

import streamlit as st

from app.server.routes import SIGN_IN, SIGN_OUT
from app.ui.elements import html, printed
from core.rights import LOCAL, PUBLIC, Person
from core.store import Store
from core.store.accounts import has_accounts
from core.store.sessions import person_of
from core.texts import text

NOBODY = Person("nobody")  # a role without any right


def visitor(store: Store) -> Person:
    """The person of this tab; NOBODY where no gate stands in front, or the session has ended."""
    mark = st.user.get("session") or ""
    if mark == PUBLIC or (mark == LOCAL and not has_accounts(store)):
        return Person(mark)
    return person_of(store, str(mark), datetime.now(UTC)) or NOBODY


def show_visitor(person: Person, lang: str) -> None:
    """Who is signed in and the way out, or the way in; nothing for the computer's own user."""
    if person.role == LOCAL:
        return
    if person.account is None:
        html(f'<p class="w-small"><a href="{SIGN_IN}" target="_self">{printed(text("server.sign_in", lang))}</a></p>')
        return
    role = text(f"rights.{person.role}", lang)
    html(
        f'<p class="w-small"><b>{printed(person.full_name)}</b><br>{printed(role)}<br>'
        f'<a href="{SIGN_OUT}" target="_self">{printed(text("server.sign_out", lang))}</a></p>'
    )


def turned_away(lang: str) -> None:
    """What stands where a screen would, for somebody who may not see any."""
    html(
        f'<h1 class="w-message">{printed(text("server.turned_away", lang))}</h1>'
        f'<p class="w-lead"><a href="{SIGN_IN}" target="_self">{printed(text("server.sign_in", lang))}</a></p>'
    )

"""Who looks at a screen: what the gate in front of the server said of this tab, looked up anew in every run."""

from __future__ import annotations

from datetime import UTC, datetime

import streamlit as st

from app.server.routes import OWN_SESSIONS, PASSWORD, SIGN_IN, SIGN_OUT
from app.server.visits import in_language
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
    """Who is signed in, the ways to their own account and out, or the way in; nothing for the computer's own user."""
    if person.role == LOCAL:
        return
    if person.account is None:
        html(f'<p class="w-small">{_way(SIGN_IN, "sign_in", lang)}</p>')
        return
    role = text(f"rights.{person.role}", lang)
    ways = ((OWN_SESSIONS, "own_sessions"), (PASSWORD, "change_password"), (SIGN_OUT, "sign_out"))
    links = "<br>".join(_way(path, name, lang) for path, name in ways)
    html(f'<p class="w-small"><b>{printed(person.full_name)}</b><br>{printed(role)}<br>{links}</p>')


def _way(path: str, name: str, lang: str) -> str:
    """A link to a page before Streamlit, in the same tab and language."""
    return f'<a href="{in_language(path, lang)}" target="_self">{printed(text(f"server.{name}", lang))}</a>'


def turned_away(lang: str) -> None:
    """What stands where a screen would, for somebody who may not see any."""
    html(
        f'<h1 class="w-message">{printed(text("server.turned_away", lang))}</h1>'
        f'<p class="w-lead">{_way(SIGN_IN, "sign_in", lang)}</p>'
    )

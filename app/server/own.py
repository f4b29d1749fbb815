"""What somebody who is signed in does with their own account: change the password, look at sessions and end them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from math import ceil

import pandas as pd

from app.server.answer import Scope
from app.server.passwords import LEAST, hash_password, is_password, password_faults
from app.server.routes import OWN_SESSIONS, PASSWORD, SIGN_IN, SIGN_OUT
from app.server.signin_page import Entry, Field, page, told
from app.server.visits import Visits, in_language
from app.views.devices import device_words
from core.errors import Fault
from core.rights import Person
from core.store.accounts import Account, account_named, set_password
from core.store.sessions import end_session, end_sessions_of, note_attempt, open_sessions, wait_for
from core.texts import text
from core.vi.format import format_moment

SHOWN = 16  # digits of a session's digest that stand for it in a form
Reply = tuple[int, bytes, dict[str, str]]


class OwnAccount:
    """The two pages of one's own account; a change of password and an ended session close their tabs at once."""

    def __init__(self, visits: Visits):
        self._visits = visits

    def password(self, scope: Scope, lang: str, person: Person, form: dict | None) -> Reply:
        """The form for a new password, which asks for the present one, and what became of a sent one."""
        person.require("own")
        store, now, address = self._visits.store(), datetime.now(UTC), self._visits.address(scope)
        owner = account_named(store, person.name)
        if not owner.password:
            said, title = text("server.no_own_password", lang), text("server.change_password", lang)
            return 200, page(lang, title, said=said, links=(_back(lang),)), {}
        if form is None:
            return 200, _password_page(lang), {}
        wait = wait_for(store, owner.name, address, now)
        if wait is not None:
            said, headers = waiting(wait, lang)
            return 429, _password_page(lang, said), headers
        right = is_password(owner.password, form.get("current", ""))
        note_attempt(store, owner.name, address, right=right, at=now)
        if not right:
            return 401, _password_page(lang, text("server.wrong_current", lang)), {}
        faults = _new_faults(owner, form)
        if faults:
            return 400, _password_page(lang, told(faults, lang)), {}
        set_password(store, owner.name, hash_password(form["password"]), by=owner.name, at=now)
        self._visits.tabs.look_now()
        cookie = self._visits.begin(scope, owner, "password")
        return 303, b"", {"Location": in_language(f"{OWN_SESSIONS}?moi=1", lang), "Set-Cookie": cookie}

    def sessions(self, scope: Scope, lang: str, query: dict, form: dict | None) -> Reply:
        """The sessions of one's account, each but this one with a button to end it."""
        person, store, now = self._visits.who(scope), self._visits.store(), datetime.now(UTC)
        if person is None:  # it ended between the gate and here
            return 303, b"", {"Location": in_language(SIGN_IN, lang)}
        person.require("own")
        known = open_sessions(store, person.account, now)
        if form is None:
            return 200, _sessions_page(lang, person, known, changed="moi" in query), {}
        if "all" in form:
            end_sessions_of(store, person.account, why="by_owner", by=person.name, at=now, keep=person.session)
            ended = [token for token in known["token"] if token != person.session]
        else:
            ended = [token for token in known["token"] if token[:SHOWN] == form.get("session")]
            for token in ended:
                end_session(store, token, why="by_owner", by=person.name, at=now)
        self._visits.tabs.close(ended)
        return 303, b"", {"Location": in_language(OWN_SESSIONS, lang)}


def waiting(wait: timedelta, lang: str) -> tuple[str, dict[str, str]]:
    """What somebody is told who has tried too often, and the header that tells a program."""
    seconds = wait.total_seconds()
    return text("server.must_wait", lang, minutes=ceil(seconds / 60)), {"Retry-After": str(ceil(seconds))}


def _new_faults(owner: Account, form: dict) -> list[Fault]:
    new = form.get("password", "")
    faults = password_faults(new, (owner.name, owner.full_name))
    if new != form.get("again"):
        faults.append(Fault("server.passwords_differ"))
    if new == form.get("current"):
        faults.append(Fault("server.same_password"))
    return faults


def _password_page(lang: str, wrong: str = "") -> bytes:
    fields = (
        Field("current", text("server.current_password", lang), "password", "current-password"),
        Field("password", text("server.new_password", lang, least=LEAST), "password", "new-password"),
        Field("again", text("server.again", lang), "password", "new-password"),
    )
    said = f"{text('server.password_ends_others', lang)} {text('server.password_hint', lang)}"
    title = text("server.change_password", lang)
    return page(lang, title, wrong, said=said, fields=fields, button=title, links=(_back(lang),))


def _sessions_page(lang: str, person: Person, known: pd.DataFrame, *, changed: bool) -> bytes:
    entries = tuple(_entry(lang, row, here=row["token"] == person.session) for row in known.to_dict("records"))
    others = (("all", "1", text("server.end_others", lang)),) if len(entries) > 2 else ()
    links = (
        (in_language(PASSWORD, lang), text("server.change_password", lang)),
        (in_language(SIGN_OUT, lang), text("server.sign_out", lang)),
        _back(lang),
    )
    said = text("server.password_changed" if changed else "server.sessions_lead", lang)
    title = text("server.own_sessions", lang)
    return page(lang, title, said=said, entries=entries, deeds=others, links=links)


def _entry(lang: str, row: dict, *, here: bool) -> Entry:
    said = (
        text("server.session_where", lang, address=row["address"]),
        text("server.session_began", lang, began=format_moment(row["began_at"])),
        text("server.session_seen", lang, seen=format_moment(row["seen_at"])),
    )
    title = device_words(row["agent"], lang)
    if here:
        return Entry(title, said, mark=text("server.this_session", lang))
    return Entry(title, said, deed=("session", row["token"][:SHOWN], text("server.end_session", lang)))


def _back(lang: str) -> tuple[str, str]:
    return in_language("/", lang), text("server.back_home", lang)

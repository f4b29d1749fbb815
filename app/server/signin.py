"""Signing in and out and setting a password: plain forms before Streamlit, so that the cookie never meets a script."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from urllib.parse import urlencode, urlsplit

from app.server.answer import ASGIApp, Receive, Scope, Send, answer, header
from app.server.house import House
from app.server.own import OwnAccount, waiting
from app.server.passwords import LEAST, hash_password, is_outdated, is_password, password_faults
from app.server.routes import OWN_SESSIONS, PASSWORD, SIGN_IN, SIGN_OUT, SSO_START
from app.server.signin_page import Field, page, told
from app.server.tabs import TABS, Tabs
from app.server.visits import Visits, fields_of, in_language, language_of, query_of
from core.errors import Fault, FaultError
from core.store import Store
from core.store.accounts import Account, account_named, account_of_link, has_accounts, rehash, use_link
from core.store.sessions import note_attempt, wait_for
from core.texts import text

LARGEST_FORM = 8_192  # bytes
HTML = "text/html; charset=utf-8"
Reply = tuple[int, bytes, dict[str, str]]


class SignIn:
    """ASGI middleware that answers for signing in and out, passwords and one's own sessions; the rest is the app's.

    `sso` says whether one may come through an identity provider (app.server.sso) as well.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        store: Callable[[], Store],
        house: House,
        pages: Iterable[str],
        sso: bool = False,
        tabs: Tabs = TABS,
    ):
        self.app = app
        self._visits = Visits(store=store, house=house, pages=pages, tabs=tabs)
        self._sso = sso
        own = OwnAccount(self._visits)
        self._own_password = own.password
        self.answers: dict[str, Callable[[Scope, str, dict, dict | None], Reply]] = {
            SIGN_IN: self._sign_in, SIGN_OUT: self._sign_out, PASSWORD: self._password, OWN_SESSIONS: own.sessions,
        }  # fmt: skip

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Show a form, or take one that was sent from our own page."""
        found = self.answers.get(scope["path"]) if scope["type"] == "http" else None
        if found is None:
            await self.app(scope, receive, send)
            return
        query = query_of(scope)
        lang = language_of(query)
        if scope["method"] == "POST":
            form = await _form(receive)
            if form is None or not _from_our_page(scope):
                refusal = page(lang, text("server.sign_in", lang), text("server.foreign_form", lang))
                status, body, extra = 403, refusal, {}
            else:
                status, body, extra = await asyncio.to_thread(found, scope, lang, query, form)
        elif scope["method"] in ("GET", "HEAD"):
            status, body, extra = await asyncio.to_thread(found, scope, lang, query, None)
        else:
            status, body, extra = 405, b"", {"Allow": "GET, HEAD, POST"}
        await answer(scope, send, status, body, {"Content-Type": HTML} | extra)

    def _sign_in(self, scope: Scope, lang: str, query: dict, form: dict | None) -> Reply:
        store = self._visits.store()
        if form is None:
            nobody = "" if has_accounts(store) else text("server.no_accounts", lang)
            return 200, self._sign_in_page(lang, query, nobody, self._said(scope, lang, query)), {}
        name, password, now = form.get("name", ""), form.get("password", ""), datetime.now(UTC)
        address = self._visits.address(scope)
        wait = wait_for(store, name, address, now)
        if wait is not None:
            said, headers = waiting(wait, lang)
            return 429, self._sign_in_page(lang, query, said, name=name), headers
        owner = account_named(store, name)
        right = is_password(owner.password if owner and not owner.disabled else "", password)
        note_attempt(store, name, address, right=right, at=now)
        if not right:
            return 401, self._sign_in_page(lang, query, text("server.wrong_password", lang), name=name), {}
        if is_outdated(owner.password):
            rehash(store, owner.id, hash_password(password))
        cookie = self._visits.begin(scope, owner, "password")
        return 303, b"", {"Location": self._visits.way_on(query.get("next", "/")), "Set-Cookie": cookie}

    def _said(self, scope: Scope, lang: str, query: dict) -> str:
        """What stands above the empty form: that a password was set, or who is signed in here already."""
        if "moi" in query:
            return text("server.password_is_set", lang)
        person = self._visits.who(scope)
        return "" if person is None else text("server.signed_in_as", lang, name=person.full_name)

    def _sign_in_page(self, lang: str, query: dict, wrong: str, said: str = "", name: str = "") -> bytes:
        fields = (
            Field("name", text("server.name", lang), "text", "username", value=name),
            Field("password", text("server.password", lang), "password", "current-password"),
        )
        public = text("server.look_without", lang) if self._visits.house.public else ""
        title = text("server.sign_in", lang)
        ways = self._other_ways(lang, {"next": query["next"]} if "next" in query else {})
        return page(lang, title, wrong, said=said, fields=fields, button=title, ways=ways,
                    links=((in_language("/", lang), public),))  # fmt: skip

    def _other_ways(self, lang: str, kept: dict[str, str]) -> tuple[tuple[str, str], ...]:
        """The button that leads to the identity provider, where there is one; `kept` comes back with the visitor."""
        path = SSO_START + (f"?{urlencode(kept)}" if kept else "")
        return ((in_language(path, lang), text("server.sso_button", lang)),) if self._sso else ()

    def _sign_out(self, scope: Scope, lang: str, query: dict, form: dict | None) -> Reply:
        title = text("server.sign_out", lang)
        home = (in_language("/", lang), text("server.back_home", lang))
        if form is None:
            return 200, page(lang, title, said=text("server.sign_out_ask", lang), button=title, links=(home,)), {}
        self._visits.end(scope, "sign_out")
        gone = self._visits.cookie(self._visits.house.cookie, "", seconds=0)
        return 303, b"", {"Location": in_language(SIGN_IN, lang), "Set-Cookie": gone}

    def _password(self, scope: Scope, lang: str, query: dict, form: dict | None) -> Reply:
        token, now, store = query.get("ma", ""), datetime.now(UTC), self._visits.store()
        person = None if token else self._visits.who(scope)
        if person is not None:
            return self._own_password(scope, lang, person, form)
        owner = account_of_link(store, token, now)
        if owner is None:
            title = text("server.dead_link_title", lang)
            return 410, page(lang, title, told([Fault("accounts.dead_link")], lang)), {}
        if form is None:
            return 200, self._password_page(lang, token, owner), {}
        faults = password_faults(form.get("password", ""), (owner.name, owner.full_name))
        if form.get("password") != form.get("again"):
            faults.append(Fault("server.passwords_differ"))
        if faults:
            return 400, self._password_page(lang, token, owner, faults), {}
        try:
            use_link(store, token, hash_password(form["password"]), now)
        except FaultError as refused:  # somebody used it a moment ago
            return 410, page(lang, text("server.dead_link_title", lang), told(refused.faults, lang)), {}
        self._visits.tabs.look_now()
        return 303, b"", {"Location": in_language(f"{SIGN_IN}?moi=1", lang)}

    def _password_page(self, lang: str, token: str, owner: Account, faults: Iterable[Fault] = ()) -> bytes:
        fields = (
            Field("password", text("server.new_password", lang, least=LEAST), "password", "new-password"),
            Field("again", text("server.again", lang), "password", "new-password"),
        )
        title = text("server.set_password_for", lang, name=owner.full_name)
        hint = text("server.password_hint", lang)
        return page(lang, title, told(faults, lang), said=hint, fields=fields, button=text("server.set_password", lang),
                    ways=self._other_ways(lang, {"ma": token}))  # fmt: skip


def _from_our_page(scope: Scope) -> bool:
    """Whether a form was sent from a page of this very host: a browser names the origin of every POST."""
    origin = header(scope, "origin")
    return bool(origin) and urlsplit(origin).netloc == header(scope, "host")


async def _form(receive: Receive) -> dict[str, str] | None:
    """The fields of a sent form; None for one that is too large."""
    body, more = b"", True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
        if len(body) > LARGEST_FORM:
            return None
    return fields_of(body.decode("utf-8", errors="replace"))

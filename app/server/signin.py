"""Signing in and out and setting a password: plain forms before Streamlit, so that the cookie never meets a script."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from math import ceil
from urllib.parse import parse_qs, unquote, urlsplit

from app.server.answer import ASGIApp, Receive, Scope, Send, answer, header
from app.server.gate import cookie_of
from app.server.house import House
from app.server.passwords import LEAST, hash_password, is_outdated, is_password, password_faults
from app.server.routes import PASSWORD, SIGN_IN, SIGN_OUT
from app.server.signin_page import Field, page
from app.server.tabs import TABS, Tabs
from core.errors import Fault, FaultError
from core.store import Store
from core.store.accounts import Account, account_named, account_of_link, digest, has_accounts, rehash, use_link
from core.store.sessions import begin_session, end_session, note_attempt, person_of, wait_for
from core.texts import LANGUAGES, text

LARGEST_FORM = 8_192  # bytes
HTML = "text/html; charset=utf-8"


class SignIn:
    """ASGI middleware that answers for the three addresses of signing in and leaves all else to the app."""

    def __init__(
        self, app: ASGIApp, *, store: Callable[[], Store], house: House, pages: Iterable[str], tabs: Tabs = TABS
    ):
        self.app = app
        self._store = store
        self._house = house
        self._pages = frozenset({"/", *(f"/{name}" for name in pages)})
        self._tabs = tabs
        self._answers = {SIGN_IN: self._sign_in, SIGN_OUT: self._sign_out, PASSWORD: self._password}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Show a form, or take one that was sent from our own page."""
        found = self._answers.get(scope["path"]) if scope["type"] == "http" else None
        if found is None:
            await self.app(scope, receive, send)
            return
        query = _fields(scope["query_string"].decode("latin-1"))
        lang = next((name for name in LANGUAGES if text("frame.language", name) == query.get("lang")), LANGUAGES[0])
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

    def _sign_in(self, scope: Scope, lang: str, query: dict, form: dict | None) -> tuple[int, bytes, dict]:
        store = self._store()
        if form is None:
            said = text("server.password_is_set", lang) if "moi" in query else ""
            nobody = "" if has_accounts(store) else text("server.no_accounts", lang)
            return 200, self._sign_in_page(lang, nobody, said), {}
        name, password, now = form.get("name", ""), form.get("password", ""), datetime.now(UTC)
        address = self._address(scope)
        wait = wait_for(store, name, address, now)
        if wait is not None:
            minutes = ceil(wait.total_seconds() / 60)
            said = text("server.must_wait", lang, minutes=minutes)
            return 429, self._sign_in_page(lang, said, name=name), {"Retry-After": str(ceil(wait.total_seconds()))}
        owner = account_named(store, name)
        right = is_password(owner.password if owner and not owner.disabled else "", password)
        note_attempt(store, name, address, right=right, at=now)
        if not right:
            return 401, self._sign_in_page(lang, text("server.wrong_password", lang), name=name), {}
        if is_outdated(owner.password):
            rehash(store, owner.id, hash_password(password))
        self._end(scope, "signed_in_again")
        token = begin_session(
            store, owner, method="password", address=address, agent=header(scope, "user-agent"), at=now
        )
        return 303, b"", {"Location": self._way_on(query), "Set-Cookie": self._cookie(token)}

    def _sign_in_page(self, lang: str, wrong: str, said: str = "", name: str = "") -> bytes:
        fields = (
            Field("name", text("server.name", lang), "text", "username", value=name),
            Field("password", text("server.password", lang), "password", "current-password"),
        )
        public = text("server.look_without", lang) if self._house.public else ""
        title = text("server.sign_in", lang)
        return page(lang, title, wrong, said=said, fields=fields, button=title, link=("/", public))

    def _sign_out(self, scope: Scope, lang: str, query: dict, form: dict | None) -> tuple[int, bytes, dict]:
        title = text("server.sign_out", lang)
        home = ("/", text("server.back_home", lang))
        if form is None:
            return 200, page(lang, title, said=text("server.sign_out_ask", lang), button=title, link=home), {}
        self._end(scope, "sign_out")
        gone = f"{self._house.cookie}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax{self._secure()}"
        return 303, b"", {"Location": SIGN_IN, "Set-Cookie": gone}

    def _password(self, scope: Scope, lang: str, query: dict, form: dict | None) -> tuple[int, bytes, dict]:
        token, now, store = query.get("ma", ""), datetime.now(UTC), self._store()
        owner = account_of_link(store, token, now)
        if owner is None:
            title = text("server.dead_link_title", lang)
            return 410, page(lang, title, Fault("accounts.dead_link").sentence(lang)), {}
        if form is None:
            return 200, self._password_page(lang, owner), {}
        faults = password_faults(form.get("password", ""), (owner.name, owner.full_name))
        if form.get("password") != form.get("again"):
            faults.append(Fault("server.passwords_differ"))
        if faults:
            return 400, self._password_page(lang, owner, faults), {}
        try:
            use_link(store, token, hash_password(form["password"]), now)
        except FaultError as refused:  # somebody used it a moment ago
            return 410, page(lang, text("server.dead_link_title", lang), refused.faults[0].sentence(lang)), {}
        return 303, b"", {"Location": f"{SIGN_IN}?moi=1"}

    def _password_page(self, lang: str, owner: Account, faults: Iterable[Fault] = ()) -> bytes:
        fields = (
            Field("password", text("server.new_password", lang, least=LEAST), "password", "new-password"),
            Field("again", text("server.again", lang), "password", "new-password"),
        )
        title = text("server.set_password_for", lang, name=owner.full_name)
        wrong = " ".join(fault.sentence(lang) for fault in faults)
        hint = text("server.password_hint", lang)
        return page(lang, title, wrong, said=hint, fields=fields, button=text("server.set_password", lang))

    def _end(self, scope: Scope, why: str) -> None:
        """End the session that the browser's cookie names, and close its tabs."""
        session, now = digest(cookie_of(scope, self._house.cookie)), datetime.now(UTC)
        person = person_of(self._store(), session, now)
        if person is not None:
            end_session(self._store(), session, why=why, by=person.name, at=now)
            self._tabs.close([session])

    def _address(self, scope: Scope) -> str:
        """Where the visitor comes from: what the proxy in front says last, else the other end of the line."""
        if self._house.proxied:
            return header(scope, "x-forwarded-for").rpartition(",")[2].strip()[:64]
        return (scope.get("client") or ("", 0))[0]

    def _way_on(self, query: dict) -> str:
        """Where the visitor wanted to go: a page of ours, never another site."""
        wanted = query.get("next", "/")
        parts = urlsplit(wanted)
        ours = not parts.scheme and not parts.netloc and unquote(parts.path) in self._pages and "\\" not in wanted
        return wanted if ours else "/"

    def _cookie(self, token: str) -> str:
        return f"{self._house.cookie}={token}; Path=/; HttpOnly; SameSite=Lax{self._secure()}"

    def _secure(self) -> str:
        return "; Secure" if self._house.https else ""


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
    return _fields(body.decode("utf-8", errors="replace"))


def _fields(encoded: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(encoded, keep_blank_values=True).items()}

"""The gate: finds out who asks, refuses what their role may not, and tells Streamlit who they are."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from http.cookies import CookieError, SimpleCookie
from urllib.parse import quote, urlsplit

from app.server.answer import ASGIApp, Receive, Scope, Send, answer, header
from app.server.house import House
from app.server.routes import SIGN_IN, right_of, route_of
from app.server.tabs import TABS, Tab, Tabs
from core.rights import LOCAL, PUBLIC, Person
from core.store import Store
from core.store.accounts import digest, has_accounts
from core.store.audit import note_once, signature
from core.store.sessions import alive, person_of, touch

HEADER = b"x-ward-session"  # what Streamlit is told; no visitor can send one of their own
OURS = b"x-ward-"
CHECK_EVERY = 10  # seconds between two looks at sessions that another process may have ended
LEFT = 4401  # the websocket's closing code for "you are no longer signed in"


class Gate:
    """ASGI middleware in front of every address and of the websocket.

    `store` gives the store when first asked; `routes` the right each address takes (app.server.routes); `farewell` is
    the message that sends an open tab to the sign-in page, in Streamlit's own form.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        store: Callable[[], Store],
        house: House,
        routes: Mapping[str, str],
        farewell: bytes = b"",
        tabs: Tabs = TABS,
    ):
        self.app = app
        self._store = store
        self._house = house
        self._routes = routes
        self._farewell = farewell
        self._tabs = tabs
        self._watch: asyncio.Task | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let in who may come in; send to the sign-in page or refuse who may not."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        scope["headers"] = [(name, value) for name, value in scope["headers"] if not name.lower().startswith(OURS)]
        right = right_of(scope["path"], self._routes)
        if right:
            await self._with_person(right, scope, receive, send)
        elif right is None:
            await self._refuse(scope, receive, send, 404)
        else:
            await self.app(scope, receive, send)

    async def _with_person(self, right: str, scope: Scope, receive: Receive, send: Send) -> None:
        person = await asyncio.to_thread(who_asks, self._store(), self._house, scope)
        if person is None or not person.may(right):
            if person is not None and person.account is not None:
                await self._log_refusal(person, scope, right)
            await self._refuse(scope, receive, send, 401 if person is None or person.role == PUBLIC else 403)
            return
        scope["headers"] = [*scope["headers"], (HEADER, _mark(person).encode("latin-1"))]
        if scope["type"] == "http":
            await self.app(scope, receive, send)
        elif not _same_origin(scope):
            if person.account is not None:
                await self._log_refusal(person, scope, "foreign_page")
            await self._refuse(scope, receive, send, 403)
        else:
            await self._with_tab(person, scope, receive, send)

    async def _log_refusal(self, person: Person, scope: Scope, why: str) -> None:
        """The entry of somebody signed in who was refused an address: `why` is the right it takes, or what was wrong.

        Of a folder its own address, so that made-up names in it cannot flood the log.
        """
        target = route_of(scope["path"], self._routes)
        await asyncio.to_thread(note_once, self._store(), signature(person), "access.refused", target, {"why": [why]})

    async def _refuse(self, scope: Scope, receive: Receive, send: Send, status: int) -> None:
        if scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": 4000 + status})
        elif status == 401 and scope["method"] == "GET" and "text/html" in header(scope, "accept"):
            query = scope["query_string"].decode("latin-1")
            way_back = quote(scope["path"] + (f"?{query}" if query else ""), safe="")
            await answer(scope, send, 303, b"", {"Location": f"{SIGN_IN}?next={way_back}"})
        else:
            await answer(scope, send, status, b"", {"Content-Type": "text/plain"})

    async def _with_tab(self, person: Person, scope: Scope, receive: Receive, send: Send) -> None:
        """A websocket until either side ends it, or its session ends."""
        session, tab = _mark(person), Tab()
        if person.account is not None:
            self._tabs.add(session, tab)
            self._start_watch()
        leaving = asyncio.ensure_future(tab.told_to_leave())

        async def receive_or_leave() -> dict:
            coming = asyncio.ensure_future(receive())
            await asyncio.wait((coming, leaving), return_when=asyncio.FIRST_COMPLETED)
            if leaving.done():
                coming.cancel()
                await self._say_farewell(send)
                return {"type": "websocket.disconnect", "code": LEFT}
            message = coming.result()
            if message["type"] == "websocket.receive" and person.account is not None:
                self._tabs.use(session)
            return message

        try:
            await self.app(scope, receive_or_leave, send)
        finally:
            leaving.cancel()
            if person.account is not None:
                self._tabs.remove(session, tab)

    async def _say_farewell(self, send: Send) -> None:
        with suppress(RuntimeError, OSError):  # the browser may have gone first
            if self._farewell:
                await send({"type": "websocket.send", "bytes": self._farewell})
            await send({"type": "websocket.close", "code": LEFT})

    def _start_watch(self) -> None:
        if self._watch is None or self._watch.done():
            self._watch = asyncio.ensure_future(self._look_after_tabs())

    async def _look_after_tabs(self) -> None:
        """While tabs are open: write down which sessions are in use, close those that have ended elsewhere."""
        while sessions := self._tabs.sessions():
            ended = await asyncio.to_thread(_ended, self._store(), sessions, self._tabs.take_used())
            self._tabs.close(ended)
            await self._tabs.next_look(CHECK_EVERY)


def who_asks(store: Store, house: House, scope: Scope) -> Person | None:
    """Whose request it is: a session's, the computer's own user's, the public's, or nobody's."""
    token = cookie_of(scope, house.cookie)
    person = person_of(store, digest(token), datetime.now(UTC)) if token else None
    if person is not None:
        return person
    if house.loopback and not has_accounts(store):
        return Person(LOCAL)
    return Person(PUBLIC) if house.public else None


def cookie_of(scope: Scope, name: str) -> str:
    """The value of a cookie, "" where the browser sent none or something that is no cookie."""
    jar = SimpleCookie()
    with suppress(CookieError):
        jar.load(header(scope, "cookie"))
    return jar[name].value if name in jar else ""


def _mark(person: Person) -> str:
    """What stands for a person in Streamlit: the session's digest, or the word for somebody without one."""
    return person.session or person.role


def _same_origin(scope: Scope) -> bool:
    """Whether a websocket comes from a page of this very host; a browser always says where it comes from."""
    origin = header(scope, "origin")
    return bool(origin) and urlsplit(origin).netloc == header(scope, "host")


def _ended(store: Store, sessions: set[str], used: set[str]) -> set[str]:
    now = datetime.now(UTC)
    for session in used:
        touch(store, session, now)
    return sessions - alive(store, sessions, now)

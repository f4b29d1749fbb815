"""What every way of signing in shares: whose session a browser holds, a new one, its cookie, its end, the way on."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from urllib.parse import parse_qs, unquote, urlsplit

from app.server.answer import Scope, header
from app.server.gate import cookie_of
from app.server.house import House
from app.server.routes import OWN_SESSIONS, PASSWORD, PRESENT
from app.server.tabs import TABS, Tabs
from core.rights import Person
from core.store import Store
from core.store.accounts import Account, digest
from core.store.sessions import begin_session, end_session, person_of
from core.texts import LANGUAGES, text

_STORY = re.compile(PRESENT + r"[0-9a-f]{10,64}/(?:[0-9]{1,9}|[a-z-]{1,20})")  # a freeze told as a story


class Visits:
    """The sessions of browsers in front of one store; `pages` are the screens one may go on to after signing in."""

    def __init__(self, *, store: Callable[[], Store], house: House, pages: Iterable[str], tabs: Tabs = TABS):
        self.store = store
        self.house = house
        self.tabs = tabs
        self._pages = frozenset({"/", OWN_SESSIONS, PASSWORD, *(f"/{name}" for name in pages)})

    def who(self, scope: Scope) -> Person | None:
        """Who is signed in in this browser."""
        token = cookie_of(scope, self.house.cookie)
        return person_of(self.store(), digest(token), datetime.now(UTC)) if token else None

    def begin(self, scope: Scope, owner: Account, method: str) -> str:
        """Start a session, ending the one this browser held; what Set-Cookie then says. `method`: password or oidc."""
        self.end(scope, "signed_in_again")
        token = begin_session(
            self.store(), owner, method=method, address=self.address(scope), agent=header(scope, "user-agent"),
            at=datetime.now(UTC),
        )  # fmt: skip
        return self.cookie(self.house.cookie, token)

    def end(self, scope: Scope, why: str) -> None:
        """End the session that the browser's cookie names, and close its tabs."""
        person = self.who(scope)
        if person is not None:
            end_session(self.store(), person.session, why=why, by=person.name, at=datetime.now(UTC))
            self.tabs.close([person.session])

    def cookie(self, name: str, value: str, seconds: int | None = None) -> str:
        """What Set-Cookie says: out of reach of scripts, for this host; `seconds` to keep it, None while it is open."""
        age = "" if seconds is None else f"; Max-Age={seconds}"
        secure = "; Secure" if self.house.https else ""
        return f"{name}={value}; Path=/{age}; HttpOnly; SameSite=Lax{secure}"

    def address(self, scope: Scope) -> str:
        """Where the visitor comes from: what the proxy in front says last, else the other end of the line."""
        if self.house.proxied:
            return header(scope, "x-forwarded-for").rpartition(",")[2].strip()[:64]
        return (scope.get("client") or ("", 0))[0]

    def way_on(self, wanted: str) -> str:
        """Where a visitor wanted to go: a page of ours or a conference that is presented, never another site."""
        if not wanted.startswith("/") or "\\" in wanted or not (wanted.isascii() and wanted.isprintable()):
            return "/"
        parts = urlsplit(wanted)
        ours = unquote(parts.path) in self._pages or _STORY.fullmatch(parts.path) is not None
        return wanted if ours and not parts.scheme and not parts.netloc else "/"


def fields_of(encoded: str) -> dict[str, str]:
    """The fields of a form or a query, the first value of each."""
    return {name: values[0] for name, values in parse_qs(encoded, keep_blank_values=True).items()}


def query_of(scope: Scope) -> dict[str, str]:
    """What stands behind the question mark of an address."""
    return fields_of(scope["query_string"].decode("latin-1"))


def language_of(query: dict[str, str]) -> str:
    """The language that an address asks for, the first one where it asks for none."""
    return next((name for name in LANGUAGES if text("frame.language", name) == query.get("lang")), LANGUAGES[0])


def in_language(path: str, lang: str) -> str:
    """An address of ours that answers in a language."""
    return path if lang == LANGUAGES[0] else f"{path}{'&' if '?' in path else '?'}lang={text('frame.language', lang)}"

"""Signing in with an account of the organisation (OpenID Connect), which ends in the same session as a password does.

Nobody gets in whom no administrator has let in: an account is tied to a person at the provider by the one-time link
with which others set a password, never by a name or an e-mail address that a provider hands out.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import asdict
from datetime import UTC, datetime
from secrets import compare_digest
from urllib.parse import urlencode

from app.server.answer import ASGIApp, Receive, Scope, Send, answer, header
from app.server.gate import cookie_of
from app.server.house import House
from app.server.provider import Journey, Provider
from app.server.routes import SIGN_IN, SSO_BACK, SSO_START
from app.server.signin_page import page, told
from app.server.tabs import TABS, Tabs
from app.server.visits import Visits, fields_of, in_language, language_of, query_of
from core.errors import Fault, FaultError
from core.settings import IdentityProvider
from core.store import Store
from core.store.accounts import Account, account_of_link, account_of_subject, use_link_for_subject
from core.store.audit import note
from core.texts import text

LASTS = 600  # seconds a visitor has for signing in at the provider
LONGEST_WAY = 1_500  # characters of the address to go on to that a cookie keeps
HTML = "text/html; charset=utf-8"
# why somebody did not get in -> the status it is answered with
STATUS = {
    "sso.lost": 400, "sso.elsewhere": 403, "sso.refused": 403, "sso.unknown": 403, "sso.disabled": 403,
    "accounts.dead_link": 410, "accounts.subject_taken": 403, "sso.bad_answer": 502, "sso.unreachable": 502,
}  # fmt: skip


class SingleSignOn:
    """ASGI middleware that sends a visitor to the identity provider and takes whoever comes back; the rest is the app.

    What must come back stands in a cookie out of reach of scripts: no table grows by visitors who never return.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        store: Callable[[], Store],
        house: House,
        pages: Iterable[str],
        settings: IdentityProvider,
        tabs: Tabs = TABS,
    ):
        self.app = app
        self._visits = Visits(store=store, house=house, pages=pages, tabs=tabs)
        self._provider = Provider(settings)
        self._issuer = settings.issuer
        self._cookie = "__Host-ward_sso" if house.https else "ward_sso"
        self.answers = {SSO_START: self._start, SSO_BACK: self._back}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send on to where the visitor goes next, or say in a sentence why they are not signed in."""
        found = self.answers.get(scope["path"]) if scope["type"] == "http" else None
        if found is None:
            await self.app(scope, receive, send)
            return
        if scope["method"] != "GET":
            await answer(scope, send, 405, b"", {"Content-Type": HTML, "Allow": "GET"})
            return
        query = query_of(scope)
        kept = fields_of(cookie_of(scope, self._cookie)) if found == self._back else query
        lang = language_of(kept)
        try:
            location, cookies = await found(scope, query, kept)
        except FaultError as refused:
            body = page(lang, text("sso.not_signed_in", lang), told(refused.faults, lang),
                        links=((in_language(SIGN_IN, lang), text("sso.again", lang)),))  # fmt: skip
            await answer(scope, send, STATUS[refused.faults[0].code], body, {"Content-Type": HTML})
            return
        await answer(scope, send, 303, b"", {"Location": location}, [("Set-Cookie", each) for each in cookies])

    async def _start(self, scope: Scope, query: dict, _kept: dict) -> tuple[str, list[str]]:
        """To the provider, with a cookie of what must come back."""
        token = query.get("ma", "")
        if token:
            await asyncio.to_thread(self._check_link, scope, token)
        url, journey = await self._provider.begin(self._back_address(scope))
        way = query.get("next", "/")
        kept = asdict(journey) | {"ma": token, "next": way if len(way) <= LONGEST_WAY else "/"}
        kept |= {"lang": query["lang"]} if "lang" in query else {}
        return url, [self._visits.cookie(self._cookie, urlencode(kept), seconds=LASTS)]

    def _check_link(self, scope: Scope, token: str) -> None:
        """Refuse a dead link, and one that another site's page opened: it would tie its reader to a foreign account."""
        if header(scope, "sec-fetch-site") != "same-origin":
            raise FaultError([Fault("sso.elsewhere")])
        if account_of_link(self._visits.store(), token, datetime.now(UTC)) is None:
            raise FaultError([Fault("accounts.dead_link")])

    async def _back(self, scope: Scope, query: dict, kept: dict) -> tuple[str, list[str]]:
        """To the page that was wanted, with the cookie of a new session."""
        state = kept.get("state", "")
        if not state or not compare_digest(query.get("state", "").encode(), state.encode()):
            raise FaultError([Fault("sso.lost")])
        if query.get("iss", self._issuer) != self._issuer:
            raise FaultError([Fault("sso.bad_answer")])
        if not query.get("code"):
            raise FaultError([Fault("sso.refused")])
        journey = Journey(state, kept.get("nonce", ""), kept.get("verifier", ""))
        subject = await self._provider.subject(self._back_address(scope), query["code"], journey)
        session = await asyncio.to_thread(self._begin, scope, subject, kept.get("ma", ""))
        done = self._visits.cookie(self._cookie, "", seconds=0)
        return self._visits.way_on(kept.get("next", "/")), [session, done]

    def _begin(self, scope: Scope, subject: str, link: str) -> str:
        """The cookie of a session for the account that this subject has, or gets by a one-time link."""
        store, now = self._visits.store(), datetime.now(UTC)
        if link:
            owner = use_link_for_subject(store, link, subject, now)
            self._visits.tabs.look_now()
        else:
            owner = account_of_subject(store, subject)
        if owner is None or owner.disabled:
            raise self._turned_away(scope, subject, owner)
        return self._visits.begin(scope, owner, "oidc")

    def _turned_away(self, scope: Scope, subject: str, owner: Account | None) -> FaultError:
        why, name = ("unknown", "") if owner is None else ("disabled", owner.name)
        detail = {"method": "oidc", "why": why, "subject": subject}
        note(self._visits.store(), name, "session.refused", self._visits.address(scope), detail)
        return FaultError([Fault(f"sso.{why}")])

    def _back_address(self, scope: Scope) -> str:
        """Where the provider sends a visitor back to; it takes only the address that it was told of beforehand."""
        return f"{'https' if self._visits.house.https else 'http'}://{header(scope, 'host')}{SSO_BACK}"

"""The presentation mode at an address of its own: one freeze told as a story, sent whole: it then needs no server."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import NamedTuple

from app.exports.offline import deck_html, policy
from app.server.answer import (
    ASK_AGAIN,
    UNCHANGED,
    ASGIApp,
    Receive,
    Scope,
    Send,
    answer,
    has_already,
    reads,
    squeeze,
    takes_gzip,
)
from app.server.house import House
from app.server.routes import PRESENT
from app.server.signin_page import page, told
from app.server.visits import Visits, in_language, language_of, query_of
from app.story.frozen import open_freeze
from app.story.telling import deck_of
from core.errors import Fault, FaultError
from core.store import Store
from core.store.freezes import Freeze, freeze_of_mark
from core.store.stories import Story, story_of
from core.texts import text

DEFAULT = "mac-dinh"  # the story of a freeze that nobody arranged
SCREEN = "/hoi-nghi"  # where presenting begins, and where it leads back where the address names no other screen
BACK = "ve"  # what an address calls the screen to go back to
MOST_KEPT = 4  # pages of five megabytes
HTML = "text/html; charset=utf-8"


class Page(NamedTuple):
    """A page as it is sent, plain and as gzip, and the tag by which a browser knows whether it has it already."""

    plain: bytes
    squeezed: bytes
    tag: str


class Presenting:
    """ASGI middleware for /trinh-chieu/<mark>/<story>, story being a number or DEFAULT; the rest is the app's.

    `?lang=` chooses the language, else it is the story's; `?ve=` the screen that leaving leads back to.
    """

    def __init__(self, app: ASGIApp, *, store: Callable[[], Store], house: House, pages: Iterable[str]):
        self.app = app
        self._visits = Visits(store=store, house=house, pages=pages)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with the page, or with a sentence where there is no such freeze or story."""
        if scope["type"] != "http" or not scope["path"].startswith(PRESENT):
            await self.app(scope, receive, send)
            return
        if not reads(scope):
            await answer(scope, send, 405, b"", {"Allow": "GET, HEAD"})
            return
        query = query_of(scope)
        lang = language_of(query)
        try:
            made = await asyncio.to_thread(self._page, scope["path"], query, lang)
        except FaultError as refused:
            title = text("conference.present", lang)
            links = ((in_language(SCREEN, lang), text("exports.offline_back", lang)),)
            await answer(scope, send, 404, page(lang, title, told(refused.faults, lang), links=links),
                         {"Content-Type": HTML})  # fmt: skip
            return
        fields = {"Content-Type": HTML, "Vary": "Accept-Encoding", "ETag": made.tag, "Cache-Control": ASK_AGAIN,
                  "Content-Security-Policy": f"{policy()}; frame-ancestors 'none'"}  # fmt: skip
        if has_already(scope, made.tag):
            await answer(scope, send, UNCHANGED, b"", fields)
        elif takes_gzip(scope):
            await answer(scope, send, 200, made.squeezed, fields | {"Content-Encoding": "gzip"})
        else:
            await answer(scope, send, 200, made.plain, fields)

    def _page(self, path: str, query: dict[str, str], lang: str) -> Page:
        """The page of an address. Raises FaultError where the address names nothing."""
        store = self._visits.store()
        mark, _, name = path.removeprefix(PRESENT).partition("/")
        freeze = freeze_of_mark(store, mark)
        story = None if name == DEFAULT else _story(store, name)
        if freeze is None or (story and (story.unit, story.year) != (freeze.unit, freeze.year)):
            raise FaultError([Fault("server.nothing_to_present")])
        told_in = lang if story is None or "lang" in query else story.lang
        back = self._visits.way_on(query.get(BACK) or in_language(SCREEN, told_in))
        return _made(store, freeze, story, told_in, back)


def _story(store: Store, name: str) -> Story:
    if not (name.isascii() and name.isdigit() and len(name) < 10):
        raise FaultError([Fault("server.nothing_to_present")])
    return story_of(store, int(name))


@lru_cache(maxsize=MOST_KEPT)
def _made(store: Store, freeze: Freeze, story: Story | None, lang: str, back: str) -> Page:
    made = deck_html(deck_of(open_freeze(store, freeze), lang, story), back)
    return Page(made, squeeze(made), f'W/"{hashlib.sha256(made).hexdigest()[:32]}"')

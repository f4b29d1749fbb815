"""The presentation mode at an address of its own: one freeze told as a story, sent whole: it then needs no server."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache

from app.exports.offline import deck_html, policy
from app.server.answer import ASGIApp, Receive, Scope, Send
from app.server.given import HTML, Given, give, given
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
        query = query_of(scope)
        lang = language_of(query)
        await give(scope, send, lambda: self._page(scope["path"], query, lang), lambda error: _refused(error, lang),
                   {"Content-Security-Policy": f"{policy()}; frame-ancestors 'none'"})  # fmt: skip

    def _page(self, path: str, query: dict[str, str], lang: str) -> Given:
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


def _refused(error: FaultError, lang: str) -> tuple[int, bytes]:
    links = ((in_language(SCREEN, lang), text("exports.offline_back", lang)),)
    return 404, page(lang, text("conference.present", lang), told(error.faults, lang), links=links)


def _story(store: Store, name: str) -> Story:
    if not (name.isascii() and name.isdigit() and len(name) < 10):
        raise FaultError([Fault("server.nothing_to_present")])
    return story_of(store, int(name))


@lru_cache(maxsize=MOST_KEPT)
def _made(store: Store, freeze: Freeze, story: Story | None, lang: str, back: str) -> Given:
    return given(deck_html(deck_of(open_freeze(store, freeze), lang, story), back), HTML)

"""Freezes as open data at read-only addresses: JSON and packages, as the public or an office may have them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from functools import lru_cache

from app.exports.package import package_zip, tables_json
from app.server.answer import ASGIApp, Receive, Scope, Send
from app.server.gate import who_asks
from app.server.given import HTML, Given, give, given
from app.server.house import House
from app.server.routes import OPEN_DATA
from app.server.signin_page import Entry, page, told
from app.server.visits import Visits, in_language, language_of, query_of
from app.story.frozen import open_freeze
from core.catalogue import load_catalogue
from core.errors import Fault, FaultError
from core.figures import Ref
from core.store import Store
from core.store.freeze_diff import refs_told
from core.store.freezes import Freeze, freeze_content, freeze_of_mark, list_freezes
from core.store.shown import speaks_of_withheld
from core.store.unshown import for_public
from core.texts import text
from core.vi.format import format_moment

JSON, ZIP = "application/json; charset=utf-8", "application/zip"
TYPES = {"json": JSON, "zip": ZIP}
LIST = "index.json"
MOST_KEPT = 8


class OpenData:
    """ASGI middleware for /du-lieu-mo/: a list as a page and as index.json, <mark>.json and <mark>.zip of a freeze.

    Who may not see figures marked "không trình chiếu" gets no freeze that still holds one, and a package without what
    is the office's own.
    """

    def __init__(self, app: ASGIApp, *, store: Callable[[], Store], house: House, pages: Iterable[str]):
        self.app = app
        self._visits = Visits(store=store, house=house, pages=pages)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with the data, or with a sentence where there is none for this visitor."""
        if scope["type"] != "http" or not scope["path"].startswith(OPEN_DATA):
            await self.app(scope, receive, send)
            return
        lang = language_of(query_of(scope))
        # whose cookie it is decides what is given
        await give(scope, send, lambda: self._given(scope, lang), lambda error: _refused(error, lang),
                   {"Vary": "Accept-Encoding, Cookie"})  # fmt: skip

    def _given(self, scope: Scope, lang: str) -> Given:
        """What an address gives this visitor. Raises FaultError where it gives nothing."""
        store, name = self._visits.store(), scope["path"].removeprefix(OPEN_DATA)
        person = who_asks(store, self._visits.house, scope)
        inside = person is not None and person.may("trace")
        seen = store if inside else for_public(store)
        if name in ("", LIST):
            known = [freeze for freeze in list_freezes(store) if _is_given(store, seen, freeze)]
            return given(_list_of(known), JSON) if name else given(_page_of(known, lang), HTML)
        mark, _, ending = name.partition(".")
        freeze = freeze_of_mark(store, mark)
        if freeze is None or ending not in TYPES:
            raise FaultError([Fault("package.nothing_open")])
        if _is_withheld(store, seen, freeze):
            raise FaultError([Fault("package.not_open", params={"mark": mark})])
        return _made(store, freeze, ending, inside)


def _refused(error: FaultError, lang: str) -> tuple[int, bytes]:
    title = text("package.open_title", lang)
    links = ((in_language(OPEN_DATA, lang), title),)
    status = 403 if error.faults[0].code == "package.not_open" else 404
    return status, page(lang, title, told(error.faults, lang), links=links)


def _is_given(store: Store, seen: Store, freeze: Freeze) -> bool:
    """Whether a freeze stands in a visitor's list; one that is damaged in nobody's who would have to look into it."""
    try:
        return not _is_withheld(store, seen, freeze)
    except FaultError:
        return False


def _is_withheld(store: Store, seen: Store, freeze: Freeze) -> bool:
    """Whether a freeze tells a figure that a visitor is kept from: it may have been marked later."""
    return bool(seen.withheld) and speaks_of_withheld(seen, _refs(store, freeze))


@lru_cache(maxsize=64)
def _refs(store: Store, freeze: Freeze) -> tuple[Ref, ...]:
    return refs_told(freeze_content(store, freeze.id))


@lru_cache(maxsize=MOST_KEPT)
def _made(store: Store, freeze: Freeze, ending: str, inside: bool) -> Given:
    frozen = open_freeze(store, freeze)
    if ending == "json":
        return given(tables_json(frozen), JSON)
    made = given(package_zip(frozen, whole=inside), ZIP, dense=True)
    name = f"so-lieu-{freeze.unit.code}-{freeze.year}-{freeze.hash[:10]}.zip"
    return made._replace(headers=made.headers | {"Content-Disposition": f'attachment; filename="{name}"'})


def _paths(freeze: Freeze) -> dict[str, str]:
    return {ending: f"{OPEN_DATA}{freeze.hash[:10]}.{ending}" for ending in TYPES}


def _list_of(freezes: Iterable[Freeze]) -> bytes:
    """The freezes for machines; nobody's name."""
    rows = [
        {"hash": each.hash, "title": each.title, "year": each.year, "unit_code": each.unit.code,
         "unit_from": each.unit.valid_from.isoformat(), "made_at": each.at.isoformat(), "left_out": each.left_out,
         **_paths(each)}
        for each in freezes
    ]  # fmt: skip
    return (json.dumps({"freezes": rows}, ensure_ascii=False, indent=1) + "\n").encode()


def _page_of(freezes: list[Freeze], lang: str) -> bytes:
    said = text("package.open_lead" if freezes else "package.open_none", lang)
    return page(lang, text("package.open_title", lang), said=said,
                entries=[_entry(each, lang) for each in freezes],
                links=((in_language("/", lang), text("frame.go_home", lang)),))  # fmt: skip


def _entry(freeze: Freeze, lang: str) -> Entry:
    unit = load_catalogue().unit(freeze.unit)
    where = text("package.open_line", lang, ward=unit.name, year=freeze.year)
    which = text("package.open_mark", lang, mark=freeze.hash[:10], at=format_moment(freeze.at))
    links = [(path, text(f"package.open_{ending}", lang)) for ending, path in _paths(freeze).items()]
    mark = text("package.open_sample", lang) if unit.is_sample else ""
    return Entry(freeze.title, (where, which), mark, links=links)

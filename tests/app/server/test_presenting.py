"""The presentation mode is served whole to who may present, under a policy of its own, and knows nothing else."""

from __future__ import annotations

import gzip
from urllib.parse import quote

import pytest

from app.exports.offline import deck_html, policy
from app.server.guard import SECURITY, Guard
from app.server.house import House
from app.server.presenting import MOST_KEPT, Presenting, _made
from app.server.routes import routes_of
from core.store.stories import Scene, Story, withdraw_story, write_story
from tests.app.decks import deck, frozen, store

HOUSE = House(loopback=True, https=False, public=False)
PAGES = {"tong-quan": "look", "hoi-nghi": "present"}


@pytest.fixture
def app(inner):
    """The presentation mode over the shipped wards, behind the guard."""
    _made.cache_clear()
    routes = routes_of(PAGES)
    return Guard(Presenting(inner, store=store, house=HOUSE, pages=PAGES), routes)


def mark() -> str:
    """The mark of the freeze the tests present."""
    return frozen("one report").freeze.hash[:10]


@pytest.mark.parametrize(
    "path",
    ["", "x", "abc/mac-dinh", "0000000000/mac-dinh", "%%%%%%%%%%/mac-dinh", "__________/mac-dinh", "{mark}", "{mark}/",
     "{mark}/khac", "{mark}/999999", "{mark}/-1", "{mark}/²", "{mark}/mac-dinh/x", "{short}/mac-dinh",
     "{mark}/1;drop", "{mark}/99999999999999999999"],
)  # fmt: skip
def test_an_address_of_nothing_gets_a_sentence(app, call, path):
    """404 in the visitor's language with the way to the screen, never an error."""
    path = path.format(mark=mark(), short=mark()[:9])
    got = call(app, f"/trinh-chieu/{path}")
    assert got.status == 404 and "Không có" in got.body.decode()
    assert '<html lang="en">' in call(app, f"/trinh-chieu/{path}", query="lang=English").body.decode()
    assert got.headers["content-security-policy"] == SECURITY["Content-Security-Policy"]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_only_asking_is_answered(app, call, method):
    """Nothing is taken in."""
    assert call(app, f"/trinh-chieu/{mark()}/mac-dinh", method).status == 405


def test_the_page_is_the_offline_page_under_its_own_policy(app, call):
    """Its two scripts by hash, one policy header; HEAD without body, gzip where it is read."""
    got = call(app, f"/trinh-chieu/{mark()}/mac-dinh")
    assert got.status == 200 and got.body == deck_html(deck("one report", "vi"), "/hoi-nghi")
    assert got.headers["content-security-policy"] == f"{policy()}; frame-ancestors 'none'"
    assert got.headers["cache-control"] == "private, no-cache" and got.headers["x-content-type-options"] == "nosniff"
    assert call(app, f"/trinh-chieu/{mark()}/mac-dinh", "HEAD").body == b""
    packed = call(app, f"/trinh-chieu/{mark()}/mac-dinh", accept_encoding="gzip")
    assert gzip.decompress(packed.body) == got.body and len(packed.body) < len(got.body) / 2


def test_a_browser_that_has_the_page_is_told_so_and_nothing_else_is_kept(app, call):
    """Five megabytes are sent once; another story, language or way back is another page, a refusal stays nowhere."""
    path = f"/trinh-chieu/{mark()}/mac-dinh"
    tag = call(app, path).headers["etag"]
    for held in (tag, f'"x", {tag}', tag.removeprefix("W/")):
        got = call(app, path, if_none_match=held, accept_encoding="gzip")
        assert (got.status, got.body, got.headers["etag"]) == (304, b"", tag)
        assert "frame-ancestors 'none'" in got.headers["content-security-policy"]
        assert "content-length" not in got.headers
    for other in ({"query": "lang=English"}, {"query": "ve=/tong-quan"}):
        got = call(app, path, if_none_match=tag, **other)
        assert got.status == 200 and got.headers["etag"] != tag
    assert call(app, path, if_none_match='"x"').status == 200
    assert call(app, "/trinh-chieu/x", if_none_match=tag).headers["cache-control"] == "no-store"


def test_nobody_else_may_bring_a_policy(app, call):
    """Elsewhere the guard's own policy stands beside whatever the app says."""
    assert call(app, "/tong-quan").headers["content-security-policy"] == SECURITY["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("asked", "led"),
    [("/tong-quan?nam=2020", "/tong-quan?nam=2020"), ("https://evil.example/", "/"), ("//evil.example", "/"),
     ("javascript:alert(1)", "/"), ("/khac", "/"), ("", "/hoi-nghi")],
)  # fmt: skip
def test_the_way_back_leads_to_a_screen_of_ours(app, call, asked, led):
    """Never to another site."""
    body = call(app, f"/trinh-chieu/{mark()}/mac-dinh", query=f"ve={quote(asked)}").body.decode()
    assert f'id="back" href="{led}"' in body


def test_a_story_is_told_in_its_own_language_unless_another_is_asked_for(app, call):
    """By its number; one that was taken back is no longer there, and another ward's freeze does not know it."""
    freeze = frozen("one report").freeze
    kept = store()
    number = write_story(
        kept, Story(freeze.unit, freeze.year, "Our story", "en", (Scene("groups", notes="slowly"),)), "an"
    )
    got = call(app, f"/trinh-chieu/{mark()}/{number}").body.decode()
    assert '<html lang="en">' in got and "slowly" in got and "Our story" in got
    asked = call(app, f"/trinh-chieu/{mark()}/{number}", query="lang=Ti%E1%BA%BFng%20Vi%E1%BB%87t").body.decode()
    assert '<html lang="vi">' in asked
    assert call(app, f"/trinh-chieu/{frozen('full').freeze.hash[:10]}/{number}").status == 404
    withdraw_story(kept, number, "an")
    assert call(app, f"/trinh-chieu/{mark()}/{number}").status == 404


def test_a_page_is_made_once_and_few_are_kept(app, call):
    """The second visitor gets the same bytes; memory holds no more than a handful."""
    for query in ("", "", *(f"ve=/tong-quan?nam={year}" for year in range(2015, 2022))):
        call(app, f"/trinh-chieu/{mark()}/mac-dinh", query=query)
    found = _made.cache_info()
    assert found.hits == 1 and found.currsize == MOST_KEPT

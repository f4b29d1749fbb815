"""Open data at its addresses: read-only, to the public while viewing is public, without what is the office's own."""

from __future__ import annotations

import gzip
import json

import pytest

from app.exports.package import package_zip, tables_json
from app.server.guard import SECURITY, Guard
from app.server.house import House
from app.server.open_data import OpenData
from app.server.routes import routes_of
from core.store import freezes
from tests.app.decks import edited, open_freeze

PAGES = {"tong-quan": "look"}
AT_HOME, PUBLIC = (House(loopback=home, https=not home, public=not home) for home in (True, False))


@pytest.fixture
def app(inner):
    """Makes open data behind the guard, as who works at this computer or the public reaches it."""
    return lambda house: Guard(OpenData(inner, store=lambda: edited().store, house=house, pages=PAGES),
                               routes_of(PAGES))  # fmt: skip


def address(freeze: freezes.Freeze, ending: str) -> str:
    """Where a freeze is."""
    return f"/du-lieu-mo/{freeze.hash[:10]}.{ending}"


@pytest.mark.parametrize(
    "path", ["x", "x.json", "0000000000.zip", "{mark}", "{mark}.csv", "{mark}.json/", "{short}.json", "../tong-quan",
             "%00.json", "{mark}.json.zip"],
)  # fmt: skip
def test_an_address_of_nothing_gets_a_sentence_and_the_way_to_the_list(app, call, path):
    """404 in the visitor's language, kept by nobody."""
    path = path.format(mark=edited().after.hash[:10], short=edited().after.hash[:9])
    got = call(app(PUBLIC), f"/du-lieu-mo/{path}")
    assert got.status == 404 and "Không có dữ liệu ở địa chỉ này" in got.body.decode()
    assert 'href="/du-lieu-mo/"' in got.body.decode() and got.headers["cache-control"] == "no-store"
    assert '<html lang="en">' in call(app(PUBLIC), f"/du-lieu-mo/{path}", query="lang=English").body.decode()


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH"])
def test_only_asking_is_answered(app, call, method):
    """Nothing is taken in, and no other site is let in."""
    got = call(app(PUBLIC), address(edited().after, "json"), method)
    assert got.status == 405 and got.headers["allow"] == "GET, HEAD"
    assert "access-control-allow-origin" not in got.headers


def test_a_freeze_is_given_as_json_and_as_a_package(app, call):
    """With type, tag and name; whoever holds it is told so, HEAD has no body, gzip is taken where it is read."""
    frozen = open_freeze(edited().store, edited().after)
    got = call(app(PUBLIC), address(edited().after, "json"))
    assert got.status == 200 and got.body == tables_json(frozen)
    assert got.headers["content-type"] == "application/json; charset=utf-8"
    assert got.headers["content-security-policy"] == SECURITY["Content-Security-Policy"]
    packed = call(app(PUBLIC), address(edited().after, "json"), accept_encoding="gzip")
    assert gzip.decompress(packed.body) == got.body and packed.headers["etag"] == got.headers["etag"]
    again = call(app(PUBLIC), address(edited().after, "json"), if_none_match=got.headers["etag"])
    assert (again.status, again.body) == (304, b"")
    package = call(app(PUBLIC), address(edited().after, "zip"))
    assert package.headers["content-type"] == "application/zip" and ".zip" in package.headers["content-disposition"]
    assert call(app(PUBLIC), address(edited().after, "zip"), "HEAD").body == b""


def test_the_public_gets_a_package_without_what_is_the_offices_own(app, call):
    """Whoever works here gets it whole, from which it loads back."""
    frozen = open_freeze(edited().store, edited().after)
    public, whole = (call(app(house), address(edited().after, "zip")) for house in (PUBLIC, AT_HOME))
    assert public.body == package_zip(frozen, whole=False) and whole.body == package_zip(frozen)
    assert public.headers["etag"] != whole.headers["etag"]


def test_a_freeze_with_a_figure_that_was_marked_later_is_public_no_more(app, call):
    """403 with a sentence, and it is not in the list; who works here still has it."""
    before, after = edited().before, edited().after
    for ending in ("json", "zip"):
        got = call(app(PUBLIC), address(before, ending))
        assert got.status == 403 and "nay không trình chiếu" in got.body.decode()
        assert call(app(AT_HOME), address(before, ending)).status == 200
    listed = json.loads(call(app(PUBLIC), "/du-lieu-mo/index.json").body)["freezes"]
    assert {row["hash"] for row in listed} == {after.hash} and listed[0]["left_out"] == after.left_out == 1
    assert before.hash in call(app(AT_HOME), "/du-lieu-mo/index.json").body.decode()


def test_the_list_names_each_freeze_with_its_addresses_and_nobody(app, call):
    """As a page for people in both languages; every address in it answers."""
    for query in ("", "lang=English"):
        got = call(app(PUBLIC), "/du-lieu-mo/", query=query).body.decode()
        for ending in ("json", "zip"):
            assert f'href="{address(edited().after, ending)}"' in got
            assert call(app(PUBLIC), address(edited().after, ending)).status == 200
        assert edited().after.title in got and "Phường Mẫu" in got and f">{edited().after.who}<" not in got

"""Every number of a message and its lead leads to stored rows, on every screen, over much and over little."""

from __future__ import annotations

import html
import re
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest

from app.views.peers import comparison
from core.behind import rows_behind
from core.catalogue import load_catalogue
from core.figures import Ref, UnitKey
from core.lineage import lineage
from core.store import across_units, open_store
from tests.bundled import bundled_database
from tests.pages.conftest import plain

SCREENS = ("overview", "budget", "culture", "awards", "indicators")
LINK = re.compile(r'<a class="w-said" href="([^"]*)"[^>]*aria-label="([^"]*)">(.*?)</a>', re.DOTALL)
FREE = re.compile(r"\b\d{1,2}/\d{1,2}/\d{4}\b|\b\d{1,2}/\d{4}\b|\b(?:19|20)\d\d\b")  # days and years


def spoken(drawn) -> str:
    """The HTML of the message and the lead under it."""
    bodies = "".join(element.proto.body for element in drawn.app.get("html"))
    found = re.findall(r'<h1 class="w-message">.*?</h1>|<p class="w-lead">.*?</p>', bodies, re.DOTALL)
    assert found
    return "".join(found)


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("name", SCREENS)
@pytest.mark.parametrize("amount", ["one year", "full"])
def test_no_number_stands_outside_a_link_but_years_and_days(draw, name, amount, lang):
    """And each link's name says the number and that it leads to its source."""
    said = spoken(draw(name, amount, lang))
    outside = FREE.sub("", plain(LINK.sub("", said)))
    assert not re.search(r"\d", outside), outside
    for _, label, words in LINK.findall(said):
        assert html.unescape(label).startswith(plain(words)) and len(label) > len(words)


@pytest.mark.parametrize("name", SCREENS)
@pytest.mark.parametrize("amount", ["one year", "full"])
def test_every_link_finds_the_rows_behind_its_number(draw, name, amount):
    """At least one stored row for each figure the number rests on."""
    links = LINK.findall(spoken(draw(name, amount, "vi")))
    assert links or (name, amount) == ("awards", "one year"), "this screen speaks of figures"
    catalogue = load_catalogue()
    with open_store(bundled_database()) as store:
        for address, _, words in links:
            (asked,) = parse_qs(urlsplit(html.unescape(address)).query)["so"]
            for word in asked.split(" "):
                assert len(rows_behind(store, catalogue, Ref.parse(word))), (words, word)


def test_the_number_of_one_figure_finds_only_its_own_rows(draw):
    """A value and its plan, and nothing else."""
    links = {
        plain(words): html.unescape(address) for address, _, words in LINK.findall(spoken(draw("budget", "full", "vi")))
    }
    (asked,) = parse_qs(urlsplit(links["101,0%"]).query)["so"]
    catalogue = load_catalogue()
    with open_store(bundled_database()) as store:
        frames = [rows_behind(store, catalogue, Ref.parse(word)) for word in asked.split(" ")]
    found = {(row.indicator, row.year, row.scenario) for frame in frames for row in frame.itertuples()}
    assert found == {("budget_revenue", 2020, "final"), ("budget_revenue", 2020, "plan")}


@pytest.mark.parametrize("year", [2024, 2025])
def test_a_worked_out_number_of_another_ward_finds_what_it_was_worked_out_of(year):
    """Attainments beside one another are mostly computed: they have no stored row of their own."""
    catalogue, ward = load_catalogue(), UnitKey("MAU01", date(1900, 1, 1))
    row = catalogue.indicators["budget_revenue_attainment"]
    with open_store(bundled_database()) as store:
        frame = across_units(store, row.id, [year - 1, year], sample=True)
        found = comparison(catalogue, row, frame, lineage(catalogue, ward), year)
        refs = [peer.ref for group in (found.main, *found.apart) if group for peer in group.peers]
        assert len(refs) > 1
        assert all(len(rows_behind(store, catalogue, ref)) for ref in refs)

"""Every screen over a store with nothing, one year and everything, in both languages, as printed."""

from __future__ import annotations

from typing import NamedTuple

import pytest


class Expected(NamedTuple):
    """What a screen prints: its message, its number of charts, and a figure or sentence somewhere on it."""

    title: str
    charts: int
    says: str


SCREENS = ("overview", "budget", "culture", "awards", "indicators", "sources")
# (screen, amount of data, language) -> what is printed
EXPECTED: dict[tuple[str, str, str], Expected] = {
}


@pytest.mark.parametrize("case", EXPECTED, ids="-".join)
def test_a_screen_prints_its_message_its_charts_and_its_figures(draw, case):
    """The message word for word, so that a changed finding is seen; the number of charts; one known figure."""
    expected, drawn = EXPECTED[case], draw(*case)
    assert drawn.title == expected.title
    assert drawn.charts == expected.charts
    assert expected.says in drawn.words


def test_no_screen_is_left_out():
    """Each screen is drawn over each amount of data in each language."""
    amounts = ("empty", "one year", "full")
    assert set(EXPECTED) == {(name, amount, lang) for name in SCREENS for amount in amounts for lang in ("vi", "en")}


@pytest.mark.parametrize("name", SCREENS)
@pytest.mark.parametrize("amount", ["one year", "full"])
def test_every_chart_has_words_for_those_who_do_not_see_it(draw, name, amount):
    """An alternative text of at most two sentences, and as many tables with captions as charts or more."""
    drawn = draw(name, amount, "vi")
    for chart in drawn.app.get("plotly_chart"):
        assert chart.proto.alt and chart.proto.alt.count(". ") <= 1, chart.proto.alt
    tables = [element.proto.body for element in drawn.app.get("html") if "<table" in element.proto.body]
    assert len(tables) >= drawn.charts and all("<caption>" in table for table in tables)


@pytest.mark.parametrize("name", SCREENS)
def test_a_real_ward_shows_no_sample_mark_and_the_sample_ward_shows_it(draw, name):
    """On every screen that shows figures."""
    assert "số liệu minh họa" not in draw(name, "one year", "vi").words
    assert "số liệu minh họa" in draw(name, "full", "vi").words


def test_nothing_is_invented_for_khuong_thuong(draw):
    """18 unnamed squares, 13 of them filled; the awards screen says that the report gives names without counts."""
    culture = draw("culture", "one year", "vi")
    assert "13/18" in culture.words and "không nêu tên tổ" in culture.words
    awards = draw("awards", "one year", "vi")
    assert awards.charts == 0 and "13 lượt" not in awards.words

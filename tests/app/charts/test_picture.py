"""A view as a picture for a slide: everything in it, nothing too small, nothing beyond its edges."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.charts import draw
from app.charts.picture import HEIGHT, PLOTLY_JS, SCALE, WIDTH, draw_picture
from app.charts.theme import LIGHT
from app.ui.book import book_of
from app.ui.context import Context
from app.ui.groups import groups_of
from app.views.budget import mix_view, money_view
from app.views.culture import SHARES, share
from app.views.indicators import family_view
from app.views.matrix import matrix_view
from app.views.overview import overview
from app.views.waffle import waffle_view
from core.catalogue import load_catalogue
from core.figures import UnitKey
from core.store import open_store
from tests.bundled import bundled_database

YEAR = 2020


@pytest.fixture(scope="module", params=["vi", "en"])
def views(request):
    """One view of each kind a screen shows, of the sample ward."""
    lang, catalogue = request.param, load_catalogue()
    with open_store(bundled_database()) as store:
        unit = catalogue.unit(UnitKey("MAU01", date(1900, 1, 1)))
        context = Context(store=store, catalogue=catalogue, unit=unit, year=YEAR, lang=lang)
        book, culture = book_of(context), book_of(context, "tidy_culture")
        groups = groups_of(context, book.units)
        return [
            overview(book, unit, YEAR, lang, date(2026, 1, 1)).bullets,
            money_view(book, unit, "budget_revenue", YEAR, lang),
            mix_view(book, unit, "revenue", YEAR, lang),
            waffle_view(culture, groups, YEAR, unit, lang),
            matrix_view(culture, groups, YEAR, unit, lang),
            share(culture, *SHARES[0], YEAR, unit, lang),
            family_view(book, "welfare", unit, YEAR, lang),
        ]


def test_a_picture_has_its_size_and_the_colours_of_the_light_theme(views):
    """1120 x 630, enlarged to 1920 x 1080 in the browser, on white."""
    assert (round(WIDTH * SCALE), round(HEIGHT * SCALE)) == (1920, 1080)
    for view in views:
        layout = draw_picture(view).layout
        assert (layout.width, layout.height, layout.paper_bgcolor) == (WIDTH, HEIGHT, LIGHT.bg)
        margin = layout.margin
        assert HEIGHT - margin.t - margin.b > 120, "the chart has room"


def test_no_text_of_a_picture_is_smaller_than_24_px(views):
    """Whatever the chart: 14 px and more before it is enlarged."""
    for view in views:
        layout = draw_picture(view).layout
        sizes = [words.font.size or layout.font.size for words in layout.annotations]
        sizes += [layout[name].tickfont.size or layout.font.size for name in ("xaxis", "yaxis")]
        assert min(sizes) * SCALE >= 24, view.id


def test_title_notes_source_and_sample_mark_are_in_the_picture(views):
    """A bare chart without them says nothing on a slide."""
    for view in views:
        said = " ".join(words.text for words in draw_picture(view).layout.annotations)
        for words in (view.title, view.subtitle, view.source, *view.notes):
            assert all(word in said for word in words.split()), (view.id, words)
        assert ("số liệu minh họa" if view.lang == "vi" else "illustrative figures") in said


def test_long_words_are_broken_into_lines_that_fit(views):
    """No line of title, notes or source is wider than the picture by the mean width of a letter."""
    view = replace(views[0], title="Một " * 40, notes=("hai " * 90,), source="ba " * 80)
    for words in draw_picture(view).layout.annotations:
        if words.text.startswith(("Một", "1. hai", "hai", "ba")):
            assert len(words.text) * words.font.size * 0.53 <= WIDTH - 80 + 40


def test_what_belongs_together_is_not_parted_by_the_end_of_a_line(views):
    """A non-breaking space holds in a picture as it does on screen."""
    view = replace(views[0], subtitle="hai " * 32 + "n\u00a0=\u00a02")  # "n" alone would end the first line
    assert "n\u00a0=\u00a02" in [words.text for words in draw_picture(view).layout.annotations]


def test_a_low_chart_stands_between_title_and_notes_not_under_the_title(views):
    """What it leaves free is parted above and below it."""
    low = min(views, key=lambda view: draw(view, LIGHT).layout.height)
    bare = replace(low, notes=())
    margin, natural = draw_picture(bare).layout.margin, draw(bare, LIGHT).layout
    high = HEIGHT - margin.t - margin.b
    assert high > natural.height - natural.margin.t - natural.margin.b, "drawn out as far as it may be"
    assert margin.t - natural.margin.t > 150


def test_a_real_ward_bears_no_sample_mark(views):
    """Only invented figures are marked."""
    said = " ".join(words.text for words in draw_picture(replace(views[0], is_sample=False)).layout.annotations)
    assert "minh họa" not in said and "illustrative" not in said


def test_what_draws_the_picture_in_the_browser_is_at_hand():
    """The plotly package brings the script along; nothing is fetched from elsewhere."""
    assert PLOTLY_JS.read_bytes()[:2000].startswith(b"/**") and PLOTLY_JS.stat().st_size > 1_000_000

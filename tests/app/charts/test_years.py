"""The numbers of notes on a chart's years: each at its year, none on another, in words as large as all others."""

from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.charts import draw
from app.charts.figure import Figure
from app.charts.theme import DARK, LIGHT
from app.charts.years import MARK, MARK_LINE, add_marks, add_slot_words, mark_lines, marks_height
from app.views.columns import columns_view
from app.views.events import with_notes
from app.views.lines import line_view, multiples_view
from app.views.view import Event
from core.store import Note
from core.yearbook import Yearbook
from tests.app.charts.drawing import Drawing
from tests.app.charts.rules import faults
from tests.app.charts.wards import case, views_of
from tests.app.made import OLD


@given(st.lists(st.integers(0, 30).map(lambda half: half / 2), max_size=12), st.floats(12, 120))
def test_no_mark_touches_another(places, slot):
    """However many stand at one year, and however narrow the years are."""
    events = [Event(number, place) for number, place in enumerate(sorted(places), start=1)]
    lines = mark_lines(events, slot)
    for (one, here), (other, there) in combinations(zip(events, lines, strict=True), 2):
        assert here != there or abs(one.place - other.place) * slot >= MARK
    assert marks_height(events, slot) == (max(lines) + 1) * MARK_LINE if events else marks_height(events, slot) == 0


def test_each_mark_is_a_ring_with_its_number_in_it():
    """Digits of the page's own font in 14 px, dark on the ground, the ring around them."""
    figure = Figure()
    add_marks(figure, LIGHT, [Event(1, 3), Event(12, 3)], 60, paper_y=0, top=-30)
    rings, numbers = figure.layout.shapes, figure.layout.annotations
    assert [said.text for said in numbers] == ["1", "12"] and {said.font.size for said in numbers} == {14}
    for ring, said in zip(rings, numbers, strict=True):
        assert (ring.type, ring.xanchor, said.x, said.textangle) == ("circle", 3, 3, None)
        assert ring.y0 < said.yshift < ring.y1 and ring.x1 - ring.x0 == MARK
    assert rings[1].y1 < rings[0].y0


def test_of_half_a_year_that_is_chosen_the_year_alone_is_bold():
    """The halves stand side by side and their words just fit; a year with one line under it is bold whole."""
    figure = Figure()
    add_slot_words(figure, LIGHT, ("2024", "2025<br>nửa<br>cuối"), 1, paper_y=0, yshift=0)
    assert [said.text for said in figure.layout.annotations] == ["2024", "<b>2025</b><br>nửa<br>cuối"]
    figure = Figure()
    add_slot_words(figure, LIGHT, ("2020<br>13/18", "2021<br>13/18"), 0, paper_y=0, yshift=0)
    assert [said.text for said in figure.layout.annotations] == ["<b>2020<br>13/18</b>", "2021<br>13/18"]


@pytest.fixture
def views(catalogue, frame_of, tidy_row, old_ward, new_ward):
    """Columns, a line and small multiples with a note of 2020 on the ward and one of 2012 on revenue."""
    rows = [
        tidy_row(name, year, value + year)
        for name, value in (("budget_revenue", 30e9), ("budget_revenue_own", 9e9), ("poor_household_rate", 1))
        for year in range(2011, 2025)
    ]
    book = Yearbook(catalogue, (old_ward.key, new_ward.key), frame_of(rows))
    family = [catalogue.indicators[name] for name in ("budget_revenue", "budget_revenue_own")]
    found = (
        columns_view(book.series("budget_revenue"), new_ward, 2020, "vi", id="x", title="Thu"),
        line_view(book.series("budget_revenue_own"), new_ward, 2020, "vi", id="x"),
        multiples_view(book, family, new_ward, 2020, "vi", family="budget"),
    )
    notes = [Note(old_ward.key, 2020, "Dịch bệnh", id=1),
             Note(old_ward.key, 2012, "Suy giảm", indicator="budget_revenue", id=2)]  # fmt: skip
    return [with_notes(view, notes, "vi") for view in found]


@pytest.mark.parametrize("phone", [False, True])
@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_every_chart_of_years_carries_the_numbers_of_its_notes(views, theme, phone):
    """The same numbers as in the list under the chart; a chart without notes is as high as it was."""
    for view in views:
        figure, plain = draw(view, theme, phone=phone), draw(replace(view, events=()), theme, phone=phone)
        rings = [shape for shape in figure.layout.shapes if shape.type == "circle"]
        printed = [said.text for said in figure.layout.annotations[-200:]]
        if phone and view.kind == "plan_actual":
            assert len(rings) == 1  # of the last five years only 2020 has a note
            continue
        panels = len(view.detail.get("facets", [1]))
        general = sum(not event.facet for event in view.events)
        assert len(rings) == panels * general + len(view.events) - general
        assert all(str(event.number) in printed for event in view.events)
        assert figure.layout.height >= plain.layout.height
        assert not [shape for shape in plain.layout.shapes if shape.type == "circle"]


@pytest.mark.parametrize("name", ["break", "full"])
def test_charts_full_of_notes_keep_every_rule_they_kept_without(name):
    """A note in each year and two in some: no ring and no number on other words, none outside, none too small."""
    ward = case(name)
    for view in (view for view in views_of(ward, "vi") if view.indicators):
        years = sorted({int(label[:4]) for label in view.detail["slots"] if label})
        notes = [Note(OLD.key, year, f"Sự kiện năm {year}", id=year) for year in years]
        notes += [Note(OLD.key, year, f"Việc thứ hai của {year}", id=-year) for year in years[::4]]
        noted = with_notes(view, notes, "vi")
        assert len(noted.events) >= len(notes)
        for phone in (False, True):
            plain, full = (Drawing.of(each, LIGHT, phone, ward.place("vi")) for each in (view, noted))
            assert set(faults(full)) <= set(faults(plain)), view.id

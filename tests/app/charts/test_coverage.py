"""The coverage matrix: every state has a shape of its own, and a phone sees the last years."""

from __future__ import annotations

import pandas as pd
import pytest

from app.charts.coverage import draw_coverage
from app.charts.theme import LIGHT
from app.views.view import Table, View

STATES = ("reported", "computed", "estimate", "plan", "missing", "not_due", "absent")


@pytest.fixture
def view():
    """A maker of one indicator over eight years; the first seven have a state each."""

    def make(chosen=7):
        states = (*STATES, "reported")
        frame = pd.DataFrame({
            "row": 1, "slot": range(8), "name": "Giao quân", "indicator": "conscripts", "year": range(2018, 2026),
            "state": states, "late": False, "hover": [f"{year}" for year in range(2018, 2026)],
            "ref": [f"ref-{place}" for place in range(8)],
        })  # fmt: skip
        detail = {
            "slots": [str(year) for year in range(2018, 2026)], "chosen": chosen, "headings": [(0, "Quân sự")],
            "keys": [(state, f"key {state}") for state in STATES],
        }  # fmt: skip
        return View("c", "coverage", "vi", "T", "S", frame, Table("B", ("A",), ()), "alt", "", detail=detail)

    return make


def shapes_at(figure, slot):
    """What is drawn on a slot of the indicator's line: type, fill, dash, how wide the line."""
    return [
        (shape.type, shape.fillcolor, shape.line.dash, shape.line.width)
        for shape in figure.layout.shapes
        if shape.xref in (None, "x") and shape.yref in (None, "y")
        and abs((shape.x0 + shape.x1) / 2 + (shape.xanchor or 0) - slot) < 0.01
    ]


def test_each_state_is_told_apart_without_colour(view):
    """Filled, filled with a hole, hatched, outlined, crossed, dotted, a ring."""
    figure = draw_coverage(view(), LIGHT)
    drawn = {state: shapes_at(figure, place) for place, state in enumerate(STATES)}
    hatched = next(trace for trace in figure.data if trace.type == "bar")
    assert list(hatched.x) == [STATES.index("estimate")] and hatched.marker.pattern.shape == "/"
    assert len(drawn["computed"]) == 2 and drawn["computed"][1][1] == LIGHT.bg
    assert [row[0] for row in drawn["missing"]] == ["line", "line"]
    assert drawn["not_due"][0][2] == "dot" and drawn["plan"][0][2] is None
    looks = {tuple(rows) for rows in drawn.values()}
    assert len(looks) == len(STATES)


def test_every_cell_has_its_hover_and_leads_to_its_source(view):
    """One invisible mark a cell, with the reference of its figure."""
    marks = next(trace for trace in draw_coverage(view(), LIGHT).data if trace.type == "scatter")
    assert len(marks.x) == 8
    assert list(marks.ids) == [f"ref-{place}" for place in range(8)]


def test_a_phone_shows_the_last_years_up_to_the_chosen_one(view):
    """The others are in the table."""
    figure = draw_coverage(view(chosen=6), LIGHT, phone=True)
    assert list(figure.layout.xaxis.range) == [2.5, 6.5]
    words = [note.text for note in figure.layout.annotations]
    assert "2020" not in words and "2021" in words and "<b>2024</b>" in words


def test_no_year_chosen_bands_none(view):
    """And the phone shows the newest."""
    figure = draw_coverage(view(chosen=None), LIGHT, phone=True)
    assert list(figure.layout.xaxis.range) == [3.5, 7.5]
    assert not any(shape.fillcolor == LIGHT.year_band for shape in figure.layout.shapes)


def test_a_few_years_stay_narrow(view):
    """A cell is as wide as in a long history: one year does not fill the page."""
    assert list(draw_coverage(view(), LIGHT).layout.xaxis.range) == [-0.5, 11.5]


def test_a_phone_explains_only_what_stands_in_the_years_it_shows(view):
    """A key of an estimate of years ago would send a reader looking for it."""
    def keys(figure):
        return [note.text for note in figure.layout.annotations if note.text.startswith("key ")]

    assert keys(draw_coverage(view(chosen=6), LIGHT)) == [f"key {state}" for state in STATES]
    on_phone = keys(draw_coverage(view(chosen=6), LIGHT, phone=True))
    assert on_phone == ["key plan", "key missing", "key not_due", "key absent"]

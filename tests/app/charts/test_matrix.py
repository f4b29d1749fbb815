"""The matrix as drawn: runs of years as one bar, never across a break or a year without figures."""

from __future__ import annotations

import pandas as pd
import pytest

from app.charts import draw
from app.charts.theme import LIGHT
from app.charts.years import runs
from app.views.view import Table, View


@pytest.fixture
def view():
    """One group over 2020 to 2024 and, beyond a break, 2025; chosen is 2022."""
    states = ["reached", "reached", "reached", "reached", "missed"]
    frame = pd.DataFrame({"row": 0, "name": "TDP 1", "slot": range(5), "state": states, "hover": "h"})
    detail = {
        "slots": ("2020", "2021", "2022", "2023", "2024", "", "2025"), "chosen": 2,
        "streaks": (("3 năm liền", "plain"),),
        "fractions": ("1/1", "1/1", "1/1", "1/1", "0/1", "", "26/30"), "boxes": (), "brackets": (), "elsewhere": (),
        "keys": (("filled", "Đạt"),), "fraction_head": "Số tổ đạt", "streak_head": "Liên tục",
    }  # fmt: skip
    return View("m", "matrix", "vi", "t", "s", frame, Table("c", (), ()), "a", "n", detail=detail)


def _bars(figure):
    """The bars of the group: filled shapes on its line."""
    return sorted((s.x0, s.x1, s.fillcolor) for s in figure.layout.shapes if s.y0 == -0.33 and s.y1 == 0.33)


def test_adjoining_places_are_one_run():
    """A hole parts them, and nothing is no run."""
    assert runs([]) == []
    assert runs([5, 0, 1, 2]) == [(0, 2), (5, 5)]


def test_a_run_is_one_bar_paler_after_the_chosen_year(view):
    """The two halves touch; the year missed has no bar."""
    assert _bars(draw(view, LIGHT)) == [(-0.42, 2.5, LIGHT.blue), (2.5, 3.42, LIGHT.context_mark)]


def test_the_break_is_a_dotted_vertical_that_no_bar_crosses(view):
    """In its own empty slot."""
    figure = draw(view, LIGHT)
    assert [s.x0 for s in figure.layout.shapes if s.line.dash == "dot" and s.x0 == s.x1] == [5]
    assert all(x1 < 5 or x0 > 5 for x0, x1, _ in _bars(figure))


def test_a_phone_shows_the_five_years_up_to_the_chosen_one(view):
    """And no later one."""
    figure = draw(view, LIGHT, phone=True)
    assert tuple(figure.layout.xaxis.range) == (-0.5, 2.5)
    assert [x1 for _, x1, _ in _bars(figure)] == [2.42]
    said = {note.text for note in figure.layout.annotations}
    assert {"2020", "2021", "<b>2022</b>", "TDP 1", "3 năm liền"} <= said and "2023" not in said

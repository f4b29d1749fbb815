"""The ladder as drawn: area is the count, nought is a ring, missing is a dash."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as some

from app.charts import draw
from app.charts.ladder import diameter
from app.charts.theme import LIGHT
from app.views.view import Table, View

NAN = float("nan")


@pytest.fixture
def view():
    """Two levels over two years and, beyond a break, a third."""
    cells = [
        (0, 0, NAN, "missing", "–"), (0, 1, 0.0, "none", "0"), (0, 3, 1.0, "given", "1"),
        (1, 0, 4.0, "given", "4"), (1, 1, 16.0, "given", "16"), (1, 3, NAN, "ended", "–"),
    ]  # fmt: skip
    frame = pd.DataFrame(cells, columns=["row", "slot", "count", "state", "printed"]).assign(hover="h")
    detail = {
        "slots": ("2023", "2024", "", "2025"), "chosen": 1, "levels": (("Nhà nước", 0), ("Quận<br>(đến 6/2025)", 2)),
        "totals": ["4", "16", "", "1"], "total_head": "Tổng số lượt", "ended_words": "không<br>còn cấp",
        "keys": (("ring", "Không có"),), "laws": (1,), "scale_counts": ((NAN, NAN, NAN, 1.0), (4.0, 16.0, NAN, NAN)),
    }  # fmt: skip
    return View("l", "ladder", "vi", "t", "s", frame, Table("c", (), ()), "a", "n", detail=detail)


@given(some.lists(some.lists(some.integers(1, 5000), min_size=1, max_size=16), min_size=1, max_size=8))
def test_no_dot_outgrows_its_row_and_no_number_meets_the_next_dot(rows):
    """Whatever the counts: at most 52 px high, and beside a dot there is room for its number."""
    slot = 60
    unit = diameter(tuple(tuple(map(float, row)) for row in rows), slot)
    for row in rows:
        assert unit * math.sqrt(max(row)) <= 52.0001
        inside = all(unit * math.sqrt(count) >= max(26, 9 * len(f"{count:,}")) for count in row)
        for here, after in pairwise(row):
            reach = unit * (math.sqrt(here) + math.sqrt(after)) / 2
            assert inside or reach + 9 * len(str(here)) <= slot


def test_the_area_of_a_dot_is_its_count(view):
    """Four times as many, twice as wide."""
    sizes = next(trace.marker.size for trace in draw(view, LIGHT).data if len(trace.x) == 2)
    assert sizes[1] / sizes[0] == pytest.approx(2)


def test_a_number_wider_than_its_dot_stands_beside_it(view):
    """In white on the dot its ends would be lost on the white page."""
    frame = view.frame.assign(count=[NAN, 0.0, 999999.0, 4.0, 16.0, NAN], printed=["–", "0", "999.999", "4", "16", "–"])
    wide = replace(view, frame=frame, detail=view.detail | {"scale_counts": ((NAN, NAN, NAN, 999999.0),)})
    number = next(note for note in draw(wide, LIGHT).layout.annotations if "999.999" in note.text)
    assert number.xanchor == "left" and number.font.color == LIGHT.text


def test_missing_nought_and_ended_are_three_things(view):
    """A dash, an empty ring, words."""
    figure = draw(view, LIGHT)
    said = [note.text for note in figure.layout.annotations]
    assert "–" in said and "không<br>còn cấp" in said
    rings = [trace for trace in figure.data if trace.marker.symbol == "circle-open" and len(trace.x)]
    assert [list(trace.x) for trace in rings if trace.hoverinfo != "skip"] == [[1]]


@pytest.mark.parametrize("phone", [False, True])
def test_a_small_dot_of_the_highest_level_is_ringed(view, phone):
    """The rarest awards are the smallest dots; the ring makes them seen and leaves the area what it was."""
    figure = draw(replace(view, detail=view.detail | {"chosen": 3}), LIGHT, phone=phone)
    rings = [trace for trace in figure.data if trace.hoverinfo == "skip"]
    assert [len(trace.x) for trace in rings] == [1]
    assert rings[0].marker.size > 2 * next(trace.marker.size[0] for trace in figure.data if len(trace.x) == 1)


def test_years_across_a_break_are_parted_by_a_dotted_vertical(view):
    """In the empty slot, and nothing joins the dots anywhere."""
    figure = draw(view, LIGHT)
    dotted = [shape.x0 for shape in figure.layout.shapes if shape.line.dash == "dot" and shape.xref != "paper"]
    assert dotted == [2]
    assert all(trace.mode == "markers" for trace in figure.data)


def test_a_phone_shows_one_year_with_the_year_before_beside_it(view):
    """Levels down the side, the total last."""
    said = [note.text for note in draw(view, LIGHT, phone=True).layout.annotations]
    assert said[:3] == ["", "<b>2024</b>", "2023"]
    assert said[-3:] == ["Tổng số lượt", "<b>16</b>", "4"]
    assert "2025" not in said

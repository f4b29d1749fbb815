"""The squares as drawn: one a group, filled where it reached the title."""

from __future__ import annotations

import pandas as pd
import pytest

from app.charts import draw
from app.charts.theme import DARK, LIGHT
from app.views.view import Table, View


@pytest.fixture
def view():
    """A maker of a view of kind "waffle"."""

    def make(form, reached, missed):
        states = ["reached"] * reached + ["missed"] * missed
        name = "" if form == "unnamed" else "TDP 1"
        frame = pd.DataFrame(
            {"place": range(len(states)), "name": name, "state": states, "note": "✓ đạt", "hover": "h"}
        )  # fmt: skip
        detail = {"form": form, "reached": reached, "of": reached + missed, "unnamed": form == "unnamed",
                  "words": "13 đạt · 5 chưa đạt", "reached_words": "tổ đạt", "rest_words": "chưa đạt"}  # fmt: skip
        return View("w", "waffle", "vi", "t", "s", frame, Table("c", (), ()), "a", "n", detail=detail)

    return make


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
@pytest.mark.parametrize("phone", [False, True])
def test_thirteen_of_eighteen_squares_are_filled_and_none_is_named(view, theme, phone):
    """Fill and tick tell the state, never colour alone; no text but ticks and the words underneath."""
    figure = draw(view("unnamed", 13, 5), theme, phone=phone)
    fills = [shape.fillcolor for shape in figure.layout.shapes]
    assert fills.count(theme.blue) == 13 and fills.count(theme.bg) == 5
    said = [note.text for note in figure.layout.annotations]
    assert said.count("✓") == 13 and len(said) == 14


def test_names_stand_in_three_columns_on_a_phone_and_in_six_on_a_screen(view):
    """The squares are counted across."""
    named = view("named", 13, 5)
    assert {shape.x0 for shape in draw(named, LIGHT).layout.shapes} == {place - 0.46 for place in range(6)}
    assert len({shape.x0 for shape in draw(named, LIGHT, phone=True).layout.shapes}) == 3


def test_too_many_groups_are_one_bar_with_both_numbers(view):
    """A share too small for its words leaves them to the line underneath."""
    figure = draw(view("share", 69, 23), LIGHT)
    assert [note.text for note in figure.layout.annotations] == ["<b>69</b> tổ đạt", "<b>23</b> chưa đạt"]
    assert [shape.x1 for shape in figure.layout.shapes] == [92, 69]
    assert "13 đạt" in draw(view("share", 90, 2), LIGHT).layout.annotations[-1].text


def test_no_text_is_smaller_than_fourteen_px(view):
    """On screen and phone, in every form."""
    for form in ("named", "unnamed", "numbered", "share"):
        for phone in (False, True):
            figure = draw(view(form, 13, 5), LIGHT, phone=phone)
            assert all(note.font.size >= 14 for note in figure.layout.annotations)

"""Ordered bars as drawn: from nought, on the scale the panels share, the number printed."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from app.charts import draw
from app.charts.theme import LIGHT
from app.views.view import Table, View


@pytest.fixture
def view():
    """Three bars of two levels and one without a level."""
    frame = pd.DataFrame(
        {
            "label": ["Giấy khen của quận, huyện, sở, ngành", "Lao động tiên tiến", "Khác"], "value": [24.0, 18.0, 1.0],
            "tone": [2, 3, None], "printed": ["24", "18", "1"], "hover": "h",
        }
    )  # fmt: skip
    return View("b", "bars", "vi", "t", "s", frame, Table("c", (), ()), "a", "n", detail={"largest": 40.0})


def test_bars_start_at_nought_and_end_on_the_shared_scale(view):
    """A panel of smaller numbers has shorter bars."""
    assert tuple(draw(view, LIGHT).layout.xaxis.range) == (0, 40.0)


def test_the_tone_is_the_level_and_without_one_the_colour_of_data(view):
    """Highest level strongest."""
    assert list(draw(view, LIGHT).data[0].marker.color) == [LIGHT.levels[2], LIGHT.levels[3], LIGHT.blue]


def test_a_plan_is_an_outline_and_an_estimate_hatched(view):
    """As in the columns: only what was done is filled, spending in its own colour."""
    frame = view.frame.assign(tone=["plan", "estimate", "spending"])
    marker = draw(replace(view, frame=frame), LIGHT).data[0].marker
    assert list(marker.color) == [LIGHT.bg, LIGHT.blue, LIGHT.slate]
    assert list(marker.line.width) == [1.5, 1.5, 0] and marker.line.color[0] == LIGHT.muted
    assert list(marker.pattern.shape) == ["", "/", ""]


@pytest.mark.parametrize("phone", [False, True])
def test_every_bar_prints_its_name_and_number(view, phone):
    """A long name takes two lines beside its bar, one above it on a phone."""
    said = [note.text for note in draw(view, LIGHT, phone=phone).layout.annotations]
    assert {"<b>24</b>", "<b>18</b>", "<b>1</b>", "Khác"} <= set(said)
    assert ("Giấy khen của quận, huyện, sở, ngành" in said) is phone

"""The bullet list: honest bars from 0, the gap zoomed beside them, words where nothing can be drawn."""

from dataclasses import replace

import pandas as pd
import pytest

from app.charts import draw
from app.charts.theme import DARK, LIGHT
from app.views.view import Table, View


def bullet(name, bar, score, state, **more):
    """One row of the frame."""
    return {
        "name": name,
        "bar": bar,
        "near": 95.0,
        "score": score,
        "printed": f"{bar}%",
        "gap_words": f"{score}",
        "state": state,
        "words": "kế hoạch bằng 0",
        "hover": "",
    } | more


@pytest.fixture
def view():
    """Three indicators: over, under, and one whose plan is 0."""
    rows = [
        bullet("Thu", 101.0, 1.0, "exceeded"),
        bullet("BHYT", 90.0, -9.5, "missed"),
        bullet("Hộ nghèo", float("nan"), float("nan"), "reached"),
    ]
    detail = {"bar_words": "Thực hiện", "gap_heading": "Chênh", "gap_panel": True}
    return View(
        id="b",
        kind="bullets",
        lang="vi",
        title="Thu vượt",
        subtitle="",
        frame=pd.DataFrame(rows),
        table=Table("", (), ()),
        alt="",
        source="",
        detail=detail,
    )


def test_a_row_without_a_bar_has_a_dotted_frame_with_words(view):
    """Never a bar of length 0."""
    figure = draw(view, LIGHT)
    assert len(figure.data) == 2
    assert "kế hoạch bằng 0" in [note.text for note in figure.layout.annotations]
    assert any(shape.line.dash == "dot" for shape in figure.layout.shapes)


def test_bars_start_at_zero_and_the_plan_is_one_line(view):
    """Every target mark stands at 100."""
    figure = draw(view, LIGHT)
    assert figure.layout.xaxis.range == (0, 125)
    marks = [shape for shape in figure.layout.shapes if shape.line.width == 3 and shape.xref != "x2"]
    assert {shape.x0 for shape in marks} == {100}


def test_an_outlier_ends_in_a_break_mark_at_150(view):
    """608 % flattens nothing and prints its number."""
    rows = pd.concat([view.frame, pd.DataFrame([bullet("Xã", 608.0, 508.0, "exceeded")])])
    figure = draw(replace(view, frame=rows), LIGHT)
    assert figure.layout.xaxis.range == (0, 150)
    assert max(x for bar in figure.data for x in bar.x) == 150
    assert figure.layout.xaxis2.range[1] < 40
    assert "<b>608.0%</b>" in [note.text for note in figure.layout.annotations]


@pytest.mark.parametrize("phone", [False, True])
@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_every_judged_row_carries_its_shape(view, theme, phone):
    """The state is never told by colour alone."""
    figure = draw(view, theme, phone=phone)
    assert len(figure.layout.images) == (3 if phone else 2)


@pytest.mark.parametrize("phone", [False, True])
def test_text_is_horizontal_and_large_enough(view, phone):
    """14 px at least."""
    figure = draw(view, LIGHT, phone=phone)
    assert all((note.font.size or 14) >= 14 and not note.textangle for note in figure.layout.annotations)


def test_without_a_gap_panel_the_bars_take_its_room(view):
    """One printed percentage needs no second panel."""
    alone = replace(view, frame=view.frame.head(1), detail=view.detail | {"gap_panel": False})
    assert draw(alone, LIGHT).layout.xaxis.domain[1] > draw(view, LIGHT).layout.xaxis.domain[1]

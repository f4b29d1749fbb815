"""Columns of plan and actual: one scale for columns and differences, nothing invented in an open slot."""

from dataclasses import replace

import pandas as pd
import pytest

from app.charts import draw
from app.charts.theme import DARK, LIGHT
from app.views.view import Table, View

NAN = float("nan")


def column(place, plan, actual, **more):
    """One row of the frame, its words made from its numbers."""
    known = actual == actual
    return {
        "place": place,
        "label": str(2011 + place),
        "plan": plan,
        "actual": actual,
        "gap": actual - plan if known else NAN,
        "foot": f"{actual:g}" if known else "",
        "attained": f"{actual / plan * 100:.0f}%" if known else "",
        "gap_words": f"{actual - plan:+g}" if known else "",
        "state": "no_data" if not known else "exceeded" if actual > plan else "missed",
        "estimate": False,
        "split": False,
        "words": "" if known else "chưa có<br>số liệu",
        "hover": "<b>năm</b>",
    } | more


@pytest.fixture
def view():
    """Five years, one of them missing, one short of its plan, and a break before the last."""
    rows = [column(0, 18, 19), column(1, 21, 19), column(2, NAN, NAN), column(3, 26, 29), column(5, 30, 33, split=True)]
    return View(
        id="thu",
        kind="plan_actual",
        lang="vi",
        title="Thu đạt dự toán 2/3 năm",
        subtitle="",
        frame=pd.DataFrame(rows),
        table=Table("", (), ()),
        alt="",
        source="",
        detail={
            "slots": ["2011", "2012", "2013", "2014", "", "2025"],
            "chosen": 3,
            "breaks": [(4, "Sáp nhập")],
            "unit": "Tỷ đồng",
            "tier": "Chênh lệch",
            "spending": False,
            "cut": None,
            "keys": [("outline", "Dự toán"), ("filled", "Thực hiện")],
            "rows": 5,
        },
    )


def px_per_unit(figure, axis):
    """How many px one unit of an axis takes."""
    layout = figure.layout
    plot = layout.height - layout.margin.t - layout.margin.b
    low, high = layout[axis].range
    return (layout[axis].domain[1] - layout[axis].domain[0]) * plot / (high - low)


def said(figure):
    """Everything printed in a figure."""
    return [note.text for note in figure.layout.annotations]


def test_one_year_is_a_column_of_ordinary_width(view):
    """Not a wall: one year takes a seventh of the width, and the gridlines end with it."""
    one = replace(view, frame=view.frame.head(1), detail=view.detail | {"slots": ["2011"], "breaks": [], "chosen": 0})
    assert draw(one, LIGHT).layout.xaxis.domain[1] < 0.2
    assert draw(view, LIGHT).layout.xaxis.domain[1] > 0.8


def test_an_open_slot_has_words_and_no_column(view):
    """No bar of height 0, and a dash among the differences."""
    figure = draw(view, LIGHT)
    drawn = [x for bar in figure.data for x, y in zip(bar.x, bar.y, strict=True) if y == y and y is not None]
    assert 2 not in drawn
    assert "chưa có<br>số liệu" in said(figure)
    assert "–" in said(figure)


def test_differences_have_the_scale_of_the_columns(view):
    """One đồng is as many px in the tier as above it."""
    figure = draw(view, LIGHT)
    assert px_per_unit(figure, "yaxis") == pytest.approx(px_per_unit(figure, "yaxis2"), rel=0.02)


def test_columns_start_at_zero_and_money_has_one_axis(view):
    """No second money axis beside the first: the tier lies below."""
    figure = draw(view, LIGHT)
    assert figure.layout.yaxis.range[0] == 0
    assert figure.layout.yaxis2.domain[1] < figure.layout.yaxis.domain[0]


def test_the_plan_is_an_outline_behind_a_solid_column(view):
    """Wider, transparent, drawn first."""
    plan, actual = draw(view, LIGHT).data[:2]
    assert plan.marker.color == "rgba(0,0,0,0)" and plan.width > actual.width


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_a_shortfall_is_hollow_and_halves_are_grey(view, theme):
    """Shape tells it apart without colour; the split year has no colour of success."""
    _, actual, tier = draw(view, theme).data
    assert tier.marker.color[1] == theme.bg and tier.marker.line.color[1] == theme.orange
    assert actual.marker.color[-1] == theme.grey


def test_an_estimate_is_hatched(view):
    """And only it."""
    frame = view.frame.assign(estimate=[False, False, False, True, False])
    assert draw(replace(view, frame=frame), LIGHT).data[1].marker.pattern.shape == ("", "", "", "/", "")


def test_an_outlier_ends_in_a_break_mark_with_its_number(view):
    """The others keep their height."""
    frame = pd.concat([view.frame.head(4), pd.DataFrame([column(5, 30, 300)])])
    cut = replace(view, frame=frame, detail=view.detail | {"cut": 33.0})
    figure = draw(cut, LIGHT)
    assert max(figure.data[1].y) == 33
    assert "300" in said(figure)
    assert any(shape.type == "path" for shape in figure.layout.shapes)


def test_a_break_is_an_empty_slot_with_a_dotted_line_and_its_reason(view):
    """Rule 18."""
    figure = draw(view, LIGHT)
    assert any(shape.x0 == shape.x1 == 4 and shape.line.dash == "dot" for shape in figure.layout.shapes)
    assert "Sáp nhập" in said(figure)


@pytest.mark.parametrize("phone", [False, True])
def test_all_text_is_horizontal_and_large_enough(view, phone):
    """14 px at least, no angle."""
    figure = draw(view, LIGHT, phone=phone)
    assert all((note.font.size or 14) >= 14 and not note.textangle for note in figure.layout.annotations)
    assert figure.layout.font.size >= 14


def test_a_phone_shows_the_newest_years_first_a_row_each(view):
    """As many rows as asked for."""
    figure = draw(replace(view, detail=view.detail | {"rows": 2}), LIGHT, phone=True)
    labels = [text for text in said(figure) if text in ("2016", "<b>2014</b>", "2012")]
    assert labels == ["2016", "<b>2014</b>"]
    assert all(bar.orientation == "h" for bar in figure.data)


def test_on_a_phone_a_long_estimate_has_its_number_inside_on_white(view):
    """Behind its end it lay on the attainment; a short one has room there."""
    rows = [column(0, 30, 2, estimate=True), column(1, 30, 33, estimate=True)]
    figure = draw(replace(view, frame=pd.DataFrame(rows), detail=view.detail | {"breaks": []}), LIGHT, phone=True)
    at = {note.text: (note.x, note.bgcolor, note.font.color) for note in figure.layout.annotations}
    assert at["33"] == (0, LIGHT.bg, LIGHT.text) and at["2"] == (2, LIGHT.bg, LIGHT.text)


def test_a_phone_shows_the_chosen_year_however_old(view):
    """The last rows give way to those that end with the chosen one."""
    older = replace(view, detail=view.detail | {"rows": 2, "chosen": view.frame["place"].iloc[1]})
    shown = " ".join(said(draw(older, LIGHT, phone=True)))
    assert "2012" in shown and "2016" not in shown


def test_the_words_of_two_breaks_never_run_into_each_other(view):
    """The later one is named, the earlier has its line and the note below the chart."""
    breaks = [(2.5, "Luật Thi đua, khen thưởng<br>có hiệu lực"), (4, "Sáp nhập")]
    figure = draw(replace(view, detail=view.detail | {"breaks": breaks, "slots": ["x"] * 15}), LIGHT)
    assert "Sáp nhập" in said(figure) and breaks[0][1] in said(figure)
    near = [(3.5, breaks[0][1]), (4, "Sáp nhập")]
    figure = draw(replace(view, detail=view.detail | {"breaks": near, "slots": ["x"] * 15}), LIGHT)
    assert "Sáp nhập" in said(figure) and breaks[0][1] not in said(figure)
    assert any(shape.x0 == 3.5 == shape.x1 for shape in figure.layout.shapes)


def test_on_a_wall_the_chosen_year_and_the_misses_stand_out(view):
    """Other years stand back; a miss has its shape beside its percent, for who sees no colour."""
    wall = replace(view, detail=view.detail | {"wall": True}, frame=view.frame.assign(gap=NAN))
    figure = draw(wall, LIGHT)
    assert list(figure.data[1].marker.color) == [
        LIGHT.context_mark, LIGHT.orange, LIGHT.context_mark, LIGHT.blue, LIGHT.grey]  # fmt: skip
    shapes = [(shape.xanchor, shape.line.color) for shape in figure.layout.shapes if shape.type == "path"]
    assert shapes == [(1, LIGHT.orange)]
    narrow = draw(replace(wall, detail=wall.detail | {"width": 480, "height": 300}), LIGHT)
    paths = [next(shape.path for shape in each.layout.shapes if shape.type == "path") for each in (figure, narrow)]
    assert not paths[0].startswith("M-7,") and paths[1].startswith("M-7,"), "over the percent where others are near"
    on_screen = draw(view, LIGHT).layout.shapes
    assert not [shape for shape in on_screen if shape.type == "path"], "there the tier has it"


def test_the_reason_of_an_earlier_break_takes_more_lines_where_it_would_run_into_the_next(view):
    """A wall has no notes below the chart."""
    breaks = [(0.5, "Từ 2022 dùng chuẩn nghèo<br>giai đoạn 2022–2025"), (4, "Sáp nhập 1/7/2025:<br>không so với trước")]
    figure = draw(replace(view, detail=view.detail | {"breaks": breaks, "width": 780}), LIGHT)
    assert {"Từ 2022 dùng chuẩn<br>nghèo giai đoạn<br>2022–2025", breaks[1][1]} <= set(said(figure))

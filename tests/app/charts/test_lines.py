"""Lines: joined only where they may be, the plan as steps, every last point labelled."""

from dataclasses import replace

import pandas as pd
import pytest

from app.charts import draw
from app.charts.theme import LIGHT
from app.views.view import Table, View


def mark(place, value, run, plan=float("nan"), **more):
    """One row of the frame."""
    return {
        "place": place,
        "run": run,
        "split": False,
        "label": str(2011 + place),
        "value": value,
        "plan": plan,
        "printed": f"{value}%",
        "plan_printed": f"{plan}%",
        "state": "reached",
        "estimate": False,
        "hover": "",
        "facet": "a",
    } | more


@pytest.fixture
def view():
    """2011 and 2012, nothing in 2013, then 2014, 2015 and a new rule before 2016."""
    rows = [mark(0, 90.0, 1, 92.0), mark(1, 91.0, 1, 92.0), mark(3, 93.0, 2), mark(4, 94.0, 2), mark(5, 80.0, 3)]
    return View(
        id="l",
        kind="line",
        lang="vi",
        title="BHYT 80%",
        subtitle="",
        frame=pd.DataFrame(rows),
        table=Table("", (), ()),
        alt="",
        source="",
        detail={
            "slots": ["2011", "2012", "2013", "2014", "2015", "2016"],
            "chosen": 4,
            "breaks": [(4.5, "Chuẩn mới")],
            "low": 78.0,
            "high": 96.0,
            "missing": {2: "chưa có<br>số liệu"},
            "keys": [("line", "Thực hiện"), ("dashed", "Kế hoạch")],
            "spending": False,
        },
    )


def strokes(figure):
    """The x of every solid line."""
    return [list(line.x) for line in figure.data if line.mode == "lines" and line.line.dash is None]


def test_a_line_joins_neither_over_a_missing_year_nor_over_a_break(view):
    """A point alone is a dot."""
    figure = draw(view, LIGHT)
    assert strokes(figure) == [[0, 1], [3, 4]]
    assert any(line.mode == "markers" and line.marker.opacity == 1 and 5 in line.x for line in figure.data)


def test_the_plan_is_level_over_the_whole_of_each_year(view):
    """The last step is as long as the others."""
    plan = next(line for line in draw(view, LIGHT).data if line.line.dash == "dash")
    assert list(plan.x) == [-0.5, 0.5, 0.5, 1.5]


def test_first_chosen_and_last_point_are_labelled(view):
    """And no other."""
    texts = [note.text for note in draw(view, LIGHT).layout.annotations]
    assert sorted(text for text in texts if text.startswith("<b>") and text.endswith("%</b>")) == [
        "<b>80.0%</b>", "<b>90.0%</b>", "<b>94.0%</b>",
    ]  # fmt: skip
    assert "Chuẩn mới" in texts and "chưa có<br>số liệu" in texts


def test_a_phone_leaves_reasons_to_the_notes(view):
    """At 390 px they would lie on each other; the dotted line stays."""
    figure = draw(view, LIGHT, phone=True)
    assert "Chuẩn mới" not in [note.text for note in figure.layout.annotations]
    assert any(shape.line.dash == "dot" and shape.x0 == 4.5 for shape in figure.layout.shapes)


@pytest.mark.parametrize(("phone", "columns"), [(False, 2), (True, 1)])
def test_small_multiples_share_the_years_and_have_a_scale_each(view, phone, columns):
    """Two panels side by side, on a phone below each other; a break is drawn in each that has it."""
    facets = [
        {"id": id, "name": id, "low": low, "high": low + 10, "last": "x", "beyond": beyond, "spending": False}
        for id, low, beyond in (("a", 80, ""), ("b", 0, "2025: 700 tỷ"))
    ]
    other = view.frame.assign(facet="b", value=5.0)
    many = replace(
        view, kind="multiples", frame=pd.concat([view.frame, other]),
        detail=view.detail
        | {"facets": facets, "breaks": {"a": [(4.5, "")], "b": []}, "first": "2011", "final": "2016"},
    )  # fmt: skip
    figure = draw(many, LIGHT, phone=phone)
    assert figure.layout.xaxis.range == figure.layout.xaxis2.range
    assert figure.layout.yaxis.range != figure.layout.yaxis2.range
    assert (figure.layout.xaxis.domain == figure.layout.xaxis2.domain) == (columns == 1)
    assert any("2025: 700 tỷ" in note.text for note in figure.layout.annotations)


def test_an_estimate_on_a_line_is_a_hollow_dot_in_whatever_year_it_stands(view):
    """A year in the middle of a stretch has no dot of its own unless it must be told apart."""
    frame = view.frame.assign(estimate=[False, False, True, False, False])
    line = replace(view, frame=frame, detail=view.detail | {"chosen": 5})
    dots = next(trace for trace in draw(line, LIGHT).data if trace.mode == "markers" and trace.marker.opacity == 1)
    assert dict(zip(dots.x, dots.marker.color, strict=True))[3] == LIGHT.bg
    assert LIGHT.bg not in {colour for place, colour in zip(dots.x, dots.marker.color, strict=True) if place != 3}


def test_a_year_that_fell_short_has_the_shape_of_its_state_in_place_of_a_dot(view):
    """Colour alone tells nobody who sees none; an estimate stays hollow and is not judged."""
    states = [("near", False), ("reached", False), ("reached", False), ("missed", False), ("missed", True)]
    frame = view.frame.assign(state=[state for state, _ in states], estimate=[each for _, each in states])
    keys = [*view.detail["keys"], ("near", "Gần đạt"), ("missed", "Chưa đạt")]
    figure = draw(replace(view, frame=frame, detail=view.detail | {"keys": keys}), LIGHT)
    shapes = [(shape.xanchor, shape.yanchor) for shape in figure.layout.shapes if shape.type == "path"]
    assert {(0, 90.0), (4, 94.0)} <= set(shapes) and (5, 80.0) not in shapes
    dots = next(line for line in figure.data if line.mode == "markers" and line.marker.opacity == 1)
    assert list(dots.x) == [5]
    said = {note.text: note.font.color for note in figure.layout.annotations}
    assert {"Gần đạt", "Chưa đạt"} <= set(said)
    assert said["<b>90.0%</b>"] == LIGHT.grey and said["<b>94.0%</b>"] == LIGHT.orange
    assert said["<b>80.0%</b>"] == LIGHT.text
    reached = replace(view, detail=view.detail | {"keys": keys})
    assert "Gần đạt" not in [note.text for note in draw(reached, LIGHT).layout.annotations], "no key without its mark"


def test_the_first_value_is_left_to_the_axis_where_a_line_would_strike_it_through(view):
    """The chosen and the last one are always printed."""
    rows = [mark(0, 90.0, 1, 90.0, printed="100% (12/12)"), mark(1, 96.0, 1, 90.0), mark(2, 90.0, 1, 90.0)]
    detail = view.detail | {"slots": ["2016", "2017", "2018"], "chosen": 2, "breaks": [], "missing": {}, "low": 89.8,
                            "width": 400}  # fmt: skip
    figure = draw(replace(view, frame=pd.DataFrame(rows), detail=detail), LIGHT)
    printed = [note.text for note in figure.layout.annotations]
    assert "<b>100% (12/12)</b>" not in printed and "<b>90.0%</b>" in printed

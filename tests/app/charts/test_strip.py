"""The dot strip: a row a ward, one's own picked out, outliers behind a break mark, last year as a paler dot."""

from dataclasses import replace

import pandas as pd
import pytest

from app.charts import draw
from app.charts.theme import DARK, LIGHT
from app.views.view import Table, View

NAN = float("nan")


def mark(name, value, **more):
    """One row of the frame."""
    return {
        "group": 0, "name": name, "where": "Hà Nội", "value": value, "printed": f"{value}%", "before": NAN,
        "change": "", "own": False, "estimate": False, "hover": name, "ref": f"ref {name}", "before_ref": "",
    } | more  # fmt: skip


@pytest.fixture
def view():
    """An outlier, one's own with last year, and one more."""
    rows = [mark("Xã A", 608.0), mark("Phường B", 120.0, own=True, before=110.0, change="+10 điểm %",
                                      before_ref="ref B 2023"), mark("Xã C", 90.0)]  # fmt: skip
    return View(
        id="s", kind="strip", lang="vi", title="", subtitle="", frame=pd.DataFrame(rows), table=Table("", (), ()),
        alt="", source="",
        detail={
            "groups": [{"heading": "", "median": 120.0, "median_words": "trung vị 120%"}], "low": 80.0, "high": 130.0,
            "cut": 138.0, "plan": "100% kế hoạch", "before": "So với 2023", "percent": True,
            "keys": [("dot", "Phường, xã đang xem"), ("early", "Năm 2023"), ("cut", "Xa ngoài thang")],
        },
    )  # fmt: skip


def words(figure):
    """All annotations."""
    return [note.text for note in figure.layout.annotations]


@pytest.mark.parametrize("phone", [False, True])
@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_every_ward_has_its_name_and_its_number(view, theme, phone):
    """One's own both bold; the middle is named; nothing is turned or small."""
    figure = draw(view, theme, phone=phone)
    said = " ".join(words(figure))
    for name, number in (("Xã A", "608.0%"), ("<b>Phường B</b>", "<b>120.0%</b>"), ("Xã C", "90.0%")):
        assert name in said and number in said
    assert "trung vị 120%" in said and "+10 điểm %" in said
    assert all(not note.textangle for note in figure.layout.annotations)
    assert all((note.font.size or 14) >= 14 for note in figure.layout.annotations)


def test_an_outlier_stands_behind_two_strokes_and_off_the_scale(view):
    """The others keep their distances."""
    figure = draw(view, LIGHT)
    dots = figure.data[-1]
    assert list(dots.x)[1:] == [120.0, 90.0] and 130 < dots.x[0] <= figure.layout.xaxis.range[1] < 140
    strokes = [shape for shape in figure.layout.shapes if shape.type == "line" and shape.xref != "paper"]
    slanted = [shape for shape in strokes if shape.x0 != shape.x1 and shape.y0 != shape.y1]
    assert len(slanted) == 2 and all(130 < shape.xanchor < dots.x[0] for shape in slanted)


def test_each_dot_leads_to_its_own_row_and_last_years_to_last_years(view):
    """By the references in the traces' ids."""
    old, new = draw(view, LIGHT).data
    assert list(new.ids) == ["ref Xã A", "ref Phường B", "ref Xã C"] and list(old.ids) == ["ref B 2023"]
    assert list(old.x) == [110.0]


def test_ones_own_dot_is_the_only_one_in_colour(view):
    """All others are grey; with none of one's own all are."""
    colours = list(draw(view, LIGHT).data[-1].marker.color)
    assert colours == [LIGHT.grey, LIGHT.blue, LIGHT.grey]
    nobody = replace(view, frame=view.frame.assign(own=False))
    assert set(draw(nobody, LIGHT).data[-1].marker.color) == {LIGHT.grey}


def test_the_number_stands_where_last_years_dot_is_not(view):
    """A rise on its right, a fall on its left."""
    def anchor(figure):
        return next(note.xanchor for note in figure.layout.annotations if note.text == "<b>120.0%</b>")

    fallen = view.frame.assign(before=[NAN, 128.0, NAN])
    assert (anchor(draw(view, LIGHT)), anchor(draw(replace(view, frame=fallen), LIGHT))) == ("left", "right")


def test_groups_have_a_heading_each_and_their_own_middle(view):
    """The heading stands over the group's rows; a group without a middle has no line."""
    groups = [{"heading": "Nhóm một", "median": 120.0, "median_words": ""},
              {"heading": "Nhóm hai", "median": NAN, "median_words": ""}]  # fmt: skip
    frame = view.frame.assign(group=[0, 0, 1])
    figure = draw(replace(view, frame=frame, detail=view.detail | {"groups": groups, "before": ""}), LIGHT)
    place = {note.text: note.y for note in figure.layout.annotations}
    rows = list(figure.data[-1].y)
    assert place["<b>Nhóm một</b>"] < rows[0] < rows[1] < place["<b>Nhóm hai</b>"] < rows[2]
    assert len([shape for shape in figure.layout.shapes if shape.line.dash == "4px,3px"]) == 1


def test_an_estimate_is_hollow(view):
    """As on every chart: what may still change is not filled."""
    figure = draw(replace(view, frame=view.frame.assign(estimate=[True, False, False])), LIGHT)
    assert figure.data[-1].marker.color[0] == LIGHT.bg


def test_on_a_phone_no_upright_line_runs_through_a_name(view):
    """The plan and the middle pass each dot; the names stand over the dots, where beside them they run in one."""
    rows = view.frame.assign(own=False)
    figure = draw(replace(view, frame=rows), LIGHT, phone=True)
    dots = list(figure.data[-1].y)
    upright = [shape for shape in figure.layout.shapes if shape.x0 == shape.x1 and shape.x0 in (100.0, 120.0)]
    upright = [shape for shape in upright if shape.line.color != LIGHT.grid]
    assert len(upright) == 2 * len(dots)
    names = [note for note in figure.layout.annotations if note.yshift == 20]
    assert len(names) == len(dots)
    for line in upright:
        assert all(line.y1 <= name.y - 28 or line.y0 >= name.y - 11 for name in names)
    beside = draw(view, LIGHT).layout.shapes
    assert len([shape for shape in beside if shape.x0 == shape.x1 == 120.0 and shape.line.dash]) == 1

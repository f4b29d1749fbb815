"""The slope chart: one scale for all panels, labels that never lie on each other, two lines at most in colour."""

from itertools import pairwise

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.charts import draw
from app.charts.slope import LINE, spread
from app.charts.theme import DARK, LIGHT
from app.views.view import Table, View


def mark(name, old, new, panel="rate", **more):
    """One row of the frame."""
    return {
        "panel": panel, "name": name, "old": old, "new": new, "old_printed": f"{old}%", "new_printed": f"{new}%",
        "change": f"{new - old:+.1f}", "bold": False, "verdict": "", "hover": name, "old_ref": f"{name} 2023",
        "ref": f"{name} 2024",
    } | more  # fmt: skip


@pytest.fixture
def view():
    """Four lines that meet at 100, and one in a panel of its own."""
    rows = [mark("Tăng", 80.0, 100.0, bold=True, verdict="better"), mark("Bằng", 100.0, 100.0),
            mark("Gần", 99.9, 100.0), mark("Giảm", 100.0, 90.0, bold=True, verdict="worse"),
            mark("Chi", 95.0, 105.0, panel="plan")]  # fmt: skip
    return View(
        id="s", kind="slope", lang="vi", title="", subtitle="", frame=pd.DataFrame(rows), table=Table("", (), ()),
        alt="", source="",
        detail={"panels": [("plan", "% kế hoạch"), ("rate", "Tỷ lệ, %")], "years": ("2023", "2024")},
    )  # fmt: skip


@given(st.lists(st.floats(0, 500), min_size=1, max_size=12), st.floats(10, 40))
def test_labels_keep_their_order_and_their_distance(wanted, high):
    """And none stands above the panel's top."""
    found = spread(wanted, [high] * len(wanted), 20.0)
    placed = sorted(zip(wanted, found, strict=True))
    assert min(found) >= 20.0 + high / 2 - 1e-6
    assert all(low[0] == high[0] or low[1] < high[1] for low, high in pairwise(placed))
    assert all(second - first >= high - 1e-6 for first, second in pairwise(sorted(found)))


@given(st.floats(50, 300))
def test_labels_that_do_not_meet_stay_where_they_belong(at):
    """Nothing is moved without need."""
    assert spread([at, at + 40, at + 90], [30] * 3, 0.0) == pytest.approx([at, at + 40, at + 90])


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_only_what_is_picked_out_has_a_colour(view, theme):
    """Better and worse in the colours of reached and missed, all others in one grey."""
    inks = {line.ids[1].split()[0]: line.line.color for line in draw(view, theme).data}
    grey = theme.context_line
    assert inks == {"Tăng": theme.blue, "Giảm": theme.orange, "Bằng": grey, "Gần": grey, "Chi": grey}


@pytest.mark.parametrize("phone", [False, True])
def test_both_ends_of_every_line_are_labelled_apart(view, phone):
    """On either side no two labels are nearer than a line of text."""
    figure = draw(view, LIGHT, phone=phone)
    for place in (0, 1):
        labels = [note for note in figure.layout.annotations if note.x == place and abs(note.xshift or 0) == 19]
        heights = sorted(note.y for note in labels)
        assert len(labels) == 5
        assert min(second - first for first, second in pairwise(heights)) >= LINE * 0.8
    assert all((note.font.size or 14) >= 14 and not note.textangle for note in figure.layout.annotations)


def test_a_point_of_percent_is_as_high_in_every_panel(view):
    """A steeper line is a larger change, wherever it stands."""
    rise = {line.ids[1].split()[0]: line.y[0] - line.y[1] for line in draw(view, LIGHT).data}
    assert rise["Tăng"] / 20 == pytest.approx(rise["Chi"] / 10) == pytest.approx(-rise["Giảm"] / 10)
    assert rise["Bằng"] == 0


def test_each_end_leads_to_its_own_year(view):
    """The references stand in the traces' ids; marks at the edge are not cut."""
    for line in draw(view, LIGHT).data:
        assert [word.split()[1] for word in line.ids] == ["2023", "2024"] and line.cliponaxis is False


def test_a_phone_keeps_room_for_the_lines(view):
    """Names wrap, and a third of the width is left between the labels at 358 px."""
    long = view.frame.assign(name="Hồ sơ giải quyết đúng hạn và trước hạn")
    figure = draw(View(**{**view.__dict__, "frame": long}), LIGHT, phone=True)
    assert 358 - figure.layout.margin.l - figure.layout.margin.r > 70
    assert any("<br>" in note.text for note in figure.layout.annotations)

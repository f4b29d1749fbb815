"""Every kind of chart by name, and the one way to draw a view."""

from __future__ import annotations

from collections.abc import Callable

import plotly.graph_objects as go

from app.charts.bars import draw_bars
from app.charts.bullets import draw_bullets
from app.charts.coverage import draw_coverage
from app.charts.ladder import draw_ladder
from app.charts.lines import draw_line, draw_multiples
from app.charts.matrix import draw_matrix
from app.charts.plan_actual import draw_plan_actual
from app.charts.slope import draw_slope
from app.charts.strip import draw_strip
from app.charts.theme import Theme
from app.charts.waffle import draw_waffle
from app.views.view import View

# kind of a view -> the function that draws it: draw_kind(view, theme, *, phone=False) -> go.Figure
CHARTS: dict[str, Callable[..., go.Figure]] = {
    "bars": draw_bars,
    "bullets": draw_bullets,
    "coverage": draw_coverage,
    "ladder": draw_ladder,
    "line": draw_line,
    "matrix": draw_matrix,
    "multiples": draw_multiples,
    "plan_actual": draw_plan_actual,
    "slope": draw_slope,
    "strip": draw_strip,
    "waffle": draw_waffle,
}


def draw(view: View, theme: Theme, *, phone: bool = False) -> go.Figure:
    """The figure of a view in a theme; `phone` asks for the form that can be read at 390 px.

    Raises KeyError where the view's kind has no chart: a missing chart is a bug.
    """
    figure = CHARTS[view.kind](view, theme, phone=phone)
    _keep_bright(figure)
    return figure


def ref_at(figure: go.Figure, curve: int, point: int) -> str:
    """The words of the references a mark carries (the trace's `ids`), parted by spaces; "" where it carries none."""
    ids = figure.data[curve].ids if 0 <= curve < len(figure.data) else None
    return str(ids[point]) if ids is not None and 0 <= point < len(ids) else ""


def _keep_bright(figure: go.Figure) -> None:
    """A click on one mark must not dim the others."""
    for trace in figure.data:
        if trace.type == "bar" or "markers" in (trace.mode or ""):
            own = trace.marker.opacity
            trace.unselected = {"marker": {"opacity": 1 if own is None else own}}

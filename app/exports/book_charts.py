"""Native charts in a workbook: they stand on cells of their own sheet and change with them."""

from __future__ import annotations

from collections.abc import Sequence

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from app.charts.theme import LIGHT
from app.exports.slide_shapes import tone_of
from app.views.view import View

SIZE = {"width": 760, "height": 380}  # pixels
TYPES = {"plan_actual": "column", "bars": "bar", "line": "line"}
FONT = {"name": "Arial", "size": 11, "color": LIGHT.text}


def insert_chart(
    book: xlsxwriter.Workbook, sheet: Worksheet, view: View, block: tuple[int, int, int], form: str
) -> None:
    """Draw a view on a block of cells: its head's line, how many names stand under it, how many series beside them.

    `form` stands before the form of every number and names its country.
    The chart has no words of its own that Excel could take for a reference: names come from cells.
    """
    head, count, series = block
    chart = book.add_chart({"type": TYPES[view.kind]})
    for place in range(1, series + 1):
        chart.add_series({
            "name": [sheet.name, head, place],
            "categories": [sheet.name, head + 1, 0, head + count, 0],
            "values": [sheet.name, head + 1, place, head + count, place],
            **_look(view, place, form, last=place == series, count=count),
        })  # fmt: skip
    chart.set_title({"none": True})
    chart.set_legend({"position": "top", "font": FONT} if series > 1 else {"none": True})
    names = {"num_font": FONT, "major_gridlines": {"visible": False}, "label_position": "low"}
    low = float(view.detail["low"]) if view.kind == "line" else 0
    values = {"min": low, "visible": False, "major_gridlines": {"visible": False}}
    across = TYPES[view.kind] == "bar"  # its values run from left to right
    chart.set_x_axis(values if across else names)
    chart.set_y_axis(names if across else values)
    chart.set_size(SIZE)
    sheet.insert_chart(head, series + 2, chart, {"description": view.alt, "object_position": 3})


def _look(view: View, place: int, form: str, *, last: bool, count: int) -> dict:
    labels = {"value": True, "font": {**FONT, "bold": True}, "num_format": form + label_format(_marks(view))}
    if view.kind == "line":
        return _course(labels) if place == 1 else {"line": {"color": LIGHT.grey, "width": 1.75, "dash_type": "dash"}}
    if view.kind == "plan_actual" and not last:
        return {"fill": {"color": LIGHT.bg}, "border": {"color": LIGHT.slate, "width": 1.5}, "gap": 60, "overlap": -5}
    rows = {int(row.place): row for row in view.frame.itertuples()} if view.kind == "plan_actual" else {}
    points = [_column(rows[at]) if at in rows else None for at in range(count)]
    return {"fill": {"color": LIGHT.blue}, "points": points, "data_labels": labels, "gap": 60}


def _column(row) -> dict:
    """A column in the colour of its state, hatched where it is an estimate, as the notes under it say."""
    tone = tone_of(row.state)
    if not row.estimate:
        return {"fill": {"color": tone}}
    hatched = {"pattern": "wide_upward_diagonal", "fg_color": tone, "bg_color": LIGHT.bg}
    return {"pattern": hatched, "border": {"color": tone, "width": 1}}


def _course(labels: dict) -> dict:
    marker = {"type": "circle", "size": 7, "fill": {"color": LIGHT.blue}, "border": {"color": LIGHT.blue}}
    return {"line": {"color": LIGHT.blue, "width": 2.5}, "marker": marker,
            "data_labels": {**labels, "position": "above"}}  # fmt: skip


def _marks(view: View) -> list[float]:
    column = view.frame["actual" if view.kind == "plan_actual" else "value"]
    return [float(value) for value in column.dropna()]


def label_format(values: Sequence[float]) -> str:
    """As many decimals as three figures need, in the reader's own country's form."""
    top = max(map(abs, values), default=0)
    return "#,##0" if top >= 1000 else "#,##0.0" if top >= 10 else "#,##0.00"

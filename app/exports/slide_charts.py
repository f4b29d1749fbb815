"""Native charts on a slide: their numbers stand in an embedded sheet and are those of the view."""

from __future__ import annotations

import io
from collections.abc import Sequence

import xlsxwriter
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION
from pptx.enum.dml import MSO_LINE_DASH_STYLE
from pptx.util import Pt

from app.charts.theme import LIGHT
from app.exports.chart_data import chart_data
from app.views.view import View

SIZE = 18  # points: what the last row of a hall can read
_EXACT = "General"


class _Data(CategoryChartData):
    """A chart's data whose sheet keeps words as words: the library would write "=1+1" as a formula."""

    @property
    def xlsx_blob(self) -> bytes:
        """The sheet behind the chart: names of the categories in A, a series in each further column."""
        out = io.BytesIO()
        with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
            sheet = book.add_worksheet("Sheet1")
            for line, category in enumerate(self.categories, start=1):
                sheet.write_string(line, 0, category.label)
            for column, series in enumerate(self, start=1):
                sheet.write_string(0, column, series.name)
                for line, value in enumerate(series.values, start=1):
                    if value is not None:
                        sheet.write_number(line, column, value)
        return out.getvalue()


def colour(name: str) -> RGBColor:
    """A colour of the light theme, which paper and projectors share."""
    return RGBColor.from_string(name.lstrip("#"))


def tone_of(state: str) -> str:
    """What a reached, a nearly reached and a missed plan are filled with."""
    return {"missed": LIGHT.orange, "near": LIGHT.grey}.get(state, LIGHT.blue)


def add_plan_actual(page, view: View, box: tuple):
    """Plan and result of each year side by side; the percent stands with the year, the state in the colour."""
    names, series = chart_data(view)
    actual = list(series.values())[1]
    chart = _chart(page, box, XL_CHART_TYPE.COLUMN_CLUSTERED, names, series)
    plot = chart.plots[0]
    plot.gap_width, plot.overlap = 60, -5
    outline, filled = plot.series
    _hollow(outline)
    filled.format.fill.solid()
    filled.format.fill.fore_color.rgb = colour(LIGHT.blue)
    for row in view.frame.itertuples():
        if row.state in ("missed", "near"):
            point = filled.points[int(row.place)].format.fill
            point.solid()
            point.fore_color.rgb = colour(tone_of(row.state))
    _labels(filled, actual)
    _legend(chart)
    _axes(chart, low=0)
    return page.shapes[-1]


def add_bars(page, view: View, box: tuple):
    """Parts of a whole as bars, the largest on top; the share stands with the name."""
    names, series = chart_data(view)
    chart = _chart(page, box, XL_CHART_TYPE.BAR_CLUSTERED, names, series)
    chart.plots[0].gap_width = 45
    parts = chart.plots[0].series[0]
    parts.format.fill.solid()
    parts.format.fill.fore_color.rgb = colour(LIGHT.blue)
    _labels(parts, *series.values())
    _axes(chart, low=0)
    return page.shapes[-1]


def add_line(page, view: View, box: tuple):
    """A line over the years with its plan dashed; a year without a figure leaves a gap, never a nought."""
    names, series = chart_data(view)
    done = next(iter(series.values()))
    chart = _chart(page, box, XL_CHART_TYPE.LINE_MARKERS, names, series)
    line, *planned = chart.plots[0].series
    line.format.line.color.rgb, line.format.line.width, line.smooth = colour(LIGHT.blue), Pt(3), False
    line.marker.size = 9
    line.marker.format.fill.solid()
    line.marker.format.fill.fore_color.rgb = colour(LIGHT.blue)
    for each in planned:
        each.format.line.color.rgb, each.format.line.width, each.smooth = colour(LIGHT.grey), Pt(2), False
        each.format.line.dash_style = MSO_LINE_DASH_STYLE.DASH
        each.marker.style = None
        each.marker.size = 2
    _labels(line, done, above=True)
    if planned:
        _legend(chart)
    _axes(chart, low=float(view.detail["low"]))
    return page.shapes[-1]


def _chart(page, box: tuple, kind, names: Sequence[str], series: dict[str, list]):
    data = _Data(number_format=_EXACT)
    data.categories = list(names)
    for name, values in series.items():
        data.add_series(name, values)
    chart = page.shapes.add_chart(kind, *box, data).chart
    chart.font.size, chart.font.color.rgb = Pt(SIZE), colour(LIGHT.text)
    chart.has_legend, chart.has_title = False, False
    return chart


def label_format(values: Sequence[float | None]) -> str:
    """As many decimals as three figures need, in the reader's own country's form."""
    top = max((abs(value) for value in values if value is not None), default=0)
    return "#,##0" if top >= 1000 else "#,##0.0" if top >= 10 else "#,##0.00"


def _labels(series, values: Sequence[float | None], *, above: bool = False) -> None:
    labels = series.data_labels
    labels.show_value = True
    labels.number_format, labels.number_format_is_linked = label_format(values), False
    labels.font.size, labels.font.bold = Pt(SIZE), True
    labels.position = XL_LABEL_POSITION.ABOVE if above else XL_LABEL_POSITION.OUTSIDE_END


def _hollow(series) -> None:
    series.format.fill.solid()
    series.format.fill.fore_color.rgb = colour(LIGHT.bg)
    series.format.line.color.rgb, series.format.line.width = colour(LIGHT.slate), Pt(1.5)


def _legend(chart) -> None:
    chart.has_legend = True
    chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.TOP, False
    chart.legend.font.size = Pt(SIZE)


def _axes(chart, *, low: float) -> None:
    """No grid and no numbers beside the marks: each mark carries its own."""
    values, names = chart.value_axis, chart.category_axis
    values.visible, values.has_major_gridlines, values.minimum_scale = False, False, low
    names.has_major_gridlines = False
    names.tick_labels.font.size = Pt(SIZE)
    names.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    names.format.line.color.rgb = colour(LIGHT.rule)

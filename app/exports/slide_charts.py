"""Native charts on a slide: their numbers stand in an embedded sheet and are those of the view."""

from __future__ import annotations

import io
from collections.abc import Sequence
from itertools import pairwise

import xlsxwriter
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_MARKER_STYLE, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.enum.dml import MSO_LINE_DASH_STYLE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Inches, Pt

from app.charts.lettering import Room
from app.charts.theme import LIGHT
from app.exports.chart_data import SIGNS, chart_data, chart_words, with_gaps
from app.exports.slide_keys import add_breaks, add_keys, break_room, early
from app.exports.slide_labels import Label, add_labels, label_formula
from app.exports.slide_shapes import colour, hatch, tone_of
from app.exports.slide_words import INCH, SIZE, high_of, letters, lines_of, wide_of
from app.views.view import View
from app.views.words import wrapped
from core.texts import text

Box = tuple[float, float, float, float]  # left, top, width, height in inches

LANGUAGES = {"vi": "vi-VN", "en": "en-GB"}
PAD = 0.005  # of a chart's width at either side of its plot
LEAST_SLOTS = 4  # a single year is a column of ordinary width, not a wall
SCREEN_PX = INCH * 14 / SIZE  # px of the screen's lettering in an inch of a slide
BAR_NAMES = 4.4  # inches the names beside bars may take
TALL = 0.5  # inches from which a column has room for its number inside
# spot of a native label, moved to the left or right where that follows -> (px to the right, px up, anchor) of the words
SPOTS = {"t": (0, 16, "center"), "b": (0, -16, "center"), "r": (10, 0, "left"), "l": (-10, 0, "right"),
         "t>": (-5, 16, "left"), "t<": (5, 16, "right"), "b>": (-5, -16, "left"), "b<": (5, -16, "right")}  # fmt: skip
ABOVE, BELOW, BESIDE = ("t", "t>", "t<"), ("b", "b>", "b<"), ("r", "l")


class _Data(CategoryChartData):
    """A chart's data whose sheet keeps words as words: the library would write "=1+1" as a formula."""

    labels: tuple[list[str], str] = ([], "")  # what stands at the points of the first labelled series, its language
    labelled = 1  # the column of the series that carries them

    @property
    def xlsx_blob(self) -> bytes:
        """The sheet behind the chart: names in A, a series in each further column, last the labels of one series."""
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
            self._write_labels(sheet, len(list(self)) + 1)
        return out.getvalue()

    def _write_labels(self, sheet, column: int) -> None:
        words, lang = self.labels
        if any(words):
            sheet.write_string(0, column, text("exports.slides_label", lang))
        for line, said in enumerate(words, start=1):
            formula = label_formula(f"{'ABC'[self.labelled]}{line + 1}", said, lang)
            if formula:
                sheet.write_formula(line, column, formula, None, said)
            elif said:
                sheet.write_string(line, column, said)


def add_plan_actual(page, view: View, box: Box):
    """The plan's outline with the result before it, year by year; the percent stands with the year, its state too.

    The year of the conference and the misses have their full colour, other years stand back.
    """
    names, series = chart_data(view)
    place, box = _around(page, view, box, names)
    chart, frame = _chart(page, view, box, XL_CHART_TYPE.COLUMN_CLUSTERED, names, series, labelled=len(series))
    plot = chart.plots[0]
    inside = _roomy(view, series, place[3] * box[3])
    plot.gap_width, plot.overlap = 45, 45 if inside else 0
    *outlines, filled = plot.series
    for outline in outlines:
        outline.format.fill.solid()
        outline.format.fill.fore_color.rgb = colour(LIGHT.bg)
        outline.format.line.color.rgb, outline.format.line.width = colour(LIGHT.slate), Pt(1.75)
    filled.format.fill.solid()
    solid = LIGHT.slate if view.detail["spending"] else LIGHT.blue
    filled.format.fill.fore_color.rgb = colour(solid)
    inks = [LIGHT.on_blue if inside else LIGHT.text] * len(names)
    for row in view.frame.itertuples():
        at = int(row.place)
        tone = (LIGHT.grey if row.split else LIGHT.orange if row.state == "missed"
                else solid if row.place == view.detail["chosen"] else LIGHT.context_mark)  # fmt: skip
        if row.state == "missed" and not (row.split or inside):
            inks[at] = LIGHT.orange
        elif inside and tone == LIGHT.context_mark:
            inks[at] = LIGHT.text
        if row.estimate:
            hatch(filled.points[at].format.fill, tone)
            filled.points[at].format.line.color.rgb = colour(tone)
        elif tone != solid:
            filled.points[at].format.fill.solid()
            filled.points[at].format.fill.fore_color.rgb = colour(tone)
    spot = "inEnd" if inside else "outEnd"
    labels = [Label(words, spot, ink) for words, ink in zip(chart_words(view), inks, strict=True)]
    add_labels(filled, "BCD"[len(series)], labels, LANGUAGES[view.lang])
    _axes(chart, low=0)
    _plot_at(chart, place)
    return frame


def _roomy(view: View, series: dict[str, list], high: float) -> bool:
    """Whether every column takes its number inside: then the plan may stand behind it and crosses no number."""
    values = [value for each in series.values() for value in each if value is not None]
    shown = view.frame["actual"].dropna()
    tall = len(shown) > 0 and shown.min() / (max(values) * 1.15 or 1) * high > TALL
    return tall and not view.frame["estimate"].any()


def add_bars(page, view: View, box: Box):
    """Parts of a whole as bars, the largest on top; the share stands with the name."""
    names, series = chart_data(view)
    left, top, width, height = box
    height = min(height, 0.95 * len(names) + 0.2)
    said = min(BAR_NAMES, max(wide_of(name) for name in names) + 0.2)
    lines = max(1, int(height / max(1, len(names)) / high_of(1)))
    names = [_short(name, said - 0.1, lines) for name in names]
    chart, frame = _chart(page, view, (left, top, width, height), XL_CHART_TYPE.BAR_CLUSTERED, names, series)
    chart.plots[0].gap_width = 45
    parts = chart.plots[0].series[0]
    parts.format.fill.solid()
    parts.format.fill.fore_color.rgb = colour(LIGHT.blue)
    for at, row in enumerate(list(view.frame.itertuples())[::-1]):
        _bar(parts.points[at], row.tone)
    words = chart_words(view)
    add_labels(parts, "C", [Label(each, "outEnd", LIGHT.text) for each in words], LANGUAGES[view.lang])
    _axes(chart, low=0)
    end = max(wide_of(each, bold=True) for each in words) + 0.2
    _plot_at(chart, (said / width, 0.01, 1 - (said + end) / width, 0.98))
    return frame


def _bar(point, tone: object) -> None:
    """An estimate is hatched, a plan an outline, spending in the colour of spending; any other as its series.

    What is asked for its form has one of its own: a point like its series is not touched.
    """
    if tone not in ("estimate", "plan", "spending"):
        return
    look = point.format
    if tone == "estimate":
        hatch(look.fill, LIGHT.blue)
        look.line.color.rgb = colour(LIGHT.blue)
    else:
        look.fill.solid()
        look.fill.fore_color.rgb = colour(LIGHT.bg if tone == "plan" else LIGHT.slate)
        if tone == "plan":
            look.line.color.rgb = colour(LIGHT.slate)


def _short(name: str, wide: float, lines: int) -> str:
    """A name in the lines a bar has room for, broken here so that no program turns or drops it."""
    broken = wrapped(name, letters(wide))
    if len(broken) > lines:
        broken = [*broken[: lines - 1], f"{broken[lines - 1][: letters(wide) - 1].rstrip()}…"]
    return "\n".join(broken)


def add_line(page, view: View, box: Box):
    """A line over the years with its plan dashed; a year without a figure leaves a gap, never a nought.

    Nothing joins the years before a break with those after it, which an empty slot parts. A hollow dot is an estimate.
    """
    view = with_gaps(view)
    names, series = chart_data(view)
    place, box = _around(page, view, box, names)
    chart, frame = _chart(page, view, box, XL_CHART_TYPE.LINE_MARKERS, names, series, labelled=1)
    line, *planned = chart.plots[0].series
    solid = LIGHT.slate if view.detail["spending"] else LIGHT.blue
    _stroke(line, solid, 3, XL_MARKER_STYLE.CIRCLE, 10)
    for each in planned:
        _stroke(each, LIGHT.muted, 2, XL_MARKER_STYLE.DASH, 8)
        each.format.line.dash_style = MSO_LINE_DASH_STYLE.DASH
    for row in view.frame.itertuples():
        _dot(line.points[int(row.place)], row, view, solid)
    spots = _spots(view, place, box)
    labels: list[Label | None] = [None] * len(names)
    for row in view.frame.itertuples():
        if row.value == row.value:
            words, _, under = _signed(row).partition(" (")
            spot, ink = spots[int(row.place)], tone_of(row.state) if words[0] in SIGNS.values() else LIGHT.text
            wide = wide_of(f"{words}\n{under}", bold=True)
            aside = (wide / 2 - 0.1) / box[2] * {">": 1, "<": -1}.get(spot[1:], 0)
            labels[int(row.place)] = Label(words, spot[0], ink, aside, under and f"({under}")
    column = "BCD"[len(series)]
    add_labels(line, column, labels, LANGUAGES[view.lang])
    _axes(chart, low=float(view.detail["low"]))
    _plot_at(chart, place)
    return frame


def _stroke(series, tone: str, weight: float, marker, size: int) -> None:
    series.format.line.color.rgb, series.format.line.width, series.smooth = colour(tone), Pt(weight), False
    _mark(series.marker, marker, size, tone, tone)


def _mark(marker, style, size: int, fill: str, line: str) -> None:
    marker.style, marker.size = style, size
    marker.format.fill.solid()
    marker.format.fill.fore_color.rgb = colour(fill)
    marker.format.line.color.rgb, marker.format.line.width = colour(line), Pt(2.25)


def _tone(row, view: View, solid: str) -> str:
    """Paler before a change of boundary, grey in a year in parts."""
    return LIGHT.grey if row.split else LIGHT.context_mark if row.place < early(view) else solid


def _dot(point, row, view: View, solid: str) -> None:
    """Hollow where the value is an estimate."""
    tone = _tone(row, view, solid)
    if row.estimate or tone != solid:
        point.format.line.color.rgb, point.format.line.width = colour(tone), Pt(3)
        _mark(point.marker, XL_MARKER_STYLE.CIRCLE, 10, LIGHT.bg if row.estimate else tone, tone)


def _spots(view: View, place: Box, box: Box) -> dict[int, str]:
    """Where each value stands beside its dot so that it covers no line and no other value."""
    detail = view.detail
    wide, high = place[2] * box[2] * SCREEN_PX, place[3] * box[3] * SCREEN_PX
    slot, low = wide / len(detail["slots"]), float(detail["low"])
    top = max([float(detail["high"]), *view.frame["plan"].dropna(), *view.frame["value"].dropna()])
    unit = high / ((top - low) or 1)

    def at(row, value: float) -> tuple[float, float]:
        return (row.place + 0.5) * slot, (value - low) * unit

    known = [row for row in view.frame.itertuples() if row.value == row.value]
    planned = [row for row in view.frame.itertuples() if row.plan == row.plan]
    lines = [(*at(a, getattr(a, name)), *at(b, getattr(b, name)))
             for rows, name in ((known, "value"), (planned, "plan")) for a, b in pairwise(rows) if a.run == b.run]
    breaks = [(spot + 0.5) * slot for spot, _ in detail["breaks"]]
    room = Room(0, 2, wide, high + _head(view) * SCREEN_PX - 2, breaks, lines)
    room.taken = [(x - 5, y - 5, x + 5, y + 5) for x, y in (at(row, row.value) for row in known)]
    found = {}
    for row in known:
        x, y = at(row, row.value)
        under = row.plan == row.plan and row.value < row.plan
        names = (*BELOW, *BESIDE, *ABOVE) if under else (*ABOVE, *BESIDE, *BELOW)
        words = _signed(row).replace(" (", "<br>(")
        spots = {name: _higher(SPOTS[name], words.count("<br>")) for name in names}
        spot = room.place(x, y, words, under=under, spots=list(spots.values()))
        found[int(row.place)] = next(name for name in names if spots[name] == spot)
    return found


def _higher(spot: tuple[int, int, str], lines: int) -> tuple[int, int, str]:
    """A spot above or below for words of some more lines, whose middle is farther from the dot."""
    across, up, anchor = spot
    return across, up + (up > 0) * 9 * lines - (up < 0) * 9 * lines, anchor


def _around(page, view: View, box: Box, names: list[str]) -> tuple[Box, Box]:
    """The keys above a chart and the breaks over it; where its plot stands in the chart, and the chart's own box."""
    left, top, width, height = box
    used = add_keys(page, view, left, top, width)
    wide = width * len(names) / max(len(names), LEAST_SLOTS)
    left += (width - wide) / 2
    plot_wide = wide * (1 - 2 * PAD)
    said = break_room(view, plot_wide)
    slot = plot_wide / len(names)
    names[:] = ["\n".join(_fitted(part, slot) for part in name.split("\n")) for name in names]
    lines = max(sum(lines_of(part, slot) for part in name.split("\n")) for name in names)
    chart_top, chart_high = top + used + said, height - used - said
    head, foot = _head(view), high_of(lines) + 0.14
    plot = (PAD, head / chart_high, 1 - 2 * PAD, max(0.2, 1 - (head + foot) / chart_high))
    add_breaks(page, view, left + wide * PAD, top + used, plot_wide, said,
               chart_top + (plot[1] + plot[3]) * chart_high)  # fmt: skip
    return plot, (left, chart_top, wide, chart_high)


def _head(view: View) -> float:
    """Inches over a plot for what stands on its highest mark."""
    two = view.kind == "line" and any(" (" in row.printed for row in view.frame.itertuples() if row.value == row.value)
    return high_of(2 if two else 1) + 0.1


def _fitted(words: str, slot: float) -> str:
    """Words under a slot, broken here where they are longer than it is wide."""
    return "\n".join(wrapped(words, letters(slot - 0.05)))


def _chart(page, view: View, box: Box, kind, names: Sequence[str], series: dict[str, list], *, labelled: int = 1):
    data = _Data(number_format="General")
    data.labels, data.labelled = (chart_words(view), view.lang), labelled
    if view.kind == "line":
        words = {int(row.place): _signed(row).partition(" (")[0] for row in view.frame.itertuples()}
        data.labels = ([words.get(place, "") for place in range(len(names))], view.lang)
    data.categories = list(names)
    for name, values in series.items():
        data.add_series(name, values)
    frame = page.shapes.add_chart(kind, *(Inches(value) for value in box), data)
    chart = frame.chart
    chart.font.size, chart.font.color.rgb = Pt(SIZE), colour(LIGHT.text)
    chart.has_legend, chart.has_title = False, False
    space = chart._chartSpace
    lang = parse_xml(f'<c:lang {nsdecls("c")} val="{LANGUAGES[view.lang]}"/>')
    space.insert(1 if space.find(qn("c:date1904")) is not None else 0, lang)
    for found in space.iter(qn("a:defRPr")):
        found.set("lang", LANGUAGES[view.lang])
    return chart, frame


def _signed(row) -> str:
    """A value of a line as printed, after the sign of a plan that was not reached; empty where there is none."""
    sign = SIGNS[row.state] if row.state in ("near", "missed") else ""
    return f"{sign} {row.printed}".strip() if row.value == row.value else ""


def _axes(chart, *, low: float) -> None:
    """No grid and no numbers beside the marks: each mark carries its own. Words stay level whatever their room."""
    values, names = chart.value_axis, chart.category_axis
    values.visible, values.has_major_gridlines, values.minimum_scale = False, False, low
    names.has_major_gridlines = False
    names.major_tick_mark = names.minor_tick_mark = XL_TICK_MARK.NONE
    names.tick_labels.font.size = Pt(SIZE)
    names.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    names.format.line.color.rgb = colour(LIGHT.muted)
    level = names._element.find(qn("c:txPr")).find(qn("a:bodyPr"))
    level.set("rot", "0")
    level.set("vert", "horz")


def _plot_at(chart, place: Box) -> None:
    """The plot's own place in its chart, so that what stands around it is the same in every program."""
    area = chart._chartSpace.find(f".//{qn('c:plotArea')}")
    old = area.find(qn("c:layout"))
    if old is not None:
        area.remove(old)
    sides = "".join(f'<c:{name} val="{value:.4f}"/>' for name, value in zip("xywh", place, strict=True))
    area.insert(0, parse_xml(
        f'<c:layout {nsdecls("c")}><c:manualLayout><c:layoutTarget val="inner"/><c:xMode val="edge"/>'
        f'<c:yMode val="edge"/>{sides}</c:manualLayout></c:layout>'
    ))  # fmt: skip

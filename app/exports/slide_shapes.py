"""What PowerPoint has no chart for, drawn as shapes in one group: bullets, squares, dots of a ladder; and tables."""

from __future__ import annotations

import math

from pptx.enum.dml import MSO_LINE_DASH_STYLE
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Emu, Inches, Pt

from app.charts.theme import LIGHT
from app.exports.slide_charts import colour, tone_of
from app.views.view import View

SIZE = 18  # points
MOST_ROWS, MOST_COLUMNS = 10, 7  # of a table that can be read in a hall
_COLUMNS = {"named": 6, "unnamed": 10, "numbered": 12}
_SHAPES = {"exceeded": MSO_SHAPE.ISOSCELES_TRIANGLE, "reached": MSO_SHAPE.OVAL, "near": MSO_SHAPE.DIAMOND,
           "missed": MSO_SHAPE.FLOWCHART_MERGE}  # fmt: skip
_FULL = 120.0  # percent of the plan at the right end of a bullet's ground


class _Group:
    """Shapes of one drawing, placed in inches from its upper left corner, at the end held together as one object."""

    def __init__(self, page, box: tuple):
        self.page = page
        self.left, self.top, self.width, self.height = (length / Inches(1) for length in box)
        self.made: list = []

    def add(self, kind, x: float, y: float, wide: float, high: float, fill: str | None, line: str | None = None,
            weight: float = 1.5):  # fmt: skip
        """A shape with its fill and outline; None for neither."""
        shape = self.page.shapes.add_shape(kind, *(Inches(v) for v in (self.left + x, self.top + y, wide, high)))
        self.made.append(shape)
        shape.shadow.inherit = False
        if fill is None:
            shape.fill.background()
        else:
            shape.fill.solid()
            shape.fill.fore_color.rgb = colour(fill)
        if line is None:
            shape.line.fill.background()
        else:
            shape.line.color.rgb, shape.line.width = colour(line), Pt(weight)
        return shape

    def say(self, words: str, x: float, y: float, wide: float, high: float, *, size: int = SIZE, bold: bool = False,
            ink: str = LIGHT.text, align=PP_ALIGN.LEFT):  # fmt: skip
        """Words in a box without a frame."""
        box = self.page.shapes.add_textbox(*(Inches(v) for v in (self.left + x, self.top + y, wide, high)))
        self.made.append(box)
        write(box, words, size=size, bold=bold, ink=ink, align=align)
        return box

    def whole(self):
        """All of it as one object; grouped once, because each later shape would measure the whole group anew."""
        return self.page.shapes.add_group_shape(self.made)


def write(shape, words: str, *, size: int, bold: bool, ink: str, align) -> None:
    """Words into a shape, in the middle of its height and without inner margins."""
    frame = shape.text_frame
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = Emu(0)
    frame.vertical_anchor, frame.word_wrap = MSO_ANCHOR.MIDDLE, True
    frame.text = words
    for paragraph in frame.paragraphs:
        paragraph.alignment = align
        for run in paragraph.runs:
            run.font.size, run.font.bold, run.font.color.rgb = Pt(size), bold, colour(ink)


def add_bullets(page, view: View, box: tuple):
    """Each indicator a row: bar against the plan's mark, value, gap, and the state as a shape of its own."""
    drawing, rows = _Group(page, box), list(view.frame.itertuples())
    high = min(0.62, drawing.height / max(1, len(rows)))
    name, ground, bar = 3.4, 3.1, min(0.3, high * 0.5)
    for number, row in enumerate(rows):
        y = number * high
        middle = y + (high - bar) / 2
        state = getattr(row, "state", "")
        drawing.say(row.name, 0, y, name - 0.15, high, align=PP_ALIGN.RIGHT)
        drawing.add(MSO_SHAPE.RECTANGLE, name, middle, ground, bar, LIGHT.bands[2])
        if row.bar == row.bar:
            drawing.add(MSO_SHAPE.RECTANGLE, name, middle + bar * 0.2, max(0.02, min(row.bar, _FULL) / _FULL * ground),
                        bar * 0.6, tone_of(state))  # fmt: skip
        drawing.add(MSO_SHAPE.RECTANGLE, name + 100 / _FULL * ground, middle - 0.05, 0.04, bar + 0.1, LIGHT.text)
        drawing.say(row.printed, name + ground + 0.2, y, 2.0, high, bold=True)
        if state in _SHAPES:
            drawing.add(_SHAPES[state], name + ground + 2.25, y + high / 2 - 0.11, 0.22, 0.22,
                        LIGHT.bg if state == "missed" else tone_of(state), tone_of(state))  # fmt: skip
        drawing.say(row.gap_words, name + ground + 2.6, y, drawing.width - name - ground - 2.6, high)
    return drawing.whole()


def add_waffle(page, view: View, box: tuple):
    """A square for each residential group, filled where it has the title; or the share as one bar where too many."""
    drawing, detail = _Group(page, box), view.detail
    if detail["form"] == "share":
        return _share(drawing, detail)
    frame = view.frame.sort_values("place")
    named, columns = detail["form"] == "named", _COLUMNS[detail["form"]]
    lines = math.ceil(len(frame) / columns)
    room = drawing.height - (0.45 if detail["words"] else 0)
    wide, high = drawing.width / columns, min(room / lines, 1.3)
    for row in frame.itertuples():
        x, y = row.place % columns * wide, row.place // columns * high
        _square(drawing, row, x, y, wide - 0.12, high - 0.12, named=named)
    if detail["words"]:
        drawing.say(detail["words"], 0, lines * high + 0.05, drawing.width, 0.4)
    return drawing.whole()


def _square(drawing: _Group, row, x: float, y: float, wide: float, high: float, *, named: bool) -> None:
    fill, line, ink = {
        "reached": (LIGHT.blue, LIGHT.blue, LIGHT.on_blue), "missed": (LIGHT.bg, LIGHT.orange, LIGHT.text),
    }.get(row.state, (LIGHT.bg, LIGHT.no_data, LIGHT.muted))  # fmt: skip
    shape = drawing.add(MSO_SHAPE.RECTANGLE, x, y, wide, high, fill, line, 2)
    if row.state not in ("reached", "missed"):
        shape.line.dash_style = MSO_LINE_DASH_STYLE.DASH
    words = f"{row.name}\n{row.note}" if named and high > 0.6 else row.name
    if words:
        write(shape, words, size=SIZE if wide > 0.9 else 14, bold=False, ink=ink, align=PP_ALIGN.CENTER)


def _share(drawing: _Group, detail: dict):
    part = detail["reached"] / detail["of"] * drawing.width
    reached = drawing.add(MSO_SHAPE.RECTANGLE, 0, 0.8, part, 1.6, LIGHT.blue)
    rest = drawing.add(MSO_SHAPE.RECTANGLE, part, 0.8, max(0.01, drawing.width - part), 1.6, LIGHT.bg, LIGHT.orange, 2)
    write(reached, f"{detail['reached']} {detail['reached_words']}", size=28, bold=True, ink=LIGHT.on_blue,
          align=PP_ALIGN.CENTER)  # fmt: skip
    if detail["of"] - detail["reached"]:
        write(rest, f"{detail['of'] - detail['reached']} {detail['rest_words']}", size=SIZE, bold=False,
              ink=LIGHT.text, align=PP_ALIGN.CENTER)  # fmt: skip
    return drawing.whole()


def add_ladder(page, view: View, box: tuple):
    """Levels of award from the highest down, years across; a dot's area is its count, which stands in or beside it."""
    drawing, detail = _Group(page, box), view.detail
    slots, levels = detail["slots"], detail["levels"]
    head, foot = 2.6, 0.85
    wide, high = (drawing.width - head) / len(slots), (drawing.height - foot) / len(levels)
    most = max([count for row in detail["scale_counts"] for count in row if count == count], default=1)
    biggest = min(wide * 0.92, high * 0.92)
    tones, inks = (*LIGHT.levels, LIGHT.grey), (*LIGHT.on_levels, LIGHT.bg)
    for place, (label, _) in enumerate(levels):
        drawing.say(label.replace("<br>", " "), 0, place * high, head - 0.2, high, align=PP_ALIGN.RIGHT)
    for row in view.frame.itertuples():
        x, y = head + (row.slot + 0.5) * wide, (row.row + 0.5) * high
        tone = levels[row.row][1]
        _dot(drawing, row, x, y, wide, biggest * math.sqrt(max(0, row.count if row.count == row.count else 0) / most),
             tones[tone], inks[tone])  # fmt: skip
    for place, (slot, total) in enumerate(zip(slots, detail["totals"], strict=True)):
        chosen = place == detail["chosen"]
        drawing.say(slot.replace("<br>", " "), head + place * wide, len(levels) * high, wide, 0.4, bold=chosen,
                    size=SIZE if wide > 0.65 else 14, align=PP_ALIGN.CENTER)  # fmt: skip
        drawing.say(total, head + place * wide, len(levels) * high + 0.42, wide, 0.4, bold=True, align=PP_ALIGN.CENTER,
                    size=SIZE if wide > 0.5 else 14)  # fmt: skip
    drawing.say(detail["total_head"], 0, len(levels) * high + 0.42, head - 0.2, 0.4, bold=True, align=PP_ALIGN.RIGHT)
    return drawing.whole()


def _dot(drawing: _Group, row, x: float, y: float, wide: float, across: float, tone: str, ink: str) -> None:
    if row.state != "given":
        if row.printed and row.state != "none":
            drawing.say("–", x - wide / 2, y - 0.2, wide, 0.4, ink=LIGHT.muted, align=PP_ALIGN.CENTER)
        elif row.state == "none":
            drawing.add(MSO_SHAPE.OVAL, x - 0.06, y - 0.06, 0.12, 0.12, LIGHT.bg, LIGHT.context_line, 1)
        return
    across = max(across, 0.14)
    dot = drawing.add(MSO_SHAPE.OVAL, x - across / 2, y - across / 2, across, across, tone)
    if across > 0.42:
        write(dot, row.printed, size=14 if across < 0.55 else SIZE, bold=True, ink=ink, align=PP_ALIGN.CENTER)
    else:
        drawing.say(row.printed, x + across / 2 + 0.03, y - 0.2, wide / 2, 0.4, size=14)


def add_table(page, view: View, box: tuple):
    """The first rows and columns of a view's table: what no chart here can draw is still said."""
    header = view.table.header[:MOST_COLUMNS]
    rows = [row[:MOST_COLUMNS] for row in view.table.rows[:MOST_ROWS]]
    left, top, width, height = box
    high = Emu(min(height // (len(rows) + 1), Inches(0.5)))
    shape = page.shapes.add_table(len(rows) + 1, len(header), left, top, width, high * (len(rows) + 1))
    for line, cells in enumerate((header, *rows)):
        for column, words in enumerate(cells):
            _cell(shape.table.cell(line, column), words, head=line == 0)
    return shape


def _cell(cell, words: str, *, head: bool) -> None:
    cell.text = words
    cell.margin_top = cell.margin_bottom = Emu(20000)
    cell.fill.solid()
    cell.fill.fore_color.rgb = colour(LIGHT.surface if head else LIGHT.bg)
    for paragraph in cell.text_frame.paragraphs:
        for run in paragraph.runs:
            run.font.size, run.font.bold, run.font.color.rgb = Pt(14), head, colour(LIGHT.text)

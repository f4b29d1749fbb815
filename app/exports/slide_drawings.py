"""What PowerPoint has no chart for, drawn as shapes: bullets, squares, the ladder, one large number; and tables."""

from __future__ import annotations

import math

from pptx.enum.dml import MSO_LINE_DASH_STYLE
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Emu, Inches, Pt

from app.charts.theme import LIGHT
from app.exports.slide_keys import ROW as KEY_ROW
from app.exports.slide_keys import add_keys
from app.exports.slide_shapes import Drawing, colour, say, tone_of
from app.exports.slide_words import SIZE, cut, cut_inside, high_of, lines_of, size_for, wide_of
from app.story.deck import Slide
from app.views.view import View
from core.texts import text

Box = tuple[float, float, float, float]  # left, top, width, height in inches

MOST_BARS, MOST_ROWS, MOST_COLUMNS = 10, 8, 7  # rows of a bullet list and of a table, columns, that a hall can read
_COLUMNS = {"named": 6, "unnamed": 10, "numbered": 12}
_FULL = 120.0  # percent of the plan at the right end of a bullet's ground
_ROW = high_of(1) + 0.04
_KEYS = KEY_ROW + 0.08  # inches over a ladder
_RULE = 0.03  # inches from the last level to the years


def add_bullets(page, view: View, box: Box):
    """Each indicator a row: bar against the plan's mark, value, gap, and the state as a shape of its own."""
    drawing, rows = Drawing(page, box), list(view.frame.itertuples())
    high = min(1.0, (drawing.height - _ROW) / max(1, len(rows)))
    size = 24 if high > 0.8 else 20 if high > 0.5 else SIZE
    top = max(0.0, drawing.height - _ROW - high * len(rows)) * 0.25
    most = max(1, int(high / high_of(1, size)))
    value = min(3.0, max([wide_of(row.printed, size, bold=True) for row in rows], default=0) + 0.15)
    said = min(3.4, max([wide_of(row.gap_words, size) for row in rows], default=0) + 0.1)
    free = drawing.width - value - said - 1.0
    name = min(max([wide_of(row.name, size) for row in rows], default=0) + 0.1, free - 2.0)
    ground, gap = free - name, drawing.width - said
    drawing.say(view.detail["bar_words"], name + 0.15, top, drawing.width - name - 0.15, _ROW, ink=LIGHT.muted)
    for number, row in enumerate(rows):
        y, state = top + _ROW + number * high, getattr(row, "state", "")
        drawing.say(cut(row.name, name, most, size), 0, y, name, high, size=size, align=PP_ALIGN.RIGHT)
        _bullet(drawing, row, name + 0.15, y, ground, high)
        drawing.say(cut(row.printed, value, most, size, bold=True), name + ground + 0.35, y, value, high, size=size,
                    bold=True, ink=tone_of(state) if state in ("near", "missed") else LIGHT.text)  # fmt: skip
        drawing.state(state, gap - 0.4, y + high / 2)
        drawing.say(cut(row.gap_words, drawing.width - gap, most, size), gap, y, drawing.width - gap, high, size=size)
    return drawing.whole()


def _bullet(drawing: Drawing, row, left: float, y: float, ground: float, high: float) -> None:
    """The bands, the bar on them (half filled where nearly reached, hollow where missed) and the plan's mark."""
    thick = min(0.42, high * 0.7)
    middle, state = y + high / 2, getattr(row, "state", "")
    if row.bar != row.bar:
        drawing.say(cut(row.words, ground), left, y, ground, high, ink=LIGHT.muted)
        return
    edges = (0, min(row.near, 100), 100, _FULL)
    for start, end, tone in zip(edges[:-1], edges[1:], LIGHT.bands, strict=True):
        if end > start:
            drawing.add(MSO_SHAPE.RECTANGLE, left + start / _FULL * ground, middle - thick / 2,
                        (end - start) / _FULL * ground, thick, tone)  # fmt: skip
    long = max(0.03, min(max(row.bar, 0), _FULL) / _FULL * ground)
    half, hollow = thick * 0.24, state in ("near", "missed")
    drawing.add(MSO_SHAPE.RECTANGLE, left, middle - half, long, 2 * half, LIGHT.bg if hollow else tone_of(state),
                tone_of(state) if hollow else None, 2)  # fmt: skip
    if state == "near":
        drawing.add(MSO_SHAPE.RECTANGLE, left, middle, long, half, tone_of(state))
    if row.bar > _FULL:  # the bar goes on, its number says how far
        for back in (0.12, 0.22):
            drawing.stroke(left + ground - back - 0.03, middle + half, left + ground - back + 0.03, middle - half,
                           LIGHT.bg, 4)  # fmt: skip
    drawing.add(MSO_SHAPE.RECTANGLE, left + 100 / _FULL * ground - 0.025, middle - thick / 2 - 0.03, 0.05, thick + 0.06,
                LIGHT.text)  # fmt: skip


def add_number(page, view: View, box: Box):
    """The value of the only year there is, as large as the hall is deep, with its plan and its state under it."""
    drawing = Drawing(page, box)
    row, state, said = only_number(view)
    size = size_for(row.printed, drawing.width, drawing.height - 0.9, (96, 72, 54, 40, 28), bold=True)
    high = high_of(1, size)
    top = max(0.0, (drawing.height - high - 0.9) * 0.4)
    ink = tone_of(row.state) if row.state in ("near", "missed") else LIGHT.blue
    drawing.say(row.printed, 0, top, drawing.width, high, size=size, bold=True, ink=ink)
    if row.estimate:
        words = text("budget.key_estimate", view.lang)
        beside = min(drawing.width - 3, wide_of(row.printed, size, bold=True) + 0.3)
        drawing.say(cut(words, 3), beside, top, 3, high, ink=LIGHT.muted)
    drawing.state(state, 0.02, top + high + 0.45, 0.36)
    drawing.say(said, 0.55 if state else 0, top + high + 0.15,
                drawing.width - 0.55, 0.6, size=28, ink=LIGHT.text if state else LIGHT.muted)  # fmt: skip
    return drawing.whole()


def is_number(view: View | None) -> bool:
    """Whether a view's line would be a single dot."""
    return view is not None and view.kind == "line" and len(view.detail["slots"]) == 1


def only_number(view: View) -> tuple[object, str, str]:
    """The row of the only year there is, its state ("" without a plan), and what is said of both."""
    row = next(row for row in view.frame.itertuples() if row.value == row.value)
    planned = row.plan == row.plan
    name = dict(view.detail["keys"]).get("dashed", text("exports.slides_plan", view.lang))
    state = text(f"status.{row.state if planned else 'no_plan'}", view.lang)
    return row, row.state if planned else "", f"{state} · {name} {row.plan_printed}" if planned else state


def sentence_of(slide: Slide) -> str:
    """What stands under a slide's message: of an axis, which a single number has not, nothing is said."""
    sentence = str(slide.sentence)
    alone = is_number(slide.view) and sentence == slide.view.subtitle
    return sentence.partition("; ")[0] if alone else sentence


def add_waffle(page, view: View, box: Box):
    """A square for each residential group, filled where it has the title; or the share as one bar where too many."""
    drawing, detail = Drawing(page, box), view.detail
    if detail["form"] == "share":
        return _share(drawing, detail)
    frame = view.frame.sort_values("place")
    columns, words = _COLUMNS[detail["form"]], detail["words"]
    lines = math.ceil(len(frame) / columns)
    foot = high_of(lines_of(words, drawing.width)) + 0.1 if words else 0
    wide, high = drawing.width / columns, min((drawing.height - foot) / lines, 1.3)
    for row in frame.itertuples():
        x, y = row.place % columns * wide, row.place // columns * high
        _square(drawing, row, x, y, wide - 0.12, high - 0.12, detail["form"])
    if words:
        drawing.say(words, 0, lines * high + 0.05, drawing.width, foot - 0.05)
    return drawing.whole()


def _square(drawing: Drawing, row, x: float, y: float, wide: float, high: float, form: str) -> None:
    fill, line, ink = {
        "reached": (LIGHT.blue, LIGHT.blue, LIGHT.on_blue), "missed": (LIGHT.bg, LIGHT.orange, LIGHT.text),
    }.get(row.state, (LIGHT.bg, LIGHT.no_data, LIGHT.muted))  # fmt: skip
    shape = drawing.add(MSO_SHAPE.RECTANGLE, x, y, wide, high, fill, line, 2)
    if row.state not in ("reached", "missed"):
        shape.line.dash_style = MSO_LINE_DASH_STYLE.DASH
    inside, lines = wide - 0.08, int((high - 0.02) / high_of(1))
    words = row.name
    if form == "unnamed":
        words = "✓" if row.state == "reached" else ""
    elif form == "named" and row.note and lines > lines_of(row.note, inside):
        words = f"{cut_inside(row.name, inside, lines - lines_of(row.note, inside))}\n{row.note}"
    if words and lines:
        say(shape, words if "\n" in words else cut_inside(words, inside, lines), ink=ink)


def _share(drawing: Drawing, detail: dict):
    """The part as a bar of the whole; words that a part has no room for stand under the bar at its side."""
    reached, rest = detail["reached"], detail["of"] - detail["reached"]
    high, part = min(1.6, drawing.height - 1.2), detail["reached"] / max(1, detail["of"]) * drawing.width
    parts = [(reached, detail["reached_words"], 0.0, part, LIGHT.blue, LIGHT.on_blue, PP_ALIGN.LEFT),
             (rest, detail["rest_words"], part, drawing.width - part, LIGHT.bg, LIGHT.text,
              PP_ALIGN.RIGHT)]  # fmt: skip
    for count, name, left, wide, fill, ink, side in parts:
        if not count:
            continue
        shape = drawing.add(MSO_SHAPE.RECTANGLE, left, 0.3, max(0.02, wide), high, fill,
                            LIGHT.blue if side == PP_ALIGN.LEFT else LIGHT.orange, 2)  # fmt: skip
        words = f"{count} {name}"
        if lines_of(words, wide - 0.3, 24) == 1:
            say(shape, words, size=24, bold=side == PP_ALIGN.LEFT, ink=ink)
        else:
            x = 0 if side == PP_ALIGN.LEFT else drawing.width / 2
            drawing.say(cut(words, drawing.width / 2, 1, 24), x, high + 0.4, drawing.width / 2, 0.5, size=24,
                        align=side)  # fmt: skip
    if detail["words"]:
        drawing.say(cut(detail["words"], drawing.width, 1), 0, high + 0.95, drawing.width, 0.4, ink=LIGHT.muted)
    return drawing.whole()


def add_ladder(page, view: View, box: Box):
    """Levels of award from the highest down, years across; a dot's area is its count, which stands in or beside it.

    A level is as high as its largest dot of any panel wants, so that the area keeps one scale and is seen.
    """
    left, top, width, height = box
    add_keys(page, view, left, top, width)  # over the first panel alone, yet both leave the room: they share a scale
    drawing, detail = Drawing(page, (left, top + _KEYS, width, height - _KEYS)), view.detail
    slots, levels = detail["slots"], detail["levels"]
    labels = [label.replace("<br>", " ") for label, _ in levels]
    head = min(3.2, max(wide_of(words) for words in (*labels, detail["total_head"])) + 0.3)
    foot = 2 * high_of(1) + _RULE
    wide = (drawing.width - head) / max(len(slots), 4)
    counts = [[row.count for row in view.frame.itertuples() if row.row == place] for place in range(len(levels))]
    shared = detail["scale_counts"][: 2 * len(levels)]  # collectives, then individuals, on the same levels
    most = [max([count for row in (counts[place], *shared[place :: len(levels)]) for count in row if count > 0],
                default=0) for place in range(len(levels))]  # fmt: skip
    least = [high_of(lines_of(label, head - 0.2)) for label in labels]
    if sum(least) > drawing.height - foot:
        least = [high_of(1)] * len(labels)
    unit, highs = _scale(most, least, wide, drawing.height - foot)
    inside = [_inside([count for count in row if count > 0], unit) for row in counts]
    tops = [sum(highs[:place]) for place in range(len(levels) + 1)]
    tones, inks = (*LIGHT.levels, LIGHT.grey), (*LIGHT.on_levels, LIGHT.bg)
    for place, label in enumerate(labels):
        most = max(1, int(highs[place] / high_of(1)))
        drawing.say(cut(label, head - 0.2, most), 0, tops[place], head - 0.2, highs[place], align=PP_ALIGN.RIGHT)
    for place in (place for place, slot in enumerate(slots) if not slot):
        x = head + (place + 0.5) * wide
        drawing.stroke(x, 0, x, tops[-1], LIGHT.no_data, 2, MSO_LINE_DASH_STYLE.ROUND_DOT)
    for row in view.frame.itertuples():
        if row.state == "ended":
            words = detail["ended_words"].replace("<br>", " ")
            drawing.say(cut(words, wide, 2), head + row.slot * wide, tops[row.row], wide, highs[row.row],
                        ink=LIGHT.muted, align=PP_ALIGN.CENTER)  # fmt: skip
            continue
        tone = levels[row.row][1]
        _dot(drawing, row, head + (row.slot + 0.5) * wide, tops[row.row] + highs[row.row] / 2, wide,
             unit * math.sqrt(max(0, row.count if row.count == row.count else 0)), tones[tone],
             inks[tone] if inside[row.row] else "")  # fmt: skip
    _totals(drawing, detail, head, wide, tops[-1])
    return drawing.whole()


def _scale(most: list[float], least: list[float], wide: float, high: float) -> tuple[float, list[float]]:
    """The inches of one award's dot, and of each level's row, so that the dots fill the height there is.

    `most` is a level's largest count, `least` the inches its name takes.
    """
    biggest = math.sqrt(max(most) or 1)
    unit = min(wide * 0.85, high) / biggest
    while sum(_level_highs(most, least, unit)) > high and unit * biggest > 0.1:
        unit *= 0.97
    highs = _level_highs(most, least, unit)
    spare = (high - sum(highs)) / len(highs)
    return unit, [each + spare for each in highs]


def _level_highs(most: list[float], least: list[float], unit: float) -> list[float]:
    return [max(name, unit * math.sqrt(count) + 0.06) for count, name in zip(most, least, strict=True)]


def _inside(counts: list[float], unit: float) -> bool:
    """Numbers go inside the dots only where a whole level has room: never mixed in a row."""
    return bool(counts) and all(
        unit * math.sqrt(count) > max(high_of(1), wide_of(f"{count:.0f}", bold=True) + 0.08) for count in counts
    )


def _dot(drawing: Drawing, row, x: float, y: float, wide: float, across: float, tone: str, ink: str) -> None:
    line = high_of(1)
    if row.state == "none":
        drawing.add(MSO_SHAPE.OVAL, x - 0.08, y - 0.08, 0.16, 0.16, LIGHT.bg, LIGHT.muted, 1.25)
        return
    if row.state != "given":
        if row.printed:
            drawing.say("–", x - wide / 2, y - line / 2, wide, line, ink=LIGHT.muted, align=PP_ALIGN.CENTER)
        return
    across = max(across, 0.08)
    dot = drawing.add(MSO_SHAPE.OVAL, x - across / 2, y - across / 2, across, across, tone)
    if ink:
        say(dot, row.printed, bold=True, ink=ink)
        return
    reach = across
    if across < 0.2:  # the highest awards are the fewest: ringed, so that the area stays the count and is seen
        reach = 0.28
        drawing.add(MSO_SHAPE.OVAL, x - reach / 2, y - reach / 2, reach, reach, None, tone, 1.75)
    room = wide_of(row.printed, bold=True) + 0.1
    drawing.say(row.printed, x + reach / 2 + 0.06, y - line / 2, room, line, bold=True)


def _totals(drawing: Drawing, detail: dict, head: float, wide: float, top: float) -> None:
    """The years and under them how many awards each had in all."""
    line = high_of(1)
    drawing.stroke(head, top + _RULE / 2, head + len(detail["slots"]) * wide, top + _RULE / 2, LIGHT.rule, 1)
    for place, (slot, total) in enumerate(zip(detail["slots"], detail["totals"], strict=True)):
        for row, words in enumerate((slot.replace("<br>", " "), total)):
            if words:
                drawing.say(cut(words, wide, 1), head + place * wide, top + _RULE + row * line, wide, line,
                            bold=bool(row) or place == detail["chosen"], align=PP_ALIGN.CENTER)  # fmt: skip
    drawing.say(cut(detail["total_head"], head - 0.2), 0, top + _RULE + line, head - 0.2, line, align=PP_ALIGN.RIGHT,
                ink=LIGHT.muted)  # fmt: skip


def add_table(page, view: View, box: Box):
    """The first columns of a view's table: what no chart here can draw is still said, in words a hall can read."""
    left, top, width, height = box
    rows = (view.table.header, *view.table.rows[:MOST_ROWS])
    wides = _wides(rows, width)
    high = min(0.6, height / len(rows))
    lines = max(1, int((height / len(rows) - 0.06) / high_of(1)))
    shape = page.shapes.add_table(len(rows), len(wides), *(Inches(v) for v in (left, top, width, high * len(rows))))
    for column, wide in enumerate(wides):
        shape.table.columns[column].width = Inches(wide)
        for line, cells in enumerate(rows):
            _cell(shape.table.cell(line, column), cut(cells[column], wide - 0.2, lines), head=line == 0,
                  first=column == 0)  # fmt: skip
    return shape


def _wides(rows: tuple[tuple[str, ...], ...], width: float) -> list[float]:
    """Inches of as many columns from the left as have room; the first, which names the rows, takes what is left."""
    wanted = [max(wide_of(cell, bold=True) for cell in column) + 0.3 for column in zip(*rows, strict=True)]
    first = min(wanted[0], width * 0.4)
    others: list[float] = []
    for wide in wanted[1:MOST_COLUMNS]:
        wide = min(wide, width * 0.3)
        if first + sum(others) + wide > width:
            break
        others.append(wide)
    return [width - sum(others), *others]


def _cell(cell, words: str, *, head: bool, first: bool) -> None:
    cell.text = words
    cell.margin_top = cell.margin_bottom = Emu(18000)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    cell.fill.solid()
    cell.fill.fore_color.rgb = colour(LIGHT.surface if head else LIGHT.bg)
    for paragraph in cell.text_frame.paragraphs:
        paragraph.alignment = PP_ALIGN.LEFT if first else PP_ALIGN.RIGHT
        for run in paragraph.runs:
            run.font.size, run.font.bold, run.font.color.rgb = Pt(SIZE), head, colour(LIGHT.text)

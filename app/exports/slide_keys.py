"""What stands around a native chart on a slide: what its marks mean above it, and where its years break."""

from __future__ import annotations

from pptx.enum.dml import MSO_LINE_DASH_STYLE
from pptx.enum.shapes import MSO_CONNECTOR, MSO_SHAPE
from pptx.util import Inches, Pt

from app.charts.theme import LIGHT
from app.exports.chart_data import SIGNS
from app.exports.slide_shapes import Drawing, colour, hatch, say
from app.exports.slide_words import high_of, lines_of, wide_of
from app.views.view import View
from core.texts import text

ROW, AIR = 0.36, 0.08  # inches of a line of keys, and above the words of a break
_MARK, _BESIDE, _GAP = 0.34, 0.1, 0.4
# a key of the screen -> the state whose sign stands on the slide
_STATES = {"half": "near", "open": "missed", "near": "near", "missed": "missed"}
_SHOWN = ("outline", "filled", "slate", "grey", "hatched", "later", "line", "dashed", "ring", "dash", "break", *_STATES)


def keys_of(view: View) -> list[tuple[str, str]]:
    """What a view's marks mean, (mark, words) each; a state that its points have and the screen tells by colour too."""
    keys = [(mark, words) for mark, words in view.detail["keys"] if mark in _SHOWN]
    told = {_STATES.get(mark) for mark, _ in keys}
    states = [state for state in ("near", "missed") if state in set(view.frame["state"]) - told]
    keys += [(state, text(f"status.{state}", view.lang)) for state in states]
    if view.kind == "line" and view.frame["estimate"].any():
        keys.append(("hatched", text("budget.key_estimate", view.lang)))
    return keys


def add_keys(page, view: View, left: float, top: float, width: float) -> float:
    """The keys in lines from the upper left corner, in inches; the height they take."""
    drawing, x, row = Drawing(page, (left, top, width, ROW)), 0.0, 0
    for mark, words in keys_of(view):
        sign = SIGNS.get(_STATES.get(mark, ""), "")
        words = f"{sign} {words}".strip()
        room = (0 if sign else _MARK + _BESIDE) + wide_of(words) + 0.1
        if x and x + room > width:
            x, row = 0.0, row + 1
        if not sign:
            _mark(drawing, mark, x, row * ROW + ROW / 2, line=view.kind == "line")
        drawing.say(words, x + room - wide_of(words) - 0.1, row * ROW, wide_of(words) + 0.1, ROW, ink=LIGHT.muted)
        x += room + _GAP
    if not drawing.made:
        return 0.0
    properties = drawing.whole()._element.xpath(".//p:cNvPr")[0]
    properties.set("descr", "; ".join(words for _, words in keys_of(view)))
    return (row + 1) * ROW


def _mark(drawing: Drawing, mark: str, x: float, middle: float, *, line: bool) -> None:
    if mark in ("line", "dashed"):
        shape = drawing.add(MSO_SHAPE.RECTANGLE, x, middle - 0.02, _MARK, 0.04, LIGHT.blue)
        if mark == "dashed":
            shape._element.getparent().remove(shape._element)
            drawing.made.remove(shape)
            drawing.stroke(x, middle, x + _MARK, middle, LIGHT.muted, 2, MSO_LINE_DASH_STYLE.DASH)
        return
    if mark == "ring":
        drawing.add(MSO_SHAPE.OVAL, x + 0.09, middle - 0.08, 0.16, 0.16, LIGHT.bg, LIGHT.muted, 1.25)
        return
    if mark == "dash":
        drawing.stroke(x + 0.09, middle, x + 0.25, middle, LIGHT.muted, 2)
        return
    if mark == "break":
        drawing.stroke(x + 0.17, middle - 0.14, x + 0.17, middle + 0.14, LIGHT.no_data, 2,
                       MSO_LINE_DASH_STYLE.ROUND_DOT)  # fmt: skip
        return
    if line:  # an estimate is a hollow dot
        drawing.add(MSO_SHAPE.OVAL, x + 0.08, middle - 0.08, 0.16, 0.16, LIGHT.bg, LIGHT.blue, 2)
        return
    fill = {"outline": LIGHT.bg, "slate": LIGHT.slate, "grey": LIGHT.grey, "later": LIGHT.context_mark}
    shape = drawing.add(MSO_SHAPE.RECTANGLE, x, middle - 0.1, _MARK, 0.2, fill.get(mark, LIGHT.blue),
                        LIGHT.slate if mark == "outline" else None)  # fmt: skip
    if mark == "hatched":
        hatch(shape.fill, LIGHT.blue)
        shape.line.color.rgb, shape.line.width = colour(LIGHT.blue), Pt(1)


def break_room(view: View, width: float) -> float:
    """The inches that the words of a view's breaks take above its chart, side by side, with some air over them."""
    said = _said(view)
    each = width / max(1, len(said))
    return max((high_of(lines_of(words, each - 0.2)) + AIR for _, words in said), default=0.0)


def add_breaks(page, view: View, left: float, top: float, width: float, words_high: float, bottom: float) -> None:
    """A dotted line where the years before are not those after, and the reason above it.

    `left` and `width` are those of the chart's plot, whose slots share it evenly; `top` where the words begin,
    `bottom` where the plot ends.
    """
    said, slots = _said(view), len(view.detail["slots"])
    each = width / max(1, len(said))
    for number, (place, words) in enumerate(said):
        x = left + (place + 0.5) / slots * width
        line = page.shapes.add_connector(
            MSO_CONNECTOR.STRAIGHT, *(Inches(value) for value in (x, top + words_high, x, bottom))
        )
        line.line.color.rgb, line.line.width = colour(LIGHT.no_data), Pt(2)
        line.line.dash_style = MSO_LINE_DASH_STYLE.ROUND_DOT
        wide = min(each - 0.2, max(wide_of(part) for part in words.split("\n")) + 0.1)
        start = min(max(x - wide / 2, left + number * each), left + (number + 1) * each - wide)
        place = (start, top + AIR, wide, words_high - AIR)
        box = page.shapes.add_textbox(*(Inches(value) for value in place))
        say(box, words, ink=LIGHT.muted)


def _said(view: View) -> list[tuple[float, str]]:
    """The breaks with their reasons from the left; the halves of one year break without a reason."""
    return [(place, words.replace("<br>", "\n")) for place, words in sorted(view.detail["breaks"]) if words]


def early(view: View) -> int:
    """How many places stand before the last change that a view tells: their marks are paler."""
    return max((int(place + 0.5) for place, words in view.detail["breaks"] if words and place % 1 == 0), default=0)

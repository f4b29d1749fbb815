"""Shapes of a slide, placed in inches and held together as one drawing that moves as a whole."""

from __future__ import annotations

from pptx.dml.color import RGBColor
from pptx.enum.dml import MSO_PATTERN
from pptx.enum.shapes import MSO_CONNECTOR, MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Emu, Inches, Pt

from app.charts.theme import LIGHT
from app.exports.slide_words import SIZE

TONES = {"missed": LIGHT.orange, "near": LIGHT.grey}


def colour(name: str) -> RGBColor:
    """A colour of the light theme, which paper and projectors share."""
    return RGBColor.from_string(name.lstrip("#"))


def tone_of(state: str) -> str:
    """What a reached, a nearly reached and a missed plan are drawn in."""
    return TONES.get(state, LIGHT.blue)


def hatch(fill, tone: str) -> None:
    """Slanted strokes on white: a value that is not final."""
    fill.patterned()
    fill.pattern = MSO_PATTERN.WIDE_UPWARD_DIAGONAL
    fill.fore_color.rgb, fill.back_color.rgb = colour(tone), colour(LIGHT.bg)


def say(shape, words: str, *, size: float = SIZE, bold: bool = False, ink: str = LIGHT.text,
        align=PP_ALIGN.CENTER) -> None:  # fmt: skip
    """Words into a shape, in the middle of its height and without inner margins."""
    frame = shape.text_frame
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = Emu(0)
    frame.vertical_anchor, frame.word_wrap = MSO_ANCHOR.MIDDLE, True
    frame.text = words
    for paragraph in frame.paragraphs:
        paragraph.alignment = align
        for run in paragraph.runs:
            run.font.size, run.font.bold, run.font.color.rgb = Pt(size), bold, colour(ink)


class Drawing:
    """Shapes of one drawing, placed in inches from its upper left corner, at the end held together as one object."""

    def __init__(self, page, box: tuple[float, float, float, float]):
        self.page = page
        self.left, self.top, self.width, self.height = box
        self.made: list = []

    def add(self, kind, x: float, y: float, wide: float, high: float, fill: str | None, line: str | None = None,
            weight: float = 1.5):  # fmt: skip
        """A shape with its fill and outline; None for neither."""
        shape = self.page.shapes.add_shape(kind, *(Inches(v) for v in (self.left + x, self.top + y, wide, high)))
        self._keep(shape)
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

    def stroke(self, x: float, y: float, x_end: float, y_end: float, line: str, weight: float, dash=None):
        """A straight line, dashed where `dash` says how."""
        ends = (self.left + x, self.top + y, self.left + x_end, self.top + y_end)
        made = self.page.shapes.add_connector(MSO_CONNECTOR.STRAIGHT, *(Inches(value) for value in ends))
        self._keep(made)
        made.line.color.rgb, made.line.width, made.line.dash_style = colour(line), Pt(weight), dash
        return made

    def say(self, words: str, x: float, y: float, wide: float, high: float, *, size: float = SIZE, bold: bool = False,
            ink: str = LIGHT.text, align=PP_ALIGN.LEFT) -> None:  # fmt: skip
        """Words in a box of their own."""
        box = self.page.shapes.add_textbox(*(Inches(v) for v in (self.left + x, self.top + y, wide, high)))
        self.made.append(box)
        say(box, words, size=size, bold=bold, ink=ink, align=align)

    def state(self, state: str, x: float, middle: float, across: float = 0.24) -> None:
        """The shape of a state as the screen has it: triangle, dot, half dot, hollow triangle upside down."""
        y, tone = middle - across / 2, tone_of(state)
        if state == "exceeded":
            self.add(MSO_SHAPE.ISOSCELES_TRIANGLE, x, y, across, across, tone)
        elif state == "reached":
            self.add(MSO_SHAPE.OVAL, x, y, across, across, tone)
        elif state == "near":
            self.add(MSO_SHAPE.OVAL, x, y, across, across, LIGHT.bg, tone, 2)
            self.add(MSO_SHAPE.FLOWCHART_DELAY, x, y, across / 2, across, tone).rotation = 180
        elif state == "missed":
            self.add(MSO_SHAPE.FLOWCHART_MERGE, x, y, across, across, LIGHT.bg, tone, 2.25)

    def whole(self):
        """Everything that was added as one object."""
        return self.page.shapes.add_group_shape(self.made)

    def _keep(self, shape) -> None:
        """No shadow and no other dress of the theme: a mark is as long as it is."""
        style = shape._element.find(qn("p:style"))
        if style is not None:
            shape._element.remove(style)
        self.made.append(shape)

"""A figure laid out in px from its JSON alone: which marks stand where, what is printed on them, in which colours."""

from __future__ import annotations

import base64
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property

import numpy as np
import plotly.graph_objects as go
from PIL import ImageFont

from app.charts import draw
from app.charts.theme import Theme
from app.views.view import View
from core.settings import ROOT

WIDTH = {False: 1120, True: 358}  # px a chart gets in a window of 1280 and on a phone of 390
CLEAR = ("rgba(0,0,0,0)", "rgba(0, 0, 0, 0)", None)
_FONTS = ROOT / "data" / "static" / "fonts"
_VIETNAMESE = ((0x102, 0x103), (0x110, 0x111), (0x128, 0x129), (0x168, 0x169), (0x1A0, 0x1A1), (0x1AF, 0x1B0),
               (0x300, 0x301), (0x303, 0x304), (0x308, 0x309), (0x323, 0x323), (0x1EA0, 0x1EF9))  # fmt: skip
_LINE = 1.3  # Plotly's distance from line to line, in font sizes


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in px, y downwards."""

    left: float
    top: float
    right: float
    bottom: float

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies in it, edges included."""
        return self.left <= x <= self.right and self.top <= y <= self.bottom

    def overlap(self, other: Box) -> float:
        """How many px two boxes share in the direction in which they share less; negative where they are apart."""
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return min(across, down)


@dataclass(frozen=True, slots=True)
class Mark:
    """Something drawn: `what` is bar, marker, rect, circle, line, path or image; `fill` None where it is open."""

    what: str
    box: Box
    fill: str | None = None
    stroke: str | None = None
    width: float = 0.0
    dash: str = ""
    pattern: str = ""
    ground: str = ""
    symbol: str = ""
    below: bool = False


@dataclass(frozen=True, slots=True)
class Word:
    """Something printed, with the colours of all its parts."""

    text: str
    box: Box
    size: float
    colours: tuple[str, ...]
    ground: str | None = None
    angle: float = 0.0

    @property
    def plain(self) -> str:
        """Without tags, a line break as a space."""
        return plain(self.text)


@dataclass
class Drawing:
    """One view drawn in one theme for one kind of screen; everything a rule asks is here."""

    view: View
    theme: Theme
    phone: bool
    place: str
    json: dict = field(repr=False)

    @classmethod
    def of(cls, view: View, theme: Theme, phone: bool, place: str) -> Drawing:
        """Draw `view`; `place` is the ward's name as the subtitle must give it."""
        return cls(view, theme, phone, place, listed(draw(view, theme, phone=phone)))

    @property
    def layout(self) -> dict:
        """The figure's layout."""
        return self.json["layout"]

    @property
    def traces(self) -> list[dict]:
        """The figure's traces."""
        return self.json["data"]

    def axis(self, ref: str) -> dict:
        """The layout of an axis named as a trace names it: "x", "y2"."""
        return self.layout.get(f"{ref[0]}axis{ref[1:]}", {})

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the whole figure, px."""
        return WIDTH[self.phone], self.layout["height"]

    def at(self, ref: str, value: float) -> float:
        """A place on an axis, in its room ("x domain") or on the paper of the plot ("x paper"), in px of the figure."""
        margin = self.layout["margin"]
        start, whole = (
            (margin["l"], self.size[0] - margin["l"] - margin["r"]) if ref[0] == "x"
            else (margin["t"], self.size[1] - margin["t"] - margin["b"])
        )  # fmt: skip
        axis, _, room = ref.partition(" ")
        low, high = (0, 1) if room else self.axis(axis)["range"]
        first, last = (0, 1) if room == "paper" else self.axis(axis).get("domain", (0, 1))
        share = first + (last - first) * (value - low) / (high - low)
        return start + (share if ref[0] == "x" else 1 - share) * whole

    @cached_property
    def marks(self) -> list[Mark]:
        """All marks in the order in which they are painted."""
        shapes = list(self._shapes())
        traces = [mark for trace in self.traces for mark in self._trace_marks(trace)]
        images = [Mark("image", self._image_box(image), symbol=image["source"]) for image in
                  self.layout.get("images", ())]  # fmt: skip
        return [
            *(mark for mark in shapes if mark.below), *traces, *(mark for mark in shapes if not mark.below), *images,
        ]

    @cached_property
    def words(self) -> list[Word]:
        """All printed text: annotations and labels of axes."""
        return [*map(self._annotation, self.layout.get("annotations", ())), *self._ticks()]

    @cached_property
    def texts(self) -> list[str]:
        """Everything a person reads of the view: title, subtitle, figure, hover, notes, alt, source, table."""
        view = self.view
        cells = [view.table.caption, *view.table.header, *(cell for row in view.table.rows for cell in row)]
        return [view.title, view.subtitle, *(word.text for word in self.words), *self.hovers, *view.notes, view.alt,
                view.source, *cells]  # fmt: skip

    @cached_property
    def hovers(self) -> list[str]:
        """Every hover text, one a point."""
        return [said for trace in self.traces for said in hover_of(trace)]

    def spot(self, hover: str) -> tuple[float, float] | None:
        """Where the mark with a hover text stands, px; None where none has it."""
        for trace in self.traces:
            for place, said in enumerate(hover_of(trace)):
                x, y = trace["x"][place], trace["y"][place]
                if said == hover and known(x) and known(y):
                    return self.at(trace.get("xaxis", "x"), x), self.at(trace.get("yaxis", "y"), y)
        return None

    def ground_at(self, x: float, y: float, *, below: Mark | None = None) -> tuple[str, ...]:
        """The colours of the topmost painted thing at a point (two where it is hatched), under `below` if given."""
        found: tuple[str, ...] = (self.layout["paper_bgcolor"],)
        for mark in self.marks:
            if mark is below:
                break
            if mark.what != "image" and mark.fill not in CLEAR and mark.box.holds(x, y):
                found = (mark.fill, mark.ground) if mark.pattern else (mark.fill,)
        return found

    def _shapes(self) -> Iterator[Mark]:
        for shape in self.layout.get("shapes", ()):
            line = shape.get("line", {})
            yield Mark(
                shape["type"], self._shape_box(shape), shape.get("fillcolor"),
                line.get("color") if line.get("width") else None, line.get("width", 0), line.get("dash", ""),
                below=shape.get("layer") == "below",
            )  # fmt: skip

    def _shape_box(self, shape: dict) -> Box:
        if shape["type"] == "path":
            xs, ys = path_points(shape["path"])
        else:
            xs, ys = (shape["x0"], shape["x1"]), (shape["y0"], shape["y1"])
        across = [self._shape_at(shape, "x", x) for x in xs]
        down = [self._shape_at(shape, "y", y) for y in ys]
        return Box(min(across), min(down), max(across), max(down))

    def _shape_at(self, shape: dict, axis: str, value: float) -> float:
        ref = reference(shape.get(f"{axis}ref"), axis)
        if shape.get(f"{axis}sizemode") == "pixel":
            return self.at(ref, shape[f"{axis}anchor"]) + (value if axis == "x" else -value)
        return self.at(ref, value)

    def _image_box(self, image: dict) -> Box:
        """A picture keeps its shape: it is as large as the smaller side of the room it is given."""
        xref, yref = reference(image.get("xref"), "x"), reference(image.get("yref"), "y")
        x, y = self.at(xref, image["x"]), self.at(yref, image["y"])
        wide = abs(self.at(xref, image["x"] + image["sizex"]) - x)
        side = min(wide, abs(self.at(yref, image["y"] + image["sizey"]) - y))
        left = x if image.get("xanchor") == "left" else x - side / 2
        return Box(left, y - side / 2, left + side, y + side / 2)

    def _trace_marks(self, trace: dict) -> Iterator[Mark]:
        marker = trace.get("marker", {})
        x, y = trace.get("xaxis", "x"), trace.get("yaxis", "y")
        for place, (across, up) in enumerate(zip(trace["x"], trace["y"], strict=True)):
            if not known(across) or not known(up):
                continue
            line = marker.get("line", {})
            fill, stroke = one(marker.get("color"), place), one(line.get("color"), place)
            if trace["type"] == "bar":
                pattern = marker.get("pattern", {})
                yield Mark(
                    "bar", self._bar_box(trace, place, x, y), None if fill in CLEAR else fill,
                    stroke if one(line.get("width"), place) else None, one(line.get("width"), place) or 0,
                    pattern=one(pattern.get("shape"), place) or "", ground=one(pattern.get("bgcolor"), place) or "",
                )  # fmt: skip
            elif "markers" in trace.get("mode", "") and one(marker.get("opacity", 1), place):
                half = one(marker.get("size", 6), place) / 2
                centre = self.at(x, across), self.at(y, up)
                symbol = one(marker.get("symbol", "circle"), place)
                hollow = symbol.endswith("-open")
                yield Mark(
                    "marker", Box(centre[0] - half, centre[1] - half, centre[0] + half, centre[1] + half),
                    None if hollow else fill, fill if hollow else stroke, one(line.get("width"), place) or 0,
                    symbol=symbol,
                )  # fmt: skip

    def _bar_box(self, trace: dict, place: int, x: str, y: str) -> Box:
        across, up, half = trace["x"][place], trace["y"][place], one(trace["width"], place) / 2
        base = one(trace["base"], place) if "base" in trace else 0
        if trace.get("orientation") == "h":
            xs, ys = (self.at(x, base), self.at(x, base + across)), (self.at(y, up - half), self.at(y, up + half))
        else:
            xs, ys = (self.at(x, across - half), self.at(x, across + half)), (self.at(y, base), self.at(y, base + up))
        return Box(min(xs), min(ys), max(xs), max(ys))

    def _annotation(self, said: dict) -> Word:
        font = self.layout["font"] | said.get("font", {})
        wide, high = text_size(said["text"], font["size"])
        xref, yref = reference(said.get("xref"), "x"), reference(said.get("yref"), "y")
        x = self.at(xref, said["x"]) + said.get("xshift", 0)
        y = self.at(yref, said["y"]) - said.get("yshift", 0)
        left = x - wide * _side(said.get("xanchor"), xref, said["x"], ("left", "center", "right"))
        top = y - high * (1 - _side(said.get("yanchor"), yref, said["y"], ("bottom", "middle", "top")))
        return Word(
            said["text"], Box(left, top, left + wide, top + high), font["size"],
            (*re.findall(r"color:\s*(#\w{6})", said["text"]), font["color"]), said.get("bgcolor"),
            said.get("textangle", 0),
        )  # fmt: skip

    def _ticks(self) -> Iterator[Word]:
        for name, axis in self.layout.items():
            if not re.fullmatch(r"[xy]axis\d*", name) or axis.get("visible") is False or "tickvals" not in axis:
                continue
            if axis.get("showticklabels") is False:
                continue
            font = self.layout["font"] | axis.get("tickfont", {})
            ref = name[0] + name[5:]
            margin = self.layout["margin"]
            for value, said in zip(axis["tickvals"], axis["ticktext"], strict=True):
                wide, high = text_size(said, font["size"])
                at = self.at(ref, value)
                foot = self.size[1] - margin["b"]
                box = (
                    Box(at - wide / 2, foot + 3, at + wide / 2, foot + 3 + high) if name[0] == "x"
                    else Box(margin["l"] - wide, at - high / 2, margin["l"], at + high / 2)
                )  # fmt: skip
                yield Word(said, box, font["size"], (font["color"],), angle=axis.get("tickangle", 0))


def _side(anchor: str | None, ref: str, value: float, names: tuple[str, str, str]) -> float:
    """How much of a text lies before its place: 0, a half or all; Plotly chooses by thirds on paper."""
    if anchor in names:
        return names.index(anchor) / 2
    if " " not in ref:
        return 0.5
    return 0.0 if value < 1 / 3 else 0.5 if value < 2 / 3 else 1.0


def reference(given: str | None, axis: str) -> str:
    """What a place refers to: an axis, or the paper."""
    return f"{axis} paper" if given == "paper" else given or axis


def path_points(path: str) -> tuple[list[float], list[float]]:
    """The x and y values a path of M, L, H and V passes."""
    xs: list[float] = []
    ys: list[float] = []
    for letter, numbers in re.findall(r"([MLHV])\s*([-\d.,\s]+)", path):
        values = [float(number) for number in re.split(r"[\s,]+", numbers.strip())]
        if letter == "H":
            xs += values
        elif letter == "V":
            ys += values
        else:
            xs += values[::2]
            ys += values[1::2]
    return xs, ys


def one(value: object, place: int) -> object:
    """The value of one point, where a figure gives one for all or one for each."""
    return value[place] if isinstance(value, list | tuple) else value


def known(value: object) -> bool:
    """Whether a coordinate is a number."""
    return value is not None and value == value


def hover_of(trace: dict) -> list[str]:
    """The hover texts of a trace, one a point; none where it has none."""
    if "hovertemplate" not in trace:
        return []
    return [str(row[0] if isinstance(row, list | tuple) else row) for row in trace.get("customdata", ())]


def plain(said: str) -> str:
    """Text of a figure without tags and entities, a line break as a space."""
    return html.unescape(re.sub(r"<[^>]+>", "", re.sub(r"<br\s*/?>", " ", said)))


def listed(figure: go.Figure) -> dict:
    """The figure's JSON with plain lists in place of arrays and of their packed form."""
    return _plain_values(figure.to_plotly_json())


def _plain_values(value: object) -> object:
    if isinstance(value, np.ndarray):
        return value.tolist()
    if isinstance(value, dict) and "bdata" in value:
        return np.frombuffer(base64.b64decode(value["bdata"]), dtype=value["dtype"]).tolist()
    if isinstance(value, dict):
        return {name: _plain_values(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain_values(each) for each in value]
    return value


def text_size(said: str, size: float) -> tuple[float, float]:
    """Width and height of a text in px, from the advances of the font the page is set in."""
    lines = re.split(r"<br\s*/?>", said)
    return max(_line_width(line, size) for line in lines), len(lines) * size * _LINE


@cache
def _line_width(line: str, size: float) -> float:
    return sum(
        _advance(sign, 700 if part % 2 else 400)
        for part, words in enumerate(re.split(r"</?b>", line))
        for sign in html.unescape(re.sub(r"<[^>]+>", "", words))
    ) * size / 100  # fmt: skip


@cache
def _advance(sign: str, weight: int) -> float:
    """The advance of a sign at 100 px."""
    code = ord(sign)
    subset = "vietnamese" if any(low <= code <= high for low, high in _VIETNAMESE) else "latin"
    return _font(subset, weight).getlength(sign)


@cache
def _font(subset: str, weight: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(_FONTS / f"be-vietnam-pro-{subset}-{weight}-normal.woff2", 100)

"""The shape of each state, the very same SVG in tables, tiles and figures, as an address that needs no request."""

from __future__ import annotations

import base64
from functools import cache

import plotly.graph_objects as go

from app.charts.theme import Theme

# In a box of 16 x 16; {blue} ... are filled from the theme. Shape, not colour, tells the states apart.
_SHAPES = {
    "exceeded": '<path d="M8 1.5 15 14.5H1Z" fill="{blue}"/>',
    "reached": '<circle cx="8" cy="8" r="6.6" fill="{blue}"/>',
    "near": (
        '<circle cx="8" cy="8" r="5.9" fill="{bg}" stroke="{grey}" stroke-width="1.8"/>'
        '<path d="M8 1.4a6.6 6.6 0 0 0 0 13.2Z" fill="{grey}"/>'
    ),
    "missed": (
        '<path d="M2.2 2.6h11.6L8 13.6Z" fill="{bg}" stroke="{orange}" stroke-width="2" stroke-linejoin="round"/>'
    ),
    "no_plan": '<circle cx="8" cy="8" r="2.2" fill="{no_data}"/>',
    "no_data": '<path d="M2.5 8h11" stroke="{no_data}" stroke-width="2.4" stroke-linecap="round"/>',
    "not_comparable": (
        '<path d="M2.5 5.6h11M2.5 10.4h11M10.6 2.4 5.4 13.6" fill="none" stroke="{no_data}" stroke-width="1.7"'
        ' stroke-linecap="round"/>'
    ),
}
_COLOURS = {
    "exceeded": "blue",
    "reached": "blue",
    "near": "grey",
    "missed": "orange",
    "no_plan": "no_data",
    "no_data": "no_data",
    "not_comparable": "no_data",
}


def state_colour(state: str, theme: Theme) -> str:
    """The colour of a state's mark and words; KeyError for an unknown state."""
    return getattr(theme, _COLOURS[state])


def state_ink(state: str, theme: Theme) -> str:
    """The colour of words that tell of a state: the state's own where something is missing to the plan."""
    return state_colour(state, theme) if state in ("missed", "near") else theme.text


SIGNED = ("near", "missed")  # the states that words tell by their colour: never without the state's shape beside them
_HALF = 7  # px from the middle of a shape to its edge
_BEND = 0.5523 * _HALF  # px of a handle of a quarter of a circle


def add_sign(
    figure: go.Figure, state: str, theme: Theme, x: float, y: float, *, right: float = 0, up: float = 0,
    xref: str = "x", yref: str = "y",
) -> None:  # fmt: skip
    """The shape of a state something is missing to, px to the right of a point of the figure and px above it.

    It keeps its size and its place however large the figure is drawn.
    """
    place = {"xref": xref, "yref": yref, "xsizemode": "pixel", "ysizemode": "pixel", "xanchor": x, "yanchor": y}
    tone = state_colour(state, theme)
    if state == "missed":
        path = (f"M{right - _HALF},{up + _HALF - 1}L{right + _HALF},{up + _HALF - 1}L{right},{up - _HALF + 1}Z")
        figure.add_shape(type="path", path=path, fillcolor=theme.bg, line={"width": 2, "color": tone}, **place)
        return
    figure.add_shape(type="circle", x0=right - _HALF, x1=right + _HALF, y0=up - _HALF, y1=up + _HALF,
                     fillcolor=theme.bg, line={"width": 1.8, "color": tone}, **place)  # fmt: skip
    left, side = right - _HALF, right - _BEND
    path = (f"M{right},{up + _HALF}C{side},{up + _HALF},{left},{up + _BEND},{left},{up}"
            f"C{left},{up - _BEND},{side},{up - _HALF},{right},{up - _HALF}Z")  # fmt: skip
    figure.add_shape(type="path", path=path, fillcolor=tone, line={"width": 0}, **place)


def svg_uri(body: str, width: float = 16, height: float = 16) -> str:
    """Inner SVG as a data URI for `<img src>` and for Plotly's layout.images; `width` and `height` are the view box."""
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}">{body}</svg>'
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()


@cache
def glyph_uri(state: str, theme: Theme) -> str:
    """The shape of a state as a data URI; KeyError for an unknown state."""
    colours = {name: getattr(theme, name) for name in ("blue", "grey", "orange", "bg", "no_data")}
    return svg_uri(_SHAPES[state].format(**colours))

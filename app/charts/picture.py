"""A view as one picture for a slide: its chart with finding, subtitle, notes, source and sample mark in it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import plotly
import plotly.graph_objects as go

from app.charts import draw
from app.charts.theme import LIGHT
from app.views.view import View
from app.views.words import source_line, wrapped
from core.texts import text

PLOTLY_JS = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"  # what draws it in the browser
# Drawn at this size and enlarged to 1920 x 1080: 14 px become 24.
WIDTH, HEIGHT, SCALE = 1120, 630, 12 / 7
_EDGE, _TOP, _BOTTOM = 40, 26, 20
_TITLE, _TITLE_LINE = 22, 29
_SUBTITLE, _SUBTITLE_LINE = 15, 21
_NOTE, _NOTE_LINE = 14, 19
_ADVANCE = 0.53  # mean width of a letter of the font, in its size
_TALLER = 1.5  # how far a chart of few rows is drawn out
_OVER = 0.4  # of what a low chart leaves free, the part above it
FIXED = ("ladder", "matrix")  # their parts outside the plot are measured in px of its height


def draw_picture(view: View) -> go.Figure:
    """The figure of a picture, WIDTH x HEIGHT px, in the light theme; no text in it is under 14 px.

    A chart that is higher than the room between title and notes is drawn closer together.
    """
    figure = draw(view, LIGHT)
    head, foot = _head(view), _foot(view)
    above, below = _high(head) + 10, _high(foot) + 16
    margin, natural = figure.layout.margin, figure.layout.height
    room = HEIGHT - _TOP - above - below - _BOTTOM
    wanted = natural if view.kind in FIXED else natural * _TALLER
    spare = max(0.0, room - wanted)
    lifted = spare * _OVER
    top, bottom = margin.t + _TOP + above + lifted, margin.b + below + _BOTTOM + spare - lifted
    left = margin.l + _EDGE
    figure.update_layout(
        width=WIDTH, height=HEIGHT, margin={"l": left, "r": margin.r + _EDGE, "t": top, "b": bottom, "pad": 0}
    )
    _write(figure, head, left, top, _TOP)
    _write(figure, foot, left, top, HEIGHT - _BOTTOM - _high(foot))
    _rule(figure, left, top, HEIGHT - _BOTTOM - _high(foot) - 8)
    return figure


def _head(view: View) -> list[tuple[str, dict, int]]:
    """Lines over the chart: words, font, height in px."""
    title = {"size": _TITLE, "color": LIGHT.text, "weight": 600}
    under = {"size": _SUBTITLE, "color": LIGHT.muted}
    return [
        *((line, title, _TITLE_LINE) for line in _lines(view.title, _TITLE)),
        *((line, under, _SUBTITLE_LINE) for line in _lines(view.subtitle, _SUBTITLE)),
    ]


def _foot(view: View) -> list[tuple[str, dict, int]]:
    """Lines under the chart: numbered notes, then the source with the sample mark."""
    font = {"size": _NOTE, "color": LIGHT.muted}
    said = [f"{number}. {note}" for number, note in enumerate(view.notes, start=1)]
    source = source_line(view.source, view.lang)
    lines = [line for words in (*said, source) for line in _lines(words, _NOTE)]
    if view.is_sample:
        lines[-1] += f" · <b>{text('ui.sample_mark', view.lang)}</b>"
    return [(line, font, _NOTE_LINE) for line in lines]


def _lines(words: str, size: int) -> list[str]:
    return wrapped(words, int((WIDTH - 2 * _EDGE) / (size * _ADVANCE)))


def _high(lines: Sequence[tuple[str, dict, int]]) -> int:
    return sum(high for _, _, high in lines)


def _write(
    figure: go.Figure, lines: Sequence[tuple[str, dict, int]], left: float, top: float, first: float
) -> None:
    """Lines from `first` px under the picture's edge downwards; the plot begins at `left` and `top`."""
    at = first
    for words, font, high in lines:
        figure.add_annotation(
            x=0, y=1, xref="paper", yref="paper", xshift=_EDGE - left, yshift=top - at, text=words, showarrow=False,
            xanchor="left", yanchor="top", align="left", font=font,
        )  # fmt: skip
        at += high


def _rule(figure: go.Figure, left: float, top: float, at: float) -> None:
    """The hairline over the notes."""
    figure.add_shape(
        type="line", xref="paper", yref="paper", xsizemode="pixel", ysizemode="pixel", xanchor=0, yanchor=1,
        x0=_EDGE - left, x1=WIDTH - _EDGE - left, y0=top - at, y1=top - at, line={"width": 1, "color": LIGHT.rule},
    )  # fmt: skip

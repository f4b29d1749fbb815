"""A line of keys above a chart: what each mark means, laid out in px so that it never depends on the width."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import plotly.graph_objects as go

from app.charts.glyphs import SIGNED, add_sign
from app.charts.theme import Theme

ROW = 24  # px from one line of keys to the next
_MARK = 20
_GAP = 26
_CHARACTER = 7.6  # px, the mean advance of the font at 14 px, rounded up


def key_rows(keys: Sequence[tuple[str, str]], width: float) -> int:
    """How many lines `keys` take in `width` px; none where there is no key."""
    return _placed(keys, width)[-1][3] + 1 if keys else 0


def add_keys(figure: go.Figure, keys: Sequence[tuple[str, str]], theme: Theme, *, top: int, width: float) -> None:
    """Put `keys`, (mark, words) each, in lines from `top` px above the plot downwards.

    Marks: "outline", "slate", "grey", "hatched", "filled", "later", "open", "dash", "dotted", "ring", "break", "law",
    "holed", "cross", "line", "dashed", "half", "dot", "early", "cut", "ringed", "near", "missed" (a state's shape);
    `width` in px is what one line may take. The line begins at the figure's own left edge, not at the plot's.
    """
    edge = -figure.layout.margin.l
    for mark, words, left, row in _placed(keys, width):
        left, middle = left + edge, top - row * ROW
        _MARKS[mark](figure, theme, left, middle)
        figure.add_annotation(
            x=0, y=1, xref="paper", yref="paper", xshift=left + _MARK + 6, yshift=middle, text=words,
            showarrow=False, xanchor="left", yanchor="middle", font={"color": theme.muted, "size": 14},
        )


def _placed(keys: Sequence[tuple[str, str]], width: float) -> list[tuple[str, str, float, int]]:
    placed, left, row = [], 0.0, 0
    for mark, words in keys:
        room = _MARK + 6 + len(words) * _CHARACTER
        if left and left + room > width:
            left, row = 0.0, row + 1
        placed.append((mark, words, left, row))
        left += room + _GAP
    return placed


def _box(figure: go.Figure, left: float, middle: float, half: float, **style: object) -> None:
    figure.add_shape(
        type=style.pop("shape", "rect"), xref="paper", yref="paper", xsizemode="pixel", ysizemode="pixel", xanchor=0,
        yanchor=1, x0=left + style.pop("inset", 0), x1=left + style.pop("reach", _MARK), y0=middle - half,
        y1=middle + half, **style,
    )


def _filled(figure: go.Figure, theme: Theme, left: float, middle: float) -> None:
    _box(figure, left, middle, 6, fillcolor=theme.blue, line={"width": 0})


def _later(figure: go.Figure, theme: Theme, left: float, middle: float) -> None:
    _box(figure, left, middle, 6, fillcolor=theme.context_mark, line={"width": 0})


def _open(figure: go.Figure, theme: Theme, left: float, middle: float) -> None:
    _box(figure, left, middle, 6, fillcolor=theme.bg, line={"width": 2, "color": theme.orange})


def _dash(figure: go.Figure, theme: Theme, left: float, middle: float) -> None:
    _box(figure, left, middle, 1, inset=4, reach=16, fillcolor=theme.no_data, line={"width": 0})


def _dotted(figure: go.Figure, theme: Theme, left: float, middle: float) -> None:
    _box(figure, left, middle, 6, fillcolor=theme.bg, line={"width": 1, "color": theme.no_data, "dash": "dot"})


def _ring(figure: go.Figure, theme: Theme, left: float, middle: float) -> None:
    _box(figure, left, middle, 5, shape="circle", inset=5, reach=15, line={"width": 1.3, "color": theme.muted})


def _ringed(figure: go.Figure, theme: Theme, left: float, middle: float) -> None:
    _box(figure, left, middle, 8, shape="circle", inset=2, reach=18, line={"width": 1.8, "color": theme.levels[0]})
    _box(figure, left, middle, 3, shape="circle", inset=7, reach=13, fillcolor=theme.levels[0], line={"width": 0})


def _break(figure: go.Figure, theme: Theme, left: float, middle: float) -> None:
    _box(
        figure, left, middle, 8, shape="line", inset=10, reach=10,
        line={"width": 1.6, "color": theme.no_data, "dash": "dot"},
    )


def _law(figure: go.Figure, theme: Theme, left: float, middle: float) -> None:
    _box(figure, left, middle, 8, shape="line", inset=10, reach=10, line={"width": 1, "color": theme.muted})


def _outline(figure: go.Figure, theme: Theme, left: float, middle: float) -> None:
    _box(figure, left, middle, 6, fillcolor=theme.bg, line={"width": 1.5, "color": theme.muted})


def _slate(figure: go.Figure, theme: Theme, left: float, middle: float) -> None:
    _box(figure, left, middle, 6, fillcolor=theme.slate, line={"width": 0})


def _half(figure: go.Figure, theme: Theme, left: float, middle: float) -> None:
    _box(figure, left, middle, 6, fillcolor=theme.bg, line={"width": 1.5, "color": theme.grey})
    _box(figure, left, middle, 6, reach=_MARK / 2, fillcolor=theme.grey, line={"width": 0})


def _grey(figure: go.Figure, theme: Theme, left: float, middle: float) -> None:
    _box(figure, left, middle, 6, fillcolor=theme.grey, line={"width": 0})


def _hatched(figure: go.Figure, theme: Theme, left: float, middle: float) -> None:
    _box(figure, left, middle, 6, fillcolor=theme.bg, line={"width": 1, "color": theme.blue})
    for inset in (1, 8, 15):
        _box(
            figure, left, middle, 5, shape="line", inset=inset, reach=inset + 4,
            line={"width": 2, "color": theme.blue},
        )  # fmt: skip


def _holed(figure: go.Figure, theme: Theme, left: float, middle: float) -> None:
    _filled(figure, theme, left, middle)
    _box(figure, left, middle, 2.5, inset=6, reach=14, fillcolor=theme.bg, line={"width": 0})


def _cross(figure: go.Figure, theme: Theme, left: float, middle: float) -> None:
    for low, high in ((-5, 5), (5, -5)):
        figure.add_shape(
            type="line", xref="paper", yref="paper", xsizemode="pixel", ysizemode="pixel", xanchor=0, yanchor=1,
            x0=left + 5, x1=left + 15, y0=middle + low, y1=middle + high, line={"width": 2, "color": theme.orange},
        )  # fmt: skip


def _line(figure: go.Figure, theme: Theme, left: float, middle: float) -> None:
    _box(figure, left, middle, 0, shape="line", line={"width": 2.6, "color": theme.blue})


def _dashed(figure: go.Figure, theme: Theme, left: float, middle: float) -> None:
    _box(figure, left, middle, 0, shape="line", line={"width": 1.6, "dash": "5px,3px", "color": theme.muted})


def _dot(figure: go.Figure, theme: Theme, left: float, middle: float) -> None:
    _box(figure, left, middle, 7, shape="circle", inset=3, reach=17, fillcolor=theme.blue, line={"width": 0})


def _early(figure: go.Figure, theme: Theme, left: float, middle: float) -> None:
    _box(figure, left, middle, 0, shape="line", line={"width": 2, "color": theme.context_line})
    _box(figure, left, middle, 4, shape="circle", reach=8, fillcolor=theme.context_mark, line={"width": 0})


def _cut(figure: go.Figure, theme: Theme, left: float, middle: float) -> None:
    for inset in (5, 11):
        figure.add_shape(
            type="line", xref="paper", yref="paper", xsizemode="pixel", ysizemode="pixel", xanchor=0, yanchor=1,
            x0=left + inset, x1=left + inset + 4, y0=middle - 6, y1=middle + 6,
            line={"width": 2, "color": theme.muted},
        )


def _sign(state: str, figure: go.Figure, theme: Theme, left: float, middle: float) -> None:
    add_sign(figure, state, theme, 0, 1, right=left + _MARK / 2, up=middle, xref="paper", yref="paper")


_MARKS = {
    "filled": _filled, "later": _later, "open": _open, "dash": _dash, "dotted": _dotted, "ring": _ring,
    "break": _break, "law": _law, "outline": _outline, "slate": _slate, "grey": _grey, "hatched": _hatched,
    "holed": _holed, "cross": _cross, "line": _line, "dashed": _dashed, "half": _half, "dot": _dot, "early": _early,
    "cut": _cut, "ringed": _ringed, **{state: partial(_sign, state) for state in SIGNED},
}  # fmt: skip

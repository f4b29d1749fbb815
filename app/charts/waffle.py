"""The waffle: a square for every residential group, filled where it reached the title."""

from __future__ import annotations

import math

import plotly.graph_objects as go

from app.charts.figure import Figure, refs_of
from app.charts.theme import Theme, base_layout
from app.views.view import View

# form -> columns on a screen, columns on a phone, px a row
_GRID = {"named": (6, 3, 92), "unnamed": (6, 6, 60), "numbered": (10, 6, 48)}
_ROOMY, _FEWER = 640, 5  # px of a picture below which fewer named squares stand in a row


def draw_waffle(view: View, theme: Theme, *, phone: bool = False) -> go.Figure:
    """A view of kind "waffle" as squares, or as one filled share where its `form` says there are too many.

    Frame: place (from 0, the same every year), name, state (reached, missed, unassessed), note, hover. Detail: form
    (named, unnamed, numbered, share), reached, of, words (printed under the squares, may be empty), unnamed (whether no
    source names the groups), reached_words and rest_words (inside a share), width (px, in a picture of one width).
    """
    if view.detail["form"] == "share":
        return _share(view, theme, phone)
    on_screen, on_phone, high = _GRID[view.detail["form"]]
    if view.detail["form"] == "named" and view.detail.get("width", _ROOMY) < _ROOMY:
        on_screen = _FEWER
    return _squares(view, theme, on_phone if phone else on_screen, high, _foot_lines(view, phone))


def _foot_lines(view: View, phone: bool) -> list[str]:
    """The words under the squares; on a phone one statement a line."""
    words = str(view.detail.get("words", ""))
    return (words.split(" · ") if phone else [words]) if words else []


def _squares(view: View, theme: Theme, columns: int, high: int, foot: list[str]) -> go.Figure:
    lines = math.ceil(len(view.frame) / columns)
    bottom = 14 + 20 * len(foot) if foot else 2
    figure = Figure(layout=base_layout(theme, lines * high + 2 + bottom, (0, 0, 2, bottom)))
    figure.update_xaxes(range=[-0.5, columns - 0.5], visible=False)
    figure.update_yaxes(range=[lines - 0.5, -0.5], visible=False)
    form = view.detail["form"]
    for square in view.frame.itertuples():
        x, y = square.place % columns, square.place // columns
        _square(figure, theme, x, y, square.state)
        _say(figure, theme, x, y, square, form)
    figure.add_scatter(
        x=[place % columns for place in view.frame["place"]], y=[place // columns for place in view.frame["place"]],
        mode="markers", marker={"size": high * 0.6, "opacity": 0, "symbol": "square"},
        customdata=view.frame[["hover"]].to_numpy(), ids=refs_of(view.frame),
        hovertemplate="%{customdata[0]}<extra></extra>",
    )
    _foot(figure, theme, foot)
    return figure


def _square(figure: go.Figure, theme: Theme, x: int, y: int, state: str) -> None:
    look = {
        "reached": {"fillcolor": theme.blue, "line": {"width": 2, "color": theme.blue}},
        "missed": {"fillcolor": theme.bg, "line": {"width": 2, "color": theme.orange}},
        "unassessed": {"fillcolor": theme.bg, "line": {"width": 1.5, "color": theme.no_data, "dash": "dot"}},
    }[state]
    figure.add_shape(type="rect", x0=x - 0.46, x1=x + 0.46, y0=y - 0.44, y1=y + 0.44, layer="below", **look)


def _say(figure: go.Figure, theme: Theme, x: int, y: int, square: object, form: str) -> None:
    ink = {"reached": theme.on_blue, "missed": theme.text, "unassessed": theme.muted}[square.state]
    note_ink = {"reached": theme.on_blue, "missed": theme.orange, "unassessed": theme.muted}[square.state]
    name = f"<b>{square.name}</b>"
    if form == "unnamed":
        if square.state == "reached":
            figure.add_annotation(x=x, y=y, text="✓", showarrow=False, font={"size": 18, "color": ink})
        return
    if form == "numbered":
        figure.add_annotation(x=x, y=y, text=name, showarrow=False, font={"size": 15, "color": ink})
        return
    figure.add_annotation(x=x, y=y, yshift=12, text=name, showarrow=False, font={"size": 16, "color": ink})
    figure.add_annotation(x=x, y=y, yshift=-12, text=square.note, showarrow=False, font={"size": 14, "color": note_ink})


def _share(view: View, theme: Theme, phone: bool) -> go.Figure:
    reached, of = view.detail["reached"], view.detail["of"]
    labels = _share_labels(view, theme, phone)
    foot = [] if len(labels) > 1 and not view.detail["unnamed"] else _foot_lines(view, phone)
    bottom = 14 + 20 * len(foot) if foot else 2
    figure = Figure(layout=base_layout(theme, 64 + bottom, (1, 1, 2, bottom)))
    figure.update_xaxes(range=[0, of], visible=False)
    figure.update_yaxes(range=[-0.5, 0.5], visible=False)
    figure.add_shape(
        type="rect", x0=0, x1=of, y0=-0.45, y1=0.45, layer="below", fillcolor=theme.bg,
        line={"width": 2, "color": theme.orange},
    )
    figure.add_shape(
        type="rect", x0=0, x1=reached, y0=-0.45, y1=0.45, layer="below", fillcolor=theme.blue,
        line={"width": 2, "color": theme.blue},
    )
    for x, count, anchor, ink, note in labels:
        figure.add_annotation(
            x=x, y=0, xanchor=anchor, xshift=12 if anchor == "left" else -12, showarrow=False,
            text=f"<b>{count}</b> {note}", font={"size": 16, "color": ink},
        )
    figure.add_scatter(
        x=[reached / 2], y=[0], mode="markers", marker={"size": 40, "opacity": 0},
        customdata=view.frame[["hover"]].head(1).to_numpy(), ids=refs_of(view.frame.head(1)),
        hovertemplate="%{customdata[0]}<extra></extra>",
    )
    _foot(figure, theme, foot)
    return figure


def _share_labels(view: View, theme: Theme, phone: bool) -> list[tuple[float, int, str, str, str]]:
    reached, of = view.detail["reached"], view.detail["of"]
    filled = (0, reached, "left", theme.on_blue, view.detail["reached_words"])
    rest = (of, of - reached, "right", theme.text, view.detail["rest_words"])
    room = 0.35 if phone else 0.2  # of the bar, under which number and word do not fit
    return [label for label in (filled, rest) if label[1] / of >= room]


def _foot(figure: go.Figure, theme: Theme, lines: list[str]) -> None:
    if lines:
        figure.add_annotation(
            x=0, y=0, xref="paper", yref="paper", yshift=-8, xanchor="left", yanchor="top", align="left",
            text="<br>".join(lines), showarrow=False, font={"size": 14, "color": theme.muted},
        )

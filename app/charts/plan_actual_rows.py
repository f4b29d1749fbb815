"""Plan and actual on a phone: a year a row, the newest on top, the plan's outline behind the solid bar."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from app.charts.figure import Figure
from app.charts.glyphs import state_ink
from app.charts.key import ROW, add_keys, key_rows
from app.charts.lettering import room
from app.charts.theme import Theme, base_layout
from app.charts.years import MARK_LINE, add_mark
from app.views.view import Event, View

ROW_HEIGHT, LABELS = 62, 66  # px a year takes, and what its label takes at the left


def draw_rows(view: View, theme: Theme) -> go.Figure:
    """The phone's form: a year a row, the newest on top, as many as `rows` says, the chosen year among them."""
    frame = _window(view.frame, view.detail["chosen"], view.detail["rows"]).iloc[::-1].reset_index(drop=True)
    keys = view.detail["keys"]
    lines = key_rows(keys, 340)
    head = lines * ROW + 8
    height = head + ROW_HEIGHT * len(frame) + 8
    beside = max((room(said) for said in [*frame["attained"], *frame["gap_words"]]), default=0)
    marks = max(len(_marks(view, row)) if "<br>" in row.label else 0 for row in frame.itertuples()) if len(frame) else 0
    left = LABELS + (MARK_LINE * marks + 4 if marks else 0)
    figure = Figure(layout=base_layout(theme, height, (left, max(74, 22 + int(beside)), head, 8)))
    add_keys(figure, keys, theme, top=head - ROW // 2, width=340)
    cut = view.detail["cut"]
    longest = min(frame[["plan", "actual"]].max(axis=None), cut or float("inf")) if len(frame) else 1
    longest = longest if longest == longest and longest > 0 else 1
    figure.update_xaxes(range=[0, longest * 1.02], showticklabels=False)
    figure.update_yaxes(range=[len(frame) - 0.5, -0.5], showticklabels=False)
    figure.update_layout(barmode="overlay")
    for place, row in enumerate(frame.itertuples()):
        _row(figure, theme, view, place, row, longest)
        ended = place + 1 < len(frame) and any(
            frame["place"][place + 1] < at < row.place for at, _ in view.detail["breaks"]
        )
        if ended:
            figure.add_shape(
                type="line", xref="paper", x0=0, x1=1, y0=place + 0.5, y1=place + 0.5,
                line={"width": 1.6, "color": theme.no_data, "dash": "dot"},
            )  # fmt: skip
    return figure


def _marks(view: View, row: object) -> list[Event]:
    return [event for event in view.events if event.place == row.place]


def _window(frame: pd.DataFrame, chosen: int | None, rows: int) -> pd.DataFrame:
    """The last rows; where the chosen one is older, those that end with it (the first ones where it is early)."""
    at = [place for place, each in enumerate(frame["place"]) if each == chosen]
    last = len(frame)
    if at and at[0] < last - rows:
        last = max(at[0] + 1, rows)
    return frame.iloc[max(last - rows, 0) : last]


def _row(figure: go.Figure, theme: Theme, view: View, place: int, row: object, longest: float) -> None:
    chosen = row.place == view.detail["chosen"]
    if chosen:
        figure.add_shape(
            type="rect", xref="paper", x0=-0.3, x1=1.4, y0=place - 0.5, y1=place + 0.5, layer="below",
            fillcolor=theme.year_band, line={"width": 0},
        )  # fmt: skip
    figure.add_annotation(
        x=0, y=place, xref="paper", xshift=-6, xanchor="right", align="right", showarrow=False,
        text=f"<b>{row.label}</b>" if chosen else row.label, font={"color": theme.text if chosen else theme.muted},
    )  # fmt: skip
    crowded = "<br>" in row.label  # half a year has no room for a mark under its label
    for at, event in enumerate(_marks(view, row)):
        across = -LABELS - 11 if crowded else -22
        add_mark(
            figure, theme, event.number, 0, place, 0 if crowded else -21, x="paper", y="y",
            xshift=across - MARK_LINE * at,
        )  # fmt: skip
    if row.words:
        figure.add_annotation(
            x=0, y=place, xshift=6, xanchor="left", text=row.words.replace("<br>", " "), showarrow=False,
            font={"color": theme.muted},
        )  # fmt: skip
        return
    solid = theme.grey if row.split else theme.slate if view.detail["spending"] else theme.blue
    figure.add_bar(
        y=[place], x=[min(row.plan, longest)] if row.plan == row.plan else [None], width=0.62, orientation="h",
        hoverinfo="skip", marker={"color": "rgba(0,0,0,0)", "line": {"width": 1.5, "color": theme.muted}},
    )  # fmt: skip
    figure.add_bar(
        y=[place], x=[min(row.actual, longest)] if row.actual == row.actual else [None], width=0.42, orientation="h",
        customdata=[[row.hover]], ids=[getattr(row, "ref", "")],
        hovertemplate="%{customdata[0]}<extra></extra>",
        marker={
            "color": solid, "line": {"width": 1, "color": solid},
            "pattern": {"shape": "/" if row.estimate else "", "fillmode": "replace", "bgcolor": theme.bg, "size": 7},
        },
    )  # fmt: skip
    sides = [side for side in (row.plan, row.actual) if side == side]
    if sides and max(sides) > longest:
        figure.add_shape(
            type="line", x0=longest * 0.86, x1=longest * 0.9, y0=place + 0.4, y1=place - 0.4,
            line={"width": 7, "color": theme.bg},
        )  # fmt: skip
    inside = row.actual == row.actual and row.actual > longest * 0.25  # beyond its end stands the attainment
    figure.add_annotation(
        x=0 if inside or row.actual != row.actual else min(row.actual, longest), y=place, xshift=6, xanchor="left",
        text=row.foot, showarrow=False, font={"color": theme.on_blue if inside and not row.estimate else theme.text},
        **({"bgcolor": theme.bg} if row.estimate else {}),
    )  # fmt: skip
    said = "<br>".join(part for part in (f"<b>{row.attained}</b>" if row.attained else "", row.gap_words) if part)
    figure.add_annotation(
        x=1, y=place, xref="paper", xshift=6, xanchor="left", align="left", text=said, showarrow=False,
        font={"color": theme.muted if row.split else state_ink(row.state, theme)},
    )  # fmt: skip

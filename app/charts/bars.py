"""Ordered horizontal bars: what one year's sum is made of."""

from __future__ import annotations

import plotly.graph_objects as go

from app.charts.figure import Figure, refs_of
from app.charts.lettering import two_lines
from app.charts.theme import Theme, base_layout
from app.views.view import View

_HIGH = 34  # px a bar
_PHONE_HIGH = 56
_NAME, _PHONE_NAME = 34, 44  # characters a name may take beside its bar, over it


def draw_bars(view: View, theme: Theme, *, phone: bool = False) -> go.Figure:
    """A view of kind "bars".

    Frame, in the order drawn from above: label, value (at least 0), tone (0 to 3 a level of award, highest first;
    "plan" an outline; "spending" the colour of spending; "estimate" hatched; "" or NaN the colour of data), printed,
    hover. Detail: largest, the end of the scale, which panels that are compared share.
    """
    frame = view.frame.reset_index(drop=True)
    names = [two_lines(name, _PHONE_NAME if phone else _NAME) for name in frame["label"]]
    right = 24 + int(8.6 * max(len(printed) for printed in frame["printed"]))
    left = 4 if phone else 18 + int(7.9 * max(len(part) for name in names for part in name.split("<br>")))
    high = _PHONE_HIGH if phone else _HIGH
    high += (16 if phone else 8) if any("<br>" in name for name in names) else 0
    figure = Figure(layout=base_layout(theme, len(frame) * high + 6, (left, right, 2, 4)))
    figure.update_xaxes(range=[0, float(view.detail["largest"])], visible=False)
    figure.update_yaxes(range=[len(frame) - 0.5, -0.5], visible=False)
    drop = 0.2 if phone else 0.0
    figure.add_bar(
        x=frame["value"], y=[row + drop for row in frame.index], orientation="h", width=0.34 if phone else 0.62,
        marker=_marker(theme, list(frame["tone"])),
        customdata=frame[["hover"]].to_numpy(), ids=refs_of(frame),
        hovertemplate="%{customdata[0]}<extra></extra>",
    )
    for row, bar in frame.iterrows():
        _name(figure, theme, row, names[row], phone)
        figure.add_annotation(
            x=bar["value"], y=row + drop, xshift=10, text=f"<b>{bar['printed']}</b>", showarrow=False, xanchor="left",
            font={"size": 15, "color": theme.text},
        )
    return figure


def _name(figure: go.Figure, theme: Theme, row: int, name: str, phone: bool) -> None:
    figure.add_annotation(
        x=0, y=row - 0.24 if phone else row, xref="paper", xshift=0 if phone else -12, text=name, showarrow=False,
        xanchor="left" if phone else "right", yanchor="middle", align="left" if phone else "right",
        font={"size": 14, "color": theme.text},
    )


def _marker(theme: Theme, tones: list) -> dict:
    """A plan is an outline, an estimate hatched, everything else filled."""
    fills = [_fill(theme, tone) for tone in tones]
    return {
        "color": fills,
        "line": {
            "width": [1.5 if tone in ("plan", "estimate") else 0 for tone in tones],
            "color": [theme.muted if tone == "plan" else fill for tone, fill in zip(tones, fills, strict=True)],
        },
        "pattern": {
            "shape": ["/" if tone == "estimate" else "" for tone in tones], "fillmode": "replace",
            "bgcolor": theme.bg, "size": 7, "solidity": 0.35,
        },
    }  # fmt: skip


def _fill(theme: Theme, tone: object) -> str:
    named = {"plan": theme.bg, "spending": theme.slate, "estimate": theme.blue, "": theme.blue, None: theme.blue}
    if tone in named or tone != tone:
        return named.get(tone, theme.blue)
    return theme.levels[int(tone)]

"""The bullet list: did each indicator reach its plan, as an honest bar from 0 and as a zoomed gap beside it."""

from __future__ import annotations

import plotly.graph_objects as go

from app.charts.figure import Figure
from app.charts.glyphs import glyph_uri, state_colour, state_ink
from app.charts.lettering import BOLD, room, two_lines
from app.charts.theme import Theme, bare_axis, base_layout
from app.views.axis import nice_ticks
from app.views.view import View
from core.vi.numbers import format_number

ROW, PHONE_ROW = 39, 56
HEAD, FOOT = 30, 34
LEFT, RIGHT = 196, 172
PHONE_NARROW = 358  # px, the page on a phone of 390
NAME, VALUE, GAP_WORDS = 24, 13, 22  # characters on one line of a name, of the printed value and of a gap
BARS, GAPS = (0.0, 0.48), (0.77, 1.0)
ONLY_BARS = (0.0, 0.80)  # paper: the bars, the gaps; between them the printed value
FAR = 150.0  # percent of plan: a longer bar ends in a break mark
BAND, BAR = 0.30, 0.13  # half heights, in rows


def draw_bullets(view: View, theme: Theme, *, phone: bool = False) -> go.Figure:
    """A view of kind "bullets", one row an indicator, the best gap on top.

    Frame: name, bar (percent of the plan, NaN where unknown), near (where "near" begins, percent of the plan), score
    (how far on the good side, NaN where unknown), printed (the value), gap_words, state, words (what is said instead
    of a bar), hover. Detail: bar_words and gap_heading (over the two panels), gap_panel (false without any score).
    """
    return _phone(view, theme) if phone else _wide(view, theme)


def _wide(view: View, theme: Theme) -> go.Figure:
    frame = view.frame.reset_index(drop=True)
    height = len(frame) * ROW + HEAD + FOOT
    right = max(RIGHT, 14 + int(max(room(two_lines(said, GAP_WORDS)) for said in frame["gap_words"])))
    figure = Figure(layout=base_layout(theme, height, (LEFT, right, HEAD, FOOT)))
    end = _end(frame["bar"])
    low, high = _gap_range(frame["score"])
    bars = BARS if view.detail["gap_panel"] else ONLY_BARS
    figure.update_layout(
        barmode="overlay",
        xaxis={"domain": bars, "range": [0, end], "tickvals": _bar_ticks(end), "ticktext": _bar_words(view, end),
               "tickfont": {"color": theme.muted}, "anchor": "y"},
        xaxis2=bare_axis() | {"domain": GAPS, "range": [low, high], "anchor": "y", "showticklabels": False},
        yaxis={"range": [len(frame) - 0.5, -0.5], "showticklabels": False},
    )  # fmt: skip
    _headings(figure, theme, view)
    _gap_axis(figure, theme, view, low, high, len(frame))
    for place, row in frame.iterrows():
        _name(figure, theme, place, row)
        _bar(figure, theme, place, row, end, 0.0, 1.0)
        if view.detail["gap_panel"]:
            _value(figure, theme, place, row, GAPS[0], -26)
            _pin(figure, theme, place, row, low, high)
        else:
            _value(figure, theme, place, row, 1.0, -40)
            _glyph(figure, theme, row["state"], "paper", 0.96, place, wide=0.03)
        _gap_said(figure, place, row)
    return figure


def _phone(view: View, theme: Theme) -> go.Figure:
    frame = view.frame.reset_index(drop=True)
    right = max(124, 30 + int(BOLD * max(room(said) for said in frame["printed"])))
    bars = view.detail.get("width", PHONE_NARROW) - 6 - right  # px
    figure = Figure(layout=base_layout(theme, len(frame) * PHONE_ROW + HEAD + FOOT, (6, right, HEAD, FOOT)))
    end = _end(frame["bar"])
    figure.update_layout(
        barmode="overlay",
        xaxis={"range": [0, end], "tickvals": _bar_ticks(end), "ticktext": _bar_words(view, end),
               "tickfont": {"color": theme.muted}},
        yaxis={"range": [len(frame) - 0.5, -0.5], "showticklabels": False},
    )  # fmt: skip
    figure.add_annotation(
        x=0, y=1, xref="paper", yref="paper", yshift=6, xanchor="left", yanchor="bottom", showarrow=False,
        text=view.detail["bar_words"], font={"color": theme.muted},
    )  # fmt: skip
    for place, row in frame.iterrows():
        figure.add_annotation(
            x=0, y=place - 0.24, xref="paper", xanchor="left", yanchor="middle", text=row["name"], showarrow=False
        )
        figure.add_annotation(
            x=1, y=place - 0.24, xref="paper", xshift=right - 4, xanchor="right", yanchor="middle",
            text=row["gap_words"], showarrow=False, font={"color": theme.muted},
        )  # fmt: skip
        _bar(figure, theme, place, row, end, 0.2, 0.8)
        figure.add_annotation(
            x=1, y=place + 0.2, xref="paper", xshift=24, xanchor="left", yanchor="middle", showarrow=False,
            text=f"<b>{row['printed']}</b>", font={"color": state_ink(row["state"], theme)},
        )  # fmt: skip
        _glyph(figure, theme, row["state"], "paper", 1, place + 0.2, wide=14 / bars, shift=4 / bars)
    return figure


def _end(bars) -> float:
    """The end of the common axis: 125 percent of the plan, as far as 150 where a bar needs it."""
    longest = bars.max()
    return FAR if longest == longest and longest > 125 else 125.0


def _bar_ticks(end: float) -> list[float]:
    return [0, 50, 100, 150] if end >= FAR else [0, 50, 100]


def _bar_words(view: View, end: float) -> list[str]:
    return [format_number(tick, 0, view.lang) + ("%" if tick == 100 else "") for tick in _bar_ticks(end)]


def _gap_range(scores) -> tuple[float, float]:
    """Where the gap panel begins and ends: as narrow as the gaps allow, never beyond 30 points on either side."""
    low, high = scores.min(), scores.max()
    low = max(-30.0, low) if low == low else -5.0
    high = min(30.0, high) if high == high else 5.0
    low, high = min(low, -2.0), max(high, 2.0)
    pad = (high - low) * 0.1
    return low - pad, high + pad


def _headings(figure: go.Figure, theme: Theme, view: View) -> None:
    words = [(BARS[0], view.detail["bar_words"])]
    if view.detail["gap_panel"]:
        words.append((GAPS[0], view.detail["gap_heading"]))
    for at, said in words:
        figure.add_annotation(
            x=at, y=1, xref="paper", yref="paper", yshift=6, xanchor="left", yanchor="bottom", text=said,
            showarrow=False, font={"color": theme.muted},
        )  # fmt: skip


def _gap_axis(figure: go.Figure, theme: Theme, view: View, low: float, high: float, rows: int) -> None:
    if not view.detail["gap_panel"]:
        return
    figure.add_shape(
        type="line", xref="x2", x0=0, x1=0, y0=-0.5, y1=rows - 0.5, line={"width": 1.2, "color": theme.muted}
    )
    ticks = [tick for tick in nice_ticks(low, high, 3)] or [0.0]
    for tick in ticks:
        sign = "+" if tick > 0 else ""
        places = 0 if tick == int(tick) else 1
        figure.add_annotation(
            x=tick, y=rows - 0.5, xref="x2", yshift=-12, showarrow=False, yanchor="middle",
            text=sign + format_number(tick, places, view.lang), font={"color": theme.muted},
        )  # fmt: skip


def _name(figure: go.Figure, theme: Theme, place: int, row) -> None:
    figure.add_annotation(
        x=0, y=place, xref="paper", xshift=-12, xanchor="right", align="right", text=two_lines(row["name"], NAME),
        showarrow=False,
    )


def _bar(figure: go.Figure, theme: Theme, place: int, row, end: float, drop: float, size: float) -> None:
    """Bands, bar from 0 and the plan's mark; where nothing can be drawn, a dotted frame with the words."""
    y = place + drop
    half = BAND * size
    if row["bar"] != row["bar"]:
        figure.add_shape(
            type="rect",
            x0=0,
            x1=end,
            y0=y - half,
            y1=y + half,
            line={"width": 1.2, "dash": "dot", "color": theme.no_data},
        )
        figure.add_annotation(x=end / 2, y=y, text=row["words"], showarrow=False, font={"color": theme.muted})
        return
    for first, last, colour in zip((0, row["near"], 100), (row["near"], 100, end), theme.bands, strict=True):
        figure.add_shape(
            type="rect", x0=first, x1=last, y0=y - half, y1=y + half, layer="below", fillcolor=colour, line={"width": 0}
        )
    colour = state_colour(row["state"], theme)
    length = min(max(row["bar"], 0), end)
    hollow = row["state"] in ("near", "missed")
    figure.add_bar(
        x=[length], y=[y], orientation="h", width=2 * BAR * size,
        marker={"color": theme.bg if hollow else colour, "line": {"width": 2 if hollow else 0, "color": colour}},
        customdata=[[row["hover"]]], ids=[row.get("ref", "")],
        hovertemplate="%{customdata[0]}<extra></extra>",
    )  # fmt: skip
    if row["state"] == "near":  # half filled, as its shape is: a photocopy tells it from a miss
        figure.add_bar(
            x=[length], y=[y + BAR * size / 2], orientation="h", width=BAR * size, hoverinfo="skip",
            marker={"color": colour, "line": {"width": 0}},
        )
    if row["bar"] > end:
        _cut(figure, theme, y, end, half)
    figure.add_shape(
        type="line", x0=100, x1=100, y0=y - half * 1.15, y1=y + half * 1.15, line={"width": 3, "color": theme.text}
    )


def _cut(figure: go.Figure, theme: Theme, y: float, end: float, half: float) -> None:
    """Two slanted strokes of background near the end: the bar goes on, its number says how far."""
    for at in (end * 0.915, end * 0.955):
        figure.add_shape(
            type="line", x0=at - end * 0.008, x1=at + end * 0.008, y0=y + half, y1=y - half,
            line={"width": 4, "color": theme.bg},
        )  # fmt: skip


def _value(figure: go.Figure, theme: Theme, place: int, row, at: float, shift: int) -> None:
    figure.add_annotation(
        x=at, y=place, xref="paper", xshift=shift, xanchor="right", align="right",
        text=f"<b>{two_lines(row['printed'].replace(' (', '<br>('), VALUE)}</b>", showarrow=False,
        font={"color": state_ink(row["state"], theme)},
    )  # fmt: skip


def _gap_said(figure: go.Figure, place: int, row) -> None:
    figure.add_annotation(
        x=1, y=place, xref="paper", xshift=10, xanchor="left", align="left",
        text=two_lines(row["gap_words"], GAP_WORDS), showarrow=False,
    )


def _pin(figure: go.Figure, theme: Theme, place: int, row, low: float, high: float) -> None:
    """The gap as a pin that ends short of the state's shape."""
    if row["score"] != row["score"]:
        return
    edge = (high - low) * 0.08
    score = min(max(row["score"], low + edge), high - edge)
    short = (high - low) * 0.07
    if abs(score) > short:
        figure.add_shape(
            type="line", xref="x2", x0=0, x1=score - short if score > 0 else score + short, y0=place, y1=place,
            line={"width": 3, "color": state_colour(row["state"], theme)},
        )  # fmt: skip
    _glyph(figure, theme, row["state"], "x2", score, place, wide=(high - low) * 0.2)


def _glyph(
    figure: go.Figure, theme: Theme, state: str, xref: str, x: float, y: float, *, wide: float = 0.05, shift: float = 0
) -> None:
    """The very shape of the tiles and tables; on a phone it stands in the margin, `shift` beside the bars."""
    x += shift
    figure.add_layout_image(
        source=glyph_uri(state, theme), xref=xref, yref="y", x=x, y=y, sizex=wide, sizey=0.36,
        xanchor="left" if xref == "paper" else "center", yanchor="middle", sizing="contain", layer="above",
    )  # fmt: skip

"""The ordered dot strip: one row a ward, one's own in focus, the middle named, last year as a paler dot."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from app.charts.figure import Figure
from app.charts.key import ROW as KEY_ROW
from app.charts.key import add_keys, key_rows
from app.charts.theme import Theme, base_layout
from app.views.axis import nice_ticks, tick_text
from app.views.view import View

ROW, PHONE_ROW, HEADING = 30, 48, 34  # px
HEAD, FOOT = 30, 30
PHONE_MARK = 9  # half the height of an upright line on a phone's row
CHARACTER = 7.7  # px, the mean advance of the font at 14 px, rounded up
PLAN = 100.0
BEYOND, PHONE_BEYOND = 0.1, 0.18  # how far behind the scale's end a cut dot stands, as a part of the scale


def draw_strip(view: View, theme: Theme, *, phone: bool = False) -> go.Figure:
    """A view of kind "strip".

    Frame, in the order drawn from above: group (number), name, where (the province, or ""), value, printed, before
    (NaN where none), change (printed, or ""), own, estimate, hover, ref, before_ref. Detail: groups (heading, or "";
    median, NaN where none; median_words, or ""), low and high (the axis), cut (values above it stand behind a break
    mark, None where none), plan (words of the line at 100, or ""), before (heading of the changes, or ""), keys
    (mark, words), percent (whether ticks end in a percent sign).
    """
    frame = _placed(view, phone)
    detail = view.detail
    lines = key_rows(detail["keys"], 340 if phone else 900) * KEY_ROW
    head = lines + (HEAD if any(group["median_words"] for group in detail["groups"]) or detail["before"] else 8)
    left, right = _margins(frame, detail, phone)
    height = frame.attrs["height"] + head + FOOT
    figure = Figure(layout=base_layout(theme, height, (left, right, head, FOOT)))
    add_keys(figure, detail["keys"], theme, top=head - KEY_ROW // 2, width=340 if phone else 900)
    end = _end(frame, detail)
    figure.update_xaxes(range=[detail["low"], end], showticklabels=False)
    figure.update_yaxes(range=[frame.attrs["height"], 0], showticklabels=False)
    _axis(figure, theme, view, frame, phone)
    _groups(figure, theme, frame, detail, phone)
    for row in frame.itertuples():
        _row(figure, theme, row, detail, end, phone)
    _dots(figure, theme, frame, end)
    return figure


def _placed(view: View, phone: bool) -> pd.DataFrame:
    """The frame with `y`, px from the top of the plot to the middle of each dot, and `shown`, where it is drawn."""
    high = PHONE_ROW if phone else ROW
    places, top, last = [], 0.0, None
    heads: dict[int, float] = {}
    for group in view.frame["group"]:
        if group != last and view.detail["groups"][group]["heading"]:
            heads[group] = top + HEADING / 2
            top += HEADING
        last = group
        places.append(top + high * (0.72 if phone else 0.5))
        top += high
    frame = view.frame.reset_index(drop=True).assign(y=places)
    cut = view.detail["cut"]
    beyond = (frame["value"] > cut) if cut is not None else pd.Series(False, index=frame.index)
    part = PHONE_BEYOND if phone else BEYOND
    edge = view.detail["high"] + part * (view.detail["high"] - view.detail["low"])
    frame = frame.assign(beyond=beyond, shown=frame["value"].mask(beyond, edge))
    frame.attrs = {"height": top, "heads": heads, "row": high, "beyond": part}
    return frame


def _margins(frame: pd.DataFrame, detail: Mapping, phone: bool) -> tuple[int, int]:
    printed = int(CHARACTER * 1.08 * max(len(words) for words in frame["printed"])) + 16
    changes = max((len(words) for words in frame["change"]), default=0)
    changes = int(CHARACTER * max(changes, len(detail["before"]))) + 12 if changes else 0
    if phone:
        return 18, printed  # half of the first label of the axis
    names = max(len(row.name) + (len(row.where) + 2 if row.where else 0) for row in frame.itertuples(index=False))
    return int(CHARACTER * names) + (30 if frame["own"].any() else 22), printed + changes


def _end(frame: pd.DataFrame, detail: Mapping) -> float:
    """Where the drawn axis ends: behind the cut dots where there are any."""
    wide = detail["high"] - detail["low"]
    return detail["high"] + (frame.attrs["beyond"] * 1.2 * wide if frame["beyond"].any() else 0.0)


def _axis(figure: go.Figure, theme: Theme, view: View, frame: pd.DataFrame, phone: bool) -> None:
    detail, height = view.detail, frame.attrs["height"]
    sign = "%" if detail["percent"] else ""
    for tick in nice_ticks(detail["low"], detail["high"], 5):
        figure.add_shape(
            type="line", x0=tick, x1=tick, y0=0, y1=height, layer="below", line={"width": 1, "color": theme.grid}
        )
        figure.add_annotation(
            x=tick, y=height, yshift=-14, yanchor="middle", text=tick_text(tick, view.lang) + sign, showarrow=False,
            font={"color": theme.muted},
        )  # fmt: skip
    if detail["plan"]:
        for top, foot in _stretches(frame["y"], phone) or [(0, height)]:
            figure.add_shape(
                type="line", x0=PLAN, x1=PLAN, y0=top, y1=foot, layer="below", line={"width": 1.2, "color": theme.muted}
            )


def _stretches(rows: pd.Series, phone: bool) -> list[tuple[float, float]]:
    """Where an upright line passes the dots but not the names over them; empty where names stand at the side."""
    return [(y - PHONE_MARK, y + PHONE_MARK) for y in rows] if phone else []


def _groups(figure: go.Figure, theme: Theme, frame: pd.DataFrame, detail: Mapping, phone: bool) -> None:
    """The heading over each group, and its median as a dotted line through its rows."""
    half = frame.attrs["row"] / 2
    for number, group in enumerate(detail["groups"]):
        rows = frame[frame["group"] == number]
        if group["heading"]:
            figure.add_annotation(
                x=0, y=frame.attrs["heads"][number], xref="paper", xshift=-figure.layout.margin.l + 4, xanchor="left",
                yanchor="middle", align="left", text=f"<b>{_short(group['heading'], phone)}</b>", showarrow=False,
                bgcolor=theme.bg,
            )  # fmt: skip
        if group["median"] != group["median"]:
            continue
        top = rows["y"].iloc[0] - half
        for start, stop in _stretches(rows["y"], phone) or [(top, rows["y"].iloc[-1] + half)]:
            figure.add_shape(
                type="line", x0=group["median"], x1=group["median"], y0=start, y1=stop, layer="below",
                line={"width": 1.6, "color": theme.text, "dash": "4px,3px"},
            )  # fmt: skip
        if group["median_words"]:
            figure.add_annotation(
                x=group["median"], y=0, yshift=6, yanchor="bottom", text=group["median_words"], showarrow=False,
                xanchor=_side(group["median"], detail), font={"color": theme.text},
            )  # fmt: skip
    if detail["before"] and not phone:
        figure.add_annotation(
            x=1, y=0, xref="paper", xshift=figure.layout.margin.r - 4, xanchor="right", yshift=6, yanchor="bottom",
            text=detail["before"], showarrow=False, font={"color": theme.muted},
        )  # fmt: skip


def _short(heading: str, phone: bool) -> str:
    """A heading on two lines where it is too long for a phone."""
    if not phone or len(heading) < 44:
        return heading
    spaces = [place for place, letter in enumerate(heading) if letter == " "]
    middle = min(spaces, key=lambda place: abs(place - len(heading) / 2))
    return f"{heading[:middle]}<br>{heading[middle + 1:]}"


def _side(at: float, detail: Mapping) -> str:
    """Words at either end of the scale stand inwards."""
    part = (at - detail["low"]) / (detail["high"] - detail["low"] or 1)
    return "left" if part < 0.15 else "right" if part > 0.85 else "center"


def _row(figure: go.Figure, theme: Theme, row, detail: Mapping, end: float, phone: bool) -> None:
    if row.own:
        high = PHONE_ROW if phone else ROW
        top = row.y - high * (0.72 if phone else 0.5)
        _band(figure, theme, top, top + high)
    figure.add_shape(
        type="line", x0=detail["low"], x1=end, y0=row.y, y1=row.y, layer="below",
        line={"width": 1, "color": theme.rule, "dash": "dot"},
    )  # fmt: skip
    _name(figure, theme, row, phone)
    if row.before == row.before:
        figure.add_shape(
            type="line", x0=row.before, x1=row.shown, y0=row.y, y1=row.y, layer="below",
            line={"width": 2, "color": theme.blue if row.own else theme.context_line},
        )  # fmt: skip
    if row.beyond:
        _break(figure, theme, row, (detail["high"] + row.shown) / 2)
    falls = row.before > row.shown  # the number stands where last year's dot is not
    figure.add_annotation(
        x=row.shown, y=row.y, xshift=-12 if falls else 12, xanchor="right" if falls else "left", yanchor="middle",
        showarrow=False,
        text=f"<b>{row.printed}</b>" if row.own else row.printed,
        font={"color": theme.blue if row.own else theme.text}, bgcolor=theme.year_band if row.own else theme.bg,
        borderpad=0,
    )  # fmt: skip
    if row.change and not phone:
        figure.add_annotation(
            x=1, y=row.y, xref="paper", xshift=figure.layout.margin.r - 4, xanchor="right", yanchor="middle",
            text=f"<b>{row.change}</b>" if row.own else row.change, showarrow=False,
        )  # fmt: skip


def _band(figure: go.Figure, theme: Theme, top: float, foot: float) -> None:
    """The pale band of one's own row, over the name and the change in the margins too."""
    margin = figure.layout.margin
    look = {"type": "rect", "xref": "paper", "y0": top, "y1": foot, "layer": "below", "fillcolor": theme.year_band,
            "line": {"width": 0}}  # fmt: skip
    figure.add_shape(x0=0, x1=1, **look)
    figure.add_shape(xsizemode="pixel", xanchor=0, x0=-margin.l, x1=0, **look)
    figure.add_shape(xsizemode="pixel", xanchor=1, x0=0, x1=margin.r, **look)


def _name(figure: go.Figure, theme: Theme, row, phone: bool) -> None:
    name = f"<b>{row.name}</b>" if row.own else row.name
    if row.where:
        name += f'<span style="color:{theme.muted}">, {row.where}</span>'
    if phone and row.change:
        name += f'<span style="color:{theme.muted}"> ({row.change})</span>'
    figure.add_annotation(
        x=0, y=row.y, xref="paper", xshift=-4 if phone else -12, yshift=20 if phone else 0,
        xanchor="left" if phone else "right", yanchor="middle", text=name, showarrow=False,
        font={"color": theme.blue if row.own else theme.text}, bgcolor=theme.year_band if row.own else theme.bg,
    )  # fmt: skip


def _break(figure: go.Figure, theme: Theme, row, middle: float) -> None:
    """Two slanted strokes on the row's line: the scale ends here, the number says how far the dot would stand."""
    for left in (-6, 1):
        figure.add_shape(
            type="line", xsizemode="pixel", xanchor=middle, x0=left, x1=left + 5, y0=row.y + 6, y1=row.y - 6,
            line={"width": 2, "color": theme.muted},
        )  # fmt: skip


def _dots(figure: go.Figure, theme: Theme, frame: pd.DataFrame, end: float) -> None:
    old = frame[frame["before"].notna()]
    if len(old):
        figure.add_scatter(
            x=old["before"], y=old["y"], mode="markers", ids=list(old["before_ref"]),
            marker={"size": 8, "opacity": 1, "color": theme.context_mark},
            customdata=old[["hover"]].to_numpy(), hovertemplate="%{customdata[0]}<extra></extra>",
        )  # fmt: skip
    inks = [_ink(own, theme) for own in frame["own"]]
    figure.add_scatter(
        x=frame["shown"], y=frame["y"], mode="markers", cliponaxis=False, ids=list(frame["ref"]),
        marker={
            "size": [15 if own else 11 for own in frame["own"]], "opacity": 1,
            "color": [theme.bg if hollow else ink for hollow, ink in zip(frame["estimate"], inks, strict=True)],
            "line": {"width": 2, "color": inks},
        },
        customdata=frame[["hover"]].to_numpy(), hovertemplate="%{customdata[0]}<extra></extra>",
    )  # fmt: skip


def _ink(own: bool, theme: Theme) -> str:
    return theme.blue if own else theme.grey

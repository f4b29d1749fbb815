"""The slope chart: two years of several indicators, both ends labelled, at most two picked out."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from app.charts.figure import Figure
from app.charts.theme import Theme, base_layout
from app.views.view import View
from app.views.words import wrapped

LINE, PHONE_LINE = 24, 26  # px between two labels at least
HEADING, PAD = 34, 14  # px over a panel, around its lines
STEEPEST, TALLEST = 22.0, 460.0  # px a point of percent at most, px of all panels' lines together at most
HEAD = 30
CHARACTER = 7.4  # px, the mean advance of the font at 14 px, rounded up
PHONE_NAME = 16  # characters of a name on one line of a phone


def draw_slope(view: View, theme: Theme, *, phone: bool = False) -> go.Figure:
    """A view of kind "slope": panels below each other, a point of percent as high in each as in the others.

    Frame: panel (id), name, old, new (percent), old_printed, new_printed, change (printed), bold, verdict ("better",
    "worse" or ""), hover, old_ref, ref. Detail: panels (id, heading), years (the two labels).
    """
    gap = PHONE_LINE if phone else LINE
    frame, heads, height = _laid_out(view, gap, phone)
    left, right = _margins(frame, phone)
    figure = Figure(layout=base_layout(theme, int(height) + HEAD + 6, (left, right, HEAD, 6)))
    figure.update_xaxes(range=[0, 1], visible=False)
    figure.update_yaxes(range=[height, 0], visible=False)
    _years(figure, theme, view.detail["years"])
    for (_, heading), (top, foot) in zip(view.detail["panels"], heads, strict=True):
        _panel(figure, theme, heading, top, foot)
    for row in frame.sort_values("bold", kind="stable").itertuples():
        _line(figure, theme, row)
        _labels(figure, theme, row, phone)
    return figure


def spread(wanted: Sequence[float], heights: Sequence[float], low: float) -> list[float]:
    """Where labels stand so that none overlaps: as near as can be to `wanted`, in its order, none above `low`.

    `heights` in the same unit. Neighbours that are too close are pushed apart around their common middle.
    """
    order = sorted(range(len(wanted)), key=lambda place: wanted[place])
    blocks: list[list] = []  # [sum of wanted starts less offsets, members, height]
    for place in order:
        blocks.append([wanted[place] - heights[place] / 2, [place], heights[place]])
        while len(blocks) > 1 and _start(blocks[-2], low) + blocks[-2][2] > _start(blocks[-1], low):
            total, members, high = blocks.pop()
            last = blocks[-1]
            last[0] += total - last[2] * len(members)
            last[1] += members
            last[2] += high
    found = [0.0] * len(wanted)
    for block in blocks:
        top = _start(block, low)
        for place in block[1]:
            found[place] = top + heights[place] / 2
            top += heights[place]
    return found


def _start(block: list, low: float) -> float:
    return max(low, block[0] / len(block[1]))


def _laid_out(view: View, gap: int, phone: bool) -> tuple[pd.DataFrame, list[tuple[float, float]], float]:
    """The frame with y (px) of both ends and of their labels, the top and foot of each panel, the height of all."""
    parts, heads, top = [], [], 0.0
    grouped = {name: view.frame[view.frame["panel"] == name] for name, _ in view.detail["panels"]}
    spans = {name: _span(part) for name, part in grouped.items()}
    scale = min(STEEPEST, TALLEST / max(1.0, sum(most - least for least, most in spans.values())))
    for name, part in grouped.items():
        tall = [gap * 0.8 * len(wrapped(name, PHONE_NAME)) if phone else gap for name in part["name"]]
        (least, most), start = spans[name], top + HEADING + PAD
        high = max((most - least) * scale + 2 * PAD, sum(tall))
        start += (high - 2 * PAD - (most - least) * scale) / 2
        part = part.assign(**{
            f"{side}_y": [start + (most - value) * scale for value in part[side]] for side in ("old", "new")
        })  # fmt: skip
        part = part.assign(
            old_label=spread(list(part["old_y"]), [gap] * len(part), top + HEADING),
            new_label=spread(list(part["new_y"]), tall, top + HEADING),
        )
        foot = max(top + HEADING + high, part["old_label"].max() + gap / 2, part["new_label"].max() + max(tall) / 2)
        parts.append(part)
        heads.append((top, foot))
        top = foot
    return pd.concat(parts, ignore_index=True), heads, top


def _span(part: pd.DataFrame) -> tuple[float, float]:
    return float(part[["old", "new"]].min().min()), float(part[["old", "new"]].max().max())


def _brief(printed: str) -> str:
    """ "17/18" of "17/18 (94,4%)"."""
    return printed.split(" (")[0]


def _margins(frame: pd.DataFrame, phone: bool) -> tuple[int, int]:
    if phone:
        old, new = (max(len(_brief(words)) for words in frame[f"{side}_printed"]) for side in ("old", "new"))
        names = max(len(part) for name in frame["name"] for part in wrapped(name, PHONE_NAME))
        return int(CHARACTER * 1.1 * old) + 24, int(CHARACTER * 1.1 * (names + new)) + 28
    old, new = (max(len(words) for words in frame[f"{side}_printed"]) for side in ("old", "new"))
    names = max(len(name) for name in frame["name"])
    changes = max(len(words) for words in frame["change"])
    return int(CHARACTER * 1.1 * (names + old)) + 32, int(CHARACTER * (names + changes + 1.1 * new)) + 42


def _years(figure: go.Figure, theme: Theme, years: tuple[str, str]) -> None:
    for place, year in enumerate(years):
        figure.add_annotation(
            x=place, y=0, yshift=8, yanchor="bottom", text=f"<b>{year}</b>" if place else year, showarrow=False,
            font={"color": theme.text if place else theme.muted, "size": 15},
        )  # fmt: skip


def _panel(figure: go.Figure, theme: Theme, heading: str, top: float, foot: float) -> None:
    figure.add_annotation(
        x=0, y=top + HEADING / 2, xref="paper", xshift=-figure.layout.margin.l + 4, xanchor="left", yanchor="middle",
        text=heading, showarrow=False, font={"color": theme.muted},
    )  # fmt: skip
    for place in (0, 1):
        figure.add_shape(
            type="line", x0=place, x1=place, y0=top + HEADING, y1=foot, layer="below",
            line={"width": 1, "color": theme.rule},
        )  # fmt: skip


def _line(figure: go.Figure, theme: Theme, row) -> None:
    ink = _ink(row, theme)
    figure.add_scatter(
        x=[0, 1], y=[row.old_y, row.new_y], mode="lines+markers", ids=[row.old_ref, row.ref],
        line={"width": 3 if row.bold else 1.6, "color": ink},
        # the page's colour around each dot parts it from the lines that end in the same place
        marker={"size": 12 if row.bold else 9, "color": ink, "line": {"width": 2, "color": theme.bg}},
        cliponaxis=False, customdata=[[row.hover]] * 2, hovertemplate="%{customdata[0]}<extra></extra>",
    )  # fmt: skip


def _labels(figure: go.Figure, theme: Theme, row, phone: bool) -> None:
    ink = _ink(row, theme) if row.bold else theme.text
    quiet = _ink(row, theme) if row.bold else theme.muted
    old, new = row.old_printed, f"<b>{row.new_printed}</b>"
    if phone:
        name = "<br>".join(wrapped(row.name, PHONE_NAME))
        old, new = _brief(old), f'<b>{_brief(row.new_printed)}</b> <span style="color:{quiet}">{name}</span>'
    else:
        name = f"<b>{row.name}</b>" if row.bold else row.name
        old, new = f"{name}  {old}", f'{new}  <span style="color:{quiet}">{row.name}, {row.change}</span>'
    for place, label, y, words in ((0, row.old_label, row.old_y, old), (1, row.new_label, row.new_y, new)):
        side = 1 if place else -1
        figure.add_shape(
            type="line", xref="paper", xsizemode="pixel", xanchor=place, x0=side * 6, x1=side * 16, y0=y, y1=label,
            line={"width": 1, "color": theme.context_line},
        )  # fmt: skip
        figure.add_annotation(
            x=place, y=label, xshift=side * 19, xanchor="left" if place else "right", yanchor="middle", text=words,
            align="left" if place else "right", showarrow=False, font={"color": ink},
        )  # fmt: skip


def _ink(row, theme: Theme) -> str:
    if not row.bold:
        return theme.context_line
    return {"better": theme.blue, "worse": theme.orange}.get(row.verdict, theme.text)

"""Plan and actual over the years: outlined plan behind a solid column, the difference in its own tier, one scale."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd
import plotly.graph_objects as go

from app.charts.figure import Figure, refs_of
from app.charts.glyphs import SIGNED, add_sign, state_ink
from app.charts.key import ROW, add_keys, key_rows
from app.charts.lettering import BOLD, room
from app.charts.plan_actual_rows import draw_rows
from app.charts.theme import Theme, bare_axis, base_layout
from app.charts.years import (
    YEAR_LINE,
    add_breaks,
    add_marks,
    add_slot_words,
    add_year_band,
    apart,
    marks_height,
)
from app.views.axis import cut_at, nice_ticks, tick_text
from app.views.view import View

MAIN, SPENDING_MAIN = 300, 220  # px of the columns
LEFT, RIGHT = 118, 8
YEARS = 54  # px between columns and tier, where the years stand on at most two lines
TOP, SIGN_TOP = 1.14, 1.24  # how much higher than its highest mark a plot is, and where a state's shape stands on it
LABEL = 20  # px a line of words takes
WORDS = 60  # px of the three lines of words beside the tier
LEAST_SLOTS = 7  # a single year is one column of ordinary width, not a wall
PLAN_WIDTH, ACTUAL_WIDTH = 0.80, 0.56
NARROW = 1120  # px, the page on a screen of 1280


@dataclass(frozen=True, slots=True)
class _Sizes:
    """The heights of one figure in px and in the unit of its axis; the tier has the columns' scale."""

    main: float
    top: float
    up: float
    down: float
    compared: bool
    years: float

    @property
    def per_px(self) -> float:
        return self.top / self.main

    @property
    def above(self) -> float:
        """Px over the tier's line: the bars, their numbers, and room for the words at the left."""
        return max(self.up / self.per_px + LABEL, WORDS / 2)

    @property
    def below(self) -> float:
        """Px under the tier's line."""
        return max(self.down / self.per_px + LABEL, WORDS / 2)

    @property
    def tier(self) -> float:
        """Px of the whole tier; a single line where nothing was compared."""
        return self.above + self.below if self.compared else LABEL

    @property
    def plot(self) -> float:
        return self.main + self.years + self.tier


def draw_plan_actual(view: View, theme: Theme, *, phone: bool = False) -> go.Figure:
    """A view of kind "plan_actual" as columns, on a phone as rows.

    Frame, one row a year: place (x slot), label, plan, actual, gap (scaled; NaN where unknown), foot, attained,
    gap_words, state, estimate, split, words (for a missing year), hover. Detail: slots (a label each, "" for the empty
    slot of a break), chosen (place or None), breaks (place, words), unit, tier, spending, cut (height at which columns
    are cut, or None), keys (mark, words), rows (how many years a phone shows), width and height (px, in a picture
    of one size), wall (True where a hall sees it: only the chosen year and the misses have their full colour).
    """
    return draw_rows(view, theme) if phone else _columns(view, theme)


def _columns(view: View, theme: Theme) -> go.Figure:
    frame, detail = view.frame, view.detail
    keys, width = detail["keys"], detail.get("width", NARROW) - 120
    lines = key_rows(keys, width)
    breaks = apart(detail["breaks"], _slot_px(view))
    said = [words.count("<br>") + 1 for _, words in breaks if words]
    head = lines * ROW + (max(said, default=1) * LABEL + 6)
    sizes = _measure(view, head + 4)
    figure = Figure(layout=base_layout(theme, round(head + sizes.plot + 4), (LEFT, RIGHT, head, 4)))
    add_keys(figure, keys, theme, top=head - ROW // 2, width=width)
    _axes(figure, theme, view, sizes)
    years = sizes.main / sizes.plot
    add_year_band(figure, theme, detail["chosen"])
    add_breaks(figure, theme, detail["slots"], unlike=sizes.plot)
    for place, words in breaks:
        _beside_break(figure, theme, place, words)
    _plan_bars(figure, theme, frame, detail["cut"])
    _actual_bars(figure, theme, view)
    _printed(figure, theme, view, sizes)
    add_slot_words(
        figure, theme, detail["slots"], detail["chosen"], paper_y=1 - years, yshift=-LABEL, quiet=True
    )  # fmt: skip
    slot = _slot_px(view)
    add_marks(figure, theme, view.events, slot, paper_y=1 - years, top=marks_height(view.events, slot) - sizes.years)
    _tier(figure, theme, view, sizes)
    return figure


def _measure(view: View, around: float) -> _Sizes:
    """The heights of a figure with `around` px above and below its plot."""
    frame, cut = view.frame, view.detail["cut"]
    highest = frame[["plan", "actual"]].max(axis=None, skipna=True)
    signed = view.detail.get("wall") and frame["state"].isin(SIGNED).any()
    top = (cut or highest or 1.0) * (SIGN_TOP if signed else TOP)  # a ward may have counted nothing but noughts
    gaps = frame["gap"].dropna().clip(-_most(view, top), _most(view, top))
    main = SPENDING_MAIN if view.detail["spending"] else MAIN
    up, down = (max(0.0, gaps.max()), max(0.0, -gaps.min())) if len(gaps) else (0.0, 0.0)
    lines = max(label.count("<br>") + 1 for label in view.detail["slots"])
    years = YEARS + YEAR_LINE * max(0, lines - 2)
    marks = marks_height(view.events, _slot_px(view))
    years = max(years, LABEL + YEAR_LINE * lines - 6 + marks) if marks else years
    found = _Sizes(main, top, up, down, len(gaps) > 0, years)
    wanted = view.detail.get("height")
    if wanted is None:
        return found
    years = years if found.compared or marks else 12 + YEAR_LINE * lines
    return replace(found, years=years, main=wanted - around - years - found.tier)


def _most(view: View, top: float) -> float:
    """How far the tier reaches: half of the columns at most, less where one difference would dwarf the others."""
    return min(0.5 * top, cut_at(list(view.frame["gap"].dropna())) or top)


def _axes(figure: go.Figure, theme: Theme, view: View, sizes: _Sizes) -> None:
    slots = view.detail["slots"]
    ticks = nice_ticks(0, sizes.top * 0.92)[1:]
    foot = 1 - sizes.main / sizes.plot
    # few years take their own part of the width, gridlines with them
    wide = min(1.0, len(slots) / LEAST_SLOTS)
    figure.update_xaxes(range=[-0.5, len(slots) - 0.5], domain=[0, wide], showticklabels=False)
    figure.update_layout(
        barmode="overlay",
        yaxis={
            "domain": [foot, 1], "range": [0, sizes.top], "tickvals": ticks, "showgrid": True, "gridcolor": theme.grid,
            "ticktext": [f"{tick_text(tick, view.lang)}  " for tick in ticks], "tickfont": {"color": theme.muted},
        },
        yaxis2=bare_axis() | {
            "domain": [0, sizes.tier / sizes.plot], "showticklabels": False,
            "range": [-sizes.below * sizes.per_px, sizes.above * sizes.per_px],
        },
    )  # fmt: skip
    last = len(slots) - 0.5
    for axis in ("y", "y2") if len(view.frame["gap"].dropna()) else ("y",):
        figure.add_shape(
            type="line",
            x0=-0.5,
            x1=last,
            y0=0,
            y1=0,
            yref=axis,
            line={"width": 1.2, "color": theme.text},
            layer="above",
        )
    figure.add_annotation(
        x=0, y=1, xref="x domain", yref="paper", xshift=-12, yshift=2, xanchor="right", yanchor="bottom",
        text=view.detail["unit"], showarrow=False, font={"color": theme.muted},
    )  # fmt: skip


def _plan_bars(figure: go.Figure, theme: Theme, frame: pd.DataFrame, cut: float | None) -> None:
    figure.add_bar(
        x=frame["place"], y=frame["plan"].clip(upper=cut), width=PLAN_WIDTH, hoverinfo="skip",
        marker={"color": "rgba(0,0,0,0)", "line": {"width": 1.5, "color": theme.muted}},
    )  # fmt: skip


def _actual_bars(figure: go.Figure, theme: Theme, view: View) -> None:
    frame, cut = view.frame, view.detail["cut"]
    colours = [_tone(row, theme, view) for row in frame.itertuples()]
    figure.add_bar(
        x=frame["place"], y=frame["actual"].clip(upper=cut), width=ACTUAL_WIDTH,
        marker={
            "color": colours, "line": {"width": 1, "color": colours},
            "pattern": {
                "shape": ["/" if estimate else "" for estimate in frame["estimate"]], "fillmode": "replace",
                "bgcolor": theme.bg, "size": 7, "solidity": 0.35,
            },
        },
        customdata=frame[["hover"]].to_numpy(), ids=refs_of(frame),
        hovertemplate="%{customdata[0]}<extra></extra>",
    )  # fmt: skip
    for row in frame.itertuples():
        if cut and max(row.plan if row.plan == row.plan else 0, row.actual if row.actual == row.actual else 0) > cut:
            _cut_mark(figure, theme, row.place, cut)


def _tone(row: object, theme: Theme, view: View) -> str:
    """The colour of a column: grey in a year in parts; on a wall a miss stands out, and other years stand back."""
    if row.split:
        return theme.grey
    solid = theme.slate if view.detail["spending"] else theme.blue
    if not view.detail.get("wall"):
        return solid
    if row.state == "missed":
        return theme.orange
    return solid if row.place == view.detail["chosen"] else theme.context_mark


def _cut_mark(figure: go.Figure, theme: Theme, place: int, cut: float) -> None:
    """A slanted gap near the top: the column goes on, its number says how far."""
    low, high, slant, wide = cut * 0.86, cut * 0.895, cut * 0.035, 0.45
    figure.add_shape(
        type="path", fillcolor=theme.bg, line={"width": 0},
        path=f"M{place - wide},{low} L{place + wide},{low + slant} "
        f"L{place + wide},{high + slant} L{place - wide},{high} Z",
    )  # fmt: skip


def _printed(figure: go.Figure, theme: Theme, view: View, sizes: _Sizes) -> None:
    """The value in the foot of its column, the attainment on top; a missing year says so in its slot.

    Where one value is wider than a column, all of them stand on top.
    """
    wide = max((room(foot) for foot in view.frame["foot"]), default=0) + 2 > ACTUAL_WIDTH * _slot_px(view)
    for row in view.frame.itertuples():
        chosen = row.place == view.detail["chosen"]
        if row.words:
            figure.add_annotation(
                x=row.place, y=0, yshift=8, yanchor="bottom", text=row.words, showarrow=False,
                font={"color": theme.muted},
            )  # fmt: skip
            continue
        tall = [number for number in (row.plan, row.actual) if number == number]
        height = min(max(tall), view.detail["cut"] or max(tall)) if tall else 0
        fits = not wide and row.actual == row.actual and min(row.actual, height) / sizes.per_px > LABEL + 4
        if fits:
            ink = theme.text if row.estimate or _tone(row, theme, view) == theme.context_mark else theme.on_blue
            _foot(figure, theme, row, chosen, (LABEL + 4) * sizes.per_px, ink)
        above = _above(row, fits, _slot_px(view))
        colour = theme.muted if row.split else state_ink(row.state, theme)
        figure.add_annotation(
            x=row.place, y=height, yshift=3, yanchor="bottom", showarrow=False,
            text=f"<b>{above}</b>" if chosen or row.state == "missed" else above, font={"color": colour},
        )  # fmt: skip
        if view.detail.get("wall") and row.state in SIGNED and row.attained:  # elsewhere the tier has the shape
            lines, aside = above.count("<br>") + 1, BOLD * room(above) / 2 + 8
            beside = 2 * aside + 16 < _slot_px(view)  # else over the words: the next year's begin there
            add_sign(figure, row.state, theme, row.place, height, right=-aside if beside else 0,
                     up=LABEL * (lines - 0.5) + 2 if beside else LABEL * lines + 10)  # fmt: skip


def _above(row: object, fits: bool, slot_px: float) -> str:
    """The attainment over a column, with the value where that does not fit inside and is not part of a fraction.

    A fraction is broken where the slot is narrow.
    """
    attained = row.attained if room(row.attained) + 8 < slot_px else row.attained.replace("/", "/<br>")
    if fits or row.attained.startswith(f"{row.foot}/"):
        return attained
    return "<br>".join(part for part in (attained, row.foot) if part)


def _slot_px(view: View) -> float:
    """Px of a slot where the page is narrowest, or in a picture of one width."""
    return (view.detail.get("width", NARROW) - LEFT - RIGHT) / max(len(view.detail["slots"]), LEAST_SLOTS)


def _foot(figure: go.Figure, theme: Theme, row: object, chosen: bool, line: float, ink: str) -> None:
    """The value in the foot; a hatched column gets a plain foot, so that the number can be read."""
    if row.estimate:
        half = ACTUAL_WIDTH / 2
        figure.add_shape(
            type="rect", x0=row.place - half, x1=row.place + half, y0=0, y1=line, fillcolor=theme.bg,
            line={"width": 1, "color": theme.grid},
        )  # fmt: skip
    figure.add_annotation(
        x=row.place, y=0, yshift=4, yanchor="bottom", showarrow=False,
        text=f"<b>{row.foot}</b>" if chosen else row.foot,
        font={"color": ink},
    )  # fmt: skip


def _beside_break(figure: go.Figure, theme: Theme, place: float, words: str) -> None:
    """The reason of a break at the top, on the side of the dotted line that has room.

    A change of rules leaves no empty slot, so its line is drawn here.
    """
    if place % 1:
        figure.add_shape(
            type="line", x0=place, x1=place, yref="paper", y0=0, y1=1,
            line={"width": 1.6, "color": theme.no_data, "dash": "dot"},
        )  # fmt: skip
    left = place > 2
    figure.add_annotation(
        x=place, y=1, yref="paper", yshift=2, xshift=-8 if left else 8, xanchor="right" if left else "left",
        yanchor="bottom", align="right" if left else "left", text=words, showarrow=False, font={"color": theme.muted},
    )  # fmt: skip


def _tier(figure: go.Figure, theme: Theme, view: View, sizes: _Sizes) -> None:
    """The difference of actual and plan, on the columns' own scale: solid on the good side, hollow on the other."""
    frame = view.frame[view.frame["gap"].notna()]
    if not len(frame):
        return
    most = _most(view, sizes.top)
    shown = frame["gap"].clip(-most, most)
    bad = frame["state"].isin(["missed", "near"])
    solid = theme.slate if view.detail["spending"] else theme.blue
    line = [
        theme.grey if split else state_ink(state, theme) if wrong else solid
        for split, state, wrong in zip(frame["split"], frame["state"], bad, strict=True)
    ]
    fill = [theme.bg if wrong else colour for wrong, colour in zip(bad, line, strict=True)]
    figure.add_bar(
        x=frame["place"], y=shown, yaxis="y2", width=ACTUAL_WIDTH, customdata=frame[["hover"]].to_numpy(),
        ids=refs_of(frame), hovertemplate="%{customdata[0]}<extra></extra>",
        marker={"color": fill, "line": {"width": 2, "color": line}},
    )  # fmt: skip
    _half_filled(figure, theme, frame[frame["state"] == "near"], shown)
    for row, end in zip(frame.itertuples(), shown, strict=True):
        up = end >= 0
        if abs(row.gap) > most:
            _tier_cut(figure, theme, row.place, end, 4 * sizes.per_px)
        strong = row.place == view.detail["chosen"] or row.state == "missed"
        figure.add_annotation(
            x=row.place, y=end, yref="y2", yshift=3 if up else -3, yanchor="bottom" if up else "top", showarrow=False,
            text=f"<b>{row.gap_words}</b>" if strong else row.gap_words,
            font={"color": theme.muted if row.split else state_ink(row.state, theme)},
        )  # fmt: skip
    for row in view.frame[view.frame["gap"].isna()].itertuples():
        figure.add_annotation(
            x=row.place, y=0, yref="y2", yshift=9, text="–", showarrow=False, font={"color": theme.muted}
        )
    figure.add_annotation(
        x=0, y=0, xref="paper", yref="y2", xshift=-12, xanchor="right", yanchor="middle", align="right",
        text=view.detail["tier"], showarrow=False, font={"color": theme.muted},
    )  # fmt: skip


def _half_filled(figure: go.Figure, theme: Theme, near: pd.DataFrame, shown: pd.Series) -> None:
    """Nearly reached is half filled, as its shape is: without colour it would look like a miss."""
    if len(near):
        figure.add_bar(
            x=near["place"] - ACTUAL_WIDTH / 4, y=shown[near.index], yaxis="y2", width=ACTUAL_WIDTH / 2,
            hoverinfo="skip", marker={"color": theme.grey, "line": {"width": 0}},
        )  # fmt: skip


def _tier_cut(figure: go.Figure, theme: Theme, place: int, end: float, line: float) -> None:
    """Two strokes of background across a difference that goes on: its number says how far."""
    for at in (end * 0.55, end * 0.7):
        figure.add_shape(
            type="line", x0=place - 0.34, x1=place + 0.34, y0=at - line, y1=at + line, yref="y2",
            line={"width": 3, "color": theme.bg},
        )  # fmt: skip

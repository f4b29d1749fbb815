"""Lines over the years: one with its plan as dashed steps, and small multiples of a family on one year axis."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import pandas as pd
import plotly.graph_objects as go

from app.charts.figure import Figure, refs_of
from app.charts.glyphs import SIGNED, add_sign, state_ink
from app.charts.key import ROW, add_keys, key_rows
from app.charts.lettering import Room, Segment, room
from app.charts.theme import Theme, bare_axis, base_layout
from app.charts.years import YEAR_LINE, add_breaks, add_marks, add_slot_words, add_year_band, apart, marks_height
from app.views.axis import nice_ticks, tick_text
from app.views.view import Event, View

HEIGHT, PHONE_HEIGHT = 260, 230
PANEL = 190  # px of one small multiple
WIDTH, FOOTING, HEADING = 0.76, 0.16, 0.72  # of a panel: how far its plot reaches, from its foot and up to its name
COLUMNS = 3
LEAST_SLOTS = 4
LABEL_ROOM = 0.12
LABEL_SLOTS = 3  # slots a year's label takes on a phone
NARROW, PHONE_NARROW = 1120, 358  # px, the page on a screen of 1280 and on a phone of 390


def draw_line(view: View, theme: Theme, *, phone: bool = False) -> go.Figure:
    """A view of kind "line".

    Frame, one row a slot that is known: place, run (only marks of one run are joined), split, label, value, plan (NaN
    where none), printed, plan_printed, state, estimate, hover. Detail: slots ("" for the empty slot of a break),
    breaks (place, words; between two slots for a change of rules), chosen, low, high (the axis), missing (place ->
    words), keys (mark, words), width (px, in a picture of one width).
    """
    detail = view.detail
    wide = PHONE_NARROW if phone else detail.get("width", NARROW)
    width = 340 if phone else wide - 120
    signs = {row.state for row in _named(view.frame, detail["chosen"]) if _is_signed(row)}
    keys = [(mark, words) for mark, words in detail["keys"] if mark not in SIGNED or mark in signs]
    lines = key_rows(keys, width) * ROW
    end = max(72, 16 + int(room(view.frame.loc[view.frame["value"].notna(), "printed"].iloc[-1])))
    foot = 4 + YEAR_LINE * max(label.count("<br>") + 1 for label in detail["slots"])
    ticks = [tick for tick in nice_ticks(detail["low"], detail["high"]) if tick >= detail["low"]]
    start = 12 + int(max(room(tick_text(tick, view.lang)) for tick in ticks))
    left, under = (max(44, start), 34) if phone else (max(52, start), max(40, foot))
    slot = (wide - left - end) / max(len(detail["slots"]), LEAST_SLOTS)
    breaks = apart(detail["breaks"], slot)
    high = max((words.count("<br>") + 1 for _, words in breaks if words), default=0)
    head = lines + (16 if phone else max(24, high * 19 + 8))
    marks = marks_height(view.events, slot)
    margins = (left, end, head, under + marks)
    height = (PHONE_HEIGHT if phone else HEIGHT) + head + marks
    figure = Figure(layout=base_layout(theme, height, margins))
    add_keys(figure, keys, theme, top=head - ROW // 2, width=width)
    top = detail["high"] + LABEL_ROOM * (detail["high"] - detail["low"])  # a value is printed above the highest dot
    figure.update_layout(
        yaxis={
            "range": [detail["low"], top], "tickvals": ticks,
            "showgrid": True, "gridcolor": theme.grid,
            "ticktext": [f"{tick_text(tick, view.lang)}  " for tick in ticks], "tickfont": {"color": theme.muted},
        }
    )  # fmt: skip
    _years(figure, theme, detail, phone)
    add_marks(figure, theme, view.events, slot, paper_y=0, top=4 - under)
    add_year_band(figure, theme, detail["chosen"])
    _break_lines(figure, theme, breaks, detail["slots"], phone, height - head - margins[3])
    for place, words in detail["missing"].items():
        if not phone:
            figure.add_annotation(
                x=place, y=0, yref="paper", yshift=6, yanchor="bottom", text=words, showarrow=False,
                font={"color": theme.muted},
            )  # fmt: skip
    _trace(figure, theme, view.frame, detail, "x", "y", full=True)
    plot = _Plot(slot, (height - head - margins[3]) / (top - detail["low"]), detail["low"])
    _direct_labels(figure, theme, view.frame, detail, plot, end)
    return figure


def _years(figure: go.Figure, theme: Theme, detail: Mapping, phone: bool) -> None:
    slots = list(detail["slots"])
    figure.update_xaxes(range=[-0.5, max(len(slots), LEAST_SLOTS) - 0.5], showticklabels=False)
    if phone:  # every year would collide at 390 px: first, last and chosen are enough to read the rest from
        kept = {0, len(slots) - 1, detail["chosen"]}
        near = {place for place in kept - {None} if place != detail["chosen"] and detail["chosen"] is not None
                and abs(place - detail["chosen"]) < LABEL_SLOTS}  # fmt: skip
        kept = kept - near if len(slots) > 7 else set(range(len(slots)))
        slots = [label if place in kept else "" for place, label in enumerate(slots)]
        slots = [label.split("<br>")[0] for label in slots]
    add_slot_words(figure, theme, slots, detail["chosen"], paper_y=0, yshift=-18)


def _break_lines(
    figure: go.Figure, theme: Theme, breaks: Sequence[tuple[float, str]], slots: Sequence[str], phone: bool, high: float
) -> None:
    """The dotted lines, each with its reason; on a phone the notes under the chart carry the reasons."""
    add_breaks(figure, theme, slots, unlike=high)
    for place, words in breaks:
        if place != int(place):
            figure.add_shape(
                type="line", x0=place, x1=place, yref="paper", y0=0, y1=1,
                line={"width": 1.6, "color": theme.no_data, "dash": "dot"},
            )  # fmt: skip
        if phone:
            continue
        left = place > 2
        figure.add_annotation(
            x=place, y=1, yref="paper", yshift=3, xshift=-8 if left else 8, xanchor="right" if left else "left",
            yanchor="bottom", align="right" if left else "left", text=words, showarrow=False,
            font={"color": theme.muted},
        )  # fmt: skip


def _trace(
    figure: go.Figure, theme: Theme, frame: pd.DataFrame, detail: Mapping, x: str, y: str, *, full: bool
) -> None:
    """The plan as dashed steps, the values as a line that never crosses a missing year or a break."""
    _plan_steps(figure, theme, frame, x, y)
    solid = theme.slate if detail["spending"] else theme.blue  # as in the columns of the same indicator
    known = frame[frame["value"].notna()]
    stretches = _runs(known)
    for part in (part for part in stretches if len(part) > 1):
        figure.add_scatter(
            x=part["place"], y=part["value"], xaxis=x, yaxis=y, mode="lines", hoverinfo="skip",
            line={"width": 2.6 if full else 2.2, "color": solid},
        )  # fmt: skip
    if not len(known):
        return
    marked = {known["place"].iloc[-1], detail["chosen"]} | ({known["place"].iloc[0]} if full else set())
    marked |= {part["place"].iloc[0] for part in stretches if len(part) == 1}
    if full:  # a small panel has no room for it beside its last value; the note names the year
        marked |= set(known["place"][known["estimate"]])
    signed = [row for row in _named(known, detail["chosen"]) if _is_signed(row)] if full else []
    for row in signed:
        add_sign(figure, row.state, theme, row.place, row.value, xref=x, yref=y)
    dots = known[known["place"].isin(marked - {row.place for row in signed})]
    figure.add_scatter(
        x=dots["place"], y=dots["value"], xaxis=x, yaxis=y, mode="markers", hoverinfo="skip",
        marker={
            "size": 9 if full else 7, "opacity": 1,
            "line": {"width": 2, "color": [theme.grey if row.split else solid for row in dots.itertuples()]},
            "color": [
                theme.bg if row.estimate else theme.grey if row.split else solid for row in dots.itertuples()
            ],
        },
    )  # fmt: skip
    figure.add_scatter(
        x=known["place"], y=known["value"], xaxis=x, yaxis=y, mode="markers", marker={"size": 22, "opacity": 0},
        customdata=known[["hover"]].to_numpy(), ids=refs_of(known),
        hovertemplate="%{customdata[0]}<extra></extra>",
    )  # fmt: skip


def _runs(frame: pd.DataFrame) -> list[pd.DataFrame]:
    """The stretches that may be joined: parted by missing years and breaks, and where a slot between has no mark."""
    parted = (frame["run"].diff().fillna(0) != 0) | (frame["place"].diff().fillna(1) > 1)
    return [part for _, part in frame.groupby(parted.cumsum())]


def _plan_steps(figure: go.Figure, theme: Theme, frame: pd.DataFrame, x: str, y: str) -> None:
    for part in _runs(frame[frame["plan"].notna()]):
        # each year's plan is level over the whole of its slot; a bare hv line would end at its last point
        edges = [edge for place in part["place"] for edge in (place - 0.5, place + 0.5)]
        levels = [level for plan in part["plan"] for level in (plan, plan)]
        figure.add_scatter(
            x=edges, y=levels, xaxis=x, yaxis=y, mode="lines", hoverinfo="skip",
            line={"width": 1.6, "dash": "dash", "color": theme.muted},
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Plot:
    """Px of a slot and of a unit of the axis, and where the axis begins: what it takes to know where a dot stands."""

    slot: float
    unit: float
    low: float

    def at(self, place: float, value: float) -> tuple[float, float]:
        """Px from the plot's lower left corner."""
        return (place + 0.5) * self.slot, (value - self.low) * self.unit

    def segments(self, frame: pd.DataFrame) -> list[Segment]:
        """The stretches of the line and the steps of the plan."""
        found = [
            (*self.at(here.place, here.value), *self.at(after.place, after.value))
            for part in _runs(frame[frame["value"].notna()])
            for here, after in pairwise(part.itertuples())
        ]
        planned = frame[frame["plan"].notna()]
        return found + [
            (*self.at(row.place - 0.5, row.plan), *self.at(row.place + 0.5, row.plan)) for row in planned.itertuples()
        ]


def _named(frame: pd.DataFrame, chosen: int | None) -> list:
    """The marks that have their value printed, each once: the chosen, the last, the first."""
    known = frame[frame["value"].notna()]
    rows = [*known[known["place"] == chosen].itertuples(), *known.iloc[-1:].itertuples(), *known.iloc[:1].itertuples()]
    return list({row.place: row for row in rows}.values())


def _is_signed(row: object) -> bool:
    """Whether a mark has the shape of its state in place of a dot; an estimate's dot stays hollow, it is not judged."""
    return row.state in SIGNED and not row.estimate


def _direct_labels(
    figure: go.Figure, theme: Theme, frame: pd.DataFrame, detail: Mapping, plot: _Plot, end: int
) -> None:
    """The first, the chosen and the last value beside their dots, where they cover nothing else."""
    known = frame[frame["value"].notna()]
    edge = len(detail["slots"]) - 1
    wide = plot.slot * max(len(detail["slots"]), LEAST_SLOTS)
    high = plot.at(0, detail["high"])[1] * (1 + LABEL_ROOM) + 8
    breaks = [plot.at(place, 0)[0] for place, _ in detail["breaks"]]
    free = Room(0, -2, wide + end, high, breaks, plot.segments(frame))
    named = _named(known, detail["chosen"])
    free.taken += _estimates(known, plot)
    for row in named:
        free.taken.append(_around(plot.at(row.place, row.value), 6 if _is_signed(row) else 4))
    for row in named:
        under = row.plan == row.plan and row.value < row.plan
        spot, beside = plot.at(row.place, row.value), {"under": under, "edge": row.place == edge}
        # the first value is told by the axis too, so it stands clear of everything or not at all
        if row is named[-1] and len(named) > 1 and not free.is_clear(*spot, row.printed, **beside):
            continue
        across, up, anchor = free.place(*spot, row.printed, **beside)
        colour = state_ink(row.state, theme) if _is_signed(row) else theme.text
        figure.add_annotation(
            x=row.place, y=row.value, showarrow=False, text=f"<b>{row.printed}</b>", font={"color": colour},
            xshift=across, yshift=up, xanchor=anchor, yanchor="middle",
        )  # fmt: skip


def _around(spot: tuple[float, float], half: float = 4) -> tuple[float, float, float, float]:
    return spot[0] - half, spot[1] - half, spot[0] + half, spot[1] + half


def _estimates(frame: pd.DataFrame, plot: _Plot) -> list[tuple[float, float, float, float]]:
    """The room of the hollow dots."""
    rows = frame[frame["estimate"] & frame["value"].notna()]
    return [_around(plot.at(row.place, row.value), 6) for row in rows.itertuples()]


def draw_multiples(view: View, theme: Theme, *, phone: bool = False) -> go.Figure:
    """A view of kind "multiples": one small panel an indicator, all on the same years.

    Frame: the columns of "line" and `facet`. Detail: facets (id, name, low, high, last: what is printed at the end,
    beyond: what stands on no common scale, or ""), slots, breaks by facet (dict id -> list of (place, words)), chosen,
    first and final (the year labels).
    """
    facets = view.detail["facets"]
    columns = 1 if phone else min(COLUMNS, max(2, len(facets)))
    lines = -(-len(facets) // columns)
    wide = ((PHONE_NARROW if phone else NARROW) - 8) / columns * WIDTH
    slot = wide / max(len(view.detail["slots"]), LEAST_SLOTS)
    marks = max(marks_height(_own(view, facet), slot) for facet in facets)
    figure = Figure(layout=base_layout(theme, lines * (PANEL + marks) + 4, (4, 4, 0, 4)))
    for number, facet in enumerate(facets):
        _panel(figure, theme, view, facet, number, columns, lines, PANEL + marks)
        add_marks(
            figure, theme, _own(view, facet), slot, x=f"x{number + 1 if number else ''}", top=-23,
            paper_y=1 - number // columns / lines - (1 - FOOTING) * PANEL / (PANEL + marks) / lines,
        )
    return figure


def _own(view: View, facet: Mapping) -> list[Event]:
    """The marks of a panel: its own and those of all."""
    return [event for event in view.events if event.facet in ("", facet["id"])]


def _heading(facet: Mapping, theme: Theme) -> str:
    """A panel's name, and under it what stands on no common scale."""
    name = f"<b>{facet['name']}</b>"
    return f'{name}<br><span style="color:{theme.muted}">{facet["beyond"]}</span>' if facet["beyond"] else name


def _panel(
    figure: go.Figure, theme: Theme, view: View, facet: Mapping, number: int, columns: int, lines: int, px: float
) -> None:
    name = "" if number == 0 else str(number + 1)
    across, down = number % columns, number // columns
    left, wide = across / columns, 1 / columns
    top, high = 1 - down / lines, 1 / lines
    slots = view.detail["slots"]
    x, y = f"x{name}", f"y{name}"
    area = (left, left + wide * WIDTH)
    share = high * PANEL / px
    foot, head = top - share * (1 - FOOTING), top - share * (1 - HEADING)
    figure.update_layout({
        f"xaxis{name}": bare_axis() | {
            "domain": area, "anchor": y, "range": [-0.5, max(len(slots), LEAST_SLOTS) - 0.5], "showticklabels": False,
        },
        f"yaxis{name}": bare_axis() | {
            "domain": [foot, head], "anchor": x, "range": [facet["low"], facet["high"]], "showticklabels": False,
        },
    })  # fmt: skip
    figure.add_annotation(
        x=left, y=top, xref="paper", yref="paper", xanchor="left", yanchor="top", align="left", yshift=-6,
        text=_heading(facet, theme), showarrow=False,
    )  # fmt: skip
    figure.add_shape(
        type="line", xref="paper", yref="paper", x0=area[0], x1=area[1], y0=foot, y1=foot,
        line={"width": 1, "color": theme.rule},
    )  # fmt: skip
    detail = {"breaks": view.detail["breaks"][facet["id"]], "chosen": view.detail["chosen"],
              "spending": facet["spending"]}  # fmt: skip
    for place, _ in detail["breaks"]:
        figure.add_shape(
            type="line", x0=place, x1=place, xref=x, yref="paper", y0=foot, y1=head,
            line={"width": 1.4, "color": theme.no_data, "dash": "dot"},
        )  # fmt: skip
    part = view.frame[view.frame["facet"] == facet["id"]]
    _trace(figure, theme, part, detail, x, y, full=False)
    for words, anchor, place in ((view.detail["first"], "left", area[0]), (view.detail["final"], "right", area[1])):
        figure.add_annotation(
            x=place, y=foot, xref="paper", yref="paper", yshift=-4, xanchor=anchor, yanchor="top", text=words,
            showarrow=False, font={"color": theme.muted},
        )  # fmt: skip
    _last_label(figure, theme, part, facet, detail, len(slots), columns, x, y)


def _last_label(
    figure: go.Figure, theme: Theme, part: pd.DataFrame, facet: Mapping, detail: Mapping, slots: int, columns: int,
    x: str, y: str,
) -> None:  # fmt: skip
    """The last value of a small panel, at its right unless another boundary begins there."""
    wide, high = (PHONE_NARROW if columns == 1 else NARROW) / columns, PANEL * (HEADING - FOOTING)
    slot = wide * WIDTH / max(slots, LEAST_SLOTS)
    plot = _Plot(slot, high / (facet["high"] - facet["low"]), facet["low"])
    lines = 2 if facet["beyond"] else 1
    breaks = [plot.at(place, 0)[0] for place, _ in detail["breaks"]]
    free = Room(0, -2, wide, high + PANEL * (1 - HEADING) - 8 - YEAR_LINE * lines, breaks, plot.segments(part))
    for row in part[part["value"].notna()].tail(1).itertuples():
        across, up, anchor = free.place(*plot.at(row.place, row.value), facet["last"], under=False, edge=True)
        figure.add_annotation(
            x=row.place, y=row.value, xref=x, yref=y, text=f"<b>{facet['last']}</b>", showarrow=False,
            xshift=across, yshift=up, xanchor=anchor, align="left",
        )  # fmt: skip

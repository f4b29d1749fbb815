"""The ladder: levels of award in rank order with the highest on top, years across, the area of a dot its count."""

from __future__ import annotations

import math
from collections.abc import Iterable
from itertools import pairwise

import plotly.graph_objects as go

from app.charts.figure import Figure, refs_of
from app.charts.key import ROW, add_keys, key_rows
from app.charts.theme import Theme, base_layout
from app.charts.years import add_breaks, add_marks, add_slot_words, add_year_band, marks_height, runs
from app.views.view import View

_HIGH = 60  # px a level
_AREA = 5.4  # px of diameter for one award; n awards take sqrt(n) times as much, so that the area is the count
_BIGGEST = 52  # px, what a row has room for
_INSIDE = 26  # px, the smallest dot that takes its number inside
_RING = 17  # px, the ring around a small dot of the highest level
_SMALLEST = 4  # px, below which a dot is no longer seen
_WIDE = 1080  # px a line of keys may take
_NARROWEST = 1110  # px, the page on a screen of 1280: there the numbers must not touch the next dot
_RIGHT = 34
_DIGIT = 9  # px
_LEAST_SLOTS = 6  # a single year is a dot in an ordinary column, not in the middle of the page


def draw_ladder(view: View, theme: Theme, *, phone: bool = False) -> go.Figure:
    """A view of kind "ladder".

    Frame: row, slot, count (NaN where none is known), state (given, none, missing, ended), printed, hover. Detail:
    slots, chosen (a slot), levels (label, tone; one a row), totals (one a slot), total_head, ended_words, keys, laws
    (slots before which a law changed), and scale_counts (counts by slot, NaN where none, one tuple for each row of
    every panel that shares the scale), width (px, in a picture of one width).
    """
    return _phone(view, theme) if phone else _screen(view, theme)


def diameter(scale_counts: tuple[tuple[float, ...], ...], slot: float) -> float:
    """Px of diameter for one award so that every row of every panel keeps its height and its numbers apart.

    `slot` is the width of a year in px.
    """
    known = [count for row in scale_counts for count in row if count > 0]
    unit = min(_AREA, _BIGGEST / math.sqrt(max(known))) if known else _AREA
    while True:  # a smaller scale may push another row's numbers out of their dots
        fits = [room for row in scale_counts if not _inside(row, unit) for room in _fits(row, slot)]
        if min(fits, default=unit) >= unit:
            return unit
        unit = min(fits)


def _fits(row: tuple[float, ...], slot: float) -> list[float]:
    """For each number beside its dot, the px a single award may have for it to end before the next dot begins."""
    found = []
    for here, after in pairwise([*row, 0.0]):
        if here > 0:
            room = slot - 5 - _DIGIT * len(str(int(here)))
            found.append(room / (math.sqrt(here) / 2 + (math.sqrt(after) / 2 if after > 0 else 0)))
    return found


def _inside(row: tuple[float, ...], unit: float) -> bool:
    """Numbers go inside only where the whole row has room: never mixed in a row."""
    given = [count for count in row if count > 0]
    return bool(given) and all(
        unit * math.sqrt(count) >= max(_INSIDE, _DIGIT * len(f"{count:,.0f}")) for count in given
    )


def _screen(view: View, theme: Theme) -> go.Figure:
    detail, levels = view.detail, view.detail["levels"]
    narrowest = detail.get("width", _NARROWEST)
    width = min(_WIDE, narrowest - 30)
    lines = key_rows(detail["keys"], width)
    left = 20 + int(7.6 * max(_longest(words) for words in [*(label for label, _ in levels), detail["total_head"]]))
    high = len(levels) * _HIGH
    slot = (narrowest - left - _RIGHT) / max(len(detail["slots"]), _LEAST_SLOTS)
    marks = marks_height(view.events, slot)
    top, bottom = 12 + marks + ROW * lines, 64
    figure = Figure(layout=base_layout(theme, high + top + bottom, (left, _RIGHT, top, bottom)))
    slots, chosen = detail["slots"], detail["chosen"]
    wide = max(len(slots), _LEAST_SLOTS)
    unit = diameter(detail["scale_counts"], slot)
    add_marks(figure, theme, view.events, slot, paper_y=1, top=6 + marks)
    figure.update_xaxes(range=[-0.5, wide - 0.5], visible=False)
    figure.update_yaxes(range=[len(levels) - 0.5, -0.5], visible=False)
    add_year_band(figure, theme, chosen, -bottom / high, 1)
    for row, (label, _) in enumerate(levels):
        figure.add_shape(
            type="line", x0=0, x1=1, xref="paper", y0=row, y1=row, layer="below",
            line={"width": 1, "color": theme.grid},
        )
        _head(figure, theme, row, label)
    add_breaks(figure, theme, slots)
    for slot in detail["laws"]:
        figure.add_shape(
            type="line", x0=slot - 0.5, x1=slot - 0.5, yref="paper", y0=-26 / high, y1=-6 / high,
            line={"width": 1, "color": theme.muted},
        )
    _dots(figure, theme, view, unit)
    _totals(figure, theme, view, high)
    if lines:
        add_keys(figure, detail["keys"], theme, top=top - 14, width=width)
    return figure


def _longest(label: str) -> int:
    return max(len(part) for part in label.split("<br>"))


def _head(figure: go.Figure, theme: Theme, row: float, label: str) -> None:
    figure.add_annotation(
        x=0, y=row, xref="paper", xshift=-12, text=label, showarrow=False, xanchor="right", yanchor="middle",
        align="right", font={"size": 14, "color": theme.text},
    )


def _dots(figure: go.Figure, theme: Theme, view: View, unit: float) -> None:
    tones = [*theme.levels, theme.grey]
    inks = [*theme.on_levels, theme.bg]
    for row, (_, tone) in enumerate(view.detail["levels"]):
        cells = view.frame[view.frame["row"] == row]
        given = cells[cells["state"] == "given"]
        inside = len(given) > 0 and _inside(tuple(given["count"]), unit)
        sizes = [max(_SMALLEST, unit * math.sqrt(count)) for count in given["count"]]
        figure.add_scatter(
            x=given["slot"], y=given["row"], mode="markers",
            marker={"size": sizes, "color": tones[tone], "opacity": 1, "line": {"width": 0}},
            customdata=given[["hover"]].to_numpy(), ids=refs_of(given),
            hovertemplate="%{customdata[0]}<extra></extra>",
        )
        ringed = [tone == 0 and size < _RING - 4 for size in sizes]
        _ring(figure, given.loc[ringed, "slot"], row, tones[tone])
        for cell, size, ring in zip(given.itertuples(), sizes, ringed, strict=True):
            strong = cell.slot == view.detail["chosen"]
            figure.add_annotation(
                x=cell.slot, y=row, text=f"<b>{cell.printed}</b>" if strong or ring else cell.printed,
                showarrow=False, xanchor="center" if inside else "left",
                xshift=0 if inside else (_RING if ring else size) / 2 + 3,
                font={"size": 17 if ring else 15, "color": inks[tone] if inside else theme.text},
            )
        _absent(figure, theme, view, cells, row)


def _ring(figure: go.Figure, places: Iterable[float], row: int, colour: str) -> None:
    """The highest awards are the fewest: their small dots are ringed, so that the area stays the count and is seen."""
    found = list(places)
    if found:
        figure.add_scatter(
            x=found, y=[row] * len(found), mode="markers", hoverinfo="skip",
            marker={"size": _RING, "symbol": "circle-open", "color": colour, "line": {"width": 1.8}, "opacity": 1},
        )


def _absent(figure: go.Figure, theme: Theme, view: View, cells: object, row: int) -> None:
    none = cells[cells["state"] == "none"]
    figure.add_scatter(
        x=none["slot"], y=none["row"], mode="markers",
        marker={"size": 10, "symbol": "circle-open", "color": theme.muted, "line": {"width": 1.3}, "opacity": 1},
        customdata=none[["hover"]].to_numpy(), ids=refs_of(none),
        hovertemplate="%{customdata[0]}<extra></extra>",
    )
    for slot in cells.loc[cells["state"] == "missing", "slot"]:
        figure.add_annotation(x=slot, y=row, text="–", showarrow=False, font={"size": 15, "color": theme.no_data})
    for first, last in runs(list(cells.loc[cells["state"] == "ended", "slot"])):
        figure.add_annotation(
            x=(first + last) / 2, y=row, text=view.detail["ended_words"], showarrow=False,
            bgcolor=theme.year_band if view.detail["chosen"] in range(first, last + 1) else theme.bg,
            font={"size": 14, "color": theme.muted},
        )


def _totals(figure: go.Figure, theme: Theme, view: View, high: int) -> None:
    detail = view.detail
    add_slot_words(figure, theme, detail["slots"], detail["chosen"], paper_y=0, yshift=-16)
    add_slot_words(figure, theme, detail["totals"], detail["chosen"], paper_y=0, yshift=-44, quiet=False)
    figure.add_shape(
        type="line", x0=0, x1=1, xref="paper", yref="paper", y0=-30 / high, y1=-30 / high,
        line={"width": 1, "color": theme.rule},
    )
    figure.add_annotation(
        x=0, y=0, xref="paper", yref="paper", xshift=-12, yshift=-44, text=detail["total_head"], showarrow=False,
        xanchor="right", yanchor="middle", font={"size": 14, "color": theme.muted},
    )


def _phone(view: View, theme: Theme) -> go.Figure:
    """The chosen year alone: a level a line, its dot, its number, and the number of the year before."""
    detail, levels = view.detail, view.detail["levels"]
    chosen = detail["chosen"]
    figure = Figure(layout=base_layout(theme, (len(levels) + 1) * _HIGH + 30, (0, 0, 30, 0)))
    figure.update_xaxes(range=[0, 1], visible=False)
    figure.update_yaxes(range=[len(levels) + 0.5, -0.5], visible=False)
    unit, tones = diameter(detail["scale_counts"], math.inf), [*theme.levels, theme.grey]
    before = chosen - 1 if chosen and detail["slots"][chosen - 1] else None
    years = (f"<b>{detail['slots'][chosen]}</b>", detail["slots"][before] if before is not None else "")
    _phone_words(figure, theme, -0.5, ("", *years), 12)
    for row, (label, tone) in enumerate(levels):
        cells = view.frame[view.frame["row"] == row].set_index("slot")
        cell, past = cells.loc[chosen], cells.loc[before] if before is not None else None
        _phone_mark(figure, theme, row, cell, unit, tones[tone])
        if tone == 0 and cell["state"] == "given" and unit * math.sqrt(cell["count"]) < _RING - 4:
            _ring(figure, [0.52], row, tones[tone])
        said = detail["ended_words"] if cell["state"] == "ended" else f"<b>{cell['printed']}</b>"
        _phone_words(figure, theme, row, (label, said, past["printed"] if past is not None else ""))
        figure.add_shape(
            type="line", x0=0, x1=1, y0=row + 0.5, y1=row + 0.5, line={"width": 1, "color": theme.grid}, layer="below",
        )
    past_total = detail["totals"][before] if before is not None else ""
    _phone_words(figure, theme, len(levels), (detail["total_head"], f"<b>{detail['totals'][chosen]}</b>", past_total))
    return figure


def _phone_mark(figure: go.Figure, theme: Theme, row: int, cell: object, unit: float, colour: str) -> None:
    if cell["state"] in ("given", "none"):
        given = cell["state"] == "given"
        figure.add_scatter(
            x=[0.52], y=[row], mode="markers", customdata=[[cell["hover"]]], ids=[cell.get("ref", "")],
            hovertemplate="%{customdata[0]}<extra></extra>",
            marker={
                "size": [max(_SMALLEST, unit * math.sqrt(cell["count"])) if given else 10], "opacity": 1,
                "symbol": "circle" if given else "circle-open", "color": colour if given else theme.muted,
            },
        )


def _phone_words(
    figure: go.Figure, theme: Theme, row: float, words: tuple[str, str, str], yshift: int = 0
) -> None:
    spots = ((0, "left", theme.text), (0.68, "left", theme.text), (1, "right", theme.muted))
    for (x, anchor, ink), said in zip(spots, words, strict=True):
        figure.add_annotation(
            x=x, y=row, text=said, showarrow=False, xanchor=anchor, yanchor="middle", align=anchor, yshift=yshift,
            font={"size": 15 if yshift == 0 else 14, "color": ink},
        )

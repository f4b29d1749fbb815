"""What every chart with years across has in common: the chosen year's band, the year labels, the break of a series."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from app.charts.theme import Theme


def add_year_band(figure: go.Figure, theme: Theme, chosen: int | None, low: float = 0, high: float = 1) -> None:
    """Shade slot `chosen` from `low` to `high` (paper) behind everything; None shades nothing."""
    if chosen is not None:
        figure.add_shape(
            type="rect", x0=chosen - 0.5, x1=chosen + 0.5, yref="paper", y0=low, y1=high, layer="below",
            fillcolor=theme.year_band, line={"width": 0},
        )


def add_breaks(figure: go.Figure, theme: Theme, slots: Sequence[str], low: float = 0, high: float = 1) -> None:
    """A dotted vertical in the middle of every empty slot: there the series ends and another begins."""
    for place, label in enumerate(slots):
        if not label:
            figure.add_shape(
                type="line", x0=place, x1=place, yref="paper", y0=low, y1=high,
                line={"width": 1.6, "color": theme.no_data, "dash": "dot"},
            )


def add_slot_words(
    figure: go.Figure, theme: Theme, words: Sequence[str], chosen: int | None, *, paper_y: float, yshift: int,
    quiet: bool = True, y: float | None = None,
) -> None:
    """One line of words, one a slot, centred; the chosen slot's bold. `quiet` lines are muted, others full text."""
    for place, said in enumerate(words):
        if said:
            strong = place == chosen
            figure.add_annotation(
                x=place, y=paper_y if y is None else y, yref="paper" if y is None else "y", yshift=yshift,
                text=f"<b>{said}</b>" if strong else said, showarrow=False, yanchor="middle",
                font={"size": 14, "color": theme.muted if quiet and not strong else theme.text},
            )


def runs(places: Sequence[int]) -> list[tuple[int, int]]:
    """Adjoining places as (first, last) pairs: [0, 1, 2, 5] -> [(0, 2), (5, 5)]."""
    found: list[tuple[int, int]] = []
    for place in sorted(places):
        if found and place == found[-1][1] + 1:
            found[-1] = (found[-1][0], place)
        else:
            found.append((place, place))
    return found

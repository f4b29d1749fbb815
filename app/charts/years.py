"""What every chart with years across has in common: the chosen year's band, the year labels, the break of a series."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from app.charts.glyphs import glyph_uri
from app.charts.lettering import LETTER, room
from app.charts.theme import Theme
from app.views.view import Event
from app.views.words import wrapped

YEAR_LINE = 18  # px of one line of a year's label
SIGN = 17  # px of the sign on the line of a break
MARK, MARK_LINE = 21, 25  # px of the ring around a note's number, and of a line of rings


def add_year_band(figure: go.Figure, theme: Theme, chosen: int | None, low: float = 0, high: float = 1) -> None:
    """Shade slot `chosen` from `low` to `high` (paper) behind everything; None shades nothing."""
    if chosen is not None:
        figure.add_shape(
            type="rect", x0=chosen - 0.5, x1=chosen + 0.5, yref="paper", y0=low, y1=high, layer="below",
            fillcolor=theme.year_band, line={"width": 0},
        )


def add_breaks(
    figure: go.Figure, theme: Theme, slots: Sequence[str], low: float = 0, high: float = 1, *, unlike: float = 0
) -> None:
    """A dotted vertical in the middle of every empty slot: there the series ends and another begins.

    `unlike` is the height of the plot in px where the line carries the sign "not comparable" in its middle.
    """
    for place in (place for place, label in enumerate(slots) if not label):
        middle, half = (low + high) / 2, SIGN / unlike if unlike else 0
        # shapes lie over images, so the line leaves room for the sign
        for start, end in ((low, middle - half), (middle + half, high)) if unlike else ((low, high),):
            figure.add_shape(
                type="line", x0=place, x1=place, yref="paper", y0=start, y1=end,
                line={"width": 1.6, "color": theme.no_data, "dash": "dot"},
            )
        if unlike:
            figure.add_layout_image(
                source=glyph_uri("not_comparable", theme), xref="x", yref="paper", x=place, y=middle, sizex=1,
                sizey=half, xanchor="center", yanchor="middle", sizing="contain", layer="above",
            )


def add_slot_words(
    figure: go.Figure, theme: Theme, words: Sequence[str], chosen: int | None, *, paper_y: float, yshift: int,
    quiet: bool = True, y: float | None = None,
) -> None:
    """Words of at most three lines, one a slot, centred; the chosen slot's bold. `quiet` ones are muted.

    Of three lines, a year and its half, the year alone is bold: in English the words of two halves would touch.

    `yshift` px is the middle of one or two lines; a third one hangs below them.
    """
    for place, said in enumerate(words):
        if said:
            strong = place == chosen
            figure.add_annotation(
                x=place, y=paper_y if y is None else y, yref="paper" if y is None else "y",
                yshift=yshift - YEAR_LINE // 2 * max(0, said.count("<br>") - 1),
                text=_bold(said) if strong else said, showarrow=False, yanchor="middle",
                font={"size": 14, "color": theme.muted if quiet and not strong else theme.text},
            )


def _bold(said: str) -> str:
    year, *half = said.split("<br>")
    return "<br>".join((f"<b>{year}</b>", *half)) if len(half) > 1 else f"<b>{said}</b>"


def mark_lines(events: Sequence[Event], slot: float) -> list[int]:
    """The line each mark stands in so that none touches another of its line; `slot` is the width of a year in px."""
    free: list[float] = []
    found = []
    for event in events:
        line = next((at for at, place in enumerate(free) if event.place >= place), len(free))
        free[line : line + 1] = [event.place + MARK_LINE / slot]
        found.append(line)
    return found


def marks_height(events: Sequence[Event], slot: float) -> int:
    """Px that the marks of a chart take; none without any."""
    return MARK_LINE * (max(mark_lines(events, slot)) + 1) if events else 0


def add_marks(
    figure: go.Figure, theme: Theme, events: Sequence[Event], slot: float, *, paper_y: float, top: float, x: str = "x"
) -> None:
    """The numbers of the notes in small rings at their years; the first line hangs `top` px above `paper_y`."""
    for event, line in zip(events, mark_lines(events, slot), strict=True):
        add_mark(figure, theme, event.number, event.place, paper_y, top - MARK_LINE * (line + 0.5), x=x)


def add_mark(
    figure: go.Figure, theme: Theme, number: int, across: float, up: float, yshift: float, *, x: str = "x",
    y: str = "paper", xshift: float = 0,
) -> None:
    """One number in its ring, the digits of the page's own font: few fonts have ringed digits."""
    half = MARK / 2
    figure.add_shape(
        type="circle", xref=x, yref=y, xsizemode="pixel", ysizemode="pixel", xanchor=across, yanchor=up,
        x0=xshift - half, x1=xshift + half, y0=yshift - half, y1=yshift + half, fillcolor=theme.bg,
        line={"width": 1.2, "color": theme.muted},
    )
    figure.add_annotation(
        x=across, y=up, xref=x, yref=y, xshift=xshift, yshift=yshift, text=str(number), showarrow=False,
        xanchor="center", yanchor="middle", font={"size": 14, "color": theme.text},
    )


def apart(breaks: Sequence[tuple[float, str]], slot_px: float) -> list[tuple[float, str]]:
    """The breaks with words that never run into those of a later one: broken into more lines, else left out.

    Words to the right of their line have the room to the next ones, `slot_px` a year; the notes below have them all.
    """
    found: list[tuple[float, str]] = []
    free = float("inf")
    for place, words in sorted(breaks, reverse=True):
        wide = (room(words) + 16) / slot_px
        first, last = (place - wide, place) if place > 2 else (place, place + wide)
        if last > free and place <= 2:
            words = _narrowed(words, (free - place) * slot_px - 16)
        fits = last <= free or bool(words and place <= 2)
        found.append((place, words if fits else ""))
        free = first if fits and words else free
    return found[::-1]


def _narrowed(words: str, px: float) -> str:
    """Words on at most three lines of `px`; empty where they have no room in it."""
    lines = wrapped(words.replace("<br>", " "), max(1, int(px / LETTER)))
    fits = len(lines) <= 3 and room("<br>".join(lines)) <= px
    return "<br>".join(lines) if fits else ""


def runs(places: Sequence[int]) -> list[tuple[int, int]]:
    """Adjoining places as (first, last) pairs: [0, 1, 2, 5] -> [(0, 2), (5, 5)]."""
    found: list[tuple[int, int]] = []
    for place in sorted(places):
        if found and place == found[-1][1] + 1:
            found[-1] = (found[-1][0], place)
        else:
            found.append((place, place))
    return found

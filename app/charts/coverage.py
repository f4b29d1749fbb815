"""The coverage matrix: an indicator a line, years across, each cell's shape saying what kind of figure there is."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from app.charts.figure import Figure, refs_of
from app.charts.key import ROW, add_keys, key_rows
from app.charts.theme import Theme, base_layout
from app.charts.years import add_slot_words, add_year_band
from app.views.view import View

_HIGH, _PHONE_HIGH = 27, 30  # px a line
_HEAD = 30  # px: the years
_WIDE, _NARROW = 1080, 350  # px a line of keys may take
_PHONE_YEARS = 4
_LEAST_YEARS = 12  # slots a screen always has
_CHARACTER = 7.4  # px
_NAME = 21  # characters of a name on a phone


def draw_coverage(view: View, theme: Theme, *, phone: bool = False) -> go.Figure:
    """A view of kind "coverage".

    Frame: row, slot, name, state (reported, computed, estimate, plan, missing, not_due, absent), hover, ref. Detail:
    slots (labels), chosen (a slot), headings (row, words), keys (state, words). A phone shows the last years up to the
    chosen one, and the keys of what stands in them.
    """
    detail = view.detail
    last = len(detail["slots"]) - 1 if detail["chosen"] is None else detail["chosen"]
    first = max(0, last - _PHONE_YEARS + 1) if phone else 0
    last = last if phone else len(detail["slots"]) - 1
    frame = view.frame[view.frame["slot"].between(first, last)]
    names = view.frame.drop_duplicates("row")[["row", "name"]]
    lines = max([int(view.frame["row"].max()), *(row for row, _ in detail["headings"])]) + 1
    high = _PHONE_HIGH if phone else _HIGH
    said = [(_KEYS[state], words) for state, words in detail["keys"] if (frame["state"] == state).any()]
    keys = _HEAD + ROW * key_rows(said, _NARROW if phone else _WIDE) + 10
    left = 18 + int(_CHARACTER * min(max(len(name) for name in names["name"]), _NAME if phone else 99))
    figure = Figure(layout=base_layout(theme, lines * high + keys + 8, (left, 8, keys, 8)))
    figure.update_layout(barmode="overlay", bargap=0)
    # a few years stay as narrow as many, beside their names
    end = max(last, first + (_PHONE_YEARS if phone else _LEAST_YEARS) - 1)
    figure.update_xaxes(range=[first - 0.5, end + 0.5], visible=False)
    figure.update_yaxes(range=[lines - 0.5, -0.5], visible=False)
    add_year_band(figure, theme, detail["chosen"], 0, 1 + _HEAD / (lines * high))
    _words(figure, theme, names, detail["headings"], phone)
    shown = [label if first <= place <= last else "" for place, label in enumerate(detail["slots"])]
    add_slot_words(figure, theme, shown, detail["chosen"], paper_y=1, yshift=16)
    for cell in frame.itertuples():
        _MARKS[cell.state](figure, theme, cell.slot, cell.row)
    _hatched(figure, theme, frame[frame["state"] == "estimate"])
    add_keys(figure, said, theme, top=keys - 14, width=_NARROW if phone else _WIDE)
    figure.add_scatter(
        x=frame["slot"], y=frame["row"], mode="markers", marker={"size": 18, "opacity": 0, "symbol": "square"},
        customdata=frame[["hover"]].to_numpy(), ids=refs_of(frame), hovertemplate="%{customdata[0]}<extra></extra>",
    )
    return figure


def _words(
    figure: go.Figure, theme: Theme, names: pd.DataFrame, headings: list[tuple[int, str]], phone: bool
) -> None:
    """The families over their indicators, each on a line of its own."""
    edge = -figure.layout.margin.l
    for row, words in headings:
        figure.add_annotation(
            x=0, y=row, xref="paper", xshift=edge, xanchor="left", yanchor="middle", text=f"<b>{words}</b>",
            showarrow=False, font={"size": 14, "color": theme.text},
        )
    for row, name in names.itertuples(index=False):
        short = name if not phone or len(name) <= _NAME else name[: _NAME - 1].rstrip() + "…"
        figure.add_annotation(
            x=0, y=row, xref="paper", xshift=-10, xanchor="right", yanchor="middle", text=short, showarrow=False,
            font={"size": 14, "color": theme.text},
        )


def _box(figure: go.Figure, slot: int, row: int, **style: object) -> None:
    figure.add_shape(type="rect", x0=slot - 0.36, x1=slot + 0.36, y0=row - 0.3, y1=row + 0.3, **style)


def _reported(figure: go.Figure, theme: Theme, slot: int, row: int) -> None:
    _box(figure, slot, row, fillcolor=theme.blue, line={"width": 0})


def _computed(figure: go.Figure, theme: Theme, slot: int, row: int) -> None:
    """Filled with a hole: the number is ours, not a report's."""
    _box(figure, slot, row, fillcolor=theme.blue, line={"width": 0})
    figure.add_shape(
        type="rect", x0=slot - 0.16, x1=slot + 0.16, y0=row - 0.14, y1=row + 0.14, fillcolor=theme.bg,
        line={"width": 0},
    )


def _plan(figure: go.Figure, theme: Theme, slot: int, row: int) -> None:
    _box(figure, slot, row, fillcolor=theme.bg, line={"width": 1.5, "color": theme.muted})


def _missing(figure: go.Figure, theme: Theme, slot: int, row: int) -> None:
    for low, high in ((row - 0.22, row + 0.22), (row + 0.22, row - 0.22)):
        figure.add_shape(
            type="line", x0=slot - 0.12, x1=slot + 0.12, y0=low, y1=high, line={"width": 2, "color": theme.orange}
        )


def _not_due(figure: go.Figure, theme: Theme, slot: int, row: int) -> None:
    _box(figure, slot, row, fillcolor=theme.bg, line={"width": 1, "color": theme.no_data, "dash": "dot"})


def _absent(figure: go.Figure, theme: Theme, slot: int, row: int) -> None:
    figure.add_shape(
        type="circle", xsizemode="pixel", ysizemode="pixel", xanchor=slot, yanchor=row, x0=-5, x1=5, y0=-5, y1=5,
        line={"width": 1.3, "color": theme.muted},
    )


def _estimate(figure: go.Figure, theme: Theme, slot: int, row: int) -> None:
    """Drawn as a hatched bar by `_hatched`: a shape takes no pattern."""
    _box(figure, slot, row, line={"width": 1, "color": theme.blue})


def _hatched(figure: go.Figure, theme: Theme, cells: pd.DataFrame) -> None:
    if len(cells):
        figure.add_bar(
            x=cells["slot"], y=[0.6] * len(cells), base=cells["row"] - 0.3, width=0.72, hoverinfo="skip",
            marker={
                "color": theme.blue, "line": {"width": 0},
                "pattern": {"shape": "/", "fillmode": "replace", "bgcolor": theme.bg, "size": 6, "solidity": 0.35},
            },
        )  # fmt: skip


_MARKS = {
    "reported": _reported, "computed": _computed, "estimate": _estimate, "plan": _plan, "missing": _missing,
    "not_due": _not_due, "absent": _absent,
}  # fmt: skip
_KEYS = {
    "reported": "filled", "computed": "holed", "estimate": "hatched", "plan": "outline", "missing": "cross",
    "not_due": "dotted", "absent": "ring",
}  # fmt: skip

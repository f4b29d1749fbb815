"""The matrix: a line for every residential group, years across, adjoining years with the title as one bar."""

from __future__ import annotations

import plotly.graph_objects as go

from app.charts.figure import Figure, refs_of
from app.charts.key import ROW, add_keys, key_rows
from app.charts.theme import Theme, base_layout
from app.charts.years import add_breaks, add_marks, add_slot_words, add_year_band, marks_height, runs
from app.views.view import View

_HIGH = 27  # px a group
_HEAD = 56  # px: years and fractions
_WIDE = 1080  # px a line of keys may take on a screen
_NARROW, _PHONE_NARROW = 1120, 358  # px, the page on a screen of 1280 and on a phone of 390
_PHONE_YEARS = 5
_PHONE_NAME = 12  # characters


def draw_matrix(view: View, theme: Theme, *, phone: bool = False) -> go.Figure:
    """A view of kind "matrix".

    Frame: row, name, slot, state (reached, missed, unknown, before, after), hover. Detail: slots (labels, "" where the
    series breaks), chosen (a slot), fractions (one a slot), streaks (words, tone; one a row), boxes (row, first slot,
    last slot, words), brackets (slot, first row, last row), elsewhere (slot, words: the groups of
    that year are others), keys, fraction_head, streak_head.
    """
    return _phone(view, theme) if phone else _screen(view, theme)


def _screen(view: View, theme: Theme) -> go.Figure:
    detail, rows = view.detail, len(view.detail["streaks"])
    slots, chosen = detail["slots"], detail["chosen"]
    left = 18 + int(8.2 * max(len(name) for name in [*view.frame["name"], detail["fraction_head"]]))
    right = 18 + int(8 * max(len(words) for words, _ in [*detail["streaks"], (detail["streak_head"], "")]))
    slot = (_NARROW - left - right) / len(slots)
    marks = marks_height(view.events, slot)
    top = _HEAD + marks + ROW * key_rows(detail["keys"], _WIDE) + 10
    figure = Figure(layout=base_layout(theme, rows * _HIGH + top + 8, (left, right, top, 8)))
    add_marks(figure, theme, view.events, slot, paper_y=1, top=_HEAD + marks)
    figure.update_xaxes(range=[-0.5, len(slots) - 0.5], visible=False)
    figure.update_yaxes(range=[rows - 0.5, -0.5], visible=False)
    add_year_band(figure, theme, chosen, 0, 1 + _HEAD / (rows * _HIGH))
    add_breaks(figure, theme, slots)
    for row, group in view.frame.groupby("row"):
        _line(figure, theme, int(row), group, chosen)
    _boxes(figure, theme, view)
    for slot, words in detail["elsewhere"]:
        figure.add_annotation(
            x=slot, y=(rows - 1) / 2, text=words, showarrow=False, font={"size": 14, "color": theme.muted},
        )
    _labels(figure, theme, view)
    add_slot_words(figure, theme, slots, chosen, paper_y=1, yshift=38)
    add_slot_words(figure, theme, detail["fractions"], chosen, paper_y=1, yshift=16, quiet=False)
    add_keys(figure, detail["keys"], theme, top=top - 14, width=_WIDE)
    _hover(figure, view)
    return figure


def _line(figure: go.Figure, theme: Theme, row: int, group: object, chosen: int | None) -> None:
    reached = list(group.loc[group["state"] == "reached", "slot"])
    for first, last in runs(reached):
        until = last if chosen is None else min(last, chosen)
        if first <= until:
            _bar(figure, first - 0.42, until + (0.42 if until == last else 0.5), row, theme.blue)
        if until < last:
            start = max(first, until + 1)
            _bar(figure, start - (0.5 if start > first else 0.42), last + 0.42, row, theme.context_mark)
    for slot in group.loc[group["state"] == "missed", "slot"]:
        figure.add_shape(
            type="line", x0=slot - 0.1, x1=slot + 0.1, y0=row, y1=row, line={"width": 2, "color": theme.no_data},
        )


def _bar(figure: go.Figure, x0: float, x1: float, row: int, colour: str) -> None:
    figure.add_shape(type="rect", x0=x0, x1=x1, y0=row - 0.33, y1=row + 0.33, fillcolor=colour, line={"width": 0})


def _boxes(figure: go.Figure, theme: Theme, view: View) -> None:
    for row, first, last, words in view.detail["boxes"]:
        figure.add_shape(
            type="rect", x0=first - 0.42, x1=last + 0.42, y0=row - 0.42, y1=row + 0.42, fillcolor=theme.bg,
            line={"width": 1, "color": theme.no_data, "dash": "dot"},
        )
        if (last - first + 1) * 54 > len(words) * 7.4:
            figure.add_annotation(
                x=(first + last) / 2, y=row, text=words, showarrow=False, font={"size": 14, "color": theme.muted},
            )
    for slot, first, last in view.detail["brackets"]:
        figure.add_shape(
            type="path", path=f"M {slot - 0.5} {first} H {slot - 0.44} V {last} H {slot - 0.5}",
            line={"width": 1.5, "color": theme.no_data},
        )


def _labels(figure: go.Figure, theme: Theme, view: View) -> None:
    detail = view.detail
    for row, name in view.frame.drop_duplicates("row")[["row", "name"]].itertuples(index=False):
        _beside(figure, 0, row, name, "right", theme.text)
    for row, (words, tone) in enumerate(detail["streaks"]):
        ink = {"strong": theme.blue, "plain": theme.blue, "missed": theme.orange, "quiet": theme.muted}[tone]
        _beside(figure, 1, row, f"<b>{words}</b>" if tone == "strong" else words, "left", ink)
    for x, words, anchor in ((0, detail["fraction_head"], "right"), (1, detail["streak_head"], "left")):
        figure.add_annotation(
            x=x, y=1, xref="paper", yref="paper", xshift=-12 if anchor == "right" else 12, yshift=16, text=words,
            showarrow=False, xanchor=anchor, yanchor="middle", font={"size": 14, "color": theme.muted},
        )


def _beside(figure: go.Figure, x: float, row: float, words: str, anchor: str, ink: str) -> None:
    figure.add_annotation(
        x=x, y=row, xref="paper", xshift=-12 if anchor == "right" else 12, text=words, showarrow=False,
        xanchor=anchor, yanchor="middle", font={"size": 14, "color": ink},
    )


def _hover(figure: go.Figure, view: View) -> None:
    figure.add_scatter(
        x=view.frame["slot"], y=view.frame["row"], mode="markers",
        marker={"size": 18, "opacity": 0, "symbol": "square"},
        customdata=view.frame[["hover"]].to_numpy(), ids=refs_of(view.frame),
        hovertemplate="%{customdata[0]}<extra></extra>",
    )


def _phone(view: View, theme: Theme) -> go.Figure:
    """One line a group: name, the last five years up to the chosen one, streak."""
    detail, rows = view.detail, len(view.detail["streaks"])
    told = view.frame.loc[view.frame["state"].isin(["reached", "missed"]), "slot"]
    end = int(told.max() if detail["chosen"] is None else min(told.max(), detail["chosen"]))
    labelled = [place for place in range(end + 1) if detail["slots"][place]][-_PHONE_YEARS:]
    first = labelled[0]
    names = view.frame.assign(name=view.frame["name"].map(_cut))
    left = 14 + int(8 * max(len(name) for name in names["name"]))
    right = 14 + int(8.2 * max(len(words) for words, _ in detail["streaks"]))
    slot = (_PHONE_NARROW - left - right) / (end - first + 1)
    events = [event for event in view.events if first <= event.place <= end]
    marks = marks_height(events, slot)
    figure = Figure(layout=base_layout(theme, rows * 30 + _HEAD + marks + 8, (left, right, _HEAD + marks, 8)))
    add_marks(figure, theme, events, slot, paper_y=1, top=_HEAD + marks)
    figure.update_xaxes(range=[first - 0.5, end + 0.5], visible=False)
    figure.update_yaxes(range=[rows - 0.5, -0.5], visible=False)
    shown = names[names["slot"].between(first, end)]
    slots = [label if place >= first and place <= end else None for place, label in enumerate(detail["slots"])]
    add_year_band(figure, theme, end if end == detail["chosen"] else None, 0, 1 + _HEAD / (rows * 30))
    for place in range(first, end + 1):
        if not detail["slots"][place]:
            add_breaks(figure, theme, [*(["x"] * place), ""])
    for row, group in shown.groupby("row"):
        _line(figure, theme, int(row), group, end)
        _beside(figure, 0, int(row), group["name"].iloc[0], "right", theme.text)
    for row, (words, tone) in enumerate(detail["streaks"]):
        ink = {"strong": theme.blue, "plain": theme.blue, "missed": theme.orange, "quiet": theme.muted}[tone]
        _beside(figure, 1, row, f"<b>{words}</b>" if tone == "strong" else words, "left", ink)
    for row, start, last, _ in detail["boxes"]:
        if last >= first and start <= end:
            figure.add_shape(
                type="rect", x0=max(start, first) - 0.42, x1=min(last, end) + 0.42, y0=row - 0.33, y1=row + 0.33,
                fillcolor=theme.bg, line={"width": 1, "color": theme.no_data, "dash": "dot"},
            )
    add_slot_words(figure, theme, slots, end, paper_y=1, yshift=38)
    # words that there is none are wider than a year is here
    fractions = [_brief(said) if slots[place] else "" for place, said in enumerate(detail["fractions"])]
    add_slot_words(figure, theme, fractions, end, paper_y=1, yshift=16, quiet=False)
    return figure


def _brief(fraction: str) -> str:
    return fraction if fraction[:1].isdigit() or not fraction else "–"


def _cut(name: str) -> str:
    return name if len(name) <= _PHONE_NAME else name[: _PHONE_NAME - 1].rstrip() + "…"

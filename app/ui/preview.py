"""The parts of a report's preview on screen: tables of what would change, charts before and after, batches to undo."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

import streamlit as st

from app.charts import draw
from app.ui.book import named
from app.ui.context import Context
from app.ui.elements import PLOTLY, ask_for_name, heading, html, printed
from app.ui.groups import groups_of
from app.ui.tables import table_html
from app.ui.writing import show_faults
from app.views.batches import batch_names, batches_table
from app.views.preview import charts_changed, frame_with, groups_with, word_columns
from app.views.view import Table, View
from core.errors import Fault, FaultError
from core.figures import Figure, UnitKey
from core.lineage import lineage
from core.store import Group, batches, flags, sources, tidy, undo
from core.yearbook import Yearbook

LATEST = 10  # batches in the list
SAID = "upload-said"  # what was done in the run before, said once the screen is drawn anew


def plain_label(words: str) -> str:
    """Words of a file or a name as the label of a widget, which Streamlit would read as Markdown."""
    return re.sub(r"([\\`*_\[\]$:~<>#|!])", r"\\\1", words)


def lines(title: str, words: Sequence[str]) -> None:
    """A short list under its heading; nothing where it is empty."""
    if words:
        items = "".join(f"<li>{printed(line)}</li>" for line in words)
        html(f'<h3 class="w-group">{printed(title)}</h3><ul class="w-quotes">{items}</ul>')


def show_changes(ctx: Context, tables: Mapping[str, Table], key: str) -> None:
    """What changes and what is new, in full; what stays the same behind its number."""
    for kind, table in tables.items():
        body = table_html(table, words=word_columns(table, ctx.lang), stacked=ctx.phone)
        title = ctx.t(f"upload.{kind}", count=len(table.rows))
        if kind == "same":
            with st.expander(title, key=f"same-{key}"):
                html(body)
        else:
            html(f'<h3 class="w-group">{printed(title)}</h3>{body}')


def show_charts(ctx: Context, charts: Sequence[tuple[View | None, View]], key: str) -> None:
    """A picker of the charts that would change, and the chosen one before and after, side by side."""
    if not charts:
        return
    html(f'<h3 class="w-group">{printed(ctx.t("upload.charts", count=len(charts)))}</h3>')
    place = st.selectbox(ctx.t("upload.chart"), range(len(charts)), key=f"chart-{key}",
                         format_func=lambda place: charts[place][1].title)  # fmt: skip
    for column, name, view in zip(st.columns(2, gap="large"), ("before", "after"), charts[place], strict=True):
        with column:
            html(f'<p class="w-small"><b>{printed(ctx.t(f"upload.{name}"))}</b></p>')
            if view is None:
                html(f'<p class="w-small">{printed(ctx.t("upload.no_chart"))}</p>')
                continue
            heading(view.title, view.subtitle)
            figure = draw(view, ctx.theme, phone=True)  # half a page is as narrow as a phone
            st.plotly_chart(figure, theme=None, width="stretch", alt=view.alt, key=f"{name}-{key}-{view.id}",
                            config=PLOTLY)  # fmt: skip


def charts_of(
    ctx: Context, new: Iterable[Figure], groups: Iterable[Group], unit: UnitKey, name: str
) -> list[tuple[View | None, View]]:
    """Charts before and after `new` is stored, over the newest figures of a unit and of those it came from or went to.

    `groups` are the residential groups stored with them, `name` what the charts then give as their source.
    """
    units = lineage(ctx.catalogue, unit)
    figures = [figure for figure in new if figure.unit in units]
    before = tidy(ctx.store, "tidy_indicators", unit=units, period=None, approved=False)
    known, stood = sources(ctx.store, units, approved=False), flags(ctx.store, units, approved=False)
    after = frame_with(before, figures, known, ctx.catalogue, name)
    there = groups_of(ctx, units)
    books = [
        (Yearbook(ctx.catalogue, units, frame, stood), each)
        for frame, each in ((before, there), (after, groups_with(there, groups)))
    ]
    return charts_changed(*books, figures, ctx.catalogue.unit(unit), ctx.lang)


def show_batches(ctx: Context, who: str) -> None:
    """The latest batches, and the undoing of one of them: of a report, or of an undoing."""
    known = named(ctx, batches(ctx.store))
    if known.empty:
        return
    heading(ctx.t("upload.batches"))
    html(table_html(batches_table(known.head(LATEST), ctx.lang), words=(1, 2, 3, 5, 6), stacked=ctx.phone))
    live = known[known["state"] == "live"]
    names = batch_names(live, ctx.lang)
    left, right = st.columns(2, gap="large")
    with left:
        number = st.selectbox(ctx.t("upload.choose_batch"), list(names), key="batch-to-undo", index=None,
                              format_func=names.get)  # fmt: skip
    with right:
        reason = st.text_input(ctx.t("upload.ask_reason"), key="reason-to-undo")
    if st.button(ctx.t("upload.undo"), disabled=number is None or not who):
        _undo(ctx, int(number), who, reason)
    if number is not None:
        ask_for_name(ctx, who)


def _undo(ctx: Context, number: int, who: str, reason: str) -> None:
    ctx.person.require("enter")
    try:
        if not reason.strip():
            raise FaultError([Fault("upload.no_reason")])
        by = undo(ctx.store, number, who, reason.strip())
    except FaultError as refused:
        show_faults(ctx, refused)
        return
    st.session_state[SAID] = (ctx.t("upload.was_undone", batch=number, by=by), "")
    for name in ("batch-to-undo", "reason-to-undo"):
        st.session_state.pop(name, None)
    st.rerun()


def say_what_was_done() -> None:
    """The sentence of the deed before this run, once, and where it leads."""
    said, link = st.session_state.pop(SAID, ("", ""))
    if said:
        where = f'<p class="w-small">{link}</p>' if link else ""
        html(f'<p class="w-lead" role="status">{printed(said)}</p>{where}')

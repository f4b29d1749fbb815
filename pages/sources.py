"""The sources screen: what years and families have figures, and for each figure the report and place it came from."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from app.ui.asked import show_asked
from app.ui.context import Context
from app.ui.elements import empty, heading, html, message
from app.ui.groups import groups_of
from app.ui.source_table import entries_csv, entries_html
from app.ui.tables import file_name, table_csv, table_html
from app.views import sources as view
from app.views.words import place_words
from core.catalogue import FAMILIES
from core.series import lineage
from core.store import reports
from core.store import sources as read_sources

ROWS = 100  # shown at first; a page of a thousand rows is read by nobody


def render(ctx: Context) -> None:
    """Draw the screen: message, coverage, filters, the table of origins; an empty state where there is nothing.

    Where the address asks for the rows behind one number, those alone.
    """
    if show_asked(ctx):
        return
    units = lineage(ctx.catalogue, ctx.unit.key)
    frames = [read_sources(ctx.store, key) for key in units]
    frame = pd.concat([each for each in frames if len(each)] or frames[:1], ignore_index=True)
    if frame.empty:
        message(ctx, ctx.t("ui.empty_title"))
        empty(ctx, ctx.t("sources.empty_what"))
        return
    message(ctx, *view.message(frame, ctx.lang))
    _coverage(ctx, frame)
    found = view.entries(frame, ctx.catalogue, groups_of(ctx, units), reports(ctx.store), ctx.lang)
    _origins(ctx, found)


def _coverage(ctx: Context, frame: pd.DataFrame) -> None:
    place = place_words(ctx.unit, ctx.lang)
    heading(view.coverage_title(frame, ctx.catalogue, ctx.lang))
    table = view.coverage(frame, ctx.catalogue, place, ctx.lang, tall=ctx.phone)
    html(table_html(table, chosen=str(ctx.year or "")))
    st.download_button(
        ctx.t("ui.download_csv"), data=lambda: table_csv(table), mime="text/csv", on_click="ignore",
        file_name=file_name(ctx.unit.name, "coverage") + ".csv", key="sources-coverage-csv",
    )  # fmt: skip


def _origins(ctx: Context, found: tuple[view.Entry, ...]) -> None:
    """Filters, then the entries they leave, the first hundred until more are asked for."""
    words, family, year = _filters(ctx)
    kept = view.search(found, words, family, year)
    if not kept:
        heading(ctx.t("sources.found_none"))
        return
    more = f"sources-more-{words}-{family}-{year}"
    shown = kept if st.session_state.get(more) else kept[:ROWS]
    name = "found_title" if len(shown) == len(kept) else "found_title_some"
    period = ctx.t("sources.this_year", year=year) if year else ctx.t("sources.all_years")
    heading(ctx.t(f"sources.{name}", count=len(kept), shown=len(shown)))
    caption = ctx.t("sources.found_caption", place=place_words(ctx.unit, ctx.lang), period=period.lower())
    html(entries_html(shown, caption, ctx))
    if len(shown) < len(kept):
        st.button(ctx.t("sources.more", count=len(kept) - len(shown)), key=more)
    st.download_button(
        ctx.t("sources.download"), data=lambda: entries_csv(kept, ctx), mime="text/csv", on_click="ignore",
        file_name=file_name(ctx.unit.name, "sources") + ".csv", key="sources-csv",
    )  # fmt: skip


def _filters(ctx: Context) -> tuple[str, str, int | None]:
    """The words searched for, the family ("" for all) and the year (None for all), as they stand in the address."""
    left, middle, right = st.columns([2, 1.2, 1.2], vertical_alignment="bottom")
    with left:
        words = st.text_input(
            ctx.t("sources.search"), placeholder=ctx.t("sources.search_example"), key="tim", bind="query-params"
        )
    families = {"": ctx.t("sources.all_families")} | {name: ctx.catalogue.families[name][ctx.lang] for name in FAMILIES}
    with middle:
        family = st.selectbox(
            ctx.t("sources.choose_family"), list(families), format_func=families.get, key="nhom", bind="query-params"
        )
    periods = {"year": ctx.t("sources.this_year", year=ctx.year), "all": ctx.t("sources.all_years")}
    if ctx.year is None:
        periods.pop("year")
    with right:
        period = st.selectbox(
            ctx.t("sources.choose_period"), list(periods), format_func=periods.get, key="thoi-gian", bind="query-params"
        )
    return words or "", family, ctx.year if period == "year" else None

"""Sources and data quality: what is known of which year and how well, and where each figure came from."""

from __future__ import annotations

from html import escape

import streamlit as st

from app.server.routes import OPEN_DATA
from app.server.visits import in_language
from app.ui.asked import show_asked
from app.ui.book import nameless, units_of
from app.ui.context import Context
from app.ui.elements import empty, heading, html, message
from app.ui.groups import groups_of
from app.ui.logged import download
from app.ui.quality import quality
from app.ui.source_table import entries_csv, entries_html
from app.ui.tables import file_name
from app.views import sources as view
from app.views.words import place_words
from core.catalogue import FAMILIES
from core.store import reports
from core.store import sources as read_sources
from core.vi.numbers import format_number

ROWS, PHONE_ROWS = 100, 25  # a page of a thousand rows is read by nobody


def render(ctx: Context) -> None:
    """Draw the screen: message, the quality of the data, filters, the table of origins; else an empty state.

    Where the address asks for the rows behind one number, those alone.
    """
    if show_asked(ctx):
        return
    units = units_of(ctx)
    frame = nameless(ctx, read_sources(ctx.store, units))
    if frame.empty:
        message(ctx, ctx.t("ui.empty_title"))
        empty(ctx, ctx.t("sources.empty_what"))
        return
    message(ctx, *view.message(frame, ctx.lang))
    known = reports(ctx.store, frame["batch"].unique())
    quality(ctx, frame, dict(zip(known["batch"], known["title"], strict=True)))
    st.space("small")
    found = view.entries(frame, ctx.catalogue, groups_of(ctx, units), known, ctx.lang)
    _origins(ctx, found)


def _origins(ctx: Context, found: tuple[view.Entry, ...]) -> None:
    """Filters, then the entries they leave, a page at a time."""
    words, family, year = _filters(ctx)
    kept = view.search(found, words, family, year)
    if not kept:
        heading(ctx.t("sources.found_none"))
        return
    period = ctx.t("sources.this_year", year=year) if year else ctx.t("sources.all_years")
    heading(ctx.t("sources.found_title", count=format_number(len(kept), 0, ctx.lang)))
    first = _page(ctx, len(kept), f"{words}-{family}-{year}")
    caption = ctx.t("sources.found_caption", place=place_words(ctx.unit, ctx.lang), period=period.lower())
    html(entries_html(kept[first : first + _rows(ctx)], caption, ctx))
    download(
        ctx, ctx.t("sources.download"), lambda: entries_csv(kept, ctx), screen="sources",
        name=file_name(ctx.unit.name, "sources") + ".csv", key="sources-csv",
    )  # fmt: skip
    html(f'<p class="w-small"><a href="{escape(in_language(OPEN_DATA, ctx.lang))}" target="_blank" rel="noopener">'
         f'{escape(ctx.t("sources.open_data"))}</a></p>')  # fmt: skip


def _rows(ctx: Context) -> int:
    return PHONE_ROWS if ctx.phone else ROWS


def _page(ctx: Context, count: int, key: str) -> int:
    """The place of the first entry of the page asked for; no choice where one page holds them all."""
    rows = _rows(ctx)
    if count <= rows:
        return 0
    whole = format_number(count, 0, ctx.lang)
    said = {
        first: ctx.t("sources.rows", first=first + 1, last=min(first + rows, count), count=whole)
        for first in range(0, count, rows)
    }
    narrow, _ = st.columns([1, 3])
    with narrow:
        return st.selectbox(ctx.t("sources.choose_rows"), list(said), format_func=said.get, key=f"sources-rows-{key}")


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

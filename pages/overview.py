"""The overview: what a ward reached in a year, at a glance."""

from __future__ import annotations

import streamlit as st

from app.ui.book import book_of, quotes_of, units_of
from app.ui.changes import changes_list, late_list, quote_list
from app.ui.context import Context
from app.ui.elements import Count, Tile, counts, empty, heading, html, message, notes, printed, show, source, tiles
from app.ui.noted import shortfalls_of
from app.ui.wording import screen_message
from app.views.overview import Headline, Overview, overview
from app.views.quotes import Quote, quotes
from core.store.shown import kept_back

OPEN_QUOTES = 6  # more sentences than this wait behind their heading


def render(ctx: Context) -> None:
    """Message, counts, tiles, gaps, what changed and what is missing; an empty year says so itself."""
    book = book_of(ctx)
    said = shortfalls_of(ctx)
    found = overview(
        book, ctx.unit, ctx.year, ctx.lang, ctx.today, said, person=ctx.person.may("trace"),
        unshown=kept_back(ctx.store, units_of(ctx)),
    )  # fmt: skip
    if found is None:
        message(ctx, ctx.t("ui.empty_title"))
        empty(ctx, ctx.t("overview.what"))
        return
    screen_message(ctx, "overview", found.title, found.lead)
    if not found.headlines:
        empty(ctx, ctx.t("overview.what"))
        return
    counts(ctx, [Count(row.state, str(row.count), row.word, row.rule) for row in found.counts])
    st.space("small")
    tiles(ctx, [_tile(row) for row in found.headlines])
    _small_print(found)
    st.space("small")
    _lower_part(ctx, found)
    _sentences(ctx, quotes(quotes_of(ctx, found.year), found.indicators, ctx.lang), found)


def _tile(row: Headline) -> Tile:
    return Tile(
        name=row.name, value=row.value, unit=row.unit, plan=row.plan, gap=row.gap, note=row.note,
        state="" if row.state == "no_plan" else row.state, state_word=row.state_word, sum=row.sum, spark=row.spark,
        spark_chosen=row.spark_chosen,
        spark_alt=row.spark_alt, ref=row.point.ref(row.indicator.id),
    )  # fmt: skip


def _small_print(found: Overview) -> None:
    lines = [*found.boundary, found.beyond, found.spark_note, found.rule_note]
    html("".join(f'<p class="w-small">{printed(line)}</p>' for line in lines if line))


def _lower_part(ctx: Context, found: Overview) -> None:
    """The gaps beside what changed and what is late; without gaps those two stand side by side."""
    late = [each for each in (found.promises, found.late) if each is not None]
    if found.bullets is None:
        left, right = st.columns(2, gap="large") if found.changes and late else (st.container(), st.container())
    else:
        left, right = st.columns([2.05, 1], gap="large") if found.changes or late else (st.container(),) * 2
        with left:
            show(ctx, found.bullets)
    if found.changes is not None:
        with left if found.bullets is None else right:
            changes_list(ctx, found.changes)
    with right:
        for each in late:
            late_list(ctx, each)
    if found.bullets is None:
        notes(found.explained)
        source(ctx, found.source, is_sample=found.is_sample)


def _sentences(ctx: Context, said: tuple[Quote, ...], found: Overview) -> None:
    if not said:
        return
    st.space("small")
    title, under = ctx.t("overview.quotes_title"), ctx.t("overview.quotes_subtitle", year=found.year)
    if len(said) <= OPEN_QUOTES:
        heading(title, under)
        quote_list(said)
    else:
        with st.expander(title, key="overview-quotes"):
            quote_list(said)

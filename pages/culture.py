"""The culture screen: residential groups this year and over the years, families and agencies."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from html import escape

import streamlit as st

from app.ui.book import book_of, book_of_unit, quotes_of
from app.ui.context import Context
from app.ui.elements import Tile, empty, html, message, printed, show, tiles
from app.ui.groups import groups_of
from app.ui.noted import explained_groups
from app.ui.wording import screen_message
from app.views import culture, words
from app.views.matrix import matrix_view
from app.views.view import View
from app.views.waffle import waffle_view
from core.yearbook import Yearbook


def render(ctx: Context) -> None:
    """Draw the screen: message, waffle beside families, matrix, agencies; an empty state where there is nothing."""
    book = book_of(ctx, "tidy_culture")
    if book.years is None:
        message(ctx, ctx.t("culture.empty_title"))
        empty(ctx, ctx.t("culture.empty_what"))
        return
    groups, year = groups_of(ctx, book.units), ctx.year or book.years[1]
    screen_message(ctx, "culture", *culture.message(book, groups, year, ctx.lang))
    waffle = waffle_view(book, groups, year, ctx.unit, ctx.lang)
    families = culture.share(book, *culture.SHARES[0], year, ctx.unit, ctx.lang)
    left, right = st.columns([1.35, 1], gap="large") if waffle else (st.container(), st.container())
    with left:
        if waffle:
            show(ctx, replace(waffle, notes=(*explained_groups(ctx, year), *waffle.notes)))
    with right:
        if families:
            show(replace(ctx, phone=ctx.phone or waffle is not None), families)  # half a page is as narrow as a phone
        elif book.merger is None and waffle and waffle.detail["words"] and waffle.detail["form"] != "share":
            _report_says(ctx, year)
        _single_years(ctx, book, year)
    for view in (
        matrix_view(book, groups, year, ctx.unit, ctx.lang),
        culture.share(book, *culture.SHARES[1], year, ctx.unit, ctx.lang),
        *_former_wards(ctx, book, year),
    ):
        if view:
            st.space("small")
            show(ctx, view)


def _former_wards(ctx: Context, book: Yearbook, year: int) -> Iterator[View]:
    """On today's boundary the groups of each former ward, side by side: they are not merged into one list."""
    for unit in book.merger.full if book.merger else ():
        own = book_of_unit(ctx, unit, "tidy_culture")
        named = replace(unit, name=book.merger.name(unit))
        last = min(year, own.years[1]) if own.years else year
        view = matrix_view(own, groups_of(ctx, own.units), last, named, ctx.lang)
        if view is not None:
            yield replace(view, id=f"{view.id}-{unit.code}", notes=(*view.notes, ctx.t("boundary.rule_groups")))


def _single_years(ctx: Context, book: Yearbook, year: int) -> None:
    """Families and agencies known for one year only: a figure, for a line needs two."""
    found = []
    for indicators in culture.SHARES:
        series = culture.share_series(book, *indicators)
        point = series.at(year) if series and len(series.known) == 1 else None
        if point is not None and point.known:
            value, unit = words.value_and_unit(series.indicator, point, ctx.lang)
            found.append(Tile(
                name=series.indicator.name(ctx.lang), value=value, unit=unit, state=point.status.state,
                state_word=words.state_word(series.indicator, point.status, ctx.lang),
                plan=words.plan_words(series.indicator, point, ctx.lang),
                gap=words.gap_words(series.indicator, point, ctx.lang), ref=point.ref(series.indicator.id),
            ))  # fmt: skip
    if found:
        tiles(ctx, found)


def _report_says(ctx: Context, year: int) -> None:
    """The sentence the count was read from, where no group is named."""
    rows = quotes_of(ctx, year)
    rows = rows[(rows["indicator"] == "cultural_groups") & (rows["scenario"] != "plan") & (rows["quote"] != "")]
    if len(rows):
        first = rows.iloc[0]
        html(
            f'<h2 class="w-title">{escape(ctx.t("culture.report_says"))}</h2>'
            f'<blockquote class="w-quote">{printed(first["quote"])}</blockquote>'
            f'<p class="w-subtitle">{escape(first["report"])}, {escape(first["place"])}</p>'
        )

"""Wards side by side in one indicator of the year, then two years of one's own ward side by side."""

from __future__ import annotations

import streamlit as st

from app.ui.book import book_of
from app.ui.choices import YEAR, choose_named
from app.ui.context import Context
from app.ui.elements import empty, heading, html, message, printed, show
from app.views.compare import message_words, offered
from app.views.peers import Comparison, comparison
from app.views.slope import earlier_year, nearest_pair, pair_of, slope_view, withheld_words, years_of
from app.views.strip import apart_view, strip_view
from app.views.words import place_words
from core.lineage import lineage
from core.store import across_units, shared_indicators

INDICATOR, OTHER_YEAR = "so-sanh-chi-tieu", "so-voi"


def render(ctx: Context) -> None:
    """The strip of the wards that can be compared, those of other kinds apart, then the years."""
    if ctx.year is None:
        message(ctx, ctx.t("ui.empty_title"))
        empty(ctx, ctx.t("compare.what"))
        return
    _wards(ctx)
    _years(ctx)


def _wards(ctx: Context) -> None:
    own = lineage(ctx.catalogue, ctx.unit.key)
    known = shared_indicators(ctx.store, ctx.year, own=own, sample=ctx.unit.is_sample)
    choices = offered(known, ctx.catalogue.indicators)
    if not choices:
        lead = "compare.lead_alone_sample" if ctx.unit.is_sample else "compare.lead_alone"
        message(ctx, ctx.t("compare.message_alone", year=ctx.year), ctx.t(lead, year=ctx.year))
        return
    chosen = _choose(ctx, choices)
    row = ctx.catalogue.indicators[chosen]
    frame = across_units(ctx.store, chosen, [ctx.year - 1, ctx.year], sample=ctx.unit.is_sample)
    found: Comparison = comparison(ctx.catalogue, row, frame, own, ctx.year)
    message(ctx, *message_words(found, ctx.unit, ctx.lang))
    for view in (strip_view(found, ctx.unit, ctx.lang), apart_view(found, ctx.unit, ctx.lang)):
        if view is not None:
            show(ctx, view)
            st.space("small")


def _choose(ctx: Context, choices: dict[str, int]) -> str:
    """The indicator that is compared; its id stands in the address."""
    names = {name: ctx.catalogue.indicators[name].name(ctx.lang) for name in choices}
    with st.columns([2, 1])[0]:
        return choose_named(ctx.t("compare.choose_indicator"), names, INDICATOR)


def _years(ctx: Context) -> None:
    """Two years of one's own ward: the chosen one and another, by itself the last that can be compared with it."""
    book = book_of(ctx)
    known, default = years_of(book), earlier_year(book, ctx.year)
    place = place_words(ctx.unit, ctx.lang)
    others = [year for year in known if year != ctx.year]
    if not others:
        html(f'<p class="w-small">{printed(ctx.t("slope.only_year", place=place, year=ctx.year))}</p>')
        return
    other = _other_year(ctx, others, default if default is not None else others[0])
    pair = pair_of(book, min(other, ctx.year), max(other, ctx.year))
    view = slope_view(pair, ctx.unit, ctx.lang)
    if view is not None:
        show(ctx, view)
        return
    heading(ctx.t("slope.section", place=place), withheld_words(pair, ctx.lang))
    _offer(ctx, nearest_pair(book, ctx.year))


def _other_year(ctx: Context, others: list[int], default: int) -> int:
    names = {str(year): str(year) for year in sorted(others, key=lambda year: (year != default, -year))}
    with st.columns([1, 3])[0]:
        return int(choose_named(ctx.t("slope.choose_other", year=ctx.year), names, OTHER_YEAR))


def _offer(ctx: Context, pair: tuple[int, int] | None) -> None:
    """A button that goes to the nearest two years that can be compared."""
    if pair is not None:
        old, new = pair
        st.button(ctx.t("slope.offer", old=old, new=new), key="slope-offer", on_click=_go_to, args=(old, new))


def _go_to(old: int, new: int) -> None:
    st.session_state[YEAR] = new
    st.query_params[OTHER_YEAR] = str(old)

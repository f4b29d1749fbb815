"""Any indicator of the catalogue: its course over the years, what it is, and every figure there is of it."""

from __future__ import annotations

from html import escape

import streamlit as st

from app.ui.book import book_of
from app.ui.choices import choose_named
from app.ui.context import Context
from app.ui.elements import empty, heading, html, message, printed, show
from app.ui.tables import table_html
from app.views.indicators import Entry, choices, entry, family_view, indicator_view, known_ids, scenarios
from app.views.lines import series_message
from core.series import Yearbook

FAMILY, INDICATOR = "linh-vuc", "chi-tieu"


def render(ctx: Context) -> None:
    """The picker, the chosen indicator's chart, its entry, its figures, then its family."""
    book = book_of(ctx)
    family, chosen = _choose(ctx, book)
    view = indicator_view(book, chosen, ctx.unit, ctx.year, ctx.lang)
    said = entry(ctx.catalogue, chosen, ctx.lang)
    message(ctx, series_message(book, book.series(chosen), ctx.year, ctx.lang) if view else said.name, said.definition)
    if view is None:
        empty(ctx, ctx.t("indicators.what"))
    else:
        show(ctx, view)
    if ctx.catalogue.indicators[chosen].unit == "award":
        html(f'<p class="w-small">{printed(ctx.t("indicators.register_apart"))}</p>')
    st.space("small")
    _entry(ctx, said)
    table = scenarios(book, chosen, ctx.lang)
    if table is not None:
        heading(ctx.t("indicators.section_scenarios"), ctx.t("indicators.scenarios_subtitle"))
        html(table_html(table, chosen=str(ctx.year or "")))
    together = family_view(book, family, ctx.unit, ctx.year, ctx.lang)
    if together is not None:
        st.space("small")
        show(ctx, together)


def _choose(ctx: Context, book: Yearbook) -> tuple[str, str]:
    """Family, then indicator by its name; those with figures come first.

    The address carries their ids, so that a link opens the same view in either language.
    """
    families = {name: words[ctx.lang] for name, words in ctx.catalogue.families.items()}
    left, right = st.columns([1, 2])
    with left:
        family = choose_named(ctx.t("indicators.choose_family"), families, FAMILY)
    known = known_ids(book)
    rows = sorted(choices(ctx.catalogue, family), key=lambda row: row.id not in known)
    with right:
        chosen = choose_named(
            ctx.t("indicators.choose_indicator"), {row.id: _name(ctx, row, known) for row in rows}, INDICATOR
        )
    return family, chosen


def _name(ctx: Context, row, known: set[str]) -> str:
    name = row.name(ctx.lang)
    return name if row.id in known else ctx.t("indicators.no_figures", name=name)


def _entry(ctx: Context, said: Entry) -> None:
    heading(ctx.t("indicators.section_entry"))
    facts = "".join(f"<dt>{escape(term)}</dt><dd>{printed(words)}</dd>" for term, words in said.facts)
    html(f'<dl class="w-facts">{facts}</dl>')

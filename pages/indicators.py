"""Any indicator of the catalogue: its course over the years, what it is, and every figure there is of it."""

from __future__ import annotations

from html import escape

import streamlit as st

from app.ui.book import book_of, named
from app.ui.choices import choose_named
from app.ui.context import Context
from app.ui.elements import empty, heading, html, printed, show
from app.ui.tables import table_html
from app.ui.wording import screen_message
from app.views.indicators import Entry, choices, entry, family_view, indicator_view, judged_words, known_ids, scenarios
from app.views.lines import series_message
from app.views.revisions import keys_of, revisions
from core.store import history
from core.yearbook import Yearbook

FAMILY, INDICATOR = "linh-vuc", "chi-tieu"


def render(ctx: Context) -> None:
    """The picker, the chosen indicator's chart, its entry, its figures, then its family."""
    book = book_of(ctx)
    family, chosen = _choose(ctx, book)
    view = indicator_view(book, chosen, ctx.unit, ctx.year, ctx.lang)
    said = entry(ctx.catalogue, chosen, ctx.lang)
    title = series_message(book, book.series(chosen), ctx.year, ctx.lang) if view else said.name
    screen_message(ctx, f"indicator-{chosen}", title, said.definition)
    if view is None:
        empty(ctx, ctx.t("indicators.what"))
    else:
        show(ctx, view)
    if ctx.catalogue.indicators[chosen].unit == "award":
        html(f'<p class="w-small">{printed(ctx.t("indicators.register_apart"))}</p>')
    st.space("small")
    _entry(ctx, said, judged_words(book, chosen, ctx.year, ctx.lang))
    table = scenarios(book, chosen, ctx.lang)
    if table is not None:
        heading(ctx.t("indicators.section_scenarios"), ctx.t("indicators.scenarios_subtitle"))
        html(table_html(table, chosen=str(ctx.year or ""), stacked=len(table.header) > 4))
    if ctx.year is not None:
        _revisions(ctx, book, chosen, ctx.year)
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


def _revisions(ctx: Context, book: Yearbook, indicator: str, year: int) -> None:
    """What the chosen year's figures were before they were corrected; nothing where they never were."""
    if not ctx.person.may("enter"):  # what was never approved is among them
        return
    past = [(key, named(ctx, history(ctx.store, key))) for key in keys_of(book, indicator, year)]
    table = revisions(past, ctx.catalogue, year, ctx.lang)
    if table is not None:
        st.space("small")
        heading(ctx.t("indicators.section_revisions", year=year), ctx.t("indicators.revisions_subtitle"))
        html(table_html(table, words=(1, 2, 3, 4, 5, 6)))


def _entry(ctx: Context, said: Entry, state: tuple[str, str] | None) -> None:
    """What the catalogue says of the indicator, and before it how its state was worked out."""
    heading(ctx.t("indicators.section_entry"))
    rows = (state, *said.facts) if state else said.facts
    facts = "".join(f"<dt>{escape(term)}</dt><dd>{printed(words)}</dd>" for term, words in rows)
    html(f'<dl class="w-facts">{facts}</dl>')

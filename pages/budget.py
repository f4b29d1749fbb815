"""The budget: revenue on the territory, the ward's own revenue, expenditure; kinds of plan; what they are made of."""

from __future__ import annotations

import streamlit as st

from app.ui.book import book_of
from app.ui.context import Context
from app.ui.elements import empty, html, printed, show
from app.ui.wording import screen_message
from app.views.budget import OWN, SERIES, TERRITORY, message_words, mix_view, money_view, plans_view


def render(ctx: Context) -> None:
    """Each series on its own chart, then the chosen year's kinds of plan and lines."""
    book = book_of(ctx)
    title, lead = message_words(book, ctx.year, ctx.lang)
    screen_message(ctx, "budget", title or ctx.t("budget.empty_title"), lead)
    everything = ctx.phone and st.toggle(ctx.t("budget.all_years"), key="tat-ca-nam", bind="query-params")
    views = [money_view(book, ctx.unit, name, ctx.year, ctx.lang, all_years=everything) for name in SERIES]
    drawn = [view for view in views if view is not None]
    if not drawn:
        empty(ctx, ctx.t("budget.what"))
        return
    for view in drawn:
        show(ctx, view)
        st.space("small")
    if all(book.series(name).known for name in (TERRITORY, OWN)):
        html(f'<p class="w-small">{printed(ctx.t("budget.scope_words"))}</p>')
    if ctx.year is None:
        return
    plans = [plans_view(book, ctx.unit, name, ctx.year, ctx.lang) for name in SERIES]
    mixes = [mix_view(book, ctx.unit, flow, ctx.year, ctx.lang) for flow in ("revenue", "expenditure")]
    for view in [view for view in (*plans, *mixes) if view is not None]:
        show(ctx, view)
        st.space("small")

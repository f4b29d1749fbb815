"""History: what was done to the ward's figures between two days, by whom and why, and what differs between the two."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from html import escape

import streamlit as st

from app.ui.context import Context
from app.ui.elements import heading, html, message, printed
from app.ui.groups import groups_of
from app.ui.logged import download
from app.ui.tables import file_name, table_csv, table_html
from app.views import history as view
from app.views.words import place_words
from core.figures import UnitKey
from core.lineage import lineage
from core.store import years_known
from core.store.timeline import Deed, timeline
from core.vi.format import begin_of, day_here

DAYS = 30  # how far back the screen looks at first
MOST = 200  # sentences that are read at once


def render(ctx: Context) -> None:
    """Two days, a year, a level; then the deeds between them in sentences, or the figures that differ as a table."""
    ctx.person.require("trace")
    top = st.container()
    units = lineage(ctx.catalogue, ctx.unit.key)
    since, until, year, approved, shown = _choose(ctx, units)
    place = place_words(ctx.unit, ctx.lang)
    if since > until:
        with top:
            message(ctx, ctx.t("history.wrong_order"))
        return
    deeds = timeline(
        ctx.store, units, begin_of(since), begin_of(until + timedelta(1)), years=None if year is None else [year],
        approved=approved,
    )  # fmt: skip
    with top:
        message(ctx, *view.message(deeds, since, until, place, ctx.lang))
    groups = groups_of(ctx, units)
    names = dict(zip(groups["id"], groups["name"], strict=True)) if len(groups) else {}
    teller = view.Teller(ctx.catalogue, ctx.unit.key, names, ctx.name_of, ctx.lang)
    if shown == "net":
        _net(ctx, view.net_table(deeds, since, until, place, teller), (since, until))
    else:
        _deeds(ctx, deeds, teller)


def _choose(ctx: Context, units: tuple[UnitKey, ...]) -> tuple[date, date, int | None, bool, str]:
    """The two days, the year (None for all), whether approved values are asked for, and in which form."""
    known = years_known(ctx.store, units, approved=not ctx.person.may("enter"))["year"]
    years = [0, *sorted({int(year) for year in known}, reverse=True)]  # 0: all of them
    today = day_here(datetime.now(UTC))
    first, second, third = st.columns(3, vertical_alignment="bottom")
    with first:
        since = st.date_input(ctx.t("history.since"), value=today - timedelta(DAYS), max_value=today,
                              format="DD/MM/YYYY", key="history-since")  # fmt: skip
    with second:
        until = st.date_input(ctx.t("history.until"), value=today, max_value=today, format="DD/MM/YYYY",
                              key="history-until")  # fmt: skip
    with third:
        year = st.selectbox(
            ctx.t("history.year"), years, key="history-year",
            format_func=lambda year: str(year) if year else ctx.t("history.all_years"),
        )  # fmt: skip
    with st.container(horizontal=True, gap="large"):
        shown = st.segmented_control(
            ctx.t("history.show"), ("deeds", "net"), default="deeds", required=True, key="history-show",
            format_func=lambda name: ctx.t(f"history.show_{name}"),
        )  # fmt: skip
        approved = not ctx.person.may("enter") or st.segmented_control(
            ctx.t("history.level"), ("newest", "approved"), default="newest", required=True, key="history-level",
            format_func=lambda name: ctx.t(f"history.level_{name}"),
        ) == "approved"  # fmt: skip
    return since, until, year or None, approved, shown


def _deeds(ctx: Context, deeds: tuple[Deed, ...], teller: view.Teller) -> None:
    """The latest deeds, a heading for each day and person."""
    for day in view.history_days(deeds[-MOST:], teller):
        heading(day.title)
        html(f'<ul class="w-changes w-deeds">{"".join(_told(ctx, told) for told in day.told)}</ul>')
    if len(deeds) > MOST:
        html(f'<p class="w-small">{escape(ctx.t("history.more", count=len(deeds) - MOST))}</p>')


def _told(ctx: Context, told: view.Told) -> str:
    more = ""
    if told.details:
        lines = "".join(f"<li>{printed(line)}</li>" for line in told.details)
        name = escape(ctx.t("history.details", count=len(told.details)))
        more = f'<details class="w-more"><summary>{name}</summary><ul>{lines}</ul></details>'
    return f"<li><span>{told.at}</span><div>{printed(told.words)}{more}</div></li>"


def _net(ctx: Context, table, days: tuple[date, date]) -> None:
    """The figures that differ, to read and to take away; nothing where none does."""
    if not table.rows:
        return
    html(table_html(table, words=(3, 4, 5, 6), stacked=True))
    download(
        ctx, ctx.t("ui.download_csv"), lambda: table_csv(table), screen="history",
        name=file_name(ctx.unit.name, "lich-su", *(day.isoformat() for day in days)) + ".csv", key="history-csv",
    )  # fmt: skip

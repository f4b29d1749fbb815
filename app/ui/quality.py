"""How good a ward's data is: coverage, contradictions, age and owners, one under the other."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from app.ui.book import rows_of
from app.ui.context import Context
from app.ui.elements import heading, html, show
from app.ui.logged import download
from app.ui.source_table import differences_html
from app.ui.tables import file_name, table_csv, table_html
from app.views.ages import ages, ages_title
from app.views.coverage import coverage_view, followed
from app.views.differences import Differences, differences, differences_table
from app.views.owners import owed, owners, owners_title
from app.views.view import Table
from app.views.words import day_words, period_words, place_words
from core.yearbook import Yearbook


def quality(ctx: Context, frame: pd.DataFrame, titles: Mapping[int, str]) -> None:
    """What is known of which year, what contradicts itself, how old it is, and who owes what.

    `frame` holds the rows of core.store.sources of the ward's whole lineage, `titles` the title of a batch's report.
    """
    units, rows = rows_of(ctx, "tidy_indicators")
    book = Yearbook(ctx.catalogue, units, rows, frame)
    registered = set(frame.loc[frame["indicator"] == "", "year"])
    view = coverage_view(book, registered, ctx.unit, ctx.year, ctx.today, ctx.lang)
    if view is not None:
        show(ctx, view)
        st.space("small")
    _differences(ctx, differences(frame, ctx.catalogue, titles, ctx.lang), frame)
    place, today = place_words(ctx.unit, ctx.lang), day_words(ctx.today)
    if (frame["scenario"] != "plan").any():
        st.space("small")
        heading(ages_title(frame, ctx.lang), ctx.t("sources.ages_subtitle", place=place, today=today))
        _table(ctx, ages(frame, ctx.catalogue, place, ctx.today, ctx.lang), "ages")
    year = ctx.year if ctx.year is not None else book.years and book.years[1]
    if year is not None:
        st.space("small")
        rows = owed(followed(book, registered, ctx.lang), year, ctx.today, ctx.lang)
        heading(owners_title(rows, year, ctx.lang), ctx.t("sources.owners_subtitle", place=place, today=today))
        _table(ctx, owners(rows, year, ctx.lang), "owners", words=(4,))


def _differences(ctx: Context, found: Differences, frame: pd.DataFrame) -> None:
    """Each difference with both numbers and the report that prints it."""
    if not found.checked:
        return
    place = place_words(ctx.unit, ctx.lang)
    period = period_words(int(frame["year"].min()), int(frame["year"].max()))
    said = {"place": place, "period": period, "checked": found.checked}
    if not found.found:
        heading(ctx.t("sources.differences_none"), ctx.t("sources.differences_subtitle_none", **said))
        return
    title = ctx.t("sources.differences_title", count=len(found.found))
    heading(title, ctx.t("sources.differences_subtitle", **said))
    html(differences_html(found.found))
    _download(ctx, differences_table(found, place, ctx.lang), "differences")


def _table(ctx: Context, table: Table, name: str, words: tuple[int, ...] = ()) -> None:
    html(table_html(table, words=words, stacked=True))
    _download(ctx, table, name)


def _download(ctx: Context, table: Table, name: str) -> None:
    download(
        ctx, ctx.t("ui.download_csv"), lambda: table_csv(table), screen=f"sources-{name}",
        name=file_name(ctx.unit.name, name) + ".csv", key=f"sources-{name}-csv",
    )  # fmt: skip

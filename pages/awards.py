"""The awards screen: how many awards from which level, what a year's were made of, and the register."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from app.ui.book import award_book_of, book_of, quotes_of, report_titles
from app.ui.context import Context
from app.ui.elements import empty, heading, html, message, printed, show, source
from app.ui.logged import download
from app.ui.tables import file_name, table_csv, table_html
from app.ui.wording import screen_message
from app.views import awards
from app.views.award_counts import AwardBook
from app.views.ladder import ladder_views
from app.views.names import names_beside
from core.figures import UnitKey
from core.store import award_register, reports
from core.store.people import names_of
from core.yearbook import Yearbook

SENTENCES = {"docx", "html", "pdf", "txt"}


def render(ctx: Context) -> None:
    """Draw the screen: message, ladders, mix of the year, register; what is missing is said, never drawn as nought."""
    figures = book_of(ctx)
    book = award_book_of(ctx, figures.years)
    if book.years is None:
        message(ctx, ctx.t("awards.empty_title"))
        empty(ctx, ctx.t("awards.empty_what"))
        return
    year = ctx.year or book.years[1]
    read = quotes_of(ctx, year)
    reported = _in_sentences(ctx, read)
    screen_message(ctx, "awards", *awards.message(book, year, ctx.unit, ctx.lang, reported=reported))
    if awards.is_silent(book, year) and year not in book.reasons:
        _silent(ctx, figures, book, year, read if reported else read.iloc[0:0])
    for view in ladder_views(book, year, ctx.unit, ctx.lang):
        show(ctx, view)
        st.space("small")
    _mix(ctx, book, year)
    if not awards.is_silent(book, year):
        _register(ctx, book, year)


def _in_sentences(ctx: Context, read: pd.DataFrame) -> bool:
    """Whether a year is told of in a report of sentences: a table of figures mentions nothing it does not count."""
    return bool(set(reports(ctx.store, read["batch"].unique())["kind"]) & SENTENCES)


def _silent(ctx: Context, figures: Yearbook, book: AwardBook, year: int, read: pd.DataFrame) -> None:
    """What is no count of awards, in which years there is one, and which reports (the rows of `read`) gave none."""
    point = figures.series("cultural_groups").at(year) if figures.years else None
    count = str(int(point.value)) if point is not None and point.value is not None else ""
    lines = list(awards.silence_notes(count, year, ctx.lang)) if len(read) else []
    told = sorted(set(book.rows["year"]))
    if told:
        lines.append(ctx.t("awards.other_years", years=", ".join(str(each) for each in told)))
    if lines:
        said = "".join(f'<p class="w-subtitle">{printed(line)}</p>' for line in lines)
        html(f'<div class="w-empty">{said}</div>')
    else:
        empty(ctx, ctx.t("awards.empty_what"))
    names = sorted({name for name in read["report"] if name})
    if names:
        source(ctx, ctx.t("awards.report_read", names=" · ".join(names)), is_sample=bool(read["is_sample"].any()))


def _mix(ctx: Context, book: AwardBook, year: int) -> None:
    views = awards.mix_views(book, year, ctx.unit, ctx.lang)
    for column, view in zip(st.columns(len(views), gap="large") if views else (), views, strict=True):
        with column:
            show(ctx, view)


def _register(ctx: Context, book: AwardBook, year: int) -> None:
    """The rows of the register with decision numbers, as a table to read and to take away."""
    units = book.wards(book.at(year)) if book.merger else book.units
    rows = award_register(ctx.store, units, years=[year])
    titles = report_titles(ctx, rows)
    table = awards.register_table(rows, ctx.catalogue, year, ctx.unit, ctx.lang)
    st.space("small")
    if table is None:
        heading(ctx.t("awards.register_none", year=year), ctx.t("awards.register_none_why"))
        return
    heading(ctx.t("awards.register_title", year=year, count=len(table.rows)))
    html(table_html(table, words=(1, 2, 3, 5, 7)))
    download(
        ctx, ctx.t("ui.download_csv"), lambda: table_csv(table), screen="awards-register",
        name=file_name(ctx.unit.name, "so-khen-thuong", str(year)) + ".csv", key="awards-register-csv",
    )  # fmt: skip
    names = sorted({titles.get(name, name) for name in rows["report"] if name})
    source(ctx, " · ".join(names), is_sample=bool(rows["is_sample"].any()))
    if ctx.person.may("trace"):
        _names(ctx, units, year)


def _names(ctx: Context, units: Sequence[UnitKey], year: int) -> None:
    """Who was commended, where somebody wrote it beside the register: folded away, and for those signed in alone."""
    known = names_of(ctx.store, units, [year])
    if known.empty:
        return
    with st.expander(ctx.t("names.beside", count=len(known)), key="awards-names"):
        items = "".join(
            f"<li><b>{printed(row)}</b>{printed('; '.join(names))}</li>"
            for row, names in names_beside(known, ctx.catalogue, ctx.unit, ctx.lang)
        )
        html(f'<ul class="w-quotes">{items}</ul><p class="w-small">{printed(ctx.t("names.beside_note"))}</p>')

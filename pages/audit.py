"""The audit log: who did what and when; narrowed, read a page at a time, and taken away as CSV."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import streamlit as st

from app.ui.context import Context
from app.ui.elements import html, message
from app.ui.logged import download
from app.ui.tables import file_name, table_csv, table_html
from app.views.people import audit_table, deed_words, deeds_named, people_named, signed_words
from core.store.audit import audit_count, audit_log, deeds
from core.vi.format import begin_of, day_here
from core.vi.numbers import format_number

DAYS = 31  # how far back the screen looks at first
ROWS = 100  # entries of a page


def render(ctx: Context) -> None:
    """Filters, then a page of the entries they leave, newest first; the file holds them all."""
    ctx.person.require("audit")
    top = st.container()
    sought = _filters(ctx)
    count = audit_count(ctx.store, **sought)
    with top:
        message(ctx, ctx.t("people.audit_title", count=format_number(count, 0, ctx.lang)), ctx.t("people.audit_lead"))
    if not count:
        html(f'<p class="w-lead">{ctx.t("people.audit_none")}</p>')
        return
    log = audit_log(ctx.store, limit=ROWS, offset=_page(ctx, count, sought), **sought)
    html(table_html(audit_table(log, ctx.names, ctx.catalogue, ctx.lang), words=range(1, 5), stacked=True))
    download(
        ctx, ctx.t("ui.download_csv"), lambda: log_csv(ctx, sought), screen="audit",
        name=file_name("nhat-ky", ctx.today.isoformat()) + ".csv", key="audit-csv",
    )  # fmt: skip


def _filters(ctx: Context) -> dict[str, object]:
    """Person, deed, days and words, as core.store.audit.audit_count takes them."""
    people, known = deeds(ctx.store)
    first, second = st.columns(2)
    everyone, every_deed = ctx.t("people.everyone"), ctx.t("people.every_deed")
    with first:
        who = st.selectbox(
            ctx.t("people.who"), ["", *people], key="audit-who",
            format_func=lambda name: signed_words(name, ctx.names, ctx.lang) if name else everyone,
        )  # fmt: skip
    with second:
        what = st.selectbox(
            ctx.t("people.deed"), ["", *known], key="audit-what",
            format_func=lambda deed: deed_words(deed, ctx.lang) if deed else every_deed,
        )  # fmt: skip
    first, second, third = st.columns([1, 1, 2])
    today = day_here(datetime.now(UTC))
    with first:
        since = st.date_input(ctx.t("people.since"), value=today - timedelta(DAYS - 1), max_value=today,
                              format="DD/MM/YYYY", key="audit-since")  # fmt: skip
    with second:
        until = st.date_input(ctx.t("people.until"), value=today, max_value=today, format="DD/MM/YYYY",
                              key="audit-until")  # fmt: skip
    with third:
        words = (st.text_input(ctx.t("people.audit_words"), key="audit-words") or "").strip()
    named = [*deeds_named(words, known, ctx.lang), *people_named(words, ctx.names)] if words else []
    return {"who": who, "what": what, "since": begin_of(since), "until": begin_of(until + timedelta(1)),
            "words": words, "named": named}  # fmt: skip


def _page(ctx: Context, count: int, sought: dict[str, object]) -> int:
    """The place of the first entry of the page asked for; no choice where one page holds them all."""
    if count <= ROWS:
        return 0
    whole = format_number(count, 0, ctx.lang)
    narrow, _ = st.columns([1, 3])
    with narrow:
        return st.selectbox(
            ctx.t("people.audit_page"), range(0, count, ROWS), key=f"audit-page-{hash(str(sought))}",
            format_func=lambda at: ctx.t("people.audit_rows", first=at + 1, last=min(at + ROWS, count), count=whole),
        )  # fmt: skip


def log_csv(ctx: Context, sought: dict[str, object]) -> bytes:
    """Every entry that is sought, as a file."""
    return table_csv(audit_table(audit_log(ctx.store, **sought), ctx.names, ctx.catalogue, ctx.lang))

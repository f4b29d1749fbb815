"""The audit log: who did what and when; narrowed, and taken away as CSV."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import streamlit as st

from app.ui.context import Context
from app.ui.elements import html, message
from app.ui.tables import file_name, table_csv, table_html
from app.views.people import audit_table, deed_words
from core.store.audit import audit_log, deeds, note

ROWS = 200  # the newest ones; the file holds them all
SPANS = {"day": 1, "week": 7, "month": 31, "all": None}


def render(ctx: Context) -> None:
    """Filters, then the entries they leave, newest first."""
    ctx.person.require("audit")
    people, known = deeds(ctx.store)
    left, middle, right = st.columns(3)
    everyone, every_deed = ctx.t("people.everyone"), ctx.t("people.every_deed")
    with left:
        who = st.selectbox(ctx.t("people.who"), ["", *people], format_func=lambda name: name or everyone)
    with middle:
        what = st.selectbox(ctx.t("people.deed"), ["", *known],
                            format_func=lambda deed: deed_words(deed, ctx.lang) if deed else every_deed)  # fmt: skip
    with right:
        span = st.selectbox(ctx.t("people.since"), list(SPANS), index=2,
                            format_func=lambda span: ctx.t(f"people.span_{span}"))  # fmt: skip
    days = SPANS[span]
    since = None if days is None else datetime.combine(ctx.today - timedelta(days - 1), time(), UTC)
    log = audit_log(ctx.store, since=since, who=who, what=what)
    message(ctx, ctx.t("people.audit_title", count=len(log)), ctx.t("people.audit_lead"))
    html(table_html(audit_table(log.head(ROWS), ctx.lang), words=range(1, 5)))
    if len(log) > ROWS:
        html(f'<p class="w-small">{ctx.t("people.audit_more", shown=ROWS, count=len(log))}</p>')
    st.download_button(
        ctx.t("ui.download_csv"), data=lambda: _file(ctx, log), mime="text/csv", on_click="ignore",
        file_name=file_name("nhat-ky", ctx.today.isoformat()) + ".csv", key="audit-csv",
    )  # fmt: skip


def _file(ctx: Context, log) -> bytes:
    note(ctx.store, ctx.person.name, "log.taken", detail={"entries": len(log)})
    return table_csv(audit_table(log, ctx.lang))

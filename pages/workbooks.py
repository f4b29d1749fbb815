"""Workbooks the upload screen hands out: the form to fill in, and a person's own file with its cells marked."""

from __future__ import annotations

import streamlit as st

from app.ui.context import Context
from app.ui.elements import html, printed
from app.ui.logged import download, log
from app.ui.preview import plain_label
from app.ui.tables import file_name
from app.ui.writing import sentence
from core.errors import FaultError
from etl.marks.found import KIND, can_be_marked, marks_of
from etl.run import Reading
from etl.sandbox import mark_in_child
from etl.template import form_of
from etl.tidy import overlaps
from pages.reading import Uploaded

SCREEN = "nap-bao-cao"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_YEARS = 10  # how many years back a form can be had
_REFUSED = "upload-refused"  # the files whose refusal this session has told the audit log
_SHEETS = ("xls", "ods", "csv")  # kinds with cells that cannot come back marked


def offer_form(ctx: Context) -> None:
    """The Excel form of the chosen ward, for this year or an earlier one in which it existed."""
    if ctx.unit is None:
        return
    years = [year for year in range(ctx.today.year, ctx.today.year - _YEARS, -1) if overlaps(ctx.unit, year)]
    if not years:
        return
    html(f'<p class="w-small">{printed(ctx.t("upload.form", unit=ctx.unit.name))}</p>')
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        year = st.selectbox(ctx.t("upload.form_year"), years, key="form-year", width=160)
        download(
            ctx, ctx.t("upload.form_get", year=year), lambda: form_of(ctx.store, ctx.unit.key, year, ctx.catalogue),
            screen=SCREEN, name=f"{file_name(ctx.unit.name, str(year))}.xlsx", key="form-get", mime=EXCEL,
        )  # fmt: skip


def offer_marked(ctx: Context, reading: Reading, file: Uploaded) -> None:
    """A person's own workbook back, with what is wrong or asked about outlined; for other kinds a word that says so."""
    if not can_be_marked(reading):
        if reading.kind in _SHEETS and reading.faults:
            html(f'<p class="w-small">{printed(ctx.t("upload.not_marked", kind=f".{KIND}"))}</p>')
        return
    marks = marks_of(reading, ctx.lang)
    html(f'<p class="w-small">{printed(ctx.t("upload.marked_lead", count=len(marks)))}</p>')
    stem = file.name.rpartition(".")[0]
    download(
        ctx, ctx.t("upload.marked"), lambda: mark_in_child(file.name, file.content, marks, ctx.lang),
        screen=SCREEN, name=f"{file_name(stem, ctx.t('upload.marked_name'))}.xlsx", key=f"marked-{file.digest[:12]}",
        mime=EXCEL,
    )  # fmt: skip


def refuse(ctx: Context, refused: FaultError, file: Uploaded, reading: Reading | None = None) -> None:
    """Why a file is not taken in and what to do; the audit log is told once a session which file and which codes."""
    html(f'<p class="w-title">{printed(ctx.t("upload.refused"))}</p><p>{printed(ctx.t("upload.refused_lead"))}</p>')
    st.error("\n".join(f"- {plain_label(sentence(ctx, fault))}" for fault in refused.faults))
    if reading is not None:
        offer_marked(ctx, reading, file)
    told = st.session_state.setdefault(_REFUSED, set())
    if file.digest not in told:
        told.add(file.digest)
        log(ctx, "file.refused", file.name, codes=sorted({fault.code for fault in refused.faults}))

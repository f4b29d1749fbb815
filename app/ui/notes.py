"""The window in which notes on a ward's years are written, corrected and taken back."""

from __future__ import annotations

from datetime import date

import streamlit as st

from app.ui.context import Context
from app.ui.noted import notes_of
from app.ui.writing import ask_who, show_faults, writer
from app.views.events import note_words
from core.catalogue import Indicator
from core.errors import FaultError
from core.store import Note, add_note, withdraw_note
from core.store.notes import KINDS, LONGEST


def note_window(ctx: Context) -> None:
    """Open the window for a new note on the chosen year, or to correct or take back one that stands."""
    st.dialog(ctx.t("notes.window"), width="medium")(_body)(ctx)


def _body(ctx: Context) -> None:
    known = {note.id: note for note in notes_of(ctx) if note.year == ctx.year}
    labels = {0: ctx.t("notes.new")} | {number: note_words(note, ctx.lang) for number, note in known.items()}
    chosen = 0
    if known:
        chosen = st.selectbox(ctx.t("notes.choose"), list(labels), format_func=labels.get, key="note-chosen")
    note = _fields(ctx, known.get(chosen))
    who = ask_who(ctx)
    with st.container(horizontal=True):
        save = st.button(ctx.t("notes.save"), type="primary", key="note-save")
        back = bool(chosen) and st.button(ctx.t("notes.withdraw"), key="note-withdraw")
    if save or back:
        try:
            ctx.person.require("enter")
            add_note(ctx.store, note, who) if save else withdraw_note(ctx.store, chosen, who)
        except FaultError as error:
            show_faults(ctx, error)
            return
        writer(who)
        st.rerun()


def _fields(ctx: Context, old: Note | None) -> Note:
    """The fields of a note, filled with those of the one to be corrected."""
    place = old.id if old else "new"
    kind = st.segmented_control(
        ctx.t("notes.kind"), KINDS, default=old.kind if old else KINDS[0], required=True, key=f"note-kind-{place}",
        format_func=lambda name: ctx.t(f"notes.kind_{name}"),
    )  # fmt: skip
    words = st.text_area(
        ctx.t("notes.text"), value=old.text if old else "", max_chars=LONGEST, key=f"note-text-{place}",
        placeholder=ctx.t("notes.text_example"),
    )  # fmt: skip
    rows = {"": None} | {row.id: row for row in ctx.catalogue.indicators.values() if not row.member_kind}
    indicator = st.selectbox(
        ctx.t("notes.indicator"), list(rows), index=list(rows).index(old.indicator if old else ""),
        format_func=lambda id: _named(ctx, rows[id]), key=f"note-indicator-{place}", filter_mode="contains",
    )  # fmt: skip
    left, right = st.columns([1, 2])
    with left:
        day = st.date_input(
            ctx.t("notes.day"), value=old.day if old else None, min_value=date(ctx.year, 1, 1), format="DD/MM/YYYY",
            max_value=date(ctx.year, 12, 31), key=f"note-day-{place}",
        )  # fmt: skip
    with right:
        basis = st.text_input(ctx.t("notes.basis"), value=old.basis if old else "", key=f"note-basis-{place}")
    return Note(
        old.unit if old else ctx.unit.key, ctx.year, words or "", kind or KINDS[0], indicator or "", day, basis or "",
        replaces=old.id if old else None,
    )  # fmt: skip


def _named(ctx: Context, row: Indicator | None) -> str:
    return row.name(ctx.lang) if row else ctx.t("notes.whole_ward")

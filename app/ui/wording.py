"""The message of a screen with the sentence a person wrote under it, and the window in which it is written."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from app.ui.context import Context
from app.ui.elements import html, linked, message, printed
from app.ui.noted import edited, slot_of
from app.ui.notes import note_window
from app.ui.writing import ask_who, show_faults, writer
from app.views.stale import renewed, stale_words
from core.errors import Fault, FaultError
from core.sentences import Said, Sentence, bind, joined
from core.store import Slot, Wording, withdraw_wording, write_wording


def screen_message(ctx: Context, screen: str, title: str, lead: str) -> None:
    """A screen's message; its lead is the sentence written for this ward, year and language, while its figures stand.

    Where a figure has changed, the generated sentence is shown, with what changed and what had been written. Those who
    may edit get the two quiet controls. A lead that is no sentence made of figures stays as it is.
    """
    slot = slot_of(ctx, screen)
    found = edited(ctx, screen) if isinstance(lead, Sentence) else None
    wording, changed = (found.wording, found.changed) if found else (None, ())
    message(ctx, title, wording.sentence if wording and not changed else lead)
    if wording and changed:
        why = stale_words(ctx.catalogue, changed, ctx.lang)
        knows = ctx.person.may("trace")  # the public learns of nobody's name
        by = ctx.t("notes.written", who=ctx.name_of(wording.who)) if knows else ctx.t("notes.had_said")
        said = f'<p class="w-small">{escape(by)} “{printed(wording.sentence)}”</p>'
        html(f'<div class="w-stale" role="note"><p><b>{printed(why)}</b></p>{said}</div>')
    if ctx.may_edit and slot:
        _controls(ctx, slot, title, lead, wording)


def _controls(ctx: Context, slot: Slot, title: str, lead: str, wording: Wording | None) -> None:
    made = lead and isinstance(lead, Sentence)
    with st.container(horizontal=True, gap="small", key="write-controls"):
        if made and st.button(ctx.t("notes.edit"), type="tertiary", key="write-sentence"):
            st.dialog(ctx.t("notes.edit_title"), width="medium")(_editor)(ctx, slot, title, lead, wording)
        if st.button(ctx.t("notes.add"), type="tertiary", key="write-note"):
            note_window(ctx)


def _editor(ctx: Context, slot: Slot, title: str, lead: Sentence, wording: Wording | None) -> None:
    """The generated sentence, a field for one's own, the numbers that may stand in it: the lead's and the message's."""
    known = joined([lead, title]).said
    html(f'<p class="w-small">{escape(ctx.t("notes.generated"))}</p><p>{linked(ctx, lead)}</p>')
    offered = renewed(wording, known) if wording else lead
    words = st.text_area(ctx.t("notes.own"), value=str(offered), key="sentence-text", height=120)
    numbers = " · ".join(dict.fromkeys(said.words for said in known))
    html(f'<p class="w-small">{printed(ctx.t("notes.own_rule", numbers=numbers or "–"))}</p>')
    who = ask_who(ctx)
    with st.container(horizontal=True):
        save = st.button(ctx.t("notes.save"), type="primary", key="sentence-save")
        back = wording is not None and st.button(ctx.t("notes.back"), key="sentence-back")
    if save or back:
        try:
            ctx.person.require("enter")
            if save:
                _save(ctx, slot, (words or "").strip(), lead, known, wording, who)
            else:
                withdraw_wording(ctx.store, wording, who)
        except FaultError as error:
            show_faults(ctx, error)
            return
        writer(who)
        st.rerun()


def _save(
    ctx: Context, slot: Slot, words: str, lead: Sentence, known: Sequence[Said], wording: Wording | None, who: str
) -> None:
    ctx.person.require("enter")
    if not words:
        raise FaultError([Fault("notes.empty_sentence")])
    bound, numbers = bind(words, known, ctx.lang)
    replaces = wording.id if wording else None
    write_wording(ctx.store, slot, bound, numbers, who, generated=str(lead), replaces=replaces)

"""Drafts on the entry screen: kept at every change, there again on opening, thrown away by a click."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import streamlit as st

from app.ui.context import Context
from app.ui.elements import html, printed
from core.store.accounts import account_named
from core.store.drafts import Draft, draft_of, drafts_of, drop_draft, keep_draft
from core.vi.format import format_moment


def kept(ctx: Context, who: str, sheet: str) -> dict:
    """What somebody typed into a sheet of the chosen unit and year and has not stored yet; empty where nothing."""
    return draft_of(ctx.store, ctx.unit.key, ctx.year, who, sheet) or {}


def keep(ctx: Context, who: str, sheet: str, content: Mapping, *, right: str = "enter") -> None:
    """Keep what is typed so far, where it is not what is kept already; nothing typed is no draft."""
    ctx.person.require(right)
    if content == kept(ctx, who, sheet):
        return
    if content:
        keep_draft(ctx.store, ctx.unit.key, ctx.year, who, sheet, content)
    else:
        drop_draft(ctx.store, ctx.unit.key, ctx.year, who, sheet)


def show_draft(ctx: Context, who: str, sheet: str) -> None:
    """From when the draft on the screen is, and the button that throws it away."""
    mine = next((each for each in drafts_of(ctx.store, ctx.unit.key) if _is(each, ctx, who, sheet)), None)
    said = ctx.t("entry.draft_since", at=format_moment(mine.at)) if mine else ctx.t("entry.draft_none")
    with st.container(horizontal=True, vertical_alignment="center"):
        html(f'<p class="w-small" role="status">{printed(said)}</p>')
        if st.button(ctx.t("entry.draft_drop"), key="entry-drop", disabled=mine is None):
            begin_anew(ctx, who, sheet)
            st.rerun()


def show_other_drafts(ctx: Context, who: str, sheets: Collection[str]) -> None:
    """Who else is entering these sheets of the chosen year now, and one's own drafts of other years."""
    every = [each for each in drafts_of(ctx.store, ctx.unit.key) if each.sheet in sheets]
    for each in every:
        if each.who != who and each.year == ctx.year:
            account = account_named(ctx.store, each.who) if each.who else None
            name = account.full_name if account and account.full_name else each.who or ctx.t("entry.nobody")
            words = ctx.t("entry.draft_of_other", who=name, sheet=ctx.t(f"entry.sheet_{each.sheet}"), year=each.year,
                          at=format_moment(each.at))  # fmt: skip
            html(f'<p class="w-small">{printed(words)}</p>')
    years = sorted({each.year for each in every if each.who == who} - {ctx.year})
    if years:
        words = ctx.t("entry.draft_of_years", years=", ".join(map(str, years)))
        html(f'<p class="w-small">{printed(words)}</p>')


def _is(draft: Draft, ctx: Context, who: str, sheet: str) -> bool:
    return (draft.year, draft.who, draft.sheet) == (ctx.year, who, sheet)


def sheet_key(ctx: Context, sheet: str) -> str:
    """The part of a widget's key that changes with unit, year and each new beginning: its edits are then forgotten."""
    unit = ctx.unit.key
    return f"{sheet}-{unit.code}-{unit.valid_from:%Y%m%d}-{ctx.year}-{st.session_state.get(_round(sheet), 0)}"


def begin_anew(ctx: Context, who: str, sheet: str) -> None:
    """Forget a draft and what the sheet's widgets hold: it was stored, or thrown away."""
    ctx.person.require("enter")
    drop_draft(ctx.store, ctx.unit.key, ctx.year, who, sheet)
    st.session_state[_round(sheet)] = st.session_state.get(_round(sheet), 0) + 1


def _round(sheet: str) -> str:
    return f"entry-round-{sheet}"

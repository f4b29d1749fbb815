"""Drafts on the entry screen: kept at every change, there again on opening, thrown away by a click."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from app.ui.context import Context
from core.store.drafts import draft_of, drop_draft, keep_draft


def kept(ctx: Context, who: str, sheet: str) -> dict:
    """What somebody typed into a sheet of the chosen unit and year and has not stored yet; empty where nothing."""
    return draft_of(ctx.store, ctx.unit.key, ctx.year, who, sheet) or {}


def keep(ctx: Context, who: str, sheet: str, content: Mapping) -> None:
    """Keep what is typed so far, where it is not what is kept already; nothing typed is no draft."""
    if content == kept(ctx, who, sheet):
        return
    if content:
        keep_draft(ctx.store, ctx.unit.key, ctx.year, who, sheet, content)
    else:
        drop_draft(ctx.store, ctx.unit.key, ctx.year, who, sheet)


def sheet_key(ctx: Context, sheet: str) -> str:
    """The part of a widget's key that changes with unit, year and each new beginning: its edits are then forgotten."""
    unit = ctx.unit.key
    return f"{sheet}-{unit.code}-{unit.valid_from:%Y%m%d}-{ctx.year}-{st.session_state.get(_round(sheet), 0)}"


def begin_anew(ctx: Context, who: str, sheet: str) -> None:
    """Forget a draft and what the sheet's widgets hold: it was stored, or thrown away."""
    drop_draft(ctx.store, ctx.unit.key, ctx.year, who, sheet)
    st.session_state[_round(sheet)] = st.session_state.get(_round(sheet), 0) + 1


def _round(sheet: str) -> str:
    return f"entry-round-{sheet}"

"""What every window that writes has in common: who may open it, who writes, and why something was refused."""

from __future__ import annotations

import streamlit as st

from app.ui.context import Context
from core.errors import Fault, FaultError

_WHO = "writer"  # kept for the session, so that a name is asked for once


def ask_who(ctx: Context) -> str:
    """The writer's name: of the account that is signed in, else as asked for, and given earlier in this session."""
    if ctx.person.account is not None:
        return ctx.person.name
    return st.text_input(ctx.t("notes.who"), value=st.session_state.get(_WHO, ""), key="writer-asked") or ""


def signer(ctx: Context) -> str:
    """What a batch is signed with: an account's name, or what somebody without one calls themselves."""
    if ctx.person.account is not None:
        return ctx.person.name
    name = ask_who(ctx).strip()
    writer(name)
    return name


def writer(name: str) -> None:
    """Remember who writes in this session."""
    st.session_state[_WHO] = name.strip()


def show_faults(ctx: Context, error: FaultError) -> None:
    """Why nothing was stored, every reason at once."""
    for fault in error.faults:
        st.error(sentence(ctx, fault))


def sentence(ctx: Context, fault: Fault) -> str:
    """A fault as a line of its own, begun with a capital letter; where it begins with a place or a file, with that."""
    words = fault.sentence(ctx.lang)
    return words if fault.where else words[:1].upper() + words[1:]

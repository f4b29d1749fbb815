"""What every window that writes has in common: who may open it, who writes, and why something was refused."""

from __future__ import annotations

import ipaddress

import streamlit as st

from app.ui.context import Context
from core.errors import FaultError
from core.store import Store, has_accounts

_WHO = "writer"  # kept for the session, so that a name is asked for once


def may_edit(store: Store) -> bool:
    """Whether this visitor may write: while nobody has an account, and the server answers this computer only."""
    return is_loopback(st.get_option("server.address")) and not has_accounts(store)


def is_loopback(address: str | None) -> bool:
    """Whether a server at this address can be reached from its own computer alone; no address means all of them."""
    try:
        return address == "localhost" or ipaddress.ip_address(address or "0.0.0.0").is_loopback
    except ValueError:
        return False


def ask_who(ctx: Context) -> str:
    """The writer's name, as given earlier in this session where it was."""
    return st.text_input(ctx.t("notes.who"), value=st.session_state.get(_WHO, ""), key="writer-asked") or ""


def writer(name: str) -> None:
    """Remember who writes in this session."""
    st.session_state[_WHO] = name.strip()


def show_faults(ctx: Context, error: FaultError) -> None:
    """Why nothing was stored, every reason at once."""
    for fault in error.faults:
        words = fault.sentence(ctx.lang)
        st.error(words[:1].upper() + words[1:])

"""Accounts: who may sign in with which role; made, changed and switched off by the administrator."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

import pandas as pd
import streamlit as st

from app.server.routes import PASSWORD
from app.server.tabs import TABS
from app.ui.context import Context
from app.ui.elements import heading, html, message, printed
from app.ui.tables import table_html
from app.ui.writing import show_faults
from app.views.people import accounts_table, sessions_table
from core.errors import FaultError
from core.rights import ROLES
from core.store.accounts import (
    LINK_LASTS,
    all_accounts,
    change_role,
    create_account,
    make_link,
    switch_off,
    switch_on,
)
from core.store.sessions import end_sessions_of, open_sessions


def render(ctx: Context) -> None:
    """The list of accounts, a form for a new one, and what can be done with one of them."""
    ctx.person.require("accounts")
    known = all_accounts(ctx.store)
    message(ctx, ctx.t("people.title", count=len(known)), ctx.t("people.lead"))
    html(table_html(accounts_table(known, ctx.lang), words=range(1, 5), stacked=True))
    left, right = st.columns(2, gap="large")
    with left:
        _new(ctx)
    with right:
        chosen = _change(ctx, known)
    _sessions(ctx, chosen)


def _new(ctx: Context) -> None:
    heading(ctx.t("people.new"))
    with st.form("new-account", border=False):
        name = st.text_input(ctx.t("server.name"), help=ctx.t("people.name_help"), key="new-name")
        full_name = st.text_input(ctx.t("people.full_name"), key="new-full-name")
        role = st.selectbox(ctx.t("people.role"), ROLES, key="new-role",
                            format_func=lambda role: ctx.t(f"rights.{role}"))  # fmt: skip
        if st.form_submit_button(ctx.t("people.make"), type="primary", key="new-make"):
            _do(ctx, lambda: _make(ctx, name, full_name, role))


def _make(ctx: Context, name: str, full_name: str, role: str) -> None:
    ctx.person.require("accounts")
    by, now = ctx.person.name, datetime.now(UTC)
    made = create_account(ctx.store, name, full_name, role, by=by, at=now)
    _show_link(ctx, made.full_name, make_link(ctx.store, made.name, by=by, at=now))


def _change(ctx: Context, known: pd.DataFrame) -> dict:
    """The account that is chosen: a row of `known`."""
    ctx.person.require("accounts")
    heading(ctx.t("people.change"))
    by_name = {row["name"]: row for row in known.to_dict("records")}
    name = st.selectbox(ctx.t("people.which"), list(by_name), key="account",
                        format_func=lambda name: f"{by_name[name]['full_name']} ({name})")  # fmt: skip
    row = by_name[name]
    role = st.selectbox(ctx.t("people.role"), ROLES, index=ROLES.index(row["role"]), key=f"role-{name}",
                        format_func=lambda role: ctx.t(f"rights.{role}"))  # fmt: skip
    by, now = ctx.person.name, datetime.now(UTC)
    with st.container(horizontal=True):
        if st.button(ctx.t("people.set_role"), disabled=role == row["role"], key="account-role"):
            _do(ctx, lambda: change_role(ctx.store, name, role, by=by, at=now), again=True)
        if st.button(ctx.t("people.link"), key="account-link"):
            _do(ctx, lambda: _show_link(ctx, row["full_name"], make_link(ctx.store, name, by=by, at=now)))
        if row["disabled"] and st.button(ctx.t("people.on"), key="account-on"):
            _do(ctx, lambda: switch_on(ctx.store, name, by=by), again=True)
        if not row["disabled"] and st.button(ctx.t("people.off"), disabled=name == by, key="account-off"):
            _do(ctx, lambda: switch_off(ctx.store, name, by=by, at=now), again=True)
    return row


def _sessions(ctx: Context, row: dict) -> None:
    """Where an account is signed in now, and a button that ends all of it but the session it is pressed in."""
    ctx.person.require("accounts")
    now = datetime.now(UTC)
    known = open_sessions(ctx.store, row["id"], now)
    if known.empty:
        html(f'<p class="w-source">{printed(ctx.t("people.no_sessions", name=row["full_name"]))}</p>')
        return
    html(table_html(sessions_table(known, row["full_name"], ctx.lang), words=range(4), stacked=True))
    others = bool((known["token"] != ctx.person.session).any())
    words = ctx.t("server.end_others" if row["name"] == ctx.person.name else "people.end_sessions")
    if st.button(words, disabled=not others, key="account-sessions"):
        end = partial(end_sessions_of, ctx.store, row["id"], why="by_admin", by=ctx.person.name, at=now)
        _do(ctx, lambda: end(keep=ctx.person.session), again=True)


def _do(ctx: Context, deed: Callable[[], None], *, again: bool = False) -> None:
    """Do something that may be refused; open tabs learn of it at once. `again` draws the list anew."""
    ctx.person.require("accounts")
    try:
        deed()
    except FaultError as refused:
        show_faults(ctx, refused)
        return
    TABS.look_now()
    if again:
        st.rerun()


def _show_link(ctx: Context, full_name: str, token: str) -> None:
    minutes = int(LINK_LASTS.total_seconds() // 60)
    st.text(ctx.t("people.link_for", name=full_name, minutes=minutes))
    st.code(f"{_origin()}{PASSWORD}?ma={token}", language=None, wrap_lines=True)


def _origin() -> str:
    """The program's address as this browser knows it."""
    url = st.context.url or ""
    return "/".join(url.split("/")[:3])

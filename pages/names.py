"""Names of people: how many are kept beside the award register and in files, and the one action that purges them."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from app.ui.context import Context
from app.ui.elements import html, message, printed
from app.ui.preview import SAID, say_what_was_done
from app.ui.tables import table_html
from app.ui.writing import show_faults, signer
from app.views.names import kept_table, ward_words
from core.errors import FaultError
from core.figures import UnitKey
from core.store.people import names_kept, purge_names


def render(ctx: Context) -> None:
    """What is kept of which ward, whose names are to go and why, and the button."""
    ctx.person.require("purge")
    known = names_kept(ctx.store)
    counts = {"names": int(known["names"].sum()), "files": int(known["files"].sum())}
    message(ctx, ctx.t("names.title", **counts), ctx.t("names.lead"))
    say_what_was_done()
    if len(known):
        with st.expander(ctx.t("names.caption"), key="names-kept"):
            html(table_html(kept_table(known, ctx.catalogue, ctx.lang)))
    unit = _choose(ctx, known)
    reason = (st.text_input(ctx.t("names.reason"), key="names-reason", placeholder=ctx.t("names.reason_help")) or "")
    who = signer(ctx)
    html("".join(f'<p class="w-small">{printed(ctx.t(f"names.{line}"))}</p>' for line in ("stays", "backups")))
    sure = st.checkbox(ctx.t("names.sure"), key="names-sure")
    if st.button(ctx.t("names.purge"), type="primary", key="names-purge", disabled=not (sure and who and reason)):
        _purge(ctx, who, reason, unit)


def _choose(ctx: Context, known: pd.DataFrame) -> UnitKey | None:
    """One ward that names or files are kept of, or all."""
    units = [UnitKey(row.unit_code, row.unit_from) for row in known.itertuples() if row.unit_code]
    return st.selectbox(
        ctx.t("names.whose"), [None, *units], key="names-whose",
        format_func=lambda key: ward_words(ctx.catalogue.unit(key)) if key else ctx.t("names.everybody"),
    )  # fmt: skip


def _purge(ctx: Context, who: str, reason: str, unit: UnitKey | None) -> None:
    ctx.person.require("purge")
    try:
        done = purge_names(ctx.store, who, reason, unit)
    except FaultError as refused:
        show_faults(ctx, refused)
        return
    st.session_state[SAID] = (done.sentence(ctx.lang), "")
    for name in ("names-sure", "names-reason", "names-whose"):
        st.session_state.pop(name, None)
    st.rerun()

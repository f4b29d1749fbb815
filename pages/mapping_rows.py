"""Explaining rows whose names are in no catalogue: which indicator each is, read at once and kept for next time."""

from __future__ import annotations

import streamlit as st

from app.ui.context import Context
from app.ui.elements import html, printed
from app.ui.preview import SAID
from app.ui.writing import show_faults
from core.errors import Fault, FaultError
from core.store.profiles import FormProfile, FormRow, keep_profile
from etl.find.labels import plain_label
from etl.run import Reading
from pages.reading import Uploaded, explained_in

_LONGEST = 36  # characters of a row's name in the name it is kept by


def unknown_rows(reading: Reading) -> list[str]:
    """The names of a file's rows that were left aside because no catalogue has them, each once."""
    said = (fault.params["label"] for fault in reading.tidy.notices if fault.code == "etl.unknown_label")
    return list(dict.fromkeys(str(label) for label in said))


def ask_rows(ctx: Context, reading: Reading, file: Uploaded, who: str) -> None:
    """Offer the rows that are in no catalogue; one that is chosen is read by its indicator if its unit allows it."""
    key = f"{file.digest[:12]}-rows"
    rows = unknown_rows(reading)
    _settle(ctx, rows, file, who, f"pending-{key}")
    if not rows:
        return
    with st.expander(ctx.t("mapping.rows_title", count=len(rows)), expanded=not reading.tidy.figures):
        html(f"<p>{printed(ctx.t('mapping.rows_lead'))}</p>")
        row = st.selectbox(ctx.t("mapping.rows_row"), rows, None, key=f"row-{key}")
        ids = [id for id, one in ctx.catalogue.indicators.items() if not (one.member_kind or one.attainment_of)]
        chosen = st.selectbox(ctx.t("mapping.rows_indicator"), ids, None, key=f"indicator-{key}",
                              format_func=lambda id: ctx.catalogue.indicators[id].name(ctx.lang))  # fmt: skip
        keep = st.checkbox(ctx.t("mapping.rows_keep"), value=True, key=f"keep-{key}")
        if st.button(ctx.t("mapping.rows_read"), disabled=not (row and chosen), key=f"read-{key}"):
            ctx.person.require("enter")
            indicator = ctx.catalogue.indicators[chosen].name(ctx.lang)
            name = ctx.t("mapping.rows_name", label=row[:_LONGEST], indicator=indicator)
            named = (FormRow(plain_label(row), chosen),)
            year = reading.tidy.year or ctx.year
            profile = FormProfile(reading.tidy.unit or ctx.unit.key, year, name[:80], (), rows=named)
            st.session_state[explained_in(file)] = (profile, *st.session_state.get(explained_in(file), ()))
            st.session_state[f"pending-{key}"] = row, profile, keep
            st.rerun()


def _settle(ctx: Context, rows: list[str], file: Uploaded, who: str, pending: str) -> None:
    """Keep what was just chosen if the row was read by it; take it back and say so if it was not."""
    row, profile, keep = st.session_state.pop(pending, ("", None, False))
    if profile is None:
        return
    if row not in rows and not keep:
        return
    known = st.session_state.get(explained_in(file), ())
    st.session_state[explained_in(file)] = tuple(one for one in known if one != profile)
    ctx.person.require("enter")
    try:
        if row in rows:
            raise FaultError([Fault("mapping.row_unread", params={"label": row})])
        keep_profile(ctx.store, profile, who)
    except FaultError as refused:
        show_faults(ctx, refused)
        return
    st.session_state[SAID] = (ctx.t("mapping.kept", name=profile.name), "")
    st.rerun()

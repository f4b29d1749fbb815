"""Explaining a table that no reader knows: which column is what, beside its first rows, kept for next time."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from app.ui.context import Context
from app.ui.elements import ask_for_name, heading, html
from app.ui.preview import SAID, plain_label
from app.ui.tables import table_html
from app.ui.writing import show_faults
from app.views.view import Table as Shown
from app.views.words import day_words
from core.errors import Fault, FaultError
from core.figures import BASES
from core.store.profiles import (
    AGAINST_PLAN,
    LABEL,
    MEASURE,
    MEASURES,
    PERIODS,
    SHIFTS,
    USES,
    VALUES,
    FormColumn,
    FormProfile,
    keep_profile,
    list_profiles,
    profile_faults,
    withdraw_profile,
)
from etl.document import Table
from etl.find.columns import YEAR, read_column
from etl.find.labels import labels_of
from etl.find.mapped import column_words, find_mapped, first_figures, headers_above
from etl.find.values import is_figure
from etl.run import Reading
from pages.reading import Uploaded, explained_in

_LONGEST = 60  # characters of a cell or a header that are shown
_WIDTH = 300  # pixels of a choice; on a phone the choices of a column stand under each other
_IGNORED = ""
_OF_A_PLAN = ("plan", AGAINST_PLAN)


def ask_mapping(ctx: Context, reading: Reading, file: Uploaded, who: str) -> None:
    """Offer the tables of a file that were not recognised; what is said is read by at once."""
    if not reading.unknown:
        return
    heading(ctx.t("mapping.title", count=len(reading.unknown)), ctx.t("mapping.lead"))
    for number, table in enumerate(reading.unknown):
        name = table.place if not table.before else f"{table.place} – {_short(table.before[-1])}"
        with st.expander(plain_label(name), expanded=len(reading.unknown) == 1):
            _ask_table(ctx, table, file, f"{file.digest[:12]}-{number}", reading, who)


def _ask_table(ctx: Context, table: Table, file: Uploaded, key: str, reading: Reading, who: str) -> None:
    start = st.number_input(
        ctx.t("mapping.start"), 2, max(2, len(table.rows)), first_figures(table) + 1, key=f"start-{key}", width=320
    )
    headers = headers_above(table, int(start) - 1)
    _show_rows(ctx, table, headers, int(start) - 1)
    columns = _ask_columns(ctx, table, headers, int(start) - 1, f"{key}-{start}")
    left, right = st.columns(2, gap="large")
    with left:
        measure = st.selectbox(ctx.t("mapping.measure"), MEASURES, key=f"measure-{key}",
                               format_func=lambda word: word or ctx.t("mapping.measure_own"))  # fmt: skip
    with right:
        period = st.selectbox(ctx.t("mapping.period"), PERIODS, key=f"period-{key}",
                              format_func=lambda id: ctx.t(f"mapping.period_{id}"))  # fmt: skip
    keep = st.checkbox(ctx.t("mapping.keep"), value=True, key=f"keep-{key}")
    name = ""
    if keep:
        name = st.text_input(ctx.t("mapping.name"), placeholder=ctx.t("mapping.name_example"), key=f"name-{key}")
    pressed = st.button(ctx.t("mapping.read"), type="primary", key=f"map-{key}")
    if pressed:
        unit = reading.tidy.unit or ctx.unit.key
        profile = FormProfile(unit, reading.tidy.year or ctx.year, name, columns, measure, period)
        _take(ctx, profile, table, file, who if keep else None)


def _take(ctx: Context, profile: FormProfile, table: Table, file: Uploaded, who: str | None) -> None:
    """Read by a profile from now on: for everybody where somebody keeps it, else for this file in this session."""
    ctx.person.require("enter")
    try:
        faults = profile_faults(profile) or _trial_faults(ctx, profile, table)
        if who is not None:
            keep_profile(ctx.store, profile, who, faults)
            st.session_state[SAID] = (ctx.t("mapping.kept", name=profile.name), "")
        elif faults:
            raise FaultError(faults)
        else:
            known = st.session_state.get(explained_in(file), ())
            st.session_state[explained_in(file)] = (profile, *known)
    except FaultError as refused:
        show_faults(ctx, refused)
        return
    st.rerun()


def _trial_faults(ctx: Context, profile: FormProfile, table: Table) -> list[Fault]:
    """Why the table's own first rows are not read by a profile: no name the catalogue knows, money without its unit."""
    found = find_mapped(table, [profile], ctx.catalogue, labels_of(ctx.catalogue), profile.year)
    missing = [fault for fault in found.faults if fault.code == "etl.measure_missing"]
    if found.is_empty:
        missing.append(Fault("mapping.nothing_read", params={"count": len(found.notices)}))
    return missing[:1]


def _show_rows(ctx: Context, table: Table, headers: Sequence[str], start: int) -> None:
    """The first rows under the headers as they were taken together."""
    head = tuple(f"{at}. {_short(words)}" for at, words in enumerate(headers, start=1))
    rows = tuple(tuple(_short(cell.text) for cell in row) for row in table.rows[start:])
    worded = {at for at in range(len(head)) if not any(is_figure(row[at]) for row in table.rows[start:])}
    html(table_html(Shown(ctx.t("mapping.caption"), head, rows), words=worded))


def _ask_columns(
    ctx: Context, table: Table, headers: Sequence[str], start: int, key: str
) -> tuple[FormColumn, ...]:
    """What each column is, as guessed from its words until a person says otherwise; ignored ones are left out.

    The year is asked for a column of values whose header names none, the plan's giver for a plan or a percentage.
    """
    said = []
    for at, (words, nth) in enumerate(column_words(headers)):
        guess, basis = _guess(table, headers, at, start)
        shift, header = 0, _short(headers[at]) or ctx.t("mapping.no_header")
        with st.container(horizontal=True, gap="medium"):
            use = st.selectbox(plain_label(f"{at + 1}. {header}"), (_IGNORED, *USES), (_IGNORED, *USES).index(guess),
                               key=f"use-{key}-{at}", width=_WIDTH,
                               format_func=lambda id: ctx.t(f"mapping.use_{id or 'ignored'}"))  # fmt: skip
            if use in VALUES and not YEAR.search(headers[at]):
                shift = st.selectbox(ctx.t("mapping.year", number=at + 1), SHIFTS, SHIFTS.index(0),
                                     key=f"shift-{key}-{at}", width=_WIDTH,
                                     format_func=lambda years: ctx.t(f"mapping.shift_{years + 1}"))  # fmt: skip
            if use in _OF_A_PLAN:
                basis = st.selectbox(ctx.t("mapping.basis", number=at + 1), BASES, BASES.index(basis),
                                     key=f"basis-{key}-{at}", width=_WIDTH,
                                     format_func=lambda id: ctx.t(f"mapping.basis_{id}"))  # fmt: skip
        if use != _IGNORED:
            said.append(FormColumn(words, use, nth, basis if use in _OF_A_PLAN else "", shift))
    return tuple(said)


def _guess(table: Table, headers: Sequence[str], at: int, start: int) -> tuple[str, str]:
    """What a column seems to be, and of which plan."""
    column = read_column(at, headers[at])
    basis = column.basis or BASES[-1]
    if column.role in (LABEL, MEASURE, AGAINST_PLAN):
        return column.role, basis
    if column.role == "value":
        return column.scenario, basis
    rows = table.rows[start:]
    worded = [place for place in range(len(headers)) if rows and not any(is_figure(row[place]) for row in rows)]
    longest = max(worded, key=lambda place: sum(len(row[place].text) for row in rows), default=None)
    named = any(read_column(place, words).role == LABEL for place, words in enumerate(headers))
    return (LABEL if at == longest and not named else _IGNORED), basis


def show_profiles(ctx: Context, who: str) -> None:
    """The ways of reading that are kept, and the dropping of one of them; what was stored by it stays."""
    known = {profile.id: profile for profile in list_profiles(ctx.store)}
    if not known:
        return
    heading(ctx.t("mapping.known"), ctx.t("mapping.known_lead"))

    def line(id: int) -> str:
        profile = known[id]
        return ctx.t("mapping.line", name=profile.name, who=profile.who, at=day_words(profile.at.astimezone()))

    number = st.selectbox(ctx.t("mapping.choose"), list(known), None, line, key="profile-to-drop")
    if number is not None:
        ask_for_name(ctx, who)
    if st.button(ctx.t("mapping.drop"), disabled=number is None or not who):
        ctx.person.require("enter")
        try:
            withdraw_profile(ctx.store, number, who)
        except FaultError as refused:
            show_faults(ctx, refused)
            return
        st.session_state[SAID] = (ctx.t("mapping.dropped", name=known[number].name), "")
        st.session_state.pop("profile-to-drop", None)
        st.rerun()


def _short(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…"

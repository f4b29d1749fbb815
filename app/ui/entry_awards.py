"""The sheet of the award register on the entry screen: a row typed at a time, stored rows corrected."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date

import streamlit as st

from app.ui.context import Context
from app.ui.elements import html, printed
from app.ui.entry_drafts import keep, kept, sheet_key
from app.ui.tables import table_html
from app.ui.writing import show_faults
from app.views.awards import register_table
from app.views.entry import Typed
from app.views.entry_awards import (
    Sheet,
    add_row,
    award_of,
    award_words,
    change_row,
    drop_row,
    fields_of,
    honours_by_rank,
    is_begun,
    names_by_key,
    read_draft,
    refuse_known,
    take_back,
    typed_names,
    write_draft,
)
from app.views.ladder import level_label
from core.errors import Fault, FaultError
from core.figures import MODES, Award
from core.store import award_register
from core.store.newest import newest_awards
from core.store.people import names_of

SHEET = "awards"
FIRST_DAY = date(1945, 1, 1)
MOST = 100_000  # awards of one row
LONGEST = 120  # signs of a decision's number or of an office
Remarks = Callable[[Sequence[Award]], Mapping[tuple, list[str]]]
REGISTER_WORDS = (1, 2, 3, 5, 7)  # columns of the register that hold words


def show(ctx: Context, who: str, remarks: Remarks) -> Typed:
    """The register of the chosen year: what is stored, what is typed and not stored yet, and the row being typed.

    `remarks` gives what the rules say of some rows, by the key of the row each is said beside.
    """
    ctx.person.require("trace")  # names of people are shown
    unit, key = ctx.unit.key, sheet_key(ctx, SHEET)
    sheet = read_draft(kept(ctx, who, SHEET), unit, ctx.year)
    stored = newest_awards(ctx.store, [unit], [ctx.year])
    names = names_by_key(names_of(ctx.store, unit, [ctx.year], approved=False), unit)
    html(f'<p class="w-lead">{printed(ctx.t("entry_awards.lead", year=ctx.year, count=len(stored)))}</p>')
    drafted = [*sheet.changed, *sheet.added]
    _rows(ctx, who, sheet, stored, names, remarks(drafted) if drafted else {}, key)
    sheet = _form(ctx, who, sheet, stored, key)
    if stored:
        _stored(ctx, who, sheet, stored, names, key)
    keep(ctx, who, SHEET, write_draft(sheet))
    faults = [Fault("entry_awards.begun")] if is_begun(sheet) else []
    return Typed(awards=drafted, names=sheet.names, faults=faults)


def _rows(
    ctx: Context, who: str, sheet: Sheet, stored: Sequence[Award], names: Mapping[tuple, list[str]],
    remarks: Mapping[tuple, list[str]], key: str,
) -> None:
    """The rows of the draft, each with what the rules say of it and what can be done to it."""
    before = {row.key: row for row in stored}
    corrected = {row.key: row for row in sheet.changed}
    corrected |= {each: before[each] for each in sheet.names if each in before and each not in corrected}
    for title, rows in (("added", sheet.added), ("changed", corrected.values())):
        if rows:
            html(f'<h3 class="w-group">{printed(ctx.t(f"entry_awards.{title}"))}</h3>')
        for row in rows:
            kept_names, said = names.get(row.key, ()), remarks.get(row.key, ())
            _row(ctx, who, sheet, row, before.get(row.key), kept_names, said, key)


def _row(
    ctx: Context, who: str, sheet: Sheet, row: Award, before: Award | None, kept_names: Sequence[str],
    remarks: Sequence[str], key: str,
) -> None:
    words, buttons = st.columns([8, 2], vertical_alignment="center")
    buttons = buttons.container(horizontal=True)
    said = award_words(row, ctx.catalogue, ctx.unit, ctx.lang)
    beside = sheet.names.get(row.key, kept_names)
    if before is not None:
        day = f"{before.decision_date:%d/%m/%Y}" if before.decision_date else ctx.t("entry_awards.no_day")
        said = ctx.t("entry_awards.was", words=said, count=before.count, day=day)
    if beside or kept_names:
        said = ctx.t("entry_awards.with_names", words=said, count=len(beside))
    remarks = list(remarks)
    if len(beside) > row.count:
        remarks.append(ctx.t("entry_awards.more_names", names=len(beside), count=row.count))
    below = "".join(f'<p class="w-small"><b>{printed(remark)}</b></p>' for remark in remarks)
    words.html(f'<div class="ward"><p>{printed(said)}</p>{below}</div>')
    name = "-".join(row.key[2:])
    if before is None:
        buttons.button(
            ctx.t("entry_awards.mend"), key=f"{key}-mend-{name}", on_click=_redraft,
            args=(ctx, who, take_back(sheet, row), key),
        )  # fmt: skip
    buttons.button(
        ctx.t("entry_awards.drop"), key=f"{key}-drop-{name}", on_click=_redraft,
        args=(ctx, who, drop_row(sheet, row.key), ""),
    )  # fmt: skip


def _form(ctx: Context, who: str, sheet: Sheet, stored: Sequence[Award], key: str) -> Sheet:
    """The row being typed; the sheet with what stands in its fields so far."""
    html(f'<h3 class="w-group">{printed(ctx.t("entry_awards.new"))}</h3>')
    name = _fresh(key)
    fields, names = _fields(ctx, sheet, name)
    typed = replace(sheet, form=fields, form_names=tuple(names))
    buttons = st.container(horizontal=True)
    pressed = buttons.button(ctx.t("entry_awards.add"), key=f"{key}-add")
    buttons.button(
        ctx.t("entry_awards.clear"), key=f"{key}-clear", disabled="form" not in write_draft(typed) and not names,
        on_click=_redraft, args=(ctx, who, replace(sheet, form={}, form_names=()), key),
    )  # fmt: skip
    if pressed:
        try:
            award = award_of(fields, ctx.unit.key, ctx.year, ctx.catalogue)
            refuse_known(award, (*stored, *sheet.added))
        except FaultError as refused:
            show_faults(ctx, refused)
        else:
            _redraft(ctx, who, add_row(sheet, award, names), key)
            st.rerun()
    return typed


def _fields(ctx: Context, sheet: Sheet, name: str) -> tuple[dict, list[str]]:
    """The fields of the form as they stand; what an honour does not allow is not offered."""
    form, said = sheet.form, {}

    def choose(place, field: str, options: Sequence[str], words, usual: str | None = None) -> str | None:
        if len(options) == 1:
            st.session_state[f"{name}-{field}"] = options[0]
        elif f"{name}-{field}" not in st.session_state:
            given = form.get(field) or usual
            st.session_state[f"{name}-{field}"] = given if given in options else None
        elif st.session_state[f"{name}-{field}"] not in options:
            st.session_state[f"{name}-{field}"] = None
        label = ctx.t(f"entry_awards.{field}")
        return place.selectbox(label, options, None, key=f"{name}-{field}", format_func=words)

    honours = ctx.catalogue.honours
    wide, middle, small = st.columns([4, 2, 2])
    said["honour"] = choose(
        wide, "honour", honours_by_rank(ctx.catalogue), lambda id: honours[id].name(ctx.lang)
    )
    honour = honours.get(said["honour"] or "")
    levels = honour.levels if honour else tuple(ctx.catalogue.levels)
    said["level"] = choose(
        middle, "level", levels, lambda level: level_label(level, ctx.unit, ctx.catalogue, ctx.lang)
    )
    kinds = honour.recipients if honour else ("collective", "individual", "household")
    said["recipient"] = choose(small, "recipient", kinds, lambda kind: ctx.t(f"awards.recipient_{kind}"))
    places = st.columns([1, 2, 2, 2, 3]) if honour and honour.classes else [None, *st.columns([2, 2, 2, 3])]
    if places[0] is not None and honour:
        said["grade"] = choose(places[0], "grade", honour.classes, str)
    said["count"] = _number(ctx, places[1], 1, form.get("count"), f"{name}-count")
    said["mode"] = choose(places[2], "mode", MODES, lambda mode: ctx.t(f"awards.mode_{mode}"), MODES[0])
    said["decision_no"] = _words(ctx, places[3], "decision_no", form.get("decision_no"), name)
    day = _day(ctx, places[4], form.get("decision_date"), f"{name}-date")
    said["decision_date"] = day.isoformat() if day else None
    said["giver"] = _words(ctx, st, "giver", form.get("giver"), name, ctx.t("entry_awards.giver_help"))
    return said, _names(ctx, sheet.form_names, f"{name}-names")


def _number(ctx: Context, place, least: int, given: object, key: str) -> int | None:
    st.session_state.setdefault(key, given)
    return place.number_input(ctx.t("entry_awards.count"), least, MOST, None, step=1, key=key)


def _words(ctx: Context, place, field: str, given: object, name: str, example: str | None = None) -> str:
    key = f"{name}-{field}"
    st.session_state.setdefault(key, given or "")
    return place.text_input(ctx.t(f"entry_awards.{field}"), key=key, max_chars=LONGEST, placeholder=example) or ""


def _day(ctx: Context, place, given: str | date | None, key: str) -> date | None:
    st.session_state.setdefault(key, date.fromisoformat(given) if isinstance(given, str) else given)
    last = date(ctx.today.year + 1, 12, 31)
    label = ctx.t("entry_awards.decision_date")
    return place.date_input(label, None, FIRST_DAY, last, format="DD/MM/YYYY", key=key)


def _names(ctx: Context, given: Sequence[str], key: str) -> list[str]:
    st.session_state.setdefault(key, "\n".join(given))
    said = st.text_area(ctx.t("entry_awards.names"), key=key, height="content")
    html(f'<p class="w-small">{printed(ctx.t("entry_awards.names_help"))}</p>')
    return typed_names(said or "")


def _stored(
    ctx: Context, who: str, sheet: Sheet, stored: Sequence[Award], names: Mapping[tuple, list[str]], key: str
) -> None:
    """The register as it is stored, and one of its rows to be corrected."""
    register = award_register(ctx.store, ctx.unit.key, [ctx.year], approved=False)
    table = register_table(register, ctx.catalogue, ctx.year, ctx.unit, ctx.lang)
    if table is None:
        return
    with st.expander(ctx.t("entry_awards.stored"), key=f"{key}-stored"):
        html(table_html(table, words=REGISTER_WORDS))
        place = st.selectbox(
            ctx.t("entry_awards.which"), range(len(stored)), None, key=f"{key}-which",
            format_func=lambda place: award_words(stored[place], ctx.catalogue, ctx.unit, ctx.lang),
        )  # fmt: skip
        if place is not None:
            award = stored[place]
            html(f'<p class="w-small">{printed(ctx.t("entry_awards.fixed", batch=_batch(register, award)))}</p>')
            _correct(ctx, who, sheet, award, names.get(award.key, []), key)


def _batch(register, award: Award) -> int:
    """The batch that stored a row of the register."""
    fields = fields_of(award) | {"class": award.grade}
    same = register
    for name in ("honour", "class", "level", "recipient", "mode", "giver", "decision_no"):
        same = same[same[name] == fields[name]]
    return int(same["batch"].iloc[0])


def _correct(ctx: Context, who: str, sheet: Sheet, award: Award, kept_names: Sequence[str], key: str) -> None:
    """Number, day and names of one stored row; a click puts them into the draft."""
    now = next((row for row in sheet.changed if row.key == award.key), award)
    name = f"{key}-change-{'-'.join(award.key[2:])}"
    left, right = st.columns(2)
    count = _number(ctx, left, 0, now.count, f"{name}-count")
    day = _day(ctx, right, now.decision_date, f"{name}-date")
    said = _names(ctx, sheet.names.get(award.key, kept_names), f"{name}-names")
    if st.button(ctx.t("entry_awards.change"), key=f"{key}-change"):
        try:
            changed = change_row(sheet, award, count, day, said, kept_names)
        except FaultError as refused:
            show_faults(ctx, refused)
            return
        _redraft(ctx, who, changed, "")
        st.session_state.pop(f"{key}-which")
        st.rerun()


def _fresh(key: str) -> str:
    """The name of the form's widgets: another one whenever the form is filled anew from the draft."""
    return f"{key}-form-{st.session_state.get(f'{key}-form-round', 0)}"


def _redraft(ctx: Context, who: str, sheet: Sheet, key: str) -> None:
    """Keep another sheet in the draft; with `key` the form is drawn anew from it."""
    keep(ctx, who, SHEET, write_draft(sheet))
    if key:
        st.session_state[f"{key}-form-round"] = st.session_state.get(f"{key}-form-round", 0) + 1

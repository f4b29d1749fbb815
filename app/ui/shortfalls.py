"""Missed plans on the review screen: what was missed, last year's word on it, and the form in which it is explained."""

from __future__ import annotations

from datetime import date
from html import escape

import streamlit as st

from app.ui.context import Context
from app.ui.elements import heading, html, printed
from app.ui.tables import table_html
from app.ui.writing import ask_who, show_faults, writer
from app.views.shortfalls import missed_title, missed_words, promised_words, promises_table
from app.views.stored import who_words
from core.approval import PlansOfYear, promise_words
from core.errors import FaultError
from core.store.shortfalls import LONGEST, REACH, Shortfall, withdraw_shortfall, write_shortfall
from core.vi.format import format_moment


def missed_part(ctx: Context, plans: PlansOfYear, *, reviewed: bool, locked: bool) -> None:
    """Every missed plan with its form, then last year's promises; nothing where there are neither.

    `reviewed` says that a second person approves, `locked` that the year is approved and takes nothing in.
    """
    if plans.missed:
        rule = "not_needed" if not reviewed else "locked" if locked and plans.lacking else "needed"
        heading(missed_title(plans, ctx.lang), ctx.t(f"shortfalls.{rule}"))
    writes = not locked and (plans.missed or plans.idle) and ctx.may_edit
    if writes and reviewed and ctx.person.may("approve"):
        st.caption(ctx.t("shortfalls.own_words"))
    who = ask_who(ctx) if writes else ""
    for plan in plans.missed:
        row = plan.indicator
        lines = [missed_words(plan, ctx.lang), promised_words(plans, row.id, ctx.lang)]
        said = plans.said.get(row.id)
        _told(row.name(ctx.lang), [*lines, _written(ctx, said)])
        if writes:
            _form(ctx, plans, row.id, who, opened=len(plans.lacking) == 1 and said is None)
    for said in plans.idle:
        name = ctx.catalogue.indicators[said.indicator].name(ctx.lang)
        _told(name, [ctx.t("shortfalls.idle", name=name), _written(ctx, said)])
        if writes and st.button(ctx.t("shortfalls.withdraw"), key=f"{_place(plans, said.indicator)}-withdraw"):
            _take(ctx, who, said)
    table = promises_table(plans, ctx.catalogue, ctx.lang)
    if table is not None:
        html(table_html(table, words=range(1, 6), stacked=True))


def _told(name: str, lines: list[str]) -> None:
    said = "".join(f'<p class="w-small">{printed(line)}</p>' for line in lines if line)
    html(f"<h3>{escape(name)}</h3>{said}")


def _written(ctx: Context, said: Shortfall | None) -> str:
    if said is None:
        return ""
    who, at = who_words(ctx.name_of(said.who), ctx.lang), format_moment(said.at)
    return ctx.t("shortfalls.written", said=promise_words(said, ctx.lang), who=who, at=at)


def _form(ctx: Context, plans: PlansOfYear, indicator: str, who: str, *, opened: bool) -> None:
    """Cause, remedy, who answers and by when of one missed plan, filled with what stands."""
    old, place = plans.said.get(indicator), _place(plans, indicator)
    label = ctx.t(f"shortfalls.{'correct' if old else 'write'}")
    with st.expander(label, expanded=opened, key=f"{place}-open"), st.form(f"{place}-form", border=False):
        words = {
            name: st.text_area(ctx.t(f"shortfalls.{name}_ask"), value=getattr(old, name, ""), max_chars=LONGEST[name],
                               key=f"{place}-{name}", height=80)
            for name in ("cause", "remedy")
        }  # fmt: skip
        left, right = st.columns([2, 1])
        words["person"] = left.text_input(
            ctx.t("shortfalls.person_ask"), value=old.person if old else "", max_chars=LONGEST["person"],
            key=f"{place}-person",
        )  # fmt: skip
        due = right.date_input(
            ctx.t("shortfalls.due_ask"), value=old.due if old else None, min_value=date(plans.year, 1, 1),
            max_value=date(plans.year + REACH, 12, 31), format="DD/MM/YYYY", key=f"{place}-due",
        )  # fmt: skip
        with st.container(horizontal=True):
            save = st.form_submit_button(ctx.t("shortfalls.save"), type="primary", key=f"{place}-save")
            back = old and st.form_submit_button(ctx.t("shortfalls.withdraw"), key=f"{place}-withdraw")
    if save:
        number = old.id if old else None
        _take(ctx, who, Shortfall(plans.unit, plans.year, indicator, **words, due=due, replaces=number), write=True)
    elif back:
        _take(ctx, who, old)


def _take(ctx: Context, who: str, said: Shortfall, *, write: bool = False) -> None:
    """Store what is said, or take it back; what is refused stands under the form."""
    ctx.person.require("enter")
    try:
        write_shortfall(ctx.store, said, who) if write else withdraw_shortfall(ctx.store, said.id, who)
    except FaultError as refused:
        show_faults(ctx, refused)
        return
    writer(who)
    st.rerun()


def _place(plans: PlansOfYear, indicator: str) -> str:
    """The name of a form's widgets: another one once something else stands, so that it is filled anew."""
    said = plans.said.get(indicator)
    return f"shortfall-{indicator}-{plans.year}-{said.id if said else 'new'}"

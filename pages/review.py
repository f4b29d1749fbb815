"""Review: where each year of the ward stands, what waits for approval, and the next step of whoever may take it."""

from __future__ import annotations

import streamlit as st

from app.ui.book import named
from app.ui.context import Context
from app.ui.elements import empty, heading, html, message
from app.ui.groups import groups_of
from app.ui.shortfalls import missed_part
from app.ui.tables import table_html
from app.ui.writing import show_faults
from app.views.review import last_steps, waiting_table, years_table
from app.views.view import Table
from core.approval import PlansOfYear, approve, plans_of_year
from core.errors import FaultError
from core.store import sources, years_known
from core.store.office import choose
from core.store.review import Review, give_back, review_of, reviews, submit, unlock, unreviewed

# step -> the right it takes, the states it starts from
STEPS: dict[str, tuple[str, tuple[str, ...]]] = {
    "submit": ("enter", ("draft", "returned", "unlocked")),
    "give_back": ("approve", ("submitted",)),
    "approve": ("approve", ("submitted",)),
    "unlock": ("approve", ("approved",)),
}
WITH_REASON = {"give_back": give_back, "unlock": unlock}
LEADS = {"automatic": "lead_alone", "review_off": "lead_off"}


def render(ctx: Context) -> None:
    """The chosen year's state and steps, what waits in it, which plans it missed, and every year's state below."""
    ctx.person.require("enter")
    years = years_known(ctx.store, ctx.unit.key, approved=False)["year"].unique().tolist()
    if not years or ctx.year is None:
        message(ctx, ctx.t("ui.empty_title"))
        empty(ctx, ctx.t("approve.nothing"))
        return
    now, alone, waiting = review_of(ctx.store, ctx.unit.key, ctx.year), unreviewed(ctx.store), _waiting(ctx)
    message(ctx, ctx.t("approve.title", year=ctx.year, state=ctx.t(f"review.{now.state}")),
            _lead(ctx, now, waiting, alone))  # fmt: skip
    if waiting.rows:
        html(table_html(waiting, words=(0, 1, 4), stacked=True))
    plans = plans_of_year(ctx.store, ctx.catalogue, ctx.unit.key, ctx.year)
    missed_part(ctx, plans, reviewed=not alone, locked=now.state == "approved" and not alone)
    if alone:
        _let_go(ctx, now)
    else:
        _steps(ctx, now, plans)
    known = last_steps(named(ctx, reviews(ctx.store, ctx.unit.key)), years)
    html(table_html(years_table(known, ctx.lang), chosen=str(ctx.year), words=range(1, 5), stacked=True))
    if ctx.person.may("accounts"):
        _switch(ctx, stands=alone != "review_off")


def _waiting(ctx: Context) -> Table:
    newest, approved = (
        named(ctx, sources(ctx.store, ctx.unit.key, [ctx.year], approved=which)) for which in (False, True)
    )
    groups = groups_of(ctx, [ctx.unit.key])
    names = dict(zip(groups["id"], groups["name"], strict=True)) if len(groups) else {}
    return waiting_table(approved, newest, ctx.catalogue, names, ctx.lang)


def _lead(ctx: Context, now: Review, waiting: Table, alone: str) -> str:
    if alone:
        return ctx.t(f"approve.{LEADS[alone]}")
    if not waiting.rows:
        return ctx.t("approve.lead_none")
    authors = ", ".join(sorted(map(ctx.name_of, now.authors)))
    return ctx.t("approve.lead_waiting", count=len(waiting.rows), authors=authors)


def _steps(ctx: Context, now: Review, plans: PlansOfYear) -> None:
    """A button for each step that this person may take from where the year stands."""
    drawn = f"review-seen-{ctx.unit.key.code}-{ctx.unit.key.valid_from}-{ctx.year}"
    seen = st.session_state.get(drawn, now.stands)  # as it stood on the screen before the click that leads here
    st.session_state[drawn] = now.stands
    open_now = [name for name, (right, states) in STEPS.items() if now.state in states and ctx.person.may(right)]
    if not open_now:
        return
    heading(ctx.t("approve.steps"))
    if plans.lacking and now.state != "approved":
        names = ", ".join(plan.indicator.short(ctx.lang) for plan in plans.lacking)
        st.warning(ctx.t("approve.lacking", names=names))
    asks = any(name in WITH_REASON for name in open_now)
    reason = st.text_input(ctx.t("approve.reason_ask"), key=f"reason-{ctx.year}") if asks else ""
    with st.container(horizontal=True):
        for name in open_now:
            weight = "primary" if name == "approve" else "secondary"
            if st.button(ctx.t(f"approve.{name}"), key=f"step-{name}", type=weight):
                _take(ctx, name, reason, seen)


def _let_go(ctx: Context, now: Review) -> None:
    """Where nobody approves: one button for what has waited since somebody did."""
    if now.state not in ("empty", "approved") and st.button(ctx.t("approve.let_go"), key="step-let_go", type="primary"):
        _take(ctx, "submit", "", now.stands)


def _take(ctx: Context, name: str, reason: str, seen: str) -> None:
    ctx.person.require(STEPS[name][0])
    place = (ctx.unit.key, ctx.year, ctx.person.name)
    try:
        if name == "approve":
            approve(ctx.store, ctx.catalogue, *place, seen)
        elif name == "submit":
            submit(ctx.store, *place)
        else:
            WITH_REASON[name](ctx.store, *place, reason)
    except FaultError as refused:
        show_faults(ctx, refused)
        return
    st.rerun()


def _switch(ctx: Context, *, stands: bool) -> None:
    """Whether a second person approves: the administrator's choice, written into the audit log."""
    wanted = st.toggle(ctx.t("approve.review_switch"), value=stands, key="review-switch")
    if wanted != stands:
        ctx.person.require("accounts")
        choose(ctx.store, ctx.person.name, review=wanted)
        st.rerun()

"""Review: where each year of the ward stands, what waits for approval, and the next step of whoever may take it."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from app.ui.context import Context
from app.ui.elements import empty, heading, html, message
from app.ui.groups import groups_of
from app.ui.tables import table_html
from app.ui.writing import show_faults
from app.views.review import waiting_table, years_table
from core.errors import FaultError
from core.figures import UnitKey
from core.store import sources, years_known
from core.store.accounts import has_accounts
from core.store.office import choose, office
from core.store.review import Review, approve_submitted, give_back, review_of, submit, unlock

# step -> the right it takes, the states it starts from, what does it
STEPS: dict[str, tuple[str, tuple[str, ...], Callable[..., None]]] = {
    "submit": ("enter", ("draft", "returned", "unlocked"), submit),
    "give_back": ("approve", ("submitted",), give_back),
    "approve": ("approve", ("submitted",), approve_submitted),
    "unlock": ("approve", ("approved",), unlock),
}
WITH_REASON = ("give_back", "unlock")


def render(ctx: Context) -> None:
    """The chosen year's state and steps, what waits in it, and every year's state below."""
    ctx.person.require("enter")
    years = years_known(ctx.store, ctx.unit.key, approved=False)["year"].unique().tolist()
    if not years or ctx.year is None:
        message(ctx, ctx.t("ui.empty_title"))
        empty(ctx, ctx.t("approve.nothing"))
        return
    known = {year: review_of(ctx.store, ctx.unit.key, year) for year in years}
    now = known.get(ctx.year, Review("empty"))
    waiting = _waiting(ctx)
    message(ctx, ctx.t("approve.title", year=ctx.year, state=ctx.t(f"review.{now.state}")), _lead(ctx, now, waiting))
    if waiting.rows:
        html(table_html(waiting, words=(0, 1, 4)))
    _steps(ctx, now)
    html(table_html(years_table(known, ctx.lang), chosen=str(ctx.year), words=range(1, 5)))
    if ctx.person.may("accounts"):
        _switch(ctx)


def _waiting(ctx: Context):
    newest, approved = (
        sources(ctx.store, ctx.unit.key, [ctx.year], approved=which) for which in (False, True)
    )
    groups = groups_of(ctx, [ctx.unit.key])
    names = dict(zip(groups["id"], groups["name"], strict=True)) if len(groups) else {}
    return waiting_table(approved, newest, ctx.catalogue, names, ctx.lang)


def _lead(ctx: Context, now: Review, waiting) -> str:
    if not has_accounts(ctx.store):
        return ctx.t("approve.lead_alone")
    if not office(ctx.store).review:
        return ctx.t("approve.lead_off")
    if not waiting.rows:
        return ctx.t("approve.lead_none")
    return ctx.t("approve.lead_waiting", count=len(waiting.rows), authors=", ".join(sorted(now.authors)))


def _steps(ctx: Context, now: Review) -> None:
    """A button for each step that this person may take from where the year stands."""
    open_now = [name for name, (right, states, _) in STEPS.items() if now.state in states and ctx.person.may(right)]
    if not open_now or not has_accounts(ctx.store) or not office(ctx.store).review:
        return
    heading(ctx.t("approve.steps"))
    asks = any(name in WITH_REASON for name in open_now)
    reason = st.text_input(ctx.t("approve.reason_ask"), key=f"reason-{ctx.year}") if asks else ""
    with st.container(horizontal=True):
        for name in open_now:
            weight = "primary" if name == "approve" else "secondary"
            if st.button(ctx.t(f"approve.{name}"), key=f"step-{name}", type=weight):
                _take(ctx, name, ctx.unit.key, ctx.year, reason)


def _take(ctx: Context, name: str, unit: UnitKey, year: int, reason: str) -> None:
    right, _, do = STEPS[name]
    ctx.person.require(right)
    try:
        do(ctx.store, unit, year, ctx.person.name, *([reason] if name in WITH_REASON else []))
    except FaultError as refused:
        show_faults(ctx, refused)
        return
    st.rerun()


def _switch(ctx: Context) -> None:
    """Whether a second person approves: the administrator's choice, written into the audit log."""
    stands = office(ctx.store).review
    wanted = st.toggle(ctx.t("approve.review_switch"), value=stands, key="review-switch")
    if wanted != stands:
        ctx.person.require("accounts")
        choose(ctx.store, ctx.person.name, review=wanted)
        st.rerun()

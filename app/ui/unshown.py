"""The control under a number's source that keeps the figure from the public, or shows it again, and its badge."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from app.ui.context import Context
from app.ui.writing import ask_who, show_faults, writer
from app.views.words import day_words, place_words
from core.behind import units_behind
from core.catalogue import Catalogue
from core.errors import FaultError
from core.figures import Ref
from core.store.unshown import LONGEST, Unshown, list_unshown, mark_unshown, withdraw_unshown
from core.vi.format import day_here
from core.withheld import AWARDS, TITLES, kin


def unshown_control(ctx: Context, refs: Sequence[Ref]) -> None:
    """Under the source of one number: whether the public gets it and why not; who may enter figures can change that.

    `refs` are what the number is made of. Draws nothing for the public, which knows nothing of marks.
    """
    wanted = marks_of(ctx.catalogue, refs)
    if not ctx.person.may("trace") or not wanted:
        return
    standing = [each for each in _standing(ctx, wanted) if _covers(ctx.catalogue, each, wanted)]
    with st.container(key="unshown", gap="small"):
        for mark in standing:
            st.html(_badge(ctx, mark))
        if not ctx.may_edit:
            return
        if standing:
            _show_again(ctx, standing)
        else:
            _keep_back(ctx, wanted)


def marks_of(catalogue: Catalogue, refs: Sequence[Ref]) -> tuple[Unshown, ...]:
    """The marks that would keep back what some references find: one for each unit, year and indicator."""
    return tuple(dict.fromkeys(
        Unshown(unit, ref.year, _indicator(catalogue, ref), "") for ref in refs for unit in units_behind(catalogue, ref)
    ))  # fmt: skip


def _indicator(catalogue: Catalogue, ref: Ref) -> str:
    """The indicator of a reference; of awards the one that counts such titles, else the first of all awards."""
    if ref.indicator:
        row = catalogue.indicators[ref.indicator]
        return catalogue.family(AWARDS)[0].id if row.family == AWARDS else row.id
    counted = {honour: indicator for indicator, honour in TITLES.items()}
    return counted.get(ref.honour) or catalogue.family(AWARDS)[0].id


def _standing(ctx: Context, wanted: Sequence[Unshown]) -> tuple[Unshown, ...]:
    return list_unshown(ctx.store, {mark.unit for mark in wanted}, {mark.year for mark in wanted})


def _covers(catalogue: Catalogue, mark: Unshown, wanted: Sequence[Unshown]) -> bool:
    return any(
        (mark.unit, mark.year) == (each.unit, each.year) and each.indicator in kin(catalogue, mark.indicator)
        for each in wanted
    )


def _badge(ctx: Context, mark: Unshown) -> str:
    who, day = ctx.name_of(mark.who), day_words(day_here(mark.at))
    why = ctx.t("unshown.why", reason=mark.reason, who=who, day=day)
    badge = f'<span class="w-badge">{escape(ctx.t("unshown.badge"))}</span>'
    return f'<div class="ward"><p class="w-small">{badge} {escape(why)}</p></div>'


def _show_again(ctx: Context, standing: Sequence[Unshown]) -> None:
    ctx.person.require("enter")
    who = ask_who(ctx)
    if st.button(ctx.t("unshown.show_again"), key="unshown-withdraw"):
        _do(ctx, who, lambda: [withdraw_unshown(ctx.store, mark.id, who) for mark in standing])


def _keep_back(ctx: Context, wanted: Sequence[Unshown]) -> None:
    """Folded until somebody wants it: what will go with the figure, the reason, the button."""
    ctx.person.require("enter")
    with st.expander(ctx.t("unshown.mark"), key="unshown-more", type="compact"):
        said = "".join(f'<p class="w-small">{escape(_what(ctx, mark))}</p>' for mark in wanted)
        st.html(f'<div class="ward">{said}</div>')
        reason = st.text_input(
            ctx.t("unshown.reason"), placeholder=ctx.t("unshown.reason_example"), key="unshown-reason",
            max_chars=LONGEST,
        ) or ""  # fmt: skip
        who = ask_who(ctx)
        if st.button(ctx.t("unshown.mark"), type="primary", key="unshown-mark"):
            _do(ctx, who, lambda: [
                mark_unshown(ctx.store, Unshown(mark.unit, mark.year, mark.indicator, reason), who) for mark in wanted
            ])  # fmt: skip


def _what(ctx: Context, mark: Unshown) -> str:
    row = ctx.catalogue.indicators[mark.indicator]
    name = "unshown.what_awards" if row.family == AWARDS else "unshown.what"
    place = place_words(ctx.catalogue.unit(mark.unit), ctx.lang)
    return ctx.t(name, name=row.name(ctx.lang), year=mark.year, place=place)


def _do(ctx: Context, who: str, deed) -> None:
    ctx.person.require("enter")
    try:
        deed()
    except FaultError as refused:
        show_faults(ctx, refused)
        return
    writer(who)
    st.rerun()

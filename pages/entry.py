"""Entry by hand: a sheet for a year, drafts that outlive the browser, what would change, and one button to store it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import streamlit as st

from app.ui import entry_awards, entry_figures, entry_groups
from app.ui.book import named
from app.ui.context import Context
from app.ui.elements import heading, html, message, printed
from app.ui.entry_drafts import begin_anew, kept, show_draft, show_other_drafts
from app.ui.groups import groups_of
from app.ui.links import address
from app.ui.preview import SAID, charts_of, lines, say_what_was_done, show_changes, show_charts
from app.ui.writing import sentence, show_faults, signer
from app.views.entry import Typed
from app.views.preview import change_tables, groups_with, replacements
from core.errors import Fault, FaultError
from core.figures import Award, Figure
from core.store import Changes, compare, sources, store_batch
from core.store.review import locked_years
from core.store.rules import YEARS
from etl.checks import Finding, check
from etl.run import standing

SEEN = "entry-seen"  # what the tables of changes said when they were last drawn


def render(ctx: Context) -> None:
    """The year, a sheet of it, what storing would change, and the button."""
    ctx.person.require("enter")
    who = ctx.person.name
    head = st.container()
    year, sheet = st.columns([1, 3], vertical_alignment="bottom")
    with year:
        ctx = replace(ctx, year=_choose_year(ctx))
    with sheet:
        name = _choose_sheet(ctx)
    with head:
        message(ctx, ctx.t("entry.title", year=ctx.year), ctx.t("entry.lead"))
        say_what_was_done()
    show_other_drafts(ctx, who, SHEETS)
    locked = locked_years(ctx.store, [(ctx.unit.key, ctx.year)])
    if locked:
        _say_locked(ctx)
    place = st.container()
    typed = SHEETS[name](ctx, who)
    with place:
        show_draft(ctx, who, name)
    if kept(ctx, who, name):
        _confirm(ctx, name, typed, locked=bool(locked))


def _choose_year(ctx: Context) -> int:
    """The year to enter: that of the frame at first."""
    years = range(min(ctx.today.year + 6, YEARS[-1]), YEARS[0] - 1, -1)
    first = ctx.year or ctx.today.year
    # the words of the options stay: a picker whose options change in a run forgets what was chosen
    return st.selectbox(ctx.t("entry.year"), years, index=years.index(first), key=f"entry-year-{first}")


def _choose_sheet(ctx: Context) -> str:
    names = list(SHEETS)
    if len(names) == 1:
        return names[0]
    return st.radio(ctx.t("entry.sheet"), names, horizontal=True, key="entry-sheet",
                    format_func=lambda name: ctx.t(f"entry.sheet_{name}"))  # fmt: skip


def _say_locked(ctx: Context) -> None:
    """That the year takes nothing in, and where it is unlocked."""
    show_faults(ctx, FaultError([Fault("review.locked", params={"code": ctx.unit.code, "year": ctx.year})]))
    html(f'<p class="w-small">{_to_review(ctx, "entry.locked_way")}</p>')


def _to_review(ctx: Context, words: str) -> str:
    where = printed(address(ctx, "duyet", year=ctx.year))
    return f'<a href="{where}" target="_self">{printed(ctx.t(words, year=ctx.year))}</a>'


def _findings(ctx: Context, figures: Sequence[Figure], awards: Sequence[Award]) -> list[Finding]:
    """What the rules say of typed figures beside what the store knows."""
    known = standing(ctx.store, figures, awards, ctx.catalogue)
    return check(figures, awards, ctx.catalogue, ctx.today, known)


def _remarks(ctx: Context, figures: Sequence[Figure] = (), awards: Sequence[Award] = ()) -> dict[tuple, list[str]]:
    """The same by the key of the figure or award each is said beside."""
    said: dict[tuple, list[str]] = {}
    for finding in _findings(ctx, figures, awards):
        said.setdefault(finding.item.key, []).append(sentence(ctx, replace(finding.fault, where="")))
    return said


def _confirm(ctx: Context, name: str, typed: Typed, *, locked: bool) -> None:
    """What is wrong, what would change, the reason and the button."""
    heading(ctx.t("entry.changes"))
    lines(ctx.t("entry.faults"), [sentence(ctx, fault) for fault in typed.faults])
    try:
        found = compare(ctx.store, typed.figures, typed.awards, typed.groups)
    except FaultError as refused:
        show_faults(ctx, refused)
        return
    findings = _findings(ctx, found.new_figures, found.new_awards)
    lines(ctx.t("entry.findings"), [sentence(ctx, replace(each.fault, where="")) for each in findings])
    _show(ctx, found, typed)
    if not (found.new_figures or found.new_awards or typed.groups or typed.names):
        html(f'<p class="w-small">{printed(ctx.t("entry.nothing"))}</p>')
        return
    wrong = bool(typed.faults) or any(finding.severity == "error" for finding in findings)
    changed = bool(found.changed or found.awards_changed)
    reason = (st.text_input(ctx.t("entry.reason"), key="entry-reason") or "").strip() if changed else ""
    who = signer(ctx)
    missing = ([] if who else ["entry.need_name"]) + (["entry.need_reason"] if changed and not reason else [])
    html("".join(f'<p class="w-small">{printed(ctx.t(words))}</p>' for words in missing))
    pressed = st.button(_button(ctx, found), type="primary", key="entry-store",
                        disabled=locked or wrong or bool(missing))  # fmt: skip
    seen, now = st.session_state.get(SEEN), replacements(found)
    st.session_state[SEEN] = now
    if pressed and seen == now:
        _store(ctx, name, typed, found, who, reason)
    elif pressed:
        st.warning(ctx.t("entry.meanwhile"))


def _show(ctx: Context, found: Changes, typed: Typed) -> None:
    """The tables of what changes, and on demand the charts that would."""
    every = [*found.new_figures, *found.new_awards]
    if not every:
        return
    known = sources(ctx.store, {item.unit for item in every}, {item.year for item in every}, approved=False)
    known = named(ctx, known)
    groups = groups_with(groups_of(ctx, [ctx.unit.key]), typed.groups)
    names = dict(zip(groups["id"], groups["name"], strict=True))
    show_changes(ctx, change_tables(found, known, {}, ctx.catalogue, names, ctx.lang, area="entry"), "entry")
    if found.new_figures and st.toggle(ctx.t("entry.charts"), key="entry-charts"):
        charts = charts_of(ctx, found.new_figures, typed.groups, ctx.unit.key, ctx.t("sources.by_hand"))
        show_charts(ctx, charts, "entry")


def _button(ctx: Context, found: Changes) -> str:
    count = len(found.new_figures) + len(found.new_awards)
    return ctx.t("entry.store", count=count, year=ctx.year) if count else ctx.t("entry.store_all", year=ctx.year)


def _store(ctx: Context, name: str, typed: Typed, found: Changes, who: str, reason: str) -> None:
    """One confirmation, one batch; the draft is then gone."""
    ctx.person.require("enter")
    changed = {new.key for _, new in found.changed}
    figures = [replace(each, reason=reason) if each.key in changed else each for each in typed.figures]
    try:
        batch = store_batch(
            ctx.store, figures=figures, awards=typed.awards, groups=typed.groups, report=None, who=who, note=reason,
            names=typed.names,
        )  # fmt: skip
    except FaultError as refused:
        show_faults(ctx, refused)
        return
    begin_anew(ctx, ctx.person.name, name)
    st.session_state.pop(SEEN, None)
    st.session_state.pop("entry-reason", None)
    stored = ctx.t("entry.stored", rows=batch.rows, batch=batch.id) if batch.id else ctx.t("entry.stored_names")
    st.session_state[SAID] = (stored, _to_review(ctx, "entry.to_review"))
    st.rerun()


def _figures(ctx: Context, who: str) -> Typed:
    return entry_figures.show(ctx, who, lambda figures: _remarks(ctx, figures=figures))


def _awards(ctx: Context, who: str) -> Typed:
    return entry_awards.show(ctx, who, lambda awards: _remarks(ctx, (), awards))


# sheet -> what draws it from the draft or the store, keeps the draft and gives what was typed
SHEETS: dict[str, Callable[[Context, str], Typed]] = {
    "figures": _figures, "groups": entry_groups.show, "awards": _awards,
}  # fmt: skip

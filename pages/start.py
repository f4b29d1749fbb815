"""The first run in four steps: own ward, printed name and colour, sample, earlier years; later where they change."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import NamedTuple

import streamlit as st

from app.charts.theme import ACCENTS, LIGHT
from app.ui.choices import default_unit, unit_labels
from app.ui.context import Context
from app.ui.elements import html, message, printed
from app.ui.links import address, open_screen
from app.ui.writing import ask_who, show_faults, writer
from app.views.wards import find_wards, ward_under
from app.views.words import lead_lower, listed
from core.errors import Fault, FaultError
from core.store import remove_sample, restore_sample
from core.store.office import COLOURS, choose

PATH = "bat-dau"
OPENED = "start-opened"  # the step that somebody opened again
LONGEST = 80  # characters of a printed name: it stands in one line of a slide


class Step(NamedTuple):
    """A step: its name in data/texts/begin.toml, what was chosen ("" while nothing is), and what draws its choice."""

    name: str
    chosen: str
    body: Callable[[Context], None]


def render(ctx: Context) -> None:
    """The steps one under the other: what was chosen, the one that is next with its fields, the names of the rest."""
    ctx.person.require("office" if ctx.office.started else "enter")
    if ctx.office.started:
        own = ctx.catalogue.unit(ctx.office.unit)
        message(ctx, ctx.t("begin.title_later", name=own.name), ctx.t("begin.lead_later"))
    else:
        message(ctx, ctx.t("begin.title"), ctx.t("begin.lead"))
    known = steps(ctx)
    waiting = [step.name for step in known if not step.chosen]
    opened = st.session_state.get(OPENED) or (waiting[0] if waiting else "")
    narrow, _ = (st.container(), None) if ctx.phone else st.columns([2, 1])
    with narrow:
        for number, step in enumerate(known, start=1):
            with st.container(key=f"start-step-{number}", gap="small"):
                _step(ctx, number, step, opened)
    if not ctx.office.started and len(ctx.units):
        there = address(ctx, "tong-quan", unit=default_unit(ctx.units, ctx.catalogue))
        words = printed(ctx.t("begin.sample_first"))
        html(f'<p class="w-small"><a href="{escape(there)}" target="_self">{words}</a></p>')


def steps(ctx: Context) -> tuple[Step, ...]:
    """The four steps as they stand in the store."""
    office = ctx.office
    unit = ""
    if office.unit:
        own = ctx.catalogue.unit(office.unit)
        unit = f"{own.name}, {own.province}"
    return (
        Step("unit", unit, _choose_unit),
        Step("name", _named(ctx), _choose_name),
        Step("sample", _of_sample(ctx), _choose_sample),
        Step("load", ctx.t("begin.load_done") if office.started else "", _load_reports),
    )


def _step(ctx: Context, number: int, step: Step, opened: str) -> None:
    state = "open" if step.name == opened else "done" if step.chosen else "later"
    html(f'<h2 class="w-title w-step-{state}">{number}. {printed(ctx.t(f"begin.step_{step.name}"))}</h2>')
    if state == "open":
        step.body(ctx)
    elif state == "done":
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            html(f"<p>{printed(step.chosen)}</p>")
            words = ctx.t("begin.load_now" if step.name == "load" else "begin.change")
            nothing = step.name == "sample" and not (_has_sample(ctx) or ctx.office.sample)
            if not nothing and st.button(words, type="tertiary", key=f"start-change-{step.name}"):
                _again(ctx, step.name)


def _again(ctx: Context, name: str) -> None:
    if name == "load":
        open_screen(ctx, "nap-bao-cao")
        return
    st.session_state[OPENED] = name
    st.rerun()


def _choose_unit(ctx: Context) -> None:
    """A field to search in, the wards it finds, and the button that chooses one."""
    query = st.text_input(
        ctx.t("begin.find"), placeholder=ctx.t("begin.find_example"), key="start-find", max_chars=60
    )
    query = (query or "").strip()
    wards = find_wards(ctx.catalogue, query)
    if not query:
        html(f'<p class="w-small">{printed(ctx.t("begin.find_how"))}</p>')
        return
    if not wards.found:
        html(f"<p>{printed(ctx.t('begin.found_none', query=query))}</p>")
        return
    labels = unit_labels(wards.found)
    # not as captions, which Streamlit prints too pale to be read
    said = {unit: f"**{labels[unit]}** – {ward_under(ctx.catalogue, unit, ctx.lang)}" for unit in wards.found}
    with st.container(key="start-found"):
        chosen = st.radio(ctx.t("begin.found"), wards.found, key=f"start-found-{query}", format_func=said.get)
    if wards.more:
        html(f'<p class="w-small">{printed(ctx.t("begin.found_more", count=wards.more))}</p>')
    who = ask_who(ctx)
    if st.button(ctx.t("begin.choose_unit"), type="primary", key="start-choose-unit"):
        # another ward has another name, which the next step asks for
        _keep(ctx, who, unit=chosen.key, printed_name="" if chosen.key != ctx.office.unit else None)


def _choose_name(ctx: Context) -> None:
    """The printed name, at first that of the People's Committee, and the slides' colour; how both will look."""
    own = ctx.catalogue.unit(ctx.office.unit)
    first = ctx.office.printed_name or ctx.t("begin.name_of", name=lead_lower(own.name))
    given = st.text_input(ctx.t("begin.name"), value=first, key=f"start-name-{own.code}", max_chars=LONGEST) or ""
    colour = st.radio(
        ctx.t("begin.colour"), COLOURS, index=COLOURS.index(ctx.office.colour), horizontal=True,
        key=f"start-colour-{own.code}", format_func=lambda name: ctx.t(f"begin.colour_{name}"),
    )
    line = ctx.t("frame.eyebrow", unit=given.strip() or own.name, year=ctx.today.year)
    html(
        f'<p class="w-small">{printed(ctx.t("begin.name_preview"))}</p>'
        f'<div class="w-preview"><p class="w-eyebrow">{printed(line)}</p></div>'
        f'<p class="w-small">{printed(ctx.t("begin.colour_preview"))}</p>'
        + _cover(ctx, given.strip() or own.name, ACCENTS[colour])
    )
    who = ask_who(ctx)
    if st.button(ctx.t("begin.choose_name"), type="primary", key="start-choose-name"):
        if given.strip():
            _keep(ctx, who, printed_name=given, colour=colour)
        else:
            show_faults(ctx, FaultError([Fault("begin.name_empty")]))


def _named(ctx: Context) -> str:
    """The printed name with the colour of the slides; "" while no name is chosen."""
    name, colour = ctx.office.printed_name, ctx.t(f"begin.colour_{ctx.office.colour}")
    return name and ctx.t("begin.name_chosen", name=name, colour=lead_lower(colour))


def _cover(ctx: Context, name: str, accent: str) -> str:
    """The first slide in small: paper is white on a dark screen too."""
    title = printed(ctx.t("story.default_name", year=ctx.today.year))
    return (
        f'<div style="background:{LIGHT.bg};color:{LIGHT.text};border:1px solid {LIGHT.rule};'
        f'border-left:14px solid {accent};padding:14px 18px"><p style="margin:0;font-size:20px;font-weight:700;'
        f'color:{accent}">{title}</p><p style="margin:4px 0 0;color:{LIGHT.text}">{printed(name)}</p></div>'
    )


def _choose_sample(ctx: Context) -> None:
    """What the sample is, what removing it does, and both ways to go on; once it is removed the way back."""
    there = _has_sample(ctx)
    if there:
        names = list(dict.fromkeys(ctx.units.loc[ctx.units["is_sample"], "name"]))
        html(f"<p>{printed(ctx.t('begin.sample_what', count=len(names), names=listed(names, ctx.lang)))}</p>")
    what = ctx.t("begin.sample_remove_what" if there else "begin.sample_restore_what")
    html(f'<p class="w-small">{printed(what)}</p>')
    who = ask_who(ctx)
    deeds = ("keep", "remove") if there else ("restore",)
    with st.container(horizontal=True):
        pressed = [deed for deed in deeds if st.button(ctx.t(f"begin.sample_{deed}"), key=f"start-sample-{deed}")]
    if pressed and _done(ctx, pressed[0], who):
        _keep(ctx, who, sample="removed" if pressed[0] == "remove" else "kept")


def _done(ctx: Context, deed: str, who: str) -> bool:
    """Do with the sample what was chosen; says why where that cannot be."""
    ctx.person.require("office" if ctx.office.started else "enter")
    try:
        if not who.strip():
            raise FaultError([Fault("notes.no_who")])
        with st.spinner(ctx.t("begin.sample_working")):
            if deed == "remove":
                remove_sample(ctx.store, who)
            elif deed == "restore":
                restore_sample(ctx.store, who)
    except FaultError as refused:
        show_faults(ctx, refused)
        return False
    return True


def _has_sample(ctx: Context) -> bool:
    return bool(len(ctx.units) and ctx.units["is_sample"].any())


def _of_sample(ctx: Context) -> str:
    """What became of the sample; "" where that is still to be decided."""
    if not _has_sample(ctx):
        return ctx.t("begin.sample_removed" if ctx.office.sample == "removed" else "begin.sample_none")
    return ctx.t("begin.sample_kept") if ctx.office.sample else ""


def _load_reports(ctx: Context) -> None:
    """The way to the upload screen, and the way past it: with either the first run is over."""
    html(f"<p>{printed(ctx.t('begin.load_what'))}</p>")
    who = ask_who(ctx)
    with st.container(horizontal=True):
        now = st.button(ctx.t("begin.load_now"), type="primary", key="start-load-now")
        later = st.button(ctx.t("begin.load_later"), key="start-load-later")
    if (now or later) and _kept(ctx, who, started=True):
        open_screen(ctx, "nap-bao-cao" if now else "tong-quan")


def _keep(ctx: Context, who: str, **chosen: object) -> None:
    """Store a choice and go on to the next step."""
    if _kept(ctx, who, **chosen):
        st.session_state.pop(OPENED, None)
        st.rerun()


def _kept(ctx: Context, who: str, **chosen: object) -> bool:
    ctx.person.require("office" if ctx.office.started else "enter")
    try:
        choose(ctx.store, who, **chosen)
    except FaultError as refused:
        show_faults(ctx, refused)
        return False
    writer(who)
    return True

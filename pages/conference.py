"""The conference: approved figures are frozen, told as a story of slides, and taken to the hall as files."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote, urlencode

import streamlit as st

from app.exports.book import deck_xlsx
from app.exports.document import deck_docx
from app.exports.offline import deck_html
from app.exports.package import package_zip
from app.exports.paper import deck_pdf
from app.exports.slides import deck_pptx
from app.server.presenting import BACK, DEFAULT
from app.server.routes import PRESENT
from app.story.deck import Deck
from app.story.frozen import Frozen, open_freeze
from app.ui.choices import LANGUAGE
from app.ui.context import Context
from app.ui.elements import ask_for_name, empty, heading, html, message, printed
from app.ui.freezes import compare_freezes, freeze_words
from app.ui.links import address
from app.ui.logged import download
from app.ui.story import arrange, as_saved, choose_story
from app.ui.tables import file_name
from app.ui.writing import show_faults, signer
from core.errors import FaultError
from core.lineage import lineage
from core.store.freeze_diff import refs_told
from core.store.freezes import Freeze, list_freezes, make_freeze
from core.store.shown import speaks_of_withheld
from core.store.stories import Story
from core.store.unshown import for_public

SCREEN = "hoi-nghi"
OFFICE = "application/vnd.openxmlformats-officedocument"
ZIP = "application/zip"
# ending of a file -> what makes it, and its type
FILES: dict[str, tuple[Callable[[Deck], bytes], str]] = {
    "pptx": (deck_pptx, f"{OFFICE}.presentationml.presentation"),
    "html": (deck_html, "text/html; charset=utf-8"),
    "docx": (deck_docx, f"{OFFICE}.wordprocessingml.document"),
    "pdf": (deck_pdf, "application/pdf"),
    "xlsx": (deck_xlsx, f"{OFFICE}.spreadsheetml.sheet"),
}


def render(ctx: Context) -> None:
    """Freeze, arrange, take away."""
    ctx.person.require("present")
    if ctx.year is None:
        message(ctx, ctx.t("ui.empty_title"))
        empty(ctx, ctx.t("overview.what"))
        return
    message(ctx, ctx.t("conference.title", year=ctx.year), ctx.t("conference.lead"))
    who = signer(ctx)
    freeze = _freeze(ctx, who)
    if freeze is None:
        return
    try:
        frozen = open_freeze(ctx.store, freeze)
    except FaultError as refused:
        show_faults(ctx, refused)
        return
    _not_shown(ctx, frozen)
    st.space("small")
    heading(ctx.t("conference.story"), ctx.t("conference.story_lead"))
    story, scenes = choose_story(ctx, frozen, who)
    _present(ctx, frozen, story, unsaved=scenes != as_saved(ctx, frozen, story))
    deck = arrange(ctx, frozen, story, scenes, who)
    if deck is not None:
        _files(ctx, frozen, deck)


def _not_shown(ctx: Context, frozen: Frozen) -> None:
    """How many figures the freeze left out, and whether it tells one that was marked since: it never changes."""
    if frozen.freeze.left_out:
        html(f'<p class="w-small">{printed(ctx.t("conference.left_out", count=frozen.freeze.left_out))}</p>')
    seen = for_public(ctx.store)
    if seen.withheld and speaks_of_withheld(seen, refs_told(frozen.content)):
        html(f'<div class="w-stale" role="note"><p><b>{printed(ctx.t("conference.marked_since"))}</b></p></div>')


def _freeze(ctx: Context, who: str) -> Freeze | None:
    """The freeze the conference rests on: chosen of those there are, or made by whoever approves."""
    heading(ctx.t("conference.frozen"), ctx.t("conference.frozen_lead"))
    if ctx.person.may("approve"):
        _make(ctx, who)
    found = list_freezes(ctx.store, lineage(ctx.catalogue, ctx.unit.key))
    known = {each.id: each for each in found if each.year == ctx.year}
    if not known:
        name = "none" if ctx.person.may("approve") else "none_ask"
        html(f'<p class="w-small">{printed(ctx.t(f"conference.{name}", year=ctx.year))}</p>')
        return None
    chosen = st.selectbox(ctx.t("conference.choose"), list(known), key="freeze-chosen",
                          format_func=lambda number: freeze_words(ctx, known[number]))  # fmt: skip
    compare_freezes(ctx, known[chosen], found)
    return known[chosen]


def _make(ctx: Context, who: str) -> None:
    left, right = st.columns([3, 1], vertical_alignment="bottom")
    with left:
        title = st.text_input(ctx.t("conference.name_of_freeze"), ctx.t("conference.default_title", year=ctx.year),
                              key=f"freeze-title-{ctx.year}")  # fmt: skip
    with right:
        wanted = st.button(ctx.t("conference.make"), key="freeze-make", disabled=not who)
    ask_for_name(ctx, who)
    if not wanted:
        return
    ctx.person.require("approve")
    try:
        made = make_freeze(ctx.store, ctx.catalogue, ctx.unit.key, ctx.year, title or "", who)
    except FaultError as refused:
        show_faults(ctx, refused)
        return
    st.session_state["freeze-chosen"] = made.id
    html(f'<p class="w-lead" role="status">{printed(ctx.t("conference.made", mark=made.hash[:10]))}</p>')


def _present(ctx: Context, frozen: Frozen, story: Story | None, *, unsaved: bool) -> None:
    """The way to the presentation mode, which leads back to this very view; it knows what is saved and no draft."""
    query = urlencode({LANGUAGE: ctx.t("frame.language"), BACK: address(ctx, SCREEN)}, quote_via=quote)
    where = f"{PRESENT}{frozen.freeze.hash[:10]}/{story.id if story else DEFAULT}?{query}"
    st.link_button(ctx.t("conference.present"), where, type="secondary" if unsaved else "primary", key="story-present")
    lead = ctx.t("conference.present_lead")
    if unsaved:
        name = ctx.t("conference.story_named", name=story.name) if story else ctx.t("conference.story_default")
        lead = ctx.t("conference.present_unsaved", story=name)
    html(f'<p class="w-small" role="status">{printed(lead)}</p>')


def _files(ctx: Context, frozen: Frozen, deck: Deck) -> None:
    """One button a format: each makes its file when it is pressed."""
    st.space("small")
    heading(ctx.t("conference.take"), ctx.t("conference.take_lead"))
    with st.container(horizontal=True):
        for ending, (make, mime) in FILES.items():
            name = file_name(ctx.unit.name, SCREEN, str(deck.year), deck.mark) + f".{ending}"
            download(ctx, ctx.t(f"conference.take_{ending}"), lambda make=make: make(deck), screen=SCREEN, name=name,
                     key=f"take-{ending}", mime=mime)  # fmt: skip
        data = file_name(ctx.unit.name, "du-lieu", str(deck.year), deck.mark) + ".zip"
        download(ctx, ctx.t("conference.take_zip"), lambda: package_zip(frozen), screen=SCREEN, name=data,
                 key="data-zip", mime=ZIP)  # fmt: skip

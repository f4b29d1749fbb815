"""Arranging a conference on the screen: the slides in order, one of them open to be changed, kept as a draft."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace

import streamlit as st

from app.story.deck import Deck, Slide
from app.story.frozen import Frozen
from app.story.scenes import Look, every_scene, maker_of
from app.story.telling import deck_of, default_scenes
from app.ui.context import Context
from app.ui.elements import ask_for_name, heading, html, printed, show_chart, source
from app.ui.entry_drafts import keep, kept
from app.ui.tables import table_html
from app.ui.writing import show_faults
from app.views.view import TABLE, Table
from core.errors import FaultError
from core.store.drafts import drop_draft
from core.store.stories import Scene, Story, list_stories, withdraw_story, write_story

SHEET = "story"  # the name of the draft
NEXT = "scene-next"  # which slide is open in the next run, after it was moved
NEXT_STORY = "story-next"  # which story is chosen in the next run, after it was saved, and what was done with it


def key_of(frozen: Frozen) -> str:
    """What tells one freeze from every other: two of the same content have one hash, yet their own day and title."""
    return f"{frozen.freeze.hash}-{frozen.freeze.id}"


@st.cache_resource(show_spinner=False, max_entries=8)
def scenes_there_are(key: str, lang: str, _frozen: Frozen) -> list[tuple[str, str]]:
    """Every scene a freeze has something for, with its message: kind, title."""
    look = Look(_frozen.context(lang))
    return [(kind, str(maker_of(kind)(look).title)) for kind in every_scene(look)]


@st.cache_resource(show_spinner=False, max_entries=8)
def usual_scenes(key: str, lang: str, _frozen: Frozen) -> tuple[Scene, ...]:
    """The scenes of the default order."""
    return default_scenes(Look(_frozen.context(lang)))


@st.cache_resource(show_spinner=False, max_entries=64)
def generated(key: str, lang: str, kind: str, _frozen: Frozen) -> Slide | None:
    """The slide of a scene in the program's own words, None where the freeze has nothing for it."""
    maker = maker_of(kind)
    return None if maker is None else maker(Look(_frozen.context(lang)))


@st.cache_resource(show_spinner=False, max_entries=16)
def told(key: str, lang: str, name: str, scenes: tuple[Scene, ...], _frozen: Frozen) -> Deck:
    """A freeze told in an order, made once for everybody who looks at it."""
    freeze = _frozen.freeze
    return deck_of(_frozen, lang, Story(freeze.unit, freeze.year, name, lang, scenes))


def choose_story(ctx: Context, frozen: Frozen, who: str) -> tuple[Story | None, tuple[Scene, ...]]:
    """Which story is told, None for the default; and its scenes as they are being arranged."""
    known = {story.id: story for story in list_stories(ctx.store, [frozen.freeze.unit], frozen.freeze.year, ctx.lang)}
    draft = kept(ctx, who, SHEET)
    number, done = st.session_state.pop(NEXT_STORY, (None, ""))
    if done:
        st.session_state["story-chosen"] = number
    place = list(known).index(draft["story"]) + 1 if draft.get("story") in known else 0
    chosen = st.selectbox(
        ctx.t("conference.which"), [0, *known], index=place, key="story-chosen",
        format_func=lambda number: known[number].name if number else ctx.t("conference.default_story"),
    )  # fmt: skip
    if done:
        html(f'<p class="w-small" role="status">{printed(done)}</p>')
    story = known.get(chosen)
    usual = as_saved(ctx, frozen, story)
    if draft.get("story", 0) == chosen and draft.get("scenes"):
        return story, tuple(Scene(**scene) for scene in draft["scenes"])
    return story, usual


def as_saved(ctx: Context, frozen: Frozen, story: Story | None) -> tuple[Scene, ...]:
    """The scenes of a story as it was saved, of the default as it always is."""
    return story.scenes if story else usual_scenes(key_of(frozen), ctx.lang, frozen)


def arrange(ctx: Context, frozen: Frozen, story: Story | None, scenes: tuple[Scene, ...], who: str) -> Deck | None:
    """The slides as a table, the chosen one's words and place, further slides; None where words were refused."""
    name = story.name if story else ctx.t("conference.default_title", year=frozen.freeze.year)
    try:
        deck = told(key_of(frozen), ctx.lang, name, scenes, frozen)
    except FaultError as refused:
        show_faults(ctx, refused)
        deck = None
    shown = deck.slides if deck else ()
    if shown:
        html(table_html(_table(ctx, shown), words=(1, 2, 3)))
    elif deck:
        html(f'<p class="w-lead" role="status">{printed(ctx.t("conference.no_slides", year=frozen.freeze.year))}</p>')
    titles = dict(scenes_there_are(key_of(frozen), ctx.lang, frozen))
    st.space("small")
    heading(ctx.t("conference.arrange"), ctx.t("conference.arrange_lead"))
    _open_one(ctx, frozen, scenes, titles, story, who)
    _add_one(ctx, scenes, titles, story, who)
    _save(ctx, frozen, story, scenes, who)
    return deck


def _table(ctx: Context, slides: Sequence[Slide]) -> Table:
    """The slides in their order; on a phone their messages alone."""
    header = tuple(ctx.t(f"conference.column_{name}") for name in ("number", "title", "kind", "notes"))
    rows = tuple(
        (str(place), slide.title, ctx.t(f"conference.kind_{_kind(slide)}"),
         ctx.t("conference.own_notes") if slide.notes else "–")
        for place, slide in enumerate(slides, start=1)
    )  # fmt: skip
    shown = 2 if ctx.phone else len(header)
    return Table(ctx.t("conference.caption", count=len(slides)), header[:shown], tuple(row[:shown] for row in rows))


def _kind(slide: Slide) -> str:
    return "points" if slide.view is None else "table" if slide.view.kind == TABLE else "chart"


def _open_one(
    ctx: Context, frozen: Frozen, scenes: tuple[Scene, ...], titles: dict[str, str], story: Story | None, who: str
) -> None:
    """The chosen slide: its place, its words, the speaker's notes, and how it looks."""
    if not scenes:
        return
    if NEXT in st.session_state:
        st.session_state["scene-open"] = st.session_state.pop(NEXT)
    place = st.selectbox(
        ctx.t("conference.edit"), range(len(scenes)), key="scene-open",
        # never by its own words: the browser keeps the words that were chosen, and would be sent to the first slide
        format_func=lambda at: f"{at + 1}. {titles.get(scenes[at].kind, scenes[at].kind)}",
    )  # fmt: skip
    with st.container(horizontal=True):
        moves = {
            "up": place > 0 and st.button(ctx.t("conference.up"), key="scene-up"),
            "down": place < len(scenes) - 1 and st.button(ctx.t("conference.down"), key="scene-down"),
            "remove": len(scenes) > 1 and st.button(ctx.t("conference.remove"), key="scene-remove"),
        }
    order = list(scenes)
    if moves["up"] or moves["down"]:
        other = place - 1 if moves["up"] else place + 1
        order[place], order[other] = order[other], order[place]
        st.session_state[NEXT] = other
    if moves["remove"]:
        del order[place]
        st.session_state.pop("scene-open", None)
    if any(moves.values()):
        _keep(ctx, story, order, who)
        return
    scene = scenes[place]
    key = f"{story.id if story else 0}-{scene.kind}-{place}"
    made = generated(key_of(frozen), ctx.lang, scene.kind, frozen)
    words = {
        "title": st.text_input(ctx.t("conference.own_title"), scene.title, key=f"title-{key}",
                               placeholder=made and str(made.title)),
        "sentence": st.text_input(ctx.t("conference.own_sentence"), scene.sentence, key=f"sentence-{key}",
                                  placeholder=made and str(made.sentence)),
        "notes": st.text_area(ctx.t("conference.notes"), scene.notes, key=f"notes-{key}"),
    }  # fmt: skip
    changed = replace(scene, **{name: said or "" for name, said in words.items()})
    if changed != scene:
        order[place] = changed
        _keep(ctx, story, order, who)
    box = st.expander(ctx.t("conference.look"), key="scene-look", on_change="rerun")
    if made and box.open:
        with box:
            _slide(ctx, frozen, replace(made, title=scene.title or made.title,
                                        sentence=scene.sentence or made.sentence))  # fmt: skip


def _slide(ctx: Context, frozen: Frozen, slide: Slide) -> None:
    """A slide as the screens draw it, from the freeze."""
    if slide.view is not None and slide.view.kind != TABLE:
        there = replace(frozen.context(ctx.lang), theme=ctx.theme, phone=ctx.phone)
        show_chart(there, replace(slide.view, id=f"slide-{slide.id}", title=slide.title, subtitle=slide.sentence))
        return
    heading(slide.title, slide.sentence)
    if slide.view is not None:
        html(table_html(slide.view.table))
    html(f"<ul>{''.join(f'<li>{printed(point)}</li>' for point in slide.points)}</ul>")
    if slide.source:
        source(ctx, slide.source, is_sample=slide.is_sample)


def _add_one(ctx: Context, scenes: tuple[Scene, ...], titles: dict[str, str], story: Story | None, who: str) -> None:
    spare = [kind for kind in titles if kind not in {scene.kind for scene in scenes}]
    if not spare:
        return
    left, right = st.columns([4, 1], vertical_alignment="bottom")
    with left:
        kind = st.selectbox(ctx.t("conference.add"), spare, index=None, format_func=titles.get, key="scene-new")
    with right:
        if st.button(ctx.t("conference.add"), key="scene-add", disabled=kind is None):
            st.session_state.pop("scene-new", None)
            _keep(ctx, story, [*scenes, Scene(kind)], who)


def _keep(ctx: Context, story: Story | None, scenes: Sequence[Scene], who: str) -> None:
    said = {"story": story.id if story else 0, "scenes": [asdict(scene) for scene in scenes]}
    keep(ctx, who, SHEET, said, right="present")
    st.rerun()


def _save(ctx: Context, frozen: Frozen, story: Story | None, scenes: tuple[Scene, ...], who: str) -> None:
    """Under a name for everybody; the draft ends with it. A story that nobody wants any more is taken back."""
    number = story.id if story else 0
    unsaved = scenes != as_saved(ctx, frozen, story)
    name = st.text_input(ctx.t("conference.name"), story.name if story else "", key=f"story-name-{number}")
    with st.container(horizontal=True):
        deeds = {
            "save": st.button(ctx.t("conference.save"), key="story-save", disabled=not who,
                              type="primary" if unsaved else "secondary"),
            "anew": unsaved and st.button(ctx.t("conference.anew"), key="story-anew"),
            "withdraw": story is not None and not unsaved
            and st.button(ctx.t("conference.withdraw"), key="story-withdraw", disabled=not who),
        }  # fmt: skip
    ask_for_name(ctx, who)
    wanted = next((deed for deed, pressed in deeds.items() if pressed), None)
    if wanted is None:
        return
    ctx.person.require("present")
    try:
        chosen = _done(ctx, frozen, story, scenes, wanted, name or "", who)
    except FaultError as refused:
        show_faults(ctx, refused)
        return
    drop_draft(ctx.store, ctx.unit.key, ctx.year, who, SHEET)
    for key in ("scene-open", "story-chosen"):
        st.session_state.pop(key, None)
    st.session_state[NEXT_STORY] = chosen
    st.rerun()


def _done(
    ctx: Context, frozen: Frozen, story: Story | None, scenes: tuple[Scene, ...], deed: str, name: str, who: str
) -> tuple[int, str]:
    """Do what a button says; the story that is chosen after it, 0 for the default, and what is said of it."""
    ctx.person.require("present")
    freeze, plain = frozen.freeze, " ".join(name.split())
    if deed == "save":
        told(key_of(frozen), ctx.lang, name, scenes, frozen)  # refuses words that no slide takes
        old = story.id if story and story.name == plain else None
        made = Story(freeze.unit, freeze.year, name, ctx.lang, scenes, replaces=old)
        return write_story(ctx.store, made, who), ctx.t("conference.saved", name=plain)
    if deed == "withdraw":
        withdraw_story(ctx.store, story.id, who)
        return 0, ctx.t("conference.withdrawn", name=story.name)
    return (story.id if story else 0), ctx.t("conference.begun_anew")

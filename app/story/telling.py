"""Telling a story from a freeze: the default for any ward and year, and a saved one with the presenter's own words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from app.story.deck import Deck, Slide
from app.story.frozen import Frozen
from app.story.printable import printable
from app.story.results import results
from app.story.scenes import Look, headline_scenes, maker_of
from app.views.words import place_words
from core.errors import Fault, FaultError
from core.sentences import Said, Sentence, bind
from core.store.office import office
from core.store.stories import Scene, Story
from core.texts import text

BEFORE = ("targets", "budget_revenue", "budget_revenue_own", "budget_expenditure", "revenue_mix", "groups",
          "cultural_families", "awards", "awards_individuals")  # fmt: skip
AFTER = ("shortfalls", "next_year")
_NUMBERS = re.compile(r"[−-]?\d+(?:[.,/]\d+)*%?")
EITHER = ("budget_revenue", "budget_revenue_own")  # of the two revenues the default tells the first there is


def default_scenes(look: Look) -> tuple[Scene, ...]:
    """The order a conference is told in where nobody arranged another; only scenes that have something to show."""
    kinds = [kind for kind in (*BEFORE, *headline_scenes(look), *AFTER) if maker_of(kind)(look) is not None]
    spare = [kind for kind in kinds if kind in EITHER][1:]
    return tuple(Scene(kind) for kind in kinds if kind not in spare)


def deck_of(frozen: Frozen, lang: str, story: Story | None = None) -> Deck:
    """A freeze told as a story, or as the default where none is given.

    Scenes the freeze has nothing for are left out. Raises FaultError with every number in the presenter's own words
    that the scene does not know: none is typed by hand.
    """
    look = Look(frozen.context(lang))
    scenes = story.scenes if story is not None else default_scenes(look)
    slides, faults = [], []
    for scene in scenes:
        maker = maker_of(scene.kind)
        slide = None if maker is None else maker(look)
        if slide is not None:
            faults += own_words_faults(slide, scene, lang)
            slides.append(_in_own_words(slide, scene))
    if faults:
        raise FaultError(faults)
    unit, chosen = look.ctx.unit, office(frozen.store)
    return printable(Deck(
        name=story.name if story is not None else text("story.default_name", lang, year=look.year),
        ward=chosen.printed_name or unit.name,
        place=place_words(unit, lang), year=look.year, lang=lang, freeze=frozen.freeze, slides=_said_once(slides),
        results=results(look.book, look.year, lang), left_out=frozen.freeze.left_out,
        is_sample=any(slide.is_sample for slide in slides), colour=chosen.colour,
        measures={id: measure.short(lang) for id, measure in look.ctx.catalogue.measures.items()},
    ))  # fmt: skip


def own_words_faults(slide: Slide, scene: Scene, lang: str) -> list[Fault]:
    """Every number in a scene's own title and sentence that its slide does not say."""
    known = list(numbers_of(slide))
    faults: list[Fault] = []
    for said in (scene.title, scene.sentence):
        try:
            bind(said, known, lang)
        except FaultError as stray:
            faults += [replace(fault, where=slide.title) for fault in stray.faults]
    return faults


def numbers_of(slide: Slide) -> Iterable[Said]:
    """Every number a slide prints: of its message, of its points, of its chart's table."""
    for words in (slide.title, slide.sentence):
        if isinstance(words, Sentence):
            yield from words.said
    printed = [*map(str, (slide.title, slide.sentence)), *slide.points]
    rows = slide.view.table.rows if slide.view else ()
    named = (row[1:] if row[0][:1].isalpha() else row for row in rows)  # the 16 of "TDP 16" is a name, no figure
    printed += [cell for row in named for cell in row]
    for words in printed:
        yield from (Said(number, (), number) for number in _NUMBERS.findall(words))


def _said_once(slides: Iterable[Slide]) -> tuple[Slide, ...]:
    """What was written of a year stands under the first chart it speaks of; the speaker has it at every one."""
    said: set[str] = set()
    found = []
    for slide in slides:
        found.append(replace(slide, remarks=tuple(remark for remark in slide.remarks if remark not in said)))
        said |= set(slide.remarks)
    return tuple(found)


def _in_own_words(slide: Slide, scene: Scene) -> Slide:
    return replace(slide, title=scene.title or slide.title, sentence=scene.sentence or slide.sentence,
                   notes=scene.notes)  # fmt: skip

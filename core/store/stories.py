"""Stories: which scenes a conference tells in which order, in the presenter's words; correctable, none deleted."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

from core.errors import Fault, FaultError
from core.figures import UnitKey
from core.store import tables
from core.store.current import of_unit
from core.store.engine import Store, reading, unit_lock, writing
from core.store.rules import YEARS
from core.store.written import live, write_row
from core.texts import LANGUAGES

LONGEST = {"name": 80, "title": 160, "sentence": 400, "notes": 4000}  # characters


@dataclass(frozen=True, slots=True)
class Scene:
    """One slide of a story: which one (app.story.scenes.SCENES), and what a presenter says in place of the program.

    `title` and `sentence` are empty where the generated ones stand; `notes` are the speaker's own.
    """

    kind: str
    title: str = ""
    sentence: str = ""
    notes: str = ""


@dataclass(frozen=True, slots=True)
class Story:
    """A named order of scenes for a ward's year in one language.

    `id`, `who` and `at` (UTC) are the store's; `replaces` is the story it corrects.
    """

    unit: UnitKey
    year: int
    name: str
    lang: str
    scenes: tuple[Scene, ...]
    id: int = 0
    who: str = ""
    at: datetime | None = None
    replaces: int | None = None


def write_story(store: Store, story: Story, who: str) -> int:
    """Store a story and give its number; where it `replaces` one, that one no longer stands.

    Raises FaultError with everything that is wrong with it, and where another story of the year has its name.
    """
    faults = _faults(story)
    if faults:
        raise FaultError(faults)
    with writing(store, [unit_lock(*story.unit)]) as connection:
        here = tables.story.c
        same = live(tables.story).where(
            of_unit(tables.story, story.unit, [story.year]), here.name == _plain(story.name), here.lang == story.lang
        )
        taken = connection.execute(same).mappings().first()
        if taken is not None and taken["id"] != story.replaces:
            raise FaultError([Fault("story.taken", params={"name": _plain(story.name)})])
        return write_row(connection, tables.story, _row(story), who)


def withdraw_story(store: Store, number: int, who: str) -> int:
    """Take a story back by a new row, and give that row's number; FaultError where it does not stand any more."""
    story = story_of(store, number)
    with writing(store, [unit_lock(*story.unit)]) as connection:
        return write_row(connection, tables.story, {**_row(story), "replaces": number, "withdrawn": True}, who)


def list_stories(store: Store, units: Iterable[UnitKey], year: int, lang: str) -> tuple[Story, ...]:
    """The stories of a ward's year in a language that stand, by name."""
    query = live(tables.story).where(of_unit(tables.story, units, [year]), tables.story.c.lang == lang)
    with reading(store) as connection:
        return tuple(_story(row) for row in connection.execute(query.order_by(tables.story.c.name)).mappings())


def story_of(store: Store, number: int) -> Story:
    """The story of a number, FaultError where it does not stand."""
    with reading(store) as connection:
        row = connection.execute(live(tables.story).where(tables.story.c.id == number)).mappings().one_or_none()
    if row is None:
        raise FaultError([Fault("story.unknown", params={"id": number})])
    return _story(row)


def _plain(words: str) -> str:
    return " ".join(words.split())


def _faults(story: Story) -> list[Fault]:
    faults = [] if _plain(story.name) else [Fault("story.no_name")]
    faults += [] if story.scenes else [Fault("story.empty")]
    said = [("name", story.name), *((name, getattr(scene, name)) for scene in story.scenes for name in LONGEST
                                    if name != "name")]  # fmt: skip
    faults += [
        Fault("story.too_long", params={"start": words[:30], "count": len(words), "most": LONGEST[name]})
        for name, words in said
        if len(words) > LONGEST[name]
    ]
    if story.year not in YEARS:
        faults.append(Fault("notes.no_year", params={"year": story.year, "first": YEARS[0], "last": YEARS[-1]}))
    if story.lang not in LANGUAGES:
        params = {"name": "story", "field": "lang", "value": repr(story.lang), "allowed": ", ".join(LANGUAGES)}
        faults.append(Fault("store.unknown_word", params=params))
    return faults


def _row(story: Story) -> dict:
    return {
        "unit_code": story.unit.code, "unit_from": story.unit.valid_from, "year": story.year,
        "name": _plain(story.name), "lang": story.lang,
        "scenes": json.dumps([asdict(scene) for scene in story.scenes], ensure_ascii=False),
        "replaces": story.replaces, "withdrawn": False,
    }  # fmt: skip


def _story(row: Mapping) -> Story:
    scenes = tuple(Scene(**scene) for scene in json.loads(row["scenes"]))
    return Story(
        UnitKey(row["unit_code"], row["unit_from"]), row["year"], row["name"], row["lang"], scenes, row["id"],
        row["who"], row["at"], row["replaces"],
    )  # fmt: skip

"""Conferences of the wards the program ships, each frozen once a test run and told in both languages."""

from __future__ import annotations

import atexit
import shutil
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from app.exports.slides import deck_pptx
from app.story.deck import Deck
from app.story.frozen import Frozen, _opened, open_freeze
from app.story.scenes import Look, every_scene, maker_of
from app.story.telling import deck_of
from app.ui.context import Context
from core.catalogue import load_catalogue
from core.figures import UnitKey
from core.sentences import bind
from core.store import (
    Group,
    Note,
    Slot,
    Store,
    add_note,
    list_notes,
    open_store,
    store_batch,
    withdraw_note,
    wording_of,
    write_wording,
)
from core.store.freezes import Freeze, make_freeze
from core.store.office import choose
from core.store.shortfalls import Shortfall, write_shortfall
from core.store.stories import Scene, Story
from core.store.unshown import Unshown, mark_unshown
from tests.bundled import own_copy
from tests.core.store.examples import award, figure

SINCE = date(1900, 1, 1)
# name -> the ward and year of its conference: one with everything, one that was just merged, one with a single report
CONFERENCES = {
    "full": (UnitKey("MAU01", SINCE), 2020),
    "merged": (UnitKey("MAU03", date(2025, 7, 1)), 2025),
    "one report": (UnitKey("00238", SINCE), 2020),
}


@cache
def store() -> Store:
    """A store of its own with everything the program ships and the name of one ward as it is printed."""
    folder = Path(mkdtemp(prefix="decks"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    opened = open_store(own_copy(folder))
    choose(opened, "test", unit=CONFERENCES["full"][0], printed_name="UBND phường Mẫu")
    return opened


@cache
def frozen(name: str) -> Frozen:
    """The freeze of a conference, opened."""
    unit, year = CONFERENCES[name]
    return open_freeze(store(), make_freeze(store(), load_catalogue(), unit, year, "Hội nghị tổng kết", "an"))


@cache
def deck(name: str, lang: str) -> Deck:
    """A conference told in the default order."""
    return deck_of(frozen(name), lang)


@cache
def pptx(name: str, lang: str) -> bytes:
    """Its slides, written once a test run."""
    return deck_pptx(deck(name, lang))


@dataclass(frozen=True)
class Edited:
    """A store, its freeze of one day with every scene as told then, and its freeze after edits of every kind."""

    store: Store
    before: Freeze
    told: dict[str, Deck]
    after: Freeze


@cache
def edited() -> Edited:
    """The ward with everything, written about, frozen, told in both languages, edited in every way, frozen again."""
    folder = Path(mkdtemp(prefix="edited"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    opened, (unit, year) = open_store(own_copy(folder)), CONFERENCES["full"]
    choose(opened, "test", unit=unit, printed_name="UBND phường Mẫu")
    _write(opened, unit, year)
    before = make_freeze(opened, load_catalogue(), unit, year, "Bản thứ hai", "an")
    told = {lang: every_slide(opened, before, lang) for lang in ("vi", "en")}
    _edit(opened, unit, year)
    shutil.copytree(load_catalogue().folder, folder / "catalogue")
    culture = folder / "catalogue" / "indicators" / "culture.toml"
    words = culture.read_text(encoding="utf-8")
    culture.write_text(words.replace('vi = "Tổ dân phố văn hóa"', 'vi = "Khu dân cư văn hóa"'), encoding="utf-8")
    after = make_freeze(opened, load_catalogue(folder / "catalogue"), unit, year, "Bản thứ năm", "an")
    return Edited(opened, before, told, after)


def every_slide(store: Store, freeze: Freeze, lang: str) -> Deck:
    """A freeze opened anew and told with every scene it has something for."""
    _opened.cache_clear()
    opened = open_freeze(store, freeze)
    scenes = tuple(map(Scene, every_scene(Look(opened.context(lang)))))
    return deck_of(opened, lang, Story(freeze.unit, freeze.year, "Mọi trang", lang, scenes))


def _write(store: Store, unit: UnitKey, year: int) -> None:
    """Notes, why a plan was missed, two sentences in somebody's words."""
    add_note(store, Note(unit, year - 1, "Chợ đóng cửa hai tháng"), "an")
    add_note(store, Note(unit, year, "Giãn cách xã hội tháng 4", indicator="budget_revenue"), "an")
    write_shortfall(store, Shortfall(unit, year, "cultural_groups", "Ba tổ sinh con thứ ba", "Vận động từng hộ",
                                     "Bà Lan", date(year + 1, 6, 30)), "an")  # fmt: skip
    say(store, unit, year, "overview", "Cả phường làm được {} chỉ tiêu.")
    say(store, unit, year, "budget", "Góp vào {} chỉ tiêu đạt.")


def say(store: Store, unit: UnitKey, year: int, screen: str, words: str) -> None:
    """Put a sentence in place of a screen's own, with the first number of its message."""
    catalogue = load_catalogue()
    look = Look(Context(store=store, catalogue=catalogue, unit=catalogue.unit(unit), year=year))
    title = maker_of("targets")(look).title
    number, slot = title.said[0], Slot(screen, unit, year, "vi")
    bound, numbers = bind(words.format(number.words), [number], "vi")
    old = wording_of(store, slot)
    write_wording(store, slot, bound, numbers, "an", generated=str(title), replaces=old and old.id)


def _edit(store: Store, unit: UnitKey, year: int) -> None:
    """Figures, awards, groups, notes, sentences, marks and the name, each otherwise than before."""
    store_batch(
        store, report=None, who="an",
        figures=[figure("budget_revenue", "49500000000", unit=unit, year=year, scenario="final",
                        reason="quyết toán thêm"),
                 figure("conscripts", "77", unit=unit, year=2031)],
        awards=[award(count=5, unit=unit, year=year, decision_no="99/QĐ")],
        groups=[Group("to-dan-pho-99", unit, "Tổ dân phố 99", "tổ dân phố")],
    )  # fmt: skip
    old = next(note for note in list_notes(store, [unit]) if note.text.startswith("Giãn cách"))
    add_note(store, Note(unit, year, "Giãn cách xã hội hai tháng", "event", "budget_revenue", replaces=old.id), "an")
    withdraw_note(store, next(note.id for note in list_notes(store, [unit]) if note.text.startswith("Chợ")), "an")
    say(store, unit, year, "overview", "Nay cả phường làm được {} chỉ tiêu.")
    mark_unshown(store, Unshown(unit, year, "near_poor_households", "chưa công bố"), "an")
    choose(store, "an", printed_name="Ủy ban phường Mẫu", colour="red")

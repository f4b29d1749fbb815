"""Conferences of the wards the program ships, each frozen once a test run and told in both languages."""

from __future__ import annotations

import atexit
import shutil
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from app.story.deck import Deck
from app.story.frozen import Frozen, open_freeze
from app.story.telling import deck_of
from core.catalogue import load_catalogue
from core.figures import UnitKey
from core.store import Store, open_store
from core.store.freezes import make_freeze
from core.store.office import choose
from tests.bundled import own_copy

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

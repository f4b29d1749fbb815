"""What the slides of a conference cost: seconds and bytes of each .pptx beside the same number of empty pages.

The empty pages (the template's own, a title each) are the floor: seconds on another machine differ, the ratios to the
floor hold. Every time is the median of some runs, in seconds of the processor.
"""

from __future__ import annotations

import io
import json
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from statistics import median

from pptx import Presentation

from app.exports.slides import TEMPLATE, deck_pptx
from app.story.deck import Deck
from app.story.telling import deck_of
from tests.app.decks import CONFERENCES, deck, frozen
from tests.running import ROOT

RESULT = ROOT / "build" / "bench" / "decks.json"
RUNS = 5
MOST_SECONDS, MOST_MEGABYTES = 2.0, 2.0  # what a deck of 15 slides may take


@dataclass(frozen=True, slots=True)
class Cost:
    """A conference: its pages, seconds to tell it from its freeze, to write its file and to write the floor, its MB."""

    name: str
    pages: int
    telling: float
    writing: float
    floor: float
    megabytes: float


def measure() -> None:
    """Measure every conference the program ships, print the table and write build/bench/decks.json."""
    found = [_cost(name, lang) for name in CONFERENCES for lang in ("vi", "en")]
    RESULT.parent.mkdir(parents=True, exist_ok=True)
    RESULT.write_text(json.dumps([asdict(row) for row in found], indent=1), encoding="utf-8")
    print(f"{'':18}{'pages':>6}{'telling, s':>12}{'writing, s':>12}{'× floor':>9}{'MB':>7}")
    for row in found:
        print(f"{row.name:18}{row.pages:6}{row.telling:12.2f}{row.writing:12.2f}{row.writing / row.floor:9.1f}"
              f"{row.megabytes:7.2f}")  # fmt: skip
    long = max(found, key=lambda row: row.pages)
    print(f"at most {MOST_SECONDS:.0f} s and {MOST_MEGABYTES:.0f} MB for {long.pages} pages: "
          f"{long.writing:.2f} s, {long.megabytes:.2f} MB")  # fmt: skip


def _cost(name: str, lang: str) -> Cost:
    opened, told = frozen(name), deck(name, lang)
    made = deck_pptx(told)
    pages = len(Presentation(io.BytesIO(made)).slides)
    return Cost(
        f"{name}, {lang}", pages, _seconds(lambda: deck_of(opened, lang)), _seconds(lambda: deck_pptx(told)),
        _seconds(lambda: _empty(told, pages)), len(made) / 2**20,
    )  # fmt: skip


def _empty(told: Deck, pages: int) -> None:
    """As many pages with nothing but a title."""
    file = Presentation(TEMPLATE)
    for _ in range(pages):
        file.slides.add_slide(file.slide_layouts[0]).shapes.title.text = told.name
    file.save(io.BytesIO())


def _seconds(act: Callable[[], object]) -> float:
    """The median of the processor's seconds of some runs."""
    spent = []
    for _ in range(RUNS):
        start = time.process_time()
        act()
        spent.append(time.process_time() - start)
    return median(spent)

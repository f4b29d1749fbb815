"""What a figure was before it was corrected: every value its key ever had, with who stored it, when and why."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from app.views import words
from app.views.sources import stored_value
from app.views.stored import who_words
from app.views.view import Table
from core.catalogue import Catalogue
from core.figures import UnitKey
from core.texts import text
from core.yearbook import Yearbook


def keys_of(book: Yearbook, indicator: str, year: int) -> list[tuple]:
    """The keys under which an indicator's reported values of a year are stored, as core.store.history takes them."""
    frame = book.frame
    own = frame[
        (frame["indicator"] == indicator) & (frame["member"] == "") & (frame["year"] == year)
        & (frame["method"] == "reported")
    ]  # fmt: skip
    names = ("indicator", "member", "year", "period", "scenario", "basis")
    return [
        (UnitKey(row["unit_code"], row["unit_from"]), *(row[name] for name in names)) for row in own.to_dict("records")
    ]


def revisions(
    past: Sequence[tuple[tuple, pd.DataFrame]], catalogue: Catalogue, year: int, lang: str
) -> Table | None:
    """The values of keys that had more than one, oldest first; None where nothing was ever corrected.

    `past` pairs a key with what core.store.history gives for it.
    """
    rows = [
        _row(key, row, catalogue, lang)
        for key, frame in past
        if len(frame) > 1
        for row in frame.to_dict("records")
    ]
    if not rows:
        return None
    names = ("kind", "value", "when", "who", "report", "why", "now")
    header = tuple(text(f"indicators.column_{name}", lang) for name in names)
    return Table(text("indicators.revisions_caption", lang, year=year), header, tuple(rows))


def _row(key: tuple, row: dict, catalogue: Catalogue, lang: str) -> tuple[str, ...]:
    _, indicator, _, _, _, scenario, basis = key
    kind = text(f"status.scenario_{scenario}", lang)
    if basis:
        kind = text("indicators.kind_basis", lang, kind=kind, basis=words.basis_word(basis, lang))
    state = "undone" if row["state"] == "undone" else "current" if row["current"] else "replaced"
    none = words.dash(lang)
    return (
        kind, stored_value(row | {"indicator": indicator}, catalogue, lang), words.day_words(row["at"]),
        who_words(row["who"], lang), row["report"] or text("sources.by_hand", lang), row["reason"] or none,
        text(f"indicators.revision_{state}", lang),
    )  # fmt: skip

"""What a review shows: where each year stands, and which figures wait for approval."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from app.views.sources import entry_of, order_of, stored_value
from app.views.stored import who_words
from app.views.view import Table
from core.catalogue import Catalogue
from core.store.review import Review
from core.texts import text
from core.vi.format import format_moment

KEY = (
    "unit_code", "unit_from", "indicator", "member", "year", "period", "scenario", "basis", "honour", "class", "level",
    "recipient",
)  # fmt: skip
NONE = "–"


def last_steps(steps: pd.DataFrame, years: Iterable[int]) -> dict[int, Review]:
    """The last step of each year, by the rows of core.store.reviews; of `years` without one that nobody submitted."""
    newest = steps.drop_duplicates("year")  # the newest step of a year stands first
    known = {row.year: Review(row.state, row.who, row.at, row.reason) for row in newest.itertuples()}
    return {int(year): Review("draft") for year in years} | known


def years_table(known: Mapping[int, Review], lang: str) -> Table:
    """One row a year, newest first: state, its last step's person and moment, the reason."""
    header = tuple(text(f"approve.{name}", lang) for name in ("year", "state", "who", "at", "reason"))
    rows = tuple(
        (str(year), text(f"review.{row.state}", lang), who_words(row.who, lang) or NONE,
         format_moment(row.at) if row.at else NONE, reason_words(row.reason, lang))
        for year, row in sorted(known.items(), reverse=True)
    )  # fmt: skip
    return Table(text("approve.caption", lang), header, rows)


def reason_words(reason: str, lang: str) -> str:
    """A step's reason as somebody gave it, or why the program took the step by itself."""
    return text(f"approve.{reason}", lang) if reason in ("automatic", "review_off") else reason or NONE


def waiting_table(
    approved: pd.DataFrame, newest: pd.DataFrame, catalogue: Catalogue, names: Mapping[str, str], lang: str
) -> Table:
    """The figures and awards whose newest value is not the approved one: name, kind, approved, newest, who stored it.

    In the catalogue's order, as the reports and all other lists have them.

    Both frames are rows of core.store.sources for one unit and year; `names` are those of residential groups by id.
    """
    old, new = (
        {tuple(row[name] for name in KEY): row for row in frame.to_dict("records")} for frame in (approved, newest)
    )
    rows, place = [], order_of(catalogue)
    for key in sorted(old.keys() | new.keys(), key=lambda key: (*place(new.get(key) or old[key]), str(key))):
        before, after = old.get(key), new.get(key)
        values = tuple(stored_value(row, catalogue, lang) if row else NONE for row in (before, after))
        if values[0] != values[1]:
            entry = entry_of(after or before, catalogue, names, {}, lang)
            rows.append((entry.name, entry.kind, *values, entry.stored))
    header = tuple(text(f"approve.{name}", lang) for name in ("figure", "kind", "before", "after", "stored"))
    return Table(text("approve.waiting_caption", lang), header, tuple(rows))

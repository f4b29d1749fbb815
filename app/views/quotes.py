"""The sentences of reports in which figures stood, cut to what can be read at a glance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from core.catalogue import Indicator
from core.texts import text

LONGEST = 280  # characters of a sentence; the sources screen has it whole


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence, what was read from it, and where it stands."""

    names: str
    sentence: str
    place: str


def quotes(sources: pd.DataFrame, indicators: Sequence[Indicator], lang: str) -> tuple[Quote, ...]:
    """The sentences from which these indicators (or their attainments) were read, each once.

    `sources` are rows of core.store.sources; a cell of a table is no sentence and is left out.
    """
    found: dict[tuple[str, str, str], list[str]] = {}
    entries = sources[["indicator", "quote", "report", "place"]].to_dict("records")
    for row in indicators:
        for entry in entries:
            if _belongs(row, str(entry["indicator"])) and _is_sentence(str(entry["quote"])):
                where = (str(entry["quote"]), str(entry["report"]), str(entry["place"]))
                names = found.setdefault(where, [])
                if row.short(lang) not in names:
                    names.append(row.short(lang))
    return tuple(
        Quote(", ".join(names), _cut(quote), text("overview.quote_place", lang, report=report, place=place))
        for (quote, report, place), names in found.items()
    )


def _belongs(row: Indicator, name: str) -> bool:
    return name in (row.id, f"{row.id}_attainment", row.rate_of)


def _is_sentence(quote: str) -> bool:
    """Words of a text, not the cells of a row, which a reader of tables parts by " | "."""
    return " | " not in quote and len(quote.split()) > 4


def _cut(quote: str) -> str:
    said = " ".join(quote.split())
    return said if len(said) <= LONGEST else said[:LONGEST].rsplit(" ", 1)[0] + " …"

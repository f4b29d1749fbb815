"""Where the number of a mark comes from: its arithmetic and each stored row behind it, in words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

import pandas as pd

from app.views import words
from app.views.sources import Entry, entries
from core.catalogue import Catalogue
from core.figures import Ref
from core.series import Yearbook, exact
from core.texts import text
from core.vi.format import format_percent
from core.vi.numbers import as_decimal

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_SCALES = tuple(Decimal(10) ** power for power in (0, 3, 6, 9))  # reports print đồng, nghìn, triệu and tỷ


@dataclass(frozen=True, slots=True)
class Stored:
    """One stored row behind a number; `quote` its sentence cut in three, the number itself in the middle."""

    entry: Entry
    quote: tuple[str, str, str]
    approved: bool


@dataclass(frozen=True, slots=True)
class Origin:
    """Everything behind one number: what it is, the sums it was worked out by, the rows it was read from."""

    title: str
    sums: tuple[str, ...]
    rows: tuple[Stored, ...]


def origin(
    ref: Ref,
    approved: pd.DataFrame,
    newest: pd.DataFrame,
    book: Yearbook,
    groups: pd.DataFrame,
    reports: pd.DataFrame,
    lang: str,
) -> Origin:
    """The origin of a reference.

    `approved` and `newest` are rows of core.behind, `book` has the values of these rows, `groups` and `reports` are
    those of app.views.sources.entries.
    """
    catalogue = book.catalogue
    found = [_stored(row, catalogue, groups, reports, lang, approved=True) for row in _records(approved)]
    batches = set(approved["batch"])
    waiting = [row for row in _records(newest) if row["batch"] not in batches]
    found += [_stored(row, catalogue, groups, reports, lang, approved=False) for row in waiting]
    return Origin(_title(ref, catalogue, found, groups, lang), _sums(ref, book, lang), tuple(found))


def _records(frame: pd.DataFrame) -> list[dict]:
    return frame.to_dict("records")


def _stored(
    row: dict, catalogue: Catalogue, groups: pd.DataFrame, reports: pd.DataFrame, lang: str, *, approved: bool
) -> Stored:
    (entry,) = entries(pd.DataFrame([row]), catalogue, groups, reports, lang)
    return Stored(entry, marked(row["quote"], exact(row["value"])), approved)


def marked(quote: str, value: Decimal | None) -> tuple[str, str, str]:
    """A sentence parted before and after the number that was read from it; whole where the number is not found."""
    if value is not None:
        for match in reversed(list(_NUMBER.finditer(quote))):
            if any(number * scale == value for number in _readings(match.group()) for scale in _SCALES):
                return quote[: match.start()], match.group(), quote[match.end() :]
    return quote, "", ""


def _readings(printed: str) -> Sequence[Decimal]:
    """A printed number by both habits: "49.086" is 49086 or 49,086."""
    forms = {printed.replace(".", "").replace(",", "."), printed.replace(",", "")}
    found = []
    for form in forms:
        try:
            found.append(as_decimal(form))
        except (InvalidOperation, ValueError):
            continue  # "13.180.01" is a number by one habit only
    return found


def _title(ref: Ref, catalogue: Catalogue, found: Sequence[Stored], groups: pd.DataFrame, lang: str) -> str:
    """What the number counts, of which place and year."""
    place = words.place_words(catalogue.unit(ref.unit), lang)
    if ref.indicator:
        name = catalogue.indicators[ref.indicator].name(lang)
        part = _part(ref.member, catalogue, groups, lang)
    else:
        name = catalogue.honours[ref.honour].name(lang) if ref.honour else text("origin.awards", lang)
        level = catalogue.levels[ref.level][lang] if ref.level else ""
        kind = text(f"awards.recipient_{ref.recipient}", lang) if ref.recipient else ""
        part = ", ".join(words.lead_lower(word) for word in (level, kind) if word)
    return text("origin.of_part" if part else "origin.of", lang, name=name, part=part, place=place, year=ref.year)


def _part(member: str, catalogue: Catalogue, groups: pd.DataFrame, lang: str) -> str:
    if not member:
        return ""
    if member in catalogue.lines:
        return catalogue.lines[member].name(lang)
    named = groups.loc[groups["id"] == member, "name"] if len(groups) else ()
    return str(named.iloc[0]) if len(named) else member


def _sums(ref: Ref, book: Yearbook, lang: str) -> tuple[str, ...]:
    """How what is shown was worked out: attainment or gap against the plan, and a share of its count and base."""
    if not ref.indicator:
        return ()
    found = []
    for name in dict.fromkeys((ref.indicator, book.catalogue.indicators[ref.indicator].attainment_of)):
        if not name:
            continue
        row, series = book.catalogue.indicators[name], book.series(name, ref.member)
        for point in (point for point in series.points if point.year == ref.year and point.period == ref.period):
            found.append(words.arithmetic(row, point, lang) if point.status.method != "reported" else "")
    count = book.catalogue.indicators[ref.indicator].rate_of or ref.indicator
    for point in book.series(count, ref.member).points:
        if point.year == ref.year and point.period == ref.period and point.rate is not None:
            value, of = words.format_plain(point.value, lang), words.format_plain(point.of, lang)
            found.append(text("origin.share", lang, value=value, of=of, rate=format_percent(point.rate, lang)))
    return tuple(dict.fromkeys(said for said in found if said))

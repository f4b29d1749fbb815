"""Where the number of a mark comes from: its arithmetic and each stored row behind it, in words."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation

import pandas as pd

from app.views import words
from app.views.arithmetic import arithmetic
from app.views.review import reason_words
from app.views.sources import Entry, entries, entry_of
from app.views.stored import who_words
from core.catalogue import Catalogue
from core.figures import Ref
from core.series import exact
from core.store.timeline import BY_ITSELF, UNDONE, Deed
from core.texts import text
from core.vi.format import format_moment, format_percent
from core.vi.numbers import as_decimal
from core.yearbook import Yearbook

KEY = (
    "unit_code", "unit_from", "indicator", "member", "year", "period", "scenario", "basis", "honour", "class", "level",
    "recipient", "batch", "place",
)  # fmt: skip
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_SCALES = tuple(Decimal(10) ** power for power in (0, 3, 6, 9))  # reports print đồng, nghìn, triệu and tỷ


@dataclass(frozen=True, slots=True)
class Former:
    """A value that a figure had before: as it was stored and why, and how it ended ("" where only approval is new)."""

    entry: Entry
    why: str
    ended: str


@dataclass(frozen=True, slots=True)
class Stored:
    """One stored row behind a number; `quote` its sentence cut in three, the number itself in the middle.

    `why` is the reason that was given for it, `approval` where its year stands and by whose step, `former` its other
    values, newest first.
    """

    entry: Entry
    quote: tuple[str, str, str]
    approved: bool
    why: str = ""
    approval: str = ""
    former: tuple[Former, ...] = ()


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
    past: Sequence[Deed],
    steps: pd.DataFrame,
    lang: str,
) -> Origin:
    """The origin of a reference.

    `approved` and `newest` are rows of core.behind, `book` has the values of these rows, `groups` and `reports` are
    those of app.views.sources.entries, `past` what was done to the figures of these indicators and that year, `steps`
    those of core.store.review.reviews; names and files in them are as this reader may know them.
    """
    catalogue = book.catalogue
    batches = set(approved["batch"])
    waiting = [row for row in _records(newest) if row["batch"] not in batches]
    rows = [*((row, True) for row in _records(approved)), *((row, False) for row in waiting)]
    names = dict(zip(groups["id"], groups["name"], strict=True)) if len(groups) else {}
    found = []
    for (row, is_approved), (own, former) in zip(rows, _pasts(past, [row for row, _ in rows]), strict=True):
        stored = _stored(row, catalogue, groups, reports, lang, approved=is_approved)
        found.append(replace(
            stored, why=_why(own), approval=approval_words(steps, row["year"], lang, approved=is_approved),
            former=tuple(_former(each, ended, catalogue, names, lang) for each, ended in former),
        ))  # fmt: skip
    return Origin(_title(ref, catalogue, found, groups, lang), _sums(ref, book, lang), tuple(found))


def _records(frame: pd.DataFrame) -> list[dict]:
    return frame.to_dict("records")


def _stored(
    row: dict, catalogue: Catalogue, groups: pd.DataFrame, reports: pd.DataFrame, lang: str, *, approved: bool
) -> Stored:
    (entry,) = entries(pd.DataFrame([row]), catalogue, groups, reports, lang)
    return Stored(entry, marked(row["quote"], exact(row["value"])), approved)


_OF_AWARDS = ("mode", "giver", "decision_no")  # part of an award's key, but not of a shown row


def _pasts(past: Iterable[Deed], shown: Sequence[Mapping]) -> list[tuple[Mapping, list[tuple[Mapping, Deed | None]]]]:
    """Each shown row as its deed knows it, and the figure's other values with what ended them, newest first.

    Where two values of a figure are shown, the approved and the newest, the others stand with the first alone.
    """
    values: dict[tuple, dict[int, Mapping]] = defaultdict(dict)
    ended: dict[int, Deed] = {}
    for deed in past:
        for change in deed.changes:
            if change.old is not None:
                ended[change.old["seq"]] = deed
            for row in (change.old, change.new):
                if row is not None:
                    key = tuple(row.get(name) for name in (*KEY, *_OF_AWARDS) if name not in ("batch", "place"))
                    values[key][row["seq"]] = row
    alike: dict[tuple, list[tuple[tuple, Mapping]]] = defaultdict(list)
    for key, rows in values.items():
        for row in rows.values():
            alike[_shown_key(row)].append((key, row))
    own = [alike[_shown_key(row)].pop() if alike[_shown_key(row)] else ((), {}) for row in shown]
    seen = {row["seq"] for _, row in own if row}
    found = []
    for key, row in own:
        others = values.pop(key, {})
        rest = sorted((each for each in others.values() if each["seq"] not in seen), key=_seq, reverse=True)
        found.append((row, [(each, ended.get(each["seq"])) for each in rest]))
    return found


def _shown_key(row: Mapping) -> tuple:
    return (*(row[name] for name in KEY), exact(row["value"]))


def _seq(row: Mapping) -> int:
    return row["seq"]


def _why(row: Mapping) -> str:
    """The reason given for a value, else for the whole load."""
    return row.get("reason") or row.get("note") or ""


def _former(row: Mapping, ended: Deed | None, catalogue: Catalogue, names: dict[str, str], lang: str) -> Former:
    entry = entry_of(dict(row), catalogue, names, {row["batch"]: row["title"]}, lang)
    return Former(entry, _why(row), "" if ended is None else _ended(ended, lang))


def _ended(deed: Deed, lang: str) -> str:
    """How a value ended: taken back or replaced, when, by whom where the reader may know, and why."""
    name = "origin.undone" if deed.what == UNDONE else "origin.replaced"
    said = text(name, lang, at=format_moment(deed.at))
    by = text("origin.by", lang, who=who_words(deed.who, lang)) if deed.who else ""
    why = text("origin.why", lang, why=deed.reason) if deed.what == UNDONE and deed.reason else ""
    return ", ".join(part for part in (said, by) if part) + (f". {why}" if why else "")


def approval_words(steps: pd.DataFrame, year: int, lang: str, *, approved: bool) -> str:
    """Who approved an approved value and when; where the year of one that waits stands; `steps` newest first."""
    own = steps[steps["year"] == year] if len(steps) else steps
    own = own[own["state"] == "approved"] if approved and len(own) else own
    state = text("origin.approved" if approved else "origin.waiting", lang)
    if not len(own):
        return state
    step = own.iloc[0]
    said = state if approved else text(f"review.{step['state']}", lang)
    if step["reason"] in BY_ITSELF:
        return f"{said} {reason_words(step['reason'], lang)}"
    who = who_words(step["who"], lang)
    parts = [f"{said}: {who}" if who else said, format_moment(step["at"])]
    why = text("origin.why", lang, why=step["reason"]) if step["reason"] else ""
    return ", ".join(parts) + (f". {why}" if why else "")


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
            found.append(arithmetic(row, point, lang) if point.status.method != "reported" else "")
    count = book.catalogue.indicators[ref.indicator].rate_of or ref.indicator
    for point in book.series(count, ref.member).points:
        if point.year == ref.year and point.period == ref.period and point.rate is not None:
            value, of = words.format_plain(point.value, lang), words.format_plain(point.of, lang)
            found.append(text("origin.share", lang, value=value, of=of, rate=format_percent(point.rate, lang)))
    return tuple(dict.fromkeys(said for said in found if said))

"""What differs between two freezes: rows that changed, are new or are gone, and terms of the catalogue."""

from __future__ import annotations

import json
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from itertools import zip_longest
from typing import Any

from core.figures import Ref, UnitKey
from core.store import tables
from core.store.engine import Store
from core.store.office import COLOURS
from core.store.rows import AWARD_CONTENT, FIGURE_CONTENT
from core.store.shown import speaks_of_withheld
from core.store.timeline import Change
from core.store.wordings import refs_of

# part of a freeze -> the columns by which two of its rows speak of the same
KEYS = {
    "figures": tables.FIGURE_KEY, "awards": tables.AWARD_KEY, "groups": ("unit_code", "unit_from", "id"),
    "notes": ("unit_code", "unit_from", "year", "indicator"),
    "wordings": ("unit_code", "unit_from", "year", "screen", "lang"),
    "shortfalls": ("unit_code", "unit_from", "year", "indicator"), "reports": ("sha256",),
}  # fmt: skip
CONTENT = {"figures": FIGURE_CONTENT, "awards": AWARD_CONTENT}
TERMS = "terms"
_PERSON = "person"  # who answers for a missed plan: freezes of the first form name them, nothing that is told does


@dataclass(frozen=True, slots=True)
class FreezeDiff:
    """The rows of two freezes that differ, part by part, in the order of the older freeze and then of the newer.

    A row is as the freeze holds it; a term of the catalogue has `file`, `id` and its own fields, a list of units the
    cells of a line. `unit` and `year` say which conference each is for, `printed_name` and `colour` how the ward's
    slides look in both; None where alike. `years_gone` and `years_new` are those of which only the older and only the
    newer has figures or awards.
    """

    figures: tuple[Change, ...] = ()
    awards: tuple[Change, ...] = ()
    groups: tuple[Change, ...] = ()
    notes: tuple[Change, ...] = ()
    wordings: tuple[Change, ...] = ()
    shortfalls: tuple[Change, ...] = ()
    reports: tuple[Change, ...] = ()
    terms: tuple[Change, ...] = ()
    unit: tuple[UnitKey, UnitKey] | None = None
    year: tuple[int, int] | None = None
    printed_name: tuple[str, str] | None = None
    colour: tuple[str, str] | None = None
    years_gone: tuple[int, ...] = ()
    years_new: tuple[int, ...] = ()

    def __bool__(self) -> bool:
        return any(getattr(self, each.name) for each in fields(self))


def diff(old: Mapping, new: Mapping) -> FreezeDiff:
    """What became of the content of one freeze in another; empty where both say the same in every part."""
    before, after = parts_of(old), parts_of(new)
    years, later = _years(old), _years(new)
    return FreezeDiff(
        **{name: tuple(_changes(before[name], after[name], key)) for name, key in KEYS.items()},
        terms=tuple(_changes(before[TERMS], after[TERMS], ("file", "id"))),
        unit=_unlike(*(UnitKey(each["unit"][0], date.fromisoformat(each["unit"][1])) for each in (old, new))),
        year=_unlike(old["year"], new["year"]), printed_name=_unlike(old["printed_name"], new["printed_name"]),
        colour=_unlike(*(each.get("colour", COLOURS[0]) for each in (old, new))),
        years_gone=tuple(sorted(years - later)), years_new=tuple(sorted(later - years)),
    )  # fmt: skip


def _unlike(old: Any, new: Any) -> tuple[Any, Any] | None:
    return None if old == new else (old, new)


def parts_of(content: Mapping) -> dict[str, list[dict]]:
    """The rows of a freeze by part, without the names of people; the catalogue's terms are a part of their own."""
    found = {name: [{key: value for key, value in row.items() if key != _PERSON} for row in content[name]]
             for name in KEYS}  # fmt: skip
    return found | {TERMS: [term for file, text in content["catalogue"].items() for term in _terms(file, text)]}


def says_the_same(part: str, change: Change) -> bool:
    """Whether a figure or award has its old value and was only read elsewhere or noted down otherwise."""
    if change.old is None or change.new is None:
        return False
    return all(change.old[name] == change.new[name] for name in CONTENT[part])


def without_withheld(found: FreezeDiff, store: Store) -> tuple[FreezeDiff, int]:
    """A difference without what speaks of a figure that this store keeps back, and how many rows that took out."""
    kept = {name: tuple(change for change in getattr(found, name) if not _is_withheld(change, store)) for name in KEYS}
    out = sum(len(getattr(found, name)) - len(rows) for name, rows in kept.items())
    return replace(found, **kept), out


def refs_told(content: Mapping) -> tuple[Ref, ...]:
    """Every figure that a freeze tells, speaks of or explains."""
    return tuple(ref for part in KEYS for row in content[part] for ref in _refs(row))


def unit_of(row: Mapping) -> UnitKey:
    """The unit a row of a freeze speaks of."""
    return UnitKey(row["unit_code"], date.fromisoformat(row["unit_from"]))


def _is_withheld(change: Change, store: Store) -> bool:
    rows = [row for row in (change.old, change.new) if row is not None]
    return speaks_of_withheld(store, [ref for row in rows for ref in _refs(row)])


def _refs(row: Mapping) -> list[Ref]:
    """The figures a row tells, speaks of or explains."""
    if "numbers" in row:
        return refs_of(row["numbers"])
    if "honour" in row:
        return [Ref(unit_of(row), row["year"], honour=row["honour"])]
    return [Ref(unit_of(row), row["year"], row["indicator"])] if row.get("indicator") else []


def _changes(old: Iterable[Mapping], new: Iterable[Mapping], key: tuple[str, ...]) -> Iterable[Change]:
    """The rows that are not in both, those of one key paired in their order."""
    before, after = list(old), list(new)
    gone, come = _beyond(before, after), _beyond(after, before)
    pairs: dict[tuple, tuple[list, list]] = defaultdict(lambda: ([], []))
    for side, rows in enumerate((gone, come)):
        for row in rows:
            pairs[tuple(row[name] for name in key)][side].append(row)
    return (Change(*pair) for sides in pairs.values() for pair in zip_longest(*sides))


def _beyond(rows: Iterable[Mapping], others: Iterable[Mapping]) -> list[Mapping]:
    """The rows that stand here more often than there."""
    left, found = Counter(map(_spelled, others)), []
    for row in rows:
        if left[spelled := _spelled(row)]:
            left[spelled] -= 1
        else:
            found.append(row)
    return found


def _spelled(row: Mapping) -> str:
    return json.dumps(row, ensure_ascii=False, sort_keys=True, default=str)


def _terms(file: str, text: str) -> Iterable[dict]:
    """What a file of the catalogue defines: its tables each by its name, what stands before them, or its lines."""
    if not file.endswith(".toml"):
        return [{"file": file, "id": "", "line": line} for line in text.splitlines()]
    read = tomllib.loads(text)
    named = {id: term for id, term in read.items() if isinstance(term, dict)}
    head = {name: value for name, value in read.items() if name not in named}
    return [{"file": file, "id": id, "said": term} for id, term in {"": head, **named}.items() if term]


def _years(content: Mapping) -> set[int]:
    return {row["year"] for name in CONTENT for row in content[name]}

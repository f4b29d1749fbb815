"""Finding one ward among all there are and were, without accents: by name, code, district and province."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from app.views import words
from core.catalogue import Catalogue
from core.places import KIND_WORDS, Unit, bare_name
from core.texts import text
from core.vi.text import fold

MOST = 8  # wards offered at once


@dataclass(frozen=True, slots=True)
class Wards:
    """The wards a query finds, the best first; `more` are how many are not among them."""

    found: tuple[Unit, ...]
    more: int


@dataclass(frozen=True, slots=True)
class _Entry:
    """A ward as it is looked for: `name` its words without the kind, `all` every word it is found by."""

    unit: Unit
    kind: str
    name: tuple[str, ...]
    all: tuple[str, ...]


def find_wards(catalogue: Catalogue, query: str, most: int = MOST) -> Wards:
    """Real wards each word of the query begins a word of: of its name, code, district or province.

    First those of exactly that name or code, those that exist before those that are no more. A kind in front ("xã")
    leaves out the others. An empty query finds none.
    """
    asked = fold(query).replace(",", " ").split()
    kind = next((fold(word) for word in KIND_WORDS if fold(word).split() == asked[: len(word.split())]), "")
    wanted = tuple(asked[len(kind.split()) :])
    if not wanted:
        return Wards((), 0)
    ranked = []
    for place, entry in enumerate(_entries(catalogue)):
        if (not kind or entry.kind == kind) and all(_begins(word, entry.all) for word in wanted):
            ranked.append((_rank(entry, wanted), entry.unit.valid_to is not None, place, entry.unit))
    found = tuple(row[-1] for row in sorted(ranked, key=lambda row: row[:-1]))
    return Wards(found[:most], max(0, len(found) - most))


def ward_under(catalogue: Catalogue, unit: Unit, lang: str) -> str:
    """What tells a ward from others of its name: where it is, its code, what it was made of or went into."""
    place = ", ".join(filter(None, (unit.district, unit.province)))
    said = [place, text("begin.code", lang, code=unit.code)]
    merger = catalogue.places.merger(unit.key)
    if merger is not None:
        parts = [merger.name(old) for old in merger.full]
        parts += [text("begin.part_of", lang, name=merger.name(old)) for old in merger.partial]
        said.append(text("begin.made_of", lang, day=words.day_words(merger.on), names=words.listed(parts, lang)))
    if unit.valid_to is not None:
        now = [catalogue.unit(row.new).name for row in catalogue.places.successors(unit.key)]
        name = "begin.ended_in" if now else "begin.ended"
        said.append(text(name, lang, day=words.day_words(unit.valid_to), names=words.listed(now, lang)))
    return " · ".join(said)


@cache
def _entries(catalogue: Catalogue) -> tuple[_Entry, ...]:
    return tuple(sorted(map(_entry, (unit for unit in catalogue.places.units if not unit.is_sample)), key=_order))


def _entry(unit: Unit) -> _Entry:
    name = tuple(bare_name(unit.name).split())
    rest = fold(f"{unit.kind} {unit.district} {unit.province}").split()
    return _Entry(unit, fold(unit.kind), name, (*name, unit.code.lower(), *rest))


def _order(entry: _Entry) -> tuple:
    return entry.name, fold(entry.unit.province), fold(entry.unit.district), entry.unit.code


def _begins(word: str, known: tuple[str, ...]) -> bool:
    return any(part.startswith(word) for part in known)


def _rank(entry: _Entry, wanted: tuple[str, ...]) -> int:
    """0 for the whole name or code, 1 where the query begins with part of the name, 2 for anything else."""
    if wanted[: len(entry.name)] == entry.name or wanted == (entry.unit.code.lower(),):
        return 0
    return 1 if _begins(wanted[0], entry.name[:1]) else 2

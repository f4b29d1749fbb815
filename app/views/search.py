"""Search without accents over indicators, pages, wards, honours, budget lines and residential groups."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from app.views.groups import short_name
from core.catalogue import Catalogue
from core.places import KIND_WORDS, Unit, bare_name
from core.texts import LANGUAGES, text
from core.vi.text import fold, nfc

# Screens by address and title; what else they are found by stands in data/texts/search.toml as also_<title>.
PAGES = (
    ("tong-quan", "overview"), ("ngan-sach", "budget"), ("van-hoa", "culture"), ("thi-dua-khen-thuong", "awards"),
    ("chi-tieu", "indicators"), ("so-sanh", "compare"), ("nguon-so-lieu", "sources"),
)  # fmt: skip
GROUPS = ("indicator", "page", "ward", "honour", "line", "group")  # of equally good finds the first come first
SHOWN = 8  # finds of a group on the screen
_YEAR = re.compile(r"(?:19|20)\d\d")
_KINDS = tuple(fold(word) for word in KIND_WORDS)
_SIGNS = re.compile(r"[^\w]+")


@dataclass(frozen=True, slots=True)
class Item:
    """Something that can be found: its name and what stands under it, as printed; `keys` are folded, best first.

    `path` and `params` are its screen; `unit` is set for a ward.
    """

    group: str
    name: str
    under: str
    path: str
    keys: tuple[str, ...]
    params: tuple[tuple[str, str], ...] = ()
    unit: Unit | None = None


class Hit(NamedTuple):
    """An item found, with the year and the ward the query names besides, and the parts of its name that match."""

    item: Item
    year: int | None
    unit: Unit | None
    marks: tuple[tuple[int, int], ...]


class Found(NamedTuple):
    """The hits of one group, the best first; `more` are how many are not listed."""

    group: str
    hits: tuple[Hit, ...]
    more: int


class _Asked(NamedTuple):
    """One way to read a query: the words looked for, and what else it names."""

    words: tuple[str, ...]
    year: int | None = None
    unit: Unit | None = None


@cache
def items(catalogue: Catalogue, units: tuple[Unit, ...], lang: str) -> tuple[Item, ...]:
    """Everything that can be found, made once for a catalogue and the wards that have figures."""
    return (*_pages(lang), *_indicators(catalogue, lang), *_wards(units), *_register(catalogue, lang))


def group_items(names: Iterable[str]) -> tuple[Item, ...]:
    """The residential groups of the chosen ward, found by name and by its short form."""
    return tuple(Item("group", name, "", "van-hoa", _keys(name, short_name(name))) for name in dict.fromkeys(names))


def find(known: Sequence[Item], query: str) -> tuple[Found, ...]:
    """What a query finds, group by group, the group of the best find first.

    Better is: the whole name, its beginning, its words in order, all words anywhere; then the catalogue's own order. A
    year and a ward in the query are not looked for but carried to each find; a year alone finds that year's screens.
    """
    ranked: dict[tuple, tuple[tuple[int, int, int], Hit]] = {}
    for asked in _readings(known, _words(query)):
        for place, item in enumerate(known):
            rank = _rank(item, asked)
            address = (item.group, item.name, item.under, item.path)
            if rank is not None and address not in ranked:
                unit = asked.unit if item.unit is None else item.unit
                order = (rank, GROUPS.index(item.group), place)
                ranked[address] = order, Hit(item, asked.year, unit, marks(item.name, asked.words))
    grouped: dict[str, list[Hit]] = {}
    for _, hit in sorted(ranked.values(), key=lambda pair: pair[0]):
        grouped.setdefault(hit.item.group, []).append(hit)
    return tuple(Found(name, tuple(hits[:SHOWN]), max(0, len(hits) - SHOWN)) for name, hits in grouped.items())


def marks(name: str, words: Sequence[str]) -> tuple[tuple[int, int], ...]:
    """Where the words begin words of a name: (from, to) in nfc(name), without overlaps."""
    folded, found = fold(name), []
    for word in words:
        found += [match.span() for match in re.finditer(rf"(?<!\w){re.escape(word)}", folded)]
    kept: list[tuple[int, int]] = []
    for start, end in sorted(found, key=lambda span: (span[0], -span[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return tuple(kept)


def parted(name: str, found: Sequence[tuple[int, int]]) -> list[tuple[str, bool]]:
    """A name in pieces, each with whether it matches."""
    pieces, at, whole = [], 0, nfc(name)
    for start, end in found:
        pieces += [(whole[at:start], False), (whole[start:end], True)]
        at = end
    return [piece for piece in (*pieces, (whole[at:], False)) if piece[0]]


def _words(query: str) -> tuple[str, ...]:
    return tuple(_SIGNS.sub(" ", fold(query)).split())


def _keys(*names: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(" ".join(_words(name)) for name in names if name))


def _readings(known: Sequence[Item], words: tuple[str, ...]) -> list[_Asked]:
    """The query as it stands, then without its year, without its ward, without both."""
    if not words:
        return []
    year = next((word for word in words if _YEAR.fullmatch(word)), None)
    found = [_Asked(words)]
    if year is not None:
        found.append(_Asked(tuple(word for word in words if word != year), int(year)))
    for asked in tuple(found):
        for (start, end), unit in _wards_in(known, asked.words):
            rest = asked.words[:start] + asked.words[end:]
            if " ".join(rest) not in _KINDS:  # "phường" beside a ward's name asks for nothing else
                found.append(_Asked(rest, asked.year, unit))
    return found


def _wards_in(known: Sequence[Item], words: tuple[str, ...]) -> list[tuple[tuple[int, int], Unit]]:
    """The longest stretch of words that is a ward's name, with each ward of that name."""
    by_key: dict[str, list[Unit]] = {}
    for item in known:
        if item.unit is not None:
            for key in item.keys:
                by_key.setdefault(key, []).append(item.unit)
    spans = [(start, end) for start in range(len(words)) for end in range(start + 1, len(words) + 1)]
    for span in sorted(spans, key=lambda span: span[0] - span[1]):
        units = by_key.get(" ".join(words[span[0] : span[1]]), [])
        if units and span[1] - span[0] < len(words):
            return [(span, unit) for unit in units]
    return []


def _rank(item: Item, asked: _Asked) -> int | None:
    """How well an item answers, the smallest best; None where it does not."""
    if not asked.words:
        return 0 if item.group == "page" else None
    if asked.unit is not None and item.unit is not None:
        return None
    ranks = [rank for key in item.keys if (rank := _fit(key, asked.words)) is not None]
    return min(ranks, default=None)


def _fit(key: str, words: tuple[str, ...]) -> int | None:
    said = " ".join(words)
    if key == said:
        return 0
    if key.startswith(said):
        return 1
    if f" {said}" in key:
        return 2
    own = key.split()
    return 3 if all(any(part.startswith(word) for part in own) for word in words) else None


def _pages(lang: str) -> list[Item]:
    return [
        Item(
            "page", text(f"frame.{title}", lang), text(f"search.about_{title}", lang), path,
            _keys(*(text(f"frame.{title}", each) for each in LANGUAGES),
                  *(also for each in LANGUAGES for also in text(f"search.also_{title}", each).split(";"))),
        )
        for path, title in PAGES
    ]  # fmt: skip


def _indicators(catalogue: Catalogue, lang: str) -> list[Item]:
    return [
        Item(
            "indicator", row.name(lang), catalogue.families[row.family][lang], "chi-tieu",
            _keys(*(name for each in (lang, *LANGUAGES) for name in (row.name(each), row.short(each)))),
            (("linh-vuc", row.family), ("chi-tieu", row.id)),
        )
        for row in catalogue.indicators.values() if not row.member_kind
    ]  # fmt: skip


def _wards(units: tuple[Unit, ...]) -> list[Item]:
    return [
        Item(
            "ward", unit.name, ", ".join(filter(None, (unit.district, unit.province, _until(unit)))), "tong-quan",
            _keys(unit.name, bare_name(unit.name), f"{unit.kind} {bare_name(unit.name)}"), unit=unit,
        )
        for unit in units
    ]  # fmt: skip


def _until(unit: Unit) -> str:
    return "" if unit.valid_to is None else f"–{unit.valid_to.day}/{unit.valid_to.month}/{unit.valid_to.year}"


def _register(catalogue: Catalogue, lang: str) -> list[Item]:
    honours = [
        Item("honour", row.name(lang), "", "thi-dua-khen-thuong", _keys(*(row.name(each) for each in LANGUAGES)))
        for row in catalogue.honours.values()
    ]
    lines = [
        Item("line", row.name(lang), "", "ngan-sach", _keys(*(row.name(each) for each in LANGUAGES)))
        for row in catalogue.lines.values()
    ]
    return [*honours, *lines]

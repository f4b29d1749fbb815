"""Administrative units and how they followed each other, from data/catalogue/*.csv."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from core.errors import Fault
from core.figures import UnitKey
from core.vi.text import fold

KIND_WORDS = ("phường", "xã", "thị trấn", "đặc khu")
DISTRICT_WORDS = ("quận", "huyện", "thị xã", "thành phố", "tp.", "tp")
PROVINCE_WORDS = ("thành phố", "tỉnh", "tp.", "tp")


@dataclass(frozen=True, slots=True)
class Unit:
    """A commune-level unit within its dates; `district` is empty from July 2025, `valid_to` None while it exists."""

    code: str
    valid_from: date
    valid_to: date | None
    name: str
    kind: str
    district: str
    province: str
    is_sample: bool = False

    @property
    def key(self) -> UnitKey:
        """Code and first day: the code alone was given to larger territories again."""
        return UnitKey(self.code, self.valid_from)

    @property
    def described(self) -> str:
        """As a person can choose it: code@first day (name, district, province)."""
        place = ", ".join(filter(None, (self.name, self.district, self.province)))
        return f"{self.code}@{self.valid_from.isoformat()} ({place})"

    @property
    def dated(self) -> str:
        """Its name, with its last day where it is no more: later wards bear the names of earlier ones."""
        last = self.valid_to
        return self.name if last is None else f"{self.name} (–{last.day}/{last.month}/{last.year})"

    def exists_on(self, day: date) -> bool:
        """Whether the unit existed on a day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Succession:
    """The old unit went into the new one on a day, as a whole or in part."""

    on: date
    old: UnitKey
    new: UnitKey
    part: str


@dataclass(frozen=True, slots=True)
class Merger:
    """How a unit came to be: on a day, of some units in full and of parts of others, by name."""

    on: date
    unit: Unit
    full: tuple[Unit, ...]
    partial: tuple[Unit, ...]

    def name(self, unit: Unit) -> str:
        """The name of one that takes part; of an old one called like the new one with its last day."""
        return unit.name if unit is self.unit or unit.name != self.unit.name else unit.dated


def bare_name(name: str, words: tuple[str, ...] = KIND_WORDS) -> str:
    """A place's name for matching: without accents, case and its leading kind ("Phường Láng" -> "lang")."""
    folded = " ".join(fold(name).split())
    for word in sorted((fold(word) for word in words), key=len, reverse=True):
        if folded.startswith(word + " ") or (word.endswith(".") and folded.startswith(word)):
            rest = folded[len(word) :].strip()
            # "Phường 8" keeps its number, "Xã Tân" its name; a bare kind is no name
            return rest or folded
    return folded


class Places:
    """All units and successions, found by name or by key."""

    def __init__(self, units: tuple[Unit, ...], successions: tuple[Succession, ...]):
        self.units = units
        self.successions = successions

    @cached_property
    def by_key(self) -> dict[UnitKey, Unit]:
        """Every unit by its key."""
        return {unit.key: unit for unit in self.units}

    @cached_property
    def _by_name(self) -> dict[str, list[Unit]]:
        found: dict[str, list[Unit]] = defaultdict(list)
        for unit in self.units:
            found[bare_name(unit.name)].append(unit)
        return found

    def unit(self, key: UnitKey) -> Unit:
        """The unit of a key; KeyError where there is none."""
        return self.by_key[key]

    def find_units(
        self, name: str, district: str = "", province: str = "", on: date | None = None
    ) -> tuple[Unit, ...]:
        """Units of a name, narrowed by what else is known; accents, case and the leading kind do not matter.

        A kind written in the name ("Xã Láng") excludes the others. Several answers mean that the name alone does not
        decide.
        """
        folded = fold(name)
        kind = next((word for word in KIND_WORDS if folded.startswith(fold(word) + " ")), "")
        found = self._by_name.get(bare_name(name), [])
        if kind:
            found = [unit for unit in found if fold(unit.kind) == fold(kind)]
        if district:
            wanted = bare_name(district, DISTRICT_WORDS)
            found = [unit for unit in found if bare_name(unit.district, DISTRICT_WORDS) == wanted]
        if province:
            wanted = bare_name(province, PROVINCE_WORDS)
            found = [unit for unit in found if bare_name(unit.province, PROVINCE_WORDS) == wanted]
        if on:
            found = [unit for unit in found if unit.exists_on(on)]
        return tuple(found)

    def successors(self, key: UnitKey) -> tuple[Succession, ...]:
        """What a unit went into."""
        return tuple(self._onwards.get(key, ()))

    def predecessors(self, key: UnitKey) -> tuple[Succession, ...]:
        """What a unit was made of."""
        return tuple(self._backwards.get(key, ()))

    def merger(self, key: UnitKey) -> Merger | None:
        """How a unit came to be; None where nothing is known to have gone into it."""
        rows = self.predecessors(key)
        if not rows:
            return None
        old = {part: [self.unit(row.old) for row in rows if (row.part == "full") == (part == "full")]
               for part in ("full", "partial")}  # fmt: skip
        full, partial = (tuple(sorted(old[part], key=lambda unit: (unit.name, unit.code))) for part in old)
        return Merger(rows[0].on, self.unit(key), full, partial)

    @cached_property
    def _onwards(self) -> defaultdict[UnitKey, list[Succession]]:
        return _grouped(self.successions, lambda row: row.old)

    @cached_property
    def _backwards(self) -> defaultdict[UnitKey, list[Succession]]:
        return _grouped(self.successions, lambda row: row.new)


def _grouped(
    rows: Iterable[Succession], key: Callable[[Succession], UnitKey]
) -> defaultdict[UnitKey, list[Succession]]:
    groups: defaultdict[UnitKey, list[Succession]] = defaultdict(list)
    for row in rows:
        groups[key(row)].append(row)
    return groups


def _rows(path: Path) -> list[dict[str, str]]:
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def load_places(folder: Path, faults: list[Fault]) -> Places:
    """Units and successions of a folder (units*.csv: code, name, kind, district, province, valid_from, valid_to).

    Faults found are added to `faults`: a unit twice, dates in the wrong order, a sample code on the official list.
    """
    units: dict[UnitKey, Unit] = {}
    for file in ("units.csv", "units_extra.csv", "units_sample.csv"):
        sample = file == "units_sample.csv"
        for number, row in enumerate(_rows(folder / file), start=2):
            begins = date.fromisoformat(row["valid_from"])
            ends = date.fromisoformat(row["valid_to"]) if row["valid_to"] else None
            unit = Unit(row["code"], begins, ends, row["name"], row["kind"], row["district"], row["province"], sample)
            where = f"{file}:{number}"
            if unit.key in units:
                faults.append(Fault("catalogue.unit_twice", where, {"code": unit.code, "day": begins}))
            if ends and ends < begins:
                faults.append(Fault("catalogue.unit_dates", where, {"code": unit.code}))
            if sample and not unit.code.startswith("MAU"):
                faults.append(Fault("catalogue.sample_code", where, {"code": unit.code}))
            units[unit.key] = unit
    return Places(tuple(units.values()), _load_successions(folder, units))


def _load_successions(folder: Path, units: dict[UnitKey, Unit]) -> tuple[Succession, ...]:
    """Successions by key: the old unit is the one of that code that ends before the day, the new one begins on it.

    Codes without such a unit (five island districts that became special zones) are left out: a district is no unit
    of this list.
    """
    ended: dict[str, list[Unit]] = defaultdict(list)
    begun: dict[tuple[str, date], Unit] = {}
    for unit in units.values():
        if unit.valid_to:
            ended[unit.code].append(unit)
        begun[unit.code, unit.valid_from] = unit
    rows: list[Succession] = []
    for file in ("unit_successions.csv", "successions_extra.csv", "successions_sample.csv"):
        for row in _rows(folder / file):
            day = date.fromisoformat(row["date"])
            new = begun.get((row["new_code"], day))
            old = [unit for unit in ended[row["old_code"]] if unit.valid_to and unit.valid_to < day]
            if new and old:
                rows.append(Succession(day, max(old, key=lambda unit: unit.valid_from).key, new.key, row["part"]))
    return tuple(rows)

"""How many awards of which level a unit had in which year: the register where it speaks, else a report's totals."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from core.catalogue import Catalogue
from core.figures import LEVELS, RECIPIENTS, Ref, UnitKey
from core.places import Merger
from core.series import Break, Point, Reason
from core.yearbook import best_known

CULTURAL = ("tdp_van_hoa", "gia_dinh_van_hoa")  # titles of the culture screen, no commendations
COLUMNS = [
    "unit_code", "year", "recipient", "level", "honour", "class", "count", "registered", "source", "is_sample",
    "indicator",
]  # fmt: skip
COUNTED = "award_collectives"  # every award indicator has the breaks of its family
SHOWN = RECIPIENTS[:2]  # the panels; households have one only where there are any


@dataclass(frozen=True, slots=True)
class Cell:
    """The awards of one level in one year: `state` is given, none (the register has no such row), missing or ended."""

    state: str
    count: float = float("nan")


class AwardBook:
    """The awards of a unit and its predecessors, counted by year, level and recipient.

    `frame` has the columns of tidy_awards for every unit in `units`; `years` are the first and last year shown;
    `titles` names reports by file name. On today's boundary `merger` says what the unit was made of and `reasons` why
    a year could not be put together.
    """

    def __init__(
        self, catalogue: Catalogue, units: tuple[UnitKey, ...], frame: pd.DataFrame, years: tuple[int, int] | None,
        titles: Mapping[str, str] | None = None, *, merger: Merger | None = None,
        reasons: Mapping[int, Reason] | None = None,
    ):  # fmt: skip
        self.catalogue, self.units, self.years = catalogue, units, years
        self.merger, self.reasons = merger, reasons or {}
        rows = award_rows(frame, catalogue)
        self.rows = rows.assign(source=[_titled(names, titles or {}) for names in rows["source"]])
        # a screen asks for some hundred small parts: cut once, they cost nothing each time
        self._parts = {key: part for key, part in self.rows.groupby(["year", "unit_code", "recipient"])}
        self._parts |= {(*key, ""): part for key, part in self.rows.groupby(["year", "unit_code"])}
        self._counts: dict[tuple[int, str, str], tuple[dict[str, float], bool]] = {}
        self.points, self.breaks = self._points()

    def at(self, year: int) -> Point | None:
        """The unit and year a year stands for."""
        return next((point for point in self.points if point.year == year), None)

    def levels(self, recipient: str = "") -> tuple[str, ...]:
        """The levels that gave anything in any year (to a kind of recipient), the highest first."""
        rows = self.rows[self.rows["recipient"] == recipient] if recipient else self.rows
        known = set(rows.loc[rows["level"] != "", "level"])
        return tuple(level for level in LEVELS if level in known)

    def of(self, point: Point, recipient: str = "") -> pd.DataFrame:
        """The rows of one year of the unit it belongs to."""
        return self._parts.get((point.year, point.unit.code, recipient), self.rows.iloc[:0])

    def cell(self, point: Point, level: str, recipient: str) -> Cell:
        """What is known of one level in one year."""
        counts, registered = self._counted(point, recipient)
        if level in counts:
            return Cell("given", counts[level]) if counts[level] else Cell("none", 0.0)
        if self.ended(level, point):
            return Cell("ended")
        return Cell("none", 0.0) if registered else Cell("missing")

    def total(self, point: Point, recipient: str) -> float:
        """The sum over the register's levels; without a register the report's own total, else what levels it names.

        NaN where there is none of these.
        """
        registered = self._counted(point, recipient)[1]
        printed = self.printed_total(point, recipient)
        return printed if printed == printed and not registered else self.sum_of_levels(point, recipient)

    def sum_of_levels(self, point: Point, recipient: str) -> float:
        """What the levels add up to, NaN where none is known."""
        named = [count for level, count in self._counted(point, recipient)[0].items() if level]
        return sum(named) if named else float("nan")

    def printed_total(self, point: Point, recipient: str) -> float:
        """The total a report prints, NaN where none does."""
        return self._counted(point, recipient)[0].get("", float("nan"))

    def _counted(self, point: Point, recipient: str) -> tuple[dict[str, float], bool]:
        """How many of each level ("" for a total over all) in one year, and whether a register has any of them."""
        key = (point.year, point.unit.code, recipient)
        if key not in self._counts:
            rows, counts = self.of(point, recipient), defaultdict(float)
            for level, count in zip(rows["level"].tolist(), rows["count"].tolist(), strict=True):
                counts[level] += float(count)
            self._counts[key] = dict(counts), any(rows["registered"].tolist())
        return self._counts[key]

    def refs(self, point: Point, recipient: str = "", level: str = "") -> tuple[Ref, ...]:
        """The stored rows behind a total or, where a level is named, behind its cell."""
        rows = self.of(point, recipient)
        printed = rows["level"] == ""
        if level:
            rows = rows[rows["level"] == level]
        else:
            rows = rows[printed if printed.any() and not rows["registered"].any() else ~printed]
        found = [
            named._replace(honour=row["honour"], level=row["level"], recipient=row["recipient"])
            if row["registered"]
            else named._replace(indicator=row["indicator"])
            for row in rows.to_dict("records")
            for named in (Ref(unit, point.year) for unit in self.wards(point))
        ]
        return tuple(dict.fromkeys(found))

    def ended(self, level: str, point: Point) -> bool:
        """Whether the level no longer existed for the unit of a year: its last grantor's day has passed."""
        last = level_end(self.catalogue, level)
        if last is None:
            return False
        first = point.unit.valid_from
        return (first > last and point.year >= first.year) or date(point.year, 1, 1) > last

    def parting(self, old: Point, new: Point) -> Break | None:
        """What parts two years, the earlier first: another boundary or a change of the law; None where they compare."""
        if old.unit != new.unit:
            return Break(self.points.index(new), new.unit.valid_from, "boundary")
        for entry in self.catalogue.indicators[COUNTED].breaks:
            day = date.fromisoformat(str(entry["date"]))
            if old.year < day.year <= new.year:
                return Break(self.points.index(new), day, "catalogue", entry["reason"])
        return None

    def comparable(self, old: Point, new: Point) -> bool:
        """False where the boundary or the law changed between two years, the earlier first."""
        return self.parting(old, new) is None

    def wards(self, point: Point) -> tuple[UnitKey, ...]:
        """Whose rows a year's counts are made of: the unit's own, or before a merger those that went into it."""
        if self.merger is None or point.year >= self.merger.on.year:
            return (point.unit,)
        return tuple(unit.key for unit in self.merger.full)

    def _points(self) -> tuple[tuple[Point, ...], tuple[Break, ...]]:
        points: list[Point] = []
        breaks: list[Break] = []
        if self.years is None:
            return (), ()
        for year in range(self.years[0], self.years[1] + 1):
            unit = self._unit_of(year)
            if points and points[-1].unit != unit:
                breaks.append(Break(len(points), unit.valid_from, "boundary"))
            points.append(Point(year, "", unit))
        return tuple(points), tuple(breaks)

    def _unit_of(self, year: int) -> UnitKey:
        """The unit a year belongs to: of two in the year of a merger the newer one that has awards."""
        alive = [unit for unit in self.units if _alive(self.catalogue, unit, year)] or [self.units[-1]]
        told = set(self.rows.loc[self.rows["year"] == year, "unit_code"])
        return next((unit for unit in reversed(alive) if unit.code in told), alive[-1])


def award_rows(frame: pd.DataFrame, catalogue: Catalogue) -> pd.DataFrame:
    """tidy_awards as plain counts.

    Columns: unit_code, year, recipient, level, honour, class, count, registered, source, is_sample, indicator (for
    counts of a report). `level` is empty for a total over all levels. A title a report counts without a level stands
    at the level that gave it in that year. Cultural titles are left out: they are no commendations.
    """
    if frame.empty:
        return pd.DataFrame(columns=COLUMNS)
    rows = best_known(frame[frame["source"].str.startswith("figure")])
    rows = pd.concat([rows, frame[~frame["source"].str.startswith("figure")]])
    rows = rows[(rows["period"] == "year") & ~rows["honour"].isin(CULTURAL) & rows["value"].notna()]
    level = [
        row["level"] or (_giver(catalogue, row["honour"], int(row["year"])) if row["honour"] else "")
        for row in rows.to_dict("records")
    ]
    return rows.assign(
        level=level, count=rows["value"], registered=~rows["source"].str.startswith("figure"),
        source=rows["source"].str.replace(r"(?m)^(figure|register): ?", "", regex=True),
    )[COLUMNS].reset_index(drop=True)  # fmt: skip


def _titled(names: str, titles: Mapping[str, str]) -> str:
    return "\n".join(titles.get(name, name) for name in names.split("\n"))


def level_end(catalogue: Catalogue, level: str) -> date | None:
    """The last day on which a level gave any honour; None while it still gives one."""
    days = [
        grantor.get("to") for honour in catalogue.honours.values() for grantor in honour.grantors
        if grantor["level"] == level
    ]  # fmt: skip
    return max(days) if days and all(days) else None


def _giver(catalogue: Catalogue, honour: str, year: int) -> str:
    """The level that gave a title at the end of the emulation year (30 November)."""
    entry, day = catalogue.honours[honour], date(year, 11, 30)
    given = [row["level"] for row in entry.grantors if row["from"] <= day <= row.get("to", date.max)]
    return "province" if "province" in given else given[0] if given else entry.levels[-1]


def _alive(catalogue: Catalogue, key: UnitKey, year: int) -> bool:
    unit = catalogue.unit(key)
    return unit.valid_from.year <= year and (unit.valid_to is None or year <= unit.valid_to.year)

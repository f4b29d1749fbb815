"""The figures of a unit looked up by what they say: of each year the best known value, its plan and its judgement."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pandas as pd

from core.catalogue import Catalogue, Indicator
from core.figures import UnitKey
from core.places import Merger
from core.series import BEST_KNOWN, HALF_OF, PLAN_ORDER, Break, Plan, Point, Reason, Series, exact
from core.status import Status, status, status_of_attainment


def best_known(frame: pd.DataFrame) -> pd.DataFrame:
    """One row for each value that is no plan: final before actual before estimate, computed before reported.

    `frame` has the tidy columns; the row kept says in `scenario` and `method` which it is.
    """
    rows = frame[frame["scenario"].isin(BEST_KNOWN)]
    order = rows["scenario"].map(BEST_KNOWN.index).astype("int64") * 2 + (rows["method"] != "computed")
    keys = ["unit_code", "unit_from", "indicator", "member", "year", "period", "basis"]
    return rows.assign(_order=order).sort_values("_order", kind="stable").drop_duplicates(keys).drop(columns="_order")


class Yearbook:
    """The figures of a unit (or of a lineage) looked up by what they say, built once for a page.

    `frame` has the columns of the tidy views; `sources` those of the store's sources and adds flags and `as_of`, the
    day on which the newest figure was stored; `years` fixes the first and last slot of every series made from it;
    `merger` and `reasons` ((indicator, member, year) -> Reason) come with figures on today's boundary.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        units: Sequence[UnitKey],
        frame: pd.DataFrame,
        sources: pd.DataFrame | None = None,
        years: tuple[int, int] | None = None,
        *,
        merger: Merger | None = None,
        reasons: Mapping[tuple[str, str, int], Reason] | None = None,
    ):
        self.catalogue = catalogue
        self.units = tuple(units)
        self.frame = frame
        self.merger, self.reasons = merger, reasons or {}
        self._values: dict[tuple, list[dict]] = defaultdict(list)
        self._plans: dict[tuple, list[dict]] = defaultdict(list)
        for row in _records(best_known(frame)):
            self._values[_address(row)].append(row)
        for row in _records(frame[frame["scenario"] == "plan"]):
            self._plans[_address(row)].append(row)
        self._flags = _flags(sources)
        stored = sources["at"].dropna() if sources is not None and "at" in sources else ()
        self.as_of: date | None = max(stored).date() if len(stored) else None
        self.years = years or _span(frame)
        self._series: dict[tuple[str, str], Series] = {}

    def over(self, frame: pd.DataFrame, years: tuple[int, int]) -> Yearbook:
        """A book of some of this one's rows over other years, with the same flags, day and boundary."""
        made = Yearbook(self.catalogue, self.units, frame, None, years, merger=self.merger, reasons=self.reasons)
        made._flags, made.as_of = self._flags, self.as_of
        return made

    def series(self, indicator: str, member: str = "") -> Series:
        """An indicator from the first to the last year of this book, made once."""
        if (indicator, member) not in self._series:
            self._series[indicator, member] = self._made(indicator, member)
        return self._series[indicator, member]

    def _made(self, indicator: str, member: str) -> Series:
        row = self.catalogue.indicators[indicator]
        points: list[Point] = []
        breaks: list[Break] = []
        if self.years is None:
            return Series(row, ())
        for year in range(self.years[0], self.years[1] + 1):
            slots = self._slots(year, indicator, member)
            if points:
                breaks += _breaks_before(slots, points[-1], len(points), row)
            why = self.reasons.get((indicator, member, year))
            points += [replace(slot, why=why) if _unexplained(slot, why) else slot for slot in slots]
        reasons = {each[2]: why for each, why in self.reasons.items() if each[:2] == (indicator, member)}
        return Series(row, tuple(points), tuple(breaks), self.merger, reasons)

    def plans(self, indicator: str, unit: UnitKey, year: int, period: str = "year", member: str = "") -> list[Plan]:
        """Every plan of a year, the one that is compared with first: assigned, council, adjusted, unstated, stretch."""
        rows = self._plans[(unit.code, str(unit.valid_from), indicator, member, year, period)]
        found = [Plan(exact(row["value"]), row["basis"], exact(row["of"]), row["hedge"]) for row in rows]
        return sorted(found, key=lambda plan: PLAN_ORDER.index(plan.basis))

    def _slots(self, year: int, indicator: str, member: str) -> list[Point]:
        """One slot for a year, two where the unit changed within it and both halves have figures or neither has."""
        alive = [unit for unit in self.units if self._alive(unit, year)]
        if len(alive) < 2:
            unit = alive[0] if alive else self.units[-1]
            return [self._point(unit, year, "", ("year",), indicator, member)]
        halves = [
            self._point(unit, year, part, HALF_OF[part], indicator, member)
            for unit, part in zip(alive[-2:], ("h1", "h2"), strict=True)
        ]
        known = [half for half in halves if half.known] or halves[-1:]
        if len(known) == 1 and known[0].period == "year":
            return [replace(known[0], part="")]
        return known

    def _alive(self, unit: UnitKey, year: int) -> bool:
        row = self.catalogue.unit(unit)
        return row.valid_from.year <= year and (row.valid_to is None or year <= row.valid_to.year)

    def _point(
        self, unit: UnitKey, year: int, part: str, periods: tuple[str, ...], indicator: str, member: str
    ) -> Point:
        for period in periods:
            point = self._read(unit, year, part, period, indicator, member)
            if point.known:
                return point
        return self._read(unit, year, part, periods[0], indicator, member)

    def _read(self, unit: UnitKey, year: int, part: str, period: str, indicator: str, member: str) -> Point:
        row = self.catalogue.indicators[indicator]
        address = (unit.code, str(unit.valid_from), indicator, member, year, period)
        if row.attainment_of:
            return self._attainment_point(row, unit, year, part, address)
        plan = next(iter(self.plans(indicator, unit, year, period, member)), None) or self._planned_rate(address)
        value = next(iter(self._values[address]), None)
        printed = self._printed(address, plan)
        common = dict(
            plan=plan,
            attainment_hedge=printed["hedge"] if printed else "",
            flags=self._flags.get(address, ()),
            is_sample=bool((value or printed or {}).get("is_sample", False)),
            source=str((value or printed or {}).get("source", "")),
        )
        if value is None:
            return Point(year, part, unit, address[5], status=_judge(row, None, None, "", plan, printed), **common)
        amount, of = exact(value["value"]), exact(value["of"])
        if row.rate_of and of is None and value["method"] != "reported":
            of = self._whole(address, row.rate_of, value["scenario"])
        return Point(
            year,
            part,
            unit,
            address[5],
            value=amount,
            of=of,
            of_kind=value["of_kind"],
            hedge=value["hedge"],
            scenario=value["scenario"],
            method=value["method"],
            made_of=_made_of(value),
            status=_judge(row, amount, of, value["hedge"], plan, printed),
            **common,
        )

    def _attainment_point(self, row: Indicator, unit: UnitKey, year: int, part: str, address: tuple) -> Point:
        """An attainment's own series: of several bases the one that is compared with first."""
        found = sorted(self._values[address], key=lambda entry: PLAN_ORDER.index(entry["basis"] or "unstated"))
        if not found:
            return Point(year, part, unit, address[5])
        entry = found[0]
        value = exact(entry["value"])
        attained = self.catalogue.indicators[row.attainment_of]
        return Point(
            year,
            part,
            unit,
            address[5],
            value=value,
            hedge=entry["hedge"],
            scenario=entry["scenario"],
            method=entry["method"],
            made_of=_made_of(entry),
            status=status_of_attainment(attained, value, entry["basis"], entry["method"]),
            flags=self._flags.get(address, ()),
            is_sample=bool(entry["is_sample"]),
            source=str(entry["source"]),
        )

    def _whole(self, address: tuple, count: str, scenario: str) -> Decimal | None:
        """The whole a share was worked out of: the denominator of its count."""
        rows = self._values[(*address[:2], count, *address[3:])]
        return next((exact(row["of"]) for row in rows if row["scenario"] == scenario), None)

    def _planned_rate(self, address: tuple) -> Plan | None:
        """A count without a planned count is held against the planned rate, where one was given."""
        rate = self.catalogue.rate_of(address[2])
        if rate is None:
            return None
        rows = sorted(self._plans[(*address[:2], rate, *address[3:])], key=lambda row: PLAN_ORDER.index(row["basis"]))
        return Plan(exact(rows[0]["value"]), rows[0]["basis"], hedge=rows[0]["hedge"], as_rate=True) if rows else None

    def _printed(self, address: tuple, plan: Plan | None) -> dict | None:
        """The attainment a report prints: of the plan's own basis where there is a plan, else the first there is."""
        name = self.catalogue.attainment_of(address[2])
        if name is None:
            return None
        rows = [row for row in self._values[(*address[:2], name, *address[3:])] if row["method"] == "reported"]
        rows.sort(key=lambda row: PLAN_ORDER.index(row["basis"] or "unstated"))
        same = [row for row in rows if plan and row["basis"] == plan.basis]
        return next(iter(same or ([] if plan and plan.basis != "unstated" else rows)), None)


def _records(frame: pd.DataFrame) -> list[dict]:
    """The rows as dicts; a tenth of what pandas' own way costs, which looks at each value anew."""
    names = list(frame.columns)
    return [dict(zip(names, row, strict=True)) for row in zip(*(frame[name].tolist() for name in names), strict=True)]


def _unexplained(point: Point, why: Reason | None) -> bool:
    """Whether a reason belongs to a point: its value is not there, or its plan is not and the reason is about that."""
    return why is not None and (point.plan is None if why.of_plan else point.value is None)


def _breaks_before(slots: list[Point], last: Point, at: int, row: Indicator) -> list[Break]:
    """What parts a year from the one before: another boundary, half a year, a change the catalogue knows of."""
    found = []
    if slots[-1].unit != last.unit:
        found.append(Break(at, slots[-1].unit.valid_from, "boundary"))
    elif bool(slots[0].part) != bool(last.part):
        found.append(Break(at, date(slots[0].year, 1, 1), "half"))
    for entry in row.breaks:
        day = date.fromisoformat(str(entry["date"]))
        if day.year == slots[0].year:
            found.append(Break(at, day, "catalogue", entry["reason"]))
    return found


def _judge(
    row: Indicator, value: Decimal | None, of: Decimal | None, hedge: str, plan: Plan | None, printed: dict | None
) -> Status:
    if plan is None and of is not None and row.rate_of and row.kind == "percent":  # what was assigned is the target
        return status(row, value, Decimal(100), hedge=hedge)
    return status(
        row,
        value,
        plan.value if plan and not plan.as_rate else None,
        of=of,
        planned_rate=plan.value if plan and plan.as_rate else None,
        reported=exact(printed["value"]) if printed else None,
        basis=plan.basis if plan else (printed["basis"] if printed else ""),
        hedge=hedge,
        plan_hedge=plan.hedge if plan else "",
    )


def _made_of(row: Mapping) -> str:
    """The parts of a worked-out row; "" for a stored one, whose frame may or may not have the column."""
    found = row.get("made_of")
    return found if isinstance(found, str) else ""


def _address(row: Mapping) -> tuple:
    return (
        row["unit_code"], str(row["unit_from"])[:10], row["indicator"], row["member"], int(row["year"]), row["period"],
    )  # fmt: skip


def _flags(sources: pd.DataFrame | None) -> dict[tuple, tuple[str, ...]]:
    """Flags by address, from the store's sources with unit_code and unit_from (column `flags`: words)."""
    found: dict[tuple, tuple[str, ...]] = {}
    if sources is None or sources.empty or "flags" not in sources:
        return found
    for row in sources[sources["flags"] != ""].to_dict("records"):
        words = tuple(str(row["flags"]).replace(",", " ").split())
        found[_address(row)] = tuple(dict.fromkeys(found.get(_address(row), ()) + words))
    return found


def _span(frame: pd.DataFrame) -> tuple[int, int] | None:
    """First and last year in which something was done; plans alone open no year."""
    done = frame[frame["scenario"] != "plan"]
    return (int(done["year"].min()), int(done["year"].max())) if len(done) else None

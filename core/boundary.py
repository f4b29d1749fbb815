"""A merged ward's earlier figures on today's boundary, worked out from those of the wards that went into it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pandas as pd

from core.catalogue import Catalogue, Indicator
from core.figures import Ref, UnitKey
from core.places import Merger, Unit
from core.series import BEST_KNOWN, HALF_OF, Reason, exact
from core.status import KNOWN_BASES

LAST_MONTH = {"q1": 3, "h1": 6, "q2": 6, "q3": 9}
MIXED = "scenarios_mixed"  # a flag: a final account of one ward was added to the figures of another
WHOLE_YEAR = {"h1": ("year", "part"), "h2": ("part",)}  # of a year in which the unit changed on no half's first day

Row = Mapping[str, object]
Address = tuple[str, str, int, str]  # indicator, member, year, period


@dataclass(frozen=True)
class OnBoundary:
    """What is known of a unit on the boundary it has today.

    `frame` has tidy rows of this unit alone: its own as they are, then those worked out, which have `method` "derived",
    exact values and the parts in `made_of`. `sources` are the rows of the store's sources of all parts under the unit's
    key. `reasons` say for (indicator, member, year) why a value, or its plan, could not be worked out.
    """

    merger: Merger
    frame: pd.DataFrame
    sources: pd.DataFrame | None
    reasons: Mapping[tuple[str, str, int], Reason]


@dataclass(slots=True)
class _Cell:
    """What one ward knows of one address: values by scenario, plans by basis."""

    values: dict[str, Row] = field(default_factory=dict)
    plans: dict[str, Row] = field(default_factory=dict)

    @property
    def best(self) -> Row | None:
        return next((self.values[name] for name in BEST_KNOWN if name in self.values), None)


@dataclass(frozen=True, slots=True)
class _Side:
    """One ward's part in a sum; `cell` is empty where it has no such figure."""

    name: str
    cell: _Cell


def on_boundary_of(
    catalogue: Catalogue, unit: UnitKey, frame: pd.DataFrame, sources: pd.DataFrame | None = None
) -> OnBoundary:
    """The figures of a merged unit for every year its parts know, by each indicator's rule of aggregation.

    `frame` has tidy rows of the unit and of every unit that went into it, all periods; `sources` the store's sources of
    the same with unit_code and unit_from. The unit must have predecessors (ValueError). Residential groups stay with
    their own wards: titles by group are not carried over.
    """
    merger = catalogue.places.merger(unit)
    if merger is None:
        raise ValueError(f"{unit} was made of no other unit")
    desk = _Desk(catalogue, merger, frame)
    desk.work()
    own = frame[[key == unit for key in _keys(frame)]]
    found = pd.DataFrame(desk.rows)
    parts = [part for part in (own, found) if len(part)]
    return OnBoundary(
        merger, pd.concat(parts, ignore_index=True) if parts else own, _under_one_key(merger, sources, desk.mixed),
        desk.reasons,
    )  # fmt: skip


def rule_of(catalogue: Catalogue, row: Indicator) -> Reason:
    """Which rule an indicator follows when wards are merged, and why: a text of data/texts/boundary.toml."""
    if row.attainment_of:
        return Reason("rule_attainment", by=catalogue.indicators[row.attainment_of].names)
    rule = str(row.aggregation["rule"])
    if rule == "none":
        return Reason("rule_none", said=row.aggregation["why"])
    if row.member_kind == "residential_group":
        return Reason("rule_groups")
    if rule == "weighted":
        by = catalogue.indicators[str(row.aggregation["by"])]
        return Reason("rule_weighted_of" if row.rate_of else "rule_weighted", by=by.names)
    return Reason(f"rule_add_{row.measured}")


class _Desk:
    """Works through every address once: sums first, then the rates and attainments that rest on them."""

    def __init__(self, catalogue: Catalogue, merger: Merger, frame: pd.DataFrame):
        self.catalogue, self.merger = catalogue, merger
        self.cells = _cells(frame)
        self.rows: list[dict] = []
        self.reasons: dict[tuple[str, str, int], Reason] = {}
        self.mixed: set[Address] = set()
        self.derived: dict[Address, _Cell] = {}
        self.models = {row["indicator"]: row for row in frame.to_dict("records")}
        halves = HALF_OF if (merger.on.month, merger.on.day) == (7, 1) else WHOLE_YEAR
        self.first_half, self.second_half = halves["h1"], tuple(name for name in halves["h2"] if name != "year")

    def work(self) -> None:
        addresses = sorted(self._addresses(), key=lambda address: (self._order(address[0]), address))
        for address in addresses:
            self._derive(self.catalogue.indicators[address[0]], address)

    def _order(self, indicator: str) -> int:
        row = self.catalogue.indicators[indicator]
        return 2 if row.attainment_of else 1 if row.aggregation["rule"] == "weighted" else 0

    def _addresses(self) -> set[Address]:
        """Every address some part knows, and the whole year of the change; not those the unit has reported itself."""
        on, unit = self.merger.on, self.merger.unit.key
        known = {address for old in self._old for address in self.cells.get(old.key, ()) if _ended(address, on)}
        halves = {
            (*address[:2], on.year, "year")
            for key, periods in [*((old.key, self.first_half) for old in self._old), (unit, self.second_half)]
            for address in self.cells.get(key, ()) if address[2] == on.year and address[3] in periods
        } if on > date(on.year, 1, 1) else set()  # fmt: skip
        own = self.cells.get(unit, {})
        groups = {row.id for row in self.catalogue.indicators.values() if row.member_kind == "residential_group"}
        return {each for each in known | halves if each[0] not in groups and not (each in own and own[each].values)}

    @property
    def _old(self) -> tuple[Unit, ...]:
        return self.merger.full + self.merger.partial

    def _derive(self, row: Indicator, address: Address) -> None:
        """One address: its rows, or the reason why there are none."""
        if address[2] == self.merger.on.year and address[3] == "year" and row.measured == "end":
            reason = self._last_value(address)
        elif self.merger.partial:
            reason = Reason("partial", tuple(map(self.merger.name, self.merger.partial)))
        elif len(self.merger.full) == 1 and _ended(address, self.merger.on):
            reason = self._carried(address)
        elif row.attainment_of:
            reason = self._attained(row, address)
        elif row.aggregation["rule"] == "none":
            reason = Reason("none", said=row.aggregation["why"])
        elif row.rate_of:
            reason = self._rated(row, address)
        elif row.aggregation["rule"] == "weighted":
            reason = self._weighted(row, address)
        else:
            reason = self._added(address)
        if reason is not None and address[3] == "year":
            self.reasons[address[:3]] = reason

    def _sides(self, address: Address) -> list[_Side]:
        """The parts of an address: the old wards, and of the year of the change the new one too."""
        year, period = address[2:]
        if year == self.merger.on.year and period == "year":
            parts = [(old, self.first_half) for old in self.merger.full] + [(self.merger.unit, self.second_half)]
        else:
            parts = [(old, (period,)) for old in self.merger.full]
        return [_Side(self.merger.name(unit), self._first(unit, address, periods)) for unit, periods in parts]

    def _first(self, unit: Unit, address: Address, periods: Sequence[str]) -> _Cell:
        """The first of several periods of which a ward knows a value; a plan alone is the whole year's."""
        cells = self.cells.get(unit.key, {})
        found = [cells[each] for each in ((*address[:3], period) for period in periods) if each in cells]
        return next((cell for cell in found if cell.values), found[0] if len(periods) == 1 and found else _Cell())

    def _carried(self, address: Address) -> None:
        """A single ward that only changed its key: everything it reported, as it stands."""
        cell = self.cells[self.merger.full[0].key][address]
        for row in (*cell.values.values(), *cell.plans.values()):
            self._note(address, [row], row, exact(row["value"]), exact(row["of"]), method=str(row["method"]))

    def _last_value(self, address: Address) -> Reason | None:
        """What stands at a year's end: the new ward's last figure of it."""
        cell = self._first(self.merger.unit, address, self.second_half)
        for row in (*cell.values.values(), *cell.plans.values()):
            self._note(address, [row], row, exact(row["value"]), exact(row["of"]), method=str(row["method"]))
        return None if cell.values else Reason("missing", (self.merger.unit.name,))

    def _added(self, address: Address) -> Reason | None:
        sides = self._sides(address)
        reason = self._combine(sides, address, lambda rows: (_total(rows), *_whole(rows)))
        return reason or self._plans(sides, address, _total)

    def _weighted(self, row: Indicator, address: Address) -> Reason | None:
        """A rate by the weights of another indicator, which every part must have."""
        by = str(row.aggregation["by"])
        sides = self._sides(address)
        weights, lacking = self._weights(by, address, lambda found: exact(found["value"]))
        if lacking:
            return _missing(sides) or Reason("weights", lacking, self.catalogue.indicators[by].names)
        reason = self._combine(sides, address, lambda rows: (_mean(rows, weights), None, ""))
        return reason or self._plans(sides, address, lambda rows: _mean(rows, weights))

    def _rated(self, row: Indicator, address: Address) -> Reason | None:
        """A share worked out again from the summed count and its summed whole."""
        base = (row.rate_of, *address[1:])
        weights, lacking = self._weights(row.rate_of, address, lambda found: exact(found["of"]))
        sides = self._sides(address)
        if lacking:
            return _missing(sides) or Reason("weights_of", lacking)
        found = self.derived.get(base, _Cell())
        for value in found.values.values():
            whole = exact(value["of"])
            if whole:
                model = self.models[row.id] | {"scenario": value["scenario"], "basis": "", "of_kind": value["of_kind"]}
                self._note(address, [value], model, _quotient(exact(value["value"]) * 100, whole), None)
        if not self.derived.get(address, _Cell()).values:
            why = self.reasons.get(base[:3])
            return why if why and not why.of_plan else Reason("of_kinds")
        return self._plans(sides, address, lambda rows: _mean(rows, weights))

    def _attained(self, row: Indicator, address: Address) -> Reason | None:
        """Summed value by summed plan of the same giver; percentages are never averaged."""
        base = (row.attainment_of, *address[1:])
        found = self.derived.get(base, _Cell())
        for value in found.values.values():
            for basis, plan in found.plans.items():
                if basis in KNOWN_BASES and exact(plan["value"]) > 0:
                    model = self.models[row.id] | {"scenario": value["scenario"], "basis": basis, "of_kind": ""}
                    share = _quotient(exact(value["value"]) * 100, exact(plan["value"]))
                    self._note(address, [value, plan], model, share, None)
        if self.derived.get(address, _Cell()).values:
            return None
        return self.reasons.get(base[:3]) or Reason("none", said=row.aggregation["why"])

    def _weights(
        self, by: str, address: Address, weigh: Callable[[Row], Decimal | None]
    ) -> tuple[list[Decimal], tuple[str, ...]]:
        """Each part's weight in the order of the parts, and the names of those without one."""
        weights, lacking = [], []
        for side in self._sides((by, *address[1:])):
            best = side.cell.best
            weight = weigh(best) if best is not None and not best["hedge"] else None
            if weight is None:
                lacking.append(side.name)
            else:
                weights.append(weight)
        if not sum(weights):
            lacking = [side.name for side in self._sides(address)]
        return weights, tuple(lacking)

    def _combine(
        self, sides: Sequence[_Side], address: Address, join: Callable[[list[Row]], tuple]
    ) -> Reason | None:
        """One row a scenario that every part has; where the best of each differ, the sum is as sure as the least."""
        reason = _missing(sides)
        if reason is not None:
            return reason
        sets = {
            name: [side.cell.values[name] for side in sides]
            for name in BEST_KNOWN if all(name in side.cell.values for side in sides)
        }  # fmt: skip
        best = [side.cell.best for side in sides]
        least = max((str(row["scenario"]) for row in best), key=BEST_KNOWN.index)
        if least not in sets:
            sets[least] = best
            self.mixed.add(address)
        for name, rows in sets.items():
            if not any(row["hedge"] for row in rows):
                value, of, of_kind = join(rows)
                self._note(address, rows, {**rows[0], "scenario": name, "of_kind": of_kind}, value, of)
        if address in self.derived:
            return None
        hedged = tuple(side.name for side in sides if side.cell.best["hedge"])
        return Reason("hedged", hedged) if hedged else None

    def _plans(
        self, sides: Sequence[_Side], address: Address, join: Callable[[list[Row]], Decimal]
    ) -> Reason | None:
        """One plan a giver that every part has; a giver no report names is not taken for the same one."""
        bases = [set(side.cell.plans) for side in sides]
        for basis in sorted(set.intersection(*bases) - {"unstated"}):
            rows = [side.cell.plans[basis] for side in sides]
            if not any(row["hedge"] for row in rows):
                self._note(address, rows, rows[0], join(rows), _whole(rows)[0])
        if not any(bases) or self.derived.get(address, _Cell()).plans:
            return None
        without = tuple(side.name for side, known in zip(sides, bases, strict=True) if not known)
        return Reason("plan_missing", without) if without else Reason("plan_bases")

    def _note(
        self, address: Address, parts: Sequence[Row], model: Row, value: Decimal, of: Decimal | None,
        *, method: str = "derived",
    ) -> None:  # fmt: skip
        """One row of the unit, with what it was made of."""
        unit = self.merger.unit
        row = dict(model) | {
            "unit_code": unit.code, "unit_from": unit.valid_from, "unit_name": unit.name, "indicator": address[0],
            "member": address[1], "year": address[2], "period": address[3], "value": value, "of": of, "method": method,
            "hedge": "" if method == "derived" else model["hedge"],
            "is_sample": any(bool(part["is_sample"]) for part in parts),
            "source": "\n".join(dict.fromkeys(name for part in parts for name in str(part["source"]).split("\n"))),
            "made_of": " ".join(dict.fromkeys(word for part in parts for word in _refs(part))),
        }  # fmt: skip
        self.rows.append(row)
        cell = self.derived.setdefault(address, _Cell())
        if row["scenario"] == "plan":
            cell.plans[str(row["basis"])] = row
        else:
            cell.values[str(row["scenario"])] = row


def _cells(frame: pd.DataFrame) -> dict[UnitKey, dict[Address, _Cell]]:
    """Every ward's figures by address; of a value both reported and computed, the computed one."""
    cells: dict[UnitKey, dict[Address, _Cell]] = {}
    for key, row in zip(_keys(frame), frame.to_dict("records"), strict=True):
        if exact(row["value"]) is None:
            continue
        address = (row["indicator"], row["member"], int(row["year"]), row["period"])
        cell = cells.setdefault(key, {}).setdefault(address, _Cell())
        if row["scenario"] == "plan":
            cell.plans[row["basis"]] = row
        elif row["scenario"] not in cell.values or row["method"] == "computed":
            cell.values[row["scenario"]] = row
    return cells


def _keys(frame: pd.DataFrame) -> Iterable[UnitKey]:
    if frame.empty:
        return []
    days = (date.fromisoformat(str(day)[:10]) for day in frame["unit_from"])
    return [UnitKey(code, day) for code, day in zip(frame["unit_code"], days, strict=True)]


def _ended(address: Address, on: date) -> bool:
    """Whether an address speaks of time before the change alone."""
    year, period = address[2:]
    if year != on.year:
        return year < on.year
    last = LAST_MONTH.get(period) or (int(period[:-1]) if period[:-1].isdigit() and period.endswith("m") else 12)
    return last < on.month


def _missing(sides: Sequence[_Side]) -> Reason | None:
    """Which parts have no value."""
    without = tuple(side.name for side in sides if not side.cell.values)
    return Reason("missing", without) if without else None


def _total(rows: Sequence[Row]) -> Decimal:
    return sum((exact(row["value"]) for row in rows), Decimal(0))


def _whole(rows: Sequence[Row]) -> tuple[Decimal | None, str]:
    """The summed denominator and what it counts; None where a part has none or counts something else."""
    wholes, kinds = [exact(row["of"]) for row in rows], {str(row["of_kind"]) for row in rows}
    if len(kinds) > 1 or any(whole is None for whole in wholes):
        return None, ""
    return sum(wholes, Decimal(0)), kinds.pop()


def _mean(rows: Sequence[Row], weights: Sequence[Decimal]) -> Decimal:
    weighted = sum((exact(row["value"]) * weight for row, weight in zip(rows, weights, strict=True)), Decimal(0))
    return _quotient(weighted, sum(weights, Decimal(0)))


def _quotient(number: Decimal, by: Decimal) -> Decimal:
    found = Fraction(number) / Fraction(by)
    return Decimal(found.numerator) / Decimal(found.denominator)


def _refs(row: Row) -> list[str]:
    """The parts of a row: those it was made of, or its own stored rows."""
    if row.get("made_of"):
        return str(row["made_of"]).split(" ")
    key = UnitKey(str(row["unit_code"]), date.fromisoformat(str(row["unit_from"])[:10]))
    return [str(Ref(key, int(row["year"]), str(row["indicator"]), str(row["member"]), str(row["period"])))]


def _under_one_key(merger: Merger, sources: pd.DataFrame | None, mixed: set[Address]) -> pd.DataFrame | None:
    """The sources of all parts under the new unit's key, those of a changed year's halves for the whole year too."""
    if sources is None or sources.empty:
        return sources
    halves = sources[(sources["year"] == merger.on.year) & sources["period"].isin(["h1", "h2", "part"])]
    names = ("indicator", "member", "year", "period")
    marked = pd.DataFrame([dict(zip(names, address, strict=True)) | {"flags": MIXED} for address in sorted(mixed)])
    parts = [sources, halves.assign(period="year"), marked]
    whole = pd.concat([part for part in parts if len(part)], ignore_index=True)
    return whole.assign(unit_code=merger.unit.code, unit_from=merger.unit.valid_from)

"""One indicator over the years: a point for every year, an open slot where nothing is known, and the breaks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

import pandas as pd

from core.catalogue import Indicator
from core.figures import Ref, UnitKey
from core.places import Merger
from core.status import Status

BEST_KNOWN = ("final", "actual", "estimate")
PLAN_ORDER = ("assigned", "council", "adjusted", "unstated", "stretch")
HALF_OF = {"h1": ("year", "h1", "part"), "h2": ("year", "h2", "part")}


@dataclass(frozen=True, slots=True)
class Plan:
    """What was planned, by whom (`basis`); `of` is its denominator, `as_rate` true where a rate was planned instead."""

    value: Decimal
    basis: str
    of: Decimal | None = None
    hedge: str = ""
    as_rate: bool = False


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a figure cannot be told on today's boundary: a text of data/texts/boundary.toml and what fills it.

    `wards` are names, `by` the name of an indicator and `said` the catalogue's own words, both in both languages.
    """

    name: str
    wards: tuple[str, ...] = ()
    by: Mapping[str, str] = field(default_factory=dict)
    said: Mapping[str, str] = field(default_factory=dict)

    @property
    def of_plan(self) -> bool:
        """Whether only the plan could not be worked out."""
        return self.name.startswith("plan_")


@dataclass(frozen=True, slots=True)
class Point:
    """One slot of a series; `value` is None where nothing is known.

    `part` is "h1" or "h2" for the halves of a year in which the unit changed, else empty. `scenario` says which of
    final, actual and estimate the value is. `attainment_hedge` belongs to a printed attainment. A value that was worked
    out on today's boundary has `method` "derived", names its parts in `made_of` (words of core.figures.Ref, with a
    space between) and its reports in `source`, one a line; `why` says what could not be worked out.
    """

    year: int
    part: str
    unit: UnitKey | None
    period: str = "year"
    value: Decimal | None = None
    of: Decimal | None = None
    of_kind: str = ""
    hedge: str = ""
    scenario: str = ""
    method: str = ""
    plan: Plan | None = None
    status: Status = field(default_factory=lambda: Status("no_data"))
    attainment_hedge: str = ""
    flags: tuple[str, ...] = ()
    is_sample: bool = False
    source: str = ""
    made_of: str = ""
    why: Reason | None = None

    @property
    def known(self) -> bool:
        """Whether a value or a printed attainment stands here."""
        return self.value is not None or self.status.attainment is not None

    @property
    def rate(self) -> Decimal | None:
        """Value in percent of its denominator; None without one or where the value is hedged."""
        return self.value * 100 / self.of if self.value is not None and self.of and not self.hedge else None

    def ref(self, indicator: str, member: str = "") -> str:
        """The word of core.figures.Ref for the stored rows behind this point; "" where nothing is known or planned."""
        if self.unit is None or not (self.known or self.plan):
            return ""
        return self.made_of or str(Ref(self.unit, self.year, indicator, member, self.period))


@dataclass(frozen=True, slots=True)
class Break:
    """Where a series must not be joined: before the point at index `at`; `reason` is empty for a change of boundary."""

    at: int
    on: date
    kind: str
    reason: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Series:
    """An indicator's points from the first to the last year, missing years included, and its breaks.

    On today's boundary `merger` says what the unit was made of, `reasons` by year what could not be worked out.
    """

    indicator: Indicator
    points: tuple[Point, ...]
    breaks: tuple[Break, ...] = ()
    merger: Merger | None = None
    reasons: Mapping[int, Reason] = field(default_factory=dict)

    @property
    def known(self) -> tuple[Point, ...]:
        """The points that say something."""
        return tuple(point for point in self.points if point.known)

    def at(self, year: int) -> Point | None:
        """The point of a year; of a year in two halves the later one that is known."""
        found = [point for point in self.points if point.year == year]
        return next((point for point in reversed(found) if point.known), found[-1] if found else None)

    def before(self, point: Point) -> Point | None:
        """The point of the year before (never further back: a gap is no comparison)."""
        return self.at(point.year - 1)

    def comparable(self, old: Point, new: Point) -> bool:
        """False where a break stands between the two, or they speak of different units or parts of a year."""
        if (old.unit, old.part) != (new.unit, new.part):
            return False
        first, last = sorted((self.points.index(old), self.points.index(new)))
        return not any(first < row.at <= last for row in self.breaks)


def exact(number: object) -> Decimal | None:
    """A number of a tidy table as the decimal it was written as; None for a missing one, a decimal as it is."""
    if isinstance(number, Decimal):
        return number
    if number is None or pd.isna(number):
        return None
    found = Decimal(repr(float(number)))
    whole = found.to_integral_value()
    return whole.quantize(Decimal(1)) if found == whole else found.normalize()

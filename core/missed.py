"""Which plans of a ward's year were missed: decided once, by the figures and states that the screens show."""

from __future__ import annotations

from typing import NamedTuple

from core.catalogue import Indicator
from core.figures import UnitKey
from core.series import Point
from core.yearbook import Yearbook

MISSED = "missed"


class MissedPlan(NamedTuple):
    """An indicator whose plan of a year was missed, and the point that says by how much."""

    indicator: Indicator
    point: Point


def missed_plans(book: Yearbook, unit: UnitKey, year: int) -> tuple[MissedPlan, ...]:
    """The indicators of a unit as a whole that missed their plan of a year, in the order of the catalogue.

    Budget lines and residential groups are explained with their whole. A share is left out where its count is missed:
    both say the same. Nearly met is not missed. Of a book on today's boundary a worked-out value counts like any other.
    """
    found = []
    for row in book.catalogue.indicators.values():
        point = None if row.member_kind or row.attainment_of else _of_unit(book, row.id, unit, year)
        if point is not None and point.status.state == MISSED:
            found.append(MissedPlan(row, point))
    named = {plan.indicator.id for plan in found}
    return tuple(plan for plan in found if plan.indicator.rate_of not in named)


def _of_unit(book: Yearbook, indicator: str, unit: UnitKey, year: int) -> Point | None:
    """The unit's own point of a year: of a year in which its boundary changed the half that is its own."""
    return next((each for each in book.series(indicator).points if (each.unit, each.year) == (unit, year)), None)

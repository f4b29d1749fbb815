"""Did it reach its plan: one engine for every screen, decided on exact numbers before anything is rounded.

The limits come from the catalogue and are always limits in the indicator's own unit: `near` and `exceeded` are percent
of the plan, so with near = 95 a plan of 90 điểm is missed by more than 4,5 of the same unit.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from fractions import Fraction

from core.catalogue import Indicator

STATES = ("exceeded", "reached", "near", "missed", "no_plan", "no_data", "not_comparable")
GOOD = ("exceeded", "reached")
JUDGED = ("exceeded", "reached", "near", "missed")
SHORT = ("near", "missed")
RANK = {"exceeded": 3, "reached": 2, "near": 1, "missed": 0}  # for "up" and "down" between two years
KNOWN_BASES = ("assigned", "council", "adjusted", "stretch")


@dataclass(frozen=True, slots=True)
class Status:
    """What was decided and the arithmetic behind it.

    `state` is one of STATES. `gap` is value minus plan in `gap_unit`: the indicator's unit id, "point" (điểm %) for
    indicators in percent, "of_plan" where only a printed attainment is known. `attainment` is percent of the plan,
    None where a quotient says nothing (rates, lower-is-better, zero or negative plans, hedged sides, unknown basis);
    `method` says whether it was computed or printed in the report. `score` orders indicators by how far they are on
    the good side, in percent of the plan (percent indicators: điểm %). `short` is how many more would have been
    needed, for counts with a planned rate. `reason` names why nothing was compared. `planned_as` is "rate" where a
    count was held against a planned rate.
    """

    state: str
    value: Decimal | None = None
    plan: Decimal | None = None
    gap: Decimal | None = None
    gap_unit: str = ""
    attainment: Decimal | None = None
    method: str = ""
    score: Decimal | None = None
    short: int | None = None
    reason: str = ""
    planned_as: str = ""
    basis: str = ""


def status(
    indicator: Indicator,
    value: Decimal | None = None,
    plan: Decimal | None = None,
    *,
    of: Decimal | None = None,
    planned_rate: Decimal | None = None,
    reported: Decimal | None = None,
    basis: str = "assigned",
    hedge: str = "",
    plan_hedge: str = "",
    not_comparable: str = "",
) -> Status:
    """The state of one figure against its plan.

    `value`, `plan`, `of` in the indicator's base unit; `planned_rate` (percent) is used for a count with a denominator
    where no count was planned; `reported` is an attainment printed in a report, used where none can be computed;
    `basis` is the plan's (or the printed attainment's); `not_comparable` a reason, where the caller knows that the
    two sides do not belong together.
    """
    if value is None and reported is None:
        return Status("no_data", plan=plan, basis=basis if plan is not None else "")
    if not_comparable:
        return Status("not_comparable", value=value, plan=plan, reason=not_comparable, basis=basis)
    if value is not None and plan is not None:
        return _against_plan(indicator, value, plan, reported, basis, hedge, plan_hedge)
    if value is not None and planned_rate is not None and of:
        return _against_rate(indicator, value, of, planned_rate, basis, hedge or plan_hedge)
    if reported is not None:
        return _as_reported(indicator, value, reported, basis)
    return Status("no_plan", value=value)


def status_of_attainment(indicator: Indicator, attainment: Decimal, basis: str, method: str) -> Status:
    """The state of an attainment that stands alone; `indicator` is what was attained, not the attainment's own row."""
    found = _as_reported(indicator, None, attainment, basis)
    return Status(found.state, None, None, found.gap, found.gap_unit, attainment, method, found.score, basis=basis)


def is_ceiling(indicator: Indicator) -> bool:
    """True where the plan is a limit not to be passed: lower is better, or money to be spent."""
    return indicator.polarity == "lower" or indicator.operator == "<=" or is_spending(indicator)


def is_spending(indicator: Indicator) -> bool:
    """True for expenditure: an attainment is printed as usual, but above the plan is no good news."""
    return indicator.flow == "expenditure"


def honest_decimals(number: Decimal, edges: Iterable[Decimal], decimals: int) -> int:
    """The fewest decimals, at least `decimals`, with which `number` still prints on its own side of every edge.

    99.96 with the edge 100 and one decimal asks for two; a number that stands on an edge keeps what was asked.
    """
    edges = tuple(edges)
    for places in range(decimals, decimals + 12):
        step = Decimal(1).scaleb(-places)
        printed = {number.quantize(step, rounding) for rounding in (ROUND_HALF_UP, ROUND_HALF_EVEN)}
        if all(_side(shown, edge) == _side(number, edge) for shown in printed for edge in edges):
            return places
    return decimals


def edges_of(indicator: Indicator) -> tuple[Decimal, ...]:
    """The attainments at which an indicator's state changes, in percent of the plan."""
    return tuple(sorted({Decimal(indicator.near), Decimal(100), Decimal(indicator.exceeded)}))


def _side(number: Decimal, edge: Decimal) -> int:
    return (number > edge) - (number < edge)


def _decimal(number: Fraction) -> Decimal:
    return Decimal(number.numerator) / Decimal(number.denominator)


def _against_plan(
    indicator: Indicator,
    value: Decimal,
    plan: Decimal,
    reported: Decimal | None,
    basis: str,
    hedge: str,
    plan_hedge: str,
) -> Status:
    if not _decided_in_spite_of(indicator, value, plan, hedge, plan_hedge):
        if reported is not None:
            return _as_reported(indicator, value, reported, basis, plan)
        return Status("not_comparable", value=value, plan=plan, reason="hedged", basis=basis)
    attainment, method = _attainment(indicator, value, plan, reported, basis, hedge or plan_hedge)
    in_points = indicator.unit == "percent"
    return Status(
        _verdict(indicator, Fraction(value), Fraction(plan)),
        value=value,
        plan=plan,
        gap=value - plan,
        gap_unit="point" if in_points else indicator.unit,
        attainment=attainment,
        method=method,
        score=_score(indicator, value, plan, in_points),
        basis=basis,
    )


def _against_rate(
    indicator: Indicator, value: Decimal, of: Decimal, planned: Decimal, basis: str, hedge: str
) -> Status:
    """A count held against a planned rate of the same whole: the gap in điểm %, and how many were short."""
    if hedge:
        return Status("not_comparable", value=value, plan=planned, reason="hedged", planned_as="rate", basis=basis)
    rate = Fraction(value) * 100 / Fraction(of)
    needed = math.ceil(Fraction(planned) * Fraction(of) / 100)
    gap = _decimal(rate - Fraction(planned))
    return Status(
        _verdict(indicator, rate, Fraction(planned)),
        value=value,
        plan=planned,
        gap=gap,
        gap_unit="point",
        score=-gap if is_ceiling(indicator) else gap,
        short=max(0, needed - int(value)),
        planned_as="rate",
        basis=basis,
    )


def _as_reported(
    indicator: Indicator, value: Decimal | None, attainment: Decimal, basis: str, plan: Decimal | None = None
) -> Status:
    """Only the printed attainment is known: it is taken at its word and marked so by `method`."""
    gap = attainment - 100
    return Status(
        _verdict(indicator, Fraction(attainment), Fraction(100)),
        value=value,
        plan=plan,
        gap=gap,
        gap_unit="of_plan",
        attainment=attainment,
        method="reported",
        score=_fair(indicator, -gap if is_ceiling(indicator) else gap),
        basis=basis,
    )


def _verdict(indicator: Indicator, value: Fraction, plan: Fraction) -> str:
    """Exceeded, reached, near or missed, on exact numbers.

    A zero plan has no room for "near"; a negative one keeps its sense because the margins are taken from its size.
    """
    ahead = plan - value if is_ceiling(indicator) else value - plan
    if ahead >= 0:
        return "exceeded" if _may_exceed(indicator) and ahead > _margin(plan, indicator.exceeded) else "reached"
    if indicator.operator == "=" or is_spending(indicator):
        return "missed"
    return "near" if -ahead <= _margin(plan, indicator.near) else "missed"


def _may_exceed(indicator: Indicator) -> bool:
    """Spending less is no feat, and a target of "exactly" or "keep" cannot be passed, only met."""
    return indicator.operator in (">=", "<=") and not is_spending(indicator) and indicator.polarity != "neutral"


def _margin(plan: Fraction, percent: Decimal) -> Fraction:
    return abs(plan) * abs(Fraction(percent) - 100) / 100


def _attainment(
    indicator: Indicator, value: Decimal, plan: Decimal, reported: Decimal | None, basis: str, hedge: str
) -> tuple[Decimal | None, str]:
    """The attainment to show and where it comes from: computed where both sides are firm, else as printed."""
    quotient_says_something = (
        plan > 0
        and value >= 0
        and indicator.unit != "percent"
        and (indicator.polarity != "lower" or is_spending(indicator))
    )
    if quotient_says_something and not hedge and basis in KNOWN_BASES:
        return _decimal(Fraction(value) * 100 / Fraction(plan)), "computed"
    return (reported, "reported") if reported is not None else (None, "")


def _score(indicator: Indicator, value: Decimal, plan: Decimal, in_points: bool) -> Decimal | None:
    gap = Fraction(plan) - Fraction(value) if is_ceiling(indicator) else Fraction(value) - Fraction(plan)
    if in_points:
        return _decimal(gap)
    return _fair(indicator, _decimal(gap * 100 / abs(Fraction(plan)))) if plan else None


def _fair(indicator: Indicator, score: Decimal) -> Decimal:
    """Money not spent is no lead over others: spending within its plan stands at 0."""
    return min(score, Decimal(0)) if is_spending(indicator) else score


def _decided_in_spite_of(indicator: Indicator, value: Decimal, plan: Decimal, hedge: str, plan_hedge: str) -> bool:
    """True where a hedge cannot change the answer: "over 50" against a plan of 50 has reached it, however much over."""
    if plan_hedge:
        return False
    if not hedge:
        return True
    if hedge == "over":
        return value >= plan and not is_ceiling(indicator)
    return hedge == "nearly" and value <= plan and is_ceiling(indicator)

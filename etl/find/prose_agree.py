"""Whether two statements of a report say one figure: the same value twice, or a rounder number for an exact one."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from core.figures import Figure

_ROUGHEST = Decimal("0.1")  # a hedged number may stand this far from the exact one
_UNHEDGED = Decimal("0.01")
_WHOLE = Decimal(100)


def rounds(rough: Figure, exact: Figure) -> bool:
    """Whether one number is a rounder word for the other: "gần 5 tỷ" for 4,799 tỷ, "hơn 97%" for 97,4%."""
    off = exact.value - rough.value
    step = Decimal(1).scaleb(rough.value.normalize().as_tuple().exponent)
    if rough.value <= 0 or digits(rough) >= digits(exact):
        return False
    if rough.hedge:
        sides = {"nearly": off <= 0, "over": off >= 0}
        return sides.get(rough.hedge, True) and abs(off) < max(step, 1) and abs(off) <= rough.value * _ROUGHEST
    fraction = exact.value != exact.value.to_integral_value() or exact.value > _WHOLE**3
    near = abs(off) * 2 <= step and abs(off) <= rough.value * _UNHEDGED
    return fraction and near and rough.value != _WHOLE  # 99,6% is no 100%


def trims(rough: Figure, exact: Figure) -> bool:
    """Whether one number repeats the other, or leaves out its last digits as headlines do: 17% of 17,75%."""
    step = Decimal(1).scaleb(rough.value.normalize().as_tuple().exponent)
    return rounds(rough, exact) or rough.value == exact.value or 0 < exact.value - rough.value < min(step, 1)


def is_intake(figure: Figure) -> bool:
    """Whether a count only tells what came in, "tiếp nhận 900 hồ sơ", where what was settled may be told too."""
    said = figure.quote.casefold()
    return "tiếp nhận" in said and not any(done in said for done in ("giải quyết", "xử lý"))


def digits(figure: Figure) -> int:
    """How many digits of a figure's value mean something: 3 of 4.790.000.000."""
    return len(figure.value.normalize().as_tuple().digits)


def most_exact(figures: Sequence[Figure]) -> Figure | None:
    """The figure that every other one rounds or repeats; None where two say different things."""
    exact = max(figures, key=digits)
    return exact if all(one.value == exact.value or rounds(one, exact) for one in figures) else None


def repeats(unsure: Figure, sure: Figure) -> bool:
    """Whether a figure whose year was not said is one of another year whose year was: a headline and its sentence."""
    same = (unsure.indicator, unsure.period, unsure.basis) == (sure.indicator, sure.period, sure.basis)
    results = "plan" not in (unsure.scenario, sure.scenario)
    return same and results and unsure.year != sure.year and (unsure.value == sure.value or rounds(unsure, sure))

"""Whether a printed percentage agrees with the two numbers it is a percentage of, within the rounding of all three."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

EXACT = Decimal(0)
_TABLE_STEP = {"vnd": Decimal(10) ** 6}  # amounts in tables are at least this fine, however round they look
_TABLES = ("table", "form", "template")
_NUMBER = re.compile(r"\d+(?:[ .,\u00a0\u202f]\d+)*")


class Interval(NamedTuple):
    """The printed percentages that agree with a quotient, both ends included."""

    low: Decimal
    high: Decimal

    def holds(self, percent: Decimal) -> bool:
        """Whether a printed percentage agrees."""
        return self.low <= percent <= self.high


def last_place(value: Decimal, unit: str) -> Decimal:
    """The step in which a written value seems to count: 8.250.000.000 đồng in tens of millions, 104 % in ones."""
    exponent = value.normalize().as_tuple().exponent if value else 0
    return Decimal(1).scaleb(exponent if unit == "vnd" else min(exponent, 0))


def step_of(value: Decimal, unit: str, rule: str = "", quote: str = "") -> Decimal:
    """The step to which a value was rounded: counts not at all, amounts to their last written digit.

    `rule` is what found the value in its report; its first word says whether that was a cell. A cell's number alone
    does not tell what its zeros are ("8.400" of millions): the `quote` does, without it a million đồng is taken.
    """
    if unit not in ("vnd", "percent"):
        return EXACT
    step = last_place(value, unit)
    if rule.partition(".")[0] not in _TABLES or unit not in _TABLE_STEP:
        return step
    return _written_step(value, quote) or min(step, _TABLE_STEP[unit])


def _written_step(value: Decimal, quote: str) -> Decimal | None:
    """The step of the last number of a quote: "8,4" for 8.400.000.000 counts in hundreds of millions.

    None where its digits are not those of the value.
    """
    digits = [int(re.sub(r"\D", "", number)) for number in _NUMBER.findall(quote)[-1:]]
    if not digits or not digits[0] or not value:
        return None
    step = abs(value) / digits[0]
    return step if step.normalize().as_tuple().digits == (1,) else None


def agreeing(
    printed: Decimal, top: Decimal, bottom: Decimal, *, top_step: Decimal = EXACT, bottom_step: Decimal = EXACT
) -> Interval | None:
    """The percentages, written as finely as `printed`, that may be printed for `top` / `bottom`.

    Both numbers may be off by half the step to which they were rounded. 60,1 does not agree with 102 / 171 = 59,6;
    104 agrees with 8,756 / 8,4. None where the bottom may be zero or less.
    """
    if bottom - bottom_step / 2 <= 0:
        return None
    slack = step_of(printed, "percent") / 2
    lowest = (top - top_step / 2) / (bottom + bottom_step / 2) * 100
    highest = (top + top_step / 2) / (bottom - bottom_step / 2) * 100
    return Interval(lowest - slack, highest + slack)

"""What each number of a draft claims: a figure's value, its whole, a change since another year, a gap to a plan."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from core.figures import Figure
from etl.compare.numbers import Number

# what a claim says of the figure it speaks of
KINDS = (
    "value",  # the figure itself
    "of",  # what it is a part of
    "ratio",  # it, in percent of that of another year
    "growth",  # how many percent above (or below) another year
    "change",  # how much more (or less) than in another year
    "gap",  # how much more (or less) than the plan
    "excess",  # how many percent above (or below) the plan
)


@dataclass(frozen=True, slots=True)
class Claim:
    """What one number of a draft says.

    `figures` are what it may speak of: figures with their keys, several where one number is said against several plans
    or of a giver whose level is open, and then it has to hold for each. `values` are its readings in base units, signed
    where it tells a change. `against` is the year compared with, `doubt` why it cannot be set against the store.
    """

    kind: str
    figures: tuple[Figure, ...]
    values: tuple[Decimal, ...]
    number: Number
    hedge: str = ""
    against: int = 0
    doubt: str = ""

    @property
    def figure(self) -> Figure:
        """The first of the figures it may speak of."""
        return self.figures[0]

"""What each number of a draft claims: a figure's value, its whole, a change since another year, a gap to a plan."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from core.figures import Figure
from etl.compare.numbers import Number


@dataclass(frozen=True, slots=True)
class Claim:
    """What one number of a draft says of a figure.

    `kind` is "value" (the figure itself), "of" (what it is a part of), "ratio" (it in percent of that of another year),
    "growth" and "change" (how many percent, how much it is above another year), "gap" and "excess" (how much, how many
    percent it is above its plan).
    `figures` are what it may speak of: figures with their keys, several where one number is said against several plans
    or of a giver whose level is open, and then it has to hold for each. `values` are its readings in base units, signed
    where it tells a change. `against` is the year compared with, `doubt` why it cannot be set against the store,
    `paper` whether awards are named by their paper ("giấy khen", "bằng khen"), which titles are none of, `bare` whether
    a change names no other side: the year before is tried, and a number that is not of it stays open.
    """

    kind: str
    figures: tuple[Figure, ...]
    values: tuple[Decimal, ...]
    number: Number
    hedge: str = ""
    against: int = 0
    doubt: str = ""
    paper: bool = False
    bare: bool = False

    @property
    def figure(self) -> Figure:
        """The first of the figures it may speak of."""
        return self.figures[0]

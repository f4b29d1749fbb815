"""A figure far from its own past: a slip of the unit of measure, a digit too many, a column taken for another.

It is held against the same indicator, part and period of the same unit, never across a change of boundary or a break
the catalogue knows of. A distance is a difference of logarithms, so that twice is as far as half, whatever the size.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from math import log
from statistics import median

from core.catalogue import Indicator
from core.figures import Figure
from core.series import BEST_KNOWN
from core.texts import text
from core.vi.format import format_gap, format_value
from core.vi.numbers import format_number, round_half_up
from etl.checks.case import Breaks, Broken, Case, both
from etl.said import value_words, when_words

NEAREST = 3  # so many of the nearest years: one wrong among three does not count
REACH = 5  # what is more years away says nothing of this one
DEVIATIONS = 5  # so many median deviations of its yearly changes a series may swing
_UNCOMPARED = ("part", "term")  # two of them need not be equally long
_TO_STANDARD = 1.4826  # a median deviation as a standard deviation, where changes are normally spread


@dataclass(frozen=True, slots=True)
class Scale:
    """How far is far for a unit of measure: `grain` is a size below which nothing is told apart.

    Factors: up to `quiet` nothing is asked, up to `short` where fewer than three years are known, beyond `loud` always.
    """

    grain: float
    quiet: float
    short: float
    loud: float

    def at(self, figure: Figure) -> float:
        """Where a figure stands on it."""
        return log(float(figure.value) + self.grain)


COUNTED = Scale(3, 2.5, 4, 6)
SCALES = {"vnd": Scale(50e6, 2.5, 5, 8), "percent": Scale(1, 1.25, 2, 4)}  # by unit of measure; all others count


def jump(case: Case) -> Breaks:
    """A figure is not much farther from its own past than that past swings."""
    series: dict[tuple, list[Figure]] = {}
    for figure in case.known:
        if figure.scenario in BEST_KNOWN and _is_whole(figure, case):
            series.setdefault(_address(figure), []).append(figure)
    for figure in case.figures:
        if not _is_whole(figure, case):
            continue
        row = case.indicator(figure)
        past = _past(figure, series.get(_address(figure), ()), row)
        near = sorted(past, key=lambda other: (abs(other.year - figure.year), other.year))[:NEAREST]
        near = [other for other in near if abs(other.year - figure.year) <= REACH]
        if near and _is_far(figure, near, past, SCALES.get(row.unit, COUNTED)):
            yield _told(figure, near, row.unit)


def _address(figure: Figure) -> tuple:
    return figure.unit, figure.indicator, figure.member, figure.period


def _is_whole(figure: Figure, case: Case) -> bool:
    """Whether a figure can be compared: not below zero, of a period of known length in which its unit stood."""
    unit = case.catalogue.places.by_key.get(figure.unit) if figure.unit else None
    if unit is None or figure.period in _UNCOMPARED or figure.value < 0:
        return False
    begins, ends = unit.valid_from, unit.valid_to
    began_within = begins.year == figure.year and begins > date(figure.year, 1, 1)
    ended_within = ends is not None and ends.year == figure.year and ends < date(figure.year, 12, 31)
    return not (began_within or ended_within)


def _past(figure: Figure, others: Sequence[Figure], row: Indicator) -> list[Figure]:
    """The best known value of each year on this side of every break, oldest first; the figure itself is not in it."""
    best: dict[int, Figure] = {}
    for other in sorted(others, key=lambda other: BEST_KNOWN.index(other.scenario)):
        if other.key != figure.key and not _parted(figure.year, other.year, row):
            best.setdefault(other.year, other)
    return [best[year] for year in sorted(best)]


def _parted(one: int, other: int, row: Indicator) -> bool:
    first, last = sorted((one, other))
    return any(first < date.fromisoformat(str(entry["date"])).year <= last for entry in row.breaks)


def _is_far(figure: Figure, near: Sequence[Figure], past: Sequence[Figure], scale: Scale) -> bool:
    distance = abs(scale.at(figure) - median(scale.at(other) for other in near))
    changes = [scale.at(new) - scale.at(old) for old, new in pairwise(past)]
    if len(near) < NEAREST:
        return distance > log(scale.short)
    usual = median(changes)
    swing = _TO_STANDARD * median(abs(change - usual) for change in changes)
    return distance > min(max(log(scale.quiet), DEVIATIONS * swing), log(scale.loud))


def _told(figure: Figure, near: Sequence[Figure], unit: str) -> Broken:
    """The remark names the nearest years and how far from them the figure is, as people say it."""
    middle = median(other.value for other in near)
    name, change = _change(figure.value, middle, unit)
    oldest_first = sorted(near, key=lambda other: other.year)
    said = {"past": both(lambda lang: "; ".join(_year_words(other, unit, lang) for other in oldest_first))}
    return Broken(name, figure, {**said, **change}, tuple(near))


def _change(value: Decimal, middle: Decimal, unit: str) -> tuple[str, dict]:
    if unit == "percent":
        name = "jump_higher" if value > middle else "jump_lower"
        gap = abs(value - middle)
        digits = max(0, -gap.normalize().as_tuple().exponent)
        return name, {"gap": both(lambda lang: format_gap(gap, unit, lang, decimals=digits).lstrip("+"))}
    small, large = sorted((value, middle))
    if not small:
        return "jump_nothing", {}
    name = "jump_up" if value > middle else "jump_down"
    return name, {"times": both(lambda lang: format_number(_about(large / small), lang=lang))}


def _about(times: Decimal) -> Decimal:
    """Two digits of a factor: 1.033,6 times is about 1.000 times."""
    return round_half_up(times, 1 - times.adjusted())


def _year_words(figure: Figure, unit: str, lang: str) -> str:
    exact = unit == "percent"  # 0,49 % is not 0,5 %
    value = value_words(figure.value, unit, lang) if exact else format_value(figure.value, unit, lang)
    when = when_words(figure.period, figure.year, lang)
    return text("checks.jump_year", lang, value=value, when=when)

"""Axes in numbers: round ticks, where an axis may start, and which values are cut so that they flatten nothing."""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import Decimal
from statistics import median

from core.vi.numbers import format_number

OUTLIER = 3.0  # times the median of what is drawn
ROOM = 1.15  # how far the largest uncut value stays under a cut one


def nice_ticks(low: float, high: float, count: int = 4) -> list[float]:
    """About `count` round numbers from `low` to `high`, steps of 1, 2, 2.5 or 5 times a power of ten."""
    if high <= low:
        return [low]
    raw = (high - low) / count
    size = 10.0 ** math.floor(math.log10(raw))
    step = next((times * size for times in (1, 2, 2.5, 5, 10) if times * size >= raw), 10 * size)
    first = math.ceil(low / step - 1e-9)
    last = math.floor(high / step + 1e-9)
    return [round(index * step, 10) for index in range(first, last + 1)]


def cut_at(values: Sequence[float]) -> float | None:
    """The height at which columns are cut so that a few outliers do not flatten the rest; None where none is cut.

    An outlier is more than three times the median, and no more than a third of the values may be outliers: where
    many are large, large is ordinary.
    """
    sizes = sorted(abs(value) for value in values if value)
    if len(sizes) < 3:
        return None
    limit = OUTLIER * median(sizes)
    outliers = [size for size in sizes if size > limit]
    if not outliers or len(outliers) > len(sizes) / 3:
        return None
    return max(size for size in sizes if size <= limit) * ROOM


def line_range(values: Sequence[float], *, floor: float | None = 0.0) -> tuple[float, float]:
    """Where the axis of a line begins and ends: at `floor` unless the values move in a narrow band far above it."""
    low, high = min(values), max(values)
    if floor is not None and low >= floor and (low - floor) < (high - low) * 1.5:
        low = floor
    pad = (high - low) * 0.08 or abs(high) * 0.1 or 1.0
    return (low if low == floor else low - pad), high + pad


def round_start(low: float, high: float) -> float:
    """A start of the axis that can be said: 90, not 95.2."""
    ticks = nice_ticks(low, high, 5)
    if len(ticks) < 2:
        return low
    step = ticks[1] - ticks[0]
    odd = round(step / 10 ** math.floor(math.log10(step)), 3) == 2.5  # half of 2.5 has a decimal more than it
    part = step / (5 if odd else 2)
    return round(math.floor(low / part) * part, 10)


def tick_text(tick: float, lang: str) -> str:
    """A tick as printed: "20", "1.500", "0,25"."""
    exact = Decimal(repr(tick)).normalize()
    return format_number(exact, max(0, -exact.as_tuple().exponent), lang)

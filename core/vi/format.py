"""The one number formatter: what screen, axis, hover, slide and document print is made here and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from core.texts import text
from core.vi.numbers import MINUS, as_decimal, format_number, round_half_up
from core.vi.units import BILLION, MILLION, THOUSAND

Numeric = Decimal | int | float
_MONEY = (BILLION * THOUSAND, BILLION, MILLION, THOUSAND, Decimal(1))
VIET_NAM = timezone(timedelta(hours=7))  # no summer time since 1975
_MORE_DIGITS = 4  # how far a percent is written out so as not to read as its threshold


@dataclass(frozen=True, slots=True)
class Scale:
    """What the numbers of one axis or column are divided by, and the words beside them."""

    factor: Decimal
    unit_id: str

    def label(self, lang: str, count: str = "") -> str:
        """The unit of the scaled numbers: "tỷ đồng", "%", "hộ"; in English it goes with `count` as printed."""
        if self.unit_id == "vnd":
            return text(f"numbers.scale_vnd_{self.factor:f}", lang)
        return text(f"numbers.unit_{self.unit_id}", lang, count=count)

    def number(self, value: Numeric) -> Decimal:
        """A value as this scale counts it."""
        return as_decimal(value) / self.factor


def pick_scale(max_value: Numeric | None, unit_id: str) -> Scale:
    """The scale in which the largest value of a set reads best: đồng become nghìn, triệu or tỷ; other units stay.

    Nghìn tỷ is never picked by itself: people read 17.000 tỷ more easily.
    """
    if unit_id != "vnd" or missing(max_value):
        return Scale(Decimal(1), unit_id)
    size = abs(as_decimal(max_value))
    return Scale(next((factor for factor in _MONEY[1:] if size >= factor), Decimal(1)), unit_id)


def missing(value: Numeric | None) -> bool:
    """Whether there is no number: None, or the NaN that frames hold for it."""
    return value is None or value != value


def _tidy_decimals(value: Decimal, digits: int) -> int:
    """Decimals that leave about `digits` significant digits, trailing zeros dropped."""
    whole = len(str(int(abs(value))))
    rounded = round_half_up(value, max(0, digits - whole))
    return max(0, -rounded.normalize().as_tuple().exponent)


def format_value(
    value: Numeric | None,
    unit_id: str,
    lang: str,
    *,
    of: Numeric | None = None,
    decimals: int | None = None,
    scale: Scale | None = None,
    hedge: str = "",
) -> str:
    """A value with its unit: "9,117 tỷ đồng", "13/18 tổ", "101%", "2.013 hộ".

    `value` is in the base unit of `unit_id` (vnd, percent, household ...); `of` is the denominator; `scale` that of
    the axis or column (else the value picks its own); `decimals` fixes the decimals (else as many as four significant
    digits need); `hedge` (about, nearly, over) stands before. A missing value prints as a dash, never as 0.
    """
    if missing(value):
        return text("numbers.none", lang)
    if unit_id == "percent":
        said = format_percent(value, lang, decimals=decimals)
    else:
        scale = scale or pick_scale(value, unit_id)
        number = scale.number(value)
        places = decimals if decimals is not None else _tidy_decimals(number, 4)
        said = format_number(number, places, lang)
        if not missing(of):
            said = f"{said}/{format_number(scale.number(of), decimals, lang)}"
        said = f"{said} {scale.label(lang, said)}"
    return text(f"numbers.hedge_{hedge}", lang, value=said) if hedge else said


def format_percent(
    value: Numeric | None, lang: str, *, decimals: int | None = None, against: Numeric | None = None
) -> str:
    """A percentage without a space before the sign: "101%", "96,5%".

    One decimal unless `decimals` says otherwise, none where it is whole. Where rounding would print the threshold
    `against` for a value that is not equal to it, more decimals are shown: 99.96 against 100 is "99,96%".
    """
    if missing(value):
        return text("numbers.none", lang)
    exact = as_decimal(value)
    places = decimals if decimals is not None else 1
    rounded = round_half_up(exact, places)
    if against is not None and exact != as_decimal(against):
        rounded = _apart(exact, as_decimal(against), places)
    shown = max(0, -rounded.as_tuple().exponent) if decimals is not None or rounded % 1 else 0
    return format_number(rounded, shown, lang) + "%"


def _apart(exact: Decimal, threshold: Decimal, places: int) -> Decimal:
    """The value rounded, with as many more decimals as it takes to stay off the threshold."""
    for more in range(places, places + _MORE_DIGITS):
        rounded = round_half_up(exact, more)
        if rounded != threshold:
            return rounded
    side = ROUND_FLOOR if exact < threshold else ROUND_CEILING
    return exact.quantize(Decimal(1).scaleb(-places - 1), rounding=side)


def _percent_decimals(number: Decimal) -> int:
    """No decimals for whole points, one otherwise, more for a difference that one decimal would print as none."""
    shown = _apart(number, Decimal(0), 1) if number else number
    return max(0, -shown.normalize().as_tuple().exponent)


def format_gap(
    value: Numeric | None, unit_id: str, lang: str, *, decimals: int | None = None, scale: Scale | None = None
) -> str:
    """A difference with its sign: "+1,5 điểm %", "−3 tổ" (U+2212), "0 hộ".

    The difference of two percentages is in percentage points, never in percent.
    """
    if missing(value):
        return text("numbers.none", lang)
    exact = as_decimal(value)
    scale = scale or pick_scale(exact, unit_id)
    number = scale.number(exact)
    if decimals is None:
        decimals = _percent_decimals(number) if unit_id == "percent" else _tidy_decimals(number, 4)
    rounded = round_half_up(number, decimals)
    said = format_number(abs(rounded), decimals, lang)
    sign = "+" if rounded > 0 else MINUS if rounded < 0 else ""
    label = text("numbers.points", lang) if unit_id == "percent" else scale.label(lang, said)
    return f"{sign}{said} {label}"


def day_here(at: datetime) -> date:
    """The day of a moment by the clock of Viet Nam, wherever the server stands."""
    return at.astimezone(VIET_NAM).date()


def begin_of(day: date) -> datetime:
    """The first moment of a day in Viet Nam, in UTC."""
    return datetime.combine(day, time(), VIET_NAM).astimezone(UTC)


def format_moment(at: datetime) -> str:
    """A moment by the clock of Viet Nam, to the minute: "14:05 22/11/2026", the same in both languages."""
    here = at.astimezone(VIET_NAM)
    return f"{here:%H:%M} {here.day}/{here.month}/{here.year}"

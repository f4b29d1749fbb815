"""Periods of a year: their ids (year, h1, q3, 9m ...), the words reports use and the words screens print."""

from __future__ import annotations

import re

from core.texts import text

_QUARTERS = {"i": "q1", "1": "q1", "ii": "q2", "2": "q2", "iii": "q3", "3": "q3", "iv": "q4", "4": "q4"}
_MONTHS = re.compile(r"([1-9]|1[0-1])m")


def period_of_months(months: int) -> str:
    """The id of the first `months` months of a year: 6 is h1, 3 is q1, 12 is year, 9 is 9m.

    Raises ValueError outside 1..12.
    """
    if not 1 <= months <= 12:
        raise ValueError(months)
    return {3: "q1", 6: "h1", 12: "year"}.get(months, f"{months}m")


def period_of_quarter(number: str) -> str | None:
    """The id of a quarter written I..IV or 1..4, or None."""
    return _QUARTERS.get(number.lower())


def period_name(period: str, lang: str) -> str:
    """A period as screens print it: "6 tháng đầu năm", "quý III", "9 tháng". KeyError for an unknown id."""
    months = _MONTHS.fullmatch(period)
    return text("numbers.period_months", lang, months=months[1]) if months else text(f"numbers.period_{period}", lang)

"""Days as Viet Nam writes them: "12/12/2023", read strictly and written back."""

from __future__ import annotations

import re
from datetime import date

from core.errors import Fault, FaultError

_DAY = re.compile(r"(?P<day>\d{1,2})\s*[/.\-]\s*(?P<month>\d{1,2})\s*[/.\-]\s*(?P<year>\d{4})")
_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)")


def read_day(written: str) -> date:
    """The day some text writes, day first or as 2023-12-12.

    Raises FaultError (numbers.not_a_day) for everything else, a year of two digits and 31/2 among it.
    """
    found = _DAY.fullmatch(written.strip()) or _ISO.fullmatch(written.strip())
    try:
        if found:
            return date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        pass  # 31/2: looks like a day and is none
    raise FaultError([Fault("numbers.not_a_day", params={"text": written.strip()})])


def format_day(day: date) -> str:
    """A day as documents date themselves: "12/12/2023", "05/01/2024"."""
    return f"{day:%d/%m/%Y}"

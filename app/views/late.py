"""What is late in a year: headline figures it still lacks, and promises whose day has passed with the plan missed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from app.views import words
from app.views.shortfalls import said_of
from core.catalogue import Catalogue, Indicator
from core.missed import MISSED
from core.places import Unit
from core.series import Point, Series
from core.store.shortfalls import Shortfall
from core.texts import text
from core.vi.numbers import format_number
from core.yearbook import Yearbook


@dataclass(frozen=True, slots=True)
class Missing:
    """One figure that is not there, or one promise not kept: what, who owes it, and its due date in words.

    `late` where that has passed; `state` is the indicator's, one of core.status.STATES.
    """

    name: str
    owner: str
    due: str
    late: bool
    state: str = "no_data"


@dataclass(frozen=True, slots=True)
class Late:
    """The missing figures of a year, the longest overdue first."""

    title: str
    subtitle: str
    rows: tuple[Missing, ...]


def late_list(
    book: Yearbook, rows: Sequence[tuple[Series, Point]], year: int, today: date, lang: str
) -> Late | None:
    """Every headline indicator without a figure for `year`, with owner and due date; None where none is missing.

    What could not be worked out on today's boundary is no report somebody owes.
    """
    missing = [(series.indicator, point) for series, point in rows if not point.known and point.why is None]
    if not missing:
        return None
    missing.sort(key=lambda pair: pair[0].due_on(year))
    found = tuple(_missing(row, book.catalogue.unit(point.unit), year, today, lang) for row, point in missing)
    overdue = sum(row.late for row in found)
    name = "late_title" if overdue else "late_title_none"
    return Late(
        title=text(f"overview.{name}", lang, year=year, count=len(found), late=overdue),
        subtitle=text("overview.late_subtitle", lang, day=words.day_words(today)),
        rows=found,
    )


def late_promises(
    rows: Sequence[tuple[Series, Point]], said: Iterable[Shortfall], year: int, today: date, lang: str, *,
    catalogue: Catalogue, person: bool,
) -> Late | None:  # fmt: skip
    """The headline plans missed in `year` although the year before's remedy was promised for a day that has passed.

    The earliest day first; with `person` who promised it, else who owns the indicator. None where there are none.
    """
    before = [each for each in said if each.year < year and each.due.year <= year and each.due < today]
    broken = [
        (series.indicator, each)
        for series, point in rows
        if point.status.state == MISSED and (each := said_of(series.indicator.id, before, catalogue)) is not None
    ]
    if not broken:
        return None
    broken.sort(key=lambda pair: pair[1].due)
    return Late(
        title=text("overview.promises_title", lang, year=year, count=len(broken)),
        subtitle=text("overview.promises_subtitle", lang),
        rows=tuple(_broken(row, each, year, lang, person) for row, each in broken),
    )


def _broken(row: Indicator, each: Shortfall, year: int, lang: str, person: bool) -> Missing:
    due = text("overview.promises_due", lang, then=each.year, day=words.day_words(each.due), year=year)
    return Missing(f"{row.short(lang)}: {each.remedy}", each.person if person else row.owner(lang), due, True, MISSED)


def _missing(row: Indicator, unit: Unit, year: int, today: date, lang: str) -> Missing:
    """A ward that is no more grows no later: nobody can hand the figure in after its last day."""
    due = row.due_on(year)
    ended = unit.valid_to is not None and unit.valid_to < today
    late = due < today and not (ended and unit.valid_to < due)
    name = "late_not_due" if not late else "late_ended" if ended else "late_days"
    days = format_number((today - due).days, 0, lang)
    return Missing(
        name=row.short(lang),
        owner=row.owner(lang),
        due=text(f"overview.{name}", lang, day=words.day_words(due), days=days),
        late=late,
    )

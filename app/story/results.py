"""The year's results as the table of a report's annex: plan, result, percent and judgement of every indicator."""

from __future__ import annotations

from app.story.deck import Result
from app.views import words
from core.series import Point
from core.status import JUDGED
from core.yearbook import Yearbook


def results(book: Yearbook, year: int, lang: str) -> tuple[Result, ...]:
    """Every indicator of the ward as a whole that has a plan or a result in a year, in the order of the catalogue.

    Attainments have no row of their own: they are the percent of what they are the attainment of. Nor has a count of
    which nothing is known but the planned share: the share has it.
    """
    found = []
    for row in book.catalogue.indicators.values():
        point = None if row.member_kind or row.attainment_of else book.series(row.id).at(year)
        if point is None or not (point.known or (point.plan and not point.plan.as_rate)):
            continue
        family = book.catalogue.families[row.family][lang]
        found.append(_result(book, row, point, family, lang))
    return tuple(found)


def _result(book: Yearbook, row, point: Point, family: str, lang: str) -> Result:
    plan, status = point.plan, point.status
    return Result(
        family=family,
        name=row.name(lang),
        unit=row.unit_name(lang),
        planned=words.plan_value(row, plan, lang) if plan else "",
        done=words.value_words(row, point, lang) if point.value is not None else "",
        percent=words.attained(status, row, lang),
        judged=words.state_word(row, status, lang) if status.state in JUDGED else "",
        plan=str(plan.value) if plan else "",
        value="" if point.value is None else str(point.value),
        state=status.state if status.state in JUDGED else "",
        attainment="" if status.attainment is None else str(status.attainment),
    )

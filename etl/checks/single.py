"""Rules that one figure keeps or breaks by itself: its type, its bounds, its year, its unit, its plan."""

from __future__ import annotations

from datetime import date
from functools import partial

from core.figures import Figure
from core.texts import text
from etl.checks.case import Breaks, Broken, Case, both, number_words

_FIRST_YEAR = 1986
_FEW_DONG = 100_000  # nothing a ward reports is as small as this
_YEARS_AHEAD = 6  # a plan may reach to the end of a five-year term


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def bounds(case: Case) -> Breaks:
    """A value inside the bounds of its indicator."""
    for figure in case.figures:
        low, high = case.indicator(figure).bounds
        if (low is not None and figure.value < low) or (high is not None and figure.value > high):
            name = "bounds" if high is not None else "bounds_low"
            limits = {"low": low, "high": high}
            yield Broken(name, figure, {end: number_words(limit) for end, limit in limits.items() if limit is not None})


def whole(case: Case) -> Breaks:
    """What is counted is whole."""
    for figure in case.figures:
        counted = case.indicator(figure).unit not in ("vnd", "percent")
        if counted and (figure.value % 1 or (figure.of is not None and figure.of % 1)):
            yield Broken("whole", figure)


def amount(case: Case) -> Breaks:
    """An amount is in đồng: no part of a đồng, and not so few that they must be millions."""
    for figure in case.figures:
        if case.indicator(figure).unit == "vnd" and (figure.value % 1 or 0 < figure.value < _FEW_DONG):
            yield Broken("amount", figure, {"exact": number_words(figure.value)})


def part_of_whole(case: Case) -> Breaks:
    """A part is not larger than its whole; a quota may be exceeded."""
    for figure in case.figures:
        if figure.of is not None and figure.value > figure.of and not case.catalogue.may_exceed(figure.indicator):
            yield Broken("part_of_whole", figure, {"of": number_words(figure.of)})


def plan_basis(case: Case) -> Breaks:
    """A plan says who set it."""
    for figure in case.figures:
        if figure.scenario == "plan" and figure.basis == "unstated" and not figure.member:
            yield Broken("plan_basis", figure)


def fraction(case: Case) -> Breaks:
    """A percentage is written in percent, not as a fraction of one."""
    for figure in case.figures:
        row = case.indicator(figure)
        against_plan = row.attainment_of and figure.value <= 3
        whole_share = row.kind == "share" and row.polarity == "higher" and figure.value <= 1
        if figure.value > 0 and (against_plan or whole_share):
            yield Broken("fraction", figure, {"times": number_words(figure.value * 100)})


def year(case: Case) -> Breaks:
    """No year before figures of this kind were kept, none that has not begun, plans excepted."""
    for item in (*case.figures, *case.awards):
        planned = isinstance(item, Figure) and item.scenario == "plan"
        if not _FIRST_YEAR <= item.year <= case.today.year + (_YEARS_AHEAD if planned else 0):
            yield Broken("year", item, {"first": _FIRST_YEAR, "today": case.today.year})


def unit(case: Case) -> Breaks:
    """The unit is known and still existed in the year."""
    known = case.catalogue.places.by_key
    told = set()
    for item in (*case.figures, *case.awards):
        if item.unit is None or (item.unit, item.year) in told:
            continue
        told.add((item.unit, item.year))
        if item.unit not in known:
            yield Broken("unit_unknown", item, {"code": f"{item.unit.code}@{item.unit.valid_from}"})
        elif (row := known[item.unit]).valid_to and row.valid_to.year < item.year:
            yield Broken("unit_dates", item, {"unit": row.name, "ends": _day(row.valid_to)})


def before_unit(case: Case) -> Breaks:
    """A new unit restates the past of its territory: allowed, and said."""
    known = case.catalogue.places.by_key
    each = {(item.unit, item.year): item for item in (*case.figures, *case.awards) if item.unit in known}
    for (key, in_year), item in each.items():
        if in_year < (row := known[key]).valid_from.year:
            yield Broken("before_unit", item, {"unit": row.name, "begins": _day(row.valid_from)})


def honour(case: Case) -> Breaks:
    """An honour is given by its levels to its recipients."""
    for award in case.awards:
        row = case.catalogue.honours[award.honour]
        if award.level not in row.levels:
            yield Broken("honour_level", award, {"level": case.catalogue.levels[award.level]})
        if award.recipient not in row.recipients:
            name = f"etl.recipient_{award.recipient}"
            yield Broken("honour_recipient", award, {"recipient": both(partial(text, name))})


def competence(case: Case) -> Breaks:
    """A decision is signed by a level that had the competence on that day."""
    for award in case.awards:
        day = award.decision_date
        named = [row for row in case.catalogue.honours[award.honour].grantors if row["level"] == award.level]
        open_then = [row for row in named if day and row["from"] <= day and (not row.get("to") or day <= row["to"])]
        if day and named and not open_then:
            level = case.catalogue.levels[award.level]
            yield Broken("competence", award, {"level": level, "day": _day(day)})

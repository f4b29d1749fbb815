"""The tiles of the overview: a headline indicator's value, plan, gap and course in one glance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.views import words
from app.views.arithmetic import arithmetic
from core.catalogue import Indicator
from core.series import Point, Series
from core.status import JUDGED
from core.texts import text
from core.yearbook import Yearbook

MOST_TILES = 8  # two full rows of four; further headline indicators stand in the list of gaps


@dataclass(frozen=True, slots=True)
class Headline:
    """One headline indicator in one year, every string as printed; `spark` one value a slot, None where open."""

    indicator: Indicator
    point: Point
    name: str
    value: str
    unit: str
    plan: str
    gap: str
    note: str
    state: str
    state_word: str
    sum: str
    spark: tuple[float | None, ...]
    spark_chosen: int | None
    spark_alt: str


def headline(book: Yearbook, series: Series, point: Point, lang: str) -> Headline:
    row = series.indicator
    value, unit = words.value_and_unit(row, point, lang)
    past, chosen = _past(series, point)
    return Headline(
        indicator=row,
        point=point,
        name=row.short(lang),
        value=value,
        unit=unit,
        plan=_plan(row, point, lang),
        gap=_gap(row, point, lang),
        note=_note(book, row, point, lang),
        state=point.status.state,
        state_word=words.state_word(row, point.status, lang),
        sum=arithmetic(row, point, lang),
        spark=past,
        spark_chosen=chosen,
        spark_alt=_spark_alt(series, point, lang),
    )


def _past(series: Series, chosen: Point) -> tuple[tuple[float | None, ...], int]:
    """What a sparkline draws, open wherever two neighbours may not be joined, and where `chosen` stands in it.

    Figures of another boundary have no place on its scale and are left open.
    """
    past: list[float | None] = []
    place = 0
    for before, point, number in zip((None, *series.points), series.points, _scaled(series, chosen), strict=False):
        if before is not None and not series.comparable(before, point):
            past.append(None)
        if point is chosen:
            place = len(past)
        past.append(number)
    return tuple(past), place


def _scaled(series: Series, chosen: Point) -> list[float | None]:
    """One number a point where it shares the scale of `chosen`: its value, or its attainment where none has a value."""
    own = [point for point in series.points if (point.unit, point.part) == (chosen.unit, chosen.part)]
    by_value = any(point.value is not None for point in own)
    numbers = [
        None if point not in own else point.value if by_value else point.status.attainment for point in series.points
    ]
    return [None if number is None else float(number) for number in numbers]


def _plan(row: Indicator, point: Point, lang: str) -> str:
    """The plan, with the remark that its giver is unstated; that there is none is said in its place."""
    if quota := words.quota_words(row, point, lang):
        return quota
    if point.status.state == "no_plan":
        return text("status.no_plan", lang)
    return words.plan_words(row, point, lang, with_basis=point.plan is not None and point.plan.basis == "unstated")


def _gap(row: Indicator, point: Point, lang: str) -> str:
    """The gap in the indicator's own unit, and for money the attainment behind it."""
    if point.status.state not in JUDGED and not point.status.reason:
        return ""
    parts = [words.gap_words(row, point, lang)]
    if point.value is not None:
        parts.append(words.attainment_words(row, point, lang))
    return " · ".join(part for part in parts if part)


def _note(book: Yearbook, row: Indicator, point: Point, lang: str) -> str:
    """What must be known beside the number: half a year, how it was reported, an estimate, unstated scope."""
    reported = words.reported_words(point.status, lang)
    if reported and point.plan is not None:  # the plan's own line says already that its giver is unstated
        reported = text("status.by_report", lang)
    parts = [_half(book, point, lang), reported]
    if point.scenario == "estimate":
        parts.append(text("status.scenario_estimate", lang).lower())
    if point.method == "derived":
        parts.append(text("boundary.tile", lang))
    if "scope_unstated" in point.flags:
        parts.append(text("status.scope_unstated", lang))
    return "; ".join(part for part in parts if part)


def _half(book: Yearbook, point: Point, lang: str) -> str:
    """Of a year in which the unit changed: until or from which day the figure speaks."""
    if not point.part or point.unit is None:
        return ""
    unit = book.catalogue.unit(point.unit)
    if point.part == "h1" and unit.valid_to is not None:
        return text("overview.until", lang, day=words.day_words(unit.valid_to))
    return text("overview.since", lang, day=words.day_words(unit.valid_from))


def _spark_alt(series: Series, chosen: Point, lang: str) -> str:
    """From which value to which, among the years that may be compared with the chosen one."""
    known = [point for point in series.known if series.comparable(point, chosen)]
    if len(known) < 2:
        return ""
    ends = (known[0], known[-1])
    first, last = (
        text(
            "overview.spark_end",
            lang,
            year=words.slot_label(end, lang),
            value=words.value_words(series.indicator, end, lang),
        )
        for end in ends
    )
    return text("overview.spark_alt", lang, first=first, last=last)


def spark_note(known: Sequence[tuple[Series, Point]], year: int, lang: str) -> str:
    """What the small lines of the tiles mean; "" where no tile has one."""
    spans = [
        [point.year for point, number in zip(series.points, _scaled(series, chosen), strict=True) if number is not None]
        for series, chosen in known
    ]
    years = [then for span in spans if len(span) > 1 for then in span]
    if not years:
        return ""
    first, last = min(years), max(years)
    name = "spark_note_later" if last > year else "spark_note"
    return text(f"overview.{name}", lang, first=first, last=last, year=year)

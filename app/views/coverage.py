"""Which indicator is known in which year, and from what kind of figure: the matrix of the sources screen."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from app.views import words
from app.views.indicators import choices, known_ids
from app.views.view import Table, View
from core.catalogue import Indicator
from core.places import Unit
from core.series import Point, Series
from core.texts import text
from core.yearbook import Yearbook

PRESENT = ("reported", "computed", "estimate")
STATES = (*PRESENT, "plan", "missing", "not_due", "absent")


@dataclass(frozen=True, slots=True)
class Line:
    """What a ward is asked for once a year: an indicator, a count with its rate, or its awards.

    `row` gives family, owner and due date; any of `series` answers; `registered` are the years that the award register
    answers, `stood` the first and the last year of the ward.
    """

    row: Indicator
    name: str
    series: tuple[Series, ...]
    stood: tuple[int, int]
    registered: frozenset[int] = frozenset()

    def asked(self, year: int) -> bool:
        """Whether there was a ward to ask."""
        return self.stood[0] <= year <= self.stood[1]

    def due(self, year: int, today: date) -> bool:
        """Whether the ward was asked and the day has passed."""
        return self.asked(year) and self.row.due_on(year) < today

    def state(self, year: int, today: date) -> str:
        """What kind of figure a year has, the best there is: one of STATES."""
        if year in self.registered:
            return "reported"
        found = min((known_as(series, year, today) for series in self.series), key=STATES.index)
        return "absent" if found in ("missing", "not_due") and not self.asked(year) else found

    def point(self, year: int, today: date) -> tuple[Indicator, Point] | None:
        """The indicator and point of that figure; None where there is none."""
        best = min(self.series, key=lambda series: STATES.index(known_as(series, year, today)))
        point = best.at(year)
        return (best.indicator, point) if point is not None and year not in self.registered else None


def known_as(series: Series, year: int, today: date) -> str:
    """What kind of figure one indicator has for a year.

    A value that a report prints, or a printed attainment; one computed from others; an estimate only; a plan only;
    else nothing, after its due date or before it.
    """
    point = series.at(year)
    if point is not None and point.known:
        if point.scenario == "estimate":
            return "estimate"
        return "computed" if point.method == "computed" else "reported"
    if point is not None and point.plan is not None:
        return "plan"
    return "missing" if series.indicator.due_on(year) < today else "not_due"


def followed(book: Yearbook, registered: Collection[int], lang: str) -> tuple[Line, ...]:
    """What a ward is held to: the indicators of the overview, and any it ever had a figure or a plan of.

    A count and its rate are one line, for either answers; an attainment stands with what was attained; awards are one
    line, answered by the register or by totals.
    """
    catalogue, known = book.catalogue, known_ids(book)
    units = [catalogue.unit(key) for key in book.units]
    stood = min(unit.valid_from.year for unit in units), max((unit.valid_to or date.max).year for unit in units)
    lines = []
    for family in catalogue.families:
        rows = [row for row in choices(catalogue, family) if not row.attainment_of]
        if family == "awards":
            told = [row for row in rows if row.id in known]
            if told or registered:
                series = tuple(book.series(row.id) for row in told or rows[:1])
                lines.append(Line(rows[0], text("sources.register", lang), series, stood, frozenset(registered)))
            continue
        for row in rows:
            if row.rate_of:
                continue
            rate = catalogue.rate_of(row.id)
            pair = [row, *([catalogue.indicators[rate]] if rate else [])]
            head = next((each for each in pair if each.overview_rank is not None), row)
            asked = any(
                each.overview_rank is not None or each.id in known or catalogue.attainment_of(each.id) in known
                for each in pair
            )
            if asked:
                lines.append(Line(head, head.short(lang), tuple(book.series(each.id) for each in pair), stood))
    return tuple(lines)


def coverage_view(
    book: Yearbook, registered: Collection[int], unit: Unit, year: int | None, today: date, lang: str
) -> View | None:
    """A view of kind "coverage": indicators by family down, years across; None for a book without years.

    `registered` are the years with rows in the award register.
    """
    if book.years is None:
        return None
    years = range(book.years[0], book.years[1] + 1)
    chosen = year if year is not None else years[-1]
    lines = followed(book, registered, lang)
    frame, headings = _cells(book, lines, years, today, lang)
    now = frame[frame["year"] == chosen]
    late = int(now["late"].sum())
    have = int(now["state"].isin(PRESENT).sum())
    name = "coverage_missing" if late else "coverage_whole"
    title = text(f"sources.{name}", lang, year=chosen, count=len(now), have=have, missing=late)
    place = words.place_words(unit, lang)
    period = words.period_words(years[0], years[-1])
    return View(
        id="sources-coverage",
        kind="coverage",
        lang=lang,
        title=title,
        subtitle=text("sources.coverage_subtitle", lang, place=place, period=period, count=len(lines)),
        frame=frame,
        table=_table(frame, years, place, lang),
        alt=text("sources.coverage_alt", lang, count=len(lines), place=place, period=period, title=title),
        source=words.as_of_words(book, lang),
        notes=(text("sources.coverage_note", lang),),
        detail={
            "slots": [str(each) for each in years],
            "chosen": chosen - years[0] if chosen in years else None,
            "headings": headings,
            "keys": [
                (state, text(f"sources.known_{state}", lang))
                for state in STATES
                if (frame["state"] == state).any()
            ],
        },
        is_sample=unit.is_sample,
    )


def _cells(
    book: Yearbook, lines: Sequence[Line], years: range, today: date, lang: str
) -> tuple[pd.DataFrame, list[tuple[int, str]]]:
    """One row a cell, and the lines on which the families stand."""
    cells: list[dict] = []
    headings: list[tuple[int, str]] = []
    place, family = 0, ""
    for line in lines:
        if line.row.family != family:
            family = line.row.family
            headings.append((place, book.catalogue.families[family][lang]))
            place += 1
        cells += [{"row": place, "slot": year - years[0], **_cell(line, year, today, lang)} for year in years]
        place += 1
    return pd.DataFrame(cells), headings


def _cell(line: Line, year: int, today: date, lang: str) -> dict:
    state, found, due = line.state(year, today), line.point(year, today), line.row.due_on(year)
    hover = [f"<b>{line.name}</b>", f"{year}: {text(f'sources.known_{state}', lang)}"]
    if state in PRESENT and found is not None:
        hover.append(words.value_words(*found, lang))
    elif state not in (*PRESENT, "absent"):
        hover.append(text("sources.due_on", lang, day=words.day_words(due)))
    return {
        "name": line.name, "indicator": found[0].id if found else line.row.id, "year": year, "state": state,
        "late": state not in PRESENT and line.due(year, today), "hover": "<br>".join(hover),
        "ref": found[1].ref(found[0].id) if found else "",
    }  # fmt: skip


def _table(frame: pd.DataFrame, years: range, place: str, lang: str) -> Table:
    header = (text("sources.column_figure", lang), *(str(year) for year in years))
    rows = []
    for _, cells in frame.groupby("row", sort=True):
        state = dict(zip(cells["year"], cells["state"], strict=True))
        rows.append((cells["name"].iloc[0], *(text(f"sources.cell_{state[year]}", lang) for year in years)))
    raw = frame[["indicator", "year", "state"]].reset_index(drop=True)
    return Table(text("sources.coverage_caption", lang, place=place), header, tuple(rows), raw)

"""Columns of percentages: which two columns each sets against each other, and whether what it prints agrees."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from core.figures import Figure
from core.quotients import agreeing, step_of
from core.vi.text import fold
from etl.find.columns import Column, period_in, scenario_in

_POINTS = Decimal(100)  # "108,1 % so với cùng kỳ" and "tăng 8,1 %" say the same
_ROUNDED = Decimal("0.5")  # of a percentage that may be printed without decimals


def results_of(
    percents: Sequence[Column], columns: Sequence[Column], rows: Sequence[Mapping[int, Decimal]], year: int | None
) -> dict[int, Column | None]:
    """The column of results that each column of percentages speaks of, by its place; `rows` are plain numbers by place.

    Its header decides by the scenario and period it names; where that leaves several, the one of whose quotients most
    agree with the percentages, a whole year's before a part's where none is better than another.
    """
    chosen: dict[int, Column | None] = {}
    for column in percents:
        own = column.year if column.year and column.role == "against_plan" else year
        possible = _possible_results(column, columns, own)

        def agreements(result: Column, column: Column = column, own: int | None = own) -> int:
            bases = bases_of(column, columns, result, own)
            return sum(any(_agrees(row, result, base, column) for base in bases) for row in rows)

        chosen[column.at] = max(possible, key=agreements, default=None)
    return chosen


def _possible_results(column: Column, columns: Sequence[Column], year: int | None) -> list[Column]:
    """The columns of results that a header of percentages leaves possible, a whole year's first."""
    words = fold(column.header)
    results = [place for place in columns if place.scenario != "plan" and place.year in (None, year)]
    estimated = [place for place in results if place.scenario == "estimate"]
    results = estimated if estimated and scenario_in(words) == "estimate" else results
    period = period_in(words)
    named = [place for place in results if place.period == period] if period != "year" else []
    return named or sorted(results, key=lambda place: place.period != "year")


def _agrees(row: Mapping[int, Decimal], result: Column, base: Column, column: Column) -> bool:
    """Whether a row's own numbers make the percentage it prints, as far as a whole percent tells."""
    top, bottom, printed = (row.get(place.at) for place in (result, base, column))
    if top is None or printed is None or not bottom:
        return False
    percent = top / bottom * 100
    said = [printed, printed * 100]
    said += [_POINTS + printed, _POINTS - printed] if column.role == "against_before" else []
    return any(abs(percent - each) <= _ROUNDED for each in said)


def bases_of(column: Column, columns: Sequence[Column], result: Column, year: int | None) -> list[Column]:
    """The columns that a result may be set against: its plans, or the result of the same part of the year before."""
    if column.role == "against_before":
        if scenario_in(fold(column.header)) == "plan" or year is None:
            return []
        before = (place for place in columns if place.scenario != "plan" and place.year == year - 1)
        return [place for place in before if place.period == result.period]
    plans = [place for place in columns if place.scenario == "plan" and place.year in (None, year)]
    named = [plan for plan in plans if plan.basis == column.basis]
    return named or plans


def contradicted(
    column: Column, columns: Sequence[Column], result: Column | None, values: Mapping[int, Figure], printed: Decimal,
    unit: str, year: int | None,
) -> Decimal | None:  # fmt: skip
    """The percentage worked out again where the row's own values allow none like the printed one, else None.

    A change is taken for the ratio it changes; a stored quotient for its percentage. Nothing is said where one of the
    two values is missing.
    """
    top = values.get(result.at) if result else None
    if top is None:
        return None
    worked: list[Decimal] = []
    for base in bases_of(column, columns, result, year):
        bottom = values.get(base.at)
        if bottom is None or bottom.value <= 0:
            continue
        if column.role == "against_before" and abs(top.value - bottom.value) == abs(printed):
            return None  # "tăng (+), giảm (-)" of a count is told in its own unit
        steps = [step_of(figure.value, unit, figure.origin.rule if figure.origin else "", figure.quote)
                 for figure in (top, bottom)]  # fmt: skip
        said = [printed, printed * 100]
        said += [_POINTS + printed, _POINTS - printed] if column.role == "against_before" else []
        for percent in said:
            allowed = agreeing(percent, top.value, bottom.value, top_step=steps[0], bottom_step=steps[1])
            if allowed is not None and allowed.holds(percent):
                return None
        worked.append(top.value / bottom.value * 100)
    return worked[0] if worked else None

"""Columns of percentages: which two columns each sets against each other, and whether what it prints agrees."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from core.figures import Figure
from core.quotients import agreeing, step_of
from core.vi.text import fold
from etl.find.columns import Column, period_in, scenario_in

_POINTS = Decimal(100)  # "108,1 % so với cùng kỳ" and "tăng 8,1 %" say the same


def result_of(column: Column, columns: Sequence[Column], year: int | None) -> Column | None:
    """The column of results that a column of percentages speaks of: of the scenario and period its header names.

    Where it names none, a whole year's result before a part of the year, and the first before the others.
    """
    words = fold(column.header)
    results = [place for place in columns if place.scenario != "plan" and place.year in (None, year)]
    estimated = [place for place in results if place.scenario == "estimate"]
    results = estimated if estimated and scenario_in(words) == "estimate" else results
    period = period_in(words)
    return next((place for place in results if place.period == period), results[0] if results else None)


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
    column: Column, columns: Sequence[Column], values: Mapping[int, Figure], printed: Decimal, unit: str,
    year: int | None,
) -> Decimal | None:  # fmt: skip
    """The percentage worked out again where the row's own values allow none like the printed one, else None.

    A change is taken for the ratio it changes; a stored quotient for its percentage. Nothing is said where one of the
    two values is missing.
    """
    result = result_of(column, columns, year)
    top = values.get(result.at) if result else None
    if top is None:
        return None
    worked: list[Decimal] = []
    for base in bases_of(column, columns, result, year):
        bottom = values.get(base.at)
        if bottom is None or bottom.value <= 0:
            continue
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

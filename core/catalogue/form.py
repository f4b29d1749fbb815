"""The form a ward fills in, as a workbook or on the screen: its rows, and last year's results beside them."""

from __future__ import annotations

from collections.abc import Iterable

from core.catalogue.rows import Catalogue, Indicator
from core.figures import Figure

RESULTS = ("estimate", "actual", "final")  # what a year came to, the least certain first


def form_rows(catalogue: Catalogue) -> list[tuple[Indicator, str]]:
    """The rows of the form in order: every indicator with the budget line it is for.

    Left out are what the store works out (attainments), what has a sheet of its own (groups, awards).
    """
    rows: list[tuple[Indicator, str]] = []
    for indicator in catalogue.indicators.values():
        if indicator.family == "awards" or indicator.attainment_of or indicator.member_kind == "residential_group":
            continue
        if indicator.member_kind == "budget_line":
            rows += ((indicator, line.id) for line in catalogue.lines.values() if line.flow == indicator.flow)
        else:
            rows.append((indicator, ""))
    return rows


def surest_results(figures: Iterable[Figure]) -> dict[tuple[str, str], Figure]:
    """Of each indicator and member the surest result of the whole year: the final account before an estimate."""
    surest: dict[tuple[str, str], Figure] = {}
    for figure in figures:
        if figure.period != "year" or figure.scenario not in RESULTS:
            continue
        known = surest.get((figure.indicator, figure.member))
        if known is None or RESULTS.index(figure.scenario) > RESULTS.index(known.scenario):
            surest[figure.indicator, figure.member] = figure
    return surest

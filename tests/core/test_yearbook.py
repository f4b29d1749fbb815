"""A yearbook: the best known value of each year, open slots for missing years, breaks that are never joined."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pandas as pd
import pytest

from core.catalogue import load_catalogue
from core.lineage import lineage
from core.places import Places, Succession, Unit
from core.series import exact
from core.yearbook import Yearbook, best_known

OLD = Unit("MAU01", date(1900, 1, 1), date(2025, 6, 30), "Phường Mẫu", "phường", "Quận Mẫu", "Tỉnh Mẫu", True)
OTHER = Unit("MAU02", date(1900, 1, 1), date(2025, 6, 30), "Phường Gương", "phường", "Quận Mẫu", "Tỉnh Mẫu", True)
NEW = Unit("MAU03", date(2025, 7, 1), None, "Phường Mẫu", "phường", "", "Tỉnh Mẫu", True)
MERGER = tuple(Succession(date(2025, 7, 1), old.key, NEW.key, "full") for old in (OTHER, OLD))
REVENUE, ATTAINED, GROUPS, POOR = (
    "budget_revenue",
    "budget_revenue_attainment",
    "cultural_groups",
    "poor_household_rate",
)


@pytest.fixture(scope="module")
def catalogue():
    """The catalogue with a ward that was merged in July 2025."""
    return replace(load_catalogue(), places=Places((OLD, OTHER, NEW), MERGER))


def row(indicator, year, value, *, unit=OLD, of=None, **more):
    """One row of a tidy view."""
    return {
        "unit_code": unit.code,
        "unit_from": unit.valid_from,
        "year": year,
        "period": "year",
        "indicator": indicator,
        "member": "",
        "scenario": "actual",
        "basis": "",
        "value": float(value),
        "of": float("nan") if of is None else float(of),
        "of_kind": "",
        "method": "reported",
        "hedge": "",
        "is_sample": True,
        "source": "bao-cao.docx",
    } | more


def book(catalogue, *rows, sources=None):
    """A yearbook of the ward's lineage."""
    return Yearbook(catalogue, (OLD.key, NEW.key), pd.DataFrame(list(rows)), sources)


def test_a_missing_number_stays_missing():
    """NaN becomes None, never 0; a float becomes the decimal it was written as."""
    assert exact(float("nan")) is None
    assert exact(None) is None
    assert exact(0.1) == Decimal("0.1")
    assert str(exact(49090000000.0)) == "49090000000"


def test_final_comes_before_actual_before_estimate_and_says_so(catalogue):
    """The row that is kept carries its scenario."""
    frame = pd.DataFrame([row(REVENUE, 2020, 3, scenario=name) for name in ("estimate", "final", "actual", "plan")])
    assert list(best_known(frame)["scenario"]) == ["final"]
    assert list(best_known(frame[frame["scenario"] != "final"])["scenario"]) == ["actual"]
    assert book(catalogue, row(REVENUE, 2020, 5, scenario="estimate")).series(REVENUE).at(2020).scenario == "estimate"


def test_a_computed_rate_comes_before_a_reported_one():
    """Where both are known the computed one is shown; the reported one stays in the table."""
    frame = pd.DataFrame([row(POOR, 2020, 60.1), row(POOR, 2020, 59.6, method="computed")])
    assert list(best_known(frame)["method"]) == ["computed"]


def test_every_year_between_the_first_and_the_last_has_a_slot(catalogue):
    """A year without figures is there, and says that nothing is known."""
    series = book(catalogue, row(REVENUE, 2011, 1), row(REVENUE, 2014, 2)).series(REVENUE)
    assert [point.year for point in series.points] == [2011, 2012, 2013, 2014]
    assert [point.known for point in series.points] == [True, False, False, True]
    assert series.at(2012).status.state == "no_data"


def test_what_was_assigned_is_the_target_of_a_quota(catalogue):
    """28 of 28 conscripts have met it though no plan was stored; 13 of a quota nobody tells of have none."""
    rows = [row("conscription_rate", 2023, 100, of=28), row("conscription_rate", 2024, 92.9, of=28)]
    rows.append(row("conscription_rate", 2022, 100))
    series = book(catalogue, *rows).series("conscription_rate")
    assert [series.at(year).status.state for year in (2022, 2023, 2024)] == ["no_plan", "reached", "missed"]


def test_a_plan_alone_opens_no_year(catalogue):
    """The plan for 2022 waits for 2022."""
    series = book(catalogue, row(REVENUE, 2021, 1), row(REVENUE, 2022, 2, scenario="plan", basis="assigned"))
    assert [point.year for point in series.series(REVENUE).points] == [2021]


def test_an_empty_book_has_empty_series(catalogue):
    """No year, no point, no fault."""
    frame = pd.DataFrame([row(REVENUE, 2020, 1)]).iloc[:0]
    assert Yearbook(catalogue, (OLD.key,), frame).series(REVENUE).points == ()


def test_the_plan_of_the_level_above_is_compared_first(catalogue):
    """Assigned, council, adjusted, unstated, stretch; all are kept."""
    plans = [
        row(REVENUE, 2020, n, scenario="plan", basis=b) for n, b in ((7, "adjusted"), (9, "stretch"), (8, "council"))
    ]
    found = book(catalogue, row(REVENUE, 2020, 8), *plans)
    assert [plan.basis for plan in found.plans(REVENUE, OLD.key, 2020)] == ["council", "adjusted", "stretch"]
    assert found.series(REVENUE).at(2020).plan.basis == "council"


def test_the_attainment_is_computed_where_both_sides_are_firm_else_as_reported(catalogue):
    """A printed 104 % gives way to 8,4 / 8; with a hedge, or without a basis, the printed one is shown and marked."""
    plan = row(REVENUE, 2020, 8, scenario="plan", basis="assigned")
    printed = row(ATTAINED, 2020, 104, basis="assigned")
    firm = book(catalogue, row(REVENUE, 2020, 8.4), plan, printed).series(REVENUE).at(2020).status
    hedged = book(catalogue, row(REVENUE, 2020, 8.4, hedge="about"), plan, printed).series(REVENUE).at(2020).status
    bare = book(catalogue, row(ATTAINED, 2020, 101, basis="unstated")).series(REVENUE).at(2020)
    assert (firm.attainment, firm.method) == (Decimal(105), "computed")
    assert (hedged.attainment, hedged.method) == (Decimal(104), "reported")
    assert (bare.known, bare.value, bare.status.method, bare.status.basis) == (True, None, "reported", "unstated")


def test_a_printed_attainment_of_another_basis_is_not_used(catalogue):
    """104 % of the council's plan says nothing of the assigned one."""
    plan = row(REVENUE, 2020, 8, scenario="plan", basis="assigned")
    printed = row(ATTAINED, 2020, 104, basis="council")
    status = book(catalogue, row(REVENUE, 2020, 8.4, hedge="over"), plan, printed).series(REVENUE).at(2020).status
    assert (status.state, status.attainment) == ("exceeded", None)


def test_a_count_without_a_planned_count_is_held_against_the_planned_rate(catalogue):
    """13 of 18 against 75 %."""
    rate = row("cultural_groups_rate", 2020, 75, scenario="plan", basis="assigned")
    point = book(catalogue, row(GROUPS, 2020, 13, of=18), rate).series(GROUPS).at(2020)
    assert (point.plan.as_rate, point.status.planned_as, point.status.short) == (True, "rate", 1)


def test_a_ward_is_one_over_the_units_of_its_name(catalogue):
    """From either side of the merger; a merged neighbour of another name is another ward."""
    assert lineage(catalogue, OLD.key) == lineage(catalogue, NEW.key) == (OLD.key, NEW.key)
    assert lineage(catalogue, OTHER.key) == (OTHER.key,)


def test_the_year_of_the_merger_stands_in_halves_beyond_a_break(catalogue):
    """Two halves where both are known, and nothing across the break or between the halves is compared."""
    series = book(
        catalogue,
        row(REVENUE, 2024, 1),
        row(REVENUE, 2025, 2, period="h1"),
        row(REVENUE, 2025, 3, period="h2", unit=NEW),
    ).series(REVENUE)
    before, first, second = series.points
    assert (first.part, second.part, series.at(2025)) == ("h1", "h2", second)
    assert [(entry.at, entry.kind, entry.on) for entry in series.breaks] == [(1, "boundary", date(2025, 7, 1))]
    assert not series.comparable(before, first)
    assert not series.comparable(first, second)


def test_a_year_of_the_new_unit_alone_is_one_slot_beyond_the_break(catalogue):
    """A figure for the whole year is not called half a year."""
    series = book(catalogue, row(REVENUE, 2024, 1), row(REVENUE, 2025, 3, unit=NEW)).series(REVENUE)
    assert [point.part for point in series.points] == ["", ""]
    assert [entry.kind for entry in series.breaks] == ["boundary"]


def test_a_new_definition_breaks_a_series(catalogue):
    """The poverty standard of 2022 is another measure than that of 2021."""
    series = book(catalogue, *(row(POOR, year, 1) for year in (2020, 2021, 2022))).series(POOR)
    assert [(entry.at, entry.kind) for entry in series.breaks] == [(2, "catalogue")]
    assert series.comparable(series.at(2020), series.at(2021))
    assert not series.comparable(series.at(2021), series.at(2022))


def test_the_year_before_is_never_an_older_one(catalogue):
    """A gap is no comparison."""
    series = book(catalogue, row(REVENUE, 2018, 1), row(REVENUE, 2020, 2)).series(REVENUE)
    assert not series.before(series.at(2020)).known


def test_flags_of_a_figure_reach_its_point(catalogue):
    """That a report did not say which revenue it meant is kept for the screen."""
    sources = pd.DataFrame([row(REVENUE, 2020, 1) | {"flags": "scope_unstated", "report": "bao-cao.docx"}])
    assert book(catalogue, row(REVENUE, 2020, 1), sources=sources).series(REVENUE).at(2020).flags == ("scope_unstated",)


def test_an_attainment_has_a_series_of_its_own(catalogue):
    """Of several bases the one that is compared first, with the state of what was attained."""
    rows = [row(ATTAINED, 2020, value, basis=basis) for value, basis in ((98, "council"), (104, "assigned"))]
    point = book(catalogue, *rows).series(ATTAINED).at(2020)
    assert (point.value, point.status.state) == (Decimal(104), "exceeded")

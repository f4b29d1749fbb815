"""Which plans were missed: by the states that the screens show, the ward's own, each once."""

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from core.catalogue import load_catalogue
from core.missed import missed_plans
from core.places import Places, Succession
from core.yearbook import Yearbook
from tests.core.test_yearbook import NEW, OLD, row


@pytest.fixture(scope="module")
def catalogue():
    """The catalogue with a ward that got new boundaries, and kept its name, in July 2025."""
    succession = Succession(date(2025, 7, 1), OLD.key, NEW.key, "full")
    return replace(load_catalogue(), places=Places((OLD, NEW), (succession,)))


@pytest.fixture
def missed(catalogue):
    """The ids of the plans missed in a year, and by which point: missed(rows, unit=OLD, year=2020) -> {id: value}."""

    def found(*rows, unit=OLD, year=2020):
        book = Yearbook(catalogue, (OLD.key, NEW.key), pd.DataFrame(list(rows)))
        return {plan.indicator.id: plan.point.value for plan in missed_plans(book, unit.key, year)}

    return found


def pair(indicator, value, plan, *, basis="assigned", year=2020, **more):
    """A result and its plan."""
    return (
        row(indicator, year, value, **more),
        row(indicator, year, plan, scenario="plan", basis=basis, **more),
    )


@pytest.mark.parametrize(
    ("indicator", "value", "plan", "is_missed"),
    [
        ("budget_revenue", 94, 100, True),
        ("budget_revenue", 95, 100, False),  # nearly met
        ("budget_revenue", 100, 100, False),
        ("budget_expenditure", 101, 100, True),  # a limit passed
        ("poor_household_rate", 2, 1, True),
        ("poor_household_rate", 1, 2, False),
    ],
)
def test_a_plan_is_missed_where_the_screens_say_so(missed, indicator, value, plan, is_missed):
    """Nearly met is not missed; spending and poverty are missed on the other side."""
    assert (indicator in missed(*pair(indicator, value, plan))) is is_missed


def test_what_was_not_judged_is_no_miss(missed):
    """No plan, no result, a hedged plan, a year with nothing."""
    assert missed(row("budget_revenue", 2020, 5)) == {}
    assert missed(row("budget_revenue", 2020, 5, scenario="plan", basis="assigned"), row("conscripts", 2020, 3)) == {}
    assert missed(row("budget_revenue", 2020, 5),
                  row("budget_revenue", 2020, 9, scenario="plan", basis="assigned", hedge="about")) == {}  # fmt: skip
    assert missed(*pair("budget_revenue", 50, 100), year=2019) == {}


def test_a_plan_of_unstated_basis_counts_as_on_the_screens(missed):
    """The assigned plan is judged where there are both."""
    assert missed(*pair("budget_revenue", 50, 100, basis="unstated")) == {"budget_revenue": 50}
    assert missed(*pair("budget_revenue", 50, 100, basis="unstated"),
                  row("budget_revenue", 2020, 50, scenario="plan", basis="assigned")) == {}  # fmt: skip


def test_a_printed_attainment_under_its_plan_is_a_miss(missed):
    """Of the indicator itself, once; the attainment has no miss of its own."""
    assert missed(row("budget_revenue_attainment", 2020, 80, basis="assigned")) == {"budget_revenue": None}


def test_parts_are_explained_with_their_whole(missed):
    """A budget line under its plan is no miss of the ward."""
    assert missed(*pair("budget_revenue_line", 5, 10, member="thu_phi")) == {}


def test_a_share_is_left_out_where_its_count_is_missed(missed):
    """13 of 18 groups against a planned 80 % is one miss; a share alone is one too."""
    groups = row("cultural_groups", 2020, 13, of=18)
    rate = row("cultural_groups_rate", 2020, 72.2, method="computed")
    planned = row("cultural_groups_rate", 2020, 80, scenario="plan", basis="assigned")
    assert missed(groups, rate, planned) == {"cultural_groups": 13}
    assert list(missed(rate, planned)) == ["cultural_groups_rate"]


def test_the_estimate_gives_way_to_the_final_account(missed):
    """A year missed by its estimate and met by its final account was met."""
    estimate = row("budget_revenue", 2020, 90, scenario="estimate")
    plan = row("budget_revenue", 2020, 100, scenario="plan", basis="assigned")
    assert missed(estimate, plan) == {"budget_revenue": 90}
    assert missed(estimate, plan, row("budget_revenue", 2020, 101, scenario="final")) == {}


def test_of_a_year_with_two_boundaries_each_unit_answers_for_its_half(missed):
    """The old ward's first half and the new ward's second one."""
    old = pair("budget_revenue", 50, 100, year=2025, period="h1")
    new = pair("budget_revenue", 100, 100, year=2025, period="h2", unit=NEW)
    assert missed(*old, *new, year=2025) == {"budget_revenue": 50}
    assert missed(*old, *new, unit=NEW, year=2025) == {}

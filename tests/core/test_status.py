"""The status engine: every state, each polarity, and nothing decided by a rounded number."""

from dataclasses import replace
from decimal import Decimal
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.catalogue import load_catalogue
from core.status import STATES, edges_of, honest_decimals, status, status_of_attainment

REVENUE, SPENDING = "budget_revenue", "budget_expenditure"
GROUPS, FAMILIES = "cultural_groups", "cultural_families_rate"
POOR, POOR_RATE = "poor_households", "poor_household_rate"
QUOTA, COMPLAINTS = "conscription_rate", "complaints"


def of(name):
    return load_catalogue().indicators[name]


def number(text):
    return None if text is None else Decimal(text)


CASES = [
    # what, indicator, value, plan, state, gap, attainment
    ("no value", REVENUE, None, "100", "no_data", None, None),
    ("no plan", REVENUE, "100", None, "no_plan", None, None),
    ("over plan", REVENUE, "101", "100", "exceeded", "1", "101"),
    ("on plan", REVENUE, "100", "100", "reached", "0", "100"),
    ("just under", REVENUE, "99.96", "100", "near", "-0.04", "99.96"),
    ("on the near limit", REVENUE, "95", "100", "near", "-5", "95"),
    ("just under the near limit", REVENUE, "94.99", "100", "missed", "-5.01", "94.99"),
    ("an outlier", REVENUE, "608", "100", "exceeded", "508", "608"),
    ("zero plan, something came", REVENUE, "5", "0", "exceeded", "5", None),
    ("zero plan, nothing came", REVENUE, "0", "0", "reached", "0", None),
    ("zero plan, less than nothing", REVENUE, "-1", "0", "missed", "-1", None),
    ("negative plan, less lost", REVENUE, "-8", "-10", "exceeded", "2", None),
    ("negative plan, more lost", REVENUE, "-12", "-10", "missed", "-2", None),
    ("negative value", REVENUE, "-1", "10", "missed", "-11", None),
    ("spending within plan is no feat", SPENDING, "97", "100", "reached", "-3", "97"),
    ("spending on plan", SPENDING, "100", "100", "reached", "0", "100"),
    ("spending a little over is a miss", SPENDING, "100.01", "100", "missed", "0.01", "100.01"),
    ("a group count against a count", GROUPS, "13", "14", "missed", "-1", None),
    ("a group count above its count", GROUPS, "15", "14", "exceeded", "1", None),
    ("a rate above its plan", FAMILIES, "91.6", "90", "exceeded", "1.6", None),
    ("a rate under its plan", FAMILIES, "88", "90", "near", "-2", None),
    ("a rate far under its plan", FAMILIES, "80", "90", "missed", "-10", None),
    ("a small rate is not near by a few points", FAMILIES, "0", "3", "missed", "-3", None),
    ("fewer poor than planned", POOR, "30", "40", "exceeded", "-10", None),
    ("as many poor as planned", POOR, "40", "40", "reached", "0", None),
    ("a few more poor than planned", POOR, "42", "40", "near", "2", None),
    ("many more poor than planned", POOR, "43", "40", "missed", "3", None),
    ("zero poor planned, some left", POOR, "1", "0", "missed", "1", None),
    ("zero poor planned and none left", POOR, "0", "0", "reached", "0", None),
    ("lower rate", POOR_RATE, "0.36", "0.40", "exceeded", "-0.04", None),
    ("an exact target met", QUOTA, "100", "100", "reached", "0", None),
    ("an exact target passed is met, not exceeded", QUOTA, "108", "100", "reached", "8", None),
    ("an exact target is missed by any shortfall", QUOTA, "99.9", "100", "missed", "-0.1", None),
]


@pytest.mark.parametrize(("what", "name", "value", "plan", "state", "gap", "attainment"), CASES)
def test_a_value_and_its_plan_give_one_state(what, name, value, plan, state, gap, attainment):
    """State, gap in the indicator's own unit and attainment (only where a quotient says something)."""
    found = status(of(name), number(value), number(plan))
    shown = found.attainment if name in (REVENUE, SPENDING) else None
    assert (found.state, found.gap, shown) == (state, number(gap), number(attainment)), what


@pytest.mark.parametrize("name", [POOR, POOR_RATE, FAMILIES])
def test_no_attainment_is_worked_out_for_rates_and_for_lower_is_better(name):
    """A quotient of rates, or of what should be small, says nothing a leader could use."""
    assert status(of(name), Decimal(30), Decimal(40)).attainment is None


def test_the_gap_of_a_rate_is_in_points_and_that_of_money_in_dong():
    """91,6 % against 90 % is +1,6 điểm %, never 101,8 %."""
    assert status(of(FAMILIES), Decimal("91.6"), Decimal(90)).gap_unit == "point"
    assert status(of(REVENUE), Decimal(2), Decimal(1)).gap_unit == "vnd"


def test_a_count_is_held_against_a_planned_rate_where_no_count_was_planned():
    """13 of 18 against 75 %: 72,2 % is 2,8 points under, and one group short of the 14 needed."""
    found = status(of(GROUPS), Decimal(13), of=Decimal(18), planned_rate=Decimal(75))
    assert (found.state, found.planned_as, found.short, found.gap_unit) == ("near", "rate", 1, "point")
    assert round(found.gap, 1) == Decimal("-2.8")


def test_a_planned_count_wins_over_a_planned_rate():
    """Whichever was given; where both were, the count."""
    found = status(of(GROUPS), Decimal(13), Decimal(14), of=Decimal(18), planned_rate=Decimal(70))
    assert (found.state, found.planned_as) == ("missed", "")


def test_a_printed_attainment_is_used_only_where_none_can_be_computed():
    """Without value and plan it stands alone and is marked; with both on a known basis the computed one is shown."""
    alone = status(of(REVENUE), reported=Decimal(101), basis="unstated")
    both = status(of(REVENUE), Decimal(102), Decimal(171), reported=Decimal("60.1"))
    assert (alone.state, alone.attainment, alone.method, alone.gap_unit) == ("exceeded", 101, "reported", "of_plan")
    assert both.method == "computed"
    assert round(both.attainment, 1) == Decimal("59.6")


def test_a_plan_of_unstated_basis_is_compared_but_no_attainment_is_worked_out():
    """The printed attainment stands in; without one there is none."""
    assert status(of(REVENUE), Decimal(9), Decimal(8), basis="unstated").attainment is None
    found = status(of(REVENUE), Decimal(9), Decimal(8), basis="unstated", reported=Decimal(113))
    assert (found.state, found.attainment, found.method) == ("exceeded", 113, "reported")


def test_a_hedged_value_is_compared_only_where_the_hedge_cannot_change_the_answer():
    """ "Over 50" has reached 50; "about 50" or "nearly 60" may or may not have."""
    over = status(of(REVENUE), Decimal(50), Decimal(50), hedge="over")
    about = status(of(REVENUE), Decimal(50), Decimal(50), hedge="about")
    nearly = status(of(REVENUE), Decimal(60), Decimal(50), hedge="nearly")
    planned = status(of(REVENUE), Decimal(60), Decimal(50), plan_hedge="about")
    assert (over.state, over.attainment) == ("reached", None)
    assert [row.state for row in (about, nearly, planned)] == ["not_comparable"] * 3
    assert about.reason == "hedged"


def test_a_caller_may_say_that_the_two_sides_do_not_belong_together():
    """The reason is kept for the screen."""
    found = status(of(REVENUE), Decimal(1), Decimal(2), not_comparable="boundary")
    assert (found.state, found.reason) == ("not_comparable", "boundary")


def test_an_indicator_without_a_good_side_has_no_state_but_its_number():
    """How many complaints came in is neither good nor bad."""
    assert status(of(COMPLAINTS), Decimal(12)).state == "no_plan"


def test_the_catalogue_may_set_other_limits():
    """Near from 90, exceeded above 102: the limits are rows of a table, not of the engine."""
    row = replace(of(REVENUE), near=Decimal(90), exceeded=Decimal(102))
    states = [status(row, Decimal(value), Decimal(100)).state for value in ("102.01", "102", "90", "89.9")]
    assert states == ["exceeded", "reached", "near", "missed"]


def test_an_attainment_alone_has_the_state_of_what_was_attained():
    """98 % of the spending plan is within it, 101 % is not."""
    states = [status_of_attainment(of(SPENDING), Decimal(value), "assigned", "computed").state for value in (98, 101)]
    assert states == ["reached", "missed"]


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        ("99.96", 1, 2),
        ("99.94", 1, 1),
        ("100", 1, 1),
        ("99.9996", 1, 4),
        ("100.04", 1, 2),
        ("94.96", 1, 2),
        ("95", 0, 0),
    ],
)
def test_rounding_never_contradicts_a_state(value, decimals, expected):
    """As many decimals as it takes to stay on one's own side of 95 and 100."""
    assert honest_decimals(Decimal(value), edges_of(of(REVENUE)), decimals) == expected


AMOUNTS = st.integers(-(10**12), 10**12)


@given(AMOUNTS, AMOUNTS, st.sampled_from([REVENUE, SPENDING, POOR, QUOTA]))
def test_better_never_gives_a_worse_state(value, plan, name):
    """One more on the good side never lowers the state, and every state is one of the seven."""
    order = ["missed", "near", "reached", "exceeded"]
    step = -1 if name in (SPENDING, POOR) else 1
    here = status(of(name), Decimal(value), Decimal(plan)).state
    there = status(of(name), Decimal(value + step), Decimal(plan)).state
    assert here in STATES
    assert order.index(there) >= order.index(here)


@given(st.decimals("0.0001", "300", places=6))
def test_a_printed_attainment_stands_on_the_side_it_was_decided_on(attainment):
    """What is printed, read back, gives the same state as the exact number."""
    row = SimpleNamespace(near=Decimal(95), exceeded=Decimal(100))
    places = honest_decimals(attainment, edges_of(row), 1)
    printed = round(attainment, places)
    states = [status_of_attainment(of(REVENUE), shown, "assigned", "computed").state for shown in (attainment, printed)]
    assert states[0] == states[1]

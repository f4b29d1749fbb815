"""Quotients and sums: honest rounding is no question, and it does not matter which half is stored already."""

from datetime import date
from decimal import Decimal
from itertools import combinations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from core.catalogue import load_catalogue
from core.figures import Figure, Origin, UnitKey
from etl.checks import all_rules, check, together

UNIT = UnitKey("00238", date(1900, 1, 1))
TODAY = date(2026, 1, 5)
BILLION = 10**9
CATALOGUE = load_catalogue()
OF_SEVERAL = [rule for rule in all_rules() if rule.broken.__module__ == together.__name__]

amounts = st.integers(10**8, 10**13).map(Decimal)
factors = st.sampled_from([Decimal(10**3), Decimal(10**6), Decimal(BILLION)])
finders = st.sampled_from(["table.wide", "form.117", "template", "prose.amount", ""])


def figure(indicator, value, rule="table.wide", **more):
    return Figure(indicator, 2020, Decimal(value), UNIT, origin=Origin("Thu!C3", rule), **more)


def rounded(amount, factor, places):
    """An amount as a report rounds it, and the words of the cell or sentence that says it."""
    number = round(amount / factor, places)
    return {"value": number * factor, "quote": f"Thu: {number:f}".replace(".", ",")}


def rules_broken(figures, awards=(), history=()):
    return {finding.rule for finding in check(figures, awards, CATALOGUE, TODAY, history)}


@given(amounts, amounts, factors, st.integers(0, 3), st.integers(0, 3), st.integers(0, 2), finders)
def test_an_honestly_rounded_attainment_of_honestly_rounded_amounts_is_never_a_question(
    value, plan, factor, value_places, plan_places, places, rule
):
    """Worked out from the exact amounts before any of the three was rounded."""
    printed = round(value * 100 / plan, places)
    done, planned = rounded(value, factor, value_places), rounded(plan, factor, plan_places)
    assume(done["value"] and planned["value"])
    report = [
        figure("budget_revenue", rule=rule, **done),
        figure("budget_revenue", rule=rule, scenario="plan", basis="council", **planned),
        figure("budget_revenue_attainment", printed, rule, basis="council"),
    ]
    assert "attainment" not in rules_broken(report)


@given(amounts, amounts, st.decimals("1.2", 100, places=1), st.booleans())
def test_a_wrong_attainment_of_amounts_in_full_is_always_a_question(value, plan, times, above):
    """A fifth or more from what they give, both in millions."""
    done, planned = (rounded(each, Decimal(10**6), 0) for each in (value, plan))
    right = done["value"] * 100 / planned["value"]
    printed = round(right * times if above else right / times, 2)
    assume(abs(printed - right) > right / 10 + 1)
    report = [
        figure("budget_revenue", **done),
        figure("budget_revenue", scenario="plan", basis="council", **planned),
        figure("budget_revenue_attainment", printed, basis="council"),
    ]
    assert "attainment" in rules_broken(report)


@given(st.integers(0, 500), st.integers(1, 500), st.integers(0, 2))
def test_an_honestly_rounded_rate_is_never_a_question(reached, more, places):
    """A count and its whole are exact."""
    whole = reached + more
    rate = round(Decimal(reached) * 100 / whole, places)
    report = [figure("cultural_groups", reached, of=Decimal(whole)), figure("cultural_groups_rate", rate)]
    assert "rate_and_count" not in rules_broken(report)


@given(st.lists(st.integers(10**7, 10**12).map(Decimal), min_size=1, max_size=2), factors, st.integers(0, 3), finders)
def test_honestly_rounded_lines_of_an_honestly_rounded_total_are_never_a_question(lines, factor, places, rule):
    """However coarse: each is rounded by itself."""
    parts = [rounded(line, factor, places) for line in lines]
    total = rounded(sum(lines), factor, places)
    assume(total["value"] and all(part["value"] for part in parts))
    report = [figure("budget_expenditure", rule=rule, **total)]
    report += [
        figure("budget_expenditure_line", rule=rule, member=member, **part)
        for member, part in zip(("edev", "ereg"), parts, strict=False)
    ]
    assert "parts_of_total" not in rules_broken(report)


@pytest.mark.parametrize("rule", OF_SEVERAL, ids=lambda rule: rule.id)
def test_it_does_not_matter_which_half_is_stored(rule):
    """Every way of dividing a failing example between a report and the store breaks the rule."""
    divided = 0
    for example in rule.fails:
        items = [*example.figures, *example.awards, *example.history]
        for count in range(1, len(items) + 1):
            for new in combinations(items, count):
                figures = [item for item in new if isinstance(item, Figure)]
                awards = [item for item in new if not isinstance(item, Figure)]
                assert rule.id in rules_broken(figures, awards, [item for item in items if item not in new])
                divided += 1
    assert divided > 3

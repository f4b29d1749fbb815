"""Every rule with an example that keeps it and one that breaks it."""

from datetime import date
from decimal import Decimal

import pytest

from core.figures import Award, Figure, Origin, UnitKey
from etl.checks import RULES, check

UNIT = UnitKey("00238", date(1900, 1, 1))
KIM_LIEN = UnitKey("00229", date(2025, 7, 1))
TODAY = date(2026, 1, 5)


def figure(indicator, value, year=2020, unit=UNIT, rule="table.wide", **more):
    of = more.pop("of", None)
    return Figure(
        indicator,
        year,
        Decimal(value),
        unit,
        of=None if of is None else Decimal(of),
        origin=Origin("Thu!C3", rule),
        **more,
    )


def plan(indicator, value, basis="council", **more):
    return figure(indicator, value, scenario="plan", basis=basis, **more)


def title(member, value):
    return figure("cultural_group_title", value, member=member)


def award(honour="gk_phuong", level="ward", recipient="collective", count=5, day=None):
    return Award(
        2020, honour, level, recipient, count, UNIT, decision_date=day, origin=Origin("Khen!B3", "table.awards")
    )


LINES = [figure("budget_expenditure_line", 60 * 10**6, member=line) for line in ("edev", "ereg")]
NOVEMBER = date(2020, 11, 1)
REVENUE = figure("budget_revenue", "8756500000")
EXAMPLES = {
    "bounds": ([figure("health_insurance_rate", "100.5")], [figure("health_insurance_rate", "100")]),
    "whole": ([figure("poor_households", "4.5")], [figure("poor_households", "4")]),
    "part_of_whole": (
        [figure("cultural_groups", 19, of=18)],
        [figure("cultural_groups", 18, of=18), figure("conscripts", 14, of=13)],
    ),
    "year": ([figure("poor_households", 4, year=2027)], [plan("poor_households", 4, year=2027)]),
    "unit": (
        [figure("poor_households", 4, unit=UnitKey("99999", date(2020, 1, 1)))],
        [figure("poor_households", 4, year=2025)],
    ),
    "before_unit": (
        [figure("poor_households", 4, unit=KIM_LIEN)],
        [figure("poor_households", 4, year=2025, unit=KIM_LIEN)],
    ),
    "honour": ([award("gia_dinh_van_hoa", recipient="individual")], [award("gia_dinh_van_hoa", recipient="household")]),
    "rate_and_count": (
        [figure("cultural_groups", 102, of=171), figure("cultural_groups_rate", "60.1")],
        [figure("cultural_groups", 205, of=232), figure("cultural_groups_rate", "88.4")],
    ),
    "attainment": (
        [REVENUE, plan("budget_revenue", "8400000000"), figure("budget_revenue_attainment", "110", basis="council")],
        [
            figure("budget_revenue", "8756000000", rule="prose.amount"),
            plan("budget_revenue", "8400000000", rule="prose.amount"),
            figure("budget_revenue_attainment", "104", basis="council", rule="prose.amount"),
        ],
    ),
    "groups_and_count": (
        [title("a", 1), title("b", 0), figure("cultural_groups", 2, of=2)],
        [title("a", 1), title("b", 0), figure("cultural_groups", 1, of=2)],
    ),
    "parts_of_total": (
        [figure("budget_expenditure", 100 * 10**6), *LINES],
        [figure("budget_expenditure", 120 * 10**6), *LINES],
    ),
    "spending_within_revenue": (
        [figure("budget_expenditure", 11, scenario="final"), figure("budget_revenue_own", 10, scenario="final")],
        [figure("budget_expenditure", 10, scenario="final"), figure("budget_revenue_own", 10, scenario="final")],
    ),
    "register_and_totals": (
        [figure("award_collectives_ward", 48), award(count=47)],
        [figure("award_collectives_ward", 48), award(count=48), award("gk_huyen", "district", count=3)],
    ),
    "competence": (
        [award("cstdcs", "ward", "individual", day=NOVEMBER)],
        [award("cstdcs", "district", "individual", day=NOVEMBER)],
    ),
    "plan_basis": ([plan("poor_households", 4, basis="unstated")], [plan("poor_households", 4)]),
    "fraction": (
        [figure("budget_revenue_attainment", "1.04", basis="council")],
        [figure("budget_revenue_attainment", "104", basis="council"), figure("poor_household_rate", "0.36")],
    ),
}  # fmt: skip


def broken(items, catalogue):
    figures = [item for item in items if isinstance(item, Figure)]
    awards = [item for item in items if isinstance(item, Award)]
    return check(figures, awards, catalogue, TODAY)


def test_every_rule_has_its_examples():
    """A rule without them is not finished."""
    assert {rule.id for rule in RULES} == set(EXAMPLES)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_the_failing_example_breaks_its_rule_and_is_told_in_both_languages(rule, catalogue):
    """With the place of the figure."""
    findings = [finding for finding in broken(EXAMPLES[rule.id][0], catalogue) if finding.rule == rule.id]
    assert findings
    assert findings[0].severity == rule.severity
    assert findings[0].fault.where in ("Thu!C3", "Khen!B3")
    assert all(findings[0].fault.sentence(lang) for lang in ("vi", "en"))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_the_passing_example_keeps_its_rule(rule, catalogue):
    """What is right is not complained about."""
    assert rule.id not in {finding.rule for finding in broken(EXAMPLES[rule.id][1], catalogue)}


def test_a_unit_has_no_figures_of_years_in_which_it_did_not_exist(catalogue):
    """Khương Thượng ended in June 2025."""
    findings = broken([figure("poor_households", 4, year=2026)], catalogue)
    assert [finding.fault.code for finding in findings] == ["checks.unit_dates"]


def test_hedged_figures_are_not_worked_out_again(catalogue):
    """ "Gần 8,8 tỷ" proves no percentage wrong."""
    hedged = figure("budget_revenue", "8756500000", hedge="nearly")
    items = [hedged, plan("budget_revenue", "8400000000"), figure("budget_revenue_attainment", "110", basis="council")]
    assert broken(items, catalogue) == []

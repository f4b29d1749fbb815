"""Figures in words: what is printed never says more than what is known."""

from dataclasses import replace
from decimal import Decimal

import pytest

from app.views import words

REVENUE, SPENDING, GROUPS, POOR = "budget_revenue", "budget_expenditure", "cultural_groups", "poor_household_rate"


def test_nothing_known_prints_a_dash(point):
    """Never 0, and no gap, no plan, no attainment."""
    row, here = point(REVENUE, plan=5)
    assert words.value_words(row, here, "vi") == "–"
    assert words.gap_words(row, here, "vi") == words.attainment_words(row, here, "vi") == ""


def test_an_attainment_just_under_the_plan_is_not_printed_as_100(point):
    """99,96 % prints with both decimals and is nearly met."""
    row, here = point(REVENUE, 9996e6, 10000e6)
    assert words.attained(here.status, row, "vi") == "99,96%"
    assert words.state_word(row, here.status, "vi") == "Gần đạt"


@pytest.mark.parametrize(
    ("indicator", "value", "plan", "said"),
    [
        (REVENUE, 49.09e9, 48.6e9, "+0,49 tỷ đồng"),
        (REVENUE, 48.1e9, 50e9, "−1,90 tỷ đồng"),
        (SPENDING, 41e9, 40e9, "+1,00 tỷ đồng"),
        (GROUPS, 13, 14, "−1 tổ"),
        ("cultural_families_rate", 91.6, 90, "+1,6 điểm %"),
        (POOR, 0.36, 0.40, "thấp hơn 0,04 điểm %"),
        (POOR, 0.41, 0.40, "cao hơn 0,01 điểm %"),
        ("conscription_rate", 100, 100, "đúng kế hoạch"),
    ],
)
def test_a_gap_is_said_in_its_own_unit(point, indicator, value, plan, said):
    """Points for rates; where lower is better in words, so that no minus stands beside a good sign."""
    row, here = point(indicator, value, plan)
    assert words.gap_words(row, here, "vi") == said


def test_spending_is_within_or_over_its_plan(point):
    """It neither exceeds nor misses anything."""
    for value, said in ((39, "Trong dự toán"), (41, "Vượt dự toán")):
        row, here = point(SPENDING, value, 40)
        assert words.state_word(row, here.status, "vi") == said


def test_a_printed_attainment_is_marked_and_says_that_the_giver_is_unstated(point):
    """Khương Thượng's 101 %."""
    row, here = point(REVENUE, printed=101, basis="unstated")
    assert words.value_words(row, here, "vi") == "101% dự toán"
    assert words.reported_words(here.status, "vi") == "theo báo cáo, kế hoạch không nêu bên giao"


def test_a_small_count_is_said_as_a_fraction(point):
    """13 of 14 groups, not 92,9 %."""
    row, here = point(GROUPS, 13, 14, of=18)
    assert words.attainment_words(row, here, "vi") == ""
    assert words.value_and_unit(row, here, "vi") == ("13/18", "(72,2%)")


def test_a_hedged_value_says_that_it_cannot_be_compared(point):
    """ "Khoảng" stays before the number."""
    row, here = point(REVENUE, 50e9, 50e9, hedge="about")
    assert words.value_words(row, here, "vi") == "khoảng 50 tỷ đồng"
    assert words.gap_words(row, here, "vi") == "số gần đúng, không so được với kế hoạch"


def test_a_plan_says_who_set_it_and_that_a_ceiling_is_one(point):
    """The report's silence is said too."""
    assert words.plan_words(*point(REVENUE, 5e9, 4e9, basis="unstated"), "vi") == (
        "Dự toán 4 tỷ đồng (báo cáo không nêu bên giao)"
    )
    assert words.plan_words(*point(POOR, 0.3, 0.4), "vi", with_basis=False) == "Kế hoạch tối đa 0,40%"


def test_names_keep_their_abbreviations_inside_a_sentence():
    """ "Thu NSNN" begins small, "UBND" does not."""
    assert words.lead_lower("Thu NSNN trên địa bàn") == "thu NSNN trên địa bàn"
    assert words.lead_lower("UBND phường") == "UBND phường"


def test_a_title_takes_the_first_wording_that_fits():
    """The last one where none does."""
    assert words.fitting(["x" * 91, "short"]) == "short"
    assert words.fitting(["x" * 91, "y" * 92]) == "y" * 92


def test_reports_are_named_while_they_are_few(point):
    """Two by name; more by number with the newest named."""
    _, here = point(REVENUE, 1)
    points = [replace(here, year=year, source=f"Báo cáo {year}") for year in (2018, 2019, 2020)]
    assert words.source_words(points[:2], "vi") == "Báo cáo 2019 · Báo cáo 2018"
    assert words.source_words(points, "vi") == "3 báo cáo, trong đó có Báo cáo 2020"


@pytest.mark.parametrize("value", ["0.36", "13.2", "90", "0"])
def test_a_rate_has_two_decimals_only_under_one_percent(value):
    """0,36% but 13,2% and 90%."""
    printed = {"0.36": "0,36%", "13.2": "13,2%", "90": "90%", "0": "0%"}
    assert words.rate_words(Decimal(value), "vi") == printed[value]

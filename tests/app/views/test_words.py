"""Figures in words: what is printed never says more than what is known."""

from dataclasses import replace
from decimal import Decimal

import pytest

from app.views import words
from core.series import Yearbook

REVENUE, SPENDING, GROUPS, POOR = "budget_revenue", "budget_expenditure", "cultural_groups", "poor_household_rate"
RATE, QUOTA = "cultural_families_rate", "conscription_rate"


@pytest.fixture
def point(catalogue, tidy_row, frame_of, old_ward):
    """A maker of (indicator, point) of 2020 from a value and a plan."""

    def make(indicator, value=None, plan=None, *, basis="assigned", of=None, printed=None, **more):
        rows = [tidy_row(indicator, 2020, value, of=of, **more)] if value is not None else []
        if plan is not None:
            rows.append(tidy_row(indicator, 2020, plan, scenario="plan", basis=basis))
        if printed is not None:
            rows.append(tidy_row(f"{indicator}_attainment", 2020, printed, basis=basis))
        book = Yearbook(catalogue, (old_ward.key,), frame_of(rows), years=(2020, 2020))
        return catalogue.indicators[indicator], book.series(indicator).at(2020)

    return make


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
    assert words.arithmetic(row, here, "vi") == "báo cáo ghi 101% > 100% → vượt"


def test_a_small_count_is_said_as_a_fraction(point):
    """13 of 14 groups, not 92,9 %."""
    row, here = point(GROUPS, 13, 14, of=18)
    assert words.attainment_words(row, here, "vi") == ""
    assert words.value_and_unit(row, here, "vi") == ("13/18", "(72,2%)")


SUMS = [
    # indicator, value, plan, more, what is printed
    (REVENUE, 49.09e9, 48.6e9, {}, "49,09 / 48,6 tỷ đồng = 101,0% > 100% → vượt"),
    (REVENUE, 48.6e9, 48.6e9, {}, "48,6 / 48,6 tỷ đồng = 100,0% ≥ 100% → đạt"),
    (REVENUE, 9996e6, 10000e6, {}, "9,996 / 10 tỷ đồng = 99,96% ≥ 95% → gần đạt"),
    (REVENUE, 102e9, 171e9, {}, "102 / 171 tỷ đồng = 59,6% < 95% → chưa đạt"),
    (REVENUE, 9e9, 8e9, {"basis": "unstated"}, "9 tỷ đồng − 8 tỷ đồng = +1 tỷ đồng > 0 → vượt"),
    (REVENUE, 7e9, 8e9, {"basis": "unstated"}, "7 tỷ đồng − 8 tỷ đồng = −1 tỷ đồng < −0,4 tỷ đồng → chưa đạt"),
    (REVENUE, 5e9, 0, {}, "5 tỷ đồng − 0 đồng = +5 tỷ đồng > 0 → vượt"),
    (REVENUE, -1e9, 10e9, {}, "−1 tỷ đồng − 10 tỷ đồng = −11 tỷ đồng < −0,5 tỷ đồng → chưa đạt"),
    (SPENDING, 37.2e9, 38.5e9, {}, "37,2 / 38,5 tỷ đồng = 96,6% ≤ 100% → trong dự toán"),
    (SPENDING, 40.004e9, 40e9, {}, "40,004 / 40,000 tỷ đồng = 100,01% > 100% → vượt dự toán"),
    (RATE, 92.4, 92, {}, "92,4% − 92% = +0,4 điểm % > 0 → vượt"),
    (RATE, 90, 90, {}, "90% − 90% = 0 điểm % ≥ 0 → đạt"),
    (RATE, 88, 90, {}, "88% − 90% = −2 điểm % ≥ −4,5 điểm % → gần đạt"),
    (RATE, 85.49, 90, {}, "85,5% − 90% = −4,51 điểm % < −4,5 điểm % → chưa đạt"),
    (POOR, 0.36, 0.40, {}, "0,36%, tối đa 0,40%: thấp hơn 0,04 điểm % → vượt"),
    (POOR, 0.41, 0.40, {}, "0,41%, tối đa 0,40%: cao hơn 0,01 điểm % ≤ 0,02 điểm % → gần đạt"),
    (POOR, 0.5, 0.40, {}, "0,50%, tối đa 0,40%: cao hơn 0,10 điểm % > 0,02 điểm % → chưa đạt"),
    (GROUPS, 26, 27, {"of": 30}, "26/30 = 86,7%; 26 / 27 tổ = 96,3% ≥ 95% → gần đạt"),
    (GROUPS, 13, 14, {}, "13 / 14 tổ = 92,9% < 95% → chưa đạt"),
    (QUOTA, 99.9, 100, {}, "99,9% − 100% = −0,1 điểm % < 0 → chưa đạt"),
    (QUOTA, 108, 100, {}, "108% − 100% = +8 điểm % ≥ 0 → đạt"),
]


@pytest.mark.parametrize(("indicator", "value", "plan", "more", "said"), SUMS)
def test_the_arithmetic_ends_in_the_limit_that_decided_and_the_state(point, indicator, value, plan, more, said):
    """A quotient where one says something, else the gap in the indicator's own unit."""
    assert words.arithmetic(*point(indicator, value, plan, **more), "vi") == said


def test_a_count_against_a_planned_rate_shows_its_share_of_the_whole_first(catalogue, tidy_row, frame_of, old_ward):
    """13 of 18 against 75 %: in points, and near from 71,25 %."""
    rows = [
        tidy_row(GROUPS, 2020, 13, of=18),
        tidy_row("cultural_groups_rate", 2020, 75, scenario="plan", basis="assigned"),
    ]
    here = Yearbook(catalogue, (old_ward.key,), frame_of(rows)).series(GROUPS).at(2020)
    row = catalogue.indicators[GROUPS]
    said = "13/18 = 72,2%; 72,2% − 75% = −2,8 điểm % ≥ −3,75 điểm % → gần đạt"
    assert words.arithmetic(row, here, "vi") == said
    assert words.state_lines(row, here, "vi") == said.split("; ")


def test_nothing_compared_shows_its_state_alone(point):
    """No plan, no arithmetic."""
    row, here = point(REVENUE, 5e9)
    assert words.arithmetic(row, here, "vi") == ""
    assert words.state_lines(row, here, "vi") == ["Chưa có chỉ tiêu"]


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
    assert words.source_words(points, "vi") == "3 báo cáo, gồm Báo cáo 2020"


@pytest.mark.parametrize("value", ["0.36", "13.2", "90", "0"])
def test_a_rate_has_two_decimals_only_under_one_percent(value):
    """0,36% but 13,2% and 90%."""
    printed = {"0.36": "0,36%", "13.2": "13,2%", "90": "90%", "0": "0%"}
    assert words.rate_words(Decimal(value), "vi") == printed[value]

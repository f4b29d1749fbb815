"""The arithmetic of a state ends in the limit that decided it."""

import pytest

from app.views.arithmetic import arithmetic, state_lines
from core.yearbook import Yearbook

REVENUE, SPENDING, GROUPS, POOR = "budget_revenue", "budget_expenditure", "cultural_groups", "poor_household_rate"
RATE, QUOTA = "cultural_families_rate", "conscription_rate"

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
    assert arithmetic(*point(indicator, value, plan, **more), "vi") == said


def test_a_count_against_a_planned_rate_shows_its_share_of_the_whole_first(catalogue, tidy_row, frame_of, old_ward):
    """13 of 18 against 75 %: in points, and near from 71,25 %."""
    rows = [
        tidy_row(GROUPS, 2020, 13, of=18),
        tidy_row("cultural_groups_rate", 2020, 75, scenario="plan", basis="assigned"),
    ]
    here = Yearbook(catalogue, (old_ward.key,), frame_of(rows)).series(GROUPS).at(2020)
    row = catalogue.indicators[GROUPS]
    said = "13/18 = 72,2%; 72,2% − 75% = −2,8 điểm % ≥ −3,75 điểm % → gần đạt"
    assert arithmetic(row, here, "vi") == said
    assert state_lines(row, here, "vi") == said.split("; ")


def test_nothing_compared_shows_its_state_alone(point):
    """No plan, no arithmetic."""
    row, here = point(REVENUE, 5e9)
    assert arithmetic(row, here, "vi") == ""
    assert state_lines(row, here, "vi") == ["Chưa có chỉ tiêu"]


def test_a_printed_attainment_is_put_beside_the_limit_it_passed(point):
    """Khương Thượng's 101 %."""
    row, here = point(REVENUE, printed=101, basis="unstated")
    assert arithmetic(row, here, "vi") == "báo cáo ghi 101% > 100% → vượt"

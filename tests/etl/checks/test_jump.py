"""What counts as a jump: slips do, honest years do not, and nothing is compared that cannot be."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.catalogue import load_catalogue
from core.figures import Figure, Origin, UnitKey
from etl.checks import check

UNIT = UnitKey("00238", date(1900, 1, 1))
KIM_LIEN, OLD_KIM_LIEN = UnitKey("00229", date(2025, 7, 1)), UnitKey("00229", date(1900, 1, 1))
TODAY = date(2027, 1, 5)
BILLION = 10**9


def figure(value, year=2020, indicator="budget_revenue_own", unit=UNIT, **more):
    return Figure(indicator, year, Decimal(value), unit, origin=Origin("Thu!C3", "table.wide"), **more)


def series(*values, first=2015, **more):
    return [figure(value, year, **more) for year, value in enumerate(values, start=first)]


def told(figures, stored=(), catalogue=None):
    found = check(figures, [], catalogue or load_catalogue(), TODAY, stored)
    return [finding for finding in found if finding.rule == "jump"]


PAST = series(8_790_000_000, 9_720_000_000, 10_270_000_000, 11_010_000_000, 12_380_000_000)


def test_the_remark_names_the_history_and_what_to_do():
    """The nearest years, oldest first, and the factor in round numbers."""
    (finding,) = told([figure(12_710 * BILLION)], PAST)
    assert finding.fault.sentence("vi") == (
        "Thu!C3: 'Thu ngân sách phường được hưởng' năm 2020 ghi 12.710 tỷ đồng, gấp khoảng 1.200 lần mức các năm gần "
        "nhất (10,27 tỷ đồng năm 2017; 11,01 tỷ đồng năm 2018; 12,38 tỷ đồng năm 2019). Hãy xem lại đơn vị tính, dấu "
        "phân cách và cột số; nếu số đúng thì giữ nguyên."
    )
    assert "about 1,200 times its nearest years (10.27 billion VND in 2017" in finding.fault.sentence("en")


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        (12_710_000, "chỉ bằng khoảng 1/870 mức"),
        (0, "Ô chưa có số thì để trống, đừng ghi 0"),
        (127_100_000_000, "gấp khoảng 12 lần mức"),
        (1_271_000_000, "chỉ bằng khoảng 1/8,7 mức"),
    ],
)
def test_slips_of_unit_and_digit_are_asked_about(value, sentence):
    """Down as well as up."""
    (finding,) = told([figure(value)], PAST)
    assert sentence in finding.fault.sentence("vi")


def test_percentages_differ_by_points():
    """Never by a factor."""
    past = series("97.8", "98.1", "98.4", indicator="onestop_on_time_rate", first=2017)
    (finding,) = told([figure("9.86", indicator="onestop_on_time_rate")], past)
    assert "thấp hơn 88,24 điểm % so với" in finding.fault.sentence("vi")
    past = series("0.49", "0.36", "0.31", indicator="poor_household_rate", first=2017)
    (finding,) = told([figure("3.6", indicator="poor_household_rate")], past)
    assert "cao hơn 3,24 điểm % so với" in finding.fault.sentence("vi")


@given(
    st.lists(st.floats(-0.3, 0.3), min_size=1, max_size=8),
    st.integers(10**9, 10**11),
    st.sampled_from(["1000", "0.001", "1000000", "0.000001"]),
)
def test_a_slip_of_the_unit_is_always_asked_about_and_thirty_percent_a_year_never(changes, start, slip):
    """However short the past, however it swings, for a ward's totals."""
    values = [start]
    for change in changes:
        values.append(round(values[-1] * (1 + change)))
    *past, new = series(*values, first=2010)
    assert told([new], past) == []
    assert len(told([replace(new, value=new.value * Decimal(slip))], past)) == 1


def test_one_wrong_year_in_the_past_makes_no_question_of_the_next():
    """Two of the nearest three are right."""
    wrong = [*PAST[:-1], replace(PAST[-1], value=PAST[-1].value * 1000)]
    assert told([figure(12_710_000_000)], wrong) == []


def test_in_a_table_of_many_years_only_the_wrong_one_is_asked_about():
    """The years of one report are each other's past."""
    rows = [*PAST, figure(12_710_000_000)]
    rows[2] = replace(rows[2], value=rows[2].value * 1000)
    assert [finding.item for finding in told(rows)] == [rows[2]]


def test_a_plan_is_held_against_what_was_reached():
    """Also of the same year, also where nothing else is known."""
    wrong = figure(12_600 * BILLION, scenario="plan", basis="council")
    assert [finding.item for finding in told([wrong, figure(12_710_000_000)])] == [wrong]
    assert told([replace(wrong, value=Decimal(12_600_000_000)), figure(12_710_000_000)]) == []


def test_a_final_account_is_held_against_the_actual_of_its_year():
    """The better known value of a year stands for it, and is no past of its own."""
    final = figure(12_710 * BILLION, scenario="final")
    assert [finding.item for finding in told([final], [figure(12_710_000_000)])] == [final]


def test_small_counts_may_swing():
    """Four households more or less are no question."""
    past = series(4, 9, 3, 6, indicator="complaints")
    assert told([figure(12, 2019, indicator="complaints")], past) == []
    assert len(told([figure(90, 2019, indicator="complaints")], past)) == 1


def test_a_series_that_swings_is_given_more_room():
    """A factor of four is usual here, and a question in a calm one."""
    wild = series(*(value * BILLION for value in (2, 9, 3, 11, 2, 8)), first=2014)
    calm = series(*(value * BILLION for value in (8, 9, 8, 9, 8, 9)), first=2014)
    new = figure(32 * BILLION)
    assert told([new], wild) == [] and len(told([new], calm)) == 1


@pytest.mark.parametrize(
    ("new", "past"),
    [
        (figure(999 * BILLION), series(BILLION, first=2014)),  # six years away
        (figure(999 * BILLION), series(BILLION, first=2019, member="x")),
        (figure(999 * BILLION), series(BILLION, first=2019, period="h1")),
        (figure(999 * BILLION), series(BILLION, first=2019, scenario="plan", basis="council")),
        (figure(999 * BILLION), series(BILLION, first=2019, indicator="budget_revenue")),
        (figure(999 * BILLION, period="part"), series(BILLION, first=2019, period="part")),
        (figure(999 * BILLION, 2026, unit=KIM_LIEN), series(BILLION, first=2024, unit=OLD_KIM_LIEN)),
        (figure(999 * BILLION, 2026, unit=KIM_LIEN), series(BILLION, first=2025, unit=KIM_LIEN)),  # half a year
        (figure(999, 2022, indicator="poor_households"), series(14, 15, first=2020, indicator="poor_households")),
        (figure(-999 * BILLION), series(BILLION, first=2019)),
        (replace(figure(999 * BILLION), unit=None), [replace(figure(BILLION, 2019), unit=None)]),
    ],
)
def test_what_cannot_be_compared_is_not(new, past):
    """Another part, period, scope or boundary, a new poverty standard, a unit nobody has named."""
    assert told([new], past) == []


def test_figures_of_a_new_unit_on_its_own_boundary_are_compared():
    """What it restates of earlier years is its past."""
    past = series(300 * BILLION, 320 * BILLION, first=2023, unit=KIM_LIEN)
    assert len(told([figure(350, 2026, unit=KIM_LIEN)], past)) == 1

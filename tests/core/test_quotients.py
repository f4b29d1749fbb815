"""A printed percentage and its two numbers: what rounding allows, and what it does not."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.quotients import agreeing, last_place, step_of

MILLION = 10**6


def test_nothing_agrees_with_a_quotient_whose_bottom_may_be_nothing():
    """A plan of 0, or one that its own rounding could make 0, has no percentage."""
    assert agreeing(Decimal(100), Decimal(5), Decimal(0)) is None
    assert agreeing(Decimal(100), Decimal(5), Decimal(5), bottom_step=Decimal(10)) is None


@pytest.mark.parametrize(
    ("printed", "top", "bottom", "agrees"),
    [
        ("60.1", 102, 171, False),
        ("59.6", 102, 171, True),
        ("60", 102, 171, True),
        ("72", 13, 18, True),
        ("72.2", 13, 18, True),
        ("72.3", 13, 18, False),
    ],
)
def test_counts_are_exact_and_only_the_percentage_is_rounded(printed, top, bottom, agrees):
    """102 of 171 may be printed as 59,6 or 60, never as 60,1."""
    assert agreeing(Decimal(printed), Decimal(top), Decimal(bottom)).holds(Decimal(printed)) is agrees


def test_amounts_may_have_been_rounded_before_they_were_printed():
    """104 % agrees with 8,756 tỷ of 8,4 tỷ, because 8,4 tỷ may be anything from 8,35 to 8,45."""
    value, plan = Decimal(8756 * MILLION), Decimal(8400 * MILLION)
    steps = {"top_step": step_of(value, "vnd"), "bottom_step": step_of(plan, "vnd")}
    assert agreeing(Decimal(104), value, plan, **steps).holds(Decimal(104))
    assert not agreeing(Decimal(107), value, plan, **steps).holds(Decimal(107))


@pytest.mark.parametrize(
    ("value", "unit", "rule", "step"),
    [
        (8_250_000_000, "vnd", "prose.amount", 10 * MILLION),
        (8_000_000_000, "vnd", "prose.amount", 1000 * MILLION),
        (8_000_000_000, "vnd", "table.wide", MILLION),
        (8_250_000, "vnd", "template", 10_000),
        ("104", "percent", "", 1),
        ("59.6", "percent", "table.wide", "0.1"),
        (13, "group", "", 0),
        (0, "vnd", "", 1),
    ],
)
def test_a_value_was_rounded_to_its_last_digit_but_tables_are_finer(value, unit, rule, step):
    """A sentence says 8 tỷ and means about that; a cell of 8 tỷ means 8.000 triệu."""
    assert step_of(Decimal(value), unit, rule) == Decimal(step)


def test_a_percentage_counts_in_ones_at_most():
    """100 % is not rounded to hundreds."""
    assert last_place(Decimal(100), "percent") == 1


@given(st.integers(0, 10**6), st.integers(1, 10**6), st.integers(0, 4))
def test_a_correctly_rounded_percentage_always_agrees(top, bottom, places):
    """Whatever the decimals: rounding alone is never a difference."""
    exact = Decimal(top) * 100 / Decimal(bottom)
    printed = round(exact, places)
    allowed = agreeing(printed, Decimal(top), Decimal(bottom))
    assert allowed.holds(printed)

"""A printed percentage and its two numbers: what rounding allows, and what it does not."""

from decimal import Decimal

import pytest
from hypothesis import assume, given
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


@pytest.mark.parametrize(
    ("value", "quote", "step"),
    [
        (8_400_000_000, "Thu NSNN | Kế hoạch (tỷ đồng): 8,4", 100 * MILLION),
        (8_400_000_000, "Thu NSNN | Kế hoạch (tỷ đồng): 8,400", MILLION),
        (8_400_000_000, "Thu NSNN | Kế hoạch 2020: 8.400", MILLION),
        (8_400_000_000, "Thu NSNN | 8400 triệu đồng", MILLION),
        (8_400_000_000, "Thu NSNN: 8 400 000", 1000),
        (8_756_250_000, "Thu NSNN: 8756.25", 10_000),
        (8_400_000_000, "Thu NSNN | ghi chú 5", MILLION),  # another number
        (8_400_000_000, "Thu NSNN: x", MILLION),
        (0, "Thu NSNN: 0", 1),
    ],
)
def test_what_a_cell_says_tells_to_which_step_it_was_rounded(value, quote, step):
    """Tables in tỷ are coarser than tables in triệu, and their zeros are not all written."""
    assert step_of(Decimal(value), "vnd", "table.wide", quote) == step


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


def said(amount, factor, places):
    """An amount rounded to so many decimals of thousands, millions or billions, with the sentence that says it."""
    number = round(amount / factor, places)
    return number * factor, f"Thu ngân sách: {number:f}".replace(".", ",")


AMOUNT = st.integers(10**8, 10**14).map(Decimal)
FACTOR = st.sampled_from([Decimal(1), Decimal(1000), Decimal(MILLION), Decimal(1000 * MILLION)])


@given(AMOUNT, AMOUNT, FACTOR, st.integers(0, 3), st.integers(0, 3), st.integers(0, 2),
       st.sampled_from(["table.wide", "form.117", "template", "prose.amount", ""]))  # fmt: skip
def test_an_honestly_rounded_percentage_of_honestly_rounded_amounts_always_agrees(
    top, bottom, factor, top_places, bottom_places, places, rule
):
    """Worked out from the exact amounts, printed beside the rounded ones, in tables and in sentences."""
    printed = round(top * 100 / bottom, places)
    (top, top_quote), (bottom, bottom_quote) = said(top, factor, top_places), said(bottom, factor, bottom_places)
    assume(top and bottom)  # nought billion says nothing
    steps = {
        "top_step": step_of(top, "vnd", rule, top_quote), "bottom_step": step_of(bottom, "vnd", rule, bottom_quote)
    }  # fmt: skip
    allowed = agreeing(printed, top, bottom, **steps)
    assert allowed is None or allowed.holds(printed)


@given(AMOUNT, AMOUNT, FACTOR, st.integers(0, 3), st.sampled_from(["0.01", "1", "30", "1000"]), st.booleans())
def test_a_percentage_outside_the_interval_never_agrees(top, bottom, factor, places, off, above):
    """However little it is off."""
    (top, top_quote), (bottom, bottom_quote) = said(top, factor, places), said(bottom, factor, places)
    steps = [step_of(each, "vnd", "table.wide", quote) for each, quote in ((top, top_quote), (bottom, bottom_quote))]
    assume(bottom - steps[1] / 2 > 0)
    sign = 1 if above else -1
    farthest = (top + sign * steps[0] / 2) / (bottom - sign * steps[1] / 2) * 100
    wrong = farthest + sign * (Decimal("0.005") + Decimal(off))  # printed with two decimals, it may be half of one off
    printed = wrong.quantize(Decimal("0.01"), rounding="ROUND_CEILING" if above else "ROUND_FLOOR")
    assume(printed.normalize().as_tuple().exponent == -2)
    assert not agreeing(printed, top, bottom, top_step=steps[0], bottom_step=steps[1]).holds(printed)

"""Axes: round ticks, honest starts, and outliers that flatten nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.views.axis import cut_at, line_range, nice_ticks, tick_text


def test_an_axis_without_length_has_one_tick():
    """Nothing to divide."""
    assert nice_ticks(3, 3) == [3]


@pytest.mark.parametrize(
    ("low", "high", "ticks"),
    [(0, 80, [0, 20, 40, 60, 80]), (0, 1.5, [0, 0.5, 1, 1.5]), (94.7, 100, [96, 98, 100]), (-3, 3, [-2, 0, 2])],
)
def test_ticks_are_round_numbers(low, high, ticks):
    """Steps of 1, 2, 2,5 or 5 times a power of ten."""
    assert nice_ticks(low, high) == ticks


def test_few_or_even_values_are_never_cut():
    """With one or two values nothing is an outlier; steady growth is none either."""
    assert cut_at([1, 600]) is None
    assert cut_at([19, 22, 28, 34, 42, 49, 57, 66]) is None
    assert cut_at([]) is None


def test_an_outlier_is_cut_above_everything_else():
    """608 beside values around 100: the axis ends a little above the largest ordinary one."""
    assert cut_at([100, 98, 110, 104, 608]) == pytest.approx(126.5)


def test_many_large_values_are_ordinary():
    """Where a third or more are large, they are the scale."""
    assert cut_at([1, 1, 1, 9, 9]) is None


@given(st.lists(st.just(0.0) | st.floats(1e-6, 1e12), min_size=1, max_size=20))
def test_a_line_stands_within_its_axis(values):
    """Every value lies between the ends, and an axis never begins under 0 for values that are not."""
    low, high = line_range(values)
    assert low <= min(values)
    assert max(values) <= high
    assert low >= 0


def test_a_line_far_above_zero_may_start_higher():
    """95 to 99 would be a flat line from 0; 10 to 90 starts at 0."""
    assert line_range([95, 99])[0] > 90
    assert line_range([10, 90])[0] == 0


def test_ticks_are_printed_by_the_one_formatter():
    """Comma and point as in the language."""
    assert [tick_text(1500.0, "vi"), tick_text(0.25, "vi"), tick_text(1500.0, "en")] == ["1.500", "0,25", "1,500"]

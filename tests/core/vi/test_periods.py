"""Periods: ids from months and quarters, and their names."""

import pytest

from core.vi.periods import period_name, period_of_months, period_of_quarter


def test_a_number_of_months_outside_a_year_is_refused():
    """0 and 13 months are no period of a year."""
    for months in (0, 13, -1):
        with pytest.raises(ValueError):
            period_of_months(months)
    assert period_of_quarter("V") is None
    with pytest.raises(KeyError):
        period_name("13m", "vi")


def test_months_and_quarters_have_one_id_each():
    """Six months are the first half, three the first quarter, twelve the year."""
    assert [period_of_months(months) for months in (3, 6, 9, 11, 12)] == ["q1", "h1", "9m", "11m", "year"]
    assert [period_of_quarter(number) for number in ("I", "ii", "3", "IV")] == ["q1", "q2", "q3", "q4"]


def test_periods_are_named_in_both_languages():
    """As screens print them."""
    assert (period_name("9m", "vi"), period_name("h1", "vi")) == ("9 tháng", "6 tháng đầu năm")
    assert (period_name("9m", "en"), period_name("year", "en")) == ("9 months", "full year")

"""How the command line says a period."""

import pytest

from etl.said import period_words


@pytest.mark.parametrize(
    ("period", "words"),
    [("year", "2020"), ("9m", "9 tháng năm 2020"), ("h1", "6 tháng đầu năm 2020"), ("term", "nhiệm kỳ đến 2020")],
)
def test_a_period_is_said_in_words(period, words):
    """'term' ends in the letter of the months and was said as 'ter tháng'."""
    assert period_words(period, 2020, "vi") == words

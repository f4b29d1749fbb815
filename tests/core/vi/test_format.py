"""The one number formatter: money, counts, percentages and differences in both languages."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.vi.format import format_gap, format_percent, format_value, pick_scale


def test_an_unknown_unit_is_an_error_and_a_missing_value_a_dash():
    """A missing value is never 0; a unit without words is a bug that shows at once."""
    with pytest.raises(KeyError):
        format_value(1, "parsec", "vi")
    assert format_value(None, "household", "vi") == format_value(float("nan"), "vnd", "en") == "–"
    assert format_percent(None, "vi") == format_gap(None, "percent", "vi") == "–"


@pytest.mark.parametrize(
    ("value", "vi", "en"),
    [
        (9_117_000_000, "9,117 tỷ đồng", "9.117 billion VND"),
        (Decimal("8254817000"), "8,255 tỷ đồng", "8.255 billion VND"),
        (265_000_000, "265 triệu đồng", "265 million VND"),
        (17_000_000_000_000, "17.000 tỷ đồng", "17,000 billion VND"),
        (0, "0 đồng", "0 VND"),
    ],
)
def test_money_reads_in_ty_and_trieu(value, vi, en):
    """Never Babel's short form, which people misread."""
    assert (format_value(value, "vnd", "vi"), format_value(value, "vnd", "en")) == (vi, en)


def test_an_axis_has_one_scale():
    """The largest value picks it and every value uses it."""
    scale = pick_scale(36_100_000_000, "vnd")
    assert (scale.label("vi"), scale.label("en")) == ("tỷ đồng", "billion VND")
    assert format_value(265_000_000, "vnd", "vi", scale=scale) == "0,265 tỷ đồng"
    assert pick_scale(18, "group").label("vi") == "tổ"
    assert pick_scale(None, "vnd").label("vi") == "đồng"


def test_counts_stand_with_their_total_and_hedge():
    """13 of 18 is written 13/18; "gần" is kept."""
    assert format_value(13, "group", "vi", of=18) == "13/18 tổ"
    assert format_value(66513, "household", "vi", of=73306) == "66.513/73.306 hộ"
    assert format_value(2000, "file", "vi", hedge="nearly") == "gần 2.000 hồ sơ"


@pytest.mark.parametrize(
    ("value", "against", "printed"),
    [
        (101, None, "101%"), (Decimal("96.46"), None, "96,5%"), (Decimal("99.96"), None, "100%"),
        (Decimal("99.96"), 100, "99,96%"), (Decimal("99.9999999"), 100, "99,99%"), (Decimal("100.02"), 100, "100,02%"),
        (100.00000000000001, 100, "100%"), (100, 100, "100%"), (Decimal("94.99"), 95, "94,99%"), (101.0, None, "101%"),
    ],
)  # fmt: skip
def test_percentages_never_round_onto_a_threshold_they_miss(value, against, printed):
    """99.96 is not 100 where 100 is the target; arithmetic's dust is."""
    assert format_percent(value, "vi", against=against) == printed


def test_english_percentages_use_the_point_and_fixed_decimals_stay():
    """A column may ask for its decimals."""
    assert format_percent(Decimal("96.46"), "en") == "96.5%"
    assert format_percent(101, "vi", decimals=1) == "101,0%"


@given(st.decimals(min_value=0, max_value=700, places=9), st.sampled_from([Decimal(100), Decimal(95)]))
def test_print_and_threshold_agree(value, threshold):
    """The printed percentage equals the threshold only where the value does."""
    printed = format_percent(value, "en", against=threshold)
    assert (Decimal(printed.rstrip("%").replace(",", "")) == threshold) == (value == threshold)


def test_gaps_carry_their_sign_and_points():
    """True minus, plus sign, percentage points; nothing before zero."""
    assert format_gap(Decimal("1.5"), "percent", "vi") == "+1,5 điểm %"
    assert format_gap(-3, "group", "vi") == "−3 tổ"
    assert format_gap(0, "household", "vi") == "0 hộ"
    assert format_gap(-1_200_000_000, "vnd", "vi") == "−1,2 tỷ đồng"
    assert format_gap(Decimal("-0.04"), "percent", "vi") == "−0,04 điểm %"
    assert format_gap(3, "percent", "en") == "+3 pp"

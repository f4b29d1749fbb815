"""The message of the culture screen and the shares of families and agencies."""

from __future__ import annotations

import pandas as pd
import pytest

from app.views.culture import SHARES, message, share, share_series
from core.yearbook import Yearbook


@pytest.fixture
def book(catalogue, old_ward, new_ward, frame_of):
    """A maker of a yearbook of both wards from rows."""
    return lambda rows: Yearbook(catalogue, (old_ward.key, new_ward.key), frame_of(rows))


def test_a_year_without_a_count_says_so(book, tidy_row):
    """Never a nought."""
    made = book([tidy_row("cultural_groups", 2019, 14, of=18), tidy_row("cultural_groups", 2021, 13, of=18)])
    assert message(made, pd.DataFrame(), 2020, "vi")[0] == "Năm 2020 chưa có số liệu tổ dân phố văn hóa"


@pytest.mark.parametrize(
    ("plan", "said"),
    [
        ({}, ""),
        ({"value": 14}, ", thiếu 1 tổ so với kế hoạch"),
        ({"value": 13}, ", đúng kế hoạch"),
        ({"value": 11}, ", hơn kế hoạch 2 tổ"),
        ({"rate": 75}, ", thiếu 1 tổ so với kế hoạch 75%"),
        ({"rate": 70}, ", đạt kế hoạch 70%"),
    ],
)
def test_the_fraction_is_held_against_whichever_plan_was_given(book, tidy_row, plan, said):
    """A planned count or a planned rate; without a plan nothing is compared."""
    rows = [tidy_row("cultural_groups", 2020, 13, of=18)]
    if "value" in plan:
        rows.append(tidy_row("cultural_groups", 2020, plan["value"], scenario="plan", basis="assigned"))
    if "rate" in plan:
        rows.append(tidy_row("cultural_groups_rate", 2020, plan["rate"], scenario="plan", basis="assigned"))
    title, lead = message(book(rows), pd.DataFrame(), 2020, "vi")
    assert title == "13/18 tổ dân phố đạt văn hóa năm 2020" + said
    assert "Báo cáo không nêu tên tổ." in lead


def test_years_on_two_sides_of_a_merger_are_not_compared(book, tidy_row, new_ward):
    """The lead says why."""
    rows = [tidy_row("cultural_groups", 2024, 17, of=18), tidy_row("cultural_groups", 2025, 26, of=30, unit=new_ward),
            tidy_row("cultural_families_rate", 2024, 92.9),
            tidy_row("cultural_families_rate", 2025, 92.4, unit=new_ward)]  # fmt: skip
    made = book(rows)
    assert "từ 1/7/2025: không so với các năm trước" in message(made, pd.DataFrame(), 2025, "vi")[1]
    assert share(made, *SHARES[0], 2025, new_ward, "vi").title == "Tỷ lệ gia đình văn hóa: 92,4% năm 2025"


def test_a_line_needs_two_years(book, tidy_row, old_ward):
    """One year is a figure, drawn as such by the screen."""
    made = book([tidy_row("cultural_families_rate", 2020, 91.6)])
    assert share(made, *SHARES[0], 2020, old_ward, "vi") is None
    assert share_series(made, *SHARES[0]).indicator.id == "cultural_families_rate"


def test_the_title_tells_how_far_a_share_moved(book, tidy_row, old_ward):
    """In percentage points, from the first year of the same boundary."""
    made = book([tidy_row("cultural_families_rate", 2011, 83.9), tidy_row("cultural_families_rate", 2020, 91.6)])
    view = share(made, *SHARES[0], 2020, old_ward, "vi")
    assert view.title == "Tỷ lệ gia đình văn hóa: 91,6% năm 2020, tăng 7,7 điểm % từ 2011"
    assert share(made, *SHARES[0], 2015, old_ward, "vi").title.endswith("năm 2015 chưa có số liệu")


def test_under_a_base_of_thirty_the_fraction_is_shown_and_not_the_percentage(book, tidy_row, old_ward):
    """11 of 12 agencies, not 91,7 %."""
    rows = [tidy_row("cultural_agencies", year, value, of=of) for year, value, of in ((2019, 10, 11), (2020, 11, 12))]
    rows += [tidy_row("cultural_agencies_rate", 2020, 91.7, method="computed")]
    assert "11/12" in share(book(rows), *SHARES[1], 2020, old_ward, "vi").title

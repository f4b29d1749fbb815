"""What can be chosen: which ward first, under which label."""

from __future__ import annotations

from datetime import date

import pandas as pd
from streamlit.testing.v1 import AppTest

from app.ui.choices import default_unit, unit_labels
from core.catalogue import load_catalogue
from core.places import Unit

MERGER = date(2025, 6, 30)


def unit(code: str, name: str, *, district="Quận A", since=date(1900, 1, 1), until: date | None = MERGER) -> Unit:
    """A ward of one province."""
    return Unit(code, since, until, name, "phường", district, "Thành phố Hà Nội")


def test_a_ward_that_ended_is_labelled_with_its_last_day():
    """The new ward of the same name with its first; one that simply exists with its name alone."""
    old = unit("1", "Phường Láng")
    new = unit("2", "Phường Láng", district="", since=date(2025, 7, 1), until=None)
    other = unit("3", "Phường Bạch Mai", district="", since=date(2025, 7, 1), until=None)
    assert list(unit_labels([old, new, other]).values()) == [
        "Phường Láng (–30/6/2025)", "Phường Láng (1/7/2025–)", "Phường Bạch Mai",
    ]  # fmt: skip


def test_two_wards_of_one_name_and_time_are_told_apart_by_district_and_at_last_by_code():
    """Labels stand in the address and must lead to one ward each."""
    labels = unit_labels([unit("1", "Phường A"), unit("2", "Phường A", district="Quận B"), unit("3", "Phường A")])
    assert len(set(labels.values())) == 3
    assert labels[unit("2", "Phường A", district="Quận B")] == "Phường A (–30/6/2025), Quận B"


def test_the_ward_with_most_years_stands_first():
    """Among equal runs of years the one with more figures."""
    rows = [
        {"unit_code": "00238", "unit_from": date(1900, 1, 1), "first_year": 2020, "last_year": 2020, "figures": 900},
        {"unit_code": "MAU02", "unit_from": date(1900, 1, 1), "first_year": 2011, "last_year": 2024, "figures": 80},
        {"unit_code": "MAU01", "unit_from": date(1900, 1, 1), "first_year": 2011, "last_year": 2024, "figures": 90},
    ]
    assert default_unit(pd.DataFrame(rows), load_catalogue()).code == "MAU01"


def test_of_a_ward_that_went_into_one_of_its_name_the_one_of_today_stands_first():
    """Its screens show the years before as well; without a figure of its own it is not offered."""
    rows = [
        {"unit_code": "MAU01", "unit_from": date(1900, 1, 1), "first_year": 2011, "last_year": 2025, "figures": 900},
        {"unit_code": "MAU02", "unit_from": date(1900, 1, 1), "first_year": 2023, "last_year": 2024, "figures": 20},
        {"unit_code": "MAU03", "unit_from": date(2025, 7, 1), "first_year": 2025, "last_year": 2025, "figures": 80},
    ]
    assert default_unit(pd.DataFrame(rows), load_catalogue()).code == "MAU03"
    assert default_unit(pd.DataFrame(rows[:2]), load_catalogue()).code == "MAU01"


def years_page() -> None:
    """A page with nothing but the year picker."""
    import streamlit as st

    from app.ui.choices import choose_year

    st.text(str(choose_year(range(2018, 2022), "vi")))


def test_a_year_in_the_address_that_does_not_exist_gives_the_newest():
    """Also one that is no number at all."""
    for asked in ("1800", "abc", "", "2020.5", "<b>"):
        page = AppTest.from_function(years_page)
        page.query_params["nam"] = asked
        assert page.run(timeout=20).text[0].value == "2021", asked


def test_the_year_of_the_address_is_chosen_and_stepped_from():
    """The buttons name the years beside it; at the end of the row the one beyond cannot be pressed."""
    page = AppTest.from_function(years_page)
    page.query_params["nam"] = "2020"
    page.run(timeout=20)
    assert page.text[0].value == "2020" and [button.label for button in page.button] == ["‹ 2019", "2021 ›"]
    page.button[1].click().run(timeout=20)
    assert page.text[0].value == "2021" and page.button[1].disabled


def no_years_page() -> None:
    """A ward without any figure."""
    import streamlit as st

    from app.ui.choices import choose_year

    st.text(str(choose_year([], "vi")))


def test_without_years_there_is_nothing_to_choose():
    """And no year is made up."""
    page = AppTest.from_function(no_years_page).run(timeout=20)
    assert page.text[0].value == "None" and not page.selectbox

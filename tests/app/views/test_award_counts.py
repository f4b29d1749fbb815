"""Counts by level: the register where it speaks, else the report; missing is not nought."""

from __future__ import annotations

import math
from datetime import date

import pandas as pd
import pytest

from app.views.award_counts import AwardBook, award_rows, level_end


@pytest.fixture
def award(tidy_row):
    """A maker of one row of tidy_awards; with an honour it is one of the register."""

    def make(year, count, *, level="", recipient="collective", honour="", grade="", registered=None, **more):
        register = bool(honour) if registered is None else registered
        name = "" if register else f"award_{recipient}s_{level}".rstrip("_")
        row = tidy_row(name, year, count, source="register: so.xlsx" if register else "figure: bao-cao.docx", **more)
        return row | {"honour": honour, "class": grade, "level": level, "recipient": recipient, "mode": "regular",
                      "decision_no": ""}  # fmt: skip

    return make


@pytest.fixture
def book(catalogue, old_ward, new_ward, frame_of):
    """A maker of an award book of both wards over some years."""
    return lambda rows, years=(2018, 2020): AwardBook(
        catalogue, (old_ward.key, new_ward.key), frame_of(rows) if rows else pd.DataFrame(), years
    )


def test_a_year_nobody_wrote_of_is_missing_and_one_in_the_register_without_a_row_is_none(book, award):
    """The register lists what was given; where there is no register nothing is known."""
    rows = [award(2020, 12, level="ward", honour="gk_phuong"), award(2019, 1, level="central", honour="bk_thu_tuong")]
    made = book(rows)
    states = {year: made.cell(made.at(year), "ward", "collective").state for year in (2018, 2019, 2020)}
    assert states == {2018: "missing", 2019: "none", 2020: "given"}
    assert math.isnan(made.total(made.at(2018), "collective"))


def test_cultural_titles_are_no_commendations(catalogue, award, frame_of):
    """13 groups with the title add nothing to the awards."""
    rows = award_rows(frame_of([award(2020, 13, level="ward", honour="tdp_van_hoa")]), catalogue)
    assert rows.empty


def test_a_report_total_and_the_register_are_never_added(book, award):
    """The sum of the register is the total; the report's number is kept beside it."""
    made = book([award(2020, 24, level="ward", honour="gk_phuong"), award(2020, 30)])
    assert made.total(made.at(2020), "collective") == 24
    assert made.printed_total(made.at(2020), "collective") == 30


def test_without_a_register_the_total_is_the_reports_own(book, award):
    """Levels a report names are part of its total, not all of it."""
    made = book([award(2020, 40, level="ward"), award(2020, 48)])
    assert made.total(made.at(2020), "collective") == 48


@pytest.mark.parametrize(("year", "level"), [(2020, "district"), (2025, "ward")])
def test_a_title_counted_without_a_level_stands_where_it_was_given(catalogue, award, frame_of, year, level):
    """Grassroots fighters: the district's chair until June 2025, the ward's after."""
    row = award(year, 8, recipient="individual", honour="cstdcs", registered=False)
    assert list(award_rows(frame_of([row]), catalogue)["level"]) == [level]


def test_the_district_ended_in_june_2025(book, award, catalogue, new_ward):
    """By the catalogue's grantors; a merged ward has no district, whatever the year says."""
    assert level_end(catalogue, "district") == date(2025, 6, 30)
    assert level_end(catalogue, "ward") is None
    old = award(2024, 9, level="district", honour="gk_huyen")
    made = book([old, award(2025, 41, level="ward", honour="gk_phuong", unit=new_ward)], (2024, 2025))
    assert made.cell(made.at(2025), "district", "collective").state == "ended"
    assert not made.comparable(made.at(2024), made.at(2025)) and made.breaks[0].at == 1

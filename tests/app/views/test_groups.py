"""Which group held the title when: names, states, streaks."""

from __future__ import annotations

import pytest

from app.views.groups import joined, natural, short_name, streak, title_states
from core.yearbook import Yearbook


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Tổ dân phố số 7", "TDP 7"), ("Tổ dân phố 12", "TDP 12"), ("TỔ DÂN PHỐ SỐ 3", "TDP 3"),
        ("Khu phố 4", "KP 4"), ("Thôn Đông", "Thôn Đông"), ("Tổ dân phố", "Tổ dân phố"),
    ],
)  # fmt: skip
def test_a_long_name_becomes_what_a_square_has_room_for(name, short):
    """Only the kind is shortened; a bare kind and other names stay."""
    assert short_name(name) == short


def test_two_comes_before_ten():
    """Numbers in names are compared as numbers."""
    assert sorted(["TDP 10", "TDP 2", "TDP 1"], key=natural) == ["TDP 1", "TDP 2", "TDP 10"]


def test_what_names_have_in_common_is_said_once():
    """A list reads as people write it, also where the names differ."""
    assert joined(["TDP 7", "TDP 10", "TDP 18"], "vi") == "TDP 7, 10 và 18"
    assert joined(["Thôn Đông", "Thôn Đoài"], "vi") == "Thôn Đông và Thôn Đoài"
    assert joined(["TDP 7"], "en") == "TDP 7"


def test_a_year_without_figures_ends_a_run_of_years():
    """Nothing is known of that year, so nothing is claimed across it."""
    known = [(2011, "reached"), (2012, "reached"), (2013, "unknown"), (2014, "reached"), (2015, "reached")]
    assert streak(known, 2015) == 2
    assert streak(known, 2013) == 0


def test_without_titles_there_are_no_states(catalogue, old_ward, tidy_row, frame_of, group_list):
    """A list of groups alone says nothing of who reached the title."""
    book = Yearbook(catalogue, (old_ward.key,), frame_of([tidy_row("cultural_groups", 2020, 13, of=18)]))
    assert title_states(book, group_list(["Tổ dân phố 1"]), old_ward.key).empty


def test_a_group_is_absent_before_it_was_made_and_after_it_was_merged(
    catalogue, old_ward, tidy_row, frame_of, group_list
):
    """Dates of the list make "before" and "after"; a year nobody was judged in stays unknown."""
    groups = group_list(["Tổ dân phố 1", "Tổ dân phố 2"], since={"Tổ dân phố 2": "2019-01-01"},
                        until={"Tổ dân phố 1": "2019-12-31"})  # fmt: skip
    told = ((2018, 1, "1"), (2019, 0, "1"), (2019, 1, "2"), (2021, 1, "2"))
    rows = [
        tidy_row("cultural_group_title", year, value, member=f"MAU01-Tổ dân phố {name}") for year, value, name in told
    ]
    book = Yearbook(catalogue, (old_ward.key,), frame_of(rows))
    states = title_states(book, groups, old_ward.key).set_index(["short", "year"])["state"]
    assert states["TDP 1"].to_dict() == {2018: "reached", 2019: "missed", 2020: "after", 2021: "after"}
    assert states["TDP 2"].to_dict() == {2018: "before", 2019: "reached", 2020: "unknown", 2021: "reached"}


def test_a_group_without_dates_is_there_from_its_first_row(catalogue, old_ward, tidy_row, frame_of, group_list):
    """No source dates it: the list it first stood in does, and the screen says so."""
    title, first, second = "cultural_group_title", "MAU01-Tổ dân phố 1", "MAU01-Tổ dân phố 2"
    rows = [tidy_row(title, 2018, 1, member=first), tidy_row(title, 2019, 1, member=first),
            tidy_row(title, 2019, 1, member=second)]  # fmt: skip
    book = Yearbook(catalogue, (old_ward.key,), frame_of(rows))
    states = title_states(book, group_list(["Tổ dân phố 1", "Tổ dân phố 2"]), old_ward.key)
    late = states[states["short"] == "TDP 2"]
    assert list(late["state"]) == ["before", "reached"] and late["listed"].all()

"""The squares of one year: named only where a source names the groups."""

from __future__ import annotations

import pandas as pd
import pytest

from app.views.waffle import waffle_view
from core.yearbook import Yearbook

TITLE = "cultural_group_title"


@pytest.fixture
def squares(catalogue, old_ward, tidy_row, frame_of, group_list):
    """A maker of the view of 2020 for so many groups, of which every fourth missed the title."""

    def make(count, lang="vi", rows=()):
        names = [f"Tổ dân phố số {number}" for number in range(1, count + 1)]
        titles = [tidy_row(TITLE, 2020, place % 4 != 3, member=f"MAU01-{name}") for place, name in enumerate(names)]
        book = Yearbook(catalogue, (old_ward.key,), frame_of([*titles, *rows]))
        return waffle_view(book, group_list(names), 2020, old_ward, lang)

    return make


def test_a_count_without_a_whole_draws_nothing(catalogue, old_ward, tidy_row, frame_of):
    """13 groups out of nobody knows how many are no squares."""
    book = Yearbook(catalogue, (old_ward.key,), frame_of([tidy_row("cultural_groups", 2020, 13)]))
    assert waffle_view(book, pd.DataFrame(), 2020, old_ward, "vi") is None
    assert waffle_view(book, pd.DataFrame(), 2031, old_ward, "vi") is None


def test_unnamed_groups_stay_unnamed(catalogue, old_ward, tidy_row, frame_of):
    """13 of 18 are 18 squares without a name, 13 filled, with the words that the report names none."""
    book = Yearbook(catalogue, (old_ward.key,), frame_of([tidy_row("cultural_groups", 2020, 13, of=18)]))
    view = waffle_view(book, pd.DataFrame(), 2020, old_ward, "vi")
    assert view.detail["form"] == "unnamed"
    assert list(view.frame["state"]) == ["reached"] * 13 + ["missed"] * 5
    assert set(view.frame["name"]) == {""}
    assert "báo cáo không nêu tên tổ" in view.detail["words"] and "báo cáo không nêu tên tổ" in view.title
    assert "13/18 (72,2%)" in view.subtitle


@pytest.mark.parametrize(
    ("count", "form"), [(1, "named"), (24, "named"), (25, "numbered"), (60, "numbered"), (61, "share"), (92, "share")]
)
def test_the_form_follows_how_many_can_be_read(squares, count, form):
    """Names to 24, numbers to 60, one filled share above."""
    view = squares(count)
    assert view.detail["form"] == form
    assert len(view.table.rows) == count


def test_where_squares_have_no_names_the_missed_are_listed(squares):
    """The list stands in the notes, the whole of it in the table."""
    view = squares(40)
    assert any("TDP 4, 8, 12" in note for note in view.notes)
    assert list(view.frame["name"][:3]) == ["1", "2", "3"]


def test_the_squares_say_what_the_hall_asks(catalogue, old_ward, tidy_row, frame_of, group_list):
    """Held for years, regained, new, lost this year, never reached, not assessed."""
    history = {"1": "111", "2": "101", "3": "001", "4": "110", "5": "000", "6": "10-"}
    rows = [
        tidy_row(TITLE, 2018 + place, sign == "1", member=f"MAU01-Tổ dân phố {name}")
        for name, signs in history.items() for place, sign in enumerate(signs) if sign != "-"
    ]  # fmt: skip
    groups = group_list([f"Tổ dân phố {name}" for name in history], since={"Tổ dân phố 6": "2000-01-01"})
    view = waffle_view(Yearbook(catalogue, (old_ward.key,), frame_of(rows)), groups, 2020, old_ward, "vi")
    assert list(view.frame["note"]) == [
        "✓ 3 năm liền", "✓ mới đạt lại", "✓ mới đạt", "vừa mất", "chưa đạt", "không xét",
    ]  # fmt: skip
    assert view.title == "2 tổ chưa đạt: TDP 4 và 5"


def test_a_report_that_counts_otherwise_than_its_list_is_said(squares, tidy_row):
    """Both numbers stay, and the note names them."""
    view = squares(8, rows=[tidy_row("cultural_groups", 2020, 7, of=8)])
    assert "Báo cáo ghi 7/8, danh sách từng tổ cho 6/8; cả hai được giữ lại." in view.notes


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("count", [4, 18, 40, 92])
def test_every_form_keeps_the_rules_of_a_view(squares, count, lang):
    """A title with a number, at most 90 characters; an alternative text of at most two sentences; a table."""
    view = squares(count, lang)
    assert len(view.title) <= 90 and any(letter.isdigit() for letter in view.title)
    assert view.alt.count(". ") <= 1 and view.table.rows and view.is_sample


def test_a_group_of_later_years_says_its_first_year_as_a_year(catalogue, old_ward, tidy_row, frame_of, group_list):
    """Beside groups that no source dates; 2019 and not 2019.0."""
    history = {"1": "111", "2": "-11"}
    rows = [
        tidy_row(TITLE, 2018 + place, sign == "1", member=f"MAU01-Tổ dân phố {name}")
        for name, signs in history.items() for place, sign in enumerate(signs) if sign != "-"
    ]  # fmt: skip
    groups = group_list([f"Tổ dân phố {name}" for name in history])
    view = waffle_view(Yearbook(catalogue, (old_ward.key,), frame_of(rows)), groups, 2018, old_ward, "vi")
    assert list(view.frame["note"]) == ["✓ đạt", "có từ 2019"]

"""Groups by year: one bar a run of years, a changing number of groups, the merger."""

from __future__ import annotations

import pytest

from app.views.matrix import matrix_view
from core.yearbook import Yearbook

TITLE = "cultural_group_title"


@pytest.fixture
def history(catalogue, old_ward, new_ward, tidy_row, frame_of, group_list):
    """A maker: {"1": "101"} is group 1 over three years from 2022; the new ward has a count for 2025."""

    def make(signs, year, lang="vi", **dates):
        names = [f"Tổ dân phố {name}" for name in signs]
        rows = [
            tidy_row(TITLE, 2022 + place, sign == "1", member=f"MAU01-{name}")
            for name, told in zip(names, signs.values(), strict=True)
            for place, sign in enumerate(told) if sign != "-"
        ]  # fmt: skip
        rows.append(tidy_row("cultural_groups", 2025, 26, of=30, unit=new_ward))
        book = Yearbook(catalogue, (old_ward.key, new_ward.key), frame_of(rows))
        return matrix_view(book, group_list(names, **dates), year, old_ward, lang)

    return make


def test_one_year_of_titles_is_no_matrix(history):
    """There is nothing to follow over the years."""
    assert history({"1": "1--", "2": "0--"}, 2022) is None


def test_the_end_of_each_line_says_how_long_the_title_was_held(history):
    """Years in a row to the chosen year; a miss is said."""
    view = history({"1": "111", "2": "011", "3": "110"}, 2024)
    assert [words for words, _ in view.detail["streaks"]] == ["3 năm liền", "2 năm liền", "không đạt"]
    assert history({"1": "111", "2": "011", "3": "110"}, 2023).detail["streaks"][2] == ("2 năm liền", "plain")


def test_the_merger_is_an_empty_slot_and_a_note(history):
    """The old groups end before it; the new boundary's count stands beyond it, joined to nothing."""
    view = history({"1": "111", "2": "011"}, 2025)
    assert view.detail["slots"] == ("2022", "2023", "2024", "", "2025")
    assert view.detail["chosen"] == 4 and view.detail["fractions"][4] == "26/30"
    assert view.frame["slot"].max() == 2
    assert any("1/7/2025" in note and "không nối tiếp" in note for note in view.notes)
    assert view.detail["streak_head"] == "Liên tục đến 2024"
    assert view.detail["keys"][0] == ("filled", "Đạt, đến 2024")


def test_groups_that_came_later_or_were_merged_stand_in_a_dotted_box(history):
    """With the year, and the group that took them in; two that went together share a bracket."""
    view = history(
        {"1": "111", "2": "1--", "3": "1--", "4": "-11"}, 2024, since={"Tổ dân phố 4": "2023-01-01"},
        until={"Tổ dân phố 2": "2022-12-31", "Tổ dân phố 3": "2022-12-31"},
        successor={"Tổ dân phố 2": "MAU01-Tổ dân phố 1", "Tổ dân phố 3": "MAU01-Tổ dân phố 1"},
    )  # fmt: skip
    assert set(view.detail["boxes"]) == {
        (1, 1, 2, "nhập vào TDP 1 từ 2023"), (2, 1, 2, "nhập vào TDP 1 từ 2023"), (3, 0, 0, "thành lập năm 2023"),
    }  # fmt: skip
    assert view.detail["brackets"] == ((1, 1, 2),)


def test_of_very_many_groups_only_those_that_ever_missed_are_shown(history):
    """A page of a hundred full bars says nothing."""
    signs = {str(number): "111" if number > 5 else "101" for number in range(1, 71)}
    view = history(signs, 2024)
    assert view.frame["name"].nunique() == 5 and "Chỉ các tổ" in view.subtitle
    assert view.title.startswith("70 tổ") or view.title.startswith("65 tổ")


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_matrix_keeps_the_rules_of_a_view(history, lang):
    """A title with a number, at most 90 characters; a table with a row a group."""
    view = history({"1": "111", "2": "000"}, 2024, lang)
    assert len(view.title) <= 90 and any(letter.isdigit() for letter in view.title)
    assert view.alt.count(". ") <= 1
    assert len(view.table.rows) == 2 and len(view.table.header) == len(view.table.rows[0])


def test_the_title_says_that_a_run_may_be_longer_and_to_which_year(history):
    """ "Từ … năm liền trở lên" holds the longer runs too; the last year stands after it."""
    assert history({"1": "111", "2": "111", "3": "011"}, 2024).title == "2 tổ giữ danh hiệu 3 năm liền, đến 2024"
    assert history({"1": "010", "2": "101"}, 2023).title.startswith("0 tổ giữ danh hiệu từ hai năm liền trở lên")

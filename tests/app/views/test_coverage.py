"""What is known of which year, and from what kind of figure."""

from __future__ import annotations

from datetime import date

import pytest

from app.views.coverage import STATES, coverage_view, followed
from app.views.owners import owed, owners, owners_title
from core.yearbook import Yearbook

TODAY = date(2026, 1, 10)
REVENUE, GROUPS, FAMILIES = "budget_revenue", "cultural_groups", "cultural_families_rate"


@pytest.fixture
def book(catalogue, frame_of, new_ward):
    """A maker of the new ward's yearbook."""
    return lambda rows: Yearbook(catalogue, (new_ward.key,), frame_of(rows))


@pytest.fixture
def row(tidy_row, new_ward):
    """A maker of one tidy row of the new ward."""
    return lambda *given, **more: tidy_row(*given, unit=new_ward, **more)


def state_of(view, name, year):
    """The state of one cell."""
    cells = view.frame
    return cells.loc[(cells["name"] == name) & (cells["year"] == year), "state"].item()


def test_a_book_without_years_has_no_coverage(book, row, new_ward):
    """A plan alone opens no year."""
    assert coverage_view(book([row(REVENUE, 2026, 5, scenario="plan", basis="council")]), [], new_ward, None, TODAY,
                         "vi") is None  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "state"),
    [
        ({}, "reported"),
        ({"scenario": "final"}, "reported"),
        ({"method": "computed"}, "computed"),
        ({"scenario": "estimate"}, "estimate"),
        ({"scenario": "plan", "basis": "council"}, "plan"),
    ],
)
def test_each_kind_of_figure_has_its_own_state(book, row, new_ward, kind, state):
    """An estimate is no report, a computed value neither, a plan is no figure."""
    view = coverage_view(book([row(REVENUE, 2025, 5e9, **kind), row(FAMILIES, 2025, 90)]), [], new_ward, 2025, TODAY,
                         "vi")  # fmt: skip
    assert state_of(view, "Thu NSNN trên địa bàn", 2025) == state


def test_what_is_not_there_is_overdue_only_after_its_due_date(book, row, new_ward):
    """On 10 January 2026 the cultural title of 2025 is overdue, the budget of 2025 has until the 31st."""
    view = coverage_view(book([row("onestop_on_time_rate", 2025, 99)]), [], new_ward, 2025, TODAY, "vi")
    assert state_of(view, "Tổ dân phố văn hóa", 2025) == "missing"
    assert state_of(view, "Thu NSNN trên địa bàn", 2025) == "not_due"
    assert view.title.startswith("Năm 2025: 1/")


def test_a_count_and_its_rate_are_one_line(book, row, new_ward):
    """The rate alone is enough; the line bears the name of the one on the overview."""
    view = coverage_view(book([row(FAMILIES, 2025, 92)]), [], new_ward, 2025, TODAY, "vi")
    assert state_of(view, "Tỷ lệ gia đình văn hóa", 2025) == "reported"
    assert "Gia đình văn hóa" not in set(view.frame["name"])


def test_a_printed_percentage_alone_counts_as_reported(book, row, new_ward):
    """101 % without the amount is a figure of that year."""
    view = coverage_view(book([row("budget_revenue_attainment", 2025, 101, basis="unstated")]), [], new_ward, 2025,
                         TODAY, "vi")  # fmt: skip
    assert state_of(view, "Thu NSNN trên địa bàn", 2025) == "reported"


def test_awards_are_one_line_answered_by_register_or_totals(book, row, new_ward):
    """2025 has rows in the register, 2026 a total; a ward with neither has no such line."""
    rows = [row("award_collectives", 2026, 4), row(FAMILIES, 2025, 92)]
    view = coverage_view(book(rows), {2025}, new_ward, 2025, TODAY, "vi")
    assert [state_of(view, "Khen thưởng", year) for year in (2025, 2026)] == ["reported", "reported"]
    assert "Khen thưởng" not in [line.name for line in followed(book(rows[1:]), (), "vi")]


def test_the_table_says_in_words_what_the_cells_draw(book, row, new_ward):
    """One row an indicator, one word a year; every state has its words in both languages."""
    rows = [row(REVENUE, 2024, 5e9), row(REVENUE, 2025, 5e9, scenario="estimate")]
    view = coverage_view(book(rows), [], new_ward, 2025, TODAY, "vi")
    found = {cells[0]: cells[1:] for cells in view.table.rows}
    assert found["Thu NSNN trên địa bàn"] == ("báo cáo", "ước")
    assert found["Tổ dân phố văn hóa"] == ("không có đơn vị", "thiếu")
    assert set(view.frame["state"]) <= set(STATES)
    assert len(view.table.rows) == view.frame["name"].nunique()


def test_a_ward_owes_nothing_of_years_in_which_it_did_not_stand(book, row, new_ward):
    """A ward of July 2025 may state a figure of 2024; nothing else of 2024 is overdue, and nobody owes it."""
    rows = [row(REVENUE, 2024, 5e9), row(FAMILIES, 2025, 92)]
    view = coverage_view(book(rows), [], new_ward, 2024, TODAY, "vi")
    assert state_of(view, "Thu NSNN trên địa bàn", 2024) == "reported"
    assert state_of(view, "Tổ dân phố văn hóa", 2024) == "absent"
    assert state_of(view, "Tổ dân phố văn hóa", 2025) == "missing"
    assert "không chỉ tiêu nào quá hạn" in view.title
    assert not view.frame.loc[view.frame["year"] == 2024, "late"].any()
    assert not owed(followed(book(rows), (), "vi"), 2024, TODAY, "vi")["due"].any()


def test_owners_are_listed_by_how_much_they_owe(book, row):
    """Due, present and late; what is not yet due is not owed."""
    lines = followed(book([row(FAMILIES, 2025, 92)]), (), "vi")
    rows = owed(lines, 2025, TODAY, "vi")
    table = owners(rows, 2025, "vi")
    late = {cells[0]: (cells[1], cells[3]) for cells in table.rows}
    assert late["Công chức tài chính – kế toán"] == ("0", "0")
    assert late["Ban Chỉ huy quân sự"] == ("1", "1")
    assert [int(cells[3]) for cells in table.rows] == sorted((int(cells[3]) for cells in table.rows), reverse=True)
    assert owners_title(rows, 2025, "vi") == "Năm 2025: 6 người phụ trách, 5 còn nợ số liệu"


def test_nobody_owes_before_anything_is_due(book, row):
    """And the title says so."""
    rows = owed(followed(book([row(FAMILIES, 2025, 92)]), (), "vi"), 2025, date(2025, 7, 1), "vi")
    assert not rows["late"].any()
    assert owners_title(rows, 2025, "vi").endswith("không ai nợ số liệu")

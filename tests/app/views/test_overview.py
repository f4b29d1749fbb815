"""The overview: a message made of figures, counts that add up, tiles, gaps, and what may be compared with last year."""

from datetime import date

import pandas as pd
import pytest

from app.views.overview import newest_year, overview
from app.views.quotes import quotes
from core.status import JUDGED
from core.yearbook import Yearbook

TODAY = date(2026, 11, 22)


@pytest.fixture
def book(catalogue, frame_of, old_ward, new_ward):
    """A maker of a yearbook of the ward's two units."""
    return lambda rows: Yearbook(catalogue, (old_ward.key, new_ward.key), frame_of(rows))


@pytest.fixture
def year_of(tidy_row):
    """A maker of one year's rows: (indicator, value, plan) each."""

    def make(year, *given, **more):
        rows = []
        for indicator, value, plan in given:
            rows.append(tidy_row(indicator, year, value, **more))
            if plan is not None:
                rows.append(tidy_row(indicator, year, plan, scenario="plan", basis="assigned", **more))
        return rows

    return make


GOOD = (
    ("budget_revenue", 49.09e9, 48.6e9),
    ("budget_expenditure", 40e9, 41e9),
    ("cultural_families_rate", 91.6, 90),
    ("poor_household_rate", 0.36, 0.40),
)


def test_a_book_without_headline_figures_has_no_overview(book, tidy_row, old_ward):
    """None, and the screen says so."""
    assert overview(book([tidy_row("award_collectives", 2020, 3)]), old_ward, None, "vi", TODAY) is None


def test_a_year_without_figures_says_so_and_draws_nothing(book, year_of, old_ward):
    """The year is there to be chosen; nothing stands in for its figures."""
    found = overview(book(year_of(2018, *GOOD) + year_of(2020, *GOOD)), old_ward, 2019, "vi", TODAY)
    assert found.title == "Năm 2019 chưa có số liệu"
    assert (found.headlines, found.bullets, found.changes) == ((), None, None)


def test_a_year_with_nothing_but_plans_says_what_was_planned(book, tidy_row, old_ward):
    """A report of tasks was loaded: the page may not ask for one."""
    rows = [tidy_row("cultural_families_rate", 2021, 90, scenario="plan", basis="unstated")]
    found = overview(book(rows), old_ward, 2021, "vi", TODAY)
    assert (found.title, found.lead) == (
        "Năm 2021 chưa có số liệu",
        "Báo cáo đã nạp mới nêu kế hoạch: tỷ lệ gia đình văn hóa 90%.",
    )


def test_three_figures_without_plans_are_the_message_themselves(book, tidy_row, old_ward):
    """Khương Thượng 2020: a printed 101 %, 13 of 18, 100 %; none is counted as reached but the first."""
    rows = [
        tidy_row("budget_revenue_attainment", 2020, 101, basis="unstated"),
        tidy_row("cultural_groups", 2020, 13, of=18),
        tidy_row("construction_permit_rate", 2020, 100),
    ]
    found = overview(book(rows), old_ward, None, "vi", TODAY)
    assert found.title == "Năm 2020, thu NSNN trên địa bàn đạt 101% dự toán; 13/18 tổ dân phố văn hóa"
    assert found.lead == "Công trình có phép đạt 100%."
    assert [row.value for row in found.headlines] == ["101%", "13/18", "100%"]
    assert found.headlines[0].note == "theo báo cáo, kế hoạch không nêu bên giao"
    assert {row.state: row.count for row in found.counts}["no_plan"] == 2
    assert found.bullets is None


def test_the_newest_year_is_shown_unless_one_is_chosen(book, year_of, old_ward):
    """A plan for next year is no newest year."""
    rows = year_of(2019, *GOOD) + year_of(2020, *GOOD)
    rows.append(rows[-1] | {"year": 2021, "scenario": "plan", "basis": "assigned"})
    assert newest_year(book(rows)) == 2020
    assert overview(book(rows), old_ward, None, "vi", TODAY).year == 2020


def test_the_counts_add_up_to_the_headline_indicators(book, year_of, catalogue, old_ward):
    """Every indicator is counted once, and the rule of its state stands under the number."""
    found = overview(book(year_of(2020, *GOOD, ("health_insurance_rate", 80, 95))), old_ward, 2020, "vi", TODAY)
    assert sum(row.count for row in found.counts) == len(catalogue.headline())
    assert all(row.rule for row in found.counts)
    assert found.title == "Năm 2020, 4/5 chỉ tiêu đạt hoặc vượt kế hoạch; bao phủ BHYT chưa đạt"


def test_all_reached_is_said_as_all(book, year_of, old_ward):
    """No count of misses where there is none."""
    assert overview(book(year_of(2020, *GOOD)), old_ward, 2020, "vi", TODAY).title == (
        "Năm 2020, cả 4 chỉ tiêu có số liệu và kế hoạch đều đạt hoặc vượt"
    )


def test_the_gaps_are_listed_from_the_worst_to_the_best(book, year_of, old_ward):
    """The eye meets the misses first; spending within its plan leads nothing; the table twin has a row for each bar."""
    view = overview(book(year_of(2020, *GOOD, ("health_insurance_rate", 80, 95))), old_ward, 2020, "vi", TODAY).bullets
    scores = list(view.frame["score"])
    assert scores == sorted(scores)
    assert view.frame["name"].iloc[0] == "Bao phủ BHYT"
    assert len(view.table.rows) == len(view.frame)
    assert len(view.title) <= 90


def test_changes_name_only_what_changed_its_state(book, year_of, old_ward):
    """One up, one down, the others in a line."""
    before = year_of(2019, *GOOD[:2], ("cultural_families_rate", 88, 90), ("poor_household_rate", 0.2, 0.4))
    after = year_of(2020, *GOOD[:2], ("cultural_families_rate", 91, 90), ("poor_household_rate", 0.6, 0.4))
    changes = overview(book(before + after), old_ward, 2020, "vi", TODAY).changes
    assert changes.title == "So với 2019: 1 lên bậc, 1 xuống bậc"
    assert [(title, len(found)) for title, found in changes.groups] == [("Xuống bậc (1)", 1), ("Lên bậc (1)", 1)]
    assert changes.rest == "2 chỉ tiêu còn lại giữ nguyên bậc."


def test_nothing_is_compared_with_a_year_that_has_no_figures(book, year_of, old_ward):
    """2018 is not last year."""
    assert overview(book(year_of(2018, *GOOD) + year_of(2020, *GOOD)), old_ward, 2020, "vi", TODAY).changes is None


def test_nothing_is_compared_across_the_merger(book, year_of, old_ward, new_ward):
    """One sentence says why, instead of a list of arrows."""
    rows = year_of(2024, *GOOD) + year_of(2025, *GOOD, unit_code=new_ward.code, unit_from=new_ward.valid_from)
    changes = overview(book(rows), old_ward, 2025, "vi", TODAY).changes
    assert changes.groups == ()
    assert changes.rest.startswith("Địa giới thay đổi từ 1/7/2025")


def test_a_new_poverty_standard_is_not_compared_with_the_old_one(book, year_of, old_ward):
    """The reason of the catalogue is given."""
    changes = overview(book(year_of(2021, *GOOD) + year_of(2022, *GOOD)), old_ward, 2022, "vi", TODAY).changes
    apart = dict(changes.groups)["Không so sánh được (1)"]
    assert [(change.name, "2022" in change.reason) for change in apart] == [("Tỷ lệ hộ nghèo", True)]


def test_a_sparkline_shows_only_years_that_share_a_scale(book, year_of, old_ward, new_ward):
    """A tenfold larger ward after the merger does not flatten the years before it."""
    rows = year_of(2023, *GOOD) + year_of(2024, *GOOD)
    rows += year_of(2025, ("budget_revenue", 700e9, 600e9), unit_code=new_ward.code, unit_from=new_ward.valid_from)
    revenue = overview(book(rows), old_ward, 2024, "vi", TODAY).headlines[0]
    assert max(value for value in revenue.spark if value is not None) < 100e9
    assert revenue.spark[revenue.spark_chosen] == 49.09e9


def test_small_lines_are_explained_only_where_there_are_any(book, year_of, old_ward, new_ward):
    """The first year after a merger has none, the last before it no later part: what lies beyond has another scale."""
    rows = year_of(2023, *GOOD) + year_of(2024, *GOOD)
    rows += year_of(2025, ("budget_revenue", 700e9, 600e9), unit_code=new_ward.code, unit_from=new_ward.valid_from)
    assert overview(book(rows), old_ward, 2025, "vi", TODAY).spark_note == ""
    said = overview(book(rows), old_ward, 2024, "vi", TODAY).spark_note
    assert "2023–2024" in said and "các năm sau" not in said
    assert "các năm sau" in overview(book(rows), old_ward, 2023, "vi", TODAY).spark_note


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_state_of_the_headlines_has_its_word_in_both_languages(book, year_of, old_ward, lang):
    """No key is left untranslated, in either language."""
    found = overview(book(year_of(2020, *GOOD, ("health_insurance_rate", 80, 95))), old_ward, 2020, lang, TODAY)
    assert all(row.state_word and row.state in JUDGED for row in found.headlines)


def test_sentences_are_quoted_once_and_cells_not_at_all(catalogue, frame_of):
    """A sentence that gave two figures names both; "13" in a cell and the cells of a row are no sentence."""
    said = "Thu ngân sách trên địa bàn đạt 101%, 100% công trình có phép"
    rows = [
        {"indicator": "budget_revenue_attainment", "quote": said, "report": "Báo cáo", "place": "đoạn 3"},
        {"indicator": "construction_permit_rate", "quote": said, "report": "Báo cáo", "place": "đoạn 3"},
        {"indicator": "cultural_groups", "quote": "13", "report": "Biểu", "place": "Thu!C14"},
        {
            "indicator": "cultural_groups",
            "quote": "2016 | cultural_groups | actual | 7",
            "report": "Số liệu đã công bố",
            "place": "CSV!K5",
        },
    ]
    found = quotes(frame_of(rows), catalogue.headline(), "vi")
    assert [(quote.names, quote.place) for quote in found] == [
        ("Thu NSNN trên địa bàn, Công trình có phép", "Báo cáo, đoạn 3")
    ]


# value and plan of every headline indicator in the catalogue's order
ELEVEN = (
    (49.09e9, 48.6e9), (12e9, 11e9), (40e9, 41e9), (15, 14), (91.6, 90), (0.36, 0.40), (80, 95), (97, 100),
    (100, 100), (99.1, 99), (70, 90),
)  # fmt: skip


@pytest.fixture
def eleven(catalogue):
    """Eleven indicators with plans: every headline indicator there is."""
    ids = [row.id for row in catalogue.headline()]
    return tuple((id, value, plan) for id, (value, plan) in zip(ids, ELEVEN, strict=True))


def test_tiles_end_in_two_full_rows(book, year_of, eleven, old_ward):
    """The ninth and further headline indicators stand in the list of gaps, which has every judged one in its table."""
    found = overview(book(year_of(2020, *eleven)), old_ward, 2020, "vi", TODAY)
    assert len(found.headlines) == 8
    assert [row.id for row in found.indicators] == [name for name, _, _ in eleven]
    assert len(found.bullets.table.rows) == 11


def test_of_more_than_ten_the_five_worst_and_the_five_best_are_drawn(book, year_of, eleven, old_ward):
    """What stands between them is counted and named with its state, and no miss hides there before a drawn one."""
    view = overview(book(year_of(2020, *eleven)), old_ward, 2020, "vi", TODAY).bullets
    states = list(view.frame["state"])
    assert len(states) == 10
    assert states == sorted(states, key=["missed", "near", "reached", "exceeded"].index)
    assert [note for note in view.notes if note.startswith("Còn 1 chỉ tiêu ở giữa: ") and note.endswith(").")]


def test_a_figure_without_tile_and_bar_is_said_in_a_line(book, tidy_row, old_ward, catalogue):
    """Nine figures without a plan: eight tiles, and the ninth is not lost."""
    rows = [tidy_row(row.id, 2020, 42) for row in catalogue.headline()[:9]]
    found = overview(book(rows), old_ward, 2020, "vi", TODAY)
    assert (len(found.headlines), found.bullets) == (8, None)
    assert found.beyond.startswith("Ngoài ra: ") and "42" in found.beyond


def test_a_missing_figure_names_its_owner_and_how_late_it_is(book, year_of, new_ward):
    """Conscription of 2025 was due on 15/12/2025; revenue closes on 31 January of the year after."""
    rows = year_of(2025, ("cultural_families_rate", 92, 90), unit_code=new_ward.code, unit_from=new_ward.valid_from)
    late = overview(book(rows), new_ward, 2025, "vi", TODAY).late
    due = {row.name: row.due for row in late.rows}
    assert late.title == "Năm 2025 còn thiếu 10 chỉ tiêu, 10 đã quá hạn"
    assert due["Thu NSNN trên địa bàn"] == "hạn 31/1/2026, trễ 295 ngày"
    assert due["Hồ sơ đúng hạn"] == "hạn 15/12/2025, trễ 342 ngày"
    assert all(row.owner and row.late for row in late.rows)


def test_a_figure_is_not_late_before_its_due_date(book, year_of, new_ward):
    """On its due day it is still in time; the day after it is one day late."""
    rows = year_of(2025, ("cultural_families_rate", 92, 90), unit_code=new_ward.code, unit_from=new_ward.valid_from)

    def revenue(today):
        return overview(book(rows), new_ward, 2025, "vi", today).late.rows[-1]

    assert (revenue(date(2026, 1, 31)).late, revenue(date(2026, 1, 31)).due) == (False, "hạn 31/1/2026, chưa đến hạn")
    assert revenue(date(2026, 2, 1)).due == "hạn 31/1/2026, trễ 1 ngày"


def test_a_ward_that_is_no_more_grows_no_later(book, year_of, old_ward):
    """What it did not hand in before its last day is said, without a count of days that goes on for ever."""
    late = overview(book(year_of(2020, *GOOD)), old_ward, 2020, "vi", TODAY).late
    assert {row.due.partition(", ")[2] for row in late.rows} == {"chưa nộp khi phường, xã được sắp xếp lại"}


def test_nothing_is_missing_where_every_figure_is_there(book, year_of, eleven, old_ward):
    """No heading over an empty list."""
    assert overview(book(year_of(2020, *eleven)), old_ward, 2020, "vi", TODAY).late is None


def test_the_source_line_says_that_the_figures_are_approved_and_as_of_when(catalogue, year_of, frame_of, old_ward):
    """The day on which the newest figure of the whole book was stored; a book without origins has no such day."""
    frame = frame_of(year_of(2020, *GOOD))
    sources = frame.assign(flags="", at=pd.to_datetime(["2026-01-05T03:00Z"] * 7 + ["2026-02-03T03:00Z"]))
    found = overview(Yearbook(catalogue, (old_ward.key,), frame, sources), old_ward, 2020, "vi", TODAY)
    assert found.source == "Báo cáo 2020 · số đã duyệt, tính đến 3/2/2026"
    assert found.bullets.source == found.source
    assert overview(Yearbook(catalogue, (old_ward.key,), frame), old_ward, 2020, "vi", TODAY).source == "Báo cáo 2020"

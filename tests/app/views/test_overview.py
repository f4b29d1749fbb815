"""The overview: a message made of figures, counts that add up, tiles, gaps, and what may be compared with last year."""

import pytest

from app.views.overview import newest_year, overview
from app.views.quotes import quotes
from core.series import Yearbook
from core.status import JUDGED


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
    assert overview(book([tidy_row("award_collectives", 2020, 3)]), old_ward, None, "vi") is None


def test_a_year_without_figures_says_so_and_draws_nothing(book, year_of, old_ward):
    """The year is there to be chosen; nothing stands in for its figures."""
    found = overview(book(year_of(2018, *GOOD) + year_of(2020, *GOOD)), old_ward, 2019, "vi")
    assert found.title == "Năm 2019 chưa có số liệu"
    assert (found.headlines, found.bullets, found.changes) == ((), None, None)


def test_a_year_with_nothing_but_plans_says_what_was_planned(book, tidy_row, old_ward):
    """A report of tasks was loaded: the page may not ask for one."""
    rows = [tidy_row("cultural_families_rate", 2021, 90, scenario="plan", basis="unstated")]
    found = overview(book(rows), old_ward, 2021, "vi")
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
    found = overview(book(rows), old_ward, None, "vi")
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
    assert overview(book(rows), old_ward, None, "vi").year == 2020


def test_the_counts_add_up_to_the_headline_indicators(book, year_of, catalogue, old_ward):
    """Every indicator is counted once, and the rule of its state stands under the number."""
    found = overview(book(year_of(2020, *GOOD, ("health_insurance_rate", 80, 95))), old_ward, 2020, "vi")
    assert sum(row.count for row in found.counts) == len(catalogue.headline())
    assert all(row.rule for row in found.counts)
    assert found.title == "Năm 2020, 4/5 chỉ tiêu đạt hoặc vượt kế hoạch; bao phủ BHYT chưa đạt"


def test_all_reached_is_said_as_all(book, year_of, old_ward):
    """No count of misses where there is none."""
    assert overview(book(year_of(2020, *GOOD)), old_ward, 2020, "vi").title == (
        "Năm 2020, cả 4 chỉ tiêu đều đạt hoặc vượt kế hoạch"
    )


def test_the_gaps_are_listed_from_the_best_to_the_worst(book, year_of, old_ward):
    """Spending within its plan leads nothing; the table twin has a row for each bar."""
    view = overview(book(year_of(2020, *GOOD, ("health_insurance_rate", 80, 95))), old_ward, 2020, "vi").bullets
    scores = list(view.frame["score"])
    assert scores == sorted(scores, reverse=True)
    assert list(view.frame["name"])[-1] == "Bao phủ BHYT"
    assert len(view.table.rows) == len(view.frame)
    assert len(view.title) <= 90


def test_changes_name_only_what_changed_its_state(book, year_of, old_ward):
    """One up, one down, the others in a line."""
    before = year_of(2019, *GOOD[:2], ("cultural_families_rate", 88, 90), ("poor_household_rate", 0.2, 0.4))
    after = year_of(2020, *GOOD[:2], ("cultural_families_rate", 91, 90), ("poor_household_rate", 0.6, 0.4))
    changes = overview(book(before + after), old_ward, 2020, "vi").changes
    assert changes.title == "So với 2019: 1 lên bậc, 1 xuống bậc"
    assert [(title, len(found)) for title, found in changes.groups] == [("Xuống bậc (1)", 1), ("Lên bậc (1)", 1)]
    assert changes.rest == "2 chỉ tiêu còn lại giữ nguyên bậc."


def test_nothing_is_compared_with_a_year_that_has_no_figures(book, year_of, old_ward):
    """2018 is not last year."""
    assert overview(book(year_of(2018, *GOOD) + year_of(2020, *GOOD)), old_ward, 2020, "vi").changes is None


def test_nothing_is_compared_across_the_merger(book, year_of, old_ward, new_ward):
    """One sentence says why, instead of a list of arrows."""
    rows = year_of(2024, *GOOD) + year_of(2025, *GOOD, unit_code=new_ward.code, unit_from=new_ward.valid_from)
    changes = overview(book(rows), old_ward, 2025, "vi").changes
    assert changes.groups == ()
    assert changes.rest.startswith("Địa giới thay đổi từ 1/7/2025")


def test_a_new_poverty_standard_is_not_compared_with_the_old_one(book, year_of, old_ward):
    """The reason of the catalogue is given."""
    changes = overview(book(year_of(2021, *GOOD) + year_of(2022, *GOOD)), old_ward, 2022, "vi").changes
    apart = dict(changes.groups)["Không so sánh được (1)"]
    assert [(change.name, "2022" in change.reason) for change in apart] == [("Tỷ lệ hộ nghèo", True)]


def test_a_sparkline_shows_only_years_that_share_a_scale(book, year_of, old_ward, new_ward):
    """A tenfold larger ward after the merger does not flatten the years before it."""
    rows = year_of(2023, *GOOD) + year_of(2024, *GOOD)
    rows += year_of(2025, ("budget_revenue", 700e9, 600e9), unit_code=new_ward.code, unit_from=new_ward.valid_from)
    revenue = overview(book(rows), old_ward, 2024, "vi").headlines[0]
    assert max(value for value in revenue.spark if value is not None) < 100e9
    assert revenue.spark[revenue.spark_chosen] == 49.09e9


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_state_of_the_headlines_has_its_word_in_both_languages(book, year_of, old_ward, lang):
    """No key is left untranslated, in either language."""
    found = overview(book(year_of(2020, *GOOD, ("health_insurance_rate", 80, 95))), old_ward, 2020, lang)
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

"""Any row of the catalogue: its course, its entry in words, and every figure there is of it."""

import pytest

from app.views.indicators import choices, entry, family_view, indicator_view, judged_words, known_ids, scenarios
from app.views.lines import line_title, series_message
from core.yearbook import Yearbook

RATE, FILES, REVENUE = "health_insurance_rate", "onestop_files", "budget_revenue"


@pytest.fixture
def book(catalogue, frame_of, old_ward, new_ward):
    """A maker of a yearbook of the ward's two units."""
    return lambda rows: Yearbook(catalogue, (old_ward.key, new_ward.key), frame_of(rows))


def test_an_indicator_without_figures_has_no_chart_and_no_list(book, tidy_row, old_ward):
    """Its entry in the catalogue stands all the same."""
    here = book([tidy_row(RATE, 2020, 90)])
    assert indicator_view(here, FILES, old_ward, 2020, "vi") is None
    assert scenarios(here, FILES, "vi") is None
    assert entry(here.catalogue, FILES, "vi").definition


def test_every_row_of_the_catalogue_has_an_entry_in_both_languages(catalogue):
    """Definition, unit, good side, owner with due date, legal basis: nothing empty, nothing raised."""
    for lang in ("vi", "en"):
        for id in catalogue.indicators:
            said = entry(catalogue, id, lang)
            assert said.name and said.definition
            assert all(term and words for term, words in said.facts)


def test_parts_of_a_ward_are_no_choice(catalogue):
    """Groups and budget lines have screens of their own."""
    assert "budget_revenue_line" not in [row.id for row in choices(catalogue, "budget")]


def test_amounts_and_counts_are_columns_and_rates_are_lines(book, tidy_row, old_ward):
    """A column starts at 0; a line need not."""
    rows = [tidy_row(name, year, 90 + year - 2019) for name in (RATE, FILES) for year in (2019, 2020)]
    here = book(rows)
    kinds = [indicator_view(here, name, old_ward, 2020, "vi").kind for name in (RATE, FILES)]
    assert kinds == ["line", "plan_actual"]


def test_a_line_says_where_its_axis_begins(book, tidy_row, old_ward):
    """Unless it begins at 0."""
    here = book([tidy_row(RATE, year, value) for year, value in ((2019, 95), (2020, 96.4))])
    view = indicator_view(here, RATE, old_ward, 2020, "vi")
    assert "trục đứng bắt đầu từ" in view.subtitle
    assert view.detail["low"] > 90


def test_an_attainment_is_drawn_beside_the_whole_of_its_plan(book, tidy_row, new_ward):
    """117,8 % over an axis from 106 says nothing of the plan; 100 % is dashed and inside the axis."""
    here = book([tidy_row("budget_revenue_attainment", 2025, 117.8, unit=new_ward, basis="unstated")])
    view = indicator_view(here, "budget_revenue_attainment", new_ward, 2025, "vi")
    assert list(view.frame["plan"]) == [100] and view.detail["low"] <= 100 < view.detail["high"]
    assert [mark for mark, _ in view.detail["keys"]] == ["line", "dashed"]


def test_the_note_on_an_estimate_speaks_of_what_is_drawn(book, tidy_row, old_ward):
    """A line has no hatched columns; its axis starts at a number that can be said."""
    rows = [tidy_row("budget_revenue_attainment", year, value, basis="assigned", scenario=scenario)
            for year, value, scenario in ((2022, 111, "actual"), (2023, 106.7, "estimate"), (2024, 110.2, "actual"))]
    line = indicator_view(book(rows), "budget_revenue_attainment", old_ward, 2024, "vi")
    columns = indicator_view(book([tidy_row(REVENUE, 2023, 5e9, scenario="estimate")]), REVENUE, old_ward, 2023, "vi")
    assert any(note.startswith("Năm 2023 có số ước") for note in line.notes) and "gạch chéo" not in " ".join(line.notes)
    assert any(note.startswith("Cột gạch chéo") for note in columns.notes)
    assert line.subtitle.endswith("trục đứng bắt đầu từ 97,5")


def test_a_line_is_never_joined_across_a_missing_year_or_a_new_rule(book, tidy_row, old_ward):
    """Each stretch has its own number."""
    years = (2014, 2015, 2016, 2018, 2021, 2022)
    here = book([tidy_row("poor_household_rate", year, 1) for year in years])
    view = indicator_view(here, "poor_household_rate", old_ward, 2022, "vi")
    assert list(view.frame["run"]) == [1, 1, 2, 3, 4, 5]
    assert [place for place, _ in view.detail["breaks"]] == [1.5, 7.5]


def test_the_finding_of_a_line_speaks_of_the_chosen_year(book, tidy_row):
    """Against its plan where it has one, else its change since the last break."""
    rows = [tidy_row(RATE, year, value) for year, value in ((2018, 80), (2019, 85), (2020, 91))]
    here = book([*rows, tidy_row(RATE, 2019, 90, scenario="plan", basis="assigned")])
    series = here.series(RATE)
    assert line_title(series, 2019, "vi") == "Bao phủ BHYT năm 2019: 85%, chưa đạt (−5 điểm %)"
    assert line_title(series, 2020, "vi") == "Bao phủ BHYT năm 2020: 91%, tăng 11 điểm % từ 2018"


def test_a_change_is_never_counted_from_beyond_a_break(book, tidy_row):
    """2022 brought another standard: the first year of it stands alone."""
    here = book([tidy_row("poor_household_rate", year, value) for year, value in ((2021, 0.3), (2022, 1.2))])
    assert line_title(here.series("poor_household_rate"), None, "vi") == "Tỷ lệ hộ nghèo năm 2022: 1,2%"


def test_a_year_without_a_figure_is_the_message(book, tidy_row):
    """It is said, and no other year's figure stands in."""
    here = book([tidy_row(RATE, 2018, 80), tidy_row(RATE, 2020, 85)])
    assert series_message(here, here.series(RATE), 2019, "vi") == "Bao phủ BHYT chưa có số liệu năm 2019"


def test_every_figure_is_listed_and_nothing_chosen(book, tidy_row):
    """Plans by who set them, estimate and final account side by side; a year a row."""
    given = [("plan", "council", 50), ("plan", "assigned", 48), ("estimate", "", 47), ("final", "", 49.09)]
    here = book([tidy_row(REVENUE, 2020, value * 1e9, scenario=s, basis=b) for s, b, value in given])
    table = scenarios(here, REVENUE, "vi")
    assert table.header[1:] == ("Kế hoạch, cấp trên giao", "Kế hoạch, HĐND quyết định", "Ước thực hiện", "Quyết toán")
    assert table.rows == (("2020", "48", "50", "47", "49,09"),)
    assert table.caption.endswith("tỷ đồng")


def test_a_family_is_shown_on_one_year_axis(book, tidy_row, old_ward):
    """Only indicators with two known years; the subtitle says that each panel has its own scale."""
    rows = [tidy_row(name, year, 90) for name in (RATE, "poor_household_rate") for year in (2019, 2020)]
    view = family_view(book([*rows, tidy_row("poor_households", 2020, 5)]), "welfare", old_ward, 2020, "vi")
    assert [facet["id"] for facet in view.detail["facets"]] == ["poor_household_rate", RATE]
    assert "thang đứng riêng" in view.subtitle
    assert view.table.header[0] == "Năm"


def test_what_dwarfs_everything_before_the_merger_is_printed_instead_of_drawn(book, tidy_row, old_ward, new_ward):
    """700 beside 60 would leave a flat line."""
    rows = [tidy_row(REVENUE, year, 60e9) for year in (2023, 2024)]
    rows.append(tidy_row(REVENUE, 2025, 700e9, unit=new_ward))
    view = family_view(book(rows), "budget", old_ward, 2024, "vi")
    assert view.frame["value"].max() == 60
    assert view.detail["facets"][0]["beyond"] == "2025: 700 tỷ (khác địa giới)"


def test_known_indicators_are_those_with_figures(book, tidy_row):
    """The picker shows them first."""
    assert known_ids(book([tidy_row(RATE, 2020, 90)])) == {RATE}


def test_the_entry_shows_how_the_chosen_years_state_was_worked_out(catalogue, tidy_row, frame_of, old_ward):
    """Of the chosen year, else of the newest; a year without a plan has nothing to show."""
    rows = [
        tidy_row("cultural_families_rate", 2019, 89), tidy_row("cultural_families_rate", 2020, 92.4),
        tidy_row("cultural_families_rate", 2020, 92, scenario="plan", basis="assigned"),
    ]  # fmt: skip
    book = Yearbook(catalogue, (old_ward.key,), frame_of(rows))
    said = ("Đánh giá năm 2020", "92,4% − 92% = +0,4 điểm % > 0 → vượt")
    assert judged_words(book, "cultural_families_rate", 2020, "vi") == said
    assert judged_words(book, "cultural_families_rate", None, "vi") == said
    assert judged_words(book, "cultural_families_rate", 2019, "vi") is None
    assert judged_words(book, "poor_household_rate", None, "vi") is None


def test_a_due_date_in_the_new_year_says_so(catalogue):
    """The budget of a year is owed by 31 January of the next."""
    facts = dict(entry(catalogue, "budget_revenue", "vi").facts)
    assert facts["Phụ trách"].endswith("hạn nộp ngày 31/1 năm sau")

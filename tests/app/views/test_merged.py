"""Today's boundary in words: every reason has a sentence, every sum says whose, open years say why."""

from __future__ import annotations

import pandas as pd
import pytest

from app.views import lines, words
from app.views.columns import columns_view
from app.views.merged import notes_of, rule_words, shared_notes, why_words, year_notes, years_words
from core.boundary import on_boundary_of
from core.series import Reason
from core.yearbook import Yearbook
from tests.core.test_boundary import BOTH, NEW, A, B, plan, row

REVENUE, INSURED, POOR = "budget_revenue", "health_insurance_rate", "poor_households"
REASONS = ("missing", "partial", "hedged", "weights", "weights_of", "of_kinds", "registers", "plan_missing",
           "plan_bases")  # fmt: skip


@pytest.fixture
def book():
    """2023 and 2024 of both wards, 2022 of one; insurance that cannot be merged; no plan of the other ward in 2024."""
    ins = [row(unit, REVENUE, 5e9, year) for unit in (A, B) for year in (2023, 2024)]
    ins += [row(A, REVENUE, 4e9, 2022), row(A, INSURED, 95.0), row(B, INSURED, 96.0), row(NEW, REVENUE, 2e10, 2026)]
    ins += [plan(A, REVENUE, 4e9, 2023), plan(B, REVENUE, 4e9, 2023), plan(A, REVENUE, 4e9)]
    found = on_boundary_of(BOTH, NEW.key, pd.DataFrame(ins))
    return Yearbook(BOTH, (NEW.key,), found.frame, None, (2023, 2026), merger=found.merger, reasons=found.reasons)


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("name", REASONS)
def test_every_reason_is_a_sentence_in_both_languages(name, lang):
    """With the wards in it where it speaks of wards; never an unfilled place."""
    said = why_words(Reason(name, ("Phường Gương", "Phường Mẫu"), {"vi": "Hồ sơ", "en": "Files"}), lang)
    assert said and "{" not in said
    assert "Phường Gương" in said or name in ("of_kinds", "plan_bases")


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_indicator_tells_how_it_is_merged(lang):
    """In words that end like a sentence."""
    said = {id: rule_words(BOTH, id, lang) for id in BOTH.indicators}
    assert all(each.endswith(".") and "{" not in each and ".." not in each for each in said.values())
    assert len(set(said.values())) > 8


def test_years_in_a_row_are_one_span():
    """And a year alone stands alone."""
    assert years_words([2013, 2011, 2012, 2015, 2011]) == "2011–2013, 2015"


def test_the_notes_name_whose_figures_were_summed_and_what_was_not(book):
    """Years before the chart are told too; a plan that could not be summed has a note of its own."""
    notes = notes_of(book.series(REVENUE), "vi")
    assert notes == (
        "2023–2024: tính lại theo địa giới từ 1/7/2025, từ số liệu của Phường Gương và Phường Mẫu (–30/6/2025).",
        "Không tính lại được theo địa giới từ 1/7/2025: 2022 (Phường Gương chưa có số liệu).",
        "Kế hoạch không cộng được: 2024 (Phường Gương chưa có kế hoạch).",
    )


def test_a_chart_marks_what_was_worked_out_and_says_why_a_year_is_open(book):
    """Under the year, beside the pointer and in the table."""
    view = columns_view(book.series(REVENUE), NEW, 2024, "vi", id="x", title="x")
    assert view.detail["slots"][1] == "2024<br>tính lại" and view.detail["breaks"] == []
    assert "Thực hiện (tính lại)" in view.frame.loc[1, "hover"] and "Thực hiện (tính lại)" in view.table.rows[1]
    assert "2026<br>tính lại" not in view.detail["slots"]
    line = lines.line_view(book.series(INSURED), NEW, 2024, "vi", id="x")
    assert line is None  # nothing is known: nothing is drawn
    assert "không tính lại được" in lines.series_message(book, book.series(INSURED), 2024, "vi")


def test_several_series_share_a_note_with_the_names_it_holds_for(book):
    """One line, not one an indicator."""
    notes = shared_notes([book.series(REVENUE), book.series(INSURED)], "vi")
    apart = [note for note in notes if note.startswith("Không tính lại được")]
    assert len(apart) == 1 and "thu NSNN trên địa bàn: 2022" in apart[0] and "bao phủ BHYT: 2024" in apart[0]


def test_a_year_tells_what_is_missing_on_this_boundary(book):
    """The overview names each indicator once, with its reason; as reported there is nothing to tell."""
    rows = [(series, series.at(2024)) for series in (book.series(REVENUE), book.series(INSURED))]
    worked_out, without = year_notes(book, rows, 2024, "vi")
    assert worked_out.startswith("2024: tính lại") and "bao phủ BHYT (cần dân số" in without
    assert year_notes(Yearbook(BOTH, (NEW.key,), book.frame), rows, 2024, "vi") == ()


def test_a_share_of_a_quota_names_the_quota_in_place_of_a_missing_plan():
    """14 of 13 conscripts are 107.7 % of the number assigned: nobody says that there is no target."""
    ins = [row(A, "conscripts", 14.0, of=13.0), row(A, "conscription_rate", 107.6923, method="computed")]
    book = Yearbook(BOTH, (A.key,), pd.DataFrame(ins))
    series = book.series("conscription_rate")
    assert words.value_words(series.indicator, series.at(2024), "vi") == "107,7% (14/13)"
    assert words.quota_words(series.indicator, series.at(2024), "vi") == "Chỉ tiêu giao 13"
    other = book.series("conscripts")
    assert words.quota_words(other.indicator, other.at(2024), "vi") == ""


def test_a_count_judged_by_a_rate_shows_both():
    """16 of 7 820 households against at most 0.30 %."""
    ins = [row(A, POOR, 16.0, of=7820.0), plan(A, "poor_household_rate", 0.3)]
    book = Yearbook(BOTH, (A.key,), pd.DataFrame(ins))
    said = lines.series_message(book, book.series(POOR), 2024, "vi")
    assert said == "Hộ nghèo năm 2024: 16/7.820 hộ (0,20%), kế hoạch tối đa 0,30%"
    assert {ref.indicator for part in said.said for ref in part.refs} == {POOR, "poor_household_rate"}
    view = columns_view(book.series(POOR), A, 2024, "vi", id="x", title="x")
    assert "Kế hoạch giao theo tỷ lệ: 2024: 0,30%." in view.notes

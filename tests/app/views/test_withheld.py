"""Nothing is said to have risen or fallen across a break: another boundary, half a year, another definition."""

import re
from datetime import date

import pandas as pd
import pytest

from app.views import budget, culture, lines
from app.views.award_counts import AwardBook
from app.views.awards import message
from app.views.ladder import ladder_views
from app.views.overview import overview
from core.yearbook import Yearbook
from tests.app.made import award_row

REVENUE, RATE, POOR = "budget_revenue", "cultural_families_rate", "poor_household_rate"
CHANGED = re.compile(
    r"\btăng\b|\bgiảm \d|hơn năm|ít hơn|nhiều nhất từ|lên bậc|xuống bậc|như năm|bằng năm|tốt hơn"
    r"|\bfewer\b|\bmore than in|\bup \d|\bdown \d|\bas in \d|\bbetter than\b|\bthe most since"
)


def years_of(kind, tidy_row, old_ward, new_ward, *, planned):
    """Rows of three indicators in two years that a break of this kind parts, and the later year."""
    if kind == "boundary":
        places = [(2024, old_ward, "year"), (2025, new_ward, "year")]
    elif kind == "none":
        places = [(2023, old_ward, "year"), (2024, old_ward, "year")]
    elif kind == "half":
        places = [(2025, old_ward, "h1"), (2025, new_ward, "h2"), (2026, new_ward, "year")]
    else:
        places = [(2021, old_ward, "year"), (2022, old_ward, "year")]
    rows = []
    for step, (year, unit, period) in enumerate(places):
        for indicator, value in ((REVENUE, 5e9), (RATE, 80), (POOR, 1.5)):
            if kind != "catalogue" or indicator == POOR:
                rows.append(tidy_row(indicator, year, value * (step + 1), unit=unit, period=period))
            if planned and (kind != "catalogue" or indicator == POOR):
                rows.append(tidy_row(indicator, year, value * 1.01, unit=unit, period=period, scenario="plan",
                                     basis="assigned"))  # fmt: skip
    return pd.DataFrame(rows), places[-1][0]


def everything_said(book, year, new_ward, group_list, lang):
    """Titles, leads and lists of changes of each screen."""
    found = overview(book, new_ward, year, lang, date(2026, 12, 31))
    said = [found.title, found.lead, *(row.spark_alt for row in found.headlines)]
    said += [found.changes.title, found.changes.rest] if found.changes else []
    said += [*budget.message_words(book, year, lang), *culture.message(book, group_list([]), year, lang)]
    for indicator in (REVENUE, RATE, POOR):
        series = book.series(indicator)
        if series.known:
            said += [budget.series_title(series, lang), lines.line_title(series, year, lang)]
    rows = [book.catalogue.indicators[id] for id in (REVENUE, RATE, POOR)]
    together = lines.multiples_view(book, rows, new_ward, year, lang, family="welfare")
    return [str(words) for words in (*said, *([together.title] if together else []))]


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("planned", [True, False])
@pytest.mark.parametrize("kind", ["boundary", "half", "catalogue"])
def test_no_screen_tells_a_change_across_a_break(
    kind, planned, lang, catalogue, tidy_row, old_ward, new_ward, group_list
):
    """Two years that a break parts are told one by one."""
    frame, year = years_of(kind, tidy_row, old_ward, new_ward, planned=planned)
    book = Yearbook(catalogue, (old_ward.key, new_ward.key), frame)
    assert book.series(POOR).breaks
    assert not [words for words in everything_said(book, year, new_ward, group_list, lang) if CHANGED.search(words)]


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_two_years_without_a_break_between_are_compared(lang, catalogue, tidy_row, old_ward, new_ward, group_list):
    """The same figures in two years of one ward: overview, family and list of changes tell what moved."""
    frame, year = years_of("none", tidy_row, old_ward, new_ward, planned=False)
    book = Yearbook(catalogue, (old_ward.key, new_ward.key), frame, years=(2023, 2024))
    said = [words for words in everything_said(book, year, new_ward, group_list, lang) if CHANGED.search(words)]
    assert len(said) > 2


@pytest.mark.parametrize("years", [(2023, 2024), (2024, 2025)])
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_awards_are_compared_neither_across_the_law_nor_across_the_merger(years, lang, catalogue, old_ward, new_ward):
    """20 awards and then 40: no more, no less, and the reason stands there."""
    rows = [award_row(year, "gk_phuong", "ward", 20 * (step + 1), unit=new_ward if year == 2025 else old_ward)
            for step, year in enumerate(years)]  # fmt: skip
    book = AwardBook(catalogue, (old_ward.key, new_ward.key), pd.DataFrame(rows), years)
    title, lead = message(book, years[1], new_ward, lang)
    said = [title, lead, *(view.title for view in ladder_views(book, years[1], new_ward, lang))]
    assert not [words for words in said if CHANGED.search(str(words))]
    assert str(years[0]) in lead


def test_attainments_of_two_territories_are_not_ranked(catalogue, tidy_row, old_ward, new_ward):
    """How many years met their plan is still counted; which was best of two different wards is not said."""
    rows = []
    for year, unit, value in ((2023, old_ward, 5), (2024, old_ward, 4), (2025, new_ward, 50), (2026, new_ward, 60)):
        rows += [tidy_row(REVENUE, year, value, unit=unit),
                 tidy_row(REVENUE, year, 4.5, unit=unit, scenario="plan", basis="assigned")]  # fmt: skip
    book = Yearbook(catalogue, (old_ward.key, new_ward.key), pd.DataFrame(rows))
    title = budget.series_title(book.series(REVENUE), "vi")
    assert "3/4 năm" in title and "cao nhất" not in title


def test_a_sparkline_is_told_only_from_years_that_compare(catalogue, tidy_row, old_ward, new_ward):
    """From 5 billion in one territory to 178 in another is no course."""
    rows = [tidy_row(REVENUE, 2023, 4e9), tidy_row(REVENUE, 2024, 5e9), tidy_row(REVENUE, 2025, 178e9, unit=new_ward)]
    book = Yearbook(catalogue, (old_ward.key, new_ward.key), pd.DataFrame(rows))
    found = [overview(book, new_ward, year, "vi", date(2026, 1, 1)) for year in (2024, 2025)]
    before, after = (each.headlines[0].spark_alt for each in found)
    assert "2023" in before and "2025" not in before and after == ""

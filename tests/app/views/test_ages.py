"""How old the figures are, and which estimates were never replaced."""

from __future__ import annotations

from datetime import date, datetime

import pandas as pd
import pytest

from app.views.ages import ages, ages_title, unrevised

TODAY = date(2026, 3, 1)


@pytest.fixture
def stored():
    """A maker of the store's sources: (indicator, year, scenario, published) each, loaded on 5 February 2026."""

    def make(*given):
        return pd.DataFrame([
            {
                "unit_code": "U", "unit_from": date(1900, 1, 1), "indicator": name, "member": "", "year": year,
                "period": "year", "scenario": scenario, "published": published, "at": datetime(2026, 2, 5, 8, 0),
            }
            for name, year, scenario, published in given
        ])  # fmt: skip

    return make


def test_the_age_counts_from_the_newest_report_of_a_family(stored, catalogue):
    """Published on 20 December 2025, read on 1 March 2026: 71 days; awards stand under an empty indicator."""
    frame = stored(
        ("budget_revenue", 2024, "final", date(2025, 6, 30)), ("budget_revenue", 2025, "actual", date(2025, 12, 20)),
        ("", 2023, "actual", None),
    )  # fmt: skip
    rows = {row[0]: row[1:] for row in ages(frame, catalogue, "Phường Mẫu", TODAY, "vi").rows}
    assert rows["Ngân sách"] == ("2025", "20/12/2025", "5/2/2026", "71 ngày", "–")
    assert set(rows) == {"Ngân sách", "Thi đua – khen thưởng"}
    assert ages_title(frame, "vi") == "Số mới nhất: 2025, công bố 20/12/2025"


def test_a_report_without_a_date_is_as_old_as_its_loading(stored, catalogue):
    """And the table says that it has no date of its own."""
    (row,) = ages(stored(("", 2025, "actual", None)), catalogue, "Phường Mẫu", TODAY, "vi").rows
    assert row[2:5] == ("báo cáo không ghi ngày", "5/2/2026", "24 ngày")


def test_an_estimate_stands_until_an_actual_or_final_value_comes(stored, catalogue):
    """2022 was replaced, 2023 never."""
    frame = stored(
        ("budget_revenue", 2022, "estimate", None), ("budget_revenue", 2022, "final", None),
        ("budget_revenue", 2023, "estimate", None), ("budget_expenditure", 2024, "estimate", None),
        ("budget_revenue", 2023, "plan", None),
    )  # fmt: skip
    assert list(unrevised(frame)["year"]) == [2023, 2024]
    (row,) = ages(frame, catalogue, "Phường Mẫu", TODAY, "vi").rows
    assert row[-1] == "2, lâu nhất năm 2023"


def test_a_plan_makes_no_family_newer(stored, catalogue):
    """The plan for next year is no figure of it."""
    frame = stored(("budget_revenue", 2024, "actual", None), ("budget_revenue", 2026, "plan", date(2026, 1, 1)))
    (row,) = ages(frame, catalogue, "Phường Mẫu", TODAY, "vi").rows
    assert row[1] == "2024"

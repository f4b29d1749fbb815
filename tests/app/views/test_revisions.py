"""What a figure was before it was corrected."""

from __future__ import annotations

from datetime import UTC, datetime

import pandas as pd
import pytest

from app.views.revisions import keys_of, revisions
from core.yearbook import Yearbook


@pytest.fixture
def past():
    """A maker of one key with its history: (value, state, current, reason) each, a day apart."""

    def make(*values, scenario="actual", basis="", unit=None):
        key = (unit, "budget_revenue", "", 2020, "year", scenario, basis)
        rows = [
            {
                "seq": place, "value": value, "of": None, "hedge": "", "state": state, "current": current, "who": "lan",
                "at": datetime(2021, 1, 5 + place, tzinfo=UTC), "report": "" if reason else "a.xlsx", "reason": reason,
            }
            for place, (value, state, current, reason) in enumerate(values)
        ]  # fmt: skip
        return key, pd.DataFrame(rows)

    return make


def test_a_figure_stored_once_has_no_revisions(past, catalogue):
    """Nothing is listed for what was never corrected."""
    assert revisions([past((9e9, "live", True, ""))], catalogue, 2020, "vi") is None
    assert revisions([], catalogue, 2020, "vi") is None


def test_every_value_there_was_is_listed_with_why_it_went(past, catalogue):
    """Oldest first: replaced, undone, in use; an entry by hand gives its reason."""
    table = revisions(
        [past((9e9, "live", False, ""), (8e9, "undone", False, ""), (9.117e9, "live", True, "gõ nhầm"))],
        catalogue, 2020, "vi",
    )  # fmt: skip
    assert [row[1] for row in table.rows] == ["9 tỷ đồng", "8 tỷ đồng", "9,117 tỷ đồng"]
    assert [row[-1] for row in table.rows] == ["đã thay", "đã hoàn tác", "đang dùng"]
    assert table.rows[0][2:6] == ("5/1/2021", "lan", "a.xlsx", "–")
    assert table.rows[2][4:6] == ("nhập tay", "gõ nhầm")


def test_a_plan_says_whose_it_is(past, catalogue):
    """Plans of two givers are two figures."""
    values = ((9e9, "live", False, ""), (8e9, "live", True, ""))
    table = revisions([past(*values, scenario="plan", basis="council")], catalogue, 2020, "vi")
    assert {row[0] for row in table.rows} == {"Kế hoạch, HĐND quyết định"}


def test_the_keys_are_those_of_the_reported_values_of_the_year(catalogue, tidy_row, frame_of, old_ward):
    """A computed attainment is stored nowhere and has no history."""
    rows = [
        tidy_row("budget_revenue", 2020, 9e9), tidy_row("budget_revenue", 2019, 9e9),
        tidy_row("budget_revenue", 2020, 8e9, scenario="plan", basis="council"),
        tidy_row("budget_revenue_attainment", 2020, 112, basis="council", method="computed"),
    ]  # fmt: skip
    book = Yearbook(catalogue, (old_ward.key,), frame_of(rows))
    keys = keys_of(book, "budget_revenue", 2020)
    assert [key[-2:] for key in keys] == [("actual", ""), ("plan", "council")]
    assert keys[0][0] == old_ward.key
    assert keys_of(book, "budget_revenue_attainment", 2020) == []

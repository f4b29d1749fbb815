"""The annex's table of results: what has a row, and what it says."""

import pytest

from tests.app.decks import CONFERENCES, deck


@pytest.mark.parametrize("name", CONFERENCES)
def test_a_count_of_which_only_the_planned_share_is_known_has_no_row(name):
    """ "Gia đình văn hóa, hộ: 92%" with nothing done would say the plan of the share twice."""
    rows = deck(name, "vi").results
    assert [row for row in rows if not row.done and row.planned.endswith("%") and row.unit != "%"] == []


def test_the_share_keeps_the_plan_that_its_count_gave_up():
    """In the merged ward the families are known as a share alone; the poor households as a count beside their share."""
    said = {row.name: (row.planned, row.done) for row in deck("merged", "vi").results}
    assert "Gia đình văn hóa" not in said
    assert said["Tỷ lệ gia đình văn hóa"] == ("92%", "92,4%")
    assert said["Hộ nghèo"] == ("0,30%", "16/7.820 hộ")

"""Printed numbers held against the figures they are made of."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from app.views.differences import differences, differences_table

REVENUE, PRINTED = "budget_revenue", "budget_revenue_attainment"


@pytest.fixture
def stored():
    """A maker of the store's sources: (indicator, value, more) each."""

    def make(*given):
        common = {
            "unit_code": "U", "unit_from": date(1900, 1, 1), "member": "", "year": 2016, "period": "year",
            "scenario": "actual", "basis": "", "of": None, "hedge": "", "report": "b.xlsx", "place": "Thu!C14",
            "rule": "table.wide", "quote": "", "batch": 3, "url": "https://example.vn/a",
        }  # fmt: skip
        return pd.DataFrame([common | {"indicator": name, "value": value} | more for name, value, more in given])

    return make


def test_a_percentage_that_its_figures_do_not_give_is_listed_with_both(stored, catalogue):
    """60,1 % for 102 of 171: both numbers, the difference, what rounding allows, and where it stands."""
    frame = stored(
        (REVENUE, 102e9, {}), (REVENUE, 171e9, {"scenario": "plan", "basis": "council"}),
        (PRINTED, 60.1, {"basis": "council"}),
    )  # fmt: skip
    found = differences(frame, catalogue, {3: "Báo cáo 2016"}, "vi")
    (row,) = found.found
    assert found.checked == 1
    assert row.name.endswith("năm 2016, HĐND quyết định")
    assert row.said == (
        "báo cáo ghi 60,1%, tính lại 102 / 171 tỷ đồng = 59,6%; chênh +0,5 điểm %; "
        "làm tròn cho phép từ 59,60% đến 59,70%"
    )
    assert (row.report, row.place, row.link) == ("Báo cáo 2016", "Thu!C14", "https://example.vn/a")
    assert differences_table(found, "Phường Mẫu", "vi").rows[0][1:3] == ("60,1%", "59,65%")


@pytest.mark.parametrize(
    ("printed", "more", "checked"),
    [
        (59.6, {"basis": "council"}, 1),
        (60, {"basis": "council"}, 1),
        (60.1, {"basis": "assigned"}, 0),
        (60.1, {"basis": "council", "hedge": "about"}, 0),
        (60.1, {"basis": "council", "period": "h1"}, 0),
    ],
)
def test_nothing_is_said_where_rounding_explains_it_or_the_sides_differ(stored, catalogue, printed, more, checked):
    """Another plan, another period or a hedge is compared with nothing."""
    frame = stored(
        (REVENUE, 102e9, {}), (REVENUE, 171e9, {"scenario": "plan", "basis": "council"}), (PRINTED, printed, more)
    )
    found = differences(frame, catalogue, {}, "vi")
    assert (found.found, found.checked) == ((), checked)


def test_a_rate_is_held_against_its_count(stored, catalogue):
    """13 of 18 groups is 72,2 %, not 75 %."""
    frame = stored(("cultural_groups", 13, {"of": 18}), ("cultural_groups_rate", 75, {}))
    (row,) = differences(frame, catalogue, {}, "vi").found
    assert "báo cáo ghi 75%, tính lại 13/18 = 72,2%" in row.said
    assert row.report == "b.xlsx"


def test_a_count_of_groups_is_held_against_the_list_of_names(stored, catalogue):
    """The report says 13 of 18, the list names 12 of 18; a list of some groups only is no contradiction."""
    titles = [("cultural_group_title", int(place < 12), {"member": f"g{place}"}) for place in range(18)]
    total = ("cultural_groups", 13, {"of": 18})
    (row,) = differences(stored(total, *titles), catalogue, {}, "vi").found
    assert row.said == "báo cáo ghi 13/18 tổ, đếm theo danh sách từng tổ 12/18 tổ; chênh +1 tổ"
    assert differences(stored(total, *titles[:10]), catalogue, {}, "vi").found == ()


def test_only_web_addresses_become_links(stored, catalogue):
    """What a report gives as its address may be anything."""
    frame = stored(
        ("cultural_groups", 13, {"of": 18}), ("cultural_groups_rate", 75, {"url": "javascript:alert(1)"})
    )
    assert [row.link for row in differences(frame, catalogue, {}, "en").found] == [""]

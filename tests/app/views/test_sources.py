"""Where every figure came from, in words that can be searched."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pandas as pd
import pytest

from app.views.review import waiting_table
from app.views.sources import entries, message, report_words, search


@pytest.fixture
def frame():
    """Rows as the store's sources gives them: two figures, a group's title, an award."""
    common = {
        "period": "year", "scenario": "actual", "basis": "", "of": float("nan"), "hedge": "", "flags": "", "quote": "",
        "rule": "table.wide", "batch": 3, "who": "lan", "at": datetime(2026, 1, 5, 8, 0, tzinfo=UTC),
        "is_sample": False, "url": "", "published": None, "honour": "", "class": "", "level": "", "recipient": "",
        "member": "", "report": "b.xlsx", "place": "Thu!C14",
    }  # fmt: skip
    return pd.DataFrame(
        [
            common | {"indicator": "budget_revenue", "year": 2018, "value": 8.4e9, "scenario": "plan",
                      "basis": "council"},
            common | {"indicator": "cultural_groups", "year": 2020, "value": 13.0, "of": 18.0, "place": "câu 9",
                      "quote": "có 13/18 tổ dân phố đạt", "url": "https://example.vn/a",
                      "published": date(2021, 1, 28)},
            common | {"indicator": "cultural_group_title", "year": 2020, "value": 0.0, "member": "g7"},
            common | {"indicator": "", "year": 2020, "value": 4.0, "honour": "hc_lao_dong", "class": "Ba",
                      "level": "central", "recipient": "individual", "url": "javascript:alert(1)"},
        ]
    )  # fmt: skip


@pytest.fixture
def found(frame, catalogue):
    """The same in words."""
    groups = pd.DataFrame([{"id": "g7", "name": "Tổ dân phố số 7"}])
    reports = pd.DataFrame([{"batch": 3, "title": "Báo cáo tổng kết"}])
    return entries(frame, catalogue, groups, reports, "vi")


def test_only_web_addresses_become_links(found):
    """What a report gives as its address may be anything."""
    assert {entry.link for entry in found} == {"", "https://example.vn/a"}


def test_each_entry_says_value_kind_place_and_report(found):
    """As printed, the newest year first."""
    groups = next(entry for entry in found if entry.value == "13/18 tổ")
    assert groups.report == "Báo cáo tổng kết (28/1/2021)"
    assert (groups.place, groups.quote) == ("câu 9", "có 13/18 tổ dân phố đạt")
    assert [entry.year for entry in found] == [2020, 2020, 2020, 2018]
    assert found[-1].kind == "Kế hoạch, HĐND quyết định" and found[-1].value == "8,4 tỷ đồng"


def test_groups_and_awards_are_named(found):
    """Not by their ids."""
    names = {entry.name: entry.value for entry in found}
    assert names["Huân chương Lao động hạng Ba"] == "4 lượt"
    assert names["Danh hiệu văn hóa của từng tổ dân phố: Tổ dân phố số 7"] == "chưa đạt"


@pytest.mark.parametrize(("stored", "printed"), [(0.88, "0,88%"), (681.8, "681,8%"), (94.0, "94%"), (90.0, "90%")])
def test_a_percentage_beside_its_source_is_printed_as_stored(frame, catalogue, stored, printed):
    """Not rounded: the overview prints 0,88% and the clerk compares."""
    row = frame.iloc[[0]].assign(indicator="poor_household_rate", value=stored, scenario="actual", basis="")
    groups, reports = pd.DataFrame({"id": [], "name": []}), pd.DataFrame({"batch": [], "title": []})
    found = entries(row, catalogue, groups, reports, "vi")
    assert [entry.value for entry in found] == [printed]


@pytest.mark.parametrize(("stored", "printed"), [
    (139_750_000_000.0, "139,75 tỷ đồng"), (61_350_500_000.0, "61,3505 tỷ đồng"), (8_254_817.0, "8,254817 triệu đồng"),
    (612_400_000_000.0001, "612,4 tỷ đồng"), (0.0, "0 đồng"),
])  # fmt: skip
def test_money_beside_its_source_is_printed_to_the_dong(frame, catalogue, stored, printed):
    """What a clerk typed or the file says; a spreadsheet's dust below the đồng is not."""
    row = frame.iloc[[0]].assign(value=stored)
    groups, reports = pd.DataFrame({"id": [], "name": []}), pd.DataFrame({"batch": [], "title": []})
    assert [entry.value for entry in entries(row, catalogue, groups, reports, "vi")] == [printed]


def test_a_correction_in_the_fifth_digit_waits_for_approval_too(frame, catalogue):
    """Both would read 148,6 tỷ đồng if they were rounded, and the approver would never see it."""
    before, after = (frame.iloc[[0]].assign(unit_code="1", unit_from=date(1900, 1, 1), value=value)
                     for value in (148_620_000_000.0, 148_640_000_000.0))  # fmt: skip
    (row,) = waiting_table(before, after, catalogue, {}, "vi").rows
    assert row[2:4] == ("148,62 tỷ đồng", "148,64 tỷ đồng")


def test_what_waits_stands_in_the_order_of_the_catalogue(frame, catalogue):
    """Not in that of its English ids: money first, then groups, the register of awards where awards stand."""
    waiting = frame.assign(unit_code="1", unit_from=date(1900, 1, 1)).iloc[::-1]
    table = waiting_table(frame.iloc[:0], waiting, catalogue, {"g7": "Tổ 7"}, "vi")
    assert [row[0].split(":")[0] for row in table.rows] == [
        "Thu ngân sách nhà nước trên địa bàn", "Tổ dân phố văn hóa", "Danh hiệu văn hóa của từng tổ dân phố",
        "Huân chương Lao động hạng Ba",
    ]  # fmt: skip


@pytest.mark.parametrize(("lang", "printed"), [("vi", "Thực hiện, 6 tháng cuối năm"), ("en", "Actual, second half")])
def test_a_part_of_a_year_is_said_in_words(frame, catalogue, lang, printed):
    """Not by the id under which the store keeps it."""
    row = frame.iloc[[0]].assign(period="h2", scenario="actual", basis="")
    groups, reports = pd.DataFrame({"id": [], "name": []}), pd.DataFrame({"batch": [], "title": []})
    assert [entry.kind for entry in entries(row, catalogue, groups, reports, lang)] == [printed]


@pytest.mark.parametrize(
    ("words", "family", "year", "count"),
    [
        ("", "", None, 4), ("khong co dau nao", "", None, 0), ("to dan pho so 7", "", None, 1),
        ("THU C14", "", None, 3),
        ("", "awards", None, 1), ("", "culture", 2020, 2), ("", "culture", 2018, 0),
    ],
)  # fmt: skip
def test_search_needs_every_word_and_no_accents(found, words, family, year, count):
    """In name, value, place and quote; narrowed by family and year."""
    assert len(search(found, words, family, year)) == count


def test_many_reports_are_counted_and_the_newest_named():
    """Two are both named."""
    rows = pd.DataFrame({"year": [2018, 2019, 2020, 2020], "source": ["a", "b", "c", "c"]})
    assert report_words(rows, "vi") == "3 báo cáo, trong đó có c"
    assert report_words(rows[rows["year"] < 2020], "vi") == "b · a"


def test_the_message_counts_figures_reports_and_years(frame):
    """One report is said in words."""
    title, _ = message(frame, "vi")
    assert title == "4 số liệu 2018–2020 từ một báo cáo, mỗi số có chỗ tra"


def test_the_day_of_storing_is_that_of_viet_nam(frame, catalogue):
    """Late in the evening in London it is the next day there."""
    late = frame.head(1).assign(at=[datetime(2026, 1, 5, 18, 0, tzinfo=UTC)])
    (entry,) = entries(late, catalogue, pd.DataFrame(), pd.DataFrame(), "vi")
    assert entry.stored == "lần nạp 3, lan, 6/1/2026"

"""Tables with years down: read as if they ran the usual way, each number told where it stands in its file."""

import docx
import openpyxl
import pytest

from etl.find import find
from etl.readers import read_file


def workbook(path, *rows, merged=()):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for cells in merged:
        book.active.merge_cells(cells)
    book.save(path)
    return read_file(path.name, path.read_bytes())


def word(path, title, rows):
    paper = docx.Document()
    paper.add_paragraph(title)
    table = paper.add_table(rows=len(rows), cols=len(rows[0]))
    for number, row in enumerate(rows):
        for at, text in enumerate(row):
            table.cell(number, at).text = text
    paper.save(path)
    return read_file(path.name, path.read_bytes())


@pytest.mark.parametrize(
    "rows",
    [
        [["Năm", "Số hội viên"], ["2019", "120"], ["2020", "131"]],
        [["Năm", "Số hộ nghèo"], ["2019", "98"]],
        [["Năm", "Số hộ nghèo"], ["2019", "98"], ["2019", "76"]],
        [["1998", "Hộ nghèo"], ["1999", "12"], ["2000", "13"], ["2001", "14"]],
    ],
    ids=["no indicator", "one year", "a year twice", "row numbers"],
)
def test_what_does_not_run_the_other_way_gives_no_figures(tmp_path, catalogue, rows):
    """Without an indicator's name, with one row only, or with a year told twice nobody knows what a number is."""
    assert find(word(tmp_path / "a.docx", "UBND PHƯỜNG MẪU", rows), catalogue).figures == []


def test_years_down_and_indicators_across(tmp_path, catalogue):
    """Estimates and plans by the words beside their year; a sum of the years is no year; a strange column is named."""
    rows = [
        ["TT", "Năm", "Tổng số hộ", "Số hộ nghèo", "Tỷ lệ hộ nghèo (%)"],
        ["1", "Năm 2019", "2.450", "98", "4,0"],
        ["2", "Ước 2020", "2.480", "76", "3,06"],
        ["3", "KH 2021", "", "70", "2,8"],
        ["", "Cộng", "", "174", ""],
    ]
    found = find(word(tmp_path / "a.docx", "UBND PHƯỜNG MẪU", rows), catalogue)
    said = {(each.indicator, each.year, each.scenario, str(each.value)) for each in found.figures}
    assert said == {
        ("poor_households", 2019, "actual", "98"), ("poor_households", 2020, "estimate", "76"),
        ("poor_households", 2021, "plan", "70"), ("poor_household_rate", 2019, "actual", "4"),
        ("poor_household_rate", 2020, "estimate", "3.06"), ("poor_household_rate", 2021, "plan", "2.8"),
    }  # fmt: skip
    places = {(each.indicator, each.year): each.origin.place for each in found.figures}
    assert places["poor_households", 2020] == "bảng 1, hàng 3, cột 4"
    assert [notice.params["label"] for notice in found.notices] == ["Tổng số hộ"]


def test_plan_and_result_under_each_indicator(tmp_path, catalogue):
    """The unit and the ward stand above; a header of two rows tells what a column is of and which kind."""
    document = workbook(
        tmp_path / "a.xlsx",
        ["ỦY BAN NHÂN DÂN PHƯỜNG MẪU"], ["Đơn vị tính: triệu đồng"],
        ["Năm", "Thu NSNN trên địa bàn", None, None, "Chi ngân sách phường", None],
        [None, "Dự toán", "Thực hiện", "%", "Dự toán", "Thực hiện"],
        [2018, 9000, 9360, 104, 5100, 5050], [2019, 9500, 9975, 105, 5300, 5290],
        merged=("A3:A4", "B3:D3", "E3:F3"),
    )  # fmt: skip
    found = find(document, catalogue)
    said = {(each.indicator, each.year, each.scenario, int(each.value)) for each in found.figures}
    assert said == {
        ("budget_revenue", 2018, "plan", 9_000_000_000), ("budget_revenue", 2018, "actual", 9_360_000_000),
        ("budget_revenue", 2019, "plan", 9_500_000_000), ("budget_revenue", 2019, "actual", 9_975_000_000),
        ("budget_revenue_attainment", 2018, "actual", 104), ("budget_revenue_attainment", 2019, "actual", 105),
        ("budget_expenditure", 2018, "plan", 5_100_000_000), ("budget_expenditure", 2018, "actual", 5_050_000_000),
        ("budget_expenditure", 2019, "plan", 5_300_000_000), ("budget_expenditure", 2019, "actual", 5_290_000_000),
    }  # fmt: skip
    assert found.faults == []

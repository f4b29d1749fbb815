"""Headers are found by their words, whatever their cells."""

import pytest

from etl.find.columns import find_header, flatten, read_column


def test_a_table_without_a_label_column_has_no_header(table):
    """A signature block is no table of figures."""
    assert find_header(table([["Nơi nhận:", "CHỦ TỊCH"], ["- Lưu VT", "Nguyễn Văn A"]])) is None


@pytest.mark.parametrize(
    ("header", "role", "year", "scenario", "basis", "period"),
    [
        ("Chỉ tiêu", "label", None, "", "", "year"),
        ("ĐVT", "measure", None, "", "", "year"),
        ("2019", "value", 2019, "actual", "", "year"),
        ("Kế hoạch năm 2023", "value", 2023, "plan", "unstated", "year"),
        ("KH HĐND giao 2023", "value", 2023, "plan", "council", "year"),
        ("Dự toán quận giao", "value", None, "plan", "assigned", "year"),
        ("Dự toán điều chỉnh", "value", None, "plan", "adjusted", "year"),
        ("Ước thực hiện năm 2023", "value", 2023, "estimate", "", "year"),
        ("Thực hiện 6 tháng đầu năm 2024", "value", 2024, "actual", "", "h1"),
        ("TH 9 tháng", "value", None, "actual", "", "9m"),
        ("Quyết toán", "value", None, "final", "", "year"),
        ("% so KH", "against_plan", None, "actual", "unstated", "year"),
        ("So với HĐND giao (%)", "against_plan", None, "actual", "council", "year"),
        ("So với cùng kỳ (%)", "against_before", None, "", "", "year"),
        ("2023/2022 (%)", "against_before", None, "", "", "year"),
        ("Đánh giá", "note", None, "", "", "year"),
        ("Ghi chú", "note", None, "", "", "year"),
        ("Tổng số", "of", None, "", "", "year"),
    ],
)
def test_a_header_says_what_its_column_holds(header, role, year, scenario, basis, period):
    """Year, kind of figure, who set the plan, part of the year."""
    column = read_column(3, header)
    assert (column.role, column.year, column.scenario, column.basis, column.period) == (
        role,
        year,
        scenario,
        basis,
        period,
    )


def test_two_header_rows_are_read_as_one_and_the_numbering_row_is_left_out(table):
    """Without merged cells a blank upper cell takes the words on its left."""
    sheet = table(
        [
            ["TT", "Chỉ tiêu", "2018", "", "2019", ""],
            ["", "", "KH", "TH", "KH", "TH"],
            ["A", "B", "1", "2", "3", "4"],
            ["1", "Hộ nghèo", 5, 4, 4, 3],
        ]
    )
    top, bottom, label = find_header(sheet)
    assert (top, bottom, label) == (0, 3, 1)
    assert flatten(sheet, top, bottom) == ["TT", "Chỉ tiêu", "2018 KH", "2018 TH", "2019 KH", "2019 TH"]

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
        ("KH2025", "value", 2025, "plan", "unstated", "year"),
        ("Nghị quyết HĐND năm 2025", "value", 2025, "plan", "council", "year"),
        ("Kế hoạch thực hiện năm 2026", "value", 2026, "plan", "unstated", "year"),
        ("Kết quả thực hiện kế hoạch năm 2025", "value", 2025, "actual", "", "year"),
        ("Kế hoạch và thực hiện năm 2025 Kế hoạch", "value", 2025, "plan", "unstated", "year"),
        ("Kế hoạch và thực hiện năm 2025 Thực hiện", "value", 2025, "actual", "", "year"),
        ("Dự toán 2025 (QĐ ngày 20/12/2024)", "value", 2025, "plan", "unstated", "year"),
        ("Giai đoạn 2021-2025 Năm 2023", "value", 2023, "actual", "", "year"),
        ("Thực hiện đến 30/6/2025", "value", 2025, "actual", "", "h1"),
        ("Thực hiện đến hết tháng 8", "value", None, "actual", "", "8m"),
        ("Lũy kế thực hiện đến hết tháng 9", "value", None, "actual", "", "9m"),
        ("Thực hiện đến hết quý III", "value", None, "actual", "", "9m"),
        ("Thực hiện đến 15/11/2025", "open", None, "", "", "year"),
        ("Thực hiện tháng 9", "open", None, "", "", "year"),
        ("Thực hiện T9/2025", "open", None, "", "", "year"),
        ("TH 6T đầu năm 2025", "value", 2025, "actual", "", "h1"),
        ("Kết quả TDP số 1", "open", None, "", "", "year"),
        ("Lũy kế thực hiện", "open", None, "", "", "year"),
        ("Thực hiện Trong tháng", "open", None, "", "", "year"),
        ("Thực hiện Luỹ kế từ đầu năm", "open", None, "", "", "year"),
        ("So sánh TH từ đầu năm với DT năm (%)", "open", None, "", "", "year"),
        ("Mục tiêu NQ ĐH", "open", None, "", "", "year"),
        ("Mục tiêu cả nhiệm kỳ", "open", None, "", "", "year"),
        ("Tỷ lệ (%) so với NQ Đại hội", "open", None, "", "", "year"),
        ("Nhu cầu năm 2025", "open", None, "", "", "year"),
        ("Kế hoạch 5 năm 2021-2025", "open", None, "", "", "year"),
        ("Bình quân 2021-2025", "", None, "", "", "year"),
        ("So sánh (%) UTH 2025/KH2025", "against_plan", 2025, "actual", "unstated", "year"),
        ("So sánh (%) UTH 2025/TH 2024", "against_before", None, "", "", "year"),
        ("KH 2026/TH 2025 (%)", "against_before", None, "", "", "year"),
        ("So với thực hiện 2024", "against_before", None, "", "", "year"),
        ("So với 2024 (%)", "against_before", None, "", "", "year"),
        ("So sánh (%) 6T2024/6T2023", "against_before", None, "", "", "year"),
        ("6 tháng đầu năm 2024/6 tháng đầu năm 2023", "against_before", None, "", "", "year"),
        ("6T2024/KH năm", "against_plan", 2024, "actual", "unstated", "h1"),
        ("Lũy kế 9 tháng", "value", None, "actual", "", "9m"),
        ("Ước đầu năm 2025", "open", None, "", "", "year"),
        ("Toàn huyện Kế hoạch", "open", None, "", "", "year"),
        ("Huyện Thực hiện 2024", "open", None, "", "", "year"),
        ("Xã An Hòa (cũ) KH 2025", "open", None, "", "", "year"),
        ("Dự toán Huyện giao", "value", None, "plan", "assigned", "year"),
        ("So với năm trước (%)", "against_before", None, "", "", "year"),
        ("Thực hiện năm báo cáo so với (%) Năm trước", "against_before", None, "", "", "year"),
        ("Thực hiện quý I/2025", "value", 2025, "actual", "", "q1"),
        ("Quý I/2025 so với quý I/2024 (%)", "against_before", None, "", "", "year"),
        ("KQ thực hiện 6/2023", "open", None, "", "", "year"),
        ("Kế hoạch giao đầu năm 2025", "value", 2025, "plan", "unstated", "year"),
        ("Chính thức năm 2022", "value", 2022, "actual", "", "year"),
        ("KQ 11 tháng", "value", None, "actual", "", "11m"),
        ("Ước 31/12", "value", None, "estimate", "", "year"),
        ("Còn phải thực hiện", "open", None, "", "", "year"),
        ("So mục tiêu", "against_plan", None, "actual", "unstated", "year"),
        ("Số kế hoạch", "value", None, "plan", "unstated", "year"),
        ("Chỉ số", "label", None, "", "", "year"),
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


@pytest.mark.parametrize(
    ("header", "scenario", "shift"),
    [
        ("Thực hiện năm trước", "actual", -1),
        ("Kế hoạch năm nay", "plan", 0),
        ("Kế hoạch năm sau", "plan", 1),
        ("Thực hiện năm trước (2023)", "actual", 0),
    ],
)
def test_a_header_may_name_its_year_by_the_report_s(header, scenario, shift):
    """Next year's plan was taken for this year's; a year in numbers needs no other."""
    column = read_column(3, header)
    assert (column.role, column.scenario, column.shift) == ("value", scenario, shift)


def test_targets_beside_the_names_of_the_rows_are_a_plan_and_no_second_column_of_names():
    """ "Chỉ tiêu giao" to the right of "Chỉ tiêu"; alone it names the rows."""
    assert read_column(3, "Chỉ tiêu giao năm 2025", named=True).scenario == "plan"
    assert read_column(3, "Chỉ tiêu 2025", named=True).scenario == "plan"
    assert read_column(1, "Chỉ tiêu giao năm 2025").role == "label"


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


def test_three_header_rows_without_merged_cells_carry_their_words_to_the_right(table):
    """A column without a third row lost its year and became the report's; another group's words stay away."""
    sheet = table(
        [
            ["Chỉ tiêu", "Năm 2024", "", "", "Năm 2025", ""],
            ["", "Kế hoạch", "", "Thực hiện", "Kế hoạch", "Ước TH"],
            ["", "Tỉnh giao", "HĐND giao", "", "", ""],
            ["Hộ nghèo", 5, 4, 4, 3, 3],
        ]
    )
    top, bottom, _ = find_header(sheet)
    assert flatten(sheet, top, bottom) == [
        "Chỉ tiêu",
        "Năm 2024 Kế hoạch Tỉnh giao",
        "Năm 2024 Kế hoạch HĐND giao",
        "Năm 2024 Thực hiện",
        "Năm 2025 Kế hoạch",
        "Năm 2025 Ước TH",
    ]


def test_a_row_without_values_that_begins_like_a_header_is_a_row(table):
    """ "Chỉ tiêu giao quân | người" without values went into the header, and two columns lost their year."""
    sheet = table(
        [
            ["Chỉ tiêu", "ĐVT", "2024", "", "2025", ""],
            ["", "", "KH", "TH", "KH", "TH"],
            ["Chỉ tiêu giao quân", "người", "", "", "", ""],
            ["Hộ nghèo", "hộ", 5, 4, 4, 3],
        ]
    )
    top, bottom, _ = find_header(sheet)
    assert (top, bottom) == (0, 2)
    assert flatten(sheet, top, bottom)[2:] == ["2024 KH", "2024 TH", "2025 KH", "2025 TH"]
    assert find_header(sheet, bottom) is None

"""Indicators down, plan and result or years across."""

from decimal import Decimal

import pytest

from etl.document import Cell
from etl.find import find
from etl.find.tables import find_wide

HEAD = ["TT", "Chỉ tiêu", "ĐVT", "Kế hoạch", "Thực hiện", "% so KH"]


def values(found):
    return {(f.indicator, f.year, f.scenario, f.basis): f.value for f in found.figures}


def test_an_amount_without_a_unit_of_measure_is_demanded_not_guessed(table, catalogue, labels):
    """8.400 what? Every such cell is named."""
    found = find_wide(
        table([["Chỉ tiêu", "Năm 2020", "Năm 2021"], ["Thu NSNN trên địa bàn", "8.400", 9000]]), catalogue, labels, None
    )
    assert found.figures == []
    assert [(fault.code, fault.where) for fault in found.faults] == [
        ("etl.measure_missing", "Thu!B2"),
        ("etl.measure_missing", "Thu!C2"),
    ]


def test_a_table_that_names_no_year_is_a_fault(table, catalogue, labels):
    """Where the report does not say it either."""
    sheet = table([["Chỉ tiêu", "Thực hiện"], ["Hộ nghèo", 5]])
    assert [fault.code for fault in find_wide(sheet, catalogue, labels, None).faults] == ["etl.year_missing"]
    assert values(find_wide(sheet, catalogue, labels, 2020)) == {("poor_households", 2020, "actual", ""): 5}


def test_every_unreadable_cell_is_named_and_the_others_are_read(table, catalogue, labels):
    """All faults of a file at once."""
    rows = [
        ["Chỉ tiêu", "ĐVT", "2019", "2020", "2021"],
        ["Hộ nghèo", "hộ", "khoảng 12", Cell("", "", formula_without_value=True), 4],
    ]
    found = find_wide(table(rows), catalogue, labels, None)
    assert [(fault.code, fault.where) for fault in found.faults] == [
        ("etl.not_a_number", "Thu!C2"),
        ("etl.formula_without_value", "Thu!D2"),
    ]
    assert values(found) == {("poor_households", 2021, "actual", ""): 4}


def test_a_label_of_no_catalogue_is_told_and_left_aside(table, catalogue, labels):
    """Nothing is lost in silence; a heading merged over the row is no label."""
    rows = [["Chỉ tiêu", "2020"], ["KINH TẾ", "KINH TẾ"], ["Trồng cây", 100]]
    found = find_wide(table(rows), catalogue, labels, None)
    assert [(notice.code, notice.params["label"]) for notice in found.notices] == [("etl.unknown_label", "Trồng cây")]


def test_thousands_that_nothing_decides_become_a_question_with_both_readings(table, catalogue, labels):
    """1.234 triệu in a column of its like."""
    rows = [["Đơn vị: triệu đồng"], ["Chỉ tiêu", "2020"], ["Thu NSNN trên địa bàn", "1.234"]]
    found = find_wide(table(rows), catalogue, labels, None)
    assert found.figures == []
    (question,) = found.questions
    assert [candidate.value for candidate in question.candidates] == [1234000000, 1234000]


def test_another_cell_of_the_table_decides_what_the_point_means(table, catalogue, labels):
    """8.254,817 shows the style; the 1.234 beside it is a thousand."""
    rows = [["Đơn vị: triệu đồng"], ["Chỉ tiêu", "2019", "2020"], ["Thu NSNN trên địa bàn", "8.254,817", "1.234"]]
    assert (
        values(find_wide(table(rows), catalogue, labels, None))[("budget_revenue", 2020, "actual", "")] == 1234 * 10**6
    )


def test_a_count_in_thousands_decides_what_the_point_means(table, catalogue, labels):
    """2.310 households are no 2,31; shares and amounts of the same table write alike."""
    rows = [
        ["Chỉ tiêu", "ĐVT", "Kế hoạch 2024"],
        ["Thu NSNN trên địa bàn", "triệu đồng", "16.400"],
        ["Số hộ gia đình văn hóa", "hộ", "2.310"],
    ]
    found = find_wide(table(rows), catalogue, labels, None)
    assert found.questions == []
    assert values(found)[("budget_revenue", 2024, "plan", "unstated")] == 16_400 * 10**6


def test_a_count_of_the_other_style_makes_a_column_open(table, catalogue, labels):
    """12,5 shows a decimal comma, 1,250 families that it parts thousands too: two people typed."""
    rows = [
        ["Chỉ tiêu", "ĐVT", "2024"],
        ["Thu NSNN trên địa bàn", "triệu đồng", "9.450,5"],
        ["Chi ngân sách phường", "triệu đồng", "8.100"],
        ["Gia đình văn hóa", "hộ", "1,250"],
    ]
    found = find_wide(table(rows), catalogue, labels, None)
    assert [question.params["text"] for question in found.questions] == ["8.100"]
    assert values(found)[("cultural_families", 2024, "actual", "")] == 1250


def test_a_column_beside_one_of_the_other_style_is_asked_about(table, catalogue, labels):
    """7,000.25 shows a decimal point, yet 6.543,5 beside it shows that two people typed: 8.000 may be 8 or 8000."""
    rows = [
        ["Chỉ tiêu", "ĐVT", "Kế hoạch 2020", "Thực hiện 2020"],
        ["Thu NSNN trên địa bàn", "triệu đồng", "8.000", "9,125.5"],
        ["Chi ngân sách phường", "triệu đồng", "7,000.25", "6.543,5"],
    ]
    found = find_wide(table(rows), catalogue, labels, None)
    (question,) = found.questions
    assert {candidate.value for candidate in question.candidates} == {8 * 10**6, 8 * 10**9}
    assert len(found.figures) == 3


def test_a_column_with_both_thousand_styles_is_asked_about(table, catalogue, labels):
    """1.234.567 above 1,234,567: the 1.234 between them has no reading of its own."""
    rows = [
        ["Đơn vị: triệu đồng"], ["Chỉ tiêu", "2020"], ["Thu NSNN trên địa bàn", "1.234.567"],
        ["Thu ngân sách phường", "1,234,567"], ["Chi ngân sách phường", "1.234"],
    ]  # fmt: skip
    found = find_wide(table(rows), catalogue, labels, None)
    assert len(found.figures) == 2
    assert [question.code for question in found.questions] == ["etl.question_ambiguous"]


def test_an_annex_gives_plan_result_and_the_printed_percentage(table, catalogue, labels):
    """The report's appendix in its usual six columns."""
    rows = [["UBND PHƯỜNG MẪU"], ["PHỤ LỤC CHỈ TIÊU NĂM 2019"], HEAD, ["A", "B", "C", "1", "2", "3=2/1"],
            ["1", "Thu ngân sách nhà nước trên địa bàn", "Triệu đồng", "8.400", "8.756,5", "104,2"],
            ["2", "Tổ dân phố văn hóa", "Tổ", "14/18", "13/18", "92,9"],
            ["3", "Tỷ lệ hộ nghèo", "%", 0.4, 0.36, ""]]  # fmt: skip
    found = find_wide(table(rows), catalogue, labels, None)
    assert (found.unit_name, found.year) == ("Phường Mẫu", 2019)
    assert values(found) == {
        ("budget_revenue", 2019, "plan", "unstated"): 8400 * 10**6,
        ("budget_revenue", 2019, "actual", ""): 87565 * 10**5,
        ("budget_revenue_attainment", 2019, "actual", "unstated"): Decimal("104.2"),
        ("cultural_groups", 2019, "plan", "unstated"): 14,
        ("cultural_groups", 2019, "actual", ""): 13,
        ("poor_household_rate", 2019, "plan", "unstated"): Decimal("0.4"),
        ("poor_household_rate", 2019, "actual", ""): Decimal("0.36"),
    }
    reached = next(f for f in found.figures if f.indicator == "cultural_groups" and f.scenario == "actual")
    assert (reached.of, reached.of_kind, reached.origin.place) == (18, "unstated", "Thu!E6")
    assert reached.quote == "Tổ dân phố văn hóa | Thực hiện: 13/18"


def test_targets_written_as_bounds_are_plans_and_words_for_numbers_keep_no_file_out(table, catalogue, labels):
    """ "≥ 92" is the plan 92, "trên 95" over 95; a limit from above and "Đạt" are named and are no figures."""
    rows = [
        ["Chỉ tiêu", "ĐVT", "KH 2025", "TH 2025"],
        ["Tỷ lệ gia đình văn hóa", "%", "≥ 92", "trên 93,5"],
        ["Tỷ lệ bao phủ BHYT", "%", "từ 95% trở lên", "từ 95"],
        ["Hộ nghèo", "hộ", "< 20", "Giảm"],
        ["Hộ cận nghèo", "hộ", "Trên 10", "#REF!"],
    ]
    found = find_wide(table(rows), catalogue, labels, None)
    assert [(f.indicator, f.scenario, f.value, f.hedge) for f in found.figures] == [
        ("cultural_families_rate", "plan", 92, ""), ("cultural_families_rate", "actual", Decimal("93.5"), "over"),
        ("health_insurance_rate", "plan", 95, ""), ("near_poor_households", "plan", 10, "over"),
    ]  # fmt: skip
    assert [(notice.code, notice.where) for notice in found.notices] == [
        ("etl.limit_from_above", "Thu!C4"), ("etl.words_for_number", "Thu!D4"),
    ]  # fmt: skip
    assert [fault.where for fault in found.faults] == ["Thu!D3", "Thu!D5"]


def test_a_part_of_something_unknown_is_asked_about(table, catalogue, labels):
    """Poor households among those with loans are not the ward's; among all households they are."""
    rows = [
        ["Chỉ tiêu", "ĐVT", "2025"], ["Tổng số hộ dân", "hộ", 5000], ["- Hộ cận nghèo", "hộ", 28],
        ["Số hộ được vay vốn", "hộ", 120], ["Trong đó: Hộ nghèo", "hộ", 15], ["II. Giảm nghèo"],
        ["- Hộ nghèo", "hộ", 18], ["Trong đó: - Chi thường xuyên", "triệu đồng", 500],
    ]  # fmt: skip
    found = find_wide(table(rows), catalogue, labels, None)
    assert [(f.indicator, f.value) for f in found.figures] == [
        ("near_poor_households", 28), ("poor_households", 18), ("budget_expenditure_line", 500 * 10**6),
    ]  # fmt: skip
    (question,) = found.questions
    assert (question.code, [f.value for f in question.candidates]) == ("etl.question_part", [15])


def test_a_column_of_numbers_under_unknown_words_is_named_where_its_table_is_read(table, catalogue, labels):
    """A clerk's own word for the result; plans alone were stored without a word. Counts of rows and notes are none."""
    rows = [["Chỉ tiêu", "Mục phấn đấu 2025", "Số làm được", "Mã", "Ý kiến"],
            ["Hộ nghèo", 25, 21, 1, "giảm"], ["Công dân nhập ngũ", 60, 59, 2, ""]]  # fmt: skip
    found = find_wide(table(rows), catalogue, labels, 2025)
    assert {figure.scenario for figure in found.figures} == {"plan"}
    assert [(notice.code, notice.where, notice.params["header"]) for notice in found.notices] == [
        ("etl.column_open", "Thu!C2", "Số làm được")
    ]


@pytest.mark.parametrize("title", ["PHỤ LỤC 2. CHỈ TIÊU CẢ NĂM 2025", "KẾT QUẢ 6 THÁNG CUỐI NĂM VÀ CẢ NĂM 2025"])
def test_a_title_of_the_whole_year_makes_its_results_the_year_s(title, table, catalogue, labels):
    """Also in a report whose own title names a part: each part has a table of its own there."""
    rows = [[title], ["Chỉ tiêu", "ĐVT", "Thực hiện năm 2025"], ["Hộ nghèo", "hộ", 16]]
    found = find_wide(table(rows), catalogue, labels, 2025, "h2")
    assert [(figure.year, figure.period) for figure in found.figures] == [(2025, "year")]


def test_an_estimate_of_the_last_day_is_the_year_s_under_a_title_of_a_part(table, catalogue, labels):
    """ "Ước 31/12" beside what stands "đến 15/12"."""
    rows = [
        ["KẾT QUẢ NĂM 2024 (số liệu đến 15/12/2024)"],
        ["Chỉ tiêu", "ĐVT", "Kết quả đến 15/12", "Ước 31/12"],
        ["Tỷ lệ bao phủ BHYT", "%", 96.1, 96.3],
    ]
    found = find_wide(table(rows), catalogue, labels, 2024)
    assert [(f.year, f.period, f.scenario, f.value) for f in found.figures] == [
        (2024, "year", "estimate", Decimal("96.3"))
    ]


@pytest.mark.parametrize("title", [["KẾT QUẢ 6 THÁNG ĐẦU NĂM, NHIỆM VỤ 6 THÁNG CUỐI NĂM 2025"], []])
def test_results_are_of_the_part_of_the_year_that_the_title_sums_up(title, table, catalogue, labels):
    """The table's own title or, where it names none, the report's; plans, last year and the year's estimate are not."""
    rows = [
        title or ["PHỤ LỤC CÁC CHỈ TIÊU NĂM 2025"],
        ["Chỉ tiêu", "ĐVT", "TH 2024", "KH 2025", "Thực hiện", "% so KH", "Ước cả năm 2025", "Nhu cầu 2025"],
        ["Hộ nghèo", "hộ", 25, 20, 22, "", 18, 7],
    ]
    found = find_wide(table(rows), catalogue, labels, 2025, "year" if title else "h1")
    assert {(f.year, f.period, f.scenario): f.value for f in found.figures} == {
        (2024, "year", "actual"): 25, (2025, "year", "plan"): 20, (2025, "h1", "actual"): 22,
        (2025, "year", "estimate"): 18,
    }  # fmt: skip
    assert [(notice.code, notice.where) for notice in found.notices] == [("etl.column_open", "Thu!H3")]


def test_numbers_of_rows_prove_no_decimal_mark_and_growth_is_no_attainment(table, catalogue, labels):
    """3.1 before a name leaves 5.200 open; next year's plan over this year's estimate is no percentage of a plan."""
    rows = [
        ["STT", "Chỉ tiêu", "ĐVT", "Ước thực hiện năm 2025", "Dự toán năm 2026", "So sánh (%)"],
        ["3", "Tổng chi ngân sách phường", "triệu đồng", "5.000", "5.200", "104"],
        ["3.1", "Hộ nghèo", "hộ", "20", "15", "75"],
    ]
    found = find_wide(table(rows), catalogue, labels, 2026)
    assert {key[1:]: value for key, value in values(found).items()} == {
        (2025, "estimate", ""): 20, (2026, "plan", "unstated"): 15,
    }  # fmt: skip
    assert [question.params["text"] for question in found.questions] == ["5.000", "5.200"]


def test_a_bare_year_under_a_title_of_plans_is_no_result(table, document, catalogue, labels):
    """ "Năm 2026" may be the plan of 2026: the table is offered to be explained; one of results is read."""
    rows = [
        ["KẾ HOẠCH PHÁT TRIỂN KINH TẾ - XÃ HỘI NĂM 2026"], ["Chỉ tiêu", "ĐVT", "Năm 2026"], ["Hộ nghèo", "hộ", 15],
        ["Trồng cây", "cây", 300],
    ]  # fmt: skip
    found = find(document(table(rows)), catalogue)
    assert found.figures == [] and len(found.unknown) == 1
    rows[0] = ["KẾT QUẢ THỰC HIỆN KẾ HOẠCH NĂM 2026"]
    assert [f.scenario for f in find_wide(table(rows), catalogue, labels, None).figures] == ["actual"]


def test_a_header_merged_over_the_numbers_of_the_rows_leaves_their_names_found(table, catalogue, labels):
    """ "Chỉ tiêu" stands over "1" and "Hộ nghèo"."""
    rows = [["Chỉ tiêu", "Chỉ tiêu", "KH 2025"], ["1", "Hộ nghèo", 20], ["2", "Hộ cận nghèo", 30]]
    found = find_wide(table(rows), catalogue, labels, None)
    assert [(f.indicator, f.value) for f in found.figures] == [("poor_households", 20), ("near_poor_households", 30)]


def test_a_column_of_results_beside_plans_makes_no_tidy_table(table, document, catalogue):
    """ "Kết quả" alone is how a tidy table calls its values; the unit of money may stand beside "Chỉ tiêu"."""
    rows = [
        ["PHỤ LỤC NĂM 2025"], ["TT", "Chỉ tiêu", "ĐVT", "KH 2025", "Kết quả", "% so KH"],
        ["1", "Thu NSNN trên địa bàn", "", "48.600,5", "49.100,5", "101"], ["2", "Hộ nghèo", "hộ", "20", "18", "90"],
    ]  # fmt: skip
    assert [f.value for f in find(document(table(rows[:2] + rows[3:])), catalogue).figures] == [20, 18]
    rows[1][1:3] = ["Chỉ tiêu (Đơn vị: triệu đồng)", "Ghi chú"]
    found = find(document(table(rows[:3])), catalogue)
    assert [(f.scenario, f.value) for f in found.figures[:2]] == [("plan", 48600500000), ("actual", 49100500000)]


def test_years_across_with_plan_and_result_under_each(table, catalogue, labels):
    """Two header rows; the plan's giver stands in the header."""
    rows = [
        ["Chỉ tiêu", "ĐVT", "2018", "", "2019", ""],
        ["", "", "KH HĐND giao", "TH", "KH HĐND giao", "Ước TH"],
        ["Thu NSNN trên địa bàn", "tỷ đồng", "8", "8,5", "9", "9,25"],
    ]
    assert values(find_wide(table(rows), catalogue, labels, None)) == {
        ("budget_revenue", 2018, "plan", "council"): 8 * 10**9,
        ("budget_revenue", 2018, "actual", ""): 85 * 10**8,
        ("budget_revenue", 2019, "plan", "council"): 9 * 10**9,
        ("budget_revenue", 2019, "estimate", ""): 925 * 10**7,
    }


def test_a_stored_quotient_under_percent_of_plan_is_a_percentage_where_the_amounts_say_so(table, catalogue, labels):
    """1.0424 beside 8.756,5 / 8.400 is 104,24 %; alone it is asked about."""
    rows = [["NĂM 2019"], HEAD, ["1", "Thu NSNN trên địa bàn", "triệu đồng", 8400, 8756.5, 1.0424]]
    beside = values(find_wide(table(rows), catalogue, labels, None))
    assert beside[("budget_revenue_attainment", 2019, "actual", "unstated")] == Decimal("104.24")
    alone = find_wide(
        table([["NĂM 2019"], HEAD, ["1", "Thu NSNN trên địa bàn", "triệu đồng", "", 8756.5, 1.0424]]),
        catalogue,
        labels,
        None,
    )
    assert [question.code for question in alone.questions] == ["etl.question_fraction"]


def test_comparisons_with_the_year_before_are_no_figures(table, catalogue, labels):
    """ "So với cùng kỳ" is neither a result nor an attainment."""
    rows = [["Chỉ tiêu", "ĐVT", "TH 2020", "So với cùng kỳ (%)"], ["Thu NSNN trên địa bàn", "triệu đồng", 9000, 112]]
    assert set(values(find_wide(table(rows), catalogue, labels, None))) == {("budget_revenue", 2020, "actual", "")}


def test_revenue_without_scope_is_flagged(table, catalogue, labels):
    """ "Thu ngân sách" alone goes to the territory's revenue, and every screen says so."""
    rows = [["Chỉ tiêu", "ĐVT", "2020"], ["Thu ngân sách", "triệu đồng", 9000]]
    (figure,) = find_wide(table(rows), catalogue, labels, None).figures
    assert (figure.indicator, figure.flags) == ("budget_revenue", ("scope_unstated",))


def test_budget_lines_in_a_table_are_members(table, catalogue, labels):
    """A line of the budget is found by its wordings in the forms."""
    rows = [["Chỉ tiêu", "ĐVT", "2020"], ["- Chi thường xuyên", "triệu đồng", 4000]]
    (figure,) = find_wide(table(rows), catalogue, labels, None).figures
    assert (figure.indicator, figure.member, figure.value) == ("budget_expenditure_line", "ereg", 4 * 10**9)


def test_a_column_of_totals_is_the_denominator(table, catalogue, labels):
    """ "Tổng số" beside "Đạt"."""
    rows = [["NĂM 2020"], ["Chỉ tiêu", "ĐVT", "Tổng số", "Đạt"], ["Gia đình văn hóa", "hộ", "3.200", "3.010"]]
    (figure,) = find_wide(table(rows), catalogue, labels, None).figures
    assert (figure.indicator, figure.value, figure.of) == ("cultural_families", 3010, 3200)


def test_two_tables_on_one_sheet_are_read_each_under_its_own_header(table, catalogue, labels):
    """Staff put last year's table under this year's."""
    rows = [
        ["NĂM 2019"],
        ["Chỉ tiêu", "Thực hiện"],
        ["Hộ nghèo", 5],
        ["NĂM 2020"],
        ["Chỉ tiêu", "Thực hiện"],
        ["Hộ nghèo", 4],
    ]
    assert values(find_wide(table(rows), catalogue, labels, None)) == {
        ("poor_households", 2019, "actual", ""): 5,
        ("poor_households", 2020, "actual", ""): 4,
    }


def test_a_header_said_again_on_the_next_page_keeps_what_stands_above_the_table(table, catalogue, labels):
    """The years in the names of the first page's rows dated the second page, and its amounts had no unit."""
    head = ["TT", "Chỉ tiêu", "Kế hoạch", "Thực hiện"]
    rows = [
        ["CHỈ TIÊU NĂM 2024"], ["Đơn vị: triệu đồng"], head, ["1", "Nợ xây dựng cơ bản năm 2022", 10, 9],
        head, ["2", "Chi ngân sách phường", 8000, 7900],
    ]  # fmt: skip
    assert values(find_wide(table(rows), catalogue, labels, None)) == {
        ("budget_expenditure", 2024, "plan", "unstated"): 8_000 * 10**6,
        ("budget_expenditure", 2024, "actual", ""): 7_900 * 10**6,
    }


def test_the_rows_of_one_table_are_no_title_of_the_next(table, catalogue, labels):
    """Under another header only what stands below the last figure is said of it."""
    rows = [
        ["Chỉ tiêu", "ĐVT", "Kế hoạch 2024", "Thực hiện 2024"],
        ["Nợ xây dựng cơ bản năm 2022", "triệu đồng", 10, 9],
        ["BIỂU 2. CHỈ TIÊU NĂM 2023", "", "", ""],
        ["Chỉ tiêu", "ĐVT", "Thực hiện", ""],
        ["Số hộ nghèo", "hộ", 19, ""],
    ]
    found = find_wide(table(rows), catalogue, labels, 2024)
    assert values(found)[("poor_households", 2023, "actual", "")] == 19


def test_a_title_merged_over_the_sheet_is_no_header(table, catalogue, labels):
    """It begins with "Chỉ tiêu" like the header below it, and names the year."""
    title = ["CHỈ TIÊU KINH TẾ - XÃ HỘI NĂM 2019"] * 4
    rows = [title, ["TT", "Chỉ tiêu", "Kế hoạch", "Thực hiện"], ["1", "Hộ nghèo", 5, 4]]
    assert values(find_wide(table(rows, merged=((0, 0, 0, 3),)), catalogue, labels, None)) == {
        ("poor_households", 2019, "plan", "unstated"): 5,
        ("poor_households", 2019, "actual", ""): 4,
    }


def test_a_share_stored_as_a_bare_quotient_is_asked_about(table, catalogue, labels):
    """0.85 under % is 85 % or 0,85 %; a poverty rate of 0.36 is what it says."""
    rows = [["Chỉ tiêu", "ĐVT", "2020"], ["BHYT toàn dân", "%", 0.85], ["Tỷ lệ hộ nghèo", "%", 0.36]]
    found = find_wide(table(rows), catalogue, labels, None)
    assert values(found) == {("poor_household_rate", 2020, "actual", ""): Decimal("0.36")}
    (question,) = found.questions
    assert [candidate.value for candidate in question.candidates] == [Decimal("0.85"), 85]


def test_percentages_are_of_the_result_that_makes_them(table, catalogue, labels):
    """ "So KH (%)" beside six months and the year's estimate is of whichever gives it; a row without a plan follows."""
    rows = [
        ["KẾT QUẢ 6 THÁNG ĐẦU NĂM 2025"],
        ["Chỉ tiêu", "ĐVT", "KH 2025", "TH 6 tháng 2025", "So KH (%)", "Ước TH cả năm 2025"],
        ["Thu NSNN trên địa bàn", "tỷ đồng", "45,2", "24,86", "55", "47"],
        ["Chi ngân sách phường", "tỷ đồng", "", "4,5", "45,9", "9,9"],
    ]
    found = find_wide(table(rows), catalogue, labels, None)
    attained = {f.indicator: (f.value, f.period) for f in found.figures if f.indicator.endswith("_attainment")}
    assert attained == {
        "budget_revenue_attainment": (55, "h1"), "budget_expenditure_attainment": (Decimal("45.9"), "h1"),
    }  # fmt: skip
    rows[2][4], rows[3][4] = "104", ""
    (whole,) = (f for f in find_wide(table(rows), catalogue, labels, None).figures if "attain" in f.indicator)
    assert (whole.value, whole.period, whole.scenario) == (104, "year", "estimate")


def test_a_percentage_of_what_a_month_brought_is_no_attainment_of_the_year(table, catalogue, labels):
    """As accounting programs print it: the month, the sum since January, and its share of the year's plan."""
    rows = [
        ["Tháng 11 năm 2020"], ["Đơn vị tính: triệu đồng"],
        ["Nội dung", "Dự toán năm", "Thực hiện Trong tháng", "Thực hiện Luỹ kế từ đầu năm", "So sánh (%)"],
        ["Thu NSNN trên địa bàn", 5200, 410, 4940, 95],
    ]  # fmt: skip
    found = find_wide(table(rows), catalogue, labels, None)
    assert values(found) == {("budget_revenue", 2020, "plan", "unstated"): 5_200_000_000}
    assert [notice.params["header"] for notice in found.notices] == [rows[2][2], rows[2][3]]


def test_values_written_with_percent_signs_are_shares_where_no_unit_is_named(table, catalogue, labels):
    """ "Gia đình văn hóa | 96% | 97,2%" counts no households; "giảm còn 2%" is a level, "giảm 2%" is none."""
    rows = [
        ["NĂM 2021"], ["Chỉ tiêu", "Nghị quyết HĐND giao", "Kết quả thực hiện"],
        ["Gia đình văn hóa", "96%", "Đạt 97,2%"], ["Hộ nghèo", "Giảm còn 2%", "1,85%"],
    ]  # fmt: skip
    found = find_wide(table(rows), catalogue, labels, None)
    assert values(found) == {
        ("cultural_families_rate", 2021, "plan", "council"): 96,
        ("cultural_families_rate", 2021, "actual", ""): Decimal("97.2"),
        ("poor_household_rate", 2021, "plan", "council"): 2,
        ("poor_household_rate", 2021, "actual", ""): Decimal("1.85"),
    }
    rows[3][1] = "Giảm 2%"
    assert [fault.code for fault in find_wide(table(rows), catalogue, labels, None).faults] == ["etl.not_a_number"]


def test_a_percent_sign_that_repeats_its_words_is_no_unit_of_measure(table, catalogue, labels):
    """ "Các khoản thu phân chia theo tỷ lệ phần trăm (%)" is an amount of money."""
    rows = [
        ["NĂM 2021 - Đơn vị: triệu đồng"], ["Nội dung", "Thực hiện"],
        ["II Các khoản thu phân chia theo tỷ lệ phần trăm (%)", 700],
    ]  # fmt: skip
    (figure,) = find_wide(table(rows), catalogue, labels, None).figures
    assert (figure.member, figure.value) == ("rshared", 700_000_000)


def test_years_told_by_the_report_s_own_are_counted_from_it(table, catalogue, labels):
    """ "Năm trước" and "năm sau" beside "năm nay"."""
    head = ["Chỉ tiêu", "ĐVT", "Thực hiện năm trước", "Kế hoạch năm nay", "Ước thực hiện năm nay", "Kế hoạch năm sau"]
    found = find_wide(table([head, ["Số hộ nghèo", "hộ", 22, 20, 19, 15]]), catalogue, labels, 2024)
    assert values(found) == {
        ("poor_households", 2023, "actual", ""): 22,
        ("poor_households", 2024, "plan", "unstated"): 20,
        ("poor_households", 2024, "estimate", ""): 19,
        ("poor_households", 2025, "plan", "unstated"): 15,
    }


def test_a_table_of_percentages_holds_shares_and_no_amounts(table, catalogue, labels):
    """Under "Đơn vị tính: %" 88,5 became families and 112 đồng."""
    rows = [
        ["Đơn vị tính: %", "", ""],
        ["Chỉ tiêu", "Kế hoạch", "Thực hiện"],
        ["Gia đình văn hóa", 88, "88,5"],
        ["Thu ngân sách nhà nước trên địa bàn", "", 112],
    ]
    assert values(find_wide(table(rows), catalogue, labels, 2022)) == {
        ("cultural_families_rate", 2022, "plan", "unstated"): 88,
        ("cultural_families_rate", 2022, "actual", ""): Decimal("88.5"),
        ("budget_revenue_attainment", 2022, "actual", "unstated"): 112,
    }


def test_words_in_brackets_behind_a_number_are_said_aside(table, catalogue, labels):
    """ "18 hộ (giảm 2 hộ)" is 18; a bare number or a unit of money in brackets is no such words."""
    rows = [
        ["Chỉ tiêu", "ĐVT", "Thực hiện 2023", "Thực hiện 2024"],
        ["Số hộ nghèo", "hộ", "20 (21)", "18 hộ (giảm 2 hộ)"],
        ["Tổ dân phố văn hóa", "tổ", "11/13", "12/13 (92,3%)"],
        ["Tỷ lệ người dân tham gia BHYT", "%", "95", "Đạt 95,6% (KH 95%)"],
        ["Thu NSNN trên địa bàn", "triệu đồng", "8,4 (tỷ đồng)", "8.400,5"],
    ]
    found = find_wide(table(rows), catalogue, labels, None)
    assert {key[:2]: value for key, value in values(found).items()} == {
        ("poor_households", 2024): 18,
        ("cultural_groups", 2023): 11,
        ("cultural_groups", 2024): 12,
        ("health_insurance_rate", 2023): 95,
        ("health_insurance_rate", 2024): Decimal("95.6"),
        ("budget_revenue", 2024): 8_400_500_000,
    }
    assert {fault.where for fault in found.faults} == {"Thu!C2", "Thu!C5"}


def test_conscripts_in_percent_of_their_number_assigned_are_their_rate(table, catalogue, labels):
    """The one count whose rate is of its plan; plans of several givers make no several rates."""
    rows = [
        ["Chỉ tiêu", "ĐVT", "Kế hoạch", "Thực hiện", "% so với kế hoạch"],
        ["Tuyển chọn công dân nhập ngũ", "người", 20, 21, 105],
        ["Số hộ nghèo", "hộ", 20, 19, 95],
    ]
    found = values(find_wide(table(rows), catalogue, labels, 2024))
    assert found[("conscription_rate", 2024, "actual", "")] == 105
    assert {key[0] for key in found} == {"conscripts", "conscription_rate", "poor_households"}


def test_a_header_of_names_over_their_numbers_needs_no_merged_cells(table, catalogue, labels):
    """A CSV keeps only the first of the two columns that "Chỉ tiêu" stands over."""
    rows = [
        ["Chỉ tiêu", "", "Đơn vị", "KH 2025", "Ước TH 2025"],
        ["I", "Nhóm chỉ tiêu xã hội", "", "", ""],
        ["1", "Tỷ lệ hộ nghèo", "%", "0,5", "0,48"],
        ["2", "Trong đó: thu phường được hưởng", "Tỷ đồng", "12,5", "12,6"],
    ]
    assert {key[0] for key in values(find_wide(table(rows), catalogue, labels, None))} == {
        "poor_household_rate",
        "budget_revenue_own",
    }


def test_words_under_percent_of_plan_keep_no_file_out(table, catalogue, labels):
    """ "Vượt" in the place of a percentage is named as elsewhere."""
    rows = [
        ["Chỉ tiêu", "ĐVT", "Kế hoạch", "Thực hiện", "Hoàn thành"],
        ["Thu NSNN trên địa bàn", "triệu đồng", 7500, 8025, "Vượt"],
    ]
    found = find_wide(table(rows), catalogue, labels, 2024)
    assert found.faults == []
    assert [(notice.code, notice.params["text"]) for notice in found.notices] == [("etl.words_for_number", "Vượt")]


def test_a_row_that_names_a_year_dates_the_rows_below_it(table, catalogue, labels):
    """Next year's plans under "Chỉ tiêu năm 2024" were asked about as this year's."""
    rows = [
        ["TT", "Chỉ tiêu", "ĐVT", "Kế hoạch", "Thực hiện"],
        ["I", "KẾT QUẢ NĂM 2023", "", "", ""],
        ["1", "Số hộ nghèo", "hộ", 20, 19],
        ["II", "CHỈ TIÊU NĂM 2024", "", "", ""],
        ["1", "Số hộ nghèo", "hộ", 15, ""],
    ]
    assert values(find_wide(table(rows), catalogue, labels, 2023)) == {
        ("poor_households", 2023, "plan", "unstated"): 20,
        ("poor_households", 2023, "actual", ""): 19,
        ("poor_households", 2024, "plan", "unstated"): 15,
    }


def test_a_lettered_heading_of_rows_that_is_named_like_a_column_hides_no_row(table, catalogue, labels):
    """ "B | Chỉ tiêu hướng dẫn" began a table without columns: every row below it was lost without a word."""
    rows = [
        ["NĂM 2024"], ["TT", "Chỉ tiêu", "ĐVT", "Kết quả"],
        ["A", "Chỉ tiêu pháp lệnh"], ["1", "Giao quân", "người", 22],
        ["B", "Chỉ tiêu hướng dẫn"], ["1", "Hộ nghèo", "hộ", 3],
    ]  # fmt: skip
    assert values(find_wide(table(rows), catalogue, labels, None)) == {
        ("conscripts", 2024, "actual", ""): 22, ("poor_households", 2024, "actual", ""): 3,
    }  # fmt: skip


def test_the_unit_may_be_a_line_of_its_own_under_each_header(table, catalogue, labels):
    """ "Dự toán" over "Nghìn đồng"."""
    rows = [
        ["NĂM 2018"], ["Nội dung", "Dự toán", "Thực hiện"], ["", "Nghìn đồng", "Nghìn đồng"],
        ["Tổng chi ngân sách phường", "5.120.000", "5.017.600"],
    ]  # fmt: skip
    found = find_wide(table(rows), catalogue, labels, None)
    assert [figure.value for figure in found.figures] == [5_120_000_000, 5_017_600_000]


def test_a_written_quotient_is_a_percentage_where_the_amounts_say_so(table, catalogue, labels):
    """ "So sánh (lần): 1,05" is no 1.05 %; alone it is asked about."""
    rows = [["NĂM 2020 - tỷ đồng"], ["Chỉ tiêu (tỷ đồng)", "Dự toán", "Thực hiện", "So sánh (lần)"],
            ["Thu NSNN trên địa bàn", "8,4", "8,82", "1,05"]]  # fmt: skip
    beside = values(find_wide(table(rows), catalogue, labels, None))
    assert beside["budget_revenue_attainment", 2020, "actual", "unstated"] == 105
    rows[2][1] = ""
    assert [question.code for question in find_wide(table(rows), catalogue, labels, None).questions] == [
        "etl.question_fraction"
    ]


def test_a_change_told_in_numbers_contradicts_nothing(table, catalogue, labels):
    """ "Tăng (+), giảm (-): +1" of 22 conscripts after 21."""
    head = ["Chỉ tiêu", "TH 2023", "TH 2024", "Tăng (+), giảm (-) so với 2023"]
    rows = [["NĂM 2024"], head, ["Giao quân", 21, 22, "+1"]]
    assert find_wide(table(rows), catalogue, labels, None).questions == []


def test_quarters_of_an_untold_kind_are_named_however_they_are_written(table, catalogue, labels):
    """Results or plans? The reader names the columns of text as it does those of numbers."""
    rows = [["NĂM 2023 - tỷ đồng"], ["Chỉ tiêu (tỷ đồng)", "DT năm", "Quý I", "Quý II"],
            ["Thu NSNN trên địa bàn", "9,6", "2.100", "2,4"]]  # fmt: skip
    found = find_wide(table(rows), catalogue, labels, None)
    assert [notice.params["header"] for notice in found.notices] == ["Quý I", "Quý II"]

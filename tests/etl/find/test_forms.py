"""The commune's final accounts, forms 116, 117 and 118."""

from decimal import Decimal

import pytest

from etl.find.forms import find_forms

FORM_116 = [
    ["UBND PHƯỜNG MẪU", "", "", "", "", "", "", "Biểu số 116/CK TC-NSNN"],
    ["CÂN ĐỐI QUYẾT TOÁN NGÂN SÁCH XÃ NĂM 2016"],
    ["", "", "", "", "", "", "", "Đơn vị: 1000 đồng"],
    [
        "NỘI DUNG THU", "DỰ TOÁN", "QUYẾT TOÁN", "SO SÁNH QT/DT (%)",
        "NỘI DUNG CHI", "DỰ TOÁN", "QUYẾT TOÁN", "SO SÁNH QT/DT (%)",
    ],
    ["TỔNG SỐ THU", "4.800.000", "5.000.000", "104,2", "TỔNG SỐ CHI", "4.800.000", "4.700.000", "97,9"],
    [
        "I Các khoản thu xã hưởng 100%", "1.000.000", "1.100.000", "110",
        "I Chi đầu tư phát triển", "800.000", "700.000", "87,5",
    ],
    [
        "II Các khoản thu phân chia theo tỷ lệ phần trăm (%)", "800.000", "900.000", "112,5",
        "II Chi thường xuyên", "4.000.000", "4.000.000", "100",
    ],
    [
        "III Thu bổ sung", "3.000.000", "3.000.000", "100",
        "III Chi chuyển nguồn của ngân sách xã sang năm sau (nếu có)", "", "", "",
    ],
    ["- Bổ sung cân đối ngân sách", "2.000.000", "2.000.000", "100"],
    ["- Bổ sung có mục tiêu", "1.000.000", "1.000.000", "100"],
    ["IV Thu kết dư ngân sách năm trước (nếu có)", "-", "-", ""],
    ["Kết dư ngân sách", "", "300.000"],
]  # fmt: skip
FORM_117 = [
    ["UBND PHƯỜNG MẪU"], ["QUYẾT TOÁN THU NGÂN SÁCH XÃ NĂM 2017"], ["Đơn vị: đồng"],
    ["STT", "NỘI DUNG", "DỰ TOÁN", "DỰ TOÁN", "QUYẾT TOÁN", "QUYẾT TOÁN", "SO SÁNH (%)", "SO SÁNH (%)"],
    ["STT", "NỘI DUNG", "THU NSNN", "THU NSX", "THU NSNN", "THU NSX", "THU NSNN", "THU NSX"],
    ["A", "B", "1", "2", "3", "4", "5=3/1", "6=4/2"],
    ["", "TỔNG THU", 9000000, 4500000, 9900000, 4800000, 1.1, 1.0667],
    ["I", "Các khoản thu 100%", 1000000, 1000000, 1100000, 1100000, 1.1, 1.1],
    ["1", "Phí, lệ phí", 1000000, 1000000, 1100000, 1100000, 1.1, 1.1],
    ["II", "Các khoản thu phân chia theo tỷ lệ phần trăm (%)", 5000000, 500000, 5800000, 700000, 1.16, 1.4],
    ["VI", "Thu bổ sung từ ngân sách cấp trên", 3000000, 3000000, 3000000, 3000000, 1, 1],
    ["", "- Thu bổ sung cân đối", 3000000, 3000000, 3000000, 3000000, 1, 1],
]  # fmt: skip
FORM_118 = [
    ["UBND PHƯỜNG MẪU"], ["QUYẾT TOÁN CHI NGÂN SÁCH XÃ NĂM 2018"], ["Đơn vị: 1000 đồng"],
    ["STT", "NỘI DUNG", "DỰ TOÁN", "", "", "QUYẾT TOÁN", "", "", "SO SÁNH (%)", "", ""],
    ["", "", "TỔNG SỐ", "ĐTPT", "TX", "TỔNG SỐ", "ĐTPT", "TX", "TỔNG SỐ", "ĐTPT", "TX"],
    ["", "TỔNG CHI", "5,000", "1,000", "4,000", "4,900", "900", "4,000", "98", "90", "100"],
    ["", "Trong đó:"],
    ["1", "Chi giáo dục", "1,000", "1,000", "", "900", "900", "", "90", "90", ""],
    [
        "9", "Chi hoạt động của cơ quan quản lý Nhà nước, Đảng, đoàn thể",
        "3,900", "", "3,900", "4,000", "", "4,000", "", "", "",
    ],
    ["12", "Dự phòng ngân sách", "100", "", "100", "", "", "", "", "", ""],
]  # fmt: skip


def changed(form, row, column, value):
    rows = [list(cells) for cells in form]
    rows[row][column] = value
    return rows


@pytest.fixture
def read(table, catalogue, labels):
    """Reads a form's rows."""
    return lambda rows: find_forms(table(rows), catalogue, labels, None)


def values(found):
    return {(f.indicator, f.member, f.scenario): f.value for f in found.figures}


def test_a_form_without_its_unit_of_measure_is_not_read_at_all(read):
    """Nothing about thousands is guessed, and the fault says what to add."""
    found = read(changed(FORM_116, 2, 7, ""))
    assert found.figures == []
    assert {fault.code for fault in found.faults} == {"etl.form_measure_missing"}


def test_a_form_without_its_year_is_a_fault(read):
    """The title must name it."""
    assert {fault.code for fault in read(changed(FORM_117, 1, 0, "QUYẾT TOÁN THU NGÂN SÁCH XÃ")).faults} == {
        "etl.form_year_missing"
    }


def test_a_total_that_differs_from_its_rows_is_asked_about_and_no_figure_meanwhile(read):
    """Both numbers are candidates."""
    found = read(changed(FORM_116, 4, 2, "5.100.000"))
    assert ("budget_revenue_own", "", "final") not in values(found)
    question = next(question for question in found.questions if question.code == "etl.question_sum")
    assert [candidate.value for candidate in question.candidates] == [5100 * 10**6, 5000 * 10**6]
    assert question.params["where"] == "Thu!C5"


def test_children_that_do_not_make_their_parent_are_asked_about(read):
    """The two top-ups must add up to the top-up."""
    questions = read(changed(FORM_116, 8, 2, "1.900.000")).questions
    assert [q.params["label"] for q in questions if q.code == "etl.question_sum"] == ["III Thu bổ sung"]


def test_a_printed_percentage_that_is_wrong_is_asked_about_and_kept(read):
    """The report said it; the screen shows both."""
    found = read(changed(FORM_116, 4, 3, "140,2"))
    assert [question.code for question in found.questions] == ["etl.question_percent"]
    assert values(found)[("budget_revenue_own_attainment", "", "final")] == Decimal("140.2")


def test_form_116_gives_both_totals_their_lines_and_percentages(read):
    """Revenue on the left, spending on the right; dash rows are members and added to nothing."""
    found = read(FORM_116)
    assert (found.unit_name, found.year, found.questions, found.faults) == ("Phường Mẫu", 2016, [], [])
    assert values(found)[("budget_revenue_own", "", "plan")] == 4800 * 10**6
    assert values(found)[("budget_revenue_own", "", "final")] == 5000 * 10**6
    assert values(found)[("budget_expenditure", "", "final")] == 4700 * 10**6
    assert values(found)[("budget_revenue_line", "rtopup_target", "final")] == 10**9
    assert values(found)[("budget_expenditure_line", "ereg", "final")] == 4 * 10**9
    assert {f.basis for f in found.figures if f.scenario == "plan"} == {"unstated"}
    assert not any(f.member == "rsurplus" for f in found.figures)


def test_form_116_may_list_spending_under_revenue(read):
    """Each with its own total and sums; quotients written as "1,1" are percentages."""
    rows = [
        ["Biểu số 116/CK TC-NSNN"], ["CÂN ĐỐI QUYẾT TOÁN NGÂN SÁCH XÃ NĂM 2023"], ["Đơn vị: triệu đồng"],
        ["STT", "NỘI DUNG", "DỰ TOÁN", "QUYẾT TOÁN", "SO SÁNH QT/DT"],
        ["A", "TỔNG SỐ THU", "5.000", "5.500", "1,1"], ["I", "Thu bổ sung", "5.000", "5.500", "1,1"],
        ["B", "TỔNG SỐ CHI", "5.000", "5.400", "1,08"], ["I", "Chi thường xuyên", "5.000", "5.400", "1,08"],
        ["", "Trong đó: chi lương", "12,5", "", ""],
    ]  # fmt: skip
    found = read(rows)
    assert (found.questions, found.faults) == ([], [])
    assert {key[0]: value for key, value in values(found).items() if not key[1] and key[2] == "final"} == {
        "budget_revenue_own": 5500 * 10**6, "budget_revenue_own_attainment": 110,
        "budget_expenditure": 5400 * 10**6, "budget_expenditure_attainment": 108,
    }  # fmt: skip
    assert [question.code for question in read(changed(rows, 5, 3, "5.300")).questions].count("etl.question_sum") == 1


def test_form_117_keeps_the_territory_s_revenue_and_the_ward_s_apart(read):
    """THU NSNN and THU NSX are two columns and two indicators; stored quotients come back as percentages."""
    found = read(FORM_117)
    assert (found.questions, found.faults) == ([], [])
    assert values(found)[("budget_revenue", "", "final")] == 9900000
    assert values(found)[("budget_revenue_own", "", "final")] == 4800000
    assert values(found)[("budget_revenue_attainment", "", "final")] == 110
    assert values(found)[("budget_revenue_own_attainment", "", "final")] == Decimal("106.67")
    assert values(found)[("budget_revenue_line", "rshared", "final")] == 700000


def test_form_118_takes_its_thousands_from_the_sums(read):
    """5,000 = 1,000 + 3,900 + 100 only where the comma groups thousands."""
    found = read(FORM_118)
    assert (found.questions, found.faults) == ([], [])
    assert values(found)[("budget_expenditure", "", "plan")] == 5 * 10**6
    assert values(found)[("budget_expenditure_line", "edev", "final")] == 900000
    assert values(found)[("budget_expenditure_line", "ereserve", "plan")] == 100000
    assert values(found)[("budget_expenditure_attainment", "", "final")] == 98


def test_other_tables_are_no_forms(read):
    """A wide table with "Nội dung" and "Dự toán" in its header has no title of a form."""
    assert read([["Nội dung", "Dự toán", "Quyết toán"], ["Hội nghị", 5, 4]]).is_empty


def test_a_ward_writes_nsp_where_the_form_prints_nsx(read):
    """Thu NSP is thu ngân sách phường: nothing of the form is lost by it."""
    ward = [[cell.replace("NSX", "NSP") if isinstance(cell, str) else cell for cell in row] for row in FORM_117]
    assert len(read(FORM_117).figures) > 3
    assert [(f.indicator, f.member, f.value) for f in read(ward).figures] == [
        (f.indicator, f.member, f.value) for f in read(FORM_117).figures
    ]


def test_a_numbered_line_of_another_name_is_a_notice(read):
    """Its amounts are in the total but in no line of the store; lines without amounts say nothing."""
    assert not read(FORM_116).notices
    (notice,) = read(changed(FORM_116, 6, 0, "II Các khoản thu theo quy định riêng")).notices
    assert (notice.code, notice.params["label"]) == ("etl.unknown_label", "II Các khoản thu theo quy định riêng")


FORM_113 = [
    ["UBND PHƯỜNG MẪU", "", "", "", "Biểu số 113/CK TC-NSNN"], ["CÂN ĐỐI NGÂN SÁCH XÃ 6 THÁNG ĐẦU NĂM 2023"],
    ["", "", "", "", "Đơn vị: 1000 đồng"],
    ["STT", "NỘI DUNG", "DỰ TOÁN NĂM", "ƯỚC THỰC HIỆN 6 THÁNG", "SO SÁNH ƯỚC THỰC HIỆN VỚI (%)", ""],
    ["", "", "", "", "DỰ TOÁN NĂM", "CÙNG KỲ NĂM TRƯỚC"], ["A", "B", "1", "2", "3=2/1", "4"],
    ["I", "Tổng số thu", 5000, 2600, 52, 110],
    ["1", "Các khoản thu xã hưởng 100%", 2000, 1100, 55, 120],
    ["2", "Thu bổ sung", 3000, 1500, 50, 100],
    ["", "- Bổ sung cân đối ngân sách", 3000, 1500, 50, 100],
    ["II", "Tổng số chi", 5000, 2000, 40, 95],
    ["1", "Chi đầu tư phát triển", 1000, 300, 30, 90],
    ["2", "Chi thường xuyên", 4000, 1700, 42.5, 96],
]  # fmt: skip


def test_an_in_year_form_gives_its_part_of_the_year_and_no_year(read):
    """Spending under revenue, each summed apart; the plan alone is the whole year's; last year's quotient is none."""
    found = read(FORM_113)
    assert (found.questions, found.faults, found.notices) == ([], [], [])
    assert {(f.indicator, f.member, f.scenario, f.period): f.value for f in found.figures if not f.member} == {
        ("budget_revenue_own", "", "plan", "year"): 5 * 10**6,
        ("budget_revenue_own", "", "estimate", "h1"): 26 * 10**5,
        ("budget_revenue_own_attainment", "", "estimate", "h1"): 52,
        ("budget_expenditure", "", "plan", "year"): 5 * 10**6,
        ("budget_expenditure", "", "estimate", "h1"): 2 * 10**6,
        ("budget_expenditure_attainment", "", "estimate", "h1"): 40,
    }
    assert {f.member for f in found.figures} == {"", "r100", "rtopup", "rtopup_balance", "edev", "ereg"}
    codes = [question.code for question in read(changed(FORM_113, 12, 3, 1800)).questions]
    assert codes == ["etl.question_sum", "etl.question_percent"]


def test_a_quarter_beside_the_months_so_far_is_each_of_its_own_part(read):
    """The percentages are of the column that makes them; two sums of one quarter would be one too many."""
    rows = [
        ["Biểu số 113/CK TC-NSNN"], ["CÂN ĐỐI NGÂN SÁCH PHƯỜNG QUÝ III NĂM 2023"], ["Đơn vị: triệu đồng"],
        ["STT", "NỘI DUNG", "DỰ TOÁN NĂM", "THỰC HIỆN QUÝ III", "LŨY KẾ TH 9 THÁNG", "SO SÁNH (%)"],
        ["I", "TỔNG SỐ THU", 8000, 2100, 6000, 75], ["1", "Thu bổ sung", 8000, 2100, 6000, 75],
    ]  # fmt: skip
    found = read(rows)
    assert found.questions == [] and {
        (f.indicator, f.period): f.value for f in found.figures if f.scenario == "actual" and not f.member
    } == {
        ("budget_revenue_own", "q3"): 2100 * 10**6, ("budget_revenue_own", "9m"): 6000 * 10**6,
        ("budget_revenue_own_attainment", "9m"): 75,
    }  # fmt: skip


def test_an_in_year_form_whose_quarter_is_blank_is_not_taken_for_a_year(read):
    """QUÝ … NĂM 2023 was printed and never filled in."""
    found = read(changed(FORM_113, 1, 0, "CÂN ĐỐI NGÂN SÁCH XÃ QUÝ … NĂM 2023"))
    assert found.figures == [] and {fault.code for fault in found.faults} == {"etl.form_period_missing"}


def budget(number, status):
    """A commune's budget of revenue, as drafted or as adopted."""
    return [["UBND PHƯỜNG MẪU", "", "", number], ["DỰ TOÁN THU NGÂN SÁCH XÃ NĂM 2024"], [status], ["Đơn vị: đồng"],
            ["STT", "NỘI DUNG", "DỰ TOÁN", ""], ["", "", "THU NSNN", "THU NSX"],
            ["", "TỔNG THU", 9000, 4000], ["I", "Các khoản thu 100%", 9000, 4000]]  # fmt: skip


def test_a_draft_budget_is_named_and_no_plan(read):
    """By its number or by the line under its title; with neither it is no form that is known."""
    for number, status in (("Biểu số 104/CK TC-NSNN", ""), ("", "(Dự toán trình Hội đồng nhân dân)")):
        found = read(budget(number, status))
        assert found.figures == [] and [notice.code for notice in found.notices] == ["etl.form_draft"]
    assert read(budget("", "")).is_empty


def test_an_adopted_budget_is_the_council_s_plan(read):
    """By its number or by the line under its title."""
    for number, status in (
        ("Biểu số 109/CK TC-NSNN", ""),
        ("", "(Dự toán đã được Hội đồng nhân dân quyết định)"),
    ):
        found = read(budget(number, status))
        assert {(f.indicator, f.member, f.scenario, f.basis): f.value for f in found.figures} == {
            ("budget_revenue", "", "plan", "council"): 9000, ("budget_revenue_own", "", "plan", "council"): 4000,
            ("budget_revenue_line", "r100", "plan", "council"): 4000,
        }  # fmt: skip


def test_a_column_of_the_year_before_is_not_the_form_s_own(read):
    """Wards put last year's budget beside the new one under the same words; only the year tells them apart."""
    found = read([["UBND PHƯỜNG MẪU", "", "", "Biểu số 108/CK TC-NSNN"], ["CÂN ĐỐI DỰ TOÁN NGÂN SÁCH XÃ NĂM 2027"],
                  ["Đơn vị: triệu đồng"], ["NỘI DUNG THU", "DỰ TOÁN NĂM 2026", "DỰ TOÁN NĂM 2027"],
                  ["TỔNG SỐ THU", 142300, 151400],
                  ["I. Các khoản thu xã hưởng 100%", 142300, 151400]])  # fmt: skip
    assert {figure.value for figure in found.figures} == {151_400_000_000} and not found.questions


def test_what_holds_nothing_for_the_store_is_named(read):
    """Projects and funds outside the budget: their totals are not the ward's."""
    rows = [["Biểu số 120/CK TC-NSNN"], ["THỰC HIỆN THU, CHI CÁC HOẠT ĐỘNG TÀI CHÍNH KHÁC NĂM 2023"],
            ["Đơn vị: đồng"], ["NỘI DUNG", "KẾ HOẠCH", "THỰC HIỆN"], ["Tổng số", 10, 12]]  # fmt: skip
    found = read(rows)
    assert found.figures == [] and [notice.code for notice in found.notices] == ["etl.form_nothing_kept"]


LATER = [
    ["UBND PHƯỜNG MẪU"], ["CÂN ĐỐI NGÂN SÁCH PHƯỜNG 6 THÁNG ĐẦU NĂM 2025"], [],
    ["STT", "NỘI DUNG", "DỰ TOÁN NĂM 2025 (triệu đồng)", "THỰC HIỆN 6 THÁNG (triệu đồng)", "SO SÁNH TH/DT (%)"],
    ["A", "B", "(1)", "(2)", "(3=2/1)"],
    ["A", "TỔNG NGUỒN THU NGÂN SÁCH PHƯỜNG", "5.200", "2.600", "50"],
    ["I", "Các khoản thu phường hưởng 100%", "1.200", "600", "50"],
    ["II", "Thu bổ sung từ ngân sách cấp trên", "4.000", "2.000", "50"],
    ["1", "Thu bổ sung cân đối", "4.000", "2.000", "50"],
    ["B", "TỔNG CHI NGÂN SÁCH PHƯỜNG", "5.200", "2.080", "40"],
    ["I", "Chi cân đối ngân sách phường", "5.200", "2.080", "40"],
    ["1", "Chi đầu tư phát triển", "1.000", "400", "40"], ["2", "Chi thường xuyên", "4.200", "1.680", "40"],
]  # fmt: skip


def test_the_unit_may_stand_in_the_headers_and_arabic_lines_under_roman_ones_join_no_total(read):
    """ "Thực hiện" is a result and no estimate; a line of another name is told, its parts are read."""
    found = read(LATER)
    said = {(f.indicator, f.member, f.period, f.scenario): f.value for f in found.figures}
    assert said["budget_revenue_own", "", "h1", "actual"] == 2600 * 10**6
    assert said["budget_expenditure", "", "year", "plan"] == 5200 * 10**6
    assert said["budget_expenditure_line", "ereg", "h1", "actual"] == 1680 * 10**6
    assert (found.questions, found.faults) == ([], []) and len(said) == 16
    assert [notice.params["label"] for notice in found.notices] == ["Chi cân đối ngân sách phường"]


def test_percentages_tell_the_thousands_where_a_sum_is_wrong(read):
    """1.200 typed as 1.250: the sum is asked about, and nothing else becomes doubtful by it."""
    found = read(changed(changed(LATER, 6, 2, "1.250"), 6, 3, "625"))
    assert [question.code for question in found.questions] == ["etl.question_sum"] * 2


def test_next_year_s_plan_beside_this_year_s_estimate_is_no_attainment(read):
    """ "So sánh" of the two is a growth; the estimate's column is of another year than the form."""
    rows = [
        ["CÂN ĐỐI NGÂN SÁCH PHƯỜNG NĂM 2026"], ["Đơn vị: triệu đồng"],
        ["STT", "NỘI DUNG", "ƯỚC THỰC HIỆN NĂM 2025", "DỰ TOÁN", "SO SÁNH (%)"],
        ["A", "Tổng số chi", "5.000", "5.200", "104"], ["I", "Chi đầu tư phát triển", "600", "700", "116,7"],
        ["II", "Chi thường xuyên", "4.400", "4.500", "102,3"],
    ]  # fmt: skip
    assert values(read(rows)) == {
        ("budget_expenditure", "", "plan"): 5200 * 10**6, ("budget_expenditure_line", "edev", "plan"): 700 * 10**6,
        ("budget_expenditure_line", "ereg", "plan"): 4500 * 10**6,
    }  # fmt: skip

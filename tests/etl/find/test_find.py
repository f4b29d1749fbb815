"""A whole document: each table by the reader that knows it, the text by the prose reader."""

import sys
from dataclasses import replace
from datetime import date

from core.errors import Fault
from core.figures import UnitKey
from etl.document import Block
from etl.find import find
from etl.find.found import Found
from etl.find.unit_names import known_units

TITLE = ["BẢNG TỔNG HỢP CHỈ TIÊU PHƯỜNG KHƯƠNG THƯỢNG", ""]


def test_a_document_about_nothing_we_know_is_empty(table, document, catalogue):
    """The caller says so."""
    assert find(document(Block("Thư mời họp", "đoạn 1"), table([["a", "b"]])), catalogue).is_empty


def test_a_unit_named_only_in_a_title_is_found(table, document, catalogue):
    """Where no letterhead names it; words that are no unit name none."""
    sheet = table([TITLE, ["Chỉ tiêu", "2019"], ["Hộ nghèo", 5]])
    assert find(document(sheet), catalogue).unit_name == "Phường Khương Thượng"


def test_a_number_in_the_next_cell_names_no_ward(table, document, catalogue):
    """ "Chi ngân sách phường | 15" is not Phường 15, though there is one."""
    sheet = table([["UBND PHƯỜNG VÔ DANH", ""], ["Chỉ tiêu", "2019"], ["Chi ngân sách phường", "15 tỷ đồng"]])
    assert find(document(sheet), catalogue).unit_name == "Phường Vô Danh"
    assert known_units("Chi ngân sách phường\t15", catalogue) == {}


def test_a_districts_report_is_not_that_of_a_ward_it_names(document, catalogue):
    """Its figures were found for 'Xã Kim Bình', whose one figure it tells."""
    lines = ["UBND HUYỆN KHÔNG CÓ", "Báo cáo năm 2021", "Thu ngân sách đạt 215 tỷ đồng.", "Xã Tân Thành có 9 hộ nghèo."]
    found = find(document(*(Block(line, f"dòng {at}") for at, line in enumerate(lines, 1))), catalogue)
    assert found.unit_name == "HUYỆN KHÔNG CÓ" and found.unit is None


def test_text_above_a_table_gives_its_year_and_unit_of_measure(table, document, catalogue):
    """As in a Word report: the caption stands in paragraphs of its own."""
    parts = (
        Block("UBND PHƯỜNG KHƯƠNG THƯỢNG", "đoạn 1"), Block("Chỉ tiêu thu ngân sách năm 2019", "đoạn 2"),
        Block("Đơn vị: triệu đồng", "đoạn 3"), table([["Chỉ tiêu", "Thực hiện"], ["Thu NSNN trên địa bàn", "8.254,8"]]),
    )  # fmt: skip
    found = find(document(*parts), catalogue)
    assert [(f.indicator, f.year, f.value) for f in found.figures] == [("budget_revenue", 2019, 8254800000)]


def test_a_form_in_two_tables_signed_the_december_before_is_of_its_title_s_year(table, document, catalogue):
    """What the text around it plans for or is dated on moves neither the file's year nor the second table's."""
    lines = (
        "UBND PHƯỜNG MẪU", "Phường Mẫu, ngày 26 tháng 12 năm 2024", "Biểu số 108/CK TC-NSNN",
        "CÂN ĐỐI DỰ TOÁN NGÂN SÁCH XÃ NĂM 2025", "(Dự toán đã được Hội đồng nhân dân quyết định)", "Đơn vị: nghìn đồng",
    )  # fmt: skip
    revenue, spending = (
        table([[head, "DỰ TOÁN"], [total, "5.200"], [first, "900"], [second, "4.300"]], place=head)
        for head, total, first, second in (
            ("NỘI DUNG THU", "Tổng số thu", "I. Các khoản thu xã hưởng 100%", "II. Thu bổ sung"),
            ("NỘI DUNG CHI", "Tổng số chi", "I. Chi đầu tư phát triển", "II. Chi thường xuyên"),
        )
    )  # fmt: skip
    parts = *(Block(line, line) for line in lines), revenue, spending
    found = find(replace(document(*parts), kind="docx"), catalogue)
    assert found.year == 2025 and {figure.year for figure in found.figures} == {2025}
    assert {figure.indicator for figure in found.figures if not figure.member} == {
        "budget_revenue_own", "budget_expenditure",
    }  # fmt: skip
    assert [figure.value for figure in found.figures] == [5200000, 900000, 4300000] * 2 and not found.questions


def test_what_a_person_says_of_the_file_wins(table, document, catalogue):
    """Unit and year given on the command line or the upload page."""
    unit = UnitKey("MAU01", date(1900, 1, 1))
    found = find(document(table([["Chỉ tiêu", "Thực hiện"], ["Hộ nghèo", 5]])), catalogue, unit=unit, year=2015)
    assert (found.unit, found.year, found.figures[0].year) == (unit, 2015, 2015)


def test_what_was_found_twice_is_taken_once_and_many_findings_are_not_compared_with_all():
    """Two parts of a report may say one thing; a thousand things cost a thousand times one, not a million."""
    notices = [Fault("etl.unknown_row", f"hàng {row}") for row in range(1000)]
    found, steps = Found(notices=notices[:500]), 0

    def count(frame, event, argument):
        nonlocal steps
        steps += event == "call"

    sys.setprofile(count)
    try:
        found.take(Found(notices=list(notices)))
    finally:
        sys.setprofile(None)
    assert found.notices == notices
    assert steps < 20 * len(notices)


def test_multidimensional_poverty_since_2022_is_asked_about(document, catalogue):
    """The rate counts the near poor too; with the word for households, or before 2022, it is that of the poor."""

    def said(text):
        found = find(document(Block("Phường Mẫu", "đoạn 1"), Block(text, "đoạn 2")), catalogue)
        return [question.code for question in found.questions], [each.indicator for each in found.figures]

    asked = (["etl.question_both_poor"], [])
    assert said("Năm 2023, tỷ lệ nghèo đa chiều còn 1,04%.") == asked
    assert said("Năm 2023, tỷ lệ hộ nghèo đa chiều còn 1,04%.") == ([], ["poor_household_rate"])
    assert said("Năm 2019, tỷ lệ nghèo đa chiều còn 1,04%.") == ([], ["poor_household_rate"])

"""A whole document: each table by the reader that knows it, the text by the prose reader."""

import sys
from datetime import date

from core.errors import Fault
from core.figures import UnitKey
from etl.document import Block
from etl.find import find
from etl.find.found import Found

TITLE = ["BẢNG TỔNG HỢP CHỈ TIÊU PHƯỜNG KHƯƠNG THƯỢNG", ""]


def test_a_document_about_nothing_we_know_is_empty(table, document, catalogue):
    """The caller says so."""
    assert find(document(Block("Thư mời họp", "đoạn 1"), table([["a", "b"]])), catalogue).is_empty


def test_a_unit_named_only_in_a_title_is_found(table, document, catalogue):
    """Where no letterhead names it; words that are no unit name none."""
    sheet = table([TITLE, ["Chỉ tiêu", "2019"], ["Hộ nghèo", 5]])
    assert find(document(sheet), catalogue).unit_name == "Phường Khương Thượng"


def test_text_above_a_table_gives_its_year_and_unit_of_measure(table, document, catalogue):
    """As in a Word report: the caption stands in paragraphs of its own."""
    parts = (
        Block("UBND PHƯỜNG KHƯƠNG THƯỢNG", "đoạn 1"), Block("Chỉ tiêu thu ngân sách năm 2019", "đoạn 2"),
        Block("Đơn vị: triệu đồng", "đoạn 3"), table([["Chỉ tiêu", "Thực hiện"], ["Thu NSNN trên địa bàn", "8.254,8"]]),
    )  # fmt: skip
    found = find(document(*parts), catalogue)
    assert [(f.indicator, f.year, f.value) for f in found.figures] == [("budget_revenue", 2019, 8254800000)]


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

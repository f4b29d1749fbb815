"""Tables without ruled lines come as plain lines; no number of theirs is read as if a sentence said it."""

import pytest

from core.settings import ROOT
from etl.document import Block
from etl.find import find
from etl.find.laid_out import laid_out
from etl.readers import read_file

ROWS = (
    "TT Chỉ tiêu ĐVT KH 2025 TH 2025 % so KH", "1 Số hộ nghèo 20 hộ 18 hộ", "2 Tỷ lệ bao phủ BHYT 95% 95,2% 100,2%",
    "3 Thu ngân sách 48,6 tỷ đồng 49,1 tỷ đồng 101%", "4 Tổ dân phố văn hóa tổ 12 13/14", "5 Hộ cận nghèo 30",
)  # fmt: skip


def blocks(*lines):
    return tuple(Block(line, f"đoạn {number}") for number, line in enumerate(lines, 1))


@pytest.mark.parametrize(
    "said",
    [
        "Toàn phường còn 16 hộ nghèo, chiếm 0,61%", "Tỷ lệ hộ nghèo còn 0,36% (05 hộ)", "Thu 48 600 000 000 đồng",
        "Năm 2025, có 13/14 tổ dân phố văn hóa, 92% gia đình văn hóa",
    ],
)
def test_sentences_are_no_rows(said):
    """Brackets, commas and spaces between thousands stand in running text too."""
    assert laid_out(blocks(said)) == []


def test_no_number_of_a_table_in_plain_lines_is_read_and_the_lines_are_named(document, catalogue):
    """Plan, result and the number of the row look alike; the sentences around it are read."""
    said = blocks("UBND PHƯỜNG MẪU", "Báo cáo tổng kết năm 2025", "Toàn phường còn 12 hộ nghèo.", *ROWS)
    found = find(document(*said), catalogue)
    assert [(f.indicator, f.value) for f in found.figures] == [("poor_households", 12)]
    assert [(notice.code, notice.params) for notice in found.notices] == [("etl.laid_out", {"count": 5})]


def test_rows_that_end_in_words_are_known_by_their_columns(catalogue):
    """ "2 Gia đình văn hóa 96% 97,2% Vượt" in a PDF without rules: neither two families nor 96 % of them."""
    path = ROOT / "tests" / "fixtures" / "readers" / "dong-chu.pdf"
    found = find(read_file(path.name, path.read_bytes()), catalogue, year=2021)
    assert {figure.indicator for figure in found.figures} == {"budget_revenue", "cultural_groups"}
    assert [(notice.code, notice.params) for notice in found.notices] == [("etl.laid_out", {"count": 4})]


def test_a_paragraph_with_tabs_is_read():
    """A letterhead's tab, a point of a list and its text are no columns of numbers."""
    lines = ("Số: 12/BC-UBND\t\tPhường Mẫu, ngày 5/12/2025", "1.\tThu ngân sách 12,5 tỷ đồng\tđạt 105%")
    assert laid_out(blocks(*lines)) == []

"""PDF files: paragraphs put together from lines, ruled tables, scans told from text."""

import re
from pathlib import Path

import pytest

from etl.readers import read_file
from etl.readers.parts import Span
from etl.readers.pdf import cell_text, without_rest
from tests.core.vi.old_letters import in_tcvn3
from tests.etl.readers.making import blocks, code, pdf, texts

FIXTURES = Path(__file__).parents[2] / "fixtures" / "readers"


def shown(*lines: str) -> bytes:
    """The content stream of a page with these lines, from the top."""
    said = "".join(f"1 0 0 1 72 {750 - 14 * at} Tm ({line}) Tj " for at, line in enumerate(lines))
    return f"BT /F1 12 Tf {said} ET".encode()


@pytest.mark.parametrize(("content", "expected"), [
    (pdf(b"0 0 100 100 re f"), "scanned"),
    (pdf(b"", b"", b""), "scanned"),
    (pdf(*[b""] * 301), "pdf_pages"),
    (pdf(shown(*["x" * 6_000] * 10)), "pdf_page_full"),
    (pdf(b"0 0 9 9 re f " * 20_001), "pdf_page_full"),
    (pdf(shown("Thu"))[:200], "damaged"),
])
def test_what_cannot_be_read_is_told(content, expected):
    """A scan without text, too many pages, letters, objects; a file cut off."""
    assert code("a.pdf", content) == expected


def test_a_password_is_named():
    """The fixture was saved by LibreOffice with a password for opening."""
    assert code("a.pdf", (FIXTURES / "co-mat-khau.pdf").read_bytes()) == "encrypted"


def test_page_numbers_are_no_text_and_scanned_pages_are_named():
    """A page of nothing but a picture inside a report with text stays known."""
    pages = shown("1", "Thu ngan sach dat 12,5 ty dong"), b"0 0 9 9 re f", shown("Ket luan.", "3")
    read = read_file("a.pdf", pdf(*pages))
    assert blocks(read) == ["Thu ngan sach dat 12,5 ty dong", "Ket luan."]
    assert [block.place for block in read.blocks] == ["trang 1, đoạn 1", "trang 3, đoạn 1"]
    assert read.properties == {"pages_without_text": "2"}


def test_a_report_saved_by_libreoffice_reads_as_its_author_wrote_it():
    """Wrapped lines are one paragraph; a table over two pages is one table, its text not told twice."""
    read = read_file("bao-cao.pdf", (FIXTURES / "bao-cao.pdf").read_bytes())
    assert blocks(read)[0] == "BÁO CÁO TỔNG KẾT NĂM 2020"
    assert blocks(read)[1].startswith("Thu ngân sách trên địa bàn đạt 12,5 tỷ đồng")
    assert blocks(read)[1].endswith("được Hội đồng nhân dân phường thông qua.")
    assert blocks(read)[2:] == ["Văn hóa: 13/18 tổ dân phố đạt danh hiệu.", "Sau bảng có một đoạn kết."]
    (table,) = read.tables
    assert len(table.rows) == 60
    assert texts(table)[:3] == [["Chỉ tiêu", "Năm 2020", "Năm 2020", "Năm 2020"],
                                ["Chỉ tiêu", "Kế hoạch", "Thực hiện", "Tỷ lệ"],
                                ["Chỉ tiêu 2", "12,5", "2,5", "101%"]]
    assert texts(table)[-1] == ["Chỉ tiêu 59", "12,5", "59,5", "101%"]
    assert set(table.merged) == {(0, 0, 1, 0), (0, 1, 0, 3)}


@pytest.mark.parametrize("kind", ["docx", "html"])
def test_the_same_report_as_word_file_and_web_page(kind):
    """LibreOffice's own .docx and .html give the same text and table as its PDF."""
    name = f"bao-cao.{kind}"
    other = read_file(name, (FIXTURES / name).read_bytes())
    own = read_file("bao-cao.pdf", (FIXTURES / "bao-cao.pdf").read_bytes())
    assert blocks(other) == blocks(own)
    assert texts(other.tables[0]) == texts(own.tables[0])


def test_text_whose_letters_are_lost_is_told_from_a_scan():
    """Glyphs that name no letters print well and read as signs: the font's table of letters is taken out here."""
    content = (FIXTURES / "bao-cao.pdf").read_bytes()
    named = re.compile(rb"/ToUnicode \d+ 0 R")
    assert named.search(content)
    assert code("a.pdf", named.sub(lambda found: b" " * len(found[0]), content)) == "pdf_glyphs"


def test_a_page_in_an_old_font_is_refused_whatever_is_chosen():
    """On the way through a PDF ư of TCVN3 is lost: the Word file has to be sent."""
    lines = [in_tcvn3(said).encode("latin-1") for said in ("Thu ngân sách trên địa bàn", "Số hộ nghèo còn 13 hộ")]
    content = pdf(b"BT /F1 12 Tf 40 700 Td " + b" 0 -20 Td ".join(b"(" + line + b") Tj" for line in lines) + b" ET",
                  resources="").replace(b"/BaseFont /Helvetica", b"/BaseFont /Helvetica /Encoding /WinAnsiEncoding")
    assert code("a.pdf", content) == code("a.pdf", content, encoding="tcvn3") == "pdf_old_font"


@pytest.mark.parametrize(("printed", "read"), [
    ("6.800.000\n.000", "6.800.000.000"), ("60.000.00\n0", "60.000.000"), ("1.250.\n000,5", "1.250.000,5"),
    ("1.250\n300", "1.250\n300"), ("12\n500.000", "12\n500.000"), ("105,2\n0", "105,2\n0"),
    ("Chi các\nhoạt động", "Chi các\nhoạt động"),
])
def test_a_number_broken_in_a_narrow_cell_is_one_where_it_could_be_no_two(printed, read):
    """Two numbers under each other stay two lines: nobody can tell what they are."""
    assert cell_text(printed) == read


def test_a_row_broken_by_the_end_of_a_page_is_one_row():
    """What goes on in small letters belongs to the name above; a name of its own, or a number, begins a row."""
    last = [Span("6", 0), Span("Tỷ lệ", 1), Span("95", 2)]
    assert without_rest(last, [[Span("", 0), Span("tham gia BHYT", 1), Span("", 2)]]) == []
    assert last[1].text == "Tỷ lệ\ntham gia BHYT"
    for begun in (["", "Trong đó:", ""], ["", "hộ nghèo", "5"], ["7", "hộ nghèo", ""]):
        rows = [[Span(said, at) for at, said in enumerate(begun)]]
        assert without_rest(last, rows) == rows

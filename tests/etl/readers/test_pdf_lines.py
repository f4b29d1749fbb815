"""Lines of a printed page: paragraphs however they are spaced or set, rows of a table that has no ruled lines."""

from pathlib import Path

from etl.readers import read_file
from etl.readers.pdf_lines import Line, texts_of
from tests.etl.readers.making import blocks

PRINTED = Path(__file__).parents[2] / "fixtures" / "readers" / "dong-chu.pdf"
PAGE = (90.0, 520.0)


def line(text: str, left: float, foot: float, right: float, *, height: float = 8, word: float = 20) -> Line:
    """A line of a page, its cells between tabs."""
    cells = tuple(text.split("\t"))
    return Line(" ".join(cells), (left, foot, right, foot + height), cells, word)


def test_paragraphs_end_where_their_lines_leave_room_or_a_mark_begins():
    """A title is no part of what stands below it; a full line that ends its sentence is left by a mark of a list."""
    titles = [line("ƯỚC THỰC HIỆN THU NGÂN SÁCH NĂM 2024", 90, 700, 390), line("Đơn vị: 1000 đồng", 90, 673, 180)]
    assert len(texts_of(titles, PAGE)) == 2
    points = [line("- Thu ngân sách đạt 12,5 tỷ đồng.", 90, 700, 519), line("- Chi 8 tỷ đồng", 90, 680, 200, word=3)]
    assert len(texts_of(points, PAGE)) == 2


def test_a_letterhead_of_two_columns_is_no_table():
    """Two cells a line, a number in one of them: the day of a report is read."""
    head = [line("UBND PHƯỜNG MẪU\tCỘNG HÒA XÃ HỘI", 90, 700, 510), line("Số: 12\tngày 5/12/2025", 90, 680, 510)]
    assert all("\t" not in text for text in texts_of(head, PAGE))


def test_cells_beside_each_other_are_one_row_whatever_their_order_in_the_file():
    """A program writes a row cell by cell; the second line of a name belongs to the table."""
    cells = [
        line("1\tHộ nghèo", 90, 600, 160), line("của phường", 110, 586, 160), line("20\t18", 200, 600, 300),
        line("2\tHộ cận nghèo", 90, 570, 160), line("31\t27", 200, 570, 300), line("Nơi nhận:", 90, 520, 150),
    ]  # fmt: skip
    assert texts_of(cells, PAGE) == ["1\tHộ nghèo\t20\t18\ncủa phường\n2\tHộ cận nghèo\t31\t27", "Nơi nhận:"]


def test_a_page_saved_by_libreoffice_keeps_its_paragraphs_and_its_rows():
    """Wide spacing, a hanging list and a ragged edge break no sentence; columns stay apart."""
    said = blocks(read_file(PRINTED.name, PRINTED.read_bytes()))
    assert [text[:12] for text in said[:3]] == ["Năm 2021, th", "- Văn hóa: t", "- Hộ nghèo: "]
    assert said[0].endswith("tháng 12.") and said[1].endswith("trước đó.") and said[2].endswith("bảy hộ.")
    assert said[3].splitlines()[1] == "1\tGia đình văn\t96%\t97,2%\tVượt"
    assert said[4:] == ["Sau bảng có một đoạn kết."]

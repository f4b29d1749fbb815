"""Word files: paragraphs and tables in reading order, spans laid out, what is not printed left out."""

import io

import docx as python_docx
import pytest
from docx.oxml import OxmlElement

from etl.document import Block, Table
from etl.readers import read_file
from tests.etl.readers.making import blocks, code, docx, paragraph, texts, word_cell

ROW = "<w:tr>{}</w:tr>"
SPAN = '<w:gridSpan w:val="{}"/>'


def read(body: str):
    """A document whose body holds these elements."""
    return read_file("a.docx", docx(body))


def saved(document: python_docx.document.Document) -> bytes:
    """The bytes of a python-docx document."""
    packed = io.BytesIO()
    document.save(packed)
    return packed.getvalue()


@pytest.mark.parametrize(("body", "expected"), [
    (f"<w:tbl>{ROW.format(word_cell('x', SPAN.format(2_000_000_000)))}</w:tbl>", "span"),
    (f"<w:tbl>{ROW.format(word_cell('x', SPAN.format(-1)))}</w:tbl>", "span"),
    (f"<w:tbl>{ROW.format(word_cell('x') * 1_001)}</w:tbl>", "too_many_columns"),
    ("<w:tbl><w:tr><w:tc>" * 22 + "</w:tc></w:tr></w:tbl>" * 22, "too_deep"),
    ("<w:sdt>" * 300 + "</w:sdt>" * 300, "too_deep"),
    ("<w:p>", "damaged"),
])
def test_a_broken_document_is_refused(body, expected):
    """Spans without end, far too many columns, nesting, XML that ends early."""
    assert code("a.docx", docx(body)) == expected


def test_paragraphs_keep_tabs_breaks_and_hyphens():
    """What is printed, and only that: no field codes, deletions, hidden runs."""
    body = ("<w:p><w:r><w:t>Thu</w:t><w:tab/><w:t>12,5</w:t><w:br/><w:t>tỷ</w:t><w:noBreakHyphen/><w:t>đồng</w:t></w:r>"
            "<w:r><w:instrText>PAGE</w:instrText></w:r><w:del><w:r><w:delText>99</w:delText><w:t>98</w:t></w:r></w:del>"
            "<w:ins><w:r><w:t> thêm</w:t></w:r></w:ins>"
            "<w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r></w:p>")
    assert blocks(read(body)) == ["Thu\t12,5\ntỷ-đồng thêm"]


def test_places_count_every_paragraph_of_the_body():
    """Empty ones too, so that a person counting on paper arrives at the same one."""
    assert [part.place for part in read(paragraph("a") + "<w:p/>" + paragraph("b")).parts] == ["đoạn 1", "đoạn 3"]


def test_merged_cells_are_laid_out_and_repeated():
    """python-docx merges over rows and columns."""
    document = python_docx.Document()
    document.add_heading("Phần II. Thu ngân sách", 1)
    document.add_paragraph("Đơn vị: triệu đồng")
    table = document.add_table(3, 3)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "Chỉ tiêu"
    table.cell(0, 1).merge(table.cell(0, 2)).text = "Năm 2020"
    for column, said in enumerate(("Thu", "12,5", "1.234,5")):
        table.cell(2, column).text = said
    made = read_file("a.docx", saved(document)).tables[0]
    assert texts(made) == [["Chỉ tiêu", "Năm 2020", "Năm 2020"], ["Chỉ tiêu", "", ""], ["Thu", "12,5", "1.234,5"]]
    assert made.merged == ((0, 0, 1, 0), (0, 1, 0, 2))
    assert made.before == ("Phần II. Thu ngân sách", "Đơn vị: triệu đồng")
    assert made.rows[2][1].ref == "hàng 3, cột 2" and made.rows[2][1].number is None


def test_deleted_and_hidden_rows():
    """A row deleted under tracking is gone, a hidden one is marked."""
    document = python_docx.Document()
    table = document.add_table(3, 2)
    for row in range(3):
        for column in range(2):
            table.cell(row, column).text = f"{row}{column}"
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:hidden"))
    table.rows[1]._tr.get_or_add_trPr().append(OxmlElement("w:del"))
    made = read_file("a.docx", saved(document)).tables[0]
    assert texts(made) == [["00", "01"], ["20", "21"]]
    assert [row[0].hidden for row in made.rows] == [True, False]


def test_tables_and_text_come_in_reading_order():
    """Text, table, text; a table inside a cell follows its table; content controls are looked through."""
    inner = f"<w:tbl>{ROW.format(word_cell('trong') * 2)}</w:tbl>"
    outer = f"<w:tbl>{ROW.format(f'<w:tc>{paragraph(chr(65))}{inner}</w:tc>' + word_cell('B'))}</w:tbl>"
    parts = read(f"{paragraph('đầu')}<w:sdt><w:sdtContent>{outer}</w:sdtContent></w:sdt>{paragraph('cuối')}").parts
    assert [type(part) for part in parts] == [Block, Table, Table, Block]
    assert texts(parts[1]) == [["A", "B"]] and texts(parts[2]) == [["trong", "trong"]]


def test_a_text_box_is_read_once():
    """Word stores it twice, for new and for old programs."""
    box = f"<w:txbxContent>{paragraph('trong khung')}</w:txbxContent>"
    body = ('<w:p><w:r><mc:AlternateContent xmlns:mc="m"><mc:Choice><w:drawing><wps:wsp xmlns:wps="w"><wps:txbx>'
            f"{box}</wps:txbx></wps:wsp></w:drawing></mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback>"
            "</mc:AlternateContent><w:t>ngoài khung</w:t></w:r></w:p>")
    assert blocks(read(body)) == ["ngoài khung", "trong khung"]


def test_a_long_merged_column_and_a_big_table_are_read():
    """20,000 rows merged over one column hang readers that look upwards from each row."""
    rows = ROW.format(word_cell("gộp", '<w:vMerge w:val="restart"/>') + word_cell("1"))
    rows += ROW.format(word_cell("", "<w:vMerge/>") + word_cell("2")) * 5_000
    table = read(f"<w:tbl>{rows}</w:tbl>").tables[0]
    assert len(table.rows) == 5_001 and texts(table)[-1] == ["gộp", "2"]


def test_text_is_nfc():
    """Decomposed letters, as macOS writes them."""
    assert blocks(read(paragraph("Tie\u0302\u0301n đo\u0323\u0302"))) == ["Tiến độ"]

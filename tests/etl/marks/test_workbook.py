"""Marks in a person's workbook: the cells named are outlined and noted, and nothing else is touched."""

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from core.errors import FaultError
from etl.marks.mark import SHEET, Mark
from etl.marks.workbook import marked
from etl.readers import read_file
from etl.sandbox import mark_in_child
from tests.etl.readers.making import xlsx, xlsx_entries, zip_of

ROOT = Path(__file__).parents[3]
FORM = (ROOT / "tests" / "fixtures" / "templates" / "form-1.xlsx").read_bytes()
RED, AMBER = "FFFBD5D5", "FFFCE8B8"
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000 1f15c4890000000d49444154789c6360f8cf500f000301 01"
    "00188dd8 8f0000000049454e44ae426082".replace(" ", "")
)


def own_workbook():
    """A workbook as somebody made it: formulas with results, formats, merges, rules, notes, a chart, hidden sheets."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    page = book.add_worksheet("Thu – chi & khác")
    percent = book.add_format({"num_format": "0.0%", "italic": True, "bg_color": "#CCFFCC", "locked": False})
    page.merge_range("A1:C1", "Báo cáo", book.add_format({"bold": True}))
    page.write_column("A2", ["Thu", "Chi", "Tổng"])
    page.write_column("B2", [10.5, 20.25])
    page.write_formula("B4", "=B2+B3", None, 30.75)
    page.write_number("C2", 0.5, percent)
    page.write_comment("B2", "Xem lại với kế toán", {"author": "Chị Hoa"})
    page.write_comment("A4", "Đã đối chiếu", {"author": "Chị Hoa"})
    page.data_validation("B2:B3", {"validate": "decimal", "criteria": ">=", "value": 0})
    page.conditional_format("B2:B4", {"type": "cell", "criteria": ">", "value": 15, "format": percent})
    page.set_column("A:A", 33)
    page.protect()
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "='Thu – chi & khác'!$B$2:$B$3"})
    page.insert_chart("E2", chart)
    page.insert_image("E20", "dot.png", {"image_data": io.BytesIO(PIXEL)})
    book.add_worksheet("Ẩn").hide()
    other = book.add_worksheet("Khác")
    other.write("A1", "không đụng đến")
    book.define_name("Tong", "='Thu – chi & khác'!$B$4")
    book.close()
    return out.getvalue()


def opened(content, **how):
    return openpyxl.load_workbook(io.BytesIO(content), **how)


def part(content, name):
    return zipfile.ZipFile(io.BytesIO(content)).read(name)


def noted(cell):
    return cell.comment.text if cell.comment else ""


MARKS = [
    Mark("Thu – chi & khác", "B2", "Số này <không> đúng & thừa", "Hãy sửa."),
    Mark("Thu – chi & khác", "C2", "Có thể là 50%", "Hãy xem lại.", True),
    Mark("Thu – chi & khác", "H40", "Thiếu số", "Hãy điền."),
    Mark("", "", "Tệp không nêu năm", "Hãy ghi năm."),
]


def test_what_is_no_workbook_is_refused():
    """Whatever it is called; a workbook of the strict kind too, which names everything otherwise."""
    with pytest.raises(FaultError) as refused:
        marked("a.xlsx", b"PK\3\4" + b"\0" * 100, MARKS, "vi")
    assert refused.value.faults[0].code == "reading.damaged"
    with pytest.raises(FaultError) as refused:
        mark_in_child("a.xlsx", b"x" * 100, MARKS, "vi")
    assert refused.value.faults[0].code == "reading.content_not_name"
    entries = xlsx_entries('<row r="1"><c r="A1"><v>1</v></c></row>')
    strict = {name: said.replace("http://schemas.openxmlformats.org/spreadsheetml/2006/main",
                                 "http://purl.oclc.org/ooxml/spreadsheetml/main") if isinstance(said, str) else said
              for name, said in entries.items()}  # fmt: skip
    with pytest.raises(FaultError) as refused:
        marked("a.xlsx", zip_of(strict), MARKS, "vi")
    assert refused.value.faults[0].code == "reading.marks_strict"


def test_marked_cells_are_outlined_with_a_note_and_keep_their_values_and_formats():
    """An error is red, a question amber; a cell that was not there comes to be; a person's own note stays."""
    page = opened(marked("a.xlsx", own_workbook(), MARKS, "vi"))["Thu – chi & khác"]
    assert [page[ref].fill.fgColor.rgb for ref in ("B2", "C2", "H40")] == [RED, AMBER, RED]
    assert all(page[ref].border.left.style == "medium" for ref in ("B2", "C2", "H40"))
    assert (page["B2"].value, page["C2"].value, page["C2"].number_format) == (10.5, 0.5, "0.0%")
    assert page["C2"].font.i and not page["C2"].protection.locked
    assert noted(page["B2"]).startswith("Xem lại với kế toán") and "Số này <không> đúng & thừa" in noted(page["B2"])
    assert noted(page["H40"]) == "Thiếu số. Hãy điền." and noted(page["A4"]) == "Đã đối chiếu"


def test_everything_else_of_the_workbook_stays_as_it_is():
    """Results of formulas, merges, widths, validations, protection, charts, pictures, hidden and other sheets."""
    before, after = own_workbook(), marked("a.xlsx", own_workbook(), MARKS, "vi")
    old, new = opened(before), opened(after)
    assert new.sheetnames == [*old.sheetnames, "Lỗi cần sửa"]
    assert new["Ẩn"].sheet_state == "hidden" and "Tong" in new.defined_names
    one, other = old.worksheets[0], new.worksheets[0]
    assert str(one.merged_cells) == str(other.merged_cells) and other.protection.sheet
    assert one.column_dimensions["A"].width == other.column_dimensions["A"].width
    assert [str(rule.sqref) for rule in other.data_validations.dataValidation] == ["B2:B3"]
    assert len(other.conditional_formatting) == 1 and len(other._charts) == 1
    assert opened(after, data_only=True).worksheets[0]["B4"].value == 30.75 and other["B4"].value == "=B2+B3"
    untouched = ("xl/worksheets/sheet2.xml", "xl/worksheets/sheet3.xml", "xl/charts/chart1.xml",
                 "xl/media/image1.png", "xl/drawings/drawing1.xml", "xl/theme/theme1.xml")  # fmt: skip
    assert all(part(before, name) == part(after, name) for name in untouched)


def test_the_summary_opens_first_and_links_to_each_cell():
    """A line a mark, with what the cell says; what names no cell has no link."""
    book = opened(marked("a.xlsx", own_workbook(), MARKS, "vi"))
    page = book["Lỗi cần sửa"]
    assert book.active is page and not book.worksheets[0].sheet_view.tabSelected
    rows = [[cell.value or "" for cell in row[2:6]] for row in page.iter_rows(min_row=5)]
    assert rows == [
        ["cả tệp", "", "Tệp không nêu năm", "Hãy ghi năm."],
        ["Thu – chi & khác!B2", "10.5", "Số này <không> đúng & thừa", "Hãy sửa."],
        ["Thu – chi & khác!C2", "50%", "Có thể là 50%", "Hãy xem lại."],
        ["Thu – chi & khác!H40", "", "Thiếu số", "Hãy điền."],
    ]
    assert [page.cell(row, 3).hyperlink and page.cell(row, 3).hyperlink.location for row in range(5, 9)] == [
        None, "'Thu – chi & khác'!B2", "'Thu – chi & khác'!C2", "'Thu – chi & khác'!H40",
    ]  # fmt: skip


def test_a_marked_workbook_reads_as_the_one_it_was():
    """Outlines and notes are no content; the summary stands on a sheet of its own, which the finders leave aside."""
    tables = read_file("a.xlsx", marked("a.xlsx", own_workbook(), MARKS[:2], "vi")).tables
    assert tables[:-1] == read_file("a.xlsx", own_workbook()).tables
    assert tables[-1].rows[0][0].text == SHEET


def test_marking_again_takes_the_earlier_marks_away():
    """Also after another program has saved the file: what was mended looks as it did before."""
    first = opened(marked("a.xlsx", own_workbook(), MARKS, "vi"))
    out = io.BytesIO()
    first.save(out)
    book = opened(marked("a.xlsx", out.getvalue(), MARKS[1:2], "vi"))
    page, before = book.worksheets[0], opened(own_workbook()).worksheets[0]
    assert book.sheetnames.count("Lỗi cần sửa") == 1 and len(book.sheetnames) == 4
    assert page["B2"].fill.fgColor.rgb == before["B2"].fill.fgColor.rgb
    assert page["B2"].border.left.style == before["B2"].border.left.style
    assert noted(page["B2"]) == "Xem lại với kế toán" and noted(page["H40"]) == ""
    assert page["C2"].fill.fgColor.rgb == AMBER and noted(page["C2"]) == "Có thể là 50%. Hãy xem lại."
    assert book["Lỗi cần sửa"].max_row == 5


def test_a_merged_cell_is_marked_where_it_shows():
    """A place inside it is its first cell."""
    content = marked("a.xlsx", own_workbook(), [Mark("Thu – chi & khác", "C1", "x", "y")], "vi")
    assert noted(opened(content).worksheets[0]["A1"]) == "x. y"


def test_rows_cells_and_styles_that_a_file_leaves_unsaid_are_no_hindrance():
    """A program may number neither rows nor cells and keep no table of styles."""
    content = xlsx("<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>")
    page = opened(marked("a.xlsx", content, [Mark("Thu", ref, "x", "y") for ref in ("B1", "C2")], "en"))["Thu"]
    assert [page[ref].fill.fgColor.rgb for ref in ("B1", "C2")] == [RED, RED]
    assert [page[ref].value for ref in ("A1", "B1", "A2")] == [1, 2, 3]


def test_the_form_is_marked_in_the_child_process_too():
    """The same bytes as without it."""
    marks = [Mark("Chỉ tiêu", "F7", "a", "b")]
    assert opened(mark_in_child("f.xlsx", FORM, marks, "vi"))["Chỉ tiêu"]["F7"].fill.fgColor.rgb == RED
    assert part(mark_in_child("f.xlsx", FORM, marks, "vi"), "xl/worksheets/sheet3.xml") == part(
        FORM, "xl/worksheets/sheet3.xml"
    )

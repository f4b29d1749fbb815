"""Workbooks: what a cell stores arrives exactly, what is missing is named, what is hidden or merged is known."""

import io
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from core.errors import FaultError
from etl.document import Cell
from etl.readers import read_file
from etl.readers.xlsx import moment_of, number_format
from tests.etl.readers.making import code, xlsx, xlsx_entries, zip_of

FIXTURES = Path(__file__).parents[2] / "fixtures" / "readers"
STYLES = ('<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellXfs>'
          '<xf numFmtId="0"/><xf numFmtId="9"/><xf numFmtId="14"/></cellXfs></styleSheet>')


def cells(content: bytes, sheet: int = 0) -> dict[str, Cell]:
    """The cells of a sheet by their references."""
    return {cell.ref: cell for row in read_file("a.xlsx", content).tables[sheet].rows for cell in row}


def saved(book: openpyxl.Workbook) -> bytes:
    """The bytes of an openpyxl workbook."""
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def one(value: object, **cell: object) -> Cell:
    """The cell that openpyxl writes for a value."""
    book = openpyxl.Workbook()
    book.active["B2"] = value
    for name, said in cell.items():
        setattr(book.active["B2"], name, said)
    return cells(saved(book))["B2"]


@pytest.mark.parametrize(("rows", "expected"), [
    ('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>', "too_sparse"),
    ('<row r="1"><c r="ZZZZ1"><v>1</v></c></row>', "outside_grid"),
    ('<row r="1"><c r="XFE1"><v>1</v></c></row>', "outside_grid"),
    ('<row r="4294967295"><c r="A4294967295"><v>1</v></c></row>', "outside_grid"),
    ('<row r="0"><c r="A0"><v>1</v></c></row>', "outside_grid"),
    ('<row r="1"><c r="A2"><v>1</v></c></row>', "outside_grid"),
    ('<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>', "cell_twice"),
    ('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', "cell_unreadable"),
    ('<row r="1"><c r="A1" t="s"><v>-1</v></c></row>', "cell_unreadable"),
    ('<row r="1"><c r="A1"><v>khoảng 12</v></c></row>', "cell_unreadable"),
    ('<row r="1"><c r="A1"><v>1E999</v></c></row>', "cell_unreadable"),
    ('<row r="1"><c r="A1"><v>NaN</v></c></row>', "cell_unreadable"),
    (f'<row r="1"><c r="A1" t="inlineStr"><is><t>{"x" * 32_768}</t></is></c></row>', "cell_too_long"),
    ("<row>" * 300 + "</row>" * 300, "too_deep"),
    ('<row r="1"><c r="A1"><v>1</v></row>', "damaged"),
])
def test_a_broken_sheet_is_refused_with_its_place(rows, expected):
    """Far corners, places outside the grid, cells twice, values that are none."""
    assert code("a.xlsx", xlsx(rows)) == expected


def test_broken_merges_are_refused():
    """Merges over merges, outside the grid, or without number."""
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="3"><c r="C3"><v>1</v></c></row>'
    twice = '<mergeCells><mergeCell ref="A1:C3"/><mergeCell ref="A1:C3"/></mergeCells>'
    assert code("a.xlsx", xlsx(rows, after=twice)) == "merges_overlap"
    assert code("a.xlsx", xlsx(rows, after='<mergeCells><mergeCell ref="A1:XFE1"/></mergeCells>')) == "outside_grid"
    many = "<mergeCells>" + '<mergeCell ref="A1:A2"/>' * 100_001 + "</mergeCells>"
    assert code("a.xlsx", xlsx(rows, after=many)) == "too_many_merges"


def test_a_merge_over_the_whole_grid_reaches_as_far_as_the_figures():
    """A title merged over every column costs nothing."""
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="B2"><v>2</v></c></row>'
    read = read_file("a.xlsx", xlsx(rows, after='<mergeCells><mergeCell ref="A1:XFD1"/></mergeCells>')).tables[0]
    assert read.merged == ((0, 0, 0, 1),)
    assert [cell.text for cell in read.rows[0]] == ["1", "1"]


@pytest.mark.parametrize(("stored", "number", "text"), [
    ("0.1", "0.1", "0.1"),
    ("0.10000000000000001", "0.1", "0.1"),
    ("101.0", "101", "101"),
    ("0.30000000000000004", "0.3", "0.3"),
    ("8254.8170000000009", "8254.817", "8254.817"),
    ("1.2345E10", "12345000000", "12345000000"),
    ("-3", "-3", "-3"),
    ("123456789012345678", "123456789012345678", "123456789012345678"),
])
def test_a_stored_number_arrives_as_the_decimal_people_see(stored, number, text):
    """Binary noise behind the fifteenth digit is the file format's, not the clerk's."""
    read = cells(xlsx(f'<row r="1"><c r="A1"><v>{stored}</v></c></row>'))["A1"]
    assert (read.number, read.text) == (Decimal(number), text)


@given(st.integers(-10**14, 10**14), st.integers(0, 9))
def test_any_number_of_fifteen_digits_is_read_back_exactly(digits, places):
    """What Excel can hold is never changed by reading it."""
    number = Decimal(digits).scaleb(-places)
    read = cells(xlsx(f'<row r="1"><c r="A1"><v>{float(number)!r}</v></c></row>'))["A1"]
    assert read.number == number


def test_numbers_as_text_stay_text():
    """Both thousand styles and the decimal comma wait for the number rule."""
    for said in ("12,5", "1.234,5", "1,234.5", "8 254", "13/18", "96,46%"):
        assert one(said) == Cell(said, "B2")


def test_a_formula_without_a_value_is_named():
    """openpyxl stores no result; an empty result of a text formula is a result."""
    assert one("=SUM(A1:A9)") == Cell("", "B2", formula_without_value=True)
    rows = ('<row r="1"><c r="A1"><v>1</v></c><c r="B1" t="str"><f>IF(1,"")</f><v></v></c>'
            '<c r="C1"><f>A1</f><v>7</v></c><c r="D1"><f>A1</f></c></row>')
    read = cells(xlsx(rows))
    assert [read[ref].formula_without_value for ref in ("A1", "B1", "C1", "D1")] == [False, False, False, True]
    assert read["C1"].number == 7


def test_a_zero_that_a_program_wrote_beside_a_formula_is_no_result():
    """xlsxwriter writes 0 and asks for calculation on opening: the 0 was never calculated."""
    packed = io.BytesIO()
    with xlsxwriter.Workbook(packed) as book:
        sheet = book.add_worksheet()
        sheet.write_formula("A1", "=1+1")
        sheet.write_formula("A2", "=1+1", value=2)
        sheet.write("A3", 0)
    read = cells(packed.getvalue())
    assert [read[ref].formula_without_value for ref in ("A1", "A2", "A3")] == [True, False, False]
    assert read["A2"].number == 2 and read["A3"].number == 0


def test_dates_are_dates_and_percents_are_percents():
    """A format decides what a stored number means; a percent is given as people say it."""
    assert one(date(2020, 12, 31)) == Cell("2020-12-31", "B2", moment=date(2020, 12, 31))
    assert one(datetime(2020, 12, 31, 7, 30)).text == "2020-12-31 07:30"
    assert one(1.01, number_format="0%") == Cell("101%", "B2", number=Decimal(101))
    assert one(0.9646, number_format="0.00%") == Cell("96.46%", "B2", number=Decimal("96.46"))
    assert one(101, number_format='0"%"') == Cell("101%", "B2", number=Decimal(101))
    assert one(12.5, number_format='#,##0.0 "tỷ đồng"').number == Decimal("12.5")
    assert one(2020, number_format="0;[Red]-0").number == 2020


@pytest.mark.parametrize(("code", "means"), [
    ("dd/mm/yyyy", "date"), ("[$-42A]d mmmm yyyy", "date"), ("mm/yyyy", "date"), ("General", ""), ("#,##0", ""),
    ('#,##0 "đ"', ""), ("[Red]0", ""), ("h:mm", ""), ('0.0" ngày"', ""), ("0\\%", "percent_sign"), ("0.0%", "percent"),
])
def test_a_number_format_says_what_it_means(code, means):
    """Words in quotation marks, colours and currencies are no dates."""
    assert number_format(164, code) == means


def test_the_two_calendars_of_excel():
    """Day 60 never was; a Mac's calendar begins in 1904."""
    assert moment_of(1).date() == date(1900, 1, 1)
    assert moment_of(61).date() == date(1900, 3, 1)
    assert moment_of(44196).date() == date(2020, 12, 31)
    assert moment_of(44196 - 1462, since_1904=True).date() == date(2020, 12, 31)
    assert moment_of(-1) is None and moment_of(1e12) is None
    content = xlsx('<row r="1"><c r="A1" s="2"><v>42734</v></c></row>', xl__styles_xml=STYLES,
                   workbook='<workbookPr date1904="1"/>')
    assert cells(content)["A1"].moment == date(2020, 12, 31)


def test_merged_headers_and_hidden_rows_are_seen():
    """openpyxl's merged header stands over both columns; hidden rows, columns and sheets are marked."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["A1"], sheet["B1"], sheet["B2"], sheet["C2"] = "Chỉ tiêu", "Năm 2020", "Kế hoạch", "Thực hiện"
    sheet.merge_cells("B1:C1")
    sheet.merge_cells("A1:A2")
    sheet.append(["Thu", 1, 2])
    sheet.append(["Chi", 3, 4])
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["C"].hidden = True
    secret = book.create_sheet("Ẩn")
    secret["A1"] = 5
    secret.sheet_state = "veryHidden"
    read = read_file("a.xlsx", saved(book))
    table = read.tables[0]
    assert [cell.text for cell in table.rows[0]] == ["Chỉ tiêu", "Năm 2020", "Năm 2020"]
    assert [cell.text for cell in table.rows[1]] == ["Chỉ tiêu", "Kế hoạch", "Thực hiện"]
    assert set(table.merged) == {(0, 1, 0, 2), (0, 0, 1, 0)}
    assert [[cell.hidden for cell in row] for row in table.rows] == [
        [False, False, True], [False, False, True], [True, True, True], [False, False, True]]
    assert read.tables[1].place == "Ẩn" and read.tables[1].rows[0][0].hidden


def test_text_is_nfc_without_invisible_marks():
    """A decomposed "Chỉ tiêu" with a zero-width space is the same label."""
    assert one("Chi\u0309 tie\u0302u\u200b").text == "Chỉ tiêu"
    assert one("dòng 1\r\ndòng 2").text == "dòng 1\ndòng 2"


def test_rich_text_and_reading_aids():
    """A cell in several fonts is one text; phonetic guides are none of it."""
    strings = ('<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><r><t>Thu </t></r>'
               "<r><t>ngân sách</t></r><rPh><t>x</t></rPh></si><si><t>a_x000D_b_x0041_</t></si></sst>")
    content = xlsx('<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row>', xl__sharedStrings_xml=strings)
    read = cells(content)
    assert (read["A1"].text, read["B1"].text) == ("Thu ngân sách", "a\nbA")


def test_a_long_text_shared_by_very_many_cells_costs_one_copy():
    """Readers that copy it per cell need gigabytes."""
    strings = ('<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
               f'<si><t>{"x" * 32_000}</t></si></sst>')
    rows = '<row><c t="s"><v>0</v></c></row>' * 20_000
    table = read_file("a.xlsx", xlsx(rows, xl__sharedStrings_xml=strings)).tables[0]
    assert len(table.rows) == 20_000 and table.rows[0][0].text is table.rows[-1][0].text


def test_a_workbook_saved_by_libreoffice_reads_as_its_author_wrote_it():
    """Text numbers, a calculated formula, a percent, a date, hidden row, column and sheet."""
    read = read_file("thu.xlsx", (FIXTURES / "thu.xlsx").read_bytes())
    by_ref = {cell.ref: cell for row in read.tables[0].rows for cell in row}
    assert read.tables[0].place == "Thu ngân sách"
    assert by_ref["B3"] == Cell("1.234,5", "B3", hidden=True)
    assert by_ref["C3"].number == Decimal("8254.817")
    assert by_ref["D3"] == Cell("101%", "D3", Decimal(101))
    assert by_ref["C4"] == Cell("0.3", "C4", Decimal("0.3"), hidden=True)
    assert by_ref["B5"].moment == date(2020, 12, 31)
    assert by_ref["D1"].text == "THU NGÂN SÁCH NĂM 2020"
    assert read.tables[1].place == "Ẩn"


def test_an_empty_sheet_gives_no_table_and_a_missing_part_no_crash():
    """A chart sheet or an empty one is nothing to read."""
    assert read_file("a.xlsx", xlsx("")).parts == ()
    entries = xlsx_entries("")
    del entries["xl/worksheets/sheet1.xml"]
    assert read_file("a.xlsx", zip_of(entries)).parts == ()
    del entries["xl/workbook.xml"]
    with pytest.raises(FaultError):
        read_file("a.xlsx", zip_of(entries))

"""OpenDocument workbooks: values as stored, repeated and covered cells in their places."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from etl.document import Cell
from etl.readers import read_file
from tests.etl.readers.making import code, zip_of

SAVED = (Path(__file__).parents[2] / "fixtures" / "readers" / "thu.ods").read_bytes()
NAMES = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
                 for name in ("office", "table", "text", "style"))
REPEATED = 'table:number-columns-repeated="{}"'


def ods(rows: str, **parts: str) -> bytes:
    """A workbook whose one sheet holds these rows."""
    content = (f'<office:document-content {NAMES}><office:body><office:spreadsheet><table:table table:name="Thu">{rows}'
               "</table:table></office:spreadsheet></office:body></office:document-content>")
    return zip_of({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": content} | parts)


def number(said: str, more: str = "") -> str:
    """A cell with a number."""
    return f'<table:table-cell office:value-type="float" office:value="{said}" {more}/>'


@pytest.mark.parametrize(("rows", "expected"), [
    (f'<table:table-row table:number-rows-repeated="2000000000">{number("1")}</table:table-row>', "outside_grid"),
    (f"<table:table-row>{number('1', REPEATED.format(16_385))}</table:table-row>", "outside_grid"),
    (f"<table:table-row table:number-rows-repeated='1048576'>{number('1', REPEATED.format(3))}</table:table-row>",
     "too_many_cells"),
    (f"<table:table-row>{number('khoảng 12')}</table:table-row>", "cell_unreadable"),
    (f'<table:table-row>{number("1")}</table:table-row><table:table-row table:number-rows-repeated="1048574"/>'
     f'<table:table-row><table:table-cell table:number-columns-repeated="16383"/>{number("1")}</table:table-row>',
     "too_sparse"),
])
def test_a_broken_sheet_is_refused(rows, expected):
    """Repetitions without end, far corners, numbers that are none."""
    assert code("a.ods", ods(rows)) == expected


def test_passwords_macros_and_other_kinds_are_told_apart():
    """A text document named .ods, an encrypted one, one with a Basic module."""
    assert code("a.ods", ods("", mimetype="application/vnd.oasis.opendocument.text")) == "content_not_name"
    assert code("a.ods", ods("", **{"META-INF/manifest.xml": "<m><encryption-data/></m>"})) == "encrypted"
    assert code("a.ods", ods("", **{"Basic/Standard/Module1.xml": "<x/>"})) == "macros"
    assert code("a.ods", ods("", **{"content.xml": "<!DOCTYPE x><x/>"})) == "dtd"


def test_a_formula_without_a_value_is_named():
    """A program that wrote a formula and never calculated it."""
    rows = ('<table:table-row><table:table-cell table:formula="of:=[.A1]"/>'
            '<table:table-cell table:formula="of:=1" office:value-type="float" office:value="1"/></table:table-row>')
    first, second = read_file("a.ods", ods(rows)).tables[0].rows[0]
    assert first == Cell("", "A1", formula_without_value=True)
    assert second == Cell("1", "B1", Decimal(1))


def test_repeated_and_covered_cells_keep_the_others_in_place():
    """Two equal cells may be stored once; a merged header covers the cells beside it."""
    rows = ('<table:table-row table:number-rows-repeated="2"/><table:table-row>'
            '<table:table-cell table:number-columns-spanned="2"><text:p>Năm<text:s text:c="2"/>2020</text:p>'
            f"</table:table-cell><table:covered-table-cell/>{number('7', REPEATED.format(2))}"
            "</table:table-row>")
    table = read_file("a.ods", ods(rows)).tables[0]
    assert [(cell.ref, cell.text) for cell in table.rows[0]] == [
        ("A3", "Năm  2020"), ("B3", "Năm  2020"), ("C3", "7"), ("D3", "7")]


def test_a_workbook_saved_by_libreoffice_reads_as_its_author_wrote_it():
    """The same figures as in the .xlsx and the .xls."""
    read = read_file("thu.ods", SAVED)
    by_ref = {cell.ref: cell for row in read.tables[0].rows for cell in row}
    assert read.tables[0].place == "Thu ngân sách" and read.tables[0].merged == ((0, 0, 0, 3),)
    assert by_ref["B3"] == Cell("1.234,5", "B3", hidden=True)
    assert by_ref["D3"] == Cell("101%", "D3", Decimal(101))
    assert by_ref["C4"] == Cell("0.3", "C4", Decimal("0.3"), hidden=True)
    assert by_ref["B5"].moment == date(2020, 12, 31)
    assert read.tables[1].rows == ((Cell("5", "B2", Decimal(5), hidden=True),),)

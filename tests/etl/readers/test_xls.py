"""Old workbooks: values by calamine, and what it leaves out from the records beside."""

from datetime import date
from decimal import Decimal
from pathlib import Path

from etl.document import Cell
from etl.readers import read_file
from etl.readers.ole2 import ole2_streams
from tests.etl.readers.making import code

SAVED = (Path(__file__).parents[2] / "fixtures" / "readers" / "thu.xls").read_bytes()


def test_a_password_is_named():
    """A workbook whose records are encrypted says so near its beginning; here a harmless record is made to say it."""
    stream = ole2_streams(SAVED)["Workbook"]
    at = SAVED.index(stream[:512])
    harmless = SAVED.index(b"\x42\x00\x02\x00", at)  # CODEPAGE
    assert code("a.xls", SAVED[:harmless] + b"\x2f\x00" + SAVED[harmless + 2:]) == "encrypted"


def test_a_file_cut_off_is_damaged():
    """Sectors that are not there."""
    assert code("a.xls", SAVED[:3000]) == "damaged"
    assert code("a.xls", SAVED[:600]) == "damaged"


def test_a_workbook_saved_by_libreoffice_reads_as_its_author_wrote_it():
    """Percents, hidden rows, columns and sheets are known although calamine does not tell them."""
    read = read_file("thu.xls", SAVED)
    table = read.tables[0]
    by_ref = {cell.ref: cell for row in table.rows for cell in row}
    assert table.place == "Thu ngân sách" and table.merged == ((0, 0, 0, 3),)
    assert by_ref["D1"].text == "THU NGÂN SÁCH NĂM 2020"
    assert by_ref["B3"] == Cell("1.234,5", "B3", hidden=True)
    assert by_ref["C3"].number == Decimal("8254.817")
    assert by_ref["D3"] == Cell("101%", "D3", Decimal(101))
    assert by_ref["C4"] == Cell("0.3", "C4", Decimal("0.3"), hidden=True)
    assert by_ref["D4"].text == "12,5"
    assert by_ref["B5"].moment == date(2020, 12, 31)
    assert read.tables[1].rows == ((Cell("5", "B2", Decimal(5), hidden=True),),)

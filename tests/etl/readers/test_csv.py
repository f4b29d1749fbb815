"""CSV files: the delimiter is found, never guessed over uneven rows; text stays text."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import FaultError
from etl.readers import read_file
from etl.readers.parts import clean
from tests.etl.readers.making import code, texts


def rows(said: str | bytes) -> list[list[str]]:
    """The texts of a CSV file's cells."""
    content = said.encode() if isinstance(said, str) else said
    return texts(read_file("a.csv", content).tables[0])


@pytest.mark.parametrize(("said", "expected"), [
    ('Thu;"12,5\nChi;3', "csv_quotes"),
    ('Thu;"12"5";3\n', "csv_quotes"),
    (";;;\n;;\n", "empty"),
    ("x;" * 1_001, "csv_too_large"),
    ("x\n" * 200_001, "csv_too_large"),
    (f"a;{'x' * 32_768}\n", "cell_too_long"),
    (f"a;{'x' * 200_000}\n", "cell_too_long"),
])
def test_a_broken_csv_is_refused(said, expected):
    """Open quotes, nothing but delimiters, too many rows, columns, characters."""
    assert code("a.csv", said.encode()) == expected


def test_decimal_commas_in_a_comma_separated_file_are_named_row_by_row():
    """"Thu,12,5" has three cells under a header of two: nobody can tell which comma divides."""
    with pytest.raises(FaultError) as refused:
        read_file("a.csv", "Chỉ tiêu,2019,2020\nThu,12,5,13\nChi,1,2\nHộ,3,4\n".encode())
    (fault,) = refused.value.faults
    assert fault.code == "reading.csv_odd_row"
    assert "hàng 2" in fault.sentence("vi") and "4 ô" in fault.sentence("vi")


def test_blank_cells_at_the_end_of_a_title_or_row_are_no_fault_and_change_no_delimiter():
    """A person types too many semicolons; decimal commas would then divide more evenly."""
    said = "UBND PHƯỜNG MẪU;;;;;\nNăm 2020;;;;;\nChỉ tiêu;ĐVT;Kết quả\nHộ nghèo;%;0,3;;\nHộ khác;%;0,21\n"
    assert [row[:3] for row in rows(said)][2:] == [
        ["Chỉ tiêu", "ĐVT", "Kết quả"], ["Hộ nghèo", "%", "0,3"], ["Hộ khác", "%", "0,21"],
    ]  # fmt: skip
    assert code("a.csv", said.replace("0,3;;", "0,3;;5").encode()) == "csv_odd_row"


def test_very_many_odd_rows_are_counted_and_not_all_told():
    """Twenty are named, the rest is a number."""
    said = "a,b,c\n" + "x,1,2\n" * 40 + "x,1,2,3\n" * 25
    with pytest.raises(FaultError) as refused:
        read_file("a.csv", said.encode())
    assert len(refused.value.faults) == 21 and "5" in refused.value.faults[-1].sentence("vi")


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_the_delimiter_that_divides_evenly_is_taken(delimiter):
    """Excel writes any of the three, by its regional settings."""
    said = f'Chỉ tiêu{delimiter}2020\nThu{delimiter}"12,5"\nChi{delimiter}3\n'
    assert rows(said) == [["Chỉ tiêu", "2020"], ["Thu", "12,5"], ["Chi", "3"]]


def test_decimal_commas_beside_semicolons_do_not_divide():
    """Every row holds a comma, the semicolon still is the delimiter."""
    assert rows("Năm 2020, tổng;KH;TH\nThu;12,5;13,5\n") == [["Năm 2020, tổng", "KH", "TH"], ["Thu", "12,5", "13,5"]]


def test_a_declared_delimiter_is_honoured_and_rows_keep_their_numbers():
    """ "sep=;" is Excel's own first line and counts as row 1."""
    read = read_file("a.csv", "sep=;\nChỉ tiêu;2020\nThu;12,5\n".encode()).tables[0]
    assert read.rows[1][1].ref == "B3" and read.rows[1][1].text == "12,5"


def test_titles_and_stacked_tables_are_allowed():
    """A title of one cell, an empty row, a second table of other width."""
    assert rows("BÁO CÁO NĂM 2020\n\nChỉ tiêu;2019;2020\nThu;1;2\n;;\nTổ;Đạt\nTổ 1;x\n") == [
        ["BÁO CÁO NĂM 2020", "", ""], ["", "", ""], ["Chỉ tiêu", "2019", "2020"], ["Thu", "1", "2"], ["", "", ""],
        ["Tổ", "Đạt", ""], ["Tổ 1", "x", ""]]


def test_byte_order_marks_and_utf16_are_understood():
    """Excel writes a mark before UTF-8, and "Unicode text" as UTF-16 with tabs."""
    assert rows("Chỉ tiêu;1\nThu;2\n".encode("utf-8-sig"))[0] == ["Chỉ tiêu", "1"]
    assert rows("Chỉ tiêu\t1\nThu\t2\n".encode("utf-16"))[0] == ["Chỉ tiêu", "1"]


def test_windows_1258_is_read_only_where_a_person_chose_it():
    """Its combining marks become whole letters."""
    content = "Chi\u0309 ti\u00eau;1\nThu;2\n".encode("cp1258")
    assert code("a.csv", content) == "legacy_bytes"
    assert texts(read_file("a.csv", content, encoding="windows-1258").tables[0])[0][0] == "Chỉ tiêu"


OLD_FONT_SIGNS = "".join(map(chr, range(0xA8, 0x100)))  # three words with these are text of an old font, and refused
WRITTEN = st.text(
    st.characters(
        codec="utf-8", exclude_categories=("Cc", "Cs", "Cf", "Zl", "Zp"), exclude_characters=OLD_FONT_SIGNS
    )
)


@given(st.lists(st.lists(WRITTEN, min_size=3, max_size=3), min_size=2, max_size=6))
def test_what_a_program_writes_with_semicolons_is_read_back(written):
    """Quotes, commas and line ends inside cells survive (white space around them and NFD do not)."""
    written = [[f"x{cell}x" for cell in row] for row in written]
    packed = io.StringIO()
    csv.writer(packed, delimiter=";", quoting=csv.QUOTE_ALL).writerows(written)
    assert rows("sep=;\n" + packed.getvalue()) == [[clean(cell) for cell in row] for row in written]

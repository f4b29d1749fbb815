"""The gate refuses a file by its bytes before any library sees it, and says what to do."""

import io
import struct
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import FaultError
from etl.readers import read_file
from etl.readers.gate import MAX_BYTES, MAX_NAME, decode, label
from etl.readers.legacy import Letters
from tests.etl.readers.making import code, docx, ole2, paragraph, pdf, xlsx, xlsx_entries, zip_of

ROW = '<row r="1"><c r="A1"><v>12.5</v></c></row>'


@pytest.mark.parametrize(("name", "content", "expected"), [
    ("a.txt", b"", "empty"),
    ("a.txt", b"x" * (5 * 2**20 + 1), "too_big"),
    ("a.csv", b"x" * (MAX_BYTES + 1), "too_big"),
    ("bao-cao.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old_word"),
    ("bao-cao.rtf", b"{\\rtf1}", "old_word"),
    ("a.xlsm", b"PK\x03\x04", "macros"),
    ("a.docm", b"PK\x03\x04", "macros"),
    ("a.jpg", b"\xff\xd8\xff", "image"),
    ("a.exe", b"MZ", "kind_unknown"),
    ("a", b"x", "kind_unknown"),
    ("a.csv", b"PK\x03\x04rest", "content_not_name"),
    ("a.csv", b"\x1f\x8brest", "content_not_name"),
    ("a.xlsx", b"<html></html>", "content_not_name"),
    ("a.xls", b"<html><table></table></html>", "content_not_name"),
    ("a.pdf", b"junk before %PDF-1.7", "content_not_name"),
    ("a.xlsx", b"PK\x03\x04" + b"\0" * 40, "damaged"),
    ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 600, "damaged"),
    ("a.pdf", b"%PDF-1.7 cut off", "damaged"),
])
def test_a_file_that_is_not_what_its_name_says_is_refused(name, content, expected):
    """Empty, too big, old, macro, foreign, renamed and cut-off files each get their own sentence."""
    assert code(name, content) == expected


def test_passwords_and_macros_are_told_from_damage():
    """A password-protected workbook or document is an OLE2 file inside; macros may hide behind an innocent name."""
    assert code("a.xlsx", ole2("EncryptionInfo", "EncryptedPackage")) == "encrypted"
    assert code("a.docx", ole2("EncryptionInfo", "EncryptedPackage")) == "encrypted"
    assert code("a.xls", ole2("Workbook", "_VBA_PROJECT_CUR")) == "macros"
    assert code("a.xls", ole2("WordDocument")) == "content_not_name"
    assert code("a.xls", ole2("Book")) == "old_excel"
    assert code("a.docx", ole2("WordDocument")) == "content_not_name"
    assert code("a.xlsx", xlsx(ROW, xl__vbaProject_bin=b"x")) == "macros"
    assert code("a.docx", docx(paragraph("x"), word__vbaProject="x")) == "macros"


def test_a_workbook_named_as_a_document_is_told_so():
    """.docx with a workbook inside names what it is."""
    with pytest.raises(FaultError) as refused:
        read_file("a.docx", xlsx(ROW))
    assert refused.value.faults[0].code == "reading.content_not_name"
    assert ".xlsx" in refused.value.faults[0].sentence("vi")


def test_a_part_that_stands_twice_is_refused():
    """Every reader silently takes the last of two parts of one name; which of them people see is anybody's guess."""
    entries = xlsx_entries(ROW)
    packed = io.BytesIO(zip_of(entries))
    with zipfile.ZipFile(packed, "a") as archive, pytest.warns(UserWarning):
        archive.writestr("xl/worksheets/sheet1.xml", entries["xl/worksheets/sheet1.xml"].replace("12.5", "99999"))
    assert code("a.xlsx", packed.getvalue()) == "zip_twice"
    assert code("a.xlsx", xlsx(ROW, XL__worksheets__SHEET1_xml="x")) == "zip_twice"


@pytest.mark.parametrize("name", ["../evil.xml", "/etc/passwd", "C:/evil.xml", "xl\\..\\evil.xml"])
def test_a_part_that_points_outside_is_refused(name):
    """Zip slip, though nothing is ever written to disk."""
    assert code("a.xlsx", zip_of({**xlsx_entries(ROW), name: "x"})) == "zip_path"


def test_a_link_inside_the_zip_is_refused():
    """A symbolic link stands for a file of this computer."""
    packed = io.BytesIO(xlsx(ROW))
    with zipfile.ZipFile(packed, "a") as archive:
        link = zipfile.ZipInfo("xl/link.xml")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    assert code("a.xlsx", packed.getvalue()) == "zip_path"


def test_bytes_before_or_behind_the_zip_are_refused():
    """A file that is two files at once shows one content to people and another to the reader."""
    good = xlsx(ROW)
    assert code("a.xlsx", pdf(b"x") + good) == "content_not_name"
    assert code("a.xlsx", good + b"tail" * 10) == "zip_hidden"
    assert code("a.xlsx", b"PK\x03\x04" + b"\0" * 60 + good) in ("zip_hidden", "damaged")


def test_entries_that_share_their_bytes_are_refused():
    """Overlapping entries make a bomb that no single entry shows."""
    good = bytearray(xlsx(ROW))
    directory = good.rindex(b"PK\x01\x02")
    first = good.index(b"PK\x01\x02")
    good[directory + 42:directory + 46] = good[first + 42:first + 46]
    assert code("a.xlsx", bytes(good)) == "zip_hidden"


def test_what_unpacks_to_too_much_is_refused_even_where_no_reader_looks():
    """The limit counts every entry, as unpacked, not as promised."""
    bomb = {f"xl/media/{number}.bin": bytes(2**25) for number in range(7)}
    assert code("a.xlsx", zip_of({**xlsx_entries(ROW), **bomb})) == "zip_bomb"
    assert code("a.xlsx", zip_of({f"{number}": b"" for number in range(2001)})) == "zip_entries"


def test_an_entry_that_lies_about_its_size_is_damaged():
    """The directory promises ten bytes, the entry holds more."""
    good = bytearray(zip_of(xlsx_entries(ROW), stored=True))
    at = good.index(b"PK\x01\x02")
    good[at + 24:at + 28] = struct.pack("<I", 10)
    assert code("a.xlsx", bytes(good)) == "damaged"


def test_dtds_and_other_encodings_are_refused():
    """Entities expand and fetch; an encoding other than UTF-8 could hide one."""
    laughs = '<!DOCTYPE x [<!ENTITY a "ha">]>' + xlsx_entries(ROW)["xl/workbook.xml"].replace("Thu", "&a;")
    assert code("a.xlsx", zip_of(xlsx_entries(ROW) | {"xl/workbook.xml": laughs})) == "dtd"
    utf16 = '<?xml version="1.0" encoding="UTF-16"?>' + xlsx_entries(ROW)["xl/workbook.xml"]
    assert code("a.xlsx", zip_of(xlsx_entries(ROW) | {"xl/workbook.xml": utf16.encode("utf-16")})) == "xml_encoding"
    named = '<?xml version="1.0" encoding="latin-1"?>' + xlsx_entries(ROW)["xl/workbook.xml"]
    assert code("a.xlsx", zip_of(xlsx_entries(ROW) | {"xl/workbook.xml": named})) == "xml_encoding"
    assert code("a.docx", docx(paragraph("x"), word__styles_xml="<!DOCTYPE x><x/>")) == "dtd"


@pytest.mark.parametrize("cut", [0.3, 0.7, 0.95])
def test_files_cut_off_on_their_way_are_damaged(cut):
    """Half a download is no report."""
    for name, content in (("a.xlsx", xlsx(ROW)), ("a.docx", docx(paragraph("x"))), ("a.pdf", pdf(b"x"))):
        shortened = content[:int(len(content) * cut)]
        assert code(name, shortened) in ("damaged", "scanned")


def test_text_in_old_encodings_is_refused_and_never_guessed():
    """TCVN3, VNI, Windows-1258 and UTF-16 without its mark would read as other letters."""
    said = "Chỉ tiêu;2020\nThu ngân sách;12,5\n"
    assert code("a.csv", "Chỉ tiêu".encode("shift_jis", "replace") + b"\xcc;\xfe") == "encoding_unknown"
    assert code("a.txt", b"B\xb6o Th\xbeng") == "legacy_bytes"
    assert code("a.txt", ("Thu ngan sach " * 20).encode("utf-16-le")) == "utf16_without_bom"
    assert code("a.csv", b"Thu;12\x00,5\n") == "nul"
    assert code("a.csv", said.encode(), encoding="latin-1") == "encoding_not_offered"
    assert "Thu ngân sách" in decode(said.encode("utf-16"), Letters())
    assert "Thu ngân sách" in decode(said.encode("utf-8-sig"), Letters())
    assert decode(said.encode("utf-16-le"), Letters("utf-16-le")) == said


def test_a_name_is_a_label_and_no_path():
    """Folders, control and direction marks go; what is left is short and NFC."""
    assert label("../../etc/bao cao.xlsx") == "bao cao.xlsx"
    assert label("C:\\bao\\thu.xlsx") == "thu.xlsx"
    assert label("thu\u202excod.xlsx") == "thuxcod.xlsx"
    assert label("b\u0061\u0301o\n\tcáo\x00.txt") == "báo cáo.txt"
    assert label("") == "?"


@given(st.text())
def test_any_name_gives_a_printable_label(name):
    """No name can break a message, a log line or a page's direction."""
    shown = label(name)
    assert 0 < len(shown) <= MAX_NAME
    assert "/" not in shown and "\\" not in shown and "\n" not in shown


def test_every_refusal_begins_with_the_file_and_its_place():
    """People see which of their files is meant, and where in it."""
    with pytest.raises(FaultError) as refused:
        read_file("/tmp/thu.xlsx", xlsx('<row r="1"><c r="A1"><v>x1</v></c></row>'))
    assert refused.value.faults[0].sentence("vi").startswith("thu.xlsx, Thu!A1: ")

"""Text for the old fonts is recognised in any format, converted when chosen, and Unicode text never is."""

import io
import re
from pathlib import Path

import docx as python_docx
import openpyxl
import pytest
import xlsxwriter
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.styles import Font

from core.errors import FaultError
from etl.readers import read_file
from etl.readers.legacy import Letters
from tests.core.vi.old_letters import in_1258, in_tcvn3, in_tcvn3_small, in_vni
from tests.etl.readers.making import blocks, code, docx, paragraph, texts

FIXTURES = Path(__file__).parents[2] / "fixtures" / "readers"
ROWS = [["Chỉ tiêu", "Kế hoạch", "Thực hiện"], ["Hộ", "10", "12"], ["Thu ngân sách trên địa bàn", "12.5", "13"]]
SAID = "Số hộ nghèo của phường còn 13 hộ; thu ngân sách đạt 12,5 tỷ đồng, bằng 101% kế hoạch."

TCVN3 = "B¶o Th¾ng, Uû ban nh©n d©n ph\u00adêng, thu ng©n s¸ch ®¹t 101% kÕ ho¹ch"
VNI = "Uûy ban nhaân daân phöôøng, thu ngaân saùch ñaït 101% keá hoaïch"


@pytest.mark.parametrize("said", [TCVN3, VNI])
def test_old_font_text_is_refused_with_its_name(said):
    """Its letters are signs and foreign letters: every label would be misread."""
    assert code("a.docx", docx(paragraph(said))) == "legacy_font"
    assert code("a.csv", f"{said};2020\nx;1\n".encode()) == "legacy_font"


@pytest.mark.parametrize("said", [
    "Ủy ban nhân dân phường hoà bình; toán, oán, oà, thuý, uỷ, m², 5 µm, © 2020, § 3, ®",
    "Hoàn toàn, toán, hoà", "Où est l'hôtel de ville ?", "Thu 101% ± 2 · 3 »", "Plain text",
])
def test_unicode_text_is_never_taken_for_an_old_font(said):
    """Signs alone, French and old-style tone marks are all Unicode."""
    assert blocks(read_file("a.txt", said.encode())) == [said]


def test_a_few_old_words_in_a_unicode_report_do_not_cost_the_report():
    """A stamp or a signature set in an old font stands beside a page of real text."""
    said = "Ủy ban nhân dân phường Khương Thượng báo cáo: thu ngân sách đạt chỉ tiêu được giao. B¶o Th¾ng nh©n"
    assert blocks(read_file("a.txt", said.encode()))


def test_the_fixtures_of_the_other_tests_are_unicode():
    """The check looks at tables too."""
    for name in ("thu.xlsx", "thu.xls", "thu.ods", "bao-cao.pdf"):
        assert read_file(name, (FIXTURES / name).read_bytes()).parts


def refused(name: str, content: bytes, **how: str) -> dict[str, dict[str, object]]:
    """What a file is refused for: the encodings named, each with what its sentence is filled with."""
    with pytest.raises(FaultError) as error:
        read_file(name, content, **how)
    return {fault.params["encoding"]: fault.params for fault in error.value.faults}


def in_font(paragraph: object, said: str, font: str) -> None:
    """A run of a Word paragraph, set in a font as Word says it."""
    run = paragraph.add_run(said)
    run.font.name = font
    run._element.rPr.rFonts.set(qn("w:hAnsi"), font)


def saved(file: object) -> bytes:
    """The bytes of a document or workbook."""
    packed = io.BytesIO()
    file.save(packed)
    return packed.getvalue()


def test_runs_of_a_word_file_are_told_by_their_fonts_and_only_the_old_ones_converted():
    """Capitals of .VnTimeH, Unicode typed in an old font, a cell of one word that reads both ways."""
    file = python_docx.Document()
    in_font(file.add_paragraph(), in_tcvn3("ủy ban nhân dân phường mẫu"), ".VnTimeH")
    mixed = file.add_paragraph()
    in_font(mixed, "Thu ngân sách đạt ", "Times New Roman")
    in_font(mixed, in_tcvn3("12,5 tỷ đồng, số hộ nghèo còn 13 hộ"), ".VnTime")
    file.add_paragraph("Công an phường đã báo cáo.")
    typed = file.add_paragraph()
    in_font(typed, "Công an phường đã báo cáo, ", ".VnTime")
    in_font(typed, "công an", ".VnTime")
    in_font(file.add_table(1, 1).cell(0, 0).paragraphs[0], in_tcvn3("Hộ"), ".VnTime")
    known = refused("a.docx", saved(file))["tcvn3"]
    assert known["fonts"] == ".VnTime, .VnTimeH" and known["sure"] == 100
    assert "12,5 tû ®ång, sè hé nghÌo cßn 13 hé\t12,5 tỷ đồng, số hộ nghèo còn 13 hộ" in known["samples"]
    read = read_file("a.docx", saved(file), encoding="tcvn3")
    assert blocks(read) == ["ỦY BAN NHÂN DÂN PHƯỜNG MẪU", "Thu ngân sách đạt 12,5 tỷ đồng, số hộ nghèo còn 13 hộ",
                            "Công an phường đã báo cáo.", "Công an phường đã báo cáo, công an"]
    assert texts(read.tables[0]) == [["Hộ"]] and read.properties["converted"] == "tcvn3"


def test_a_font_that_a_style_or_the_theme_names_is_known_as_well():
    """Old templates set .VnTime once, for everything."""
    file = python_docx.Document()
    file.add_paragraph(in_tcvn3(SAID))
    normal = file.styles["Normal"]
    normal.font.name = ".VnTime"
    assert refused("a.docx", saved(file))["tcvn3"]["fonts"] == ".VnTime"
    assert blocks(read_file("a.docx", saved(file), encoding="tcvn3")) == [SAID]
    normal.element.rPr.remove(normal.element.rPr.rFonts)
    theme = next(part for part in file.part.package.iter_parts() if "theme" in str(part.partname))
    theme._blob = re.sub(rb'(<a:minorFont>\s*<a:latin typeface=")[^"]*', rb"\1.VnTime", theme.blob)
    assert refused("a.docx", saved(file))["tcvn3"]["fonts"] == ".VnTime"


def test_old_symbols_and_optional_hyphens_of_word_are_letters():
    """Word writes ư of .VnTime as an optional hyphen, and letters of a symbol font as symbols."""
    font = '<w:rPr><w:rFonts w:hAnsi=".VnTime"/></w:rPr>'
    run = (f"<w:r>{font}<w:t>Ph</w:t></w:r><w:r>{font}<w:softHyphen/></w:r><w:r>{font}<w:t>êng B</w:t>"
           '<w:sym w:font=".VnTime" w:char="F0B6"/><w:t>o Th¾ng nghÌo</w:t></w:r>')
    assert blocks(read_file("a.docx", docx(f"<w:p>{run}</w:p>"), encoding="tcvn3")) == ["Phường Bảo Thắng nghèo"]


def test_cells_of_openpyxl_and_rich_text_of_xlsxwriter_are_told_by_their_fonts():
    """A font may be the cell's or that of a part of its text."""
    book = openpyxl.Workbook()
    for row in ROWS:
        book.active.append(list(map(in_tcvn3, row)))
    for row in book.active:
        for cell in row:
            cell.font = Font(name=".VnArial")
    book.active["D1"], book.active["D2"] = "Công an phường đã đạt", "Công an"
    assert refused("a.xlsx", saved(book))["tcvn3"]["fonts"] == ".VnArial"
    assert texts(read_file("a.xlsx", saved(book), encoding="tcvn3").tables[0]) == [
        [*ROWS[0], "Công an phường đã đạt"], [*ROWS[1], "Công an"], [*ROWS[2], ""]]
    packed = io.BytesIO()
    with xlsxwriter.Workbook(packed) as file:
        vni, arial = file.add_format({"font_name": "VNI-Times"}), file.add_format({"font_name": "Arial"})
        sheet = file.add_worksheet()
        sheet.write_rich_string(0, 0, arial, "Đơn vị, công an: ", vni, in_vni("tỷ đồng, hộ nghèo"), arial)
    assert refused("a.xlsx", packed.getvalue())["vni"]["fonts"] == "VNI-Times"
    table = read_file("a.xlsx", packed.getvalue(), encoding="vni").tables[0]
    assert texts(table) == [["Đơn vị, công an: tỷ đồng, hộ nghèo"]]


@pytest.mark.parametrize("kind", ["xls", "ods", "html"])
def test_a_workbook_of_two_old_fonts_saved_by_libreoffice_is_converted_by_both(kind):
    """A sheet in TCVN3, one in VNI, Unicode beside them; one of the two alone is not enough."""
    content = (FIXTURES.parent / "old_fonts" / f"phong-cu.{kind}").read_bytes()
    known = refused(f"a.{kind}", content)
    assert {name: each["fonts"] for name, each in known.items()} == {"tcvn3": ".VnTime", "vni": "VNI-Times"}
    assert set(refused(f"a.{kind}", content, encoding="vni")) == {"tcvn3"}
    read = read_file(f"a.{kind}", content, encoding="tcvn3+vni")
    expected = [[*ROWS[0], "Công an phường đã đạt"], [*ROWS[1], "Công an"], [*ROWS[2], ""]]
    assert [texts(table) for table in read.tables] == [expected, expected]


@pytest.mark.parametrize(("name", "content"), [
    ("tcvn3", in_tcvn3(SAID).encode("latin-1")), ("tcvn3", in_tcvn3_small(SAID.upper()).encode("latin-1")),
    ("vni", in_vni(SAID).encode("latin-1")), ("windows-1258", in_1258(SAID)),
])
@pytest.mark.parametrize("kind", ["txt", "csv", "html"])
def test_bytes_of_an_old_encoding_are_named_and_read_when_chosen(name, content, kind):
    """Of a list or a text that some old program wrote; a third encoding chosen by mistake is told."""
    content = b"<p>" + content + b"</p>" if kind == "html" else content.replace(b";", b",") + b";1\r\n"
    assert refused(f"a.{kind}", content)[name]["sure"] >= 90
    assert name in refused(f"a.{kind}", content, encoding="vni" if name == "tcvn3" else "tcvn3")
    read = read_file(f"a.{kind}", content, encoding=name)
    said = texts(read.tables[0])[0][0] if kind == "csv" else blocks(read)[0]
    assert said.lower().replace(",", ";").startswith(SAID.lower().replace(",", ";"))


def test_unicode_chosen_for_conversion_stays_as_it_is():
    """By mistake, or in a file of both."""
    said = "Công an phường Khương Thượng; toán, hoà, oà, thuý"
    for name in ("tcvn3", "vni", "windows-1258"):
        assert blocks(read_file("a.txt", f"{said}\n\nCông an\n".encode(), encoding=name)) == [said, "Công an"]
        assert "converted" not in read_file("a.txt", said.encode(), encoding=name).properties
    both = f"{SAID}\n\n{in_tcvn3(SAID)}\n\nCông an, toán.\n".encode()
    assert blocks(read_file("a.txt", both, encoding="tcvn3")) == [SAID, SAID, "Công an, toán."]


def test_a_page_that_word_saved_in_western_letters_is_read_piece_by_piece():
    """Its Unicode stands in entities, its old fonts in styles and classes."""
    said = in_tcvn3(SAID).encode("latin-1")
    content = (b'<html><head><meta charset="windows-1252"><style>p.cu, .khac { font: 12.0pt ".VnTime" }</style></head>'
               b"<p>Th&#7911; t&#432;&#7899;ng: to&aacute;n</p><p class=cu>" + said + b"</p><p class=khac>H\xe9</p>"
               b"<p><span style='font-family:.VnTime'>" + said + b"</span></p></html>")
    assert "tcvn3" in refused("a.html", content)
    assert blocks(read_file("a.html", content, encoding="tcvn3")) == ["Thủ tướng: toán", SAID, "Hộ", SAID]


@given(st.text(st.sampled_from("aA®µ¸\xad øùÔñ1.é"), max_size=40))
def test_nothing_in_a_text_breaks_the_conversion(said):
    """Whatever stands beside whatever, in a font or not."""
    for name in ("tcvn3", "vni", "windows-1258"):
        letters = Letters(name)
        letters.text([(said, ".VnTimeH"), (said, "VNI-Times"), (said, "")])
        assert isinstance(letters.settle(()), tuple)


@pytest.mark.parametrize("unit", ["A®", "aø", "AÔ \xad"])
def test_a_word_of_a_million_signs_is_read_to_its_end(unit):
    """What takes the square of a text's length would not come back from this."""
    content = (unit * 300_000).encode()
    assert read_file("a.txt", content, encoding="vni").blocks

"""A draft comes back with its marks: a Word file as itself, everything else as a page made of its text."""

from __future__ import annotations

import io
from dataclasses import replace

import docx
import pytest

from core.catalogue import load_catalogue
from core.errors import FaultError
from etl.compare.run import Comparison, compare_draft
from etl.marks.draft import marked_draft, remarks_of
from etl.marks.word import marked, w
from etl.readers import read_file
from etl.run import Wanted
from etl.sandbox import remark_in_child
from tests.etl.compare.drafts import WARD, bundled_store

CATALOGUE = load_catalogue()
SENTENCE = (
    "Năm 2020, thu ngân sách nhà nước trên địa bàn đạt 49,086 tỷ đồng, bằng 98% dự toán quận giao; trồng 1.250 cây."
)


def draft(*pieces: str, comment: str = "") -> bytes:
    """A Word file with a heading, a paragraph of runs of alternating weight, and a table."""
    file = docx.Document()
    file.add_heading("PHƯỜNG MẪU: BÁO CÁO TỔNG KẾT NĂM 2020")
    paragraph = file.add_paragraph()
    for number, piece in enumerate(pieces):
        paragraph.add_run(piece).bold = number % 2 == 1
    if comment:
        file.add_comment(paragraph.runs[0], text=comment, author="Chị Lan", initials="L")
    rows = (("Chỉ tiêu", "ĐVT", "Thực hiện năm 2020"), ("Tổ dân phố văn hóa", "tổ", "13/18"))
    table = file.add_table(rows=2, cols=3)
    for cells, said in zip(table.rows, rows, strict=True):
        for cell, words in zip(cells.cells, said, strict=True):
            cell.text = words
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


def compared(name: str, content: bytes) -> Comparison:
    """A file of the sample ward against the bundled store."""
    return compare_draft(read_file(name, content), bundled_store(), CATALOGUE, Wanted(WARD))


def remarked(content: bytes, lang: str = "vi") -> bytes:
    """A Word file with its marks, made in this process."""
    comparison = compared("a.docx", content)
    return marked("a.docx", content, remarks_of(comparison, CATALOGUE, lang), lang)


def looks(content: bytes) -> list[tuple[str, str, str]]:
    """Every highlighted run of a Word file: its text, its highlight, its underline."""
    found = []
    for run in docx.Document(io.BytesIO(content)).element.body.iter(w("r")):
        colour, line = run.find(f"{w('rPr')}/{w('highlight')}"), run.find(f"{w('rPr')}/{w('u')}")
        if colour is not None:
            said = "".join(each.text for each in run.iter(w("t")))
            found.append((said, colour.get(w("val")), "" if line is None else line.get(w("val"))))
    return found


def texts(content: bytes) -> list[str]:
    """What stands in the paragraphs and cells of a Word file."""
    file = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in file.tables for row in table.rows for cell in row.cells]
    return [*(paragraph.text for paragraph in file.paragraphs), *cells]


def test_each_number_is_highlighted_and_commented_and_nothing_else_is_changed():
    """Also a number that Word keeps in three runs of two weights; colour, line and a word tell the mark."""
    content = draft(SENTENCE[:52], SENTENCE[52:55], SENTENCE[55:])
    back = remarked(content)
    assert texts(back) == texts(content)
    assert "".join(said for said, colour, _ in looks(back)[:3] if colour == "green") == "49,086 tỷ đồng"
    assert looks(back)[3:] == [
        ("98%", "magenta", "wave"), ("1.250", "yellow", "dotted"), ("13", "green", ""), ("18", "green", ""),
    ]  # fmt: skip
    said = [comment.text for comment in docx.Document(io.BytesIO(back)).comments]
    assert [each.splitlines()[0] for each in said] == ["Chưa rõ", "Khác", "Khớp", "Khớp", "Khớp"]
    assert "101,00%" in said[1] and "bao-cao-2020.docx, bảng 3, hàng 2, cột 6" in said[1]
    bold = [run.bold for run in docx.Document(io.BytesIO(back)).paragraphs[1].runs if run.text == SENTENCE[52:55]]
    assert bold == [True]


def test_a_draft_marked_again_has_its_marks_once_and_other_comments_stay():
    """The comments and highlights of an earlier marking are taken away, those of people are kept."""
    once = remarked(draft(SENTENCE, comment="Xem lại câu này"), "en")
    twice = remarked(once)
    authors = [comment.author for comment in docx.Document(io.BytesIO(twice)).comments]
    assert sorted(authors) == ["Chị Lan", *["Soát dự thảo"] * 5]
    assert len(looks(twice)) == len(looks(once)) == 5
    assert texts(twice) == texts(once)


def test_composed_and_decomposed_letters_and_invisible_ones_are_counted_alike():
    """A paragraph typed on a Mac, with a soft hyphen: the highlight stands on the number."""
    import unicodedata

    spelled = unicodedata.normalize("NFD", SENTENCE).replace("trên", "tr\u00adên")
    assert [said for said, _, _ in looks(remarked(draft(spelled)))][:2] == [
        unicodedata.normalize("NFD", "49,086 tỷ đồng"), "98%",
    ]  # fmt: skip


def test_a_place_that_reads_otherwise_is_left_alone():
    """A text that was converted from an old encoding stands elsewhere in its file: no wrong letters are marked."""
    content = draft(SENTENCE)
    remarks = remarks_of(compared("a.docx", content), CATALOGUE, "vi")
    moved = [replace(each, start=each.start + 1, end=each.end + 1) for each in remarks]
    assert looks(marked("a.docx", content, moved, "vi")) == []


def test_marks_are_made_in_the_child_process_and_a_file_that_breaks_it_is_refused():
    """The same bytes as in this process; what is no Word file is refused by name."""
    content = draft(SENTENCE)
    remarks = remarks_of(compared("a.docx", content), CATALOGUE, "vi")
    assert looks(remark_in_child("a.docx", content, remarks, "vi")) == looks(remarked(content))
    with pytest.raises(FaultError):
        remark_in_child("a.docx", b"PK\x03\x04 no zip", remarks, "vi")


def test_other_files_come_back_as_a_page_of_their_text():
    """Numbers in the text with a word behind them and their explanation below; a draft's own tags are text."""
    content = f"PHƯỜNG MẪU\nBáo cáo tổng kết năm 2020\n{SENTENCE}\n<script>alert(1)</script> 7 vụ".encode()
    comparison = compared("bai.txt", content)
    back = marked_draft(comparison, content, CATALOGUE, "en")
    page = back.content.decode()
    assert back.kind == "html" and "<script>" not in page and "&lt;script&gt;" in page
    assert '<mark class="differs" id="o-2">98%</mark><sup><a href="#so-2">[2 Differs]</a></sup>' in page
    assert "101.00%" in page and "5 numbers: 1 agree, 1 differ, 3 unknown" in page

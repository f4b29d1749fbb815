"""Checking a draft on the screen: its numbers with what the store says, and the marked file; nothing is stored."""

from __future__ import annotations

import io

import docx
from streamlit.testing.v1 import AppTest

from core.store import batch_count, open_store
from etl.marks.draft import MIMES
from tests.bundled import bundled_database
from tests.core.vi.old_letters import in_tcvn3
from tests.etl.compare.drafts import FORTY, WARD, parsed
from tests.pages.conftest import draw_screen, plain


def screen(*file) -> AppTest:
    """The screen of the sample ward in 2020, with a file dropped in."""
    args = ("draft", bundled_database(), WARD, 2020, "vi")
    app = AppTest.from_function(draw_screen, args=args).run(timeout=60)
    if file:
        app.file_uploader[0].upload(*file)
        app.run(timeout=60)
    assert not app.exception
    return app


def words(app: AppTest) -> str:
    """Everything a person reads."""
    return " ".join(plain(element.proto.body) for element in app.get("html"))


def test_a_report_dropped_in_is_told_number_by_number_and_nothing_is_stored():
    """What differs first, with the stored figure and its source; the marked text below; the file to take away."""
    file = docx.Document()
    for line in parsed(FORTY)[0]:
        file.add_paragraph(line)
    content = io.BytesIO()
    file.save(content)
    with open_store(bundled_database()) as store:
        before = batch_count(store)
        app = screen("du-thao.docx", content.getvalue(), MIMES["docx"])
        said = words(app)
        assert "40 con số: 28 khớp, 6 khác, 6 chưa rõ" in said
        assert "bao-cao-2020.docx, bảng 3" in said and "99,16%" in said and "phải viết bằng điểm %" in said
        table = next(element.proto.body for element in app.get("html") if "<table" in element.proto.body)
        assert table.count("<tr>") == 7 and ">Khớp<" not in table
        app.button_group(key="draft-show").set_value("unknown").run(timeout=60)
        assert "buổi chiếu phim" in words(app) and batch_count(store) == before
        assert [each.label for each in app.get("download_button")] == ["Tải bản đánh dấu (.docx)"]


def test_a_file_that_cannot_be_read_says_why():
    """A picture, and a text without any number."""
    assert screen("anh.docx", b"\x89PNG\r\n\x1a\n" + b"0" * 200, MIMES["docx"]).error
    (refusal,) = screen("du-thao.doc", b"\xd0\xcf\x11\xe0" + b"\0" * 500, "application/msword").error
    assert refusal.value.startswith("du-thao.doc: ") and "loại .docx" in refusal.value
    assert "không có con số nào" in words(screen("loi.txt", "Kính thưa quý vị đại biểu!".encode(), "text/plain"))


def test_a_draft_in_an_old_font_is_read_once_its_encoding_is_chosen():
    """Lines before and after, then its numbers; it comes back as a page, for places in its letters have moved."""
    file = docx.Document()
    for line in parsed(FORTY)[0]:
        file.add_paragraph().add_run(in_tcvn3(line)).font.name = ".VnTime"
    content = io.BytesIO()
    file.save(content)
    app = screen("du-thao.docx", content.getvalue(), MIMES["docx"])
    assert "TCVN3 (ABC) qua phông .VnTime" in words(app) and not app.error
    assert "40 con số" not in words(app)
    choice = app.radio[0]
    choice.set_value(choice.options[1]).run(timeout=60)
    assert app.error and not app.get("download_button")
    app.radio[0].set_value("tcvn3").run(timeout=60)
    assert not app.exception and "40 con số: 28 khớp, 6 khác, 6 chưa rõ" in words(app)
    assert [each.label for each in app.get("download_button")] == ["Tải bản đánh dấu (.html)"]

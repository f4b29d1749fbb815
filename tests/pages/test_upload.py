"""Uploading: nothing is stored before the button, then one batch a file, and every batch can be taken back."""

from __future__ import annotations

import io
import json
from datetime import UTC, date, datetime
from decimal import Decimal

import docx as docx_library
import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from core.catalogue import load_catalogue
from core.figures import Figure, UnitKey
from core.rights import LOCAL, PUBLIC
from core.settings import ROOT
from core.store import batch_count, batches, newest_figures, open_store, store_batch, tidy
from core.store.accounts import create_account
from core.store.audit import audit_log
from etl.find.template import COLUMNS
from etl.template import form_of
from tests.bundled import own_copy
from tests.core.vi.old_letters import in_tcvn3
from tests.etl.readers.making import docx, paragraph
from tests.pages.conftest import plain

WARD = UnitKey("MAU01", date(1900, 1, 1))
TEXT = "text/plain"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def draw_upload(database, role) -> None:
    """The script AppTest runs, on its own: the upload screen of the sample ward."""
    from datetime import date

    from app.ui.context import Context
    from core.catalogue import load_catalogue
    from core.figures import UnitKey
    from core.rights import Person
    from core.store import open_store, units_with_figures
    from pages import upload

    catalogue = load_catalogue()
    with open_store(database) as store:
        unit = catalogue.unit(UnitKey("MAU01", date(1900, 1, 1)))
        units = units_with_figures(store)
        upload.render(Context(store, catalogue, unit, year=2020, units=units, person=Person(role)))


@pytest.fixture
def database(tmp_path):
    """A store of its own with everything the program ships."""
    return own_copy(tmp_path)


@pytest.fixture
def screen(database):
    """The upload screen with files in it: screen((name, content, type), ...) -> AppTest."""

    def drawn(*files, who="Chị Lan", role=LOCAL):
        app = AppTest.from_function(draw_upload, args=(database, role)).run(timeout=60)
        assert not app.exception
        app.text_input(key="writer-asked").set_value(who)
        for file in files:
            app.file_uploader[0].upload(*file)
        app.run(timeout=60)
        assert not app.exception
        return app

    return drawn


@pytest.fixture
def count(database):
    """How many batches the store holds now."""

    def counted() -> int:
        with open_store(database) as store:
            return batch_count(store)

    return counted


def report(*sentences):
    """A Word report of the sample ward for 2020 that says these sentences."""
    head = ("ỦY BAN NHÂN DÂN PHƯỜNG MẪU", "BÁO CÁO kết quả công tác năm 2020")
    return docx("".join(paragraph(said) for said in (*head, *sentences)))


def said(app):
    """Everything the screen prints, as a person reads it."""
    words = [plain(element.proto.body) for element in app.get("html")]
    return "\n".join([*words, *(element.value for element in app.error)])


def button(app, words):
    """The button that says these words."""
    return next(each for each in app.button if each.label.startswith(words))


def test_who_may_not_enter_figures_is_refused_by_the_screen_itself(database):
    """Whatever the menu shows."""
    app = AppTest.from_function(draw_upload, args=(database, PUBLIC)).run(timeout=60)
    assert app.exception and not app.file_uploader


def test_a_file_that_is_not_what_it_says_is_refused_with_a_sentence(screen, count):
    """No exception's name, no button to store it."""
    before = count()
    app = screen(("bao-cao.docx", b"MZ" + b"\0" * 500, DOCX))
    assert "Không nạp được tệp này" in said(app) and "Error" not in said(app)
    assert app.error and not [each for each in app.button if each.label.startswith("Lưu")]
    assert count() == before


@pytest.mark.parametrize(("name", "told"), [
    ("bao-cao.doc", "chọn Lưu thành (Save As) loại .docx"), ("bieu.xlsm", "có chứa macro"),
    ("anh.jpg", "là ảnh, không có chữ"), ("tep.rar", "không đọc được loại tệp"),
])  # fmt: skip
def test_a_kind_that_is_not_read_is_answered_with_what_to_do(screen, name, told):
    """In the words of the reader: the box takes any kind, for its own refusal is a red sign without a sentence."""
    (refusal,) = screen((name, b"\xd0\xcf\x11\xe0" + b"\0" * 500, "application/octet-stream")).error
    assert told in refusal.value and f"- {name}\\: " in refusal.value


def test_a_good_file_beside_a_bad_one_can_still_be_stored(screen, count):
    """Each file has its own verdict."""
    before = count()
    app = screen(("hong.docx", b"PK\3\4" + b"\0" * 200, DOCX),
                 ("tot.docx", report("Thu ngân sách trên địa bàn đạt 51,2 tỷ đồng."), DOCX))  # fmt: skip
    button(app, "Lưu tot").click().run(timeout=60)
    assert not app.exception and count() == before + 1


def test_a_changed_figure_shows_old_new_and_whose_the_old_one_is_and_is_stored_by_one_click_only(
    screen, count, database
):
    """Drawing the preview writes nothing."""
    before = count()
    app = screen(("sua.docx", report("Toàn phường có 16/18 tổ dân phố đạt danh hiệu Tổ dân phố văn hóa."), DOCX))
    words = said(app)
    assert "1 số thay đổi" in words and "13/18 tổ 16/18 tổ" in words and "dữ liệu kèm chương trình, " in words
    assert app.get("plotly_chart") and count() == before
    button(app, "Lưu").click().run(timeout=60)
    assert "Đã lưu sua.docx: 1 số mới hoặc sửa" in said(app) and count() == before + 1
    assert not app.file_uploader[0].value
    with open_store(database) as store:
        frame = tidy(store, "tidy_indicators", unit=WARD, years=[2020], indicators=["cultural_groups"],
                     approved=False)  # fmt: skip
        assert 16 in frame["value"].tolist()
        assert batches(store).iloc[0]["who"] == "Chị Lan"


def test_nothing_is_stored_without_a_name(screen):
    """The button waits for it."""
    app = screen(("sua.docx", report("Thu ngân sách nhà nước trên địa bàn đạt 51,2 tỷ đồng."), DOCX), who="")
    assert button(app, "Lưu").disabled and "Ghi tên người nạp" in said(app)


def test_a_file_that_is_in_the_store_already_is_named_with_its_batch(screen):
    """It has no button."""
    path = ROOT / "data" / "reports" / "mau" / "bao-cao-2020.docx"
    app = screen((path.name, path.read_bytes(), DOCX))
    assert "đã được nạp ở lô" in said(app)
    assert not [each for each in app.button if each.label.startswith("Lưu")]


def test_a_file_without_a_ward_asks_for_it_and_reads_on_with_the_answer(screen, count):
    """The name first, then which of those that bear it."""
    before = count()
    content = "BÁO CÁO năm 2020\n\nThu ngân sách nhà nước trên địa bàn đạt 51,2 tỷ đồng.".encode()
    app = screen(("khong-ten.txt", content, TEXT))
    asked = next(each for each in app.text_input if "phường, xã" in each.label)
    asked.set_value("Phường Mẫu").run(timeout=60)
    choice = next(each for each in app.selectbox if each.label == "Đơn vị")
    choice.select_index(0).run(timeout=60)
    assert not app.exception
    button(app, "Lưu khong").click().run(timeout=60)
    assert count() == before + 1


def test_a_batch_is_undone_with_a_reason_and_the_undoing_is_undone_too(screen, count, database):
    """Without a reason nothing happens."""
    app = screen()
    first = count()
    app.selectbox(key="batch-to-undo").set_value(_newest(database)).run(timeout=60)
    button(app, "Hoàn tác").click().run(timeout=60)
    assert "chưa ghi lý do" in said(app).lower() and count() == first
    app.text_input(key="reason-to-undo").set_value("nhầm tệp").run(timeout=60)
    button(app, "Hoàn tác").click().run(timeout=60)
    assert not app.exception and count() == first + 1
    app.selectbox(key="batch-to-undo").set_value(_newest(database))
    app.text_input(key="reason-to-undo").set_value("lấy lại").run(timeout=60)
    button(app, "Hoàn tác").click().run(timeout=60)
    assert count() == first + 2
    with open_store(database) as store:
        assert batches(store)["state"].tolist()[:3] == ["live", "undone", "live"]


def _newest(database):
    with open_store(database) as store:
        return int(batches(store).iloc[0]["batch"])


def test_two_values_for_one_thing_are_asked_about_and_only_the_chosen_one_is_stored(screen, database):
    """Nothing is stored of a question without an answer, nor of "none of them"."""
    twice = report("Toàn phường có 16/18 tổ dân phố đạt danh hiệu Tổ dân phố văn hóa.",
                   "Trong năm có 17/18 tổ dân phố đạt danh hiệu Tổ dân phố văn hóa.")  # fmt: skip
    app = screen(("hai-so.docx", twice, DOCX))
    assert "1 điều cần hỏi" in said(app) and "số thay đổi" not in said(app)
    radio = app.radio[0]
    assert [words.split(":")[-1].strip()[:5] for words in radio.options[:2]] == ["16/18", "17/18"]
    radio.set_value(2).run(timeout=60)
    assert radio.options[2] == "Không số nào đúng" and "số thay đổi" not in said(app)
    app.radio[0].set_value(1).run(timeout=60)
    assert "13/18 tổ 17/18 tổ" in said(app)
    button(app, "Lưu hai").click().run(timeout=60)
    with open_store(database) as store:
        frame = tidy(store, "tidy_indicators", unit=WARD, years=[2020], indicators=["cultural_groups"],
                     approved=False)  # fmt: skip
        assert 17 in frame["value"].tolist() and 16 not in frame["value"].tolist()


def test_many_numbers_of_two_readings_are_answered_at_once(screen, database):
    """5.100 or 5,1 million? One answer for the file's table; a single number can still be told apart."""
    made = docx_library.Document()
    for line in ("UBND PHƯỜNG MẪU", "Đơn vị: triệu đồng"):
        made.add_paragraph(line)
    rows = (
        ("Chỉ tiêu", "KH 2020", "TH 2020"), ("Thu NSNN trên địa bàn", "9.100", "9.200"),
        ("Tổng chi ngân sách", "5.100", "5.050"),
    )  # fmt: skip
    table = made.add_table(3, 3)
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, words in zip(row.cells, cells, strict=True):
            cell.text = words
    out = io.BytesIO()
    made.save(out)
    app = screen(("bieu.docx", out.getvalue(), DOCX))
    assert "4 điều cần hỏi" in said(app) and len(app.radio) == 5 and [box.value for box in app.radio[1:]] == [None] * 4
    app.radio[0].set_value("thousands").run(timeout=60)
    button(app, "Lưu bieu").click().run(timeout=60)
    with open_store(database) as store:
        wanted = {"unit": WARD, "years": [2020], "indicators": ["budget_expenditure"], "approved": False}
        frame = tidy(store, "tidy_indicators", **wanted)
        assert {5_100_000_000, 5_050_000_000} <= set(frame["value"])


def test_each_plan_of_a_sentence_has_its_own_remark_and_the_way_on_leads_to_the_reports_year(screen):
    """Not those of its neighbours again; a plan for the year after is not the year that was reported."""
    app = screen(("ke-hoach.docx", report(
        "Toàn phường có 16/18 tổ dân phố đạt danh hiệu Tổ dân phố văn hóa.",
        "Năm 2021 phấn đấu 17/18 tổ dân phố đạt danh hiệu Tổ dân phố văn hóa; tỷ lệ bao phủ BHYT đạt 97,5%.",
    ), DOCX))  # fmt: skip
    assert said(app).count("năm 2021 không nêu bên giao") == 2 and "Kế hoạch 'Tổ dân phố văn hóa'" in said(app)
    button(app, "Lưu ke-hoach").click().run(timeout=60)
    assert "Xem năm 2020 ở trang Duyệt" in said(app)


def test_an_approved_year_is_named_and_can_be_left_out_but_not_overwritten(screen, count, database):
    """Where a second person approves, its button stays shut."""
    with open_store(database) as store:
        create_account(store, "ba", "Anh Ba", "approver", by="test", at=datetime.now(UTC))
    before = count()
    app = screen(("sua.docx", report("Toàn phường có 16/18 tổ dân phố đạt danh hiệu Tổ dân phố văn hóa."), DOCX))
    assert "đã duyệt nên đang khóa" in said(app) and button(app, "Lưu").disabled
    app.checkbox[0].set_value(True).run(timeout=60)
    assert not app.exception and "Không còn số nào để lưu" in said(app)
    assert not [each for each in app.button if each.label.startswith("Lưu")] and count() == before


def test_more_than_ten_files_at_once_are_not_even_read(screen):
    """The sentence says what to do."""
    app = screen(*((f"{number}.txt", b"x", TEXT) for number in range(11)))
    assert "Mỗi lần nạp đến 10 tệp" in said(app) and "Không nạp được" not in said(app)


def test_what_a_file_is_called_is_never_read_as_markup(screen):
    """Neither as HTML nor as Markdown of a button."""
    app = screen(("<b>x</b> **y**.docx", report("Toàn phường có 16/18 tổ dân phố văn hóa."), DOCX))
    assert not any("<b>x</b>" in element.proto.body for element in app.get("html"))
    assert r"\*\*y\*\*" in button(app, "Lưu").label


EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def form(database, **typed):
    """The sample ward's form of 2020 with results typed into it: form(database, cultural_groups=(13, 12))."""
    catalogue = load_catalogue()
    with open_store(database) as store:
        book = openpyxl.load_workbook(io.BytesIO(form_of(store, WARD, 2020, catalogue)))
    page = book["Chỉ tiêu"]
    rows = {page.cell(row, 1).value: row for row in range(1, page.max_row + 1)}
    for indicator, (value, of) in typed.items():
        page.cell(rows[indicator], COLUMNS.index("value") + 1).value = value
        page.cell(rows[indicator], COLUMNS.index("of") + 1).value = of
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def offered(app):
    """The labels of the buttons that hand a file out."""
    return [each.proto.label for each in app.get("download_button")]


def test_the_form_of_the_ward_is_offered_before_any_file(screen):
    """This year's and those of earlier years in which the ward existed."""
    app = screen()
    choice = app.selectbox(key="form-year")
    assert offered(app) == [f"Tải biểu nhập năm {choice.value}"] and str(date.today().year - 1) in choice.options


def test_a_refused_form_can_be_had_back_marked_and_another_kind_cannot(screen, database):
    """A workbook names its cells; of a report in Word the sentences are all there is."""
    app = screen(("bieu.xlsx", form(database, cultural_groups=(13, 12)), EXCEL))
    assert "Tải lại tệp có đánh dấu" in offered(app) and "phần lớn hơn tổng" in said(app)
    assert not [each for each in app.button if each.label.startswith("Lưu")]
    table = b"Chi tieu;DVT;Thuc hien 2020\nThu ngan sach nha nuoc tren dia ban;trieu dong;nam\n"
    app = screen(("bang.csv", table, "text/csv"))
    assert "Tải lại tệp có đánh dấu" not in offered(app) and "Chỉ tệp .xlsx" in said(app)


def test_a_form_with_a_question_can_be_stored_and_had_back_marked(screen, database, count):
    """A figure that is good is stored; what is merely odd is marked for another look."""
    before = count()
    app = screen(("bieu.xlsx", form(database, budget_revenue=(512_000, None)), EXCEL))
    assert "mức các năm gần nhất" in said(app), "the ward's own past is asked"
    assert "Tải lại tệp có đánh dấu" in offered(app)
    button(app, "Lưu bieu").click().run(timeout=60)
    assert not app.exception and count() == before + 1


def test_the_audit_log_is_told_of_a_refused_file_once_with_its_codes(screen, database):
    """Which file and why, by codes: nothing of what it holds, however often the screen is drawn."""
    app = screen(("hong.docx", b"MZ" + b"\0" * 500, DOCX))
    app.run(timeout=60)
    with open_store(database) as store:
        told = audit_log(store, what="file.refused")
    assert told["target"].tolist() == ["hong.docx"]
    assert json.loads(told["detail"].iloc[0])["codes"] == ["reading.content_not_name"]


def test_what_somebody_else_stores_in_between_is_shown_before_it_is_replaced(screen, database, count):
    """The press stores nothing then: the preview now names the other's figure, and asks again."""
    app = screen(("sua.docx", report("Toàn phường có 16/18 tổ dân phố đạt danh hiệu Tổ dân phố văn hóa."), DOCX))
    with open_store(database) as store:
        other = Figure("cultural_groups", 2020, Decimal(15), WARD, of=Decimal(18), of_kind="total")
        store_batch(store, figures=[other], report=None, who="Anh Ba")
    before = count()
    button(app, "Lưu").click().run(timeout=60)
    assert count() == before and "15/18 tổ 16/18 tổ Anh Ba" in said(app)
    assert any("Vừa có người lưu" in each.value for each in app.warning)
    button(app, "Lưu").click().run(timeout=60)
    assert count() == before + 1


def old_report():
    """A report of the sample ward set in .VnTime, but for a heading."""
    file = docx_library.Document()
    file.add_paragraph("BÁO CÁO kết quả công tác năm 2020")
    for said in ("Uỷ ban nhân dân phường Mẫu", "Thu ngân sách nhà nước trên địa bàn đạt 51,2 tỷ đồng."):
        file.add_paragraph().add_run(in_tcvn3(said)).font.name = ".VnTime"
    packed = io.BytesIO()
    file.save(packed)
    return packed.getvalue()


def test_text_of_an_old_font_is_converted_only_when_chosen_and_the_batch_says_so(screen, database):
    """What was recognised, how sure, lines before and after; no figure and no button before the choice."""
    app = screen(("cu.docx", old_report(), DOCX))
    words = said(app)
    assert "TCVN3 (ABC) qua phông .VnTime, chắc 100%" in words and "Thu ngân sách nhà nước trên địa bàn" in words
    assert not [each for each in app.button if each.label.startswith("Lưu")] and not app.error
    choice = next(each for each in app.radio if each.key.startswith("convert-"))
    choice.set_value(choice.options[1]).run(timeout=60)
    assert "Không nạp được tệp này" in said(app) and app.error
    next(each for each in app.radio if each.key.startswith("convert-")).set_value("tcvn3").run(timeout=60)
    button(app, "Lưu").click().run(timeout=60)
    assert not app.exception and "Đã lưu cu.docx" in said(app)
    assert "chữ chuyển sang Unicode từ TCVN3 (ABC)" in said(app)
    with open_store(database) as store:
        quotes = {figure.quote for figure in newest_figures(store, [WARD], load_catalogue().indicators)}
        assert any("nhà nước trên địa bàn đạt 51,2 tỷ đồng" in quote for quote in quotes)

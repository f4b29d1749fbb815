"""A table nobody knows: explained on the upload page, read at once, kept for the next file if wanted."""

from __future__ import annotations

import io

import openpyxl
import pytest

from core.store import open_store, tidy
from core.store.profiles import list_profiles
from tests.pages.test_upload import WARD, button, database, said, screen

__all__ = ["database", "screen"]  # fixtures

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def book(year, *rows):
    """A workbook whose headers no reader knows, as a department might send it round, saved by openpyxl."""
    made = openpyxl.Workbook()
    sheet = made.active
    for row in (["UBND PHƯỜNG MẪU"], [f"BIỂU TỔNG HỢP NĂM {year}"], *rows):
        sheet.append(row)
    sheet.merge_cells("A2:E2")
    out = io.BytesIO()
    made.save(out)
    return f"tong-hop-{year}.xlsx", out.getvalue(), XLSX


def table_of(year, revenue):
    """One year's table: what was given, what was done; the unit of money stands nowhere."""
    return book(
        year, ["STT", "Hạng mục", "Mức ban đầu", "Số làm được", "Nhận xét"], ["A", "B", 1, 2, 3],
        [1, "Thu NSNN trên địa bàn", 9000, revenue, "khá"], [2, "Hộ nghèo", 12, 9, ""],
    )  # fmt: skip


def column(app, start):
    """The choice of what a column is, by how its label begins."""
    return next(box for box in app.selectbox if box.label.startswith(start))


def explain(app, *, measure, name):
    """Say what the columns are and press."""
    column(app, "3.").set_value("plan")
    column(app, "4.").set_value("actual")
    next(box for box in app.selectbox if box.label.startswith("Đơn vị tiền")).set_value(measure)
    next(box for box in app.text_input if box.label == "Tên để nhớ").set_value(name)
    button(app, "Đọc bảng").click()
    app.run(timeout=60)
    assert not app.exception


def kept(database):
    """The profiles in the store."""
    with open_store(database) as store:
        return list_profiles(store)


@pytest.mark.parametrize("who", ["Chị Lan", " "])
def test_what_cannot_be_read_by_is_refused_with_every_reason(screen, database, who):
    """No column of names, none of values, no name to keep it by; nothing is kept."""
    app = screen(table_of(2020, 9500), who=who)
    assert "1 bảng chưa nhận ra" in said(app) and "Thu NSNN trên địa bàn" in said(app)
    column(app, "2.").set_value("")
    button(app, "Đọc bảng").click()
    app.run(timeout=60)
    errors = " ".join(error.value for error in app.error).lower()
    assert "đúng một cột" in errors and "ít nhất một cột có số" in errors and "chưa có tên" in errors
    assert "không nạp được" not in said(app).lower()
    assert kept(database) == ()


def test_money_without_its_unit_is_still_demanded(screen, database):
    """Explaining the columns does not make 9500 an amount of đồng; the table stays open to be explained again."""
    app = screen(table_of(2020, 9500))
    next(box for box in app.checkbox if box.label.startswith("Giữ cách đọc")).uncheck()
    explain(app, measure="", name="")
    assert "đơn vị" in " ".join(error.value for error in app.error).lower()
    assert kept(database) == () and "1 bảng chưa nhận ra" in said(app)


def test_an_explained_table_is_stored_and_the_next_one_is_read_without_a_question(screen, database):
    """Kept by name and by whom; next year's file, its columns in another order, needs nothing; a dropped one does."""
    app = screen(table_of(2020, 9500))
    explain(app, measure="triệu đồng", name="Biểu tổng hợp")
    (profile,) = kept(database)
    assert (profile.name, profile.who, profile.unit) == ("Biểu tổng hợp", "Chị Lan", WARD)
    assert "chưa nhận ra" not in said(app)
    button(app, "Lưu").click()
    app.run(timeout=60)
    with open_store(database) as store:
        frame = tidy(store, "tidy_indicators", unit=WARD, years=[2020], approved=False)
    revenue = frame[(frame["indicator"] == "budget_revenue") & (frame["scenario"] == "actual")]
    assert [int(value) for value in revenue["value"]] == [9_500_000_000]

    later = book(
        2021, ["STT", "Hạng mục", "Số làm được", "Mức ban đầu"],
        [1, "Thu NSNN trên địa bàn", 9900, 9600], [2, "Hộ nghèo", 8, 9],
    )  # fmt: skip
    app = screen(later)
    assert "chưa nhận ra" not in said(app) and "điều cần hỏi" not in said(app)
    assert "Phường Mẫu, năm 2021: 4 số liệu" in said(app)
    next(box for box in app.selectbox if box.label == "Chọn cách đọc để bỏ").set_value(profile.id)
    app.run(timeout=60)
    button(app, "Bỏ cách đọc này").click()
    app.run(timeout=60)
    assert kept(database) == () and "1 bảng chưa nhận ra" in said(app)


def test_a_row_of_another_name_is_read_as_the_indicator_a_person_chooses_and_the_next_file_too(screen, database):
    """Its unit must be the indicator's; what is kept can be dropped like a way of reading columns."""

    def file(year):
        named = ["Số gia đình khó khăn sát ngưỡng", "hộ", 21]
        return book(year, ["Chỉ tiêu", "ĐVT", f"Thực hiện {year}"], ["Hộ nghèo", "hộ", 9], named)

    def choose(indicator):
        column(app, "Dòng").set_value("Số gia đình khó khăn sát ngưỡng")
        column(app, "Là chỉ tiêu").set_value(indicator)
        app.run(timeout=60)
        button(app, "Đọc dòng này").click()
        app.run(timeout=60)
        assert not app.exception

    app = screen(file(2020))
    assert "1 dòng chưa có trong danh mục" in " ".join(box.label for box in app.expander)
    choose("budget_revenue")
    assert "đơn vị tính khác nhau" in app.error[0].value and kept(database) == ()
    choose("near_poor_households")
    (profile,) = kept(database)
    assert [row.indicator for row in profile.rows] == ["near_poor_households"]
    assert "Phường Mẫu, năm 2020: 2 số liệu" in said(app) and "đã giữ cách đọc" in said(app).lower()
    app = screen(file(2021))
    assert "Phường Mẫu, năm 2021: 2 số liệu" in said(app)
    assert not [box for box in app.expander if "chưa có trong danh mục" in box.label]

"""The screen of history by clicks: between two days, of a year, at a level, as sentences or as a table."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from core.figures import UnitKey
from core.store import open_store, store_batch
from core.store.accounts import create_account
from core.store.audit import audit_log
from core.store.review import unlock
from tests.bundled import own_copy
from tests.core.store.examples import figure, report
from tests.pages.conftest import draw_screen, plain

WARD = UnitKey("00238", date(1900, 1, 1))
SAMPLE = UnitKey("MAU01", date(1900, 1, 1))


@pytest.fixture
def database(tmp_path):
    """Everything the program ships, and a correction by Nguyễn Lan that nobody has approved."""
    url = own_copy(tmp_path)
    with open_store(url) as store:
        create_account(store, "lan", "Nguyễn Lan", "staff", by="test", at=datetime.now(UTC))
        unlock(store, WARD, 2020, "chủ tịch", "có quyết toán")
        paper = report("quyết toán", name="quyet-toan.docx")
        store_batch(store, figures=[figure(value="49090000000")], report=paper, who="lan")
    return url


def screen(database, role="staff", unit=WARD, lang="vi") -> AppTest:
    """The screen as somebody with a role sees it."""
    args = ("history", database, unit, 2020, lang, "reported", role)
    return AppTest.from_function(draw_screen, args=args).run(timeout=60)


def words(app: AppTest) -> str:
    """Everything printed as HTML."""
    assert not app.exception
    return "\n".join(plain(element.proto.body) for element in app.get("html"))


def test_a_first_day_after_the_last_is_said_and_nothing_is_drawn(database):
    """With what to do."""
    app = screen(database)
    app.date_input(key="history-until").set_value(date(2020, 1, 1)).run(timeout=60)
    assert words(app) == "Ngày đầu ở sau ngày cuối. Chọn lại một trong hai ngày."


def test_days_before_anything_was_stored_have_no_history(database):
    """The message says so, and there is no table."""
    app = screen(database)
    app.date_input(key="history-since").set_value(date(2020, 1, 1)).run(timeout=60)
    app.date_input(key="history-until").set_value(date(2020, 2, 1)).run(timeout=60)
    app.segmented_control(key="history-show").set_value("net").run(timeout=60)
    assert "Từ 1/1/2020 đến 1/2/2020 không số nào khác đi" in words(app)
    assert "không ai nhập, sửa, duyệt" in words(app) and not app.get("download_button")


def test_the_last_month_is_told_by_day_and_person(database):
    """Who stored what from which file, the newest values for staff."""
    seen = words(screen(database))
    assert ", Nguyễn Lan" in seen and "Mở khóa năm 2020 (lý do: có quyết toán)" in seen
    assert "(báo cáo quyet-toan.docx; chờ duyệt)" in seen and "49,09 tỷ đồng" in seen
    assert "dữ liệu kèm chương trình" in seen
    assert "Lan" in words(screen(database, lang="en")) and "waiting for approval" in words(screen(database, lang="en"))


def test_a_viewer_reads_nothing_that_is_not_approved(database):
    """And is offered no other level; staff may look at the approved level too."""
    app = screen(database, "viewer")
    assert "49,09" not in words(app) and "Mở khóa năm 2020" in words(app)
    assert [each.key for each in app.segmented_control] == ["history-show"]
    staff = screen(database)
    staff.segmented_control(key="history-level").set_value("approved").run(timeout=60)
    assert "49,09" not in words(staff)


def test_a_year_narrows_the_history_to_its_figures(database):
    """What other years changed is left out."""
    app = screen(database, unit=SAMPLE)
    everything = words(app)
    app.selectbox(key="history-year").select(2013).run(timeout=60)
    assert "bao-cao-2012" in everything and "năm 2012" not in words(app) and "năm 2013" in words(app)


def test_what_differs_is_a_table_that_can_be_taken_away(database):
    """Both values and the last hand; the taking is in the audit log."""
    app = screen(database)
    app.segmented_control(key="history-show").set_value("net").run(timeout=60)
    seen = words(app)
    assert "Người làm sau cùng" in seen and "49,09 tỷ đồng Nguyễn Lan" in seen
    assert app.get("download_button")
    with open_store(database) as store:
        assert audit_log(store, what="export.made").empty


def test_the_days_are_those_of_the_last_month_at_first(database):
    """Thirty days back, by the clock of Viet Nam."""
    app = screen(database)
    since, until = (app.date_input(key=f"history-{name}").value for name in ("since", "until"))
    assert until - since == timedelta(30)

"""The screen of the audit log: narrowed by person, deed, days and words, a page at a time, and taken away as it is."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime

import pandas as pd
import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine
from streamlit.testing.v1 import AppTest

from app.ui.context import Context
from app.ui.logged import logged_file
from app.ui.tables import table_csv
from app.views.people import audit_table
from core.catalogue import load_catalogue
from core.figures import UnitKey
from core.rights import Person
from core.store import open_store
from core.store.accounts import create_account
from core.store.audit import audit_count, audit_log, note, record
from core.store.engine import writing
from pages.audit import ROWS, log_csv
from tests.pages.conftest import draw_screen, plain

WARD = UnitKey("00238", date(1900, 1, 1))


@pytest.fixture
def database(new_store):
    """A store with an account, and one entry more than a page holds beside that of the account."""
    with new_store("sqlite") as store:
        create_account(store, "lan", "Nguyễn Lan", "staff", by="test", at=datetime.now(UTC))
        with writing(store) as connection:
            for number in range(ROWS):
                who = "lan" if number % 10 == 0 else "public"
                record(connection, who, "export.made", f"screen-{number}", {"kind": "csv", "year": 2020})
        yield str(store.url)


def screen(database, lang="vi") -> AppTest:
    """The log as the administrator sees it."""
    args = ("audit", database, WARD, 2020, lang, "reported", "admin")
    return AppTest.from_function(draw_screen, args=args).run(timeout=60)


def words(app: AppTest) -> str:
    """Everything printed as HTML."""
    assert not app.exception
    return "\n".join(plain(element.proto.body) for element in app.get("html"))


def test_filters_that_leave_nothing_say_what_to_do(database):
    """And offer no file."""
    app = screen(database)
    app.text_input(key="audit-words").input("không có chữ này").run(timeout=60)
    assert "0 dòng nhật ký" in words(app) and "Không dòng nhật ký nào khớp" in words(app)
    app.date_input(key="audit-until").set_value(date(2020, 1, 1)).run(timeout=60)
    assert "0 dòng nhật ký" in words(app) and not app.get("download_button")


def test_entries_are_found_by_person_deed_day_and_words(database):
    """Words are also looked for in the names of people and deeds, without accents."""
    app = screen(database)
    assert "101 dòng nhật ký" in words(app)
    for typed, count in (("nguyen lan", 11), ("TAI TEP VE", 100), ("screen-7", 11), ("tao tai khoan", 1)):
        app.text_input(key="audit-words").input(typed).run(timeout=60)
        assert words(app).startswith(f"{count} dòng nhật ký"), typed
    app.text_input(key="audit-words").input("").run(timeout=60)
    app.selectbox(key="audit-who").select("lan").run(timeout=60)
    assert words(app).startswith("10 dòng nhật ký") and "Nguyễn Lan (lan)" in words(app)
    app.selectbox(key="audit-what").select("account.made").run(timeout=60)
    assert words(app).startswith("0 dòng nhật ký")


def test_a_page_is_read_and_not_the_whole_log(database):
    """The second page holds what the first leaves; other filters begin at their first page again."""
    asked = []
    event.listen(Engine, "before_cursor_execute", lambda *given: asked.append(given[2:4]))
    app = screen(database)
    assert "screen-0 " in words(app) and "tạo tài khoản" not in words(app)
    (pages,) = [each for each in app.selectbox if each.key.startswith("audit-page")]
    pages.select(ROWS).run(timeout=60)
    assert "tạo tài khoản" in words(app) and "screen-" not in words(app)
    assert all("LIMIT" in text for text, _ in asked if "audit.hash" in text and "ORDER BY" in text)
    app.selectbox(key="audit-what").select("export.made").run(timeout=60)
    assert "screen-99" in words(app)


def test_what_an_entry_says_beside_is_in_words(database):
    """In either language; a visitor without an account is no name, roles and indicators have theirs."""
    with open_store(database) as store:
        note(store, "lan", "unshown.written", "00238", {"indicator": "conscripts"})
        made = audit_table(audit_log(store, what="account.made"), {}, load_catalogue(), "vi")
    assert made.rows[0][-1] == "vai trò: cán bộ nhập liệu"
    assert "chỉ tiêu: Công dân nhập ngũ" in words(screen(database))
    assert "loại: csv; năm: 2020" in words(screen(database)) and "khách xem" in words(screen(database))
    assert "kind: csv; year: 2020" in words(screen(database, "en")) and "a visitor" in words(screen(database, "en"))


def test_the_file_holds_what_is_filtered_and_its_taking_is_an_entry(database):
    """Beginning with the byte-order mark; text that a spreadsheet would take for a formula stays text."""
    with open_store(database) as store:
        note(store, "=cmd|' /C calc'!A0", "session.refused", "+1")
        catalogue = load_catalogue()
        admin = Person("admin", 1, "quan.tri", "Quản trị")
        ctx = Context(store=store, catalogue=catalogue, unit=catalogue.unit(WARD), person=admin)
        content = logged_file(ctx, lambda: log_csv(ctx, {"who": "=cmd|' /C calc'!A0"}), "audit", "csv")()
        header, row = csv.reader(io.StringIO(content.decode("utf-8-sig")))
        assert content.startswith(b"\xef\xbb\xbf") and header[1] == "Ai"
        assert row[1:4] == ["'=cmd|' /C calc'!A0", "đăng nhập sai", "'+1"]
        assert len(log_csv(ctx, {}).splitlines()) == ROWS + 4
        newest = audit_log(store, limit=1).iloc[0]
        assert (newest["who"], newest["what"], newest["target"]) == ("quan.tri", "export.made", "audit")


def test_a_file_that_cannot_be_made_leaves_no_entry(database):
    """Nothing was taken away."""
    with open_store(database) as store:
        catalogue = load_catalogue()
        ctx = Context(store=store, catalogue=catalogue, unit=catalogue.unit(WARD))
        with pytest.raises(ZeroDivisionError):
            logged_file(ctx, lambda: 1 // 0, "audit", "csv")()
        assert audit_count(store) == ROWS + 1


def test_a_table_of_no_entries_is_its_header():
    """The file of an empty log can still be opened."""
    empty = pd.DataFrame(columns=["id", "at", "who", "what", "target", "detail", "hash"])
    content = table_csv(audit_table(empty, {}, load_catalogue(), "vi"))
    assert content.decode("utf-8-sig").strip() == "Lúc,Ai,Việc,Đối tượng,Chi tiết"


def test_the_log_stays_whole_while_it_is_read(database):
    """Looking at it writes nothing."""
    with open_store(database) as store:
        screen(database)
        assert audit_count(store) == ROWS + 1

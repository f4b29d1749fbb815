"""The screens of staff, approver and administrator, and what the public does not see."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest
from streamlit.testing.v1 import AppTest

from core.figures import UnitKey
from core.rights import ROLES
from core.store import open_store, store_batch, undo
from core.store.accounts import account_named, all_accounts, create_account
from core.store.audit import audit_log
from core.store.review import approve_submitted, review_of, unlock
from core.store.sessions import begin_session, open_sessions
from core.store.written import WRITTEN
from tests.bundled import own_copy
from tests.core.store.examples import figure
from tests.pages.conftest import draw_screen, plain

WARD = UnitKey("00238", date(1900, 1, 1))
NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)


@pytest.fixture
def database(tmp_path):
    """A store of its own with everything the program ships and an account of each role, named by it."""
    url = own_copy(tmp_path)
    with open_store(url) as store:
        for role in reversed(ROLES):
            create_account(store, role, f"Người {role}", role, by="test", at=NOW)
    return url


def screen(database, name, role, year=2020) -> AppTest:
    """A screen as somebody with a role sees it, over Khương Thượng."""
    return AppTest.from_function(draw_screen, args=(name, database, WARD, year, "vi", "reported", role)).run(timeout=60)


def words(app: AppTest) -> str:
    """Everything printed as HTML or text."""
    return "\n".join([*(plain(element.proto.body) for element in app.get("html")), *(each.value for each in app.text)])


def test_the_public_learns_of_no_file_and_of_nobody(database):
    """Neither who stored a figure nor what the file was called; the sentence and the report's title stay."""
    with open_store(database) as store:
        unlock(store, WARD, 2020, "approver", "sửa sau quyết toán")
        store_batch(store, figures=[figure(value="49090000000", quote="thu 49,09 tỷ")], report=None, who="Trần Bí Mật")
        approve_submitted(store, WARD, 2020, "approver")
    for name in ("overview", "budget", "culture", "awards", "indicators", "sources"):
        seen = words(screen(database, name, "public"))
        assert "Bí Mật" not in seen and not re.search(r"\.(docx|xlsx|txt|csv|pdf)\b", seen), name
    assert "Bí Mật" in words(screen(database, "sources", "viewer"))


def test_a_year_goes_from_submitted_over_returned_to_approved_by_clicks(database):
    """The approver returns it with a reason, staff submit again, the approver approves; the year is then locked."""
    with open_store(database) as store:
        unlock(store, WARD, 2020, "approver", "sửa sau quyết toán")
        store_batch(store, figures=[figure(value="50000000000")], report=None, who="staff")
        app = screen(database, "review", "approver")
        assert "1 số chờ duyệt, do Người staff nhập" in words(app) and "50 tỷ đồng" in words(app)
        app.button(key="step-give_back").click().run(timeout=60)
        assert "chưa ghi lý do" in app.error[0].value.lower()
        app.text_input(key="reason-2020").input("thiếu kế hoạch").run(timeout=60)
        app.button(key="step-give_back").click().run(timeout=60)
        assert review_of(store, WARD, 2020).state == "returned"
        app = screen(database, "review", "staff")
        assert "thiếu kế hoạch" in words(app)
        app.button(key="step-submit").click().run(timeout=60)
        app = screen(database, "review", "approver")
        app.button(key="step-approve").click().run(timeout=60)
        assert review_of(store, WARD, 2020).state == "approved"
        assert "Không có số nào chờ duyệt" in words(app)


def test_staff_have_no_button_to_approve(database):
    """And an approved year offers them no way to unlock it."""
    with open_store(database) as store:
        unlock(store, WARD, 2020, "approver", "sửa sau quyết toán")
        batch = store_batch(store, figures=[figure(value="50000000000")], report=None, who="staff")
        keys = {button.key for button in screen(database, "review", "staff").button}
        assert not keys & {"step-approve", "step-give_back", "step-unlock"}
        undo(store, batch.id, "staff")


def test_the_administrator_switches_review_off(database):
    """The choice is in the log, and the screen says what it means."""
    app = screen(database, "review", "admin")
    app.toggle(key="review-switch").set_value(False).run(timeout=60)
    assert "tắt bước duyệt" in words(app)
    with open_store(database) as store:
        assert audit_log(store)["what"].iloc[0] == "office.chosen"


def test_an_account_is_made_changed_and_switched_off_by_clicks(database):
    """A wrong name is refused with its reason; a new person gets a link; a role is changed, an account switched off."""
    app = screen(database, "accounts", "admin")
    app.text_input[0].input("Lân Anh")
    app.button[0].click().run(timeout=60)
    assert "không dùng được" in app.error[0].value and "chưa có họ tên" in app.error[1].value.lower()
    app.text_input[0].input("lan")
    app.text_input[1].input("Nguyễn Lan")
    app.button[0].click().run(timeout=60)
    assert "/mat-khau?ma=" in app.code[0].value and "Nguyễn Lan" in words(app)
    with open_store(database) as store:
        assert account_named(store, "lan").role == "viewer"
        app = screen(database, "accounts", "admin")
        app.selectbox(key="account").select("lan").run(timeout=60)
        app.selectbox(key="role-lan").select("staff").run(timeout=60)
        next(button for button in app.button if button.label == "Đổi vai trò").click().run(timeout=60)
        assert account_named(store, "lan").role == "staff"
        next(button for button in app.button if button.label.startswith("Khóa")).click().run(timeout=60)
        assert account_named(store, "lan").disabled
        assert len(all_accounts(store)) == len(ROLES) + 1


def test_the_administrator_sees_where_somebody_is_signed_in_and_ends_it(database):
    """Every session of the chosen account; the button stands there only while there is one to end."""
    agent = "Mozilla/5.0 (Windows NT 10.0) Chrome/140.0"
    with open_store(database) as store:
        staff, now = account_named(store, "staff"), datetime.now(UTC)
        begin_session(store, staff, method="password", address="10.0.0.7", agent=agent, at=now)
        app = screen(database, "accounts", "admin")
        assert "admin không có phiên nào đang mở" in words(app)
        app.selectbox(key="account").select("staff").run(timeout=60)
        assert "Chrome, Windows" in words(app) and "10.0.0.7" in words(app)
        app.button(key="account-sessions").click().run(timeout=60)
        assert open_sessions(store, staff.id, now).empty and "không có phiên nào" in words(app)
        assert list(audit_log(store, who="admin", what="session.all_ended")["target"]) == ["staff"]


def test_the_log_is_narrowed_and_taken_away(database):
    """By person and deed, in words."""
    with open_store(database) as store:
        unlock(store, WARD, 2020, "approver", "sửa sau quyết toán")
    app = screen(database, "audit", "admin")
    assert "mở khóa" in words(app) and "tạo tài khoản" in words(app)
    app.selectbox(key="audit-who").select("approver").run(timeout=60)
    assert "1 dòng nhật ký" in words(app) and "sửa sau quyết toán" in words(app)
    assert "Người approver (approver)" in words(app)


def test_every_deed_of_the_program_has_words():
    """A deed without words would stop the log's screen."""
    from core.settings import ROOT
    from core.texts import text

    code = "\n".join(path.read_text(encoding="utf-8") for room in ("core", "app", "pages", "etl")
                     for path in (ROOT / room).rglob("*.py"))  # fmt: skip
    deeds = set(re.findall(r'\b(?:record|note|note_once|log)\([^"\n]*"([a-z]+\.[a-z_]+)"', code))
    deeds |= {f"year.{state}" for state in ("submitted", "returned", "approved", "unlocked")}
    deeds |= {f"{table.name}.{deed}" for table in WRITTEN for deed in ("written", "withdrawn")}
    assert {"batch.stored", "account.made", "export.made", "access.refused"} <= deeds
    for deed in deeds:
        assert text(f"audit.{deed.replace('.', '_')}", "vi")

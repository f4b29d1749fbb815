"""Signing in, in a real browser against the real program: it survives what people do, and ends when it should."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from app.server.passwords import hash_password
from core.store import open_store
from core.store.accounts import create_account, make_link, set_password, switch_off
from core.texts import text
from tests.bundled import own_copy
from tests.running import RunningProgram

PASSWORD = "bốn cái ghế xanh bên sông"
SIGN_IN = "**/dang-nhap**"


@pytest.fixture(scope="module")
def database(tmp_path_factory):
    """A store of its own with an administrator and somebody of the staff."""
    url, now = own_copy(tmp_path_factory.mktemp("signin")), datetime.now(UTC)
    with open_store(url) as store:
        for name, full_name, role in (("an", "Lê An", "admin"), ("lan", "Nguyễn Lan", "staff")):
            create_account(store, name, full_name, role, by="test", at=now)
            set_password(store, name, hash_password(PASSWORD), by="test", at=now)
    return url


@pytest.fixture(scope="module")
def program(database):
    """The real program over it."""
    running = RunningProgram(database)
    yield running
    running.stop()


@pytest.fixture
def context(browser):
    """A visitor with nothing remembered."""
    visitor = browser.new_context(viewport={"width": 1280, "height": 720})
    yield visitor
    visitor.close()


def sign_in(page, url: str, name: str = "lan") -> None:
    """Fill the form of the sign-in page by keyboard."""
    page.goto(url)
    page.locator("input[name=name]").wait_for()
    page.keyboard.type(name)
    page.keyboard.press("Tab")
    page.keyboard.insert_text(PASSWORD)
    page.keyboard.press("Enter")
    page.locator(".ward h1").wait_for()


def who(page) -> str:
    """What the sidebar says of the person, open or closed."""
    page.locator("[data-testid=stSidebar] b").wait_for(state="attached")
    return page.get_by_test_id("stSidebar").text_content()


def test_somebody_without_a_session_meets_the_sign_in_page_and_goes_on_where_they_wanted(program, context):
    """A page for staff leads to the form, and the form back to that page, which then stands in the menu."""
    page = context.new_page()
    sign_in(page, f"{program.url}/duyet?nam=2020")
    assert page.url.startswith(f"{program.url}/duyet") and "nam=2020" in page.url
    assert "Nguyễn Lan" in who(page)
    page.get_by_test_id("stTopNavSection").click()
    page.get_by_role("menuitem", name=text("frame.review", "vi"), exact=True).wait_for()
    assert page.get_by_role("menuitem", name=text("frame.accounts", "vi"), exact=True).count() == 0


def test_a_session_survives_reload_second_tab_and_a_restart_of_the_server(database, context):
    """Nobody signs in again for any of these."""
    first = RunningProgram(database)
    page = context.new_page()
    sign_in(page, f"{first.url}/dang-nhap")
    page.reload()
    assert "Nguyễn Lan" in who(page)
    other = context.new_page()
    other.goto(f"{first.url}/ngan-sach")
    other.locator(".ward h1").wait_for()
    assert "Nguyễn Lan" in who(other)
    first.stop()
    again = RunningProgram(database, port=first.port)
    page.goto(f"{again.url}/van-hoa")
    page.locator(".ward h1").wait_for()
    assert "Nguyễn Lan" in who(page)
    again.stop()


def test_signing_out_ends_every_tab_and_the_way_back_shows_nothing(program, context):
    """The other tab goes to the sign-in page by itself, and the browser's back button shows no figures of staff."""
    page, other = context.new_page(), context.new_page()
    sign_in(page, f"{program.url}/dang-nhap")
    other.goto(f"{program.url}/duyet")
    other.locator(".ward h1").wait_for()
    page.goto(f"{program.url}/dang-xuat")
    page.get_by_role("button").click()
    page.wait_for_url(SIGN_IN)
    other.wait_for_url(SIGN_IN)
    other.go_back()
    other.wait_for_url(SIGN_IN)


def fresh(name: str) -> str:
    """A sign-in name nobody has: a second try of a test finds the account of the first in the same store."""
    return f"{name}{uuid4().hex[:8]}"


def test_somebody_switched_off_elsewhere_is_gone_from_their_open_tab(program, database, context):
    """Another process ends the session; the tab learns of it without being touched."""
    now, name = datetime.now(UTC), fresh("binh")
    with open_store(database) as store:
        create_account(store, name, "Phạm Bình", "staff", by="test", at=now)
        set_password(store, name, hash_password(PASSWORD), by="test", at=now)
        page = context.new_page()
        sign_in(page, f"{program.url}/dang-nhap", name)
        switch_off(store, name, by="an", at=datetime.now(UTC))
    page.wait_for_url(SIGN_IN, timeout=25_000)


def test_a_one_time_link_sets_a_password_that_then_signs_in(program, database, context):
    """The whole way of a new person, from the link to the first page."""
    new = fresh("hoa")
    with open_store(database) as store:
        create_account(store, new, "Đỗ Hoa", "viewer", by="test", at=datetime.now(UTC))
        token = make_link(store, new, by="an", at=datetime.now(UTC))
    page = context.new_page()
    page.goto(f"{program.url}/mat-khau?ma={token}")
    for name in ("password", "again"):
        page.fill(f"input[name={name}]", PASSWORD)
    page.get_by_role("button").click()
    page.wait_for_url(SIGN_IN)
    page.fill("input[name=name]", new)
    page.fill("input[name=password]", PASSWORD)
    page.get_by_role("button").click()
    page.locator(".ward h1").wait_for()
    assert "Đỗ Hoa" in who(page)


def test_a_changed_password_throws_out_the_other_browser_and_keeps_this_one(program, database, browser, context):
    """By the links of the sidebar: the list of sessions shows both, afterwards one; the new password signs in."""
    new = "cá vàng ghét mưa tháng ba"
    name = fresh("mai")
    with open_store(database) as store:
        create_account(store, name, "Vũ Mai", "viewer", by="test", at=datetime.now(UTC))
        set_password(store, name, hash_password(PASSWORD), by="test", at=datetime.now(UTC))
    elsewhere = browser.new_context()
    page, other = context.new_page(), elsewhere.new_page()
    sign_in(other, f"{program.url}/dang-nhap", name)
    sign_in(page, f"{program.url}/dang-nhap", name)
    page.get_by_test_id("stExpandSidebarButton").click()
    page.get_by_role("link", name=text("server.own_sessions", "vi")).click()
    page.locator("li").nth(1).wait_for()
    assert page.locator("li").count() == 2 and page.locator(".mark").count() == 1
    page.get_by_role("link", name=text("server.change_password", "vi")).click()
    for field, value in (("current", PASSWORD), ("password", new), ("again", new)):
        page.fill(f"input[name={field}]", value)
    page.get_by_role("button").click()
    page.get_by_text(text("server.password_changed", "vi")).wait_for()
    assert page.locator("li").count() == 1
    other.wait_for_url(SIGN_IN)
    elsewhere.close()
    page.goto(program.url)
    page.locator(".ward h1").wait_for()
    assert "Vũ Mai" in who(page)

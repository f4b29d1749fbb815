"""Signing in at another program's provider, in a real browser: there, back, signed in, and out again."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime

import pytest

from core.settings import OIDC
from core.store import open_store
from core.store.accounts import create_account, make_link
from core.texts import text
from tests.bundled import own_copy
from tests.running import RunningProgram, free_port

SIGN_IN = "**/dang-nhap**"


@pytest.fixture(scope="module")
def provider():
    """The address of a provider that somebody else has written, in a process of its own."""
    port = free_port()
    command = [sys.executable, "-m", "oidc_provider_mock", "--port", str(port)]
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    for line in running.stderr:
        if "running on" in line:
            break
    yield f"http://127.0.0.1:{port}"
    running.kill()
    running.wait()


@pytest.fixture(scope="module")
def database(tmp_path_factory):
    """A store of its own with an administrator and somebody who has no way in yet."""
    url, now = own_copy(tmp_path_factory.mktemp("sso")), datetime.now(UTC)
    with open_store(url) as store:
        create_account(store, "an", "Lê An", "admin", by="test", at=now)
        create_account(store, "hoa", "Đỗ Hoa", "staff", by="test", at=now)
    return url


@pytest.fixture(scope="module")
def program(database, provider):
    """The real program with that provider in its settings."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in zip(OIDC, (provider, "ward", "a-secret-of-ward"), strict=True):
            patch.setenv(name, value)
        running = RunningProgram(database)
    yield running
    running.stop()


@pytest.fixture
def page(browser):
    """A visitor with nothing remembered."""
    visitor = browser.new_context(viewport={"width": 1280, "height": 720})
    visitor.route("https://**", lambda route: route.abort())  # the provider's form asks elsewhere for its looks
    yield visitor.new_page()
    visitor.close()


def through_the_provider(page, subject: str) -> None:
    """Press our button, and sign in there as somebody."""
    page.get_by_role("link", name=text("server.sso_button", "vi")).click()
    page.wait_for_url("**/oauth2/authorize**")
    page.locator("input[name=sub]").fill(subject)
    page.keyboard.press("Enter")


def signed_in_as(page) -> str:
    """What the sidebar says of the person."""
    page.locator("[data-testid=stSidebar] b").wait_for(state="attached")
    return page.get_by_test_id("stSidebar").text_content()


def test_a_stranger_comes_back_to_a_sentence(program, page):
    """Whatever they are called there."""
    page.goto(f"{program.url}/dang-nhap")
    through_the_provider(page, "hoa")
    assert "chưa gắn với ai" in page.get_by_role("alert").text_content()
    page.get_by_role("link", name=text("sso.again", "vi")).click()
    page.wait_for_url(SIGN_IN)


def test_a_person_is_tied_by_a_link_once_and_then_signs_in_with_a_click(program, database, page):
    """From the link to the first page, out again, and back in to the page that was wanted."""
    with open_store(database) as store:
        token = make_link(store, "hoa", by="an", at=datetime.now(UTC))
    page.goto(f"{program.url}/mat-khau?ma={token}")
    through_the_provider(page, "sub-of-hoa")
    page.locator(".ward h1").wait_for()
    assert "Đỗ Hoa" in signed_in_as(page)
    page.goto(f"{program.url}/dang-xuat")
    page.get_by_role("button").click()
    page.wait_for_url(SIGN_IN)
    page.goto(f"{program.url}/duyet?nam=2020")
    page.wait_for_url(SIGN_IN)
    through_the_provider(page, "sub-of-hoa")
    page.locator(".ward h1").wait_for()
    assert page.url.startswith(f"{program.url}/duyet") and "nam=2020" in page.url and "Đỗ Hoa" in signed_in_as(page)
    assert [cookie["httpOnly"] for cookie in page.context.cookies(program.url) if "ward" in cookie["name"]] == [True]

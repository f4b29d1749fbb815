"""Entry, approval and export by keyboard alone: keys are pressed and nothing is clicked."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime
from urllib.parse import quote

import openpyxl
import pytest

from app.server.passwords import hash_password
from core.store import newest_figures, open_store
from core.store.accounts import create_account, set_password
from core.store.review import review_of
from core.texts import text
from tests.browser.conftest import DRAWN
from tests.bundled import OWN, own_copy
from tests.running import RunningProgram

PASSWORD = "bốn cái ghế xanh bên sông"
WARD = f"tinh={quote('Tỉnh Mẫu')}&phuong={quote('Phường Mẫu')}"
YEAR = 2026
RESULT = 61_234_500_000  # typed as 61.234,5 triệu đồng
MOST_STEPS = 150
FOCUS = """() => {
  const at = document.activeElement;
  const named = at.getAttribute('aria-label') || at.labels?.[0]?.innerText || at.innerText || '';
  return [at.tagName, named.replace(/\\s+/g, ' ').trim()];
}"""


@pytest.fixture(scope="module")
def database(tmp_path_factory):
    """A store of its own with somebody of the staff and somebody who approves."""
    url, now = own_copy(tmp_path_factory.mktemp("keyboard")), datetime.now(UTC)
    with open_store(url) as store:
        for name, role in (("an", "approver"), ("lan", "staff")):
            create_account(store, name, name.title(), role, by="test", at=now)
            set_password(store, name, hash_password(PASSWORD), by="test", at=now)
    return url


@pytest.fixture(scope="module")
def program(database):
    """The real program over it."""
    running = RunningProgram(database)
    yield running
    running.stop()


@pytest.fixture
def keys(program, browser):
    """Somebody with a keyboard and no mouse: keys("lan") is signed in."""
    contexts = []

    def sit_down(name: str) -> Keys:
        context = browser.new_context(viewport={"width": 1280, "height": 720})
        contexts.append(context)
        made = Keys(context.new_page(), program.url)
        made.sign_in(name)
        return made

    yield sit_down
    for context in contexts:
        context.close()


class Keys:
    """A page of the browser and the keys pressed on it."""

    def __init__(self, page, home: str):
        self.page, self.home = page, home

    def sign_in(self, name: str) -> None:
        """The sign-in page has the name in focus; Enter sends its form."""
        self.page.goto(f"{self.home}/dang-nhap")
        self.page.locator("input[name=name]").wait_for()
        self.page.keyboard.type(name)
        self.press("Tab")
        self.page.keyboard.insert_text(PASSWORD)
        self.press("Enter")
        self.settle()

    def go(self, address: str) -> None:
        """An address typed into the browser."""
        self.page.goto(self.home + address)
        self.settle()

    def settle(self) -> None:
        """Wait until everything asked for is drawn."""
        self.page.wait_for_function(DRAWN, timeout=60_000)

    def press(self, *keys: str) -> None:
        """Keys one after the other."""
        for key in keys:
            self.page.keyboard.press(key, delay=40)

    def go_to(self, name: str, tag: str = "", by: str = "Tab") -> None:
        """Press a key until what is called so has the focus; a person who cannot reach it cannot use it."""
        passed = []
        for _ in range(MOST_STEPS):
            self.press(by)
            at, named = self.page.evaluate(FOCUS)
            if tag in ("", at) and f"{named} ".startswith(f"{name} " if name else ""):
                return
            passed.append((at, named[:40]))
        raise AssertionError(f"no {by} leads to {name!r}, only to {passed}")

    def type(self, words: str) -> None:
        """Words typed as a person types them."""
        self.page.keyboard.type(words, delay=40)

    def cell(self, words: str) -> None:
        """Type into the chosen cell of the grid and accept; the draft is kept before the next key."""
        self.type(words)
        self.press("Enter")
        self.settle()


def test_a_year_is_entered_approved_and_exported_by_keyboard_alone(keys, database):
    """Staff type a plan and its result into the grid and store them, another person approves, the workbook has both."""
    staff = keys("lan")
    staff.go(f"/nhap-so-lieu?{WARD}")
    staff.go_to(text("entry.year", "vi"))
    staff.type(str(YEAR))
    staff.press("Enter")
    staff.page.get_by_role("heading", name=text("entry.title", "vi", year=YEAR)).wait_for()
    staff.settle()
    staff.go_to("", "CANVAS")
    staff.press("ArrowRight", "ArrowRight", "ArrowRight")
    staff.cell("60.000")
    staff.press("ArrowUp", "ArrowRight", "ArrowRight")
    staff.cell("61.234,5")
    staff.go_to(text("entry.store", "vi", count=2, year=YEAR))
    staff.press("Enter")
    staff.page.get_by_text(re.compile("Đã lưu 2 số")).wait_for()
    staff.settle()
    with open_store(database) as store:
        typed = [each for each in newest_figures(store, [OWN], ["budget_revenue"]) if each.year == YEAR]
        assert {each.scenario: int(each.value) for each in typed} == {"plan": 60_000_000_000, "actual": RESULT}
        assert review_of(store, OWN, YEAR).state == "submitted"
    boss = keys("an")
    boss.go(f"/duyet?{WARD}&nam={YEAR}")
    boss.go_to(text("approve.approve", "vi"))
    boss.press("Enter")
    boss.page.get_by_role("heading", name=text("review.approved", "vi")).wait_for()
    boss.settle()
    with open_store(database) as store:
        assert review_of(store, OWN, YEAR).state == "approved"
    boss.go(f"/ngan-sach?{WARD}&nam={YEAR}")
    boss.go_to(text("ui.take", "vi"))
    boss.press("Enter")
    boss.go_to(text("ui.take_xlsx", "vi"), by="ArrowDown")
    with boss.page.expect_download() as got:
        boss.press("Enter")
    book = openpyxl.load_workbook(io.BytesIO(got.value.path().read_bytes()))
    assert RESULT in {cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row}

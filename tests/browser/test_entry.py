"""Entry by hand in a real browser: a closed one loses nothing, a phone has fields instead of a grid."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from core.texts import text
from tests.bundled import own_copy
from tests.running import RunningProgram

ENTRY = f"/nhap-so-lieu?tinh={quote('Tỉnh Mẫu')}&phuong={quote('Phường Mẫu (–30/6/2025)')}&nam=2020"


@pytest.fixture(scope="module")
def program(tmp_path_factory):
    """The real program over a store of its own without accounts."""
    running = RunningProgram(own_copy(tmp_path_factory.mktemp("entry")))
    yield running
    running.stop()


def test_a_closed_browser_loses_nothing_that_was_typed(visit):
    """Typed into the grid on one day and there again on another computer, a phone."""
    office = visit("1280")
    office.go(ENTRY)
    grid = office.page.get_by_test_id("data-grid-canvas")
    grid.focus()
    for key in ("ArrowRight",) * 5:
        office.page.keyboard.press(key, delay=40)
    office.page.keyboard.type("52.000,5", delay=40)
    office.page.keyboard.press("Enter")
    office.page.get_by_role("cell", name="52,0005 tỷ đồng", exact=True).wait_for()
    office.page.context.close()
    phone = visit("phone")
    phone.go(ENTRY)
    result = f"{text('entry.column_value', 'vi')} (triệu đồng)"
    assert phone.page.get_by_label(result).input_value() == "52.000,5"
    assert phone.page.get_by_test_id("data-grid-canvas").count() == 0
    assert phone.page.evaluate("() => document.querySelector('[data-testid=stMain]').scrollWidth") <= 390

"""The screens of those who enter, review and present: readable at every size, in both languages, light and dark."""

from __future__ import annotations

import pytest

from core.texts import text
from tests.browser.test_access import FAINT, NAMELESS
from tests.browser.test_pages import PICTURES, TOO_WIDE

STAFF = {
    "start": "/bat-dau",
    "upload": "/nap-bao-cao",
    "draft": "/soat-du-thao",
    "entry": "/nhap-so-lieu",
    "review": "/duyet",
    "conference": "/hoi-nghi",
    "history": "/lich-su",
    "names": "/ten-nguoi",
}


@pytest.mark.parametrize(("size", "scheme", "lang"), [
    ("1280", "light", "vi"), ("1280", "dark", "en"), ("phone", "light", "en"), ("phone", "dark", "vi"),
    ("1920", "light", "vi"),
])  # fmt: skip
def test_every_screen_for_staff_fits_and_can_be_read(visit, size, scheme, lang):
    """One message, the tab's name, nothing sideways, no faint word, no widget without a name."""
    seen = visit(size, scheme)
    (PICTURES / "staff").mkdir(parents=True, exist_ok=True)
    found = {}
    for name, path in STAFF.items():
        seen.go(f"{path}?nam=2020" + ("&lang=English" if lang == "en" else ""))
        seen.page.screenshot(path=PICTURES / "staff" / f"{name}-{size}-{scheme}-{lang}.png")
        assert seen.page.locator(".ward h1").count() == 1, name
        assert seen.page.title() == text(f"frame.{name}", lang)
        assert seen.page.evaluate(TOO_WIDE) <= 1, f"{name} scrolls sideways"
        found[name] = seen.page.evaluate(FAINT) + seen.page.evaluate(NAMELESS)
    assert {name: words for name, words in found.items() if words} == {}

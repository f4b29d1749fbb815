"""A browser's line becomes two words that its owner recognises."""

from __future__ import annotations

import pytest

from app.views.devices import device_words

WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36"
LINES = (
    (WINDOWS, "Chrome, Windows"),
    (f"{WINDOWS} Edg/140.0", "Edge, Windows"),
    (WINDOWS.replace("Chrome", "coc_coc_browser/130.0 Chrome"), "Cốc Cốc, Windows"),
    ("Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0", "Firefox, Linux"),
    ("Mozilla/5.0 (Macintosh; Intel Mac OS X 14_6) AppleWebKit/605.1 Version/18 Safari/605.1", "Safari, macOS"),
    ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1 Safari/604.1", "Safari, iPhone"),
    ("Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36", "Chrome, Android"),
)


@pytest.mark.parametrize("agent", ["", "curl/8.0", "\x00"])
def test_a_line_that_tells_nothing_is_said_to(agent):
    """In both languages."""
    assert device_words(agent, "vi") == "Thiết bị không rõ" and device_words(agent, "en") == "Unknown device"


@pytest.mark.parametrize(("agent", "words"), LINES)
def test_browser_and_system_are_named(agent, words):
    """Though most browsers claim to be the others as well."""
    assert device_words(agent, "vi") == words

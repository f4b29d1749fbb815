"""What somebody signed in with, in two words: a browser says it in a long line that few can read."""

from __future__ import annotations

from core.texts import text

# a piece of the line a browser sends -> what people call it; the first that fits, because most claim to be the others
BROWSERS = (
    ("coc_coc_browser/", "Cốc Cốc"),
    ("Zalo", "Zalo"),
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("CriOS/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Macintosh", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


def device_words(agent: str, lang: str) -> str:
    """ "Chrome, Windows" for the line a browser sent; words that say so where it tells nothing."""
    found = [next((name for piece, name in known if piece in agent), "") for known in (BROWSERS, SYSTEMS)]
    return ", ".join(filter(None, found)) or text("people.unknown_device", lang)

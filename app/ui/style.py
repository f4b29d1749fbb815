"""The style sheet of our HTML with the colours of a theme."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from app.charts.theme import Theme

_SHEET = Path(__file__).with_name("style.css")
# variable of the sheet -> token of the theme
_VARIABLES = {
    "text": "text",
    "muted": "muted",
    "rule": "rule",
    "grid": "grid",
    "year": "year_band",
    "no-data": "no_data",
    "bad": "orange",
    "on-main": "on_blue",
}


@cache
def style_html(theme: Theme, open_choices: str = "", open_menu: str = "") -> str:
    """A <style> block: the theme's colours as variables, then the sheet.

    `open_choices` stands beside the arrow that opens the sidebar, where the ward is chosen; `open_menu` on narrow
    screens, where the menu is in there too.
    """
    words = {"open-choices": open_choices, "open-menu": open_menu}
    variables = "".join(f"--w-{name}:{json.dumps(said, ensure_ascii=False)};" for name, said in words.items())
    variables += "".join(f"--w-{name}:{getattr(theme, token)};" for name, token in _VARIABLES.items())
    return f"<style>:root{{{variables}}}\n{_SHEET.read_text(encoding='utf-8')}</style>"

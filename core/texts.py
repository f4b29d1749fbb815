"""The words of screens, exports and messages, Vietnamese and English side by side in data/texts/<area>.toml."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

TEXTS = Path(__file__).resolve().parent.parent / "data" / "texts"
LANGUAGES = ("vi", "en")


@cache
def _area(area: str) -> dict[str, dict[str, str]]:
    with (TEXTS / f"{area}.toml").open("rb") as file:
        return tomllib.load(file)


def text(key: str, lang: str = "vi", /, **params: object) -> str:
    """The text "<area>.<name>" in a language, its {places} filled.

    Raises KeyError where the area has no such name or the name no such language: a missing text is a bug, and the
    other language is no substitute.
    """
    area, name = key.split(".", 1)
    return _area(area)[name][lang].format(**params)

"""The words of screens, exports and messages, Vietnamese and English side by side in data/texts/<area>.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from string import Formatter

TEXTS = Path(__file__).resolve().parent.parent / "data" / "texts"
LANGUAGES = ("vi", "en")


@cache
def _area(area: str) -> dict[str, dict[str, str]]:
    with (TEXTS / f"{area}.toml").open("rb") as file:
        return tomllib.load(file)


def text(key: str, lang: str = "vi", /, **params: object) -> str:
    """The text "<area>.<name>" in a language, its {places} filled.

    What fills a place may itself be said in each language ({"vi": ..., "en": ...}). `{count:group|groups}` prints the
    first form where `count` is 1 and the second otherwise. Raises KeyError where the area has no such name
    or the name no such language: a missing text is a bug, and the other language is no substitute.
    """
    return _filled(template(key, lang), lang, params)


def parts(key: str, lang: str = "vi", /, **params: object) -> tuple[str, str]:
    """A text's first sentence, without its full stop, and what follows it ("" where nothing does), places filled.

    The cut is made before the places are filled: what a file says may hold full stops of its own.
    """
    first, _, rest = template(key, lang).partition(". ")
    return _filled(first, lang, params).removesuffix("."), _filled(rest, lang, params)


def _filled(words: str, lang: str, params: Mapping[str, object]) -> str:
    params = {name: value[lang] if isinstance(value, Mapping) else value for name, value in params.items()}
    return _FORMS.format(words, **params) if "|" in words else words.format(**params)


def template(key: str, lang: str) -> str:
    """The text "<area>.<name>" as it stands in its file, its {places} still open."""
    area, name = key.split(".", 1)
    return _area(area)[name][lang]


def chosen_form(count: object, forms: str) -> str:
    """Of "group|groups" the form that goes with a count as printed: the first with 1, +1 and −1."""
    one, many = forms.split("|")
    return one if str(count).lstrip("+-\N{MINUS SIGN}") == "1" else many


class _Forms(Formatter):
    """str.format that also chooses between two forms of a word."""

    def format_field(self, value: object, format_spec: str) -> str:
        """A place filled."""
        return chosen_form(value, format_spec) if "|" in format_spec else super().format_field(value, format_spec)


_FORMS = _Forms()

"""Decides which words of a text are not Vietnamese: no syllable of the language, or known from our English texts."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection
from functools import cache

from app.server.translated import TABLES
from core.catalogue import load_catalogue
from core.texts import TEXTS

# Written alike in both languages: file kinds, keys, units, and what is called so everywhere.
NAMES = frozenset({
    "excel", "word", "powerpoint", "frictionless", "unicode",
    "enter", "escape", "esc", "tab", "ctrl", "alt", "streamlit", "google", "chatgpt", "euro", "english",
    "javascript", "ttg", "thg",
})  # fmt: skip
_ONSET = "ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdghklmnpqrstvx]"
_RHYME = (
    "uye|uya|uyu|uay|uai|oai|oay|oao|oeo|ieu|yeu|uoi|uou|ai|ao|au|ay|eo|eu|ia|ie|iu|oa|oe|oi|oo|ua|ue|ui|uo|uu|uy|ya"
    "|ye|[aeiouy]"
)
_SYLLABLE = re.compile(rf"(?:{_ONSET})?(?:{_RHYME})(?:ch|ng|nh|[cmnpt])?")
_FILE_OR_ADDRESS = re.compile(r"https?://\S+|[\w.-]+\.(?:vn|docx|xlsx|pptx|zip|pdf|csv|md|txt|html|json|png)\b\S*")
_WORD = re.compile(r"[^\W\d_]+")
_PLAIN = re.compile(r"`([^`$]*)`")


def foreign_words(text: str) -> list[str]:
    """The words of a text that no Vietnamese page may show; abbreviations in capitals, files and addresses aside."""
    words = _WORD.findall(_FILE_OR_ADDRESS.sub(" ", text))
    return [word for word in words if word.isascii() and len(word) > 1 and not word.isupper() and _is_foreign(word)]


def _is_foreign(word: str) -> bool:
    small = word.lower()
    return small not in NAMES and (not _SYLLABLE.fullmatch(small) or small in _english_words())


@cache
def _english_words() -> frozenset[str]:
    """Words of our English texts and of Streamlit's that no Vietnamese text and no name of the catalogue has."""
    catalogue = load_catalogue()
    names = [row.name("vi") for row in catalogue.indicators.values()] + [
        family["vi"] for family in catalogue.families.values()
    ]
    return frozenset(_words(english_texts()) - _words(vietnamese_texts()) - _words(names))


def _words(texts: list[str]) -> set[str]:
    return {word.lower() for text in texts for word in _WORD.findall(text) if word.isascii()}


def english_texts() -> list[str]:
    """Every English text of the screens, and what Streamlit says in its own."""
    return [entry["en"] for entry in _entries()] + [_said(literal) for literal, _ in _table()]


def vietnamese_texts(areas: Collection[str] = ()) -> list[str]:
    """Every Vietnamese text of the screens, or of some areas of them, and what Streamlit says in its place."""
    return [entry["vi"] for entry in _entries(areas)] + [_said(words) for _, words in _table()]


def _said(code: str) -> str:
    return " ".join(_PLAIN.findall(code))


def _entries(areas: Collection[str] = ()) -> list[dict[str, str]]:
    paths = [path for path in sorted(TEXTS.glob("*.toml")) if not areas or path.stem in areas]
    return [entry for path in paths for entry in tomllib.loads(path.read_text(encoding="utf-8")).values()]


def _table() -> list[tuple[str, str]]:
    sections = tomllib.loads((TABLES / "vi.toml").read_text(encoding="utf-8")).values()
    pairs = [pair for section in sections for pair in section.items()]
    return [(literal, to if isinstance(to, str) else to["to"]) for literal, to in pairs]

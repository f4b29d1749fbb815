"""The rule that tells English from Vietnamese: it sees every English text of the screens and no Vietnamese one."""

from __future__ import annotations

import re

import pytest

from core.texts import TEXTS
from tests.vietnamese import english_texts, foreign_words, vietnamese_texts

# English that reads like Vietnamese syllables, or names the same in both languages.
ALIKE = {"English", "VND", "Gap", "Due", "due {day}", "at 100%", "Met", "Euro", "Sum"}


@pytest.mark.parametrize("text", ["bundled", "table.wide", "Stop", "Chọn an option", "No data", "Close", "Run on the"])
def test_english_is_seen(text):
    """Single words, words inside a Vietnamese sentence, names of the code."""
    assert foreign_words(text)


@pytest.mark.parametrize(
    "text", ["Thanh bên", "UBND phường, 12/18 (66,7%)", "bao-cao-2020.docx", "Tải bảng số (CSV)", "Ea H'leo".upper()]
)
def test_vietnamese_is_left_alone(text):
    """Also abbreviations, files and syllables without accents."""
    assert foreign_words(text) == []


def test_every_english_text_is_seen():
    """Of the screens and of Streamlit: whatever of it stood on a Vietnamese page, the rule would find it."""
    worded = [text for text in english_texts() if re.search(r"[A-Za-z]{2}", re.sub(r"\{\w*\}", "", text))]
    unseen = {text.strip() for text in worded if not foreign_words(text)}
    assert len(worded) > 1000 and {text for text in unseen if not re.fullmatch(r"Q\d", text)} <= ALIKE


def test_no_vietnamese_text_of_a_screen_is_taken_for_english():
    """The areas that speak of files, commands and programs are left out: their words stand in a terminal."""
    spoken = {path.stem for path in TEXTS.glob("*.toml")} - {"etl", "reading", "checks", "store", "prose", "command"}
    assert {"overview", "ui", "frame"} <= spoken
    taken = {text: foreign_words(re.sub(r"</?\w+>|\{\w*\}", " ", text)) for text in vietnamese_texts(spoken)}
    assert {text: words for text, words in taken.items() if words and "python -m" not in text} == {}

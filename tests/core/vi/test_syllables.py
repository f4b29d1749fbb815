"""Words spelled as Vietnamese are told from words in the wrong letters."""


import pytest

from core.settings import ROOT
from core.vi.syllables import is_syllable


@pytest.mark.parametrize("word", ["nghÌo", "Tæng", "phöôøng", "ngaân", "nhËn", "tiªu", "sac", "toàn1", "hộộ", "hoáà",
                                  "Ñôn", "", "a" * 9])
def test_what_no_one_spells_is_no_syllable(word):
    """Letters that stand for others, a stop without its tone, capitals inside, two tones, one on a consonant."""
    assert not is_syllable(word)


@pytest.mark.parametrize("word", ["hộ", "nghèo", "Nghiêng", "PHƯỜNG", "hoá", "hóa", "quý", "quyết",
                                  "giếng", "gì", "khuya", "Ủy", "ý", "sách"])
def test_what_is_spelled_in_vietnamese_is(word):
    """Old and new tone places, qu and gi."""
    assert is_syllable(word)


def test_nearly_every_word_of_the_shipped_texts_is_one():
    """The words of the catalogue's indicators, but for abbreviations."""
    said = (ROOT / "data" / "catalogue" / "indicators" / "welfare.toml").read_text(encoding="utf-8")
    words = [word for word in said.replace('"', " ").replace("[", " ").replace("]", " ").split()
             if word.isalpha() and not word.isascii()]
    assert sum(map(is_syllable, words)) > 0.99 * len(words) > 100

"""Vietnamese letters: search keys and spelling keys."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from core.vi.text import fold, nfc, same_words, spelling_key


def test_decomposed_text_is_the_same_text():
    """NFD from macOS names and PDF files meets NFC."""
    name = "Tổ dân phố văn hóa"
    assert nfc(unicodedata.normalize("NFD", name)) == name


def test_search_finds_without_accents_and_case():
    """People type "dong da" and mean Đống Đa."""
    assert fold("Quận ĐỐNG ĐA") == "quan dong da"
    assert same_words("Tổ  dân phố", "to dan pho ")
    assert not same_words("thu", "chi")


def test_both_tone_places_give_one_key_and_accents_still_tell_words_apart():
    """hoá = hóa, but chi, chỉ and chị stay three words; qu and closed syllables are left alone."""
    assert spelling_key("Văn hoá") == spelling_key("VĂN HÓA") == "văn hóa"
    assert spelling_key("Thuỷ, uỷ ban, khoẻ") == "thủy, ủy ban, khỏe"
    assert spelling_key("quý hoàn thoáng") == "quý hoàn thoáng"
    assert len({spelling_key(word) for word in ("chi", "chỉ", "chị")}) == 3


@given(st.text())
def test_keys_keep_every_place(text):
    """A place found in a key is the same place in the composed text."""
    assert len(fold(text)) == len(spelling_key(text)) == len(nfc(text))

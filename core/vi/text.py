"""Vietnamese letters: one Unicode form, keys for search, and the two ways of placing a tone mark."""

from __future__ import annotations

import re
import unicodedata

_TONES = {  # new style (tone on the last vowel of oa, oe, uy) -> old style; both are in daily use
    "oá": "óa", "oà": "òa", "oả": "ỏa", "oã": "õa", "oạ": "ọa",
    "oé": "óe", "oè": "òe", "oẻ": "ỏe", "oẽ": "õe", "oẹ": "ọe",
    "uý": "úy", "uỳ": "ùy", "uỷ": "ủy", "uỹ": "ũy", "uỵ": "ụy",
}  # fmt: skip
_OPEN_SYLLABLE = re.compile("(?<!q)(?:" + "|".join(_TONES) + r")(?![^\W\d_])")
_D_WITH_STROKE = "đðɖ"  # the letter itself, and two foreign ones that look like it and stand for it in many files
_TO_D = str.maketrans(dict.fromkeys(_D_WITH_STROKE[1:], "đ"))
_SPACES = re.compile(r"\s+")

_VARIANTS = {"tỉ": "tỷ", "sỹ": "sĩ", "kì": "kỳ", "kí": "ký", "lí": "lý", "mĩ": "mỹ", "qui": "quy", "uỷ": "ủy"}


def nfc(text: str) -> str:
    """The text in Unicode's composed form (NFC), in which everything is stored and compared."""
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def _base(letter: str) -> str:
    lowered = letter.lower()
    if lowered in _D_WITH_STROKE:
        return "d"
    bare = unicodedata.normalize("NFD", lowered)[:1] if lowered else letter
    return bare if bare and not unicodedata.combining(bare) else letter


class _Folding(dict):
    """A translation table that learns each letter once."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = _base(chr(code))
        return folded


_FOLDING = _Folding()


def fold(text: str) -> str:
    """A search key without accents and case: "Tổ dân phố Đống Đa" and "to dan pho dong da" give the same one.

    As long as nfc(text), so that places found in the key are places in the text; spaces are left as they stand.
    """
    return nfc(text).translate(_FOLDING)


def same_words(left: str, right: str) -> bool:
    """Whether two texts read the same without regard to accents, case and spacing."""
    return _SPACES.sub(" ", fold(left)).strip() == _SPACES.sub(" ", fold(right)).strip()


def spelling_key(text: str) -> str:
    """A key that keeps the accents and drops case and tone place: "Hoá" and "HÓA" give "hóa".

    For running text, where accents tell words apart (chi, chỉ, chị). As long as nfc(text).
    """
    composed = nfc(text)
    lowered = composed.lower()
    if len(lowered) != len(composed):  # a few foreign capitals grow when lowered
        lowered = "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in composed)
    if not lowered.isascii():
        lowered = lowered.translate(_TO_D)
    return _OPEN_SYLLABLE.sub(lambda match: _TONES[match.group()], lowered)


def one_spelling(word: str) -> str:
    """One spelling of words that are written two ways ("tỉ lệ", "tỷ lệ"), from a word in spelling_key."""
    return _VARIANTS.get(word, word)

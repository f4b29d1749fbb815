"""Vietnamese text from before Unicode: TCVN3 (ABC), VNI and Windows-1258, and the fonts that tell the first two.

Such text reaches us as the letters its bytes stand for in Western Windows (code page 1252): TCVN3 writes "Bảo" as
"B¶o", VNI as "Baûo", Windows-1258 a tone as a byte of its own behind its letter.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

NAMES = {"tcvn3": "TCVN3 (ABC)", "vni": "VNI", "windows-1258": "Windows-1258"}

_TCVN3_LETTERS = {
    "ăâêôơưđĂÂÊÔƠƯĐ": "¨©ª«¬\xad®¡¢£¤¥¦§",
    "àảãáạ": "µ¶·¸¹", "ằẳẵắặ": "»¼½¾Æ", "ầẩẫấậ": "ÇÈÉÊË", "èẻẽéẹ": "ÌÎÏÐÑ", "ềểễếệ": "ÒÓÔÕÖ", "ìỉĩíị": "×ØÜÝÞ",
    "òỏõóọ": "ßáâãä", "ồổỗốộ": "åæçèé", "ờởỡớợ": "êëìíî", "ùủũúụ": "ïñòóô", "ừửữứự": "õö÷øù", "ỳỷỹýỵ": "úûüýþ",
}  # fmt: skip
_TCVN3 = {code: letter for letters, codes in _TCVN3_LETTERS.items()
          for letter, code in zip(letters, codes, strict=True)}
# A capital with a tone has no code of its own: it is set as a capital before a tone, or before its own small letter.
_TCVN3_TONES = {"°": "\u0323", "±": "\u0300", "²": "\u0309", "³": "\u0303", "´": "\u0301"}

# VNI writes a mark behind its vowel, in the vowel's case; đ, ơ, ư, ỵ and every i are single codes.
_VNI_SINGLE = dict(zip("ñôöîìíæóòÑÔÖÎÌÍÆÓÒ", "đơưỵìíỉĩịĐƠƯỴÌÍỈĨỊ", strict=True))
_VNI_TONES = dict(zip("øùûõïØÙÛÕÏ", "\u0300\u0301\u0309\u0303\u0323" * 2, strict=True))
_VNI_HATS = {
    "â": "\u0302", "à": "\u0302\u0300", "á": "\u0302\u0301", "å": "\u0302\u0309", "ã": "\u0302\u0303",
    "ä": "\u0302\u0323", "ê": "\u0306", "è": "\u0306\u0300", "é": "\u0306\u0301", "ú": "\u0306\u0309",
    "ü": "\u0306\u0303", "ë": "\u0306\u0323",
}  # fmt: skip
_VNI_MARKS = _VNI_TONES | _VNI_HATS | {mark.upper(): marks for mark, marks in _VNI_HATS.items()}


def _composed(base: str, marks: str) -> str:
    return unicodedata.normalize("NFC", base + marks)


def _tcvn3_codes() -> dict[str, str]:
    codes = dict(_TCVN3)
    capitals = {letter: letter for letter in "AEIOUY"} | {code: letter for code, letter in _TCVN3.items()
                                                          if letter.isupper() and letter != "Đ"}
    small = {letter: code for code, letter in _TCVN3.items()}
    for code, capital in capitals.items():
        for mark, tone in _TCVN3_TONES.items():
            codes[code + mark] = letter = _composed(capital, tone)
            codes[code + small[letter.lower()]] = letter
    return codes


def _vni_codes() -> dict[str, str]:
    codes = dict(_VNI_SINGLE)
    for base in "aeouyAEOUY":
        for mark, marks in _VNI_MARKS.items():
            letter = _composed(base, marks)
            if len(letter) == 1:
                codes[base + mark] = letter
    for code, base in zip("ôöÔÖ", "ơưƠƯ", strict=True):
        codes |= {code + mark: _composed(base, tone) for mark, tone in _VNI_TONES.items()}
    return codes


def _decoder(codes: dict[str, str]) -> Callable[[str], str]:
    pattern = re.compile("|".join(map(re.escape, sorted(codes, key=len, reverse=True))))
    return lambda said: pattern.sub(lambda found: codes[found[0]], said)


_SYMBOLS = {code: code & 0xFF for code in range(0xF020, 0xF100)}  # where a font is marked as one of symbols
_FROM_TCVN3, _FROM_VNI = _decoder(_tcvn3_codes()), _decoder(_vni_codes())
_WORD = re.compile(r"[^\W\d_]+")


def _page(name: str) -> str:
    """The letters of a Windows code page by byte, those it leaves empty as Latin-1 has them."""
    return "".join(bytes([at]).decode(name, "ignore") or chr(at) for at in range(256))


_WESTERN = _page("cp1252")
_FROM_1258 = {ord(western): letter for western, letter in zip(_WESTERN, _page("cp1258"), strict=True)}


def western(content: bytes) -> str:
    """Bytes as the letters they stand for in Western Windows, one for each byte."""
    return content.decode("latin-1").translate(dict(enumerate(_WESTERN)))


def to_unicode(said: str, encoding: str, capitals: bool = False) -> str:
    """Text of an old encoding in Unicode (NFC); what is no letter of it stays as it is.

    `capitals` for a font that prints every letter as a capital, whatever its code. TCVN3 has no codes for most
    capitals with a tone and programs write the small letter's: it becomes a capital among capitals ("CéNG": "CỘNG").
    """
    said = said.translate(_SYMBOLS)
    if encoding == "windows-1258":
        return unicodedata.normalize("NFC", said.translate(_FROM_1258))
    if encoding == "vni":
        return _FROM_VNI(said)
    said = _FROM_TCVN3(said)
    return said.upper() if capitals else _WORD.sub(_one_case, said)


def _one_case(word: re.Match[str]) -> str:
    """A word whose plain letters are capitals, two at least, all in capitals."""
    plain = "".join(letter for letter in word[0] if letter.isascii())
    return word[0].upper() if len(plain) > 1 and plain.isupper() else word[0]


def font_encoding(font: str) -> tuple[str, bool] | None:
    """The encoding a font is made for and whether it prints capitals only; None for fonts of Unicode."""
    name = font.strip(" \"'")
    if name[:3].lower() == ".vn":
        return "tcvn3", name.endswith("H")
    return ("vni", False) if name[:4].lower() in ("vni-", "vni ") else None

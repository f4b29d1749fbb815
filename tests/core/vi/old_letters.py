"""Writes Vietnamese in the old encodings, from tables laid out another way than those the program reads them by."""

import unicodedata

# TCVN 5712 from A1 to FE, byte by byte; a space where its VN3 part, which the fonts have, leaves a place empty
_TCVN3 = ("ĂÂÊÔƠƯĐăâêôơưđ" + " " * 6 + "àảãáạ ằẳẵắ" + " " * 7
          + "ặầẩẫấậè ẻẽéẹềểễếệìỉ   ĩíịò ỏõóọồổỗốộờởỡớợù ủũúụừửữứựỳỷỹýỵ")
TCVN3 = {letter: chr(byte) for byte, letter in enumerate(_TCVN3, 0xA1) if letter != " "}
_TONES = {"\u0323": "°", "\u0300": "±", "\u0309": "²", "\u0303": "³", "\u0301": "´"}
# the 134 letters as a keyboard program lists them: plain, acute, grave, hook, tilde, dot of each vowel
_VOWELS = "aáàảãạ âấầẩẫậ ăắằẳẵặ eéèẻẽẹ êếềểễệ oóòỏõọ ôốồổỗộ ơớờởỡợ uúùủũụ ưứừửữự iíìỉĩị yýỳỷỹỵ đ"
_VNI = """a aù aø aû aõ aï aâ aá aà aå aã aä aê aé aè aú aü aë e eù eø eû eõ eï eâ eá eà eå eã eä
o où oø oû oõ oï oâ oá oà oå oã oä ô ôù ôø ôû ôõ ôï u uù uø uû uõ uï ö öù öø öû öõ öï i í ì æ ó ò y yù yø yû yõ î ñ"""
VNI = dict(zip(_VOWELS.replace(" ", ""), _VNI.split(), strict=True))
VNI |= {letter.upper(): codes.upper() for letter, codes in VNI.items()}
LETTERS = "".join(VNI)


def in_tcvn3(said: str) -> str:
    """Text as .VnTime has it, capitals with a tone as a capital and the tone."""
    return "".join(TCVN3.get(letter) or _tcvn3_capital(letter) for letter in said)


def _tcvn3_capital(letter: str) -> str:
    parts = unicodedata.normalize("NFD", letter)
    tone = next((mark for mark in parts if mark in _TONES), "")
    base = unicodedata.normalize("NFC", parts.replace(tone, "")) if tone else letter
    return TCVN3.get(base, base) + _TONES.get(tone, "")


def in_tcvn3_small(said: str) -> str:
    """Text as keyboard programs convert it: capitals with a tone as the small letter's code."""
    return "".join(TCVN3.get(letter) or TCVN3.get(letter.lower()) or letter for letter in said)


def in_vni(said: str) -> str:
    """Text as VNI-Times has it."""
    return "".join(VNI.get(letter, letter) for letter in said)


def in_1258(said: str) -> bytes:
    """Text as bytes of Windows-1258: tones behind their letters."""
    written = b""
    for letter in said:
        try:
            written += letter.encode("cp1258")
        except UnicodeEncodeError:
            parts = unicodedata.normalize("NFD", letter)
            tone = next(mark for mark in parts if mark in _TONES)
            written += (unicodedata.normalize("NFC", parts.replace(tone, "")) + tone).encode("cp1258")
    return written

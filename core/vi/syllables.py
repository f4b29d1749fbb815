"""What a written Vietnamese syllable can be: tells text that reads from text in the wrong letters."""

from __future__ import annotations

import re
import unicodedata

_TONES = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
_ON_CONSONANT = re.compile(f"[bcdđghklmnpqrstvx][{''.join(sorted(_TONES))}]")  # ñ is VNI's Đ
_STOPPED_TONES = {"\u0301", "\u0323"}  # syllables that end in c, ch, p or t bear these two only
_ONSET = "(?:ngh|ng|gh|gi|kh|nh|ph|qu|th|tr|ch|[bcdđghklmnprstvx])?"
_RHYMES = """
a ai ao au ay am an ang anh ac ach ap at ăm ăn ăng ăc ăp ăt â âu ây âm ân âng âc âp ât
e eo em en eng ec ep et ê êu êm ên ênh êng êch êp êt
i iu im in inh ich ip it ia iêu iêm iên iêng iêc iêp iêt
o oi om on ong oc op ot oong ooc ô ôi ôm ôn ông ôc ôp ôt ơ ơi ơm ơn ơp ơt
oa oai oao oay oam oan oang oanh oac oach oap oat oăm oăn oăng oăc oăt oe oeo oen oet
u ui um un ung uc up ut ua uôi uôm uôn uông uôc uôt uê uênh uêch uơ uy uya uyu uyn uynh uych uyt uyp uyên uyêt
uâ uân uâng uât uây ư ưi ưu ưm ưn ưng ưc ưt ưa ươi ươu ươm ươn ương ươc ươp ươt
y yêu yêm yên yêng yêt yt yn ynh ych yu
"""
_SYLLABLE = re.compile(_ONSET + "(" + "|".join(sorted(_RHYMES.split(), key=len, reverse=True)) + ")")
_LONGEST = 7  # nghiêng, with its tone on a letter


def is_syllable(word: str) -> bool:
    """Whether a word (NFC) is spelled as a Vietnamese syllable, in small letters, capitals, or with a capital first."""
    if not 0 < len(word) <= _LONGEST or not (word.islower() or word.isupper() or word[1:].islower()):
        return False
    letters = unicodedata.normalize("NFD", word.lower())
    tones = [letter for letter in letters if letter in _TONES]
    bare = unicodedata.normalize("NFC", "".join(letter for letter in letters if letter not in _TONES))
    found = _SYLLABLE.fullmatch(bare)
    if not found or len(tones) > 1 or _ON_CONSONANT.search(letters):
        return False
    return not found[1].endswith(("c", "ch", "p", "t")) or (bool(tones) and tones[0] in _STOPPED_TONES)

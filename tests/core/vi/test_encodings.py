"""TCVN3, VNI and Windows-1258 become Unicode, every letter, and fonts are known by their names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.vi.encodings import font_encoding, to_unicode, western
from tests.core.vi.old_letters import LETTERS, in_1258, in_tcvn3, in_tcvn3_small, in_vni

WORDS = st.text(st.sampled_from([*LETTERS, *"bcdghklmnpqrstvxBCDGHKLMNPQRSTVX 0123456789.,;:%/()-"]), max_size=60)


@given(WORDS.map(str.lower))
def test_text_written_in_tcvn3_reads_the_same(said):
    """Small letters; in a font of capitals the same codes print capitals."""
    assert to_unicode(in_tcvn3(said), "tcvn3") == said
    assert to_unicode(in_tcvn3(said), "tcvn3", capitals=True) == said.upper()


@given(st.sampled_from(LETTERS))
def test_every_letter_of_tcvn3_reads_the_same_capitals_too(letter):
    """A capital with a tone is two signs."""
    assert to_unicode(in_tcvn3(letter), "tcvn3") == letter


@given(WORDS)
def test_text_written_in_vni_reads_the_same(said):
    """Marks stand behind their vowels."""
    assert to_unicode(in_vni(said), "vni") == said


@given(WORDS)
def test_text_written_in_windows_1258_reads_the_same(said):
    """Tones are bytes of their own."""
    assert to_unicode(western(in_1258(said)), "windows-1258") == said


@pytest.mark.parametrize(("encoding", "written", "read"), [
    ("tcvn3", "B¶o Th¾ng, Uû ban nh©n d©n ph\xadêng", "Bảo Thắng, Uỷ ban nhân dân phường"),
    ("tcvn3", "\uf0aei \uf042\uf0b6o", "đi Bảo"),
    ("tcvn3", "Aµ ¢Ê OÞ 30 m², 25°C, 5 ± 1", "À Ấ Oị 30 m², 25°C, 5 ± 1"),
    ("vni", "Xin chaøo caùc baïn, UÛY BAN NHAÂN DAÂN", "Xin chào các bạn, ỦY BAN NHÂN DÂN"),
    ("windows-1258", "ThuÒ ðô tiêìng Viêòt", "Thủ đô tiếng Việt"),
    ("windows-1258", "≥ 5 → “ðaÞ”", "≥ 5 → “đã”"),
])
def test_words_of_real_files_read_as_they_print(encoding, written, read):
    """As found in the wild; what is no letter stays."""
    assert to_unicode(written, encoding) == read


def test_capitals_that_tcvn3_has_no_code_for_are_capitals_among_capitals():
    """Keyboard programs write the small letter's code; a single capital leaves the case open."""
    assert to_unicode(in_tcvn3_small("CỘNG HOÀ, TỔNG, Ủy ban, Hộ nghèo"), "tcvn3") == "CỘNG HOÀ, TỔNG, ủy ban, Hộ nghèo"


@pytest.mark.parametrize(("font", "known"), [
    (".VnTime", ("tcvn3", False)), (".vnArial", ("tcvn3", False)), (".VnTimeH", ("tcvn3", True)),
    ('".VnArial NarrowH"', ("tcvn3", True)), ("VNI-Times", ("vni", False)), ("VNI-Helve-Condense", ("vni", False)),
    ("Times New Roman", None), ("Arial", None), ("", None), ("Vni", None),
])
def test_old_fonts_are_known_by_their_names(font, known):
    """The names of their makers' families."""
    assert font_encoding(font) == known

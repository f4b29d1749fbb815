"""Text for the old fonts is recognised in any format, and Unicode text never is."""

from pathlib import Path

import pytest

from etl.readers import read_file
from tests.etl.readers.making import blocks, code, docx, paragraph

TCVN3 = "B¶o Th¾ng, Uû ban nh©n d©n ph\u00adêng, thu ng©n s¸ch ®¹t 101% kÕ ho¹ch"
VNI = "Uûy ban nhaân daân phöôøng, thu ngaân saùch ñaït 101% keá hoaïch"


@pytest.mark.parametrize("said", [TCVN3, VNI])
def test_old_font_text_is_refused_with_its_name(said):
    """Its letters are signs and foreign letters: every label would be misread."""
    assert code("a.docx", docx(paragraph(said))) == "legacy_font"
    assert code("a.csv", f"{said};2020\nx;1\n".encode()) == "legacy_font"


@pytest.mark.parametrize("said", [
    "Ủy ban nhân dân phường hoà bình; toán, oán, oà, thuý, uỷ, m², 5 µm, © 2020, § 3, ®",
    "Hoàn toàn, toán, hoà", "Où est l'hôtel de ville ?", "Thu 101% ± 2 · 3 »", "Plain text",
])
def test_unicode_text_is_never_taken_for_an_old_font(said):
    """Signs alone, French and old-style tone marks are all Unicode."""
    assert blocks(read_file("a.txt", said.encode())) == [said]


def test_a_few_old_words_in_a_unicode_report_do_not_cost_the_report():
    """A stamp or a signature set in an old font stands beside a page of real text."""
    said = "Ủy ban nhân dân phường Khương Thượng báo cáo: thu ngân sách đạt chỉ tiêu được giao. B¶o Th¾ng nh©n"
    assert blocks(read_file("a.txt", said.encode()))


def test_the_fixtures_of_the_other_tests_are_unicode():
    """The check looks at tables too."""
    folder = Path(__file__).parents[2] / "fixtures" / "readers"
    for name in ("thu.xlsx", "thu.xls", "thu.ods", "bao-cao.pdf"):
        assert read_file(name, (folder / name).read_bytes()).parts

"""The annex on paper says what the freeze says, in the layout of an office's paper, and nothing in it runs."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from docx import Document
from docx.shared import Mm

from app.exports.document import deck_docx
from app.story.deck import Slide
from tests.app.decks import CONFERENCES, deck

LANGS = ("vi", "en")


def opened(made):
    """A deck's annex as Word would read it."""
    return Document(io.BytesIO(deck_docx(made)))


def words(paper) -> str:
    """Every word of it, of its tables too."""
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(each.text for each in paper.paragraphs), *cells])


@pytest.mark.parametrize("said", ["=1+1", "<script>alert(1)</script>", "a\x00b\x1f\u202ec", "dài" * 400, "\ud800"])
def test_words_that_would_break_a_file_or_run_in_it_stay_words(said):
    """Control characters and halves of pairs are left out, all else is printed."""
    bad = replace(deck("one report", "vi"), slides=(Slide("x", said, said, points=(said,)),), ward=said)
    assert "Kế hoạch" in words(opened(bad))


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", CONFERENCES)
def test_the_table_has_every_result_as_it_is_printed(name, lang):
    """Row by row: name, unit, plan, result, percent; and the freeze at its end."""
    made = deck(name, lang)
    paper = opened(made)
    rows = [tuple(cell.text.strip() for cell in row.cells) for row in paper.tables[1].rows]
    for result in made.results:
        row = next(each for each in rows if each[1] == result.name)
        assert row[2] == result.unit
        for printed, cell in zip((result.planned, result.done, result.percent), row[3:6], strict=True):
            assert printed in (cell, "") or cell == printed, (result.name, row)
    assert made.mark in words(paper) and made.ward.removeprefix("UBND ").upper() in words(paper).upper()


@pytest.mark.parametrize("lang", LANGS)
def test_the_story_is_told_with_its_shortfalls_and_next_years_plans(lang):
    """Every message of the slides, every line of the two lists."""
    made = deck("full", lang)
    said = words(opened(made))
    for slide in made.slides:
        assert slide.title in said
        assert not [point for point in slide.points if point not in said]


def test_the_page_is_that_of_an_office():
    """A4, Times New Roman, a repeated head over the table, margins of the decree."""
    paper = opened(deck("full", "vi"))
    section = paper.sections[0]
    assert (round(section.page_width / Mm(1)), round(section.page_height / Mm(1))) == (210, 297)
    assert 30 <= round(section.left_margin / Mm(1)) <= 35 and 15 <= round(section.right_margin / Mm(1)) <= 20
    assert paper.styles["Normal"].font.name == "Times New Roman"
    assert paper.tables[1].rows[0]._tr.xpath("./w:trPr/w:tblHeader")
    said = words(paper)
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in said and "Độc lập - Tự do - Hạnh phúc" in said
    assert "Nơi nhận:" in said and "CHỦ TỊCH" in said


def test_the_same_deck_gives_the_same_file_small_enough_to_send():
    """So that two copies can be compared."""
    made = deck("full", "vi")
    assert deck_docx(made) == deck_docx(made) and len(deck_docx(made)) < 500_000

"""The annex as .pdf says what the freeze says, letter by letter, in the layout of an office's paper."""

from __future__ import annotations

import io
import unicodedata
from dataclasses import replace
from functools import cache

import pdfplumber
import pypdfium2
import pytest

from app.exports.annex import ENDS, NO_BREAK, Grid, annex_of
from app.exports.lettering import FACES, _widths
from app.exports.paper import BOX, deck_pdf
from app.story.deck import Slide
from tests.app.decks import deck
from tests.app.exports.test_document import assert_charts, assert_results

CASES = [(name, lang) for name in ("full", "one report") for lang in ("vi", "en")]


@cache
def made(name: str, lang: str) -> bytes:
    """The file of a conference."""
    return deck_pdf(deck(name, lang))


def pages(paper: bytes) -> list[str]:
    """What a reader copies out of each page, lines joined."""
    opened = pypdfium2.PdfDocument(paper)
    return [" ".join(page.get_textpage().get_text_range().split()).replace(NO_BREAK, " ") for page in opened]


def tables(paper: bytes) -> list[list[list[str]]]:
    """Every table between its lines, row by row, a line broken in its cell joined."""
    with pdfplumber.open(io.BytesIO(paper)) as opened:
        found = [table for page in opened.pages for table in page.extract_tables()]
    return [[[" ".join(cell.split()) for cell in row if cell is not None] for row in table] for table in found]


@pytest.mark.parametrize(("name", "lang"), CASES)
def test_every_figure_is_read_back_from_its_row_and_column(name, lang):
    """The results table, then that of each chart; a short one stands on one page, a longer one leaves no row alone."""
    told, found = deck(name, lang), tables(made(name, lang))
    results = [table for table in found if table[0][0] in ("TT", "No.")]
    assert_results([row for table in results for row in table[1:]], told)
    assert_charts([row for table in found[len(results) :] for row in table[1:]], told)
    left = iter(found)
    for grid in (block for block in annex_of(told).blocks if isinstance(block, Grid)):
        parts = [len(next(left)) - 1]
        while sum(parts) < len(grid.rows):
            parts.append(len(next(left)) - 1)
        assert len(parts) == 1 or (not grid.is_whole and min(parts) >= ENDS), grid.name


@pytest.mark.parametrize(("name", "lang"), CASES)
def test_every_message_line_and_number_of_the_charts_is_text(name, lang):
    """Read by another program than the one that wrote it; the freeze is on every page, sample figures say so."""
    told, said = deck(name, lang), pages(made(name, lang))
    whole = " ".join(said)
    for slide in told.slides:
        cells = [cell for row in slide.view.table.rows for cell in row] if slide.view else []
        if slide.view and slide.view.kind == "bullets":
            cells = []
        unit = slide.view.subtitle if cells else ""  # stands once, over the table; paper has no axis, no dots
        sentence = slide.sentence.removesuffix(unit).strip()
        wanted = [slide.title, sentence, unit.partition(";")[0], *slide.points, *cells]
        assert not [words for words in wanted if " ".join(words.split()) not in whole]
    assert all(told.mark in page for page in said)
    assert ("minh họa" in said[0] or "illustrative" in said[0]) == told.is_sample


def test_the_page_is_that_of_an_office_and_its_file_says_what_it_is():
    """A4, number over every page but the first, the nation's words, who signs; language, title, tags."""
    paper = made("full", "vi")
    opened = pypdfium2.PdfDocument(paper)
    assert {tuple(round(side / 72 * 25.4) for side in page.get_size()) for page in opened} == {(210, 297)}
    said = pages(paper)
    assert [page.split()[0] for page in said[1:]] == [str(number) for number in range(2, len(said) + 1)]
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc" in said[0] and "Số: ……" in said[0]
    assert "Nơi nhận:" in said[-1] and "TM. ỦY BAN NHÂN DÂN CHỦ TỊCH" in said[-1]
    assert opened.get_metadata_value("Title") == "Kết quả thực hiện các chỉ tiêu năm 2020"
    assert all(word in paper for word in (b"/Lang (vi-VN)", b"/Marked true", b"/S /TH", b"/S /H2"))
    with pdfplumber.open(io.BytesIO(paper)) as again:
        letters = [letter for page in again.pages for letter in page.chars]
    assert {letter["non_stroking_color"] for letter in letters} <= {(0,), (0.0,), (0, 0, 0)}
    right, left = max(letter["x1"] for letter in letters), min(letter["x0"] for letter in letters)
    assert left / 72 * 25.4 >= 29.9 and right / 72 * 25.4 <= 195.1


def test_english_has_english_words():
    """Beside the nation's own."""
    said = pages(made("full", "en"))
    assert "The Socialist Republic of Vietnam" in said[0] and "RESULTS OF THE INDICATORS IN 2020" in said[0]
    assert "For the People's Committee Chairperson" in said[-1]


@pytest.mark.parametrize("words", ["=1+1", "<script>alert(1)</script>", "**đậm** --x--", "a\x00b\x1f\u202ec", "\ud800"])
def test_words_that_would_run_or_break_a_file_stay_words(words):
    """What cannot be printed at all is a space."""
    bad = replace(deck("one report", "vi"), slides=(Slide("x", words, words, points=(words,)),), ward=words)
    said = " ".join(pages(deck_pdf(bad)))
    clean = "a b c" if "\x00" in words else "1." if words == "\ud800" else words
    assert clean in said


def test_letters_the_font_lacks_are_boxes_and_the_paper_says_so():
    """A name in Hebrew, Chinese, with a face: as many boxes as letters, nothing for signs without a shape."""
    told = deck("one report", "vi")
    bad = replace(told, slides=(Slide("x", "Tổ שלום 北京 👩‍🌾️ hết"),))
    said = " ".join(pages(deck_pdf(bad)))
    assert f"Tổ {BOX * 4} {BOX * 2} {BOX * 2} hết" in said and f"Dấu {BOX} thay cho" in said
    assert BOX not in " ".join(pages(made("one report", "vi")))


def test_what_is_longer_than_its_place_goes_on():
    """A word without an end, a text longer than a page, a table of wide cells: to the last letter, inside the page."""
    told = deck("full", "vi")
    slide = next(slide for slide in told.slides if slide.view and slide.view.kind != "bullets")
    row = ("x" * 299, *("y" * 299 for _ in slide.view.table.header[1:]))
    view = replace(slide.view, table=replace(slide.view.table, rows=[row] * 2))
    long = (Slide("x", "W" * 500, "dài lắm " * 600 + "hết."), replace(slide, view=view))
    paper = deck_pdf(replace(told, slides=long, ward="Rất dài " * 200, place="W" * 500))
    letters = "".join(pages(paper)).replace(" ", "")
    assert letters.count("W") >= 500 and "dàilắmhết." in letters and letters.count("y") >= 2 * 299
    with pdfplumber.open(io.BytesIO(paper)) as again:
        assert max(letter["x1"] for page in again.pages for letter in page.chars) / 72 * 25.4 <= 195.1


def test_the_font_has_every_vietnamese_letter_composed_and_apart():
    """In all four faces, the signs of judgement too."""
    marks = ["", *"\u0300\u0301\u0303\u0309\u0323"]
    letters = [unicodedata.normalize("NFC", base + mark) for base in "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY" for mark in marks]
    wanted = {*letters, *"".join(unicodedata.normalize("NFD", each) for each in letters), *"đĐ▲●◊▼–−…“”", BOX}
    assert all(wanted <= set(_widths(face)) for face in FACES)


def test_the_same_deck_gives_the_same_small_file():
    """So that two copies can be compared."""
    assert made("full", "vi") == deck_pdf(deck("full", "vi")) and len(made("full", "vi")) < 300_000


def test_what_is_left_out_is_counted():
    """The sentence of every export."""
    said = " ".join(pages(deck_pdf(replace(deck("one report", "vi"), left_out=7))))
    assert "7 số liệu không trình chiếu" in said

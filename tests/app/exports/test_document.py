"""The annex on paper says what the freeze says, in the layout of an office's paper, and nothing in it runs."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import pytest
from docx import Document
from docx.shared import Mm

from app.exports.annex import CELL, NO_BREAK, PADDING, WIDTH, Grid, annex_of, kept, roman
from app.exports.document import deck_docx
from app.exports.lettering import width_of
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


def assert_results(rows, made):
    """The rows of the results table say every result in its place: name, unit, plan, result, percent, judgement.

    An amount may stand without its unit only where that very unit stands in the row's own column.
    """
    empty = "–"
    families = [row[1] for row in rows if re.fullmatch("[IVXL]+", row[0])]
    assert families == list(dict.fromkeys(result.family for result in made.results))
    counted = [row for row in rows if row[0].isdigit()]
    assert [row[0] for row in counted] == [str(number) for number in range(1, len(made.results) + 1)]
    for result, (_, name, unit, planned, done, percent, judged) in zip(made.results, counted, strict=True):
        assert name == result.name
        bare = {cell for cell, full in ((planned, result.planned), (done, result.done)) if cell != (full or empty)}
        for cell, full in ((planned, result.planned), (done, result.done)):
            assert cell == (full or empty) or f"{cell} {unit}" == full, result
        assert unit == (result.unit or empty) or bare, result
        assert percent == (result.percent or empty)
        assert judged.partition(" ")[2] == result.judged if result.judged else judged == empty


def assert_charts(rows, made):
    """The rows under the messages say every number the charts are drawn from, in order; empty columns are left out."""
    wanted = []
    for slide in made.slides:
        if slide.view and slide.view.kind != "bullets":
            columns = list(zip(*slide.view.table.rows, strict=True))
            kept_columns = columns[:1] + [column for column in columns[1:] if set(column) != {"–"}]
            wanted += map(list, zip(*kept_columns, strict=True))
    assert rows == wanted


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", CONFERENCES)
def test_the_table_has_every_result_as_it_is_printed(name, lang):
    """Figure by figure in its row and column; and the freeze at the end."""
    made = deck(name, lang)
    paper = opened(made)
    said = [[[cell.text for cell in row.cells] for row in table.rows] for table in paper.tables]
    assert_results(said[1], made)
    assert_charts([row for table in said[2:-1] for row in table[1:]], made)
    listed = [set(each.text.split(" · ")) for each in paper.paragraphs if each.style.name == "List Bullet"]
    for source in {slide.source for slide in made.slides} - {""}:
        assert sum(set(source.split(" · ")) <= line for line in listed) == 1, "every source stands once"
    assert made.mark in words(paper) and made.ward.removeprefix("UBND ").upper() in words(paper).upper()


@pytest.mark.parametrize("lang", LANGS)
def test_the_story_is_told_with_its_shortfalls_and_next_years_plans(lang):
    """Every message of the slides, every line of the two lists, every number of the charts."""
    made = deck("full", lang)
    said = words(opened(made)).replace(NO_BREAK, " ")
    revenue = next(slide.view for slide in made.slides if slide.id == "budget_revenue")
    assert said.count(revenue.subtitle) == 1, "unit and period stand over the table and nowhere else"
    for slide in made.slides:
        assert slide.title in said
        assert not [point for point in slide.points if point not in said]
        if slide.view and slide.view.kind != "bullets":
            assert not [cell for row in slide.view.table.rows for cell in row if cell not in said]


def test_numbers_of_headings_do_not_stop():
    """A story of many slides with a family for each result keeps its parts and its rows."""
    made = deck("full", "vi")
    many = replace(made, results=tuple(replace(each, family=f"Lĩnh vực {n}") for n, each in enumerate(made.results)))
    paper = opened(many)
    assert_results([[cell.text for cell in row.cells] for row in paper.tables[1].rows], many)
    assert [roman(number) for number in (1, 4, 9, 14, 40, 49, 89)] == ["I", "IV", "IX", "XIV", "XL", "XLIX", "LXXXIX"]


def test_a_year_and_a_sentence_are_broken_between_words_and_a_number_never_from_what_it_counts():
    """As a printer would set it."""
    assert kept("Thu 49,09 tỷ đồng, thiếu 1 tổ; năm 2020 đạt 91,6% dự toán") == (
        "Thu 49,09\u00a0tỷ đồng, thiếu 1\u00a0tổ; năm 2020 đạt 91,6%\u00a0dự toán")  # fmt: skip


def test_no_word_is_broken_by_a_narrow_column():
    """Every column of every table is as wide as its longest word."""
    for name, lang in (("merged", "vi"), ("full", "en")):
        for grid in annex_of(deck(name, lang)).blocks:
            if isinstance(grid, Grid):
                lines = [grid.header, *(row.cells for row in grid.rows if not row.is_family)]
                for share, column in zip(grid.widths, zip(*lines, strict=True), strict=True):
                    widest = max(width_of(word, CELL) for cell in column for word in cell.split())
                    assert widest <= share * WIDTH - 2 * PADDING, (grid.name, column)


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
    for table in paper.tables:
        assert all(row._tr.xpath("./w:trPr/w:cantSplit") for row in table.rows)


def test_the_same_deck_gives_the_same_file_small_enough_to_send():
    """So that two copies can be compared."""
    made = deck("full", "vi")
    assert deck_docx(made) == deck_docx(made) and len(deck_docx(made)) < 500_000

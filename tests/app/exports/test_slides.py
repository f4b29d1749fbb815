"""Slides say what the freeze says: charts with their own sheets, shapes, sources, and nothing that runs."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import openpyxl
import pytest
from pptx import Presentation
from pptx.util import Inches, Pt

from app.exports.slides import DRAWN, MOST_POINTS, deck_pptx, footer_words
from app.story.deck import Slide
from tests.app.decks import CONFERENCES, deck

LANGS = ("vi", "en")
NATIVE = ("bars", "line", "plan_actual")
NUMBERS = {"bars": ("value",), "line": ("value", "plan"), "plan_actual": ("plan", "actual")}


def opened(made) -> Presentation:
    """A deck's slides as PowerPoint would read them."""
    return Presentation(io.BytesIO(deck_pptx(made)))


def said(page) -> str:
    """Every word on a page."""
    return "\n".join(shape.text_frame.text for shape in every(page.shapes) if shape.has_text_frame)


def every(shapes):
    """Shapes and those inside groups."""
    for shape in shapes:
        yield shape
        if hasattr(shape, "shapes"):
            yield from every(shape.shapes)


@pytest.mark.parametrize("words", ["=1+1", "@SUM(A1)", "+84", "-5", "<script>alert(1)</script>", "=cmd|' /C calc'!A0"])
def test_words_that_look_like_a_formula_or_a_script_stay_words(words):
    """In titles, lines and the sheet behind a chart."""
    bad = deck("full", "vi")
    chart = next(slide for slide in bad.slides if slide.view and slide.view.kind == "bars")
    view = replace(chart.view, frame=chart.view.frame.assign(label=words))
    slides = (Slide("x", words, words, points=(words,)), replace(chart, title=words, view=view))
    made = opened(replace(bad, slides=slides))
    assert words.strip() in said(made.slides[1])
    for sheet in sheets(made.slides[2]):
        cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
        assert not [cell for cell in cells if cell.data_type == "f"]


def sheets(page):
    """The sheets embedded behind a page's charts."""
    for shape in page.shapes:
        if shape.has_chart:
            yield openpyxl.load_workbook(io.BytesIO(shape.chart.part.chart_workbook.xlsx_part.blob)).active


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", CONFERENCES)
def test_the_sheet_behind_every_chart_holds_the_numbers_of_the_freeze(name, lang):
    """Read back cell by cell; a figure that is not known is an empty cell and no nought."""
    made = deck(name, lang)
    pages = list(opened(made).slides)[1:]
    checked = 0
    for slide, page in zip(made.slides, pages, strict=False):
        if slide.view is None or slide.view.kind not in NATIVE:
            continue
        frame = slide.view.frame
        wanted = sorted(float(value) for column in NUMBERS[slide.view.kind] for value in frame[column].dropna())
        found = sorted(
            float(cell.value) for sheet in sheets(page) for row in sheet.iter_rows(min_row=2, min_col=2)
            for cell in row if cell.value is not None
        )  # fmt: skip
        assert found == pytest.approx(wanted, abs=0, rel=1e-15), slide.id
        checked += 1
    assert checked or name == "one report"


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", CONFERENCES)
def test_every_page_says_its_message_its_source_and_the_freeze(name, lang):
    """And every drawing has an alternative text, every word a language."""
    made = deck(name, lang)
    file = opened(made)
    assert (file.slide_width, file.slide_height) == (Inches(13.333), Inches(7.5))
    pages = list(file.slides)
    assert made.name in said(pages[0]) and made.ward in said(pages[0]) and made.mark in said(pages[0])
    for slide, page in zip(made.slides, pages[1:], strict=False):
        words = said(page)
        assert slide.title in words and slide.source in words and footer_words(made) in words
        drawn = page._element.xpath(f".//p:cNvPr[@name='{slide.view.id}']") if slide.view else []
        assert [each.get("descr") for each in drawn] == ([slide.view.alt] if slide.view else [])
        assert not page._element.xpath(f".//a:r/a:rPr[not(@lang='{'vi-VN' if lang == 'vi' else 'en-GB'}')]")
        assert page.has_notes_slide and (not slide.view or slide.view.alt in page.notes_slide.notes_text_frame.text)


def test_nothing_on_a_slide_is_too_small_for_a_hall_and_nothing_leaves_it():
    """18 points at least, source and footer apart; every shape stands inside the page."""
    for name in CONFERENCES:
        file = opened(deck(name, "vi"))
        for page in file.slides:
            for shape in every(page.shapes):
                small = {run.font.size for run in runs(shape) if run.font.size and run.font.size < Pt(18)}
                assert not small or small <= {Pt(12), Pt(14)}
                if shape.width and not hasattr(shape, "shapes"):
                    assert shape.left >= 0 and shape.left + shape.width <= file.slide_width
                    assert shape.top >= 0 and shape.top + shape.height <= file.slide_height


def runs(shape):
    """The runs of words in a shape."""
    if shape.has_text_frame:
        for paragraph in shape.text_frame.paragraphs:
            yield from paragraph.runs


def test_more_lines_than_a_slide_holds_go_on_to_the_next():
    """None is lost, and the second page says that it goes on."""
    lines = tuple(f"dòng {number}" for number in range(MOST_POINTS + 3))
    pages = list(opened(replace(deck("full", "vi"), slides=(Slide("x", "Nhiều dòng", points=lines),))).slides)[1:]
    assert len(pages) == 2 and "(tiếp)" in said(pages[1])
    assert [line for line in lines if line not in said(pages[0]) + said(pages[1])] == []


def test_squares_and_dots_are_counted_as_the_freeze_counts_them():
    """13 filled squares of 18; on the ladder the printed counts of every level and year."""
    made = deck("full", "vi")
    pages = dict(zip((slide.id for slide in made.slides), list(opened(made).slides)[1:], strict=False))
    words = said(pages["groups"])
    assert len(re.findall(r"^TDP \d+$", words, re.M)) == 18
    awards = next(slide for slide in made.slides if slide.id == "awards")
    given = awards.view.frame[awards.view.frame["state"] == "given"]["printed"]
    shown = said(pages["awards"]).split("\n")
    assert all(shown.count(number) >= list(given).count(number) for number in set(given))


def test_a_view_without_a_drawing_of_its_own_stands_as_its_table():
    """The squares of many years have no chart in PowerPoint: their table is still said."""
    made = deck("full", "vi")
    chart = next(slide for slide in made.slides if slide.view and slide.view.kind == "plan_actual")
    assert "coverage" not in DRAWN
    page = opened(replace(made, slides=(replace(chart, view=replace(chart.view, kind="coverage")),))).slides[1]
    table = next(shape.table for shape in page.shapes if shape.has_table)
    assert table.cell(0, 0).text == chart.view.table.header[0]
    assert table.cell(1, 1).text == chart.view.table.rows[0][1]


def test_a_deck_is_small_enough_for_a_chat_message():
    """Two megabytes are the limit; charts are data, not pictures."""
    assert all(len(deck_pptx(deck(name, "vi"))) < 500_000 for name in CONFERENCES)

"""The workbook of a conference holds the freeze's numbers as numbers, its words as words, and charts of both."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import openpyxl
import pytest

from app.exports.book import deck_xlsx
from app.story.deck import Slide
from tests.app.decks import CONFERENCES, deck

LANGS = ("vi", "en")


def opened(made):
    """A deck's workbook."""
    return openpyxl.load_workbook(io.BytesIO(deck_xlsx(made)))


def cells(book) -> list:
    """Every cell that holds something."""
    return [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]


@pytest.mark.parametrize("said", ["=1+1", "@SUM(A1)", "+84", "-5", "<script>", "a/b[c]:d*e?", "'" * 40, "x" * 300])
def test_words_that_look_like_a_formula_or_fit_no_sheet_name_stay_words(said):
    """In names of sheets, titles and lines."""
    made = deck("full", "vi")
    chart = next(slide for slide in made.slides if slide.view and slide.view.kind == "bars")
    bad = replace(made, name=said, slides=(Slide("x", said, said, points=(said,)), replace(chart, title=said)))
    book = opened(bad)
    assert not [cell for cell in cells(book) if cell.data_type == "f"]
    assert said in {str(cell.value) for cell in cells(book)}


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", CONFERENCES)
def test_every_result_stands_as_a_number_on_its_familys_sheet(name, lang):
    """Plan and result exactly as the freeze has them; what is not known is an empty cell."""
    made = deck(name, lang)
    book = opened(made)
    for result in made.results:
        sheet = next(each for each in book if each.title.startswith(result.family[:20]))
        row = next(row for row in sheet.iter_rows(values_only=True) if result.name in row)
        numbers = {float(value) for value in row if isinstance(value, int | float)}
        percent = 100 if result.unit == "%" else 1
        for exact in filter(None, (result.plan, result.value)):
            assert any(abs(float(exact) - number * scale) <= 1e-9 * abs(float(exact))
                       for number in numbers for scale in (1, percent, 100)), (result.name, row)  # fmt: skip


@pytest.mark.parametrize("name", CONFERENCES)
def test_charts_are_native_and_stand_beside_their_tables(name):
    """One for each slide that has a chart Excel knows."""
    made = deck(name, "vi")
    with zipfile.ZipFile(io.BytesIO(deck_xlsx(made))) as packed:
        charts = [each for each in packed.namelist() if each.startswith("xl/charts/chart")]
    native = [slide for slide in made.slides if slide.view and slide.view.kind in ("bars", "line", "plan_actual")]
    assert len(charts) == len(native)


def test_the_first_sheet_says_what_it_is():
    """Ward, year, freeze, sources; the same deck gives the same bytes."""
    made = deck("full", "vi")
    words = {str(cell.value) for row in opened(made).worksheets[0].iter_rows() for cell in row}
    assert any(made.mark in each for each in words) and made.name in words
    assert deck_xlsx(made) == deck_xlsx(made)

"""The workbook of a conference holds the freeze's numbers as numbers, its words as words, and charts of both."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from math import isclose

import openpyxl
import pytest

from app.exports.book import deck_xlsx
from app.story.deck import Slide
from core.texts import text
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
def test_every_number_stands_in_its_cell_exactly_as_the_freeze_has_it(name, lang):
    """Plan, result and percent of every indicator; every number of every slide's table; what is not known is empty."""
    made = deck(name, lang)
    book = opened(made)
    families = {sheet.title: sheet for sheet in book.worksheets[1:]}
    counts: dict[str, int] = {}
    for result in made.results:
        sheet = next(each for title, each in families.items() if title.startswith(result.family[:20]))
        counts[sheet.title] = at = counts.get(sheet.title, 0) + 1
        row = [cell.value for cell in sheet[4 + at]]
        assert row[:3] == [at, result.name, result.unit]
        exact = (result.plan, result.value, result.attainment)
        assert all(holds(cell, wanted or None) for cell, wanted in zip(row[3:6], exact, strict=True)), row
    for slide, sheet in zip(made.slides, book.worksheets[1 + len(counts):], strict=True):
        if slide.view is None or slide.view.table.raw is None:
            continue
        for head, column in columns(slide.view, lang):
            place = next(cell.column for cell in sheet[4] if cell.value == head)
            for at, exact in enumerate(slide.view.table.raw[column]):
                cell = sheet.cell(5 + at, place).value
                assert holds(cell, None if exact is None or exact != exact else exact), (slide.id, head, cell, exact)


def holds(cell: object, exact: object) -> bool:
    """Whether a cell holds an exact number, of which a workbook keeps sixteen digits; no number where none is."""
    if exact is None:
        return cell is None or isinstance(cell, str)
    return isinstance(cell, int | float) and isclose(cell, float(exact), rel_tol=1e-15)


def columns(view, lang: str):
    """The heads of a table's exact columns and where the exact numbers stand."""
    raw, header = view.table.raw, view.table.header
    if tuple(raw.columns) == header:
        return [(name, name) for name in header if all(isinstance(value, int | float) for value in raw[name])]
    names = {"value": "value", "plan": "plan", "gap": "gap", "attained": "attainment"}
    known = {text(f"budget.column_{name}", lang): column for name, column in names.items()}
    known |= {text(f"overview.column_{name}", lang): name for name in ("value", "plan", "gap")}
    found = [(name, known[name]) for name in header if name in known and known[name] in raw]
    assert found, header
    return found


@pytest.mark.parametrize(("lang", "locale"), [("vi", "[$-42A]"), ("en", "[$-409]")])
def test_numbers_are_printed_in_the_decks_language_and_heads_stand_over_them(lang, locale):
    """Amounts whole, percent with their decimals, gaps with their sign."""
    book = opened(deck("full", lang))
    sheet = book.worksheets[1]
    assert {cell.number_format for cell in (sheet["D5"], sheet["E5"])} == {f"{locale}#,##0"}
    assert sheet["F5"].number_format == f'{locale}0.0"%"' and sheet["D4"].alignment.horizontal == "right"
    gaps = {cell.number_format for each in book for row in each.iter_rows(min_row=5) for cell in row
            if isinstance(cell.value, int | float) and cell.value < 0}  # fmt: skip
    assert gaps and all("+" in form and "-" in form.removeprefix(locale) for form in gaps)


@pytest.mark.parametrize("name", CONFERENCES)
def test_charts_are_native_and_stand_beside_their_tables(name):
    """One for each slide that has a chart Excel knows; in it every column that is an estimate is hatched."""
    made = deck(name, "vi")
    with zipfile.ZipFile(io.BytesIO(deck_xlsx(made))) as packed:
        charts = [packed.read(each) for each in packed.namelist() if each.startswith("xl/charts/chart")]
    views = [slide.view for slide in made.slides if slide.view]
    assert len(charts) == len([view for view in views if view.kind in ("bars", "line", "plan_actual")])
    estimates = sum(int(view.frame["estimate"].sum()) for view in views if view.kind == "plan_actual")
    assert sum(chart.count(b"<a:pattFill") for chart in charts) == estimates


def test_the_first_sheet_says_what_it_is():
    """Ward, year, freeze, sources; the same deck gives the same bytes."""
    made = deck("full", "vi")
    words = {str(cell.value) for row in opened(made).worksheets[0].iter_rows() for cell in row}
    assert any(made.mark in each for each in words) and made.name in words
    assert deck_xlsx(made) == deck_xlsx(made)

"""Slides say what the freeze says: charts with their own sheets, shapes, sources, and nothing that runs."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import openpyxl
import pytest
from pptx import Presentation
from pptx.enum.dml import MSO_FILL
from pptx.oxml.ns import qn
from pptx.util import Inches

from app.charts.theme import ACCENTS, LIGHT
from app.exports.chart_data import chart_words
from app.exports.slide_labels import label_formula
from app.exports.slides import DRAWN, TEMPLATE, deck_pptx, footer_words
from app.story.deck import Slide
from core.store.office import COLOURS
from tests.app.decks import CONFERENCES, deck, pptx

LANGS = ("vi", "en")
HALL = 1800  # hundredths of a point: the smallest letters on a slide
OURS = re.compile(r'=("[◐▼] "&)?IF\(ROUND\([BC]\d+,\d\)<0,"−",""\)&[A-Z0-9().,"|&%+-]*( ")?[A-Z0-9().,"|&%+-]*')
NATIVE = ("bars", "line", "plan_actual")
NUMBERS = {"bars": ("value",), "line": ("value", "plan"), "plan_actual": ("plan", "actual")}


def opened(made) -> Presentation:
    """A deck's slides as PowerPoint would read them; those of the conferences are written once."""
    known = [pptx(name, lang) for name in CONFERENCES for lang in LANGS if deck(name, lang) is made]
    return Presentation(io.BytesIO(known[0] if known else deck_pptx(made)))


def said(page) -> str:
    """Every word on a page, spaces that hold as spaces."""
    words = "\n".join(shape.text_frame.text for shape in every(page.shapes) if shape.has_text_frame)
    return words.replace("\u00a0", " ")


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
        assert any(words in str(cell.value) for cell in cells)
        assert {cell.column_letter for cell in cells if cell.data_type == "f"} == {"C"}, "the labels alone"
        assert not [cell for cell in cells if cell.data_type == "f" and words in cell.value]


def sheets(page, *, values=False):
    """The sheets embedded behind a page's charts, with what their formulas gave where `values` are wanted."""
    for shape in page.shapes:
        if shape.has_chart:
            blob = shape.chart.part.chart_workbook.xlsx_part.blob
            yield openpyxl.load_workbook(io.BytesIO(blob), data_only=values).active


def pages_of(made):
    """The pages of a deck by the id of their slide; of a slide on several pages the first."""
    pages, found = list(opened(made).slides)[1:], {}
    for slide in made.slides:
        page = next(page for page in pages if page.shapes.title.text.replace("\u00a0", " ") == slide.title)
        found[slide.id] = page
    return found


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", CONFERENCES)
def test_the_sheet_behind_every_chart_holds_the_numbers_of_the_freeze(name, lang):
    """Read back cell by cell; a figure that is not known is an empty cell and no nought."""
    made = deck(name, lang)
    pages = pages_of(made)
    checked = 0
    for slide in made.slides:
        if slide.view is None or slide.view.kind not in NATIVE:
            continue
        frame, page = slide.view.frame, pages[slide.id]
        if len(slide.view.detail.get("slots", "no years")) == 1:
            assert chart_words(slide.view)[0] in said(page), "a single year is no line but a number"
            continue
        wanted = sorted(float(value) for column in NUMBERS[slide.view.kind] for value in frame[column].dropna())
        (sheet,) = sheets(page)
        cells = [cell for row in sheet.iter_rows(min_row=2, min_col=2) for cell in row if cell.value is not None]
        found = sorted(float(cell.value) for cell in cells if cell.data_type == "n")
        assert found == pytest.approx(wanted, abs=0, rel=1e-15), slide.id
        assert all(OURS.fullmatch(cell.value) for cell in cells if cell.data_type == "f"), slide.id
        checked += 1
    assert checked or name == "one report"


@pytest.mark.parametrize("lang", LANGS)
def test_the_numbers_at_the_marks_are_printed_as_on_the_screen_whatever_the_computers_country(lang):
    """They are cells of the sheet and no number format; the chart, the sheet and the screen say the same."""
    made = deck("full", lang)
    pages = pages_of(made)
    for slide in made.slides:
        if slide.view is None or slide.view.kind not in NATIVE:
            continue
        wanted = [words.partition(" (")[0] for words in chart_words(slide.view) if words]
        page = pages[slide.id]
        (sheet,) = sheets(page, values=True)
        cells = [row[-1].value for row in sheet.iter_rows(min_row=2)]
        labels = page._element.xpath(".//c:chart")[0]
        chart = page.part.related_part(labels.get(qn("r:id")))._element
        printed = [label.find(qn("a:t")).text for label in chart.iter(qn("a:fld"))]
        assert [str(cell).lstrip("◐▼ ") for cell in cells] == wanted == [words.lstrip("◐▼ ") for words in printed]
        assert not chart.xpath(".//c:dLbls//c:numFmt")


@pytest.mark.parametrize(
    ("words", "lang", "said"),
    [("34,8", "vi", ',1)'), ("1.234", "vi", ',0)'), ("▼ 93,6%", "vi", '&"%"'), ("−1.2", "en", '&"."&')],
)
def test_a_label_is_worked_out_from_the_number_beside_it(words, lang, said):
    """So that whoever corrects a number in the sheet corrects the slide."""
    formula = label_formula("B2", words, lang)
    assert OURS.fullmatch(formula) and said in formula and ("▼" in formula) is ("▼" in words)


@pytest.mark.parametrize("words", ["100% (12/12)", "chưa có", "=1+1", '"&A1', ""])
def test_words_that_are_more_than_a_number_are_no_formula(words):
    """They stand in the sheet as words."""
    assert label_formula("B2", words, "vi") == ""


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", CONFERENCES)
def test_every_page_says_its_message_its_source_and_the_freeze(name, lang):
    """And every drawing has an alternative text, every word a language."""
    made = deck(name, lang)
    file = opened(made)
    assert (file.slide_width, file.slide_height) == (Inches(13.333), Inches(7.5))
    cover = said(file.slides[0])
    assert made.name in cover and made.ward in cover and made.mark in cover
    pages = pages_of(made)
    for slide in made.slides:
        page = pages[slide.id]
        words = said(page)
        assert slide.title in words and slide.source in words and footer_words(made) in words
        drawn = page._element.xpath(f".//p:cNvPr[@name='{slide.view.id}']") if slide.view else []
        assert [each.get("descr") for each in drawn] == ([slide.view.alt] if slide.view else [])
        assert not page._element.xpath(f".//a:r/a:rPr[not(@lang='{'vi-VN' if lang == 'vi' else 'en-GB'}')]")
        assert not page.notes_slide._element.xpath(f".//a:r/a:rPr[not(@lang='{'vi-VN' if lang == 'vi' else 'en-GB'}')]")
        assert page.has_notes_slide and (not slide.view or slide.view.alt in page.notes_slide.notes_text_frame.text)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", CONFERENCES)
def test_nothing_on_a_slide_is_too_small_for_a_hall(name, lang):
    """18 points at least: words of shapes, of tables, of the charts and of the template they inherit from."""
    file = opened(deck(name, lang))
    for page in file.slides:
        charts = [shape.chart.part._element for shape in page.shapes if shape.has_chart]
        assert all(chart.xpath("./c:txPr//a:defRPr/@sz") for chart in charts)
        layout = page.slide_layout._element
        sizes = [int(size) for part in (page._element, layout, *charts) for size in part.xpath(".//@sz")
                 if size.isdigit()]  # fmt: skip
        assert min(sizes) >= HALL
        for shape in every(page.shapes):
            if shape.has_text_frame and not shape.is_placeholder:
                assert all(run.font.size for paragraph in shape.text_frame.paragraphs for run in paragraph.runs)


def test_the_template_is_what_its_tool_makes():
    """Four layouts in 16:9, each with its places: title, sentence, source, footer and number."""
    layouts = {layout.name: layout for layout in Presentation(TEMPLATE).slide_layouts}
    places = {name: [place.placeholder_format.idx for place in layout.placeholders] for name, layout in layouts.items()}
    assert places == {"Bìa": [0, 1, 11, 12], "Biểu đồ": [0, 1, 11, 12, 13], "Gạch đầu dòng": [0, 1, 2, 11, 12, 13],
                      "Hai cột": [0, 1, 2, 4, 11, 12, 13]}  # fmt: skip


def test_an_estimate_is_hatched_and_a_year_before_a_merger_paler_behind_a_dotted_line_with_its_reason():
    """Of the merged ward: 2023 is an estimate, 2021 nearly reached its plan, the halves of 2025 are grey."""
    made = deck("merged", "vi")
    page = pages_of(made)["budget_revenue"]
    chart = next(shape.chart for shape in page.shapes if shape.has_chart)
    actual = chart.plots[0].series[1]
    fills = [actual.points[place].format.fill for place in range(7)]
    assert fills[2].type == MSO_FILL.PATTERNED
    paler, later = ({fills[place].fore_color.rgb for place in places} for places in ((0, 1, 3), (5, 6)))
    assert len(paler) == len(later) == 1 and paler != later
    dotted = page._element.xpath(".//p:cxnSp[.//a:prstDash[@val='sysDot']]")
    assert len(dotted) == 1 and "Sáp nhập 1/7/2025" in said(page) and "Ước thực hiện" in said(page)
    assert next(iter(chart.plots[0].categories)).split("\n")[-1] == "◐ 96,2%"
    assert "◐ Gần đạt" in said(page)


def test_no_line_of_a_title_begins_with_a_percent_sign():
    """'0,04 điểm %' is one word of a title."""
    title = pages_of(deck("full", "vi"))["indicator-poor_household_rate"].shapes.title.text_frame.text
    assert title.endswith("0,04 điểm\u00a0%")


def test_a_mark_like_its_series_has_no_form_of_its_own():
    """An empty one would take the ward's colour in PowerPoint."""
    for page in opened(deck("full", "vi")).slides:
        for chart in (shape.chart.part._element for shape in page.shapes if shape.has_chart):
            assert chart.xpath(".//c:ser[not(c:spPr)]") == chart.xpath(".//c:dPt[not(c:spPr/*)]") == []


def test_a_missed_plan_is_told_by_a_sign_with_its_word_and_not_by_colour_alone():
    """Spending over its plan, and a value under it on a line."""
    made = deck("full", "vi")
    pages = pages_of(made)
    chart = next(shape.chart for shape in pages["budget_expenditure"].shapes if shape.has_chart)
    assert [name.split("\n")[-1][0] for name in chart.plots[0].categories] == ["▼", "●", "●", "▼", "●"]
    assert "▼ Chi vượt dự toán" in said(pages["budget_expenditure"])
    assert "▼ Chưa đạt" in said(pages["indicator-construction_permit_rate"])


def test_the_cover_says_how_many_figures_are_not_shown():
    """And nothing of the sort where none is kept back."""
    made = deck("one report", "vi")
    assert "3 số liệu không trình chiếu" in said(opened(replace(made, left_out=3)).slides[0])
    assert "không trình chiếu" not in said(opened(made).slides[0])


def test_what_people_wrote_of_a_year_stands_between_the_chart_and_its_source():
    """In the size of the source; where a chart needs the room it stands in the notes alone."""
    made = deck("one report", "vi")
    chart = replace(next(slide for slide in made.slides if slide.view), remarks=("Năm 2020 giãn cách xã hội.",))
    page = opened(replace(made, slides=(chart,))).slides[1]
    remark, source = (next(shape for shape in page.shapes if shape.has_text_frame and words in shape.text_frame.text)
                      for words in ("giãn cách", chart.source))  # fmt: skip
    drawn = next(shape for shape in page.shapes if shape.name == chart.view.id)
    assert drawn.top + drawn.height <= remark.top and remark.top + remark.height <= source.top
    crowded = replace(chart, remarks=("Rất dài. " * 60,))
    assert "Rất dài" not in said(opened(replace(made, slides=(crowded,))).slides[1])


@pytest.mark.parametrize("colour", COLOURS)
def test_bands_and_bullets_have_the_wards_colour_and_charts_keep_theirs(colour):
    """The theme's first accent is the ward's; the same charts otherwise."""
    made = replace(deck("one report", "vi"), colour=colour)
    file = opened(made)
    themes = [part.blob.decode() for part in file.part.package.iter_parts() if "/theme/" in part.partname]
    own = [re.search(r'<a:accent1><a:srgbClr val="(\w+)"', theme)[1] for theme in themes]
    assert ACCENTS[colour].lstrip("#") in own
    band = file.slide_layouts.get_by_name("Bìa").shapes[1]._element.xpath(".//a:schemeClr/@val")
    assert band == ["accent1"]
    usual = {slide.id: page for slide, page in zip(made.slides, list(opened(deck("one report", "vi")).slides)[1:],
                                                   strict=True)}  # fmt: skip
    for slide, page in zip(made.slides, list(file.slides)[1:], strict=True):
        inks = [each._element.xpath(".//a:srgbClr/@val") for each in (page, usual[slide.id])]
        assert inks[0] == inks[1] and ACCENTS[colour].lstrip("#") not in inks[0]


def test_more_lines_than_a_slide_holds_stand_in_two_columns_then_on_balanced_slides():
    """None is lost, and a further page says that it goes on."""
    def pages(count):
        lines = tuple(f"dòng {number}" for number in range(count))
        made = replace(deck("full", "vi"), slides=(Slide("x", "Nhiều dòng", points=lines),))
        found = list(opened(made).slides)[1:]
        assert [line for line in lines if line not in "".join(said(page) for page in found).split("\n")] == []
        return found

    assert [page.slide_layout.name for page in pages(5)] == ["Gạch đầu dòng"]
    (page,) = pages(12)
    assert [len(page.placeholders[column].text.split("\n")) for column in (2, 4)] == [6, 6]
    first, second = pages(40)
    assert "(tiếp)" not in first.shapes.title.text and "(tiếp)" in second.shapes.title.text
    assert len(said(first).split("\n")) == len(said(second).split("\n"))


def test_squares_and_dots_are_counted_as_the_freeze_counts_them():
    """13 filled squares of 18; on the ladder the printed counts of every level and year."""
    made = deck("full", "vi")
    pages = pages_of(made)
    words = said(pages["groups"])
    assert len(re.findall(r"^TDP \d+$", words, re.M)) == 18
    awards = next(slide for slide in made.slides if slide.id == "awards")
    given = awards.view.frame[awards.view.frame["state"] == "given"]["printed"]
    shown = said(pages["awards"]).split("\n")
    assert all(shown.count(number) >= list(given).count(number) for number in set(given))


def test_both_ladders_have_one_scale_and_a_level_that_is_gone_is_no_missing_figure():
    """The area of a dot is its count on either slide; the merger is a dotted line; the keys say what a ring is."""
    pages = pages_of(deck("merged", "vi"))
    across = {}
    for kind in ("awards", "awards_individuals"):
        shapes = {shape.text_frame.text: shape for shape in every(pages[kind].shapes) if shape.has_text_frame}
        words = said(pages[kind])
        assert "không còn cấp" in words and "–" not in words.split("\n")
        assert pages[kind]._element.xpath(".//p:cxnSp[.//a:prstDash[@val='sysDot']]")
        count = {"awards": "41", "awards_individuals": "96"}[kind]
        across[kind] = shapes[count].width ** 2 / int(count)
    assert across["awards"] == pytest.approx(across["awards_individuals"], rel=0.01)
    assert "Không có lượt nào" in said(pages["awards"])


def test_the_conferences_year_and_the_misses_have_their_full_colour():
    """As on the wall: other years stand back."""
    page = pages_of(deck("full", "vi"))["budget_expenditure"]
    series = next(shape.chart for shape in page.shapes if shape.has_chart).plots[0].series[1]
    tones = [str(series.points[place].format.fill.fore_color.rgb) for place in range(4)]
    missed, other = LIGHT.orange.lstrip("#"), LIGHT.context_mark.lstrip("#")
    assert tones == [missed, other, other, missed]
    assert str(series.format.fill.fore_color.rgb) == LIGHT.slate.lstrip("#")


def test_a_view_without_a_drawing_of_its_own_stands_as_its_table():
    """The squares of many years have no chart in PowerPoint: their table is still said."""
    made = deck("full", "vi")
    chart = next(slide for slide in made.slides if slide.view and slide.view.kind == "plan_actual")
    assert "coverage" not in DRAWN
    page = opened(replace(made, slides=(replace(chart, view=replace(chart.view, kind="coverage")),))).slides[1]
    table = next(shape.table for shape in page.shapes if shape.has_table)
    assert table.cell(0, 0).text == chart.view.table.header[0]
    assert table.cell(1, 1).text == chart.view.table.rows[0][1]
    assert opened(replace(made, slides=(long(chart),))).slides[2].shapes.title.text.endswith("(tiếp)")


def long(slide):
    """A slide whose table has more rows than a hall reads."""
    table = replace(slide.view.table, rows=slide.view.table.rows * 4)
    return replace(slide, view=replace(slide.view, kind="coverage", table=table))


def test_a_deck_is_small_enough_for_a_chat_message():
    """Two megabytes are the limit; charts are data, not pictures."""
    assert all(len(pptx(name, "vi")) < 500_000 for name in CONFERENCES)

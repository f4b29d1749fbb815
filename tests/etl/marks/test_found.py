"""Which cells are marked: every fault of a form gives its own mark, with the reason and what is expected."""

import io
import tomllib
from datetime import date, datetime

import openpyxl
import pytest

from core.catalogue import load_catalogue
from core.texts import TEXTS, template
from etl.find.template import COLUMNS
from etl.marks.found import can_be_marked, marks_of
from etl.marks.mark import Mark
from etl.run import read_reports
from etl.sandbox import mark_in_child
from etl.template import template as form
from tests.etl.readers.making import docx, paragraph

CATALOGUE = load_catalogue()
UNIT = CATALOGUE.find_units("Khương Thượng")[0]
TODAY = date(2021, 1, 15)
RED = "FFFBD5D5"
GOOD = {("cultural_families", "value"): 2100, ("cultural_families", "of"): 2300}
# Ten seeded faults: the row and column of the first sheet, what is typed, the reference of the cell that is marked.
FAULTS = [
    ("poor_households", {"value": "năm hộ"}, "value"),
    ("cultural_groups", {"value": 13, "of": 12}, "value"),
    ("onestop_files", {"value": -4}, "value"),
    ("budget_revenue", {"plan": 8400, "basis": "Sếp"}, "basis"),
    ("budget_expenditure", {"value": 5, "measure": ""}, "measure"),
    ("budget_revenue_own", {"value": "1.234"}, "value"),
    ("complaints", {"value": 2.5}, "value"),
    ("health_insurance_rate", {"value": 101.5}, "value"),
]
AWARDS = [
    ({2: "Huy chương vàng bơi lội", 4: "Phường, xã", 5: "Tập thể", 6: 2}, "B6"),
    ({2: "Giấy khen của phường, xã", 4: "Phường, xã", 5: "Tập thể", 6: 2, 9: "31/02/2020"}, "I7"),
]


def filled(base, cells, awards=()):
    """The form with values typed into it: by row id and column, and rows of awards."""
    book = openpyxl.load_workbook(io.BytesIO(base))
    page = book["Chỉ tiêu"]
    rows = {page.cell(row, 1).value: row for row in range(1, page.max_row + 1)}
    for (id, column), value in cells.items():
        page.cell(rows[id], COLUMNS.index(column) + 1).value = value
    for row, award in enumerate(awards, start=6):
        for column, value in award.items():
            book["Khen thưởng"].cell(row, column).value = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue(), rows


def read(name, content):
    return read_reports([(name, content)], CATALOGUE, today=TODAY)[0]


@pytest.fixture(scope="module")
def faulty():
    """A form of 2020 with ten faults and one good figure; the cells that are wrong, by sheet and reference."""
    cells = dict(GOOD)
    for id, typed, _ in FAULTS:
        cells |= {(id, column): value for column, value in typed.items()}
    content, rows = filled(form(2020, UNIT, CATALOGUE), cells, [award for award, _ in AWARDS])
    letters = {name: chr(ord("A") + at) for at, name in enumerate(COLUMNS)}
    wrong = {("Chỉ tiêu", f"{letters[column]}{rows[id]}") for id, _, column in FAULTS}
    return content, wrong | {("Khen thưởng", ref) for _, ref in AWARDS}


def test_ten_faults_give_ten_marks_and_none_hides_another(faulty):
    """Each stands on its own cell, says why, and what is expected there."""
    content, wrong = faulty
    marks = marks_of(read("bieu.xlsx", content))
    assert len(marks) == 10 and {(mark.sheet, mark.ref) for mark in marks} == wrong
    assert all(mark.why and mark.advice and not mark.is_question for mark in marks)
    english = marks_of(read("bieu.xlsx", content), "en")
    assert {(mark.sheet, mark.ref) for mark in english} == wrong and english != marks


def test_the_marked_form_shows_them_and_reads_well_when_it_is_mended(faulty):
    """The person's own file back: the marked cells keep what was typed, the others everything; mended, it is taken."""
    content, wrong = faulty
    back = mark_in_child("bieu.xlsx", content, marks_of(read("bieu.xlsx", content)), "vi")
    book, own = (openpyxl.load_workbook(io.BytesIO(each)) for each in (back, content))
    for name in own.sheetnames:
        for row in own[name].iter_rows():
            for cell in row:
                twin = book[name][cell.coordinate]
                assert (twin.value, twin.number_format, twin.protection.locked) == (
                    cell.value, cell.number_format, cell.protection.locked,
                )  # fmt: skip
                assert ((name, cell.coordinate) in wrong) == (twin.fill.fgColor.rgb == RED) == bool(twin.comment)
    mended = {"value": 5, "of": 14, "plan": 8400, "basis": "Cấp trên giao", "measure": "triệu đồng"}
    page = book["Chỉ tiêu"]
    rows = {page.cell(row, 1).value: row for row in range(1, page.max_row + 1)}
    for id, typed, _ in FAULTS:
        for column in typed:
            page.cell(rows[id], COLUMNS.index(column) + 1).value = mended[column]
    book["Khen thưởng"]["B6"] = "Giấy khen của phường, xã"
    book["Khen thưởng"]["I7"] = datetime(2020, 11, 5)
    out = io.BytesIO()
    book.save(out)
    reading = read("bieu.xlsx", out.getvalue())
    assert reading.faults == [] and marks_of(reading) == [] and not can_be_marked(reading)
    assert len(reading.tidy.figures) == len(FAULTS) + len(GOOD) - 1 and reading.tidy.awards[0].count == 4


def test_questions_are_marked_too_with_every_cell_they_are_about():
    """Two values for one thing in somebody's own workbook: both cells, in the colour of questions."""
    book = openpyxl.Workbook()
    book.active.title = "Số liệu"
    for row in (["PHƯỜNG KHƯƠNG THƯỢNG"], ["Chỉ tiêu", "ĐVT", "Thực hiện năm 2020"], ["Hộ nghèo", "hộ", 5],
                ["Hộ cận nghèo", "hộ", 9], ["Hộ nghèo", "hộ", 7]):  # fmt: skip
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    reading = read("so-lieu.xlsx", out.getvalue())
    marks = marks_of(reading)
    assert {(mark.sheet, mark.ref) for mark in marks} == {("Số liệu", "C3"), ("Số liệu", "C5")}
    assert all(mark.is_question for mark in marks) and can_be_marked(reading)


def test_only_a_workbook_that_could_be_opened_is_handed_back():
    """A report in Word and a file that is none have their sentences on the screen."""
    word = read("a.docx", docx(paragraph("Thu ngân sách đạt 1,234 triệu đồng hoặc 1.234 triệu đồng.")))
    broken = read("a.xlsx", b"PK\3\4" + b"\0" * 100)
    assert not can_be_marked(word) and not can_be_marked(broken) and broken.refused
    assert marks_of(broken)[0].sheet == ""


def test_a_fault_without_a_cell_keeps_its_place_in_words():
    """A table's own fault, such as a missing unit of measure, stands in the list and on no cell."""
    empty = read("bieu.xlsx", form(2020, UNIT, CATALOGUE))
    assert marks_of(empty) == [Mark("", "", "Biểu nhập chưa điền ô nào", template("etl.template_empty", "vi")
                                    .partition(". ")[2])]  # fmt: skip


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_sentence_of_a_rule_says_what_to_do(lang):
    """A reason without a way out is no help: each has a second part."""
    with (TEXTS / "checks.toml").open("rb") as file:
        sentences = [name for name, said in tomllib.load(file).items() if said[lang].endswith(".")]
    assert len(sentences) > 10 and all(template(f"checks.{name}", lang).partition(". ")[2] for name in sentences)

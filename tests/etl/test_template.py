"""The Excel form: what is typed into it comes back, and nothing else."""

import io
import re
import shutil
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.catalogue import CATALOGUE as CATALOGUE_FOLDER
from core.catalogue import load_catalogue
from core.catalogue.form import form_rows
from core.figures import Figure, UnitKey
from core.store.shortfalls import Shortfall, write_shortfall
from etl.find.template import COLUMNS, find_template
from etl.find.values import cell_in
from etl.readers import read_file
from etl.template import form_of, template

CATALOGUE = load_catalogue()
UNIT = CATALOGUE.find_units("Khương Thượng")[0]
LAST_YEAR = [
    Figure("budget_revenue", 2019, Decimal(8254817000)),
    Figure("cultural_groups", 2019, Decimal(13), of=Decimal(18)),
]
GROUPS = ["Tổ dân phố số 1", "Tổ dân phố số 2"]
FORM = template(2020, UNIT, CATALOGUE, LAST_YEAR, GROUPS)


def filled(cells, sheet="Chỉ tiêu"):
    """The form with values typed into cells, saved by another program; cells of "Chỉ tiêu" are (row id, column)."""
    book = openpyxl.load_workbook(io.BytesIO(FORM))
    page = book[sheet]
    rows = {page.cell(row, 1).value: row for row in range(1, page.max_row + 1)}
    for (row, column), value in cells.items():
        where = (rows[row], COLUMNS.index(column) + 1) if sheet == "Chỉ tiêu" else (row, column)
        page.cell(*where).value = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read(content):
    return find_template(read_file("bieu.xlsx", content), CATALOGUE)


def test_another_workbook_is_no_form():
    """Only the hidden sheet makes a form."""
    book = openpyxl.Workbook()
    book.active["A1"] = "Chỉ tiêu"
    out = io.BytesIO()
    book.save(out)
    assert read(out.getvalue()) is None


def test_words_outside_the_lists_and_text_for_numbers_are_faults_with_their_cells():
    """A program that ignores the form's validation may have saved it."""
    found = read(
        filled(
            {
                ("poor_households", "value"): "năm hộ",
                ("budget_revenue", "plan"): 8400,
                ("budget_revenue", "basis"): "Sếp",
            }
        )
    )
    assert {fault.code for fault in found.faults} == {"etl.not_a_number", "etl.not_allowed"}
    assert all(fault.where.startswith("Chỉ tiêu!") for fault in found.faults)


def test_a_form_of_another_version_or_damaged_is_refused():
    """Its layout may have changed."""
    newer = filled({(2, 2): "99"}, sheet="_mau")
    damaged = filled({(5, 2): "năm nay"}, sheet="_mau")
    assert [fault.code for fault in read(newer).faults] == ["etl.template_version"]
    assert [fault.code for fault in read(filled({(6, 2): "x"}, sheet="_mau")).faults] == ["etl.template_damaged"]
    assert [fault.code for fault in read(damaged).faults] == ["etl.template_damaged"]


def test_a_form_from_an_older_catalogue_is_read_with_a_notice():
    """Rows are found by their ids."""
    assert [notice.code for notice in read(filled({(3, 2): "0" * 64}, sheet="_mau")).notices] == [
        "etl.template_older_catalogue"
    ]


def renamed_catalogue(tmp_path):
    """Today's catalogue as a later one may be: poor households under a new id, complaints dropped."""
    folder = tmp_path / "catalogue"
    shutil.copytree(CATALOGUE_FOLDER, folder)
    path = folder / "indicators" / "welfare.toml"
    words = path.read_text(encoding="utf-8").replace('"poor_households"', '"poor_families"')
    path.write_text(words.replace("[poor_households]", '[poor_families]\nwas = ["poor_households"]'), encoding="utf-8")
    path = folder / "indicators" / "administration.toml"
    words = path.read_text(encoding="utf-8")
    kept = re.sub(r"(?ms)^\[complaints(?:_resolved_rate)?\].*?(?=^\[|\Z)", "", words)
    path.write_text(kept, encoding="utf-8")
    return load_catalogue(folder)


def test_a_form_from_an_older_catalogue_is_mapped(tmp_path):
    """A renamed row is read under its new id; of a dropped one the notice tells, and its figures are asked about."""
    catalogue = renamed_catalogue(tmp_path)
    typed = {("poor_households", "value"): 5, ("complaints", "value"): 7, ("near_poor_households", "value"): 9}
    found = find_template(read_file("bieu.xlsx", filled(typed)), catalogue)
    assert {(f.indicator, f.value) for f in found.figures} == {("poor_families", 5), ("near_poor_households", 9)}
    assert found.faults == [] and [notice.code for notice in found.notices] == ["etl.template_rows_gone"]
    gone = CATALOGUE.indicators["complaints"].name("vi")
    assert gone in found.notices[0].sentence("vi")
    (question,) = found.questions
    assert question.code == "etl.question_row_gone" and question.params == {"label": gone, "text": "7"}
    assert cell_in(question.origin.place)[0] == "Chỉ tiêu"


def test_a_form_of_the_first_version_stays_readable():
    """A file handed out by the first release, filled in: no document, a plan's basis after the plan."""
    content = (Path(__file__).parents[1] / "fixtures" / "templates" / "form-1.xlsx").read_bytes()
    found = find_template(read_file("form-1.xlsx", content), CATALOGUE)
    assert found.faults == [] and (found.unit, found.year) == (UNIT.key, 2020)
    assert {(f.indicator, f.member, f.scenario, f.basis, f.value, f.of) for f in found.figures} == {
        ("budget_revenue", "", "plan", "council", Decimal(8400000000), None),
        ("budget_revenue", "", "final", "", Decimal(8756432100), None),
        ("cultural_groups", "", "actual", "", Decimal(13), Decimal(18)),
        ("poor_household_rate", "", "estimate", "", Decimal("0.36"), None),
        ("cultural_group_title", "to-dan-pho-1", "actual", "", Decimal(1), None),
        ("cultural_group_title", "to-dan-pho-2", "actual", "", Decimal(0), None),
    }
    assert [award.count for award in found.awards] == [12]


def test_a_row_no_catalogue_knows_is_a_fault_in_a_form_of_this_one():
    """Somebody overwrote the hidden id; its cell is named."""
    book = openpyxl.load_workbook(io.BytesIO(FORM))
    book["Chỉ tiêu"]["A7"] = "gdp"
    out = io.BytesIO()
    book.save(out)
    (fault,) = (fault for fault in read(out.getvalue()).faults if fault.code == "etl.template_row")
    assert cell_in(fault.where) == ("Chỉ tiêu", "A7")


def test_a_plan_needs_who_set_it_and_carries_its_document():
    """"Not stated" is an answer; nothing chosen is not. The document stands behind the cell in the figure's place."""
    (fault,) = read(filled({("budget_revenue", "plan"): 8400})).faults
    assert fault.code == "etl.plan_basis_missing" and cell_in(fault.where) == ("Chỉ tiêu", "F7")
    said = {("budget_revenue", "plan"): 8400, ("budget_revenue", "basis"): "Không nêu bên giao",
            ("budget_revenue", "document"): " Quyết định số  5525/QĐ-UBND", }  # fmt: skip
    (plan,) = read(filled(said)).figures
    assert (plan.basis, plan.origin.place) == ("unstated", "Chỉ tiêu!G7 (Quyết định số 5525/QĐ-UBND)")
    (plan,) = read(filled(said | {("budget_revenue", "document_date"): datetime(2019, 12, 12)})).figures
    assert plan.origin.place == "Chỉ tiêu!G7 (Quyết định số 5525/QĐ-UBND ngày 12/12/2019)"
    assert cell_in(plan.origin.place) == ("Chỉ tiêu", "G7")


def test_days_that_are_none_are_faults_with_their_cells():
    """Of a plan's document and of a decision alike."""
    plan = {("budget_revenue", "plan"): 8400, ("budget_revenue", "basis"): "Cấp trên giao",
            ("budget_revenue", "document"): "Quyết định số 1"}  # fmt: skip
    plan["budget_revenue", "document_date"] = "31/02/2020"
    assert [(fault.code, cell_in(fault.where)) for fault in read(filled(plan)).faults] == [
        ("etl.not_a_day", ("Chỉ tiêu", "I7"))
    ]
    del plan["budget_revenue", "document"]
    plan["budget_revenue", "document_date"] = "12/12/2019"
    assert [fault.code for fault in read(filled(plan)).faults] == ["etl.day_without_document"]
    award = {2: "Giấy khen của phường, xã", 4: "Phường, xã", 5: "Tập thể", 6: 12, 9: "hôm qua"}
    faults = read(filled({(6, column): said for column, said in award.items()}, sheet="Khen thưởng")).faults
    assert [(fault.code, cell_in(fault.where)) for fault in faults] == [("etl.not_a_day", ("Khen thưởng", "I6"))]


def test_an_empty_form_holds_no_figure():
    """Last year's grey figures and the names of groups are no figures of this year."""
    found = read(FORM)
    assert (found.figures, found.awards, found.faults) == ([], [], [])
    assert (found.unit, found.year) == (UNIT.key, 2020)


def test_what_is_typed_comes_back_with_plan_basis_kind_and_denominator():
    """Amounts in the unit of their row, everything else as it is."""
    found = read(
        filled(
            {
                ("budget_revenue", "plan"): 8400, ("budget_revenue", "basis"): "HĐND quyết định",
                ("budget_revenue", "scenario"): "Quyết toán", ("budget_revenue", "value"): 8756.4321,
                ("budget_expenditure_line/ereg", "measure"): "đồng",
                ("budget_expenditure_line/ereg", "value"): 4000000001,
                ("cultural_groups", "value"): 13, ("cultural_groups", "of"): 18,
                ("cultural_groups", "of_kind"): "Tổng số",
                ("poor_household_rate", "value"): 0.36, ("poor_household_rate", "scenario"): "Ước thực hiện",
            }
        )
    )  # fmt: skip
    assert found.faults == []
    assert {(f.indicator, f.member, f.scenario, f.basis, f.value, f.of, f.of_kind) for f in found.figures} == {
        ("budget_revenue", "", "plan", "council", Decimal(8400000000), None, ""),
        ("budget_revenue", "", "final", "", Decimal(8756432100), None, ""),
        ("budget_expenditure_line", "ereg", "actual", "", Decimal(4000000001), None, ""),
        ("cultural_groups", "", "actual", "", Decimal(13), Decimal(18), "total"),
        ("poor_household_rate", "", "estimate", "", Decimal("0.36"), None, ""),
    }


def test_groups_and_awards_have_sheets_of_their_own():
    """A group without a result is not assessed; no count is made that nobody typed."""
    groups = read(filled({(6, 3): "Đạt"}, sheet="Tổ dân phố"))
    assert [(f.indicator, f.member, f.value) for f in groups.figures] == [("cultural_group_title", "to-dan-pho-1", 1)]
    row = [
        "Giấy khen của phường, xã",
        None,
        "Phường, xã",
        "Tập thể",
        12,
        "Chuyên đề",
        "12/QĐ",
        datetime(2020, 11, 5),
        "Chủ tịch",
    ]
    awards = read(filled({(6, column): value for column, value in enumerate(row, start=2)}, sheet="Khen thưởng"))
    (award,) = awards.awards
    assert (award.honour, award.level, award.recipient, award.count, award.mode) == (
        "gk_phuong",
        "ward",
        "collective",
        12,
        "campaign",
    )


@pytest.mark.parametrize("sheet", ["Chỉ tiêu", "Tổ dân phố", "Khen thưởng"])
def test_only_the_cells_to_fill_in_are_unlocked(sheet):
    """Headers, names and last year's figures cannot be overwritten."""
    page = openpyxl.load_workbook(io.BytesIO(FORM))[sheet]
    assert page.protection.sheet
    assert page.cell(5, 2).protection.locked
    assert not page.cell(8, 9 if sheet == "Chỉ tiêu" else 3).protection.locked


def test_last_year_stands_in_grey_as_people_read_it():
    """With its unit, so that the row's own unit may change."""
    page = openpyxl.load_workbook(io.BytesIO(FORM))["Chỉ tiêu"]
    shown = {page.cell(row, 1).value: page.cell(row, 5).value for row in range(1, page.max_row + 1)}
    assert (shown["budget_revenue"], shown["cultural_groups"]) == ("8,255 tỷ đồng", "13/18 tổ")


def test_what_was_promised_for_a_missed_plan_stands_beside_it():
    """In a locked column of its own, which is hidden where nothing was promised."""
    promise = Shortfall(UNIT.key, 2019, "cultural_groups", "Tranh chấp", "Hòa giải", "Tổ trưởng", date(2020, 6, 30))
    book = openpyxl.load_workbook(io.BytesIO(template(2020, UNIT, CATALOGUE, promises=[promise])))
    page, bare = book["Chỉ tiêu"], openpyxl.load_workbook(io.BytesIO(FORM))["Chỉ tiêu"]
    at = COLUMNS.index("promise") + 1
    said = {page.cell(row, 1).value: page.cell(row, at).value for row in range(1, page.max_row + 1)}
    assert said["cultural_groups"] == "Hòa giải (Tổ trưởng, hạn 30/06/2020)" and not said["budget_revenue"]
    letters = page.cell(1, at).column_letter
    assert bare.column_dimensions[letters].hidden and not page.column_dimensions[letters].hidden


TYPED = st.fixed_dictionaries(
    {},
    optional={
        (row.id, member): st.integers(0, 99) if row.unit != "vnd" else st.decimals(0, 10**6, places=3)
        for row, member in form_rows(CATALOGUE)
    },
)


@settings(max_examples=15, deadline=None)
@given(TYPED)
def test_reading_a_form_gives_exactly_what_was_typed(typed):
    """The law of the form."""
    cells = {(f"{id}/{member}" if member else id, "value"): float(value) for (id, member), value in typed.items()}
    found = read(filled(cells))
    scale = {"vnd": 10**6}
    expected = {key: value * scale.get(CATALOGUE.indicators[key[0]].unit, 1) for key, value in typed.items()}
    assert {(f.indicator, f.member): f.value for f in found.figures} == expected
    assert found.faults == []


def test_a_ward_keeps_the_promises_of_the_one_it_was_before_its_merger(sqlite_store):
    """The form of 2025 of the new ward shows what the old one promised for 2024."""
    old, new = UnitKey("MAU01", date(1900, 1, 1)), UnitKey("MAU03", date(2025, 7, 1))
    said = Shortfall(old, 2024, "cultural_groups", "Tranh chấp", "Hòa giải từng vụ", "Tổ trưởng", date(2025, 6, 30))
    write_shortfall(sqlite_store, said, "an")
    book = openpyxl.load_workbook(io.BytesIO(form_of(sqlite_store, new, 2025, CATALOGUE)))
    cells = [str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row]
    assert any("Hòa giải từng vụ" in said for said in cells)

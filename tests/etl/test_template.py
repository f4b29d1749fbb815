"""The Excel form: what is typed into it comes back, and nothing else."""

import io
from datetime import datetime
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.catalogue import load_catalogue
from core.catalogue.form import form_rows
from core.figures import Figure
from etl.find.template import COLUMNS, find_template
from etl.readers import read_file
from etl.template import template

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

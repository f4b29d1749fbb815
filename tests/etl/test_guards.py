"""What a spreadsheet program refuses in our form as it is typed: its formulas, worked out by a spreadsheet program."""

import io
import shutil
import subprocess

import openpyxl
import pytest

from core.catalogue import load_catalogue
from etl.find.template import COLUMNS
from etl.guards import LONGEST, amiss, guard
from etl.template import GROUP_ROWS, template

CATALOGUE = load_catalogue()
UNIT = CATALOGUE.find_units("Khương Thượng")[0]
FORM = template(2020, UNIT, CATALOGUE)
CELLS = {name: f"${name[0].upper()}$8" for name in ("basis", "measure", "plan", "value", "of")}
CALCULATES = shutil.which("soffice")
FREE = 20  # a column right of the form

# indicator, what is typed in its row, the column whose guard is asked, whether it lets that pass
TYPED = [
    ("cultural_groups", {"value": 13, "of": 12}, "value", False),
    ("cultural_families", {"value": 13, "of": 12}, "of", False),
    ("cultural_agencies", {"value": 12, "of": 12}, "value", True),
    ("conscripts", {"value": 13, "of": 12}, "value", True),
    ("poor_households", {"value": 5}, "value", True),
    ("near_poor_households", {"of": 12}, "of", True),
    ("onestop_files", {"value": -1}, "value", False),
    ("complaints", {"value": 2.5}, "value", False),
    ("targets_met", {"value": "mười hai"}, "value", False),
    ("construction_works", {"value": 3, "of": "chưa rõ"}, "of", False),
    ("cultural_groups_rate", {"value": 101}, "value", False),
    ("cultural_families_rate", {"value": 96.46}, "value", True),
    ("conscription_rate", {"value": 101}, "value", True),
    ("budget_revenue", {"plan": 8400}, "plan", False),
    ("budget_revenue_own", {"plan": 8400.5, "basis": "Điều chỉnh"}, "plan", True),
    ("budget_expenditure", {"plan": -1, "basis": "Điều chỉnh"}, "plan", False),
]


def rows_of(page):
    return {page.cell(row, 1).value: row for row in range(1, page.max_row + 1)}


def guards_of(page):
    """The formula of each cell's own validation by its reference."""
    return {str(rule.sqref): rule for rule in page.data_validations.dataValidation if rule.type == "custom"}


@pytest.mark.skipif(not CALCULATES, reason="no spreadsheet program is installed")
def test_a_spreadsheet_program_refuses_what_cannot_be_and_takes_what_can(tmp_path):
    """13 of 12 from either side, a plan of nobody, halves, words; a quota may be exceeded, 12 of 12 is all of them."""
    book = openpyxl.load_workbook(io.BytesIO(FORM))
    page = book["Chỉ tiêu"]
    rows, guards = rows_of(page), guards_of(page)
    for indicator, typed, column, _ in TYPED:
        for name, value in typed.items():
            page.cell(rows[indicator], COLUMNS.index(name) + 1).value = value
        asked = page.cell(rows[indicator], COLUMNS.index(column) + 1).coordinate
        page.cell(rows[indicator], FREE).value = f"={guards[asked].formula1}"
    book.save(tmp_path / "typed.xlsx")
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [CALCULATES, profile, "--headless", "--convert-to", "xlsx", "--outdir", tmp_path / "out"]
    subprocess.run([*command, tmp_path / "typed.xlsx"], check=True, capture_output=True)
    page = openpyxl.load_workbook(tmp_path / "out" / "typed.xlsx", data_only=True)["Chỉ tiêu"]
    passed = {indicator: page.cell(rows[indicator], FREE).value for indicator, *_ in TYPED}
    assert passed == {indicator: expected for indicator, _, _, expected in TYPED}
    said = {indicator: page.cell(rows[indicator], COLUMNS.index("amiss") + 1).value for indicator in rows if indicator}
    assert said["cultural_groups"] == said["cultural_families"] == "Kết quả lớn hơn tổng số"
    assert said["budget_revenue"] == "Chọn bên giao" and said["targets_met"] == "Gõ lại thành số"
    assert said["onestop_files"] == said["cultural_groups_rate"] == said["complaints"] == "Xem lại con số"
    assert not said["conscripts"] and not said["cultural_agencies"] and not said["poor_households"]


def test_every_guard_fits_into_a_workbook_and_speaks_vietnamese():
    """A message, a title or a formula that is too long would be left out of the file without a word."""
    page = openpyxl.load_workbook(io.BytesIO(FORM))["Chỉ tiêu"]
    guards = guards_of(page)
    open_cells = [cell for row in page.iter_rows(min_row=6) for cell in row if not cell.protection.locked]
    numbers = [cell.coordinate for cell in open_cells if COLUMNS[cell.column - 1] in ("plan", "value", "of")]
    assert len(numbers) > 60 and set(guards) == set(numbers)
    for rule in guards.values():
        assert len(rule.error) <= LONGEST["message"] and len(rule.errorTitle) <= LONGEST["title"]
        assert len(rule.formula1) <= LONGEST["formula"] and not rule.allowBlank and rule.showErrorMessage


def test_a_guard_knows_the_bounds_and_kind_of_its_indicator():
    """Whole things are whole, shares are bounded, amounts may have a fraction; both sides of a pair are compared."""
    rows = CATALOGUE.indicators
    groups, rate, money = rows["cultural_groups"], rows["cultural_groups_rate"], rows["budget_revenue"]
    value = guard("value", groups, CELLS, CATALOGUE)
    assert "INT" in value.formula and 'OR($O$8="",$V$8<=$O$8)' in value.formula and "tổng số" in value.message
    assert 'OR($V$8="",$V$8<=$O$8)' in guard("of", groups, CELLS, CATALOGUE).formula
    assert "<=100" in guard("value", rate, {"value": "$V$8"}, CATALOGUE).formula
    assert "INT" not in guard("plan", money, CELLS, CATALOGUE).formula
    assert "$V$8>$O$8" not in amiss(CATALOGUE.indicators["conscripts"], CELLS, CATALOGUE)


def test_the_count_of_groups_is_held_against_their_list():
    """Only where somebody has begun with the list."""
    page = openpyxl.load_workbook(io.BytesIO(FORM))["Chỉ tiêu"]
    formula = page.cell(rows_of(page)["cultural_groups"], COLUMNS.index("amiss") + 1).value
    groups = f"'Tổ dân phố'!$C$6:$C${5 + GROUP_ROWS}"
    assert f"COUNTA({groups})>0" in formula and f'COUNTIF({groups},"Đạt")' in formula

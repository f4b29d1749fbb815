"""Cells become exact numbers in base units, or a fault that names the cell."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.catalogue import load_catalogue
from core.errors import FaultError
from core.vi.numbers import format_number
from etl.document import Cell, Table
from etl.find.values import (
    Measure,
    cell_in,
    column_mark,
    is_nothing,
    parse_measure,
    place_in,
    proven_mark,
    read_value,
)

REVENUE = load_catalogue().indicators["budget_revenue"]
GROUPS = load_catalogue().indicators["cultural_groups"]
RATE = load_catalogue().indicators["cultural_families_rate"]
MILLION = Measure("vnd", Decimal(10) ** 6)


GROUP = Measure("group")


def fault_of(cell, indicator=GROUPS, measure=GROUP):
    with pytest.raises(FaultError) as error:
        read_value(cell, indicator, measure)
    (fault,) = error.value.faults
    return fault


def test_a_formula_never_calculated_is_named_and_is_no_blank():
    """Reading it as empty or 0 would lose a figure in silence."""
    cell = Cell("", "C14", formula_without_value=True)
    assert not is_nothing(cell)
    assert fault_of(cell).code == "etl.formula_without_value"
    assert fault_of(cell).where == "C14"


def test_a_date_where_a_number_should_stand_is_a_fault():
    """Excel turns 12/5 into a date; nobody can tell what was typed."""
    assert fault_of(Cell("2020-05-12", "B2", moment=date(2020, 5, 12))).code == "etl.date_for_number"


@pytest.mark.parametrize("text", ["khoảng 12", "mười hai", "12..5", "#VALUE!"])
def test_text_that_is_no_number_is_refused_with_its_cell(text):
    """Nothing is changed to make it fit."""
    assert fault_of(Cell(text, "C3")).code == "etl.not_a_number"


def test_a_percent_sign_in_a_column_of_households_is_a_fault():
    """The cell contradicts the table's unit of measure."""
    assert fault_of(Cell("92%", "C3")).code == "etl.unit_differs"


@pytest.mark.parametrize("text", ["", "-", "–", "x", "#DIV/0!", "..."])
def test_signs_for_nothing_are_no_figure(text):
    """A dash is not 0."""
    assert is_nothing(Cell(text, "A1"))


def test_a_stored_zero_is_a_figure():
    """0 typed by a person is a statement."""
    assert not is_nothing(Cell("0", "A1", Decimal(0)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("8.254,817", "8254817000"),
        ("8254,817", "8254817000"),
        ("9,1 tỷ đồng", "9100000000"),
        ("8.254.817.000 đồng", "8254817000"),
    ],
)
def test_amounts_come_in_dong_and_a_unit_in_the_cell_wins_over_the_column(text, expected):
    """The column says triệu đồng; a cell that says tỷ means it."""
    assert read_value(Cell(text, "C3"), REVENUE, MILLION).value == Decimal(expected)


def test_an_ambiguous_form_keeps_both_readings_until_something_decides():
    """1.234 triệu is 1,234 tỷ or 1,234 triệu; whole things leave one reading only."""
    assert len(read_value(Cell("1.234", "C3"), REVENUE, MILLION).readings) == 2
    assert read_value(Cell("1.234", "C3"), REVENUE, MILLION, mark=",").value == 1234 * 10**6
    assert read_value(Cell("1.234", "C3"), REVENUE, Measure("vnd")).value == 1234
    assert read_value(Cell("1.234", "C3"), GROUPS, Measure("group")).value == 1234
    assert read_value(Cell("96,455", "C3"), RATE, Measure("percent")).value == Decimal("96.455")


@pytest.mark.parametrize("text", ["13/18", "13 / 18", "13/18 tổ"])
def test_a_pair_is_a_value_and_its_denominator(text):
    """The form reports like best."""
    value = read_value(Cell(text, "C3"), GROUPS, Measure("group"))
    assert (value.value, value.of) == (13, 18)


def test_a_counting_word_behind_the_number_is_left_out():
    """ "13 tổ" is 13."""
    assert read_value(Cell("13 tổ", "C3"), GROUPS, Measure("group")).value == 13


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("1.234.567", ","),
        ("1,234,567", "."),
        ("12,5", ","),
        ("12.5", "."),
        ("1.234,5", ","),
        ("0,125", ","),
        ("1.234", ""),
        ("7", ""),
    ],
)
def test_a_written_number_gives_its_decimal_mark_away_or_not(text, mark):
    """Three digits behind one mark prove nothing."""
    assert proven_mark(text) == mark


def test_a_column_with_both_styles_has_no_decimal_mark():
    """Its ambiguous cells must be asked about."""
    assert column_mark([Cell("1.234.567", "A1"), Cell("1,234,567", "A2")]) is None
    assert column_mark([Cell("1.234.567", "A1"), Cell("1.234", "A2")]) == ","


@pytest.mark.parametrize(
    ("words", "measure"),
    [
        ("Triệu đồng", MILLION), ("1000 đồng", Measure("vnd", Decimal(1000))), ("%", Measure("percent")),
        ("Hộ", Measure("household")), ("tổ", GROUP), ("vnd", Measure("vnd")), ("household", Measure("household")),
        ("Triệu", MILLION), ("cây", None), ("", None),
    ],
)  # fmt: skip
def test_units_of_measure_as_tables_name_them(words, measure):
    """Unknown words are no unit, never a guess."""
    assert parse_measure(words) == measure


@given(st.decimals(min_value=0, max_value=10**13, places=3, allow_nan=False, allow_infinity=False))
def test_every_amount_printed_in_vietnamese_comes_back_exactly(value):
    """Where the column shows its decimal mark nothing is ever changed."""
    cell = Cell(format_number(value, 3), "C3")
    assert read_value(cell, RATE, Measure("percent"), mark=",").value == value


@pytest.mark.parametrize("cell", [Cell("9" * 20, "D4"), Cell("1" + "0" * 300, "D4", Decimal(10) ** 300)])
def test_a_number_larger_than_any_figure_is_a_fault_that_names_its_cell_in_few_words(cell):
    """Written and stored by the file."""
    fault = fault_of(cell, REVENUE, Measure("vnd", Decimal(10) ** 9))
    assert (fault.code, fault.where) == ("etl.number_too_large", "D4")
    assert len(fault.params["text"]) <= 61


def test_a_long_number_is_not_rounded():
    """Beyond the 28 digits of ordinary decimals."""
    cell = Cell("", "D4", Decimal("12345678901234.123456789012345678"))
    assert read_value(cell, REVENUE, MILLION).value == Decimal("12345678901234123456.789012345678")


SHEETS = st.text(st.characters(exclude_characters="!", exclude_categories=("Cs", "Cc")), min_size=1, max_size=31)
REFS = st.tuples(st.text("ABCXYZ", min_size=1, max_size=3), st.integers(1, 1_048_576)).map(lambda at: f"{at[0]}{at[1]}")


@given(SHEETS, REFS, st.text(max_size=40))
def test_a_place_in_a_spreadsheet_names_its_cell_again(sheet, ref, document):
    """Whatever the sheet is called, and whatever document stands behind the cell."""
    place = place_in(Table(sheet, ()), ref)
    assert cell_in(place) == cell_in(f"{place} ({document})") == (sheet, ref)


def test_a_place_elsewhere_names_no_cell():
    """A page, a table of a text document, a sheet as a whole, a document that sets a plan."""
    for place in ("", "trang 2, câu 5", "bảng 2, hàng 3, cột 4", "Thu", "Quyết định số 12/QĐ-UBND ngày 12/12/2023"):
        assert cell_in(place) is None

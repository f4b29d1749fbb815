"""Tidy tables: one row a value."""

from datetime import date
from decimal import Decimal

from core.figures import UnitKey
from etl.find.long import find_tidy

UNIT = ("00238", "1900-01-01", "Phường Khương Thượng")


def test_other_tables_are_not_tidy(table, catalogue, labels):
    """A wide header lacks the column of values."""
    assert find_tidy(table([["Chỉ tiêu", "2020"], ["Hộ nghèo", 5]]), catalogue, labels, None).is_empty


def test_every_bad_row_is_a_fault_and_the_good_ones_are_read(table, catalogue, labels):
    """Unknown indicators, words outside the list, amounts without a unit, rows without a year."""
    rows = [
        ["Năm", "Chỉ tiêu", "Loại số liệu", "Giá trị", "ĐVT"],
        ["2020", "Trồng cây", "Thực hiện", "5", "cây"],
        ["2020", "Hộ nghèo", "linh tinh", "5", "hộ"],
        ["2020", "Thu NSNN trên địa bàn", "Thực hiện", "5", ""],
        ["", "Hộ nghèo", "Thực hiện", "5", "hộ"],
        ["2020", "Hộ nghèo", "Thực hiện", "5", "hộ"],
    ]
    found = find_tidy(table(rows), catalogue, labels, None)
    assert [(f.code, f.where) for f in found.faults] == [
        ("etl.unknown_indicator", "Thu!B2"),
        ("etl.not_allowed", "Thu!C3"),
        ("etl.measure_missing", "Thu!D4"),
        ("etl.year_missing", "Thu!D5"),
    ]
    assert [(f.indicator, f.year, f.value) for f in found.figures] == [("poor_households", 2020, 5)]


def test_a_tidy_table_in_vietnamese(table, catalogue, labels):
    """Names, words and number style of the country."""
    rows = [
        ["Năm", "Chỉ tiêu", "Loại số liệu", "Bên giao", "Giá trị", "ĐVT", "Mẫu số"],
        ["2020", "Thu ngân sách nhà nước trên địa bàn", "Kế hoạch", "HĐND", "8.254,817", "triệu đồng", ""],
        ["2020", "Tổ dân phố văn hóa", "Thực hiện", "", "13", "tổ", "18"],
    ]
    plan, groups = find_tidy(table(rows), catalogue, labels, None).figures
    assert (plan.indicator, plan.scenario, plan.basis, plan.value) == ("budget_revenue", "plan", "council", 8254817000)
    assert (groups.value, groups.of, groups.of_kind) == (13, 18, "unstated")


def test_a_plan_that_names_no_giver_has_the_basis_unstated(table, catalogue, labels):
    """Unstated stays unstated."""
    rows = [["year", "indicator", "scenario", "value"], ["2020", "poor_households", "plan", "5"]]
    assert find_tidy(table(rows), catalogue, labels, None).figures[0].basis == "unstated"


def test_the_store_s_own_export_comes_back_unchanged_without_what_it_computed(table, catalogue, labels):
    """Unit by key, decimals with a point."""
    rows = [
        ["unit_code", "unit_from", "unit_name", "year", "period", "indicator", "scenario", "value",
         "unit_of_measure", "method"],
        [*UNIT, "2020", "h1", "budget_revenue", "actual", "8254817000.125", "vnd", "reported"],
        [*UNIT, "2020", "year", "poor_household_rate", "actual", "0.125", "percent", "reported"],
        [*UNIT, "2020", "year", "cultural_groups_rate", "actual", "72.2", "percent", "computed"],
    ]  # fmt: skip
    found = find_tidy(table(rows), catalogue, labels, None)
    assert found.unit_name == "Phường Khương Thượng"
    assert [(f.unit, f.period, f.indicator, f.value) for f in found.figures] == [
        (UnitKey("00238", date(1900, 1, 1)), "h1", "budget_revenue", Decimal("8254817000.125")),
        (UnitKey("00238", date(1900, 1, 1)), "year", "poor_household_rate", Decimal("0.125")),
    ]


def test_rows_of_many_units_are_placed_by_name_district_and_province(table, catalogue, labels):
    """A name alone would be borne by several; a row that fits none or two is a fault."""
    rows = [
        ["Phường", "Quận", "Tỉnh/Thành phố", "Năm", "Chỉ tiêu", "Giá trị"],
        ["Phường Quang Trung", "Đống Đa", "Hà Nội", "2020", "Hộ nghèo", "5"],
        ["Phường Quang Trung", "Hà Đông", "Hà Nội", "2020", "Hộ nghèo", "6"],
        ["Phường Quang Trung", "", "Hà Nội", "2020", "Hộ nghèo", "7"],
    ]
    found = find_tidy(table(rows), catalogue, labels, None)
    assert [catalogue.unit(figure.unit).district for figure in found.figures] == ["Quận Đống Đa", "Quận Hà Đông"]
    assert [(fault.code, fault.where) for fault in found.faults] == [("etl.row_unit", "Thu!A4")]

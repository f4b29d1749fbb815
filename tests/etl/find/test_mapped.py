"""Tables people have explained, found again by the words of their headers."""

from datetime import date
from decimal import Decimal

import pytest

from core.figures import UnitKey
from core.store.profiles import FormColumn, FormProfile
from etl.find import find
from etl.find.mapped import column_words, find_mapped, first_figures, headers_above, unknown_part

WARD = UnitKey("MAU01", date(1900, 1, 1))
HEAD = [
    ["Hạng mục", "Giao đầu kỳ", "", "Số làm được năm 2024", "Số năm 2023"],
    ["", "Trên giao", "Phường giao", "", ""],
]
ROWS = [["Thu NSNN trên địa bàn", 9000, 9500, 9800, 9100], ["Hộ nghèo", 12, 11, 9, 12]]


def profile(**changes):
    """How a person explains HEAD."""
    columns = (
        FormColumn("hang muc", "label"), FormColumn("giao dau ky tren giao", "plan", basis="assigned"),
        FormColumn("giao dau ky phuong giao", "plan", basis="council"), FormColumn("so lam duoc nam #", "estimate"),
        FormColumn("so nam #", "actual"),
    )  # fmt: skip
    return FormProfile(WARD, 2024, "Biểu", **{"columns": columns, "measure": "triệu đồng", **changes})


@pytest.fixture
def read(table, catalogue, labels):
    """Reads rows by profiles, the report being of 2024."""
    return lambda rows, *profiles, year=2024: find_mapped(table(rows), profiles, catalogue, labels, year)


def values(found):
    return {(f.indicator, f.year, f.scenario, f.basis): f.value for f in found.figures}


def test_a_table_that_lacks_one_of_the_columns_is_not_read(read):
    """A header that says almost the same is another table."""
    other = [[cell.replace("Số năm", "Số dân năm") if isinstance(cell, str) else cell for cell in row] for row in HEAD]
    assert read([*other, *ROWS], profile()).is_empty


def test_a_unit_the_table_names_wins_over_the_explained_one(read):
    """Next year's table may be in another unit and say so."""
    found = read([["Đơn vị: nghìn đồng", "", "", "", ""], *HEAD, *ROWS], profile())
    assert values(found)[("budget_revenue", 2024, "estimate", "")] == 9800 * 10**3


def test_money_is_never_guessed(read):
    """Neither the table nor the person said what 9000 is; what is no money is read."""
    found = read([*HEAD, *ROWS], profile(measure=""))
    assert {fault.code for fault in found.faults} == {"etl.measure_missing"}
    assert {f.indicator for f in found.figures} == {"poor_households"}


def test_two_header_rows_give_two_plans_and_years_of_their_own(read):
    """Two bases side by side; a year in a header is its own, in next year's file as in this one's."""
    found = read([*HEAD, *ROWS], profile())
    assert found.faults == [] and found.questions == []
    assert values(found) == {
        ("budget_revenue", 2024, "plan", "assigned"): 9000 * 10**6,
        ("budget_revenue", 2024, "plan", "council"): 9500 * 10**6,
        ("budget_revenue", 2024, "estimate", ""): 9800 * 10**6,
        ("budget_revenue", 2023, "actual", ""): 9100 * 10**6,
        ("poor_households", 2024, "plan", "assigned"): 12,
        ("poor_households", 2024, "plan", "council"): 11,
        ("poor_households", 2024, "estimate", ""): 9,
        ("poor_households", 2023, "actual", ""): 12,
    }
    later = [[cell.replace("2024", "2026").replace("2023", "2025") for cell in row] for row in HEAD]
    assert {f.year for f in read([*later, *ROWS], profile(), year=2026).figures} == {2025, 2026}


def test_a_title_over_a_column_that_is_left_aside_still_names_the_year(read):
    """Next year's file says its year where the numbers of the rows stand; nobody asks for it again."""
    said = profile(columns=(FormColumn("hang muc", "label"), FormColumn("so lam duoc", "actual")))
    head = ["Mã", "Hạng mục", "Số làm được"]
    found = read([["BIỂU TỔNG HỢP NĂM 2025", "", ""], head, ["1", "Hộ nghèo", 9]], said, year=None)
    assert (values(found), found.faults) == ({("poor_households", 2025, "actual", ""): 9}, [])


def test_period_and_shift_hold_where_the_header_is_silent(read):
    """Nine months are no year; "kỳ trước" is the year before the table's."""
    columns = (FormColumn("ten", "label"), FormColumn("ky nay", "actual"), FormColumn("ky truoc", "actual", shift=-1))
    found = read([["Tên", "Kỳ này", "Kỳ trước"], ["Hộ nghèo", 7, 8]], profile(columns=columns, period="9m"))
    assert [(f.year, f.period, f.value) for f in found.figures] == [
        (2024, "9m", Decimal(7)), (2023, "9m", Decimal(8))]  # fmt: skip


def test_an_unknown_table_is_told_and_its_first_rows_are_kept_to_be_explained(table, document, catalogue):
    """Not a list of names without figures; with the profile nothing is unknown any more."""
    sheet = table([*HEAD, *ROWS])
    found = find(document(sheet), catalogue, year=2024)
    assert [notice.code for notice in found.notices] == ["etl.unknown_table"] and found.unknown[0].rows == sheet.rows
    assert find(document(sheet), catalogue, year=2024, profiles=[profile()]).unknown == []
    assert unknown_part(table([["Tên", "Chức vụ"], ["An", "Chủ tịch"], ["Bình", "Phó"]])) is None


def test_headers_are_found_above_the_first_figures(table):
    """Titles and the row of numbers are no part of them; what a person sees is what the table is found again by."""
    sheet = table([["BIỂU TỔNG HỢP"], *HEAD, ["A", "1", "2", "3", "4"], *ROWS])
    start = first_figures(sheet)
    assert start == 4
    words = column_words(headers_above(sheet, start))
    assert [(column.words, column.nth) for column in profile().columns] == words

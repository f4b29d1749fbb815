"""The words above a table name unit, year, unit of measure and day."""

from datetime import date
from decimal import Decimal

from etl.find.headings import read_heading
from etl.find.values import Measure


def test_a_heading_that_names_two_years_names_none():
    """ "Giai đoạn" tables say the year in their columns."""
    assert read_heading(["So sánh năm 2019 và năm 2020"]).year is None


def test_the_day_of_signing_and_the_number_of_a_circular_are_no_year():
    """Only the title's year counts."""
    heading = read_heading(["Thông tư số 343/2016/TT-BTC", "QUYẾT TOÁN THU NĂM 2020", "Ngày 15 tháng 6 năm 2021"])
    assert heading.year == 2020
    assert heading.published == date(2021, 6, 15)


def test_unit_and_unit_of_measure_are_read_from_the_form_s_corners():
    """Left "UBND PHƯỜNG ...", right "Đơn vị: 1000 đồng"."""
    heading = read_heading(["ỦY BAN NHÂN DÂN", "UBND PHƯỜNG KHƯƠNG THƯỢNG", "Đơn vị: 1000 đồng"])
    assert heading.unit_name == "Phường Khương Thượng"
    assert heading.measure == Measure("vnd", Decimal(1000))


def test_xa_hoi_is_no_commune():
    """ "Kinh tế - xã hội" stands in every title."""
    assert read_heading(["CHỈ TIÊU KINH TẾ - XÃ HỘI NĂM 2020"]).unit_name == ""

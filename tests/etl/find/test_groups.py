"""Which residential group reached the cultural title."""

import pytest

from etl.find.groups import find_groups


def titles(found):
    return {(f.member, f.year): int(f.value) for f in found.figures if f.indicator == "cultural_group_title"}


def totals(found):
    return [(f.year, f.value, f.of) for f in found.figures if f.indicator == "cultural_groups"]


def test_a_blank_is_not_assessed_and_makes_no_count(table):
    """Neither 0 nor a denominator is made of it."""
    found = find_groups(
        table([["NĂM 2021"], ["STT", "Tổ dân phố", "Kết quả"], ["1", "TDP số 1", "Đạt"], ["2", "TDP số 2", ""]]), None
    )
    assert titles(found) == {("to-dan-pho-1", 2021): 1}
    assert totals(found) == []
    assert [notice.params["name"] for notice in found.notices] == ["Tổ dân phố số 2"]
    assert [group.name for group in found.groups] == ["Tổ dân phố số 1", "Tổ dân phố số 2"]


def test_without_a_year_nothing_is_read(table):
    """A title holds for a year."""
    assert find_groups(table([["Tổ dân phố", "Kết quả"], ["TDP 1", "Đạt"]]), None).figures == []


def test_a_wide_table_with_a_row_of_groups_is_no_list_of_groups(table):
    """ "Tổ dân phố văn hóa" is an indicator."""
    assert find_groups(table([["Chỉ tiêu", "2020"], ["Tổ dân phố văn hóa", 13]]), None).is_empty


@pytest.mark.parametrize(
    ("said", "reached"),
    [("Đạt", 1), ("x", 1), ("✓", 1), ("Đạt TDP văn hóa", 1), ("Không đạt", 0), ("Chưa đạt", 0), ("không", 0), ("0", 0)],
)
def test_the_words_for_reached_and_not(table, said, reached):
    """As staff write them."""
    found = find_groups(table([["Tổ dân phố", "Danh hiệu 2021"], ["Tổ dân phố Hoa Sen", said]]), None)
    assert titles(found) == {("to-dan-pho-hoa-sen", 2021): reached}


def test_a_printed_total_is_taken_and_where_none_is_printed_the_list_is_counted(table):
    """13/18 of the row "Tổng cộng", else as many as are listed."""
    rows = [["NĂM 2021"], ["Tổ dân phố", "Kết quả"], ["TDP 1", "Đạt"], ["TDP 2", "Không đạt"]]
    assert totals(find_groups(table(rows), None)) == [(2021, 1, 2)]
    assert totals(find_groups(table([*rows, ["Tổng cộng", "13/18"]]), None)) == [(2021, 13, 18)]


def test_years_across_give_each_group_a_title_a_year(table):
    """A list kept over the years."""
    found = find_groups(
        table([["Khu phố", "2020", "2021"], ["Khu phố 1", "x", "Đạt"], ["Khu phố 2", "không", "x"]]), None
    )
    assert titles(found) == {
        ("khu-pho-1", 2020): 1,
        ("khu-pho-1", 2021): 1,
        ("khu-pho-2", 2020): 0,
        ("khu-pho-2", 2021): 1,
    }
    assert {group.kind for group in found.groups} == {"khu phố"}


def test_ticks_under_reached_and_not_reached(table):
    """Two columns; the sum of the second is no number of cultural groups."""
    rows = [
        ["NĂM 2019"], ["TT", "Tên tổ dân phố", "Đạt", "Không đạt"], ["1", "TDP 1", "x", ""], ["2", "TDP 2", "", "x"],
        ["Tổng", "", "1", "1"],
    ]  # fmt: skip
    found = find_groups(table(rows), None)
    assert titles(found) == {("to-dan-pho-1", 2019): 1, ("to-dan-pho-2", 2019): 0}
    assert totals(found) == [(2019, 1, None)]

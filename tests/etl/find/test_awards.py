"""Award registers in tables."""

from datetime import date

import pytest

from etl.find.awards import emulation_year, find_awards, find_honour, level_in

HEAD = ["STT", "Danh hiệu/Hình thức khen", "Cấp", "Đối tượng", "Số lượng", "Số quyết định", "Ngày"]


def rows_of(found):
    return [(a.year, a.honour, a.grade, a.level, a.recipient, a.count) for a in found.awards]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (["1", "Khen tốt", "Phường", "Tập thể", "2"], "etl.honour_unknown"),
        (["1", "Giấy khen", "Phường", "", "2"], "etl.award_recipient_missing"),
        (["1", "Giấy khen", "Phường", "Tập thể", "vài"], "etl.award_count"),
        (["1", "Bằng khen", "", "Tập thể", "2"], "etl.honour_unknown"),
    ],
)
def test_an_open_row_is_a_fault_that_names_it(table, catalogue, row, code):
    """Honour, level and recipient are never guessed."""
    found = find_awards(table([["NĂM 2021"], HEAD, row]), catalogue, None)
    assert [fault.code for fault in found.faults] == [code]
    assert found.awards == []


def test_a_register_without_a_year_is_a_fault(table, catalogue):
    """Neither title, column nor date says it."""
    found = find_awards(table([HEAD, ["1", "Giấy khen", "Phường", "Tập thể", "2"]]), catalogue, None)
    assert [fault.code for fault in found.faults] == ["etl.award_year_missing"]


def test_a_register_with_levels_decisions_and_days(table, catalogue):
    """One honour a row."""
    rows = [
        ["KHEN THƯỞNG NĂM 2021"], HEAD,
        ["1", "Giấy khen", "Phường", "Tập thể", "12", "123/QĐ-UBND", "05/11/2021"],
        ["2", "Giấy khen của Chủ tịch UBND quận", "", "Cá nhân", "5", "", ""],
        ["3", "CSTĐCS", "", "", "4", "", ""],
        ["4", "Huân chương Lao động hạng Ba", "", "Tập thể", 1, "", ""],
        ["5", "Bằng khen", "Thành phố", "Cá nhân", "2", "", ""],
        ["", "Tổng cộng", "", "", "24", "", ""],
    ]  # fmt: skip
    found = find_awards(table(rows), catalogue, None)
    assert found.faults == []
    assert rows_of(found) == [
        (2021, "gk_phuong", "", "ward", "collective", 12),
        (2021, "gk_huyen", "", "district", "individual", 5),
        (2021, "cstdcs", "", "district", "individual", 4),
        (2021, "hc_lao_dong", "Ba", "central", "collective", 1),
        (2021, "bk_tinh", "", "province", "individual", 2),
    ]
    assert (found.awards[0].decision_no, found.awards[0].decision_date) == ("123/QĐ-UBND", date(2021, 11, 5))


def test_counts_in_a_column_for_each_recipient(table, catalogue):
    """ "Tập thể | Cá nhân | Hộ gia đình" is the other common shape; blanks give no row."""
    rows = [
        ["NĂM 2020"],
        ["Hình thức khen thưởng", "Tập thể", "Cá nhân", "Hộ gia đình"],
        ["Giấy khen của phường", "48", "96", ""],
    ]
    assert rows_of(find_awards(table(rows), catalogue, None)) == [
        (2020, "gk_phuong", "", "ward", "collective", 48),
        (2020, "gk_phuong", "", "ward", "individual", 96),
    ]


def test_from_july_2025_the_ward_grants_what_the_district_granted(table, catalogue):
    """A row without a level takes the one level competent on its day."""
    rows = [
        HEAD,
        ["1", "CSTĐCS", "", "", "4", "9/QĐ", "01/08/2025"],
        ["2", "CSTĐCS", "", "", "3", "8/QĐ", "01/03/2025"],
    ]
    assert [a.level for a in find_awards(table(rows), catalogue, None).awards] == ["ward", "district"]


def test_a_december_decision_belongs_to_the_next_emulation_year():
    """The year runs from 1 December to 30 November."""
    assert (emulation_year(date(2020, 12, 1)), emulation_year(date(2020, 11, 30))) == (2021, 2020)


def test_every_honour_is_found_by_its_own_name(catalogue):
    """In Vietnamese and English, at each of its levels."""
    for honour in catalogue.honours.values():
        for level in honour.levels:
            assert find_honour(honour.name("vi"), catalogue, level)[0] is honour
            assert find_honour(honour.name("en"), catalogue, level)[0] is honour


def test_every_level_is_found_by_its_own_name(catalogue):
    """The words of the form's drop-down list."""
    assert {level: level_in(words["vi"]) for level, words in catalogue.levels.items()} == {
        level: level for level in catalogue.levels
    }


@pytest.mark.parametrize(
    ("named", "cell"),
    [("Họ và tên", "Hồ Thị Nhớ"), ("Người nhận", "Lò Văn Pịa"), ("Ghi chú", "gia đình ông Lò Văn Pịa")],
)
def test_a_column_of_names_stands_in_no_quote(table, catalogue, named, cell):
    """Rows of the register are kept for good: quoted are the cells that were read, in their order, and no others."""
    rows = [
        ["NĂM 2021"], ["STT", named, "Danh hiệu", "Cấp", "Đối tượng", "Số lượng", "Số quyết định"],
        ["1", cell, "Giấy khen", "Phường", "Cá nhân", "1", "12/QĐ"],
    ]  # fmt: skip
    (award,) = find_awards(table(rows), catalogue, None).awards
    assert award.quote == "Giấy khen | Phường | Cá nhân | 1 | 12/QĐ"


@pytest.mark.parametrize("said", ["Hồ Thị Nhớ", "Cá nhân: Lò Văn Pịa", "Ông Người"])
def test_a_name_among_the_recipients_is_not_quoted(table, catalogue, said):
    """Nor is the surname Hồ a household."""
    rows = [["NĂM 2021"], HEAD, ["1", "Lao động tiên tiến", "Phường", said, "1", "12/QĐ", ""]]
    found = find_awards(table(rows), catalogue, None)
    assert [award.recipient for award in found.awards] == ["individual"]
    assert said not in found.awards[0].quote


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("Lò Văn Pịa", ""),
        ("Đoàn Thị Hội", ""),
        ("Chủ tịch UBND phường", "Chủ tịch UBND phường"),
        ("Đảng ủy phường", "Đảng ủy phường"),
    ],
)
def test_who_decided_is_an_office_and_not_a_signature(table, catalogue, said, kept):
    """The signing person's name is neither kept nor quoted."""
    rows = [["NĂM 2021"], [*HEAD, "Người ký"], ["1", "Giấy khen", "Phường", "Tập thể", "2", "", "", said]]
    (award,) = find_awards(table(rows), catalogue, None).awards
    assert award.giver == kept
    assert (said in award.quote) == bool(kept)

"""From bytes to the store, whole or not at all."""

import io
import unicodedata
from dataclasses import replace
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from sqlalchemy import event

from core.errors import FaultError
from core.figures import Award, Figure, Origin, UnitKey
from core.store import batches, store_batch, undo
from core.store import tidy as stored
from core.vi.text import spelling_key
from etl.checks import check
from etl.run import (
    Wanted,
    against_store,
    answered,
    changes,
    load,
    parse_unit,
    read_files,
    read_reports,
    standing,
    without_years,
)
from tests.core.vi.old_letters import in_vni
from tests.etl.readers.making import pdf

KHUONG_THUONG = UnitKey("00238", date(1900, 1, 1))
TODAY = date(2026, 1, 5)
NOTHING_SAID = Wanted()
GOOD = "UBND PHƯỜNG KHƯƠNG THƯỢNG;;;\nNĂM 2020;;;\nChỉ tiêu;ĐVT;Kế hoạch;Thực hiện\nHộ nghèo;hộ;5;4\n".encode()
BAD = "UBND PHƯỜNG KHƯƠNG THƯỢNG;;;\nNĂM 2020;;;\nChỉ tiêu;ĐVT;Kế hoạch;Thực hiện\nHộ nghèo;hộ;năm;4\n".encode()


def one(content, catalogue, name="bao-cao.csv", wanted=NOTHING_SAID):
    (reading,) = read_reports([(name, content)], catalogue, wanted, TODAY)
    return reading


def workbook(rows, hidden_rows=(), merged=()):
    """A workbook as openpyxl saves it."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for row in hidden_rows:
        book.active.row_dimensions[row].hidden = True
    for area in merged:
        book.active.merge_cells(area)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_files_that_are_not_there_are_all_named(tmp_path):
    """Before anything is read."""
    with pytest.raises(FaultError) as error:
        read_files([tmp_path / "a.xlsx", tmp_path / "b.xlsx"])
    assert len(error.value.faults) == 2


def test_an_unreadable_file_is_refused_and_the_next_is_read(catalogue):
    """One answer a file, in order."""
    broken, good = read_reports([("a.xlsx", b"PK\x03\x04 no workbook"), ("b.csv", GOOD)], catalogue, today=TODAY)
    assert broken.refused and not broken.tidy.figures
    assert [figure.value for figure in good.tidy.figures] == [5, 4]


def test_a_file_without_any_indicator_is_refused(catalogue):
    """An empty store entry would look like a report read."""
    assert [fault.code for fault in one("Chào mừng;năm mới\n".encode(), catalogue).refused] == ["etl.nothing_found"]


@pytest.mark.parametrize("said", [
    "Phở bò 45.000 đồng, bún chả 40.000 đồng; mở cửa 6 giờ đến 21 giờ, nghỉ ngày 30/4.",
    "Kính gửi anh, em gửi lại hợp đồng số 12/2020/HĐ, trị giá 250 triệu đồng, hạn 90 ngày.",
    "Đội bóng phường thắng 3-1; khán giả 1.200 người; vé bán 85%.",
    "Dear Sir, the invoice of 12,500 USD is due in 30 days (2.5% discount).",
    "x" * 5_000, "1 2 3 4 5 6 7 8 9 10 " * 50,
])
def test_a_file_that_is_no_report_gives_no_figures_and_says_so(catalogue, said):
    """Numbers alone make no figure."""
    reading = one(said.encode(), catalogue, name="thu.txt")
    assert [fault.code for fault in reading.faults] == ["etl.nothing_found"]
    assert not reading.tidy.figures and not reading.tidy.awards


def test_pages_that_are_pictures_are_named_beside_the_figures_of_the_others(catalogue):
    """A report whose annex was scanned is no report without an annex."""
    line = b"BT /F1 12 Tf 72 700 Td (So ho ngheo nam 2020 con 13 ho) Tj ET"
    reading = one(pdf(line, b"0 0 9 9 re f"), catalogue, name="bao-cao.pdf")
    assert [notice.params for notice in reading.tidy.notices if notice.code == "reading.pages_without_text"] == [
        {"pages": "2"}]


def test_a_file_in_an_old_encoding_is_read_when_it_is_chosen_and_the_batch_remembers(catalogue, store):
    """The words quoted are those that were converted."""
    report = "UBND PHƯỜNG KHƯƠNG THƯỢNG năm 2020\n\nThu ngân sách nhà nước trên địa bàn đạt 51,2 tỷ đồng."
    content = in_vni(report).encode("latin-1")
    assert one(content, catalogue, name="a.txt").offered.keys() == {"vni"}
    reading = one(content, catalogue, name="a.txt", wanted=Wanted(KHUONG_THUONG, encoding="vni"))
    assert reading.converted == "vni" and "ngân sách" in reading.tidy.figures[0].quote
    load(store, reading, catalogue, "Lan")
    assert batches(store).iloc[0]["note"] == "converted:vni"


SPELLINGS = {
    "decomposed": lambda said: unicodedata.normalize("NFD", said),
    "the other tone place": lambda said: said.replace("hóa", "hoá").replace("HÓA", "HOÁ"),
    "marks of zero width": lambda said: said.replace("h", "h\u200b").replace("n", "\ufeffn\u00ad"),
    "spaces that do not break": lambda said: said.replace(" ", "\u00a0"),
    "spaces of other widths": lambda said: said.replace(" ", "\u2009"),
    "wide letters and digits": lambda said: said.translate({code: code + 0xFEE0 for code in range(0x30, 0x7B)
                                                           if chr(code).isalnum()}),
    "a foreign letter that looks like Đ": lambda said: said.replace("Đ", "Ð").replace("đ", "ð"),
}
TABLE = ("UBND PHƯỜNG KHƯƠNG THƯỢNG;;;;\nNĂM 2020;;;;\nChỉ tiêu;ĐVT;Kế hoạch;Thực hiện;Ghi chú\nHộ nghèo;hộ;5;4;\n"
         "Tổ dân phố văn hóa;tổ;;13;\n")
PROSE = ("ỦY BAN NHÂN DÂN PHƯỜNG KHƯƠNG THƯỢNG\n\nBÁO CÁO năm 2020\n\n"
         "Thu ngân sách nhà nước trên địa bàn đạt 51,2 tỷ đồng. "
         "Toàn phường có 13/18 tổ dân phố đạt danh hiệu Tổ dân phố văn hóa; Tổ dân phố số 5 đạt danh hiệu văn hóa.\n")


@pytest.mark.parametrize("spelling", SPELLINGS)
@pytest.mark.parametrize(("name", "said"), [("a.csv", TABLE), ("a.txt", PROSE)])
def test_however_its_letters_are_encoded_a_report_says_the_same(catalogue, name, said, spelling):
    """Labels, phrases, names of groups and of the ward, numbers and units."""

    def read(content):
        reading = one(content.encode(), catalogue, name=name)
        groups = [(group.id, spelling_key(group.name)) for group in reading.tidy.groups]
        return [(figure.key, figure.value, figure.of) for figure in reading.tidy.figures], groups, reading.tidy.unit

    expected = read(said)
    assert len(expected[0]) > 1 and expected[2] == KHUONG_THUONG
    assert read(SPELLINGS[spelling](said)) == expected


def test_a_refused_file_leaves_the_store_as_it_was(catalogue, sqlite_store):
    """Its good figures are not stored either."""
    reading = one(BAD, catalogue)
    assert [figure.value for figure in reading.tidy.figures] == [4]
    for act in (lambda: changes(sqlite_store, reading), lambda: load(sqlite_store, reading, catalogue, "test")):
        with pytest.raises(FaultError) as error:
            act()
        assert [fault.code for fault in error.value.faults] == ["etl.not_a_number"]
    assert stored(sqlite_store, "tidy_indicators").empty


def test_figures_of_no_unit_are_refused(catalogue, sqlite_store):
    """The person must say whose they are."""
    reading = one(GOOD.replace("UBND PHƯỜNG KHƯƠNG THƯỢNG".encode(), b""), catalogue)
    with pytest.raises(FaultError) as error:
        load(sqlite_store, reading, catalogue, "test")
    assert [fault.code for fault in error.value.faults] == ["etl.unit_needed"]


def test_a_report_is_stored_once_and_a_corrected_one_changes_what_it_changes(catalogue, store):
    """On both databases."""
    first = one(GOOD, catalogue)
    assert len(changes(store, first).added) == 2
    batch = load(store, first, catalogue, "test")
    assert batch.rows == 2
    assert load(store, one(GOOD, catalogue, "ten-khac.csv"), catalogue, "test").duplicate_of == batch.id
    again = changes(store, one(GOOD.replace(b";4", b";3"), catalogue))
    assert (len(again.added), len(again.same), [(old.value, new.value) for old, new in again.changed]) == (
        0,
        1,
        [(4, 3)],
    )
    frame = stored(store, "tidy_indicators", unit=KHUONG_THUONG)
    assert sorted(frame["value"]) == [4.0, 5.0]


def test_hidden_rows_merged_headers_and_numbers_as_text_in_a_real_workbook(catalogue):
    """As other programs save them."""
    rows = [
        ["UBND PHƯỜNG KHƯƠNG THƯỢNG"], ["Đơn vị: triệu đồng"],
        ["TT", "Chỉ tiêu", "Năm 2019", None, "Năm 2020", None],
        [None, None, "Dự toán HĐND giao", "Thực hiện", "Dự toán HĐND giao", "Thực hiện"],
        [1, "Thu NSNN trên địa bàn", "8.400,5", 8756.25, "9,1 tỷ đồng", "=D5*2"],
        [2, "Thu ngân sách phường", "4.000", "4.100", "", ""],
        [3, "Chi ngân sách phường", 1, 2, 3, 4],
    ]  # fmt: skip
    content = workbook(rows, hidden_rows=[7], merged=["C3:D3", "E3:F3", "B3:B4", "A3:A4"])
    reading = one(content, catalogue, "nhieu-nam.xlsx")
    assert {(f.indicator, f.year, f.scenario): f.value for f in reading.tidy.figures} == {
        ("budget_revenue", 2019, "plan"): Decimal(8400500000),
        ("budget_revenue", 2019, "actual"): Decimal(8756250000),
        ("budget_revenue", 2020, "plan"): Decimal(9100000000),
        ("budget_revenue_own", 2019, "plan"): Decimal(4000000000),
        ("budget_revenue_own", 2019, "actual"): Decimal(4100000000),
    }
    assert [(fault.code, fault.where) for fault in reading.tidy.faults] == [("etl.formula_without_value", "Sheet!F5")]
    assert [question.code for question in reading.tidy.questions] == ["etl.question_hidden"] * 4


@pytest.mark.parametrize(
    ("words", "year", "unit", "name"),
    [
        ("00238", None, KHUONG_THUONG, ""),
        ("00238@1900-01-01", None, KHUONG_THUONG, ""),
        ("Khương Thượng", None, KHUONG_THUONG, ""),
        ("khuong thuong, dong da, ha noi", None, KHUONG_THUONG, ""),
        ("00229", 2020, UnitKey("00229", date(1900, 1, 1)), ""),
        ("00229", 2026, UnitKey("00229", date(2025, 7, 1)), ""),
        ("Phường Mẫu", None, None, "Phường Mẫu"),
    ],
)
def test_a_unit_is_named_by_code_or_by_name(catalogue, words, year, unit, name):
    """A name of several units waits for the year of each figure."""
    wanted = parse_unit(words, catalogue, year)
    assert (wanted.unit, wanted.unit_name) == (unit, name)


@pytest.mark.parametrize(
    ("words", "code"),
    [("00000", "etl.unit_not_found"), ("Nơi Nào", "etl.unit_not_found"), ("00229", "etl.unit_choice")],
)
def test_a_unit_that_fits_nothing_or_two_is_refused_with_the_choices(catalogue, words, code):
    """A reused code needs its first day."""
    with pytest.raises(FaultError) as error:
        parse_unit(words, catalogue)
    assert error.value.faults[0].code == code
    if code == "etl.unit_choice":
        assert "00229@2025-07-01 (Phường Kim Liên, Thành phố Hà Nội)" in error.value.faults[0].sentence("vi")


def test_a_chosen_candidate_takes_the_place_of_any_other_of_its_key_and_the_rules_are_asked_again(catalogue):
    """The reading itself stays as it was: it may be shared."""
    reading = one(GOOD, catalogue)
    plan, done = sorted(reading.tidy.figures, key=lambda figure: figure.scenario, reverse=True)
    wrong = replace(done, value=Decimal(-3))
    chosen = answered(reading, [wrong], catalogue, TODAY)
    assert sorted(figure.value for figure in chosen.tidy.figures) == [-3, plan.value]
    assert chosen.faults and not reading.faults and done in reading.tidy.figures


def test_years_can_be_left_out_of_a_reading(catalogue):
    """Only those of the unit that is named with them."""
    reading = one(GOOD, catalogue)
    assert without_years(reading, [(KHUONG_THUONG, 2020)], catalogue, TODAY).tidy.figures == []
    for pair in ((KHUONG_THUONG, 2021), (UnitKey("00001", date(1900, 1, 1)), 2020)):
        assert without_years(reading, [pair], catalogue, TODAY).tidy.figures == reading.tidy.figures


HALF = "UBND PHƯỜNG KHƯƠNG THƯỢNG;;;\nNĂM {year};;;\nChỉ tiêu;ĐVT;{column};\n"
ROW = "Thu ngân sách nhà nước trên địa bàn;triệu đồng;{value};\n"


def sheet(catalogue, year, value, column="Thực hiện"):
    return one((HALF.format(year=year, column=column) + ROW.format(value=value)).encode(), catalogue)


def rules_of(reading):
    return [finding.rule for finding in reading.findings]


def test_a_file_is_held_against_what_the_store_knows_of_its_unit(catalogue, store):
    """A slip of the unit shows in the ward's own past only; without it, and of another ward, nothing is asked."""
    for year, value in ((2018, 8100), (2019, 8400)):
        load(store, sheet(catalogue, year, value), catalogue, "test")
    slip = sheet(catalogue, 2020, 8756500)
    assert rules_of(slip) == []
    checked = against_store(store, slip, catalogue, TODAY)
    assert rules_of(checked) == ["jump"] and checked.is_wrong and not checked.faults
    assert rules_of(slip) == []  # a reading may be shared
    assert rules_of(against_store(store, sheet(catalogue, 2020, 8756), catalogue, TODAY)) == []
    elsewhere = HALF.format(year=2020, column="Thực hiện").replace("KHƯƠNG THƯỢNG", "CÁT LINH")
    other = one((elsewhere + ROW.format(value=8756500)).encode(), catalogue)
    assert rules_of(against_store(store, other, catalogue, TODAY)) == []


def test_a_percentage_is_held_against_the_plan_that_was_stored_before(catalogue, store):
    """The plan came with another file."""
    load(store, sheet(catalogue, 2020, 8400, "Dự toán HĐND giao"), catalogue, "test")
    text = (
        "UBND PHƯỜNG KHƯƠNG THƯỢNG\nNĂM 2020\n"
        "Thu ngân sách nhà nước trên địa bàn đạt 8.756 triệu đồng, đạt 120% dự toán HĐND giao."
    )
    reading = one(text.encode(), catalogue, "bao-cao.txt")
    assert rules_of(reading) == []
    assert rules_of(against_store(store, reading, catalogue, TODAY)) == ["attainment"]


def test_a_list_of_awards_is_held_against_the_total_that_was_stored_before(catalogue, store):
    """And the total against the list."""
    total = Figure("award_collectives_ward", 2020, Decimal(48), KHUONG_THUONG, origin=Origin("", ""))
    award = Award(2020, "gk_phuong", "ward", "collective", 47, KHUONG_THUONG)
    for known, new in (({"figures": [total]}, ([], [award])), ({"figures": [], "awards": [award]}, ([total], []))):
        batch = store_batch(store, **known, report=None, who="test")
        assert [f.rule for f in check(*new, catalogue, TODAY, standing(store, *new, catalogue))] == [
            "register_and_totals"
        ]
        undo(store, batch.id, who="test")


def test_the_store_is_asked_twice_however_long_the_file(catalogue, sqlite_store):
    """Once for figures, once for awards; not at all where nobody knows whose they are."""
    asked = []
    event.listen(sqlite_store.reader, "before_cursor_execute", lambda *a: asked.append(a[2]))
    rows = "".join(f"{name};triệu đồng;5000;\n" for name in ("Thu ngân sách phường", "Chi ngân sách phường"))
    long = (HALF.format(year=2020, column="Thực hiện") + ROW.format(value=8756) + rows).encode()
    reading = one(long, catalogue)
    assert len(reading.tidy.figures) == 3
    against_store(sqlite_store, reading, catalogue, TODAY)
    assert len([statement for statement in asked if statement.startswith("SELECT")]) == 2
    homeless = one(long.replace("UBND PHƯỜNG KHƯƠNG THƯỢNG".encode(), b""), catalogue)
    asked.clear()
    against_store(sqlite_store, homeless, catalogue, TODAY)
    assert asked == []

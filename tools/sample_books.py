"""Workbooks of Phường Mẫu: the annex as a sheet, years side by side, the filled form, a tidy CSV, the award register."""

from __future__ import annotations

import csv
import io
from datetime import datetime

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.properties import PageSetupProperties

from core.catalogue import load_catalogue
from core.texts import text
from etl.template import template
from tools import sample_story as story
from tools.sample_rows import Row, annex, group_rows, reached

_THIN = Side(style="thin")
_GRID = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_HEAD = PatternFill("solid", fgColor="E7EEF5")


def _workbook(year: int) -> Workbook:
    book = Workbook()
    book.properties.creator, book.properties.created = "Văn phòng UBND phường Mẫu", datetime(year, 12, 28)
    return book


def _saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _draw(sheet, top: int, rows: int, widths) -> None:
    for row in sheet.iter_rows(min_row=top, max_row=rows, max_col=len(widths)):
        for cell in row:
            cell.border = _GRID
            cell.font = Font(name="Times New Roman", size=12, bold=cell.row == top)
            number = isinstance(cell.value, int | float)
            cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="right" if number else None)
            if isinstance(cell.value, int) and cell.value > 999:
                cell.number_format = "#,##0"
            if cell.row == top:
                cell.fill = _HEAD
    for at, width in enumerate(widths):
        sheet.column_dimensions["ABCDEFGHIJK"[at]].width = width
    sheet.row_dimensions[top].height = 34
    lay_out(sheet)


def lay_out(sheet) -> None:
    """Print a sheet on the width of one landscape page."""
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _title(sheet, words: str, width: int) -> None:
    sheet["A1"], sheet["A2"] = "UBND PHƯỜNG MẪU", words
    for at in (1, 2):
        sheet.cell(at, 1).font = Font(name="Times New Roman", size=13, bold=True)
    sheet.merge_cells(start_row=2, end_row=2, start_column=1, end_column=width)


def _number(said: str):
    """The stored number of a cell printed in the Vietnamese way; fractions such as 13/18 stay text."""
    if not said or "/" in said:
        return said or None
    value = float(said.replace(".", "").replace(",", "."))
    return int(value) if value.is_integer() else value


def _english(said: str) -> str:
    """1.234,5 as 1,234.5, as an office computer set to the United States writes it."""
    return said.translate(str.maketrans({".": ",", ",": "."}))


def annex_book(
    year: int, *, merged: bool = False, as_text: bool = False, hidden_row: bool = False, english_style: bool = False
) -> bytes:
    """The year's annex, its groups and its award register on three sheets."""
    book = _workbook(year)
    sheet = book.active
    sheet.title = "Chi tieu"
    _title(sheet, f"KẾT QUẢ THỰC HIỆN CÁC CHỈ TIÊU NĂM {year}", 7)
    top = 4
    council = year in story.REVENUE_COUNCIL_PLAN
    heads = ["TT", "Chỉ tiêu", "ĐVT", "Kế hoạch quận giao", f"Thực hiện năm {year}", "% so kế hoạch", "So cùng kỳ (%)"]
    if council:
        heads.insert(4, "HĐND phường giao")
    if merged:
        first, second = ["TT", "Chỉ tiêu", "ĐVT", f"Năm {year}", None, None, "So cùng kỳ (%)"], [None] * 7
        second[3:6] = ["Kế hoạch quận giao", "Thực hiện", "% so kế hoạch"]
        for at, (upper, lower) in enumerate(zip(first, second, strict=True), start=1):
            sheet.cell(top, at, upper)
            sheet.cell(top + 1, at, lower)
        for column in (1, 2, 3, 7):
            sheet.merge_cells(start_row=top, end_row=top + 1, start_column=column, end_column=column)
        sheet.merge_cells(start_row=top, end_row=top, start_column=4, end_column=6)
        row = top + 2
    else:
        for at, head in enumerate(heads, start=1):
            sheet.cell(top, at, head)
        row = top + 1
    for number, line in enumerate(annex(year), start=1):
        said = [line.plan, *([line.council] if council else []), line.result, line.percent]
        shown = [_shown(value, as_text, english_style) for value in said]
        for at, value in enumerate([number, line.label, line.measure, *shown], start=1):
            sheet.cell(row, at, value)
        if number == 1 and merged:  # a formula that no program has calculated yet, in a column that is not read
            sheet.cell(row, 7, f"=ROUND({story.REVENUE[year]}/{story.REVENUE[year - 1]}*100,1)")
        row += 1
    if hidden_row:
        sheet.cell(row, 2, "Số dân (để tính, không báo cáo)")
        sheet.cell(row, 3, "người")
        sheet.cell(row, 5, 15210)
        sheet.row_dimensions[row].hidden = True
        row += 1
    _draw(sheet, top, row - 1, (6, 46, 13, 18, 18, 14, 14, 12)[: len(heads)])
    _groups_sheet(book, year)
    _register_sheet(book, year)
    return _saved(book)


def _shown(said: str, as_text: bool, english_style: bool):
    if english_style:
        return _english(said) or None
    return (said or None) if as_text else _number(said)


def _groups_sheet(book: Workbook, year: int) -> None:
    sheet = book.create_sheet("To dan pho")
    _title(sheet, f"KẾT QUẢ BÌNH XÉT TỔ DÂN PHỐ VĂN HÓA NĂM {year}", 3)
    rows = [("TT", "Tổ dân phố", "Kết quả bình xét"), *((at, *row) for at, row in enumerate(group_rows(year), start=1))]
    for at, row in enumerate([*rows, (None, "Tổng cộng", reached(year))], start=4):
        for column, value in enumerate(row, start=1):
            sheet.cell(at, column, value)
    _draw(sheet, 4, 4 + len(rows), (6, 24, 22))


def _register_sheet(book: Workbook, year: int) -> None:
    sheet = book.create_sheet("Khen thuong")
    _title(sheet, f"TỔNG HỢP DANH HIỆU THI ĐUA, HÌNH THỨC KHEN THƯỞNG NĂM {year}", 8)
    heads = ("TT", "Danh hiệu, hình thức khen thưởng", "Cấp khen", "Đối tượng", "Số lượng", "Phương thức", "Số quyết định", "Ngày ký")
    for at, head in enumerate(heads, start=1):
        sheet.cell(4, at, head)
    rows = story.awards(year)
    for at, row in enumerate(rows, start=5):
        values = (at - 4, row.honour, row.level, row.recipient, row.count, row.mode, row.decision, row.day)
        for column, value in enumerate(values, start=1):
            sheet.cell(at, column, value)
    _draw(sheet, 4, 4 + len(rows), (6, 42, 14, 14, 11, 15, 18, 14))


def register_book(year: int) -> bytes:
    """The groups and the award register of a year whose figures came as CSV."""
    book = _workbook(year)
    book.remove(book.active)
    _groups_sheet(book, year)
    _register_sheet(book, year)
    return _saved(book)


def wide_book(year: int, shown: tuple[int, int]) -> bytes:
    """Indicators down, the year before and the year across; restates what the year before told otherwise."""
    book = _workbook(year)
    sheet = book.active
    sheet.title = "Tong hop"
    before = shown[0]
    _title(sheet, f"TỔNG HỢP CHỈ TIÊU CHỦ YẾU NĂM {before} VÀ NĂM {year}", 6)
    heads = ("TT", "Chỉ tiêu", "ĐVT", f"Thực hiện năm {before}", f"Kế hoạch quận giao năm {year}", f"Thực hiện năm {year}")
    for at, head in enumerate(heads, start=1):
        sheet.cell(4, at, head)
    told = {line.label: line.result for line in annex(before)} | {"Hộ cận nghèo": str(story.NEAR_POOR[before])}
    lines = annex(year)
    for at, line in enumerate(lines, start=5):
        values = (at - 4, line.label, line.measure, _number(told[line.label]), _number(line.plan), _number(line.result))
        for column, value in enumerate(values, start=1):
            sheet.cell(at, column, value)
    _draw(sheet, 4, 4 + len(lines), (6, 46, 13, 18, 18, 18))
    _groups_sheet(book, year)
    _register_sheet(book, year)
    return _saved(book)


def tidy_csv(year: int) -> bytes:
    """One value a row, semicolons and decimal commas, as Excel saves a CSV on a Vietnamese computer."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(["Phường", "Năm", "Chỉ tiêu", "Đơn vị tính", "Loại số liệu", "Bên giao", "Giá trị", "Trên tổng số"])
    for line in annex(year):
        result, _, of = line.result.partition("/")
        if line.plan:
            writer.writerow(["Phường Mẫu", year, line.label, line.measure, "Kế hoạch", "Quận giao", line.plan, ""])
        writer.writerow(["Phường Mẫu", year, line.label, line.measure, "Thực hiện", "", result, of])
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8")


def _sample_unit(code: str):
    return next(unit for unit in load_catalogue().units if unit.code == code)


def filled_template(year: int, estimate: bool = False) -> bytes:
    """The program's own form, filled in and saved by another program."""
    catalogue = load_catalogue()
    names = [f"Tổ dân phố {number}" for number in range(1, story.group_count(year) + 1)]
    book = load_workbook(io.BytesIO(template(year, _sample_unit("MAU01"), catalogue, (), names)))
    book.properties.created = datetime(year, 12, 28)
    indicators, groups, register = book.worksheets[:3]
    lines = {_indicator_of(line, catalogue): line for line in annex(year, estimate)}
    for row in indicators.iter_rows(min_row=6):
        line = lines.get(row[0].value)
        if line is None:
            continue
        result, _, of = line.result.partition("/")
        row[5].value = _number(line.plan)
        row[6].value = text("etl.basis_assigned") if line.plan else None
        money = line.measure == "triệu đồng"
        row[7].value = text("etl.scenario_estimate" if estimate and money else "etl.scenario_actual")
        row[8].value = _number(result)
        row[9].value = _number(of)
    for row, (name, result) in zip(groups.iter_rows(min_row=6), group_rows(year), strict=False):
        row[2].value = text("etl.group_reached" if result == "Đạt" else "etl.group_missed")
        assert row[1].value.endswith(name.split()[-1])
    for row, award in zip(register.iter_rows(min_row=6), story.awards(year), strict=False):
        honour, grade = award.honour, None
        row[1].value, row[2].value = catalogue.honours[_honour_id(honour)].name("vi"), grade
        row[3].value = catalogue.levels[_LEVELS[award.level]]["vi"]
        row[4].value, row[5].value, row[6].value = award.recipient, award.count, award.mode
        row[7].value, row[8].value = award.decision, datetime.strptime(award.day, "%d/%m/%Y")
    return _saved(book)


def _indicator_of(line: Row, catalogue) -> str:
    return next(id for id, label in LABELS.items() if label == line.label)


LABELS = {
    "budget_revenue": "Thu ngân sách nhà nước trên địa bàn",
    "budget_revenue_own": "Thu ngân sách phường được hưởng",
    "budget_expenditure": "Chi ngân sách phường",
    "cultural_groups": "Tổ dân phố văn hóa",
    "cultural_families": "Gia đình văn hóa",
    "cultural_families_rate": "Tỷ lệ gia đình văn hóa",
    "cultural_agencies": "Cơ quan, đơn vị đạt chuẩn văn hóa",
    "poor_households": "Hộ nghèo",
    "poor_household_rate": "Tỷ lệ hộ nghèo",
    "near_poor_households": "Hộ cận nghèo",
    "health_insurance_rate": "Tỷ lệ bao phủ bảo hiểm y tế",
    "construction_works": "Công trình xây dựng có phép",
    "construction_permit_rate": "Tỷ lệ công trình xây dựng có phép",
    "conscripts": "Công dân nhập ngũ",
    "conscription_rate": "Tỷ lệ hoàn thành chỉ tiêu giao quân",
    "onestop_files": "Hồ sơ một cửa đã giải quyết",
    "onestop_on_time_rate": "Tỷ lệ hồ sơ giải quyết đúng và trước hạn",
    "complaints": "Đơn thư khiếu nại, tố cáo, kiến nghị đã giải quyết",
    "complaints_resolved_rate": "Tỷ lệ giải quyết đơn thư",
    "targets_met": "Chỉ tiêu kinh tế – xã hội hoàn thành",
}
_LEVELS = {"Chính phủ": "central", "Tỉnh": "province", "Quận": "district", "Phường": "ward"}
_HONOURS = {
    "Bằng khen của Thủ tướng Chính phủ": "bk_thu_tuong",
    "Tập thể lao động xuất sắc": "ttldxs",
    "Cờ thi đua của tỉnh": "co_tinh",
    "Bằng khen của tỉnh": "bk_tinh",
    "Chiến sĩ thi đua cấp tỉnh": "cstd_tinh",
    "Tập thể lao động tiên tiến": "ttldtt",
    "Chiến sĩ thi đua cơ sở": "cstdcs",
    "Giấy khen của quận": "gk_huyen",
    "Lao động tiên tiến": "ldtt",
    "Giấy khen của phường": "gk_phuong",
}


def _honour_id(name: str) -> str:
    return _HONOURS[name]


def mirror_book() -> bytes:
    """Phường Gương, 2022-2024: a smaller neighbour, one wide sheet of three years."""
    book = _workbook(2024)
    sheet = book.active
    sheet.title = "Phuong Guong"
    sheet["A1"], sheet["A2"] = "UBND PHƯỜNG GƯƠNG", "TỔNG HỢP CHỈ TIÊU CHỦ YẾU GIAI ĐOẠN 2022-2024"
    heads = ["TT", "Chỉ tiêu", "ĐVT"]
    for year in (2022, 2023, 2024):
        heads += [f"Kế hoạch quận giao năm {year}", f"Thực hiện năm {year}"]
    for at, head in enumerate(heads, start=1):
        sheet.cell(4, at, head)
    lines = [
        ("Thu ngân sách nhà nước trên địa bàn", "triệu đồng", ((31000, 33480), (33500, 34170), (36000, 38880))),
        ("Thu ngân sách phường được hưởng", "triệu đồng", ((9800, 10120), (10300, 10560), (10900, 11340))),
        ("Chi ngân sách phường", "triệu đồng", ((9700, 9510), (10200, 10040), (10800, 10690))),
        ("Tổ dân phố văn hóa", "tổ", ((10, "9/12"), (10, "10/12"), (11, "11/12"))),
        ("Tỷ lệ gia đình văn hóa", "%", ((90, 90.4), (90, 91.1), (91, 91.6))),
        ("Hộ nghèo", "hộ", ((None, 18), (None, 13), (None, 8))),
    ]
    for at, (label, measure, pairs) in enumerate(lines, start=5):
        for column, value in enumerate([at - 4, label, measure, *(value for pair in pairs for value in pair)], start=1):
            sheet.cell(at, column, value)
    _draw(sheet, 4, 4 + len(lines), (6, 44, 13, 16, 16, 16, 16, 16, 16))
    return _saved(book)



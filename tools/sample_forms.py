"""The official budget forms 116, 117 and 118 of Phường Mẫu, saved by openpyxl with merged headers, as offices keep them."""

from __future__ import annotations

import io
from datetime import datetime

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side

from tools import sample_story as story
from tools.sample_books import lay_out
from tools.sample_rows import vi

_THIN = Side(style="thin")
_GRID = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_PLANNED = (("r100", 24), ("rbalance", 28), ("rtarget", 12), ("rshared", 36))  # surplus and carried money are not planned


def parts(total: int, shares) -> dict[str, int]:
    """A total in thousand đồng split by shares of 100; the last part takes what rounding leaves."""
    split = {name: total * share // 100 for name, share in shares}
    last = shares[-1][0]
    split[last] += total - sum(split.values())
    return split


def revenue_parts(year: int) -> tuple[dict[str, int], dict[str, int]]:
    """The ward's own revenue by line, planned and final; the surplus is what last year's account left."""
    planned = parts(story.OWN_PLAN[year] * 1000, _PLANNED) | {"rsurplus": 0, "rcarry": 0}
    surplus = (story.OWN[year - 1] - story.SPENDING[year - 1]) * 1000
    drift = year - 2016
    shares = (("r100", 20 + drift), ("rbalance", 31 - drift), ("rtarget", 11 + year % 3 * 2), ("rcarry", 4 + year % 2), ("rshared", 0))
    final = parts(story.OWN[year] * 1000 - surplus, shares) | {"rsurplus": surplus}
    return planned, final


def spending_parts(year: int, total: int, carry: int) -> dict[str, int]:
    """A total of spending by kind; `carry` is the percentage that goes into the next year."""
    return parts(total * 1000, (("edev", 15 + year - 2016), ("ecarry", carry), ("ereg", 0)))


def _book(title: str, number: str, year: int, measure: str, width: int) -> tuple[Workbook, int]:
    book = Workbook()
    book.properties.creator, book.properties.created = "Kế toán phường Mẫu", datetime(year + 1, 6, 20)
    sheet = book.active
    sheet.title = f"Bieu {number}"
    lines = [("UBND PHƯỜNG MẪU", f"Biểu số {number}/CK TC-NSNN"), (title, ""),
             ("(Quyết toán đã được Hội đồng nhân dân phê chuẩn)", ""), ("", f"Đơn vị: {measure}")]  # fmt: skip
    for at, (left, right) in enumerate(lines, start=1):
        sheet.cell(at, 1, left or None).font = Font(name="Times New Roman", size=12, bold=at < 3, italic=at == 3)
        if right:
            sheet.cell(at, width, right).alignment = Alignment(horizontal="right")
        elif at in (2, 3):
            sheet.merge_cells(start_row=at, end_row=at, start_column=1, end_column=width)
            sheet.cell(at, 1).alignment = Alignment(horizontal="center")
    return book, 6


def _header(sheet, top: int, cells, merges) -> None:
    for row, column, words in cells:
        sheet.cell(top + row, column, words)
    for area in merges:
        first_row, first, last_row, last = area
        sheet.merge_cells(start_row=top + first_row, start_column=first, end_row=top + last_row, end_column=last)


def _finish(book: Workbook, top: int, widths) -> bytes:
    sheet = book.active
    for row in sheet.iter_rows(min_row=top, max_row=sheet.max_row, max_col=len(widths)):
        for cell in row:
            cell.border = _GRID
            cell.font = Font(name="Times New Roman", size=12, bold=cell.row < top + 2)
            number = isinstance(cell.value, int | float)
            cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="right" if number else None)
            if isinstance(cell.value, int) and cell.value > 999:
                cell.number_format = "#,##0"
        if any(isinstance(cell.value, str) and len(cell.value) > 44 for cell in row):
            sheet.row_dimensions[row[0].row].height = 34
    for at, width in enumerate(widths):
        sheet.column_dimensions["ABCDEFGHIJKL"[at]].width = width
    lay_out(sheet)
    foot = sheet.max_row + 2
    sheet.cell(foot, len(widths), "TM. ỦY BAN NHÂN DÂN")
    sheet.cell(foot + 1, len(widths), "CHỦ TỊCH")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _ratio(done: int, planned: int):
    return round(done / planned * 100, 1) if planned else "-"


def form_116(year: int) -> bytes:
    """Balance of the final account, revenue left and spending right, in thousand đồng."""
    book, top = _book(f"CÂN ĐỐI QUYẾT TOÁN NGÂN SÁCH XÃ NĂM {year}", "116", year, "1000 đồng", 8)
    sheet = book.active
    heads = ("Dự toán", "Quyết toán", "So sánh QT/DT (%)")
    cells = [(0, 1, "Nội dung thu"), *((0, 2 + at, head) for at, head in enumerate(heads)), (0, 5, "Nội dung chi"),
             *((0, 6 + at, head) for at, head in enumerate(heads))]  # fmt: skip
    _header(sheet, top, cells, [])
    plan, done = revenue_parts(year)
    out_plan = spending_parts(year, story.SPENDING_PLAN[year], 0)
    out_done = spending_parts(year, story.SPENDING[year], 4)

    def pair(label, planned, actual):
        return [label, planned or "-", actual, _ratio(actual, planned)]

    def sums(split, *names):
        return sum(split[name] for name in names)

    left = [
        pair("TỔNG SỐ THU", sum(plan.values()), sum(done.values())),
        pair("I. Các khoản thu xã hưởng 100%", plan["r100"], done["r100"]),
        pair("II. Các khoản thu phân chia theo tỷ lệ phần trăm (%)", plan["rshared"], done["rshared"]),
        pair("III. Thu bổ sung", sums(plan, "rbalance", "rtarget"), sums(done, "rbalance", "rtarget")),
        pair("- Bổ sung cân đối ngân sách", plan["rbalance"], done["rbalance"]),
        pair("- Bổ sung có mục tiêu", plan["rtarget"], done["rtarget"]),
        pair("IV. Thu kết dư ngân sách năm trước (nếu có)", plan["rsurplus"], done["rsurplus"]),
        ["V. Thu viện trợ", "-", "-", "-"],
        pair("VI. Thu chuyển nguồn từ năm trước sang (nếu có)", plan["rcarry"], done["rcarry"]),
    ]
    right = [
        pair("TỔNG SỐ CHI", sum(out_plan.values()), sum(out_done.values())),
        pair("I. Chi đầu tư phát triển", out_plan["edev"], out_done["edev"]),
        pair("II. Chi thường xuyên", out_plan["ereg"], out_done["ereg"]),
        pair("III. Chi chuyển nguồn của ngân sách xã sang năm sau (nếu có)", out_plan["ecarry"], out_done["ecarry"]),
    ]
    right += [[None] * 4] * (len(left) - len(right))
    for at, (one, other) in enumerate(zip(left, right, strict=True), start=top + 1):
        for column, value in enumerate([*one, *other], start=1):
            sheet.cell(at, column, value)
    return _finish(book, top, (42, 14, 14, 12, 42, 14, 14, 12))


def form_117(year: int) -> bytes:
    """Final account of revenue in two-row headers; 2022 keeps its numbers as text, as a pasted sheet does."""
    book, top = _book(f"QUYẾT TOÁN THU NGÂN SÁCH XÃ NĂM {year}", "117", year, "nghìn đồng", 8)
    sheet = book.active
    cells = [(0, 1, "STT"), (0, 2, "NỘI DUNG"), (0, 3, "DỰ TOÁN"), (0, 5, "QUYẾT TOÁN"), (0, 7, "SO SÁNH (%)")]
    cells += [(1, 3 + at, ("THU NSNN", "THU NSX")[at % 2]) for at in range(6)]
    cells += [(2, 1 + at, words) for at, words in enumerate(("A", "B", "1", "2", "3", "4", "5=3/1", "6=4/2"))]
    _header(sheet, top, cells, [(0, 1, 1, 1), (0, 2, 1, 2), (0, 3, 0, 4), (0, 5, 0, 6), (0, 7, 0, 8)])
    plan, done = revenue_parts(year)
    state = [(("r100", 12), ("rshared", 88)), story.REVENUE_PLAN[year] * 1000, story.REVENUE[year] * 1000]
    state_plan, state_done = parts(state[1], state[0]), parts(state[2], state[0])
    topup_plan, topup_done = (split["rbalance"] + split["rtarget"] for split in (plan, done))
    rows = [
        ("", "TỔNG THU", state[1], sum(plan.values()), state[2], sum(done.values())),
        ("I", "Các khoản thu 100%", state_plan["r100"], plan["r100"], state_done["r100"], done["r100"]),
        ("II", "Các khoản thu phân chia theo tỷ lệ phần trăm (%)", state_plan["rshared"], plan["rshared"],
         state_done["rshared"], done["rshared"]),
        ("III", "Thu viện trợ không hoàn lại trực tiếp cho xã (nếu có)", "-", "-", "-", "-"),
        ("IV", "Thu chuyển nguồn", "-", plan["rcarry"], "-", done["rcarry"]),
        ("V", "Thu kết dư ngân sách năm trước", "-", plan["rsurplus"], "-", done["rsurplus"]),
        ("VI", "Thu bổ sung từ ngân sách cấp trên", "-", topup_plan, "-", topup_done),
        ("", "- Thu bổ sung cân đối", "-", plan["rbalance"], "-", done["rbalance"]),
        ("", "- Thu bổ sung có mục tiêu", "-", plan["rtarget"], "-", done["rtarget"]),
    ]  # fmt: skip
    for at, (number, label, *amounts) in enumerate(rows, start=top + 3):
        amounts = ["-" if amount == 0 else amount for amount in amounts]
        shown = [vi(amount) if year == 2022 and amount != "-" else amount for amount in amounts]
        ratios = [_ratio(amounts[2 + side], amounts[side]) if amounts[side] != "-" else "-" for side in (0, 1)]
        for column, value in enumerate([number or None, label, *shown, *ratios], start=1):
            sheet.cell(at, column, value)
    return _finish(book, top, (6, 46, 15, 15, 15, 15, 11, 11))


def form_118(year: int) -> bytes:
    """Final account of spending: total, investment, recurrent; the fields of spending below."""
    book, top = _book(f"QUYẾT TOÁN CHI NGÂN SÁCH XÃ NĂM {year}", "118", year, "1000 đồng", 11)
    sheet = book.active
    cells = [(0, 1, "STT"), (0, 2, "NỘI DUNG"), (0, 3, "DỰ TOÁN"), (0, 6, "QUYẾT TOÁN"), (0, 9, "SO SÁNH (%)")]
    cells += [(1, 3 + at, ("TỔNG SỐ", "ĐTPT", "TX")[at % 3]) for at in range(9)]
    _header(sheet, top, cells, [(0, 1, 1, 1), (0, 2, 1, 2), (0, 3, 0, 5), (0, 6, 0, 8), (0, 9, 0, 11)])
    plan, done = (spending_parts(year, total, 0) for total in (story.SPENDING_PLAN[year], story.SPENDING[year]))
    fields = (("Chi giáo dục", 6), ("Chi y tế", 4), ("Chi văn hóa, thông tin", 5), ("Chi thể dục thể thao", 2),
              ("Chi bảo vệ môi trường", 7), ("Chi các hoạt động kinh tế", 11),
              ("Chi hoạt động của cơ quan quản lý Nhà nước, Đảng, đoàn thể", 52), ("Chi cho công tác xã hội", 9),
              ("Chi khác", 4))  # fmt: skip
    lines = [("", "TỔNG CHI", plan, done), ("", "Trong đó:", None, None)]
    split_plan, split_done = ({kind: parts(amount, fields) for kind, amount in split.items()} for split in (plan, done))
    lines += [
        (str(at), name, {kind: split_plan[kind][name] for kind in split_plan}, {kind: split_done[kind][name] for kind in split_done})
        for at, (name, _) in enumerate(fields, start=1)
    ]
    for at, (number, label, planned, actual) in enumerate(lines, start=top + 2):
        sheet.cell(at, 1, number or None)
        sheet.cell(at, 2, label)
        if planned:
            amounts = [sum(planned.values()), planned["edev"], planned["ereg"]]
            results = [sum(actual.values()), actual["edev"], actual["ereg"]]
            ratios = [_ratio(result, amount) for result, amount in zip(results, amounts, strict=True)]
            for column, value in enumerate([*amounts, *results, *ratios], start=3):
                sheet.cell(at, column, value)
    return _finish(book, top, (6, 44, 13, 13, 13, 13, 13, 13, 9, 9, 9))

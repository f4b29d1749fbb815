"""Reports of Phường Mẫu as letters: Word in the layout of Nghị định 30/2020, and a page saved from the ward's web site."""

from __future__ import annotations

import html
import io
from datetime import datetime

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from tools import sample_story as story
from tools.sample_rows import Row, annex, group_rows, percent, reached, vi


class Letter:
    """A Word document of an office: national title, number and date, sections, tables, signature."""

    def __init__(self, issuer: str, year: int, number: str, day: str, place: str = "Phường Mẫu"):
        self.file = Document()
        self.file.core_properties.author = issuer
        self.file.core_properties.created = self.file.core_properties.modified = datetime(year, 12, 20)
        section = self.file.sections[0]
        section.page_height, section.page_width = Mm(297), Mm(210)
        section.left_margin, section.right_margin = Mm(30), Mm(20)
        section.top_margin = section.bottom_margin = Mm(20)
        style = self.file.styles["Normal"]
        style.font.name, style.font.size = "Times New Roman", Pt(13)
        style.element.rPr.rFonts.set(qn("w:eastAsia"), "Times New Roman")
        style.paragraph_format.space_after = Pt(6)
        head = self.file.add_table(rows=1, cols=2)
        left, right = head.rows[0].cells
        self._lines(left, ("ỦY BAN NHÂN DÂN", issuer.upper(), f"Số: {number}/BC-UBND"))
        self._lines(right, ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", f"{place}, {day}"))

    @staticmethod
    def _lines(cell, lines) -> None:
        for at, words in enumerate(lines):
            paragraph = cell.paragraphs[0] if at == 0 else cell.add_paragraph()
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            run = paragraph.add_run(words)
            run.bold, run.italic, run.font.size = at < 2, at == 2, Pt(12)

    def title(self, *lines: str) -> None:
        """BÁO CÁO and what it is about."""
        for words in lines:
            paragraph = self.file.add_paragraph()
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            paragraph.add_run(words).bold = True

    def heading(self, words: str) -> None:
        """A numbered heading."""
        self.file.add_paragraph().add_run(words).bold = True

    def say(self, words: str) -> None:
        """A paragraph."""
        paragraph = self.file.add_paragraph(words)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        paragraph.paragraph_format.first_line_indent = Mm(10)

    def table(self, above: str, rows) -> None:
        """A table with a line above it; the first row is its header."""
        self.heading(above)
        rows = [[str(value) if value is not None else "" for value in row] for row in rows]
        table = self.file.add_table(rows=0, cols=len(rows[0]), style="Table Grid")
        for at, row in enumerate(rows):
            cells = table.add_row().cells
            for cell, words in zip(cells, row, strict=True):
                run = cell.paragraphs[0].add_run(words)
                run.font.size, run.bold = Pt(11), at == 0

    def sign(self) -> bytes:
        """The signature block, and the file."""
        foot = self.file.add_table(rows=1, cols=2).rows[0].cells
        foot[0].text = "Nơi nhận:\n- Đảng ủy, HĐND phường;\n- Lưu: VT."
        self._lines(foot[1], ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "(đã ký)"))
        out = io.BytesIO()
        self.file.save(out)
        return out.getvalue()


def _annex_rows(lines: list[Row], result: str):
    adjusted = any(line.adjusted for line in lines)
    council = any(line.council for line in lines)
    heads = ["TT", "Chỉ tiêu", "ĐVT", "Kế hoạch quận giao"]
    heads += ["HĐND phường giao"] if council else []
    heads += ["Kế hoạch điều chỉnh"] if adjusted else []
    yield [*heads, result, "% so kế hoạch quận giao"]
    for at, line in enumerate(lines, start=1):
        more = ([line.council] if council else []) + ([line.adjusted] if adjusted else [])
        yield [at, line.label, line.measure, line.plan, *more, line.result, line.percent]


def _register_rows(rows):
    yield ["TT", "Danh hiệu, hình thức khen thưởng", "Cấp khen", "Đối tượng", "Số lượng", "Phương thức", "Số quyết định", "Ngày ký"]
    for at, row in enumerate(rows, start=1):
        yield [at, row.honour, row.level, row.recipient, row.count, row.mode, row.decision, row.day]


def _group_table(year: int):
    yield ["TT", "Tổ dân phố", "Kết quả bình xét"]
    for at, (name, result) in enumerate(group_rows(year), start=1):
        yield [at, name, result]
    yield ["", "Tổng cộng", reached(year)]


def _paragraphs(year: int, estimate: bool) -> list[tuple[str, list[str]]]:
    told = "ước thực hiện" if estimate else "đạt"
    revenue = story.REVENUE_ESTIMATE[year] if estimate else story.REVENUE[year]
    spending = story.SPENDING_ESTIMATE[year] if estimate else story.SPENDING[year]
    missed = [str(n) for n in range(1, story.group_count(year) + 1) if n not in story.GROUPS_REACHED[year]]
    return [
        ("1. Kinh tế, ngân sách", [
            f"Trong bối cảnh còn nhiều khó khăn, công tác thu, chi ngân sách được điều hành chặt chẽ. Thu ngân sách nhà nước trên "
            f"địa bàn {told} {vi(revenue)} triệu đồng, bằng {percent(revenue, story.REVENUE_PLAN[year])}% dự toán quận giao.",
            f"Chi ngân sách phường {told} {vi(spending)} triệu đồng, bằng {percent(spending, story.SPENDING_PLAN[year])}% "
            f"dự toán quận giao, bảo đảm đúng mục đích và tiết kiệm.",
        ]),
        ("2. Trật tự đô thị", [
            f"Phường phối hợp kiểm tra {story.WORKS_OF[year]} công trình; việc cấp phép, quản lý sau cấp phép đi vào nền nếp.",
        ]),
        ("3. Văn hóa, xã hội", [
            f"Qua bình xét, có {reached(year)} tổ dân phố đạt danh hiệu Tổ dân phố văn hóa; các tổ chưa đạt là tổ dân phố số "
            f"{', '.join(missed)}.",
            f"Công tác giảm nghèo được quan tâm, cuối năm toàn phường còn {story.POOR[year]} hộ nghèo.",
        ]),
        ("4. Quốc phòng, an ninh", [
            "Phường hoàn thành công tác tuyển quân, giữ vững an ninh chính trị và trật tự an toàn xã hội trên địa bàn.",
        ]),
        ("5. Cải cách hành chính, thi đua", [
            "Bộ phận một cửa tiếp nhận và trả kết quả đúng quy trình. Danh sách khen thưởng của năm kèm theo báo cáo này.",
        ]),
    ]  # fmt: skip


def report(year: int, estimate: bool = False) -> bytes:
    """The year-end report with its annexes; in December money is an estimate."""
    letter = Letter("Phường Mẫu", year, str(180 + year % 100), f"ngày 18 tháng 12 năm {year}")
    letter.title("BÁO CÁO", f"Kết quả thực hiện nhiệm vụ kinh tế - xã hội năm {year}")
    for heading, paragraphs in _paragraphs(year, estimate):
        letter.heading(heading)
        for words in paragraphs:
            letter.say(words)
    result = f"{'Ước thực hiện' if estimate else 'Thực hiện'} năm {year}"
    money, social = annex(year, estimate)[:3], annex(year, estimate)[3:]
    letter.table(f"PHỤ LỤC 1. Chỉ tiêu ngân sách năm {year}", _annex_rows(money, result))
    letter.table(f"PHỤ LỤC 2. Chỉ tiêu văn hóa - xã hội, hành chính năm {year}", _annex_rows(social, f"Thực hiện năm {year}"))
    letter.table(f"PHỤ LỤC 3. Tổ dân phố văn hóa năm {year}", _group_table(year))
    letter.table(f"PHỤ LỤC 4. Danh hiệu thi đua, hình thức khen thưởng năm {year}", _register_rows(story.awards(year)))
    return letter.sign()


HALF_YEAR = {"Phường Mẫu": ((30500, 32696), (7700, 8050), (7600, 7050)),
             "Phường Gương": ((18500, 19480), (5600, 5790), (5500, 5260))}  # fmt: skip
AFTER = ((740000, 785900), (96000, 101300), (94000, 90900))


def half_year_report(name: str) -> bytes:
    """The first half of 2025, the last report before the merger."""
    letter = Letter(name, 2025, "96", "ngày 24 tháng 6 năm 2025", name)
    letter.title("BÁO CÁO", "Kết quả thực hiện nhiệm vụ kinh tế - xã hội 6 tháng đầu năm 2025")
    letter.say(f"{name} tổng hợp số liệu để bàn giao khi sắp xếp đơn vị hành chính từ ngày 01 tháng 7 năm 2025.")
    heads = ["TT", "Chỉ tiêu", "ĐVT", "Kế hoạch quận giao 6 tháng đầu năm 2025", "Thực hiện 6 tháng đầu năm 2025"]
    letter.table("PHỤ LỤC. Chỉ tiêu ngân sách 6 tháng đầu năm 2025", [heads, *_money(HALF_YEAR[name])])
    return letter.sign()


def _money(pairs):
    labels = ("Thu ngân sách nhà nước trên địa bàn", "Thu ngân sách phường được hưởng", "Chi ngân sách phường")
    for at, (label, (plan, done)) in enumerate(zip(labels, pairs, strict=True), start=1):
        yield [at, label, "nghìn đồng", vi(plan * 1000), vi(done * 1000)]


def merged_report() -> bytes:
    """The new ward's first year-end report: the second half of 2025 for money, the year for what is counted once."""
    letter = Letter("Phường Mẫu", 2025, "212", "ngày 22 tháng 12 năm 2025")
    letter.title("BÁO CÁO", "Kết quả thực hiện nhiệm vụ kinh tế - xã hội 6 tháng cuối năm 2025 và cả năm 2025")
    letter.say("Phường Mẫu mới được thành lập từ ngày 01 tháng 7 năm 2025 trên cơ sở toàn bộ phường Mẫu và phường Gương cũ.")
    heads = ["TT", "Chỉ tiêu", "ĐVT", "Kế hoạch tỉnh giao 6 tháng cuối năm 2025", "Thực hiện 6 tháng cuối năm 2025"]
    letter.table("PHỤ LỤC 1. Chỉ tiêu ngân sách 6 tháng cuối năm 2025", [heads, *_money(AFTER)])
    heads = ["TT", "Chỉ tiêu", "ĐVT", "Kế hoạch tỉnh giao năm 2025", "Thực hiện năm 2025"]
    rows = [
        ("Tổ dân phố văn hóa", "tổ", "27", "26/30"), ("Tỷ lệ gia đình văn hóa", "%", "92", "92,4"),
        ("Hộ nghèo", "hộ", "", "16/7.820"), ("Tỷ lệ hộ nghèo", "%", "0,3", "0,2"),
        ("Tỷ lệ bao phủ bảo hiểm y tế", "%", "96", "95,8"), ("Hồ sơ một cửa đã giải quyết", "hồ sơ", "", "21.640"),
        ("Tỷ lệ hồ sơ giải quyết đúng và trước hạn", "%", "99", "99,1"),
        ("Tỷ lệ công trình xây dựng có phép", "%", "100", "100"),
    ]  # fmt: skip
    letter.table("PHỤ LỤC 2. Chỉ tiêu cả năm 2025", [heads, *([at, *row] for at, row in enumerate(rows, start=1))])
    letter.table("PHỤ LỤC 3. Danh hiệu thi đua, hình thức khen thưởng năm 2025", _register_rows(story.awards_after_the_merger()))
    return letter.sign()


def web_page(year: int) -> bytes:
    """A page of the ward's site saved by a browser: menu, footer and scripts around the report's tables."""

    def table(caption, rows):
        body = "".join(
            "<tr>" + "".join(f"<{tag}>{html.escape(str(value))}</{tag}>" for value in row) + "</tr>"
            for tag, row in (("th" if at == 0 else "td", row) for at, row in enumerate(rows))
        )
        return f"<p><strong>{html.escape(caption)}</strong></p><table border='1'>{body}</table>"

    lines = annex(year)
    parts = [f"<h2>{heading}</h2>" + "".join(f"<p>{words}</p>" for words in said) for heading, said in _paragraphs(year, False)]
    page = f"""<!DOCTYPE html>
<html lang="vi"><head><meta charset="utf-8"><title>Phường Mẫu tổng kết năm {year}</title>
<script>var visits = 1588;</script><style>body {{ font-family: serif }}</style></head>
<body><nav><ul><li>Trang chủ</li><li>Giới thiệu</li><li>Thủ tục hành chính</li><li>13 lĩnh vực</li></ul></nav>
<main><article><h1>Phường Mẫu tổng kết công tác năm {year}</h1><p>Ngày đăng 20/12/{year}</p>
{"".join(parts)}
{table(f"PHỤ LỤC 1. Các chỉ tiêu năm {year}", _annex_rows(lines, f"Thực hiện năm {year}"))}
{table(f"PHỤ LỤC 2. Tổ dân phố văn hóa năm {year}", _group_table(year))}
{table(f"PHỤ LỤC 3. Danh hiệu thi đua, hình thức khen thưởng năm {year}", _register_rows(story.awards(year)))}
</article></main><footer>Lượt truy cập: 245.118. Điện thoại: 0000 000 000</footer></body></html>
"""
    return page.encode("utf-8")

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
        head.autofit = False
        left, right = head.rows[0].cells
        for part, width in zip(head.columns, (Mm(62), Mm(98)), strict=True):
            part.width = width
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
        table.autofit = False
        widths = _widths(rows)
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
        for at, row in enumerate(rows):
            cells = table.add_row().cells
            for cell, words, width in zip(cells, row, widths, strict=True):
                cell.width = width
                run = cell.paragraphs[0].add_run(words)
                run.font.size, run.bold = Pt(11), at == 0

    def sign(self) -> None:
        """The signature block."""
        foot = self.file.add_table(rows=1, cols=2).rows[0].cells
        foot[0].text = "Nơi nhận:\n- Đảng ủy, HĐND phường;\n- Lưu: VT."
        self._lines(foot[1], ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "(đã ký)"))

    def saved(self) -> bytes:
        """The file."""
        out = io.BytesIO()
        self.file.save(out)
        return out.getvalue()


def _widths(rows: list[list[str]]) -> list[Mm]:
    """The columns' widths, by their longest word and half their longest text."""
    shares = []
    for column in zip(*rows, strict=True):
        word = max(len(word) for words in column for word in words.split() or [""])
        shares.append(min(max(word + 3, max(map(len, column)) // 2, 4), 24))
    return [Mm(160 * share / sum(shares)) for share in shares]


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


CAUSES = {  # what the figures alone do not tell; no sentence here holds a figure of its own
    2015: "Số hộ nghèo tăng do rà soát theo chuẩn nghèo mới, không phải do đời sống người dân đi xuống.",
    2016: "Từ đầu năm, Tổ dân phố 17 được tách từ Tổ dân phố 4, Tổ dân phố 18 được tách từ Tổ dân phố 9; hai tổ mới chưa đủ điều "
    "kiện xét danh hiệu. Chi ngân sách cao hơn dự toán vì phải sửa gấp nhà sinh hoạt cộng đồng cho hai tổ mới tách.",
    2020: "Tổ dân phố 7 và Tổ dân phố 18 không giữ được danh hiệu do còn vi phạm trật tự xây dựng; Tổ dân phố 12 đạt trở lại.",
    2021: "Thu ngân sách không đạt dự toán vì dịch Covid-19 kéo dài, nhiều hộ kinh doanh tạm nghỉ và được giảm, giãn thuế.",
    2022: "Số hộ nghèo tăng do áp dụng chuẩn nghèo đa chiều của giai đoạn mới.",
    2024: "Tổ dân phố 16 chưa đạt danh hiệu do còn điểm đổ rác không đúng nơi quy định.",
}


def _paragraphs(year: int, estimate: bool) -> list[tuple[str, list[str]]]:
    """The report's sections as (heading, paragraphs); in December money is an estimate."""
    told = "ước thực hiện" if estimate else "đạt"
    revenue = story.REVENUE_ESTIMATE[year] if estimate else story.REVENUE[year]
    spending = story.SPENDING_ESTIMATE[year] if estimate else story.SPENDING[year]
    missed = [str(n) for n in range(1, story.group_count(year) + 1) if n not in story.GROUPS_REACHED[year]]
    called = percent(story.CONSCRIPTS[year], story.CONSCRIPTS_OF[year])
    return [
        (f"Phần I. KẾT QUẢ THỰC HIỆN NHIỆM VỤ NĂM {year}", []),
        ("1. Kinh tế, ngân sách", [
            f"Trong bối cảnh còn nhiều khó khăn, công tác thu, chi ngân sách được điều hành chặt chẽ. Thu ngân sách nhà nước trên "
            f"địa bàn {told} {vi(revenue)} triệu đồng, bằng {percent(revenue, story.REVENUE_PLAN[year])}% dự toán quận giao.",
            f"Chi ngân sách phường {told} {vi(spending)} triệu đồng, bằng {percent(spending, story.SPENDING_PLAN[year])}% "
            f"dự toán quận giao, ưu tiên chi cho con người, an sinh xã hội và chỉnh trang ngõ xóm.",
        ]),
        ("2. Quản lý đô thị, trật tự xây dựng", [
            f"Trong năm, phường kiểm tra {story.WORKS_OF[year]} công trình xây dựng; tỷ lệ công trình xây dựng có phép đạt "
            f"{percent(story.WORKS[year], story.WORKS_OF[year])}%. Lực lượng chức năng ra quân giải tỏa vỉa hè, lòng đường theo kế hoạch.",
        ]),
        ("3. Văn hóa, xã hội", [
            f"Phong trào “Toàn dân đoàn kết xây dựng đời sống văn hóa” tiếp tục được đẩy mạnh. Qua bình xét, có {reached(year)} tổ dân "
            f"phố đạt danh hiệu Tổ dân phố văn hóa; các tổ chưa đạt là tổ dân phố số {', '.join(missed)}.",
            f"Toàn phường có {vi(story.FAMILIES[year])}/{vi(story.FAMILIES_OF[year])} hộ gia đình đạt danh hiệu Gia đình văn hóa, đạt "
            f"tỷ lệ {percent(story.FAMILIES[year], story.FAMILIES_OF[year])}%.",
            f"Công tác giảm nghèo được quan tâm, cuối năm toàn phường còn {story.POOR[year]} hộ nghèo. Tỷ lệ người dân tham gia bảo "
            f"hiểm y tế đạt {story.INSURED[year]}%.",
        ]),
        ("4. Quốc phòng, an ninh", [
            f"Công tác giao quân đạt {called}% chỉ tiêu. An ninh chính trị và trật tự an toàn xã hội trên địa bàn được giữ vững.",
        ]),
        ("5. Cải cách hành chính", [
            f"Bộ phận một cửa đã giải quyết {vi(story.FILES[year])} hồ sơ, tỷ lệ hồ sơ giải quyết đúng và trước hạn đạt "
            f"{story.ON_TIME[year]}%. Lãnh đạo phường duy trì lịch tiếp công dân hằng tuần.",
        ]),
        ("6. Thi đua, khen thưởng", [
            f"Tổng kết phong trào thi đua, UBND phường khen thưởng {story.COLLECTIVES['ward'][year]} tập thể và "
            f"{story.INDIVIDUALS['ward'][year]} cá nhân. Danh sách các danh hiệu, hình thức khen thưởng kèm theo báo cáo này.",
        ]),
        ("Phần II. HẠN CHẾ VÀ NGUYÊN NHÂN", [
            "Bên cạnh kết quả đạt được, một số mặt công tác còn hạn chế; việc phối hợp giữa các bộ phận có lúc chưa kịp thời.",
            *([CAUSES[year]] if year in CAUSES else []),
        ]),
        (f"Phần III. PHƯƠNG HƯỚNG, NHIỆM VỤ NĂM {year + 1}", [
            "Tập trung thu đúng, thu đủ các khoản thu ngay từ đầu năm; tiết kiệm chi thường xuyên.",
            "Duy trì chất lượng các tổ dân phố văn hóa, giúp đỡ các tổ chưa đạt danh hiệu; chăm lo gia đình chính sách, hộ khó khăn.",
        ]),
    ]  # fmt: skip


def report(year: int, estimate: bool = False) -> bytes:
    """The year-end report with its annexes; in December money is an estimate."""
    letter = Letter("Phường Mẫu", year, str(180 + year % 100), f"ngày 18 tháng 12 năm {year}")
    letter.title("BÁO CÁO", f"Tình hình thực hiện nhiệm vụ kinh tế - xã hội năm {year},", f"phương hướng, nhiệm vụ năm {year + 1}")
    for heading, paragraphs in _paragraphs(year, estimate):
        letter.heading(heading)
        for words in paragraphs:
            letter.say(words)
    result = f"{'Ước thực hiện' if estimate else 'Thực hiện'} năm {year}"
    money, social = annex(year, estimate)[:3], annex(year, estimate)[3:]
    letter.sign()
    letter.file.add_page_break()
    letter.table(f"PHỤ LỤC 1. Chỉ tiêu ngân sách năm {year}", _annex_rows(money, result))
    letter.table(f"PHỤ LỤC 2. Chỉ tiêu văn hóa - xã hội, hành chính năm {year}", _annex_rows(social, f"Thực hiện năm {year}"))
    letter.table(f"PHỤ LỤC 3. Tổ dân phố văn hóa năm {year}", _group_table(year))
    letter.table(f"PHỤ LỤC 4. Danh hiệu thi đua, hình thức khen thưởng năm {year}", _register_rows(story.awards(year)))
    return letter.saved()


HALF_YEAR = {"Phường Mẫu": ((30500, 32696), (7700, 8050), (7600, 7050)),
             "Phường Gương": ((18500, 19480), (5600, 5790), (5500, 5260))}  # fmt: skip
AFTER = ((168000, 178400), (40000, 42300), (38500, 37200))


def half_year_report(name: str) -> bytes:
    """The first half of 2025, the last report before the merger."""
    letter = Letter(name, 2025, "96", "ngày 24 tháng 6 năm 2025", name)
    letter.title("BÁO CÁO", "Kết quả thực hiện nhiệm vụ kinh tế - xã hội 6 tháng đầu năm 2025")
    letter.say(f"{name} tổng hợp số liệu để bàn giao khi sắp xếp đơn vị hành chính từ ngày 01 tháng 7 năm 2025.")
    heads = ["TT", "Chỉ tiêu", "ĐVT", "Kế hoạch quận giao 6 tháng đầu năm 2025", "Thực hiện 6 tháng đầu năm 2025"]
    letter.table("PHỤ LỤC. Chỉ tiêu ngân sách 6 tháng đầu năm 2025", [heads, *_money(HALF_YEAR[name])])
    letter.sign()
    return letter.saved()


def _money(pairs):
    labels = ("Thu ngân sách nhà nước trên địa bàn", "Thu ngân sách phường được hưởng", "Chi ngân sách phường")
    for at, (label, (plan, done)) in enumerate(zip(labels, pairs, strict=True), start=1):
        yield [at, label, "nghìn đồng", vi(plan * 1000), vi(done * 1000)]


def merged_report() -> bytes:
    """The new ward's first year-end report: the second half of 2025 for money, the year for what is counted once."""
    letter = Letter("Phường Mẫu", 2025, "212", "ngày 22 tháng 12 năm 2025")
    letter.title("BÁO CÁO", "Kết quả thực hiện nhiệm vụ kinh tế - xã hội 6 tháng cuối năm 2025 và cả năm 2025")
    letter.say("Phường Mẫu mới được thành lập từ ngày 01 tháng 7 năm 2025 trên cơ sở toàn bộ phường Mẫu và phường Gương cũ. Phường "
               "nhận thêm các khoản thu trước đây do quận quản lý nên số thu không so sánh được với các năm trước.")
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
    letter.sign()
    return letter.saved()


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

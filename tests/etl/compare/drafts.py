"""Drafts written for the tests: a text whose numbers carry the mark they have to get, "{49,086 tỷ đồng|+}"."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import NamedTuple

from core.catalogue import load_catalogue
from core.figures import UnitKey
from core.store import Store, open_store
from etl.compare.run import Comparison, Marked, compare_draft
from etl.document import Block, Document
from etl.run import Wanted
from tests.bundled import bundled_database

WARD = UnitKey("MAU01", date(1900, 1, 1))
SIGNS = {"+": "agrees", "-": "differs", "?": "unknown"}
_MARKED = re.compile(r"\{([^|{}]+)\|([-+?])\}")


class Expected(NamedTuple):
    """A number of a draft: its line, its first character there, how it is written, the mark it has to get."""

    line: int
    start: int
    written: str
    mark: str


def parsed(draft: str) -> tuple[list[str], list[Expected]]:
    """The lines of a draft without the marks, and the marks."""
    lines, expected = [], []
    for line in filter(None, (line.strip() for line in draft.splitlines())):
        plain, at = "", 0
        for found in _MARKED.finditer(line):
            plain += line[at : found.start()]
            expected.append(Expected(len(lines), len(plain), found[1], SIGNS[found[2]]))
            plain += found[1]
            at = found.end()
        lines.append(plain + line[at:])
    return lines, expected


@cache
def bundled_store() -> Store:
    """The store with everything the program ships, for reading."""
    return open_store(bundled_database())


def compared(lines: list[str], store: Store | None = None, unit: UnitKey = WARD) -> Comparison:
    """A draft of these paragraphs against the store."""
    blocks = tuple(Block(line, f"đoạn {number}") for number, line in enumerate(lines, start=1))
    document = Document("du-thao.txt", "txt", "", blocks)
    return compare_draft(document, store or bundled_store(), load_catalogue(), Wanted(unit))


def found_at(comparison: Comparison, expected: Expected) -> Marked | None:
    """What was made of a number, None where it was passed over."""
    end = expected.start + len(expected.written)
    return next(
        (
            marked
            for marked in comparison.marks
            if marked.stated.part == expected.line
            and expected.start <= marked.stated.number.start < end
        ),
        None,
    )  # fmt: skip


def wrong_marks(draft: str) -> list[tuple[str, str, str]]:
    """The numbers of a draft that got another mark than they carry: (number, expected, got)."""
    lines, expected = parsed(draft)
    comparison = compared(lines)
    got = [(each, found_at(comparison, each)) for each in expected]
    return [
        (each.written, each.mark, marked.verdict.mark if marked else "none")
        for each, marked in got
        if marked is None or marked.verdict.mark != each.mark
    ]


# The ward's report of 2020 for its conference: 28 numbers right, 6 wrong in six ways, 6 the store knows nothing of.
FORTY = """
ỦY BAN NHÂN DÂN PHƯỜNG MẪU
Số: 215/BC-UBND
Phường Mẫu, ngày 22 tháng 12 năm 2020
BÁO CÁO
Kết quả thực hiện nhiệm vụ phát triển kinh tế - xã hội năm 2020
(Trình tại Hội nghị tổng kết ngày 28/12/2020)
Căn cứ Nghị quyết số 12/NQ-HĐND ngày 20/12/2019 của HĐND phường, Luật Ngân sách nhà nước số 83/2015/QH13, UBND phường báo cáo như sau:
I. KINH TẾ, NGÂN SÁCH
1. Tổng thu ngân sách nhà nước trên địa bàn phường đạt {49,086 tỷ đồng|+}/{48,6 tỷ đồng|+} dự toán quận giao, bằng {101%|+}; so với dự toán HĐND phường giao đạt {99,2%|+}.
So với năm 2019, thu ngân sách nhà nước trên địa bàn tăng {3,8%|+}. Năm 2019, thu ngân sách nhà nước trên địa bàn đạt {49,086 tỷ đồng|-}.
2. Thu ngân sách phường được hưởng gần {13 tỷ đồng|+}, đạt {100,9%|+} dự toán quận giao; so với dự toán HĐND phường giao, thu ngân sách nhà nước trên địa bàn bằng {101%|-}.
3. Chi ngân sách phường {12.225 triệu đồng|+}, bằng {97,8%|+} dự toán. Thu ngân sách phường được hưởng {12.710 tỷ đồng|-}.
4. Hỗ trợ {45|?} hộ kinh doanh vay vốn với số tiền {2,3 tỷ đồng|?}.
II. VĂN HÓA - XÃ HỘI
1. Có {13|+}/{18|+} tổ dân phố được công nhận danh hiệu Tổ dân phố văn hóa, chiếm {72,2%|+}, giảm {1|+} tổ so với năm trước.
2. Toàn phường {4.040|+}/{4.410|+} hộ đạt danh hiệu Gia đình văn hóa (tỷ lệ {91,6%|+}), vượt kế hoạch {1,6 điểm %|+}, so với năm 2019 tăng {2%|-}.
3. Cuối năm còn {16|+} hộ nghèo, giảm {6|+} hộ so với năm 2019; hộ cận nghèo còn {16|-} hộ.
4. Tỷ lệ bao phủ bảo hiểm y tế đạt {91,2%|+}, vượt {1,2 điểm phần trăm|+} so với kế hoạch quận giao.
5. Có {11|+}/{12|+} cơ quan, đơn vị đạt chuẩn văn hóa.
6. Tổ chức {24|?} buổi chiếu phim lưu động, thu hút {3.600|?} lượt người xem.
III. CẢI CÁCH HÀNH CHÍNH, QUÂN SỰ
1. Bộ phận một cửa giải quyết {5.105|+} hồ sơ, tỷ lệ giải quyết đúng và trước hạn đạt {98,6%|+}.
2. Giải quyết {14|+}/{15|+} đơn thư, đạt tỷ lệ {95%|-}.
3. Phường tiếp nhận {7|?} cuộc gọi qua đường dây nóng, lắp {38|?} camera an ninh.
IV. KHEN THƯỞNG
UBND phường khen thưởng {24|+} tập thể và {56|+} cá nhân.
"""

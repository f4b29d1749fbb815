"""What reading reports costs: sentences to figures, files to figures, long files, and how cost grows with length.

Other programs may hold the processors: CPU seconds (this process and its children) stand beside seconds of the clock.
Its texts are made here, in the manner of reports and about as long as the shorter ones (400 to 500 characters).
"""

from __future__ import annotations

import gc
import io
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import docx
from playwright.sync_api import sync_playwright

from core.catalogue import load_catalogue
from etl.document import Block, Document
from etl.find import find
from etl.run import read_reports
from tests.conftest import find_chromium
from tests.running import ROOT

RESULT = ROOT / "build" / "bench" / "reader.json"
REPORTS = 200
PAGES = 30
PARAGRAPHS = 6  # of a printed page
TIMES = (1, 10, 100)
SENTENCES = (
    "Ngày {day}/12/{year}, UBND phường Mẫu Đơn {n} tổng kết công tác năm {year}, bàn nhiệm vụ năm {ahead}.",
    "Tổng thu ngân sách nhà nước trên địa bàn ước đạt {n},{day} tỷ đồng, bằng 10{k},5% dự toán giao và tăng {k}% so với "
    "cùng kỳ năm trước.",
    "Chi ngân sách đạt {n} tỷ {day} triệu đồng/{n},9 tỷ đồng, đạt 9{k}% kế hoạch.",
    "Qua bình xét, toàn phường có 2.{day}{k}/2.{day}9 hộ đạt danh hiệu gia đình văn hóa, đạt tỷ lệ 9{k},4%; {n}/{more} "
    "tổ dân phố đạt danh hiệu tổ dân phố văn hóa.",
    "Tỷ lệ hộ nghèo giảm từ 1,{k}% xuống còn 0,{k}%, không còn hộ nghèo thuộc diện chính sách.",
    "Công tác tuyển quân đạt 100% chỉ tiêu với {n} thanh niên lên đường nhập ngũ.",
    "Bộ phận một cửa tiếp nhận {n}.{day}0 hồ sơ, tỷ lệ người dân tham gia bảo hiểm y tế đạt 95,{k}%.",
    "Dịp này, UBND phường khen thưởng {n} tập thể, {day} cá nhân có thành tích xuất sắc trong các phong trào thi đua.",
    "Năm {ahead}, phường phấn đấu thu ngân sách đạt {more} tỷ đồng, 9{k}% hộ đạt gia đình văn hóa.",
)
# What a careless rule would walk over again and again, said without end in one sentence.
HOSTILE = (
    "thu ngân sách đạt ", "13/18 tổ dân phố, ", "từ 3% ", "không còn hộ nghèo, ", "(", "1.", "9 tỷ 5 triệu ",
    "năm 2020 - ", "tiếp nhận 5 hồ sơ, ", "khen thưởng 3 tập thể và ",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cost:
    """One measurement: seconds of the clock and of processors, how many units that were, and what is asked of it."""

    name: str
    wall: float
    cpu: float
    units: int
    asked: str

    def told(self) -> str:
        """The measurement as a line."""
        rate = f"{self.units / self.cpu:9.0f} /s CPU {self.units / self.wall:8.0f} /s clock" if self.units > 1 else ""
        return f"{self.name:44}{self.wall:8.3f} s clock {self.cpu:8.3f} s CPU {rate:38}  {self.asked}"


def measure() -> None:
    """Measure all, print the lines and write build/bench/reader.json (Linux only)."""
    catalogue = load_catalogue()
    texts = [report(number) for number in range(REPORTS)]
    documents = [_document(text) for text in texts]
    find(documents[0], catalogue)  # the words are learnt once
    found = [_cost("find on read text", REPORTS, "≥ 200 /s CPU", lambda: [find(one, catalogue) for one in documents])]
    found += [_command_line(texts)]
    pages = [text for page in range(PAGES) for text in _page(page)]
    for name, content, asked in (("30 pages.docx", _docx(pages), "< 1 s"), ("30 pages.pdf", _pdf(pages), "< 3 s")):
        found.append(_cost(name, 1, asked, lambda name=name, content=content: _read(name, content, catalogue)))
    for piece in ("report", *HOSTILE):
        found += _growth(piece, catalogue)
    RESULT.parent.mkdir(parents=True, exist_ok=True)
    RESULT.write_text(json.dumps([asdict(cost) for cost in found], indent=1, ensure_ascii=False), encoding="utf-8")
    print("\n".join(cost.told() for cost in found))


def report(number: int) -> str:
    """A ward's report of one year, made of the sentences above; numbers differ, every other sentence is left out."""
    year = 2010 + number % 16
    filled = {"n": 3 + number % 7, "k": number % 9, "day": 10 + number % 20, "year": year, "ahead": year + 1, "more": 12}
    told = [sentence for at, sentence in enumerate(SENTENCES) if not at or (at + number) % 2]
    return " ".join(sentence.format(**filled) for sentence in told)


def _document(text: str) -> Document:
    return Document("report.txt", "txt", "", tuple(Block(line, "đoạn 1") for line in text.splitlines()))


def _spent() -> float:
    """Processor seconds of this process and of its children that have ended."""
    each = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in each)


def _cost(name: str, units: int, asked: str, act: Callable[[], object]) -> Cost:
    gc.collect()  # what the last measurement left would be looked through during this one
    cpu, wall = _spent(), time.monotonic()
    act()
    return Cost(name, time.monotonic() - wall, _spent() - cpu, units, asked)


def _command_line(texts: Sequence[str]) -> Cost:
    """All reports as files in one call of the command, the start of Python and the catalogue included."""
    with tempfile.TemporaryDirectory() as folder:
        files = []
        for number, text in enumerate(texts):
            files.append(Path(folder) / f"{number:03}.txt")
            files[-1].write_text(text, encoding="utf-8")
        call = [sys.executable, "-m", "etl", "read", "--json", *map(str, files)]
        return _cost(
            f"{len(files)} files on the command line", len(files), "≥ 50 /s clock",
            lambda: subprocess.run(call, cwd=ROOT, capture_output=True, check=True),
        )  # fmt: skip


def _page(page: int) -> list[str]:
    return [f"{page + 1}. {report(page * PARAGRAPHS + part)}" for part in range(PARAGRAPHS)]


def _docx(paragraphs: Sequence[str]) -> bytes:
    document = docx.Document()
    for at, text in enumerate(paragraphs, 1):
        document.add_paragraph(text)
        if at % PARAGRAPHS == 0:
            document.add_page_break()
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _pdf(paragraphs: Sequence[str]) -> bytes:
    """The same pages as the browser prints them."""
    size = PARAGRAPHS
    pages = [paragraphs[at : at + size] for at in range(0, len(paragraphs), size)]
    body = "".join(
        "<section style='break-after:page'>" + "".join(f"<p>{text}</p>" for text in page) + "</section>" for page in pages
    )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium())
        tab = browser.new_page()
        tab.set_content(f"<html lang='vi'><body style='font:11pt serif'>{body}</body></html>")
        content = tab.pdf(format="A4")
        browser.close()
    return content


def _read(name: str, content: bytes, catalogue: object) -> None:
    (reading,) = read_reports([(name, content)], catalogue)
    if reading.refused:
        raise RuntimeError(f"{name} was refused: {reading.refused}")


def _growth(piece: str, catalogue: object) -> list[Cost]:
    """The cost of 1, 10 and 100 times a text: of whole reports, or of one endless sentence."""
    short = f"{report(1)}\n" * 4 if piece == "report" else piece * (2000 // len(piece))
    costs = []
    for times in TIMES:
        document = _document(short * times)
        name = f"{piece.strip()} × {times}"
        often = TIMES[-1] // times
        cost = _cost(name, 1, "", lambda document=document, often=often: [find(document, catalogue) for _ in range(often)])
        told = f"{cost.cpu / often / costs[-1].cpu:.1f} times the CPU of ten times less" if costs else ""
        costs.append(Cost(name, cost.wall / often, cost.cpu / often, 1, told))
    return costs

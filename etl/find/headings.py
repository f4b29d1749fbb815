"""What the words above a table say: the unit, the year, the unit of measure, the day."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import takewhile

from core.vi.text import fold, nfc
from etl.document import Cell
from etl.find.columns import YEAR, period_in
from etl.find.values import Measure, parse_measure

_UNIT = re.compile(
    r"(?:^|UBND|ỦY BAN NHÂN DÂN|UỶ BAN NHÂN DÂN|ĐƠN VỊ\s*:|CỦA)\s*"
    r"((?:PHƯỜNG|XÃ|THỊ TRẤN|ĐẶC KHU)\s+[^\W\d_]?[\w' \-–]*?)"
    r"\s*(?:$|[,;:(.\n]|\bNĂM\b|\bTỪ\b|\bGIAI ĐOẠN\b)",
    re.I,
)
_TITLE_YEAR = re.compile(r"\bnam\s+(20[0-4]\d)\b")
_AHEAD = re.compile(  # "kết quả năm 2025 và kế hoạch năm 2026" is a report of 2025
    r"(?<=20\d\d)\s*[,;:–-]?\s*(?:va\s+)?(?:phuong huong|nhiem vu|ke hoach|du toan|muc tieu|chi tieu)\b"
    r"[^;,\n\d]*20[0-4]\d"
)
_MEASURE = re.compile(r"(?:don vi tinh|don vi|dvt)\s*:\s*")
_DAY = re.compile(r"\bngay\s+(\d{1,2})\s+thang\s+(\d{1,2})\s+nam\s+(20\d\d)\b")
_TITLE = 200  # characters; what is longer, or ends like a sentence, is no title
_LOOKS_AHEAD = re.compile(r"^\W*(?:phuong huong|nhiem vu|giai phap|ke hoach|du kien|ngay \d)")
_GENERIC = {"xã", "phường", "thị trấn", "xã hội"}


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above a table; empty or None where it says nothing."""

    unit_name: str = ""
    year: int | None = None
    measure: Measure | None = None
    published: date | None = None
    words: str = ""


def read_heading(before: Iterable[str], rows: Sequence[Sequence[Cell]] = ()) -> Heading:
    """What texts and cells above a table say.

    The year is the one a title names ("... NĂM 2023"); several different ones mean that the heading does not decide.
    """
    texts = [nfc(line) for text in before for line in text.splitlines()]
    for row in rows:
        texts += dict.fromkeys(line for cell in row for line in cell.text.splitlines() if line.strip())
    texts = [" ".join(text.split()) for text in texts]
    return Heading(_unit_name(texts), _year(texts), _measure(texts), _day(texts), "\n".join(texts))


def measure_in(text: str) -> Measure | None:
    """The unit of measure that a line tells: "Đơn vị: triệu đồng"; None where it tells none."""
    found = _MEASURE.search(fold(text))
    return parse_measure(text[found.end() :]) if found else None


def part_in_titles(words: str) -> str:
    """The part of the year that the lines above a table sum up, the nearest line first; "" where none names one.

    "6 tháng cuối năm và cả năm" is the year's: the part has tables or columns of its own.
    """
    for line in reversed(words.splitlines()):
        said = fold(line).strip()
        if len(said) <= _TITLE and not said.endswith((".", ";")) and not _LOOKS_AHEAD.search(said):
            part = period_in(said)
            if "ca nam" in said or part != "year":
                return "year" if "ca nam" in said else part
    return ""


def _unit_name(texts: Sequence[str]) -> str:
    for text in texts:
        found = _UNIT.search(text)
        name = _capitalised(found.group(1)) if found else ""
        if name and name.lower() not in _GENERIC and not fold(name).startswith("xa hoi"):
            return _title_case(name)
    return ""


def _capitalised(words: str) -> str:
    """A unit's kind and the capitalised words behind it; "" where none follows: "Phường phối hợp ..." names no unit."""
    said = words.split()
    behind = 2 if words.lower().startswith(("thị trấn", "đặc khu")) else 1
    name = list(takewhile(lambda word: not word[0].islower(), said[behind:]))
    return " ".join([*said[:behind], *name]) if name else ""


def _title_case(name: str) -> str:
    return " ".join(word.capitalize() if word.isupper() else word for word in name.split())


def _year(texts: Sequence[str]) -> int | None:
    titled = [_AHEAD.sub(" ", fold(text)) for text in texts if not _DAY.search(fold(text))]
    years = {int(year) for text in titled for year in _TITLE_YEAR.findall(fold(text))}
    if len(years) != 1:
        years = {int(year) for text in titled for year in YEAR.findall(text)} if not years else set()
    return years.pop() if len(years) == 1 else None


def _measure(texts: Sequence[str]) -> Measure | None:
    return next((measure for text in texts if (measure := measure_in(text))), None)


def _day(texts: Sequence[str]) -> date | None:
    for text in texts:
        found = _DAY.search(fold(text))
        if found:
            day, month, year = (int(part) for part in found.groups())
            try:
                return date(year, month, day)
            except ValueError:
                return None
    return None

"""Every number of a draft as it is written: where it stands, to which digit it was printed, and which are none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from core.vi.text import spelling_key
from core.vi.units import SCALE_WORDS, scale_factor
from etl.find.prose_words import Item

_RUN = re.compile(r"[0-9]+(?:[.,](?: (?=[0-9]{3}(?![0-9])))?[0-9]+)*")
_TAIL = re.compile(
    rf"\s*(?:{SCALE_WORDS})?\s*(?:đồng(?!\s+chí)|vnđ|vnd|đ(?![^\W\d_])|%|phần trăm|điểm\s*(?:%|phần trăm)?)?"
)
_SCALE = re.compile(rf"\s*{SCALE_WORDS}")
_BETWEEN = re.compile(r"/|trên tổng số|trong tổng số|trong số|trên|trong")
_NEAR = 60  # characters looked at beside a number
_CITED = re.compile(
    r"(?<![^\W\d_])(?:nghị quyết|chỉ thị|quyết định|thông tư|nghị định|công văn|luật|kết luận|đề án|thông báo"
    r"|thông tri|hướng dẫn|pháp lệnh|tờ trình|công điện|văn bản|điều|khoản|mục|phụ lục|biểu|mẫu|chương|phần|trang"
    r"|(?<!tổng )(?<!trong )(?<!toàn bộ )số|quý|tháng|ngày|khóa|khoá"
    r"|nhiệm kỳ|lần thứ|thứ|giờ|hồi|lúc|ngõ|ngách|hẻm|kiệt|đường|phố|hotline|điện thoại|đt|fax|qcvn|tcvn|iso"
    r"|giải|hạng|tết|kỷ niệm|dịp|lễ)"
    r"(?:\s+(?:số|ngày|lần thứ|thứ))?[\s:.]*$"
)
_COVERED = re.compile(r"\s*(?:giờ|phút|h[0-9]{0,2}|tuổi|tháng|năm(?! [0-9]{4})|ngày|tuần|buổi sáng)(?![^\W\d_])")
_COUNTED = re.compile(r"(?:trong|tổng|toàn bộ) số\s*$")  # "trong số 18 tổ" counts, "tổ số 18" names
_CODE_BEFORE = re.compile(r"(?:[^\W\d_]|[^\W\d_][-–/.])$")
_CODE_AFTER = re.compile(r"[-–/.]?[^\W\d_]*[-/][^\W\d_]|[^\W\d_]")
_LISTED = re.compile(r"\s*[(\[]?[0-9]+(?:\.[0-9]+)*[.)\]/:-](?=\s|$)|\s*[0-9]+(?:\.[0-9]+)+\s+(?=[A-ZĐ])")
_MONEY_UNIT = re.compile(r"(?:đ|đồng|vnđ|vnd|tr|trđ|kg|km|m2|m|ha|h|lần|%)(?![^\W\d_])")


@dataclass(frozen=True, slots=True)
class Number:
    """A number of a text: `start` and `end` count its characters, `written` are they.

    `readings` are the values it may have in base units (đồng, percent, pieces), `step` the worth of its last printed
    digit, `unit` "vnd", "percent", "points" (điểm %) or "". `readings` is empty for a form nobody can read.
    """

    start: int
    end: int
    written: str
    readings: tuple[Decimal, ...] = ()
    step: Decimal = Decimal(1)
    unit: str = ""


def numbers_of(item: Item, text: str) -> list[Number]:
    """The number of a quantity of a sentence, or both of a pair ("13/18", "4,896 tỷ/4,8 tỷ")."""
    written = text[item.start : item.end]
    if item.quantity is None or not item.quantity.of:
        return [_number(text, item.start, item.end, item.quantity.readings if item.quantity else (), item)]
    key = spelling_key(written)
    cut = _BETWEEN.search(key)
    runs = list(_RUN.finditer(key))
    at = cut.end() if cut else runs[-1].start()
    second = next(run for run in runs if run.start() >= at)
    first_end = item.start + _written_end(key, runs[0].start(), cut.start() if cut else second.start())
    return [
        _number(text, item.start, first_end, item.quantity.readings, item),
        _number(text, item.start + second.start(), item.end, item.quantity.of, item),
    ]


def _written_end(key: str, start: int, limit: int) -> int:
    """Where an amount ends: its last digits, their scale and currency; a noun behind it is left out."""
    end = start
    for run in _RUN.finditer(key, start, limit):
        tail = _TAIL.match(key, run.end(), limit)
        end = run.end() + len(tail.group().rstrip()) if tail else run.end()
    return end


def _number(text: str, start: int, end: int, readings: tuple[Decimal, ...], item: Item) -> Number:
    key = spelling_key(text[start:end])
    end = start + _written_end(key, 0, len(key)) if item.quantity is not None else end
    unit = item.quantity.unit if item.quantity else ""
    return Number(start, end, text[start:end], readings, step_of(key, readings), unit)


def step_of(written: str, readings: tuple[Decimal, ...]) -> Decimal:
    """The worth of the last printed digit: 10 million for "9,12 tỷ", 0,1 for "96,0 %", one for "4.040"."""
    key = spelling_key(written)
    runs = list(_RUN.finditer(key))
    if not runs:
        return Decimal(1)
    last = runs[-1]
    scale = _SCALE.match(key, last.end())
    factor = scale_factor(scale["scale"]) if scale else Decimal(1)
    digits = int(re.sub(r"\D", "", last.group()))
    if len(runs) == 1 and digits and readings and readings[0]:
        step = abs(readings[0]) / digits
        if step.normalize().as_tuple().digits == (1,):
            return step.normalize()
    decimals = len(last.group().rpartition(",")[2]) if "," in last.group() else 0
    return factor.scaleb(-decimals)


def is_no_figure(text: str, start: int, end: int, kind: str, *, opens: bool) -> bool:
    """Whether digits are a date, a document's number, a clause, a name or a list's number, and state nothing.

    `kind` is what the sentence's items call them; `opens` whether they stand at the beginning of their sentence.
    """
    before = spelling_key(text[max(0, start - _NEAR) : start])
    after = spelling_key(text[end : end + _NEAR])
    if kind in ("year", "range", "date", "months"):
        return True
    if _CODE_BEFORE.search(before) or (opens and _LISTED.match(text, start)):
        return True
    if text[end - 1].isdigit() and _CODE_AFTER.match(after) and not _MONEY_UNIT.match(after):
        return True
    bare = re.fullmatch(r"[0-9]+", text[start:end]) is not None
    if kind == "label" and not _COUNTED.search(before):
        return bare or re.fullmatch(r"[0-9]+(?:[./-][0-9]+)+", text[start:end]) is not None or _CITED.search(before)
    if bare and len(text[start:end]) == 4 and text[start:end][:2] in ("19", "20"):
        return not re.match(r"\s*[^\W\d_]", after)  # "(2020)"; "2013 hộ" is a count
    return bool(bare and (_CITED.search(before) or _COVERED.match(after)))


def digits_of(text: str) -> Iterator[tuple[int, int]]:
    """Where digits stand in a text, each run of them with its separators."""
    for run in _RUN.finditer(spelling_key(text)):
        yield run.start(), run.end()

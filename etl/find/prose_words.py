"""Running text to items: words, years, dates, names with numbers, and quantities with their unit and pair."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.errors import FaultError
from core.vi.numbers import parse_number
from core.vi.text import nfc, one_spelling, spelling_key

_TOKEN = re.compile(r"[0-9]+(?:[.,][0-9]+)*|đ/c\b|[^\W\d_]+|[^\s\w]|_")
_QUOTES = frozenset("\"'“”‘’«»`´„*_")
_SIGNS = {"~": "khoảng", "≈": "khoảng", "≃": "khoảng", ">": "trên", "≥": "trên", "<": "dưới", "≤": "dưới"}
_BOUND = re.compile(r"\s*[0-9]")
_ARROWS = ("=", "-", "–")  # "=> đạt 98%" is no bound
_SCALES = frozenset(["tỷ", "tỉ", "triệu", "nghìn", "ngàn", "tr", "trđ", "tỷđ", "tỉđ"])
_BEFORE_SUM = frozenset(["đạt", "được", "gần", "hơn", "trên", "khoảng"])
_NOT_CURRENCY_BEFORE = frozenset(["chí", "bào", "hồ", "lúa", "ruộng"])  # "15 đồng chí" is no money
_CURRENCY = frozenset(["đồng", "đ", "vnđ", "vnd"])
_NOT_SCALE_AFTER = frozenset(["lệ", "trọng", "suất"])  # "tỷ lệ" is a word, no billion
_DAY_WORDS = frozenset(["ngày", "sáng", "chiều", "tối", "trưa", "hôm"])
_PER = frozenset(
    ["người", "năm", "tháng", "ha", "hộ", "m", "mét", "km", "tấn", "kg", "công", "suất", "đầu", "ngày", "lượt"]
)
_YEARLY = frozenset(("công tác", "nhiệm vụ", "phương hướng", "kế hoạch", "dự toán", "tổng kết", "xã hội", "thi đua"))
_AFTER_YEAR = frozenset((",", ";", ".", ":", ")", "và", "-", "–", "của"))
_NAMED = frozenset(  # a bare number after one of these is a name: tổ 12, phường 8, khóa 19, điều 5
    (
        "tổ", "tdp", "kdc", "khu", "phường", "quận", "xã", "khóa", "thứ", "lần", "tuyến", "lộ", "điều", "khoản",
        "định", "thôn", "xóm", "ấp", "khối", "khóm", "phố", "bài", "tầng", "phòng", "loại", "hạng", "lớp", "mẫu",
        "biểu", "quý", "tháng", "kỳ", "mục", "tiết", "chương", "phần", "bản", "đội", "ngõ", "ngách", "hẻm", "nhà",
        "số", "covid", "đường", "block", "lô", "bàn",
    )
)  # fmt: skip
_SHORT_FORMS = frozenset(["tp", "p", "q", "tx", "ths", "ts", "gs", "pgs", "tt", "h", "đ", "st"])
_AFTER_DAY = frozenset(",.;:)") | {"đạt", "là", "được", "thu", "có", "còn", "ước", "toàn"}
_MOST_GROUPS = 5  # of three digits in one number
_DASHES = frozenset("-–—")
_BULLETS = frozenset("-–—+•")


@dataclass(slots=True)
class Quantity:
    """A number as written: `unit` is "percent", "points" (of percent), "vnd" or "" (a count); `of` follows a slash."""

    readings: tuple[Decimal, ...]
    unit: str
    of: tuple[Decimal, ...] = ()


@dataclass(slots=True)
class Item:
    """A piece of a sentence: kind is word, punct, quantity, year, range, date, label or months.

    `start` and `end` count characters of the block. `entries` are what the lexicon says of a word or run of words.
    """

    kind: str
    text: str
    start: int
    end: int
    capital: bool = False
    quantity: Quantity | None = None
    number: int = 0
    first: int = 0
    moment: date | None = None
    entries: frozenset = frozenset()

    def has(self, *names: str) -> bool:
        """Whether the lexicon gives this item one of these meanings."""
        return not self.entries.isdisjoint(names)


def tokenize(text: str) -> list[Item]:
    """The words, numbers and signs of a text in order; quotation marks are left out."""
    composed, key = nfc(text), spelling_key(text)
    items = []
    for match in _TOKEN.finditer(key):
        word = one_spelling(match.group().replace("đ/c", "đc"))  # "15 đ/c" are comrades, no money
        if word in _QUOTES:
            continue
        if word in _SIGNS and _BOUND.match(key, match.end()) and key[match.start() - 1 : match.start()] not in _ARROWS:
            word = _SIGNS[word]
        kind = "number" if word[0] in "0123456789" else "word" if word[0].isalpha() else "punct"
        items.append(Item(kind, word, match.start(), match.end(), composed[match.start()].isupper()))
    return items


def split_sentences(text: str, tokens: Sequence[Item]) -> list[list[Item]]:
    """The tokens by sentence: a full stop ends one where a new one begins, not inside numbers and short forms."""
    sentences: list[list[Item]] = [[]]
    for place, token in enumerate(tokens):
        before = tokens[place - 1] if place else None
        if before and sentences[-1] and ("\n" in text[before.end : token.start] or _is_bullet(tokens, place)):
            sentences.append([])
        sentences[-1].append(token)
        if token.kind == "punct" and token.text in ".!?…" and _ends(tokens, place):
            sentences.append([])
    return [sentence for sentence in sentences if sentence]


def _is_bullet(tokens: Sequence[Item], place: int) -> bool:
    """Whether a dash or plus begins a new piece of a list: "... nhiều năm liền - Hơn 1% hộ dân ..."."""
    if tokens[place].text not in _BULLETS or place + 1 >= len(tokens):
        return False
    before, after = tokens[place - 1], tokens[place + 1]
    apart = before.end < tokens[place].start and tokens[place].end < after.start
    if after.text in ("kh", "th", "dt"):  # "KH 9,8 tỷ - TH 10,2 tỷ"
        return False
    if before.text == "hội" and after.text in ("quốc", "an"):  # "kinh tế xã hội - Quốc phòng an ninh"
        return False
    return apart and (after.capital or after.kind == "number") and before.kind != "number" and not before.capital


def _ends(tokens: Sequence[Item], place: int) -> bool:
    after = tokens[place + 1] if place + 1 < len(tokens) else None
    if after is None or tokens[place].text in "!?":
        return True
    if after.start == tokens[place].end or not place:
        return False
    before = tokens[place - 1]
    if before.text in _SHORT_FORMS and before.kind == "word":
        return False
    if before.kind == "number" and after.kind == "number":  # "1. 357 tỷ"
        return len(after.text.split(",")[0]) != 3
    return after.kind != "word" or after.capital


def _joined_number(tokens: Sequence[Item], place: int) -> tuple[str, int]:
    """The digits at a place, a stray space after the thousands point mended, and the next place."""
    token = tokens[place]
    if (
        place + 2 < len(tokens)
        and tokens[place + 1].text == "."
        and tokens[place + 1].start == token.end
        and tokens[place + 2].kind == "number"
        and len(tokens[place + 2].text.split(",")[0]) == 3
        and tokens[place + 2].start == tokens[place + 1].end + 1
        and token.text.isdigit()
        and len(token.text) <= 3
    ):
        return f"{token.text}.{tokens[place + 2].text}", place + 3
    if _has_loose_decimals(tokens, place):
        return f"{token.text},{tokens[place + 2].text}", place + 3
    written, after = token.text, place + 1
    before = tokens[place - 1] if place else None
    counts = before is not None and (before.text == "/" or (before.kind == "word" and before.text not in _NAMED))
    if not (counts and token.text.isdigit() and len(token.text) <= 3 and token.text[0] != "0"):
        return written, after
    while after < len(tokens) and after - place < _MOST_GROUPS and _is_group(tokens, after):  # "3 210 hộ"
        written, after = f"{written}.{tokens[after].text}", after + 1
    return written, after


def _has_loose_decimals(tokens: Sequence[Item], place: int) -> bool:
    """Whether a sum of money is written with a stray space after its decimal comma: "thu đạt 21, 72 tỷ đồng"."""
    if not place or place + 3 >= len(tokens) or tokens[place - 1].text not in _BEFORE_SUM:
        return False
    whole, comma, decimals, scale = tokens[place : place + 4]
    apart = comma.text == "," and comma.start == whole.end and decimals.start == comma.end + 1
    digits = whole.text.isdigit() and decimals.text.isdigit() and len(decimals.text) <= 3
    return apart and digits and scale.text in _SCALES


def _is_group(tokens: Sequence[Item], place: int) -> bool:
    """Whether a token is three digits set off from the number before it by one space."""
    token = tokens[place]
    digits = token.kind == "number" and token.text.isdigit() and len(token.text) == 3
    return digits and token.start == tokens[place - 1].end + 1


def _amount(tokens: Sequence[Item], place: int) -> tuple[str, str, int]:
    """One written amount from a number on: its text for parse_number, its unit, and the next place."""
    digits, place = _joined_number(tokens, place)
    written, unit = digits, ""
    if place < len(tokens) and tokens[place].text == "%":
        return written, "percent", place + 1
    broken = place + 1 < len(tokens) and tokens[place].text in ",." and tokens[place + 1].text == "%"
    if broken and tokens[place].start == tokens[place - 1].end and tokens[place + 1].start == tokens[place].end:
        return written, "percent", place + 2  # "152,% KH": the decimals were left out
    if place + 1 < len(tokens) and tokens[place].text == "phần" and tokens[place + 1].text == "trăm":
        return written, "percent", place + 2
    parts = 0
    while place < len(tokens) and tokens[place].text in _SCALES:
        following = tokens[place + 1].text if place + 1 < len(tokens) else ""
        if following in _NOT_SCALE_AFTER:
            break
        written, unit, place, parts = f"{written} {tokens[place].text}", "scaled", place + 1, parts + 1
        if place < len(tokens) and tokens[place].text in ("tỷ", "tỉ") and tokens[place - 1].text in ("nghìn", "ngàn"):
            written, place = f"{written} {tokens[place].text}", place + 1
        if place < len(tokens) and tokens[place].text == "." and tokens[place - 1].text == "tr":
            place += 1
        joins = place + 1 < len(tokens) and tokens[place].kind == "number" and tokens[place + 1].text in _SCALES
        if not joins or parts > 2:
            break
        written, place = f"{written} {tokens[place].text}", place + 1
    after = tokens[place + 1].text if place + 1 < len(tokens) else ""
    if place < len(tokens) and tokens[place].text in _CURRENCY and after not in _NOT_CURRENCY_BEFORE:
        return f"{written} đồng", "vnd", place + 1
    return written, unit, place


def _quantity(tokens: Sequence[Item], place: int) -> tuple[Item | None, int]:
    """The quantity that starts at a number, or None where the number has no reading."""
    first = tokens[place]
    written, unit, after = _amount(tokens, place)
    pair = ""
    if after + 1 < len(tokens) and tokens[after].text == "/" and tokens[after + 1].kind == "number":
        pair, pair_unit, after = _amount(tokens, after + 1)
        if pair_unit and not unit and pair_unit != "percent":
            written = f"{written} {pair.split(' ', 1)[1]}" if " " in pair else written
        unit = unit if unit not in ("", "scaled") else pair_unit or unit
    elif unit and after + 1 < len(tokens) and tokens[after].text == "/" and tokens[after + 1].text in _PER:
        return None, after + 2  # "55 triệu đồng/người/năm" is no amount of the ward
    unit = "vnd" if unit == "scaled" else unit
    try:
        readings = parse_number(written, decimal=",").candidates if written else ()
        if not unit and re.fullmatch(r"[0-9]{1,3}[.,][0-9]{3}", written):  # "55,086 hộ" counts thousands too
            readings = parse_number(written).candidates
        of = parse_number(pair, decimal=",").candidates if pair else ()
    except FaultError:
        return None, after
    if unit == "vnd" and not pair and len(parse_number(written).candidates) > 1 and "," not in written:
        readings = parse_number(written).candidates
    item = Item("quantity", "", first.start, tokens[after - 1].end, quantity=Quantity(readings, unit, of))
    return item, after


def _points(tokens: Sequence[Item], place: int) -> int:
    """The place after "1,2 điểm %" or "1,2 điểm phần trăm", percentage points, or 0 where none are said."""
    words = [token.text for token in tokens[place + 1 : place + 4]]
    if words[:1] != ["điểm"]:
        return 0
    return place + 3 if words[1:2] == ["%"] else place + 4 if words[1:] == ["phần", "trăm"] else 0


def _date_parts(tokens: Sequence[Item], place: int) -> tuple[list[int], int]:
    """The numbers of "28/01/2021", "30-11-2025" or "15.12.2018" and the next place."""
    if re.fullmatch(r"[0-9]{1,2}(\.[0-9]{1,2})(\.[0-9]{4})?", tokens[place].text):
        return [int(part) for part in tokens[place].text.split(".")], place + 1
    parts, mark = [], ""
    while place < len(tokens) and tokens[place].text.isdigit() and len(parts) < 3:
        parts.append(int(tokens[place].text))
        following = tokens[place + 1] if place + 1 < len(tokens) else None
        ready = following is not None and place + 2 < len(tokens) and tokens[place + 2].text.isdigit()
        if not ready or following.text not in "/-–" or (mark and following.text != mark):
            return parts, place + 1
        if following.text in _DASHES and following.start != tokens[place].end:
            return parts, place + 1
        mark = following.text
        place += 2
    return parts, place - 1


def _as_date(parts: Sequence[int]) -> date | None:
    try:
        return date(parts[2], parts[1], parts[0]) if len(parts) == 3 else None
    except ValueError:
        return None


def _is_year(text: str) -> bool:
    return len(text) == 4 and text.isdigit() and text[:2] in ("19", "20")


def read_items(tokens: Sequence[Item]) -> list[Item]:
    """One sentence's tokens as items: numbers become quantities, years, ranges, dates, month counts or names."""
    items: list[Item] = []
    place = 0
    while place < len(tokens):
        token = tokens[place]
        if token.kind != "number":
            shortened = token.text == "." and items and items[-1].text in _SHORT_FORMS and place + 1 < len(tokens)
            if not shortened:  # "UBND TP. Vũng Tàu" goes on
                items.append(token)
            place += 1
            continue
        item, after = _number_item(tokens, place, items)
        items.append(item)
        place = after
    return items


def _number_item(tokens: Sequence[Item], place: int, before: Sequence[Item]) -> tuple[Item, int]:
    token = tokens[place]
    previous = before[-1].text if before else ""
    earlier = before[-2].text if len(before) > 1 else ""

    def made(kind: str, after: int, **more: object) -> tuple[Item, int]:
        return Item(kind, "", token.start, tokens[after - 1].end, **more), after

    if _is_year(token.text):
        ranged = _range(tokens, place)
        if ranged:
            return made("range", ranged[1], first=int(token.text), number=ranged[0])
        if previous == "năm" or (previous in _DASHES | {"(", "/", ","} and (earlier == "năm" or _after_year(before))):
            return made("year", place + 1, number=int(token.text))
        if _is_bare_year(tokens, place):
            return made("year", place + 1, number=int(token.text))
    parts, after = _date_parts(tokens, place)
    if len(parts) == 3 and parts[2] > 1900:
        return made("date", after, moment=_as_date(parts), first=parts[0], number=parts[1])
    if len(parts) == 3 or (len(parts) == 2 and after < len(tokens) and tokens[after].text in "/-"):
        return made("label", after)  # a document's number: 122/2018/NĐ-CP
    after_day = previous in _DAY_WORDS or (previous in ("ngày", "đến", "(") and earlier in _DAY_WORDS)
    after_day = after_day or _spans_days(tokens, parts, after, before) or _closes(tokens, parts, after, before)
    if parts and after_day:  # "cây dài ngày 42.107 ha" is no date
        return made("date", after, first=parts[0], number=parts[1] if len(parts) > 1 else 0)
    if previous == "tháng" and len(parts) == 2 and parts[1] > 1900:
        return made("year", after, number=parts[1], first=parts[0] if parts[0] <= 12 else 0)
    if previous == "số" and len(parts) == 2 and earlier != "tổng":
        return made("label", after)
    following = tokens[place + 1].text if place + 1 < len(tokens) else ""
    if following == "tháng" and token.text.isdigit() and 0 < int(token.text) <= 12:
        return made("months", place + 2, number=int(token.text))
    points = _points(tokens, place)
    if points:
        return made("quantity", points, quantity=Quantity(parse_number(token.text, decimal=",").candidates, "points"))
    item, after = _quantity(tokens, place)
    if item is None:
        return made("label", after)
    bare = not item.quantity.unit and not item.quantity.of
    if bare and previous == "tháng" and token.text.isdigit() and 0 < int(token.text) <= 12:
        return made("label", place + 1, first=int(token.text))
    if bare and ((_is_name(before, token) and not _counts_years(tokens, place)) or following in ("điểm",)):
        return made("label", place + 1)
    return item, after


def _counts_years(tokens: Sequence[Item], place: int) -> bool:
    """Whether a number says how many years: "trên địa bàn 5 năm đạt ..."; not "tổ 12 năm 2023"."""
    following = [near.text for near in tokens[place + 1 : place + 3]]
    return following[:1] == ["năm"] and not (len(following) > 1 and _is_year(following[1]))


def _is_bare_year(tokens: Sequence[Item], place: int) -> bool:
    """Whether a title leaves out the word for a year: "tổng kết công tác 2020, nhiệm vụ 2021", "so với 2023"."""
    before = " ".join(near.text for near in tokens[max(0, place - 2) : place])
    ends = place + 1 == len(tokens) or tokens[place + 1].text in _AFTER_YEAR
    return (before in _YEARLY or before == "so với") and ends and tokens[place].text > "2000"


def _spans_days(tokens: Sequence[Item], parts: Sequence[int], after: int, before: Sequence[Item]) -> bool:
    """Whether a day and month open or close a span: "từ 1-7 đến 10-9"."""
    if len(parts) != 2 or not (0 < parts[0] <= 31 and 0 < parts[1] <= 12) or not before:
        return False
    if before[-1].text == "đến":
        return len(before) > 1 and before[-2].kind == "date"
    return before[-1].text == "từ" and after < len(tokens) and tokens[after].text == "đến"


def _closes(tokens: Sequence[Item], parts: Sequence[int], after: int, before: Sequence[Item]) -> bool:
    """Whether a day and month close what is summed: "tính đến 30/11", "(đến 30/11)", "lũy kế đến 10/12 đạt ...".

    "Lên đến 10/12 tổ" counts: less than all, with a noun behind it.
    """
    if len(parts) != 2 or not (0 < parts[0] <= 31 and 0 < parts[1] <= 12):
        return False
    earlier, previous = ([near.text for near in before[-2:]] or [""])[0], before[-1].text if before else ""
    if f"{earlier} {previous}" in ("tính đến", "( đến", "đến hết"):
        return True
    following = tokens[after].text if after < len(tokens) else "."
    return previous == "đến" and (parts[0] > parts[1] or following in _AFTER_DAY)


def _range(tokens: Sequence[Item], place: int) -> tuple[int, int] | None:
    if place + 2 < len(tokens) and tokens[place + 1].text in _DASHES and _is_year(tokens[place + 2].text):
        return int(tokens[place + 2].text), place + 3
    return None


def _after_year(before: Sequence[Item]) -> bool:
    return len(before) > 1 and before[-2].kind == "year"


def _is_name(before: Sequence[Item], token: Item) -> bool:
    """Whether a bare number is part of a name: "tổ 12", "TDP 14, 15", "khóa 19"."""
    if not before or len(token.text) > 4 or not token.text.isdigit():
        return False
    previous = before[-1]
    if previous.text == "số":
        return not (len(before) > 1 and before[-2].text in ("tổng", "tông", "trong"))  # "11 trong số 12 tổ"
    # "cấp phường 10 tập thể", "toàn xã 54 hộ nghèo", "cấp thành phố 3 tập thể"
    whole = len(before) > 1 and before[-2].text in ("cấp", "toàn", "thành", "thị")
    return previous.text in _NAMED and not whole


def plain(items: Iterable[Item]) -> str:
    """The words of items as one text, for tests and messages."""
    return " ".join(item.text for item in items)

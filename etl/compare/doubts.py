"""Why a number is not set against the store although the reader knows a figure for it: words that narrow it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from core.vi.text import same_words
from etl.find.prose import Line, Statement
from etl.find.prose_clause import GIVERS, REACH, STRONG, Clause
from etl.find.prose_where import unit_at
from etl.find.prose_words import Item

# what may stand between a name and its number without making it the name of something else
_PLAIN = frozenset(
    (
        "trên", "địa", "bàn", "trong", "năm", "toàn", "của", "đến", "hết", "nay", "kết", "quả", "tổng", "ngày", "tính",
        "ta", "cả", "này", "nêu", "trên", "thì", "cũng", "đó", "thời", "điểm", "cuối", "tại", "ở", "nhà", "nước",
        "đã", "và", "công", "tác", "việc", "ghi", "nhận", "cụ", "thể", "ước", "lũy", "kế", "số", "mà", "theo", "báo",
        "cáo", "dân", "người", "hộ", "gia", "đình", "được", "giải", "quyết", "so", "với", "về", "qua", "bình", "xét",
        "rà", "soát", "ước", "tính", "chung", "con", "mức", "đúng", "trước", "hạn", "thực", "hiện", "còn", "khoảng",
        "chuẩn", "đa", "chiều", "hưởng", "phân", "cấp",
    )
)  # fmt: skip
# words behind a number's noun that make it a part of what the noun names
_NARROWING = frozenset(
    (
        "thuộc", "khối", "nữ", "nam", "ngoài", "riêng", "diện", "tự nguyện", "dân tộc", "đồng bào", "trẻ em",
        "người già", "cao tuổi", "mới", "nông nghiệp", "doanh nghiệp", "hợp tác xã", "trường học",
    )
)  # fmt: skip
_OWN = frozenset(("toàn phường", "toàn xã", "phường ta", "xã ta", "phường nhà"))
_TAIL = 6
_BEHIND = 9  # items behind a number in which the reader looks for its year
_LACKING = frozenset(("nợ", "hụt", "thất", "chống", "bội", "hồi", "thiếu", "thoát"))
_LARGER = frozenset(("quận", "huyện", "thị xã", "thành phố", "tỉnh"))
_AGO = re.compile(r"(?:các|những|hằng|hàng|nhiều|mọi) năm|năm (?:trước|ngoái|kia)|cùng k[ỳì]|mỗi năm|bình quân")
_REACHED = frozenset(
    (
        "đạt", "thực hiện", "thực hiện được", "ước đạt", "ước thực hiện", "hoàn thành", "đạt được", "thu được",
        "thực hiện đạt",
    )
)  # fmt: skip


def foreign_lines(lines: Sequence[Line], own: str) -> set[int]:
    """The sentences of one paragraph (their id) at whose end another ward than the draft's was the last one named."""
    named, found = "", set()
    for line in lines:
        for place, item in enumerate(line.items):
            if item.kind != "word":
                continue
            unit = unit_at(line.items, place, line.text)
            if unit and _is_ward(unit):
                named = "" if same_words(unit, own) or _within(unit, own) else unit
            elif item.text in _OWN:
                named = ""
        if named:
            found.add(id(line))
    return found


def _is_ward(name: str) -> bool:
    return name.lower().startswith(("phường ", "xã ", "thị trấn "))


def _within(named: str, own: str) -> bool:
    """ "Phường Mẫu Trân trọng" begins with the own name: capitals that follow it are no part of it."""
    words, mine = named.lower().split(), own.lower().split()
    return words[: len(mine)] == mine or mine[: len(words)] == words


def doubt_of(line: Line, statement: Statement) -> str:
    """Why a number may not be what the reader took it for, "" where nothing beside it says so.

    "narrowed" where words say that it counts a part or something with a longer name, "other_unit" where they name a
    district or a province as the owner, "year_open" where two years could be meant, or one that is not named.
    """
    reading, items = statement.reading, line.items
    begin = _begin(items, min(reading.first, reading.place))
    if _year_is_open(items, begin, statement):
        return "year_open"
    if reading.rule in ("name", "plan") and reading.first <= reading.place:
        name = _topic_place(items, reading.first, reading.place, reading.topic.name)
        if name is not None and _goes_on(items, name + 1, reading.place):
            return "narrowed"
        if reading.first and _LACKING.intersection(items[reading.first - 1].text.split()[-1:]):
            return "narrowed"
    if _belongs_elsewhere(items, reading.first, reading.place):
        return "other_unit"
    return "narrowed" if _tail_narrows(items, max(reading.last, reading.place)) else ""


def _begin(items: Sequence[Item], place: int) -> int:
    """Where the words before a place begin: behind the number or the sentence before it."""
    begin = place
    while begin > max(0, place - REACH) and not (items[begin - 1].quantity or items[begin - 1].text in STRONG):
        begin -= 1
    return begin


def _year_is_open(items: Sequence[Item], begin: int, statement: Statement) -> bool:
    place, moment = statement.reading.place, statement.moment
    last = max(statement.reading.last, place)
    for at in range(begin, place):
        if _AGO.search(items[at].text) and not _is_against(items, at):
            return True
    named = [at for at in range(begin, place) if items[at].kind == "year" and not _is_against(items, at)]
    years = {items[at].number for at in named}
    behind = next((at for at in range(last + 1, min(len(items), last + _BEHIND)) if _stops(items[at])), len(items))
    after = [at for at in range(last + 1, behind) if items[at].kind == "year" and not _is_against(items, at)]
    if not years and any(items[at].kind == "range" for at in range(begin, place)) and moment.period != "term":
        return True
    if after and years and moment.year not in years:
        return after[0] > last + 2  # "đạt 9 tỷ năm 2019" is told; "... thì đến năm 2020" tells of what follows
    if after and items[place].quantity and items[place].quantity.of and items[last + 1].text == "của":
        return True  # "đạt 49/47 tỷ đồng của năm 2019": the year is that of one of the two
    if len(years) < 2:
        return False
    apart = any(items[at].kind == "punct" for at in range(named[-1], place))
    parted = any(items[at].kind == "punct" for at in range(named[-2], named[-1]))
    return apart or not parted  # "năm 2018 và năm 2019 tương ứng đạt ..." tells of two


def after_start(line: Line, statement: Statement) -> bool:
    """Whether the year a number was given is where its change began: "giảm từ 22 hộ năm 2019 xuống còn 16 hộ"."""
    items, place = line.items, statement.reading.place
    begin = _begin(items, place)
    began = begin > 1 and items[begin - 1].quantity is not None and items[begin - 2].has("from")
    years = [item.number for item in items[begin:place] if item.kind == "year"]
    last = max(statement.reading.last, place)
    behind = any(item.kind == "year" for item in items[last + 1 : last + 3])
    return began and not behind and statement.moment.year in years


def _stops(item: Item) -> bool:
    return bool(item.quantity) or item.kind == "punct"


def _is_against(items: Sequence[Item], at: int) -> bool:
    """Whether a time is only what something is compared with: "so với năm 2019", "so cùng kỳ"."""
    return any(items[near].has("against") or "so" in items[near].text.split() for near in range(max(0, at - 2), at + 1))


def _belongs_elsewhere(items: Sequence[Item], first: int, place: int) -> bool:
    """Whether a name's owner is a larger unit: "thu ngân sách của quận", "... trên địa bàn thành phố"."""
    for at in range(first, place - 1):
        larger = items[at + 1].text in _LARGER or (items[at].text.startswith("toàn ") and items[at].has("whole_higher"))
        owned = items[at].text == "của" or items[at].text.endswith("bàn")  # a name may end there: "thu trên địa bàn"
        given = items[at + 2].has("given") if at + 2 < len(items) else False  # "... trên địa bàn huyện giao"
        if larger and not given and (owned or items[at].has("whole_higher")):
            return True
    return False


class Plans(Clause):
    """Which plan a sentence speaks of where that stands before the name: "dự toán quận giao tổng thu là 48,6 tỷ"."""

    def as_plan(self, statement: Statement) -> tuple[str, ...]:
        """The plans a number is one of though the reader took it for a result; none where it is a result."""
        reading = statement.reading
        if reading.rule != "name" or reading.scenario == "plan" or reading.slot == "attainment":
            return ()
        anchor = _topic_place(self.items, reading.first, reading.place, reading.topic.name)
        if anchor is None or any(self.items[at].text in _REACHED for at in range(anchor + 1, reading.place)):
            return ()
        apart = False
        for at in range(anchor - 1, max(-1, anchor - _TAIL), -1):
            item = self.items[at]
            if item.has("plan"):
                alone = apart and (at == 0 or self.items[at - 1].text != "theo")  # "thực hiện kế hoạch, thu ..."
                return () if alone else self._basis(at, anchor)
            apart = apart or item.text == ","
            if item.text in (",", ":", "năm", "của", "về", "tỷ lệ"):
                continue
            if not (item.has("given", "filler", "adjusted", "stretch", *GIVERS) or item.capital or item.kind == "year"):
                return ()
        return ()

    def named_before(self, statement: Statement) -> tuple[str, ...]:
        """The plans named before a number that the reader left unstated, back to the number or sentence before it."""
        begin = statement.reading.first
        while begin > max(0, statement.reading.first - REACH):
            item = self.items[begin - 1]
            if item.quantity or item.text in STRONG:
                break
            begin -= 1
        found = self._basis(begin, max(statement.reading.place, statement.reading.last))
        return ("unstated",) if found == ("stretch",) else found  # "phấn đấu thu 50 tỷ" strives for any plan


def _topic_place(items: Sequence[Item], first: int, place: int, topic: str) -> int | None:
    for at in range(first, place):
        if any(isinstance(entry, tuple) and entry[1] == topic for entry in items[at].entries):
            return at
    return None


def _goes_on(items: Sequence[Item], start: int, place: int) -> bool:
    """Whether a name goes on with words nobody knows before its verb: "thu ngân sách lĩnh vực đất đai đạt ..."."""
    for at in range(start, place):
        item = items[at]
        if item.kind != "word" or item.has("link", "level", "exceed", "change", "estimate", "reached"):
            return False
        if item.entries or item.text in _PLAIN:
            continue
        if _in_unit_name(items, at):
            continue
        return True
    return False


def _in_unit_name(items: Sequence[Item], at: int) -> bool:
    """Whether a capital word belongs to a unit's name: "phường Mẫu", "quận Ba Đình"."""
    while at > 0 and items[at].capital and not items[at].entries:
        at -= 1
        if items[at].has("unit", "ward_giver", "district_giver", "city_giver", "province_giver"):
            return True
    return False


def _tail_narrows(items: Sequence[Item], last: int) -> bool:
    for at in range(last + 1, min(len(items), last + 1 + _TAIL)):
        item = items[at]
        if item.kind != "word" or item.quantity or item.has("plan", "given", "against", "compare", "change", "exceed"):
            return False
        text = f"{item.text} {items[at + 1].text}" if at + 1 < len(items) else item.text
        if item.text in _NARROWING or text in _NARROWING:
            return True
    return False

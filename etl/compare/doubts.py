"""Why a number is not set against the store although the reader knows a figure for it: words that narrow it."""

from __future__ import annotations

from collections.abc import Sequence

from core.vi.text import same_words
from etl.find.prose import Line, Statement
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


def narrowed(line: Line, statement: Statement) -> bool:
    """Whether words beside a number say that it counts only a part, or something with a longer name."""
    reading, items = statement.reading, line.items
    if reading.rule in ("name", "plan") and reading.first <= reading.place:
        name = _topic_place(items, reading.first, reading.place, reading.topic.name)
        if name is not None and _goes_on(items, name + 1, reading.place):
            return True
    return _tail_narrows(items, max(reading.last, reading.place))


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

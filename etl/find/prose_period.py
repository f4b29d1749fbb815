"""Which part of a year words name: months, a quarter, a closing day."""

from __future__ import annotations

from collections.abc import Sequence

from core.vi.periods import period_of_months, period_of_quarter
from etl.find.prose_words import Item

LOOK = 12  # items around a year within which words tell of what it is the year
SPANS = frozenset(("sau", "hơn", "mỗi", "từng", "gần", "khoảng"))  # "sau 5 tháng" is no period of a year
_EARLY = frozenset(("trước", "sớm", "chậm", "muộn"))  # nor is "về đích sớm 2 tháng"
NOW = frozenset(("nay", "đến nay", "hiện nay", "hiện", "hiện còn", "đến nay còn"))
ENDS = frozenset(",;.(")
_MONTHS_OF = frozenset(("đầu", "cuối", "cuối năm", "còn lại", "năm", "của", ",", "thực hiện", "đầu năm", "qua"))


def period_at(items: Sequence[Item], place: int) -> str | None:
    """The period a month count, a quarter or a closing day at a place names, or None."""
    item = items[place]
    if item.kind == "months":
        before = items[place - 1].text if place else ""
        after = items[place + 1].text if place + 1 < len(items) else ""
        verb = place + 1 < len(items) and items[place + 1].has("link", "estimate", "level", "exceed")
        if before in SPANS or before in _EARLY or not (verb or after in _MONTHS_OF or _dates_sum(items, place)):
            return None
        if any(near.has("later") for near in items[place + 1 : place + 3]):
            return "h2" if item.number == 6 else None
        return period_of_months(item.number)
    if item.has("half"):
        return "h1"
    if item.text.endswith("cả năm") and not (place and items[place - 1].has("plan")):
        return "year"
    if item.text == "quý" and place + 1 < len(items):
        after = items[place + 1]
        return period_of_quarter(after.text or str(after.number))
    if item.kind in ("label", "year") and item.first and place and until(items, place):
        return period_of_months(item.first)
    opens = _opens(items, place) if item.kind == "date" and place else -1
    if opens >= 0 and _of_one_month(items, opens):
        return None
    if opens >= 0 and items[opens].number != 1:
        return "part"
    if item.kind == "date" and place and until(items, place):
        if item.number == 12 and item.first >= 31:
            return "year"
        whole = item.number and item.first >= 28
        return period_of_months(item.number) if whole and item.number <= 12 else "part"
    return None


def period_in_title(items: Sequence[Item], place: int) -> str | None:
    """The period a place of a title names: there months need no word behind them, "quý III và 9 tháng;"."""
    alone = items[place].kind == "months" and not any(near.quantity or near.has("later") for near in items)
    return period_at(items, place) or (period_of_months(items[place].number) if alone else None)


def _dates_sum(items: Sequence[Item], place: int) -> bool:
    """Whether months stand between a name and its number: "chi ngân sách 9 tháng 5,4 tỷ đồng"."""
    return 0 < place < len(items) - 1 and names_thing(items[place - 1]) and items[place + 1].quantity is not None


def _opens(items: Sequence[Item], place: int) -> int:
    """The place of the day that opens the span in which a day stands: "từ ngày 1/7 đến 30/11"; -1 without a span."""
    opens = next((near for near in range(place - 3, place) if near >= 0 and items[near].kind == "date"), place)
    said = " ".join(item.text for item in items[max(0, opens - 2) : opens])
    following = " ".join(item.text for item in items[opens + 1 : opens + 3])
    return opens if said.endswith(("từ", "từ ngày")) and following.startswith("đến") else -1


def _of_one_month(items: Sequence[Item], opens: int) -> bool:
    """Whether a span is of days, which date an event and no sum: "từ ngày 5 đến 14/11/2022"."""
    month = items[opens].number
    return not month or any(near.kind == "date" and near.number == month for near in items[opens + 1 : opens + 4])


def is_since_january(items: Sequence[Item], place: int) -> bool:
    """Whether the year up to now is meant: "từ đầu năm đến nay"; not "Nghị quyết đề ra từ đầu năm"."""
    if not (place and items[place].has("start") and items[place - 1].has("from")):
        return False
    return any(near.text in NOW or near.text.startswith("đến") for near in items[place + 1 : place + 4])


def until(items: Sequence[Item], place: int) -> bool:
    said = " ".join(near.text for near in items[max(0, place - 3) : place])
    reaches = "đến ngày" in said or "tính đến" in said or "đến hết" in said or "hết tháng" in said
    return reaches or said.endswith(("đến", "đến tháng", "đến cuối tháng"))


def period_before(items: Sequence[Item], place: int) -> bool:
    """Whether a part of the year was named just before the year itself: "6 tháng đầu năm 2015"."""
    return any(period_at(items, before) for before in range(max(0, place - 4), place))


def period_behind(items: Sequence[Item], start: int, *, flow: bool) -> str:
    """The part of the year named right behind a figure: "9,8 tỷ đồng (tính đến 30/11)", "... trong 6 tháng đầu năm".

    "" without one; a closing day cuts what flows, not what is counted at a moment.
    """
    bracket = False
    for at in range(start, min(len(items), start + LOOK)):
        item = items[at]
        if item.text == "(" and not bracket:
            bracket = True
            continue
        if item.quantity or item.text in ENDS or item.text in (")", "và") or item.has("against", "compare"):
            return ""
        alone = bracket and item.kind == "months" and at + 1 < len(items) and items[at + 1].text == ")"
        period = period_of_months(item.number) if alone else period_at(items, at)
        if period:
            return period if flow or item.kind == "months" else ""
    return ""


def is_one_month(items: Sequence[Item], place: int) -> bool:
    """Whether a single month's figure is told: "trong tháng 12 thu được ...", "thu ngân sách tháng 4 đạt ..."."""
    if items[place].kind != "label" or not items[place].first or not place or items[place - 1].text != "tháng":
        return False
    before = items[place - 2] if place > 1 else None
    if before is not None and (before.text in ("trong", "riêng") or any(map(_names, before.entries))):
        return True
    behind = place + 2 if place + 1 < len(items) and items[place + 1].text == "," else place + 1
    opens = before is None or before.kind == "punct"  # "Tháng 11, thu ngân sách ..."; "một cửa: tháng 12 tiếp nhận ..."
    return opens and behind < len(items) and any(map(_names, items[behind].entries))


def _names(entry: object) -> bool:
    return isinstance(entry, tuple)


def is_of_one_sum(items: Sequence[Item], place: int) -> bool:
    """Whether months are said of what their clause names: "...; thu ngân sách xã 11 tháng được ..."."""
    for before in range(place - 1, max(-1, place - 8), -1):
        if items[before].kind == "punct":
            return False
        if names_thing(items[before]):
            return True
    return False


def names_whole_year(items: Sequence[Item], place: int) -> bool:
    """Whether a number is said of a whole year: "phấn đấu thu ngân sách cả năm đạt 72 tỷ đồng"."""
    for before in range(place - 1, max(-1, place - LOOK), -1):
        if items[before].kind == "punct" or items[before].quantity:
            return False
        if items[before].text.endswith("cả năm"):
            return True
    return False


def names_thing(item: Item) -> bool:
    return any(isinstance(entry, tuple) and entry[0] in ("subject", "unscoped") for entry in item.entries)

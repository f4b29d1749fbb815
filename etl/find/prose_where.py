"""Where a figure holds: the report's unit, and sentences that speak of another unit or of a part of it."""

from __future__ import annotations

from collections.abc import Sequence

from core.vi.text import same_words
from etl.find.prose_words import Item

_LEVELS = {
    "phường": "ward", "xã": "ward", "thị trấn": "ward", "quận": "district", "huyện": "district", "thị xã": "district",
    "thành phố": "city", "tp": "city", "tỉnh": "province",
}  # fmt: skip
_HEADS = ("phường", "xã", "thị trấn", "quận", "huyện", "thị xã", "thành phố", "tỉnh")
_MOST_NAME = 4
_EARLY = 12  # items of a sentence in which it says where it is
_PLAN = 9  # items in which a plan says whose it is
_OPENING = 6  # items in which a sentence names its subject
_ASSOCIATIONS = (
    "hội cựu", "hội ccb", "hội phụ nữ", "hội lhpn", "hội liên hiệp", "hội nông dân", "hội người cao tuổi", "hội nct",
    "hội chữ thập đỏ", "đoàn thanh niên", "chi hội", "chi đoàn", "chi bộ", "công đoàn",
)  # fmt: skip
_TURNS = ("tại", "ở", "địa bàn", "xã hội")  # "tình hình kinh tế - xã hội xã Bát Tràng tiếp tục phát triển"
_MEANWHILE = ("cùng ngày", "cùng thời", "cũng trong", "cùng buổi")  # another ward's meeting of the same day
_SOME = 12  # items from the groups to what is told of them
_HAVE = ("có", "còn", "đã có", "hiện có", "hiện còn", "chỉ còn")
_LIES = frozenset((",", "(", "-", "–", "thuộc"))


def unit_at(items: Sequence[Item], place: int, text: str) -> str:
    """The unit named at a place ("phường Sài Gòn", "Phường 8"), or "" where none is named."""
    head = items[place]
    if not head.text.endswith(_HEADS):
        return ""
    named = [level for level in _HEADS if head.text == level or head.text.endswith(" " + level)]
    level = max(named, key=len, default="")  # "thị xã" ends in "xã" and is none
    if not level or place + 1 >= len(items):
        return ""
    last = place
    for after in range(place + 1, min(len(items), place + 1 + _MOST_NAME)):
        item = items[after]
        if item.kind == "label" and after == place + 1:
            last = after
            break
        if item.kind != "word" or not item.capital or item.start > items[after - 1].end + 1:
            break
        last = after
    if last == place:
        return ""
    name = text[head.end - len(level) : items[last].end].strip()
    return name[0].upper() + name[1:]


def level_of(unit_name: str) -> str:
    """The level of a unit by the first words of its name: ward, district, city, province or "" where unknown."""
    lowered = unit_name.lower()
    return next((_LEVELS[head] for head in _HEADS if lowered.startswith(head + " ")), "")


def find_unit(sentences: Sequence[Sequence[Item]], texts: Sequence[str]) -> str:
    """The unit a report speaks of: a ward before the district it lies in.

    Where a district stands alone in the heading, a ward counts only if it stands there alone too: "UBND huyện ...",
    "UBND xã ..."; those named in sentences are parts of the district.
    """
    named, titled = "", False
    for items, text in zip(sentences[:10], texts, strict=False):
        for place in range(len(items)):
            unit = unit_at(items, place, text)
            alone = place == 0 and len(items) <= _MOST_NAME + 4 and not any(item.quantity for item in items)
            if unit and level_of(unit) == "ward" and (alone or not titled):
                return unit
            named = named or unit
            titled = titled or bool(unit and alone)
    return named


def other_unit(items: Sequence[Item], place: int, text: str, unit_name: str) -> str:
    """The other unit that is the subject of a figure's clause, or ""; "toàn quận" in a ward's report is one too."""
    own, behind = level_of(unit_name), False
    for before in range(place - 1, max(-1, place - 60), -1):
        item = items[before]
        if item.has("whole_higher") and own == "ward":
            return item.text
        if item.text == ")" or item.has("commend"):
            return ""
        behind = behind or item.text == ";"
        opens = before and items[before - 1].text == ";"
        if not behind and opens and item.has("unit") and _LEVELS.get(item.text) == own:
            return ""  # "toàn quận ...; phường ..."
        if behind and before > 1:
            continue
        unit = unit_at(items, before, text)
        if not unit or not unit_name or (own == "ward" and _lies_in(items, before, unit, text)):
            continue
        if any(same_words(unit, part.strip()) for part in unit_name.split(";")) or same_words(
            unit[:40], unit_name[:40]
        ):
            return ""
        if _is_subject(items, before) and (level_of(unit) == "ward" or own == "ward"):
            return unit
    return ""


def turns_to(items: Sequence[Item], text: str, unit_name: str) -> str | None:
    """The other ward that a sentence turns to: "Tại xã Bát Tràng: ...", "phong trào trên địa bàn thị trấn Trâu Quỳ".

    "" where it names the report's own unit, None where it names neither or the report is not a ward's.
    """
    if level_of(unit_name) != "ward":
        return None
    turned = None
    for place in range(len(items)):
        unit = unit_at(items, place, text)
        if not unit or level_of(unit) != "ward":
            continue
        if any(same_words(unit, own.strip()) for own in unit_name.split(";")) or same_words(unit[:40], unit_name[:40]):
            return ""
        before = " ".join(item.text for item in items[max(0, place - 2) : place])
        opens = not place or before.endswith(_TURNS) or items[place].text.startswith(("hđnd", "ubnd"))
        opens = opens or (place > 1 and f"{items[0].text} {items[1].text}" in _MEANWHILE)
        if turned is None and place <= _EARLY and opens:
            turned = unit
    return turned


def _lies_in(items: Sequence[Item], place: int, unit: str, text: str) -> bool:
    """Whether a unit only tells where the ward named just before it lies: "phường Kim Liên, quận Đống Đa có ..."."""
    if level_of(unit) == "ward" or not place or items[place - 1].text not in _LIES:
        return False
    near = range(max(0, place - 2 - _MOST_NAME), place - 1)
    return any(level_of(unit_at(items, at, text)) == "ward" for at in near)


def _is_subject(items: Sequence[Item], place: int) -> bool:
    """Whether a unit opens its sentence or stands after "tại"."""
    return place == 0 or (items[place - 1].text in ("tại", "ở", ",", "nay", "của", "trong đó", "riêng") and place <= 8)


def names_own_council(items: Sequence[Item], place: int, level: str) -> bool:
    """Whether a number is set against the plan of a district's own council: "đạt 106% dự toán HĐND huyện giao"."""
    for item in items[place + 1 : place + _PLAN]:
        if item.quantity or item.text in (",", ";"):
            return False
        council, _, unit = item.text.partition(" ")
        if council == "hđnd" and unit:
            return level in ("district", "city") and _LEVELS.get(unit) == level
    return False


def part_of_unit(items: Sequence[Item], place: int) -> bool:
    """Whether a figure is of one residential group or of an association: "Tại tổ 12, có 84/84 hộ ..."."""
    if _list_of_group(items, place) or _list_of_members(items, place) or _of_some_groups(items, place):
        return True
    counted = False  # a number was passed: then only a group that opens the clause governs it still
    for before in range(place - 1, max(-1, place - 20), -1):
        item = items[before]
        if item.text == ";" or (item.has("unit") and not item.has("group")):
            return False
        counted = counted or item.quantity is not None
        if counted and before and items[before - 1].text not in ("tại", "ở", ";"):
            continue
        if item.has("group") and before + 1 < place:
            after = items[before + 1]
            named = after.kind == "label" or (after.text == "số" and items[min(before + 2, place - 1)].kind == "label")
            if named or (after.kind == "word" and after.capital and not after.entries):
                return True
    return False


def _of_some_groups(items: Sequence[Item], place: int) -> bool:
    """Whether a number is told of some groups only: "8/12 thôn có 95% gia đình văn hóa", "3 tổ còn 12 hộ nghèo"."""
    for at in range(place - 1, max(0, place - _SOME), -1):
        if items[at].kind == "punct":
            return False
        if items[at].has("group") and items[at + 1].text in _HAVE:
            if at > 1 and items[at - 2].text.startswith(("trong", "trên", "tổng")):
                return False  # "trong 18 tổ dân phố có 13 tổ đạt" tells of all
            return items[at - 1].quantity is not None or items[at - 1].text in ("số", "nhiều", "vài")
    return False


def _list_of_group(items: Sequence[Item], place: int) -> bool:
    """Whether a sentence tells of one group from its first words on: "Tổ dân phố số 7: 98% hộ ...; ..."."""
    colon = next((at for at in range(1, min(place, _OPENING)) if items[at].text == ":"), None)
    return colon is not None and items[0].has("group") and items[colon - 1].kind == "label"


def _list_of_members(items: Sequence[Item], place: int) -> bool:
    """Whether an association of the ward is the subject: "Hội Cựu chiến binh có 97% hộ ...; không còn hộ nghèo"."""
    opening = " ".join(item.text for item in items[:3])
    if not opening.startswith(_ASSOCIATIONS):
        return False
    return not any(items[at].has("unit") for at in range(_OPENING, place))

"""Which words announce a target, and which only tell that one was reached."""

from __future__ import annotations

from collections.abc import Sequence

from etl.find.prose_period import LOOK
from etl.find.prose_words import Item

_MET = 6  # items between targets and the word that they were met
_MET_BY = frozenset(("đạt", "vượt", "đạt và vượt", "hoàn thành", "hoàn thành vượt", "hoàn thành và vượt"))
_REACHED_BY = frozenset(
    ("đạt", "vượt", "hoàn thành", "với", "so với", "đạt và vượt", "vượt mức", "thực hiện", "thắng lợi")
)
_MEANT_BEFORE = frozenset(("sự", "nỗ lực", "nỗ", "lực", "tinh", "thần", "đã", "cùng", "cực", "ngừng", "với", "bằng"))
_MEANT_AFTER = frozenset(("của", "cao", "chính"))  # "với quyết tâm cao", "sự phấn đấu của ..." plan nothing
_GIVERS = ("ward_giver", "district_giver", "city_giver", "province_giver")
_LISTERS = frozenset((":", "như", "gồm", "cụ thể", "sau"))
_GIVEN_OUT = frozenset(("chỉ tiêu", "mục tiêu", "chỉ tiêu chủ yếu"))
_TOLD = ("kết quả", "tình hình", "báo cáo kết quả", "đánh giá")  # "kết quả các chỉ tiêu năm 2020" are results
_PLANS = frozenset(("kế hoạch", "kế hoạch năm", "kh", "kh năm", "dự toán", "dự toán năm", "chỉ tiêu kế hoạch"))
_PLAN_NAMED = 5  # items from a plan to the sign that opens it
_RESULTS = ("thực hiện", "kết quả", "đã")
_PASSED = frozenset(
    ("các", "những", "một", "số", "một số", "tốt", "được", "và", "toàn", "diện", "cơ", "bản", "xuất sắc")
)


def is_told_met(items: Sequence[Item], place: int) -> bool:
    """Whether targets are said to have been met: "các chỉ tiêu năm 2018 đều đạt và vượt"."""
    if not items[place].text.startswith(("chỉ tiêu", "các chỉ tiêu")):
        return False
    for after in range(place + 1, min(len(items) - 1, place + _MET)):
        if items[after].text in _MET_BY:
            return items[after + 1].quantity is None
        if items[after].kind not in ("year", "word") or items[after].has("plan"):
            return False
    return False


def is_target(items: Sequence[Item], place: int) -> bool:
    """Whether a word announces a target: not one that was reached, nor "với quyết tâm cao", "sự phấn đấu của ..."."""
    item = items[place]
    if not item.has("target") or item.has("outlook") or _is_reached(items, place) or is_told_met(items, place):
        return False
    if place and items[place - 1].has("target") and not is_target(items, place - 1):
        return False  # "đã hoàn thành mục tiêu phấn đấu"
    if _names_plan(items, place):
        return False
    if item.text not in ("phấn đấu", "quyết tâm"):
        return True
    before = items[place - 1].text if place else ""
    after = items[place + 1].text if place + 1 < len(items) else ""
    return before not in _MEANT_BEFORE and after not in _MEANT_AFTER


def _names_plan(items: Sequence[Item], place: int) -> bool:
    """Whether the word only tells which plan a result is set against: "đạt 98% dự toán thị xã phấn đấu"."""
    if "phấn đấu" not in items[place].text:
        return False
    plan = place
    while plan and not items[plan].has("plan") and place - plan < 3 and items[plan - 1].has("unit", "plan", *_GIVERS):
        plan -= 1
    if not (items[plan].has("plan") or items[plan].text == "kế hoạch phấn đấu") or not plan:
        return False
    before = items[plan - 1]
    return before.quantity is not None or before.has("against", "exceed")


def gives_out(items: Sequence[Item], place: int) -> bool:
    """Whether a word opens targets that follow: "thông qua 16 chỉ tiêu nhiệm kỳ 2020-2025", with no report between."""
    if not items[place].has("adopts", "sets"):
        return False
    following = items[place + 1 : place + 5]
    if not any(near.text in _GIVEN_OUT for near in following) or any(near.has("done") for near in following):
        return False
    if items[place].has("adopts"):
        return True
    for near in items[place + 1 : place + LOOK]:  # "đề ra các chỉ tiêu: ..."; not "đề ra 9 chỉ tiêu, đạt 8"
        if near.text in _LISTERS:
            return True
        if near.quantity is None and (near.has("done") or near.text in _REACHED_BY):
            return False
    return False


def looks_ahead(items: Sequence[Item], place: int) -> bool:
    return any(
        items[near].has("target") and not items[near].has("reached") and not is_told_met(items, near)
        for near in range(max(0, place - LOOK), min(len(items), place + 5))
    )


def _is_reached(items: Sequence[Item], place: int) -> bool:
    """Whether a target is said to be met: "hoàn thành các mục tiêu", "đạt và vượt chỉ tiêu năm"."""
    if items[place].has("reached"):
        return True
    before = place - 1
    while before >= 0 and place - before <= 4 and items[before].text in _PASSED:
        before -= 1
    return before >= 0 and (items[before].text in _REACHED_BY or items[before].text.startswith(_TOLD))


def opens_tasks(items: Sequence[Item], place: int) -> bool:
    """Whether a title names the tasks of the time ahead: "Nhiệm vụ quý IV"; "Nhiệm vụ quốc phòng" names none."""
    if items[place].text != "nhiệm vụ" or place + 1 >= len(items):
        return False
    return items[place + 1].kind == "months" or items[place + 1].text in ("quý", "trọng")


def opens_plan(items: Sequence[Item], place: int) -> bool:
    """Whether a sentence begins with the plan whose numbers follow: "Kế hoạch năm 2023: 17/18 tổ dân phố văn hóa"."""
    if items[0].text not in _PLANS:
        return False
    opens = next((at for at in range(1, min(place, _PLAN_NAMED)) if items[at].text in (":", "có", "là")), None)
    if opens is None or any(items[at].kind == "word" and items[at].text != "năm" for at in range(1, opens)):
        return False
    return not any(item.text.startswith(_RESULTS) for item in items[opens:place])


def adopted_year(items: Sequence[Item], after: int | None) -> int | None:
    """The year later than `after` whose tasks a council adopts: "thông qua Nghị quyết về kế hoạch ... năm 2024"."""
    adopts = next((at for at, item in enumerate(items) if item.has("adopts")), len(items))
    ahead = False
    for item in items[adopts:]:
        ahead = ahead or item.has("ahead")
        if ahead and item.kind == "year" and after is not None and item.number > after:
            return item.number
    return None


def lists_targets(items: Sequence[Item]) -> bool:
    """Whether a sentence opens a list of targets: "Các chỉ tiêu kinh tế: thu ngân sách ..."; none told as results."""
    named = next((at for at, item in enumerate(items[:4]) if item.text in _GIVEN_OUT), None)
    if named is None or any(not item.has("filler") and item.text != "một" for item in items[:named]):
        return False
    for item in items[named + 1 : named + _PLAN_NAMED]:
        if item.text == ":":
            return True
        if item.quantity or item.has("done", "reached", "link"):
            return False
    return False

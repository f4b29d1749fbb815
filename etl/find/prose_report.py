"""Of which year a whole report speaks, what part of it, which year it plans for, and when it was posted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from core.vi.periods import period_of_months
from etl.find.prose_period import LOOK, period_before, period_in_title
from etl.find.prose_target import is_told_met
from etl.find.prose_when import in_term, is_of_start, names_figure
from etl.find.prose_words import Item

_POSTED = ("ngày đăng", "đăng ngày", "cập nhật", "ngày cập nhật", "ngày xuất bản", "đăng lúc")
_OLD = 0.2  # a year long before the report was posted is told for comparison
_SUMMED_UP = 4  # what a year that is summed up weighs
_CONGRESS = 3  # what the first year of the term weighs whose congress is held
_FIRST_YEAR = 2000  # a day before it is an anniversary
_DOCUMENT_NAME = 16  # items between a document's kind and its day
_DOCUMENTS = (
    "nghị định", "quyết định", "nghị quyết", "kế hoạch", "chỉ thị", "công văn", "thông tư", "kết luận", "hướng dẫn",
)  # fmt: skip
_DONE = 8  # items between tasks and the word that they were done
_TWO_LEVELS = 2025
_SURE = 1  # what the mentions of a year must weigh where no day is known
_FULL_STOPS = frozenset(".!?…")
_CLAUSE_ENDS = frozenset(";:.!?")
_CARRIED_OUT = frozenset(
    ("nhiệm vụ", "dự toán", "kế hoạch", "chỉ tiêu", "mục tiêu", "nhiệm vụ năm", "dự toán năm", "kế hoạch năm")
)
_NO_REPORT = frozenset(("báo cáo", "trong năm", "giữa năm", "cuối năm"))  # "báo cáo kế hoạch năm 2021" looks ahead
_TITLES, _TITLE_ITEMS, _TITLE_WEIGHT = 15, 40, 24  # sentences from the top; items of one; what its year weighs


def year_ahead(sentences: Sequence[Sequence[Item]], published: date | None, told: int | None) -> int | None:
    """The year whose tasks a report of the year `told` discusses; early in a year it is that year.

    It holds for targets that name none. No year before the report's is ahead of it.
    """
    votes: dict[int, int] = defaultdict(int)
    named = set()
    for items in sentences:
        for place, item in enumerate(items):
            if item.kind == "year":
                named.add(item.number)
                votes[item.number] += any(near.has("ahead", "target") for near in items[max(0, place - LOOK) : place])
    votes = {year: weight for year, weight in votes.items() if weight and year >= (told or 0)}
    if votes:
        return max(votes, key=lambda year: (votes[year], year))
    day = published or _spoken_dates(sentences)
    early = day is not None and day.month <= 6 and named and max(named) == day.year
    return day.year if early else None


def find_published(sentences: Sequence[Sequence[Item]]) -> date | None:
    """The day a page says it was posted: "Ngày đăng 28/01/2021"."""
    for items in sentences[:12]:
        words = " ".join(item.text for item in items[:4])
        if any(mark in words for mark in _POSTED):
            for item in items[:6]:
                if item.kind == "date" and item.moment:
                    return item.moment
    return None


def _spoken_dates(sentences: Sequence[Sequence[Item]]) -> date | None:
    for items in sentences[:12]:
        for place, item in enumerate(items):
            if item.kind == "date" and item.moment and _is_of_report(items, place):
                return item.moment
    return None


def _is_of_report(items: Sequence[Item], place: int) -> bool:
    """Whether a day may be the report's own: not one long past, nor that of a document ("Nghị định 122 ngày ...")."""
    if items[place].moment.year < _FIRST_YEAR:
        return False
    before = items[max(0, place - _DOCUMENT_NAME) : place]
    comma = max((at for at, item in enumerate(before) if item.kind == "punct" and item.text not in "/-"), default=-1)
    said = " ".join(item.text for item in before[comma + 1 :])
    since = said.endswith(("từ", "từ ngày"))  # "từ ngày 1/1/2025 đến ..." opens a span
    return not since and not any(document in said for document in _DOCUMENTS)


def report_year(sentences: Sequence[Sequence[Item]], published: date | None) -> int | None:
    """The year a report speaks of: what it sums up, what it looks ahead from, and when it was posted, weighed."""
    votes: dict[int, float] = defaultdict(float)
    day = published or _spoken_dates(sentences)
    oldest = day.year - 1 if day else 0
    title = _title_year(sentences[:_TITLES])
    if title and (day is None or title <= day.year):
        votes[title] += _TITLE_WEIGHT
    for items in sentences:
        last = max((place for place, item in enumerate(items) if item.quantity), default=-1)
        for place, item in enumerate(items):
            if item.kind == "year":
                year, weight = _vote(items, place, last > place)
                if day is None or year <= day.year:
                    votes[year] += weight if year >= oldest else weight * _OLD
            elif item.kind == "date" and item.moment and not published and _is_of_report(items, place):
                votes[item.moment.year] += 0.25
            elif item.kind == "range" and _vote_range(items, place):
                term = 1 if not day and items[place - 1].text == "nhiệm kỳ" else 0.5
                votes[_vote_range(items, place)] += _CONGRESS if _is_congress(items, place) else term
            elif item.text == "năm" and day and place + 1 < len(items) and items[place + 1].text == "nay":
                votes[day.year] += 3
    if sums_up_half_term(sentences):  # a term is no year: what is told of it holds on the day
        if day is None:
            return None
        votes[day.year] += _SUMMED_UP
    elif day:
        if day.month >= 10:
            votes[day.year] += 2
        elif day.month <= 4:
            votes[day.year - 1] += 1.5
            votes[day.year] += 0.5
        else:
            votes[day.year] += 1.5
    elif _names_two_levels(sentences):
        votes[_TWO_LEVELS] += 0.5
    votes = {year: weight for year, weight in votes.items() if weight >= (0.01 if day else _SURE)}
    return max(votes, key=lambda year: (votes[year], year)) if votes else None


def _is_done(items: Sequence[Item], place: int) -> bool:
    """Whether tasks or targets are told to be done: "đã hoàn thành vượt mức các mục tiêu, nhiệm vụ năm 2025"."""
    for before in range(place - 1, max(0, place - _DONE), -1):
        text, earlier = items[before].text, items[before - 1].text
        if text.startswith("đã hoàn thành") or (text.startswith("hoàn thành") and earlier in ("đã", "bản", "cơ bản")):
            return True
    return False


def _names_two_levels(sentences: Sequence[Sequence[Item]]) -> bool:
    """Whether a text speaks of the local government of two levels, which began in July 2025."""
    for items in sentences:
        for place, item in enumerate(items):
            if item.text != "cấp" or not place:
                continue
            quantity = items[place - 1].quantity
            two = quantity.readings[0] == 2 if quantity else items[place - 1].text == "hai"
            if two and "chính quyền" in " ".join(near.text for near in items[max(0, place - 6) : place]):
                return True
    return False


def _is_congress(items: Sequence[Item], place: int) -> bool:
    """Whether a range is the term that a congress opens: "Đại hội ... nhiệm kỳ 2025-2030"; not a resolution of one."""
    said = " ".join(item.text for item in items[max(0, place - LOOK) : place])
    told = any(word in said for word in ("nghị quyết", "thực hiện", "sơ kết", "kết quả"))
    return "đại hội" in said and said.endswith("nhiệm kỳ") and not told


def _title_year(sentences: Sequence[Sequence[Item]]) -> int | None:
    """The year that a title sums up: a speech that looks back a lot is still of its own year."""
    for items in sentences:
        if len(items) > _TITLE_ITEMS or items[-1].text in _FULL_STOPS:
            continue
        for place, item in enumerate(items):
            if item.quantity:
                break
            if item.kind == "year" and (_opens_with_results(items, place) or _sums_up_year(items, place)):
                return item.number
    return None


def _sums_up_year(items: Sequence[Item], place: int) -> bool:
    return _vote(items, place, False) == (items[place].number, _SUMMED_UP)


def _opens_with_results(items: Sequence[Item], place: int) -> bool:
    """Whether all before a year only names what was done in it: "Kết quả thực hiện phong trào ... năm 2018"."""
    if not items[0].has("done"):
        return False
    return not any(
        item.kind in ("year", "range") or item.has("ahead", "target", "against", "compare") for item in items[:place]
    )


def _is_carried_out(items: Sequence[Item], place: int) -> bool:
    """Whether tasks or plans are what is looked back on: "kết quả thực hiện nhiệm vụ, dự toán năm 2020"."""
    if items[place].text not in _CARRIED_OUT:
        return False
    for before in range(place - 1, max(-1, place - LOOK), -1):
        item = items[before]
        if item.text in (",", "và"):
            if before and items[before - 1].text in (*_CARRIED_OUT, "đạo"):  # "sự lãnh đạo, chỉ đạo, điều hành"
                continue
            return False
        if item.has("done") and item.text not in _NO_REPORT:
            return True
        ahead = item.has("ahead", "target") and item.text not in _CARRIED_OUT
        if ahead or item.kind in ("punct", "year", "range"):
            return False
        if item.text == "thực hiện" and not any(near.kind == "word" for near in items[:before]):
            return True  # a title's own line
    return False


def _vote_range(items: Sequence[Item], place: int) -> int | None:
    """A term that opens now names the year of its congress, a term summed up names its last year."""
    words = [near.text for near in items[max(0, place - 4) : place]]
    if words[-2:] == ["trong", "nhiệm kỳ"]:
        return items[place].number
    if "giai đoạn" in words and any(near.has("ahead") for near in items[max(0, place - 6) : place]):
        return items[place].first  # "phát động phong trào giai đoạn 2025 - 2030"
    if "nhiệm kỳ" in words:
        if any(near.has("done") for near in items[max(0, place - 6) : place]):
            return items[place].number
        return items[place].first if _is_congress(items, place) else None
    return items[place].number if "giai đoạn" in words else None


def _vote(items: Sequence[Item], place: int, figures: bool) -> tuple[int, float]:
    """The year a mention of one votes for and how strongly; `figures` says whether numbers follow it."""
    year = items[place].number
    if place <= 5 and period_before(items, place):
        return year, 3
    for before in range(place - 1, max(-1, place - LOOK), -1):
        item = items[before]
        if item.kind == "punct" and item.text in _CLAUSE_ENDS:
            break
        if item.has("against", "compare") and place - before <= 3:
            since = any("cùng kỳ" in near.text or "cùng kì" in near.text for near in items[before:place])
            return (year + 1, 1) if since else (year, 0)
        if item.has("final"):
            return year, 1
        if item.text == "cuối năm" and before and items[before - 1].text == "đến":
            return year, 1  # "đến cuối năm 2030" is told of what was reached and of what is aimed at
        if item.has("done") or _is_carried_out(items, before):
            return year, _SUMMED_UP
        if item.has("ahead", "target") and _is_done(items, before):
            return year, 2
        if (item.has("ahead") or item.has("target")) and not is_told_met(items, before):
            rest = any(near.kind == "months" or near.text == "quý" or near.has("later") for near in items[before:place])
            rest = rest or items[place].first > 0  # "nhiệm vụ tháng 5/2019" is one of 2019 itself
            rest = rest or items[place - 1].text.endswith("cả năm")  # "kế hoạch của cả năm 2021" is said while it runs
            return (year if rest else year - 1), 2  # "nhiệm vụ 6 tháng cuối năm 2018" is a task of 2018 itself
        if item.kind in ("year", "range"):
            break
    ahead = any(item.has("target") for item in items[place + 1 : place + 7])
    if ahead or _sets_targets(items, place):
        return year - 1, 1.5
    if is_of_start(items, place):
        return year, 0
    if items[place - 2].text == "(":  # "(năm 2020)" dates one number
        return year, 1
    leads = place <= 2 or any(items[at].kind == "punct" or items[at].text == "và" for at in (place - 2, place - 3))
    return year, (2 if leads else 1) + (1 if leads and figures else 0)


def _sets_targets(items: Sequence[Item], place: int) -> bool:
    """Whether targets are set for a year: "Năm 2026, xã đề ra 18 chỉ tiêu", "... năm 2026 với các chỉ tiêu như:"."""
    following = items[place + 1 : place + LOOK]
    words = " ".join(near.text for near in following[:6])
    if words.startswith(("với các chỉ tiêu", "với những chỉ tiêu")) and (":" in words or "như" in words):
        return True
    for after, item in enumerate(following):
        if item.quantity:
            return " ".join(near.text for near in following[:after]).endswith("đề ra")
    return False


def default_period(sentences: Sequence[Sequence[Item]], published: date | None) -> str:
    """The period of a whole report: a session held in the middle of a year speaks of its first months."""
    if any(_sums_up_month(items) for items in sentences[:3]):
        return "part"
    if published and published.month in (11, 12, 1, 2):
        return "year"
    for items in sentences[:8]:
        for place, item in enumerate(items):
            if item.kind == "months" or item.has("half"):
                period = period_in_title(items, place)
                opens = place <= 1 and not names_figure(items[:place])  # "thu ngân sách 10 tháng" is of one thing
                done = opens or any(near.has("done") for near in items[max(0, place - LOOK) : place])
                if period and done:
                    return period
    if any(_sums_up_month(items) for items in sentences[:8]):
        return "part"
    if any("kỳ họp giữa năm" in " ".join(item.text for item in items) for items in sentences[:8]):
        return "h1"
    for items in sentences:
        for place, item in enumerate(items):
            if item.kind == "months" and item.number < 12 and any(n.has("later") for n in items[place + 1 : place + 3]):
                looks_ahead = any(
                    near.has("ahead") or near.text == "trong" for near in items[max(0, place - 5) : place]
                )
                if looks_ahead:
                    return period_of_months(12 - item.number)
    return "year"


def _sums_up_month(items: Sequence[Item]) -> bool:
    """Whether a meeting looks back on one month: "sơ kết công tác tháng 4, triển khai nhiệm vụ tháng 5"."""
    for place, item in enumerate(items):
        of_month = item.first or items[max(0, place - 2)].first  # "tháng 11/2025", "tháng 11 năm 2025"
        if item.text.endswith("cả năm") or (item.kind == "year" and not of_month):
            return False  # "tình hình tháng 12 và cả năm 2025"
    for place, item in enumerate(items):
        month = item.kind in ("label", "year") and item.first  # "tháng 4", "tháng 4/2025"
        if month and items[place - 1].text == "tháng":
            near = items[max(0, place - 5) : place]
            if any(word.text in ("sơ kết", "đánh giá", "kết quả", "tình hình") for word in near):
                return True
    return False


def sums_up_term(sentences: Sequence[Sequence[Item]]) -> bool:
    """Whether a report as a whole sums up several years: "tổng kết phong trào thi đua giai đoạn 2020 - 2025"."""
    for items in sentences[:5]:
        if any(item.kind == "year" for item in items):
            continue
        for place, item in enumerate(items):
            closed = item.kind == "range" and in_term(items, place) and _vote_range(items, place) == item.number
            if closed and any(near.has("done") for near in items[max(0, place - 10) : place]):
                return True
    return False


def sums_up_half_term(sentences: Sequence[Sequence[Item]]) -> bool:
    """Whether a meeting looks back on the first half of a term: "sơ kết công tác giữa nhiệm kỳ"."""
    for items in sentences[:5]:
        for place, item in enumerate(items):
            half = item.text == "nhiệm kỳ" and place and items[place - 1].text in ("giữa", "nửa")
            if half and any(near.has("done") for near in items[max(0, place - 5) : place]):
                return True
    return False

"""When a figure holds: its year, its period and whether it is still to come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from etl.find.prose_period import (
    ENDS,
    LOOK,
    NOW,
    SPANS,
    is_of_one_sum,
    is_one_month,
    is_since_january,
    names_thing,
    period_at,
    period_before,
    period_behind,
    period_in_title,
    until,
)
from etl.find.prose_target import (
    adopted_year,
    gives_out,
    is_target,
    lists_targets,
    looks_ahead,
    opens_plan,
    opens_tasks,
)
from etl.find.prose_words import Item

_NEAR = 60  # items before a figure that may say when it holds
_OPENING = 30  # items of a sentence that say it for the whole of a long list
_MOST_YEARS = 10  # of a span that a report sums up
_LAST_YEAR = frozenset(("năm trước", "năm ngoái", "cùng kỳ", "cùng kì"))
_TURNS = frozenset(("và", "thì", "nhưng", "song", "mà"))  # "là 91% thì năm 2023 đạt 92,5%"
_ALIKE = frozenset(("cùng kỳ", "cùng kì"))  # of the same part of a year: "(cùng kỳ năm 2021 đạt 48%)"


@dataclass(frozen=True, slots=True)
class Moment:
    """The year, period and plan state that hold where a sentence says nothing else; `ahead` is the year planned for."""

    year: int | None = None
    period: str = "year"
    plan: bool = False
    ahead: int | None = None
    cut: bool = False  # the period is a closing day ("tính đến 30/11"), which holds for what flows, not for levels
    listed: bool = False  # targets were announced, which "Cụ thể," goes on to list
    adopted: int | None = None  # the later year whose tasks were adopted, which "Các chỉ tiêu kinh tế: ..." lists


@dataclass(frozen=True, slots=True)
class When:
    """What one figure was found to hold for; `year` is None where the report does not say."""

    year: int | None
    period: str
    plan: bool
    stated: bool = False


def after_sentence(before: Moment, items: Sequence[Item], report: Moment, heading: bool) -> Moment:
    """What holds after a sentence: a leading year or period stays in force, a heading opens results or plans."""
    listed = any(gives_out(items, place) for place in range(len(items)))
    now = replace(before, listed=listed, adopted=adopted_year(items, report.year) or before.adopted)
    named = False  # "6 tháng đầu năm, phương hướng 6 tháng cuối năm": the first part of the year is the report's
    for place, item in enumerate(items):
        if item.quantity:
            break
        period = period_at(items, place)
        if period and place <= 6 and not named:
            named = True
            if heading and any(period_in_title(items, at) == report.period for at in range(place, len(items))):
                period = report.period  # "kết quả quý III và 9 tháng"
            of_one = names_figure(items[:place])
            now = replace(now, period=period, cut=of_one or (item.kind != "months" and until(items, place)))
        alone = place > 0 and items[0].text == "riêng" and place <= 3  # "Riêng năm 2019 ..." is said of that year only
        if item.kind == "year" and not alone and not _is_compared(items, place):
            later = report.year is not None and item.number > report.year
            ahead = looks_ahead(items, place) or (heading and later and any(near.has("plan") for near in items[:place]))
            aims = later and any(is_target(items, near) for near in range(place + 1, min(len(items), place + LOOK)))
            if place <= 3 or aims or (heading and ahead) or _sums_up(items, place):
                if (ahead or later) and not heading and not later:
                    continue
                since = place > 0 and items[place - 1].has("start")  # "từ đầu năm 2021 đến nay" is no whole year
                same = (since or (not heading and place > 3)) and item.number == report.year
                rest = place > 0 and items[place - 1].has("later") and report.period != "year"  # "những tháng cuối năm"
                kept = rest or period_before(items, place + 1)
                middle = place > 0 and items[place - 1].text == "giữa năm"  # "kỳ họp giữa năm 2021"
                period = now.period if kept else report.period if same or middle else "year"
                now = replace(now, year=item.number, period=period, plan=(heading and ahead) or later)
    rules = (item for place, item in enumerate(items) if item.has("done", "target") or opens_tasks(items, place))
    governing = next(rules, None) if heading else None
    if governing and _is_headline(items, governing):
        return now
    if governing and governing.has("done"):  # "kết quả thực hiện nhiệm vụ năm 2020" are results, whatever follows
        now = replace(now, plan=False, year=report.year if now.plan else now.year)
    elif governing:
        now = replace(now, plan=True)
    return now


def _is_headline(items: Sequence[Item], governing: Item) -> bool:
    """Whether a heading tells what a ward strives for and opens no list: "Phường Mẫu Đơn phấn đấu hết hộ nghèo"."""
    if governing.text not in ("phấn đấu", "quyết tâm") or items[-1].text == ":":
        return False
    return any(item.has("unit", "ward_giver") for item in items[: items.index(governing)])


def names_figure(items: Sequence[Item]) -> bool:
    """Whether words of the catalogue stand among items: a period said behind them is theirs."""
    return any(isinstance(entry, tuple) for item in items for entry in item.entries)


def _sums_up(items: Sequence[Item], place: int) -> bool:
    if any(near.has("done") for near in items[max(0, place - 4) : place]):
        return True
    for before in range(place - 5, max(-1, place - LOOK), -1):  # "tổng kết việc thực hiện nhiệm vụ chính trị năm 2025"
        if items[before + 1].kind in ("punct", "year", "range"):
            return False
        if items[before].text in ("tổng kết", "sơ kết"):
            return True
    return False


def opening_times(items: Sequence[Item]) -> tuple[int, ...]:
    """The places in the opening of a sentence that say when all of its list holds, the last first."""
    return tuple(
        at
        for at in range(min(_OPENING, len(items)) - 1, -1, -1)
        if items[at].kind in ("year", "range", "months", "date")
        or items[at].has("term", "average")
        or is_target(items, at)
        or gives_out(items, at)
    )


def when(
    items: Sequence[Item], place: int, last: int, carried: Moment, report: Moment, *, flow: bool,
    opening: Sequence[int] = (),
) -> When:  # fmt: skip
    """Year, period and plan state of the figure at a place of a sentence.

    The year stands in its clause behind it, else nearest before it in the sentence, else is carried from the
    sentences before, else is the report's. `flow` figures (money, awards) can be those of a whole term; what is
    counted at a moment cannot. `opening` are opening_times of the sentence, for figures far down a list.
    """
    year, stated, term = None, False, ""
    for after in range(last + 1, min(len(items), last + 9)):
        item = items[after]
        if after == last + 1 and _bracketed_year(items, after):  # "xuống còn 2,5% (năm 2018)"
            year, stated = items[after + 2].number, True
            break
        if item.quantity or item.text in ENDS or item.text in _TURNS:
            break
        if item.kind == "range" and flow:
            return When(item.number, "term", False, True)
        if item.has("average"):  # "hoàn thành 100% chỉ tiêu giao quân hằng năm"
            return When(carried.year or report.year, "average", False)
        if item.kind == "year":
            if not any(near.has("against", "compare") for near in items[last + 1 : after]):
                year, stated = item.number, True
            break
    period = period_behind(items, last + 1, flow=flow)
    target = of_term = alike = False
    listed = carried.listed and items[0].has("lists")
    clause = True  # no semicolon passed yet
    meeting = _meeting_ahead(items, place)
    aside = last  # where the bracket opens that holds another number
    near = max(-1, last - _NEAR)
    for before in (*range(last, near, -1), *(at for at in opening if at <= near)):
        item = items[before]
        if meeting[0] <= before <= meeting[1]:
            continue
        aside = _aside(items, before) if before < place and item.text == ")" else aside
        clause = clause and not (item.text == ";" and before < place)
        if item.text in NOW and before < place and year is None:
            year = report.year
        alike = alike or (before < place and clause and item.text in _ALIKE)
        if year is None and before < place and clause and report.year and _is_last_year(items, before, place):
            year, stated = report.year - 1, True
        if item.kind == "range" and year is None and in_term(items, before):
            aimed = any(is_target(items, at) or gives_out(items, at) for at in range(max(0, before - LOOK), before))
            if flow:
                return When(item.number, "term", aimed, True)
            of_term = of_term or aimed
        if item.kind == "date" and item.moment and year is None and until(items, before):
            year, stated = item.moment.year, True
        of_other = before > 2 and items[before - 3].quantity is not None and _bracketed_year(items, before - 2)
        of_other = of_other or (item.kind == "year" and before < place and is_of_start(items, before)) or before > aside
        of_other = of_other or (item.kind == "year" and _of_one_number(items, before, place))
        if item.kind == "year" and year is None and before < last and not (of_other or _is_compared(items, before)):
            year, stated = item.number, True
        if not period:
            period = period_at(items, before) or ""
            if period and not flow and not clause and (item.kind != "months" or is_of_one_sum(items, before)):
                period = report.period
            if item.kind == "months" and before and items[before - 1].text in SPANS:
                period = "part"
            since = is_since_january(items, before)
            if flow and not period and before < place and (since or is_one_month(items, before)):
                period = report.period if since and report.period != "year" else "part"
        averaged = item.text == "quân" and before and items[before - 1].text == "bình" and 0 < place - before <= 3
        if (averaged or item.has("average")) and clause and not stated:
            return When(carried.year or report.year, "average", False)
        ranged = any(near.kind == "range" for near in items[before : before + 3])
        spans = item.has("term") or _spans_years(items, before)
        if spans and flow and not period and not stated and not ranged:
            term = "term"
        if before < place and (is_target(items, before) or gives_out(items, before)):
            target = True
        target = target or (before == 0 and place > 0 and (opens_tasks(items, before) or opens_plan(items, place)))
    target = target or listed or any(item.has("at_least") for item in items[last + 1 : last + 3])
    plan = target or (carried.plan and not stated)
    base = carried.year if carried.year is not None else report.year
    if year is None and carried.adopted and lists_targets(items):
        year, stated = carried.adopted, True
    if year is None:
        year = base
    if report.year is not None and year is not None and year > report.year:
        plan = True
    elif listed or (of_term and not stated):
        year = None  # a term's targets name no year of their own
    elif target and not stated and not carried.plan:
        part = report.period not in ("year", "term")  # a half year's report looks ahead to the rest of its year
        year = report.ahead or (report.year if part else None)
    if not period:
        same = not stated or year == base or alike
        held = report.period if carried.cut and not flow else carried.period
        period = term or (held if same else "year") or "year"
        period = "year" if period == "term" and not flow else period
    plan = plan or (period, report.period) == ("h2", "h1")  # what a report of the first half tells of the second
    return When(year, "year" if plan else period, plan, stated)


def _is_last_year(items: Sequence[Item], place: int, figure: int) -> bool:
    """Whether a figure is told of the year before: "năm trước thu ngân sách đạt ..."; not "tăng so với năm trước".

    It holds for a list of numbers, not beyond the next thing that is named after one.
    """
    if items[place].text not in _LAST_YEAR:
        return False
    counted = False
    for between in range(place + 1, figure):
        if counted and items[between - 1].quantity is None and names_thing(items[between]):
            return False
        counted = counted or items[between].quantity is not None
    first = place - 1 if place and items[place - 1].text in _LAST_YEAR else place
    before = items[first - 1] if first else None
    named = before is not None and any(isinstance(entry, tuple) for entry in before.entries)
    return before is None or named or (before.kind == "punct" and before.text != ")")


def _spans_years(items: Sequence[Item], place: int) -> bool:
    """Whether a span of years is named: "sau 5 năm", "trong 3 năm qua"; not "3 năm liền"."""
    quantity = items[place].quantity
    if quantity is None or quantity.unit or quantity.of or not 1 < quantity.readings[0] <= _MOST_YEARS:
        return False
    if place + 1 >= len(items) or items[place + 1].text != "năm":
        return False
    return place + 2 >= len(items) or not items[place + 2].has("special")


def _bracketed_year(items: Sequence[Item], place: int) -> bool:
    """Whether a bracket opens at a place that holds a year alone: "84% (năm 2009)"."""
    said = [items[at].text if items[at].kind != "year" else "year" for at in range(place, min(len(items), place + 4))]
    return said == ["(", "năm", "year", ")"]


def is_of_start(items: Sequence[Item], place: int) -> bool:
    """Whether a year is that from which something changed: "từ 0,5% năm 2022 xuống còn 0,3%", "từ 21 hộ năm 2022"."""
    for before in range(place - 1, max(0, place - 5), -1):
        if items[before].quantity:
            return items[before - 1].has("from")
        if items[before].kind == "punct" and items[before].text != "(":
            return False
    return False


def _of_one_number(items: Sequence[Item], at: int, place: int) -> bool:
    """Whether a year only dates one number before the next thing is named: "còn 16 hộ, năm 2019 là 22 hộ, ..."."""
    if at < 2 or items[at - 2].text != "," or not any(item.quantity for item in items[max(0, at - LOOK) : at]):
        return False
    number = next((after for after in range(at + 1, min(place, at + 4)) if items[after].quantity), None)
    if number is None or any(names_thing(item) for item in items[at:number]):
        return False
    return any(names_thing(item) for item in items[number + 2 : place])


def _aside(items: Sequence[Item], place: int) -> int:
    """Where the bracket closed at a place opens, if it holds a number, whose year is its own: "(năm 2022: 1,5%)".

    The place itself where it holds none: "tỷ lệ hộ nghèo (năm 2022) còn 1,2%".
    """
    opening = next((at for at in range(place - 1, max(-1, place - LOOK), -1) if items[at].text == "("), place)
    return opening if any(item.quantity for item in items[opening:place]) else place


def _is_compared(items: Sequence[Item], place: int) -> bool:
    """Whether a year is only what a figure is compared with: "so với năm 2019", "bằng năm 2019"."""
    beside = items[max(0, place - 2) : place]
    return any(near.has("against", "compare") or near.text == "bằng" for near in beside)


def in_term(items: Sequence[Item], place: int) -> bool:
    """Whether years are those of a term or a span: "giai đoạn 2020 - 2025"."""
    return any(near.has("term") for near in items[max(0, place - 3) : place])


def _meeting_ahead(items: Sequence[Item], place: int) -> tuple[int, int]:
    """The words of a meeting's second purpose before a figure: "họp tổng kết năm 2020, bàn nhiệm vụ năm 2021, ..."

    They name a year that is not the figure's where a year summed up stands before them and the sentence goes on after
    a comma. First and last place, or (0, -1).
    """
    done = ahead = None
    for at in range(max(0, place - 60), place):
        item = items[at]
        if item.has("done") and ahead is None:
            done = at
        elif item.kind == "year" and ahead is not None and done is not None:
            following = items[at + 1].text if at + 1 < place else ""
            named = any(near.kind == "year" for near in items[done:ahead])
            listing = any(is_target(items, near) or items[near].text == ":" for near in range(at + 1, place))
            return (ahead, at) if following == "," and named and not listing else (0, -1)
        elif item.has("ahead") and done is not None and ahead is None:
            ahead = at
    return (0, -1)

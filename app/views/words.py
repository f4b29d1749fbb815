"""Figures in words: value, plan, gap and state of a point, the same on every screen, slide and page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from core.catalogue import Indicator
from core.places import Unit
from core.series import Break, Plan, Point, Series
from core.status import Status, edges_of, honest_decimals, is_ceiling, is_spending
from core.texts import text
from core.vi.format import Scale, format_gap, format_percent, format_value, pick_scale
from core.vi.text import fold
from core.yearbook import Yearbook

NEARLY_ALL = Decimal("0.9")  # of a reported total that its parts must make up to be drawn as its mix
SMALL_BASE = 30  # under this a percentage never stands without its fraction
_TITLE = 90
_TILE = 14  # characters of a value and its unit that stand beside a sparkline


def state_word(indicator: Indicator, status: Status, lang: str) -> str:
    """The word beside the shape: "Vượt", "Đạt" ...; spending is within or over its plan."""
    if is_spending(indicator) and status.state in ("reached", "missed"):
        return text(f"status.spending_{status.state}", lang)
    return text(f"status.{status.state}", lang)


def rule_word(state: str, indicator: Indicator, lang: str, year: int) -> str:
    """The rule that puts an indicator into a state, as printed under its count."""
    near, exceeded = (format_percent(limit, lang) for limit in (indicator.near, indicator.exceeded))
    name = "reached_to" if state == "reached" and indicator.exceeded > 100 else state
    return text(f"status.rule_{name}", lang, near=near, exceeded=exceeded, year=year)


def value_words(indicator: Indicator, point: Point, lang: str, scale: Scale | None = None) -> str:
    """A point's value: "49,09 tỷ đồng", "13/18 tổ", "91,6%"; a printed attainment where there is no value.

    A rate of a base under 30 has its fraction with it: "91,7% (11/12)".
    """
    if point.value is None:
        return attainment_words(indicator, point, lang) if point.status.attainment is not None else dash(lang)
    small = indicator.unit == "percent" and point.of is not None and point.of < SMALL_BASE
    said = _value_alone(indicator, point, lang, scale)
    return f"{said} {fraction(point, lang)}" if small else said


def _value_alone(indicator: Indicator, point: Point, lang: str, scale: Scale | None = None) -> str:
    of = point.of if indicator.unit != "percent" else None
    return format_value(
        point.value, indicator.unit, lang, of=of, scale=scale, hedge=point.hedge, decimals=_places(indicator, point)
    )


def _places(indicator: Indicator, point: Point) -> int | None:
    """Decimals of a rate that must not print as its own plan; None leaves them to the formatter."""
    if indicator.unit != "percent" or point.value is None:
        return None
    edges = [point.status.plan] if point.status.plan is not None else []
    wanted = honest_decimals(point.value, edges, min(indicator.decimals, 1))
    rounded = round(point.value, wanted)
    if rounded == rounded.to_integral_value() and wanted <= 1:
        return 0
    small = abs(point.value) < 1 and point.value != 0
    return max(wanted, 2) if small else wanted


def rate_words(value: Decimal, lang: str) -> str:
    """A rate that is compared with nothing: one decimal, two under 1 %, none where it is whole."""
    return format_percent(value, lang, decimals=_plan_places(value))


def value_and_unit(indicator: Indicator, point: Point, lang: str) -> tuple[str, str]:
    """The same in two parts, for a tile: the large number and the small words behind it."""
    if point.value is None:
        return (attained(point.status, indicator, lang), _of_plan(indicator, lang)) if point.known else (dash(lang), "")
    said = _value_alone(indicator, point, lang)
    if indicator.unit == "percent":
        return said, fraction(point, lang)
    if len(said) > _TILE:
        said = short_money(said, indicator, lang)
    number, _, unit = said.rpartition(" ") if indicator.unit != "vnd" else _split_money(said)
    rate = f"({format_percent(point.rate, lang)})" if point.rate is not None else unit
    return number or said, rate


def _split_money(said: str) -> tuple[str, str, str]:
    number = next((at for at, sign in enumerate(said) if sign == " " and said[at - 1].isdigit()), len(said))
    return said[:number], " ", said[number + 1 :]


def _of_plan(indicator: Indicator, lang: str) -> str:
    return text("status.of_money" if indicator.unit == "vnd" else "status.of_plan", lang)


def fraction(point: Point, lang: str) -> str:
    """ "(42/42)" behind a rate whose base is known, else empty."""
    if point.of is None or point.value is None:
        return ""
    part = point.value * point.of / 100
    if part != part.to_integral_value():
        part = Decimal(round(part))
    return f"({format_plain(part, lang)}/{format_plain(point.of, lang)})"


def format_plain(number: Decimal, lang: str) -> str:
    """A whole number without a unit."""
    return format_value(number, "percent", lang, decimals=0).rstrip("%")


def plan_value(indicator: Indicator, plan: Plan, lang: str, scale: Scale | None = None) -> str:
    """The planned number alone: "48,60 tỷ đồng", "14/18 tổ", "75%" for a planned rate."""
    if plan.as_rate or indicator.unit == "percent":
        return format_percent(plan.value, lang, decimals=_plan_places(plan.value))
    return format_value(plan.value, indicator.unit, lang, of=plan.of, scale=scale, hedge=plan.hedge)


def _plan_places(value: Decimal) -> int:
    if value == value.to_integral_value():
        return 0
    return 2 if abs(value) < 1 else 1


def plan_words(indicator: Indicator, point: Point, lang: str, *, with_basis: bool = True) -> str:
    """ "Dự toán 48,60 tỷ đồng (HĐND quyết định)", "Kế hoạch tối đa 0,40%"; empty without a plan."""
    if point.plan is None:
        return ""
    name = "plan_money" if indicator.unit == "vnd" else "plan_most" if is_ceiling(indicator) else "plan"
    said = text(f"status.{name}", lang, value=plan_value(indicator, point.plan, lang))
    if not with_basis:
        return said
    return text("status.plan_basis", lang, plan=said, basis=basis_word(point.plan.basis, lang))


def quota_words(indicator: Indicator, point: Point, lang: str) -> str:
    """The number assigned, where a share is one of a quota: it is its target though no plan gives the share itself."""
    of_quota = indicator.kind == "percent" and indicator.rate_of and point.plan is None and point.of is not None
    return text("status.quota", lang, of=format_plain(point.of, lang)) if of_quota else ""


def basis_word(basis: str, lang: str) -> str:
    """Who set a plan, in a few words."""
    return text(f"status.basis_{basis or 'unstated'}", lang)


def attained(status: Status, indicator: Indicator, lang: str) -> str:
    """The attainment as a percentage that stands on the side of 95 and 100 on which it was decided; "–" without one."""
    if status.attainment is None:
        return dash(lang)
    edges = edges_of(indicator)
    places = honest_decimals(status.attainment, edges, 1)
    whole = status.attainment == status.attainment.to_integral_value() and status.method == "reported"
    return format_percent(status.attainment, lang, decimals=0 if whole else places)


def attainment_words(indicator: Indicator, point: Point, lang: str) -> str:
    """ "101,0% dự toán", with the hedge of a printed one; empty without one that helps.

    A count against a small plan is better said as a fraction: 13 of 14 groups, not 92,9 %.
    """
    small = point.plan is not None and indicator.unit != "vnd" and point.plan.value < SMALL_BASE
    if point.status.attainment is None or small:
        return ""
    number = attained(point.status, indicator, lang)
    if point.attainment_hedge and point.status.method == "reported":
        number = text(f"numbers.hedge_{point.attainment_hedge}", lang, value=number)
    return text("status.attained_money" if indicator.unit == "vnd" else "status.attained", lang, value=number)


def reported_words(status: Status, lang: str) -> str:
    """ "theo báo cáo" where the attainment shown was printed, with the remark that its plan's giver is unstated."""
    if status.method != "reported":
        return ""
    return text("status.by_report_unstated" if status.basis in ("", "unstated") else "status.by_report", lang)


def gap_words(indicator: Indicator, point: Point, lang: str, scale: Scale | None = None) -> str:
    """The gap in the indicator's own unit: "+0,49 tỷ đồng", "−1 tổ", "thấp hơn 0,04 điểm %", "đúng kế hoạch".

    Lower-is-better gaps are written out, so that no minus stands beside a good sign. Empty where nothing is compared.
    """
    status = point.status
    if status.gap is None:
        return text("status.hedged", lang) if status.reason == "hedged" else ""
    if status.gap == 0:
        return text("status.gap_none", lang)
    if status.gap_unit == "of_plan":
        said = format_percent(abs(status.gap), lang, decimals=0 if status.gap % 1 == 0 else 1)
        sign = "+" if status.gap > 0 else "−"
        name = "gap_of_money" if indicator.unit == "vnd" else "gap_of_plan"
        return text(f"status.{name}", lang, sign=sign, gap=said)
    unit = "percent" if status.gap_unit == "point" else status.gap_unit
    if scale is None and point.value is not None:
        scale = pick_scale(point.value, unit)
    said = format_gap(status.gap, unit, lang, scale=scale, decimals=gap_places(point, unit, scale))
    if is_ceiling(indicator) and not is_spending(indicator):
        return text(f"status.gap_{'lower' if status.gap < 0 else 'higher'}", lang, gap=said.lstrip("+−"))
    if status.short:
        short = format_value(Decimal(status.short), indicator.unit, lang)
        return text("status.gap_short", lang, gap=said, short=short)
    return said


def gap_places(point: Point, unit: str, scale: Scale | None) -> int | None:
    """As many decimals as the two numbers have that a reader would subtract, more where the gap would print as 0."""
    sides = [side for side in (point.value, point.status.plan) if side is not None]
    if unit == "vnd" and scale is not None and sides:
        return honest_decimals(scale.number(point.status.gap), (Decimal(0),), _money_places(scale.number(sides[0])))
    if unit == "percent" and any(0 < abs(side) < 1 for side in sides):
        return honest_decimals(point.status.gap, (Decimal(0),), 2)
    return None


def _money_places(number: Decimal) -> int:
    """The decimals with which the formatter prints an amount: four digits in all."""
    return max(0, min(2, 4 - len(str(int(abs(number))))))


def dash(lang: str) -> str:
    """What is printed for a missing value."""
    return text("numbers.none", lang)


def slot_label(point: Point, lang: str, *, two_lines: bool = False) -> str:
    """The year of a slot; halves of a split year say which, and on two lines that a value was worked out."""
    if not point.part:
        worked_out = two_lines and point.method == "derived"
        return text("boundary.label_two", lang, year=point.year) if worked_out else str(point.year)
    return text(f"status.half_{point.part}{'_two' if two_lines else ''}", lang, year=point.year)


def lead_lower(words: str) -> str:
    """A name inside a sentence: its first letter small unless the first word is an abbreviation."""
    first = words.split(" ", 1)[0]
    return words if len(first) > 1 and first.isupper() else words[:1].lower() + words[1:]


def lead_upper(words: str) -> str:
    """A sentence begins with a capital."""
    return words[:1].upper() + words[1:]


def listed(words: Sequence[str], lang: str) -> str:
    """ "a, b và c"."""
    if len(words) < 2:
        return "".join(words)
    return text("status.and_two", lang, first=", ".join(words[:-1]), last=words[-1])


def fitting(candidates: Iterable[str], limit: int = _TITLE) -> str:
    """The first wording that is short enough for a title; the last one where none is."""
    said = ""
    for said in candidates:
        if len(said) <= limit:
            return said
    return said


def place_words(unit: Unit, lang: str) -> str:
    """ "Phường Mẫu"."""
    if fold(unit.name).startswith(fold(unit.kind)):
        return unit.name
    return text("status.place", lang, kind=unit.kind, name=unit.name)


def period_words(first: int, last: int) -> str:
    """ "2011–2025", or the one year there is."""
    return str(first) if first == last else f"{first}–{last}"


def period_of(series: Series) -> str:
    """The years a chart of a series spans."""
    return period_words(series.points[0].year, series.points[-1].year)


def day_words(day: date) -> str:
    """ "1/7/2025", the way a date is written inside a line."""
    return f"{day.day}/{day.month}/{day.year}"


def break_words(entry: Break, lang: str) -> str:
    """What stands beside the dotted line of a break, at most two short lines."""
    if entry.kind != "catalogue":
        return text("status.break_boundary", lang, day=day_words(entry.on))
    return "<br>".join(wrapped(entry.reason[lang], 26))


def break_note(entry: Break, lang: str) -> str:
    """The note under the chart that says why a series is not joined."""
    if entry.kind == "catalogue":
        return text("status.break_catalogue_note", lang, reason=entry.reason[lang])
    return text("status.break_boundary_note", lang, day=day_words(entry.on))


def wrapped(words: str, width: int) -> list[str]:
    """Words in lines of about `width` characters; a non-breaking space holds."""
    lines = [""]
    for word in words.split(" "):
        if lines[-1] and len(lines[-1]) + 1 + len(word) > width:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def series_notes(series: Series, lang: str, *, dots: bool = False) -> tuple[str, ...]:
    """The notes a series asks for: its breaks, estimates, unstated scope; `dots` where it is drawn as a line."""
    notes = [break_note(entry, lang) for entry in series.breaks if entry.kind != "half"]
    estimates = [str(point.year) for point in series.known if point.scenario == "estimate"]
    if estimates and dots:
        notes.append(text("indicators.estimate_note", lang, years=", ".join(dict.fromkeys(estimates))))
    elif estimates:
        notes.append(text("status.estimate_note", lang))
    unscoped = [str(point.year) for point in series.known if "scope_unstated" in point.flags]
    if unscoped:
        notes.append(text("status.scope_note", lang, years=", ".join(unscoped)))
    return tuple(dict.fromkeys(notes))


def source_words(points: Iterable[Point], lang: str) -> str:
    """The reports some points came from: their names, or how many with the newest named."""
    newest = sorted((point for point in points if point.source), key=lambda point: -point.year)
    names = list(dict.fromkeys(name for point in newest for name in point.source.split("\n")))
    if len(names) <= 2:
        return " · ".join(names)
    return text("status.reports", lang, count=len(names), first=names[0])


def as_of_words(book: Yearbook, lang: str) -> str:
    """That the figures are the approved ones, and the day on which the newest of them was stored."""
    return text("status.approved_as_of", lang, day=day_words(book.as_of)) if book.as_of else ""


def source_line(said: str, lang: str) -> str:
    """The source as it stands under a chart: "Nguồn: …"; words that begin so already stay as they are."""
    begun = said.startswith(text("ui.source", lang, source="").strip())
    return said if begun else text("ui.source", lang, source=said)


def short_money(said: str, indicator: Indicator, lang: str) -> str:
    """ "49,09 tỷ" where there is no room for "đồng"."""
    return said.removesuffix(text("status.money_tail", lang)) if indicator.unit == "vnd" else said


def money_scale(points: Iterable[Point]) -> Scale:
    """The scale of a money chart: chosen by its largest value or plan, outliers of a later boundary included."""
    sizes = [abs(number) for point in points for number in (point.value, point.plan and point.plan.value) if number]
    return pick_scale(max(sizes, default=None), "vnd")

"""The arithmetic of a state in words: how it was worked out, with the limit that decided, wherever it is printed."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from app.views import words
from core.catalogue import Indicator
from core.series import Point
from core.status import GOOD, Status, honest_decimals, is_ceiling, is_spending
from core.texts import text
from core.vi.format import format_gap, format_percent, format_value, pick_scale
from core.vi.numbers import format_number


def arithmetic(indicator: Indicator, point: Point, lang: str) -> str:
    """How the state was worked out, with the limit that decided: "49,09 / 48,6 tỷ đồng = 101,0% > 100% → vượt".

    A quotient where one says something, a count's share of its whole before it; else the gap to the plan beside the
    gap at which the state changes, in the indicator's own unit. Empty where nothing was compared.
    """
    status = point.status
    if status.gap is None:
        return ""
    if point.plan is None and (quota := words.quota_words(indicator, point, lang)):
        said = quota
    elif status.attainment is not None:
        said = _quotient(indicator, point, lang)
    elif is_ceiling(indicator) and not is_spending(indicator):
        said = _under_ceiling(indicator, point, lang)
    else:
        said = _difference(indicator, point, lang)
    return text("status.sum", lang, sum=said, state=words.state_word(indicator, status, lang).lower())


def state_lines(indicator: Indicator, point: Point, lang: str) -> list[str]:
    """The arithmetic of a state in the short lines of a hover; the state's word alone where nothing was compared."""
    said = arithmetic(indicator, point, lang)
    return said.split("; ") if said else [words.state_word(indicator, point.status, lang)]


def _quotient(indicator: Indicator, point: Point, lang: str) -> str:
    status = point.status
    attainment = f"{words.attained(status, indicator, lang)} {_percent_limit(indicator, status.attainment, lang)}"
    if status.method == "reported" or point.value is None or point.plan is None:
        return text("status.sum_reported", lang, attainment=attainment)
    pair = quotient_words(point.value, point.plan.value, indicator.unit, lang)
    said = text("status.sum_equals", lang, sum=pair, attainment=attainment)
    return said if point.rate is None else f"{_share_of_whole(point, (), lang)}; {said}"


def quotient_words(value: Decimal, plan: Decimal, unit: str, lang: str) -> str:
    """ "49,09 / 48,6 tỷ đồng": on one scale, written out as far as it takes to see that the two are not the same."""
    scale = pick_scale(max(value, plan), unit)
    said = [format_value(number, unit, lang, scale=scale).partition(" ")[0] for number in (value, plan)]
    if value != plan and said[0] == said[1]:
        places = honest_decimals(scale.number(value), (scale.number(plan),), 1)
        said = [format_number(scale.number(number), places, lang) for number in (value, plan)]
    return text("status.sum_quotient", lang, value=said[0], plan=said[1], unit=scale.label(lang))


def _share_of_whole(point: Point, edges: Iterable[Decimal], lang: str) -> str:
    """ "13/18 = 72,2%"."""
    rate = format_percent(point.rate, lang, decimals=honest_decimals(point.rate, edges, 1))
    count, of = words.format_plain(point.value, lang), words.format_plain(point.of, lang)
    return text("status.sum_share", lang, count=count, of=of, rate=rate)


def _percent_limit(indicator: Indicator, attainment: Decimal, lang: str) -> str:
    """On which side of which limit, in percent of the plan, an attainment stands: "> 100%", "≥ 95%", "< 95%"."""
    hundred, near, exceeded = Decimal(100), Decimal(indicator.near), Decimal(indicator.exceeded)
    if is_ceiling(indicator):
        sign, limit = ("≤", hundred) if attainment <= hundred else (">", hundred)
    elif attainment >= hundred:
        sign, limit = (">", exceeded) if attainment > exceeded else ("≥", hundred)
    elif indicator.operator == "=":
        sign, limit = "<", hundred
    else:
        sign, limit = ("≥", near) if attainment >= near else ("<", near)
    return f"{sign} {format_percent(limit, lang)}"


def _difference(indicator: Indicator, point: Point, lang: str) -> str:
    """ "92,4% − 92% = +0,4 điểm % > 0", "88% − 90% = −2 điểm % ≥ −4,5 điểm %"."""
    sign, limit = _gap_limit(indicator, point.status)
    plan = words.plan_value(indicator, point.plan, lang)
    value = words.value_words(indicator, point, lang)
    params = {"plan": plan, "gap": _gap_beside(point, limit, lang), "sign": sign}
    params["limit"] = _gap_beside(point, limit, lang, of=limit) if limit else "0"
    if point.status.planned_as != "rate":
        return text("status.sum_gap", lang, value=value, **params)
    share = _share_of_whole(point, (point.status.plan,), lang)
    return f"{share}; " + text("status.sum_gap", lang, value=share.rpartition(" ")[2], **params)


def _under_ceiling(indicator: Indicator, point: Point, lang: str) -> str:
    """ "0,20%, tối đa 0,30%: thấp hơn 0,10 điểm %": in words, so that no minus stands beside a good sign."""
    sign, limit = _gap_limit(indicator, point.status)
    value, plan = words.value_words(indicator, point, lang), words.plan_value(indicator, point.plan, lang)
    gap = words.gap_words(indicator, point, lang)
    if point.status.gap > 0:
        said = _gap_beside(point, limit, lang).lstrip("+")
        room = _gap_beside(point, limit, lang, of=limit).lstrip("+") if limit else "0"
        gap = f"{text('status.gap_higher', lang, gap=said)} {sign} {room}"
    return text("status.sum_most", lang, value=value, plan=plan, gap=gap)


def _gap_limit(indicator: Indicator, status: Status) -> tuple[str, Decimal]:
    """On which side of which gap a state stands, as the engine decides it: margins are percent of the plan's size."""
    good, margin = status.state in GOOD, abs(status.plan) * abs(100 - Decimal(indicator.near)) / 100
    over = abs(status.plan) * abs(Decimal(indicator.exceeded) - 100) / 100
    strict = indicator.operator == "=" or is_spending(indicator)
    if is_ceiling(indicator):
        sign = ">" if status.state == "missed" else "≤"
        return sign, Decimal(0) if good or strict else margin
    if good:
        return (">", over) if status.state == "exceeded" else ("≥", Decimal(0))
    return ("<", Decimal(0)) if strict else ("≥" if status.state == "near" else "<", -margin)


def _gap_beside(point: Point, limit: Decimal, lang: str, of: Decimal | None = None) -> str:
    """The gap with as many decimals as keep it on its side of `limit`; with `of` the limit itself, written out."""
    status = point.status
    unit = "percent" if status.gap_unit == "point" else status.gap_unit
    scale = pick_scale(max(abs(status.gap), abs(status.plan)), unit)
    number = scale.number(status.gap if of is None else of)
    if of is not None:
        places = max(0, -round(number, 4).normalize().as_tuple().exponent)
        return format_gap(of, unit, lang, scale=scale, decimals=places)
    least = 0 if number % 1 == 0 else words.gap_places(point, unit, scale) or 1
    places = honest_decimals(number, (Decimal(0), scale.number(limit)), least)
    return format_gap(status.gap, unit, lang, scale=scale, decimals=places)

"""Wards side by side in words: what they can be compared by, where one's own stands, how a figure was made."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd

from app.views import words
from app.views.peers import Comparison, Group, Kind, Peer
from core.catalogue import Indicator
from core.places import Unit
from core.sentences import Said, Sentence, sentence
from core.status import edges_of, honest_decimals
from core.texts import text
from core.vi.format import Scale, format_gap, format_value
from core.vi.numbers import round_half_up
from core.vi.periods import period_name

DEFAULT = "budget_revenue_attainment"


def offered(known: pd.DataFrame, indicators: dict[str, Indicator]) -> dict[str, int]:
    """The indicators that wards can be compared by -> how many other wards know them, those of one's own ward first.

    `known` as core.store.shared_indicators gives it. Within both halves the usual one stands first, then rates before
    amounts, in the catalogue's order. Counts of awards are left out: reports give them in part only.
    """
    rows = list(known.itertuples(index=False))
    have = {row.indicator for row in rows if row.own}
    others = {row.indicator: int(row.units - row.own) for row in rows if row.units > row.own}
    order = list(indicators)
    names = [name for name in others if indicators[name].unit != "award"]
    names.sort(key=lambda name: (
        name not in have, name != DEFAULT, indicators[name].unit != "percent", order.index(name)
    ))  # fmt: skip
    return {name: others[name] for name in names if name in have or others[name] > 1}


def message_words(found: Comparison, unit: Unit, lang: str) -> tuple[Sentence, str]:
    """The screen's sentence and the reason under it where no places are given."""
    row, main = found.indicator, found.main
    params: dict[str, object] = {"name": words.lead_lower(row.short(lang)), "ward": words.place_words(unit, lang)}
    own = main.own if main else None
    if own is not None:
        params["when"] = when_words(main.kind.period, found.year, lang)
        return _own_words(row, main, own, params, lang), _reason(main, lang)
    apart, kind = next(((group.own, group.kind) for group in found.apart if group.own), (None, None))
    params["when"] = when_words(kind.period if kind else "year", found.year, lang)
    if apart is not None:
        said = sentence("compare.message_apart", lang, **params, value=_said(row, apart, lang))
        return said, _reason(main, lang)
    return sentence("compare.message_without", lang, **params, count=found.others), _reason(main, lang)


def when_words(period: str, year: int, lang: str) -> str:
    """ "năm 2025", "6 tháng đầu năm 2025"."""
    if period == "year":
        return text("compare.when_year", lang, year=year)
    return text("compare.when_part", lang, period=period_name(period, lang), year=year)


def _own_words(row: Indicator, main: Group, own: Peer, params: dict, lang: str) -> Sentence:
    params |= {"value": _said(row, own, lang), "count": len(main.peers)}
    refs = tuple(peer.ref for peer in main.peers)
    if len(main.peers) == 2:
        other = next(peer for peer in main.peers if peer is not own)
        params["other"] = words.place_words(other.unit, lang)
        if main.doubts:  # even a difference would be a comparison
            return sentence("compare.message_beside", lang, **params, other_value=_said(row, other, lang))
        if own.value == other.value:
            return sentence("compare.message_two_same", lang, **params)
        side = text("compare.side_above" if own.value > other.value else "compare.side_below", lang)
        gap = own.value - other.value
        said = Said(size_words(row, gap, lang), refs, str(gap))
        return sentence("compare.message_two", lang, **params, side=side, gap=said)
    if main.ranked:
        return sentence("compare.message_place", lang, **params, place=main.place(own))
    median = Said(value_words(row, main.median, lang), refs, str(main.median))
    return sentence("compare.message_middle", lang, **params, median=median)


def _said(row: Indicator, peer: Peer, lang: str) -> Said:
    return Said(value_words(row, peer.value, lang, hedge=peer.hedge), (peer.ref,), str(peer.value))


def _reason(main: Group | None, lang: str) -> str:
    return text(f"compare.lead_{main.doubts[0]}", lang) if main and main.doubts else ""


def value_words(row: Indicator, value: Decimal, lang: str, *, scale: Scale | None = None, hedge: str = "") -> str:
    """A value as printed beside its dot: "129,5%", "1.332 tỷ đồng", "19 hộ"; 99,96 % of a plan is never "100%"."""
    decimals = None
    if row.unit == "percent" and value == value.to_integral_value():
        decimals = 0
    elif row.unit == "percent":
        edges = edges_of(row) if row.attainment_of else ()
        decimals = honest_decimals(value, edges, 2 if abs(value) < 1 else 1)
    return format_value(value, row.unit, lang, decimals=decimals, scale=scale, hedge=hedge)


def kind_words(kind: Kind, lang: str) -> str:
    """How a figure was made, in a few words: "cả năm, thực hiện, kế hoạch không nêu bên giao"."""
    said = [period_name(kind.period, lang), text(f"status.scenario_{kind.scenario}", lang).lower()]
    if kind.basis == "unstated":
        said.append(text("compare.kind_basis_unstated", lang))
    elif kind.basis:
        said.append(text("compare.kind_basis", lang, basis=words.basis_word(kind.basis, lang)))
    if kind.scope_unstated:
        said.append(text("compare.kind_scope", lang))
    if kind.of_kind:
        said.append(text(f"compare.kind_of_{kind.of_kind}", lang))
    if kind.hedged:
        said.append(text("compare.kind_hedged", lang))
    return ", ".join(said)


def size_words(row: Indicator, difference: Decimal, lang: str, scale: Scale | None = None) -> str:
    """A difference without its sign: "2,2 điểm %"."""
    return signed_words(row, difference, lang, scale).lstrip("+−")


def signed_words(row: Indicator, difference: Decimal, lang: str, scale: Scale | None = None) -> str:
    """A difference with its sign: "+2,2 điểm %", "−3 hộ"."""
    places = None
    if row.unit == "percent":
        places = 1 if round_half_up(difference, 1) or not difference else 2
    return format_gap(difference, row.unit, lang, scale=scale, decimals=places)

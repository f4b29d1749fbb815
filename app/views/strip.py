"""Wards side by side as a strip of dots: those that can be compared in their order, the others apart by name."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas as pd

from app.views import words
from app.views.axis import cut_at, line_range, round_start, tick_text
from app.views.compare import kind_words, signed_words, size_words, value_words, when_words
from app.views.peers import ENOUGH, Comparison, Group, Peer
from app.views.view import Table, View
from core.catalogue import Indicator
from core.places import DISTRICT_WORDS, Unit
from core.status import is_ceiling, is_spending
from core.texts import text
from core.vi.format import Scale, pick_scale
from core.vi.text import fold

NAN = float("nan")
PLAN = 100.0


def strip_view(found: Comparison, unit: Unit, lang: str) -> View | None:
    """A view of kind "strip" of the wards that are drawn together; None where there are fewer than two."""
    main = found.main
    if main is None:
        return None
    row = found.indicator
    scale = _scale(found)
    said = _range_title(row, main, scale, lang)
    title = said if main.ranked else text("compare.unranked", lang, said=said)
    order = "order_best" if main.ranked else "order_low" if _upwards(row) else "order_high"
    subtitle = text(
        "compare.subtitle", lang, name=row.name(lang), unit=scale.label(lang), year=found.year,
        kind=kind_words(main.kind, lang), order=text(f"compare.{order}", lang), count=len(main.peers),
    )  # fmt: skip
    return _view(found, unit, [main], lang, id="compare-wards", title=title, subtitle=subtitle, scale=scale,
                 notes=_main_notes(found, unit, lang))  # fmt: skip


def apart_view(found: Comparison, unit: Unit, lang: str) -> View | None:
    """A view of kind "strip" of the wards whose figures are of other kinds, never ranked; None without any."""
    if not found.apart:
        return None
    row = found.indicator
    scale = _scale(found)
    peers = [peer for group in found.apart for peer in group.peers]
    if len(peers) == 1:
        value = value_words(row, peers[0].value, lang, hedge=peers[0].hedge)
        when = when_words(found.apart[0].kind.period, found.year, lang)
        ward = words.place_words(peers[0].unit, lang)
        title = text("compare.title_apart_one", lang, ward=ward, value=value, when=when)
    else:
        title = text("compare.title_apart", lang, count=len({peer.unit.key for peer in peers}))
    subtitle = text("compare.subtitle_apart", lang, name=row.name(lang), unit=scale.label(lang), year=found.year)
    doubts = dict.fromkeys(name for group in found.apart for name in group.doubts)
    notes = [text("compare.note_apart" if found.main else "compare.note_each", lang)]
    notes += [text(f"compare.doubt_{name}", lang) for name in doubts]
    if any(len(group.peers) < ENOUGH for group in found.apart):
        notes.append(text("compare.note_few", lang, enough=ENOUGH))
    groups = [Group(group.kind, _by_name(group.peers), group.doubts) for group in found.apart]
    return _view(found, unit, groups, lang, id="compare-apart", title=title, subtitle=subtitle, scale=scale,
                 notes=notes)  # fmt: skip


def _view(
    found: Comparison, unit: Unit, groups: Sequence[Group], lang: str, *, id: str, title: str, subtitle: str,
    scale: Scale, notes: Sequence[str],
) -> View:
    row = found.indicator
    headed = len(groups) > 1 or groups[0] is not found.main
    peers = [peer for group in groups for peer in group.peers]
    frame = pd.DataFrame(
        [_mark(found, group, peer, scale, lang, number) for number, group in enumerate(groups) for peer in group.peers]
    )
    low, high, cut = _span(found, scale)
    if low > 0:
        subtitle = text("compare.axis_from", lang, said=subtitle, low=tick_text(low, lang))
    own = any(peer.own for peer in peers)
    return View(
        id=id,
        kind="strip",
        lang=lang,
        title=title,
        subtitle=subtitle,
        frame=frame,
        table=_table(found, groups, scale, lang),
        alt=text(
            "compare.alt", lang, name=row.name(lang), year=found.year, count=len(peers), title=title,
            own=text("compare.alt_own", lang, ward=words.place_words(unit, lang)) if own else "",
        ),
        source=_source(peers, lang),
        notes=tuple(notes),
        detail={
            "groups": [_heading(row, group, scale, headed, lang) for group in groups],
            "low": low,
            "high": high,
            "cut": cut,
            "plan": text("compare.plan_line", lang) if row.attainment_of else "",
            "before": text("compare.change_heading", lang, year=found.year - 1) if _moved(peers) else "",
            "keys": _keys(found, peers, cut, scale, lang),
            "percent": row.unit == "percent",
        },
        is_sample=any(peer.unit.is_sample for peer in peers),
    )  # fmt: skip


def _upwards(row: Indicator) -> bool:
    """Whether the lowest value stands on top."""
    return is_ceiling(row) and not is_spending(row)


def _scale(found: Comparison) -> Scale:
    sizes = [abs(peer.value) for group in found.groups for peer in group.peers]
    return pick_scale(sorted(sizes)[len(sizes) // 2], found.indicator.unit)


def _range_title(row: Indicator, main: Group, scale: Scale, lang: str) -> str:
    ordered = sorted(main.peers, key=lambda peer: peer.value)
    low, high = (value_words(row, peer.value, lang, scale=scale) for peer in (ordered[0], ordered[-1]))
    if main.median is not None:
        median = value_words(row, main.median, lang, scale=scale)
        return text("compare.title_range", lang, count=len(main.peers), low=low, high=high, median=median)
    params = {"high": high, "low": low, "gap": size_words(row, ordered[-1].value - ordered[0].value, lang, scale)}
    first, second = (words.place_words(peer.unit, lang) for peer in (ordered[-1], ordered[0]))
    if main.doubts:
        long, short = text("compare.title_beside", lang, first=first, second=second, **params), "title_beside_short"
        return words.fitting([long, text(f"compare.{short}", lang, **params)], 70)
    return words.fitting([
        text("compare.title_two", lang, first=first, second=second, **params),
        text("compare.title_two_short", lang, **params),
    ], 70)  # fmt: skip


def _mark(found: Comparison, group: Group, peer: Peer, scale: Scale, lang: str, number: int) -> dict:
    row = found.indicator
    return {
        "group": number,
        "name": peer.unit.name,
        "where": _where(found, peer.unit),
        "value": float(scale.number(peer.value)),
        "printed": value_words(row, peer.value, lang, scale=scale, hedge=peer.hedge),
        "before": NAN if peer.before is None else float(scale.number(peer.before)),
        "change": "" if peer.change is None else signed_words(row, peer.change, lang, scale),
        "own": peer.own,
        "estimate": group.kind.scenario == "estimate",
        "hover": _hover(found, group, peer, lang),
        "ref": str(peer.ref),
        "before_ref": str(peer.before_ref or ""),
    }


def _where(found: Comparison, unit: Unit) -> str:
    """The province, without its kind, where the wards are not all of one."""
    if len({peer.unit.province for group in found.groups for peer in group.peers}) < 2:
        return ""
    return bare_province(unit.province)


def bare_province(province: str) -> str:
    """ "Hà Nội" of "Thành phố Hà Nội"."""
    kind = next((word for word in (*DISTRICT_WORDS, "tỉnh") if fold(province).startswith(fold(word) + " ")), "")
    return province[len(kind):].strip()


def _hover(found: Comparison, group: Group, peer: Peer, lang: str) -> str:
    row = found.indicator
    lines = [f"<b>{words.place_words(peer.unit, lang)}</b>"]
    if peer.unit.province:
        lines.append(peer.unit.province)
    lines += [value_words(row, peer.value, lang, hedge=peer.hedge), words.lead_upper(kind_words(group.kind, lang))]
    if group.ranked and len(group.peers) > 1:
        lines.append(text("compare.hover_place", lang, place=group.place(peer), count=len(group.peers)))
    if peer.before is not None:
        change = signed_words(row, peer.change, lang)
        value = value_words(row, peer.before, lang)
        lines.append(text("compare.hover_before", lang, year=found.year - 1, value=value, change=change))
    lines.append(peer.source)
    if peer.published:
        lines.append(text("compare.hover_published", lang, day=words.day_words(peer.published)))
    return "<br>".join(line for line in lines if line)


def _heading(row: Indicator, group: Group, scale: Scale, headed: bool, lang: str) -> dict:
    params = {"kind": words.lead_upper(kind_words(group.kind, lang)), "count": len(group.peers)}
    middle = group.median
    median = "" if middle is None else value_words(row, middle, lang, scale=scale)
    heading = ""
    if headed:
        key = "compare.group_median" if median else "compare.group"
        heading = text(key, lang, **params, median=median)
    return {
        "heading": heading,
        "median": NAN if middle is None else float(scale.number(middle)),
        "median_words": text("compare.median", lang, value=median) if median and not headed else "",
    }


def _span(found: Comparison, scale: Scale) -> tuple[float, float, float | None]:
    """Where the common axis of both strips begins and ends, and the height at which outliers are cut."""
    peers = [peer for group in found.groups for peer in group.peers]
    values = [float(scale.number(peer.value)) for peer in peers]
    cut = cut_at(values)
    inside = [value for value in values if cut is None or value <= cut]
    inside += [float(scale.number(peer.before)) for peer in peers if peer.before is not None]
    if found.indicator.attainment_of:
        inside.append(PLAN)
    low, high = line_range(inside, floor=0.0 if min(inside) >= 0 else None)
    top = found.indicator.bounds[1]
    return round_start(low, high), high if top is None or high <= float(top) else max(float(top), *inside), cut


def _moved(peers: Sequence[Peer]) -> bool:
    return any(peer.before is not None for peer in peers)


def _keys(
    found: Comparison, peers: Sequence[Peer], cut: float | None, scale: Scale, lang: str
) -> list[tuple[str, str]]:
    keys = [("dot", text("compare.own_key", lang))] if any(peer.own for peer in peers) else []
    if found.indicator.attainment_of:
        keys.append(("law", text("compare.plan_line", lang)))
    if _moved(peers):
        keys.append(("early", text("compare.before_key", lang, year=found.year - 1)))
    if cut is not None and any(float(scale.number(peer.value)) > cut for peer in peers):
        keys.append(("cut", text("compare.break_key", lang)))
    return keys


def _main_notes(found: Comparison, unit: Unit, lang: str) -> list[str]:
    main, before = found.main, found.year - 1
    ward = words.place_words(unit, lang)
    notes = []
    if main.own is None:
        apart = any(group.own for group in found.apart)
        notes.append(text("compare.note_own_apart" if apart else "compare.note_no_own", lang, ward=ward,
                          year=found.year))  # fmt: skip
    notes += [text(f"compare.doubt_{name}", lang) for name in main.doubts]
    notes.append(text("compare.note_median", lang) if main.median is not None else
                 text("compare.note_few", lang, enough=ENOUGH))  # fmt: skip
    return notes + _break_notes(found, main, before, lang)


def _break_notes(found: Comparison, main: Group, before: int, lang: str) -> list[str]:
    """Why last year is not drawn: a new boundary, or a change of rules."""
    notes = [
        text("compare.note_break", lang, before=before, reason=entry["reason"][lang])
        for entry in found.indicator.breaks
        if date.fromisoformat(str(entry["date"])).year == found.year
    ]
    days = [peer.unit.valid_from for peer in main.peers if peer.unit.valid_from.year == found.year]
    if days:
        day = words.day_words(min(days))
        notes.append(text("compare.note_new", lang, count=len(days), before=before, day=day))
    return notes


def _by_name(peers: Sequence[Peer]) -> tuple[Peer, ...]:
    return tuple(sorted(peers, key=lambda peer: (fold(peer.unit.name), peer.unit.key)))


def _source(peers: Sequence[Peer], lang: str) -> str:
    """The reports, and the days on which they were published."""
    names = list(dict.fromkeys(peer.source for peer in peers if peer.source))
    said = " · ".join(names) if len(names) <= 2 else text("status.reports", lang, count=len(names), first=names[0])
    days = sorted(peer.published for peer in peers if peer.published)
    undated = len(peers) - len(days)
    if not days:
        return text("compare.source_no_date", lang, names=said)
    key = "compare.source_date" if days[0] == days[-1] else "compare.source_dates"
    said = text(key, lang, names=said, first=words.day_words(days[0]), last=words.day_words(days[-1]))
    return text("compare.source_undated", lang, said=said, count=undated) if undated else said


def _table(found: Comparison, groups: Sequence[Group], scale: Scale, lang: str) -> Table:
    """Wards down; last year and the change only where some ward has them, places only where they may be given."""
    row, peers = found.indicator, [(group, peer) for group in groups for peer in group.peers]
    moved, placed = _moved([peer for _, peer in peers]), all(group.ranked for group in groups) and len(groups) == 1
    header = [text("compare.column_ward", lang), text("compare.column_province", lang)]
    header += [text("compare.column_place", lang)] if placed else []
    header.append(text("compare.column_value", lang, year=found.year))
    if moved:
        header += [text("compare.column_before", lang, year=found.year - 1), text("compare.column_change", lang)]
    header += [text("compare.column_kind", lang), text("compare.column_published", lang)]
    rows, refs = [], []
    for group, peer in peers:
        cells = [words.place_words(peer.unit, lang), bare_province(peer.unit.province) or words.dash(lang)]
        cells += [str(group.place(peer))] if placed else []
        cells.append(value_words(row, peer.value, lang, hedge=peer.hedge))
        if moved:
            known = peer.before is not None
            cells.append(value_words(row, peer.before, lang) if known else words.dash(lang))
            cells.append(signed_words(row, peer.change, lang, scale) if known else words.dash(lang))
        cells.append(kind_words(group.kind, lang))
        cells.append(words.day_words(peer.published) if peer.published else words.dash(lang))
        rows.append(tuple(cells))
        now, before = str(peer.ref), str(peer.before_ref or "")
        behind = ["", "", *([""] if placed else []), now, *([before, now] if moved else []), "", ""]
        refs.append(tuple(behind))
    return Table(text("compare.table_caption", lang, name=row.name(lang), year=found.year), tuple(header),
                 tuple(rows), _raw(found, peers), tuple(refs))  # fmt: skip


def _raw(found: Comparison, peers: Sequence[tuple[Group, Peer]]) -> pd.DataFrame:
    return pd.DataFrame([
        {
            "unit_code": peer.unit.code, "unit_from": str(peer.unit.valid_from), "unit_name": peer.unit.name,
            "province": peer.unit.province, "indicator": found.indicator.id, "year": found.year,
            "period": group.kind.period, "scenario": group.kind.scenario, "basis": group.kind.basis,
            "scope_unstated": group.kind.scope_unstated, "of_kind": group.kind.of_kind, "hedge": peer.hedge,
            "method": peer.method, "value": peer.value, "value_before": peer.before,
            "place": group.place(peer) if group.ranked else None, "published": str(peer.published or ""),
            "source": peer.source, "url": peer.url,
        }
        for group, peer in peers
    ])  # fmt: skip

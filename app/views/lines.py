"""An indicator as a line over the years with its plan as dashed steps, and a family of them on one year axis."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pandas as pd

from app.views import merged, words
from app.views.axis import line_range, round_start, tick_text
from app.views.columns import break_places, column_scale, hover, printed_number, series_table
from app.views.events import break_events
from app.views.said import plan_refs, value_refs, value_said
from app.views.slots import Slot, place_of, slots_of
from app.views.view import Table, View
from core.catalogue import Indicator
from core.places import Unit
from core.sentences import Said, Sentence, sentence, within
from core.series import Point, Series
from core.status import JUDGED, is_ceiling, is_spending
from core.texts import text
from core.vi.format import Scale, format_gap, format_value
from core.yearbook import Yearbook

NAN = float("nan")
WHOLE_PLAN = 100.0  # what an attainment is held to


def line_view(series: Series, unit: Unit, year: int | None, lang: str, *, id: str, title: str = "") -> View | None:
    """A view of kind "line"; None where no value is known."""
    if not any(point.value is not None for point in series.points):
        return None
    row = series.indicator
    scale = column_scale(series)
    slots = slots_of(series, lang)
    frame = pd.DataFrame(_marks(series, slots, scale, lang))
    low, high = _range(frame, row)
    said = title or line_title(series, year, lang)
    notes = merged.notes_of(series, lang, dots=True)
    return View(
        id=id,
        kind="line",
        lang=lang,
        title=said,
        subtitle=_subtitle(series, unit, low, scale, lang),
        frame=frame,
        table=series_table(series, lang, scale),
        alt=text(
            "indicators.line_alt", lang, name=row.name(lang), place=words.place_words(unit, lang),
            period=words.period_of(series), title=said,
        ),
        source=words.source_words(series.known, lang),
        notes=notes,
        events=break_events(series, slots, notes, lang),
        indicators=(row.id,),
        detail={
            "slots": [words.slot_label(slot.point, lang, two_lines=True) if slot.point else "" for slot in slots],
            "chosen": place_of(slots, year) if year is not None else None,
            "breaks": break_places(series, slots, lang),
            "low": low,
            "high": high,
            "missing": {
                place: merged.missing_words(slot.point, lang) for place, slot in enumerate(slots) if _open(slot)
            },
            "keys": _keys(frame, row, lang),
            "spending": is_spending(row),
        },
        is_sample=any(point.is_sample for point in series.known),
    )  # fmt: skip


def multiples_view(
    book: Yearbook, indicators: Sequence[Indicator], unit: Unit, year: int | None, lang: str, *, family: str
) -> View | None:
    """A view of kind "multiples": every indicator of a family with at least two known years; None without any.

    Each panel has its own scale, because the units differ, and the subtitle says so.
    """
    lines = [book.series(row.id) for row in indicators]
    lines = [line for line in lines if sum(point.value is not None for point in line.points) > 1]
    if not lines:
        return None
    slots = {line.indicator.id: slots_of(line, lang) for line in lines}
    longest = max(slots.values(), key=len)
    frames, facets, breaks = [], [], {}
    for line in lines:
        row = line.indicator
        scale = column_scale(line)
        frame = pd.DataFrame(_marks(line, slots[row.id], scale, lang)).assign(facet=row.id)
        last = [point for point in line.points if point.value is not None][-1]
        beyond = ""
        if _dwarfs(line):
            beyond = _beyond(line, last, lang)
            frame = frame[frame["place"] < next(place for place, slot in enumerate(slots[row.id]) if slot.gap)]
            last = [point for point in line.points[: _boundary(line)] if point.value is not None][-1]
        low, high = _range(frame, row)
        frames.append(frame)
        breaks[row.id] = break_places(line, slots[row.id], lang)
        facets.append({
            "id": row.id, "name": row.short(lang), "low": low, "high": high,
            "last": _at_end(row, last, lang), "beyond": beyond, "spending": is_spending(row),
        })  # fmt: skip
    points = [point for line in lines for point in line.known]
    notes = merged.shared_notes(lines, lang)
    name = book.catalogue.families[family][lang]
    first, final = lines[0].points[0].year, lines[0].points[-1].year
    period = words.period_words(first, final)
    return View(
        id=f"multiples-{family}",
        kind="multiples",
        lang=lang,
        title=_family_title(lines, name, lang),
        subtitle=text(
            "indicators.multiples_subtitle", lang, place=words.place_words(unit, lang), period=period
        ),
        frame=pd.concat(frames, ignore_index=True),
        table=_family_table(lines, lang),
        alt=text("indicators.multiples_alt", lang, count=len(lines), family=name, period=period),
        source=words.source_words(points, lang),
        notes=notes,
        events=tuple(
            event for line in lines
            for event in break_events(line, slots[line.indicator.id], notes, lang, line.indicator.id)
        ),
        indicators=tuple(line.indicator.id for line in lines),
        detail={
            "facets": facets, "slots": ["" if slot.point is None else slot.label for slot in longest], "breaks": breaks,
            "chosen": place_of(longest, year) if year is not None else None, "first": str(first), "final": str(final),
        },
        is_sample=any(point.is_sample for point in points),
    )  # fmt: skip


def line_title(series: Series, year: int | None, lang: str) -> str:
    """The finding of a line in the chosen year (else the newest): against plan, or how far it moved since a break."""
    row = series.indicator
    known = [point for point in series.points if point.value is not None]
    chosen = series.at(year) if year is not None else None
    name, last = row.short(lang), chosen if chosen in known else known[-1]
    params = {"name": name, "year": words.slot_label(last, lang), "value": words.value_words(row, last, lang)}
    if last.status.state in JUDGED:
        params["gap"] = words.gap_words(row, last, lang)
        return words.fitting([
            text("indicators.title_plan", lang, **params, state=words.state_word(row, last.status, lang).lower()),
            text("indicators.title_gap", lang, **params),
        ])  # fmt: skip
    first = next(point for point in known if series.comparable(point, last))
    if first is last or first.hedge or last.hedge:
        return text("indicators.title_value", lang, **params)
    change = last.value - first.value
    if change == 0:
        return text("indicators.title_same", lang, **params, since=words.slot_label(first, lang))
    size = format_gap(abs(change), row.unit, lang, scale=column_scale(series)).lstrip("+")
    key = "indicators.title_rise" if change > 0 else "indicators.title_fall"
    return words.fitting([
        text(key, lang, **params, change=size, since=words.slot_label(first, lang)),
        text("indicators.title_value", lang, **params),
    ])  # fmt: skip


def _keys(frame: pd.DataFrame, row: Indicator, lang: str) -> list[tuple[str, str]]:
    """What the two lines mean, and the shapes of years that fell short; a line without a plan needs no key."""
    states = [(state, text(f"status.{state}", lang)) for state in ("near", "missed") if (frame["state"] == state).any()]
    if not frame["plan"].notna().any():
        return states
    plan = text("indicators.plan_most" if is_ceiling(row) else "indicators.plan", lang)
    return [("line", text("budget.key_actual", lang)), ("dashed", plan), *states]


def series_message(book: Yearbook, series: Series, year: int | None, lang: str) -> Sentence:
    """The screen's sentence about one indicator: the chosen year's value, or that the year has none."""
    row = series.indicator
    point = series.at(year) if year is not None else series.known[-1]
    if point is None or not point.known:
        return sentence(merged.none_key(series, year), lang, name=row.short(lang), year=year)
    params = {
        "name": row.short(lang), "year": words.slot_label(point, lang),
        "value": value_said(book.catalogue, row, point, lang),
    }  # fmt: skip
    if point.plan is None or not point.plan.as_rate or point.rate is None:
        return sentence("indicators.title_value", lang, **params)
    rate = Said(words.rate_words(point.rate, lang), value_refs(book.catalogue, row, point), str(point.rate))
    planned = words.lead_lower(words.plan_words(row, point, lang, with_basis=False))
    refs = plan_refs(book.catalogue, row, point)
    plan = within(planned, words.plan_value(row, point.plan, lang), refs, str(point.plan.value))
    return sentence("indicators.title_rate", lang, **params, rate=rate, plan=plan)


def _open(slot: Slot) -> bool:
    return slot.point is not None and slot.point.value is None


def _marks(series: Series, slots: Sequence[Slot], scale: Scale, lang: str) -> list[dict]:
    """One mark a slot that has a value or a plan; `run` counts the stretches that may be joined."""
    marks: list[dict] = []
    run, before = 0, None
    for place, slot in enumerate(slots):
        point = slot.point
        if point is None or (point.value is None and point.plan is None):
            before = None
            continue
        if before is None or not series.comparable(before, point):
            run += 1
        marks.append(_mark(series.indicator, point, place, run, scale, lang))
        before = point
    return marks


def _mark(row: Indicator, point: Point, place: int, run: int, scale: Scale, lang: str) -> dict:
    planned = point.plan is not None and not point.plan.as_rate
    plan = float(scale.number(point.plan.value)) if planned else NAN
    if row.attainment_of and point.value is not None:
        plan = WHOLE_PLAN
    return {
        "place": place,
        "run": run,
        "split": bool(point.part),
        "label": words.slot_label(point, lang),
        "value": float(scale.number(point.value)) if point.value is not None else NAN,
        "plan": plan,
        "printed": _printed(row, point, scale, lang) if point.value is not None else "",
        "plan_printed": _plan_printed(row, point, scale, lang) if planned else "",
        "state": point.status.state,
        "estimate": point.scenario == "estimate",
        "hover": hover(row, point, lang),
        "ref": point.ref(row.id),
    }


def _printed(row: Indicator, point: Point, scale: Scale, lang: str) -> str:
    if row.unit == "vnd":
        return printed_number(point.value, scale, lang)
    if row.unit == "percent":
        return words.value_words(row, point, lang)
    return format_value(point.value, row.unit, lang, of=point.of).split(" ")[0]


def _plan_printed(row: Indicator, point: Point, scale: Scale, lang: str) -> str:
    if row.unit == "vnd":
        return printed_number(point.plan.value, scale, lang)
    return words.plan_value(row, point.plan, lang).split(" ")[0]


def _range(frame: pd.DataFrame, row: Indicator) -> tuple[float, float]:
    values = [value for value in [*frame["value"], *frame["plan"]] if value == value]
    low, high = line_range(values, floor=0.0 if min(values) >= 0 else None)
    low, top = round_start(low, high), row.bounds[1]
    # a rate cannot pass 100 %: no more room above than the last label needs
    return low, min(high, float(top) + (float(top) - low) * 0.08) if top is not None and row.unit == "percent" else high


def _at_end(row: Indicator, last: Point, lang: str) -> str:
    """The last value beside its dot; a long fraction on two lines, without the unit its panel's name implies."""
    if row.unit in ("vnd", "percent"):
        return words.short_money(words.value_words(row, last, lang), row, lang).replace(" (", "<br>(")
    number = _printed(row, last, Scale(Decimal(1), row.unit), lang)
    if last.hedge:
        number = text(f"numbers.hedge_{last.hedge}", lang, value=number)
    return number.replace("/", "/<br>") if len(number) > 8 else number


def _boundary(series: Series) -> int:
    """The index of the first point beyond a change of boundary; how many points there are without one."""
    return next((entry.at for entry in series.breaks if entry.kind == "boundary"), len(series.points))


def _dwarfs(series: Series) -> bool:
    """Whether what came after a change of boundary would flatten everything before it on one scale."""
    at = _boundary(series)
    before = [abs(point.value) for point in series.points[:at] if point.value is not None]
    after = [abs(point.value) for point in series.points[at:] if point.value is not None]
    return len(before) > 1 and bool(after) and max(after) > 2 * max(before)


def _beyond(series: Series, last: Point, lang: str) -> str:
    """What is printed for the years that stand on no common scale."""
    value = words.short_money(words.value_words(series.indicator, last, lang), series.indicator, lang)
    return text("indicators.beyond", lang, year=words.slot_label(last, lang), value=value)


def _subtitle(series: Series, unit: Unit, low: float, scale: Scale, lang: str) -> str:
    row = series.indicator
    said = text(
        "indicators.line_subtitle", lang, name=row.name(lang), unit=scale.label(lang),
        place=words.place_words(unit, lang), period=words.period_of(series),
    )  # fmt: skip
    if low <= 0:
        return said
    return text("indicators.axis_from", lang, said=said, low=tick_text(float(round(Decimal(repr(low)), 1)), lang))


def _family_title(lines: Sequence[Series], name: str, lang: str) -> str:
    """How many lines of a family end on the better side of where they began."""
    better = compared = 0
    for line in lines:
        row = line.indicator
        known = [point for point in line.points if point.value is not None]
        first = next(point for point in known if line.comparable(point, known[-1]))
        if first is known[-1] or row.polarity == "neutral" or is_spending(row):
            continue
        compared += 1
        change = known[-1].value - first.value
        better += change < 0 if is_ceiling(row) else change > 0
    if not compared:
        return text("indicators.family_count", lang, family=name, count=len(lines))
    return text("indicators.family_better", lang, family=name, better=better, count=compared)


def _family_table(lines: Sequence[Series], lang: str) -> Table:
    """Years down, indicators across, as printed."""
    header = (text("budget.column_year", lang), *(line.indicator.short(lang) for line in lines))
    labels = list(dict.fromkeys((point.year, words.slot_label(point, lang)) for line in lines for point in line.points))
    rows, raw, refs = [], [], []
    for year, label in sorted(labels):
        found = [next((p for p in line.points if words.slot_label(p, lang) == label), None) for line in lines]
        cells = [
            words.value_words(line.indicator, point, lang) if point is not None else words.dash(lang)
            for line, point in zip(lines, found, strict=True)
        ]
        rows.append((label, *cells))
        known = [point if point is not None and point.value is not None else None for point in found]
        refs.append(("", *(p.ref(line.indicator.id) if p else "" for line, p in zip(lines, known, strict=True))))
        raw.append(
            {"year": year, "label": label}
            | {line.indicator.id: point.value if point else None for line, point in zip(lines, found, strict=True)}
        )
    return Table(text("indicators.family_caption", lang), header, tuple(rows), pd.DataFrame(raw), tuple(refs))

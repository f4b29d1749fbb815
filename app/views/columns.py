"""One indicator's plan and actual over the years, ready to be drawn as columns with their difference in a tier."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd

from app.views import merged, words
from app.views.arithmetic import state_lines
from app.views.axis import cut_at
from app.views.events import break_events
from app.views.slots import Slot, place_of, slots_of
from app.views.view import Table, View
from core.catalogue import Indicator
from core.figures import Ref
from core.places import Unit
from core.series import Point, Series
from core.status import honest_decimals, is_spending
from core.texts import text
from core.vi.format import Scale
from core.vi.numbers import MINUS, format_number, round_half_up

PHONE_ROWS = 5
NAN = float("nan")


def columns_view(
    series: Series, unit: Unit, year: int | None, lang: str, *, id: str, title: str, rows: int | None = PHONE_ROWS
) -> View | None:
    """A view of kind "plan_actual" of an amount or a count; None where no value is known.

    `year` is the chosen one; `rows` how many years a phone shows, None for all of them.
    """
    if not any(point.value is not None for point in series.points):
        return None
    row = series.indicator
    scale = column_scale(series)
    slots = slots_of(series, lang)
    frame = pd.DataFrame(
        [_column(row, slot, place, scale, lang) for place, slot in enumerate(slots) if slot.point is not None]
    )
    label = words.lead_upper(scale.label(lang))
    spending = is_spending(row)
    notes = _notes(series, lang)
    return View(
        id=id,
        kind="plan_actual",
        lang=lang,
        title=title,
        subtitle=text(
            "budget.columns_subtitle", lang, name=row.name(lang), unit=scale.label(lang),
            place=words.place_words(unit, lang), period=words.period_of(series),
        ),
        frame=frame,
        table=series_table(series, lang, scale),
        alt=columns_alt(series, unit, lang, title),
        source=words.source_words(series.known, lang),
        notes=notes,
        events=break_events(series, slots, notes, lang),
        indicators=(row.id,),
        detail={
            "slots": [words.slot_label(slot.point, lang, two_lines=True) if slot.point else "" for slot in slots],
            "chosen": place_of(slots, year) if year is not None else None,
            "breaks": break_places(series, slots, lang),
            "unit": label,
            "tier": text("budget.tier", lang, unit=scale.label(lang)),
            "spending": spending,
            "cut": cut_at([*frame["plan"].dropna(), *frame["actual"].dropna()]),
            "keys": _keys(row, frame, lang),
            "rows": rows if rows is not None else len(frame),
        },
        is_sample=any(point.is_sample for point in series.known),
    )  # fmt: skip


def column_scale(series: Series) -> Scale:
    """One scale for the whole chart: money by its largest value, everything else as it is."""
    if series.indicator.unit == "vnd":
        return words.money_scale(series.known)
    return Scale(Decimal(1), series.indicator.unit)


def printed_number(number: Decimal, scale: Scale, lang: str, *, sign: bool = False) -> str:
    """A number as short as a column is narrow: "9,12", "49,1", "786"; with its sign for differences."""
    scaled = scale.number(number)
    whole = scaled == scaled.to_integral_value() and scale.factor == 1
    places = 0 if whole or abs(scaled) >= 100 else 2 if abs(scaled) < 10 and not sign else 1
    rounded = round_half_up(scaled, places)
    if sign:  # a difference never prints as none
        places = honest_decimals(scaled, (Decimal(0),), places)
        rounded = round_half_up(scaled, places)
    said = format_number(abs(rounded), places, lang)
    mark = MINUS if rounded < 0 else "+" if sign and rounded > 0 else ""
    return mark + said


def break_places(series: Series, slots: tuple[Slot, ...], lang: str) -> list[tuple[float, str]]:
    """Where each break stands among the slots, with the words beside it; between two slots for a change of rules."""
    found: list[tuple[float, str]] = []
    for place, slot in enumerate(slots):
        if slot.gap is not None:
            found.append((place, words.break_words(slot.gap, lang) if slot.gap.kind == "boundary" else ""))
    opened = [entry.at for entry in series.breaks if entry.kind != "catalogue"]
    for entry in series.breaks:
        if entry.kind == "catalogue" and entry.at not in opened:
            place = next(place for place, slot in enumerate(slots) if slot.point is series.points[entry.at])
            found.append((place - 0.5, words.break_words(entry, lang)))
    return found


def _column(row: Indicator, slot: Slot, place: int, scale: Scale, lang: str) -> dict:
    point = slot.point
    status = point.status
    gap = status.gap if status.gap_unit == row.unit and point.value is not None else None
    return {
        "place": place,
        "label": words.slot_label(point, lang, two_lines=True),
        "plan": _scaled(point.plan.value if point.plan and not point.plan.as_rate else None, scale),
        "actual": _scaled(point.value, scale),
        "gap": _scaled(gap, scale),
        "foot": printed_number(point.value, scale, lang) if point.value is not None else "",
        "attained": _on_top(row, point, lang) if point.value is not None else "",
        "gap_words": printed_number(gap, scale, lang, sign=True) if gap is not None else "",
        "state": status.state,
        "estimate": point.scenario == "estimate",
        "split": bool(point.part),
        "words": _instead(row, point, lang),
        "hover": hover(row, point, lang),
        "ref": point.ref(row.id),
    }


def _scaled(number: Decimal | None, scale: Scale) -> float:
    return NAN if number is None else float(scale.number(number))


def _on_top(row: Indicator, point: Point, lang: str) -> str:
    """The attainment, or the fraction of a count with a denominator; a printed one carries a star."""
    if point.of is not None and not point.hedge:
        return f"{words.format_plain(point.value, lang)}/{words.format_plain(point.of, lang)}"
    if words.attainment_words(row, point, lang):
        return words.attained(point.status, row, lang) + ("*" if point.status.method == "reported" else "")
    return ""


def _instead(row: Indicator, point: Point, lang: str) -> str:
    """What stands in a slot without a value: nothing known, or only a printed percentage."""
    if point.value is not None:
        return ""
    if point.known:
        return text("budget.only_percent", lang, percent=words.attained(point.status, row, lang))
    return merged.missing_words(point, lang)


def hover(row: Indicator, point: Point, lang: str) -> str:
    """What stands beside the pointer: year first, then value, plan, arithmetic, state."""
    lines = [f"<b>{words.slot_label(point, lang)}</b>"]
    if point.value is not None:
        lines.append(f"{merged.scenario_words(point, lang)}: {words.value_words(row, point, lang)}")
    lines += [words.plan_words(row, point, lang), *state_lines(row, point, lang), merged.open_words(point, lang)]
    return "<br>".join(line for line in lines if line)


def _keys(row: Indicator, frame: pd.DataFrame, lang: str) -> list[tuple[str, str]]:
    """What the marks mean: only those that occur."""
    spending = is_spending(row)
    keys: list[tuple[str, str]] = []
    whole = frame[~frame["split"]]
    if frame["plan"].notna().any():
        keys.append(("outline", text("budget.key_plan" if row.unit == "vnd" else "budget.key_target", lang)))
    if len(whole):
        keys.append(("slate" if spending else "filled", text("budget.key_actual", lang)))
    if frame["estimate"].any():
        keys.append(("hatched", text("budget.key_estimate", lang)))
    if (whole["state"] == "missed").any() and whole["gap"].notna().any():
        keys.append(("open", text("budget.key_over" if spending else "budget.key_short", lang)))
    if (whole["state"] == "near").any() and whole["gap"].notna().any():
        keys.append(("half", text("status.near", lang)))
    if frame["split"].any():
        keys.append(("grey", text("budget.key_split", lang)))
    return keys


def _notes(series: Series, lang: str) -> tuple[str, ...]:
    reported = any(point.status.method == "reported" and point.value is not None for point in series.known)
    planned = [
        f"{words.slot_label(point, lang)}: {words.plan_value(series.indicator, point.plan, lang)}"
        for point in series.known if point.plan is not None and point.plan.as_rate
    ]  # fmt: skip
    rates = (text("budget.planned_rates", lang, plans="; ".join(planned)),) if planned else ()
    return merged.notes_of(series, lang) + rates + ((text("status.reported_note", lang),) if reported else ())


def columns_alt(series: Series, unit: Unit, lang: str, title: str) -> str:
    """Two sentences: what is drawn, and what it shows."""
    return text(
        "budget.columns_alt", lang, name=series.indicator.name(lang), place=words.place_words(unit, lang),
        period=words.period_of(series), title=title,
    )  # fmt: skip


def series_table(series: Series, lang: str, scale: Scale) -> Table:
    """A series year by year as printed, with who set the plan, what kind of value it is and how it was judged."""
    row = series.indicator
    names = ("year", "plan", "basis", "value", "scenario", "gap", "attained", "state")
    rows = tuple(_table_row(row, point, lang, scale) for point in series.points)
    raw = pd.DataFrame(
        [
            {
                "indicator": row.id, "year": point.year, "part": point.part, "unit": row.unit,
                "plan": point.plan.value if point.plan else None, "basis": point.plan.basis if point.plan else "",
                "value": point.value, "of": point.of, "scenario": point.scenario, "hedge": point.hedge,
                "gap": point.status.gap, "attainment": point.status.attainment, "method": point.status.method,
                "state": point.status.state,
            }
            for point in series.points
        ]
    )  # fmt: skip
    return Table(
        text("budget.table_caption", lang, name=row.name(lang), unit=scale.label(lang)),
        tuple(text(f"budget.column_{name}", lang) for name in names),
        rows,
        raw,
        tuple(_table_refs(row, point) for point in series.points),
    )


def _table_refs(row: Indicator, point: Point) -> tuple[str, ...]:
    """The references behind the cells of a year: its plan's own, the value's, and behind gap and attainment both."""
    both = point.ref(row.id)
    plan = ""
    if point.plan is not None and not point.plan.as_rate:
        plan = str(Ref(point.unit, point.year, row.id, period=point.period, scenario="plan", basis=point.plan.basis))
    value = both if point.value is not None else ""
    gap = both if point.status.gap is not None else ""
    attained = both if point.status.attainment is not None else ""
    return ("", plan, "", value, "", gap, attained, "")


def _table_row(row: Indicator, point: Point, lang: str, scale: Scale) -> tuple[str, ...]:
    none = words.dash(lang)
    value = none
    if point.value is not None:
        value = (
            words.value_words(row, point, lang, scale) if row.unit != "vnd" else table_money(point.value, scale, lang)
        )
        value = text(f"numbers.hedge_{point.hedge}", lang, value=value) if point.hedge and row.unit == "vnd" else value
    plan = none
    if point.plan is not None:
        money = row.unit == "vnd" and not point.plan.as_rate
        plan = table_money(point.plan.value, scale, lang) if money else words.plan_value(row, point.plan, lang, scale)
    return (
        words.slot_label(point, lang),
        plan,
        words.basis_word(point.plan.basis, lang) if point.plan else none,
        value,
        merged.scenario_words(point, lang) if point.scenario else none,
        words.gap_words(row, point, lang, scale if row.unit == "vnd" else None) or none,
        words.attained(point.status, row, lang) + ("*" if point.status.method == "reported" else ""),
        words.lead_upper(merged.open_words(point, lang)) or _judged(row, point, lang),
    )


def _judged(row: Indicator, point: Point, lang: str) -> str:
    """The state in a word; half a year is compared with no other year, and says so as its key does."""
    said = words.state_word(row, point.status, lang)
    return text("budget.state_split", lang, state=said) if point.part and point.known else said


def table_money(number: Decimal, scale: Scale, lang: str) -> str:
    """Money in a table whose caption names the unit: three decimals of tỷ or triệu, trailing zeros dropped."""
    scaled = round_half_up(scale.number(number), 3)
    return format_number(scaled, max(0, -scaled.normalize().as_tuple().exponent), lang)

"""One year of a ward at a glance: what reached its plan, by how much, and what changed since the year before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import pandas as pd

from app.views import words
from app.views.view import Table, View
from core.catalogue import Indicator
from core.places import Unit
from core.series import Break, Point, Series, Yearbook
from core.status import GOOD, JUDGED, RANK, STATES, is_ceiling
from core.texts import text

MOST_BULLETS = 12
ENOUGH_TO_COUNT = 3  # with fewer judged indicators the facts themselves are the message


@dataclass(frozen=True, slots=True)
class Headline:
    """One headline indicator in one year, every string as printed; `spark` one value a slot, None where open."""

    indicator: Indicator
    point: Point
    name: str
    value: str
    unit: str
    plan: str
    gap: str
    note: str
    state: str
    state_word: str
    spark: tuple[float | None, ...]
    spark_chosen: int | None
    spark_alt: str


@dataclass(frozen=True, slots=True)
class StateCount:
    """How many headline indicators are in a state, and the rule that puts them there."""

    state: str
    count: int
    word: str
    rule: str


@dataclass(frozen=True, slots=True)
class Change:
    """An indicator whose state changed since the year before (or could not be compared), with both values."""

    name: str
    old_state: str
    new_state: str
    old_word: str
    new_word: str
    values: str
    reason: str


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed since the year before, in groups that have a heading each."""

    title: str
    subtitle: str
    groups: tuple[tuple[str, tuple[Change, ...]], ...]
    rest: str


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything the overview of one year says."""

    year: int
    title: str
    lead: str
    counts: tuple[StateCount, ...]
    headlines: tuple[Headline, ...]
    without: str
    spark_note: str
    rule_note: str
    bullets: View | None
    changes: Changes | None
    source: str
    is_sample: bool


def newest_year(book: Yearbook) -> int | None:
    """The last year in which a headline indicator is known."""
    series = [book.series(row.id) for row in book.catalogue.headline()]
    return max((point.year for one in series for point in one.known), default=None)


def overview(book: Yearbook, unit: Unit, year: int | None, lang: str) -> Overview | None:
    """The overview of `year` (None: the newest that has a headline figure); None where the book holds no such year."""
    year = year if year is not None else newest_year(book)
    if year is None:
        return None
    rows = [(series, series.at(year)) for series in (book.series(row.id) for row in book.catalogue.headline())]
    rows = [(series, point) for series, point in rows if point is not None]
    known = [(series, point) for series, point in rows if point.known]
    changes = _changes(rows, year, lang)
    return Overview(
        year=year,
        title=_title(known, year, lang),
        lead=_lead(known, changes, year, lang) or ("" if known else _planned(book, year, lang)),
        counts=_counts(rows, year, lang),
        headlines=tuple(_headline(book, series, point, lang) for series, point in known),
        without=_without(rows, year, lang),
        spark_note=_spark_note(known, year, lang),
        rule_note=text("status.rule_note", lang),
        bullets=_bullets(known, unit, year, lang),
        changes=changes,
        source=words.source_words([point for _, point in known], lang),
        is_sample=any(point.is_sample for _, point in known),
    )


def fact(indicator: Indicator, point: Point, lang: str) -> str:
    """One figure as a clause: "thu ngân sách 49,09 tỷ đồng, bằng 101,0% dự toán", "13/18 tổ dân phố văn hóa"."""
    name = words.lead_lower(indicator.short(lang))
    reached = words.attainment_words(indicator, point, lang)
    if point.value is None:
        return text("overview.fact_attained", lang, name=name, attained=reached)
    if indicator.unit == "group" and point.of is not None and not point.hedge:
        count = f"{words.format_plain(point.value, lang)}/{words.format_plain(point.of, lang)}"
        said = text("overview.fact_groups", lang, count=count, name=name)
        return (
            text("overview.fact_gap", lang, fact=said, gap=_short_words(indicator, point, lang))
            if _short(point)
            else said
        )
    value = words.value_words(indicator, point, lang)
    if reached:
        return text("overview.fact_both", lang, name=name, value=value, attained=reached)
    if indicator.unit == "percent":
        key = "overview.fact_low_rate" if is_ceiling(indicator) else "overview.fact_rate"
        return text(key, lang, name=name, value=value)
    return text("overview.fact_value", lang, name=name, value=value)


def _short(point: Point) -> bool:
    return point.status.state in ("near", "missed")


def _short_words(indicator: Indicator, point: Point, lang: str) -> str:
    short = point.status.short if point.status.short else -point.status.gap
    number = words.format_plain(Decimal(short), lang)
    return text("overview.short_of", lang, count=words.format_value(short, indicator.unit, lang), number=number)


def _title(known: Sequence[tuple[Series, Point]], year: int, lang: str) -> str:
    judged = [(series.indicator, point) for series, point in known if point.status.state in JUDGED]
    if not known:
        return text("overview.title_none", lang, year=year)
    if len(judged) < ENOUGH_TO_COUNT:
        facts = [fact(series.indicator, point, lang) for series, point in known][:2]
        return text("overview.title_facts", lang, year=year, facts="; ".join(facts))
    good = sum(point.status.state in GOOD for _, point in judged)
    if good == len(judged):
        return text("overview.title_all", lang, year=year, count=good)
    names = [words.lead_lower(row.short(lang)) for row, point in judged if point.status.state == "missed"]
    said = text("overview.title_count", lang, year=year, good=good, count=len(judged))
    if not names:
        near = sum(point.status.state == "near" for _, point in judged)
        return text("overview.title_near", lang, said=said, count=near)
    if len(names) <= 2:
        return text("overview.title_missed", lang, said=said, names=words.listed(names, lang))
    return text("overview.title_missed_many", lang, said=said, count=len(names))


def _lead(known: Sequence[tuple[Series, Point]], changes: Changes | None, year: int, lang: str) -> str:
    """The money and the groups in a sentence, then the movement since the year before."""
    judged = [point for _, point in known if point.status.state in JUDGED]
    facts = [fact(series.indicator, point, lang) for series, point in known]
    by_rank = facts[2:4] if len(judged) < ENOUGH_TO_COUNT else _main_facts(known, lang)
    sentences = [words.lead_upper("; ".join(by_rank)) + "."] if by_rank else []
    if changes is not None:
        sentences.append(text("overview.lead_changes", lang, title=changes.title))
    return " ".join(sentences)


def _planned(book: Yearbook, year: int, lang: str) -> str:
    """The plans of a year that has nothing else: a report of tasks is no empty store."""
    said = [
        f"{words.lead_lower(row.short(lang))} {words.format_value(plans[0].value, row.unit, lang)}"
        for row in book.catalogue.headline()
        for unit in book.units
        if (plans := book.plans(row.id, unit, year))
    ]
    return text("overview.lead_planned", lang, plans="; ".join(said)) if said else ""


def _main_facts(known: Sequence[tuple[Series, Point]], lang: str) -> list[str]:
    wanted = ("budget_revenue", "cultural_groups")
    return [fact(series.indicator, point, lang) for series, point in known if series.indicator.id in wanted]


def _counts(rows: Sequence[tuple[Series, Point]], year: int, lang: str) -> tuple[StateCount, ...]:
    """Each state that occurs; the four of a plan are printed even at 0 once enough were judged."""
    states = [point.status.state for _, point in rows]
    model = rows[0][0].indicator if rows else None
    any_judged = sum(state in JUDGED for state in states) >= ENOUGH_TO_COUNT
    return tuple(
        StateCount(state, states.count(state), text(f"status.{state}", lang), words.rule_word(state, model, lang, year))
        for state in STATES
        if states.count(state) or (any_judged and state in JUDGED)
    )


def _headline(book: Yearbook, series: Series, point: Point, lang: str) -> Headline:
    row = series.indicator
    value, unit = words.value_and_unit(row, point, lang)
    past, chosen = _past(series, point)
    return Headline(
        indicator=row,
        point=point,
        name=row.short(lang),
        value=value,
        unit=unit,
        plan=_plan(row, point, lang),
        gap=_gap(row, point, lang),
        note=_note(book, row, point, lang),
        state=point.status.state,
        state_word=words.state_word(row, point.status, lang),
        spark=past,
        spark_chosen=chosen,
        spark_alt=_spark_alt(series, lang),
    )


def _past(series: Series, chosen: Point) -> tuple[tuple[float | None, ...], int]:
    """What a sparkline draws, open wherever two neighbours may not be joined, and where `chosen` stands in it.

    Figures of another boundary have no place on its scale and are left open.
    """
    own = [point for point in series.points if (point.unit, point.part) == (chosen.unit, chosen.part)]
    by_value = any(point.value is not None for point in own)
    past: list[float | None] = []
    place = 0
    for before, point in zip((None, *series.points), series.points, strict=False):
        if before is not None and not series.comparable(before, point):
            past.append(None)
        if point is chosen:
            place = len(past)
        number = None if point not in own else point.value if by_value else point.status.attainment
        past.append(None if number is None else float(number))
    return tuple(past), place


def _plan(row: Indicator, point: Point, lang: str) -> str:
    """The plan, with the remark that its giver is unstated; that there is none is said in its place."""
    if point.status.state == "no_plan":
        return text("status.no_plan", lang)
    return words.plan_words(row, point, lang, with_basis=point.plan is not None and point.plan.basis == "unstated")


def _gap(row: Indicator, point: Point, lang: str) -> str:
    """The gap in the indicator's own unit, and for money the attainment behind it."""
    if point.status.state not in JUDGED and not point.status.reason:
        return ""
    parts = [words.gap_words(row, point, lang)]
    if point.value is not None:
        parts.append(words.attainment_words(row, point, lang))
    return " · ".join(part for part in parts if part)


def _note(book: Yearbook, row: Indicator, point: Point, lang: str) -> str:
    """What must be known beside the number: half a year, how it was reported, an estimate, unstated scope."""
    reported = words.reported_words(point.status, lang)
    if reported and point.plan is not None:  # the plan's own line says already that its giver is unstated
        reported = text("status.by_report", lang)
    parts = [_half(book, point, lang), reported]
    if point.scenario == "estimate":
        parts.append(text("status.scenario_estimate", lang).lower())
    if "scope_unstated" in point.flags:
        parts.append(text("status.scope_unstated", lang))
    return "; ".join(part for part in parts if part)


def _half(book: Yearbook, point: Point, lang: str) -> str:
    """Of a year in which the unit changed: until or from which day the figure speaks."""
    if not point.part or point.unit is None:
        return ""
    unit = book.catalogue.unit(point.unit)
    if point.part == "h1" and unit.valid_to is not None:
        return text("overview.until", lang, day=words.day_words(unit.valid_to))
    return text("overview.since", lang, day=words.day_words(unit.valid_from))


def _spark_alt(series: Series, lang: str) -> str:
    known = series.known
    if len(known) < 2:
        return ""
    ends = (known[0], known[-1])
    first, last = (
        text(
            "overview.spark_end",
            lang,
            year=words.slot_label(end, lang),
            value=words.value_words(series.indicator, end, lang),
        )
        for end in ends
    )
    return text("overview.spark_alt", lang, first=first, last=last)


def _without(rows: Sequence[tuple[Series, Point]], year: int, lang: str) -> str:
    names = [words.lead_lower(series.indicator.short(lang)) for series, point in rows if not point.known]
    return text("overview.without", lang, year=year, names="; ".join(names)) if names else ""


def _spark_note(known: Sequence[tuple[Series, Point]], year: int, lang: str) -> str:
    drawn = [series for series, _ in known if len(series.known) > 1]
    if not drawn:
        return ""
    first = min(series.known[0].year for series in drawn)
    last = max(series.known[-1].year for series in drawn)
    name = "spark_note_later" if last > year else "spark_note"
    return text(f"overview.{name}", lang, first=first, last=last, year=year)


def _bullets(known: Sequence[tuple[Series, Point]], unit: Unit, year: int, lang: str) -> View | None:
    """The bullet list of one year, best gap on top; None where fewer than two indicators were judged."""
    judged = [(series.indicator, point) for series, point in known if point.status.state in JUDGED]
    if len(judged) < 2:
        return None
    judged.sort(key=lambda pair: pair[1].status.score if pair[1].status.score is not None else 0, reverse=True)
    judged = judged[:MOST_BULLETS]
    frame = pd.DataFrame([_bullet(row, point, lang) for row, point in judged])
    points = [point for _, point in judged]
    place = words.place_words(unit, lang)
    unplanned = [words.lead_lower(s.indicator.short(lang)) for s, p in known if p.status.state == "no_plan"]
    return View(
        id="overview-bullets",
        kind="bullets",
        lang=lang,
        title=_bullet_title(judged, lang),
        subtitle=text("overview.bullets_subtitle", lang, place=place, year=year, count=len(judged)),
        frame=frame,
        table=_bullet_table(judged, year, lang),
        alt=text(
            "overview.bullets_alt", lang, place=place, year=year, count=len(judged),
            good=sum(point.status.state in GOOD for point in points), best=frame["name"].iloc[0],
            worst=frame["name"].iloc[-1],
        ),
        source=words.source_words(points, lang),
        notes=(text("overview.unplanned", lang, names=", ".join(unplanned)),) if unplanned else (),
        detail={
            "bar_words": text("overview.bar_words", lang),
            "gap_heading": text("overview.gap_heading", lang),
            "gap_panel": True,
        },
        is_sample=any(point.is_sample for point in points),
    )  # fmt: skip


def bullet_bar(row: Indicator, point: Point) -> float:
    """How long a bullet's bar is, in percent of its plan; NaN where the plan is 0 or nothing can be drawn.

    For rates this only places the bar against its own plan's mark; no such quotient is ever printed.
    """
    if point.status.attainment is not None:
        return float(point.status.attainment)
    plan = point.status.plan
    value = point.rate if point.status.planned_as == "rate" else point.value
    return float(value * 100 / plan) if value is not None and plan is not None and plan > 0 else float("nan")


def _bullet(row: Indicator, point: Point, lang: str) -> dict:
    status = point.status
    gap = words.gap_words(row, point, lang)
    name = row.short(lang)
    attained = words.attained(status, row, lang) if row.unit == "vnd" and point.value is not None else ""
    plan = words.plan_words(row, point, lang)
    lines = [f"<b>{name}</b>", words.value_words(row, point, lang), plan, words.arithmetic(row, point, lang)]
    return {
        "name": name,
        "bar": bullet_bar(row, point),
        "near": 100.0 if is_ceiling(row) else float(row.near),
        "score": float(status.score) if status.score is not None else float("nan"),
        "printed": words.short_money(words.value_words(row, point, lang), row, lang),
        "gap_words": f"{words.short_money(gap, row, lang)} ({attained})" if attained else gap,
        "state": status.state,
        "words": text("overview.zero_plan", lang),
        "hover": "<br>".join(line for line in [*lines, words.state_word(row, status, lang)] if line),
    }


def _bullet_title(judged: Sequence[tuple[Indicator, Point]], lang: str) -> str:
    (best, high), (worst, low) = judged[0], judged[-1]
    names = {"best": best.short(lang), "worst": words.lead_lower(worst.short(lang))}
    count = sum(point.status.state in GOOD for _, point in judged)
    if _short(low) and not _short(high):
        key = "bullets_both"
    elif _short(low):
        key = "bullets_short"
    else:
        key = "bullets_good"
    if key == "bullets_good":
        names["best"] = words.lead_lower(names["best"])
    gaps = {"high": words.gap_words(best, high, lang), "low": words.gap_words(worst, low, lang)}
    brief = {"first": worst.short(lang), "good": count, "count": len(judged)}
    return words.fitting([
        text(f"overview.{key}", lang, **names, **gaps),
        text(f"overview.{key}_brief", lang, **names, **gaps, **brief),
        text("overview.bullets_count", lang, good=count, count=len(judged)),
    ])  # fmt: skip


def _bullet_table(judged: Sequence[tuple[Indicator, Point]], year: int, lang: str) -> Table:
    header = tuple(text(f"overview.column_{name}", lang) for name in ("name", "value", "plan", "gap", "state", "sum"))
    rows = tuple(
        (
            row.short(lang),
            words.value_words(row, point, lang),
            words.plan_value(row, point.plan, lang) if point.plan else words.dash(lang),
            words.gap_words(row, point, lang),
            words.state_word(row, point.status, lang),
            words.arithmetic(row, point, lang),
        )
        for row, point in judged
    )
    raw = pd.DataFrame(
        [
            {
                "indicator": row.id, "year": year, "value": point.value, "of": point.of, "unit": row.unit,
                "plan": point.plan.value if point.plan else None, "basis": point.status.basis,
                "gap": point.status.gap, "gap_unit": point.status.gap_unit, "attainment": point.status.attainment,
                "method": point.status.method, "state": point.status.state,
            }
            for row, point in judged
        ]
    )  # fmt: skip
    return Table(text("overview.table_caption", lang, year=year), header, rows, raw)


def _changes(rows: Sequence[tuple[Series, Point]], year: int, lang: str) -> Changes | None:
    """What moved since the year before; None where that year has no figure at all."""
    pairs = [(series, series.before(point), point) for series, point in rows]
    pairs = [(series, old, new) for series, old, new in pairs if old is not None and old.known and new.known]
    if not pairs:
        return None
    merged = _merged(pairs)
    if merged is not None:
        return Changes(
            title=text("overview.changes_boundary", lang, year=year - 1),
            subtitle=text("overview.changes_subtitle", lang, old=year - 1, new=year),
            groups=(),
            rest=text("overview.boundary_rest", lang, day=words.day_words(merged.on), old=year - 1, new=year),
        )
    up, down, apart, same = [], [], [], 0
    for series, old, new in pairs:
        verdict = _movement(series, old, new)
        if verdict == "same":
            same += 1
            continue
        {"up": up, "down": down, "apart": apart}[verdict].append(_change(series, old, new, lang))
    groups = [("down", down), ("up", up), ("apart", apart)]
    return Changes(
        title=_changes_title(year - 1, len(up), len(down), len(apart), lang),
        subtitle=text("overview.changes_subtitle", lang, old=year - 1, new=year),
        groups=tuple(
            (text(f"overview.group_{name}", lang, count=len(found)), tuple(found)) for name, found in groups if found
        ),
        rest=text(f"overview.unchanged{'' if up or down or apart else '_all'}", lang, count=same) if same else "",
    )


def _merged(pairs: Sequence[tuple[Series, Point, Point]]) -> Break | None:
    """The change of boundary that parts every indicator from the year before; None where any can be compared."""
    if any(old.unit == new.unit and old.part == new.part for _, old, new in pairs):
        return None
    found = [entry for series, _, new in pairs for entry in series.breaks if entry.kind == "boundary"]
    return found[-1] if found else None


def _movement(series: Series, old: Point, new: Point) -> str:
    if not series.comparable(old, new):
        return "apart"
    if old.status.state not in RANK or new.status.state not in RANK:
        return "same" if old.status.state == new.status.state else "apart"
    difference = RANK[new.status.state] - RANK[old.status.state]
    return "up" if difference > 0 else "down" if difference < 0 else "same"


def _changes_title(old: int, up: int, down: int, apart: int, lang: str) -> str:
    if up or down:
        name = "changes_title" if up and down else "changes_up" if up else "changes_down"
        return text(f"overview.{name}", lang, year=old, up=up, down=down)
    return text("overview.changes_none" if not apart else "overview.changes_apart", lang, year=old, count=apart)


def _change(series: Series, old: Point, new: Point, lang: str) -> Change:
    row = series.indicator
    values = [words.value_words(row, point, lang) for point in (old, new)]
    return Change(
        name=row.short(lang),
        old_state=old.status.state,
        new_state=new.status.state,
        old_word=words.state_word(row, old.status, lang),
        new_word=words.state_word(row, new.status, lang),
        values=" → ".join(values),
        reason=_reason(series, old, new, lang),
    )


def _reason(series: Series, old: Point, new: Point, lang: str) -> str:
    row = series.indicator
    if not series.comparable(old, new):
        first, last = series.points.index(old), series.points.index(new)
        entry = next(entry for entry in series.breaks if first < entry.at <= last)
        reason = entry.reason.get(lang)
        return reason or text("overview.reason_boundary", lang, day=words.day_words(entry.on))
    reached = [words.attainment_words(row, point, lang) for point in (old, new)]
    if all(reached) and all(point.value is not None for point in (old, new)):
        return text("overview.reason_attained", lang, old=reached[0], new=reached[1])
    gaps = [words.gap_words(row, point, lang) for point in (old, new)]
    return text("overview.reason_gap", lang, old=gaps[0], new=gaps[1]) if all(gaps) else ""

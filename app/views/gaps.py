"""The gaps of a year: how far each judged indicator is from its plan, the worst first so that the misses are found."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from app.views import words
from app.views.arithmetic import arithmetic, state_lines
from app.views.view import Table, View
from core.catalogue import Indicator
from core.places import Unit
from core.series import Point, Series
from core.status import GOOD, JUDGED, RANK, SHORT, is_ceiling
from core.texts import text

MOST_BULLETS = 10
ENDS = 5  # with more than ten judged indicators so many of either end are drawn, the rest is named


def gaps_view(known: Sequence[tuple[Series, Point]], unit: Unit, year: int, lang: str) -> View | None:
    """The bullet list of one year, worst gap on top; None where fewer than two indicators were judged.

    Of more than ten the five worst and the five best are drawn; the table has them all, the notes name the rest.
    """
    judged = [(series.indicator, point) for series, point in known if point.status.state in JUDGED]
    if len(judged) < 2:
        return None
    judged.sort(key=lambda pair: (RANK[pair[1].status.state], pair[1].status.score or 0))
    middle = judged[ENDS:-ENDS] if len(judged) > MOST_BULLETS else []
    drawn = [*judged[:ENDS], *judged[-ENDS:]] if middle else judged
    frame = pd.DataFrame([_bullet(row, point, lang) for row, point in drawn])
    points = [point for _, point in judged]
    place = words.place_words(unit, lang)
    name = "bullets_subtitle_ends" if middle else "bullets_subtitle"
    return View(
        id="overview-bullets",
        kind="bullets",
        lang=lang,
        title=_bullet_title(judged, lang),
        subtitle=text(f"overview.{name}", lang, place=place, year=year, count=len(judged), ends=ENDS),
        frame=frame,
        table=_bullet_table(judged, year, lang),
        alt=text(
            "overview.bullets_alt", lang, place=place, year=year, count=len(judged),
            good=sum(point.status.state in GOOD for point in points), best=frame["name"].iloc[-1],
            worst=frame["name"].iloc[0],
        ),
        source=words.source_words(points, lang),
        notes=_notes(known, middle, lang),
        detail={
            "bar_words": text("overview.bar_words", lang),
            "gap_heading": text("overview.gap_heading", lang),
            "gap_panel": True,
        },
        is_sample=any(point.is_sample for point in points),
    )  # fmt: skip


def _notes(
    known: Sequence[tuple[Series, Point]], middle: Sequence[tuple[Indicator, Point]], lang: str
) -> tuple[str, ...]:
    """What has no bar: the indicators between the two ends with their states, and those without a plan."""
    between = [
        f"{words.lead_lower(row.short(lang))} ({words.state_word(row, point.status, lang).lower()})"
        for row, point in middle
    ]
    unplanned = [
        f"{words.lead_lower(series.indicator.short(lang))} {words.value_words(series.indicator, point, lang)}"
        for series, point in known
        if point.status.state == "no_plan" and not words.quota_words(series.indicator, point, lang)
    ]
    notes = [text("overview.between", lang, count=len(between), names=", ".join(between))] if between else []
    notes += [text("overview.unplanned", lang, names="; ".join(unplanned))] if unplanned else []
    return tuple(notes)


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
    name = row.short(lang)
    plan = words.plan_words(row, point, lang)
    lines = [f"<b>{name}</b>", words.value_words(row, point, lang), plan, *state_lines(row, point, lang)]
    return {
        "name": name,
        "bar": bullet_bar(row, point),
        "near": 100.0 if is_ceiling(row) else float(row.near),
        "score": float(status.score) if status.score is not None else float("nan"),
        "printed": words.short_money(words.value_words(row, point, lang), row, lang),
        "gap_words": _gap_words(row, point, lang),
        "state": status.state,
        "words": text("overview.zero_plan", lang),
        "hover": "<br>".join(line for line in lines if line),
        "ref": point.ref(row.id),
    }


def _gap_words(row: Indicator, point: Point, lang: str) -> str:
    """The gap as printed beside its pin, for money with the attainment; a printed attainment is its own gap."""
    gap = words.short_money(words.gap_words(row, point, lang), row, lang)
    if row.unit != "vnd" or point.value is None:
        return gap
    if point.status.gap_unit == "of_plan":
        return words.attainment_words(row, point, lang)
    return f"{gap} ({words.attained(point.status, row, lang)})"


def _bullet_title(judged: Sequence[tuple[Indicator, Point]], lang: str) -> str:
    (worst, low), (best, high) = judged[0], judged[-1]
    names = {"best": best.short(lang), "worst": words.lead_lower(worst.short(lang))}
    count = sum(point.status.state in GOOD for _, point in judged)
    if low.status.state in SHORT and high.status.state not in SHORT:
        key = "bullets_both"
    elif low.status.state in SHORT:
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
            arithmetic(row, point, lang),
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
    behind = [(point.ref(row.id), point.plan is not None) for row, point in judged]
    refs = tuple(("", ref, ref if planned else "", ref, "", "") for ref, planned in behind)
    return Table(text("overview.table_caption", lang, year=year), header, rows, raw, refs)

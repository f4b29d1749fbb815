"""Today's boundary in words: what was worked out from the wards that were merged, and why something was not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from app.views import words
from core.boundary import MIXED, rule_of
from core.catalogue import Catalogue
from core.places import Merger
from core.series import Point, Reason, Series
from core.texts import text


def why_words(reason: Reason, lang: str) -> str:
    """A reason as it stands inside a sentence: "Phường Gương chưa có số liệu"."""
    said = reason.said[lang].rstrip(".") if reason.said else ""
    by = words.lead_lower(reason.by[lang]) if reason.by else ""
    fills_a_sentence = reason.name in ("none", "rule_none")
    said = words.lead_lower(said) if fills_a_sentence else said
    return text(f"boundary.{reason.name}", lang, wards=words.listed(reason.wards, lang), by=by, said=said)


def rule_words(catalogue: Catalogue, indicator: str, lang: str) -> str:
    """How the figures of merged wards make one of this indicator, and why so."""
    return why_words(rule_of(catalogue, catalogue.indicators[indicator]), lang)


def notes_of(series: Series, lang: str, *, named: bool = False) -> tuple[str, ...]:
    """The notes a series asks for: its breaks and remarks, on today's boundary also what was worked out and what not.

    `named` puts the indicator's name before what could not be worked out, where several share their notes.
    """
    notes = words.series_notes(series, lang)
    if series.merger is None:
        return notes
    derived = [point for point in series.known if point.method == "derived"]
    if derived:
        notes += (derived_note(series.merger, (point.year for point in derived), lang),)
    mixed = [point.year for point in derived if MIXED in point.flags]
    if mixed:
        notes += (text("boundary.note_mixed", lang, years=years_words(mixed)),)
    return notes + why_notes(series.merger, series.reasons, lang, name=series.indicator.short(lang) if named else "")


def derived_note(merger: Merger, years: Iterable[int], lang: str) -> str:
    """That figures of these years were worked out, and from whose."""
    wards = words.listed([merger.name(unit) for unit in merger.full], lang)
    return text("boundary.note", lang, years=years_words(years), day=words.day_words(merger.on), wards=wards)


def why_notes(merger: Merger, reasons: Mapping[int, Reason], lang: str, *, name: str = "") -> tuple[str, ...]:
    """What could not be worked out, years of one reason together; plans have a note of their own."""
    notes = []
    for of_plan, key in ((False, "note_not"), (True, "note_plan")):
        years: dict[str, list[int]] = {}
        for year, reason in sorted(reasons.items()):
            if reason.of_plan == of_plan:
                years.setdefault(why_words(reason, lang), []).append(year)
        said = "; ".join(
            text("boundary.of_years", lang, years=years_words(found), reason=why) for why, found in years.items()
        )
        if said:
            said = text("boundary.of_indicator", lang, name=words.lead_lower(name), said=said) if name else said
            notes.append(text(f"boundary.{key}", lang, day=words.day_words(merger.on), said=said))
    return tuple(notes)


def scenario_words(point: Point, lang: str) -> str:
    """What kind of value a point has: "Thực hiện", "Quyết toán (tính lại)"."""
    said = text(f"status.scenario_{point.scenario}", lang)
    return text("boundary.scenario", lang, scenario=said) if point.method == "derived" else said


def open_words(point: Point, lang: str) -> str:
    """That a value, or its plan, could not be worked out, and why; "" where neither was tried."""
    return text("boundary.open_words", lang, reason=why_words(point.why, lang)) if point.why else ""


def missing_words(point: Point, lang: str) -> str:
    """What stands in the slot of a year without a value."""
    tried = point.why is not None and not point.why.of_plan
    return text("boundary.open_slot" if tried else "budget.missing_year", lang)


def years_words(years: Iterable[int]) -> str:
    """ "2011–2014, 2016"."""
    runs: list[list[int]] = []
    for year in sorted(set(years)):
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return ", ".join(words.period_words(run[0], run[-1]) for run in runs)

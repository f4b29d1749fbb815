"""Today's boundary in words: what was worked out from the wards that were merged, and why something was not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from app.views import words
from core.boundary import MIXED, rule_of
from core.catalogue import Catalogue
from core.places import Merger
from core.series import Point, Reason, Series
from core.texts import text
from core.yearbook import Yearbook


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


def notes_of(series: Series, lang: str, *, dots: bool = False) -> tuple[str, ...]:
    """The notes a series asks for: breaks and remarks, on today's boundary also what was worked out and what not.

    `dots` where it is drawn as a line.
    """
    if series.merger is None:
        return words.series_notes(series, lang, dots=dots)
    return _worked_out(series, lang, dots=dots) + why_notes(series.merger, [("", series.reasons)], lang)


def shared_notes(lines: Sequence[Series], lang: str) -> tuple[str, ...]:
    """The notes of several series drawn as lines, each once.

    What could not be worked out stands with the names of those it holds for.
    """
    notes = [note for line in lines for note in _worked_out(line, lang, dots=True)]
    reasons = [(words.lead_lower(line.indicator.short(lang)), line.reasons) for line in lines if line.merger]
    if reasons:
        notes += why_notes(lines[0].merger, reasons, lang)
    return tuple(dict.fromkeys(notes))


def _worked_out(series: Series, lang: str, *, dots: bool) -> tuple[str, ...]:
    notes = words.series_notes(series, lang, dots=dots)
    if series.merger is None:
        return notes
    derived = [point for point in series.known if point.method == "derived"]
    if derived:
        notes += (derived_note(series.merger, (point.year for point in derived), lang),)
    mixed = [point.year for point in derived if MIXED in point.flags]
    if mixed:
        notes += (text("boundary.note_mixed", lang, years=years_words(mixed)),)
    return notes


def derived_note(merger: Merger, years: Iterable[int], lang: str) -> str:
    """That figures of these years were worked out, and from whose."""
    wards = words.listed([merger.name(unit) for unit in merger.full], lang)
    return text("boundary.note", lang, years=years_words(years), day=words.day_words(merger.on), wards=wards)


def why_notes(
    merger: Merger, named: Sequence[tuple[str, Mapping[int, Reason]]], lang: str
) -> tuple[str, ...]:
    """What could not be worked out, years of one reason together, names ("" for none) of the same together.

    Plans have a note of their own.
    """
    notes = []
    for of_plan, key in ((False, "note_not"), (True, "note_plan")):
        found: dict[str, list[str]] = {}
        for name, reasons in named:
            said = _years_said({year: why for year, why in reasons.items() if why.of_plan == of_plan}, lang)
            if said:
                found.setdefault(said, []).append(name)
        parts = [
            text("boundary.of_indicator", lang, name=", ".join(names), said=said) if names[0] else said
            for said, names in found.items()
        ]
        if parts:
            notes.append(text(f"boundary.{key}", lang, day=words.day_words(merger.on), said="; ".join(parts)))
    return tuple(notes)


def _years_said(reasons: Mapping[int, Reason], lang: str) -> str:
    years: dict[str, list[int]] = {}
    for year, reason in sorted(reasons.items()):
        years.setdefault(why_words(reason, lang), []).append(year)
    return "; ".join(
        text("boundary.of_years", lang, years=years_words(found), reason=why) for why, found in years.items()
    )


def year_notes(book: Yearbook, rows: Iterable[tuple[Series, Point]], year: int, lang: str) -> tuple[str, ...]:
    """Of one year on today's boundary: that figures were worked out, and which could not be; nothing as reported."""
    if book.merger is None:
        return ()
    rows = list(rows)
    notes = [derived_note(book.merger, [year], lang)] if any(p.method == "derived" for _, p in rows if p.known) else []
    why: dict[str, list[str]] = {}
    for series, point in rows:
        if point.why is not None and not point.known:
            name = words.lead_lower(series.indicator.short(lang))
            why.setdefault(why_words(point.why, lang), []).append(name)
    said = "; ".join(
        text("boundary.of_years", lang, years=", ".join(names), reason=each) for each, names in why.items()
    )
    return (*notes, *([text("boundary.without", lang, year=year, said=said)] if said else []))


def none_key(series: Series, year: int | None) -> str:
    """Which text says that a year has no value: it was not reported, or it could not be worked out."""
    why = series.reasons.get(year) if year is not None else None
    return "boundary.message_none" if why is not None and not why.of_plan else "budget.none_in"


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

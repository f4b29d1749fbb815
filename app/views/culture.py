"""What the culture screen says: groups against plan, who lost or won the title, the course of families and agencies."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd

from app.views.groups import GROUPS, TITLE, fraction_of, group_noun, title_states
from app.views.groups import joined as joined_names
from app.views.lines import line_view
from app.views.merged import why_words
from app.views.said import count_said, gap_said, judged_refs, plan_refs, sentences, value_refs, value_said
from app.views.view import View
from app.views.words import (
    SMALL_BASE,
    day_words,
    format_plain,
    gap_words,
    value_words,
)
from core.figures import Ref
from core.places import Unit
from core.sentences import Said, Sentence, joined, sentence
from core.series import Point, Series
from core.texts import text
from core.vi.format import format_percent, format_value
from core.yearbook import Yearbook

SHARES = (("cultural_families_rate", "cultural_families"), ("cultural_agencies_rate", "cultural_agencies"))


def message(book: Yearbook, groups: pd.DataFrame, year: int, lang: str) -> tuple[Sentence, Sentence]:
    """The screen's message and its lead: how many groups, against plan; who lost or won the title; families."""
    series = book.series(GROUPS)
    point = series.at(year)
    noun = group_noun(groups, point.unit if point else None, lang)
    if point is None or point.value is None:
        return sentence("culture.message_none", lang, year=year), _families_lead(book, year, lang)
    name = "message" if point.of else "message_count"
    fraction = fraction_of(point, lang)
    count = Said(fraction, value_refs(book.catalogue, series.indicator, point), fraction)
    title = sentence(f"culture.{name}", lang, fraction=count, value=count, groups=noun, year=year)
    lead = [*_changes(book, groups, series, point, lang), _families_lead(book, year, lang)]
    if point.plan is None:
        lead.append(sentence("culture.lead_no_plan", lang))
    return joined([title, _against_plan(book, series, point, lang)]), sentences(*lead)


def share(book: Yearbook, rate: str, count: str, year: int, unit: Unit, lang: str) -> View | None:
    """A share over the years (families, agencies) with its plan; the count where its base is small or no share known.

    None where fewer than two years are known: a line needs two points.
    """
    series = share_series(book, rate, count)
    if series is None or len(series.known) < 2:
        return None
    return line_view(series, unit, year, lang, id=f"culture-{rate}", title=_share_title(series, year, lang))


def share_series(book: Yearbook, rate: str, count: str) -> Series | None:
    """The share, or the count where that has as many years and no base of 30: "11/12" says more than 91.7 %."""
    shares, counts = book.series(rate), book.series(count)
    bases = [point.of for point in counts.known if point.of]
    small = bool(bases) and max(bases) < SMALL_BASE and len(counts.known) >= len(shares.known)
    return next((row for row in ((counts, shares) if small else (shares, counts)) if row.known), None)


def _against_plan(book: Yearbook, series: Series, point: Point, lang: str) -> Sentence:
    status, group, row = point.status, text("culture.noun_short", lang), series.indicator
    if status.planned_as == "rate" and status.gap is not None:
        name = "against_rate_short" if status.short else "against_rate_met"
        rate = Said(format_percent(status.plan, lang), plan_refs(book.catalogue, row, point), str(status.plan))
        short = count_said(status.short, judged_refs(book.catalogue, row, point))
        return sentence(f"culture.{name}", lang, count=short, group=group, rate=rate)
    if status.gap is None or status.gap_unit != "group":
        return Sentence()
    name = "against_even" if status.gap == 0 else "against_short" if status.gap < 0 else "against_over"
    gap = gap_said(book.catalogue, row, point, format_plain(abs(status.gap), lang))
    return sentence(f"culture.{name}", lang, count=gap, group=group)


def _changes(book: Yearbook, groups: pd.DataFrame, series: Series, point: Point, lang: str) -> list[Sentence]:
    """Who lost and who gained the title since the year before, as far as the sources name groups."""
    states = title_states(book, groups, point.unit)
    now = states[states["year"] == point.year]
    named = now["state"].isin(["reached", "missed"]).any()
    unnamed = "boundary.rule_groups" if point.method == "derived" else "culture.lead_unnamed"
    said = [sentence(unnamed, lang)] if not named and point.of else []
    past = series.before(point)
    if past is not None and not series.comparable(past, point):
        crossed = next(row for row in reversed(series.breaks) if row.at <= series.points.index(point))
        said.append(sentence("culture.lead_boundary", lang, date=day_words(crossed.on)))
    if said or not named:
        return said
    before = states[states["year"] == point.year - 1].set_index("group_id")["state"]
    if not before.isin(["reached", "missed"]).any():
        return []
    was = now["group_id"].map(before)
    lost = now[(now["state"] == "missed") & (was == "reached")]
    won = now[(now["state"] == "reached") & (was == "missed")]
    if lost.empty and won.empty:
        return [sentence("culture.lead_same", lang, year=point.year - 1)]
    both = ((lost, "lead_lost"), (won, "lead_won"))
    parts = [_named_or_counted(found, name, point, lang) for found, name in both if len(found)]
    return [joined([joined(parts, ", "), "."])]


def _named_or_counted(found: pd.DataFrame, name: str, point: Point, lang: str) -> Sentence:
    """Groups by name, or how many; either rests on their titles of this year and the one before."""
    refs = [
        Ref(point.unit, year, TITLE, member=group, scenario="actual")
        for year in (point.year, point.year - 1) for group in found["group_id"]
    ]  # fmt: skip
    if len(found) > 4:
        count = count_said(len(found), refs)
        return sentence(f"culture.{name}_many", lang, count=count, group=text("culture.noun_short", lang))
    names = joined_names(list(found["short"]), lang)
    return sentence(f"culture.{name}", lang, names=count_said(names, refs))


def _families_lead(book: Yearbook, year: int, lang: str) -> Sentence:
    for indicator in SHARES[0]:
        row, point = book.catalogue.indicators[indicator], book.series(indicator).at(year)
        if point is not None and point.value is not None:
            value = value_said(book.catalogue, row, point, lang)
            gap = point.status.gap
            if gap is None:
                return sentence("culture.lead_families", lang, value=value)
            name = "above" if gap > 0 else "below" if gap < 0 else "even"
            said = gap_said(book.catalogue, row, point, gap_words(row, point, lang).lstrip("+−"))
            return sentence(f"culture.lead_families_{name}", lang, value=value, gap=said)
    rate = book.series(SHARES[0][0])
    why = rate.reasons.get(year)
    if why is None or why.of_plan:
        return Sentence()
    return sentence("boundary.lead_none", lang, name=rate.indicator.name(lang), reason=why_words(why, lang))


def _share_title(series: Series, year: int, lang: str) -> str:
    point, name = series.at(year), series.indicator.short(lang)
    if point is None or point.value is None:
        return text("culture.share_none", lang, name=name, year=year)
    said = {"name": name, "value": value_words(series.indicator, point, lang), "year": year}
    since = next((past for past in series.known if past.year < year and series.comparable(past, point)), None)
    if since is None:
        return text("culture.share_now", lang, **said)
    gap = point.value - since.value
    name = "share_even" if gap == 0 else "share_up" if gap > 0 else "share_down"
    return text(f"culture.{name}", lang, since=since.year, gap=_size(abs(gap), series, lang), **said)


def _size(gap: Decimal, series: Series, lang: str) -> str:
    if series.indicator.unit == "percent":
        return f"{format_percent(gap, lang).rstrip('%')} {text('numbers.points', lang)}"
    return format_value(gap, series.indicator.unit, lang)

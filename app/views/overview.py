"""One year of a ward at a glance: what reached its plan, by how much, and what changed since the year before."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from app.views import merged, words
from app.views.changes import Changes, changes_since
from app.views.gaps import gaps_view
from app.views.late import Late, late_list, late_promises
from app.views.said import attained_said, count_said, gap_said, judged_of, sentences, value_said
from app.views.shortfalls import gap_notes
from app.views.tiles import MOST_TILES, Headline, headline, spark_note
from app.views.view import View
from core.catalogue import Catalogue, Indicator
from core.figures import Ref
from core.missed import MISSED
from core.places import Unit
from core.sentences import Said, Sentence, capital, joined, sentence
from core.series import Plan, Point, Series
from core.status import GOOD, JUDGED, SHORT, STATES, is_ceiling
from core.store.shortfalls import Shortfall
from core.texts import text
from core.yearbook import Yearbook

ENOUGH_TO_COUNT = 3  # with fewer judged indicators the facts themselves are the message
MAIN = ("budget_revenue", "cultural_groups")  # the money and the groups, which the lead names


@dataclass(frozen=True, slots=True)
class StateCount:
    """How many headline indicators are in a state, and the rule that puts them there."""

    state: str
    count: int
    word: str
    rule: str


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything the overview of one year says; `explained` what is said of missed plans where no gaps are drawn."""

    year: int
    title: str
    lead: str
    counts: tuple[StateCount, ...]
    indicators: tuple[Indicator, ...]
    headlines: tuple[Headline, ...]
    beyond: str
    late: Late | None
    promises: Late | None
    explained: tuple[str, ...]
    spark_note: str
    rule_note: str
    boundary: tuple[str, ...]
    bullets: View | None
    changes: Changes | None
    source: str
    is_sample: bool


def newest_year(book: Yearbook) -> int | None:
    """The last year in which a headline indicator is known."""
    series = [book.series(row.id) for row in book.catalogue.headline()]
    return max((point.year for one in series for point in one.known), default=None)


def overview(
    book: Yearbook, unit: Unit, year: int | None, lang: str, today: date, said: Sequence[Shortfall] = (), *,
    person: bool = False, unshown: Collection[tuple[int, str]] = (),
) -> Overview | None:  # fmt: skip
    """The overview of `year` (None: the newest that has a headline figure); None where the book holds no such year.

    `today` decides which missing figures are late; `said` is what is said of missed plans, with `person` also who
    answers for it; `unshown` years and indicators that this visitor is not shown: they are not missing.
    """
    year = year if year is not None else newest_year(book)
    if year is None:
        return None
    rows = [(series, series.at(year)) for series in (book.series(row.id) for row in book.catalogue.headline())]
    rows = [(series, point) for series, point in rows if point is not None]
    known = [(series, point) for series, point in rows if point.known]
    changes = changes_since(book.catalogue, rows, year, lang)
    bullets = gaps_view(known, unit, year, lang)
    explained = _explained(book.catalogue, known, [each for each in said if each.year == year], lang, person)
    source = _source(book, [point for _, point in known], lang)
    boundary = merged.year_notes(book, rows, year, lang)
    return Overview(
        year=year,
        title=_title(book.catalogue, known, year, lang),
        lead=_lead(book.catalogue, known, changes, lang) or ("" if known else _planned(book, year, lang)),
        counts=_counts(book, rows, year, lang),
        indicators=tuple(series.indicator for series, _ in known),
        headlines=tuple(headline(book, series, point, lang) for series, point in known[:MOST_TILES]),
        beyond="" if bullets else _beyond(book.catalogue, known, lang),
        late=late_list(book, [row for row in rows if (year, row[0].indicator.id) not in unshown], year, today, lang),
        promises=late_promises(rows, said, year, today, lang, catalogue=book.catalogue, person=person),
        explained=() if bullets else explained,
        spark_note=spark_note(known[:MOST_TILES], year, lang),
        rule_note=text("status.rule_note", lang),
        boundary=boundary,
        bullets=_with_notes(bullets, source, (*explained, *(bullets.notes if bullets else ()), *boundary[:1])),
        changes=changes,
        source=source,
        is_sample=any(point.is_sample for _, point in known),
    )


def _explained(
    catalogue: Catalogue, known: Sequence[tuple[Series, Point]], said: Sequence[Shortfall], lang: str, person: bool
) -> tuple[str, ...]:
    """What is said of the year's missed headline plans, the worst gap first."""
    missed = [(point.status.score or 0, series.indicator.id) for series, point in known if point.status.state == MISSED]
    return gap_notes([name for _, name in sorted(missed)], said, catalogue, lang, person=person)


def _with_notes(bullets: View | None, source: str, notes: tuple[str, ...]) -> View | None:
    return replace(bullets, source=source, notes=notes) if bullets is not None else None


def fact(catalogue: Catalogue, indicator: Indicator, point: Point, lang: str) -> Sentence:
    """One figure as a clause: "thu ngân sách 49,09 tỷ đồng, bằng 101,0% dự toán", "13/18 tổ dân phố văn hóa"."""
    name = words.lead_lower(indicator.short(lang))
    reached = attained_said(catalogue, indicator, point, lang)
    if point.value is None:
        return sentence("overview.fact_attained", lang, name=name, attained=reached)
    value = value_said(catalogue, indicator, point, lang)
    if indicator.unit == "group" and point.of is not None and not point.hedge:
        count = f"{words.format_plain(point.value, lang)}/{words.format_plain(point.of, lang)}"
        said = sentence("overview.fact_groups", lang, count=value._replace(words=count), name=name)
        short = _short_words(catalogue, indicator, point, lang)
        return sentence("overview.fact_gap", lang, fact=said, gap=short) if _short(point) else said
    if reached:
        return sentence("overview.fact_both", lang, name=name, value=value, attained=reached)
    if indicator.unit == "percent":
        key = "overview.fact_low_rate" if is_ceiling(indicator) else "overview.fact_rate"
        return sentence(key, lang, name=name, value=value)
    return sentence("overview.fact_value", lang, name=name, value=value)


def _short(point: Point) -> bool:
    return point.status.state in SHORT


def _short_words(catalogue: Catalogue, indicator: Indicator, point: Point, lang: str) -> Sentence:
    if not _short(point):
        return Sentence()
    short = point.status.short if point.status.short else -point.status.gap
    number = words.format_plain(Decimal(short), lang)
    printed = text("overview.short_of", lang, count=words.format_value(short, indicator.unit, lang), number=number)
    return joined([gap_said(catalogue, indicator, point, printed)])


def _title(catalogue: Catalogue, known: Sequence[tuple[Series, Point]], year: int, lang: str) -> Sentence:
    judged = [(series.indicator, point) for series, point in known if point.status.state in JUDGED]
    if not known:
        return sentence("overview.title_none", lang, year=year)
    if len(judged) < ENOUGH_TO_COUNT:
        facts = [fact(catalogue, series.indicator, point, lang) for series, point in known][:2]
        return sentence("overview.title_facts", lang, year=year, facts=joined(facts, "; "))
    refs = judged_of(catalogue, judged)
    good = sum(point.status.state in GOOD for _, point in judged)
    if good == len(judged):
        return sentence("overview.title_all", lang, year=year, count=count_said(good, refs))
    names = [words.lead_lower(row.short(lang)) for row, point in judged if point.status.state == MISSED]
    counts = {"good": count_said(good, refs), "count": count_said(len(judged), refs)}
    said = sentence("overview.title_count", lang, year=year, **counts)
    if not names:
        near = sum(point.status.state == "near" for _, point in judged)
        return sentence("overview.title_near", lang, said=said, count=count_said(near, refs))
    if len(names) <= 2:
        return sentence("overview.title_missed", lang, said=said, names=words.listed(names, lang))
    return sentence("overview.title_missed_many", lang, said=said, count=count_said(len(names), refs))


def _lead(
    catalogue: Catalogue, known: Sequence[tuple[Series, Point]], changes: Changes | None, lang: str
) -> Sentence:
    """The money and the groups in a sentence, then the movement since the year before."""
    judged = [point for _, point in known if point.status.state in JUDGED]
    facts = [(series.indicator.id, fact(catalogue, series.indicator, point, lang)) for series, point in known]
    few = len(judged) < ENOUGH_TO_COUNT
    by_rank = [said for place, (id, said) in enumerate(facts) if (place in (2, 3) if few else id in MAIN)]
    first = joined([capital(joined(by_rank, "; ")), "."]) if by_rank else ""
    moved = sentence("overview.lead_changes", lang, title=changes.title) if changes is not None else ""
    return sentences(first, moved)


def _planned(book: Yearbook, year: int, lang: str) -> Sentence:
    """The plans of a year that has nothing else: a report of tasks is no empty store."""
    said = [
        joined([words.lead_lower(row.short(lang)), _plan_said(plans[0], Ref(unit, year, row.id), row, lang)], " ")
        for row in book.catalogue.headline()
        for unit in book.units
        if (plans := book.plans(row.id, unit, year))
    ]
    return sentence("overview.lead_planned", lang, plans=joined(said, "; ")) if said else Sentence()


def _plan_said(plan: Plan, ref: Ref, row: Indicator, lang: str) -> Said:
    printed = words.format_value(plan.value, row.unit, lang)
    return Said(printed, (ref._replace(scenario="plan", basis=plan.basis),), str(plan.value))


def _counts(book: Yearbook, rows: Sequence[tuple[Series, Point]], year: int, lang: str) -> tuple[StateCount, ...]:
    """Each state that occurs; the four of a plan are printed even at 0 once enough were judged."""
    states = [point.status.state for _, point in rows]
    model = rows[0][0].indicator if rows else None
    any_judged = sum(state in JUDGED for state in states) >= ENOUGH_TO_COUNT
    return tuple(
        StateCount(state, states.count(state), text(f"status.{state}", lang), _rule(book, state, model, year, lang))
        for state in STATES
        if states.count(state) or (any_judged and state in JUDGED)
    )


def _rule(book: Yearbook, state: str, model: Indicator, year: int, lang: str) -> str:
    if state == "no_data" and book.merger is not None:
        return text("boundary.rule_no_data", lang, year=year)
    return words.rule_word(state, model, lang, year)


def _beyond(catalogue: Catalogue, known: Sequence[tuple[Series, Point]], lang: str) -> str:
    """The headline figures that have neither a tile nor a list of gaps to stand in."""
    facts = [fact(catalogue, series.indicator, point, lang) for series, point in known[MOST_TILES:]]
    return text("overview.beyond", lang, facts="; ".join(facts)) if facts else ""


def _source(book: Yearbook, points: Sequence[Point], lang: str) -> str:
    """The reports, that their figures are the approved ones, and the day the newest of all was stored."""
    return " · ".join(said for said in (words.source_words(points, lang), words.as_of_words(book, lang)) if said)

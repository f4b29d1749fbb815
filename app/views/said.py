"""The numbers of a sentence, each with the stored figures it rests on."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from app.views import words
from core.catalogue import Catalogue, Indicator
from core.figures import Ref
from core.sentences import Said, Sentence, joined, within
from core.series import Point
from core.status import JUDGED
from core.vi.format import Scale


def value_refs(catalogue: Catalogue, row: Indicator, point: Point) -> tuple[Ref, ...]:
    """What a point's value was read from; for a share the count it is worked out of, for an attainment both sides."""
    if point.made_of:
        return tuple(Ref.parse(word) for word in point.made_of.split())
    if point.value is None:
        return _printed_refs(catalogue, row, point)
    if point.method == "computed" and row.rate_of:
        return (_ref(point, row.rate_of, point.scenario),)
    if point.method == "computed" and row.attainment_of:
        plan = _ref(point, row.attainment_of, "plan", point.status.basis)
        return (_ref(point, row.attainment_of, point.scenario), plan)
    return (_ref(point, row.id, point.scenario, point.status.basis if row.attainment_of else ""),)


def plan_refs(catalogue: Catalogue, row: Indicator, point: Point) -> tuple[Ref, ...]:
    """What a point's plan was read from; nothing where it has none."""
    if point.plan is None or point.made_of:
        return ()
    name = catalogue.rate_of(row.id) if point.plan.as_rate else row.id
    return (_ref(point, name, "plan", point.plan.basis),)


def judged_refs(catalogue: Catalogue, row: Indicator, point: Point) -> tuple[Ref, ...]:
    """Everything a point's state was decided from: its value and plan, or the attainment a report prints."""
    if point.status.method == "reported":
        own = value_refs(catalogue, row, point) if point.value is not None else ()
        return (*_printed_refs(catalogue, row, point), *own)
    return (*value_refs(catalogue, row, point), *plan_refs(catalogue, row, point))


def value_said(catalogue: Catalogue, row: Indicator, point: Point, lang: str, scale: Scale | None = None) -> str | Said:
    """A point's value as words.value_words prints it."""
    printed = words.value_words(row, point, lang, scale)
    if point.value is None:
        return attained_said(catalogue, row, point, lang) or printed
    return Said(printed, value_refs(catalogue, row, point), _exact(point))


def attained_said(catalogue: Catalogue, row: Indicator, point: Point, lang: str) -> Sentence:
    """The attainment as words.attainment_words prints it, its number linked; empty where that is empty."""
    refs = judged_refs(catalogue, row, point)
    if row.attainment_of:
        refs = value_refs(catalogue, row, point)
    elif point.status.method == "reported":
        refs = _printed_refs(catalogue, row, point)
    said = words.attainment_words(row, point, lang)
    return within(said, words.attained(point.status, row, lang), refs, str(point.status.attainment))


def percent_said(catalogue: Catalogue, row: Indicator, point: Point, lang: str) -> Said:
    """The attainment as a bare percentage."""
    refs = (
        _printed_refs(catalogue, row, point)
        if point.status.method == "reported"
        else judged_refs(catalogue, row, point)
    )
    return Said(words.attained(point.status, row, lang), refs, str(point.status.attainment))


def gap_said(catalogue: Catalogue, row: Indicator, point: Point, printed: str) -> Said:
    """A gap to plan in words that were printed from it."""
    return Said(printed, judged_refs(catalogue, row, point), str(point.status.gap))


def count_said(number: object, refs: Iterable[Ref]) -> Said:
    """How many of some figures, or the sum of awards: the number rests on all of them."""
    return Said(str(number), tuple(dict.fromkeys(refs)), str(number))


def judged_of(catalogue: Catalogue, rows: Iterable[tuple[Indicator, Point]]) -> tuple[Ref, ...]:
    """What the states of several points were decided from, each once."""
    found = [ref for row, point in rows if point.status.state in JUDGED for ref in judged_refs(catalogue, row, point)]
    return tuple(dict.fromkeys(found))


def sentences(*said: str) -> Sentence:
    """Whole sentences one behind another."""
    return joined(said, " ")


def _printed_refs(catalogue: Catalogue, row: Indicator, point: Point) -> tuple[Ref, ...]:
    name = catalogue.attainment_of(row.id)
    if point.status.attainment is None or name is None or point.status.method != "reported":
        return ()
    return (_ref(point, name, "", point.status.basis),)


def _ref(point: Point, indicator: str, scenario: str, basis: str = "") -> Ref:
    return Ref(point.unit, point.year, indicator, period=point.period, scenario=scenario, basis=basis)


def _exact(point: Point) -> str:
    of = f"/{_plain(point.of)}" if point.of is not None else ""
    return f"{point.hedge} {_plain(point.value)}{of}".strip()


def _plain(number: Decimal) -> str:
    return format(number, "f")

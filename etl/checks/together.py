"""Rules that several figures keep or break together: quotients, sums, lists against their counts.

What is already stored takes part; a remark is made where at least one of them is the report's own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from functools import partial

from core.catalogue import Indicator
from core.figures import Figure
from core.quotients import agreeing
from etl.checks.case import Breaks, Broken, Case, exact_words, number_words, rounding

TOTALS = {"budget_revenue_line": "budget_revenue_own", "budget_expenditure_line": "budget_expenditure"}
KIN = (  # what the rules below set against each other, rates and attainments apart
    *TOTALS.items(),
    ("budget_expenditure", "budget_revenue_own"),
    ("cultural_groups", "cultural_group_title"),
)
HIGHER_TITLES = {"title_individuals_ldtt": "title_individuals_cstdcs"}  # given to some of those who hold the lower one


def _exact(*figures: Figure) -> bool:
    """Whether nothing is said roughly: "hơn 8 tỷ" proves no other number wrong."""
    return not any(figure.hedge for figure in figures)


def _slack(*amounts: Figure) -> Decimal:
    """How far amounts may be apart by their rounding alone."""
    return sum((rounding(figure, "vnd") for figure in amounts), Decimal(0)) / 2


def rate_and_count(case: Case) -> Breaks:
    """A printed rate agrees with its count and whole."""
    for printed in case.known:
        if case.indicator(printed).rate_of:
            name = case.indicator(printed).rate_of
            count = case.find(printed, name, scenario=printed.scenario, basis=printed.basis)
            if count and count.of is not None and _exact(count, printed):
                yield from _disagreeing(case, printed, count, count.of)


def attainment(case: Case) -> Breaks:
    """A printed attainment agrees with value and plan."""
    for printed in case.known:
        if name := case.indicator(printed).attainment_of:
            value = case.find(printed, name, scenario=printed.scenario)
            plan = case.find(printed, name, scenario="plan", basis=printed.basis)
            if value and plan and _exact(value, plan, printed):
                yield from _disagreeing(case, printed, value, plan.value, plan)


def _disagreeing(case: Case, printed: Figure, top: Figure, bottom: Decimal, *plan: Figure) -> Iterator[Broken]:
    """A printed percentage outside the interval that the rounding of percentage, value and plan allows."""
    unit = case.indicator(top).unit
    steps = {"top_step": rounding(top, unit), "bottom_step": sum((rounding(each, unit) for each in plan), Decimal(0))}
    allowed = agreeing(printed.value, top.value, bottom, **steps)
    if allowed is not None and not allowed.holds(printed.value):
        words = partial(exact_words, unit=unit) if unit == "vnd" else number_words
        said = {"computed": number_words(top.value / bottom * 100, 1), "top": words(top.value), "bottom": words(bottom)}
        yield Broken("percent", printed, said, (top, *plan))


def groups_and_count(case: Case) -> Breaks:
    """The groups listed by name agree with the number that is given of them."""
    rows: dict[tuple, list[Figure]] = defaultdict(list)
    for figure in case.known:
        if figure.indicator == "cultural_group_title":
            rows[figure.unit, figure.year].append(figure)
    for (unit, year), members in rows.items():
        totals = case.by_slot.get((unit, "cultural_groups", "", year, "year"), ())
        total = next((figure for figure in totals if figure.scenario != "plan"), None)
        reached = sum(member.value for member in members)
        if total is None or not _exact(total):
            continue
        if total.of is not None and len(members) < total.of and reached <= total.value:  # the list goes on
            continue
        if reached != total.value or (total.of is not None and total.of != len(members)):
            yield Broken("groups_and_count", total, {"reached": reached, "groups": len(members)}, tuple(members))


def parts_of_total(case: Case) -> Breaks:
    """The lines of a budget do not add up to more than their total."""
    lines = case.catalogue.lines
    parts: dict[tuple, list[Figure]] = defaultdict(list)
    for figure in case.known:
        if figure.indicator in TOTALS and figure.member in lines:
            parts[(*figure.key[:2], lines[figure.member].parent, *figure.key[3:])].append(figure)
    for (unit, indicator, parent, *rest), rows in parts.items():
        name, member = (indicator, parent) if parent else (TOTALS[indicator], "")
        total = case.by_key.get((unit, name, member, *rest))
        added = sum(row.value for row in rows)
        if total is not None and _exact(total, *rows) and added - total.value > _slack(total, *rows):
            yield Broken("parts_of_total", total, {"added": exact_words(added, "vnd")}, tuple(rows))


def spending_within_revenue(case: Case) -> Breaks:
    """A ward's final account does not spend more than it received."""
    for spent in case.known:
        if spent.indicator == "budget_expenditure" and spent.scenario == "final":
            received = case.find(spent, "budget_revenue_own", scenario="final")
            if received and _exact(spent, received) and spent.value - received.value > _slack(spent, received):
                yield Broken(
                    "spending_within_revenue", spent, {"revenue": exact_words(received.value, "vnd")}, (received,)
                )


def parts_of_awards(case: Case) -> Breaks:
    """Awards of single levels are no more than all; a title is borne by no more than the title it presupposes."""
    for total in case.known:
        row = case.indicator(total)
        if row.family != "awards" or not _exact(total):
            continue
        higher = case.find(total, HIGHER_TITLES.get(row.id, ""))
        if higher and _exact(higher) and higher.value > total.value:
            yield Broken("titles_within", higher, {"lower": row.names, "most": number_words(total.value)}, (total,))
        parts = () if row.honour or row.level else tuple(_of_levels(case, total, row))
        added = sum(part.value for part in parts)
        if added > total.value:
            yield Broken("levels_of_awards", total, {"added": number_words(added)}, parts)


def _of_levels(case: Case, total: Figure, row: Indicator) -> Iterator[Figure]:
    for other in case.catalogue.family("awards"):
        if other.level and not other.honour and other.recipient == row.recipient:
            found = case.find(total, other.id, scenario=total.scenario)
            if found is not None and _exact(found):
                yield found


def register_and_totals(case: Case) -> Breaks:
    """The award register adds up to the totals that are given of it."""
    for figure in case.known:
        row = case.indicator(figure)
        if row.family != "awards" or figure.period != "year" or not (row.recipient and _exact(figure)):
            continue
        rows = tuple(
            award for award in case.register
            if (award.unit, award.year, award.recipient) == (figure.unit, figure.year, row.recipient)
            and row.level in ("", award.level) and row.honour in ("", award.honour)
        )  # fmt: skip
        counted = sum(award.count for award in rows)
        if rows and counted != figure.value:
            yield Broken("register_and_totals", figure, {"counted": counted}, rows)

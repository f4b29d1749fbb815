"""Rules a report's figures must keep; a broken rule is named with the place of the figures that break it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from core.catalogue import Catalogue
from core.errors import Fault
from core.figures import Award, Figure
from core.vi.format import format_value
from etl.checks import single, together
from etl.checks.case import Breaks, Broken, Case, Item

SEVERITIES = ("error", "question", "notice")


@dataclass(frozen=True, slots=True)
class Finding:
    """A broken rule: an error keeps the file out, a question is shown beside the figures, a notice only told.

    `item` is the report's own figure or award beside which it is said.
    """

    rule: str
    severity: str
    fault: Fault
    item: Item


def check(
    figures: Iterable[Figure],
    awards: Iterable[Award],
    catalogue: Catalogue,
    today: date,
    history: Iterable[Item] = (),
) -> list[Finding]:
    """Every rule these figures and awards break, worst first.

    `history` is what the store knows of the same units (etl.run.standing): it takes part in the rules as the other
    half of a quotient or a sum and as a figure's own past, and is not itself complained about.
    """
    case = Case(tuple(figures), tuple(awards), catalogue, today, tuple(history))
    findings = [
        Finding(rule.id, rule.severity, _fault(broken, beside, case), beside)
        for rule in RULES
        for broken in rule.broken(case)
        if (beside := case.beside(broken)) is not None
    ]
    return sorted(findings, key=lambda finding: SEVERITIES.index(finding.severity))


def indicators_beside(figures: Iterable[Figure], awards: Iterable[Award], catalogue: Catalogue) -> set[str]:
    """The indicators that take part in a rule together with one of these figures or awards, their own among them."""
    names = {figure.indicator for figure in figures}
    if any(True for _ in awards):
        names |= {row.id for row in catalogue.family("awards")}
    kin = [
        *((row.id, row.rate_of) for row in catalogue.indicators.values() if row.rate_of),
        *((row.id, row.attainment_of) for row in catalogue.indicators.values() if row.attainment_of),
        *together.KIN,
    ]
    return names.union(*(pair for pair in kin if names & set(pair)))


def _fault(broken: Broken, beside: Item, case: Case) -> Fault:
    item = broken.item
    if isinstance(item, Figure):
        row = case.indicator(item)
        said = {"label": row.name("vi"), "value": format_value(item.value, row.unit, "vi", of=item.of)}
    else:
        said = {"label": case.catalogue.honours[item.honour].name("vi"), "value": item.count}
    where = beside.origin.place if beside.origin else ""
    return Fault(f"checks.{broken.name}", where, {"year": item.year, **said, **broken.params})


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its id is the name of its sentence in data/texts/checks.toml."""

    id: str
    severity: str
    broken: Callable[[Case], Breaks]


RULES = (
    Rule("bounds", "error", single.bounds),
    Rule("whole", "error", single.whole),
    Rule("part_of_whole", "error", single.part_of_whole),
    Rule("year", "error", single.year),
    Rule("unit", "error", single.unit),
    Rule("honour", "error", single.honour),
    Rule("rate_and_count", "question", together.rate_and_count),
    Rule("attainment", "question", together.attainment),
    Rule("groups_and_count", "question", together.groups_and_count),
    Rule("parts_of_total", "question", together.parts_of_total),
    Rule("spending_within_revenue", "question", together.spending_within_revenue),
    Rule("register_and_totals", "question", together.register_and_totals),
    Rule("competence", "question", single.competence),
    Rule("plan_basis", "notice", single.plan_basis),
    Rule("before_unit", "notice", single.before_unit),
    Rule("fraction", "notice", single.fraction),
)

"""Rules a report's figures must keep (rows of data/rules.toml); a broken one is named with the figures' place."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from core.catalogue import Catalogue
from core.errors import Fault
from core.figures import Award, Figure
from core.texts import text
from etl.checks import jump, single, together
from etl.checks.case import Broken, Case, Item, both
from etl.checks.rows import SEVERITIES, Rule, load_rules
from etl.said import figure_name, said, value_words, when_words

FUNCTIONS = (
    single.whole, single.amount, single.bounds, single.fraction, single.part_of_whole, single.plan_basis, single.honour,
    single.competence, single.year, single.unit, single.before_unit, together.parts_of_total,
    together.spending_within_revenue, together.groups_and_count, together.rate_and_count, together.attainment,
    together.register_and_totals, together.parts_of_awards, jump.jump,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Finding:
    """A broken rule: an error keeps the file out, a question is shown beside the figures, a notice only told.

    `item` is the report's own figure or award beside which it is said.
    """

    rule: str
    severity: str
    fault: Fault
    item: Item


def all_rules() -> tuple[Rule, ...]:
    """Every rule with its row, in the order of data/rules.toml; FaultError where a row is not complete."""
    return load_rules(FUNCTIONS)


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
        for rule in all_rules()
        for broken in rule.broken(case)
        if (beside := case.beside(broken)) is not None
    ]
    return sorted(findings, key=lambda finding: SEVERITIES.index(finding.severity))


def indicators_beside(figures: Collection[Figure], awards: Collection[Award], catalogue: Catalogue) -> set[str]:
    """The indicators that take part in a rule together with one of these figures or awards, their own among them."""
    names = {figure.indicator for figure in figures}
    if awards or any(catalogue.indicators[name].family == "awards" for name in names):
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
        words = {
            "name": both(lambda lang: figure_name(item, case.catalogue, lang)),
            "label": both(lambda lang: _label(item, case, lang)),
            "value": both(lambda lang: value_words(item.value, row.unit, lang, item.of)),
            "when": both(lambda lang: when_words(item.period, item.year, lang)),
        }
    else:
        words = {
            "label": case.catalogue.honours[item.honour].names,
            "value": item.count,
            "when": both(lambda lang: when_words("year", item.year, lang)),
        }
    where = beside.origin.place if beside.origin else ""
    return Fault(f"checks.{broken.name}", where, {"year": item.year, **words, **broken.params})


def _label(figure: Figure, case: Case, lang: str) -> str:
    """Its name, with all that tells it from another of the same name: "(kế hoạch, HĐND quyết định, đã lưu)"."""
    told = [
        "" if figure.scenario == "actual" else said(f"scenario_{figure.scenario}", lang).lower(),
        "" if figure.basis in ("", "unstated") else said(f"basis_{figure.basis}", lang),
        "" if figure.key in case.own else text("checks.stored", lang),
    ]
    name = figure_name(figure, case.catalogue, lang)
    return f"{name} ({', '.join(filter(None, told))})" if any(told) else name

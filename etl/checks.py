"""Rules a report's figures must keep; a broken rule is named with the place of the figures that break it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from core.catalogue import Catalogue, Indicator
from core.errors import Fault
from core.figures import Award, Figure
from core.quotients import agreeing, step_of
from core.vi.format import format_value
from core.vi.numbers import format_number

SEVERITIES = ("error", "question", "notice")
_FIRST_YEAR = 1986
_YEARS_AHEAD = 6  # a plan may reach to the end of a five-year term
_FULL = Decimal(100)


@dataclass(frozen=True, slots=True)
class Finding:
    """A broken rule: an error keeps the file out, a question is shown beside the figures, a notice only told."""

    rule: str
    severity: str
    fault: Fault


@dataclass(frozen=True)
class Case:
    """What the rules look at: one report's figures and awards, the catalogue, and the day of reading."""

    figures: tuple[Figure, ...]
    awards: tuple[Award, ...]
    catalogue: Catalogue
    today: date
    by_slot: dict[tuple, list[Figure]] = field(default_factory=dict)

    def indicator(self, figure: Figure) -> Indicator:
        """A figure's row in the catalogue."""
        return self.catalogue.indicators[figure.indicator]

    def find(self, like: Figure, indicator: str, **other: object) -> Figure | None:
        """The figure of another indicator with the same unit, member, year and period."""
        slot = (like.unit, indicator, like.member, like.year, like.period)
        return next((f for f in self.by_slot.get(slot, ()) if all(getattr(f, k) == v for k, v in other.items())), None)


Broken = Iterator[Fault]


def check(figures, awards, catalogue: Catalogue, today: date) -> list[Finding]:
    """Every rule these figures and awards break, worst first."""
    case = Case(tuple(figures), tuple(awards), catalogue, today)
    for figure in case.figures:
        slot = (figure.unit, figure.indicator, figure.member, figure.year, figure.period)
        case.by_slot.setdefault(slot, []).append(figure)
    findings = [Finding(rule.id, rule.severity, fault) for rule in RULES for fault in rule.broken(case)]
    return sorted(findings, key=lambda finding: SEVERITIES.index(finding.severity))


def _fault(name: str, figure: Figure | Award, case: Case, **params: object) -> Fault:
    if isinstance(figure, Figure):
        row = case.indicator(figure)
        params = {"label": row.name("vi"), "value": format_value(figure.value, row.unit, "vi", of=figure.of), **params}
    else:
        params = {"label": case.catalogue.honours[figure.honour].name("vi"), "value": figure.count, **params}
    return Fault(f"checks.{name}", figure.origin.place if figure.origin else "", {"year": figure.year, **params})


def _bounds(case: Case) -> Broken:
    for figure in case.figures:
        low, high = case.indicator(figure).bounds
        if (low is not None and figure.value < low) or (high is not None and figure.value > high):
            limits = [format_number(limit) if limit is not None else "" for limit in (low, high)]
            yield _fault("bounds", figure, case, low=limits[0], high=limits[1] or "…")


def _whole(case: Case) -> Broken:
    for figure in case.figures:
        counted = case.indicator(figure).unit not in ("vnd", "percent")
        if counted and (figure.value % 1 or (figure.of is not None and figure.of % 1)):
            yield _fault("whole", figure, case)


def _part_of_whole(case: Case) -> Broken:
    for figure in case.figures:
        rate = case.catalogue.rate_of(figure.indicator)
        exceeds = rate is not None and case.catalogue.indicators[rate].kind != "share"  # a quota may be exceeded
        if figure.of is not None and figure.value > figure.of and not exceeds:
            yield _fault("part_of_whole", figure, case, of=format_number(figure.of))


def _step(figure: Figure, unit: str) -> Decimal:
    return step_of(figure.value, unit, figure.origin.rule if figure.origin else "")


def _quotients(case: Case) -> Iterator[tuple[Figure, Figure, Decimal, Decimal, Decimal]]:
    """Printed percentages with what they are a percentage of: printed, top, bottom and the roundings of the two."""
    for printed in case.figures:
        row = case.indicator(printed)
        if row.attainment_of:
            value = case.find(printed, row.attainment_of, scenario=printed.scenario)
            plan = case.find(printed, row.attainment_of, scenario="plan", basis=printed.basis)
            if value and plan and not (value.hedge or plan.hedge or printed.hedge):
                unit = case.indicator(value).unit
                yield printed, value, plan.value, _step(value, unit), _step(plan, unit)
        elif row.rate_of:
            count = case.find(printed, row.rate_of, scenario=printed.scenario, basis=printed.basis)
            if count and count.of is not None and not (count.hedge or printed.hedge):
                yield printed, count, count.of, Decimal(0), Decimal(0)


def _percent(case: Case, attainment: bool) -> Broken:
    """A printed percentage outside the interval that the rounding of percentage, value and plan allows."""
    for printed, top, bottom, top_step, bottom_step in _quotients(case):
        if bool(case.indicator(printed).attainment_of) != attainment:
            continue
        allowed = agreeing(printed.value, top.value, bottom, top_step=top_step, bottom_step=bottom_step)
        if allowed is not None and not allowed.holds(printed.value):
            computed = format_number(top.value / bottom * 100, 1)
            yield _fault(
                "percent", printed, case, computed=computed, top=format_number(top.value), bottom=format_number(bottom)
            )


def _groups_and_count(case: Case) -> Broken:
    rows: dict[tuple, list[Figure]] = defaultdict(list)
    for figure in case.figures:
        if figure.indicator == "cultural_group_title":
            rows[figure.unit, figure.year].append(figure)
    for (unit, year), members in rows.items():
        totals = case.by_slot.get((unit, "cultural_groups", "", year, "year"), ())
        total = next((figure for figure in totals if figure.scenario != "plan"), None)
        reached = sum(member.value for member in members)
        if total is None or (total.of is not None and len(members) < total.of and reached <= total.value):
            continue
        if reached != total.value or (total.of is not None and total.of != len(members)):
            yield _fault("groups_and_count", total, case, reached=reached, groups=len(members))


def _parts_of_total(case: Case) -> Broken:
    lines = case.catalogue.lines
    totals = {"budget_revenue_line": "budget_revenue_own", "budget_expenditure_line": "budget_expenditure"}
    parts: dict[tuple, list[Figure]] = defaultdict(list)
    for figure in case.figures:
        if figure.indicator in totals and figure.member in lines:
            parts[(*figure.key[:2], lines[figure.member].parent, *figure.key[3:])].append(figure)
    for (unit, indicator, parent, year, period, scenario, basis), rows in parts.items():
        name, member = (indicator, parent) if parent else (totals[indicator], "")
        key = (unit, name, member, year, period, scenario, basis)
        total = next((figure for figure in case.figures if figure.key == key), None)
        added = sum(row.value for row in rows)
        slack = sum(_step(row, "vnd") for row in rows) / 2
        if total is not None and added - total.value > slack + _step(total, "vnd") / 2:
            yield _fault("parts_of_total", total, case, added=format_value(added, "vnd", "vi"))


def _spending_within_revenue(case: Case) -> Broken:
    for spent in case.figures:
        if spent.indicator == "budget_expenditure" and spent.scenario == "final":
            received = case.find(spent, "budget_revenue_own", scenario="final")
            if received and spent.value > received.value:
                yield _fault("spending_within_revenue", spent, case, revenue=format_value(received.value, "vnd", "vi"))


def _plan_basis(case: Case) -> Broken:
    for figure in case.figures:
        if figure.scenario == "plan" and figure.basis == "unstated" and not figure.member:
            yield _fault("plan_basis", figure, case)


def _fraction(case: Case) -> Broken:
    for figure in case.figures:
        row = case.indicator(figure)
        against_plan = row.attainment_of and figure.value <= 3
        whole_share = row.kind == "share" and row.polarity == "higher" and figure.value <= 1
        if figure.value > 0 and (against_plan or whole_share):
            yield _fault("fraction", figure, case, times=format_number(figure.value * 100))


def _year(case: Case) -> Broken:
    for item in (*case.figures, *case.awards):
        planned = isinstance(item, Figure) and item.scenario == "plan"
        if not _FIRST_YEAR <= item.year <= case.today.year + (_YEARS_AHEAD if planned else 0):
            yield _fault("year", item, case, first=_FIRST_YEAR, today=case.today.year)


def _unit(case: Case) -> Broken:
    known = case.catalogue.places.by_key
    told = set()
    for item in (*case.figures, *case.awards):
        if item.unit is None or (item.unit, item.year) in told:
            continue
        told.add((item.unit, item.year))
        if item.unit not in known:
            yield _fault("unit_unknown", item, case, code=f"{item.unit.code}@{item.unit.valid_from}")
        elif (unit := known[item.unit]).valid_to and unit.valid_to.year < item.year:
            yield _fault("unit_dates", item, case, unit=unit.name, begins=unit.valid_from, ends=unit.valid_to)


def _before_unit(case: Case) -> Broken:
    """A new unit restates the past of its territory: allowed, and said."""
    known = case.catalogue.places.by_key
    each = {(item.unit, item.year): item for item in (*case.figures, *case.awards) if item.unit in known}
    for (key, year), item in each.items():
        if year < (unit := known[key]).valid_from.year:
            yield _fault("before_unit", item, case, unit=unit.name, begins=unit.valid_from)


def _honour(case: Case) -> Broken:
    for award in case.awards:
        honour = case.catalogue.honours[award.honour]
        if award.level not in honour.levels:
            yield _fault("honour_level", award, case, level=case.catalogue.levels[award.level]["vi"])
        if award.recipient not in honour.recipients:
            yield _fault("honour_recipient", award, case, recipient=award.recipient)


def _competence(case: Case) -> Broken:
    for award in case.awards:
        grantors = case.catalogue.honours[award.honour].grantors
        day = award.decision_date
        named = [row for row in grantors if row["level"] == award.level]
        open_then = [row for row in named if day and row["from"] <= day and (not row.get("to") or day <= row["to"])]
        if day and named and not open_then:
            yield _fault(
                "competence", award, case, level=case.catalogue.levels[award.level]["vi"], day=day.strftime("%d/%m/%Y")
            )


def _register_and_totals(case: Case) -> Broken:
    for figure in case.figures:
        row = case.indicator(figure)
        if row.family != "awards" or figure.period != "year" or not row.recipient:
            continue
        rows = [
            award for award in case.awards
            if (award.unit, award.year, award.recipient) == (figure.unit, figure.year, row.recipient)
            and row.level in ("", award.level) and row.honour in ("", award.honour)
        ]  # fmt: skip
        counted = sum(award.count for award in rows)
        if rows and counted != figure.value:
            yield _fault("register_and_totals", figure, case, counted=counted)


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its id is the name of its sentence in data/texts/checks.toml."""

    id: str
    severity: str
    broken: Callable[[Case], Broken]


RULES = (
    Rule("bounds", "error", _bounds),
    Rule("whole", "error", _whole),
    Rule("part_of_whole", "error", _part_of_whole),
    Rule("year", "error", _year),
    Rule("unit", "error", _unit),
    Rule("honour", "error", _honour),
    Rule("rate_and_count", "question", lambda case: _percent(case, attainment=False)),
    Rule("attainment", "question", lambda case: _percent(case, attainment=True)),
    Rule("groups_and_count", "question", _groups_and_count),
    Rule("parts_of_total", "question", _parts_of_total),
    Rule("spending_within_revenue", "question", _spending_within_revenue),
    Rule("register_and_totals", "question", _register_and_totals),
    Rule("competence", "question", _competence),
    Rule("plan_basis", "notice", _plan_basis),
    Rule("before_unit", "notice", _before_unit),
    Rule("fraction", "notice", _fraction),
)

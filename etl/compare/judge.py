"""Whether a claim agrees with the store: the same key, the same value as printed, and the same state of its plan."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from itertools import product

from core.catalogue import Indicator
from core.figures import Figure
from core.status import GOOD, status, status_of_attainment
from etl.compare.claims import Claim
from etl.compare.known import Evidence, Known

AGREES, DIFFERS, UNKNOWN = "agrees", "differs", "unknown"
MARKS = (AGREES, DIFFERS, UNKNOWN)
_TRUE_SIDE = ("over", "nearly")  # they say on which side of the number the value is, and that is checked
Fits = Callable[[Evidence], str]  # the mark that one stored value alone would give
_SCENARIOS = {"actual": ("actual", "final"), "final": ("final",), "estimate": ("estimate",)}
_THOUSAND = 1000  # "9.700 triệu": a point groups thousands
_HUNDRED = 100  # "vượt 142 %" may be 142 or 242 % of the plan
_CLOSE = Fraction(5, 100)  # how far "gần", "hơn" and "khoảng" may reach, of the number said


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was decided of one number, why, and what the store says.

    `mark` is one of MARKS; `reason` a code ("" where it agrees, or simply differs); `evidence` the stored values set
    against it.
    """

    mark: str
    reason: str = ""
    evidence: tuple[Evidence, ...] = ()


def judge(claim: Claim | None, known: Known) -> Verdict:
    """The mark of one number."""
    if claim is None:
        return Verdict(UNKNOWN, "not_understood")
    if claim.doubt:
        return Verdict(UNKNOWN, claim.doubt)
    if any(figure.unit not in known.catalogue.places.by_key for figure in claim.figures):
        return Verdict(UNKNOWN, "not_stored")
    verdicts = [_judged(replace(claim, figures=(figure,)), known) for figure in claim.figures]
    marks = {verdict.mark for verdict in verdicts}
    if len(marks) == 1:
        every = tuple(dict.fromkeys(each for verdict in verdicts for each in verdict.evidence))
        return replace(verdicts[0], evidence=every)
    if AGREES in marks:  # one number said against two plans holds for one of them only
        return Verdict(UNKNOWN, "several", tuple(each for verdict in verdicts for each in verdict.evidence))
    return next(verdict for verdict in verdicts if verdict.mark == DIFFERS)


def _judged(claim: Claim, known: Known) -> Verdict:
    verdict = _JUDGES[claim.kind](claim, known)
    if not claim.bare or verdict.mark != DIFFERS:
        return verdict
    in_points = verdict.reason == "points" and any(_matches(claim, each.value) for each in verdict.evidence)
    return verdict if in_points else Verdict(UNKNOWN, "against_unstated", verdict.evidence)


def _value(claim: Claim, known: Known) -> Verdict:
    figure = claim.figure
    row = known.catalogue.indicators[figure.indicator]
    if row.attainment_of:
        return _attainment(claim, known, row)
    if figure.scenario == "plan":
        return _plan(claim, known, row)
    wanted = _recomputed_shares(known.values(figure, _SCENARIOS[figure.scenario]))
    others = _recomputed_shares(known.values(figure))
    if claim.paper and row.family == "awards" and not row.honour:
        wanted, others = known.papers(wanted), known.papers(others)
    fits = _fits_value(claim, known, row)
    if not wanted and others:
        return _otherwise_done(others, fits)
    verdict = _weighed(claim, wanted, fits)
    honoured = verdict.mark == DIFFERS and row.family == "awards" and not row.honour
    if honoured and any(fits(each) == AGREES for each in known.papers(wanted, told=True)):
        return Verdict(UNKNOWN, "titles", verdict.evidence)
    return _reconsidered(verdict, claim, known, others, fits)


def _reconsidered(verdict: Verdict, claim: Claim, known: Known, others: Sequence[Evidence], fits: Fits) -> Verdict:
    """A difference that is none for another kind of the figure, or another revenue, where the draft names neither."""
    if verdict.mark != DIFFERS or verdict.reason:
        return verdict
    if claim.figure.scenario == "actual" and any(fits(each) == AGREES for each in others):
        return Verdict(UNKNOWN, "scenario", (*verdict.evidence, *others))
    if "scope_unstated" in claim.figure.flags and _own_revenue_fits(claim, known):
        return Verdict(UNKNOWN, "scope", verdict.evidence)
    return verdict


def _own_revenue_fits(claim: Claim, known: Known) -> bool:
    """Whether a bare "thu ngân sách" is what the ward keeps, where it is not what was collected on its territory."""
    said, rows = known.catalogue.indicators[claim.figure.indicator], known.catalogue.indicators.values()
    own_rows = [row for row in rows if row.scope == "own" and not row.member_kind]
    row = next((row for row in own_rows if (row.flow, row.kind) == (said.flow, said.kind)), None)
    if row is None:
        return False
    own = replace(claim.figure, indicator=row.id)
    found = known.attainments(own, ()) if row.attainment_of else known.values(own)
    return any(_matches(claim, each.value) for each in found)


def _plan(claim: Claim, known: Known, row: Indicator) -> Verdict:
    figure = claim.figure
    every = known.plans(figure)
    bare = figure.basis in ("", "unstated")
    wanted = [each for each in every if bare or each.figure.basis == figure.basis]
    fits = _fits_plan(claim, known, row)
    if not wanted and every:
        return _only_elsewhere(every, fits, "basis")
    return _weighed(claim, wanted, fits)


def _attainment(claim: Claim, known: Known, row: Indicator) -> Verdict:
    figure = claim.figure
    scenarios = _SCENARIOS[figure.scenario]
    bases = () if figure.basis in ("", "unstated") else (figure.basis,)
    wanted = known.attainments(figure, scenarios, bases)
    base = known.catalogue.indicators[row.attainment_of]

    def fits(evidence: Evidence) -> str:
        if not _matches(claim, evidence.value):
            return DIFFERS
        stored, said = (
            status_of_attainment(base, each, evidence.figure.basis, "reported").state
            for each in (_decimal(evidence.value), claim.values[0])
        )
        return AGREES if claim.hedge in _TRUE_SIDE else _of_states(stored, said)

    if not wanted:
        if bases and (elsewhere := known.attainments(figure, scenarios)):
            return _only_elsewhere(elsewhere, fits, "basis")
        others = known.attainments(figure, (), bases)
        if others:
            return _otherwise_done(others, fits)
    others = _recomputed(known.attainments(figure, (), bases))
    return _reconsidered(_weighed(claim, _recomputed(wanted), fits), claim, known, others, fits)


def _recomputed(found: Sequence[Evidence]) -> list[Evidence]:
    """The evidence with a printed percentage left out where it can be worked out anew from its own value and plan."""
    anew = {(each.figure.scenario, each.figure.basis) for each in found if each.computed}
    return [each for each in found if each.computed or (each.figure.scenario, each.figure.basis) not in anew]


def _otherwise_done(others: Sequence[Evidence], fits: Fits) -> Verdict:
    """The store knows the figure as another kind only: an estimate of what the draft calls done, or the reverse."""
    same = any(fits(each) != DIFFERS for each in others)
    return Verdict(UNKNOWN, "scenario", tuple(others)) if same else Verdict(DIFFERS, "", tuple(others))


def _only_elsewhere(found: Sequence[Evidence], fits: Fits, reason: str) -> Verdict:
    """The store knows the figure of other plans only: a number that is one of theirs is said of the wrong one."""
    same = tuple(each for each in found if each.figure.basis != "unstated" and fits(each) != DIFFERS)
    return Verdict(DIFFERS, reason, same) if same else Verdict(UNKNOWN, reason, tuple(found))


def _of(claim: Claim, known: Known) -> Verdict:
    """A denominator against the stored one of its own kind; a stored plan of that number is no whole, and asked about.

    The whole of a plan is not that of a result: groups are added and merged between the two.
    """
    planned = claim.figure.scenario == "plan"
    held = known.plans(claim.figure) if planned else known.values(claim.figure, _SCENARIOS[claim.figure.scenario])
    wanted = [
        replace(each, value=Fraction(each.figure.of))
        for each in held
        if each.figure.of is not None and not each.computed
    ]
    verdict = _weighed(claim, wanted, lambda each: AGREES if each.value == Fraction(claim.values[0]) else DIFFERS)
    if verdict.mark == DIFFERS and any(each.value == Fraction(claim.values[0]) for each in known.plans(claim.figure)):
        return Verdict(UNKNOWN, "plan_as_whole", verdict.evidence)
    return verdict


def _change(claim: Claim, known: Known) -> Verdict:
    """A change since another year, worked out anew from the two stored values."""
    figure = claim.figure
    row = known.catalogue.indicators[figure.indicator]
    now = _recomputed_shares(known.values(figure, _SCENARIOS[figure.scenario]))
    then = _recomputed_shares(known.before(figure, claim.against))
    if row.breaks and _broken(row, claim.against, figure.year):
        return Verdict(UNKNOWN, "break")
    if not now or not then:
        share = next((each for each in known.catalogue.indicators.values() if each.rate_of == figure.indicator), None)
        if claim.kind == "growth" and share is not None and claim.number.unit == "percent":  # its share may be meant
            return _change(replace(claim, figures=(replace(figure, indicator=share.id),)), known)
        return Verdict(UNKNOWN, "not_stored")
    found = [made for pair in product(now, then) if (made := _worked_out(claim.kind, *pair)) is not None]
    in_percent = row.unit == "percent" and claim.kind == "growth"

    def fits(evidence: Evidence) -> str:
        if not _matches(claim, evidence.value):
            return DIFFERS
        if in_percent:  # "tăng 0,9 %" of a share: said in percent, meant in points
            (new, _), (old, _) = evidence.rows[0], evidence.rows[-1]
            return DIFFERS if _matches(claim, _share(new, known) - _share(old, known)) else UNKNOWN
        return AGREES

    verdict = _weighed(claim, found, fits)
    if verdict.mark == DIFFERS and not in_percent:
        every = product(_recomputed_shares(known.values(figure)), then)
        others = [made for pair in every if (made := _worked_out(claim.kind, *pair)) is not None]
        return _reconsidered(verdict, claim, known, others, fits)
    if verdict.mark != AGREES and in_percent and verdict.evidence:
        points = tuple(made for pair in product(now, then) if (made := _worked_out("change", *pair)) is not None)
        return Verdict(verdict.mark, "points", points)
    return verdict


def _share(figure: Figure, known: Known) -> Fraction:
    row = known.catalogue.indicators[figure.indicator]
    return Fraction(figure.value) if row.unit == "percent" else Fraction(figure.value) * 100 / Fraction(figure.of or 1)


def _recomputed_shares(found: Sequence[Evidence]) -> list[Evidence]:
    """Shares worked out from their counts, where those are stored; the printed ones stand for themselves elsewhere."""
    anew = {each.figure.scenario for each in found if each.computed}
    return [each for each in found if each.computed or each.figure.scenario not in anew]


def _broken(row: Indicator, first: int, last: int) -> bool:
    return any(first < each["date"].year <= last for each in row.breaks)


def _worked_out(kind: str, now: Evidence, then: Evidence) -> Evidence | None:
    if kind != "change" and then.value <= 0:
        return None
    value = {
        "change": lambda: now.value - then.value,
        "growth": lambda: (now.value / then.value - 1) * 100,
        "ratio": lambda: now.value / then.value * 100,
    }[kind]()
    return Evidence(now.figure, value, (*now.rows, *then.rows), True, now.hedge or then.hedge)


def _gap(claim: Claim, known: Known) -> Verdict:
    """How far a value is from its plan, worked out anew from the two."""
    figure = claim.figure
    values = _recomputed_shares(known.values(figure, _SCENARIOS[figure.scenario]))
    bases = () if figure.basis in ("", "unstated") else (figure.basis,)
    row = known.catalogue.indicators[figure.indicator]

    def made(kind: str, plans: Sequence[Evidence]) -> list[Evidence]:
        found = []
        for value, plan in product(values, plans):
            if kind == "gap":
                gap = value.value - plan.value
            elif plan.value > 0:
                gap = (value.value / plan.value - 1) * 100
            else:
                continue
            key = replace(figure, basis=plan.figure.basis, scenario=value.figure.scenario)
            found.append(Evidence(key, gap, (*value.rows, *plan.rows), True, value.hedge or plan.hedge))
        return found

    found, every = made(claim.kind, known.plans(figure, bases)), made(claim.kind, known.plans(figure))
    in_percent = row.unit == "percent" and claim.kind == "excess"

    def fits(evidence: Evidence) -> str:
        same_side = (evidence.value > 0) == (claim.values[0] > 0)
        return AGREES if same_side and _matches(claim, evidence.value) else DIFFERS

    if not found and every:
        return _only_elsewhere(every, fits, "basis")
    verdict = _weighed(claim, found, fits)
    if in_percent and found:
        points = made("gap", known.plans(figure, bases))
        if verdict.mark == DIFFERS or any(_matches(claim, each.value) for each in points):
            return Verdict(DIFFERS, "points", tuple(points))
    return verdict


_JUDGES: dict[str, Callable[[Claim, Known], Verdict]] = {
    "value": _value, "of": _of, "ratio": _change, "growth": _change, "change": _change, "gap": _gap, "excess": _gap,
}  # fmt: skip


def _weighed(claim: Claim, wanted: Sequence[Evidence], fits: Fits) -> Verdict:
    """Agrees where every stored value that may be meant fits, differs where none does, is open in between."""
    if not wanted:
        return Verdict(UNKNOWN, "not_stored")
    if len(claim.values) > 1 and (verdict := _read_two_ways(claim, wanted)) is not None:
        return verdict
    if any(each.hedge for each in wanted):
        return _against_hedged(claim, wanted)
    held = {fits(each) for each in wanted}
    if held == {AGREES}:
        return Verdict(AGREES, "", tuple(wanted))
    rounded = "rounded_over" if any(_matches(claim, each.value) for each in wanted) else ""
    if held == {DIFFERS}:
        return Verdict(DIFFERS, rounded, tuple(wanted))
    return Verdict(UNKNOWN, "several" if DIFFERS in held else rounded, tuple(wanted))


def _against_hedged(claim: Claim, wanted: Sequence[Evidence]) -> Verdict:
    """A number against stored ones that are not exact themselves: only the same words of the same number agree."""
    if all(each.hedge == claim.hedge and each.value == Fraction(claim.values[0]) for each in wanted):
        return Verdict(AGREES, "", tuple(wanted))
    near = any(abs(each.value - Fraction(claim.values[0])) <= abs(each.value) * _CLOSE for each in wanted)
    return Verdict(UNKNOWN, "stored_hedged", tuple(wanted)) if near else Verdict(DIFFERS, "", tuple(wanted))


def _read_two_ways(claim: Claim, wanted: Sequence[Evidence]) -> Verdict | None:
    """A number whose form has two readings: "vượt 142 %" stays open, "12.225 tỷ" is twelve thousand as it stands.

    None where it is right as it stands ("9.700 triệu") and wrong in its other reading: then it has only one.
    """
    first, *others = (replace(claim, values=(value,)) for value in claim.values)
    if any(_matches(each, evidence.value) for each in others for evidence in wanted):
        open_form = abs(claim.values[0] - claim.values[1]) == _HUNDRED
        return Verdict(UNKNOWN if open_form else DIFFERS, "two_readings", tuple(wanted))
    if any(_matches(first, evidence.value) for evidence in wanted):
        grouped = abs(claim.values[0]) == abs(claim.values[1]) * _THOUSAND
        return None if grouped else Verdict(UNKNOWN, "two_readings", tuple(wanted))
    return Verdict(DIFFERS, "", tuple(wanted))


def _fits_value(claim: Claim, known: Known, row: Indicator) -> Fits:
    """Whether a stored value is what a claim prints, and judged the same against each of its plans."""

    def fits(evidence: Evidence) -> str:
        plans = known.plans(replace(evidence.figure, indicator=row.id))
        pairs = [((evidence.value, plan.value), (claim.values[0], plan.value), plan.figure.basis) for plan in plans]
        return _as_printed(claim, evidence, row, pairs)

    return fits


def _fits_plan(claim: Claim, known: Known, row: Indicator) -> Fits:
    def fits(evidence: Evidence) -> str:
        values = known.values(replace(evidence.figure, indicator=row.id))
        basis = evidence.figure.basis
        pairs = [((each.value, evidence.value), (each.value, claim.values[0]), basis) for each in values]
        return _as_printed(claim, evidence, row, pairs)

    return fits


def _as_printed(claim: Claim, evidence: Evidence, row: Indicator, pairs: Iterable[tuple]) -> str:
    """The mark of a number by one stored value; `pairs` are (value, plan) as stored and as printed, and whose plan."""
    if not _matches(claim, evidence.value):
        return DIFFERS
    if claim.hedge in _TRUE_SIDE:
        return AGREES
    marks = {
        _of_states(*(status(row, _decimal(value), _decimal(plan), basis=basis).state for value, plan in (stored, said)))
        for stored, said, basis in pairs
    }
    return next((mark for mark in (DIFFERS, UNKNOWN) if mark in marks), AGREES)


def _of_states(stored: str, said: str) -> str:
    """What a rounding does: a plan missed is not to be reached by it; whether it was exceeded or just met is asked."""
    if stored == said:
        return AGREES
    return UNKNOWN if {stored, said} <= set(GOOD) else DIFFERS


def _matches(claim: Claim, stored: Fraction) -> bool:
    """Whether a stored value, rounded as the number is printed, is that number; a hedge has to be true of it."""
    return any(_rounds(Fraction(value), claim, stored) for value in claim.values)


def _rounds(said: Fraction, claim: Claim, stored: Fraction) -> bool:
    step = Fraction(claim.number.step)
    if claim.number.unit == "" and stored.denominator == 1 and step == 1:
        step = Fraction(1)
    if not claim.hedge:
        return _round(stored, step) == said
    coarse = _coarse(said, step)
    if abs(stored - said) > abs(said) * _CLOSE:
        return False
    if claim.hedge == "over":
        return said < stored < said + coarse
    if claim.hedge == "nearly":
        return said - coarse < stored < said
    return _round(stored, coarse) == said or _round(stored, step) == said


def _coarse(said: Fraction, step: Fraction) -> Fraction:
    """The worth of the last digit that is not zero: "gần 50 tỷ" speaks in tens of tỷ."""
    while said and said % (step * 10) == 0:
        step *= 10
    return step


def _round(value: Fraction, step: Fraction) -> Fraction:
    """A value rounded to a step, halves away from zero."""
    whole, rest = divmod(abs(value), step)
    rounded = (whole + (1 if rest * 2 >= step else 0)) * step
    return rounded if value >= 0 else -rounded


def _decimal(number: Fraction | Decimal) -> Decimal:
    value = Fraction(number)
    return Decimal(value.numerator) / Decimal(value.denominator)

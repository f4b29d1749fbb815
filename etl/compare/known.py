"""What the store knows of a figure: the stored row, and what can be worked out anew from the rows beside it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from core.catalogue import Catalogue, Indicator
from core.figures import Figure, Origin, UnitKey
from core.store import Store, award_register, stored_figures
from core.withheld import TITLES
from etl.tidy import moved

_LEVELS = ("culture", "welfare")  # families of what is counted at a moment, not summed over a period
_YEAR_ENDS = ("year", "h2")
_DONE = ("actual", "final")  # what "đạt" speaks of; "ước đạt" speaks of the estimate


@dataclass(frozen=True, slots=True)
class Evidence:
    """One value the store gives for a figure, exact, and the stored figures with their reports that it rests on.

    `figure` has the key; `rows` is the stored row itself, or the rows a quotient or a difference was worked out from.
    `hedge` is that of the stored row.
    """

    figure: Figure
    value: Fraction
    rows: tuple[tuple[Figure, str], ...]
    computed: bool = False
    hedge: str = ""


def _counts(row: Indicator, honour: str, level: str, recipient: str) -> bool:
    """Whether an entry of the register is one of those an indicator counts; cultural titles are no commendations."""
    if recipient != row.recipient or (row.level and level != row.level):
        return False
    return honour == row.honour if row.honour else honour not in TITLES.values()


class Known:
    """The approved (or newest) figures of one unit, and of the same ward before and after a change of its boundary."""

    def __init__(self, store: Store, unit: UnitKey, catalogue: Catalogue, *, approved: bool = True):
        self.catalogue, self.unit = catalogue, unit
        own = catalogue.unit(unit)
        units = {unit, *(row.key for row in catalogue.find_units(own.name, province=own.province))}
        self._rows: dict[tuple, list[tuple[Figure, str]]] = defaultdict(list)
        for figure, report in stored_figures(store, sorted(units), approved=approved):
            self._add(figure, report)
        self._papers: dict[tuple, tuple[int, int]] = {}  # what only the register counts, and how many are no titles
        self._told_papers: dict[tuple, tuple[int, int]] = {}  # the same where a report told the register's total
        self._register(store, sorted(units), approved)

    def _add(self, figure: Figure, report: str) -> None:
        key = (figure.unit, figure.indicator, figure.member, figure.year, figure.period)
        self._rows[key].append((figure, report))

    def _register(self, store: Store, units: Sequence[UnitKey], approved: bool) -> None:
        """What the award register counts, beside the totals that reports tell; a difference stays open."""
        counted = self.catalogue.family("awards")
        for unit in units:
            rows: dict[tuple[str, int], list] = defaultdict(list)
            for award in award_register(store, unit, approved=approved).itertuples():
                for row in counted:
                    if _counts(row, award.honour, award.level, award.recipient):
                        rows[row.id, award.year].append(award)
            for (indicator, year), awards in rows.items():
                total = Decimal(sum(int(award.count) for award in awards))
                self._count(Figure(indicator, year, total, unit), awards)

    def _count(self, figure: Figure, awards: Sequence) -> None:
        papers = sum(int(award.count) for award in awards if self.catalogue.honours[award.honour].kind == "form")
        told = self._rows.get((figure.unit, figure.indicator, "", figure.year, "year"), ())
        if any(each.value == figure.value for each, _ in told):
            self._told_papers[figure.unit, figure.indicator, figure.year] = int(figure.value), papers
            return
        origin = Origin("; ".join(dict.fromkeys(award.place for award in awards)), awards[0].rule)
        self._add(replace(figure, origin=origin, quote=awards[0].quote), awards[0].report)
        self._papers[figure.unit, figure.indicator, figure.year] = int(figure.value), papers

    def rows(self, figure: Figure, scenarios: Iterable[str] = (), bases: Iterable[str] = ()) -> list[Evidence]:
        """The stored rows of a figure's unit, indicator, part, year and period; of some scenarios and bases only.

        What is counted at the year's end is the same of the year and of its second half.
        """
        wanted, of_bases = tuple(scenarios), tuple(bases)
        level = self.catalogue.indicators[figure.indicator].family in _LEVELS
        same = _YEAR_ENDS if level and figure.period in _YEAR_ENDS else ()
        told = (self._rows.get((figure.unit, figure.indicator, figure.member, figure.year, period), ())
                for period in dict.fromkeys((figure.period, *same)))  # fmt: skip
        return [
            Evidence(row, Fraction(row.value), ((row, report),), hedge=row.hedge)
            for row, report in next(filter(None, told), ())
            if (not wanted or row.scenario in wanted) and (not of_bases or row.basis in of_bases)
        ]

    def values(self, figure: Figure, scenarios: Iterable[str] = ()) -> list[Evidence]:
        """What the store gives for a figure that is no plan and no attainment: its rows, and the share worked out."""
        found = self.rows(figure, scenarios)
        row = self.catalogue.indicators[figure.indicator]
        if row.rate_of:
            counts = self.rows(replace(figure, indicator=row.rate_of), scenarios)
            found += [
                Evidence(
                    replace(each.figure, indicator=figure.indicator, value=each.figure.value, of=None),
                    Fraction(each.figure.value) * 100 / Fraction(each.figure.of), each.rows, True, each.hedge,
                )
                for each in counts
                if each.figure.of and each.figure.scenario != "plan"
            ]  # fmt: skip
        return [each for each in found if each.figure.scenario != "plan"]

    def papers(self, found: Sequence[Evidence], *, told: bool = False) -> list[Evidence]:
        """What the register alone counts, without titles, for a draft that names the paper.

        What reports told stays, but with `told` it is taken for the register's total where it is that number.
        """
        counted, known = [], self._papers | (self._told_papers if told else {})
        for each in found:
            figure = each.figure
            total, papers = known.get((figure.unit, figure.indicator, figure.year), (None, 0))
            if each.value == total:
                each = replace(each, figure=replace(figure, value=Decimal(papers)), value=Fraction(papers))
            counted.append(each)
        return counted

    def plans(self, figure: Figure, bases: Iterable[str] = ()) -> list[Evidence]:
        """The stored plans of a figure, of some bases only."""
        return self.rows(figure, ("plan",), bases)

    def attainments(self, figure: Figure, scenarios: Iterable[str], bases: Iterable[str] = ()) -> list[Evidence]:
        """What the store gives for an attainment: printed ones, and each worked out from a value and its plan."""
        printed = [each for each in self.rows(figure, scenarios, bases) if each.figure.scenario != "plan"]
        base = replace(figure, indicator=self.catalogue.indicators[figure.indicator].attainment_of)
        worked_out = []
        for value in self.values(base, scenarios):
            for plan in self.plans(base, bases):
                if plan.value > 0:
                    key = replace(
                        figure, scenario=value.figure.scenario, basis=plan.figure.basis, value=Decimal(0), hedge=""
                    )
                    share = value.value * 100 / plan.value
                    hedge = value.hedge or plan.hedge
                    worked_out.append(Evidence(key, share, (*value.rows, *plan.rows), True, hedge))
        return [*printed, *worked_out]

    def done(self, figure: Figure) -> list[Evidence]:
        """What was reached in the end, as far as the store knows: done or final, else the estimate."""
        return self.values(figure, _DONE) or self.values(figure, ("estimate",))

    def before(self, figure: Figure, year: int) -> list[Evidence]:
        """The same figure of an earlier year; none where the ward's boundary changed in between."""
        earlier = replace(figure, year=year, unit=moved(self.unit, year, self.catalogue))
        return self.done(earlier) if earlier.unit == figure.unit else []

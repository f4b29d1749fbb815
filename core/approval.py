"""Approving a year: no plan is missed without cause, remedy, who answers for it and by when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from core.behind import indicators_behind
from core.catalogue import Catalogue
from core.errors import Fault, FaultError
from core.figures import Ref, UnitKey
from core.lineage import lineage
from core.missed import MissedPlan, missed_plans
from core.series import Point
from core.status import JUDGED
from core.store import Store, tidy
from core.store.review import approve_submitted
from core.store.shortfalls import Shortfall, list_shortfalls
from core.texts import LANGUAGES, text
from core.vi.format import format_percent, format_value
from core.yearbook import Yearbook


@dataclass(frozen=True)
class PlansOfYear:
    """What became of the plans of a unit's year, by the newest figures, approved or not.

    `missed` in the order of the catalogue; `said` what is said of this year, by indicator; `promised` what was said of
    the year before, of the same ward over all its boundaries; `book` the year's figures.
    """

    missed: tuple[MissedPlan, ...]
    said: Mapping[str, Shortfall]
    promised: tuple[Shortfall, ...]
    book: Yearbook
    unit: UnitKey
    year: int

    @property
    def lacking(self) -> tuple[MissedPlan, ...]:
        """The missed plans of which nothing is said yet."""
        return tuple(plan for plan in self.missed if plan.indicator.id not in self.said)

    @property
    def idle(self) -> tuple[Shortfall, ...]:
        """What is said of plans that are not missed, or not any more."""
        missed = {plan.indicator.id for plan in self.missed}
        return tuple(said for indicator, said in self.said.items() if indicator not in missed)

    def promise(self, indicator: str) -> Shortfall | None:
        """What was said the year before of an indicator, or of the count or the share that goes with it."""
        return next((each for each in self.promised if indicator in self._kin(each.indicator)), None)

    def kept(self, promise: Shortfall) -> str:
        """The state this year of what was promised the year before, of its count or share where that alone was judged:
        one of core.status.STATES.
        """
        points = [self.book.series(name).at(self.year) for name in self._kin(promise.indicator)]
        states = [point.status.state for point in points if point is not None]
        return next((state for state in states if state in JUDGED), states[0] if states else "no_data")

    def _kin(self, indicator: str) -> tuple[str, ...]:
        return indicators_behind(self.book.catalogue, Ref(self.unit, self.year, indicator))


def plans_of_year(store: Store, catalogue: Catalogue, unit: UnitKey, year: int) -> PlansOfYear:
    """What became of the plans of a unit's year and what is said of it."""
    units = lineage(catalogue, unit)
    frame = tidy(store, "tidy_indicators", unit=units, years=[year], period=None, approved=False)
    book = Yearbook(catalogue, units, frame, years=(year, year))
    found = list_shortfalls(store, units, [year - 1, year])
    said = {each.indicator: each for each in found if (each.unit, each.year) == (unit, year)}
    promised = tuple(each for each in found if each.year == year - 1)
    return PlansOfYear(missed_plans(book, unit, year), said, promised, book, unit, year)


def approve(store: Store, catalogue: Catalogue, unit: UnitKey, year: int, who: str, seen: str) -> None:
    """Approve a submitted year that stands as the approver has `seen` it (core.store.review.Review.stands).

    Raises FaultError with a fault for each missed plan of which nothing is said, and as approve_submitted does.
    """
    plans = plans_of_year(store, catalogue, unit, year)
    if plans.lacking:
        raise FaultError([unexplained(plan, year) for plan in plans.lacking])
    approve_submitted(store, unit, year, who, seen)


def unexplained(plan: MissedPlan, year: int) -> Fault:
    """The fault of a missed plan of which nothing is said: what, by how much, and where to write it."""
    numbers = {lang: _numbers(plan, lang) for lang in LANGUAGES}
    said = {name: {lang: numbers[lang][place] for lang in LANGUAGES} for place, name in enumerate(("value", "plan"))}
    return Fault("review.unexplained", params={"year": year, "name": plan.indicator.names, **said})


def _numbers(plan: MissedPlan, lang: str) -> tuple[str, str]:
    """The result and the plan as printed; where only an attainment is known, that of 100 %."""
    row, point = plan
    if point.plan is None or point.value is None:
        return tuple(format_percent(number, lang) for number in (point.status.attainment, 100))
    of = None if row.unit == "percent" else point.of
    return format_value(point.value, row.unit, lang, of=of, hedge=point.hedge), _plan(point, row.unit, lang)


def _plan(point: Point, unit: str, lang: str) -> str:
    if point.plan.as_rate:
        return format_percent(point.plan.value, lang)
    return format_value(point.plan.value, unit, lang, of=point.plan.of, hedge=point.plan.hedge)


def promise_words(promise: Shortfall, lang: str, *, person: bool = True) -> str:
    """Cause and remedy in two sentences, and with `person` a third one: who answers for it and by when."""
    said = {name: getattr(promise, name).rstrip(".") for name in ("cause", "remedy", "person")}
    name = "said" if person else "said_public"
    return text(f"shortfalls.{name}", lang, **said, due=f"{promise.due.day}/{promise.due.month}/{promise.due.year}")

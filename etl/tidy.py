"""From what one report says to figures ready for the store: whose they are, each key once, doubts as questions."""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from core.catalogue import Catalogue
from core.errors import Fault
from core.figures import Award, Figure, Question, UnitKey
from core.groups import group_id
from core.places import Unit
from core.quotients import last_place
from core.store import Group
from core.vi.text import fold, spelling_key
from etl.find import Found
from etl.find.awards import merged


@dataclass
class Tidy:
    """The figures of one report with their unit; nothing in `figures` and `awards` shares a key."""

    unit: UnitKey | None = None
    unit_name: str = ""
    year: int | None = None
    published: date | None = None
    figures: list[Figure] = field(default_factory=list)
    awards: list[Award] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    notices: list[Fault] = field(default_factory=list)


def tidy(found: Found, catalogue: Catalogue, words: str = "") -> Tidy:
    """Give every figure its unit, keep each key once and turn what contradicts itself into questions.

    A unit known by name only is looked up by name and year, and where several bear the name by the districts and
    provinces that `words`, the report's text, mentions. A figure of a year in which the unit did not exist goes to the
    unit of the same name and province that did. What stands in hidden rows or columns only is asked about.
    """
    owners = _Owners(found, catalogue, words)
    out = Tidy(owners.main(), found.unit_name, found.year, found.published)
    if out.unit is not None:
        owner = catalogue.places.by_key.get(out.unit)
        out.unit_name = owner.name if owner else ""
    figures = [replace(figure, unit=owners.of(figure)) for figure in found.figures]
    out.figures, doubts = _once(figures, catalogue)
    out.awards = merged([replace(award, unit=owners.of(award)) for award in found.awards])
    out.groups = _groups(found, out.figures)
    asked = [_with_unit(question, owners) for question in found.questions]
    out.questions = [*owners.questions, *asked, *doubts]
    out.faults, out.notices = list(found.faults), list(found.notices)
    return out


def _with_unit(question: Question, owners: _Owners) -> Question:
    candidates = tuple(replace(figure, unit=owners.of(figure)) for figure in question.candidates)
    return replace(question, candidates=candidates)


class _Owners:
    """Which unit a report's figures belong to, year by year."""

    def __init__(self, found: Found, catalogue: Catalogue, words: str):
        self.found, self.catalogue = found, catalogue
        self.words = " ".join(fold(words).split())
        self.questions: list[Question] = []
        self._known: dict[tuple[int, date | None], UnitKey | None] = {}

    def main(self) -> UnitKey | None:
        """The unit the report as a whole is of, None where its figures belong to several or nothing says."""
        if self.found.unit:
            return self.found.unit
        items = [*self.found.figures, *self.found.awards]
        units = {self.of(item) for item in items} or (
            {self._named(self.found.year, None)} if self.found.year else set()
        )
        return units.pop() if len(units) == 1 else None

    def of(self, item: Figure | Award) -> UnitKey | None:
        """The unit to which a figure or award belongs; a question is noted where that is open."""
        if item.unit:
            return item.unit
        end = _last_day(item.year, item.period) if isinstance(item, Figure) else None
        if (item.year, end) not in self._known:
            given = self.found.unit
            known = moved(given, item.year, self.catalogue) if given else self._named(item.year, end)
            self._known[item.year, end] = known
        return self._known[item.year, end]

    def _named(self, year: int, end: date | None) -> UnitKey | None:
        name = self.found.unit_name
        if not name:
            self._ask("etl.question_unit_missing", {})
            return None
        units = [unit for unit in self.catalogue.find_units(name) if overlaps(unit, year)]
        spelt = [unit for unit in units if spelling_key(name).endswith(spelling_key(unit.name))]
        units = self._narrowed(spelt or units, year, end)  # "Thuận Hóa" is no "Thuận Hòa"
        if len(units) == 1:
            return units[0].key
        if units:
            self._ask("etl.question_unit", {"name": name, "choices": "; ".join(unit.described for unit in units)})
        else:
            self._ask("etl.question_unit_unknown", {"name": name, "year": year})
        return None

    def _narrowed(self, units: Sequence[Unit], year: int, end: date | None) -> list[Unit]:
        """By the places the report names, then by the day it speaks of: in a year of change the later unit reports."""
        for place in ("district", "province"):
            if len(units) > 1:
                mentioned = [unit for unit in units if (name := getattr(unit, place)) and self._mentions(name)]
                units = mentioned or units
        if len(units) > 1 and len({(unit.name, unit.province) for unit in units}) == 1:
            published = self.found.published
            day = end or (published if published and published.year == year else date(year, 12, 31))
            units = [unit for unit in units if unit.exists_on(day)] or units
        return list(units)

    def _mentions(self, place: str) -> bool:
        return " ".join(fold(place).split()) in self.words

    def _ask(self, code: str, params: dict[str, object]) -> None:
        question = Question(code, params)
        if question not in self.questions:
            self.questions.append(question)


def _last_day(year: int, period: str) -> date | None:
    """The last day of a part of a year; None for the whole year and for parts without a name."""
    months = {"h1": 6, "q1": 3, "q2": 6, "q3": 9, "h2": 12, "q4": 12}
    month = months.get(period) or (int(period[:-1]) if period[:-1].isdigit() else 0)
    return date(year, month, monthrange(year, month)[1]) if month else None


def moved(key: UnitKey, year: int, catalogue: Catalogue) -> UnitKey:
    """The unit of the same name and province that existed in a year, where this one did not; else the unit itself."""
    unit = catalogue.places.by_key.get(key)
    if unit is None or overlaps(unit, year):
        return key
    same = [row for row in catalogue.find_units(unit.name, province=unit.province) if overlaps(row, year)]
    return same[0].key if len(same) == 1 else key


def overlaps(unit: Unit, year: int) -> bool:
    """Whether a unit existed on any day of a year."""
    return unit.valid_from.year <= year and (unit.valid_to is None or unit.valid_to.year >= year)


def _once(figures: Iterable[Figure], catalogue: Catalogue) -> tuple[list[Figure], list[Question]]:
    by_key: dict[tuple, list[Figure]] = defaultdict(list)
    for figure in figures:
        by_key[figure.key].append(figure)
    kept, questions = [], []
    for same in by_key.values():
        visible = [figure for figure in same if "hidden" not in figure.flags]
        agreed = _agreed(visible or same, catalogue)
        if not visible:
            questions.append(_question("etl.question_hidden", [_shown(figure) for figure in same], catalogue))
        elif len(agreed) == 1:
            kept.append(agreed[0])
        else:
            questions.append(_question("etl.question_two_values", agreed, catalogue))
    return kept, questions


def _shown(figure: Figure) -> Figure:
    return replace(figure, flags=tuple(flag for flag in figure.flags if flag != "hidden"))


def _agreed(figures: Sequence[Figure], catalogue: Catalogue) -> list[Figure]:
    """The figures that really differ: one value said twice, or once rounded and once in full, is one figure."""
    kept: list[Figure] = []
    for figure in figures:
        for at, known in enumerate(kept):
            better = _better(known, figure, catalogue.indicators[figure.indicator].unit)
            if better:
                kept[at] = better
                break
        else:
            kept.append(figure)
    return kept


def _better(known: Figure, other: Figure, unit: str) -> Figure | None:
    """Of two figures that say the same, the fuller one; None where they contradict each other."""
    if None not in (known.of, other.of) and known.of != other.of:
        return None
    if known.value == other.value:
        return other if (known.of is None and other.of is not None) or (known.hedge and not other.hedge) else known
    if unit not in ("vnd", "percent"):
        return None
    fine, coarse = sorted((known, other), key=lambda figure: last_place(figure.value, unit))
    step = last_place(coarse.value, unit)
    rounded = step > last_place(fine.value, unit) and abs(fine.value - coarse.value) <= step / 2
    return fine if rounded else None


def _question(code: str, figures: Sequence[Figure], catalogue: Catalogue) -> Question:
    first = figures[0]
    places = ", ".join(figure.origin.place for figure in figures if figure.origin)
    params = {"label": catalogue.indicators[first.indicator].name("vi"), "year": first.year, "where": places}
    return Question(code, params, tuple(figures), first.origin, first.quote)


def _groups(found: Found, figures: Iterable[Figure]) -> list[Group]:
    named = {group_id(group.name): group for group in found.groups}
    groups: dict[tuple[UnitKey, str], Group] = {}
    for figure in figures:
        if figure.indicator != "cultural_group_title" or figure.unit is None:
            continue
        group = named.get(figure.member)
        name, kind = (group.name, group.kind) if group else (figure.member, "tổ dân phố")
        groups.setdefault((figure.unit, figure.member), Group(figure.member, figure.unit, name, kind))
    return list(groups.values())

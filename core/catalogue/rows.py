"""The rows of the catalogue: indicators, honours, budget lines, and the whole that holds them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path

from core.figures import UnitKey
from core.places import Places, Succession, Unit

Bilingual = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Measure:
    """A unit of measure: "vnd" is đồng; `short` is what stands behind a number."""

    id: str
    names: Bilingual
    shorts: Bilingual

    def name(self, lang: str) -> str:
        """Its full name."""
        return self.names[lang]

    def short(self, lang: str) -> str:
        """What is printed behind a number."""
        return self.shorts[lang]


@dataclass(frozen=True, slots=True)
class Indicator:
    """One row of the catalogue; every figure on a screen resolves to one.

    Amounts are in đồng, shares in percent; `bounds` are inclusive; `near` and `exceeded` are percent of the plan.
    `measured` is "over" for what happens over a year, so that its parts add up, and "end" for what stands at its end
    or is judged once a year, so that the last value counts; a rate is as what it is a rate of. `legal` rows have act,
    article, from, to; `breaks` rows have date and reason (vi, en): a series is not joined there. `was` are ids
    it had in earlier catalogues, by which forms made then still name it.
    """

    id: str
    family: str
    names: Bilingual
    shorts: Bilingual
    definitions: Bilingual
    kind: str
    measure: Measure
    decimals: int
    bounds: tuple[Decimal | None, Decimal | None]
    polarity: str
    operator: str
    near: Decimal
    exceeded: Decimal
    year_rule: str
    measured: str
    aggregation: Mapping[str, object]
    owners: Bilingual
    due: str
    legal: tuple[Mapping[str, object], ...]
    breaks: tuple[Mapping[str, object], ...]
    phrases: Mapping[str, object]
    examples: tuple[Mapping[str, object], ...]
    formula: str = ""
    inputs: tuple[str, ...] = ()
    of_kinds: tuple[str, ...] = ()
    overview_rank: int | None = None
    may_project: bool = True
    plan_allowed: bool = True
    member_kind: str = ""
    rate_of: str = ""
    attainment_of: str = ""
    flow: str = ""
    scope: str = ""
    line: str = ""
    honour: str = ""
    level: str = ""
    recipient: str = ""
    was: tuple[str, ...] = ()

    def name(self, lang: str) -> str:
        """Its name."""
        return self.names[lang]

    def short(self, lang: str) -> str:
        """Its name where room is small."""
        return self.shorts[lang]

    def definition(self, lang: str) -> str:
        """What is counted, in a sentence."""
        return self.definitions[lang]

    def owner(self, lang: str) -> str:
        """Who answers for the figure."""
        return self.owners[lang]

    def due_on(self, year: int) -> date:
        """The day by which the figure of `year` is owed; a due date in the first half belongs to the year after."""
        month, day = (int(part) for part in self.due.split("-"))
        return date(year + 1 if month <= 6 else year, month, day)

    @property
    def unit(self) -> str:
        """The id of its unit of measure."""
        return self.measure.id

    def unit_name(self, lang: str) -> str:
        """Its unit of measure as printed behind a number."""
        return self.measure.short(lang)


@dataclass(frozen=True, slots=True)
class Honour:
    """A title or form of commendation; `grantors` say which level may give it, and from and to which day."""

    id: str
    names: Bilingual
    kind: str
    levels: tuple[str, ...]
    recipients: tuple[str, ...]
    classes: tuple[str, ...]
    rank: int
    laws: tuple[str, ...]
    grantors: tuple[Mapping[str, object], ...]

    def name(self, lang: str) -> str:
        """Its name."""
        return self.names[lang]


@dataclass(frozen=True, slots=True)
class BudgetLine:
    """A line of the budget forms; `labels` are its wordings in reports; `parent` is empty for the first level."""

    id: str
    flow: str
    names: Bilingual
    parent: str
    labels: tuple[str, ...]
    in_attainment: bool

    def name(self, lang: str) -> str:
        """Its name."""
        return self.names[lang]


@dataclass(frozen=True, eq=False)
class Catalogue:
    """Everything under data/catalogue, or in another `folder`; `digest` is the SHA-256 over all its files.

    One catalogue equals only itself, so that what is worked out from it can be kept beside it.
    """

    indicators: Mapping[str, Indicator]
    honours: Mapping[str, Honour]
    lines: Mapping[str, BudgetLine]
    levels: Mapping[str, Bilingual]
    families: Mapping[str, Bilingual]
    measures: Mapping[str, Measure]
    forms: Mapping[str, Mapping[str, object]]
    places: Places
    digest: str
    folder: Path
    _rates: Mapping[str, str] = field(default_factory=dict)
    _attainments: Mapping[str, str] = field(default_factory=dict)
    _renamed: Mapping[str, str] = field(default_factory=dict)

    @property
    def units(self) -> tuple[Unit, ...]:
        """All administrative units."""
        return self.places.units

    @property
    def successions(self) -> tuple[Succession, ...]:
        """Which old unit went into which new one."""
        return self.places.successions

    def unit(self, key: UnitKey) -> Unit:
        """The unit of a key; KeyError where there is none."""
        return self.places.unit(key)

    def find_units(self, name: str, district: str = "", province: str = "", on: date | None = None) -> tuple[Unit, ...]:
        """Units of a name, narrowed by district, province and day."""
        return self.places.find_units(name, district, province, on)

    def family(self, name: str) -> tuple[Indicator, ...]:
        """The indicators of a family in the catalogue's order."""
        return tuple(row for row in self.indicators.values() if row.family == name)

    def headline(self) -> tuple[Indicator, ...]:
        """The indicators of the overview in their order."""
        ranked = [row for row in self.indicators.values() if row.overview_rank is not None]
        return tuple(sorted(ranked, key=lambda row: row.overview_rank or 0))

    def renamed(self, id: str) -> str:
        """The id an indicator has now, by that or an earlier id of its own; an id nobody knows comes back as it is."""
        return self._renamed.get(id, id)

    def may_exceed(self, indicator: str) -> bool:
        """Whether a count may be larger than what it is out of: a quota can be exceeded, a part of a whole cannot."""
        rate = self.rate_of(indicator)
        return rate is not None and self.indicators[rate].kind != "share"

    def attainment_of(self, indicator: str) -> str | None:
        """The id of an indicator's attainment of plan, None where there is none."""
        return self._attainments.get(indicator)

    def rate_of(self, indicator: str) -> str | None:
        """The id of the share that belongs to a count, None where there is none."""
        return self._rates.get(indicator)

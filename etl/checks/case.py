"""What a rule looks at: a report's figures and awards, and what the store already knows beside them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property

from core.catalogue import Catalogue, Indicator
from core.figures import Award, Figure
from core.quotients import step_of
from core.texts import LANGUAGES
from core.vi.numbers import format_number
from etl.said import value_words

Item = Figure | Award


@dataclass(frozen=True, slots=True)
class Broken:
    """A rule broken by `item`, together with `others`; `name` is the sentence, `params` what fills it."""

    name: str
    item: Item
    params: Mapping[str, object] = field(default_factory=dict)
    others: tuple[Item, ...] = ()


@dataclass(frozen=True)
class Case:
    """One report's figures and awards, what is stored beside them, the catalogue, and the day of reading.

    What is stored under the key of one of the report's own is left out: the report stands in its place.
    """

    figures: tuple[Figure, ...]
    awards: tuple[Award, ...]
    catalogue: Catalogue
    today: date
    stored: tuple[Item, ...] = ()

    @cached_property
    def own(self) -> frozenset[tuple]:
        """The keys of the report's own figures and awards."""
        return frozenset(item.key for item in (*self.figures, *self.awards))

    @cached_property
    def known(self) -> tuple[Figure, ...]:
        """The figures of the report, then those stored beside them."""
        return (*self.figures, *(i for i in self.stored if isinstance(i, Figure) and i.key not in self.own))

    @cached_property
    def register(self) -> tuple[Award, ...]:
        """The awards of the report, then those stored beside them."""
        return (*self.awards, *(i for i in self.stored if isinstance(i, Award) and i.key not in self.own))

    @cached_property
    def by_key(self) -> Mapping[tuple, Figure]:
        """The known figures by their keys; of two of one key the first."""
        return {figure.key: figure for figure in reversed(self.known)}

    @cached_property
    def by_slot(self) -> Mapping[tuple, list[Figure]]:
        """The known figures by unit, indicator, member, year and period, whatever their scenario."""
        slots: dict[tuple, list[Figure]] = defaultdict(list)
        for figure in self.known:
            slots[figure.unit, figure.indicator, figure.member, figure.year, figure.period].append(figure)
        return slots

    def indicator(self, figure: Figure) -> Indicator:
        """A figure's row in the catalogue."""
        return self.catalogue.indicators[figure.indicator]

    def find(self, like: Figure, indicator: str, **other: object) -> Figure | None:
        """The known figure of another indicator with the same unit, member, year and period."""
        slot = (like.unit, indicator, like.member, like.year, like.period)
        return next((f for f in self.by_slot.get(slot, ()) if all(getattr(f, k) == v for k, v in other.items())), None)

    def beside(self, broken: Broken) -> Item | None:
        """The report's own figure or award a remark stands beside; None where all of them are stored already."""
        return next((item for item in (broken.item, *broken.others) if item.key in self.own), None)


Breaks = Iterator[Broken]


def both(words: Callable[[str], str]) -> dict[str, str]:
    """What fills a place of a sentence, in each language."""
    return {lang: words(lang) for lang in LANGUAGES}


def number_words(number: Decimal | int, decimals: int | None = None) -> dict[str, str]:
    """A number, in each language."""
    return both(lambda lang: format_number(number, decimals, lang))


def exact_words(value: Decimal, unit: str) -> dict[str, str]:
    """A value with every digit, in each language."""
    return both(lambda lang: value_words(value, unit, lang))


def rounding(figure: Figure, unit: str) -> Decimal:
    """The step to which a figure was rounded where it stood."""
    return step_of(figure.value, unit, figure.origin.rule if figure.origin else "", figure.quote)

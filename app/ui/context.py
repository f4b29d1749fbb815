"""What a screen knows when it is asked to draw itself: who looks, at which unit and year, in which language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

import pandas as pd

from app.charts.theme import LIGHT, Theme
from core.catalogue import Catalogue
from core.places import Unit
from core.rights import THE_PUBLIC, Person
from core.store import Store, tidy
from core.store.accounts import full_names
from core.store.office import Office
from core.texts import text


@dataclass(frozen=True)
class Context:
    """The choices of one visitor and the store they are answered from.

    `unit` is None only while there are neither figures nor an own ward: the frame then draws no screen that speaks of
    a ward. `year` is the chosen year, None for the newest there is; `units` what core.store.units_with_figures gives;
    `phone` asks charts for the form that can be read at 390 px. `head` is the place the frame keeps beside the year
    picker for the line above a screen's message; without it that line stands above the message itself. `today` is the
    visitor's day, which decides what is late; `boundary` says whether figures are shown as "reported" or worked out on
    the boundary of "today"; `person` is who that visitor is, at first one who may only look; `office` what the office
    that runs the program chose for itself.
    """

    store: Store
    catalogue: Catalogue
    unit: Unit | None
    year: int | None = None
    lang: str = "vi"
    theme: Theme = LIGHT
    phone: bool = False
    units: pd.DataFrame = field(default_factory=pd.DataFrame)
    head: Any = None
    today: date = field(default_factory=date.today)
    boundary: str = "reported"
    person: Person = THE_PUBLIC
    office: Office = field(default_factory=Office)

    @property
    def unit_name(self) -> str:
        """The ward's name in a headline: of the own ward as the office prints it."""
        own = self.unit.key == self.office.unit
        return (self.office.printed_name if own else "") or self.unit.name

    @property
    def may_edit(self) -> bool:
        """Whether this visitor may write: figures, notes, sentences."""
        return self.person.may("enter")

    def t(self, key: str, /, **params: object) -> str:
        """The text "<area>.<name>" in the visitor's language."""
        return text(key, self.lang, **params)

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Full names by sign-in name, read once a run."""
        return full_names(self.store)

    def name_of(self, who: str) -> str:
        """How somebody who signed something is shown: by full name where an account bears that sign-in name.

        Of two who share a full name each has the sign-in name behind it.
        """
        full = self.names.get(who, "")
        shared = list(self.names.values()).count(full) > 1
        return f"{full} ({who})" if full and shared else full or who

    def tidy(self, table: str, **kw: Any) -> pd.DataFrame:
        """The rows of a tidy table for the chosen unit; further arguments go to core.store.tidy."""
        return tidy(self.store, table, unit=self.unit.key, **kw)

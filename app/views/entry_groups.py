"""The sheet of residential groups: who reached the cultural title, group by group, and what that adds up to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pandas as pd

from app.views.groups import GROUPS, TITLE, natural
from core.catalogue.form import surest_results
from core.errors import Fault, FaultError
from core.figures import Figure, UnitKey
from core.groups import full_name, group_id
from core.store import Group

REACHED, MISSED, OPEN = "reached", "missed", "open"
_VALUES = {REACHED: Decimal(1), MISSED: Decimal(0)}
_FIELDS = ("id", "name", "kind", "valid_from", "valid_to", "successor")


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One group in the chosen year: what it reached the year before, and what is stored of this one.

    `before` is REACHED, MISSED, or OPEN where nothing is known; `stored` the figure of the chosen year or None.
    """

    id: str
    name: str
    before: str = OPEN
    stored: Figure | None = None

    @property
    def result(self) -> str:
        """What is stored of the chosen year, in the same words."""
        return _said(self.stored)


def all_groups(known: pd.DataFrame, drafted: Iterable[Group], unit: UnitKey) -> list[Group]:
    """The groups of a unit as they would stand with those of the draft, by name; `known` as residential_groups gives.

    A drafted group takes the place of the one with its id.
    """
    stored = {row["id"]: Group(unit=unit, **{name: row[name] for name in _FIELDS}) for row in known.to_dict("records")}
    return sorted({**stored, **{group.id: group for group in drafted}}.values(), key=lambda group: natural(group.name))


def there_in(groups: Iterable[Group], year: int) -> list[Group]:
    """Those that existed at some time of a year; a group without dates always did."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    return [group for group in groups if (group.valid_from or first) <= last and (group.valid_to or last) >= first]


def group_rows(groups: Iterable[Group], figures: Iterable[Figure], year: int) -> list[GroupRow]:
    """A row for each group of a year; `figures` are the newest of its unit, of any year and indicator."""
    titles = [figure for figure in figures if figure.indicator == TITLE]
    now, before = (
        surest_results(figure for figure in titles if figure.year == each) for each in (year, year - 1)
    )
    return [
        GroupRow(group.id, group.name, _said(before.get((TITLE, group.id))), now.get((TITLE, group.id)))
        for group in there_in(groups, year)
    ]


def title_figures(rows: Sequence[GroupRow], chosen: Mapping[str, str], unit: UnitKey, year: int) -> list[Figure]:
    """A figure for each group with a result; what is stored so already is given as it is stored.

    A group that was not assessed has none: missing is no nought.
    """
    found = []
    for row in rows:
        said = chosen.get(row.id, row.result)
        if said == row.result and row.stored is not None:
            found.append(row.stored)
        elif said in _VALUES:
            found.append(Figure(TITLE, year, _VALUES[said], unit, row.id))
    return found


def counted(titles: Sequence[Figure], unit: UnitKey, year: int) -> Figure | None:
    """How many groups reached the title, of how many that were assessed; None where none was."""
    if not titles:
        return None
    reached = sum((title.value for title in titles), Decimal(0))
    return Figure(GROUPS, year, reached, unit, of=Decimal(len(titles)), of_kind="assessed")


def stored_total(figures: Iterable[Figure], year: int) -> Figure | None:
    """The number of cultural groups that is stored of a year, the surest there is."""
    return surest_results(figure for figure in figures if figure.year == year).get((GROUPS, ""))


def same_total(one: Figure | None, other: Figure | None) -> bool:
    """Whether two totals say the same number of the same number."""
    return one is not None and other is not None and (one.value, one.of) == (other.value, other.of)


def new_group(words: str, kind: str, since: date | None, groups: Iterable[Group], unit: UnitKey) -> Group:
    """A group of this name; FaultError where it has none, or where the ward has a group of that name already."""
    name, kind = full_name(words, kind)
    id = group_id(name)
    if not id:
        raise FaultError([Fault("entry_groups.no_name")])
    known = next((group for group in groups if group.id == id), None)
    if known is not None:
        raise FaultError([Fault("entry_groups.known", params={"name": known.name})])
    return Group(id, unit, name, kind, valid_from=since)


def ended(group: Group, last_day: date | None, successor: str) -> Group:
    """The group as one that existed until a day; FaultError without the day, or where it would end before it began."""
    if last_day is None:
        raise FaultError([Fault("entry_groups.no_day", params={"name": group.name})])
    if group.valid_from is not None and last_day < group.valid_from:
        said = {"name": group.name, "first": f"{group.valid_from:%d/%m/%Y}", "last": f"{last_day:%d/%m/%Y}"}
        raise FaultError([Fault("entry_groups.ends_first", params=said)])
    return Group(group.id, group.unit, group.name, group.kind, group.valid_from, last_day, successor)


def to_draft(groups: Iterable[Group]) -> list[dict]:
    """Groups as a draft keeps them."""
    def plain(value: object) -> object:
        return value.isoformat() if isinstance(value, date) else value

    return [{name: plain(getattr(group, name)) for name in _FIELDS} for group in groups]


def from_draft(kept: Iterable[Mapping], unit: UnitKey) -> list[Group]:
    """The same, read back."""

    def read(name: str, value: object) -> object:
        return date.fromisoformat(str(value)) if name in ("valid_from", "valid_to") and value else value

    return [Group(unit=unit, **{name: read(name, row[name]) for name in _FIELDS}) for row in kept]


def _said(figure: Figure | None) -> str:
    if figure is None:
        return OPEN
    return REACHED if figure.value else MISSED

"""The conditions that leave out of a read what its store keeps back: figures marked "không trình chiếu"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import ColumnElement as Condition
from sqlalchemy import FromClause, Select, and_, case, not_, or_, select, tuple_

from core.catalogue import load_catalogue
from core.figures import Ref, UnitKey
from core.store import tables
from core.store.engine import Store
from core.withheld import AWARDS, TITLES, kin, titles

FACTS = (tables.figure, tables.award)


def shown(store: Store, rows: FromClause) -> list[Condition]:
    """The conditions under which rows may be read from this store: none where nobody is kept from any.

    `rows` has unit_code, unit_from, year and indicator; or of the award register honour; or of a view of awards both.
    """
    return [not_(each) for each in _hidden(store, rows)]


def quote_of(store: Store, facts: FromClause) -> Condition:
    """The sentence a row was read from; "" where its report also speaks of a figure that this store keeps back.

    A sentence tells of several figures at once, and a report tells one figure in several sentences.
    """
    silent = [facts.c.batch.in_(_batches(each, hidden)) for each in FACTS if (hidden := _hidden(store, each))]
    return case((or_(*silent), ""), else_=facts.c.quote).label("quote") if silent else facts.c.quote


def speaks_of_withheld(store: Store, refs: Iterable[Ref]) -> bool:
    """Whether any of some references finds a figure that this store keeps back."""
    marks = defaultdict(set)
    for unit, year, indicator in store.withheld:
        marks[unit, year] |= kin(load_catalogue(), indicator)
    return any(_finds(ref, frozenset(marks[ref.unit, ref.year])) for ref in refs if (ref.unit, ref.year) in marks)


def kept_back(store: Store, units: Iterable[UnitKey]) -> frozenset[tuple[int, str]]:
    """The years and indicators of some units that this store gives nothing of: nobody owes their figures."""
    own = set(units)
    return frozenset(
        (year, name) for unit, year, marked in store.withheld if unit in own for name in kin(load_catalogue(), marked)
    )


def _finds(ref: Ref, indicators: frozenset[str]) -> bool:
    if ref.indicator:
        return ref.indicator in indicators
    awards = any(load_catalogue().indicators[name].family == AWARDS for name in indicators)
    return (awards and ref.honour not in TITLES.values()) or ref.honour in titles(indicators)


def _hidden(store: Store, rows: FromClause) -> list[Condition]:
    """One condition for each indicator that is marked anywhere: rows of the wards and years it is marked in."""
    places: dict[str, set[tuple]] = defaultdict(set)
    for unit, year, indicator in store.withheld:
        places[indicator].add((unit.code, unit.valid_from, year))
    key = tuple_(rows.c.unit_code, rows.c.unit_from, rows.c.year)
    found = []
    for indicator, marked in sorted(places.items()):
        of = _of_kin(rows, kin(load_catalogue(), indicator))
        # the list of codes leads into the key index, which the three columns together would not
        codes = rows.c.unit_code.in_(sorted({code for code, _, _ in marked}))
        found += [and_(codes, key.in_(sorted(marked)), or_(*of))] if of else []
    return found


def _batches(facts: FromClause, hidden: list[Condition]) -> Select:
    return select(facts.c.batch).where(or_(*hidden))


def _of_kin(rows: FromClause, indicators: frozenset[str]) -> list[Condition]:
    found = [rows.c.indicator.in_(sorted(indicators))] if "indicator" in rows.c else []
    if "honour" in rows.c:
        if any(load_catalogue().indicators[name].family == AWARDS for name in indicators):
            found.append(rows.c.honour.not_in(["", *TITLES.values()]))
        if titles(indicators):
            found.append(rows.c.honour.in_(sorted(titles(indicators))))
    return found

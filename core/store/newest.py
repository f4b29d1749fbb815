"""The newest figures and awards of units as they were taken in: exact values, approved or not."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sqlalchemy import select

from core.figures import Award, Figure, UnitKey
from core.store import tables
from core.store.current import of_unit
from core.store.engine import Store, reading
from core.store.rows import award_of, figure_of


def newest_figures(store: Store, units: Collection[UnitKey], indicators: Iterable[str]) -> list[Figure]:
    """The newest value of every key of these units and indicators, all years, periods and scenarios; one query."""
    current, figure = tables.current_figure, tables.figure
    query = (
        select(figure)
        .join(current, current.c.seq == figure.c.seq)
        .where(of_unit(current, units), current.c.indicator.in_(sorted(set(indicators))))
        .order_by(figure.c.seq)
    )
    with reading(store) as connection:
        return [figure_of(row) for row in connection.execute(query).mappings()]


def newest_awards(store: Store, units: Collection[UnitKey], years: Iterable[int]) -> list[Award]:
    """The newest rows of the award register of these units and years; one query."""
    current, award = tables.current_award, tables.award
    query = (
        select(award)
        .join(current, current.c.seq == award.c.seq)
        .where(of_unit(current, units, sorted(set(years))))
        .order_by(award.c.seq)
    )
    with reading(store) as connection:
        return [award_of(row) for row in connection.execute(query).mappings()]

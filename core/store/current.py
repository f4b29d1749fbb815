"""The current and the approved value of each key, kept beside the append-only facts in the same transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import Connection, Select, Table, and_, case, delete, func, insert, or_, select

from core.figures import UnitKey
from core.store import tables

FACTS: tuple[tuple[Table, Table, tuple[str, ...]], ...] = (
    (tables.figure, tables.current_figure, tables.FIGURE_KEY),
    (tables.award, tables.current_award, tables.AWARD_KEY),
)


def years_by_unit(pairs: Iterable[tuple[UnitKey, int]]) -> dict[UnitKey, list[int]]:
    """The years of each unit, in order."""
    years: dict[UnitKey, set[int]] = defaultdict(set)
    for unit, year in pairs:
        years[unit].add(year)
    return {unit: sorted(years[unit]) for unit in sorted(years)}


def invented_units(connection: Connection) -> frozenset[UnitKey]:
    """The wards of the sample."""
    unit = tables.unit.c
    rows = connection.execute(select(unit.code, unit.valid_from).where(unit.is_sample))
    return frozenset(UnitKey(*row) for row in rows)


def of_unit(table, unit: UnitKey | Iterable[UnitKey], years: Iterable[int] | None = None):
    """The condition that a row speaks of a unit, or of one of several (and of one of these years)."""
    units = [unit] if isinstance(unit, UnitKey) else list(unit)
    here = and_(table.c.unit_code == units[0].code, table.c.unit_from == units[0].valid_from)
    if len(units) > 1:
        # the two lists lead into the key index, which the pairs joined by OR would not
        here = and_(
            table.c.unit_code.in_(sorted({key.code for key in units})),
            table.c.unit_from.in_(sorted({key.valid_from for key in units})),
            or_(*(and_(table.c.unit_code == key.code, table.c.unit_from == key.valid_from) for key in units)),
        )
    return here if years is None else and_(here, of_years(table.c.year, years))


def of_years(column, years: Iterable[int]):
    """The condition that a row of a unit speaks of one of these years."""
    # + 0 keeps SQLite off the index by year, which leads through all wards, where the unit's own rows are wanted
    return (column + 0).in_([int(year) for year in years])


def known_now(facts: Table, key: tuple[str, ...]) -> Select:
    """Computed from the facts alone: of each key its highest live seq, and the highest that is approved."""
    newest = func.max(facts.c.seq).label("seq")
    limit = tables.approved_up_to.c
    approved = func.max(case((facts.c.seq <= limit.up_to_seq, facts.c.seq))).label("approved_seq")
    same_year = and_(
        limit.unit_code == facts.c.unit_code, limit.unit_from == facts.c.unit_from, limit.year == facts.c.year
    )
    columns = [facts.c[name] for name in key]
    return (
        select(*columns, newest, approved)
        .join(tables.batch, tables.batch.c.id == facts.c.batch)
        .outerjoin(tables.approved_up_to, same_year)
        .where(tables.batch.c.state == "live")
        .group_by(*columns)
    )


def refresh(connection: Connection, pairs: Iterable[tuple[UnitKey, int]]) -> None:
    """Bring the current and approved values of these units and years to what facts, batches and approvals say."""
    for unit, years in years_by_unit(pairs).items():
        for facts, current, key in FACTS:
            connection.execute(delete(current).where(of_unit(current, unit, years)))
            known = known_now(facts, key).where(of_unit(facts, unit, years))
            connection.execute(insert(current).from_select([*key, "seq", "approved_seq"], known))

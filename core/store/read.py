"""Reading the store: frames of exactly what is asked, from one read-only transaction each.

Every read of figures leaves out what its store keeps back (core.store.shown); a test holds each of them to it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from operator import itemgetter

import pandas as pd
from sqlalchemy import (
    BigInteger,
    Boolean,
    ColumnElement,
    Date,
    Row,
    Select,
    String,
    and_,
    case,
    cast,
    column,
    func,
    select,
    table,
    union_all,
)

from core.figures import UnitKey
from core.store import tables
from core.store.current import of_unit, of_years
from core.store.engine import Store, reading
from core.store.shown import shown

TIDY = (
    "unit_code", "unit_from", "unit_name", "year", "period", "indicator", "member", "scenario", "basis", "value", "of",
    "of_kind", "unit_of_measure", "method", "hedge", "is_sample", "approved", "batch", "source",
)  # fmt: skip
TIDY_COLUMNS = {
    "tidy_indicators": TIDY,
    "tidy_budget": (*TIDY, "flow", "scope", "line"),
    "tidy_culture": (*TIDY, "group_id", "group_name"),
    "tidy_awards": (*TIDY, "honour", "class", "level", "recipient", "mode", "decision_no"),
}
NUMBERS = ("value", "of")
TRUTHS = ("is_sample", "approved", "current", "scope_unstated", "disabled", "has_password", "linked")
WHOLE = ("year", "batch", "seq", "count", "first_year", "last_year", "figures", "rows", "undoes", "units", "own")
DATES = ("unit_from", "valid_from", "valid_to", "decision_date", "published", "at", "began_at", "seen_at")


def tidy(
    store: Store,
    name: str,
    *,
    unit: UnitKey | Iterable[UnitKey] | None = None,
    years: Iterable[int] | None = None,
    indicators: Iterable[str] | None = None,
    period: str | None = "year",
    approved: bool = True,
) -> pd.DataFrame:
    """The rows of a tidy view: the approved value of each key, or with approved=False the newest; of one unit or more.

    Columns as TIDY_COLUMNS lists them: value and of float64 (NaN where missing), year and batch int64, is_sample and
    approved bool, unit_from datetime.date, all others str ("" where empty). period=None takes every period. Raises
    KeyError for a view that is not there.
    """
    columns = TIDY_COLUMNS[name]
    known = known_view(name)
    query = select(*(known.c[column_name] for column_name in columns))
    query = query.where(known.c.approved if approved else known.c.is_newest, *shown(store, known))
    if unit is not None:
        query = query.where(of_unit(known, unit))
    if years is not None:
        query = query.where(of_years(known.c.year, years))
    if indicators is not None:
        query = query.where(known.c.indicator.in_(list(indicators)))
    if period is not None:
        query = query.where(known.c.period == period)
    order = ("unit_code", "unit_from", "indicator", "member", "year", "period", "scenario", "basis", "method", "batch")
    return frame_of(store, query, order=order)


def known_view(name: str):
    """The view under a tidy view: its columns, and is_newest, exact_value, exact_of (decimals as text) beside them."""
    columns = [_typed(column_name) for column_name in TIDY_COLUMNS[name]]
    return table(
        name.replace("tidy_", "known_", 1), *columns, column("is_newest", Boolean), column("exact_value", String),
        column("exact_of", String),
    )


def units_with_figures(store: Store) -> pd.DataFrame:
    """Every unit that has a current figure or award, by province and name: what a unit picker offers.

    Columns: unit_code, unit_from, name, kind, district, province, valid_to (date or None), is_sample, first_year,
    last_year, figures (how many current values).
    """
    spans = union_all(*(
        select(current.c.unit_code, current.c.unit_from, func.min(current.c.year).label("first_year"),
               func.max(current.c.year).label("last_year"), func.count().label("figures"))
        .where(*shown(store, current))
        .group_by(current.c.unit_code, current.c.unit_from)
        for current in (tables.current_figure, tables.current_award)
    )).subquery()
    unit = tables.unit.c
    query = (
        select(spans.c.unit_code, spans.c.unit_from, unit.name, unit.kind, unit.district, unit.province, unit.valid_to,
               unit.is_sample, func.min(spans.c.first_year).label("first_year"),
               func.max(spans.c.last_year).label("last_year"),
               cast(func.sum(spans.c.figures), BigInteger).label("figures"))
        .join(tables.unit, and_(unit.code == spans.c.unit_code, unit.valid_from == spans.c.unit_from))
        .group_by(spans.c.unit_code, spans.c.unit_from, *(unit[name] for name in
                  ("name", "kind", "district", "province", "valid_to", "is_sample")))
        .order_by(unit.province, unit.district, unit.name, spans.c.unit_from)
    )
    return frame_of(store, query)


def batch_count(store: Store) -> int:
    """How many batches there are: what is worked out from all figures holds until this number changes.

    The newest batch's number would not do: of two writers at once the one with the lower number may commit last.
    """
    with reading(store) as connection:
        return connection.scalar(select(func.count()).select_from(tables.batch))


def across_units(
    store: Store, indicator: str, years: Iterable[int], *, sample: bool, approved: bool = True
) -> pd.DataFrame:
    """What every unit reached in one indicator and these years, plans left out: what wards are compared by.

    Sample units (`sample` true) and real ones never come together. All periods, no members. Columns: those of
    tidy_indicators, then scope_unstated (bool) and, of the report, title, url and published (date or None). By the
    index of the years.
    """
    columns = [_typed(name) for name in (*TIDY, "scope_unstated", "is_newest")]
    known, batch, report = table("known_value", *columns), tables.batch.c, tables.report.c
    query = (
        select(
            *(known.c[name] for name in (*TIDY, "scope_unstated")), func.coalesce(report.title, "").label("title"),
            func.coalesce(report.url, "").label("url"), report.published,
        )
        .outerjoin(tables.batch, batch.id == known.c.batch)
        .outerjoin(tables.report, report.id == batch.report)
        .where(known.c.year.in_([int(year) for year in years]), known.c.indicator == indicator)
        .where(known.c.member == "", known.c.scenario != "plan", known.c.is_sample == sample)
        .where(known.c.approved if approved else known.c.is_newest, *shown(store, known))
    )  # fmt: skip
    order = ["unit_name", "unit_code", "unit_from", "year", "period", "scenario", "basis", "method"]
    return frame_of(store, query).sort_values(order, kind="stable", ignore_index=True)


def shared_indicators(
    store: Store, year: int, *, own: Sequence[UnitKey], sample: bool, approved: bool = True
) -> pd.DataFrame:
    """Which indicators several units have reached something in, in one year: what wards can be compared by.

    One row for each indicator that two units or more know, however many there are. Columns: indicator, units (how
    many know it), own (how many of those are among `own`, at least one key). By the index of the years.
    """
    known = table("known_value", *(_typed(name) for name in (*TIDY, "is_newest")))
    here = (
        select(known.c.indicator, known.c.unit_code, known.c.unit_from)
        .where(known.c.year == int(year), known.c.member == "", known.c.scenario != "plan")
        .where(known.c.is_sample == sample, known.c.approved if approved else known.c.is_newest)
        .where(*shown(store, known))
        .distinct()
        .subquery()
    )
    query = (
        select(here.c.indicator, func.count().label("units"), func.count(case((of_unit(here, own), 1))).label("own"))
        .group_by(here.c.indicator)
        .having(func.count() > 1)
    )
    return frame_of(store, query, order=("indicator",))


def years_known(store: Store, unit: UnitKey | Iterable[UnitKey], *, approved: bool = True) -> pd.DataFrame:
    """The years of which one or more units have figures, by period and scenario.

    Columns: year, period, scenario; one row for each that occurs. Read from the key index alone.
    """
    current = tables.current_figure.c
    query = (
        select(current.year, current.period, current.scenario)
        .where(of_unit(tables.current_figure, unit), *shown(store, tables.current_figure))
        .distinct()
    )
    if approved:
        query = query.where(current.approved_seq.is_not(None))
    return frame_of(store, query, order=("year", "period", "scenario"))


def _typed(name: str) -> ColumnElement:
    if name in DATES:
        return column(name, Date)
    if name in TRUTHS:
        return column(name, Boolean)
    return column(name)


def frame_of(store: Store, *queries: Select, order: Sequence[str] = ()) -> pd.DataFrame:
    """The rows of one query, or of several of the same columns, as a frame: every column as its name always is.

    All are of one moment, sorted by the columns of `order`, which must have no missing values.
    """
    names: list[str] = []
    rows: list[Row] = []
    with reading(store) as connection:
        for query in queries:
            result = connection.execute(query)
            names = list(result.keys())
            rows += result.all()
    if order:
        # frames are small: sorting here costs a tenth of what pandas needs for ten columns
        rows.sort(key=itemgetter(*(names.index(name) for name in order)))
    columns = zip(*rows, strict=True) if rows else [()] * len(names)
    return pd.DataFrame({name: _column(name, values) for name, values in zip(names, columns, strict=True)})


def _column(name: str, values: Sequence) -> pd.Series:
    if name in NUMBERS:
        return pd.Series([math.nan if value is None else float(value) for value in values], dtype="float64")
    if name in TRUTHS:
        return pd.Series([bool(value) for value in values], dtype=bool)
    if name in WHOLE:
        return pd.Series(values, dtype="Int64" if None in values else "int64")
    if name in DATES:
        return pd.Series(values, dtype=object)
    return pd.Series(["" if value is None else str(value) for value in values], dtype="str")

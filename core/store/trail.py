"""Where values came from: sources, earlier values, the award register, reports, batches and residential groups."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import pandas as pd
from sqlalchemy import Select, and_, func, literal, or_, select

from core.figures import Figure, UnitKey
from core.store import tables
from core.store.current import of_unit
from core.store.engine import Store, reading
from core.store.read import frame_of
from core.store.rows import figure_of
from core.store.shown import quote_of, shown


def sources(
    store: Store,
    unit: UnitKey | Iterable[UnitKey],
    years: Iterable[int] | None = None,
    *,
    indicators: Iterable[str] | None = None,
    member: str | None = None,
    approved: bool = True,
) -> pd.DataFrame:
    """One row for each approved (or newest) figure and award of one or more units: its value and where it stood.

    `indicators` asks for the figures of these only, "" among them for the awards; `member` for one part's only. Each
    is answered by the key index, which begins with unit, indicator and member.

    Columns: unit_code, unit_from, indicator ("" for an award), member, year, period, scenario, basis, value, of, hedge,
    flags (words), report (file name, "" for an entry by hand), place, quote, rule, batch, who, at (UTC), is_sample,
    url, published, then honour, class, level, recipient ("" for a figure).
    """
    figure, award = tables.figure.c, tables.award.c
    none = literal("")
    of_figures = _with_report(
        store, tables.figure, tables.current_figure, unit, years, approved,
        (figure.unit_code, figure.unit_from, figure.indicator, figure.member, figure.year, figure.period,
         figure.scenario, figure.basis, figure.value, figure.of, figure.hedge, figure.flags),
        (none.label("honour"), none.label("class"), none.label("level"), none.label("recipient")),
    )
    of_awards = _with_report(
        store, tables.award, tables.current_award, unit, years, approved,
        (award.unit_code, award.unit_from, none.label("indicator"), none.label("member"), award.year,
         literal("year").label("period"), literal("actual").label("scenario"), none.label("basis"),
         award["count"].label("value"), literal(None).label("of"), none.label("hedge"), none.label("flags")),
        (award.honour, award.grade.label("class"), award.level, award.recipient),
    )
    current, queries = tables.current_figure.c, [of_figures, of_awards]
    if indicators is not None:
        wanted = list(indicators)
        queries = [of_figures.where(current.indicator.in_(wanted)), *([of_awards] if "" in wanted else [])]
    if member is not None:
        queries[0] = queries[0].where(current.member == member)
    order = (
        "year", "indicator", "member", "period", "scenario", "basis", "honour", "class", "level", "recipient",
        "unit_from", "unit_code",
    )  # fmt: skip
    return frame_of(store, *queries, order=order)


class Stored(NamedTuple):
    """A figure as it stands in the store, and the name of the report it came with ("" for an entry by hand)."""

    figure: Figure
    report: str


def stored_figures(store: Store, units: Iterable[UnitKey], *, approved: bool = True) -> list[Stored]:
    """Every approved (or newest) figure of these units with its exact value and where it stood; one query."""
    current, figure, report, batch = tables.current_figure, tables.figure, tables.report, tables.batch
    seq = current.c.approved_seq if approved else current.c.seq
    columns = [column for column in figure.c if column.name != "quote"]
    query = (
        select(*columns, quote_of(store, figure), func.coalesce(report.c.name, "").label("report"))
        .select_from(current)
        .join(figure, figure.c.seq == seq)
        .join(batch, batch.c.id == figure.c.batch)
        .outerjoin(report, report.c.id == batch.c.report)
        .where(of_unit(current, units), *shown(store, current))
        .order_by(figure.c.seq)
    )
    with reading(store) as connection:
        return [Stored(figure_of(row), row["report"]) for row in connection.execute(query).mappings()]


def flags(
    store: Store, unit: UnitKey | Iterable[UnitKey], *, indicators: Iterable[str] | None = None, approved: bool = True
) -> pd.DataFrame:
    """What a chart must know of where each figure of one or more units stood: its flags and when it was stored.

    Columns: unit_code, unit_from, indicator, member, year, period, flags (words), at (UTC).
    """
    current, figure = tables.current_figure.c, tables.figure.c
    query = (
        select(
            current.unit_code, current.unit_from, current.indicator, current.member, current.year, current.period,
            figure.flags, tables.batch.c.at,
        )
        .join(tables.figure, figure.seq == (current.approved_seq if approved else current.seq))
        .join(tables.batch, tables.batch.c.id == figure.batch)
        .where(of_unit(tables.current_figure, unit), *shown(store, tables.current_figure))
    )  # fmt: skip
    if indicators is not None:
        query = query.where(current.indicator.in_(list(indicators)))
    return frame_of(store, query)


def history(store: Store, key: tuple) -> pd.DataFrame:
    """Every value a figure's key ever had, oldest first; `key` as Figure.key gives it.

    Columns: seq, value, of, of_kind, hedge, flags, state (of its batch: live, undone), current and approved (whether it
    is that value now), batch, who, at (UTC), report, place, quote, rule, reason.
    """
    unit, *rest = key
    figure, current, batch = tables.figure.c, tables.current_figure, tables.batch.c
    names = tables.FIGURE_KEY[2:]
    query = (
        select(
            figure.seq, figure.value, figure.of, figure.of_kind, figure.hedge, figure.flags, batch.state,
            func.coalesce(current.c.seq == figure.seq, False).label("current"),
            func.coalesce(current.c.approved_seq == figure.seq, False).label("approved"),
            figure.batch, batch.who, batch.at, func.coalesce(tables.report.c.name, "").label("report"),
            figure.place, quote_of(store, tables.figure), figure.rule, figure.reason,
        )
        .join(tables.batch, batch.id == figure.batch)
        .outerjoin(tables.report, tables.report.c.id == batch.report)
        .outerjoin(current, and_(*(current.c[name] == figure[name] for name in tables.FIGURE_KEY)))
        .where(of_unit(tables.figure, unit), *(figure[name] == value for name, value in zip(names, rest, strict=True)))
        .where(*shown(store, tables.figure))
        .order_by(figure.seq)
    )
    return frame_of(store, query)


def award_register(
    store: Store, unit: UnitKey | Iterable[UnitKey], years: Iterable[int] | None = None, *, approved: bool = True
) -> pd.DataFrame:
    """The approved (or newest) rows of the award register of one or more units.

    Columns: year, honour, class, level, giver, recipient, mode, count, decision_no, decision_date (date or None),
    report, place, quote, rule, batch, who, at (UTC), is_sample, url, published.
    """
    award = tables.award.c
    query = _with_report(
        store, tables.award, tables.current_award, unit, years, approved,
        (award.year, award.honour, award.grade.label("class"), award.level, award.giver, award.recipient, award.mode,
         award["count"], award.decision_no, award.decision_date),
    )
    order = ("year", "honour", "class", "level", "recipient", "mode", "giver", "decision_no")
    return frame_of(store, query, order=order)


def reports(store: Store, batches: Iterable[int] | None = None) -> pd.DataFrame:
    """Every file taken in, or those of some batches, newest first: one row for each batch that took one in.

    Columns: sha256, name, kind, unit_code ("" for a file of many units), unit_from, year (Int64), title, published,
    url, is_sample, batch, state (live, undone).
    """
    report, batch = tables.report.c, tables.batch.c
    query = (
        select(report.sha256, report.name, report.kind, report.unit_code, report.unit_from, report.year, report.title,
               report.published, report.url, report.is_sample, batch.id.label("batch"), batch.state)
        .join(tables.batch, batch.report == report.id)
        .order_by(batch.id.desc())
    )
    if batches is not None:
        query = query.where(batch.id.in_([int(number) for number in batches]))
    return frame_of(store, query)


def batches(store: Store) -> pd.DataFrame:
    """Every batch, newest first: who stored or undid what.

    Columns: batch, at (UTC), who, note, state (live, undone), undoes (Int64: the batch this one took back), rows,
    report (file name), sha256, unit_code, unit_from, year (Int64), is_sample (of the report, "" or None without one).
    """
    report, batch = tables.report.c, tables.batch.c
    query = (
        select(batch.id.label("batch"), batch.at, batch.who, batch.note, batch.state, batch.undoes, batch.rows,
               report.name.label("report"), batch.sha256, report.unit_code, report.unit_from, report.year,
               func.coalesce(report.is_sample, False).label("is_sample"))
        .outerjoin(tables.report, report.id == batch.report)
        .order_by(batch.id.desc())
    )
    return frame_of(store, query)


def residential_groups(store: Store, unit: UnitKey | Iterable[UnitKey]) -> pd.DataFrame:
    """The residential groups of one or more units by their live batches.

    Columns: id, name, kind, valid_from, valid_to, successor, unit_code.
    """
    group = tables.current_group.c
    query = select(
        group.id, group.name, group.kind, group.valid_from, group.valid_to, group.successor, group.unit_code
    ).where(of_unit(tables.current_group, unit))
    return frame_of(store, query, order=("unit_code", "id"))


def _with_report(store: Store, facts, current, unit, years, approved: bool, before: tuple, after: tuple = ()) -> Select:
    seq = current.c.approved_seq if approved else current.c.seq
    report, batch = tables.report.c, tables.batch.c
    return (
        select(
            *before, func.coalesce(report.name, "").label("report"), facts.c.place, quote_of(store, facts),
            facts.c.rule, facts.c.batch, batch.who, batch.at,
            or_(tables.unit.c.is_sample, func.coalesce(report.is_sample, False)).label("is_sample"),
            func.coalesce(report.url, "").label("url"), report.published, *after,
        )
        .select_from(current)
        .join(facts, facts.c.seq == seq)
        .join(tables.unit, (tables.unit.c.code == facts.c.unit_code) & (tables.unit.c.valid_from == facts.c.unit_from))
        .join(tables.batch, batch.id == facts.c.batch)
        .outerjoin(tables.report, report.id == batch.report)
        .where(of_unit(current, unit, years), *shown(store, current))
    )

"""The figures of the chosen ward over all its years, as reported or on today's boundary, read once for a screen."""

from __future__ import annotations

import pandas as pd

from app.ui.context import Context
from app.views.award_counts import CULTURAL, AwardBook
from core.boundary import on_boundary_of
from core.boundary_awards import awards_on_boundary_of
from core.figures import UnitKey
from core.lineage import lineage
from core.places import Unit
from core.store import flags, reports, sources, tidy, years_known
from core.yearbook import Yearbook


def book_of(ctx: Context, table: str = "tidy_indicators") -> Yearbook:
    """The figures of the chosen unit and of those of its name it came from or went into, with their origins' flags.

    On today's boundary the figures of the chosen unit alone, those of its earlier years worked out from the units that
    went into it. A report is named by its title where it has one, else by its file.
    """
    units, frame = rows_of(ctx, table)
    frame = _titled(ctx, frame)
    stood = flags(ctx.store, units)
    if ctx.boundary != "today":
        return Yearbook(ctx.catalogue, units, frame, stood)
    found = on_boundary_of(ctx.catalogue, ctx.unit.key, frame, stood)
    return Yearbook(
        ctx.catalogue, (ctx.unit.key,), found.frame, found.sources, _span(years_today(ctx)), merger=found.merger,
        reasons=found.reasons,
    )  # fmt: skip


def book_of_unit(ctx: Context, unit: Unit, table: str) -> Yearbook:
    """The figures of one unit as it reported them, without those it came from or went into."""
    frame = _titled(ctx, tidy(ctx.store, table, unit=unit.key, period=None))
    return Yearbook(ctx.catalogue, (unit.key,), frame, flags(ctx.store, unit.key))


def award_book_of(ctx: Context, years: tuple[int, int] | None) -> AwardBook:
    """The awards of the same units, over `years` and all years of their own; on today's boundary put together."""
    units, frame = rows_of(ctx, "tidy_awards")
    titles = report_titles(ctx, frame)
    if ctx.boundary != "today":
        known = [each for each in (years, Yearbook(ctx.catalogue, units, frame).years) if each]
        span = (min(first for first, _ in known), max(last for _, last in known)) if known else None
        return AwardBook(ctx.catalogue, units, frame, span, titles)
    found = awards_on_boundary_of(ctx.catalogue, ctx.unit.key, frame[~frame["honour"].isin(CULTURAL)])
    return AwardBook(
        ctx.catalogue, (ctx.unit.key,), found.frame, _span(years_today(ctx)), titles, merger=found.merger,
        reasons=found.reasons,
    )  # fmt: skip


def rows_of(ctx: Context, table: str) -> tuple[tuple[UnitKey, ...], pd.DataFrame]:
    """The units whose figures a screen reads, and their rows of a tidy table, as they are stored."""
    units = units_of(ctx)
    return units, tidy(ctx.store, table, unit=units, period=None)


def units_of(ctx: Context) -> tuple[UnitKey, ...]:
    """Whose figures a screen reads: the chosen unit's lineage, oldest first; on today's boundary all that made it."""
    if ctx.boundary != "today":
        return lineage(ctx.catalogue, ctx.unit.key)
    merger = ctx.catalogue.places.merger(ctx.unit.key)
    return (*(unit.key for unit in (*merger.full, *merger.partial)), ctx.unit.key)


def years_today(ctx: Context) -> list[int]:
    """The years a merged unit can have figures of: its own, and those of which every unit that made it has some."""
    merger = ctx.catalogue.places.merger(ctx.unit.key)
    parts = [] if merger.partial else [_done(ctx, unit.key) for unit in merger.full]
    shared = set.intersection(*parts) if parts else set()
    years = _done(ctx, ctx.unit.key) | {year for year in shared if year < merger.on.year}
    return list(range(min(years), max(years) + 1)) if years else []


def _done(ctx: Context, unit: UnitKey) -> set[int]:
    known = years_known(ctx.store, unit)
    return set(known.loc[known["scenario"] != "plan", "year"].astype(int))


def _span(years: list[int]) -> tuple[int, int] | None:
    return (years[0], years[-1]) if years else None


def _titled(ctx: Context, frame: pd.DataFrame) -> pd.DataFrame:
    titles = report_titles(ctx, frame)
    return frame.assign(source=[titles.get(name) or _file(ctx, name) for name in frame["source"]])


def quotes_of(ctx: Context, year: int) -> pd.DataFrame:
    """Where the figures of a year stood, with the sentence: rows of core.store.sources of all units read."""
    frame = sources(ctx.store, units_of(ctx), [year])
    titles = report_titles(ctx, frame)
    return frame.assign(report=[titles.get(name) or _file(ctx, name) for name in frame["report"]])


def nameless(ctx: Context, rows: pd.DataFrame) -> pd.DataFrame:
    """Rows with who and report as this visitor may see them: the public learns of no file and of nobody's name.

    Everybody else reads full names.
    """
    if ctx.person.may("trace"):
        return named(ctx, rows)
    return rows.assign(who="", report=[_file(ctx, name) for name in rows["report"]])


def named(ctx: Context, rows: pd.DataFrame) -> pd.DataFrame:
    """Rows whose column `who` holds full names where accounts have them."""
    return rows.assign(who=[ctx.name_of(who) for who in rows["who"]]) if len(rows) else rows


def _file(ctx: Context, name: str) -> str:
    return name if ctx.person.may("trace") or not name else ctx.t("sources.a_report")


def report_titles(ctx: Context, rows: pd.DataFrame) -> dict[str, str]:
    """The titles of the reports that some rows (their column batch) came from, by file name; only of those with one."""
    known = reports(ctx.store, rows["batch"].unique())
    return {name: title for name, title in zip(known["name"], known["title"], strict=True) if title}

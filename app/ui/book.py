"""The figures of the chosen ward over all its years and boundaries, read once for a screen."""

from __future__ import annotations

import pandas as pd

from app.ui.context import Context
from core.figures import UnitKey
from core.series import Yearbook, lineage
from core.store import flags, reports, sources, tidy


def book_of(ctx: Context, table: str = "tidy_indicators") -> Yearbook:
    """The figures of the chosen unit and of those of its name it came from or went into, with their origins' flags.

    A report is named by its title where it has one, else by its file.
    """
    units, frame = rows_of(ctx, table)
    titles = report_titles(ctx, frame)
    frame["source"] = frame["source"].map(lambda name: titles.get(name, name))
    return Yearbook(ctx.catalogue, units, frame, flags(ctx.store, units))


def rows_of(ctx: Context, table: str) -> tuple[tuple[UnitKey, ...], pd.DataFrame]:
    """The units of the chosen one's lineage, oldest first, and their rows of a tidy table."""
    units = lineage(ctx.catalogue, ctx.unit.key)
    return units, tidy(ctx.store, table, unit=units, period=None)


def quotes_of(ctx: Context, year: int) -> pd.DataFrame:
    """Where the figures of a year stood, with the sentence: rows of core.store.sources of the whole lineage."""
    frame = sources(ctx.store, lineage(ctx.catalogue, ctx.unit.key), [year])
    titles = report_titles(ctx, frame)
    return frame.assign(report=frame["report"].map(lambda name: titles.get(name, name)))


def report_titles(ctx: Context, rows: pd.DataFrame) -> dict[str, str]:
    """The titles of the reports that some rows (their column batch) came from, by file name; only of those with one."""
    known = reports(ctx.store, rows["batch"].unique())
    return {name: title for name, title in zip(known["name"], known["title"], strict=True) if title}

"""The figures of the chosen ward over all its years and boundaries, read once for a screen."""

from __future__ import annotations

import pandas as pd

from app.ui.context import Context
from core.figures import UnitKey
from core.series import Yearbook, lineage
from core.store import reports, sources, tidy


def book_of(ctx: Context, table: str = "tidy_indicators") -> Yearbook:
    """The figures of the chosen unit and of those of its name it came from or went into, with their origins' flags.

    A report is named by its title where it has one, else by its file.
    """
    units, frame = rows_of(ctx, table)
    titles = report_titles(ctx)
    frame["source"] = frame["source"].map(lambda name: titles.get(name, name))
    return Yearbook(ctx.catalogue, units, frame, _joined([_stood(ctx, unit) for unit in units]))


def rows_of(ctx: Context, table: str) -> tuple[tuple[UnitKey, ...], pd.DataFrame]:
    """The units of the chosen one's lineage, oldest first, and their rows of a tidy table."""
    units = lineage(ctx.catalogue, ctx.unit.key)
    return units, _joined([tidy(ctx.store, table, unit=unit, period=None) for unit in units])


def quotes_of(ctx: Context, year: int) -> pd.DataFrame:
    """Where the figures of a year stood, with the sentence: rows of core.store.sources of the whole lineage."""
    units = lineage(ctx.catalogue, ctx.unit.key)
    titles = report_titles(ctx)
    frame = _joined([sources(ctx.store, unit, [year]) for unit in units])
    return frame.assign(report=frame["report"].map(lambda name: titles.get(name, name)))


def report_titles(ctx: Context) -> dict[str, str]:
    """The title of each report that has one, by file name."""
    known = reports(ctx.store)
    return {row["name"]: row["title"] for row in known.to_dict("records") if row["title"]}


def _stood(ctx: Context, unit: UnitKey) -> pd.DataFrame:
    return sources(ctx.store, unit).assign(unit_code=unit.code, unit_from=unit.valid_from)


def _joined(frames: list[pd.DataFrame]) -> pd.DataFrame:
    filled = [frame for frame in frames if len(frame)]
    return pd.concat(filled, ignore_index=True) if filled else frames[0]

"""What a chart, a slide, a table and an alt text have in common, said once."""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd

TABLE = "table"  # the kind of a view without a chart


@dataclass(frozen=True)
class Table:
    """The twin of a chart as printed: header and rows of ready text, `raw` the same cells as numbers for downloads.

    `refs`, in the shape of `rows` where there are any, name the stored rows behind each cell (core.figures.Ref as a
    word, "" for a cell of words); `notes` stand under the rows with the numbers they have under the chart.
    """

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    raw: pd.DataFrame | None = None
    refs: tuple[tuple[str, ...], ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def worded(self) -> tuple[int, ...]:
        """The places of the columns after the first that hold words: no digit in head or cells, and not only dashes."""
        columns = zip(self.header, *self.rows, strict=True) if self.rows else ()
        return tuple(
            place for place, cells in enumerate(columns)
            if place and not any(sign.isdigit() for cell in cells for sign in cell)
            and any(sign.isalpha() for cell in cells[1:] for sign in cell)
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Event:
    """A mark on a chart's years: the number of its note, the slot it stands at (between two for a change of rules).

    `facet` names the one panel it belongs to, empty for all of them.
    """

    number: int
    place: float
    facet: str = ""


@dataclass(frozen=True)
class View:
    """One chart's worth of meaning.

    `kind` names the chart that draws it (app.charts.CHARTS), TABLE where the table is all there is; `frame` what is
    drawn, its columns are the kind's own; `title` states the finding, `subtitle` unit, place and period; `alt` at most
    two sentences; `notes` stand numbered under the chart, `events` say which of them are marked on its years;
    `indicators` are those it speaks of; `detail` holds what else the chart must know (chosen year, unit label, break);
    `is_sample` puts the sample mark beside the source. Every string is in `lang`.
    """

    id: str
    kind: str
    lang: str
    title: str
    subtitle: str
    frame: pd.DataFrame
    table: Table
    alt: str
    source: str
    notes: tuple[str, ...] = ()
    events: tuple[Event, ...] = ()
    indicators: tuple[str, ...] = ()
    detail: dict[str, object] = field(default_factory=dict)
    is_sample: bool = False

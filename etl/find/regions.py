"""The tables of a sheet: each header with the rows under it, and what the words above say of all of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from core.vi.text import fold
from etl.document import Cell, Table
from etl.find.columns import Column, find_header, flatten, names_part, read_column, scenario_in
from etl.find.headings import Heading, measure_in, part_in_titles, read_heading
from etl.find.labels import bracketed
from etl.find.values import Measure, is_figure, parse_measure

_NUMBERED = 5  # characters of a row's number, "III.1"
_PLANS = re.compile(r"\b(?:ke hoach|muc tieu|giao chi tieu|chi tieu giao|phan dau|du toan|phuong huong)\b")
_RESULTS = re.compile(r"\b(?:ket qua|thuc hien|tinh hinh|tong hop|danh gia|so lieu)\b")


@dataclass(frozen=True, slots=True)
class Region:
    """One header and the rows under it; `heading` is what the words above it say of unit, year and measure."""

    table: Table
    columns: tuple[Column, ...]
    label: int
    rows: tuple[tuple[Cell, ...], ...]
    heading: Heading

    def of_role(self, *roles: str) -> tuple[Column, ...]:
        """The columns of some roles."""
        return tuple(column for column in self.columns if column.role in roles)

    def cells(self, column: Column) -> Iterator[Cell]:
        """A column's cells."""
        return (row[column.at] for row in self.rows)


def regions(table: Table) -> Iterator[Region]:
    """Every header of a table with its rows; a sheet may hold several tables under each other."""
    start, header, before = 0, find_header(table), None
    while header:
        top, bottom, label = header
        following = find_header(table, bottom)
        end = following[0] if following else len(table.rows)
        headers, rows = flatten(table, top, bottom), table.rows[bottom:end]
        label = _named_column(headers, label, rows)
        heading = read_heading(table.before if start == 0 else (), _titles(table.rows[start:top]))
        measure = heading.measure or measure_in(headers[label]) or _money_in(headers[label])
        heading = replace(heading, measure=measure)
        if before and before[0] == headers:
            heading = _going_on(before[1], heading)
        before = headers, heading
        columns = [read_column(at, words, named=at > label) for at, words in enumerate(headers)]
        columns = tuple(replace(one, role="open") if _is_planned(one, heading) else one for one in columns)
        yield Region(table, columns, label, rows, heading)
        start, header = bottom, following


def _titles(rows: Sequence[Sequence[Cell]]) -> Sequence[Sequence[Cell]]:
    """The rows above a header that belong to it: those below the last figure of the table before."""
    last = max((number for number, row in enumerate(rows) if any(map(is_figure, row))), default=-1)
    return rows[last + 1 :]


def _going_on(first: Heading, own: Heading) -> Heading:
    """What is said of a table whose header stands again on its next page, or under a title that names another year."""
    return replace(
        own, unit_name=own.unit_name or first.unit_name, year=own.year or first.year,
        measure=own.measure or first.measure, words=own.words or first.words,
    )  # fmt: skip


def _named_column(headers: Sequence[str], label: int, rows: Sequence[Sequence[Cell]]) -> int:
    """The column of the names where its header is merged over the one of their numbers, or stands over that alone."""
    same = [at for at in range(label, len(headers)) if set(headers[label : at + 1]) <= {headers[label], ""}]
    return max(same, key=lambda at: (sum(len(row[at].text.strip()) > _NUMBERED for row in rows), -at))


def _money_in(header: str) -> Measure | None:
    """The unit of money in brackets behind the words for the names: "Chỉ tiêu (triệu đồng)"."""
    said = (parse_measure(words) for words in bracketed(header))
    return next((measure for measure in said if measure and measure.unit == "vnd"), None)


def _is_planned(column: Column, heading: Heading) -> bool:
    """Whether a bare year may be a plan's: "Năm 2026" under "Kế hoạch phát triển kinh tế - xã hội năm 2026"."""
    words = fold(heading.words)
    bare = column.role == "value" and not scenario_in(fold(column.header)) and column.period == "year"
    return bare and column.year == heading.year and bool(_PLANS.search(words)) and not _RESULTS.search(words)


def _dated(column: Column, own_year: int | None) -> Column:
    """A column of "năm trước" or "năm sau" with its year, where the report's own is known."""
    return replace(column, year=own_year + column.shift) if column.shift and own_year else column


def of_part(region: Region, year: int | None, period: str) -> Region:
    """The region with its results of the part of the year that is summed up, where no header names a part itself.

    Plans, other years and an estimate of the year stay the year's.
    """
    own_year = region.heading.year or year
    region = replace(region, columns=tuple(_dated(column, own_year) for column in region.columns))
    titled = part_in_titles(region.heading.words)
    period = titled or ("year" if region.heading.year not in (None, year) else period)
    results = [column for column in region.of_role("value") if column.scenario != "plan"]
    if period == "year" or any(column.period != "year" for column in results):
        return region

    def is_of_part(column: Column) -> bool:
        words = fold(column.header)
        result = column.role == "against_plan" or (column.role == "value" and column.scenario in ("actual", "estimate"))
        whole = names_part(words) or "ca nam" in words or (column.scenario == "estimate" and "nam" in words.split())
        return result and column.year in (None, own_year) and column.period == "year" and not whole

    columns = (replace(column, period=period) if is_of_part(column) else column for column in region.columns)
    return replace(region, columns=tuple(columns))

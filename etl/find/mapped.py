"""Tables a person has explained: found again by the words of their headers and read as they were explained."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from core.catalogue import Catalogue
from core.store.profiles import AGAINST_PLAN, LABEL, MEASURE, FormColumn, FormProfile
from core.vi.text import fold
from etl.document import Cell, Table
from etl.find.columns import YEAR, Column, flatten, is_numbering, period_in
from etl.find.found import Found
from etl.find.headings import read_heading
from etl.find.labels import Labels
from etl.find.regions import Region
from etl.find.tables import read_region
from etl.find.values import is_figure, parse_measure

_DEEPEST = 4  # rows of a header
_LOOKED_AT = 30  # rows in which a header may begin
_SHOWN = 14  # rows of an unknown table that are kept to be looked at


def find_mapped(
    table: Table, profiles: Sequence[FormProfile], catalogue: Catalogue, labels: Labels, year: int | None
) -> Found:
    """The figures of a table whose header has every column of a profile; empty where no profile fits.

    Columns may stand in another order and beside others; the first profile that fits reads the table.
    """
    for profile in profiles:
        if not profile.columns:
            continue
        header = _header_of(profile, table)
        if header is not None:
            return read_region(_region(table, profile, *header, year), catalogue, labels, year)
    return Found()


def _header_of(
    profile: FormProfile, table: Table
) -> tuple[dict[int, FormColumn], list[str], tuple[int, int]] | None:
    """The first header that has a profile's columns: where they stand, its words, its rows without the title's.

    A title may stand over a column that the profile leaves aside.
    """
    found = None
    for top, bottom, headers in _possible_headers(table):
        if found and top >= found[2][1]:
            break
        places = _places(profile.columns, headers)
        if places is not None and (found is None or bottom == found[2][1]):
            found = places, headers, (top, bottom)
    return found


def unknown_part(table: Table) -> Table | None:
    """The first rows of a table that a person could explain; None for one without two rows of figures beside words."""
    figures = [row for row in table.rows if any(is_figure(cell) for cell in row[1:]) and not is_numbering(row)]
    worded = any(cell.text.strip() and not is_figure(cell) for row in figures for cell in row)
    return replace(table, rows=table.rows[:_SHOWN]) if len(figures) > 1 and worded else None


def first_figures(table: Table) -> int:
    """The row in which the figures seem to begin, counted from 0; never the first, which must be a header."""
    for at, row in enumerate(table.rows):
        if at and not is_numbering(row) and any(is_figure(cell) for cell in row[1:]) and not _years(row):
            return at
    return 1


def headers_above(table: Table, bottom: int) -> list[str]:
    """One header text a column from the rows above the first row of figures, up to a title or the table's beginning."""
    return flatten(table, header_top(table, bottom), bottom)


def header_top(table: Table, bottom: int) -> int:
    """The first row of a header whose last stands above a row, up to a title or the table's beginning."""
    top = bottom
    while top > 0 and bottom - top < _DEEPEST and len({cell.text.strip() for cell in table.rows[top - 1]} - {""}) > 1:
        top -= 1
    return min(top, bottom - 1)


def column_words(headers: Sequence[str]) -> list[tuple[str, int]]:
    """The words by which each column is found again, and the how manieth of its words it is."""
    words = [YEAR.sub("#", " ".join(fold(header).split())) for header in headers]
    return [(said, words[:at].count(said)) for at, said in enumerate(words)]


def _years(row: Iterable[Cell]) -> bool:
    figures = [cell for cell in row if is_figure(cell)]
    return all(YEAR.fullmatch(cell.text.strip()) for cell in figures)


def _possible_headers(table: Table) -> Iterator[tuple[int, int, list[str]]]:
    for top in range(min(_LOOKED_AT, len(table.rows))):
        for bottom in range(top + 1, min(top + _DEEPEST, len(table.rows)) + 1):
            yield top, bottom, flatten(table, top, bottom)


def _places(columns: Iterable[FormColumn], headers: Sequence[str]) -> dict[int, FormColumn] | None:
    known = {words: at for at, words in enumerate(column_words(headers))}
    wanted = {(column.words, column.nth): column for column in columns}
    if not wanted.keys() <= known.keys():
        return None
    return {known[words]: column for words, column in wanted.items()}


def _region(
    table: Table, profile: FormProfile, places: dict[int, FormColumn], headers: Sequence[str],
    at: tuple[int, int], year: int | None,
) -> Region:  # fmt: skip
    top, bottom = at
    heading = read_heading(table.before, table.rows[:top])
    heading = replace(heading, measure=heading.measure or parse_measure(profile.measure))
    own_year = heading.year or year
    columns = tuple(_column(at, header, places.get(at), profile, own_year) for at, header in enumerate(headers))
    label = next(at for at, column in places.items() if column.use == LABEL)
    rows = tuple(row for row in table.rows[bottom:] if not is_numbering(row))
    return Region(table, columns, label, rows, heading)


def _column(at: int, header: str, said: FormColumn | None, profile: FormProfile, own_year: int | None) -> Column:
    if said is None or said.use in (LABEL, MEASURE):
        return Column(at, header, said.use if said else "")
    words = " ".join(fold(header).split())
    named = YEAR.findall(words)
    year = int(named[0]) if named else own_year + said.shift if own_year and said.shift else None
    period = period_in(words)
    period = profile.period if period == "year" else period
    if said.use == AGAINST_PLAN:
        return Column(at, header, AGAINST_PLAN, year, period, "actual", said.basis or "unstated")
    basis = (said.basis or "unstated") if said.use == "plan" else ""
    return Column(at, header, "value", year, period, said.use, basis)

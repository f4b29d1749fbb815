"""The numbers in a draft's tables: cells that a table's reader took a figure from, and cells nobody could read."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from core.catalogue import Catalogue
from core.errors import FaultError
from core.figures import Figure, UnitKey
from core.vi.numbers import parse_number
from core.vi.text import fold
from etl.compare.claims import Claim
from etl.compare.numbers import Number, digits_of, step_of
from etl.document import Cell, Table
from etl.find.values import place_in
from etl.tidy import moved

_NUMERIC = re.compile(r"[\s(]*[-−+]?\d[\d.,\s%/()]*")
_ORDINAL = ("tt", "stt", "so tt", "so thu tu", "no", "#")
_YEARS = ("19", "20")
_HEADER_ROWS = 4
_AGAINST = re.compile(r"(?:%|\bso\b|ty le).*(?:cung k[yi]|nam truoc|nam ngoai)", re.DOTALL)
_GROWN = re.compile(r"tang|giam|\+/|chenh|tuyet doi")


@dataclass(frozen=True, slots=True)
class InCell:
    """A number of a cell of a table: row and column count from zero."""

    row: int
    column: int
    number: Number
    claim: Claim | None


def in_table(table: Table, figures: Iterable[Figure], catalogue: Catalogue, unit: UnitKey) -> list[InCell]:
    """Every number that stands alone in a cell, or as a pair, once; numbers of rows and of header rows are none."""
    by_place: dict[str, list[Figure]] = defaultdict(list)
    for figure in figures:
        if figure.origin:
            by_place[figure.origin.place.partition(" (")[0]].append(figure)
    stated, seen = [], set()
    ordinals, compared = _ordinal_columns(table), _compared_columns(table)
    for row, cells in enumerate(table.rows):
        told = [figure for cell in cells for figure in by_place.get(place_in(table, cell.ref), ())]
        result = _result(told, catalogue, unit)
        for column, cell in enumerate(cells):
            if cell.ref in seen or not cell.text:
                continue
            seen.add(cell.ref)
            read = by_place.get(place_in(table, cell.ref), [])
            if read:
                stated += [InCell(row, column, *each) for each in _claimed(cell, read, catalogue, unit)]
            elif column in compared and result and (number := _percent(cell)):
                claim = Claim("ratio", (result,), number.readings, number, against=result.year - 1)
                stated.append(InCell(row, column, number, claim))
            elif column not in ordinals and _is_number(cell) and not _is_numbering(cells):
                stated += [InCell(row, column, Number(start, end, cell.text[start:end]), None)
                           for start, end in digits_of(cell.text)]  # fmt: skip
    return stated


def _claimed(cell: Cell, figures: list[Figure], catalogue: Catalogue, unit: UnitKey):
    """The number of a cell that was read, and what it is out of; each with its claim."""
    runs = list(digits_of(cell.text))
    own = [replace(figure, unit=figure.unit or moved(unit, figure.year, catalogue)) for figure in figures]
    if not runs:
        return
    measure = catalogue.indicators[own[0].indicator].unit
    kind = measure if measure in ("vnd", "percent") else ""
    values = tuple(dict.fromkeys(figure.value for figure in own))
    for which, (start, end) in enumerate(runs[:2] if own[0].of is not None else runs[:1]):
        readings = values if which == 0 else (own[0].of,)
        written = cell.text[start:end]
        number = Number(start, end, written, readings, step_of(written, readings), kind)
        yield number, Claim("value" if which == 0 else "of", tuple(own), readings, number, own[0].hedge)


def _compared_columns(table: Table) -> set[int]:
    """The columns that give a result in percent of the year before ("% so cùng kỳ"), not by how much it grew."""
    found = set()
    for row in table.rows[:_HEADER_ROWS]:
        for column, cell in enumerate(row):
            said = fold(cell.text)
            if _AGAINST.search(said) and not _GROWN.search(said):
                found.add(column)
    return found


def _result(figures: list[Figure], catalogue: Catalogue, unit: UnitKey) -> Figure | None:
    """What a row tells as reached in its last year, None where that is not one figure alone."""
    done = [
        figure for figure in figures
        if figure.scenario != "plan" and not catalogue.indicators[figure.indicator].attainment_of
    ]  # fmt: skip
    last = [figure for figure in done if figure.year == max(each.year for each in done)]
    if len({figure.key for figure in last}) != 1:
        return None
    return replace(last[0], unit=last[0].unit or moved(unit, last[0].year, catalogue))


def _percent(cell: Cell) -> Number | None:
    """The percentage a cell writes, None where it writes none alone."""
    runs = list(digits_of(cell.text))
    if len(runs) != 1 or not _NUMERIC.fullmatch(cell.text):
        return None
    (start, end), written = runs[0], cell.text[runs[0][0] : runs[0][1]]
    try:
        readings = parse_number(written, decimal=",").candidates
    except FaultError:
        return None
    return Number(start, end, written, readings, step_of(written, readings), "percent")


def _is_number(cell: Cell) -> bool:
    if cell.moment is not None or not _NUMERIC.fullmatch(cell.text):
        return False
    return not (cell.text.strip().isdigit() and len(cell.text.strip()) == 4 and cell.text.strip()[:2] in _YEARS)


def _ordinal_columns(table: Table) -> set[int]:
    """The columns that number the rows."""
    found = set()
    for row in table.rows[:4]:
        found |= {column for column, cell in enumerate(row) if fold(cell.text).strip(" .") in _ORDINAL}
    return found


def _is_numbering(cells: Iterable[Cell]) -> bool:
    """Whether a row numbers the columns: "A B 1 2 3=2/1"."""
    said = list(dict.fromkeys(text for cell in cells if (text := cell.text.strip(" ()"))))
    plain = [int(text) for text in said if text.isdigit()]
    others = all(len(text) == 1 or "=" in text or "/" in text for text in said if not text.isdigit())
    return len(plain) > 1 and others and plain == sorted(plain) and plain[0] <= 2 and plain[-1] <= len(said) + 1

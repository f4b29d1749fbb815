"""Comma, semicolon or tab separated text (.csv), read strictly: the rows of a table are equally long."""

from __future__ import annotations

import csv
from collections import Counter
from io import StringIO

from core.errors import Fault, FaultError
from etl.document import Cell, Table
from etl.readers.gate import decode
from etl.readers.legacy import Letters
from etl.readers.parts import MAX_CELL_TEXT, MAX_CELLS, Content, clean, column_letters, place, refuse

MAX_ROWS, MAX_COLUMNS = 200_000, 1_000
DELIMITERS = "\t;,"
NAMED = 20  # so many odd rows are named, the rest counted


def read(content: bytes, letters: Letters) -> Content:
    """The rows of a .csv as one Table whose cells carry the references a spreadsheet would show.

    Titles (a row with a single filled cell) and empty rows are allowed; within a stretch of rows without an empty one,
    rows of different length are refused, because a decimal comma in a comma-separated file looks exactly like that.
    """
    said = decode(content, letters)
    said, declared = _declared_delimiter(said)
    skipped = 1 if declared else 0
    rows = _best(said, declared or DELIMITERS, skipped)
    width = max((len(row) for row in rows), default=0)
    if not any(cell for row in rows for cell in row):
        raise refuse("empty")
    if len(rows) * width > MAX_CELLS:
        raise refuse("too_many_cells", most=MAX_CELLS)
    letters = [column_letters(column) for column in range(width)]
    grid = tuple(tuple(Cell(row[at] if at < len(row) else "", f"{name}{number}") for at, name in enumerate(letters))
                 for number, row in enumerate(rows, 1 + skipped))
    return Content((Table("CSV", grid),))


def _declared_delimiter(said: str) -> tuple[str, str]:
    """The text without a first line "sep=;", and the delimiter that line declares."""
    first, _, rest = said.partition("\n")
    first = first.strip()
    if first.lower().startswith("sep=") and len(first) == 5 and first[4] in DELIMITERS:
        return rest, first[4]
    return said, ""


def _best(said: str, delimiters: str, skipped: int) -> list[list[str]]:
    """The rows by the delimiter that divides most rows; FaultError where it does not divide them evenly."""
    if said.count('"') % 2:  # an open quote would swallow rows under one delimiter and be a letter under another
        line = next(number for number, row in enumerate(said.split("\n"), 1) if row.count('"') % 2)
        raise refuse("csv_quotes", place("line", line=line + skipped))
    readings, faults = [], []
    for delimiter in delimiters:
        if delimiter not in said and len(delimiters) > 1:
            continue
        try:
            rows = _rows(said, delimiter)
        except FaultError as error:
            faults.append(error)
            continue
        readings.append((-sum(len(row) > 1 for row in rows), _odd_rows(rows), rows))
    if not readings:
        if faults:
            raise faults[0]
        return _rows(said, ";")
    # Dividing more rows goes before dividing them evenly: decimal commas stand in some rows, delimiters in all.
    # The sort keeps the order of DELIMITERS among equals: a file full of decimal commas is divided by semicolons.
    _, odd, rows = sorted(readings, key=lambda reading: (reading[0], bool(reading[1])))[0]
    if odd:
        named = [Fault("reading.csv_odd_row", place("row", row=row + skipped), {"cells": cells, "expected": expected})
                 for row, cells, expected in odd[:NAMED]]
        more = [Fault("reading.csv_odd_rows", "", {"count": len(odd) - NAMED})] if len(odd) > NAMED else []
        raise FaultError(named + more)
    return rows


def _rows(said: str, delimiter: str) -> list[list[str]]:
    rows: list[list[str]] = []
    reader = csv.reader(StringIO(said, newline=""), delimiter=delimiter, strict=True)
    try:
        for row in reader:
            if len(rows) >= MAX_ROWS or len(row) > MAX_COLUMNS:
                raise refuse("csv_too_large", rows=MAX_ROWS, columns=MAX_COLUMNS)
            if any(len(cell) > MAX_CELL_TEXT for cell in row):
                raise refuse("cell_too_long", place("line", line=reader.line_num), most=MAX_CELL_TEXT)
            rows.append([clean(cell) for cell in row])
    except csv.Error as error:
        code = "cell_too_long" if "field limit" in str(error) else "csv_quotes"
        raise refuse(code, place("line", line=reader.line_num), most=MAX_CELL_TEXT) from error
    while rows and not any(rows[-1]):
        rows.pop()
    return rows


def _odd_rows(rows: list[list[str]]) -> list[tuple[int, int, int]]:
    """(row, cells, cells expected) of rows that differ from their stretch.

    Titles of one filled cell do not count, nor do blank cells at the end of a row that is too long.
    """
    odd = []
    stretch: list[tuple[int, list[str]]] = []
    for number, row in enumerate([*rows, []], 1):
        if any(row):
            if len(row) > 1 and sum(map(bool, row)) > 1:
                stretch.append((number, row))
            continue
        if stretch:
            usual = Counter(len(cells) for _, cells in stretch).most_common(1)[0][0]
            odd += [(at, len(cells), usual) for at, cells in stretch if len(cells) < usual or any(cells[usual:])]
        stretch = []
    return odd

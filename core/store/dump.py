"""A plain copy of a tidy table as CSV, JSON or Excel: the approved values, exactly as stored."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import BinaryIO

import xlsxwriter
from sqlalchemy import select

from core.errors import Fault, FaultError
from core.figures import UnitKey
from core.store.current import of_unit
from core.store.engine import Store, reading
from core.store.read import NUMBERS, TIDY_COLUMNS, TRUTHS, known_view
from core.store.tables import canonical

FORMATS = ("csv", "json", "xlsx")
# how a text begins that a spreadsheet would run: also behind what it skips or cuts off, and in the wide letters of Asia
FORMULA = re.compile(r"[\t\r\n]|[\s\x00-\x1f\u200b\ufeff]*[=+@\uff1d\uff0b\uff0d\uff20-]")


def dump(
    store: Store,
    table: str,
    format: str,
    path_or_file: str | Path | BinaryIO,
    unit: UnitKey | None = None,
    delimiter: str = ",",
) -> int:
    """Write the approved rows of a tidy table and give their number.

    CSV is UTF-8 with a byte order mark; with delimiter ";" its decimals have a comma, as a Vietnamese Excel expects.
    JSON is a list with one object a line. Stored decimals are written exactly, computed ones with 17 digits; a missing
    value is an empty cell or null. `path_or_file` is a path or a binary file. Raises FaultError for a table or format
    that is not there.
    """
    faults = []
    if table not in TIDY_COLUMNS:
        faults.append(Fault("store.unknown_table", params={"table": table, "allowed": ", ".join(TIDY_COLUMNS)}))
    if format not in FORMATS:
        faults.append(Fault("store.unknown_format", params={"format": format, "allowed": ", ".join(FORMATS)}))
    if faults:
        raise FaultError(faults)
    rows = list(_rows(store, table, unit))
    if format == "csv":
        content = csv_bytes(TIDY_COLUMNS[table], rows, delimiter)
    else:
        content = f"{json_rows(TIDY_COLUMNS[table], rows)}\n".encode() if format == "json" else _xlsx(table, rows)
    if isinstance(path_or_file, str | Path):
        Path(path_or_file).write_bytes(content)
    else:
        path_or_file.write(content)
    return len(rows)


def _rows(store: Store, table: str, unit: UnitKey | None) -> Iterator[list]:
    columns = TIDY_COLUMNS[table]
    known = known_view(table)
    query = select(*(known.c[name] for name in columns), known.c.exact_value, known.c.exact_of).where(known.c.approved)
    if unit is not None:
        query = query.where(of_unit(known, unit))
    order = ("unit_code", "unit_from", "indicator", "member", "year", "period", "scenario", "basis", "method", "batch")
    with reading(store) as connection:
        for row in connection.execute(query.order_by(*(known.c[name] for name in order))).mappings():
            yield [_plain(name, row) for name in columns]


def _plain(name: str, row) -> str | int | bool | Decimal | None:
    value = row[name]
    if name in NUMBERS:
        if row[f"exact_{name}"] is not None:
            return Decimal(row[f"exact_{name}"])
        return None if value is None else Decimal(repr(float(value)))
    if name in TRUTHS:
        return bool(value)
    return value.isoformat() if isinstance(value, date) else value


def csv_bytes(header: Iterable[str], rows: Iterable[Iterable], delimiter: str) -> bytes:
    """A table as CSV: UTF-8 with a byte order mark; with delimiter ";" its decimals have a comma."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter)
    writer.writerow(header)
    point = "," if delimiter == ";" else "."
    writer.writerows([_csv_cell(value, point) for value in row] for row in rows)
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def _csv_cell(value: object, point: str) -> object:
    """A value as it stands in a CSV: decimals exactly, with this decimal point; no text that would run as a formula."""
    if isinstance(value, Decimal):
        return canonical(value).replace(".", point)
    if isinstance(value, bool):
        return "true" if value else "false"
    return inert(value) if isinstance(value, str) else value


def inert(text: str) -> str:
    """A text as a cell of a CSV: led by an apostrophe where a spreadsheet would take it for a formula."""
    return f"'{text}" if FORMULA.match(text) and text != "-" else text


def json_rows(header: Iterable[str], rows: Iterable[Iterable]) -> str:
    """A table as JSON: a list with one object a line."""
    names = [json.dumps(name) for name in header]
    lines = ",\n".join(
        "{" + ", ".join(f"{name}: {_json_value(value)}" for name, value in zip(names, row, strict=True)) + "}"
        for row in rows
    )
    return f"[\n{lines}\n]"


def _json_value(value: object) -> str:
    """A value as JSON, decimals exactly."""
    # json.dumps knows no exact decimals
    return canonical(value) if isinstance(value, Decimal) else json.dumps(value, ensure_ascii=False)


def _xlsx(table: str, rows: list[list]) -> bytes:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        sheet = book.add_worksheet(table)
        for column, name in enumerate(TIDY_COLUMNS[table]):
            sheet.write_string(0, column, name, book.add_format({"bold": True}))
        for number, row in enumerate(rows, start=1):
            for column, value in enumerate(row):
                _write_cell(sheet, number, column, value)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(len(rows), 1), len(TIDY_COLUMNS[table]) - 1)
    return content.getvalue()


def _write_cell(sheet, row: int, column: int, value: object) -> None:
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, Decimal | int):
        sheet.write_number(row, column, value)
    elif value:
        sheet.write_string(row, column, value)  # never write(): a text that begins with = would become a formula

"""Old Excel workbooks (.xls): values by calamine; percent formats, hidden and merged cells from the records beside."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from io import BytesIO

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from etl.readers.legacy import Letters
from etl.readers.ole2 import check_xls
from etl.readers.parts import MAX_BOX, Content, Sheet, clean, refuse
from etl.readers.xlsx import as_shown, moment_text, number_format

_BOUNDSHEET, _FORMAT, _XF, _FILEPASS, _BOF, _EOF = 0x85, 0x41E, 0xE0, 0x2F, 0x809, 0x0A
_ROW, _COLINFO, _MERGED, _NUMBER, _RK, _MULRK, _FORMULA, _STRING = 0x208, 0x7D, 0xE5, 0x203, 0x27E, 0xBD, 0x06, 0x207
_DIMENSIONS = 0x200


@dataclass(slots=True)
class Facts:
    """What calamine leaves out of one sheet: formats of numeric cells, hidden rows and columns, merged ranges."""

    shown: dict[tuple[int, int], str] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)


def read(content: bytes, letters: Letters) -> Content:
    """The sheets of an .xls in their order, one Table each; only Excel 97 and later (BIFF8)."""
    stream = check_xls(content).get("Workbook")
    if stream is None:
        raise refuse("old_excel")
    try:
        facts = _facts(stream)
        with CalamineWorkbook.from_filelike(BytesIO(content)) as book:
            tables = [_sheet(book, at, facts).table() for at, about in enumerate(book.sheets_metadata)
                      if about.typ == SheetTypeEnum.WorkSheet]
    except PasswordError as error:
        raise refuse("encrypted") from error
    except (CalamineError, struct.error, IndexError) as error:
        raise refuse("damaged") from error
    return Content(tuple(table for table in tables if table))


def _sheet(book: CalamineWorkbook, at: int, facts: dict[str, Facts]) -> Sheet:
    about = book.sheets_metadata[at]
    data = book.get_sheet_by_index(at)
    known = facts.get(clean(about.name), Facts())
    sheet = Sheet(clean(about.name), merged=known.merged, hidden_rows=known.hidden_rows,
                  hidden_columns=known.hidden_columns, hidden=about.visible != SheetVisibleEnum.Visible)
    left = data.start[1] if data.start else 0
    for row, values in enumerate(data.iter_rows()):  # rows come from the sheet's first, columns from the data's
        for column, value in enumerate(values, left):
            _put(sheet, row, column, value, known.shown.get((row, column), ""))
    return sheet


def _put(sheet: Sheet, row: int, column: int, value: object, shown: str) -> None:
    if isinstance(value, bool):
        sheet.put(row, column, "TRUE" if value else "FALSE")
    elif isinstance(value, (int, float)):
        sheet.put(row, column, *as_shown(value, shown))
    elif isinstance(value, datetime):
        sheet.put(row, column, moment_text(value), moment=value.date())
    elif isinstance(value, date):
        sheet.put(row, column, value.isoformat(), moment=value)
    elif isinstance(value, (time, timedelta)):
        sheet.put(row, column, str(value))
    elif said := clean(str(value)):
        sheet.put(row, column, said)


def _records(stream: bytes, at: int = 0) -> Iterator[tuple[int, bytes]]:
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4:at + 4 + size]
        at += 4 + size


def _facts(stream: bytes) -> dict[str, Facts]:
    """The facts of each sheet by its name, from the records of a BIFF8 workbook stream."""
    codes: dict[int, str] = {}
    numbers: list[int] = []
    sheets: list[tuple[str, int]] = []
    for kind, record in _records(stream):
        if kind == _FILEPASS:
            raise refuse("encrypted")
        if kind == _FORMAT:
            codes[struct.unpack_from("<H", record)[0]] = _string(record, 2, 2)
        elif kind == _XF:
            numbers.append(struct.unpack_from("<H", record, 2)[0])
        elif kind == _BOUNDSHEET:
            sheets.append((clean(_string(record, 6, 1)), struct.unpack_from("<I", record)[0]))
        elif kind == _EOF:
            break
    formats = [number_format(number, codes.get(number, "")) for number in numbers]
    return {name: _sheet_facts(stream, at, formats) for name, at in sheets}


def _string(record: bytes, at: int, width: int) -> str:
    """A string of the record: its length in `width` bytes, a flag for wide letters, the letters."""
    length = int.from_bytes(record[at:at + width], "little")
    wide, start = record[at + width] & 1, at + width + 1
    return (record[start:start + length * 2].decode("utf-16-le", "replace") if wide
            else record[start:start + length].decode("latin-1"))


def _sheet_facts(stream: bytes, at: int, formats: list[str]) -> Facts:
    facts = Facts()
    for kind, record in _records(stream, at):
        if kind == _EOF:
            break
        if kind == _DIMENSIONS:
            _check_dimensions(record)
        elif kind in (_NUMBER, _RK, _FORMULA):
            row, column, style = struct.unpack_from("<3H", record)
            _note(facts, row, column, style, formats)
        elif kind == _MULRK:
            row, first = struct.unpack_from("<2H", record)
            for offset in range((len(record) - 6) // 6):
                _note(facts, row, first + offset, struct.unpack_from("<H", record, 4 + offset * 6)[0], formats)
        elif kind == _ROW and record[12] & 0x20:
            facts.hidden_rows.add(struct.unpack_from("<H", record)[0])
        elif kind == _COLINFO and record[8] & 1:
            first, last = struct.unpack_from("<2H", record)
            facts.hidden_columns.update(range(first, last + 1))
        elif kind == _MERGED:
            for number in range(struct.unpack_from("<H", record)[0]):
                top, bottom, left, right = struct.unpack_from("<4H", record, 2 + number * 8)
                facts.merged.append((top, left, bottom, right))
    return facts


def _check_dimensions(record: bytes) -> None:
    top, bottom, left, right = struct.unpack_from("<IIHH", record)
    if max(bottom - top, 0) * max(right - left, 0) > MAX_BOX:
        raise refuse("too_sparse", most=MAX_BOX, first=f"R{top + 1}C{left + 1}", last=f"R{bottom}C{right}")


def _note(facts: Facts, row: int, column: int, style: int, formats: list[str]) -> None:
    if style < len(formats) and formats[style].startswith("percent"):
        facts.shown[row, column] = formats[style]

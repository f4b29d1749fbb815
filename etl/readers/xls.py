"""Old Excel workbooks (.xls): values by calamine; percent formats, hidden and merged cells from the records beside."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from io import BytesIO

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from core.vi.encodings import font_encoding
from etl.readers.legacy import Letters
from etl.readers.ole2 import check_xls
from etl.readers.parts import MAX_BOX, Content, Sheet, clean, refuse
from etl.readers.xlsx import as_shown, moment_text, number_format

_BOUNDSHEET, _FORMAT, _XF, _FILEPASS, _BOF, _EOF = 0x85, 0x41E, 0xE0, 0x2F, 0x809, 0x0A
_ROW, _COLINFO, _MERGED, _NUMBER, _RK, _MULRK, _FORMULA, _STRING = 0x208, 0x7D, 0xE5, 0x203, 0x27E, 0xBD, 0x06, 0x207
_DIMENSIONS, _FONT, _LABELSST = 0x200, 0x31, 0xFD


@dataclass(slots=True)
class Facts:
    """What calamine leaves out of one sheet: formats of numbers, old fonts of texts, what is hidden or merged."""

    shown: dict[tuple[int, int], str] = field(default_factory=dict)
    fonts: dict[tuple[int, int], str] = field(default_factory=dict)  # of texts, where made for an old encoding
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
            tables = [_sheet(book, at, facts, letters).table() for at, about in enumerate(book.sheets_metadata)
                      if about.typ == SheetTypeEnum.WorkSheet]
    except PasswordError as error:
        raise refuse("encrypted") from error
    except (CalamineError, struct.error, IndexError) as error:
        raise refuse("damaged") from error
    return Content(tuple(table for table in tables if table))


def _sheet(book: CalamineWorkbook, at: int, facts: dict[str, Facts], letters: Letters) -> Sheet:
    about = book.sheets_metadata[at]
    data = book.get_sheet_by_index(at)
    known = facts.get(clean(about.name), Facts())
    sheet = Sheet(clean(about.name), merged=known.merged, hidden_rows=known.hidden_rows,
                  hidden_columns=known.hidden_columns, hidden=about.visible != SheetVisibleEnum.Visible)
    left = data.start[1] if data.start else 0
    for row, values in enumerate(data.iter_rows()):  # rows come from the sheet's first, columns from the data's
        for column, value in enumerate(values, left):
            if (font := known.fonts.get((row, column))) and isinstance(value, str):
                value = letters.text([(value, font)])
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
    names: list[str] = []
    looks: list[tuple[int, int]] = []  # the font and the number format of each cell style
    sheets: list[tuple[str, int]] = []
    for kind, record in _records(stream):
        if kind == _FILEPASS:
            raise refuse("encrypted")
        if kind == _FORMAT:
            codes[struct.unpack_from("<H", record)[0]] = _string(record, 2, 2)
        elif kind == _XF:
            looks.append(struct.unpack_from("<2H", record))
        elif kind == _FONT:
            names.append(_string(record, 14, 1))
        elif kind == _BOUNDSHEET:
            sheets.append((clean(_string(record, 6, 1)), struct.unpack_from("<I", record)[0]))
        elif kind == _EOF:
            break
    names.insert(4, "")  # no font has the number 4
    styles = [(number_format(number, codes.get(number, "")), _old_font(names[font] if font < len(names) else ""))
              for font, number in looks]
    return {name: _sheet_facts(stream, at, styles) for name, at in sheets}


def _old_font(name: str) -> str:
    return name if font_encoding(name) else ""


def _string(record: bytes, at: int, width: int) -> str:
    """A string of the record: its length in `width` bytes, a flag for wide letters, the letters."""
    length = int.from_bytes(record[at:at + width], "little")
    wide, start = record[at + width] & 1, at + width + 1
    return (record[start:start + length * 2].decode("utf-16-le", "replace") if wide
            else record[start:start + length].decode("latin-1"))


def _sheet_facts(stream: bytes, at: int, styles: list[tuple[str, str]]) -> Facts:
    facts = Facts()
    for kind, record in _records(stream, at):
        if kind == _EOF:
            break
        if kind == _DIMENSIONS:
            _check_dimensions(record)
        elif kind in (_NUMBER, _RK, _FORMULA):
            row, column, style = struct.unpack_from("<3H", record)
            _note(facts, row, column, style, styles)
        elif kind == _LABELSST:
            row, column, style = struct.unpack_from("<3H", record)
            if style < len(styles) and styles[style][1]:
                facts.fonts[row, column] = styles[style][1]
        elif kind == _MULRK:
            row, first = struct.unpack_from("<2H", record)
            for offset in range((len(record) - 6) // 6):
                _note(facts, row, first + offset, struct.unpack_from("<H", record, 4 + offset * 6)[0], styles)
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


def _note(facts: Facts, row: int, column: int, style: int, styles: list[tuple[str, str]]) -> None:
    if style < len(styles) and styles[style][0].startswith("percent"):
        facts.shown[row, column] = styles[style][0]
